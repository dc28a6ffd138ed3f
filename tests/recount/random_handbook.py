"""Writes a random handbook: all roll-ups, directions and frequencies, gaps, tiny denominators."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import yaml

from tests.recount.periods import Span, following, holding

OFTEN = ("month", "month", "month", "week", "quarter", "day")
ROLLUPS = ("mean", "sum", "last", "ratio", "ratio", "none")


def write(root: Path, seed: int) -> Path:
    """A project drawn from a seed; the same one every time."""
    chance = Random(seed)
    starts = chance.choice([4, 7, 10])
    (root / "data/indicators").mkdir(parents=True)
    (root / "data/results").mkdir()
    (root / "data/pilots").mkdir()
    handbook = {
        "title": "Random", "languages": ["en"], "fiscal_year_starts": starts,
        "units": [{"id": "shop", "name": "Shop"}],
        "scoring": {"floor": 50, "target": 90, "stretch": 110, "below_floor": 10},
        "review": {"short_every_days": 14, "long": "quarter"},
        "rules": {"target-side": {"off": "drawn at random"}},
    }  # fmt: skip
    _dump(root / "data/handbook.yml", handbook)
    indicators = [_indicator(chance, place) for place in range(12)]
    for one in indicators:
        _dump(root / f"data/indicators/{one['id']}.yml", one)
    pilots = [_pilot(chance, name, indicators) for name in ("first", "second")]
    for pilot in pilots:
        _dump(root / f"data/pilots/{pilot['id']}.yml", pilot)
    rows = []
    for one in indicators:
        for pilot in ("", *(p["id"] for p in pilots if any(i["indicator"] == one["id"] for i in p["pack"]))):
            rows += _rows(chance, one, pilot, starts)
    names = ("period", "indicator", "pilot", "value", "numerator", "denominator", "target", "status", "note",
             "n")  # fmt: skip
    with (root / "data/results/all.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names)
        writer.writeheader()
        writer.writerows(rows)
    return root


def _dump(file: Path, value: object) -> None:
    file.write_text(yaml.safe_dump(value, sort_keys=False, allow_unicode=True), encoding="utf-8")


def _indicator(chance: Random, place: int) -> dict[str, Any]:
    rollup, often = ROLLUPS[place % 6], OFTEN[(place * 5 + place // 6) % 6]
    direction = ("higher", "lower", "higher", "lower", "range")[place % 5]
    one: dict[str, Any] = {
        "id": f"figure-{place}", "name": f"Figure {chr(65 + place)}", "status": "active",
        "unit": "%" if rollup == "ratio" else "days", "decimals": chance.choice([0, 1, 2]),
        "direction": direction, "frequency": often, "rollup": rollup,
        "definition": "What it is.", "formula": "How it is counted.", "source": {"system": "A system"},
        "owner": {"unit": "shop", "role": "Somebody"},
    }  # fmt: skip
    if rollup == "ratio":
        one["factor"] = 100
    level = 80 if rollup == "ratio" else 40
    if direction == "range":
        one["range"] = [level - 5, level + 7.5]
    else:
        one["targets"] = [_target(chance, direction, level, since) for since in ("2024-07", "2025-10")]
    if place % 4 == 1:
        one["history"] = [
            {"date": "2025-06-11", "change": "definition", "text": "Counted anew.", "breaks_series": True}
        ]
    return one


def _target(chance: Random, direction: str, level: float, since: str) -> dict[str, Any]:
    sign = 1 if direction == "higher" else -1
    goal = round(level + sign * chance.uniform(-2, 6), 1)
    made: dict[str, Any] = {"from": since, "target": goal}
    if chance.random() < 0.8:
        made["floor"] = round(goal - sign * chance.uniform(2, 8), 1)
    if chance.random() < 0.6:
        made["stretch"] = round(goal + sign * chance.uniform(2, 8), 1)
    return made


def _pilot(chance: Random, name: str, indicators: list[dict[str, Any]]) -> dict[str, Any]:
    pack: list[dict[str, Any]] = []
    weights = chance.sample([10, 15, 20, 25, 30], 5)
    for place, one in enumerate(chance.sample(indicators, 5)):
        item: dict[str, Any] = {"indicator": one["id"]}
        if name == "first":
            item["weight"] = weights[place]
        if chance.random() < 0.5 and one["direction"] != "range":
            item["targets"] = [_target(chance, one["direction"], 60, "2024-10")]
        if chance.random() < 0.7:
            item["baseline"] = {"value": 33.3} if place % 2 else {"period": "2025-Q1"}
        if place == 0:
            item["incentive"] = "gate"
        pack.append(item)
    return {
        "id": name, "name": f"Pilot {name}", "unit": "shop", "period": {"from": "2024-12"}, "pack": pack,
        "changes": [
            {"id": "new-way", "date": "2025-09-15", "kind": "other", "text": "A new way.", "rebaseline": True,
             "indicators": [pack[1]["indicator"], pack[2]["indicator"]]},
        ],
    }  # fmt: skip


def _rows(chance: Random, one: dict[str, Any], pilot: str, starts: int) -> list[dict[str, str]]:
    often = one["frequency"]
    days = 60 if often == "day" else 480 if often == "week" else 800
    last = date(2027, 1, 3) if often in ("week", "day") else date(2026, 12, 31)
    period = holding(last - timedelta(days=days), often, starts)
    rows = []
    while period.last <= last:
        if chance.random() > 0.06:
            rows.append(_row(chance, one, pilot, period))
        period = following(period, starts)
    return rows


def _row(chance: Random, one: dict[str, Any], pilot: str, period: Span) -> dict[str, str]:
    row = {"period": period.name, "indicator": one["id"], "pilot": pilot, "status": "actual"}
    if chance.random() < 0.05:
        return {**row, "value": "", "note": "not counted"}
    if one["rollup"] == "ratio":
        bottom = chance.choice([1, 2, 3, 19, 20, 400, 1000])
        top = sum(chance.random() < 0.8 for _ in range(bottom))
        return {**row, "value": "", "numerator": str(top), "denominator": str(bottom)}
    value = f"{chance.gauss(40, 4):.{one['decimals']}f}"
    given = (
        {"target": f"{chance.uniform(35, 45):.1f}"}
        if chance.random() < 0.04 and one["direction"] != "range"
        else {}
    )
    if one["rollup"] == "mean" and chance.random() < 0.9:
        given["n"] = str(chance.choice([1, 4, 20, 300]))
    return {**row, "value": value, **given, "status": chance.choice(["actual"] * 9 + ["provisional"])}
