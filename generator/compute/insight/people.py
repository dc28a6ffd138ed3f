"""The people side of the pilots: what is paid for and at whose cost, who was trained before what went live.

A training counts for a step when it names the step or no step at all, and for a day when it was held on or
before it; a session still to come has trained nobody. A step went live on the first day of a change or a tool
that touches it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, get_args

from generator.compute.figures import Figures, PilotFigures
from generator.compute.insight.chronic import REACHED
from generator.compute.insight.standing import ValueDoubt, value_doubts
from generator.compute.score import Gate
from generator.compute.series import tones
from generator.compute.series.assessed import AssessedPoint
from generator.compute.series.attainment import Status
from generator.compute.series.tones import Tone, tone_in
from generator.model.exact import counted
from generator.model.pilot import Pilot, Trainee, Training

Pay = Literal["gate", "bonus"]
PayCaution = Literal["bare", "closed", "guard-missed", "person"]
"""bare: a bonus without a guardrail · closed: a bonus in a pack whose gate is not passed · guard-missed: a
bonus that is reached while a guardrail is missed · person: a bonus on a single person's figure."""
Timing = Literal["before", "after", "never"]
AUDIENCES: tuple[Trainee, ...] = get_args(Trainee)


@dataclass(frozen=True, slots=True)
class GuardrailStatus:
    """A guardrail with its status in the pilot; in the organisation where the pilot has no figures of it."""

    indicator: str
    status: Status
    doubts: tuple[ValueDoubt, ...] = ()
    """Why its value is not final."""


PayOutcome = Literal[
    "gate-passed",
    "gate-missed",
    "paid",
    "short",
    "gate-shut",
    "gate-open",
    "guard-missed",
    "unknown",
]
"""What comes of it. One rule everywhere: while a gate is missed, nothing of the whole pack is paid; a bonus
is paid on target, provided the gate is passed and none of its own guardrails is missed. gate-open: the gate
has no figure yet, so nothing is paid; unknown: no figure, or no target."""


@dataclass(frozen=True, slots=True)
class PayRule:
    """An indicator of a pack that a gate or a bonus hangs on."""

    indicator: str
    kind: Pay
    status: Status
    guards: tuple[GuardrailStatus, ...]
    cautions: tuple[PayCaution, ...]
    outcome: PayOutcome | None
    """None where it is withheld."""
    doubts: tuple[ValueDoubt, ...] = ()
    """Why its value is not final."""

    @property
    def tone(self) -> Tone:
        """Of what comes of it; nothing that hangs on a value which is not final is good or bad yet."""
        soft = self.doubts or any(guard.doubts for guard in self.guards)
        return "normal" if soft else tone_in(tones.PAY, self.outcome)


def outcome_of(
    kind: Pay, status: Status, gate: Gate | None, guards: Iterable[GuardrailStatus]
) -> PayOutcome | None:
    """What comes of an indicator that a gate or a bonus hangs on, in the review period."""
    if status in ("no-data", "no-target"):
        return "unknown"
    if kind == "gate":
        return "gate-missed" if status == "missed" else "gate-passed"
    if gate == "not-passed":
        return "gate-shut"
    if gate == "withheld":
        return None
    if status not in REACHED:
        return "short"
    if gate == "open":
        return "gate-open"
    return "guard-missed" if any(guard.status == "missed" for guard in guards) else "paid"


@dataclass(frozen=True, slots=True)
class Attendance:
    """The sessions for one audience: heads over those that say both figures, each held session counted."""

    audience: Trainee
    held: int
    planned: int
    invited: int
    attended: int

    @property
    def share(self) -> float | None:
        """Attended over invited, 0–1; None where no session says both."""
        return self.attended / self.invited if self.invited else None


@dataclass(frozen=True, slots=True)
class StepCover:
    """A step of the process that a pilot changed or gave a tool: who was trained for it, and when."""

    step: str
    live: date
    """The first day of a change or a tool at it; later than today where it is still to come."""
    changes: tuple[str, ...]
    tools: tuple[int, ...]
    """Places in the pilot's list."""
    trained: tuple[tuple[Trainee, Timing, date | None], ...]
    """For every audience whether its first training came before or after; None: never."""

    def lacks(self) -> tuple[Trainee, ...]:
        """Audiences without training on or before the day."""
        return tuple(audience for audience, timing, _ in self.trained if timing != "before")


