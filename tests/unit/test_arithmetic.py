"""Counts, shares and readings by hand, one function at a time: what mutants of them showed to be untested."""

from __future__ import annotations

import math
from datetime import date
from types import SimpleNamespace as Fake
from typing import Any

import numpy as np
import pytest
from scipy.stats import binom

from generator.compute.insight.standings import (
    Standings,
    organisation_periods,
    pack_standings,
    period_standings,
    standings_of,
    told_standings,
)
from generator.compute.processes.promise import in_use_since, promises
from generator.compute.score import PilotScore, Withheld, pilot_score, reading_of, seen_score, weights_of
from generator.compute.series.growth_progress import grown
from generator.compute.series.lead_lag import shared_periods, surrogates
from generator.compute.series.run_chart import _limits, run_limits
from generator.model.calendar import Calendar
from generator.model.handbook import Scoring
from generator.model.indicator import Indicator
from generator.model.period import Period
from generator.model.text import Text


def at(period: str, value: float | None = 1.0, status: str = "met") -> Any:
    """A point that was held against its bar."""
    return Fake(
        point=Fake(period=Period.parse(period), value=value), status=status, attainment=value, score=value
    )


def pack(*items: tuple[str, float | None, bool, Any]) -> list[Any]:
    """Indicators of a pack: id, weight, gate, point of the review period."""
    return [Fake(indicator=i, weight=w, gate=g, review=point) for i, w, g, point in items]


# Standings


def test_what_has_no_target_or_no_data_is_not_judged() -> None:
    statuses = ["met", "exceeded", "near", "missed", "missed", "no-data", "no-target"]
    assert standings_of(statuses) == Standings(judged=5, reached=2, missed=2)
    assert standings_of([]) == Standings(0, 0, 0)


def test_standings_count_points_with_a_value() -> None:
    first = pack(
        ("a", None, False, at("2025-Q1")),
        ("b", None, False, at("2025-Q1", None, "missed")),
        ("c", None, False, None),
        ("d", None, False, at("2025-Q1", 3.0, "missed")),
    )
    second = pack(("a", None, False, at("2025-Q1", 2.0, "near")))
    figures: Any = Fake(pilots={"one": Fake(pack=first), "two": Fake(pack=second)})
    assert pack_standings(figures) == Standings(3, 1, 1)
    assert told_standings(first) == Standings(2, 1, 1)


def test_the_organisation_is_told_by_its_long_periods() -> None:
    """Its own series at that frequency takes precedence over the rolled-up one; pilots and parts stay out."""
    quarters = [f"{year}-Q{number}" for year in (2023, 2024, 2025) for number in (1, 2, 3, 4)]

    def series(frequency: str, *points: Any) -> Any:
        return Fake(series=Fake(frequency=frequency), points=points)

    rolled = series("quarter", *(at(quarter, 1.0, "met") for quarter in quarters[:10]))
    own = series("quarter", at("2025-Q3", 2.0, "missed"), at("2025-Q4", None, "missed"))
    monthly = series("month", at("2025-07", 5.0, "missed"))
    pilot, part = (series("quarter", at("2025-Q4", 9.0, "exceeded")) for _ in range(2))
    figures: Any = Fake(
        catalogue=Fake(handbook=Fake(review=Fake(long="quarter"))),
        longer={("sum", None, ()): rolled, ("sum", "east", ()): pilot, ("sum", None, ("x",)): part},
        series={
            ("own", None, ()): own, ("sum", None, ()): monthly, ("own", "east", ()): pilot,
            ("own", None, ("x",)): part,
        },
    )  # fmt: skip
    periods, told = organisation_periods(figures)
    assert [str(period) for period in periods] == quarters[4:]
    assert dict(told) == {"sum": rolled, "own": own}
    # Of 2024-Q1 to 2025-Q4 six met, one missed, and one without a value, which is left out.
    assert period_standings(figures) == Standings(7, 6, 1)


# Scores


