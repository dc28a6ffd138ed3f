"""Figures tell what is asked of them, and each name that they tell stands for what it follows from."""

from __future__ import annotations

import pickle
from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date

import pytest

from generator.compute.figures import Figures
from generator.compute.followed import ANSWER, AT, CHANGE, PROCESS, STANDS, followed
from generator.compute.hashes import Hashes, content_hash
from generator.compute.insight.agenda import restated_since
from generator.compute.insight.named import named_figures
from generator.compute.insight.quarter import quarters_of
from generator.compute.past import figures_at
from generator.model.period import Period
from generator.model.results import Results
from generator.model.watched import EVERYTHING, Watched, WatchedResults, noted
from generator.pipeline import check_project, figures_for
from tests.pilots_book import pilots_book


@pytest.fixture(scope="module")
def figures(tmp_path_factory: pytest.TempPathFactory) -> Figures:
    """The figures of a handbook of pilots."""
    root = tmp_path_factory.mktemp("hashes") / "project"
    pilots_book(root)
    return figures_for(check_project(root))


def test_all_that_figures_hold_by_name_is_watched(figures: Figures) -> None:
    """Of a new mapping nobody would know who asked it, and pages that did would be taken over."""
    told = followed(named_figures(followed(figures)))
    for one in (told, told.whole, told.unnamed):
        held = {field.name: getattr(one, field.name) for field in fields(Figures) if field.name != "kept"}
        mappings = {name: value for name, value in held.items() if isinstance(value, Mapping)}
        assert len(mappings) >= 8
        assert [name for name, value in mappings.items() if not isinstance(value, Watched)] == []
        assert isinstance(held["catalogue"].results, WatchedResults)


def test_what_was_computed_over_everything_is_not_computed_again_for_pages(figures: Figures) -> None:
    told = followed(figures)
    pages = followed(named_figures(told))
    assert pages.everything is told.everything is not None
    assert followed(pages) is pages


def test_a_hash_is_of_what_its_name_follows_from(figures: Figures) -> None:
    before = Hashes(followed(figures))
    rows = [*figures.whole.catalogue.results]
    place = next(n for n, row in enumerate(rows) if row.indicator == "stage-0003")
    rows[place] = replace(rows[place], value=-1.0)
    whole = replace(figures.whole, catalogue=replace(figures.catalogue, results=Results.of(rows)))
    after = Hashes(replace(figures, everything=whole))
    differ = {name for name in {*before, *after} if before[name] != after[name]}
    assert differ == {"stage-0003", EVERYTHING}
    rows[place] = replace(rows[place], value=[*figures.whole.catalogue.results][place].value, line=9999)
    moved = replace(figures.whole, catalogue=replace(figures.catalogue, results=Results.of(rows)))
    after = Hashes(replace(figures, everything=moved))
    assert {name for name in {*before, *after} if before[name] != after[name]} == {
        f"{STANDS}stage-0003",
        EVERYTHING,
    }
    name = f"{CHANGE}pilot-001 faster"
    assert before[name] == after[name] != before[f"{CHANGE}pilot-001 slower"]
    assert before["no-indicator"] == ""
    known = f"{AT}2021-Q4 {ANSWER}known_day"
    assert before[known] == after[known] != before[f"{AT}2021-Q3 {ANSWER}known_day"]


def test_equal_figures_have_equal_hashes_and_no_others() -> None:
    told = (1, 1.0, True, "1", None, date(2025, 1, 1), Period.parse("2025-01"), ("a", "bc"), ("ab", "c"))
    told += (frozenset("ab"), {"a": "b"}, {"b": "a"}, [("a",)], (), ((),), -0.0, 0.0, float("nan"))
    hashes = [content_hash(one) for one in told]
    assert len({*hashes}) == len(told)
    one = ("".join(["a", "b"]), "".join(["a", "b"]))
    assert content_hash((one[0], one[0])) == content_hash(one)  # whatever is the same object
    assert content_hash(pickle.loads(pickle.dumps(told))) == content_hash(told)
    assert content_hash(frozenset("abcdefgh")) == content_hash(frozenset("hgfedcba"))
    assert content_hash(object()) != content_hash(object())
    strange = (1, object())
    assert content_hash(strange) != content_hash(strange)


