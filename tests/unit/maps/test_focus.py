"""The map on a review's page: which map, which steps outlined, where shapes lead, whose figures they show."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.compute.figures import Figures
from generator.model.period import Period
from generator.pipeline import check_project, figures_for
from generator.present.charts.draw import Drawings
from generator.present.page_context import PageContext
from generator.present.pages.reviews.problem_map import focus_maps, maps_of
from generator.present.parts.map_picture import MapPicture
from generator.present.templates import Templates
from generator.present.text.format import Format

ROOT = Path(__file__).parents[3]
EAST, SOUTH = "lead-to-cash-east", "lead-to-cash-south"
QUARTER = Period.parse("2026-Q3")


@pytest.fixture(scope="module")
def ctx() -> PageContext:
    figures: Figures = figures_for(check_project(ROOT))
    form = Format("en", "zh")
    return PageContext(figures, form, Templates(form.words), Drawings(None))


def focus(ctx: PageContext, pilot: str, pins: dict[str, tuple[int, ...]]) -> tuple[MapPicture, ...]:
    found = ctx.figures.catalogue.pilots[pilot]
    return focus_maps(ctx, ctx.at(QUARTER), found, QUARTER, pins)


def test_the_map_in_force_that_holds_the_steps_is_drawn(ctx: PageContext) -> None:
    process = ctx.figures.catalogue.processes["lead-to-cash"]  # the new map is in force since 2025-05

    def names(steps: tuple[str, ...], period: str) -> list[tuple[str, tuple[str, ...]]]:
        return [(name, held) for name, _, held in maps_of(process, steps, Period.parse(period), ctx)]

    assert names(("acceptance", "joint-sign-off"), "2026-Q3") == [("to_be", ("acceptance", "joint-sign-off"))]
    assert names(("acceptance",), "2025-Q1") == [("as_is", ("acceptance",))]
    # A step of the old map takes the other one along; what no map holds together is drawn on both.
    assert names(("acceptance", "contract-sign-off"), "2026-Q3") == [
        ("as_is", ("acceptance", "contract-sign-off"))
    ]
    assert names(("joint-sign-off", "contract-sign-off", "acceptance"), "2026-Q3") == [
        ("to_be", ("joint-sign-off", "acceptance")), ("as_is", ("contract-sign-off",)),
    ]  # fmt: skip
    assert names(("nowhere",), "2026-Q3") == []


def test_steps_with_problems_are_outlined_and_numbered(ctx: PageContext) -> None:
    (view,) = focus(ctx, SOUTH, {"acceptance": (1, 3), "contract-sign-off": (2,)})
    drawn = str(view.drawing)
    assert drawn.count('class="hb-map__focus"') == 2
    assert re.findall(r'hb-map__number--pin" y="3">(\d)<', drawn) == [
        "2",
        "1",
        "3",
    ]  # as they come on the map
    assert "hb-map__rank" not in drawn
    assert 'href="#problem-1"' in drawn
    assert 'href="#problem-2"' in drawn
    labels = re.findall(r'aria-label="(problem [^"]*)"', drawn)
    assert sorted(label.split(";")[0] for label in labels) == ["problem 1 and 3", "problem 2"]


def test_other_steps_lead_to_the_page_of_the_process(ctx: PageContext) -> None:
    (view,) = focus(ctx, EAST, {"joint-sign-off": (1,)})
    hrefs = {href for href in re.findall(r'<a href="([^"]*)"', str(view.drawing)) if "#" in href}
    assert {href.partition("#")[0] for href in hrefs} == {"", "../processes/lead-to-cash.html"}
    assert "../processes/lead-to-cash.html#to-be-draft-contract" in hrefs


def test_indicators_show_what_the_pilot_measured_then(ctx: PageContext) -> None:
    (view,) = focus(ctx, SOUTH, {"collect": (1,)})
    rows = ctx.figures.series["collection-on-time", SOUTH, ()].last
    assert rows is not None
    said = re.search(r'aria-label="(On-time collection rate: [^"]*)"', str(view.drawing))
    assert said is not None
    assert said[1] == f"On-time collection rate: {rows.point.value:.1f}\u202f%, missed, Sep 2026"


def test_nothing_is_drawn_without_a_place(ctx: PageContext) -> None:
    assert focus(ctx, EAST, {}) == ()
    assert focus(ctx, EAST, {"nowhere": (1,)}) == ()
