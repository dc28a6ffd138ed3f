"""Where results come from: the last runs of collecting, and what was restated since it was told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.model.period import Period
from generator.model.restatement import CollectRun, latest
from generator.present.links import Links, Ref
from generator.present.page import Page, SearchEntry
from generator.present.page_context import PageContext
from generator.present.parts.restated import RestatedLine, restated_line
from generator.present.text.format import Format

PATH = "collected.md"
SHOWN_RUNS = 60
"""The newest lines of the log that the page tells; the file has them all."""


@dataclass(frozen=True, slots=True)
class CollectedRow:
    """One indicator in one run."""

    when: str
    ref: Ref
    source: str
    outcome: str
    well: bool
    periods: tuple[str, ...]
    rows: str
    n: str
    seconds: str
    changes: str


@dataclass(frozen=True, slots=True)
class CollectedContext:
    """What the page's template is given."""

    summary: str
    runs: tuple[CollectedRow, ...]
    restated: tuple[RestatedLine, ...]


def pages(ctx: PageContext) -> Iterator[Page]:
    """The one page of collecting; none where nothing was collected."""
    catalogue, form = ctx.figures.catalogue, ctx.format
    if not catalogue.runs:
        return
    links = ctx.links(PATH)
    named = {source.id: form.text(source.name) for source in catalogue.handbook.sources if source.name}
    runs = tuple(
        _row(form, run, named.get(run.source, run.source), links)
        for run in reversed(catalogue.runs[-SHOWN_RUNS:])
    )
    restated = tuple(restated_line(ctx, one, links) for one in latest(catalogue.restated))
    number = len({run.indicator for run in catalogue.runs})
    summary = form.words.count("collected.summary", number, date=form.date(catalogue.runs[-1].day))
    title = form.words("chapters.collected")
    page = ctx.page(
        "library/collected",
        PATH,
        title,
        CollectedContext(summary, runs, restated),
        search=SearchEntry(title, summary),
        description=summary,
        order=-4,
    )
    yield ctx.in_chapter(page, "indicators")


def _row(form: Format, run: CollectRun, source: str, links: Links) -> CollectedRow:
    words = form.words
    changes = [
        words.count(f"collected.change.{name}", count)
        for name, count in (("new", run.new), ("restated", run.restated), ("gone", run.gone))
        if count
    ]
    return CollectedRow(
        when=form.date(run.day) + (f" {run.when[11:16]} UTC" if len(run.when) > 10 else ""),
        ref=links.indicator(run.indicator),
        source=source,
        outcome=words(f"collected.outcome.{run.outcome}"),
        well=run.outcome in ("written", "unchanged"),
        periods=tuple(form.period(Period.parse(end)) for end in run.periods.split("/") if end),
        rows=form.number(run.rows),
        n="" if run.n is None else form.number(run.n),
        seconds=form.number(run.seconds, 2),
        changes=form.join(changes) or words("collected.change.none"),
    )
