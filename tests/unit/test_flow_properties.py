"""What holds of the flow figures of any map, and an independent simulation beside them."""

from __future__ import annotations

import random
from statistics import fmean

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from generator.compute.processes.flow import map_flow
from generator.compute.processes.map_change import map_change
from generator.compute.processes.parallel import block_of
from generator.model.duration import Duration
from generator.model.process import ProcessMap, TimeSpan
from tests.unit.flow_maps import DAYS, make, xor

SHARES = st.floats(min_value=0, max_value=0.6)
MINUTES = st.integers(0, 600)
KINDS = st.sampled_from(["value", "mechanical", "wait"])


class Draft:
    """Rows of a map in the making: a series of steps, choices, loops and forks within each other."""

    def __init__(self, draw) -> None:
        self.draw, self.rows, self.number = draw, [], 0

    def name(self) -> str:
        self.number += 1
        return f"n{self.number}"

    def chain(self, depth: int, after: str, forks: bool) -> str:
        """Write some blocks that lead to `after`; the first one's name."""
        blocks = [self.block(depth, forks) for _ in range(self.draw(st.integers(1, 2)))]
        for number, (_, _, finish) in enumerate(blocks):
            finish(blocks[number + 1][0] if number + 1 < len(blocks) else after)
        self.rows += [row for _, rows, _ in blocks for row in rows]
        return blocks[0][0]

    def block(self, depth: int, forks: bool):
        kind = self.draw(st.sampled_from(["step", "loop", "choice", "fork"] if depth else ["step"]))
        if kind == "fork" and not forks:
            kind = "choice"
        return getattr(self, kind)(depth, forks)

    def step(self, depth, forks):
        spread = self.draw(st.booleans())
        touch = f"{self.draw(MINUTES)}m"
        extra = {
            "touch": {"mean": touch, "sd": "30m"} if spread else touch,
            "wait": f"{self.draw(MINUTES)}m",
            "kind": self.draw(KINDS),
        }
        name, ways = self.name(), []
        return name, [(name, ways, extra)], ways.append

    def loop(self, depth, forks):
        gate, share = self.name(), self.draw(SHARES)
        inner = Draft(self.draw)
        inner.number = self.number
        head = inner.chain(depth - 1, gate, forks)
        self.number = inner.number
        row = [gate, [], {"gateway": "xor"}]
        ways = row[1]
        ways.append({"to": head, "share": share, "rework": True})
        return (
            head,
            [*inner.rows, tuple(row)],
            lambda after: ways.insert(0, {"to": after, "share": 1 - share}),
        )

    def choice(self, depth, forks):
        gate, share = self.name(), self.draw(st.floats(0, 1))
        return self._split(depth, forks, gate, "xor", (share, 1 - share))

    def fork(self, depth, forks):
        return self._split(depth, forks, self.name(), "and", (None, None))

    def _split(self, depth, forks, gate, kind, shares):
        meet = self.name()
        inner = Draft(self.draw)
        inner.number = self.number
        heads = [inner.chain(depth - 1, meet, forks) for _ in shares]
        self.number = inner.number
        links = [
            {"to": head, **({"share": share} if share is not None else {})}
            for head, share in zip(heads, shares, strict=True)
        ]
        ways: list = []
        end = (meet, ways, {"gateway": kind})
        return gate, [(gate, links, {"gateway": kind}), *inner.rows, end], ways.append


@st.composite
def maps(draw, forks=True):
    """Maps that start with their first row."""
    draft = Draft(draw)
    draft.chain(2, "end", forks)
    return make(*draft.rows, ("end", [], {"event": "end"}))


def known(drawn: ProcessMap):
    flow = map_flow(drawn, DAYS)
    assert flow.lead_time_h is not None, flow.why_not
    return flow


@settings(max_examples=60, deadline=None)
@given(maps())
def test_what_holds_of_every_map(drawn):
    flow = known(drawn)
    lead = flow.lead_time_h
    assert sum(step.in_lead_h for step in flow.steps) == pytest.approx(lead)
    assert sum(step.visits * step.touch_h for step in flow.steps) == pytest.approx(flow.touch_h)
    for step in flow.steps:
        assert step.total_h == pytest.approx(step.visits * (step.touch_h + step.wait_h))
        assert -1e-9 <= step.in_lead_h <= step.total_h + 1e-9
        assert step.beside or step.in_lead_h == pytest.approx(step.total_h)
    assert flow.theoretical_h <= lead + 1e-9
    # Beside a fork with spread it is simulated, so it holds up to the error that the figure itself states.
    assert flow.theoretical_h <= flow.touch_h + 1e-6
    assert flow.value_adding_h <= flow.touch_h + 1e-9
    assert 0 <= flow.first_pass_yield <= 1 + 1e-9
    if lead > 0:
        assert 0 <= flow.rework_share < 1
        assert 0 <= flow.value_adding_share <= flow.touch_share + 1e-9
    no_rework = not any(link.rework and link.share for step in drawn.steps for link in step.next)
    if no_rework:
        assert flow.first_pass_yield == pytest.approx(1)
        assert flow.rework_share in (None, pytest.approx(0, abs=1e-9))


@settings(max_examples=40, deadline=None)
@given(maps(forks=False))
def test_without_forks_all_work_is_in_the_lead_time(drawn):
    flow = known(drawn)
    assert flow.touch_h <= flow.lead_time_h + 1e-9
    assert flow.theoretical_h == pytest.approx(flow.touch_h)
    assert (flow.cases, flow.constants, flow.error_h) == (0, (), 0)
    if flow.lead_time_h > 0:
        assert flow.touch_share == pytest.approx(flow.touch_h / flow.lead_time_h)
        assert flow.value_adding_share == pytest.approx(flow.value_adding_h / flow.lead_time_h)


