"""Remembers the parts of Material's frame that are the same on every leaf page of a folder.

A chapter with many pages lists only its index in the navigation, so all its other pages have the same one,
and the same tabs, breadcrumbs, search form and choices. Rendering these is half of what the frame of a page
costs. Only Material's own partials are remembered, never one that an author put in their place.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator

from jinja2 import Environment, TemplateNotFound
from jinja2.runtime import Context
from mkdocs.structure.files import InclusionLevel

from generator.site.material_parts import SAME_ON_LEAVES, is_own
from generator.site.pages import HandbookPage


def remember(environment: Environment) -> None:
    """Make the partials of a build's environment remember what they gave for a folder's leaf pages."""
    for name in SAME_ON_LEAVES:
        try:
            template = environment.get_template(name)
        except TemplateNotFound:
            continue
        if is_own(template.filename):
            template.root_render_func = _remembered(template.root_render_func)


def _remembered(render: Callable[[Context], Iterator[str]]) -> Callable[[Context], Iterator[str]]:
    kept: dict[tuple[str, str, str], str] = {}

    def once(context: Context) -> Iterator[str]:
        page = context.get("page")
        if not isinstance(page, HandbookPage) or page.file.inclusion != InclusionLevel.NOT_IN_NAV:
            yield from render(context)
            return
        key = (page.handbook.chapter, posixpath.dirname(page.url), str(page.meta.get("hide")))
        if key not in kept:
            kept[key] = "".join(render(context))
        yield kept[key]

    return once
