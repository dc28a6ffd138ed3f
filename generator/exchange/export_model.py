"""Series, processes, pilots and changes in the form of `handbook export json` (see `export_whole`)."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from generator.compute.effects.before_after import ComparisonGuard
from generator.compute.effects.claim import Balance, ReservationKind, Strength
from generator.compute.effects.effect import EffectVerdict
from generator.compute.effects.guardrail import GuardResult, MarginFrom
from generator.compute.insight.standing import ChartDoubt
from generator.compute.series.assurance import Assurance
from generator.compute.series.attainment import Status
from generator.compute.series.charted import ChartCaution, ChartKind, Variation
from generator.compute.series.packed_points import along
from generator.compute.series.signals import Signals
from generator.compute.series.spc import Side, SpecialCause
from generator.compute.series.tones import Tone
from generator.compute.series.values import Series
from generator.exchange.export_part import ExportPart, PeriodText, SettledNumber
from generator.exchange.export_pilots import (
    ByChanceOut,
    ClueOut,
    PackItemOut,
    PeopleOut,
    PeriodScoreOut,
    RoadOut,
    StandingsOut,
    TallyOut,
    UnsureOut,
    VerdictOut,
)
from generator.exchange.export_points import AssessedOut
from generator.model.period import Frequency
from generator.model.result import ResultStatus


class PointOut(AssessedOut):
    """One period of a series with its place on the control chart."""

    segment: int | None
    """Number of the control chart's segment, from 1."""
    centre: SettledNumber | None
    """The segment's mean; of a ratio with denominators, the pooled ratio."""
    lower: SettledNumber | None
    """The lower control limit, no lower than what is possible; with denominators, each point's own."""
    upper: SettledNumber | None
    """The upper control limit, no higher than what is possible."""
    mark: SpecialCause | None
    """The rule that makes the point a signal; null where the segment has no limits."""
    mark_side: Side | None = None
    """Above or below the centre, for a trend its direction; null where there is no mark."""
    pause: SettledNumber | None = None
    """On a chart of rare events: periods since the event before."""


class RunRulesPart(ExportPart):
    """The run chart's two figures with their limits, for the newest segment."""

    longest: int
    """The longest run on one side of the median."""
    longest_limit: int
    """A longer run is a signal."""
    crossings: int
    """How often the line crosses the median."""
    crossings_limit: int
    """Fewer crossings are a signal."""


class ToldOut(ExportPart):
    """What was said of the newest value at the end of a long review period, from the values up to then."""

    review: str
    """The long review period, e.g. 2026-Q1."""
    period: str
    """The period of the value."""
    limits: Literal["trial", "full"] | None
    """null: the chart had no limits yet."""
    mark: SpecialCause
    variation: Variation | None
    """As it was told then; null without limits."""
    now: Variation | None
    """What today's chart says of the same value."""


def told_out(series: Series, signals: Signals) -> list[ToldOut]:
    """What its chart said at the end of each long review period."""
    periods = along(series.points, "period")
    return [
        ToldOut(
            review=str(one.review),
            period=str(periods[one.place]),
            limits=one.basis if one.basis in ("trial", "full") else None,
            mark=one.mark,
            variation=one.variation,
            now=one.now,
        )
        for one in signals.told
    ]


class ChanceOut(ExportPart):
    """How many of the coming periods will meet the target, as a share of 0–1, while nothing changes."""

    share: SettledNumber
    """Of a value that is normal around the centre, by Student's t."""
    low: SettledNumber
    """The lower end of the 95% interval."""
    high: SettledNumber
    """Its upper end."""
    cases: SettledNumber | None
    """How many cases a coming period is taken to have; null where limits do not depend on it."""


