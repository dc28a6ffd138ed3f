"""The pages that lay the strategy out in another way, for each of them to lead to the others."""

from __future__ import annotations

from generator.present.links import CASCADE, LOOP, X_MATRIX, Links, Ref
from generator.present.page_context import PageContext


def decoding_refs(ctx: PageContext, links: Links) -> tuple[Ref, ...]:
    """Each by its title; the X-matrix is there where there are objectives."""
    words, strategy = ctx.format.words, ctx.figures.catalogue.strategy
    ways = [(CASCADE, "cascade.title"), (X_MATRIX, "x_matrix.title"), (LOOP, "loop.title")]
    if strategy is None or not strategy.objectives:
        del ways[1]
    return tuple(Ref(words(title), links.to(path)) for path, title in ways)
