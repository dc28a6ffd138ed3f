"""What cycles have shown, on handbooks made for it: ranking, practices to copy, what moves first."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from generator.compute.figures import Figures
from generator.compute.insight.evidence import (
    RankedChange,
    long_periods,
    occasions,
    pilot_bases,
    ranked_changes,
    way_of,
)
from generator.compute.insight.leads import leads_of
from generator.compute.insight.practices import practices
from tests.unit.cycles import PILOT, STEADY, Make, later, maker, year


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Writes a project and computes its figures."""
    return maker(tmp_path)


def only(figures: Figures) -> RankedChange:
    (one,) = ranked_changes(figures)
    return one


# How much of the way, and what may be said


def test_the_way_goes_from_baseline_to_target(make: Make) -> None:
    pack = [{"indicator": "cycle", "weight": 100, "baseline": {"value": 10},
             "targets": [{"from": "2024-01", "target": 6}]}]  # fmt: skip
    one = only(make({("cycle", "east"): year(10) + later(8)}, pilots={"east": {"pack": pack}}))
    assert one.way is not None
    # From 10 to 8, where 6 was aimed at: half of the way. The interval's ends are divided by the same −4.
    assert one.way.share == pytest.approx(0.5)
    assert one.claim.effect.interval is not None
    low, high = one.claim.effect.interval
    assert (one.way.low, one.way.high) == (pytest.approx(high / -4), pytest.approx(low / -4))
    assert 0.4 < one.way.low < one.way.share < one.way.high < 0.6
    assert one.way.from_baseline
    assert (one.group, one.periods) == ("gained", 4)


def test_without_a_baseline_the_way_starts_at_the_mean_before(make: Make) -> None:
    one = only(make({("cycle", "east"): year(12) + later(8)}))
    assert one.way is not None
    assert one.way.share == pytest.approx(4 / 6)
    assert not one.way.from_baseline


def test_there_is_no_way_to_a_target_that_lies_behind(make: Make) -> None:
    figures = make({("cycle", "east"): year(5) + later(4)})
    one = only(figures)
    assert one.way is None
    assert way_of(one.claim.effect, figures.series[("cycle", "east", ())], None, None) is None


@pytest.mark.parametrize(("after", "group", "periods"), [(12, "gained", 4), (6, "gained", 2)])
def test_two_whole_long_periods_must_stand_behind_it(
    make: Make, after: int, group: str, periods: int
) -> None:
    one = only(make({("cycle", "east"): year(10) + later(7)[:after]}))
    assert (one.group, one.periods) == (group, periods)


def test_one_whole_quarter_since_the_change_is_too_early(make: Make) -> None:
    change = {**PILOT["changes"][0], "date": "2025-02-01"}
    results = {("cycle", "east"): [*year(10), 10.1, *year(7)[:5]]}
    one = only(make(results, pilots={"east": {"changes": [change]}}))
    # Five months from February on: no look yet, and only April to June make a whole quarter.
    assert (one.claim.effect.after.n, one.group, one.periods) == (5, "early", 1)


def test_the_number_of_periods_is_the_setting_of_the_rule(make: Make) -> None:
    results = {("cycle", "east"): year(10) + later(7)[:6]}
    asked = "rules: {evidence-before-rollout: {periods: 3}}\n"
    figures = make(results, handbook=asked)
    assert only(figures).group == "early"
    (basis,) = pilot_bases(figures)
    # Six whole quarters since January 2024: the pilot ran a year before its change.
    assert (basis.periods, basis.needed) == (6, 3)


def test_noise_is_not_called_a_gain(make: Make) -> None:
    assert only(make({("cycle", "east"): year(10) + later(10)})).group == "unclear"


def test_a_loss_is_called_one(make: Make) -> None:
    assert only(make({("cycle", "east"): year(10) + later(12)})).group == "worse"


def test_a_gain_that_a_guardrail_pays_for(make: Make) -> None:
    indicators = {"cycle": {"guardrails": ["defects"]}, "defects": {}}
    results = {("cycle", "east"): year(10) + later(7), ("defects", "east"): year(3) + later(5)}
    one = only(make(results, indicators))
    assert (one.group, one.claim.cost) == ("at-a-cost", ("defects",))


