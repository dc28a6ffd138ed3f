"""The process index: what each process is for, who is in it, and how its chain stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from generator.present.links import Ref, path_of
from generator.present.page import Page, SearchEntry
from generator.present.page_context import PageContext
from generator.present.parts.edition import counted
from generator.present.parts.record import owner_text


@dataclass(frozen=True, slots=True)
class ProcessRow:
    """One process of the index."""

    ref: Ref
    purpose: Markup
    stages: tuple[str, ...]
    size: str
    owner: str
    pilots: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class ProcessesContext:
    """What the index's template is given."""

    summary: str
    processes: tuple[ProcessRow, ...]


def pages(ctx: PageContext) -> Iterator[Page]:
    """The one index page."""
    form, words = ctx.format, ctx.format.words
    path = path_of("process", "index")
    links = ctx.links(path)
    catalogue = ctx.figures.catalogue
    rows = tuple(
        ProcessRow(
            links.process(process.id),
            form.inline(process.purpose),
            tuple(form.text(stage.name) for stage in process.stages),
            words(
                "processes.size",
                lanes=len(process.lanes),
                steps=max((len(drawn.steps) for _, drawn in process.maps.drawn), default=0),
            ),
            owner_text(ctx.figures, form, process.owner),
            tuple(
                links.pilot(pilot.id) for pilot in catalogue.pilots.values() if pilot.process == process.id
            ),
        )
        for process in catalogue.processes.values()
    )
    summary = counted(form, "processes.summary", rows, ctx.figures.whole.catalogue.processes)
    title = words("chapters.processes")
    context = ProcessesContext(summary, rows)
    yield ctx.page(
        "processes/index",
        path,
        title,
        context,
        search=SearchEntry(title, summary),
        description=summary,
        order=-1,
    )
