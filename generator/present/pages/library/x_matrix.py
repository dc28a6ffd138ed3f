"""The X-matrix: the strategy on one sheet, goals, objectives, pilots, indicators and units side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from generator.compute.insight.x_matrix import Corner, XMatrix, x_matrix
from generator.present.links import CASCADE, X_MATRIX, Links, Ref
from generator.present.maps.x_matrix import Sides, x_drawing
from generator.present.page import Page, SearchEntry
from generator.present.page_context import PageContext
from generator.present.pages.library.decoding_links import decoding_refs
from generator.present.pages.library.strategy_map import goal_ref
from generator.present.parts.record import unit_name

WIDE = ("toc", "navigation")


@dataclass(frozen=True, slots=True)
class XRelation:
    """Two sides of the matrix: each of one with those of the other."""

    title: str
    rows: tuple[tuple[Ref, tuple[Ref, ...], tuple[Ref, ...]], ...]
    """(one, strongly linked, weakly linked)."""


@dataclass(frozen=True, slots=True)
class XMatrixContext:
    """What the template is given."""

    summary: str
    further: tuple[Ref, ...]
    drawing: Markup
    relations: tuple[XRelation, ...]


CORNERS: tuple[Corner, ...] = (
    "goal-objective",
    "objective-pilot",
    "pilot-indicator",
    "indicator-goal",
    "pilot-unit",
    "unit-goal",
)


def pages(ctx: PageContext) -> Iterator[Page]:
    """The one page; none without objectives."""
    strategy = ctx.figures.catalogue.strategy
    if strategy is None or not strategy.objectives:
        return
    words, links = ctx.format.words, ctx.links(X_MATRIX)
    found, names = x_matrix(ctx.figures), _names(ctx, links)
    context = XMatrixContext(
        words("x_matrix.summary"),
        decoding_refs(ctx, links, X_MATRIX),
        _drawing(ctx, found, names),
        tuple(relation for corner in CORNERS if (relation := _relation(ctx, found, corner, names)).rows),
    )
    title = words("x_matrix.title")
    entry = SearchEntry(title, context.summary)
    yield ctx.page("library/x_matrix", X_MATRIX, title, context, entry, context.summary, order=-7, hide=WIDE)


def _names(ctx: PageContext, links: Links) -> Mapping[str, Mapping[str, Ref]]:
    """Everything that the matrix may name, by side and id."""
    known, form = ctx.figures.catalogue, ctx.format
    strategy = known.strategy
    if strategy is None:
        return {}
    return {
        "goal": {goal.id: goal_ref(form, strategy, goal.id, links) for goal in strategy.goals},
        "objective": {
            each.id: Ref(form.text(each.name), links.to(CASCADE, f"objective-{each.id}"))
            for each in strategy.objectives
        },
        "pilot": {name: links.pilot(name) for name in known.pilots},
        "indicator": {name: links.indicator(name) for name in known.indicators},
        "unit": {unit.id: Ref(unit_name(ctx.figures, form, unit.id)) for unit in known.handbook.units},
    }


def _drawing(ctx: PageContext, found: XMatrix, names: Mapping[str, Mapping[str, Ref]]) -> Markup:
    words = ctx.format.words

    def titles(side: str, ids: tuple[str, ...]) -> dict[str, str]:
        return {name: names[side][name].title for name in ids}

    links = []
    for cross in found.crosses:
        one, other = cross.corner.split("-")
        says = words(
            "x_matrix.cross",
            one=names[one][cross.one].title,
            other=names[other][cross.other].title,
            how=words(f"x_matrix.{'strong' if cross.strong else 'weak'}"),
        )
        links.append((cross.corner, cross.one, cross.other, cross.strong, says))
    sides = Sides(
        titles("goal", found.goals),
        titles("objective", found.objectives),
        titles("pilot", found.pilots),
        titles("indicator", found.indicators),
        titles("unit", found.units),
    )
    heads = [words(f"x_matrix.side.{side}") for side in ("goals", "objectives", "pilots", "indicators")]
    return Markup(
        ctx.templates.piece(
            "drawings/x_matrix.svg.jinja",
            drawing=x_drawing(sides, heads, links),
            title=words("x_matrix.title"),
            description=words("x_matrix.description"),
        )
    )


def _relation(
    ctx: PageContext, found: XMatrix, corner: Corner, names: Mapping[str, Mapping[str, Ref]]
) -> XRelation:
    one, other = corner.split("-")
    own = [cross for cross in found.crosses if cross.corner == corner]
    rows = tuple(
        (
            names[one][id_],
            tuple(names[other][cross.other] for cross in own if cross.one == id_ and cross.strong),
            tuple(names[other][cross.other] for cross in own if cross.one == id_ and not cross.strong),
        )
        for id_ in dict.fromkeys(cross.one for cross in own)
    )
    return XRelation(ctx.format.words(f"x_matrix.corner.{corner}"), rows)
