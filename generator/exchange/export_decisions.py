"""What needs a decision now, in the export."""

from __future__ import annotations

from generator.compute.figures import Figures
from generator.compute.insight.decisions import Decision, DecisionKind, decisions_of
from generator.compute.series.tones import Tone
from generator.exchange.export_part import ExportPart


class DecisionOut(ExportPart):
    """One thing to be settled."""

    id: str
    """kind~pilot, or kind~goal; of a change also ~changes~indicator."""
    kind: DecisionKind
    """A gate is not passed · a change harmed a guardrail · actions or steps are overdue · a goal's indicators
    miss for long · signals that were not there at the last review."""
    tone: Tone
    pilot: str | None
    """null of a goal."""
    goal: str | None
    """null of all but goals."""
    indicators: list[str]
    """Gates that are not passed, guardrails that were harmed, indicators with new signals or that miss."""
    changes: list[str]
    """The changes that a guardrail paid for."""
    actions: int
    """Actions that are overdue."""
    steps: int
    """Steps of the roadmap that are overdue."""
    longest: int
    """Days by which the oldest of these is late."""


def decisions_out(figures: Figures) -> list[DecisionOut]:
    """All of them, the gravest kind first."""
    return [_decision(found) for found in decisions_of(figures)]


def _decision(found: Decision) -> DecisionOut:
    return DecisionOut(
        id=found.name,
        kind=found.kind,
        tone=found.tone,
        pilot=found.pilot,
        goal=found.goal.goal if found.goal else None,
        indicators=list(found.about),
        changes=list(found.claim.changes) if found.claim else [],
        actions=len(found.actions),
        steps=len(found.steps),
        longest=found.longest,
    )
