"""The process map of a pilot on a review's page: the steps where the problems sit are outlined and numbered.

The map is cut to these steps and those just before and after each; the whole one stands on the page of the
process. It has neither ranks nor a time ruler, so that only the problems stand out; indicators show how they
stood at the time, as the pilot measured them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from generator.model.period import Period
from generator.model.pilot import Pilot
from generator.model.process import Process, ProcessMap
from generator.present.links import path_of
from generator.present.maps.geometry import map_laid_out
from generator.present.page_context import PageContext
from generator.present.parts.map_picture import MapNotes, MapOnPage, MapPicture, map_picture

Pins = Mapping[str, tuple[int, ...]]
"""Step -> numbers of the problems that sit there."""


def focus_maps(
    ctx: PageContext, then: PageContext, pilot: Pilot, period: Period, pins: Pins
) -> tuple[MapPicture, ...]:
    """The maps that hold the numbered steps: one where one holds them all; none without steps on a map.

    `then` is the page context as of the review's period, whose figures the indicators show.
    """
    process = ctx.figures.catalogue.processes.get(pilot.process or "")
    if process is None or not pins:
        return ()
    catalogue, form = then.figures.catalogue, then.format
    made = []
    for name, whole, steps in maps_of(process, tuple(pins), period, ctx):
        drawn = cut_out(whole, steps)
        crossed = {step.lane for step in drawn.steps}
        part = process.model_copy(
            update={"lanes": tuple(lane for lane in process.lanes if lane.id in crossed)}
        )
        # What the new map did to a step is told on the page of the process.
        geometry = map_laid_out(part, drawn, catalogue.indicators, form)
        map_ = MapOnPage(
            process=part,
            name=name,
            drawn=drawn,
            geometry=geometry,
            catalogue=catalogue,
            form=form,
            links=ctx.links("reviews/any.md"),
        )
        own = {step: pins[step] for step in steps}
        made.append(map_picture(then.templates, map_, _notes(then, map_, pilot, own)))
    return tuple(made)


def maps_of(
    process: Process, steps: Sequence[str], period: Period, ctx: PageContext
) -> tuple[tuple[str, ProcessMap, tuple[str, ...]], ...]:
    """(name, map, steps of it) that together hold as many of the steps as can be found.

    The map that was in force in the period goes first; a map that holds all of them goes before two that
    share them.
    """
    calendar = ctx.figures.catalogue.handbook.calendar
    end = calendar.end(period)
    in_force = sorted(
        process.maps.drawn,
        key=lambda item: (item[1].since is None or calendar.start(item[1].since) <= end, item[0] == "to_be"),
        reverse=True,
    )
    held = [(name, drawn, _held(drawn, steps)) for name, drawn in in_force]
    whole = next((item for item in held if len(item[2]) == len(set(steps))), None)
    if whole is not None:
        return (whole,)
    made, left = [], set(steps)
    for name, drawn, found in held:
        new = tuple(step for step in found if step in left)
        if new:
            made.append((name, drawn, new))
            left -= set(new)
    return tuple(made)


def cut_out(drawn: ProcessMap, steps: Sequence[str]) -> ProcessMap:
    """The part of a map that holds some steps and those one link before and after them, in reading order."""
    near = set(steps)
    for step in drawn.steps:
        following = {link.to for link in step.next}
        if step.id in steps:
            near |= following
        elif following & set(steps):
            near.add(step.id)
    return drawn.model_copy(update={"steps": tuple(step for step in drawn.steps if step.id in near)})


def _held(drawn: ProcessMap, steps: Sequence[str]) -> tuple[str, ...]:
    known = {step.id for step in drawn.steps}
    return tuple(step for step in steps if step in known)


def _notes(then: PageContext, map_: MapOnPage, pilot: Pilot, pins: Pins) -> MapNotes:
    """What a review adds: numbers of its problems, and indicators as the pilot measured them at the time."""
    form, page = then.format, path_of("process", map_.process.id)
    names = {step.id: form.step(step) for step in map_.drawn.steps}
    return MapNotes(
        f"review-{map_.anchor}",
        form.words("reviews.map_description", names=form.listed([names[step] for step in pins])),
        {
            step.id: f"#problem-{pins[step.id][0]}"
            if step.id in pins
            else map_.links.to(page, f"{map_.anchor}-{step.id}")
            for step in map_.drawn.steps
        },
        {indicator: then.figures.series.get((indicator, pilot.id, ())) for indicator in map_.indicators},
        pins=pins,
    )
