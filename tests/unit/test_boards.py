"""The board of a pack, the strip of a change, the order of the library's map: where things are drawn."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.compute.insight.standings import off_target_first, organisation_periods
from generator.pipeline import check_project, figures_for
from generator.present.charts import strip
from generator.present.charts.draw import Drawings
from generator.present.charts.sparkline import SparkPoint, geometry
from generator.present.charts.strip import Reached
from generator.present.page_context import PageContext
from generator.present.parts.board import board
from generator.present.parts.changes_told import change_groups
from generator.present.templates import Templates
from generator.present.text.format import Format

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def ctx() -> PageContext:
    form = Format("en", "zh")
    return PageContext(figures_for(check_project(ROOT)), form, Templates(form.words), Drawings(None))


def test_a_strip_has_the_start_at_two_fifths_and_the_target_at_four() -> None:
    """From −100 % to 150 % of the way over 236 pixels: 0 is 94.4 right of the margin of 7, 100 % is 188.8."""
    drawn = strip.geometry(Reached(0.5, 0.25, 0.75, "improved"))
    assert (drawn.start, drawn.target) == (101.4, 195.8)
    assert drawn.own is not None
    assert (drawn.own.x, drawn.own.left, drawn.own.right, drawn.own.edge) == (148.6, 125.0, 172.2, "")


@pytest.mark.parametrize(("share", "edge", "x"), [(3.25, "right", 243.0), (-7.27, "left", 7.0)])
def test_what_lies_beyond_stands_at_the_edge_and_is_marked(share: float, edge: str, x: float) -> None:
    drawn = strip.geometry(Reached(share, share, share, "worse"), [Reached(share, 0, 0, "unclear")])
    assert drawn.own is not None
    assert (drawn.own.edge, drawn.own.x, drawn.guards[0].edge) == (edge, x, edge)


def test_changes_are_marked_in_a_small_line() -> None:
    drawn = geometry([SparkPoint(1.0), SparkPoint(2.0), SparkPoint(3.0)], [1])
    assert drawn is not None
    assert drawn.marks == "M80 0V40"


def test_a_row_says_what_happened_since_the_newest_change(ctx: PageContext) -> None:
    pilot = ctx.figures.catalogue.pilots["lead-to-cash-east"]
    rows = board(ctx, pilot, ctx.figures.pilots[pilot.id], ctx.links("pilots/lead-to-cash-east.md"))
    first = rows[0]
    assert first.since is not None
    assert (str(first.since.difference), str(first.since.interval)) == ("−5.0\u00a0days", "[−5.9, −4.1]")
    assert (first.since.verdict.label, first.value.status.label) == ("Improved", "On target")
    assert first.chart is not None
    assert "Three approvals" not in first.chart.finding, "what a change did is told once, in its own row"


def test_the_changes_stand_by_change_the_newest_first(ctx: PageContext) -> None:
    pilot = ctx.figures.catalogue.pilots["requirement-release"]
    groups = change_groups(ctx, pilot, ctx.links("pilots/requirement-release.md"))
    titles = [group.title for group in groups]
    assert titles[-1].startswith("Fast lane")
    row = groups[-1].rows[0]
    assert row.name == "Requirement lead time"
    assert "hb-strip__mark--improved" in row.drawing
    assert "hb-strip__mark--worse" in row.drawing, "its guardrail, in the same row"


def test_off_target_comes_first(ctx: PageContext) -> None:
    periods, told = organisation_periods(ctx.figures)
    order = off_target_first(told, periods[-1])
    states = [
        next((one.status for one in told[name].points if one.point.period == periods[-1]), "no-data")
        for name in order
    ]
    assert states[0] == "missed"
    assert states == sorted(states, key=["missed", "near", "no-data", "no-target", "met", "exceeded"].index)
    assert set(order) == set(told)
