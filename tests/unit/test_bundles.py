"""Changes that overlap, what stands in the way of a verdict, and like compared with like."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from generator.compute.effects.claim import Claim
from generator.compute.figures import Figures
from generator.compute.insight.claims import pilot_claims
from generator.compute.insight.evidence import benjamini_hochberg, occasions, ranked_changes
from generator.exchange.export_effects import why_not
from generator.present.charts.draw import Drawings
from generator.present.page_context import PageContext
from generator.present.parts.claims import change_name, claim_sentence, home_text, verdict_word
from generator.present.templates import Templates
from generator.present.text.format import Format
from tests.unit.cycles import PILOT, Make, later, maker, year

MERGE = PILOT["changes"][0]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Writes a project and computes its figures."""
    return maker(tmp_path)


def change(id_: str, day: str, **fields: Any) -> dict[str, Any]:
    return {**MERGE, "id": id_, "date": day, **fields}


def claims(figures: Figures, indicator: str = "cycle") -> dict[tuple[str, ...], Claim]:
    return {one.changes: one for one in pilot_claims(figures, "east") if one.indicator == indicator}


def english(figures: Figures, folder: Path) -> PageContext:
    form = Format("en", "en")
    return PageContext(figures, form, Templates(form.words), Drawings(folder))


# Bundles


def test_changes_nearer_than_four_periods_are_judged_together(make: Make, tmp_path: Path) -> None:
    """January and April 2025: three whole months between, so before January is held against after April."""
    changes = [change("first", "2025-01-01"), change("second", "2025-04-01", name="Second step")]
    results = {("cycle", "east"): [*year(10), 9.0, 9.1, 8.9, *year(7)[:9]]}
    figures = make(results, pilots={"east": {"changes": changes}})
    ((names, one),) = claims(figures).items()
    assert names == ("first", "second")
    assert (one.effect.before.n, one.effect.after.n) == (12, 6)
    assert one.effect.before.mean == pytest.approx(sum(year(10)) / 12)
    assert one.effect.after.mean == pytest.approx(sum(year(7)[:6]) / 6)
    assert one.outcome == "improved"
    assert figures.effects["east", "first"] == figures.effects["east", "second"] == (one,)
    (bundle,) = (each for each in one.reservations if each.kind == "bundle")
    assert (bundle.names, bundle.doubt) == (("first", "second"), False)
    told = claim_sentence(english(figures, tmp_path), one)
    assert "After “Steps merged” (Jan 2025) and “Second step” (Apr 2025), it went from 10.0 to 7.0" in told
    (ranked,) = ranked_changes(figures)
    assert ranked.claim == one
    assert occasions([ranked]) == 1


def test_four_whole_periods_between_keep_changes_apart(make: Make) -> None:
    changes = [change("first", "2025-01-01"), change("second", "2025-05-01")]
    figures = make({("cycle", "east"): year(10) + later(7)}, pilots={"east": {"changes": changes}})
    found = claims(figures)
    assert set(found) == {("first",), ("second",)}
    first = found[("first",)].effect.why_not
    assert first is not None
    # Four months lie between them, and no fifth and sixth will come: the neighbour stands in the way.
    assert (first.why, first.have, first.needed, first.due) == ("cut-short", 4, 6, None)
    assert first.barrier is not None
    assert first.barrier.change is not None
    assert first.barrier.change.id == "second"
    assert found[("second",)].effect.before.n == 4
    assert [one.kind for one in found[("second",)].doubts] == ["preliminary"]


def test_changes_meant_for_different_indicators_are_no_bundle(make: Make) -> None:
    changes = [change("first", "2025-01-01"), change("second", "2025-02-01", indicators=["wait"])]
    results = {("cycle", "east"): year(10) + later(7), ("wait", "east"): year(5) + later(5)}
    figures = make(results, {"cycle": {}, "wait": {}}, {"east": {"changes": changes}})
    assert set(claims(figures)) == {("first",)}
    assert set(claims(figures, "wait")) == {("second",)}


def test_a_change_to_come_does_not_take_a_verdict_back(make: Make) -> None:
    changes = [change("first", "2025-01-01"), change("planned", "2026-02-01")]
    figures = make({("cycle", "east"): year(10) + later(7)}, pilots={"east": {"changes": changes}})
    assert claims(figures)[("first",)].outcome == "improved"
    none = claims(figures)[("planned",)].effect.why_not
    assert none is not None
    assert (none.why, none.have, str(none.due)) == ("no-after", 0, "2026-07")


# What stands in the way