@dataclass(frozen=True, slots=True)
class Session:
    """A training session against what went live."""

    training: Training
    live: date | None
    """The next day on which one of its steps goes live; else the last such day before it."""

    @property
    def days_before(self) -> int | None:
        """Days from the session to that day; below 0: the session came after it."""
        return (self.live - self.training.date).days if self.live else None


@dataclass(frozen=True, slots=True)
class PilotPeople:
    """All of it for one pilot."""

    pilot: str
    pay: tuple[PayRule, ...]
    gate: Gate | None
    """passed, not-passed, open (no figure yet), or None without a gate."""
    attendance: tuple[Attendance, ...]
    sessions: tuple[Session, ...]
    cover: tuple[StepCover, ...]
    """By the process's order of steps."""
    untouched: int
    """Steps of work of the map in force that neither a change nor a tool touches."""
    blind_tools: tuple[int, ...]
    """Tools that no indicator shows."""


def people_of(pilot: Pilot, figures: Figures) -> PilotPeople:
    """The people side of one pilot at the end of the review period; nothing of it is judged by a part.

    Asked anew by every page and language; it costs little.
    """
    if figures.everything is None:
        return _people(pilot, figures)
    return _seen(_people(figures.whole.catalogue.pilots[pilot.id], figures.whole), pilot, figures)


def _seen(whole: PilotPeople, pilot: Pilot, figures: Figures) -> PilotPeople:
    """What an edition may see of it; steps go with the process, and a gate may be withheld."""
    catalogue = figures.catalogue
    gate = figures.pilots[pilot.id].score.gate
    sees_steps = pilot.process == figures.whole.catalogue.pilots[pilot.id].process
    trainings = sorted(pilot.training, key=lambda item: item.date)
    return replace(
        whole,
        pay=tuple(
            _seen_pay(item, gate, pilot.id, figures)
            for item in whole.pay
            if item.indicator in catalogue.indicators
        ),
        gate=gate,
        sessions=tuple(
            replace(session, training=training)
            for session, training in zip(whole.sessions, trainings, strict=True)
        ),
        cover=whole.cover if sees_steps else (),
        untouched=whole.untouched if sees_steps else 0,
    )


def _seen_pay(rule: PayRule, gate: Gate | None, pilot: str, figures: Figures) -> PayRule:
    """Guardrails that are not seen are not named; a caution on them is left out, an outcome withheld."""
    own = figures.pilots[pilot]

    def doubts(indicator: str) -> tuple[ValueDoubt, ...]:
        point = _point(indicator, pilot, own, figures)
        return value_doubts(point) if point else ()

    guards = tuple(
        replace(guard, doubts=doubts(guard.indicator))
        for guard in rule.guards
        if guard.indicator in figures.catalogue.indicators
    )
    told = {
        "guard-missed": any(guard.status == "missed" for guard in guards),
        "closed": gate == "not-passed",
    }
    outcome = outcome_of(rule.kind, rule.status, gate, guards)
    if outcome == "paid" and len(guards) < len(rule.guards):
        outcome = None
    cautions = tuple(caution for caution in rule.cautions if told.get(caution, True))
    return replace(rule, guards=guards, cautions=cautions, outcome=outcome, doubts=doubts(rule.indicator))


def _people(pilot: Pilot, figures: Figures) -> PilotPeople:
    calendar = figures.catalogue.handbook.calendar
    today = calendar.end(figures.as_of) if figures.as_of else None
    cover, untouched = _cover(pilot, figures, today)
    return PilotPeople(
        pilot=pilot.id,
        pay=tuple(_pay(pilot, figures)),
        gate=figures.pilots[pilot.id].score.gate,
        attendance=tuple(_attendance(pilot.training, audience, today) for audience in AUDIENCES),
        sessions=tuple(_session(item, cover) for item in sorted(pilot.training, key=lambda item: item.date)),
        cover=cover,
        untouched=untouched,
        blind_tools=tuple(place for place, tool in enumerate(pilot.tools) if not tool.indicators),
    )


