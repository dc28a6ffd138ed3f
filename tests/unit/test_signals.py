"""Signals and effects in a whole handbook and in its export: planted truths, and the limits of the cases."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from generator.compute.effects.guardrail import Margin
from generator.compute.figures import Figures
from generator.compute.series.marks import SeriesMark, changes_within, phase_marks, segment_starts
from generator.compute.series.signals import mostly_marked
from generator.compute.series.values import Series, SeriesPoint
from generator.exchange.export_json import export_json
from generator.model.calendar import Calendar
from generator.model.period import Period
from generator.pipeline import check_project, figures_for
from tests.unit.made import indicator
from tests.unit.test_spc import SCREENED, a_and_e

ROOT = Path(__file__).parents[2]
EAST, SOUTH, RELEASE = "lead-to-cash-east", "lead-to-cash-south", "requirement-release"
INDICATOR = """\
id: share
name: {zh: 占比, en: Share}
definition: {zh: 占比, en: A share}
formula: {zh: 甲除以乙, en: a over b}
unit: {zh: 份, en: share}
decimals: 3
direction: higher
frequency: month
rollup: mean
source: {system: ERP}
owner: {role: {zh: 分析员, en: Analyst}}
targets: [{from: 2010-01, target: %s}]
history: [%s]
"""


@pytest.fixture(scope="module")
def sample() -> Figures:
    return figures_for(check_project(ROOT))


def exported(folder: Path, values: list[float], target: float = 0.95, history: str = "") -> dict:
    """The export of a handbook with one monthly series from 2017-01 on."""
    (folder / "data/indicators").mkdir(parents=True)
    (folder / "data/results").mkdir()
    (folder / "data/handbook.yml").write_text(
        "title: {zh: 手册, en: Handbook}\nlanguages: [zh, en]\n", encoding="utf-8"
    )
    (folder / "data/indicators/share.yml").write_text(INDICATOR % (target, history), encoding="utf-8")
    lines = [f"{2017 + n // 12}-{n % 12 + 1:02},share,,{value!r}" for n, value in enumerate(values)]
    (folder / "data/results/a.csv").write_text(
        "\n".join(["period,indicator,pilot,value", *lines, ""]), encoding="utf-8"
    )
    return json.loads(export_json(figures_for(check_project(folder))))["series"][0]


# The sample's planted truths


def test_merging_approvals_is_a_balanced_gain(sample):
    cycle = next(
        one for one in sample.effects[EAST, "merge-approvals"] if one.indicator == "order-cycle-time"
    )
    assert (cycle.effect.before.n, cycle.effect.after.n) == (10, 12)
    assert cycle.effect.before.mean == pytest.approx(25.1, abs=0.05)
    assert cycle.effect.after.mean == pytest.approx(20.14, abs=0.05)
    assert (cycle.effect.verdict, cycle.effect.guard, cycle.balance) == (
        "improved",
        "agrees",
        "balanced-gain",
    )
    satisfaction = cycle.guardrails[1]
    assert (satisfaction.result, satisfaction.indicator) == ("held", "customer-satisfaction")
    assert satisfaction.rules_out == pytest.approx(0.028, abs=5e-4)
    # Half the way from the target of 4.5 to the floor of 4.2.
    assert satisfaction.margin == Margin(pytest.approx(0.15), "floor")


def test_the_comparison_pilot_did_not_improve_meanwhile(sample):
    cycle = next(
        one for one in sample.effects[EAST, "merge-approvals"] if one.indicator == "order-cycle-time"
    )
    compared = cycle.effect.comparison
    assert compared is not None
    assert compared.pilots == (SOUTH,)
    assert compared.difference == pytest.approx(0, abs=0.5)
    assert compared.net == pytest.approx(cycle.effect.difference, abs=0.5)
    assert compared.interval[1] < 0
    assert sample.signals["order-cycle-time", SOUTH, ()].variation == "normal"


def test_a_change_without_effect_is_not_told_from_noise(sample):
    reminder = sample.effects[SOUTH, "due-date-reminder"][0]
    assert (reminder.effect.verdict, reminder.balance) == ("unclear", "no-clear-change")


def test_faster_releases_are_named_a_gain_at_the_cost_of_defects(sample):
    days = sample.effects[RELEASE, "fast-lane"][0]
    assert (days.effect.verdict, days.balance, days.cost) == (
        "improved", "gain-at-a-cost", ("release-defect-rate",),
    )  # fmt: skip


def test_internal_satisfaction_is_called_normal(sample):
    signals = sample.signals["internal-satisfaction", RELEASE, ()]
    assert signals.variation == "normal"
    assert {point.mark for point in signals.points} == {"none"}
    assert sample.clues[RELEASE] == ()


def test_other_regions_do_not_improve(sample):
    for region in ("south", "north"):
        signals = sample.signals["order-cycle-time", None, (("region", region),)]
        assert signals.variation == "normal"


def test_far_values_of_a_lasting_shift_do_not_hide_it(sample):
    """A region's figure moves with its pilot: its first months are far, and yet no single accidents."""
    assert sample.signals["order-cycle-time", None, (("region", "east"),)].variation == "improvement"