@settings(max_examples=40, deadline=None)
@given(maps(), st.integers(0, 10**6), st.integers(1, 2000))
def test_a_longer_time_never_makes_a_case_faster(drawn, where, minutes):
    """Exactly so in what is reckoned, and up to its noise in what is simulated."""
    working = [number for number, step in enumerate(drawn.steps) if step.touch is not None]
    place = working[where % len(working)]
    step = drawn.steps[place]
    longer = Duration(step.wait.mean.amount + minutes, "m")
    slow = step.model_copy(update={"wait": TimeSpan(mean=longer)})
    slower = drawn.model_copy(update={"steps": (*drawn.steps[:place], slow, *drawn.steps[place + 1 :])})
    before, after = known(drawn), known(slower)
    noise = 4 * (before.error_h + after.error_h)
    assert after.lead_time_h >= before.lead_time_h - noise - 1e-9
    assert after.touch_h == pytest.approx(before.touch_h)
    assert after.first_pass_yield == pytest.approx(before.first_pass_yield)


@settings(max_examples=40, deadline=None)
@given(maps())
def test_one_after_the_other_takes_no_less_than_side_by_side(drawn):
    """At least the longest branch, at most all of them: between max and sum."""
    assume(any(step.gateway == "and" for step in drawn.steps))
    flow = known(drawn)
    everything = sum(step.total_h for step in flow.steps)
    assert flow.lead_time_h <= everything + 1e-9
    assert (
        everything / max(2, sum(step.gateway == "and" for step in drawn.steps) * 2) <= flow.lead_time_h + 1e-6
    )


@settings(max_examples=30, deadline=None)
@given(maps(), maps())
def test_savings_add_up_with_forks_too(before, after):
    names = {step.id for step in after.steps}
    after = after.model_copy(update={"removed": {s.id: "x" for s in before.steps if s.id not in names}})
    flows = known(before), known(after)
    change = map_change(before, after, *flows)
    difference = flows[0].lead_time_h - flows[1].lead_time_h
    assert sum(group.saved_h for group in change.groups) == pytest.approx(difference, abs=1e-6)
    parts = sum(group.repeats_h + group.beside_h + group.times_h for group in change.groups)
    assert parts == pytest.approx(difference, abs=1e-6)


# -- an independent simulation, one case after another, of maps whose branches are nested


def walk(drawn: ProcessMap, start: str, stop: str | None, dice: random.Random) -> tuple[float, bool]:
    """(hours, without rework) from a step to where `stop` begins, branches walked one by one."""
    steps = {step.id: step for step in drawn.steps}
    hours, clean, at = 0.0, True, start
    while at != stop:
        step = steps[at]
        for span in (step.touch, step.wait):
            mean = span.mean.hours() if span else 0.0
            sd = span.sd.hours() if span and span.sd else 0.0
            hours += dice.gammavariate((mean / sd) ** 2, sd**2 / mean) if mean > 0 and sd > 0 else mean
        if not step.next:
            break
        if step.gateway == "and" and len(step.next) > 1:
            meet = joint(drawn, at)
            walked = [walk(drawn, link.to, meet, dice) for link in step.next]
            hours += max(one for one, _ in walked)
            clean = clean and all(good for _, good in walked)
            at = meet
            continue
        link = dice.choices(step.next, [1 if one.share is None else one.share for one in step.next])[0]
        clean = clean and not link.rework
        at = link.to
    return hours, clean


def joint(drawn: ProcessMap, fork: str) -> str:
    """The fork's join: the maps above write it after as many `and` gateways with one way as with two."""
    order = [step for step in drawn.steps if step.gateway == "and"]
    depth = 0
    for step in order[next(n for n, step in enumerate(order) if step.id == fork) :]:
        depth += 1 if len(step.next) > 1 else -1
        if depth == 0:
            return step.id
    raise AssertionError(fork)


@settings(max_examples=15, deadline=None, derandomize=True)
@given(maps())
def test_an_independent_simulation_agrees(drawn):
    flow = known(drawn)
    dice = random.Random(7)
    walked = [walk(drawn, drawn.steps[0].id, None, dice) for _ in range(3000)]
    hours = [one for one, _ in walked]
    mean = fmean(hours)
    variance = fmean((one - mean) ** 2 for one in hours)
    error = (variance / len(hours)) ** 0.5
    assert flow.lead_time_h == pytest.approx(mean, abs=4.5 * (error + flow.error_h) + 1e-6)
    clean = fmean(good for _, good in walked)
    assert flow.first_pass_yield == pytest.approx(clean, abs=4.5 * (0.25 / len(walked)) ** 0.5)
    if variance > 1e-9:
        fourth = fmean((one - mean) ** 4 for one in hours)
        spread = ((fourth - variance**2) / len(hours)) ** 0.5
        assert flow.variance_h2 == pytest.approx(variance, abs=6 * spread + 0.05 * variance)


def test_two_hundred_maps_with_forks_share_their_simulations():
    """The same block is simulated once, whatever stands around it."""
    block_of.cache_clear()
    drawn = make(
        ("fork", ["a", "b"], {"gateway": "and"}),
        ("a", ["join"], {"touch": {"mean": "2h", "sd": "1h"}}),
        ("b", ["join"], {"touch": {"mean": "2h", "sd": "1h"}}),
        ("join", ["gate"], {"gateway": "and"}),
        xor("gate", ("end", 0.5), ("fork", 0.5, True)),
        ("end", [], {"event": "end"}),
    )
    for _ in range(200):
        map_flow(drawn, DAYS)
    assert block_of.cache_info().misses == 1
