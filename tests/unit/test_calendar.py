"""Weeks and fiscal years in every place: a week belongs where its Thursday lies, years start as said."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from generator.compute.series.attainment import Thresholds, bar_at
from generator.exchange.export_json import export_json
from generator.model.as_of import results_until
from generator.model.calendar import Calendar
from generator.model.period import Period
from generator.model.results import Results
from generator.pipeline import check_project, figures_for
from tests.unit.made import row, target

ROOT = Path(__file__).parents[2]
WEEK = """id: week
name: {zh: 周处理量, en: Handled a week}
status: active
definition: {zh: 说明, en: text}
formula: {zh: 公式, en: formula}
unit: {zh: 件, en: pieces}
direction: higher
frequency: week
rollup: sum
source: {system: ERP, collection: manual, refresh: month}
owner: {unit: help-desk, role: {zh: 主管, en: Lead}}
"""
PILOT = """id: p
name: {zh: 试点, en: Pilot}
unit: help-desk
period: {from: 2026-01}
pack:
  - {indicator: week, weight: 50, targets: [{from: 2026-01, floor: 50, target: 100}]}
  - {indicator: reply-time, weight: 50, targets: [{from: 2026-01, floor: 12, target: 9}]}
"""


def project(folder: Path, last: str | None = "2026-W53,week,p,30") -> Path:
    """Twelve months and 53 weeks of 2026; the last week is bad. Its Thursday is 31 December."""
    shutil.copytree(ROOT / "examples/minimal", folder)
    (folder / "data/indicators/week.yml").write_text(WEEK, encoding="utf-8")
    (folder / "data/pilots").mkdir(exist_ok=True)
    (folder / "data/pilots/p.yml").write_text(PILOT, encoding="utf-8")
    rows = ["period,indicator,pilot,value"]
    rows += [f"2026-{month:02},reply-time,p,{9 + (month - 1) % 3 - 1}" for month in range(1, 13)]
    rows += [f"2026-W{week:02},week,p,100" for week in range(1, 53)]
    (folder / "data/results").mkdir(exist_ok=True)
    for old in (folder / "data/results").glob("*.csv"):
        old.unlink()
    text = "\n".join([*rows, *([last] if last else [])]) + "\n"
    (folder / "data/results/r.csv").write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize("as_of", [None, "2026-Q4"])
def test_the_53rd_week_belongs_to_the_year_of_its_thursday(tmp_path: Path, as_of: str | None) -> None:
    """It was told as 2027-Q1 with score 0 and coverage .5, or, as of 2026-Q4, left out.

    By hand: 13 weeks of 100 and one of 30 against 14 weeks of 50 and 100 in 2026-Q4 (W40, whose Thursday is
    1 October, to W53): 1330 of 1400, floor 700, so 60 + 40 × 630/700 = 96 points; reply time is 9, on target.
    """
    checked = check_project(project(tmp_path / "p"), Period.parse(as_of) if as_of else None)
    told = [str(one) for one in checked.problems if one.rule in ("stale-results", "review-rhythm")]
    found = json.loads(export_json(figures_for(checked)))
    assert found["as_of"] == "2026-Q4"
    (pilot,) = found["pilots"]
    assert (pilot["score"], pilot["coverage"]) == (98, 1)
    assert not [one for one in told if "stale-results" in one]


def test_without_it_the_quarter_is_the_same(tmp_path: Path) -> None:
    figures = figures_for(check_project(project(tmp_path / "p", None)))
    assert (str(figures.as_of), figures.pilots["p"].score.value) == ("2026-Q4", 100)


def test_what_was_known_at_the_end_of_a_year_goes_by_the_thursday() -> None:
    rows = tuple(row(week, 1) for week in ("2025-W52", "2026-W01", "2026-W53", "2027-W01"))
    known = [str(one.period) for one in results_until(Results.of(rows), Period.parse("2026-Q4"), Calendar(1))]
    assert known == ["2025-W52", "2026-W01", "2026-W53"]
    assert [
        str(one.period) for one in results_until(Results.of(rows), Period.parse("2025-Q4"), Calendar(1))
    ] == ["2025-W52"]
    last = Period.parse("2026-W53")
    assert (Calendar(1).closes_on(last), Calendar(1).end(last)) == (
        date(2026, 12, 31),
        date(2027, 1, 3),
    )


def test_a_week_is_held_against_the_targets_of_its_own_year() -> None:
    """Week 53 ends on 3 January 2027, after the new target began; it is a week of 2026."""
    targets = (target("2026-01", target=100), target("2027-01", target=120))
    assert bar_at(targets, Period.parse("2026-W53"), "higher", Calendar(1)) == Thresholds(target=100)
    assert bar_at(targets, Period.parse("2027-W01"), "higher", Calendar(1)) == Thresholds(target=120)
    weekly = (target("2026-W01", target=5),)
    assert bar_at(weekly, Period.parse("2025-12"), "higher", Calendar(1)) == Thresholds()
    assert bar_at(weekly, Period.parse("2025-12-29"), "higher", Calendar(1)) == Thresholds(target=5)


FISCAL = """id: f
name: {zh: 试点, en: Pilot}
unit: help-desk
period: {from: 2025-02, to: 2024}
"""


@pytest.mark.parametrize(("starts", "faults"), [(4, 0), (3, 0), (2, 1), (1, 1)])
def test_a_pilot_may_end_with_the_fiscal_year_it_runs_in(tmp_path: Path, starts: int, faults: int) -> None:
    """Fiscal 2024 from April ends in March 2025, after February; from March it ends in February itself."""
    folder = project(tmp_path / "p")
    handbook = folder / "data/handbook.yml"
    handbook.write_text(
        handbook.read_text(encoding="utf-8") + f"fiscal_year_starts: {starts}\n", encoding="utf-8"
    )
    (folder / "data/pilots/f.yml").write_text(FISCAL, encoding="utf-8")
    found = [one for one in check_project(folder).problems if one.rule == "bad-order"]
    assert len(found) == faults


def test_targets_stand_in_the_order_of_the_fiscal_year(tmp_path: Path) -> None:
    """With years from April, 2025 begins after 2025-02; in calendar years it would begin before."""
    folder = project(tmp_path / "p")
    pilot = folder / "data/pilots/p.yml"
    text = pilot.read_text(encoding="utf-8")
    old = "[{from: 2026-01, floor: 12, target: 9}]"
    new = "[{from: 2025-02, target: 9}, {from: 2025, target: 8}]"
    pilot.write_text(text.replace(old, new), encoding="utf-8")
    assert [one.rule for one in check_project(folder).problems if one.rule == "bad-order"] == ["bad-order"]
    handbook = folder / "data/handbook.yml"
    handbook.write_text(handbook.read_text(encoding="utf-8") + "fiscal_year_starts: 4\n", encoding="utf-8")
    assert not [one for one in check_project(folder).problems if one.rule == "bad-order"]
