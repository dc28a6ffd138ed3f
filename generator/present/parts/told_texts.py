"""Pages with the figures, charts, maps and cases that texts of the data ask for by shortcodes.

While pages are made only marks stand in their place (`text/asked.py`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from generator.present.page import Page
from generator.present.page_context import PageContext
from generator.present.parts.shortcodes import PieceMaker
from generator.present.store import Store
from generator.present.text.asked import has_marks, put_in


def with_told_texts(ctx: PageContext, pages: Mapping[str, Page], store: Store) -> Mapping[str, Page]:
    """The pages by path, every mark replaced; those of a handbook whose texts ask for nothing as they are."""
    if not ctx.format.asked.codes:
        return pages
    return {path: _told(ctx, page, store) for path, page in pages.items()}


def _told(ctx: PageContext, page: Page, store: Store) -> Page:
    texts = [section.html for section in page.sections]
    if not any(map(has_marks, texts)):
        return page
    codes = ctx.format.asked.codes
    maker = PieceMaker(ctx, ctx.links(page.path), "text-")

    def piece(number: int, within_line: bool) -> str:
        if number >= len(codes):
            return ""  # an author's own text has the two letters
        return maker.within_line(codes[number]) if within_line else maker.html(codes[number])

    sections = (
        replace(section, html=store.put(put_in(html, piece).encode())) if has_marks(html) else section
        for section, html in zip(page.sections, texts, strict=True)
    )
    return replace(page, sections=tuple(sections))
