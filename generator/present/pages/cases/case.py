"""The fact box of each case, lesson and policy, and the index that finds them; their text is hand-written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from markupsafe import Markup, escape

from generator.compute.cases import near_cases, reviews_of
from generator.compute.evidence import has_evidence
from generator.model.case import CaseHead
from generator.present.desk import Desk
from generator.present.links import CASES, EVIDENCE, Links, Ref
from generator.present.page import Page, SearchEntry
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
from generator.present.parts.edition import counted
from generator.present.parts.effects import EffectView
from generator.present.parts.facets import Facet, facet
from generator.present.parts.meetings import review_ref
from generator.present.parts.record import Row
from generator.present.parts.trend import ChartView
from generator.present.prose import plain

OPENING = 160
"""Characters of a case's own text that the index shows."""
NEAR = 4
"""Other cases that a case leads to."""


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One case of the index."""

    ref: Ref
    summary: str
    kind: str
    status: str
    status_label: str
    facts: tuple[Row, ...]
    data: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class CasesContext:
    """What the index's template is given."""

    summary: str
    facets: tuple[Facet, ...]
    cases: tuple[CaseRow, ...]


@dataclass(frozen=True, slots=True)
class CaseContext:
    """What the fact box's template is given."""

    kind: str
    status: str
    status_label: str
    facts: tuple[Row, ...]
    effects: tuple[EffectView, ...]
    no_effects: str
    part: ProcessPart | None
    promise: Promised | None
    charts: tuple[ChartView, ...]
    evidence: Behind | None
    evidence_page: Ref | None
    reviews: tuple[Ref, ...]
    near: tuple[Ref, ...]


def pages(desk: Desk) -> Iterator[Page]:
    """The index, and a fact box for each case."""
    words, cases = desk.format.words, desk.figures.catalogue.cases
    if not cases:
        return
    links = desk.links(CASES)
    rows = tuple(_row(desk, name, head, links) for name, head in cases.items())
    summary = counted(desk, "cases.summary", rows, desk.figures.whole.catalogue.cases)
    title = words("chapters.cases")
    context = CasesContext(summary, tuple(_facets(desk)), rows)
    yield desk.page("cases/index", CASES, title, context, SearchEntry(title, summary), summary, -1, ("toc",))
    for order, (name, head) in enumerate(cases.items()):
        path = f"cases/{name}.md"
        own = _context(desk, name, head, desk.links(path))
        page = desk.page(
            "cases/case", path, desk.format.text(head.title), own, SearchEntry("", ""), order=order
        )
        # Found by its own text, which is hand-written, so it brings no entry of its own.
        yield replace(page, search=None, lead_on_top=True)


def _context(desk: Desk, name: str, head: CaseHead, links: Links) -> CaseContext:
    words, catalogue = desk.format.words, desk.figures.catalogue
    effects, no_effects = measured(desk, head, links)
    return CaseContext(
        kind=words(f"cases.kind.{head.kind}"),
        status=head.status,
        status_label=words(f"cases.status.{head.status}"),
        facts=_facts(desk, head, links),
        effects=effects,
        no_effects=no_effects,
        part=process_part(desk, head, links),
        promise=promised(desk, head, links),
        charts=tuple(trends(desk, head, links)),
        evidence=behind(desk, head, links),
        evidence_page=Ref(words("evidence.link"), links.to(EVIDENCE))
        if has_evidence(desk.figures) and desk.shows(EVIDENCE)
        else None,
        reviews=tuple(
            review_ref(desk, catalogue.reviews[review], links) for review in reviews_of(catalogue, name)
        ),
        near=tuple(links.case(other) for other in near_cases(catalogue, name)[:NEAR]),
    )


