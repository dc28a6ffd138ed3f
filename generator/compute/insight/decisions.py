"""What needs a decision now, over all pilots: what a manager has to settle, before anything else is read.

In this order: a gate that is not passed; a change that improved its indicator, or nothing, at the cost of a
guardrail; what is overdue; a goal whose indicators miss for long; signals that were not there at the last
review. Within a kind the pilots stand in the handbook's order. Everything is decided elsewhere and only
gathered here, as the edition sees it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from generator.compute.effects.claim import Claim
from generator.compute.figures import Figures
from generator.compute.insight.actions import ActionState, tasks_of, today_of
from generator.compute.insight.agenda import SignalNews, last_review, new_signals
from generator.compute.insight.chronic import GoalQuestion, goals_to_question
from generator.compute.insight.claims import pilot_claim, pilot_claims
from generator.compute.insight.quarter import runs_in
from generator.compute.insight.roadmap_state import StepState, road_of
from generator.compute.once import once
from generator.compute.past import figures_at
from generator.compute.series.tones import Tone
from generator.model.pilot import Pilot

DecisionKind = Literal["gate", "cost", "overdue", "goal", "signal"]


@dataclass(frozen=True, slots=True)
class Decision:
    """One thing to be settled; which fields say something hangs on the kind."""

    kind: DecisionKind
    pilot: str | None = None
    """None of a goal."""
    gates: tuple[str, ...] = ()
    """Those that are not passed."""
    claim: Claim | None = None
    """The change and what it cost."""
    steps: tuple[StepState, ...] = ()
    actions: tuple[ActionState, ...] = ()
    """What is overdue: steps of the roadmap, actions of reviews."""
    goal: GoalQuestion | None = None
    signals: tuple[SignalNews, ...] = ()
    tone: Tone = "bad"
    """good only of signals of which none is for the worse; normal of a question."""

    @property
    def name(self) -> str:
        """What identifies it."""
        about = self.goal.goal if self.goal else self.pilot
        change = f"~{'+'.join(self.claim.changes)}~{self.claim.indicator}" if self.claim else ""
        return f"{self.kind}~{about}{change}"

    @property
    def longest(self) -> int:
        """Days by which the oldest of what is overdue is late."""
        late = [*(step.overdue_days for step in self.steps), *(task.days_late for task in self.actions)]
        return max(late, default=0)

    @property
    def about(self) -> tuple[str, ...]:
        """The indicators that it is about."""
        if self.goal is not None:
            return tuple(indicator for indicator, _ in self.goal.chronic)
        if self.claim is not None:
            return self.claim.cost
        return self.gates or tuple(news.indicator for news in self.signals)


@once
def decisions_of(figures: Figures) -> tuple[Decision, ...]:
    """All of them, the gravest kind first."""
    if figures.as_of is None:
        return ()
    calendar = figures.catalogue.handbook.calendar
    running = [
        pilot for pilot in figures.catalogue.pilots.values() if runs_in(pilot, figures.as_of, calendar)
    ]
    return (
        *_gates(figures, running),
        *(found for pilot in running for found in _costs(figures, pilot)),
        *_overdue(figures, running),
        *(Decision("goal", goal=asked, tone="normal") for asked in goals_to_question(figures)),
        *(found for pilot in running for found in _signals(figures, pilot)),
    )


def _gates(figures: Figures, running: list[Pilot]) -> Iterator[Decision]:
    for pilot in running:
        told = pilot_claim(figures, figures.pilots[pilot.id])
        if told.gate == "not-passed":
            yield Decision("gate", pilot.id, told.gates_missed)


def _costs(figures: Figures, pilot: Pilot) -> Iterator[Decision]:
    """Changes with a harmed guardrail; one that made its indicator worse besides is told by its signal."""
    for claim in pilot_claims(figures, pilot.id):
        if claim.balance is not None and claim.cost:
            yield Decision("cost", pilot.id, claim=claim)


def _overdue(figures: Figures, running: list[Pilot]) -> Iterator[Decision]:
    late = _late_tasks(figures)
    for pilot in running:
        found = _overdue_of(figures, pilot, late)
        if found is not None:
            yield found


def overdue_of(figures: Figures, pilot: Pilot) -> Decision | None:
    """What is overdue of a pilot alone, as it stands among all decisions; None where nothing is."""
    calendar = figures.catalogue.handbook.calendar
    if figures.as_of is None or not runs_in(pilot, figures.as_of, calendar):
        return None
    return _overdue_of(figures, pilot, _late_tasks(figures))


def _late_tasks(figures: Figures) -> list[ActionState]:
    today = today_of(figures.as_of, figures.catalogue.handbook.calendar)
    return [task for task in tasks_of(figures.catalogue, today) if task.overdue]


def _overdue_of(figures: Figures, pilot: Pilot, late: list[ActionState]) -> Decision | None:
    steps = road_of(figures, pilot).overdue
    own = tuple(task for task in late if task.review.pilot == pilot.id)
    return Decision("overdue", pilot.id, steps=steps, actions=own) if steps or own else None


def _signals(figures: Figures, pilot: Pilot) -> Iterator[Decision]:
    last = last_review(figures, pilot.id)
    then = figures_at(figures, last.period) if last is not None else None
    found = tuple(new_signals(figures, then, pilot))
    if not found:
        return
    tones = {item.standing.signal_tone for item in found}
    tone: Tone = "bad" if "bad" in tones else "good" if tones == {"good"} else "normal"
    yield Decision("signal", pilot.id, signals=found, tone=tone)
