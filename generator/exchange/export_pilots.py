"""A pilot's pack in the export: how each indicator stands, how many stand how, its score over the periods,
where it is on the roadmap and who was trained."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Literal

from pydantic import Field

from generator.compute.figures import Figures, PilotFigures
from generator.compute.insight.claims import pilot_claim
from generator.compute.insight.names import joined
from generator.compute.insight.people import PayRule, people_of
from generator.compute.insight.quarter import tally_of
from generator.compute.insight.roadmap_state import Overdue, StepStatus, road_of
from generator.compute.insight.score_history import score_history
from generator.compute.insight.standings import bars_of, by_chance_of, pack_keys_of
from generator.compute.score import PackFigure
from generator.compute.series.lead_lag import Clue
from generator.compute.series.tones import Tone
from generator.exchange.export_part import ExportPart, PeriodText
from generator.exchange.export_points import WITHHELD, AssessedOut, assessed_out
from generator.model.pilot import Pilot


class TallyOut(ExportPart):
    """How many indicators of packs stand how."""

    total: int
    reached: int
    """Met or exceeded."""
    near: int
    missed: int
    unjudged: int
    """Without data or without a target."""


class StandingsOut(ExportPart):
    """Counts over points that were held against a target."""

    judged: int
    reached: int
    missed: int


class ByChanceOut(ExportPart):
    """False signals to be expected among some charts though nothing changed."""

    charts: int
    """Those with limits."""
    signals: float
    """At their newest values."""
    in_review: float
    """In the course of a long review period."""


class BarsOut(ExportPart):
    """What a point is held against, each as per cent of its target."""

    floor: float | None
    stretch: float | None
    previous: float | None
    """The value of the period before."""


class UnsureOut(ExportPart):
    """Indicators of a pack whose figures are not all there yet."""

    no_data: int
    partial: int
    """Told of an unfinished period, or with parts missing."""
    not_final: int
    """Estimates or provisional."""


class VerdictOut(ExportPart):
    """What the pages say first of a pilot."""

    tone: Tone | None
    """bad: a final value is missed, or the leading change did harm; good: the leading change is a firm gain,
    or every indicator is on target by final values of whole periods."""
    missed: list[str]
    """Indicators short of their floor, or of their target where there is none."""
    gates_missed: list[str]
    leading: str | None
    """The claim that is told first, of the heaviest indicator with a verdict: pilot~changes~indicator."""
    why_not: dict[str, str] = Field(default_factory=dict)


class PackItemOut(ExportPart):
    """One indicator of a pack as it stands in the review period."""

    indicator: str
    weight: float | None
    gate: bool
    review: AssessedOut | None
    """The point it is judged by: rolled up to the review period, or the newest one inside it."""
    bars: BarsOut | None
    why_not: dict[str, str] = Field(default_factory=dict)


class ScorePartOut(ExportPart):
    """What an indicator brings to a score."""

    indicator: str
    points: float


class PeriodScoreOut(ExportPart):
    """The score of one review period."""

    period: PeriodText
    score: float | None
    coverage: float | None
    gate: Literal["passed", "not-passed", "open"] | None
    parts: list[ScorePartOut]
    """They add up to the score."""


class StepStateOut(ExportPart):
    """The pilot at one step of the roadmap."""

    id: str
    number: int
    status: StepStatus
    due: date | None
    days: int | None
    """From its first to its last day, both counted; of a step under way up to today."""
    done: list[str]
    """Outputs that are there."""
    missing: list[str]
    overdue: Overdue | None
    since: date | None
    """The day from which it is overdue."""
    overdue_days: int
    missing_count: int


class ReviewDueOut(ExportPart):
    """The next review."""

    kind: Literal["short", "long"]
    period: PeriodText | None
    day: date
    late: bool


class RoadCountsOut(ExportPart):
    """How many steps stand how."""

    done: int
    started: int
    blocked: int
    of: int
    overdue: int
    lacking: int
    """Called done, while outputs are missing."""


class RoadOut(ExportPart):
    """How far a pilot is, and what comes next."""

    counts: RoadCountsOut
    current: str | None
    """The step in hand."""
    following: str | None
    steps: list[StepStateOut]
    reviews: list[ReviewDueOut]


class AttendanceOut(ExportPart):
    """The training sessions for one audience."""

    id: str
    """The audience."""
    held: int
    planned: int
    invited: int
    attended: int
    share: float | None
    """Attended over invited; null where no session says both."""


class GuardStateOut(ExportPart):
    """A guardrail of what is paid for."""

    indicator: str
    status: str


class PayOut(ExportPart):
    """An indicator that a gate or a bonus hangs on."""

    indicator: str
    kind: str
    status: str
    outcome: str | None
    """gate-passed, gate-missed; of a bonus paid (on target, gate passed, no guardrail missed), short,
    gate-shut, gate-open or guard-missed; unknown without a figure; null where it is withheld."""
    why_not: dict[str, str] = Field(default_factory=dict)
    guards: list[GuardStateOut]
    cautions: list[str]


class PeopleOut(ExportPart):
    """The people side of a pilot."""

    pay: list[PayOut]
    attendance: list[AttendanceOut]
    untouched: int
    """Steps of work that neither a change nor a tool touches."""
    blind_tools: list[int]
    """Places of tools that no indicator shows."""


class ClueOut(ExportPart):
    """One indicator that moves before or with another."""

    id: str
    leader: str
    follower: str
    lag: int
    """Periods; 0: together."""
    correlation: float
    p: float
    periods: int
    firm: bool


def clue_id(clue: Clue) -> str:
    """What a clue is called."""
    return f"{clue.leader}~{clue.follower}"


def clue_out(clue: Clue) -> ClueOut:
    """One clue."""
    return ClueOut(
        id=clue_id(clue),
        leader=clue.leader,
        follower=clue.follower,
        lag=clue.lag,
        correlation=clue.correlation,
        p=clue.p,
        periods=clue.periods,
        firm=clue.firm,
    )


def by_chance_out(figures: Figures, pilots: Iterable[str]) -> ByChanceOut:
    """Over the packs of some pilots."""
    keys = (key for pilot in pilots for key in pack_keys_of(figures, pilot))
    return ByChanceOut.model_validate(by_chance_of(figures, keys))


def unsure_out(figures: Figures, pilot: PilotFigures) -> UnsureOut | None:
    """What is not all there in a pack; None where a part of it, or how firm it is, is not for the edition."""
    if pilot.score.withheld or firmness_hidden(pilot.pack):
        return None
    return UnsureOut.model_validate(pilot_claim(figures, pilot))


def verdict_out(figures: Figures, pilot: PilotFigures) -> VerdictOut:
    """Good or bad as the pages colour it; None where a part of what it rests on is not for the edition."""
    told = pilot_claim(figures, pilot)
    guards = told.leading is not None and told.leading.guards_withheld
    hidden = firmness_hidden(pilot.pack) or bool(pilot.score.withheld) or told.leading_withheld or guards
    why_not = {"tone": WITHHELD} if hidden else {}
    if told.leading is None:
        why_not["leading"] = WITHHELD if told.leading_withheld else "no change has a verdict yet"
    return VerdictOut(
        tone=None if hidden else told.tone,
        missed=list(told.missed),
        gates_missed=list(told.gates_missed),
        leading=joined(pilot.pilot, *told.leading.changes, told.leading.indicator) if told.leading else None,
        why_not=why_not,
    )


def firmness_hidden(pack: Iterable[PackFigure]) -> bool:
    """Whether the edition may not see how firm a value of a pack is."""
    return any(item.review is not None and "firmness" in item.review.withheld for item in pack)


def tally_out(figures: Figures, pilot: str) -> TallyOut | None:
    """How many indicators of a pack stand how; None where a part of it is not for the edition."""
    seen, every = (tally_of(item.pilots[pilot].pack) for item in (figures, figures.whole))
    return TallyOut.model_validate(seen) if seen == every else None


def pack_item_out(figures: Figures, item: PackFigure) -> PackItemOut:
    """One indicator of a pack."""
    direction = figures.catalogue.indicators[item.indicator].direction
    hidden = item.review is not None and "target" in item.review.withheld
    baseline = item.series.baseline if item.series else None
    return PackItemOut(
        indicator=item.indicator,
        weight=item.weight,
        gate=item.gate,
        review=assessed_out(item.review, baseline) if item.review else None,
        bars=BarsOut.model_validate(bars_of(item.review, direction)) if item.review and not hidden else None,
        why_not={"bars": WITHHELD} if hidden else {},
    )


def history_out(figures: Figures, pilot: str) -> list[PeriodScoreOut]:
    """The pilot's score period by period; nothing where the edition may not see all of its pack."""
    if figures.pilots[pilot].score.withheld is not None:
        return []
    pack = figures.pilots[pilot].pack
    calendar = figures.catalogue.handbook.calendar
    return [
        PeriodScoreOut(
            period=str(item.period),
            score=item.score.value,
            coverage=item.score.coverage,
            gate=None if item.score.gate == "withheld" else item.score.gate,
            parts=[ScorePartOut(indicator=name, points=points) for name, points in item.parts],
        )
        for item in score_history(pilot, pack, figures.longer, figures.as_of, calendar)
    ]