def test_a_hash_of_the_past_is_of_what_was_known_then(figures: Figures) -> None:
    told = followed(figures)
    before = Hashes(told)
    names = {f"{AT}{period} stage-0008" for period in ("2021-Q1", "2021-Q2", "2021-Q3", "2021-Q4")}
    rows = [*figures.whole.catalogue.results]
    place = next(
        n
        for n, row in enumerate(rows)
        if row.indicator == "stage-0008" and row.pilot and str(row.period) == "2021-08"
    )
    rows[place] = replace(rows[place], value=-1.0)
    whole = replace(figures.whole, catalogue=replace(figures.whole.catalogue, results=Results.of(rows)))
    after = Hashes(followed(replace(figures, everything=whole)))
    assert {name for name in names if before[name] != after[name]} == {
        f"{AT}2021-Q3 stage-0008",
        f"{AT}2021-Q4 stage-0008",
    }
    with noted() as asked:
        past = figures_at(told, Period.parse("2021-Q2"))
        assert asked == set()
        assert past.pilots["pilot-002"].pack
        assert past.whole.effects.get(("pilot-002", "faster")) is None
    assert asked == {
        *(f"{AT}2021-Q2 stage-{n:04}" for n in range(5, 9)),
        f"{AT}2021-Q2 {CHANGE}pilot-002 faster",
    }


def test_who_asks_for_an_answer_follows_from_what_it_says(figures: Figures) -> None:
    told = followed(figures)
    with noted() as asked:
        assert [str(period) for period in quarters_of(told)][-1] == "2021-Q4"
    assert asked == {f"{AT}2021-Q4 {ANSWER}quarters_of"}
    with noted() as asked:
        assert restated_since(told, "pilot-001", "2021-07-01") == ()
    name = f"{AT}2021-Q4 {ANSWER}restated_since pilot-001 2021-07-01"
    assert asked == {name}
    anew = [
        replace(row, as_of=date(2021, 9, 1))
        if row.pilot == "pilot-001" and row.indicator == "stage-0001" and str(row.period) == "2021-03"
        else row
        for row in figures.whole.catalogue.results
    ]
    whole = replace(figures.whole, catalogue=replace(figures.whole.catalogue, results=Results.of(anew)))
    after = Hashes(followed(replace(figures, catalogue=whole.catalogue, everything=whole)))
    assert Hashes(told)[name] != after[name]
    other = name.replace("07", "10")
    assert Hashes(told)[other] == after[other]


def test_how_a_process_runs_counts_by_what_it_says(figures: Figures) -> None:
    told = followed(figures)
    with noted() as asked:
        assert told.processes["chain-01"]
    assert asked == {f"{PROCESS}chain-01"}
    one, other = figures.whole, replace(figures.whole, processes={})
    same, another = (Hashes(followed(replace(figures, everything=each))) for each in (one, other))
    assert Hashes(told)[f"{PROCESS}chain-01"] == same[f"{PROCESS}chain-01"] != another[f"{PROCESS}chain-01"]


def test_a_name_is_written_down_without_any_id(figures: Figures) -> None:
    """An edition's pages follow from what it must not name, and what they asked is kept with them."""
    hashes = Hashes(followed(figures))
    for name in (
        "stage-0003", f"{STANDS}stage-0003", f"{CHANGE}pilot-001 faster", f"{AT}2024-Q2 stage-0003",
        f"{AT}2024-Q2 {CHANGE}pilot-001 faster",
    ):  # fmt: skip
        signed = hashes.signed(name)
        assert not any(id_ in signed for id_ in ("stage", "pilot", "faster"))
        assert hashes[signed] == hashes[name]
    assert hashes[hashes.signed("stage-0003")] != hashes[hashes.signed("stage-0004")]
    assert hashes.signed(EVERYTHING) == EVERYTHING


def test_an_answer_about_a_pilot_that_an_edition_does_not_see_is_none(figures: Figures) -> None:
    """It may have been asked over everything, and its hash is of both."""
    without = {name: pilot for name, pilot in figures.catalogue.pilots.items() if name != "pilot-001"}
    edition = replace(figures, catalogue=replace(figures.catalogue, pilots=without))
    assert restated_since(edition, "pilot-001", "2024-01-01") == ()