def _facts(desk: Desk, head: CaseHead, links: Links) -> tuple[Row, ...]:
    words, form = desk.format.words, desk.format
    catalogue = desk.figures.catalogue
    pilot = catalogue.pilots.get(head.pilot or "")
    change = next((one for one in pilot.changes if one.id == head.change), None) if pilot else None
    numbers = {step.number for step in catalogue.roadmap.steps}
    rows = [
        Row(words("table.pilot"), refs=(links.pilot(pilot.id),) if pilot else ()),
        Row(
            words("filter.process"),
            refs=(links.process(head.process),) if head.process else (),
        ),
        Row(words("table.indicators"), refs=tuple(links.indicator(one) for one in head.indicators)),
        Row(
            words("cases.steps"), refs=tuple(links.roadmap_step(one) for one in head.steps if one in numbers)
        ),
        Row(
            words("cases.change"),
            Markup("{} {}").format(form.date(change.date), form.inline(change.text))
            if change
            else Markup(""),
        ),
        Row(words("cases.since"), escape(form.date(head.date)) if head.date else Markup("")),
        Row(
            words("filter.spread"),
            escape(words(f"cases.spread.{head.spread}")) if head.spread else Markup(""),
        ),
    ]
    return tuple(row for row in rows if row.html or row.refs)


def _row(desk: Desk, name: str, head: CaseHead, links: Links) -> CaseRow:
    words, form = desk.format.words, desk.format
    title = form.text(head.title)
    data_text = plain(_written(desk, name))
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
        links.case(name),
        opening(desk, name),
        words(f"cases.kind.{head.kind}"),
        head.status,
        words(f"cases.status.{head.status}"),
        _facts(desk, head, links),
        tuple((key, value) for key, value in data if value),
    )


def _written(desk: Desk, name: str) -> str:
    """A case's own text."""
    content = next((page for page in desk.figures.catalogue.content if page.path == f"cases/{name}.md"), None)
    return content.body(desk.format.language).markdown if content else ""


def opening(desk: Desk, name: str) -> str:
    """The case in short: what its author says before the first heading of the second level."""
    text = re.sub(r"^# .*$", "", _written(desk, name), flags=re.MULTILINE)
    return _shortened(plain(re.split(r"^## ", text, flags=re.MULTILINE)[0]))


def _shortened(text: str) -> str:
    """The beginning of a text, cut where a sentence ends if one ends soon enough."""
    if len(text) <= OPENING:
        return text
    cut = max(text.rfind(stop, OPENING // 3, OPENING) for stop in ("。", ". ", "；", "; "))
    return text[: cut + 1].strip() if cut > 0 else text[:OPENING].rstrip() + "…"


def _facets(desk: Desk) -> Iterator[Facet]:
    words, form, catalogue = desk.format.words, desk.format, desk.figures.catalogue
    cases = tuple(catalogue.cases.values())
    steps = {str(step.number): form.text(step.name) for step in catalogue.roadmap.steps}
    made = (
        facet(
            "kind",
            words("cases.kind_label"),
            cases,
            lambda one: (one.kind,),
            lambda v: words(f"cases.kind.{v}"),
        ),
        facet(
            "status",
            words("filter.status"),
            cases,
            lambda one: (one.status,),
            lambda v: words(f"cases.status.{v}"),
        ),
        facet(
            "spread",
            words("filter.spread"),
            cases,
            lambda one: (one.spread,),
            lambda v: words(f"cases.spread.{v}"),
        ),
        facet(
            "process",
            words("filter.process"),
            cases,
            lambda one: (one.process,),
            lambda v: form.text(catalogue.processes[v].name) if v in catalogue.processes else v,
        ),
        facet(
            "indicator",
            words("table.indicator"),
            cases,
            lambda one: one.indicators,
            lambda v: form.text(catalogue.indicators[v].name),
        ),
        facet(
            "step",
            words("cases.steps"),
            cases,
            lambda one: tuple(str(step) for step in one.steps),
            lambda v: words("roadmap.numbered", n=v, name=steps.get(v, "")),
        ),
    )
    return iter(one for one in made if len(one.options) > 1)