def test_a_pack_without_weights_counts_alike_and_one_with_some_counts_those() -> None:
    assert weights_of(pack(("a", None, False, None), ("b", None, False, None))) == [1.0, 1.0]
    assert weights_of(pack(("a", 3.0, False, None), ("b", None, False, None))) == [3.0, 0.0]
    assert weights_of([]) == []


def test_the_score_is_the_weighted_mean_of_what_has_points() -> None:
    found = pilot_score(
        pack(
            ("a", 50, False, at("2025", 100)),
            ("b", 30, False, at("2025", 60)),
            ("c", 20, False, at("2025", None)),
        )
    )
    # (50 × 100 + 30 × 60) / 80 = 85, over 80 of 100.
    assert (found.value, found.coverage, found.gate) == (85.0, 0.8, None)
    assert pilot_score([]) == PilotScore(None, 0.0, None)
    assert pilot_score(pack(("a", 0, False, at("2025", 90)))) == PilotScore(None, 0.0, None)


@pytest.mark.parametrize(
    ("statuses", "gate"),
    [
        (["met", "near"], "passed"),
        (["met", "missed"], "not-passed"),
        (["no-data", "missed"], "not-passed"),
        (["met", "no-data"], "open"),
        (["met", "no-target"], "open"),
        (["met", None], "open"),
        ([], None),
    ],
)
def test_gates(statuses: list[str | None], gate: str | None) -> None:
    items = pack(
        *((str(i), 1, True, at("2025", 1.0, one) if one else None) for i, one in enumerate(statuses)),
        ("beside", 1, False, at("2025", 1.0, "missed")),
    )
    assert pilot_score(items).gate == gate


def test_a_score_that_rests_on_hidden_parts_is_withheld() -> None:
    items = pack(
        ("a", 50, True, at("2025", 100.0, "met")),
        ("b", 30, True, at("2025", 60.0, "met")),
        ("c", 20, False, at("2025", 80.0, "met")),
    )
    whole = pilot_score(items)
    everything = {"a", "b", "c"}
    assert seen_score(whole, items, everything, everything) == whole
    # Half of the weight is hidden, in one part; every gate can be seen.
    assert seen_score(whole, items, {"b", "c"}, everything) == PilotScore(
        None, None, "passed", Withheld(1, 0.5)
    )
    # A gate hangs on a hidden indicator.
    assert seen_score(whole, items, {"c"}, {"a", "c"}) == PilotScore(None, None, "withheld", Withheld(2, 0.8))
    # A seen gate that is missed is told, whatever the hidden one says.
    items[0].review = at("2025", 10.0, "missed")
    missed = pilot_score(items)
    assert missed.gate == "not-passed"
    assert seen_score(missed, items, {"a"}, {"a"}) == PilotScore(None, None, "not-passed", Withheld(2, 0.5))
    assert seen_score(missed, items, {"b"}, {"b"}).gate == "withheld"


@pytest.mark.parametrize(
    ("points", "reading"),
    [
        (59.9, "below"),
        (60, "floor"),
        (60.1, "between"),
        (99.9, "between"),
        (100, "target"),
        (100.1, "beyond"),
    ],
)
def test_what_points_mean(points: float, reading: str) -> None:
    assert reading_of(points, Scoring()) == reading


# Promises of a to-be map


def flows(before: float | None, after: float | None) -> Any:
    """Two maps with the same number as lead time and, in per mille, as yield."""
    return {
        name: Fake(lead_time_h=value, first_pass_yield=None if value is None else value / 1000)
        for name, value in (("as_is", before), ("to_be", after))
    }