class StandingOut(ExportPart):
    """How a series stands now: what is told of its newest value, and how sure that is."""

    period: PeriodText | None
    """Of the newest value; null without any."""
    value: SettledNumber | None
    status: Status
    tone: Tone | None
    """Of the status; normal also where its value is not final. null, as what rests on it, where an edition
    may not see how firm the value is."""
    firmness: ResultStatus | None
    """As of a point."""
    parts: tuple[int, int] | None
    """As of a point."""
    doubts: list[Literal["provisional", "estimate", "incomplete"]] | None
    """Why the value is not final: it may still change, is an estimate, parts of its period are missing."""
    variation: Variation | None
    """What the control chart says of it."""
    signal: Strength | None
    """How strong the signal is: without doubts, with at least one, no signal."""
    signal_tone: Tone | None
    """Of a firm signal; of any other one normal."""
    signal_doubts: list[ChartDoubt]
    """Why the chart's signal is less sure, beside the doubts of the value: trial limits, and the chart's
    cautions."""
    why_not: dict[str, str] = Field(default_factory=dict)


class SeriesOut(ExportPart):
    """One indicator, one pilot or the whole organisation, one cell of the dimensions."""

    id: str
    """Indicator, @pilot and ;dimension=member in one, e.g. order-lead-time@north;region=east."""
    indicator: str
    pilot: str | None
    """null is the whole organisation."""
    dimensions: dict[str, str]
    """The cell, e.g. {"region": "east"}; a dimension that is left out means all of it."""
    frequency: Frequency
    baseline: SettledNumber | None
    """What progress counts from."""
    points: list[PointOut]
    standing: StandingOut
    """How it stands now."""
    tone: Tone | None
    """Of its page: by a sure signal, else by the firm claim of the newest change with a verdict."""
    variation: Variation | None
    """Of the newest value; high and low where the indicator has no direction."""
    assurance: Assurance | None
    """The whole interval of `chance` at or above .9, at or below .1, or neither."""
    chance: ChanceOut | None
    """Where limits are full and the newest value is no signal."""
    chart: ChartKind | None
    """Of the newest value's segment. single: every value counts the same (XmR); cases: limits by each value's
    denominator (Laney's p′); rare: the periods between events (g chart), in which limits are told."""
    cautions: list[ChartCaution]
    """Why its signals are less sure: neighbouring periods hang together, the same seasons resemble each
    other, a ratio's results lack denominators."""
    autocorrelation: SettledNumber | None
    """From one period to the next, in the newest value's segment."""
    expected_false: SettledNumber
    """How often such a chart shows a signal at its newest value though nothing changed, 0–1."""
    limits: Literal["trial", "full"] | None
    """What the newest segment's limits rest on: trial is 6–11 points or fewer than 5 moving ranges."""
    limit_values: int | None
    """How many values the newest value's limits are made from."""
    run_rules: RunRulesPart | None
    told: list[ToldOut]
    """What the chart said at the end of each long review period, oldest first, beside what it says today."""
    why_not: dict[str, str] = Field(default_factory=dict)


class HalfOut(ExportPart):
    """One side of a change."""

    n: int
    """Number of values."""
    mean: float | None
    """Of a ratio Σnumerators / Σdenominators × factor."""
    not_final: int
    """Values that are estimates or provisional."""
    missing: int
    """Periods without a value."""


class ComparisonOut(ExportPart):
    """The same window in pilots that did not change."""

    pilots: list[str]
    difference: float
    """Their mean change over the periods that all have."""
    net: float
    """The difference beyond theirs, from the series of own value less the mean of theirs."""
    interval: tuple[float, float]
    """98 % interval of `net`."""
    p: float


class MeasuredOut(ExportPart):
    """An indicator before and after a change."""

    indicator: str
    before: HalfOut
    after: HalfOut
    difference: float | None
    percent: float | None
    interval: tuple[float, float] | None
    """Of the difference: 98 %; of a guardrail 95 %."""
    p: float | None
    """Of a guardrail: adjusted over the guardrails (Holm)."""