def test_what_moved_as_much_where_nothing_changed_is_doubtful(make: Make) -> None:
    pilots = {"east": {}, "south": {"changes": []}}
    alone = make(
        {("cycle", "east"): year(10) + later(7), ("cycle", "south"): year(10) + later(10)}, pilots=pilots
    )
    held = only(alone)
    assert held.group == "gained"
    assert held.way is not None
    # What is left beside the comparison pilot, −3 of the −4 to the target.
    assert held.way.share == pytest.approx(0.75)
    alike = make(
        {("cycle", "east"): year(10) + later(7), ("cycle", "south"): year(10) + later(7)}, pilots=pilots
    )
    assert only(alike).group == "doubtful"


def test_the_way_is_that_of_what_is_left_beside_the_others(make: Make) -> None:
    pilots = {"east": {}, "south": {"changes": []}}
    results = {("cycle", "east"): year(10) + later(7), ("cycle", "south"): year(10) + later(9)}
    one = only(make(results, pilots=pilots))
    assert one.way is not None
    # −3 in East and −1 in South leave −2 of the −4 to the target.
    assert one.way.share == pytest.approx(0.5)
    compared = one.claim.effect.comparison
    assert compared is not None
    assert one.way.low == pytest.approx(compared.interval[1] / -4)


def test_the_ranking_goes_by_what_is_sure_not_by_the_mean(make: Make) -> None:
    change = PILOT["changes"][0]
    changes = [{**change, "indicators": ["cycle", "wait"]}]
    wild = [10 + 9 * part for part in STEADY] + [6.5 + 9 * part for part in reversed(STEADY)]
    steady = year(10) + later(7)
    figures = make(
        {("cycle", "east"): wild, ("wait", "east"): steady},
        {"cycle": {}, "wait": {}},
        {"east": {"changes": changes}},
    )
    first, second = ranked_changes(figures)
    assert (first.claim.indicator, second.claim.indicator) == ("wait", "cycle")
    assert first.group == second.group == "gained"
    assert first.way is not None
    assert second.way is not None
    assert second.way.share > first.way.share
    assert second.way.low < first.way.low


def test_a_change_that_is_only_planned_is_not_looked_at(make: Make) -> None:
    planned = {**PILOT["changes"][0], "id": "planned", "date": "2026-01-01"}
    figures = make(
        {("cycle", "east"): year(10) + later(7)}, pilots={"east": {"changes": [PILOT["changes"][0], planned]}}
    )
    assert str(figures.as_of) == "2025-Q4"
    assert [one.claim.changes for one in ranked_changes(figures)] == [("merge",)]


def test_changes_of_one_day_are_told_apart_by_nobody(make: Make) -> None:
    change = PILOT["changes"][0]
    changes = [change, {**change, "id": "other", "indicators": ["wait"]}]
    figures = make(
        {("cycle", "east"): year(10) + later(7), ("wait", "east"): year(10) + later(7)},
        {"cycle": {}, "wait": {}},
        {"east": {"changes": changes}},
    )
    assert {one.claim.changes: one.same_day for one in ranked_changes(figures)} == {
        ("merge",): ("other",), ("other",): ("merge",),
    }  # fmt: skip
    assert occasions(ranked_changes(figures)) == 1


def test_changes_of_two_pilots_are_two_whatever_they_are_called(make: Make) -> None:
    results = {("cycle", pilot): year(10) + later(7) for pilot in ("east", "south")}
    figures = make(results, pilots={"east": {}, "south": {"changes": PILOT["changes"]}})
    assert occasions(ranked_changes(figures)) == 2


# What to copy


GUARDED = {"cycle": {"guardrails": ["calm"]}, "calm": {}}
CASE = "---\ntitle: T\npilot: east\nchange: merge\nindicators: [cycle]\nstatus: {status}\n---\n# T\n\nText.\n"


def copied(
    make: Make, south: Mapping[str, Any], extra: Mapping[str, str] | None = None, cost: float = 3
) -> Any:
    results = {
        ("cycle", "east"): year(10) + later(7), ("calm", "east"): year(3) + later(cost),
        ("cycle", "south"): year(10) + later(10),
    }  # fmt: skip
    figures = make(results, GUARDED, {"east": {}, "south": south}, extra)
    return practices(figures, ranked_changes(figures))


def test_a_balanced_gain_that_another_pilot_lacks_is_worth_copying(make: Make) -> None:
    (one,) = copied(make, {"changes": []})
    assert (one.pilot, one.changes, one.open_in, one.done_in, one.cases) == (
        "east",
        ("merge",),
        ("south",),
        (),
        (),
    )


