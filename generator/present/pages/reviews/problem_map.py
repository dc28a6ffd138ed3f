"""The process map of a pilot on a review's page: the steps where the problems sit are outlined and numbered.

The same drawing as on the page of the process, without ranks and time ruler, so that only the problems stand
out; indicators show how they stood at the time, as the pilot measured them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from generator.compute.processes.process_figures import ProcessFigures
from generator.compute.series.assessed import AssessedSeries
from generator.model.period import Period
from generator.model.pilot import Pilot
from generator.model.process import Process, ProcessMap, Step
from generator.present.desk import PageContext
from generator.present.links import Links, path_of
from generator.present.maps.drawing import HEAD
from generator.present.maps.paper import Paper, on_paper
from generator.present.parts.process_map import FITS, MapMaker

Pins = Mapping[str, tuple[int, ...]]
"""Step -> numbers of the problems that sit there."""


@dataclass(frozen=True, slots=True)
class FocusMap:
    """One map with the problems' steps outlined."""

    title: str
    rows: bool
    """Lanes run as rows: the heads stand at the left."""
    fits: bool
    """It fits a wide screen without scrolling."""
    paper: Paper
    heads: Markup
    drawing: Markup
    slices: tuple[Markup, ...]
    """The drawing once more for paper, in parts where it is too long for a sheet."""


def focus_maps(
    desk: PageContext, then: PageContext, pilot: Pilot, period: Period, pins: Pins
) -> tuple[FocusMap, ...]:
    """The maps that hold the numbered steps: one where one holds them all; none without steps on a map.

    `then` is the desk as of the review's period, whose figures the indicators show.
    """
    process = desk.figures.catalogue.processes.get(pilot.process or "")
    if process is None or not pins:
        return ()
    links = desk.links("reviews/any.md")
    figures = desk.figures.processes[process.id]
    made = []
    for name, drawn, steps in maps_of(process, tuple(pins), period, desk):
        own = {step: pins[step] for step in steps}
        made.append(_FocusMaker(then, process, links, figures, name, drawn, pilot, own).focus())
    return tuple(made)


def maps_of(
    process: Process, steps: Sequence[str], period: Period, desk: PageContext
) -> tuple[tuple[str, ProcessMap, tuple[str, ...]], ...]:
    """(name, map, steps of it) that together hold as many of the steps as can be found.

    The map that was in force in the period goes first; a map that holds all of them goes before two that
    share them.
    """
    calendar = desk.figures.catalogue.handbook.calendar
    end = calendar.end(period)
    in_force = sorted(
        process.maps.drawn,
        key=lambda one: (one[1].since is None or calendar.start(one[1].since) <= end, one[0] == "to_be"),
        reverse=True,
    )
    held = [(name, drawn, _held(drawn, steps)) for name, drawn in in_force]
    whole = next((one for one in held if len(one[2]) == len(set(steps))), None)
    if whole is not None:
        return (whole,)
    made, left = [], set(steps)
    for name, drawn, found in held:
        new = tuple(step for step in found if step in left)
        if new:
            made.append((name, drawn, new))
            left -= set(new)
    return tuple(made)


def _held(drawn: ProcessMap, steps: Sequence[str]) -> tuple[str, ...]:
    known = {step.id for step in drawn.steps}
    return tuple(step for step in steps if step in known)


class _FocusMaker(MapMaker):
    """Makes a map on the page of a review."""

    ranked = False

    def __init__(
        self,
        desk: PageContext,
        process: Process,
        links: Links,
        figures: ProcessFigures,
        name: str,
        drawn: ProcessMap,
        pilot: Pilot,
        pins: Pins,
    ) -> None:
        super().__init__(desk, process, links, figures, name, drawn)
        self.pilot, self.pins = pilot, pins
        self.change = None  # what the new map did to a step is told on the page of the process

    def focus(self) -> FocusMap:
        """The view."""
        diagram = self.placed()
        drawn, paper = self.drawn_map(diagram, {}, 0, self.pins), on_paper(diagram, HEAD)
        piece, name = self.desk.templates.piece, f"review-{self.name}"
        said = self.words(
            "reviews.map_description", names=self.form.join([self.names[step] for step in self.pins])
        )
        return FocusMap(
            self.title,
            drawn.rows,
            drawn.width <= FITS,
            paper,
            Markup(piece("drawings/map_heads.svg.jinja", map=drawn)),
            Markup(
                piece(
                    "drawings/process_map.svg.jinja",
                    map=drawn,
                    name=name,
                    title=self.title,
                    description=said,
                )
            ),
            tuple(
                Markup(piece("drawings/map_slice.svg.jinja", map=drawn, part=part, name=name))
                for part in paper.slices
            ),
        )

    def address(self, step: Step) -> str:
        if step.id in self.pins:
            return f"#problem-{self.pins[step.id][0]}"
        return self.links.to(path_of("process", self.process.id), f"{self.name}-{step.id}")

    def series(self, indicator: str) -> AssessedSeries | None:
        return self.desk.figures.series.get((indicator, self.pilot.id, ()))

    def label(self, step: Step, ranks: Mapping[str, int]) -> str:
        said = super().label(step, ranks)
        if step.id not in self.pins:
            return said
        numbers = self.form.join([str(number) for number in self.pins[step.id]])
        return self.words("punctuation.clause").join((self.words("reviews.pinned", numbers=numbers), said))
