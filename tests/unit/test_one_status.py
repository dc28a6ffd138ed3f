"""One status a value: whatever shows it, it is the same word; rows with bars of their own name them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from generator.pipeline import check_project, figures_for
from generator.present.charts.draw import Drawings
from generator.present.page_context import PageContext
from generator.present.pages.library.scopes import in_order, panels_view
from generator.present.parts.overview import heat_pilots
from generator.present.parts.pack import pack_figures
from generator.present.parts.verdict import verdict
from generator.present.templates import Templates
from generator.present.text.format import Format

ROOT = Path(__file__).parents[2]
SHARED = """status: active
definition: {zh: 说明, en: text}
formula: {zh: 公式, en: formula}
frequency: quarter
rollup: last
source: {system: ERP, collection: manual, refresh: quarter}
owner: {unit: help-desk, role: {zh: 主管, en: Lead}}
"""
INDICATORS = {
    "punctual": "name: {zh: 准时, en: Punctual}\nunit: '%'\ndirection: higher\n",
    "load": "name: {zh: 负荷, en: Load}\nunit: pieces\ndirection: range\nrange: [70, 85]\n",
    "errors": "name: {zh: 差错, en: Errors}\nunit: pieces\ndirection: lower\n",
}
PILOT = """id: {id}
name: {{zh: {id}, en: {id}}}
unit: help-desk
period: {{from: 2025-Q1}}
pack:
  - {{indicator: punctual, targets: [{{from: 2025-Q1, floor: {floor}, target: {target}}}]}}
  - {{indicator: load}}
  - {{indicator: errors, targets: [{{from: 2025-Q1, target: 0}}]}}
"""


@pytest.fixture(scope="module")
def ctx(tmp_path_factory: pytest.TempPathFactory) -> PageContext:
    """East 89 % of 100 above its floor of 85: near; south 94 % of 100 below its floor of 95: missed."""
    folder = tmp_path_factory.mktemp("one") / "p"
    shutil.copytree(ROOT / "examples/minimal", folder)
    for name, text in INDICATORS.items():
        (folder / f"data/indicators/{name}.yml").write_text(f"id: {name}\n{text}{SHARED}", encoding="utf-8")
    (folder / "data/pilots").mkdir()
    for name, floor, goal in (("east", 85, 100), ("south", 95, 100)):
        text = PILOT.format(id=name, floor=floor, target=goal)
        (folder / f"data/pilots/{name}.yml").write_text(text, encoding="utf-8")
    rows = ["period,indicator,pilot,value,status"]
    rows += ["2025-Q1,punctual,east,89,", "2025-Q1,punctual,south,94,"]
    rows += [f"2025-Q1,load,{pilot},80," for pilot in ("east", "south")]
    rows += ["2025-Q1,errors,east,0,", "2025-Q1,errors,south,0,provisional"]
    for old in (folder / "data/results").glob("*.csv"):
        old.unlink()
    (folder / "data/results/r.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    checked = check_project(folder)
    assert not checked.problems.has_errors, [str(one) for one in checked.problems]
    form = Format("en", "en")
    return PageContext(figures_for(checked), form, Templates(form.words), Drawings(None))


def test_the_chart_counts_what_the_verdict_counts(ctx: PageContext) -> None:
    """An interval and a target of 0 have no per cent of the target, but a status. It said 0 of 1."""
    pilot = ctx.figures.catalogue.pilots["east"]
    own = ctx.figures.pilots["east"]
    bullets = next(pack_figures(ctx, pilot, own))
    assert bullets.finding.startswith("On target: 2 of 3 indicators; furthest from it is punctual")
    assert "in the table only: load and errors." in bullets.finding
    assert [row[-1] for row in bullets.rows] == ["Near target", "On target", "On target"]
    assert "2 of 3 indicators are on target" in verdict(ctx, pilot, own, ctx.links("index.md")).text


def test_a_heat_map_names_the_bars_that_make_94_worse_than_89(ctx: PageContext) -> None:
    (figure,) = heat_pilots(ctx)
    assert "missed: 1. Values that are not final are counted as they stand." in figure.finding
    assert "can stand worse than a lower one: punctual" in figure.finding
    row = next(row for row in figure.rows if row[0] == "Punctual")
    assert row[1:] == (
        "89 Near target (target 100.0, floor 85.0)",
        "94 Missed (target 100.0, floor 95.0)",
    )
    assert next(row for row in figure.rows if row[0] == "Load")[1:] == ("On target", "On target")


def test_the_panels_say_status_and_bars_of_each_pilot(ctx: PageContext) -> None:
    """A value near its target carried ▼, the mark of a miss, above a table that said near."""
    indicator = ctx.figures.catalogue.indicators["punctual"]
    told = in_order(ctx.figures.of_indicator("punctual"))
    panels = panels_view(ctx, indicator, told, ctx.links("indicators/punctual.md"))
    assert panels is not None
    assert [
        (one.place.title, one.value.target, one.value.floor, one.value.status.label) for one in panels.shown
    ] == [
        ("east", "100.0", "85.0", "Near target"),
        ("south", "100.0", "95.0", "Missed"),
    ]
    assert panels.finding.startswith("In the newest period south stands best and east weakest.")
