"""Names of figures in a part of a page, said once where they share their place in the export.

`<table data-at="series/time@north/points/">` holds `data-figure="~2026-09/value"`: what stands for `~` is the
`data-at` of the nearest element around it. The names of a chart's data were a tenth of a page.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from generator.present.page import Page

SHORT = "~"
SAID = len(' data-at=""')
_parts = tuple(re.compile(rf"<({tags})(?=[ >]).*?</\1>", re.DOTALL) for tags in ("table|p", "dl|summary|li"))
"""Lists after the tables and paragraphs that stand in them."""
_name = re.compile(r' data-figure="([^"]*)"')


def with_short_marks(pages: Iterable[Page]) -> Iterator[Page]:
    """The pages with the figures of each part named from the place that they share."""
    for page in pages:
        texts = ((section, section.html) for section in page.sections)
        yield replace(
            page,
            sections=tuple(
                replace(section, html=_short(html)) if " data-figure=" in html else section
                for section, html in texts
            ),
        )


def _short(html: str) -> str:
    for part in _parts:
        html = part.sub(_shortened, html)
    return html


def _shared(names: list[str]) -> str:
    """The whole steps of the way that make a part shortest when they are said once; empty where none do."""
    counted: Counter[str] = Counter()
    for name in names:
        place = ""
        for step in name.split("/")[:-1]:
            place += f"{step}/"
            counted[place] += 1
    saved = {place: n * (len(place) - len(SHORT)) - len(place) - SAID for place, n in counted.items()}
    best = max(saved, key=saved.__getitem__, default="")
    return best if best and saved[best] > 0 else ""


def _shortened(part: re.Match[str]) -> str:
    html = part[0]
    names = _name.findall(html)
    place = _shared(names)
    if not place or any(name.startswith(SHORT) for name in names):
        return html
    rest = html.replace(f' data-figure="{place}', f' data-figure="{SHORT}')
    return f'<{part[1]} data-at="{place}"{rest.removeprefix(f"<{part[1]}")}'
