"""The pages that lay the strategy out in another way, for each of them to lead to the others."""

from __future__ import annotations

from generator.present.links import CASCADE, LOOP, STRATEGY, X_MATRIX, Links, Ref
from generator.present.page_context import PageContext

WAYS = (
    (STRATEGY, "chapters.strategy"),
    (CASCADE, "cascade.title"),
    (X_MATRIX, "x_matrix.title"),
    (LOOP, "loop.title"),
)


def decoding_refs(ctx: PageContext, links: Links, here: str) -> tuple[Ref, ...]:
    """All but the page one is on, each by its title; the X-matrix is there where there are objectives."""
    words, strategy = ctx.format.words, ctx.figures.catalogue.strategy
    away = {here} if strategy is not None and strategy.objectives else {here, X_MATRIX}
    return tuple(Ref(words(title), links.to(path)) for path, title in WAYS if path not in away)