def test_the_reason_names_what_stands_in_the_way(make: Make, tmp_path: Path) -> None:
    changes = [change("first", "2025-01-01", name="First"), change("second", "2025-05-01", name="Second")]
    figures = make({("cycle", "east"): year(10) + later(7)}, pilots={"east": {"changes": changes}})
    ctx = english(figures, tmp_path)
    first = claims(figures)[("first",)]
    assert claim_sentence(ctx, first) == (
        "No verdict: periods between the change and “Second” (May 2025): 4, where the first look "
        "needs 6. So far it went from 10.0 to 7.0\u00a0d (down by 3.0\u00a0d, 98% interval 2.8 to 3.2)"
    )
    assert first.effect.why_not is not None
    assert why_not(first.effect.why_not) == (
        "there are 4 periods as far as the change 'second', the first look needs 6"
    )


def test_a_break_between_the_sides_is_named_with_its_day(make: Make, tmp_path: Path) -> None:
    history = [{"date": "2025-01-01", "change": "definition", "text": "t", "breaks_series": True}]
    figures = make({("cycle", "east"): year(10) + later(7)}, {"cycle": {"history": history}})
    (one,) = claims(figures).values()
    assert claim_sentence(english(figures, tmp_path), one) == (
        "No verdict: the change of the definition on 1 Jan 2025 lies between before and after, so they "
        "cannot be compared"
    )
    assert verdict_word(english(figures, tmp_path).format, one) == "No verdict", "and not: no verdict yet"


def test_a_guardrail_is_broken_by_its_own_definition_only(make: Make) -> None:
    def guard(main: list[Any], own: list[Any]) -> tuple[str, str | None, int]:
        indicators = {
            "cycle": {"guardrails": [{"indicator": "calm", "margin": 1}], "history": main},
            "calm": {"history": own},
        }
        results = {("cycle", "east"): year(10) + later(7), ("calm", "east"): year(3) + later(3)}
        (one,) = claims(make(results, indicators)).values()
        (found,) = one.guardrails
        return found.result, found.why, found.after.n

    broken = [{"date": "2025-01-01", "change": "definition", "text": "t", "breaks_series": True}]
    assert guard([], []) == ("held", None, 12)
    assert guard([], broken) == ("unknown", "break", 0)
    # The indicator's own break takes its verdict away, and the guardrail's figures stay.
    assert guard(broken, []) == ("unknown", "not-yet", 12)


def test_a_declared_margin_goes_before_the_default(make: Make) -> None:
    def margin(guardrail: Any) -> tuple[float, str]:
        indicators = {"cycle": {"guardrails": [guardrail]}, "calm": {}}
        results = {("cycle", "east"): year(10) + later(7), ("calm", "east"): year(3) + later(3)}
        (one,) = claims(make(results, indicators)).values()
        found = one.guardrails[0].margin
        assert found is not None
        return found.value, found.source

    # The maker's indicators have a floor of 9 and a target of 6.
    assert margin("calm") == (1.5, "floor")
    assert margin({"indicator": "calm"}) == (1.5, "floor")
    assert margin({"indicator": "calm", "margin": 0.25}) == (0.25, "declared")


# Chosen for bad figures


def test_the_worst_of_three_pilots_carries_a_note(make: Make) -> None:
    def noted(east: float, **own: Any) -> bool:
        pilots = {"east": own, "south": {"changes": []}, "west": {"changes": []}}
        results = {
            ("cycle", "east"): year(east) + later(7),
            ("cycle", "south"): year(9) * 2,
            ("cycle", "west"): year(8) * 2,
        }
        (one,) = claims(make(results, pilots=pilots)).values()
        assert one.outcome == "improved"
        return any(each.kind == "chosen" for each in one.reservations)

    assert noted(10)
    assert not noted(8.5)
    assert noted(8.5, chosen="worst")
    assert not noted(10, chosen="typical")


def test_with_fewer_pilots_the_whole_organisation_is_the_measure(make: Make) -> None:
    def noted(whole: float) -> bool:
        results = {("cycle", "east"): year(10) + later(7), ("cycle", ""): year(whole) * 2}
        (one,) = claims(make(results)).values()
        return any(each.kind == "chosen" for each in one.reservations)

    assert noted(9)
    assert not noted(9.9)  # within one standard deviation (.2)


# Like with like, and luck


