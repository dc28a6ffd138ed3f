"""The three pillars in the export: what is under way for each, and what is missing."""

from __future__ import annotations

from generator.compute.figures import Figures
from generator.compute.insight.actions import ActionState
from generator.compute.insight.diagnosis import Scored
from generator.compute.insight.names import joined
from generator.compute.insight.pillars import Lack, PillarState, pillars_of
from generator.exchange.export_part import ExportPart
from generator.model.diagnosis import Bottleneck
from generator.model.pillar import Pillar


class MissingOut(ExportPart):
    """One thing that is missing."""

    id: str
    """kind~place."""
    kind: Lack
    """goal: no indicator in use supports it · key-result: it names no indicator · key-step: no time or
    quality indicator measures it · tool: it names no indicator · training: none before it goes live ·
    coaching: no note in the period's reviews · overdue: an action past its day."""
    place: list[str | int]
    """Ids, and 0-based places in lists, from the outside in: ["lead-to-cash", "sign-off"]."""


class PillarToolOut(ExportPart):
    """A tool of a pilot that runs."""

    id: str
    """pilot~place, the 0-based one in the pilot's file."""
    live: bool


class PillarStateOut(ExportPart):
    """One pillar at the end of the period."""

    id: Pillar
    scores: dict[str, float]
    """By newest diagnosis (unit~date), 0–1, where at least half of its questions were answered."""
    steps: dict[str, int]
    """Pilot → number of the roadmap's step it is at."""
    bottlenecks: list[str]
    """unit~date~place in the newest diagnosis of each unit."""
    actions: list[str]
    """review~action, those under way."""
    tools: list[PillarToolOut]
    missing: list[MissingOut]


def pillars_out(figures: Figures) -> list[PillarStateOut]:
    """The three pillars, in order."""
    return [_pillar(state) for state in pillars_of(figures).states]


def _pillar(state: PillarState) -> PillarStateOut:
    return PillarStateOut(
        id=state.pillar,
        scores={_diagnosis(item): value for item, value in state.scores},
        steps={pilot: step.step.number for pilot, step in state.steps},
        bottlenecks=[_bottleneck(*bottleneck) for bottleneck in state.bottlenecks],
        actions=[_action(task) for task in state.actions],
        tools=[PillarToolOut(id=joined(tool.pilot, str(tool.place)), live=tool.live) for tool in state.tools],
        missing=[
            MissingOut(id=joined(lack.kind, *map(str, lack.place)), kind=lack.kind, place=list(lack.place))
            for lack in state.missing
        ],
    )


def _diagnosis(scored: Scored) -> str:
    return joined(scored.diagnosis.unit, scored.diagnosis.date.isoformat())


def _bottleneck(scored: Scored, bottleneck: Bottleneck) -> str:
    place = next(n for n, each in enumerate(scored.diagnosis.bottlenecks) if each is bottleneck)
    return joined(_diagnosis(scored), str(place))


def _action(task: ActionState) -> str:
    return joined(task.review.id, task.action.id)
