"""Templates: one file a page kind, one block a section, and no computing inside.

A template is given one context dataclass; its blocks, in written order, are the page's sections. A block that
comes out empty is no section. Undefined names are errors, everything is escaped.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from generator.present.kept_templates import KeptTemplates
from generator.present.text import marked_text
from generator.present.text.marked_text import plain
from generator.present.text.unbroken import unbroken
from generator.present.text.words import Words
from generator.present.theme_files import theme_dir


def _drawn(value: object) -> object:
    """What a drawing says: texts without marks, places to the hundredth of a pixel, whole ones without a
    point, of which a map has more than a thousand."""
    if not isinstance(value, float):
        return plain(value)
    place = round(value, 2)
    return int(place) if place.is_integer() else place


@cache
def _made_by() -> str:
    """Changes with what is done to a template's constants while it is compiled."""
    files = (__file__, str(marked_text.__file__))
    return sha256(b"".join(Path(file).read_bytes() for file in files)).hexdigest()


class Templates:
    """Renders the sections of pages in one language."""

    def __init__(self, words: Words, folder: Path | None = None) -> None:
        """`folder`: the project's cache, where compiled templates are kept for the next build."""
        self._env = Environment(
            loader=FileSystemLoader(theme_dir() / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            # Every build has an environment of its own, so no template changes under it.
            auto_reload=False,
            bytecode_cache=KeptTemplates("pages", _made_by(), folder).tidied(),
        )
        self._env.globals["t"] = words
        # Blocks are rendered one by one, so an import at the head of a template would not run:
        # the macros are a global instead.
        self._env.globals["ui"] = self._env.get_template("macros/ui.html.jinja").module
        self._env.globals["maps_ui"] = self._env.get_template("macros/maps.html.jinja").module
        self._env.globals["reviews_ui"] = self._env.get_template("macros/reviews.html.jinja").module

        # Inside a drawing there is no HTML: its texts and labels say figures without marks. Nobody sees the
        # hundredth of a pixel, and the digits behind it differ from machine to machine.
        pictures = KeptTemplates("pictures", _made_by(), folder)
        self._drawings = self._env.overlay(finalize=_drawn, bytecode_cache=pictures)

    def sections(self, kind: str, context: object) -> Iterator[tuple[str, str]]:
        """(block name, HTML) of every block that says something."""
        template = self._env.get_template(f"{kind}.html.jinja")
        names = {item.name: getattr(context, item.name) for item in fields(context)}  # type: ignore[arg-type]
        for name, block in template.blocks.items():
            html = "".join(block(template.new_context(names))).strip()
            if html:
                yield name, unbroken(html)

    def whole(self, template: str, /, **values: Any) -> str:
        """A page that stands outside the site's frame, as a whole; its figures keep their marks."""
        head, body, rest = self._env.get_template(template).render(values).strip().partition("<body>")
        return f"{head}{body}{unbroken(rest)}\n"

    def piece(self, template: str, /, **values: Any) -> str:
        """A drawing, which is a small template on its own."""
        return self._drawings.get_template(template).render(values).strip()
