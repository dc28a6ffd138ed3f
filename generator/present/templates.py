"""Templates: one file a page kind, one block a section, and no computing inside.

A template is given one context dataclass; its blocks, in written order, are the page's sections. A block that
comes out empty is no section. Undefined names are errors, everything is escaped.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from generator.present.text.marked_text import plain
from generator.present.text.words import Words
from generator.present.theme_files import theme_dir


class Templates:
    """Renders the sections of pages in one language."""

    def __init__(self, words: Words) -> None:
        self._env = Environment(
            loader=FileSystemLoader(theme_dir() / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            # Every build has an environment of its own, so no template changes under it.
            auto_reload=False,
        )
        self._env.globals["t"] = words
        # Blocks are rendered one by one, so an import at the head of a template would not run:
        # the macros are a global instead.
        self._env.globals["ui"] = self._env.get_template("macros/ui.html.jinja").module
        self._env.globals["maps_ui"] = self._env.get_template("macros/maps.html.jinja").module
        self._env.globals["reviews_ui"] = self._env.get_template("macros/reviews.html.jinja").module

        # Inside a drawing there is no HTML: its texts and labels say figures without marks.
        self._drawings = self._env.overlay(finalize=plain)

    def sections(self, kind: str, context: object) -> Iterator[tuple[str, str]]:
        """(block name, HTML) of every block that says something."""
        template = self._env.get_template(f"{kind}.html.jinja")
        names = {item.name: getattr(context, item.name) for item in fields(context)}  # type: ignore[arg-type]
        for name, block in template.blocks.items():
            html = "".join(block(template.new_context(names))).strip()
            if html:
                yield name, html

    def piece(self, template: str, /, **values: Any) -> str:
        """A drawing, which is a small template on its own."""
        return self._drawings.get_template(template).render(values).strip()