def promised(unit: str | dict[str, str] | None, values: list[float | None], maps: Any) -> list[Any]:
    months = [f"2025-{number:02}" for number in range(1, len(values) + 1)]
    points = [at(month, value) for month, value in zip(months, values, strict=True)]
    process: Any = Fake(
        id="chain", chain_indicators=Fake(cycle_time="time", first_pass_yield="yield"), maps=Fake(to_be=None)
    )
    name = None if unit is None else Text.of(unit)
    catalogue: Any = Fake(
        handbook=Fake(calendar=Calendar(1)),
        pilots={
            "east": Fake(id="east", process="chain", to_be_since=Period.parse("2025-03")),
            "other": Fake(id="other", process="another", to_be_since=Period.parse("2025-03")),
        },
        indicators={one: Indicator.model_construct(unit=name) for one in ("time", "yield")},
    )
    series: Any = {
        (one, pilot, ()): Fake(points=points) for one in ("time", "yield") for pilot in ("east", "other")
    }
    change: Any = Fake(groups=())
    return list(promises(process, maps, catalogue, series, change))


def test_a_promise_by_hand() -> None:
    """Maps: 200 to 150 hours, a quarter less; yield .200 to .150. Months: 40, 60 | 30, (none), 50."""
    time, share = promised("%", [40, 60, 30, None, 50], flows(200, 150))
    assert (time.measure, time.indicator, time.pilot) == ("cycle_time", "time", "east")
    assert (time.before, time.since, time.periods) == (50.0, 40.0, (2, 2))
    assert (time.promised, time.measured) == (-0.25, pytest.approx(-0.2))
    assert (share.measure, share.indicator) == ("first_pass_yield", "yield")
    assert (share.promised, share.measured) == (pytest.approx(-0.05), pytest.approx(-0.1))


@pytest.mark.parametrize(
    ("unit", "known"),
    [("%", True), (" ％ ", True), ({"zh": "％", "en": "%"}, True), ("days", False), (None, False)],
)
def test_a_yield_is_measured_in_per_cent_only(unit: str | dict[str, str] | None, known: bool) -> None:
    _, share = promised(unit, [40, 60, 30], flows(200, 150))
    assert (share.measured is not None) is known


def test_what_of_a_promise_cannot_be_told() -> None:
    for maps in (flows(None, 150), flows(200, None), flows(0, 150)):
        assert promised("%", [40, 60, 30], maps)[0].promised is None
    assert promised("%", [40, 60, 30], flows(None, 1))[1].promised is None
    time, _ = promised("%", [1, -1, 30], flows(200, 150))
    assert (time.before, time.measured) == (0.0, None)
    assert promised("%", [40, 60], flows(200, 150)) == []
    assert promised("%", [None, None, 30], flows(200, 150)) == []


def test_without_a_to_be_map_or_its_day_nobody_runs_by_it() -> None:
    pilot: Any = Fake(to_be_since=None, changes=())
    change: Any = Fake(groups=())
    for to_be in (None, Fake(since=None), Fake(since=Period.parse("2025-01"))):
        process: Any = Fake(maps=Fake(to_be=to_be))
        assert in_use_since(pilot, process, change, Calendar(1)) is None
    said: Any = Fake(to_be_since=Period.parse("2025-Q2"))
    assert in_use_since(said, Fake(maps=Fake(to_be=None)), change, Calendar(4)) == date(2025, 7, 1)  # type: ignore[arg-type]


# Growth


def test_growth_counts_years_from_start_to_start() -> None:
    """From 100 in January 2020 to 144 in January 2022: 20 % a year; 207.36 by 2024 asks for as much."""
    indicator: Any = Fake(direction="higher", limits=Fake(min=None, max=None))
    series: Any = Fake(points=[Fake(period=Period.parse("2020"), value=100.0, target=None)])
    target: Any = Fake(target=207.36, from_=Period.parse("2024"))
    point: Any = Fake(period=Period.parse("2022"), value=144.0)
    found = grown(series, point, indicator, [target], (None, None), Calendar(1))
    assert found is not None
    assert (found.base, str(found.since), found.target, str(found.by)) == (100.0, "2020", 207.36, "2024")
    assert (found.growth.observed, found.growth.required) == (pytest.approx(0.2), pytest.approx(0.2))
    assert found.share == pytest.approx(1.0)
    # A baseline with its own period takes precedence; half of one is none.
    dated = grown(series, point, indicator, [target], (36.0, Period.parse("2020")), Calendar(1))
    assert dated is not None
    assert dated.growth.observed == pytest.approx(1.0)
    for half in ((36.0, None), (None, Period.parse("2021"))):
        undated = grown(series, point, indicator, [target], half, Calendar(1))
        assert undated is not None
        assert (undated.base, str(undated.since)) == (100.0, "2020")


