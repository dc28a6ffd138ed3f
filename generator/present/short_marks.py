"""Names of figures in a table or a paragraph, said once where they share their place in the export.


`<table data-at="series/time@north/points/">` holds `data-figure="~2026-09/value"`: what stands for `~` is the
`data-at` of the nearest element around it. The names of a chart's data were a tenth of a page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from generator.present.page import Page

SHORT = "~"
FEWEST = 3
"""Figures in a table from which on their place is said once."""
_part = re.compile(r"<(table|p) .*?</\1>", re.DOTALL)
_name = re.compile(r' data-figure="([^"]*)"')


def with_short_marks(pages: Iterable[Page]) -> Iterator[Page]:
    """The pages with the figures of each part named from the place that they share."""
    for page in pages:
        texts = ((section, section.html) for section in page.sections)
        yield replace(
            page,
            sections=tuple(
                replace(section, html=_part.sub(_shortened, html)) if " data-figure=" in html else section
                for section, html in texts
            ),
        )


def _shared(names: list[str]) -> str:
    """The whole steps of the way that all names begin with."""
    shared = []
    for steps in zip(*(name.split("/")[:-1] for name in names), strict=False):
        if len(set(steps)) > 1:
            break
        shared.append(f"{steps[0]}/")
    return "".join(shared)


def _shortened(part: re.Match[str]) -> str:
    html = part[0]
    names = _name.findall(html)
    place = _shared(names)
    if len(names) < FEWEST or not place or any(name.startswith(SHORT) for name in names):
        return html
    rest = html.replace(f' data-figure="{place}', f' data-figure="{SHORT}')
    return f'<{part[1]} data-at="{place}"{rest.removeprefix(f"<{part[1]}")}'
