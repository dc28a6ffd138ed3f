"""Editions never change a verdict: what a figure rests on is hidden, or the figure is that of everything."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from generator.compute.edition_view import edition_view
from generator.compute.figures import Figures, figures_of
from generator.compute.insight.key_results import key_results
from generator.compute.insight.quarter import quarter_of
from generator.compute.past import figures_at
from generator.compute.score import PackFigure, Withheld, pilot_score, seen_score
from generator.exchange.export_json import export_json
from generator.load.project import load_project
from generator.model.catalogue import Catalogue, latest_period
from generator.model.edition import for_audience
from generator.model.handbook import Dimension
from generator.model.period import Period
from generator.model.results import Results
from generator.problems import Problems

ROOT = Path(__file__).parents[2]
EAST, SOUTH = "lead-to-cash-east", "lead-to-cash-south"
WIDE = "managers"


@cache
def sample() -> Catalogue:
    found = load_project(ROOT, Problems())
    assert found is not None
    return found


def marked(audience: str = WIDE, **ids: tuple[str, ...]) -> Catalogue:
    """The sample for everybody, except what is named by kind, which only `audience` sees."""
    catalogue = sample()
    changed = {
        kind: {
            name: part.model_copy(update={"audience": audience if name in ids.get(kind, ()) else "public"})
            for name, part in getattr(catalogue, kind).items()
        }
        for kind in ("indicators", "processes", "pilots", "reviews", "cases")
    }
    hidden = ids.get("dimensions", ())
    dimensions = tuple(
        Dimension(
            id=one.id, name=one.name, values=one.values, audience=audience if one.id in hidden else None
        )
        for one in catalogue.handbook.dimensions
    )
    columns = dict.fromkeys(ids.get("columns", ()), audience)
    handbook = catalogue.handbook.model_copy(update={"dimensions": dimensions, "columns": columns})
    return replace(catalogue, handbook=handbook, **changed)


def editions(catalogue: Catalogue, narrow: str = "public") -> tuple[Figures, Figures]:
    """The figures of a narrow edition and of the one that sees everything."""
    whole = figures_of(catalogue, WIDE, latest_period(catalogue))
    return tuple(edition_view(whole, for_audience(catalogue, name), name) for name in (narrow, WIDE))  # type: ignore[return-value]


UNCOUNTED = ("edition", "why_not", "withheld_weight", "in_part")
"""What tells of the edition itself: which it is, why something is withheld, how much, which counts are not of
everything."""
WITHHELD = (None, "withheld")
"""What stands for a figure that `why_not` says is withheld: nothing, or the word itself as a verdict."""
NAMES = ("id", "indicator", "pilot", "dimensions", "period", "date", "change_ids", "kind", "name")


def name_of(value: object, place: int) -> str:
    """What an object of the export is about, to find it in the other edition; else its place."""
    if isinstance(value, dict):
        about = [value[key] for key in NAMES if key in value]
        return json.dumps(about or place, sort_keys=True)
    return json.dumps(value, sort_keys=True)


def differences(narrow: Any, wide: Any, path: str = "") -> Iterator[str]:
    """Figures of a narrow edition that are neither those of the wide one nor withheld."""
    if isinstance(narrow, dict) and isinstance(wide, dict):
        reasons = narrow.get("why_not", {})
        if narrow.get("in_part"):
            # Counts of what is listed, which say so.
            reasons = {**reasons, "counts": "in part"}
        for key, value in narrow.items():
            if key in UNCOUNTED or (value in WITHHELD and reasons.get(key) == "withheld"):
                continue
            if key == "note" and value == "":
                continue  # a remark that is not for the edition
            if path == "/contents" and key != "whole":
                continue  # how much the edition lists; `whole` is how much there is
            if reasons.get(key) == "in part":
                continue
            if key not in wide:
                yield f"{path}/{key}: only in the narrow one"
            else:
                yield from differences(value, wide[key], f"{path}/{key}")
    elif isinstance(narrow, list) and isinstance(wide, list) and not all(map(is_number, narrow + wide)):
        known = {name_of(value, place): value for place, value in enumerate(wide)}
        for place, value in enumerate(narrow):
            if isinstance(value, dict) and value.get("kind") == "withheld":
                continue  # says that there are reasons which are not for the edition
            name = name_of(value, place)
            if name not in known:
                yield f"{path}/{name}: only in the narrow one"
            else:
                yield from differences(value, known[name], f"{path}/{name}")
    elif narrow != wide:
        yield f"{path}: {narrow!r}, not {wide!r}"


def is_number(value: object) -> bool:
    return isinstance(value, int | float)


def exported(figures: Figures) -> Any:
    return json.loads(export_json(figures))


@pytest.mark.parametrize("edition", ["public", "staff"])
def test_every_figure_of_the_sample_in_an_edition_is_that_of_the_widest_or_withheld(edition: str) -> None:
    narrow, wide = editions(sample(), edition)
    assert list(differences(exported(narrow), exported(wide))) == []


def drawn(seed: int) -> Catalogue:
    """The sample with parts of every kind hidden at random."""
    chance = random.Random(seed)
    catalogue = sample()

    def some(ids: Any, share: float) -> tuple[str, ...]:
        return tuple(one for one in ids if chance.random() < share)

    return marked(
        indicators=some(catalogue.indicators, chance.choice([0.05, 0.2, 0.5])),
        processes=some(catalogue.processes, 0.2),
        pilots=some(catalogue.pilots, 0.25),
        reviews=some(catalogue.reviews, 0.2),
        cases=some(catalogue.cases, 0.2),
        dimensions=some([one.id for one in catalogue.handbook.dimensions], 0.5),
        columns=some(["numerator", "denominator", "target", "status", "note", "as_of", "version"], 0.3),
    )


@pytest.mark.parametrize("seed", range(12))
def test_whatever_is_hidden_no_figure_changes(seed: int) -> None:
    narrow, wide = editions(drawn(seed))
    assert list(differences(exported(narrow), exported(wide))) == []


def test_the_comparison_sees_a_changed_figure() -> None:
    narrow, wide = editions(sample())
    made = exported(narrow)
    made["pilots"][0]["score"] = 100.0
    made["series"][3]["points"][2]["value"] = -1
    assert len(list(differences(made, exported(wide)))) == 2


def test_a_hidden_gate_is_no_pass() -> None:
    """The case by hand: a gate of 30 % that is missed, beside three indicators that reach their targets."""
    pack = [item(sample(), weight) for weight in (30.0, 30.0, 25.0, 15.0)]
    pack = [replace(one, indicator=name) for one, name in zip(pack, "abcd", strict=True)]
    gate = replace(pack[0], gate=True, review=told(pack[0], "missed", 0.0))
    reached = [replace(one, gate=False, review=told(one, "met", 100.0)) for one in pack[1:]]
    score = pilot_score([gate, *reached])
    assert (score.value, score.coverage, score.gate) == (70.0, 1.0, "not-passed")
    narrow = seen_score(score, [gate, *reached], "bcd", "bcd")
    assert (narrow.value, narrow.coverage, narrow.gate) == (None, None, "withheld")
    assert narrow.withheld == Withheld(1, 0.3)
    # The gate itself is seen: that it is missed is no secret.
    other = seen_score(score, [gate, *reached], "abc", "abc")
    assert (other.value, other.gate, other.withheld) == (None, "not-passed", Withheld(1, 0.15))
    assert seen_score(score, [gate, *reached], "abcd", "abcd") == score


def item(catalogue: Catalogue, weight: float) -> PackFigure:
    one = figures_of(catalogue, WIDE, latest_period(catalogue)).pilots[EAST].pack[0]
    return replace(one, weight=weight)


def told(one: PackFigure, status: Any, score: float) -> Any:
    assert one.review is not None
    return replace(one.review, status=status, score=score)


def test_the_sample_without_its_gate() -> None:
    """In requirement-release the gate is missed; an edition without it may not say that all is well."""
    catalogue = marked(indicators=("release-defect-rate",))
    narrow, wide = editions(catalogue)
    whole, seen = (one.pilots["requirement-release"].score for one in (wide, narrow))
    assert (whole.gate, seen.gate) == ("not-passed", "withheld")
    assert whole.withheld is None
    assert (seen.value, seen.coverage) == (None, None)
    (pilot,) = (one for one in exported(narrow)["pilots"] if one["id"] == "requirement-release")
    assert (pilot["score"], pilot["coverage"], pilot["gate"]) == (None, None, None)
    assert pilot["why_not"] == dict.fromkeys(
        ("score", "coverage", "gate", "tally", "bullets", "unsure", "by_chance"), "withheld"
    )
    assert narrow.pilots[EAST].score == wide.pilots[EAST].score


def test_the_public_edition_of_the_sample_tells_no_score_of_the_rest() -> None:
    narrow, wide = editions(sample())
    assert wide.pilots[EAST].score.value == pytest.approx(98.17, abs=0.005)
    assert narrow.pilots[EAST].score.withheld == Withheld(1, pytest.approx(0.15))


def test_a_guardrail_or_a_comparison_pilot_that_is_hidden_takes_the_verdict_along() -> None:
    def effects(narrow: Figures) -> dict[tuple[str, str, str], Any]:
        return {
            (pilot, change, one.indicator): one
            for (pilot, change), told in narrow.effects.items()
            for one in told
        }

    catalogue = marked()
    whole = effects(editions(catalogue)[0])
    guarded = next(key for key, one in whole.items() if one.balance == "balanced-gain" and one.guardrails)
    hidden = tuple(guard.indicator for guard in whole[guarded].guardrails)
    narrow, wide = editions(marked(indicators=hidden))
    one = effects(narrow)[guarded]
    assert (one.balance, one.guards_withheld, one.guardrails) == (None, True, ())
    assert one.effect == effects(wide)[guarded].effect
    compared = next(key for key, one in whole.items() if one.effect.comparison is not None)
    pilots = whole[compared].effect.comparison.pilots
    one = effects(editions(marked(pilots=pilots))[0])[compared]
    assert (one.effect.comparison, one.comparison_withheld) == (None, True)
    assert one.effect.difference == whole[compared].effect.difference


def test_a_loss_stays_a_loss_whatever_is_hidden() -> None:
    whole = editions(marked())[1]
    lost = [
        (key, one)
        for key, told in whole.effects.items()
        for one in told
        if one.balance in ("loss", "gain-at-a-cost") and len(one.guardrails) > 1
    ]
    for key, one in lost:
        calm = tuple(g.indicator for g in one.guardrails if g.result != "harmed")
        seen = editions(marked(indicators=calm))[0]
        same = [other for other in seen.effects[key] if other.indicator == one.indicator]
        assert [other.balance for other in same] in ([one.balance], [])


def test_the_past_is_told_the_same_way() -> None:
    narrow, wide = editions(marked(indicators=("collection-on-time",), pilots=("requirement-release",)))
    for name in ("2025-Q3", "2026-Q1"):
        period = Period.parse(name)
        then, before = figures_at(narrow, period), figures_at(narrow, period.shift(-1))
        whole = figures_at(wide, period)
        assert then.pilots[EAST].score.withheld == Withheld(1, pytest.approx(0.15))
        assert {key: then.series[key] for key in then.series} == {k: whole.series[k] for k in then.series}
        quarter = quarter_of(then, before, period)
        assert [one.tally for one in quarter.pilots] == [None] * len(quarter.pilots)
        assert (quarter.tally, quarter.tally_before) == (None, None)
        assert "pilots" in quarter.shown_in_part


def test_a_pilot_whose_parts_are_all_seen_is_told_as_everywhere() -> None:
    narrow, wide = editions(marked(pilots=("requirement-release",)))
    for pilot in (EAST, SOUTH):
        assert narrow.pilots[pilot] == wide.pilots[pilot]


def test_changes_meant_for_hidden_indicators_only_do_not_become_meant_for_all() -> None:
    catalogue = marked()
    change = next(
        (pilot.id, change)
        for pilot in catalogue.pilots.values()
        for change in pilot.changes
        if change.indicators and catalogue.pilots[pilot.id].pack
    )
    hidden = tuple(change[1].indicators)
    narrow, wide = editions(marked(indicators=hidden))
    assert narrow.effects[change[0], change[1].id] == ()
    for key, signals in narrow.signals.items():
        assert [(one.date, one.kind) for one in signals.marks] == [
            (one.date, one.kind) for one in wide.signals[key].marks
        ]


def given_target(columns: tuple[str, ...]) -> tuple[Figures, Figures]:
    """The sample with a target of 20 in the results of one month, and hidden columns."""
    catalogue = marked(columns=columns)
    rows = tuple(
        replace(row, target=20.0, note="private")
        if (row.indicator, row.pilot, row.cell, str(row.period)) == ("order-cycle-time", EAST, (), "2026-09")
        else row
        for row in catalogue.results
    )
    return editions(replace(catalogue, results=Results.of(rows)))


def test_a_hidden_target_keeps_the_verdict_and_shows_nothing_that_gives_it_away() -> None:
    narrow, wide = given_target(("target", "note"))
    key = ("order-cycle-time", EAST, ())
    seen, whole = narrow.series[key].points, wide.series[key].points
    assert whole[-1].bar.target == 20
    assert (seen[-1].point.value, seen[-1].status) == (whole[-1].point.value, whole[-1].status)
    figures = (seen[-1].bar.target, seen[-1].gap, seen[-1].attainment, seen[-1].progress, seen[-1].score)
    assert figures == (None,) * 5
    assert seen[:-1] == whole[:-1]
    assert narrow.longer[key].points[-1].bar.target is None
    pack = {one.indicator: one for one in narrow.pilots[EAST].pack}
    assert pack["order-cycle-time"].review is not None
    assert pack["order-cycle-time"].review.score is None
    assert narrow.pilots[EAST].score.withheld is not None
    assert wide.pilots[EAST].score.withheld is None
    assert "private" not in export_json(narrow)
    assert list(differences(exported(narrow), exported(wide))) == []
    point = next(
        point
        for one in exported(narrow)["series"]
        if (one["indicator"], one["pilot"], one["dimensions"]) == ("order-cycle-time", EAST, {})
        for point in one["points"]
        if point["period"] == "2026-09"
    )
    assert {name for name, why in point["why_not"].items() if why == "withheld"} >= {
        "target", "floor", "stretch", "attainment", "progress", "score",
    }  # fmt: skip


def test_ratios_are_rolled_up_from_numerators_that_are_hidden() -> None:
    narrow, wide = editions(marked(columns=("numerator", "denominator")))
    ratios = [
        (point, narrow.longer[key].points[place])
        for key, one in wide.longer.items()
        for place, point in enumerate(one.points)
        if point.point.numerator is not None and point.point.value is not None
    ]
    assert len(ratios) > 50
    assert all(whole.point.value == seen.point.value for whole, seen in ratios)
    assert {(seen.point.numerator, seen.point.denominator) for _, seen in ratios} == {(None, None)}


def test_a_key_result_stands_as_it_does_with_everything_known() -> None:
    """Quarters of a ratio need its numerators: without them an edition said that there was no data."""
    columns = ("numerator", "denominator", "target")
    narrow, wide = editions(marked(columns=columns, indicators=("nps",), pilots=(SOUTH,)))
    found = {(one.result.indicator, one.result.pilot): one for one in key_results(narrow)}
    whole = {(one.result.indicator, one.result.pilot): one for one in key_results(wide)}
    assert set(whole) - set(found) == {
        ("nps", None), ("order-cycle-time", SOUTH), ("collection-on-time", SOUTH),
    }  # fmt: skip
    yields = found["first-pass-yield", EAST]
    assert yields.point is not None
    assert yields.indicator is not None
    assert yields.indicator.rollup == "ratio"
    assert (yields.state, str(yields.point.point.period)) == ("reached", "2026-Q3")
    assert (yields.point.point.numerator, yields.point.point.denominator) == (None, None)
    assert yields.point.bar.target == 92  # the strategy's own, not that of the results
    for key, one in found.items():
        every = whole[key]
        assert (one.state, one.start, one.share, one.need) == (
            every.state, every.start, every.share, every.need,
        )  # fmt: skip
        assert (one.point and one.point.point.value) == (every.point and every.point.point.value)


def test_a_phase_of_the_whole_names_no_pilot_that_is_not_seen() -> None:
    """The company's range begins anew with a change of the East in both editions; one says whose it is."""
    narrow, wide = editions(marked(pilots=(EAST,)))
    told = [figures.signals["order-cycle-time", None, ()] for figures in (narrow, wide)]
    assert told[0].segments == told[1].segments
    marks = [
        [(str(mark.period), mark.pilot, mark.change and mark.change.id) for mark in one.marks] for one in told
    ]
    assert marks == [[("2025-05", None, None)], [("2025-05", EAST, "merge-approvals")]]
