"""The best-practice cases as a site of their own: which pages it holds, and what becomes of links to others.

The choice is of pages, not of data: every figure is computed from the whole edition first, because a pilot's
score, comparison pilots and guardrails would tell something else if their indicators were missing.
"""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterator

from generator.compute.insight.cases import change_of_case
from generator.model.case import CaseHead
from generator.model.catalogue import Catalogue
from generator.model.page_links import page_of, place_of, targets, without_links
from generator.model.page_paths import own_pages
from generator.model.period import Period
from generator.present.links import (
    ACTIONS,
    AGENDA,
    CASES,
    DIAGNOSIS,
    EVIDENCE,
    FIND_CASE,
    HOME,
    REVIEWS,
    RHYTHM,
    path_of,
    quarter_path,
)

_NAMED = ("indicators", "pilots", "processes")


def showcase(catalogue: Catalogue) -> frozenset[str]:
    """Paths of the pages: a cover, the cases, and the indicators, pilots and processes that they lead to."""
    paths = {HOME, CASES, FIND_CASE}
    for name, head in catalogue.cases.items():
        paths.add(path_of("case", name))
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
    for target in targets(markdown):
        page = _resolved(path, target)
        if page is not None:
            yield page


def _resolved(path: str, target: str) -> str | None:
    """The page that a link on the page at `path` leads to; None for what is no page of the site."""
    place = place_of(target, posixpath.dirname(path))
    return place if place is not None and place.endswith(".md") else None


def every_page(catalogue: Catalogue) -> frozenset[str]:
    """Paths of the pages that parts of a catalogue have; an edition may lack some of them."""
    return frozenset(
        (
            *own_pages(catalogue),
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
    days = [calendar.closes_on(period) for period in catalogue.results.distinct("period")]
    period = calendar.of(min(days), long) if days else None
    while period is not None and period <= calendar.of(max(days), long):
        yield period
        period = period.shift(1)


def unlinked(markdown: str, path: str, shown: Collection[str], known: frozenset[str] | None = None) -> str:
    """Hand-written text whose links to pages that are left out are plain words; code stays as it is.

    With `known`, only those of its pages can be left out: a link to any other is the author's mistake.
    """

    def gone(target: str) -> bool:
        page = _resolved(path, target) if known is None else page_of(target, posixpath.dirname(path), known)
        return page is not None and page not in shown

    return without_links(markdown, gone, within_code=False)
