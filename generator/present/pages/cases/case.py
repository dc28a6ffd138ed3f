"""The fact box of each case, lesson and policy; their text is hand-written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from markupsafe import Markup, escape

from generator.compute.figures import Figures
from generator.compute.insight.cases import near_cases, reviews_of
from generator.compute.insight.evidence import has_evidence
from generator.model.case import CaseHead
from generator.present.links import EVIDENCE, Links, Ref, path_of
from generator.present.page import Page, SearchEntry
from generator.present.page_context import PageContext
from generator.present.pages.cases.measured import (
    Behind,
    ProcessPart,
    Promised,
    behind,
    measured,
    process_part,
    promised,
    trends,
)
from generator.present.parts.effects import EffectView
from generator.present.parts.meetings import review_ref
from generator.present.parts.record import RecordRow
from generator.present.parts.trend import ControlChartView
from generator.present.text.format import Format

NEAR = 4
"""Other cases that a case leads to."""


@dataclass(frozen=True, slots=True)
class CaseContext:
    """What the fact box's template is given."""

    kind: str
    status: str
    status_label: str
    facts: tuple[RecordRow, ...]
    effects: tuple[EffectView, ...]
    no_effects: str
    part: ProcessPart | None
    promise: Promised | None
    charts: tuple[ControlChartView, ...]
    evidence: Behind | None
    evidence_page: Ref | None
    reviews: tuple[Ref, ...]
    near: tuple[Ref, ...]


def pages(ctx: PageContext) -> Iterator[Page]:
    """A fact box for each case."""
    cases = ctx.figures.catalogue.cases
    for order, (name, head) in enumerate(cases.items()):
        path = path_of("case", name)
        if not ctx.wants(path):
            continue
        own = _context(ctx, name, head, ctx.links(path))
        page = ctx.page(
            "cases/case", path, ctx.format.text(head.title), own, SearchEntry("", ""), order=order
        )
        # Found by its own text, which is hand-written, so it brings no entry of its own.
        yield replace(page, search=None)


def _context(ctx: PageContext, name: str, head: CaseHead, links: Links) -> CaseContext:
    words, catalogue = ctx.format.words, ctx.figures.catalogue
    effects, no_effects = measured(ctx, head, links)
    return CaseContext(
        kind=words(f"cases.kind.{head.kind}"),
        status=head.status,
        status_label=words(f"cases.status.{head.status}"),
        facts=facts_of(ctx.figures, ctx.format, head, links),
        effects=effects,
        no_effects=no_effects,
        part=process_part(ctx.figures, ctx.format, head, links),
        promise=promised(ctx.figures, ctx.format, head, links),
        charts=tuple(trends(ctx, head, links)),
        evidence=behind(ctx.figures, ctx.format, head, links),
        evidence_page=Ref(words("evidence.link"), links.to(EVIDENCE))
        if has_evidence(ctx.figures) and ctx.shows(EVIDENCE)
        else None,
        reviews=tuple(
            review_ref(ctx.figures, ctx.format, catalogue.reviews[review], links)
            for review in reviews_of(catalogue, name)
        ),
        near=tuple(links.case(other) for other in near_cases(catalogue, name)[:NEAR]),
    )


def facts_of(figures: Figures, form: Format, head: CaseHead, links: Links) -> tuple[RecordRow, ...]:
    """What the head of a case says: where, which change, since when, how far it has spread."""
    words = form.words
    catalogue = figures.catalogue
    pilot = catalogue.pilots.get(head.pilot or "")
    change = next((made for made in pilot.changes if made.id == head.change), None) if pilot else None
    numbers = {step.number for step in catalogue.roadmap.steps}
    rows = [
        RecordRow(words("table.pilot"), refs=(links.pilot(pilot.id),) if pilot else ()),
        RecordRow(
            words("filter.process"),
            refs=(links.process(head.process),) if head.process else (),
        ),
        RecordRow(
            words("table.indicators"), refs=tuple(links.indicator(indicator) for indicator in head.indicators)
        ),
        RecordRow(
            words("cases.steps"),
            refs=tuple(links.roadmap_step(number) for number in head.steps if number in numbers),
        ),
        RecordRow(
            words("cases.change"),
            Markup("{}{}{}").format(
                form.date(change.date), words("punctuation.colon"), form.inline(change.text)
            )
            if change
            else Markup(""),
        ),
        RecordRow(words("cases.since"), escape(form.date(head.date)) if head.date else Markup("")),
        RecordRow(
            words("filter.spread"),
            escape(words(f"cases.spread.{head.spread}")) if head.spread else Markup(""),
        ),
    ]
    return tuple(row for row in rows if row.html or row.refs)