def test_the_way_stays_within_one_definition(make: Make) -> None:
    """The baseline of 20 is of the old definition, the target of 2 of a newer one: neither is a measure."""
    history = [
        {"date": "2024-04-01", "change": "definition", "text": "t", "breaks_series": True},
        {"date": "2025-10-01", "change": "definition", "text": "t", "breaks_series": True},
    ]
    targets = [{"from": "2024-01", "floor": 9, "target": 6}, {"from": "2025-10", "floor": 4, "target": 2}]
    pack = [{"indicator": "cycle", "weight": 100, "baseline": {"period": "2024-02"}, "targets": targets}]
    results = {("cycle", "east"): [20.0] * 3 + year(10)[:9] + year(8)[:9] + [3.0, 3.1, 2.9]}
    figures = make(results, {"cycle": {"history": history}}, {"east": {"pack": pack}})
    (one,) = ranked_changes(figures)
    assert one.way is not None
    assert not one.way.from_baseline
    before = sum(year(10)[:9]) / 9
    after = sum(year(8)[:6]) / 6
    assert one.way.share == pytest.approx((after - before) / (6 - before))


def test_benjamini_and_hochberg_by_hand() -> None:
    """.01 × 4/1, .02 × 4/2, .03 × 4/3 and .5: each at most what comes after it."""
    assert benjamini_hochberg([0.5, 0.01, 0.03, 0.02]) == pytest.approx((0.5, 0.04, 0.04, 0.04))
    assert benjamini_hochberg([]) == ()
    assert benjamini_hochberg([1.0]) == (1.0,)


def test_a_claim_that_may_be_luck_among_many_is_no_gain(make: Make) -> None:
    """One indicator of five with p near .01: firm alone, and luck beside four without effect."""
    slight = [10 + 1.5 * part for part in (1, -1) * 6] + [8.2 - 1.5 * part for part in (1, -1) * 6]
    calm = [10 + 1.5 * part for part in (1, -1) * 12]
    names = ["cycle", "b", "c", "d", "e"]
    alone = make({("cycle", "east"): slight})
    (one,) = ranked_changes(alone)
    assert one.claim.p is not None
    assert 0.005 < one.claim.p < 0.02
    assert (one.group, one.by_chance) == ("gained", False)
    results = {(name, "east"): calm for name in names} | {("cycle", "east"): slight}
    among = make(
        results,
        {name: {} for name in names},
        {"east": {"changes": [change("merge", "2025-01-01", indicators=names)]}},
    )
    found = {each.claim.indicator: each for each in ranked_changes(among)}
    assert found["cycle"].adjusted_p == pytest.approx(5 * one.claim.p)
    assert (found["cycle"].group, found["cycle"].by_chance) == ("doubtful", True)


# Words


def test_a_change_goes_by_its_name_or_by_kind_and_steps(make: Make, tmp_path: Path) -> None:
    changes = [
        change("a", "2025-01-01", name="One form"),
        change("b", "2025-06-01", steps=["a"]),
        change("c", "2025-11-01"),
    ]
    figures = make({("cycle", "east"): year(10) + later(7)}, pilots={"east": {"changes": changes}})
    ctx = english(figures, tmp_path)
    told = [
        change_name(ctx.figures, ctx.format, "east", one) for one in figures.catalogue.pilots["east"].changes
    ]
    assert told == ["“One form” (Jan 2025)", "“Steps merged: A” (Jun 2025)", "“Steps merged” (Nov 2025)"]


def test_no_line_says_improvement_where_there_is_a_doubt(make: Make, tmp_path: Path) -> None:
    """It was getting better by .2 a month all along; the home line, the sentence and the tone say so."""
    drift = [20 - 0.2 * place + (-1) ** (place + place // 12) for place in range(24)]
    (one,) = claims(make({("cycle", "east"): drift})).values()
    figures = make({("cycle", "east"): drift})
    ctx = english(figures, tmp_path)
    assert home_text(ctx, one) == (
        "After “Steps merged” (Jan 2025), cycle went from 18.9 to 16.5\u00a0d: better, but in doubt; it was "
        "moving before the change; no guardrail was measured"
    )
    assert claim_sentence(ctx, one).startswith("Better, but in doubt.")
    assert (one.tone, one.signal, one.shown) == ("normal", "normal", "unclear")


def test_a_loss_with_nothing_else_to_say_ends_cleanly(make: Make, tmp_path: Path) -> None:
    (one,) = claims(figures := make({("cycle", "east"): year(10) + later(12)})).values()
    assert home_text(english(figures, tmp_path), one) == (
        "After “Steps merged” (Jan 2025), cycle went from 10.0 to 12.0\u00a0d: worse"
    )
