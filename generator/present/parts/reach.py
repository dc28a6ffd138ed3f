"""The share of causes outside a person's reach: said before anyone is blamed, wherever causes are named."""

from __future__ import annotations

from generator.compute.insight.levels import CauseReach
from generator.present.links import LEVELS, Links, Ref
from generator.present.page_context import PageContext


def reach_ref(ctx: PageContext, reach: CauseReach | None, kind: str, links: Links) -> Ref | None:
    """The share in a sentence that leads to the page of levels; `kind` is its list in the export."""
    if reach is None:
        return None
    told = ctx.named(reach, f"levels/{kind}/{reach.id}") if not ctx.place else reach
    share = ctx.format.share(told.share)
    key = "reach" if reach.outside else "none_outside"
    key = "all_outside" if reach.outside == reach.known else key
    number = reach.outside if key == "reach" else reach.known
    text = ctx.format.words.count(f"levels.{key}", number, outside=told.outside, of=told.known, share=share)
    return Ref(text, links.to(LEVELS))
