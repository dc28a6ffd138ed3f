"""An indicator as a small page for a frame in somebody else's: value, target, standing and chart, no more.

It stands beside the pages as `embed/<indicator>.html`, an address that stays as long as the indicator has its
id. It says what the page of the indicator says of its first scope, so an edition that hides the one has not
the other. It brings its own look, runs no script and loads nothing: it needs nothing of the page around it.
"""

from __future__ import annotations

from generator.model.indicator import Indicator
from generator.present.links import Ref, embed_of
from generator.present.page_context import PageContext
from generator.present.pages.library.scopes import ScopeView


def embed_html(
    ctx: PageContext, indicator: Indicator, scope: ScopeView | None, retired: str = "", parts: bool = False
) -> str:
    """The small page; its chart is the one that a phone is shown.

    `scope` is the one that the indicator's page shows first, None without one; `retired` says since when
    the indicator is no longer used, `parts` whether there are results of parts.
    """
    form, as_of = ctx.format, ctx.figures.as_of
    return ctx.templates.whole(
        "embed.jinja",
        language=form.language,
        page=ctx.links(embed_of(indicator.id)).indicator(indicator.id),
        scope=scope,
        retired=retired,
        parts=parts,
        as_of=form.words("footer.as_of", period=form.period(as_of)) if as_of is not None else "",
        handbook=form.text(ctx.figures.catalogue.handbook.title),
    )


def embed_ref(ctx: PageContext, indicator: Indicator, path: str) -> Ref | None:
    """The link to it from the page at a path; None where there is none.

    A frozen review and a collection of cases are kept or handed on as they are, and nobody frames them.
    """
    if ctx.frozen or ctx.shown is not None:
        return None
    return Ref(ctx.format.words("indicator.embed"), ctx.links(path).to(embed_of(indicator.id)))