def road_out(figures: Figures, pilot: Pilot) -> RoadOut:
    """The pilot's way along the roadmap."""
    road = road_of(figures, pilot)
    return RoadOut(
        counts=RoadCountsOut.model_validate(road.counts),
        current=road.current.step.id if road.current else None,
        following=road.following.step.id if road.following else None,
        steps=[
            StepStateOut(
                id=step.step.id,
                number=step.step.number,
                status=step.status,
                due=step.due,
                days=step.days,
                done=[output.output for output in step.done],
                missing=list(step.missing),
                overdue=step.overdue,
                since=step.since,
                overdue_days=step.overdue_days,
                missing_count=step.missing_count,
            )
            for step in road.steps
        ],
        reviews=[ReviewDueOut.model_validate(review) for review in road.reviews],
    )


def people_out(figures: Figures, pilot: Pilot) -> PeopleOut:
    """Pay, training and what nobody looks at."""
    people = people_of(pilot, figures)
    return PeopleOut(
        pay=[_pay_out(item) for item in people.pay],
        attendance=[
            AttendanceOut(
                id=item.audience,
                held=item.held,
                planned=item.planned,
                invited=item.invited,
                attended=item.attended,
                share=item.share,
            )
            for item in people.attendance
        ],
        untouched=people_of(figures.whole.catalogue.pilots[pilot.id], figures.whole).untouched,
        blind_tools=list(people.blind_tools),
    )


def _pay_out(rule: PayRule) -> PayOut:
    """What hangs on an indicator; an outcome that the edition may not tell says so."""
    made = PayOut.model_validate(rule)
    return made if rule.outcome else made.model_copy(update={"why_not": {"outcome": WITHHELD}})