def test_growth_without_a_declared_target_takes_the_newest_that_came_with_a_result() -> None:
    indicator: Any = Fake(direction="higher", limits=Fake(min=None, max=None))
    points = [("2020", 100.0, None), ("2021", 110.0, 121.0), ("2022", 130.0, 144.0), ("2023", 140.0, None)]
    series: Any = Fake(points=[Fake(period=Period.parse(p), value=v, target=t) for p, v, t in points])
    found = grown(series, series.points[3], indicator, [], (None, None), Calendar(1))
    assert found is not None
    assert (found.target, str(found.by)) == (144.0, "2022")
    assert found.growth.required == pytest.approx(0.2)
    bare: Any = Fake(points=[series.points[0], series.points[3]])
    without = grown(bare, series.points[3], indicator, [], (None, None), Calendar(1))
    assert without is not None
    assert (without.target, without.by, without.growth.required) == (None, None, None)


def test_growth_of_days_is_a_part_of_a_year() -> None:
    """From 1 January 2021 to 16 July 2022: 1 + 6/12 + 15/365.25 years."""
    indicator: Any = Fake(direction="higher", limits=Fake(min=None, max=None))
    series: Any = Fake(points=[Fake(period=Period.parse("2021-01-01"), value=100.0, target=None)])
    point: Any = Fake(period=Period.parse("2022-07-16"), value=200.0)
    found = grown(series, point, indicator, [], (None, None), Calendar(1))
    assert found is not None
    assert found.growth.observed == pytest.approx(2 ** (1 / (1 + 6 / 12 + 15 / 365.25)) - 1, rel=1e-12)


# What leads


@pytest.mark.parametrize("n", [15, 16])
def test_surrogates_keep_how_strong_each_rhythm_is_and_lose_when_it_was(n: int) -> None:
    """Theiler and others 1992: the same power spectrum, another order."""
    values = np.random.default_rng(7).normal(size=(3, n)) + 5
    made = surrogates(values, 20, np.random.default_rng(1))
    assert made.shape == (20, 3, n)
    wanted = np.abs(np.fft.rfft(values - values.mean(axis=-1, keepdims=True), axis=-1))
    assert np.abs(np.fft.rfft(made, axis=-1)) == pytest.approx(
        np.broadcast_to(wanted, (20, 3, n // 2 + 1)), abs=1e-9
    )
    assert len({round(float(one), 9) for one in made[:, 0, 0]}) == 20


def test_the_shared_stretch_is_the_longest_without_a_gap() -> None:
    assert shared_periods({"a": [1.0, 2, None, 4, 5, 6], "b": [1.0, 2, 3, 4, 5, None]}) == 2
    assert shared_periods({"a": [1.0, 2, 3, 4, 5, 6], "b": [None, 2, 3, 4, 5, 6]}) == 5
    assert shared_periods({}) == 0


# Run chart


@pytest.mark.parametrize("useful", [*range(1, 40), 60, 100, 365])
def test_limits_of_runs_and_crossings_are_those_of_the_distribution(useful: int) -> None:
    _limits.cache_clear()  # what another test asked for stands there
    assert run_limits(useful) == (round(math.log2(useful)) + 3, int(binom.ppf(0.05, useful - 1, 0.5)))


def test_no_points_have_no_limits() -> None:
    with pytest.raises(ValueError, match="there are no limits without points"):
        run_limits(0)