def _pay(pilot: Pilot, figures: Figures) -> Iterable[PayRule]:
    indicators = figures.catalogue.indicators
    own = figures.pilots[pilot.id]
    for item, figure in zip(pilot.pack, own.pack, strict=True):
        indicator = indicators[item.indicator]
        kind = item.incentive or indicator.incentive
        if kind not in ("gate", "bonus"):
            continue
        point = figure.review
        status: Status = point.status if point else "no-data"
        guards = tuple(
            _guard(name, _point(name, pilot.id, own, figures))
            for name in indicator.guarded_by
            if indicators[name].in_use
        )
        cautions: list[PayCaution] = []
        if kind == "bonus":
            if not guards:
                cautions.append("bare")
            if indicator.level == "individual":
                cautions.append("person")
            if status in REACHED and any(guard.status == "missed" for guard in guards):
                cautions.append("guard-missed")
            if own.score.gate == "not-passed":
                cautions.append("closed")
        outcome = outcome_of(kind, status, own.score.gate, guards)
        doubts = value_doubts(point) if point else ()
        yield PayRule(
            indicator=item.indicator,
            kind=kind,
            status=status,
            guards=guards,
            cautions=tuple(cautions),
            outcome=outcome,
            doubts=doubts,
        )


def _guard(indicator: str, point: AssessedPoint | None) -> GuardrailStatus:
    return (
        GuardrailStatus(indicator, point.status, value_doubts(point))
        if point
        else GuardrailStatus(indicator, "no-data")
    )


def _point(indicator: str, pilot: str, own: PilotFigures, figures: Figures) -> AssessedPoint | None:
    """In the review period where it is in the pack; else the newest value of pilot or organisation."""
    for figure in own.pack:
        if figure.indicator == indicator:
            return figure.review
    for key in ((indicator, pilot, ()), (indicator, None, ())):
        series = figures.series.get(key)
        if series is not None and series.last is not None:
            return series.last
    return None


def _attendance(training: Iterable[Training], audience: Trainee, today: date | None) -> Attendance:
    own = [session for session in training if session.audience == audience]
    held = [session for session in own if today is None or session.date <= today]
    told = [
        (session.invited, session.attended)
        for session in held
        if session.invited is not None and session.attended is not None
    ]
    return Attendance(
        audience,
        len(held),
        len(own) - len(held),
        counted(invited for invited, _ in told),
        counted(attended for _, attended in told),
    )


def _session(training: Training, cover: Iterable[StepCover]) -> Session:
    days = sorted({item.live for item in cover if not training.steps or item.step in training.steps})
    after = [day for day in days if day >= training.date]
    return Session(training, after[0] if after else days[-1] if days else None)


def _cover(pilot: Pilot, figures: Figures, today: date | None) -> tuple[tuple[StepCover, ...], int]:
    """The touched steps in the order of the newest map, and how many of its steps are untouched."""
    process = figures.catalogue.processes.get(pilot.process or "")
    drawn = process.maps.drawn[-1:] if process else ()
    order = [step.id for _, shape in drawn for step in shape.steps]
    touched: dict[str, list[date]] = {}
    for steps, day in (
        *((change.steps, change.date) for change in pilot.changes),
        *((tool.steps, tool.live) for tool in pilot.tools if tool.live is not None),
    ):
        for step in steps:
            if drawn and step not in order:
                continue  # what the new map does without needs no training
            touched.setdefault(step, []).append(day)
    found = tuple(
        StepCover(
            step,
            min(touched[step]),
            tuple(change.id for change in pilot.changes if step in change.steps),
            tuple(place for place, tool in enumerate(pilot.tools) if step in tool.steps),
            tuple(
                (audience, *trained(pilot.training, step, audience, min(touched[step]), today))
                for audience in AUDIENCES
            ),
        )
        for step in sorted(touched, key=lambda name: order.index(name) if order else 0)
    )
    work = [step.id for _, shape in drawn for step in shape.steps if not step.gateway and not step.event]
    return found, sum(step not in touched for step in work)


def trained(
    training: Iterable[Training], step: str, audience: Trainee, live: date, today: date | None
) -> tuple[Timing, date | None]:
    """When an audience was first trained for a step, held against the day the step went live.

    What is planned for a step that is still to go live counts as before; a session that is still to come
    trained nobody for a step that is live already.
    """
    days = sorted(
        session.date
        for session in training
        if session.audience == audience
        and (not session.steps or step in session.steps)
        and (today is None or session.date <= today or live > today)
    )
    if not days:
        return "never", None
    return ("before", days[0]) if days[0] <= live else ("after", days[0])
