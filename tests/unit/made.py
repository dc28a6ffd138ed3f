"""Small models made in tests, so that a test shows only what it is about."""

from __future__ import annotations

import json

from generator.model.handbook import Handbook
from generator.model.indicator import Indicator, Target
from generator.model.period import Period
from generator.model.result import Observation


def indicator(**fields: object) -> Indicator:
    """An active indicator, better when higher, monthly, mean; `fields` go before that."""
    basis = {
        "id": "speed", "name": {"zh": "速度", "en": "Speed"}, "unit": {"zh": "天", "en": "days"},
        "direction": "higher", "frequency": "month", "rollup": "mean",
    }  # fmt: skip
    return Indicator.model_validate_json(json.dumps({**basis, **fields}))


def handbook(**fields: object) -> Handbook:
    """A handbook in Chinese and English with one audience."""
    basis = {"title": {"zh": "手册", "en": "Handbook"}, "languages": ["zh", "en"]}
    return Handbook.model_validate_json(json.dumps({**basis, **fields}))


def target(since: str, **bars: float) -> Target:
    """A target from a period on."""
    return Target.model_validate_json(json.dumps({"from": since, **bars}))


def row(period: str, value: float | None = None, **fields: object) -> Observation:
    """One result of the indicator `speed` for the whole organisation."""
    basis: dict[str, object] = {
        "indicator": "speed", "pilot": None, "cell": (), "numerator": None, "denominator": None,
        "target": None, "status": "actual", "note": "", "as_of": None, "version": None,
        "file": "data/results/x.csv", "line": 2,
    }  # fmt: skip
    return Observation(period=Period.parse(period), value=value, **{**basis, **fields})  # type: ignore[arg-type]
