"""A long review period against the one before: the past as it was, turns, what was agreed and closed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest

from generator.compute.figures import Figures, figures_of
from generator.compute.insight.actions import tasks_of
from generator.compute.insight.new_evidence import new_evidence
from generator.compute.insight.quarter import (
    Quarter,
    asked_otherwise,
    in_quarter,
    quarter_of,
    quarters_of,
    runs_in,
    tally_of,
    turn_of,
)
from generator.compute.past import figures_at
from generator.compute.score import PackFigure
from generator.compute.series.assessed import assess
from generator.compute.series.values import series_of
from generator.load.project import load_project
from generator.model.as_of import known_at
from generator.model.calendar import Calendar
from generator.model.catalogue import Catalogue
from generator.model.edition import for_audience
from generator.model.period import Period
from generator.present.charts.draw import Drawings
from generator.present.page_context import PageContext
from generator.present.pages.reviews.quarter import quarter_view
from generator.present.templates import Templates
from generator.present.text.format import Format
from generator.problems import Problems
from tests.unit.made import handbook, indicator, row, target

ROOT = Path(__file__).parents[2]
EAST, SOUTH, RELEASE = "lead-to-cash-east", "lead-to-cash-south", "requirement-release"


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    found = load_project(ROOT, Problems())
    assert found is not None
    return for_audience(found, "staff")


@pytest.fixture(scope="module")
def figures(catalogue: Catalogue) -> Figures:
    return figures_of(catalogue, "staff", Period.parse("2026-Q3"))


def quarter(figures: Figures, name: str) -> Quarter:
    period = Period.parse(name)
    return quarter_of(figures_at(figures, period), figures_at(figures, period.shift(-1)), period)


@pytest.mark.parametrize("name", ["2025-Q2", "2025-Q4", "2026-Q2", "2026-08"])
def test_the_past_is_what_a_build_of_that_period_says(
    catalogue: Catalogue, figures: Figures, name: str
) -> None:
    """The shorter way gives the pilots' figures of a whole computation on what was known then."""
    period = Period.parse(name)
    whole = figures_of(known_at(catalogue, period), "staff", period)
    past = figures_at(figures, period)
    assert past.pilots == whole.pilots
    assert past.effects == whole.effects
    own = {key for key in whole.series if key[1] and not key[2]}
    assert own == set(past.series)
    for key in own:
        # What was told before is told on today's pages alone.
        assert past.signals[key] == replace(whole.signals[key], told=())


def test_what_lies_after_the_period_told_stays_unknown(catalogue: Catalogue) -> None:
    earlier = figures_of(catalogue, "staff", Period.parse("2026-Q1"))
    told = figures_at(earlier, Period.parse("2026-Q2"))
    newest = {one.last.point.period for one in told.series.values() if one.last}
    assert max(Calendar(1).end(period) for period in newest) <= date(2026, 3, 31)


def figure(value: float | None, name: str = "speed", floor: float = 60, goal: float = 80) -> PackFigure:
    """An indicator of a pack with a floor and a target (higher is better)."""
    if value is None:
        return PackFigure(name, None, False, None, None)
    (series,) = series_of([row("2025-01", value)])
    point = assess(
        series, indicator(), (target("2025-01", floor=floor, target=goal),), None, handbook()
    ).points[0]
    return PackFigure(name, None, False, None, point)


@pytest.mark.parametrize(
    ("before", "now", "turn"),
    [
        (70, 80, "newly-met"),
        (50, 85, "newly-met"),
        (80, 85, None),
        (85, 70, "no-longer-met"),
        (85, 50, "newly-missed"),
        (70, 50, "newly-missed"),
        (50, 55, None),
        (50, 70, "no-longer-missed"),
        (60, 79, None),
        (None, 80, None),
        (80, None, None),
    ],
)
def test_turns(before: float | None, now: float | None, turn: str | None) -> None:
    assert turn_of(figure(now), figure(before), indicator()) == turn


@pytest.mark.parametrize(
    ("before", "now", "turn"),
    [
        (70, 72, None),  # the floor fell from 75 to 60: "back above the floor" would be untrue
        (50, 70, "no-longer-missed"),
        (80, 82, None),  # on target against 90 then and against 80 now
        (70, 85, "newly-met"),
        (85, 70, "no-longer-met"),
    ],
)
def test_a_turn_is_of_the_value_and_not_of_the_bar(before: float, now: float, turn: str | None) -> None:
    old = figure(before, floor=75, goal=90)
    assert asked_otherwise(figure(now), old, indicator())
    assert turn_of(figure(now), old, indicator()) == turn
    assert not asked_otherwise(figure(now), figure(before), indicator())


def test_an_indicator_that_was_not_in_the_pack_before_has_no_turn() -> None:
    assert turn_of(figure(80), None, indicator()) is None


def test_a_pack_is_counted() -> None:
    tally = tally_of([figure(80), figure(99), figure(70), figure(50), figure(None)])
    assert (tally.total, tally.reached, tally.near, tally.missed, tally.unjudged) == (5, 2, 1, 1, 1)


