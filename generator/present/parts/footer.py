"""The line under every page: what it is as of, who keeps the handbook, where questions go."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

from generator.compute.figures import Figures
from generator.present.text.format import Format

_asking = Markup('<button type="button" class="hb-trace-open" hidden>{}</button>')
_mail = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}")


def footer(figures: Figures, form: Format, traced: bool = False) -> Markup:
    """The line as HTML; empty where nothing is known of the three.

    `traced`: the site tells where its numbers come from, and a button opens it by keyboard.
    """
    words, handbook, parts = form.words, figures.catalogue.handbook, []
    if figures.as_of is not None:
        told = words("footer.as_of", period=form.period(figures.as_of))
        parts.append(Markup('<span class="hb-asof">{}</span>').format(told))
    if handbook.owner is not None:
        parts.append(Markup("{}").format(words("footer.owner", name=form.text(handbook.owner))))
    if handbook.contact is not None:
        parts.append(Markup("{}{}").format(words("footer.contact"), _with_mail(form.text(handbook.contact))))
    line = escape(words("punctuation.dot")).join(parts)
    return line + _asking.format(words("trace.open")) if traced else line


def _with_mail(text: str) -> Markup:
    """A text, the first address for mail in it as a link."""
    found = _mail.search(text)
    if found is None:
        return Markup("{}").format(text)
    link = Markup('<a href="mailto:{0}">{0}</a>').format(found[0])
    return Markup("{}{}{}").format(text[: found.start()], link, text[found.end() :])
