"""How to read the charts of a page, said once: every chart leaves a mark with its kind, and all kinds of a
page are explained together, in a part that opens.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from html import escape

from generator.present.page import Page
from generator.present.text.words import Words

ANCHOR = "how-to-read"
PLACE = f"<!--{ANCHOR}-->"
"""Where a template wants the explanation; else it opens the first section with a chart."""
_mark = re.compile(r"<!--legend:([a-z]+)-->\n?")


def with_legends(pages: Iterable[Page], words: Words, traced: bool = False) -> Iterator[Page]:
    """The pages with the explanation of their charts in place of the marks.

    `traced`: a number tells where it comes from when it is clicked, which is said here too.
    """
    return (_explained(page, words, traced) for page in pages)


def _explained(page: Page, words: Words, traced: bool) -> Page:
    texts = [section.html for section in page.sections]
    kinds = dict.fromkeys(kind for text in texts for kind in _mark.findall(text))
    asked = any(PLACE in text for text in texts)
    if not kinds and not asked:
        return page
    told, sections = _told(tuple(kinds), words, traced) if kinds else "", []
    for section, text in zip(page.sections, texts, strict=True):
        html = _mark.sub("", text)
        if told and not asked and html != text:
            html, told = f"{told}\n{html}", ""
        elif PLACE in html:
            html = html.replace(PLACE, told, 1)
        sections.append(replace(section, html=html))
    return replace(page, sections=tuple(sections))


def _told(kinds: tuple[str, ...], words: Words, traced: bool) -> str:
    told = [(escape(words(f"chart.kind.{kind}")), escape(words(f"chart.legend.{kind}"))) for kind in kinds]
    if traced:
        told.append((escape(words("trace.title")), escape(words("trace.hint"))))
    rows = "".join(f"<div><dt>{name}</dt><dd>{legend}</dd></div>" for name, legend in told)
    summary = escape(words("chart.how_to_read"))
    return f'<details class="hb-legend" id="{ANCHOR}"><summary>{summary}</summary><dl>{rows}</dl></details>'
