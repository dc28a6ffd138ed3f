"""Branches that run side by side: E[max] against closed forms and cases worked by hand."""

from __future__ import annotations

import pytest

from generator.compute.processes.flow import map_flow
from generator.compute.processes.map_change import map_change
from generator.model.process import TimeBasis
from tests.unit.flow_maps import DAYS, make, xor


def beside(*branches, **tail):
    """A fork with a chain of steps on each branch: rows of extras."""
    rows, heads = [], []
    for number, chain in enumerate(branches):
        names = [f"b{number}-{place}" for place in range(len(chain))]
        heads.append(names[0])
        rows += [
            (name, [after], extra)
            for name, after, extra in zip(names, [*names[1:], "join"], chain, strict=True)
        ]
    return make(
        ("fork", heads, {"gateway": "and"}), *rows, ("join", ["end"], {"gateway": "and", **tail}),
        ("end", [], {"event": "end"}),
    )  # fmt: skip


EXPONENTIAL = {"wait": {"mean": "8h", "sd": "8h"}}


def test_the_slower_of_two_exponential_times():
    """E[max] of two exponential times of mean 8 is 8 · (1 + ½) = 12, its variance 64 · (1 + ¼) = 80."""
    flow = map_flow(beside([EXPONENTIAL], [EXPONENTIAL]), DAYS)
    assert flow.lead_time_h == pytest.approx(12, abs=4 * flow.error_h)
    assert flow.variance_h2 == pytest.approx(80, rel=0.05)
    assert flow.error_h == pytest.approx((80 / 20_000) ** 0.5, rel=0.05)
    assert (flow.cases, flow.constants, flow.lower_bound) == (20_000, (), False)
    assert flow.step("b0-0").in_lead_h == pytest.approx(6, rel=0.05)


def test_the_slowest_of_three_exponential_times():
    flow = map_flow(beside([EXPONENTIAL], [EXPONENTIAL], [EXPONENTIAL]), DAYS)
    assert flow.lead_time_h == pytest.approx(8 * (1 + 1 / 2 + 1 / 3), abs=4 * flow.error_h)


def test_of_constant_times_the_longest_counts_and_the_map_says_that_they_are_constant():
    flow = map_flow(beside([{"touch": "3h"}, {"wait": "4h"}], [{"touch": "5h", "kind": "value"}]), DAYS)
    assert flow.lead_time_h == pytest.approx(7, abs=1e-12)
    assert (flow.touch_h, flow.theoretical_h) == (pytest.approx(8), pytest.approx(5))
    assert flow.touch_share == pytest.approx(5 / 7)
    assert flow.value_adding_share == pytest.approx(5 / 7)
    assert flow.constants == ("b0-0", "b0-1", "b1-0")
    assert flow.lower_bound


def test_a_block_in_a_loop_and_a_fork_within_a_fork():
    """Every pass takes max(2, max(3, 1) + 1) = 4 h; a third of the passes is followed by another: 6 h."""
    drawn = make(
        ("fork", ["a", "inner"], {"gateway": "and"}),
        ("a", ["join"], {"touch": "2h"}),
        ("inner", ["b", "c"], {"gateway": "and"}),
        ("b", ["met"], {"touch": "3h"}),
        ("c", ["met"], {"touch": "1h"}),
        ("met", ["d"], {"gateway": "and"}),
        ("d", ["join"], {"touch": "1h"}),
        ("join", ["gate"], {"gateway": "and"}),
        xor("gate", ("end", 2 / 3), ("fork", 1 / 3, True)),
        ("end", [], {"event": "end"}),
    )
    flow = map_flow(drawn, DAYS)
    assert flow.lead_time_h == pytest.approx(6)
    assert flow.touch_h == pytest.approx(7 * 1.5)
    assert [flow.step(name).visits for name in "abcd"] == pytest.approx([1.5] * 4)
    assert flow.rework_share == pytest.approx(1 / 3)
    assert flow.variance_h2 == pytest.approx(16 * (1 / 3) / (2 / 3) ** 2)