def test_the_sample_s_last_quarter(figures: Figures) -> None:
    """Scores and standings as the long reviews of the quarter tell them."""
    told = quarter(figures, "2026-Q3")
    assert [one.pilot for one in told.pilots] == [EAST, SOUTH, RELEASE]
    assert [one.now.score.gate for one in told.pilots] == ["passed", "passed", "not-passed"]
    assert (told.tally.total, told.tally.reached, told.tally.near, told.tally.missed) == (13, 4, 7, 2)
    # Seven rounds of short reviews from 7 July on, of which South left one out, and the long ones of October.
    assert sum(len(one.reviews) for one in told.pilots) == 23
    late = [(task.review.id, task.action.id) for task in told.overdue]
    assert late == [("2026-q2-lead-to-cash-south", "a2")]
    days = [task.action.closed for task in told.closed]
    assert len(days) == 8
    assert all(day and date(2026, 7, 1) <= day <= date(2026, 9, 30) for day in days)


def test_the_fast_lane_was_a_gain_at_a_cost_from_the_first_quarter_that_could_tell(figures: Figures) -> None:
    def balances(name: str) -> dict[str, str | None]:
        one = next(one for one in quarter(figures, name).pilots if one.pilot == RELEASE)
        return {claim.indicator: claim.balance for claim in one.effects}

    assert balances("2025-Q3")["requirement-lead-time"] is None  # one month after: too few
    assert balances("2026-Q3")["requirement-lead-time"] == "gain-at-a-cost"


def test_the_merged_sign_off_turns_up_in_its_quarter(figures: Figures) -> None:
    told = quarter(figures, "2025-Q2")
    (east,) = told.pilots[:1]
    assert [change.id for change in east.changes] == [
        "merge-approvals", "credit-check-first", "shipping-slots",
    ]  # fmt: skip
    assert [one.pilot for one in told.pilots] == [EAST, RELEASE]  # the release pilot began in June
    assert told.pilots[1].before is None
    later = next(one for one in quarter(figures, "2025-Q3").pilots if one.pilot == EAST)
    turned = {item.indicator: item.turn for item in later.indicators}
    assert turned["order-cycle-time"] == "newly-met"


def test_the_quarters_begin_with_the_first_pilot(figures: Figures) -> None:
    assert [str(period) for period in quarters_of(figures)] == [
        "2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4", "2026-Q1", "2026-Q2", "2026-Q3",
    ]  # fmt: skip
    assert quarters_of(replace(figures, as_of=None)) == ()


def test_a_short_review_belongs_to_the_quarter_of_its_day_and_a_long_one_to_that_of_its_period(
    catalogue: Catalogue,
) -> None:
    whole = Period.parse("2026-Q3")

    def inside(id_: str) -> bool:
        return in_quarter(catalogue.reviews[id_], whole, Calendar(1))

    assert inside("2026-07-07-lead-to-cash-east")  # of June, held in July
    assert inside("2026-q3-lead-to-cash-east")  # held in October
    assert not inside("2026-q2-lead-to-cash-east")  # held in July
    year = catalogue.reviews["2026-q3-lead-to-cash-east"].model_copy(update={"period": Period.parse("2026")})
    assert not in_quarter(year, whole, Calendar(1))  # it ends with the fourth quarter


def test_a_pilot_runs_from_its_first_to_its_last_day(catalogue: Catalogue) -> None:
    south = catalogue.pilots[SOUTH]  # 2026-01 to 2027-06
    quarters = ("2025-Q4", "2026-Q1", "2027-Q2", "2027-Q3")
    ran = [name for name in quarters if runs_in(south, Period.parse(name), Calendar(1))]
    assert ran == ["2026-Q1", "2027-Q2"]


def test_an_action_is_late_while_it_is_open(catalogue: Catalogue) -> None:
    def late(day: date) -> Iterator[tuple[str, str, int]]:
        for task in tasks_of(catalogue, day):
            if task.overdue:
                yield task.review.id, task.action.id, task.days_late

    assert list(late(date(2026, 8, 31))) == []  # due today
    assert list(late(date(2026, 9, 30))) == [("2026-q2-lead-to-cash-south", "a2", 30)]
    assert not any(task.overdue for task in tasks_of(catalogue, None))
    dues = [task.action.due for task in tasks_of(catalogue, None)]
    assert dues == sorted(dues, key=lambda day: day or date.max)


def test_where_nobody_reviews_a_quarter_leads_to_no_index(figures: Figures) -> None:
    form = Format("en", "zh")
    bare = replace(figures, catalogue=replace(figures.catalogue, reviews={}))
    for told, expected in ((figures, "../reviews/index.html"), (bare, None)):
        ctx = PageContext(told, form, Templates(form.words), Drawings(None))
        context, _ = quarter_view(ctx, Period.parse("2026-Q2"), "quarters/2026-q2.md")
        assert (context.index.href if context.index else None) == expected
    assert "No review was held" in context.headline


def test_only_what_says_something_else_is_new_evidence() -> None:
    """The same verdict on three more periods is no news; a first verdict, or another one, is."""
    unclear = SimpleNamespace(
        indicator="cycle", changes=("merge",), outcome="unclear", strength="none", balance=None
    )
    early = SimpleNamespace(**{**vars(unclear), "outcome": None})
    better = SimpleNamespace(
        **{**vars(unclear), "outcome": "improved", "strength": "firm", "balance": "gain"}
    )
    assert new_evidence((unclear,), (unclear,)) == frozenset()
    assert new_evidence((early,), ()) == frozenset()
    assert new_evidence((unclear,), (early,)) == {("cycle", ("merge",))}
    assert new_evidence((better,), (unclear,)) == {("cycle", ("merge",))}