class MarginOut(ExportPart):
    """The worsening of a guardrail that would be too much."""

    value: float
    source: MarginFrom
    """Given in the data · half the way from target to floor · one standard deviation before."""


class GuardrailOut(MeasuredOut):
    """A guardrail over the same window."""

    result: GuardResult
    margin: MarginOut | None
    at_least: float | None
    """Of a harmed one: the worsening that is certain."""
    rules_out: float | None
    """A worsening of this much or more is ruled out."""
    worse: bool
    """A worsening is certain; held is then what stays within the margin."""
    better: bool
    why_not: dict[str, str] = Field(default_factory=dict)


class LookOut(ExportPart):
    """Which of the fixed looks a verdict is of."""

    periods: int
    """6, 12 or 24 periods after the change."""
    until: str
    """The last of them."""
    next: int | None
    """The next look; null after the last one, or where the window has ended."""
    due: str | None
    """The period with whose value the next look can be taken."""


class ReservationOut(ExportPart):
    """One thing to know before believing a claim."""

    id: str
    """Its kind."""
    kind: ReservationKind
    doubt: bool
    """Whether it makes the claim doubtful; else it is a note."""
    count: int
    of: int
    names: list[str]
    """Pilots, changes or guardrails."""


class WaitingOut(ExportPart):
    """What stands in the way of a verdict, in periods."""

    have: int
    needed: int


class EffectOut(MeasuredOut):
    """What can be said of a change in an indicator, guardrails held against it."""

    change_ids: list[str]
    """The changes that are judged together, by date."""
    verdict: EffectVerdict | None
    """Of the test alone; unclear: not to be told from normal variation; null: no look yet."""
    strength: Strength
    """What may be claimed: none without a look, or where before and after cannot be told apart."""
    balance: Balance | None
    tone: Tone | None
    reservations: list[ReservationOut]
    look: LookOut | None
    so_far: HalfOut | None
    """All periods after the change, where there are more than at the look."""
    weighed: bool
    """Whether the periods weigh by their denominators."""
    guard: ComparisonGuard | None
    """disagrees: the series was moving before the change."""
    preliminary: bool
    """A verdict on fewer than 6 values before the change."""
    comparison: ComparisonOut | None
    waiting: WaitingOut | None
    """Without a verdict: how many periods there are and how many are needed."""
    guardrails: list[GuardrailOut]
    why_not: dict[str, str] = Field(default_factory=dict)


class ChangeOut(ExportPart):
    """A change of a pilot's process with its measured effects."""

    id: str
    date: str
    effects: list[EffectOut]
    why_not: dict[str, str] = Field(default_factory=dict)


class PilotOut(ExportPart):
    """A pilot's result in the review period `as_of`."""

    id: str
    name: dict[str, str]
    score: float | None
    coverage: float | None
    """Share of the pack's weight that has a score, 0–1; null where it is withheld."""
    gate: Literal["passed", "not-passed", "open"] | None
    """null: the pack has no gate, or it is withheld; open: a gate has no figure yet."""
    withheld_weight: float
    """Share of the pack's weight that is not for the edition, 0–1."""
    changes: list[ChangeOut]
    tally: TallyOut | None
    """null where a part of the pack is not for the edition."""
    unsure: UnsureOut | None
    """null where a part of the pack is not for the edition."""
    verdict: VerdictOut
    """Good or bad, and why."""
    pack: list[PackItemOut]
    bullets: StandingsOut | None
    """Over the indicators whose attainment can be told."""
    by_chance: ByChanceOut | None
    """null where the edition lists a part of the packs."""
    history: list[PeriodScoreOut]
    """The score of every long review period so far."""
    roadmap: RoadOut
    people: PeopleOut
    training: list[dict[str, Any]]
    """As in its file, as are the tools."""
    tools: list[dict[str, Any]]
    clues: list[ClueOut]
    """Which indicators of the pack move before which."""
    why_not: dict[str, str] = Field(default_factory=dict)
