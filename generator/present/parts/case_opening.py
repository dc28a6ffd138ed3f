"""A case in short: how its author begins."""

from __future__ import annotations

import re

from generator.compute.figures import Figures
from generator.present.links import path_of
from generator.present.parts.shortcode_values import in_words
from generator.present.text.format import Format
from generator.present.text.prose import plain

OPENING, OPENING_LATIN = 160, 320
"""Characters of a case's own text that the index shows; Latin letters say as much with twice as many."""

_chinese = re.compile(r"[\u4e00-\u9fff]")


def case_text(figures: Figures, form: Format, name: str) -> str:
    """A case's own text, in Markdown."""
    content = next((page for page in figures.catalogue.content if page.path == path_of("case", name)), None)
    return in_words(figures, form, content.body(form.language).markdown) if content else ""


def opening(figures: Figures, form: Format, name: str) -> str:
    """The case in short: what its author says before the first heading of the second level."""
    text = re.sub(r"^# .*$", "", case_text(figures, form, name), flags=re.MULTILINE)
    return _shortened(plain(re.split(r"^## ", text, flags=re.MULTILINE)[0]))


def _shortened(text: str) -> str:
    """The beginning of a text, cut where a sentence ends if one ends soon enough."""
    most = OPENING if _chinese.search(text) else OPENING_LATIN
    if len(text) <= most:
        return text
    cut = max(text.rfind(stop, most // 3, most) for stop in ("。", ". ", "；", "; "))
    return text[: cut + 1].strip() if cut > 0 else text[:most].rstrip() + "…"
