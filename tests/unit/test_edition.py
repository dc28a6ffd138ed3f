"""An edition holds nothing that its audience may not see: no thing, no reference to it, no person."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from generator.model.catalogue import Catalogue
from generator.model.edition import for_audience
from generator.model.restatement import CollectRun
from generator.model.source_system import SourceSystem
from tests.conftest import Change


def everything(catalogue: Catalogue) -> str:
    """All that a reader could get to see, as text."""
    parts = (
        catalogue.strategy, catalogue.indicators, catalogue.processes, catalogue.pilots, catalogue.reviews,
        catalogue.cases, catalogue.content, catalogue.results, catalogue.handbook.dimensions,
        catalogue.diagnoses, {name: source.value for name, source in catalogue.sources.items()},
    )  # fmt: skip
    return repr(parts)


def test_the_narrowest_audience_sees_all(make_catalogue: Callable[[Change], Catalogue]) -> None:
    catalogue = make_catalogue({})
    edition = for_audience(catalogue, "staff")
    assert edition.indicators == catalogue.indicators
    assert edition.pilots == catalogue.pilots
    assert edition.results == catalogue.results
    assert edition.reviews == catalogue.reviews
    assert "王敏" in everything(edition)
    assert pickle.loads(pickle.dumps(edition)) == edition


def test_of_a_source_that_the_log_names_its_name_alone_is_left(
    make_catalogue: Callable[[Change], Catalogue],
) -> None:
    catalogue = make_catalogue({})
    erp = SourceSystem(id="erp", name=catalogue.handbook.title, kind="postgres", address="ERP_ADDRESS")
    run = CollectRun(
        "2025-04-01",
        date(2025, 4, 1),
        "cycle-time",
        "erp",
        "written",
        "2025-01/2025-03",
        3,
        None,
        0.1,
        3,
        0,
        0,
    )
    handbook = catalogue.handbook.model_copy(update={"sources": (erp, SourceSystem(id="spare"))})
    catalogue = replace(catalogue, handbook=handbook, runs=(run,))
    left = SourceSystem(id="erp", name=catalogue.handbook.title)
    assert for_audience(catalogue, "staff").handbook.sources == (left,)
    assert for_audience(catalogue, "public").handbook.sources == ()


def test_a_hidden_pilot_goes_with_all_that_names_it(make_catalogue: Callable[[Change], Catalogue]) -> None:
    catalogue = make_catalogue({"content/cases/fast-quotes.md": ("audience: staff", "audience: public")})
    edition = for_audience(catalogue, "public")  # the pilot `east` is marked for staff
    assert "pilot='east'" in everything(catalogue)
    assert "pilot='east'" not in everything(edition)
    assert not edition.pilots
    assert not edition.reviews
    assert edition.strategy is not None
    assert edition.strategy.objectives == ()  # its only key result was that of the pilot
    assert [made.indicator for made in edition.results] == ["satisfaction"]
    assert (edition.cases["fast-quotes"].pilot, edition.cases["fast-quotes"].change) == (None, None)
    assert "pilots/east" not in edition.sources


def test_a_hidden_indicator_goes_with_all_that_names_it(
    make_catalogue: Callable[[Change], Catalogue],
) -> None:
    catalogue = make_catalogue(
        {
            "data/indicators/cycle-time.yml": ("code: T-001\n", "code: T-001\naudience: staff\n"),
            "data/pilots/east.yml": ("audience: staff\n", ""),
            "content/cases/fast-quotes.md": ("audience: staff", "audience: public"),
        }
    )
    edition = for_audience(catalogue, "public")
    assert "cycle-time" not in everything(edition)
    assert [item.indicator for item in edition.pilots["east"].pack] == ["first-pass", "satisfaction"]
    review = edition.reviews["2025-q1-east"]
    assert (review.problems, review.actions) == ((), ())
    assert edition.indicators["first-pass"].contributes_to == ()
    assert edition.processes["quote-to-cash"].chain_indicators.cycle_time is None
    assert "cycle-time" in everything(for_audience(catalogue, "staff"))


def test_a_hidden_process_takes_its_steps_along(make_catalogue: Callable[[Change], Catalogue]) -> None:
    catalogue = make_catalogue(
        {
            "data/processes/quote-to-cash.yml": (
                "id: quote-to-cash\n",
                "id: quote-to-cash\naudience: staff\n",
            ),
            "data/pilots/east.yml": ("audience: staff\n", ""),
        }
    )
    edition = for_audience(catalogue, "public")
    pilot = edition.pilots["east"]
    assert (pilot.process, pilot.changes[0].steps, pilot.tools[0].steps) == (None, (), ())
    assert [problem.step for problem in edition.reviews["2025-q1-east"].problems] == [None]
    assert "'approve'" not in everything(edition)
    assert "quote-to-cash" not in everything(edition)


def test_hidden_reviews_cases_and_pages(make_catalogue: Callable[[Change], Catalogue]) -> None:
    catalogue = make_catalogue(
        {
            "data/pilots/east.yml": ("audience: staff\n", ""),
            "data/reviews/2025-q1-east.yml": ("kind: long\n", "kind: long\naudience: staff\n"),
            "content/inside.md": "---\naudience: staff\n---\n# 内部\n",
            "content/inside.en.md": "# Inside\n",
        }
    )
    edition = for_audience(catalogue, "public")
    assert (dict(edition.reviews), dict(edition.cases)) == ({}, {})
    assert [page.path for page in edition.content] == ["index.md"]
    assert [page.path for page in for_audience(catalogue, "staff").content] == [
        "cases/fast-quotes.md", "index.md", "inside.md",
    ]  # fmt: skip


def test_hidden_columns_of_the_results(make_catalogue: Callable[[Change], Catalogue]) -> None:
    catalogue = make_catalogue(
        {
            "data/handbook.yml": ("  - id: region\n", "  - id: region\n    audience: staff\n"),
            "data/pilots/east.yml": ("audience: staff\n", ""),
        }
    )
    edition = for_audience(catalogue, "public")
    assert edition.handbook.dimensions == ()
    assert all(made.cell == () for made in edition.results)
    assert len(edition.results) == len(catalogue.results) - 2
    columns = "{note: staff, numerator: staff, status: staff}"
    noted = make_catalogue(
        {
            "data/handbook.yml": ("languages:", f"columns: {columns}\nlanguages:"),
            "data/pilots/east.yml": ("audience: staff\n", ""),
        }
    )
    shown = for_audience(noted, "public").results
    assert {(made.note, made.numerator) for made in shown} == {("", None)}
    assert {made.denominator for made in shown} == {None, 100}
    assert {made.status for made in shown} == {"actual", "missing"}


def test_persons_are_left_out_of_the_widest_edition(make_catalogue: Callable[[Change], Catalogue]) -> None:
    catalogue = make_catalogue(
        {
            "data/pilots/east.yml": ("audience: staff\n", ""),
            "data/indicators/cycle-time.yml": ("change: created}", "change: created, by: 赵六}"),
        }
    )
    names = ("王敏", "李强", "赵六")
    assert all(name in everything(catalogue) for name in names)
    assert not any(name in everything(for_audience(catalogue, "public")) for name in names)
    assert all(name in everything(for_audience(catalogue, "staff")) for name in names)


def test_with_one_audience_persons_stay(make_catalogue: Callable[[Change], Catalogue]) -> None:
    catalogue = make_catalogue({"data/handbook.yml": ("[public, staff]", "[staff]")})
    assert "王敏" in everything(for_audience(catalogue, "staff"))


PEOPLE: Change = {
    "data/indicators/first-pass.yml": ("id: first-pass\n", "id: first-pass\nlevel: individual\n"),
    "data/pilots/east.yml": ("audience: staff\n", ""),
    "data/reviews/2025-q1-east.yml": (
        "coaching:\n",
        "coaching:\n  - {unit: sales, person: 孙七, plan: {zh: 私下谈, en: In private}}\n",
    ),
}
"""An indicator of single persons, and a coaching note on one beside a note on the unit."""


def people(catalogue: Catalogue, audience: str) -> tuple[bool, int, bool]:
    """Whether an edition has the indicator of single persons, how many coaching notes, and any name."""
    edition = for_audience(catalogue, audience)
    told = everything(edition)
    assert ("first-pass" in told) == ("first-pass" in edition.indicators)
    assert ("私下谈" in told) == ("孙七" in told)
    notes = len(edition.reviews["2025-q1-east"].coaching)
    return "first-pass" in edition.indicators, notes, "王敏" in told or "孙七" in told


def test_persons_and_what_measures_one_are_seen_from_the_second_audience_on(
    make_catalogue: Callable[[Change], Catalogue],
) -> None:
    catalogue = make_catalogue(PEOPLE)
    assert catalogue.handbook.people_audience == "staff"
    assert people(catalogue, "public") == (False, 1, False)
    assert people(catalogue, "staff") == (True, 2, True)


def test_the_handbook_may_set_from_which_audience_on(make_catalogue: Callable[[Change], Catalogue]) -> None:
    three = ("[public, staff]", "[public, staff, managers]\npeople_audience: managers")
    narrow = make_catalogue({**PEOPLE, "data/handbook.yml": three})
    assert people(narrow, "staff") == (False, 1, False)
    assert people(narrow, "managers") == (True, 2, True)
    everyone = ("[public, staff]", "[public, staff]\npeople_audience: public")
    assert people(make_catalogue({**PEOPLE, "data/handbook.yml": everyone}), "public") == (True, 2, True)


def test_an_indicators_own_audience_goes_before_that(make_catalogue: Callable[[Change], Catalogue]) -> None:
    own = "id: first-pass\nlevel: individual\naudience: public\n"
    catalogue = make_catalogue({**PEOPLE, "data/indicators/first-pass.yml": ("id: first-pass\n", own)})
    assert people(catalogue, "public") == (True, 1, False)


def test_a_bottleneck_and_an_output_link_to_nothing_that_is_hidden(
    make_catalogue: Callable[[Change], Catalogue],
) -> None:
    stuck = (
        "bottlenecks:\n  - {text: 慢, process: quote-to-cash, steps: [approve], indicators: [cycle-time], "
        "pilot: east, changes: [merge]}\n"
    )
    catalogue = make_catalogue(
        {
            "data/diagnosis/2025-01-10-company.yml": ("unit: company\n", f"unit: company\n{stuck}"),
            "data/indicators/cycle-time.yml": ("code: T-001\n", "code: T-001\naudience: staff\n"),
        }
    )
    (whole,) = for_audience(catalogue, "staff").diagnoses[0].bottlenecks
    (left,) = for_audience(catalogue, "public").diagnoses[0].bottlenecks
    assert (whole.indicators, whole.pilot, whole.changes) == (("cycle-time",), "east", ("merge",))
    assert (left.indicators, left.pilot, left.changes) == ((), None, ())
    assert (left.process, left.steps) == ("quote-to-cash", ("approve",))
    linked = make_catalogue(
        {
            "data/pilots/east.yml": [("audience: staff\n", ""), ("guide.md", "cases/fast-quotes.md")],
            "content/inside.md": "---\naudience: staff\n---\n# 内部\n",
            "content/inside.en.md": "# Inside\n",
        }
    )
    links = [
        for_audience(linked, audience).pilots["east"].steps[0].outputs[0].link
        for audience in ("public", "staff")
    ]
    assert links == [None, "cases/fast-quotes.md"]


REWARDS = (
    "rewards:\n  - {id: joint, kind: bonus, text: 'zq [w](zq.pdf)', post: zq, units: [sales], "
    "indicators: [cycle-time], caution: zq}\n"
)
REWARDED: Change = {
    "data/handbook.yml": ("[public, staff]", "[public, staff, managers]"),
    "data/pilots/east.yml": ("audience: staff\n", REWARDS),
    "content/zq.pdf": b"x",
}


@pytest.mark.parametrize("audience", ["public", "staff"])
def test_what_a_pilot_rewards_is_for_the_narrowest_audience_alone(
    make_catalogue: Callable[[Change], Catalogue], audience: str
) -> None:
    """Nor is a file that only a reward leads to in a wider edition."""
    catalogue = make_catalogue(REWARDED)
    edition = for_audience(catalogue, audience)
    assert edition.pilots["east"].rewards == ()
    assert "zq" not in everything(edition)
    assert "zq.pdf" not in edition.attachments
    whole = for_audience(catalogue, "managers")
    assert whole.pilots["east"].rewards == catalogue.pilots["east"].rewards
    assert [reward.id for reward in whole.pilots["east"].rewards] == ["joint"]
    assert "zq.pdf" in whole.attachments


def test_with_one_audience_alone_rewards_are_seen(make_catalogue: Callable[[Change], Catalogue]) -> None:
    one = {**REWARDED, "data/handbook.yml": ("[public, staff]", "[staff]")}
    case = {"content/cases/fast-quotes.md": ("audience: staff", "")}
    catalogue = make_catalogue({**one, **case})
    assert len(for_audience(catalogue, "staff").pilots["east"].rewards) == 1


def test_an_unknown_audience_is_refused(make_catalogue: Callable[[Change], Catalogue]) -> None:
    with pytest.raises(ValueError, match="unknown audience 'board'; known: public, staff"):
        for_audience(make_catalogue({}), "board")
