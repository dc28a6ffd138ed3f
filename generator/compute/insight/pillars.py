"""What is under way for each of the three pillars, and what is missing there.

Steps, bottlenecks, actions and tools say which pillar they work on. What is missing is read from the whole
catalogue, so that nothing seems to be missing that an edition may only not see.
Source: the computations page, section 12.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from generator.compute.figures import Figures
from generator.compute.insight.actions import ActionState, tasks_of, today_of
from generator.compute.insight.cascade import strategy_gaps
from generator.compute.insight.chronic import supporters
from generator.compute.insight.diagnosis import Scored, ways_of
from generator.compute.insight.quarter import runs_in
from generator.compute.insight.remedies import map_in_force
from generator.compute.insight.roadmap_state import StepState, road_of
from generator.compute.seen import hides_reviews
from generator.model.catalogue import Catalogue
from generator.model.diagnosis import Bottleneck
from generator.model.period import Period
from generator.model.pillar import PILLARS, Pillar
from generator.model.pilot import Pilot

Lack = Literal["goal", "key-result", "key-step", "tool", "training", "coaching", "overdue"]
"""direction: a goal without an indicator in use · a key result that names none · drive: a key step without a
time or quality indicator · a tool without one that shows its effect · support: a tool that goes live before
people are trained · a running pilot without a coaching note in the review period · an overdue action."""

PILLAR_OF: dict[Lack, Pillar] = {
    "goal": "direction",
    "key-result": "direction",
    "key-step": "drive",
    "tool": "drive",
    "training": "support",
    "coaching": "support",
    "overdue": "support",
}


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that is missing, and where: ids, and places in lists, from the outside in."""

    kind: Lack
    place: tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class PillarTool:
    """A tool of a pilot; `live` whether it is in use at the end of the period."""

    pilot: str
    place: int
    live: bool


@dataclass(frozen=True, slots=True)
class PillarState:
    """What is under way for a pillar, and what is missing."""

    pillar: Pillar
    scores: tuple[tuple[Scored, float], ...]
    """The pillar's score in the newest diagnosis of each unit, where it is placed; 0–1."""
    steps: tuple[tuple[str, StepState], ...]
    """(pilot, the step in hand) of the pilots that run."""
    bottlenecks: tuple[tuple[Scored, Bottleneck], ...]
    """Of the newest diagnosis of each unit."""
    actions: tuple[ActionState, ...]
    """Those under way, by due date."""
    tools: tuple[PillarTool, ...]
    missing: tuple[Missing, ...]


@dataclass(frozen=True, slots=True)
class Pillars:
    """The three together, with what names no pillar."""

    states: tuple[PillarState, ...]
    loose_actions: tuple[ActionState, ...]
    loose_bottlenecks: tuple[tuple[Scored, Bottleneck], ...]


def pillars_of(figures: Figures) -> Pillars:
    """The three pillars of an edition at the end of its period.

    Asked anew by every page and language; it costs little.
    """
    catalogue = figures.catalogue
    newest = [way[-1] for way in ways_of(catalogue)]
    blocked = [(item, bottleneck) for item in newest for bottleneck in item.diagnosis.bottlenecks]
    running = [pilot for pilot in catalogue.pilots.values() if _runs(pilot, figures)]
    in_hand = [
        (pilot.id, state) for pilot in running if (state := road_of(figures, pilot).current) is not None
    ]
    under_way = [
        task
        for task in tasks_of(catalogue, today_of(figures.as_of, catalogue.handbook.calendar))
        if task.open
    ]
    missing = tuple(_missing(figures))
    states = tuple(
        PillarState(
            pillar=pillar,
            scores=tuple(
                (item, part.value)
                for item in newest
                for name, part in item.pillars
                if name == pillar and part.placed and part.value is not None
            ),
            steps=tuple((pilot, state) for pilot, state in in_hand if state.step.pillar == pillar),
            bottlenecks=tuple(
                (item, bottleneck) for item, bottleneck in blocked if bottleneck.pillar == pillar
            ),
            actions=tuple(task for task in under_way if task.action.pillar == pillar),
            tools=tuple(tool for pilot in running for tool in _tools(pilot, pillar, figures)),
            missing=tuple(lack for lack in missing if PILLAR_OF[lack.kind] == pillar),
        )
        for pillar in PILLARS
    )
    return Pillars(
        states,
        tuple(task for task in under_way if task.action.pillar is None),
        tuple((item, bottleneck) for item, bottleneck in blocked if bottleneck.pillar is None),
    )


def _runs(pilot: Pilot, figures: Figures) -> bool:
    calendar = figures.catalogue.handbook.calendar
    return figures.as_of is not None and runs_in(pilot, figures.as_of, calendar)


def _tools(pilot: Pilot, pillar: Pillar, figures: Figures) -> Iterator[PillarTool]:
    today = today_of(figures.as_of, figures.catalogue.handbook.calendar)
    for place, tool in enumerate(pilot.tools):
        if tool.pillar == pillar:
            yield PillarTool(
                pilot.id, place, tool.live is not None and today is not None and tool.live <= today
            )


def _missing(figures: Figures) -> Iterator[Missing]:
    """What is missing in the whole catalogue and may be told in this edition."""
    seen = figures.catalogue
    if seen.strategy is not None:
        for goal in seen.strategy.goals:
            if not goal.dropped and not supporters(figures.whole, goal.id):
                yield Missing("goal", (goal.id,))
        for gap in strategy_gaps(figures):
            if gap.kind == "key-result-indicator":
                yield Missing("key-result", gap.place)
    for process in seen.processes.values():
        yield from (
            Missing("key-step", (process.id, step)) for step in _bare_steps(figures.whole, process.id)
        )
    for pilot in seen.pilots.values():
        if _runs(pilot, figures):
            yield from _of_pilot(pilot, figures)
    for task in tasks_of(seen, today_of(figures.as_of, seen.handbook.calendar)):
        if task.overdue:
            yield Missing("overdue", (task.review.id, task.action.id))


def _bare_steps(whole: Figures, process: str) -> Iterator[str]:
    """Key steps of the map in force that no indicator in use measures in time or quality."""
    indicators = whole.catalogue.indicators
    found = map_in_force(whole, whole.catalogue.processes[process])
    for step in found[1].steps if found else ():
        own = (indicators[name] for name in step.indicators if name in indicators)
        if step.key and not any(indicator.watches_steps for indicator in own):
            yield step.id


def _of_pilot(pilot: Pilot, figures: Figures) -> Iterator[Missing]:
    every = figures.whole.catalogue.pilots[pilot.id]
    for place, tool in enumerate(every.tools):
        if place < len(pilot.tools) and not tool.indicators:
            yield Missing("tool", (pilot.id, place))
    for live in road_of(figures, pilot).before_live:
        if live.untrained:
            yield Missing("training", (pilot.id, live.tool))
    # A hidden review may have a note: that it has none, or was held then, is not told.
    if figures.as_of is None or hides_reviews(figures, pilot.id):
        return
    if not _coached(pilot.id, figures.as_of, figures.whole.catalogue):
        yield Missing("coaching", (pilot.id,))


def _coached(pilot: str, period: Period, catalogue: Catalogue) -> bool:
    """Whether a review of the pilot held in the period, or the long one about it, has a coaching note."""
    calendar = catalogue.handbook.calendar
    return any(
        review.coaching
        for review in catalogue.reviews.values()
        if review.pilot == pilot
        and (review.period == period or calendar.start(period) <= review.date <= calendar.end(period))
    )
