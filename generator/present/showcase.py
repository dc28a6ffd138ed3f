"""The best-practice cases as a site of their own: which pages it holds, and what becomes of links to others.

The choice is of pages, not of data: every figure is computed from the whole edition first, because a pilot's
score, comparison pilots and guardrails would tell something else if their indicators were missing.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterator

from generator.compute.insight.cases import change_of_case
from generator.model.case import CaseHead
from generator.model.catalogue import Catalogue
from generator.model.period import Period
from generator.present.links import (
    ACTIONS,
    AGENDA,
    CASES,
    DIAGNOSIS,
    EVIDENCE,
    HOME,
    REVIEWS,
    RHYTHM,
    path_of,
    quarter_path,
)

_fence = re.compile(r"(^(?:```|~~~).*?^(?:```|~~~)[^\n]*$|`[^`\n]+`)", re.MULTILINE | re.DOTALL)
_link = re.compile(
    r"(?<!!)\[((?:[^\[\]]|\[[^\]]*\])*)\]\(\s*<?([^()\s>]+)>?(?:\s+(?:\"[^\"]*\"|'[^']*'))?\s*\)"
)
_reference = re.compile(r"(?<!!)\[((?:[^\[\]]|\[[^\]]*\])*)\]\[([^\]]*)\]")
_definition = re.compile(
    r"^ {0,3}\[([^\]]+)\]:[ \t]*<?(\S+?)>?(?:[ \t]+(?:\"[^\"]*\"|'[^']*'))?[ \t]*$", re.MULTILINE
)
_NAMED = ("indicators", "pilots", "processes")


def showcase(catalogue: Catalogue) -> frozenset[str]:
    """Paths of the pages: a cover, the cases, and the indicators, pilots and processes that they lead to."""
    paths = {HOME, CASES}
    for name, head in catalogue.cases.items():
        paths.add(f"cases/{name}.md")
        paths.update(_named(catalogue, head))
    known = {
        *(path_of("indicator", name) for name in catalogue.indicators),
        *(path_of("pilot", name) for name in catalogue.pilots),
        *(path_of("process", name) for name in catalogue.processes),
    }
    for page in catalogue.content:
        if page.path in paths and page.path.startswith("cases/"):
            for body in page.bodies.values():
                paths.update(target for target in _targets(page.path, body.markdown) if target in known)
    return frozenset(paths)


def _named(catalogue: Catalogue, head: CaseHead) -> Iterator[str]:
    """What the fact box and the measured change of a case lead to."""
    indicators = set(head.indicators)
    change = change_of_case(catalogue, head)
    pilot = catalogue.pilots.get(head.pilot or "")
    if change is not None and pilot is not None:
        meant = change.indicators or tuple(item.indicator for item in pilot.pack)
        indicators.update(meant)
        indicators.update(guard for name in meant for guard in catalogue.indicators[name].guarded_by)
    yield from (path_of("indicator", name) for name in indicators)
    if pilot is not None:
        yield path_of("pilot", pilot.id)
    process = (pilot.process if pilot is not None else None) or head.process
    yield from (path_of("process", name) for name in {process, head.process} if name)


def _targets(path: str, markdown: str) -> Iterator[str]:
    for pattern in (_link, _definition):
        for found in pattern.finditer(_fence.sub("", markdown)):
            target = _resolved(path, found.group(2))
            if target is not None:
                yield target


def _resolved(path: str, target: str) -> str | None:
    """The page that a link on the page at `path` leads to; None for what is no page of the site."""
    place = target.partition("#")[0]
    if not place.endswith(".md") or re.match(r"[a-z][a-z0-9+.-]*:|/", place, re.IGNORECASE):
        return None
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), place))


def every_page(catalogue: Catalogue) -> frozenset[str]:
    """Paths of the pages that parts of a catalogue have; an edition may lack some of them."""
    return frozenset(
        (
            *(path_of("indicator", name) for name in catalogue.indicators),
            *(path_of("pilot", name) for name in catalogue.pilots),
            *(path_of("process", name) for name in catalogue.processes),
            *(f"reviews/{name}.md" for name in catalogue.reviews),
            *(f"cases/{name}.md" for name in catalogue.cases),
            *(page.path for page in catalogue.content),
            *(
                f"diagnosis/{diagnosis.date.isoformat()}-{diagnosis.unit}.md"
                for diagnosis in catalogue.diagnoses
            ),
            *(quarter_path(period) for period in _long_periods(catalogue)),
            DIAGNOSIS,
            REVIEWS,
            ACTIONS,
            AGENDA,
            RHYTHM,
            EVIDENCE,
            CASES,
        )
    )


def _long_periods(catalogue: Catalogue) -> Iterator[Period]:
    """The long review periods from the first result to the last."""
    calendar, long = catalogue.handbook.calendar, catalogue.handbook.review.long
    days = [calendar.closes_on(row.period) for row in catalogue.results]
    period = calendar.of(min(days), long) if days else None
    while period is not None and period <= calendar.of(max(days), long):
        yield period
        period = period.shift(1)


def unlinked(markdown: str, path: str, shown: Collection[str], known: frozenset[str] | None = None) -> str:
    """Hand-written text whose links to pages that are left out are plain words; code stays as it is.

    With `known`, only those of its pages can be left out: a link to any other is the author's mistake.
    """

    def gone(target: str) -> bool:
        page = _resolved(path, target)
        return page is not None and page not in shown and (known is None or page in known)

    left = {name.lower() for name, target in _definition.findall(_fence.sub("", markdown)) if gone(target)}

    def plain(text: str) -> str:
        text = _link.sub(lambda found: found.group(1) if gone(found.group(2)) else found.group(), text)
        text = _reference.sub(
            lambda found: (
                found.group(1) if (found.group(2) or found.group(1)).lower() in left else found.group()
            ),
            text,
        )
        return _definition.sub(lambda found: "" if gone(found.group(2)) else found.group(), text)

    # Every second part is code, which the pattern keeps as a group of its own.
    parts = _fence.split(markdown)
    return "".join(part if number % 2 else plain(part) for number, part in enumerate(parts))
