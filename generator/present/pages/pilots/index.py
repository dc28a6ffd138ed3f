"""The pilot index: one verdict a pilot, words before figures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.compute.insight.roadmap_state import road_state
from generator.present.links import Ref, path_of
from generator.present.page import Page, SearchEntry
from generator.present.page_context import PageContext
from generator.present.pages.pilots.people import PATH as PEOPLE
from generator.present.parts.chart import ChartView
from generator.present.parts.edition import counted
from generator.present.parts.overview import heat_pilots
from generator.present.parts.record import owner_text, unit_name
from generator.present.parts.verdict import Verdict, verdict


@dataclass(frozen=True, slots=True)
class PilotRow:
    """One pilot of the index."""

    verdict: Verdict
    process: Ref | None
    unit: str
    lead: str
    step: str
    indicators: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class PilotsContext:
    """What the index's template is given."""

    summary: str
    pilots: tuple[PilotRow, ...]
    heat: tuple[ChartView, ...]
    no_pilots: str
    """What stands where no pilot is told of."""
    people: Ref | None
    """The people side of the pilots."""


def pages(ctx: PageContext) -> Iterator[Page]:
    """The one index page."""
    form, words = ctx.format, ctx.format.words
    path = path_of("pilot", "index")
    links = ctx.links(path)
    rows = []
    for pilot in ctx.figures.catalogue.pilots.values():
        current = road_state(pilot, ctx.figures.catalogue, ctx.figures.as_of).current
        rows.append(
            PilotRow(
                verdict(ctx, pilot, ctx.figures.pilots[pilot.id], links),
                links.process(pilot.process) if pilot.process else None,
                unit_name(ctx.figures, form, pilot.unit),
                owner_text(ctx.figures, form, pilot.lead),
                links.roadmap_step(current.step.number).title if current else words("roadmap.all_done"),
                tuple(links.indicator(item.indicator) for item in pilot.pack),
            )
        )
    every = ctx.figures.whole.catalogue.pilots
    summary = counted(form, "pilots.summary", rows, every, "pilots", period=form.period(ctx.figures.as_of))
    none = words("home.no_pilots_shown" if every else "home.no_pilots")
    title = words("chapters.pilots")
    people = Ref(words("people.title"), links.to(PEOPLE)) if rows else None
    context = PilotsContext(summary, tuple(rows), tuple(heat_pilots(ctx)), none, people)
    yield ctx.page(
        "pilots/index",
        path,
        title,
        context,
        search=SearchEntry(title, summary),
        description=summary,
        order=-1,
    )
