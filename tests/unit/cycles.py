"""Handbooks with a pilot, a change and two years of results, made in tests that look at several cycles."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from generator.compute.figures import Figures, figures_of
from generator.load.project import load_project
from generator.model.catalogue import latest_period
from generator.problems import Problems

Results = Mapping[tuple[str, str], Sequence[float]]
"""(indicator, pilot or "") -> a value a month from January 2024 on."""
Make = Callable[..., Figures]
WHOLE: dict[str, Any] = {
    "name": {"zh": "快", "en": "Fast"}, "definition": "d", "formula": "f", "unit": "d",
    "direction": "lower", "frequency": "month", "rollup": "mean", "status": "active",
    "source": {"system": "ERP", "refresh": "day"}, "owner": {"unit": "sales"}, "supports": [{"goal": "g"}],
    "targets": [{"from": "2024-01", "floor": 9, "target": 6}],
    "verified": {"on": "2024-02-01"}, "review_by": "2030-01",
}  # fmt: skip
PILOT: dict[str, Any] = {
    "name": "East", "process": "chain", "unit": "sales", "period": {"from": "2024-01"},
    "pack": [{"indicator": "cycle", "weight": 100}],
    "changes": [{"id": "merge", "date": "2025-01-01", "text": "m", "kind": "merge", "indicators": ["cycle"]}],
}  # fmt: skip
CHAIN = """
id: chain
name: C
lanes: [{id: l, name: L}]
maps:
  as_is:
    since: 2023-01
    steps:
      - {id: s, event: start, lane: l, name: S, next: [a]}
      - {id: a, lane: l, name: A, touch: 1h, next: [e]}
      - {id: e, event: end, lane: l, name: E}
"""
SMALL, STEADY = 0.3, [0.3, -0.2, 0.1, -0.3, 0.2, -0.1, 0.25, -0.25, 0.05, -0.15, 0.15, -0.05]
"""A year of scatter around nothing, the same every time."""


def year(level: float) -> list[float]:
    """Twelve months around a level."""
    return [level + part for part in STEADY]


def later(level: float) -> list[float]:
    """Another twelve months, with the same scatter the other way round: no season."""
    return [level + part for part in reversed(STEADY)]


def maker(folder: Path) -> Make:
    """Writes a project into a folder and computes its figures."""

    def made(
        results: Results,
        indicators: Mapping[str, Mapping[str, Any]] | None = None,
        pilots: Mapping[str, Mapping[str, Any]] | None = None,
        extra: Mapping[str, str] | None = None,
        handbook: str = "",
    ) -> Figures:
        files = {
            "data/handbook.yml": "title: {zh: 手册, en: Handbook}\nlanguages: [zh, en]\n"
            f"units: [{{id: sales, name: S}}]\n{handbook}",
            "data/strategy.yml": "goals: [{id: g, name: G}]\n",
            "data/processes/chain.yml": CHAIN,
            **(extra or {}),
        }
        for name, fields in (indicators or {"cycle": {}}).items():
            text = json.dumps({"id": name, **WHOLE, "name": name, **fields}, ensure_ascii=False)
            files[f"data/indicators/{name}.yml"] = text
        for name, fields in (pilots or {"east": {}}).items():
            files[f"data/pilots/{name}.yml"] = json.dumps({"id": name, **PILOT, "name": name, **fields})
        for name, text in files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8")
        (folder / "data/results").mkdir(exist_ok=True)
        with (folder / "data/results/all.csv").open("w", encoding="utf-8", newline="") as file:
            lines = csv.writer(file)
            lines.writerow(("period", "indicator", "pilot", "value"))
            for (indicator, pilot), values in results.items():
                for n, value in enumerate(values):
                    lines.writerow((f"{2024 + n // 12}-{n % 12 + 1:02d}", indicator, pilot, repr(value)))
        problems = Problems()
        catalogue = load_project(folder, problems)
        assert catalogue is not None
        assert not problems.has_errors, [str(problem) for problem in problems]
        return figures_of(catalogue, "public", latest_period(catalogue))

    return made
