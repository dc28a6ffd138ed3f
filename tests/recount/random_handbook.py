"""Writes a random handbook: all roll-ups, directions and frequencies, gaps, tiny denominators.

Besides what is drawn there is one of everything that figures can come from, so that both handbooks exercise
it: guardrails with a margin and without, pilots to compare with, a bundle of changes, a chart of rare events,
limits that stand still, growth, key results, breaks of the definition, a roadmap and reviews.
"""

from __future__ import annotations

import csv
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import yaml

from tests.recount.periods import Span, Years, following, holding

OFTEN = ("month", "month", "month", "week", "quarter", "day")
ROLLUPS = ("mean", "sum", "last", "ratio", "ratio", "none")


def write(root: Path, seed: int) -> Path:
    """A project drawn from a seed; the same one every time."""
    chance = Random(seed)
    starts = chance.choice([4, 7, 10])
    years = Years.of(_years(seed, starts))
    (root / "data/indicators").mkdir(parents=True)
    (root / "data/results").mkdir()
    for name in ("pilots", "reviews", "processes"):
        (root / "data" / name).mkdir()
    handbook = {
        "title": "Random", "languages": ["en"], **_years(seed, starts),
        "units": [{"id": "shop", "name": "Shop"}],
        "scoring": {"floor": 50, "target": 90, "stretch": 110, "below_floor": 10},
        "review": {"short_every_days": 14, "long": "quarter"},
        "rules": {"target-side": {"off": "drawn at random"}},
    }  # fmt: skip
    _dump(root / "data/handbook.yml", handbook)
    indicators = [_indicator(chance, place) for place in range(12)] + _special(chance)
    for one in indicators:
        _dump(root / f"data/indicators/{one['id']}.yml", one)
    pilots = [_pilot(chance, name, indicators) for name in ("first", "second", "third")]
    _dump(root / "data/processes/chain.yml", CHAIN)
    _dump(root / "data/strategy.yml", _strategy(chance, indicators, pilots))
    _dump(root / "data/roadmap.yml", ROADMAP)
    for review in _reviews(chance, pilots):
        _dump(root / f"data/reviews/{review['id']}.yml", review)
    for pilot in pilots:
        _dump(root / f"data/pilots/{pilot['id']}.yml", pilot)
    rows = []
    for one in indicators:
        for pilot in ("", *(p["id"] for p in pilots if any(i["indicator"] == one["id"] for i in p["pack"]))):
            rows += _rows(chance, one, pilot, years)
    rows += _biennial(Random(-seed), root, years)
    names = ("period", "indicator", "pilot", "value", "numerator", "denominator", "target", "status", "note",
             "n")  # fmt: skip
    with (root / "data/results/all.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names)
        writer.writeheader()
        writer.writerows(rows)
    return root


def _years(seed: int, starts: int) -> dict[str, Any]:
    """Some are named after the year they start in, others after the one they end in."""
    if seed % 2 == 0:
        return {"fiscal_year_starts": starts}
    return {"fiscal_year": {"starts": starts, "named_by": "end"}, "two_years_from": 2023}


def _biennial(chance: Random, root: Path, years: Years) -> list[dict[str, str]]:
    """An indicator that is measured every two years: its results."""
    one = {**_indicator(chance, 0), "id": "biennial", "name": "Every two years", "frequency": "two-year"}
    _dump(root / "data/indicators/biennial.yml", one)
    period, rows = holding(date(2001, 6, 1), "two-year", years), []
    while period.last <= date(2026, 9, 30):
        rows.append(_row(chance, one, "", period))
        period = following(period, years)
    return rows


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


SHARED = ("spread", "watched", "guarded", "weighed")
"""Indicators of every pack, so that pilots can be compared."""
CHAIN: dict[str, Any] = {
    "id": "chain", "name": "Chain", "time": {"basis": "working"}, "lanes": [{"id": "desk", "name": "Desk"}],
    "maps": {"as_is": {"steps": [
        {"id": "begin", "lane": "desk", "name": "Begin", "touch": {"mean": "2h"}, "next": ["end"],
         "indicators": ["figure-0", "spread"]},
        {"id": "end", "lane": "desk", "name": "End", "touch": {"mean": "1h"}},
    ]}},
}  # fmt: skip
ROADMAP: dict[str, Any] = {
    "phases": [{"id": "all", "name": "All"}],
    "steps": [
        {"number": 1, "id": "begin", "phase": "all", "name": "Begin", "days": 30, "aim": "To begin.",
         "outputs": [{"id": "list", "name": "A list"}]},
        {"number": 2, "id": "run-review", "phase": "all", "name": "Run", "days": 200, "aim": "To run.",
         "outputs": [{"id": "minutes", "name": "Minutes"}, {"id": "case", "name": "A case"}]},
    ],
}  # fmt: skip


def _special(chance: Random) -> list[dict[str, Any]]:
    """One indicator for everything that the drawn ones would hardly meet."""
    made = []
    for name, rollup, direction in (
        ("spread", "mean", "lower"), ("watched", "mean", "higher"), ("guarded", "ratio", "higher"),
        ("weighed", "mean", "lower"), ("accidents", "sum", "lower"), ("grown", "sum", "higher"),
    ):  # fmt: skip
        one = _indicator(chance, 0)
        one |= {
            "id": name,
            "name": f"Special {name}",
            "rollup": rollup,
            "frequency": "month",
            "direction": direction,
            "unit": "%" if rollup == "ratio" else "days",
            "decimals": 1,
            "targets": [_target(chance, direction, 80 if rollup == "ratio" else 38, "2024-07")],
        }
        one.pop("range", None)
        one.pop("factor", None)
        made.append(one)
    spread, watched, guarded, weighed, accidents, grown = made
    spread["guardrails"] = [{"indicator": "watched", "margin": 1.5}, "guarded"]
    watched["guardrails"] = ["weighed"]
    weighed["limits_fixed_after"] = 14
    guarded["kind"] = "lagging"
    accidents |= {"chart": "rare", "decimals": 0, "unit": "cases", "targets": []}
    grown |= {"progress_method": "growth"}
    grown["targets"][0]["from"] = "2027-01"
    return made


def _strategy(
    chance: Random, indicators: list[dict[str, Any]], pilots: list[dict[str, Any]]
) -> dict[str, Any]:
    """A key result for every roll-up, with a day in the past, in the running period or ahead, or none."""
    results = []
    for place, one in enumerate(indicators):
        result: dict[str, Any] = {"name": f"Result {place}", "indicator": one["id"]}
        if one["direction"] != "range":
            result["target"] = round(chance.uniform(30, 90) * (3 if one["rollup"] == "sum" else 1), 1)
        if place % 6 != 5:
            result["by"] = ("2026-Q2", "2026-12", "2027", "2027-Q4", "2026-H1")[place % 5]
        if place % 3 == 0 and any(item["indicator"] == one["id"] for item in pilots[0]["pack"]):
            result["pilot"] = "first"
        results.append(result)
    return {
        "perspectives": ["process"],
        "goals": [{"id": "well", "name": "Do well", "perspective": "process", "why": "It is good."}],
        "objectives": [{"id": "better", "name": "Better", "goal": "well", "key_results": results}],
    }


def _reviews(chance: Random, pilots: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Short ones at uneven distances, long ones of some quarters, actions in every state."""
    made = []
    for pilot in pilots[:2]:
        day = date(2026, 1, 5)
        while day < date(2026, 12, 20):
            actions = []
            for name in ("a1", "a2"):
                due = day + timedelta(days=chance.randint(10, 60))
                status = chance.choice(["open", "doing", "done", "done", "dropped"])
                action: dict[str, Any] = {"id": name, "text": "Do it.", "due": due, "status": status,
                                          "owner": {"unit": "shop"}}  # fmt: skip
                if status in ("done", "dropped"):
                    action["closed"] = due + timedelta(days=chance.randint(-9, 9))
                actions.append(action)
            made.append(
                {
                    "id": f"{day}-{pilot['id']}",
                    "pilot": pilot["id"],
                    "kind": "short",
                    "period": f"{day:%Y-%m}",
                    "date": day,
                    "summary": "Seen.",
                    "actions": actions,
                }
            )
            day += timedelta(days=chance.choice([7, 14, 14, 25]))
        for quarter, held in (("2026-Q1", date(2026, 12, 1)), ("2025-Q4", date(2026, 6, 20))):
            made.append({"id": f"long-{quarter.lower()}-{pilot['id']}", "pilot": pilot["id"], "kind": "long",
                         "period": quarter, "date": held, "summary": "Seen."})  # fmt: skip
    return made


def _pilot(chance: Random, name: str, indicators: list[dict[str, Any]]) -> dict[str, Any]:
    pack: list[dict[str, Any]] = []
    drawn = [one for one in chance.sample(indicators, len(indicators)) if one["id"] not in SHARED][:4]
    chosen = [one for one in indicators if one["id"] in SHARED] + drawn
    weights = chance.sample([5, 5, 10, 10, 15, 15, 20, 20], 8)
    for place, one in enumerate(chosen):
        item: dict[str, Any] = {"indicator": one["id"]}
        if name == "first":
            item["weight"] = weights[place]
        if chance.random() < 0.5 and one["direction"] != "range":
            item["targets"] = [_target(chance, one["direction"], 60, "2024-10")]
        if chance.random() < 0.7:
            item["baseline"] = {"value": 33.3} if place % 2 else {"period": "2025-Q1"}
        if place == len(SHARED):
            item["incentive"] = "gate"
            item["limits_fixed_after"] = 9
        pack.append(item)
    changes: list[dict[str, Any]] = [
        _change("new-way", "2025-09-15", [pack[-1]["indicator"], *(["watched"] if name == "first" else [])],
                rebaseline=True),
    ]  # fmt: skip
    if name == "first":
        changes += [
            _change("first-step", "2025-05-05", ["spread"]),
            _change("near-step", "2025-07-14", ["spread"]),
            _change("late-step", "2026-09-01", []),
        ]
    steps: list[dict[str, Any]] = [
        {"step": 1, "status": "done", "started": date(2024, 12, 9), "finished": date(2025, 1, 17),
         "outputs": [{"output": "list", "done": name == "first"}]},
    ]  # fmt: skip
    if name != "third":
        steps.append({"step": 2, "status": "started", "started": date(2026, 2, 2)})
    return {
        "id": name, "name": f"Pilot {name}", "unit": "shop", "period": {"from": "2024-12"}, "pack": pack,
        "process": "chain", "changes": changes, "steps": steps,
        "training": [{"date": date(2025, 1, 8), "audience": "frontline", "topic": "How", "invited": 12,
                      "attended": chance.randint(4, 12)}],
    }  # fmt: skip


def _change(name: str, day: str, indicators: list[str], rebaseline: bool = False) -> dict[str, Any]:
    made: dict[str, Any] = {"id": name, "date": day, "kind": "other", "text": "A new way."}
    if indicators:
        made["indicators"] = indicators
    return {**made, "rebaseline": True} if rebaseline else made


def _rows(chance: Random, one: dict[str, Any], pilot: str, starts: Years) -> list[dict[str, str]]:
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
    level = 40.0
    if one["id"] == "spread" and pilot == "first" and period.first >= date(2025, 8, 1):
        level = 31.0
    value = f"{chance.gauss(level, 4):.{one['decimals']}f}"
    if one["id"] == "accidents":
        value = str(chance.choice([0, 0, 0, 0, 0, 1, 1, 2]))
    given = (
        {"target": f"{chance.uniform(35, 45):.1f}"}
        if chance.random() < 0.04 and one["direction"] != "range"
        else {}
    )
    if one["rollup"] == "mean" and chance.random() < 0.9:
        given["n"] = str(chance.choice([1, 4, 20, 300]))
    return {**row, "value": value, **given, "status": chance.choice(["actual"] * 9 + ["provisional"])}
