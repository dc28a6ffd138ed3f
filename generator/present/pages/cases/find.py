"""Find a case: from a symptom, a kind of step, a tool, an indicator or a bottleneck; failures included."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from generator.compute.insight.case_finder import (
    PROOFS,
    BottleneckCases,
    CaseTraits,
    bottleneck_cases,
    case_traits,
)
from generator.present.links import FIND_CASE, Links, Ref, path_of
from generator.present.page import Page, SearchEntry
from generator.present.page_context import PageContext
from generator.present.parts.facets import Facet, facet


@dataclass(frozen=True, slots=True)
class FoundCase:
    """A case by what it answers."""

    ref: Ref
    problem: str
    steps: str
    tools: str
    indicators: tuple[Ref, ...]
    proof: str
    proof_label: str
    conditions: tuple[str, ...]
    data: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class BottleneckRow:
    """A bottleneck with the cases that may answer it."""

    text: str
    diagnosis: Ref
    cases: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class FindCaseContext:
    """What the template is given."""

    summary: str
    facets: tuple[Facet, ...]
    cases: tuple[FoundCase, ...]
    bottlenecks: tuple[BottleneckRow, ...]


def pages(ctx: PageContext) -> Iterator[Page]:
    """The one page, in the chapter of the cases; none without a case."""
    traits = case_traits(ctx.figures)
    if not traits:
        return
    words, links = ctx.format.words, ctx.links(FIND_CASE)
    keys = _tool_keys(ctx, traits)
    order = sorted(traits, key=lambda item: PROOFS.index(item.proof))
    shown = [item for item in bottleneck_cases(ctx.figures) if item.cases]
    context = FindCaseContext(
        words("find_case.summary"),
        tuple(_facets(ctx, traits, keys)),
        tuple(_case(ctx, item, keys, links) for item in order),
        tuple(_bottleneck(ctx, item, links) for item in shown),
    )
    title = words("find_case.title")
    entry = SearchEntry(title, context.summary)
    page = ctx.page("cases/find", FIND_CASE, title, context, entry, context.summary, order=-3, hide=("toc",))
    yield ctx.in_chapter(page, "cases")


def _case(ctx: PageContext, item: CaseTraits, keys: Mapping[str, str], links: Links) -> FoundCase:
    form, words = ctx.format, ctx.format.words
    tools = [form.text(tool) for tool in item.tools]
    head = ctx.figures.catalogue.cases[item.id]
    told: dict[str, str] = {
        symptom.kind: form.text(symptom.text) for symptom in head.symptoms if symptom.text is not None
    }
    data = (
        ("symptom", " ".join(item.symptoms)),
        ("step", " ".join(item.step_kinds)),
        ("indicator", " ".join(item.indicators)),
        ("tool", " ".join(keys[tool] for tool in tools)),
        ("proof", item.proof),
        ("text", " ".join([links.case(item.id).title, *tools])),
    )
    return FoundCase(
        ref=links.case(item.id),
        problem=form.join([told.get(name) or words(f"map.symptom.{name}") for name in item.symptoms]),
        steps=form.join([words(f"map.kind.{name}") for name in item.step_kinds]),
        tools=form.join(tools),
        indicators=tuple(links.indicator(name) for name in item.indicators),
        proof=item.proof,
        proof_label=words(f"find_case.proof.{item.proof}"),
        conditions=tuple(form.text(text) for text in item.conditions),
        data=tuple((key, value) for key, value in data if value),
    )


def _tool_keys(ctx: PageContext, traits: tuple[CaseTraits, ...]) -> dict[str, str]:
    """Name of a tool → its value in the filter: names have blanks, values have none."""
    names = dict.fromkeys(ctx.format.text(tool) for item in traits for tool in item.tools)
    return {name: f"tool-{place}" for place, name in enumerate(names)}


def _facets(ctx: PageContext, traits: tuple[CaseTraits, ...], keys: Mapping[str, str]) -> Iterator[Facet]:
    words = ctx.format.words
    tools = {key: name for name, key in keys.items()}
    names = ctx.figures.catalogue.indicators
    for made in (
        facet(
            "symptom",
            words("find_case.problem"),
            traits,
            lambda item: item.symptoms,
            _word(ctx, "map.symptom"),
        ),
        facet("step", words("find_case.step"), traits, lambda item: item.step_kinds, _word(ctx, "map.kind")),
        facet(
            "tool",
            words("table.tool"),
            traits,
            lambda item: [keys[ctx.format.text(tool)] for tool in item.tools],
            lambda key: tools[key],
        ),
        facet(
            "indicator",
            words("table.indicator"),
            traits,
            lambda item: item.indicators,
            lambda name: ctx.format.text(names[name].name),
        ),
        facet(
            "proof",
            words("find_case.evidence"),
            traits,
            lambda item: (item.proof,),
            _word(ctx, "find_case.proof"),
        ),
    ):
        if len(made.options) > 1:
            yield made


def _word(ctx: PageContext, key: str) -> Callable[[str], str]:
    return lambda value: ctx.format.words(f"{key}.{value}")


def _bottleneck(ctx: PageContext, item: BottleneckCases, links: Links) -> BottleneckRow:
    diagnosis = next(each for each in ctx.figures.catalogue.diagnoses if each.name == item.diagnosis)
    return BottleneckRow(
        ctx.format.inline(item.bottleneck.text),
        Ref(ctx.format.date(diagnosis.date), links.to(path_of("diagnosis", item.diagnosis))),
        tuple(links.case(name) for name in item.cases),
    )