def test_a_change_of_definition_is_not_taken_for_an_effect(sample):
    coverage = sample.effects[EAST, "urgent-orders"][0]
    assert (coverage.outcome, coverage.effect.why_not and coverage.effect.why_not.why) == (None, "break")
    segments = sample.signals["automatic-dispatch-coverage", EAST, ()].segments
    periods = [point.point.period for point in sample.series["automatic-dispatch-coverage", EAST, ()].points]
    assert [str(periods[segment.first]) for segment in segments] == ["2024-07", "2025-08", "2026-04"]


# The export


def test_the_export_carries_the_limits_of_the_published_case(tmp_path):
    series = exported(tmp_path, SCREENED)
    point = series["points"][4]
    # The published lower limit is -0.716; a count is never below none, so what is told ends there.
    assert (point["centre"], point["lower"], point["upper"]) == pytest.approx((1.944, 0, 4.604), abs=5e-4)
    assert (point["mark"], point["mark_side"]) == ("outside", "high")
    assert series["points"][0]["segment"] == 1
    assert (series["variation"], series["limits"]) == ("normal", "full")


def test_the_export_carries_the_limits_of_a_and_e(tmp_path):
    series = exported(tmp_path, a_and_e())
    point = series["points"][-1]
    assert (point["centre"], point["lower"], point["upper"]) == pytest.approx(
        (0.884706, 0.860447, 0.908964), abs=5e-7
    )
    # Never above .91 in 36 months, but each month follows the one before: nobody knows how the next ones go.
    assert series["cautions"] == ["together", "season"]
    assert (series["assurance"], series["chance"]) == (None, None)
    assert series["why_not"]["assurance"].startswith("the values hang together")
    assert (series["run_rules"]["longest_limit"], series["run_rules"]["crossings_limit"]) == (8, 13)


def test_a_break_starts_a_segment_and_short_ones_say_why(tmp_path):
    broken = '{date: 2017-11-01, change: definition, breaks_series: true, text: "x"}'
    series = exported(tmp_path, [1.0, 2, 1, 2, 1, 2, 1, 2, 1, 2, 5, 6], history=broken)
    first, last = series["points"][0], series["points"][-1]
    assert (first["segment"], last["segment"]) == (1, 2)
    assert first["centre"] == 1.5
    assert (last["centre"], last["mark"]) == (None, None)
    assert last["why_not"]["centre"] == "the segment has fewer than 6 values"
    assert series["variation"] is None
    assert series["why_not"]["variation"] == "the segment has fewer than 6 values"


def nulls(value: object, where: str = ""):
    """Keys that are null without a reason beside them."""
    if isinstance(value, dict):
        reasons = value.get("why_not", {})
        for key, inner in value.items():
            if inner is None and "why_not" in value and key not in reasons:
                yield f"{where}.{key}"
            yield from nulls(inner, f"{where}.{key}")
    elif isinstance(value, list):
        for inner in value:
            yield from nulls(inner, where)


def test_every_null_of_limits_and_effects_has_its_reason(sample):
    told = json.loads(export_json(sample))
    given = {
        "numerator", "denominator", "n", "target", "floor", "stretch", "mark_side", "pause", "gate",
        "pilot", "limits",
        "baseline", "interval", "parts", "growth", "waiting", "limit_values",
    }  # fmt: skip
    found = {where for part in (told["series"], told["pilots"]) for where in nulls(part)}
    assert {where for where in found if where.rpartition(".")[2] not in given} == set()


