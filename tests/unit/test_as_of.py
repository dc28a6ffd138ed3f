"""What was known when a period was told: the sample as of 2025-Q4 against the one cut by hand, and parts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from generator.check import run_rules
from generator.load.project import load_project
from generator.model.as_of import begun_later, known_at
from generator.model.catalogue import Catalogue
from generator.model.period import Period
from generator.problems import Problems
from tests.built import ROOT, copied
from tests.conftest import Change
from tests.site.hand_cut import cut

QUARTER = Period.parse("2025-Q4")


@pytest.fixture(scope="module")
def whole() -> Catalogue:
    return loaded(ROOT)


@pytest.fixture(scope="module")
def by_hand(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    project = copied(ROOT, tmp_path_factory.mktemp("past") / "project")
    cut(project)
    return loaded(project)


def loaded(project: Path) -> Catalogue:
    catalogue = load_project(project, Problems())
    assert catalogue is not None
    return catalogue


@pytest.mark.parametrize(
    "part",
    [
        "handbook", "roadmap", "strategy", "indicators", "processes", "pilots", "questionnaire", "diagnoses",
        "reviews", "cases",
    ],
)  # fmt: skip
def test_a_quarter_of_the_sample_is_as_if_nothing_later_had_been_written(
    whole: Catalogue, by_hand: Catalogue, part: str
) -> None:
    assert getattr(known_at(whole, QUARTER), part) == getattr(by_hand, part)


def test_so_are_its_results_and_its_pages(whole: Catalogue, by_hand: Catalogue) -> None:
    past = known_at(whole, QUARTER)
    rows = [[replace(row, line=0) for row in one.results] for one in (past, by_hand)]
    assert len(rows[0]) > 900
    assert rows[0] == rows[1]
    assert [page.path for page in past.content] == [page.path for page in by_hand.content]
    assert past.sources.keys() == by_hand.sources.keys()


def test_the_whole_sample_knows_more(whole: Catalogue, by_hand: Catalogue) -> None:
    """Else the comparison would hold nothing."""
    for part in ("indicators", "pilots", "diagnoses", "reviews", "cases", "results"):
        assert len(getattr(whole, part)) > len(getattr(by_hand, part)), part
    definition = [one.indicators["complaint-rate"].definition for one in (whole, by_hand)]
    assert definition[0] != definition[1]


def test_the_newest_quarter_keeps_what_its_own_review_told(whole: Catalogue) -> None:
    """The long review is held in October; actions closed before it are told, later ones are open."""
    past = known_at(whole, Period.parse("2026-Q3"))
    assert past.reviews.keys() == whole.reviews.keys()
    closed = past.reviews["2026-09-29-requirement-release"].actions[0]
    assert (str(closed.closed), closed.status) == ("2026-10-08", "done")
    earlier = known_at(whole, Period.parse("2026-Q2"))
    reopened = earlier.reviews["2026-q2-lead-to-cash-east"].actions[0]
    assert (reopened.status, reopened.closed, reopened.result) == ("open", None, None)


REVIEW = "data/reviews/2025-q1-east.yml"
DONE = "due: 2025-05-15, status: done, result: {indicator: cycle-time, verdict: worked}"


def actions(make: Callable[[Change], Catalogue], text: str, period: str) -> tuple[str, bool]:
    """(status, whether a result is told) of the base's one action, written another way, as of a period."""
    past = known_at(make({REVIEW: (DONE, text)}), Period.parse(period))
    (action,) = past.reviews["2025-q1-east"].actions
    return action.status, action.result is not None


def test_an_action_closed_later_is_open(make_catalogue: Callable[[Change], Catalogue]) -> None:
    told = "status: done, closed: 2025-05-12, result: {on: 2026-08-20, verdict: worked}"
    assert actions(make_catalogue, told, "2025-Q1") == ("open", False)  # told on 2025-04-14
    assert actions(make_catalogue, told, "2025-Q2") == ("done", False)
    assert actions(make_catalogue, told, "2026-Q3") == ("done", True)


def test_without_a_day_of_closing_the_due_day_stands_for_it(
    make_catalogue: Callable[[Change], Catalogue],
) -> None:
    assert actions(make_catalogue, DONE, "2025-Q1") == ("open", False)
    assert actions(make_catalogue, DONE, "2025-Q2") == ("done", True)


LATER = "  - {id: later, date: 2025-11-03, text: {zh: 后, en: Later}, indicators: [cycle-time]}"
BARE = "  - {id: bare, date: 2025-03-03, text: {zh: 前, en: Before}}"


def test_warnings_about_the_past_name_the_lines_of_today(
    make_catalogue: Callable[[Change], Catalogue],
) -> None:
    """The first of two changes came later; the second is warned of where it stands."""
    pilot = "data/pilots/east.yml"
    catalogue = make_catalogue(
        {
            pilot: ("changes:\n", f"changes:\n{LATER}\n{BARE}\n"),
        }
    )
    past = known_at(catalogue, Period.parse("2025-Q1"))
    assert [one.id for one in past.pilots["east"].changes][:1] == ["bare"]
    row = (catalogue.root / pilot).read_text(encoding="utf-8").splitlines().index(BARE)
    found = [one for one in run_rules(past, Period.parse("2025-Q1")) if one.rule == "paired-change"]
    assert [one.mark.line for one in found if one.mark.file == pilot] == [row + 1]


def test_what_is_worked_with_today_and_dated_later_is_named(whole: Catalogue) -> None:
    """A frozen quarter would leave it out without a word: an indicator of a pack, and a pilot."""
    assert not list(begun_later(whole, whole))
    past = known_at(whole, Period.parse("2024-Q3"))
    told = {id_: (kind, day) for kind, id_, day in begun_later(whole, past)}
    for id_, pilot in whole.pilots.items():
        assert (id_ in told) == (id_ not in past.pilots)
        if id_ in told:
            assert told[id_] == ("pilot", str(pilot.period.from_))
    pilot = next(iter(whole.pilots.values()))
    lost = pilot.pack[0].indicator
    less = replace(whole, indicators={k: v for k, v in whole.indicators.items() if k != lost})
    created = min(one.date for one in whole.indicators[lost].history if one.change == "created")
    assert list(begun_later(whole, less)) == [("indicator", lost, str(created))]
