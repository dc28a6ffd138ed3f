"""The picture of a process map on a page: the map's geometry with what the page adds to its shapes.

A page says what it adds as data (`MapNotes`); the words for screen readers and the drawing are made here, the
same way for the page of a process and for a review.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from markupsafe import Markup

from generator.compute.insight.standing import standing_of
from generator.compute.processes.measured_steps import MapMeasured, StepMeasured
from generator.compute.series.assessed import AssessedSeries
from generator.model.catalogue import Catalogue
from generator.model.process import Process, ProcessMap, Step
from generator.present.links import Links
from generator.present.maps.drawing import HEAD, ChipLook, Decoration, Timed, draw_map
from generator.present.maps.geometry import Geometry
from generator.present.maps.paper import Paper, on_paper
from generator.present.maps.wording import symptom_text
from generator.present.templates import Templates
from generator.present.text.format import Format
from generator.present.text.value_text import status_text, value_text

FITS = 1190.0
"""Pixels that a wide screen has for a map."""


@dataclass(frozen=True, slots=True)
class MapOnPage:
    """A map of a process, laid out, and the page that it is to stand on."""

    process: Process
    name: str
    """as_is or to_be."""
    drawn: ProcessMap
    geometry: Geometry
    catalogue: Catalogue
    form: Format
    links: Links

    @property
    def anchor(self) -> str:
        """Its name as ids on pages have it."""
        return self.name.replace("_", "-")

    @property
    def title(self) -> str:
        """Its process, and whether it is today's map or the new one."""
        which = self.form.words(f"sections.processes.process.{self.name}")
        return self.form.words("map.title", process=self.form.text(self.process.name), map=which)

    @property
    def indicators(self) -> frozenset[str]:
        """All that its steps name."""
        return frozenset(indicator for step in self.drawn.steps for indicator in step.indicators)


@dataclass(frozen=True, slots=True)
class MapNotes:
    """What a page adds to a map; it takes no room in the layout."""

    name: str
    """Begins the ids of the drawing."""
    description: str
    """What the drawing shows, in words."""
    addresses: Mapping[str, str]
    """Where the shape of a step leads."""
    series: Mapping[str, AssessedSeries | None]
    """The series whose newest value an indicator shows."""
    ranks: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    """Of the steps that are blockages, by who says so: `people` or `computed`."""
    pins: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    """Numbers of the problems that sit at a step."""
    times: Mapping[str, Timed] = field(default_factory=dict)
    """What the time ruler shows of a step; empty: there is no ruler."""
    scale: float = 0
    """Hours that fill the time ruler."""
    measured: MapMeasured | None = None
    """What the log says of the map."""
    ranks_measured: bool = False
    """The computed ranks rest on it."""

    @property
    def flows(self) -> Mapping[tuple[str, str], float]:
        """How often a case goes along a link, where the log tells."""
        return self.measured.flows if self.measured is not None else {}

    def of_log(self, step: str) -> StepMeasured | None:
        """What the log says of a step."""
        return self.measured.steps.get(step) if self.measured is not None else None


@dataclass(frozen=True, slots=True)
class MapPicture:
    """A drawn map."""

    title: str
    rows: bool
    """Lanes run as rows: the heads stand at the left."""
    fits: bool
    """It fits a wide screen without scrolling."""
    paper: Paper
    heads: Markup
    drawing: Markup
    ruler: Markup
    slices: tuple[Markup, ...]
    """The drawing once more for paper, in parts where it is too long for a sheet."""