def test_the_whole_is_a_new_phase_where_a_pilot_was_changed(sample: Figures) -> None:
    """By the change's month; changes that keep the limits, those of other indicators, parts of the whole and
    pilots' own series are none of it. No chart of the whole is marked all over. A change that began no phase
    is named as lying within, of the whole alone."""
    pilots, calendar = sample.catalogue.pilots, sample.catalogue.handbook.calendar

    def begun(indicator: str) -> list[tuple[str, str | None]]:
        own = sample.series[indicator, None, ()].series
        marks = sample.signals[indicator, None, ()].marks
        starts = segment_starts(own, marks)
        told = {str(mark.period): mark.pilot for mark in marks}
        return [(period, told[period]) for start in starts[1:] if (period := str(own.points[start].period))]

    assert begun("order-cycle-time") == [("2025-05", EAST)]
    assert begun("first-pass-yield") == [("2025-05", EAST)]
    assert begun("release-defect-rate") == [("2025-09", "requirement-release")]
    assert begun("collection-on-time") == []
    assert len(sample.signals["order-cycle-time", None, (("region", "east"),)].segments) == 1
    for name in ("order-cycle-time", "release-defect-rate", "requirement-lead-time"):
        points = sample.signals[name, None, ()].points
        assert not mostly_marked(points), name
    within = {}
    for key, own in sample.signals.items():
        series, measured = sample.series[key].series, sample.catalogue.indicators[key[0]]
        assert changes_within(series, measured, pilots.values(), calendar, own.marks) == (), key
        if found := changes_within(series, measured, pilots.values(), calendar, ()):
            within[key] = [(one.id, change.id) for one, change in found]
    assert within["order-cycle-time", None, ()] == [(EAST, "merge-approvals")]
    assert ("collection-on-time", None, ()) not in within
    assert {key[1:] for key in within} == {(None, ())}


EIGHTEEN = [Period("month", 2025 + n // 12, n % 12 + 1) for n in range(18)]


@pytest.mark.parametrize(
    ("days", "starts"),
    [
        (("2025-06-30",), (0,)),  # five values before
        (("2025-07-01",), (0, 6)),
        (("2026-01-31",), (0, 12)),  # six values from January on
        (("2026-02-01",), (0,)),
        (("2025-07-01", "2025-12-31"), (0, 6)),  # the second five values after the first
        (("2025-07-01", "2026-01-01"), (0, 6, 12)),
        (("2025-03-01", "2025-07-01"), (0, 6)),
    ],
)
def test_a_phase_of_the_whole_has_six_values_on_either_side(
    days: tuple[str, ...], starts: tuple[int, ...]
) -> None:
    """Worked by hand on the eighteen months from January 2025: a change counts from the month it falls in."""
    calendar = Calendar(1)
    points = tuple(SeriesPoint(period=month, value=1.0) for month in EIGHTEEN)
    series = Series("lead", None, (), "month", points)
    marks = [
        SeriesMark(day, calendar.of(day, "month"), "change", True, None, "east")
        for day in map(date.fromisoformat, days)
    ]
    assert segment_starts(series, marks) == starts


def test_as_of_a_past_period_the_room_is_counted_up_to_then() -> None:
    """The change of July 2025 has five values after it as of November, and six as of December."""
    series = Series("lead", None, (), "month", tuple(SeriesPoint(month, 1.0) for month in EIGHTEEN))
    change = SeriesMark(date(2025, 7, 1), Period("month", 2025, 7), "change", True, None, "east")
    assert [segment_starts(series, [change], end) for end in (6, 11, 12, None)] == [
        (0,),
        (0,),
        (0, 6),
        (0, 6),
    ]


def test_the_whole_of_rare_events_is_no_new_phase(sample: Figures) -> None:
    """Six months may hold not one pause between events, on which its limits rest; nor is it said that six
    values are too few."""
    calendar, pilots = sample.catalogue.handbook.calendar, [sample.catalogue.pilots[EAST]]
    months = [Period("month", 2024 + n // 12, n % 12 + 1) for n in range(30)]
    events = tuple(SeriesPoint(period=month, value=float(n in (3, 20))) for n, month in enumerate(months))
    series = Series("order-cycle-time", None, (), "month", events)
    often = indicator(id="order-cycle-time", unit="件", rollup="sum")
    assert [str(mark.period) for mark in phase_marks(series, often, pilots, calendar)] == ["2025-05"]
    rare = indicator(id="order-cycle-time", unit="件", rollup="sum", chart="rare")
    assert phase_marks(series, rare, pilots, calendar) == ()
    assert changes_within(series, rare, pilots, calendar, ()) == ()