def test_rework_on_a_branch_counts_what_the_case_waits_for():
    """a takes 1 h a pass and half of the passes are repeated, beside a constant 1½ h: E[max] by hand.

    One pass: 1½ h wait for the other branch; n ≥ 2 passes: n hours.
    ½ · 1.5 + Σ n · ½ⁿ over n ≥ 2 = .75 + 1.5.
    """
    drawn = make(
        ("fork", ["a", "b"], {"gateway": "and"}),
        ("a", ["gate"], {"touch": "1h"}),
        xor("gate", ("join", 0.5), ("a", 0.5, True)),
        ("b", ["join"], {"touch": "90m"}),
        ("join", ["end"], {"gateway": "and"}),
        ("end", [], {"event": "end"}),
    )
    flow = map_flow(drawn, DAYS)
    assert flow.lead_time_h == pytest.approx(2.25, abs=4 * flow.error_h)
    assert flow.touch_h == pytest.approx(2 + 1.5)
    assert flow.step("a").visits == pytest.approx(2)
    assert flow.first_pass_yield == pytest.approx(0.5)


def test_a_branch_that_leads_back_before_the_fork_starts_all_branches_anew():
    """Two constant branches of 1 h and 2 h; the short one sends a fifth of the rounds back at once.

    n rounds end with 2 h after n − 1 returns at an hour each: Σ P(n) (n − 1 + 2) = 2 + ¼.
    """
    drawn = make(
        ("write", ["fork"], {"touch": "0h"}),
        ("fork", ["a", "b"], {"gateway": "and"}),
        ("a", ["gate"], {"touch": "1h"}),
        xor("gate", ("join", 0.8), ("write", 0.2, True)),
        ("b", ["join"], {"touch": "2h"}),
        ("join", ["end"], {"gateway": "and"}),
        ("end", [], {"event": "end"}),
    )
    flow = map_flow(drawn, DAYS)
    assert flow.lead_time_h == pytest.approx(2.25, abs=4 * flow.error_h)
    assert flow.step("b").visits == pytest.approx(1.25, rel=0.02)
    assert flow.first_pass_yield == pytest.approx(0.8, abs=0.015)


def test_branches_that_meet_one_after_the_other():
    """a and b meet first, do d, and wait for c then: max(max(1, 2) + 3, 4) = 5."""
    drawn = make(
        ("fork", ["a", "b", "c"], {"gateway": "and"}),
        ("a", ["first"], {"touch": "1h"}),
        ("b", ["first"], {"touch": "2h"}),
        ("c", ["second"], {"touch": "4h"}),
        ("first", ["d"], {"gateway": "and"}),
        ("d", ["second"], {"touch": "3h"}),
        ("second", ["end"], {"gateway": "and"}),
        ("end", [], {"event": "end"}),
    )
    flow = map_flow(drawn, DAYS)
    assert (flow.lead_time_h, flow.touch_h) == (pytest.approx(5), pytest.approx(10))
    assert flow.step("d").visits == pytest.approx(1)


def test_the_same_map_has_the_same_figures():
    drawn = beside([EXPONENTIAL], [{"wait": {"mean": "1d", "sd": "2h"}}])
    assert map_flow(drawn, DAYS) == map_flow(drawn, TimeBasis())


def test_a_step_that_moves_beside_another_saves_by_that_and_not_by_fewer_repeats():
    times = {"a": {"touch": "6h"}, "b": {"touch": "4h"}}
    before = make(("a", ["b"], times["a"]), ("b", ["end"], times["b"]), ("end", [], {"event": "end"}))
    after = make(
        ("fork", ["a", "b"], {"gateway": "and"}), ("a", ["join"], times["a"]), ("b", ["join"], times["b"]),
        ("join", ["end"], {"gateway": "and"}), ("end", [], {"event": "end"}),
    )  # fmt: skip
    change = map_change(before, after, map_flow(before, DAYS), map_flow(after, DAYS))
    found = {
        group.after: (group.tags, group.heading, group.saved_h, group.beside_h) for group in change.groups
    }
    assert found[("b",)] == (("side-by-side",), "side-by-side", pytest.approx(4), pytest.approx(4))
    assert (change.repeats_h, change.beside_h) == (pytest.approx(0), pytest.approx(4))
    assert sum(group.saved_h for group in change.groups) == pytest.approx(4)
