"""What workshops voted and sorted, set against what is computed.

Source: the computations page, section 8.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import fsum

from generator.compute.figures import Figures
from generator.compute.insight.remedies import map_in_force
from generator.model.catalogue import Catalogue
from generator.model.diagnosis import QUESTION_GROUPS
from generator.model.workshop import SortedIndicator, VotedBlockage, Workshop

SEVERAL = 2
"""So many votes make a blockage one of several people, and not of a single one."""


@dataclass(frozen=True, slots=True)
class VotedState:
    """A blockage with the place its step has among the computed ones, from 1; None: not among them, or it
    names no step."""

    blockage: VotedBlockage
    rank: int | None
    several: bool


@dataclass(frozen=True, slots=True)
class WorkshopState:
    """A workshop beside what is computed of its process."""

    workshop: Workshop
    voted: tuple[VotedState, ...]
    """Most votes first."""
    computed: tuple[str, ...]
    """The steps of the map in force that take most time, the worst first; at most three."""
    unseen: tuple[str, ...]
    """Those of them that nobody voted for; empty where nobody named a step."""
    groups: tuple[tuple[str, float], ...]
    """The mean self-score of each group of questions, on their scale."""


def workshops_of(figures: Figures) -> tuple[WorkshopState, ...]:
    """Every workshop of an edition, newest first."""
    made = sorted(figures.catalogue.workshops.values(), key=lambda one: (one.date, one.id), reverse=True)
    return tuple(_state(figures, workshop) for workshop in made)


def _state(figures: Figures, workshop: Workshop) -> WorkshopState:
    computed = _computed(figures, workshop.process)
    voted = tuple(
        VotedState(
            blockage,
            computed.index(blockage.step) + 1 if blockage.step in computed else None,
            blockage.votes >= SEVERAL,
        )
        for blockage in sorted(workshop.blockages, key=lambda blockage: -blockage.votes)
    )
    named = {blockage.step for blockage in workshop.blockages if blockage.step}
    unseen = tuple(step for step in computed if step not in named) if named else ()
    return WorkshopState(workshop, voted, computed, unseen, tuple(_groups(figures.catalogue, workshop)))


def _computed(figures: Figures, process: str | None) -> tuple[str, ...]:
    if process is None or process not in figures.processes:
        return ()
    found = map_in_force(figures, figures.catalogue.processes[process])
    return figures.processes[process].flows[found[0]].blockages if found else ()


def _groups(catalogue: Catalogue, workshop: Workshop) -> Iterator[tuple[str, float]]:
    questions = catalogue.questionnaire.questions if catalogue.questionnaire else ()
    for group in QUESTION_GROUPS:
        given = [
            workshop.scores[question.id]
            for question in questions
            if question.group == group and question.id in workshop.scores
        ]
        if given:
            yield group, fsum(given) / len(given)


def triage_of(catalogue: Catalogue, indicator: str) -> SortedIndicator | None:
    """How the newest workshop that sorted an indicator did so."""
    for workshop in sorted(catalogue.workshops.values(), key=lambda one: (one.date, one.id), reverse=True):
        for item in workshop.indicators:
            if item.indicator == indicator:
                return item
    return None
