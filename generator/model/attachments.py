"""Files beside the pages belong to those that lead to them: what becomes of a page becomes of its files.

A file may be led to by any hand-written page, by a text or an output in the data, or by another such file;
a page's front matter may name more under `attachments`, for what no link can be seen to lead to.
Source: writing a handbook, section "Editions" (docs/authoring.md).
"""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterable, Iterator, Mapping

from generator.model.catalogue import Catalogue
from generator.model.page_links import place_of, targets
from generator.model.text import Text
from generator.model.walk import walk

OF_THE_HOST = frozenset(
    ["CNAME", "robots.txt", "favicon.ico", "favicon.png", "favicon.svg", "ads.txt", "_headers", "_redirects"]
)
"""Files at the top of content/ that a web server asks for; they belong to the site."""

FOLDER = "/"
"""How an entry of `attachments` ends that means all of a folder; a link to a folder means its page."""


def belonging(catalogue: Catalogue, pages: Collection[str] | None = None) -> frozenset[str]:
    """The attachments that belong to something the catalogue holds, and to the site itself.

    With `pages`, only what these pages tell counts, and what has no page of its own.
    """
    known = catalogue.attachments
    if not known:
        return frozenset()
    found: set[str] = set()
    for path, folder, addresses in _told(catalogue):
        if pages is None or path is None or path in pages:
            for address in addresses:
                place = place_of(address, folder)
                if place is not None and place in known:
                    found.add(place)
                elif place is not None and address.endswith(FOLDER):
                    found.update(name for name in known if name.startswith(f"{place}/"))
    return with_named({*found, *(name for name in known if name in OF_THE_HOST)}, known)


def with_named(names: Iterable[str], known: Mapping[str, tuple[str, ...]]) -> frozenset[str]:
    """Attachments with all that they name, and what these name."""
    waiting, found = list(names), set()
    while waiting:
        name = waiting.pop()
        if name in known and name not in found:
            found.add(name)
            waiting.extend(known[name])
    return frozenset(found)


def only(known: Mapping[str, tuple[str, ...]], kept: Collection[str]) -> dict[str, tuple[str, ...]]:
    """Those of the attachments that are kept, which name no other."""
    return {
        name: tuple(item for item in named if item in kept) for name, named in known.items() if name in kept
    }


def left(before: Catalogue, after: Catalogue) -> dict[str, tuple[str, ...]]:
    """The attachments of a part of a catalogue: those of what was left out alone go with it."""
    gone = belonging(before) - belonging(after)
    return only(before.attachments, before.attachments.keys() - gone)


def _told(catalogue: Catalogue) -> Iterator[tuple[str | None, str, Iterable[str]]]:
    """(page, folder that its addresses are seen from, addresses); no page for what stands on many."""
    brand = catalogue.handbook.brand
    if brand is not None and brand.logo:
        yield None, "", (brand.logo,)
    for page in catalogue.content:
        folder = posixpath.dirname(page.path)
        for body in page.bodies.values():
            linked = (target for target in targets(body.markdown) if not target.endswith(FOLDER))
            yield page.path, folder, (*linked, *_strings(body.head))
    kinds: tuple[tuple[str, Mapping[str, object]], ...] = (
        ("indicators", catalogue.indicators),
        ("processes", catalogue.processes),
        ("pilots", catalogue.pilots),
        ("reviews", catalogue.reviews),
        ("cases", catalogue.cases),
    )
    for folder, parts in kinds:
        for name, part in parts.items():
            yield f"{folder}/{name}.md", "", _addresses(part)
    for diagnosis in catalogue.diagnoses:
        yield f"diagnosis/{diagnosis.date}-{diagnosis.unit}.md", "", _addresses(diagnosis)
    for workshop in catalogue.workshops.values():
        yield "workshops.md", "", _addresses(workshop)
    for part in (catalogue.handbook, catalogue.strategy, catalogue.roadmap, catalogue.questionnaire):
        yield None, "", _addresses(part)


def _addresses(part: object) -> Iterator[str]:
    """What the texts of a part lead to, and the addresses that it names as such."""
    for loc, value in walk(part):
        if isinstance(value, Text):
            for words in value.all():
                if "](" in words or "]:" in words:
                    yield from targets(words)
        elif isinstance(value, str) and loc and loc[-1] == "link":
            yield value


def _strings(value: object) -> Iterator[str]:
    """Every string in a page's front matter."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _strings(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _strings(inner)