def map_picture(templates: Templates, map_: MapOnPage, notes: MapNotes) -> MapPicture:
    """Draw a map with what the page adds."""
    geometry = map_.geometry
    drawn = draw_map(geometry, _decorations(map_, notes), notes.times, notes.scale, notes.flows)
    # On a process's page the second map begins a sheet; a review's map stands among other things.
    second = map_.name == "to_be" and len(map_.process.maps.drawn) > 1 and not notes.pins
    paper = on_paper(geometry.diagram, HEAD, alone=second)

    def piece(template: str, **more: object) -> Markup:
        return Markup(templates.piece(f"drawings/{template}.svg.jinja", map=drawn, name=notes.name, **more))

    return MapPicture(
        title=map_.title,
        rows=drawn.rows,
        fits=drawn.width + drawn.ruler_width <= FITS,
        paper=paper,
        heads=piece("map_heads"),
        drawing=piece("process_map", title=map_.title, description=notes.description),
        ruler=piece("map_ruler") if drawn.ruler_width else Markup(""),
        slices=tuple(piece("map_slice", part=part) for part in paper.slices),
    )


def _decorations(map_: MapOnPage, notes: MapNotes) -> dict[str, Decoration]:
    """What stands on each shape besides its words, by step."""
    return {
        step.id: Decoration(
            _sentence(map_, step, words.badges, notes),
            notes.addresses.get(step.id, ""),
            tuple(_chip(map_, indicator, notes.series[indicator]) for indicator in step.indicators),
            notes.ranks.get(step.id, {}),
            notes.pins.get(step.id, ()),
            heat=log.heat if (log := notes.of_log(step.id)) is not None else 0,
        )
        for step, words in zip(map_.drawn.steps, map_.geometry.words.steps, strict=True)
    }


def _chip(map_: MapOnPage, indicator: str, series: AssessedSeries | None) -> ChipLook:
    ref, form = map_.links.indicator(indicator), map_.form
    point = series.last if series else None
    if point is None:
        return ChipLook("no-data", ref.href, form.words("map.chip_none", name=ref.title))
    label = form.words(
        "map.chip",
        name=ref.title,
        value=value_text(form, point, map_.catalogue.indicators[indicator]),
        status=form.words.inside(status_text(form, point)),
        period=form.period(point.point.period),
    )
    return ChipLook(standing_of(point).shown, ref.href, label)


def _sentence(map_: MapOnPage, step: Step, badges: tuple[str, ...], notes: MapNotes) -> str:
    """Problems, name, who, kind, times, trouble: everything the picture says about a step."""
    form, words = map_.form, map_.form.words
    kind = step.gateway or step.event or step.kind
    lane = next((known for known in map_.process.lanes if known.id == step.lane), None)
    parts = []
    if step.id in notes.pins:
        numbers = form.listed([str(number) for number in notes.pins[step.id]])
        parts.append(words("reviews.pinned", numbers=numbers))
    parts += [form.step(step), form.text(lane.name) if lane else ""]
    if step.owner:
        parts.append(form.text(step.owner.role))
    parts.append(words.inside(words(f"map.kind.{kind}")) if kind and step.name else "")
    for name, span in (("touch", step.touch), ("wait", step.wait)):
        parts.append(words(f"map.say.{name}", time=form.duration(span.mean)) if span else "")
    if not step.measured and (step.touch or step.wait):
        parts.append(words("map.estimated"))
    parts += _log(map_, notes.of_log(step.id))
    if step.tool:
        parts.append(form.text(step.tool.name))
    if step.automation != "none":
        parts.append(words(f"map.automation.{step.automation}"))
    parts += [
        symptom_text(form, one) if one.text else words.inside(symptom_text(form, one))
        for one in step.symptoms
    ]
    for source, rank in notes.ranks.get(step.id, {}).items():
        by = "measured" if source == "computed" and notes.ranks_measured else source
        parts.append(words(f"map.rank.{by}", n=rank))
    parts += map(words.inside, badges)
    return words("punctuation.clause").join(part for part in parts if part)


def _log(map_: MapOnPage, step: StepMeasured | None) -> list[str]:
    """What the log says of a step's times."""
    if step is None:
        return []
    form, day = map_.form, map_.process.time.hours_per_day
    times = (("touch", step.found.touch), ("wait", step.found.wait), ("both", step.found.total))
    return [
        form.words(f"map.say_log.{name}", time=form.hours(time.median, day), n=form.number(time.n))
        for name, time in times
        if time is not None
    ]