def test_the_cases_about_it_are_named_but_not_the_retired(make: Make) -> None:
    extra = {"content/cases/good.md": CASE.format(status="adopted"),
             "content/cases/old.md": CASE.format(status="retired")}  # fmt: skip
    (one,) = copied(make, {"changes": []}, extra)
    assert one.cases == ("good",)


def test_nothing_is_copied_at_a_cost_or_where_all_have_it_or_elsewhere(make: Make) -> None:
    assert copied(make, {"changes": []}, cost=5) == ()
    assert copied(make, {"process": None, "changes": []}) == ()
    again = {**PILOT["changes"][0], "date": "2025-12-01"}
    assert copied(make, {"changes": [again]}) == ()


# What moves first


def noise(seed: int, count: int) -> list[float]:
    draw = random.Random(seed)
    return [draw.gauss(0, 1) for _ in range(count)]


def follower(leader: Sequence[float], lag: int, seed: int) -> list[float]:
    own = noise(seed, len(leader))
    return [(leader[n - lag] if n >= lag else 0) + 0.3 * own[n] for n in range(len(leader))]


LATE, NOBODY = {"kind": "lagging"}, {"east": {"pack": [], "changes": []}}


def led(make: Make, count: int, indicators: Mapping[str, Any] | None = None) -> Any:
    leader = noise(1, count)
    results = {("first", ""): leader, ("aside", ""): noise(2, count), ("result", ""): follower(leader, 1, 3)}
    return leads_of(make(results, indicators or {"first": {}, "aside": {}, "result": LATE}, NOBODY))


def test_the_planted_leader_is_found_with_its_lag(make: Make) -> None:
    (one,) = led(make, 30)
    assert (one.pilot, one.frequency, one.periods, one.outcomes) == (None, "month", 30, ("result",))
    assert one.pairs == 2
    assert [(clue.leader, clue.follower, clue.lag) for clue in one.clues] == [("first", "result", 1)]
    assert one.clues[0].p <= 0.05


def test_too_few_periods_say_nothing(make: Make) -> None:
    (one,) = led(make, 11)
    assert (one.enough, one.periods, one.clues) == (False, 11, ())


def test_only_outcomes_are_led_and_breaks_are_left_out(make: Make) -> None:
    assert led(make, 30, {"first": {}, "aside": {}, "result": {}}) == ()
    history = [{"date": "2025-01-01", "change": "definition", "text": "t", "breaks_series": True}]
    (one,) = led(make, 30, {"first": {"history": history}, "aside": {}, "result": LATE})
    assert (one.broken, one.pairs, one.clues) == (("first",), 1, ())


def test_what_moves_at_the_same_time_leads_nothing(make: Make) -> None:
    leader = noise(1, 30)
    results = {("first", ""): leader, ("result", ""): follower(leader, 0, 3)}
    (one,) = leads_of(make(results, {"first": {}, "result": LATE}, NOBODY))
    assert (one.enough, one.clues) == (True, ())


def test_many_places_raise_the_bar(make: Make) -> None:
    def found(pilots: int) -> float:
        leader = noise(1, 26)
        results = {("first", ""): leader, ("result", ""): follower(leader, 1, 3)}
        names = [f"p{n}" for n in range(pilots)]
        for n, name in enumerate(names):
            results[("first", name)], results[("result", name)] = noise(50 + n, 26), noise(90 + n, 26)
        made = {name: {"pack": [{"indicator": "result"}], "changes": []} for name in names}
        figures = make(results, {"first": {}, "result": LATE}, made or NOBODY)
        return {one.pilot: one for one in leads_of(figures)}[None].clues[0].p

    assert found(0) == pytest.approx(1 / 400)
    assert found(3) == pytest.approx(4 / 400)


# Long periods


def test_long_periods_count_whole_ones_since_a_day(make: Make) -> None:
    figures = make({("cycle", ""): year(5) + later(5)[:2], ("cycle", "east"): year(5)[:3]})
    assert [str(one) for one in long_periods(figures, "cycle", ("east",))] == ["2024-Q1"]
    assert len(long_periods(figures, "cycle")) == 5
    day = figures.catalogue.pilots["east"].changes[0].date.replace(year=2024, month=5)
    assert str(long_periods(figures, "cycle", None, day)[0]) == "2024-Q3"
