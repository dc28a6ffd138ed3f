"""Flow figures against the textbooks, against simulation-free closed forms, and as properties."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.compute.processes.flow import absorbing_chain, map_flow
from generator.compute.processes.map_change import HEADINGS, NOTHING, map_change
from generator.exchange.export_json import export_frame
from generator.pipeline import check_project, figures_for
from tests.unit.flow_maps import DAYS, make, xor


def credit(rework: float):
    """The credit application of Dumas et al.; a task's cycle time is what it takes, its touch the work in
    it."""

    def task(id_, next_, touch, cycle, kind="value"):
        return id_, [next_], {"touch": f"{touch}h", "wait": f"{cycle * 8 - touch}h", "kind": kind}

    again = [xor("gate", ("split", 1 - rework), ("check", rework, True))] if rework else []
    return make(
        ("start", ["check"], {"event": "start"}),
        task("check", "gate" if rework else "split", 2, 1),
        *again,
        ("split", ["history", "income"], {"gateway": "and"}),
        task("history", "join", 0.5, 1),
        task("income", "join", 3, 3),
        ("join", ["assess"], {"gateway": "and"}),
        task("assess", "decide", 2, 3),
        xor("decide", ("offer", 0.6), ("reject", 0.4)),
        task("offer", "end", 2, 1),
        task("reject", "end", 0.5, 2, "mechanical"),
        ("end", [], {"event": "end"}),
    )


def test_credit_application_without_rework():
    assert map_flow(credit(0), DAYS).lead_time_h == pytest.approx(8.4 * 8, abs=1e-9)


def test_credit_application_with_rework():
    flow = map_flow(credit(0.2), DAYS)
    assert flow.lead_time_h == pytest.approx(8.65 * 8, abs=1e-9)
    # The book's 8.9 h of processing is the theoretical cycle time; all work adds the half-hour of `history`.
    assert flow.theoretical_h == pytest.approx(8.9, abs=1e-9)
    assert flow.touch_h == pytest.approx(9.4, abs=1e-9)
    assert flow.touch_share == pytest.approx(0.129, abs=5e-4)
    assert flow.value_adding_h == pytest.approx(9.2, abs=1e-9)
    assert flow.first_pass_yield == pytest.approx(0.8)
    assert flow.rework_share == pytest.approx(0.25 * 8 / (8.65 * 8))
    assert flow.lower_bound
    assert flow.blockages == ("income", "assess", "check")
    beside = flow.step("history")
    assert beside is not None
    assert (beside.visits, beside.in_lead_h, beside.total_h) == (pytest.approx(1), 0, pytest.approx(8))


HALF = [[0, 0.5, 0], [0.5, 0, 0.5], [0, 0.5, 0]]
UNEVEN = [[0, 2 / 3, 0], [1 / 3, 0, 2 / 3], [0, 1 / 3, 0]]


def test_drunkards_walk():
    chain = [absorbing_chain(HALF, [1, 1, 1], start=start) for start in range(3)]
    expected = [[1.5, 1, 0.5], [1, 2, 1], [0.5, 1, 1.5]]
    for one, row in zip(chain, expected, strict=True):
        assert one.visits == pytest.approx(row)
    assert chain[0].totals == pytest.approx([3, 4, 3])
    assert chain[0].variances == pytest.approx([8, 8, 8])
    uneven = absorbing_chain(UNEVEN, [1, 1, 1])
    assert uneven.totals == pytest.approx([3.4, 3.6, 2.2])
    assert uneven.variances == pytest.approx([6.72, 5.76, 4.8])


def two_steps(share: float):
    return make(
        ("a", ["b"], {"touch": "2h", "kind": "value"}),
        ("b", ["gate"], {"touch": "1h", "wait": "2h"}),
        xor("gate", ("end", 1 - share), ("a", share, True)),
        ("end", [], {"event": "end"}),
    )


def test_two_steps_with_a_quarter_sent_back():
    flow = map_flow(two_steps(0.25), DAYS)
    assert flow.lead_time_h == pytest.approx(6.667, abs=5e-4)
    assert flow.variance_h2 == pytest.approx(11.111, abs=5e-4)
    assert flow.first_pass_yield == pytest.approx(0.75)
    assert flow.value_adding_share == pytest.approx(0.4)
    assert flow.rework_share == pytest.approx(0.25)


def test_spread_of_the_times_adds_to_the_variance():
    drawn = make(
        ("a", ["end"], {"touch": {"mean": "2h", "sd": "1h"}, "wait": {"mean": "1d", "sd": "30m"}}),
        ("end", [], {"event": "end"}),
    )
    assert map_flow(drawn, DAYS).variance_h2 == pytest.approx(1.25)


def test_yield_on_one_of_several_ways_counts_only_who_goes_there():
    """Half of the cases meet a gate that sends 20 % back: 90 % pass at the first go, not 80 %."""
    drawn = make(
        ("a", ["fork"], {"touch": "1h"}),
        xor("fork", ("b", 0.5), ("end", 0.5)),
        ("b", ["gate"], {"touch": "1h"}),
        xor("gate", ("end", 0.8), ("b", 0.2, True)),
        ("end", [], {"event": "end"}),
    )
    assert map_flow(drawn, DAYS).first_pass_yield == pytest.approx(0.9)


def test_yield_over_parallel_branches_multiplies_once():
    drawn = make(
        ("split", ["a", "b"], {"gateway": "and"}),
        ("a", ["check-a"], {"touch": "1h"}),
        xor("check-a", ("join", 0.9), ("a", 0.1, True)),
        ("b", ["check-b"], {"touch": "2h"}),
        xor("check-b", ("join", 0.8), ("b", 0.2, True)),
        ("join", ["c"], {"gateway": "and"}),
        ("c", ["check-c"], {"touch": "1h"}),
        xor("check-c", ("end", 0.5), ("c", 0.5, True)),
        ("end", [], {"event": "end"}),
    )
    flow = map_flow(drawn, DAYS)
    assert flow.first_pass_yield == pytest.approx(0.9 * 0.8 * 0.5)
    # E[max(A, 2B)] of geometric A (.9) and B (.8), by hand: Σ P(max > n) over the hours n = 0, 1, 2, …
    slowest = sum(1 - (1 - 0.1**n) * (1 - 0.2 ** (n // 2)) for n in range(200))
    assert flow.lead_time_h == pytest.approx(slowest + 1 / 0.5, abs=4 * flow.error_h)
    assert 0 < flow.error_h < 0.02


def test_a_map_without_times_says_why():
    drawn = make(("a", ["b"], {}), ("b", ["end"], {"touch": "1h"}), ("end", [], {"event": "end"}))
    flow = map_flow(drawn, DAYS)
    assert (flow.lead_time_h, flow.touch_share, flow.blockages) == (None, None, ())
    assert flow.why_not["lead_time_h"] == "no times given for: a"
    # Nothing is drawn that sends a case back, but the map is not finished: no false 100 %.
    assert flow.first_pass_yield is None


def test_two_starts_have_no_figures():
    drawn = make(("a", ["end"], {"event": "start"}), ("b", ["end"], {"event": "start"}), ("end", [], {}))
    assert map_flow(drawn, DAYS).why_not["first_pass_yield"].startswith("the map has more than one start")


SHARES = st.floats(min_value=0, max_value=0.6)
LENGTHS = st.integers(min_value=1, max_value=6)


@st.composite
def chains(draw):
    """A chain of steps with gates that send back to an earlier one."""
    rows, count = [], draw(LENGTHS)
    for n in range(count):
        back, share = draw(st.integers(min_value=0, max_value=n)), draw(SHARES)
        times = {"touch": f"{draw(st.integers(0, 90))}m", "wait": f"{draw(st.integers(0, 40))}h"}
        following = f"s{n + 1}" if n + 1 < count else "end"
        rows.append((f"s{n}", [f"g{n}"], times))
        rows.append(xor(f"g{n}", (following, 1 - share), (f"s{back}", share, True)))
    return make(*rows, ("end", [], {"event": "end"}))


@settings(max_examples=60, deadline=None)
@given(chains())
def test_steps_add_up_to_the_lead_time(drawn):
    flow = map_flow(drawn, DAYS)
    assert sum(step.total_h for step in flow.steps) == pytest.approx(flow.lead_time_h)
    assert all(step.visits >= 1 - 1e-9 for step in flow.steps)
    gates = 1.0
    for step in drawn.steps:
        gates *= 1 - sum(link.share for link in step.next if link.rework)
    assert flow.first_pass_yield == pytest.approx(gates)
    assert flow.touch_h <= flow.lead_time_h + 1e-9


@settings(max_examples=60, deadline=None)
@given(chains(), chains())
def test_savings_add_up_to_the_difference(before, after):
    names = {step.id for step in after.steps}
    after = after.model_copy(update={"removed": {s.id: "x" for s in before.steps if s.id not in names}})
    flows = tuple(map_flow(one, DAYS) for one in (before, after))
    change = map_change(before, after, *flows)
    difference = flows[0].lead_time_h - flows[1].lead_time_h
    assert sum(group.saved_h for group in change.groups) == pytest.approx(difference)
    # A group that saves less than NOTHING stands under no heading.
    rounding = NOTHING * len(change.groups)
    told = sum(change.saved_under(heading) for heading in HEADINGS)
    assert told == pytest.approx(difference, abs=rounding)
    assert sum(group.repeats_h + group.times_h for group in change.groups) == pytest.approx(difference)


def test_tags_and_the_one_that_counts():
    before = make(
        ("a", ["b"], {"touch": "2h", "lane": "one"}),
        ("b", ["c"], {"touch": "2h", "lane": "one"}),
        ("c", ["d"], {"touch": "2h", "lane": "one"}),
        ("d", ["e"], {"touch": "2h", "lane": "one"}),
        ("e", ["f"], {"touch": "2h", "lane": "one"}),
        ("f", ["gate"], {"touch": "2h", "lane": "one"}),
        xor("gate", ("end", 0.5), ("f", 0.5, True)),
        ("end", [], {"event": "end"}),
    )
    after = make(
        ("d", ["ab"], {"touch": "2h", "lane": "one", "moved": "earlier"}),
        ("ab", ["e"], {"touch": "1h", "lane": "two", "automation": "full", "from": ["a", "b"]}),
        ("e", ["x"], {"touch": "1h", "lane": "two"}),
        ("x", ["f"], {"touch": "3h", "lane": "one"}),
        ("f", ["gate"], {"touch": "2h", "lane": "one"}),
        xor("gate", ("end", 0.8), ("f", 0.2, True)),
        ("end", [], {"event": "end"}),
        removed={"c": "not needed"},
    )
    change = map_change(before, after, map_flow(before, DAYS), map_flow(after, DAYS))
    found = {group.before + group.after: (group.tags, group.heading) for group in change.groups}
    assert found == {
        ("d", "d"): (("brought-forward",), "brought-forward"),
        ("a", "b", "ab"): (("merged", "automated", "lane-moved", "faster"), "merged"),
        ("e", "e"): (("lane-moved", "faster"), "lane-moved"),
        ("x",): (("new",), "new"),
        ("f", "f"): ((), "fewer-repeats"),
        ("c",): (("removed",), "removed"),
    }
    saved = {heading: change.saved_under(heading) for heading in HEADINGS}
    assert saved == pytest.approx(
        {
            "merged": 3, "removed": 2, "automated": 0, "brought-forward": 0, "lane-moved": 1,
            "side-by-side": 0, "faster": 0, "fewer-repeats": 1.5, "slower": 0, "new": -3,
        }
    )  # fmt: skip
    assert change.repeats_h == pytest.approx(1.5)


def test_one_step_split_in_two_is_one_group():
    before = make(("a", ["end"], {"touch": "4h"}), ("end", [], {"event": "end"}))
    after = make(
        ("a1", ["a2"], {"touch": "1h", "from": ["a"]}),
        ("a2", ["end"], {"touch": "1h", "from": ["a"]}),
        ("end", [], {"event": "end"}),
    )
    (group,) = map_change(before, after, map_flow(before, DAYS), map_flow(after, DAYS)).groups
    assert (group.before, group.after, group.saved_h, group.repeats_h) == (("a",), ("a1", "a2"), 2, 0)


@pytest.mark.parametrize(("touch", "wait"), list(product(("1h", "60m"), ("0.5d", "4h"))))
def test_units_do_not_matter(touch, wait):
    drawn = make(("a", ["end"], {"touch": touch, "wait": wait}), ("end", [], {"event": "end"}))
    assert map_flow(drawn, DAYS).lead_time_h == pytest.approx(5)


def test_the_sample_is_told_the_same_in_the_export():
    """Every null of a map in the export has its reason, and the sample has none."""

    figures = figures_for(check_project(Path(__file__).parents[2]))
    drawn = figures.catalogue.processes
    maps = [
        (one, any(step.gateway == "and" for step in dict(drawn[process.id].maps.drawn)[name].steps))
        for process in export_frame(figures).processes
        for name, one in process.maps.items()
    ]
    assert len(maps) == 4
    for one, parallel in maps:
        assert one.why_not == {}
        assert sum(step.in_lead_h for step in one.steps) == pytest.approx(one.lead_time_h)
        assert None not in one.model_dump().values()
        assert len(one.blockages) == 3
        total = sum(step.total_h for step in one.steps)
        # What runs side by side adds up to more than the way takes.
        assert total > one.lead_time_h if parallel else total == pytest.approx(one.lead_time_h)
    for process in export_frame(figures).processes:
        change = process.change
        before, after = (process.maps[name].lead_time_h for name in ("as_is", "to_be"))
        assert change.saved_h == pytest.approx(before - after)
        assert sum(group.saved_h for group in change.groups) == pytest.approx(change.saved_h)
        for group in change.groups:
            assert group.times_h + group.repeats_h + group.beside_h == pytest.approx(group.saved_h)
        for one in process.promises:
            assert set(one.why_not) == {
                name for name in ("promised", "measured", "kept") if getattr(one, name) is None
            }


def test_rework_is_counted_given_that_a_step_is_reached():
    """Half of the cases end after s1; of those in s2 40 % are sent back to it: 5 h and 14 h.

    s2 is reached by half and passed 1/0.6 times then, so visits 5/6, a third of them beyond the first: 4⅔ of
    5 + 11⅔ hours are rework, .28. Counted over all cases s2 is passed less than once.
    """
    drawn = make(
        ("s1", ["fork"], {"touch": "5h"}),
        xor("fork", ("end", 0.5), ("s2", 0.5)),
        ("s2", ["gate"], {"touch": "14h"}),
        xor("gate", ("end", 0.6), ("s2", 0.4, True)),
        ("end", [], {"event": "end"}),
    )
    flow = map_flow(drawn, DAYS)
    assert flow.lead_time_h == pytest.approx(5 + 14 * 5 / 6)
    assert flow.rework_share == pytest.approx(0.28)


def test_a_map_without_shares_has_no_figures_but_a_reason():
    drawn = make(
        ("a", ["gate"], {"touch": "1h"}),
        ("gate", [{"to": "a", "rework": True}, "end"], {"gateway": "xor"}),
        ("end", [], {"event": "end"}),
    )
    flow = map_flow(drawn, DAYS)
    assert flow.lacking is not None
    assert (flow.lacking.what, flow.lacking.steps) == ("shares", ("gate",))
    for name in ("lead_time_h", "touch_h", "first_pass_yield", "rework_share", "touch_share"):
        assert getattr(flow, name) is None
        assert flow.why_not[name] == "no shares given for the ways out of: gate"


@pytest.mark.parametrize(
    ("extra", "reason"),
    [({}, "no step has a time"), ({"event": "start"}, "no step has a time")],
)
def test_a_map_without_times_has_neither_lead_time_nor_yield(extra, reason):
    drawn = make(
        ("a", ["gate"], extra),
        xor("gate", ("end", 0.8), ("a", 0.2, True)),
        ("end", [], {"event": "end"}),
    )
    flow = map_flow(drawn, DAYS)
    assert (flow.lead_time_h, flow.first_pass_yield, flow.rework_share) == (None, None, None)
    assert set(flow.why_not.values()) == {reason}


def test_with_some_times_missing_the_yield_of_what_is_drawn_is_told():
    drawn = make(
        ("a", ["b"], {"touch": "1h"}),
        ("b", ["gate"], {}),
        xor("gate", ("end", 0.8), ("a", 0.2, True)),
        ("end", [], {"event": "end"}),
    )
    flow = map_flow(drawn, DAYS)
    assert (flow.lead_time_h, flow.first_pass_yield) == (None, pytest.approx(0.8))
