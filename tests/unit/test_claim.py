"""Guardrails and claims: no sentence stronger than its weakest part. Cases worked by hand."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from scipy import stats

from generator.compute.effects.before_after import LEVEL, compare, guard_of, together_of
from generator.compute.effects.claim import Claim, claim_of
from generator.compute.effects.effect import LOOKS, Effect, effect_of
from generator.compute.effects.guardrail import GuardEffect, GuardSample, Margin, holm, judge, margin_of
from generator.compute.effects.sample import half_of
from generator.compute.series.attainment import Thresholds
from tests.unit.samples import AFTER, BEFORE, effect, noise, side

# Guardrails


def test_holm_by_hand():
    """.01 × 3, .03 × 2, .04 × 1 raised to what went before."""
    assert holm([0.04, 0.01, 0.03]) == pytest.approx((0.06, 0.03, 0.06))
    assert holm([0.9, 0.8]) == pytest.approx((1.0, 1.0))
    assert holm([]) == ()


def moved(by: float, spread: float = 1.0) -> tuple[list[float], list[float]]:
    before = [50 + spread * step for step in (1, -1, 1, -1, 1, -1)]
    return before, [value + by for value in before]


def guard(by: float, margin: float | None = 3, direction="lower", name="defects", broken=None) -> GuardSample:
    before, after = moved(by)
    told = Margin(margin, "declared") if margin is not None else None
    return GuardSample(name, direction, side(before), side(after, None, 7), broken, told)


def judged(*guards: GuardSample, looked: bool = True) -> tuple[GuardEffect, ...]:
    return judge(guards, looked)


def test_a_margin_is_declared_or_half_the_way_to_the_floor_or_one_standard_deviation():
    before = side([50, 52, 48, 50])
    asked = Thresholds(floor=20, target=10)
    assert margin_of(2.5, asked, before) == Margin(2.5, "declared")
    assert margin_of(None, asked, before) == Margin(5, "floor")
    assert margin_of(None, Thresholds(target=10), before) == Margin(pytest.approx((8 / 3) ** 0.5), "spread")
    assert margin_of(None, Thresholds(), side([5, 5, 5])) is None


def test_a_guardrail_holds_where_a_worsening_as_large_as_its_margin_is_ruled_out():
    """Six alternating points a side, ±1: variance of a mean .2, so t(10, .975) × √.4 = 1.409 around it."""
    (one,) = judged(guard(0.5))
    reach = stats.t.ppf(0.975, 10) * 0.4**0.5
    assert one.interval == pytest.approx((0.5 - reach, 0.5 + reach))
    assert one.rules_out == pytest.approx(0.5 + reach)
    assert (one.result, one.why) == ("held", None)
    assert judged(guard(0.5, 0.5 + reach + 1e-9))[0].result == "held"
    assert judged(guard(0.5, 0.5 + reach - 1e-9))[0].result == "unknown"
    (mirrored,) = judged(guard(-0.5, direction="higher"))
    assert mirrored.rules_out == pytest.approx(0.5 + reach)


def test_a_certain_worsening_harms_unless_it_stays_within_the_margin():
    (harmed,), (within,) = judged(guard(5)), judged(guard(5, 8))
    assert (harmed.result, harmed.worse) == ("harmed", True)
    assert (within.result, within.worse) == ("held", True)
    (better,) = judged(guard(-5, 0.1))
    assert (better.result, better.better) == ("held", True)


def test_what_cannot_be_told_of_a_guardrail_says_why():
    assert judged(guard(0), looked=False)[0].why == "not-yet"
    assert judged(guard(0, 1))[0].why == "wide"
    assert judged(guard(0, direction="range"))[0].why == "no-direction"
    assert judged(guard(0, None))[0].why == "wide"
    few = GuardSample("d", "lower", side(BEFORE[:3]), side(AFTER), None, None)
    assert judged(few)[0].why == "too-few"


def test_harm_is_adjusted_over_the_guardrails():
    """A guardrail at p ≈ .012 is worse alone, and not to be told from noise among three."""
    slight = guard(1.95)
    (alone,) = judged(slight)
    assert alone.adjusted_p is not None
    assert LEVEL / 3 < alone.adjusted_p < LEVEL
    assert alone.result == "harmed"
    among = judged(slight, guard(0, name="a"), guard(0, name="b"))
    assert among[0].result == "unknown"


# Claims


DAY = date(2024, 7, 1)


def claim(found: Effect, guards: tuple[GuardEffect, ...] = (), chosen: bool = False) -> Claim:
    return claim_of("east", "speed", [("merge", DAY)], found, guards, chosen)


@pytest.mark.parametrize(
    ("main", "guards", "expected", "tone"),
    [
        (-5, [guard(0)], "balanced-gain", "good"),
        (-5, [guard(0), guard(0, 1, name="b")], "gain", "good"),
        (-5, [], "gain", "good"),
        (-5, [guard(5)], "gain-at-a-cost", "bad"),
        (0, [guard(0)], "no-clear-change", "normal"),
        (0, [guard(5)], "loss", "bad"),
        (5, [guard(0)], "loss", "bad"),
        (5, [guard(-5)], "loss", "bad"),
    ],
)
def test_the_verdict_over_an_indicator_and_its_guardrails(main, guards, expected, tone):
    found = claim(effect(*moved(main)), judged(*guards))
    assert (found.balance, found.tone) == (expected, tone)
    assert found.cost == (("defects",) if guards and guards[0].after.values[0] > 54 else ())


def test_nothing_else_harmed_needs_every_guardrail_held():
    held, unknown = judged(guard(0), guard(0, 1, name="b"))
    found = claim(effect(*moved(-5)), (held, unknown))
    assert found.balance == "gain"
    assert [(one.kind, one.names) for one in found.reservations] == [("unheld", ("b",))]
    assert claim(effect(*moved(-5)), (held,)).reservations == ()
    assert [one.kind for one in claim(effect(*moved(-5))).reservations] == ["unguarded"]


def test_a_series_that_was_moving_makes_a_claim_doubtful():
    drift = [20 - 0.2 * place + (-1) ** place for place in range(24)]
    found = claim(effect(drift[:12], drift[12:]))
    assert found.outcome == "improved"
    assert (found.strength, found.balance, found.tone) == ("doubtful", "doubtful-gain", "normal")
    assert (found.signal, found.shown) == ("normal", "unclear")
    assert [one.kind for one in found.doubts] == ["moving"]


@pytest.mark.parametrize(("by", "strength"), [(-5, "doubtful"), (-8, "firm")])
def test_periods_that_hang_together_make_a_claim_doubtful(by, strength):
    """Three up, three down: r = 5/12 on both sides of 12, and 5/12 + 2 × (1 + 4 × 5/12)/24 = .639.

    With .639 + .5/√24 = .741 only (1 − .741)/(1 + .741) of the 12 would count, taken as 2: the standard error
    is √(12/11/2 × 2) = 1.044 with 2 degrees of freedom; t = 4.79 has p = .041, and t = 7.66 has p = .017.
    """
    step = np.array([1, 1, 1, -1, -1, -1] * 2)
    found = claim(effect_of("speed", side(50 + step), side(50 + by - step, None, 12), "lower"))
    assert found.outcome == "improved"
    assert found.strength == strength
    assert [one.kind for one in found.doubts] == (["together"] if strength == "doubtful" else [])


def firm(values: np.ndarray, size: int) -> np.ndarray:
    """Whether any look makes a claim that nothing in the series itself makes doubtful."""
    found = np.zeros(len(values), dtype=bool)
    for look in (look for look in LOOKS if look <= size):
        tests = compare(values[:, :size], values[:, size : size + look])
        agrees = np.array(guard_of(tests)) == "agrees"
        found |= (tests.p < LEVEL) & agrees & ~together_of(tests)
    return found


@pytest.mark.parametrize("size", LOOKS)
def test_autocorrelation_of_six_tenths_does_not_break_the_level_of_firm_claims(size):
    """Claimed are .08 to .09 of them."""
    assert firm(noise(8000, 2 * size, 0.6, seed=14), size).mean() <= 0.06


def test_a_season_makes_a_claim_doubtful():
    """The same months of two years alike to the digit; the same months with noise of their own are not."""
    year = [50 + step for step in (1, -1) * 6]
    found = claim(effect_of("speed", side(year), side([value - 5 for value in year], None, 12), "lower"))
    assert found.outcome == "improved"
    assert (found.strength, found.balance) == ("doubtful", "doubtful-gain")
    assert [one.kind for one in found.doubts] == ["season"]
    other = [45 - step for step in (1, 1, -1, -1, -1, 1, -1, -1, 1, 1, -1, 1)]
    assert claim(effect_of("speed", side(year), side(other, None, 12), "lower")).strength == "firm"


def test_a_season_is_not_a_doubt_where_nothing_is_claimed():
    year = [50 + step for step in (1, -1) * 6]
    found = claim(effect_of("speed", side(year), side(year, None, 12), "lower"))
    assert (found.outcome, found.strength, found.doubts) == ("unclear", "none", ())


def test_a_comparison_pilot_that_moved_as_much_makes_a_claim_doubtful():
    before, after = moved(-5)
    found = claim(effect(before, after, others=[("south", before, after)]))
    assert found.outcome == "improved"
    assert (found.strength, found.balance) == ("doubtful", "doubtful-gain")
    assert [(one.kind, one.names) for one in found.doubts] == [("alike", ("south",))]
    assert found.p == pytest.approx(1)
    beyond = claim(effect(before, after, others=[("south", before, [*before])]))
    assert (beyond.strength, beyond.doubts) == ("firm", ())


def test_few_periods_before_make_a_claim_doubtful():
    before, after = moved(-5)
    found = claim(effect(before[:4], after))
    assert [(one.kind, one.count) for one in found.doubts] == [("preliminary", 4)]
    assert found.balance == "doubtful-gain"


def test_without_a_look_nothing_is_claimed():
    before, after = moved(-5)
    found = claim(effect(before, after[:5]), judged(guard(5), looked=False))
    assert (found.outcome, found.strength, found.balance, found.tone) == (None, "none", None, "normal")
    assert found.signal == "unknown"


def test_estimates_are_told_and_weigh_from_a_third_of_a_side_on():
    before, after = moved(-5)
    few = effect_of("speed", side(before), side(after, None, 7, 1), "lower")
    assert half_of(side(after, None, 7, 1)).uncertain == 1
    told = [(one.kind, one.doubt, one.count, one.of) for one in claim(few).reservations]
    assert ("estimates", False, 1, 12) in told
    many = claim(effect_of("speed", side(before), side(after, None, 7, 2), "lower"))
    assert [(one.kind, one.count) for one in many.doubts] == [("estimates", 2)]
    assert many.strength == "doubtful"


def test_a_pilot_chosen_for_bad_figures_carries_a_note():
    found = claim(effect(*moved(-5)), judged(guard(0)), chosen=True)
    assert [(one.kind, one.doubt) for one in found.reservations] == [("chosen", False)]
    assert found.balance == "balanced-gain"
