"""The pages that lay the strategy out in another way, for each of them to lead to the others."""

from __future__ import annotations

from generator.present.links import CASCADE, X_MATRIX, Links, Ref
from generator.present.page_context import PageContext


def decoding_refs(ctx: PageContext, links: Links) -> tuple[Ref, ...]:
    """Each by its title."""
    words = ctx.format.words
    return (Ref(words("cascade.title"), links.to(CASCADE)), Ref(words("x_matrix.title"), links.to(X_MATRIX)))
