"""The index of cases, lessons and policies, and the filters that find them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from generator.compute.figures import Figures
from generator.model.case import CaseHead
from generator.present.links import CASES, Links, Ref
from generator.present.page import Page, SearchEntry
from generator.present.page_context import PageContext
from generator.present.pages.cases.case import facts_of
from generator.present.parts.case_opening import case_text, opening
from generator.present.parts.edition import counted
from generator.present.parts.facets import Facet, facet
from generator.present.parts.record import RecordRow
from generator.present.text.format import Format
from generator.present.text.prose import plain


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One case of the index."""

    ref: Ref
    summary: str
    kind: str
    status: str
    status_label: str
    facts: tuple[RecordRow, ...]
    data: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class CasesContext:
    """What the index's template is given."""

    summary: str
    facets: tuple[Facet, ...]
    cases: tuple[CaseRow, ...]


def pages(ctx: PageContext) -> Iterator[Page]:
    """The one page; nothing without cases."""
    words, cases = ctx.format.words, ctx.figures.catalogue.cases
    if not cases:
        return
    links = ctx.links(CASES)
    rows = tuple(_row(ctx.figures, ctx.format, name, head, links) for name, head in cases.items())
    summary = counted(ctx.format, "cases.summary", rows, ctx.figures.whole.catalogue.cases)
    title = words("chapters.cases")
    context = CasesContext(summary, tuple(_facets(ctx.figures, ctx.format)), rows)
    yield ctx.page(
        "cases/index",
        CASES,
        title,
        context,
        search=SearchEntry(title, summary),
        description=summary,
        order=-1,
        hide=("toc",),
    )


def _row(figures: Figures, form: Format, name: str, head: CaseHead, links: Links) -> CaseRow:
    words = form.words
    title = form.text(head.title)
    data_text = plain(case_text(figures, form, name))
    data = (
        ("kind", head.kind),
        ("status", head.status),
        ("spread", head.spread or ""),
        ("process", head.process or ""),
        ("indicator", " ".join(head.indicators)),
        ("step", " ".join(str(step) for step in head.steps)),
        ("text", f"{title} {data_text}"),
    )
    return CaseRow(
        ref=links.case(name),
        summary=opening(figures, form, name),
        kind=words(f"cases.kind.{head.kind}"),
        status=head.status,
        status_label=words(f"cases.status.{head.status}"),
        facts=facts_of(figures, form, head, links),
        data=tuple((key, value) for key, value in data if value),
    )


def _facets(figures: Figures, form: Format) -> Iterator[Facet]:
    words, catalogue = form.words, figures.catalogue
    cases = tuple(catalogue.cases.values())
    steps = {str(step.number): form.text(step.name) for step in catalogue.roadmap.steps}

    def process(name: str) -> str:
        return form.text(catalogue.processes[name].name) if name in catalogue.processes else name

    def indicator(name: str) -> str:
        return form.text(catalogue.indicators[name].name)

    def step(number: str) -> str:
        return words("roadmap.numbered", n=number, name=steps.get(number, ""))

    def chosen(label: str) -> Callable[[str], str]:
        return lambda value: words(f"cases.{label}.{value}")

    filters: tuple[tuple[str, str, Callable[[CaseHead], Iterable[str | None]], Callable[[str], str]], ...] = (
        ("kind", "cases.kind_label", lambda case: (case.kind,), chosen("kind")),
        ("status", "filter.status", lambda case: (case.status,), chosen("status")),
        ("spread", "filter.spread", lambda case: (case.spread,), chosen("spread")),
        ("process", "filter.process", lambda case: (case.process,), process),
        ("indicator", "table.indicator", lambda case: case.indicators, indicator),
        ("step", "cases.steps", lambda case: tuple(str(number) for number in case.steps), step),
    )
    for name, label, values, word in filters:
        made = facet(name, words(label), cases, values, word)
        if len(made.options) > 1:
            yield made
