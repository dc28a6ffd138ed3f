"""Links, pictures and anchors of hand-written pages that lead nowhere: told by `check`, with file and line.

MkDocs tells of some while it builds, in its own words and without a line, and of no anchor. What a page of
ours is called and which chapters it has is known here without making it.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterator
from functools import cache
from urllib.parse import unquote

from pymdownx.slugs import slugify  # type: ignore[import-untyped]

from generator.load.decode import place
from generator.model.catalogue import Catalogue
from generator.model.page_links import page_of, place_of, placed_targets
from generator.model.page_paths import own_pages
from generator.model.page_source import Body
from generator.present.theme_files import theme_dir
from generator.problems import FilePosition, Problems, nearest

MADE = frozenset(
    f"{name}.md"
    for name in (
        "index", "actions", "agenda", "cases/index", "changes", "coaching", "collected", "diagnosis/index",
        "downloads", "evidence", "find-case", "guardrails", "incentives", "indicators/index", "levels",
        "offices", "people", "pillars", "pilots/index", "processes/index", "quality", "questionnaire",
        "redesign", "reviews/index", "rhythm", "roadmap/index", "signals", "spread", "strategy",
        "strategy/cascade", "strategy/loop", "strategy/x-matrix", "tools", "tree", "workshop-form",
        "workshops",
    )
)  # fmt: skip
"""Pages that are made of no file of their own; one that a handbook has no data for is not held against it."""
OURS = ("assets/", "charts/", "downloads/", "search/")
"""Folders of a site whose files are made."""
HOME = "index.md"
_quarter = re.compile(r"quarters/[\w-]+\.md")
_fence = re.compile(r"^(?:```|~~~).*?^(?:```|~~~)[^\n]*$", re.MULTILINE | re.DOTALL)
_heading = re.compile(r"^#{1,6}[ \t]+(.+?)[ \t]*#*[ \t]*$|^([^\s#].*)\n(?:=+|-+)[ \t]*$", re.MULTILINE)
_id = re.compile(r"\{[^{}\n]*#([^\s{}.]+)[^{}\n]*\}|(?:id|name)=[\"']([^\"']+)[\"']")
_markup = re.compile(r"<[^<>]*>|!?\[([^\[\]]*)\]\([^()]*\)|\{[^{}]*\}|[*`]")
_block = re.compile(r"\{% block (\w+)")


def check_content_links(catalogue: Catalogue, problems: Problems) -> None:
    """Warn of every address of a hand-written page inside the site that names nothing."""
    pages = own_pages(catalogue) | MADE | {f"roadmap/{step.id}.md" for step in catalogue.roadmap.steps}
    for page in catalogue.content:
        for body in page.bodies.values():
            for offset, address in placed_targets(body.markdown):
                fault = _fault(catalogue, page.path, body, address, pages)
                if fault is not None:
                    at = place(body.file, body.markdown, offset)
                    mark = FilePosition(body.file, at.line + body.first_line - 1, at.column)
                    problems.warning(mark, fault[0], fault[1], fault[2])


def _fault(
    catalogue: Catalogue, path: str, body: Body, address: str, pages: Collection[str]
) -> tuple[str, str, str] | None:
    """(rule, message, hint) of an address that names nothing."""
    folder = posixpath.dirname(path)
    anchor = unquote(address.partition("#")[2])
    target = place_of(address, folder)
    if target is None:
        if not address.startswith("#") or not anchor:
            return None
        target = path
    elif not target.endswith((".md", ".html")):
        return _file_fault(catalogue, address, target)
    named = page_of(address, folder, pages) if not address.startswith("#") else path
    if named is None:
        if _quarter.search(target):
            return None
        hint = nearest(target, [name for name in pages if name.endswith(".md")])
        return "dead-link", f"the link to '{address}' leads to no page", hint
    if not anchor or "=" in anchor:
        return None
    known = _anchors(catalogue, named, body.language)
    if known is None or anchor in known:
        return None
    return "dead-link", f"'{named}' has no place called '#{anchor}'", nearest(anchor, sorted(known))


def _file_fault(catalogue: Catalogue, address: str, target: str) -> tuple[str, str, str] | None:
    known = catalogue.attachments
    below = target.rstrip("/")
    if target in known or address.endswith("/") or target.startswith(OURS) or "." not in target:
        return None
    if any(name.startswith(f"{below}/") for name in known):
        return None
    hint = nearest(target, list(known)) if known else f"put the file at content/{target}"
    return "dead-link", f"'{address}' is no file of content/", hint


def _anchors(catalogue: Catalogue, path: str, language: str) -> frozenset[str] | None:
    """The places of a page that a link may name; None where they are not known without making it."""
    written = next((page for page in catalogue.content if page.path == path), None)
    if written is None or (path != HOME and path in _things(catalogue)):
        return None
    return frozenset(_places(written.body(language).markdown)) | (_blocks() if path == HOME else frozenset())


def _things(catalogue: Catalogue) -> frozenset[str]:
    return own_pages(catalogue) - {
        page.path for page in catalogue.content if not page.path.startswith("cases/")
    }


def _places(markdown: str) -> Iterator[str]:
    """What its headings are called as anchors, and what the page names itself."""
    text, slug = _fence.sub("", markdown), slugify(case="lower")
    given: dict[str, int] = {}
    for found in _heading.finditer(text):
        said = _markup.sub(lambda mark: mark[1] or "", found[1] or found[2] or "").strip()
        name = slug(said, "-")
        count = given[name] = given.get(name, -1) + 1
        yield name if not count else f"{name}_{count}"
    for own in _id.finditer(text):
        yield own[1] or own[2]


@cache
def _blocks() -> frozenset[str]:
    """The chapters of the home page that we add to an author's words."""
    text = (theme_dir() / "templates/home.html.jinja").read_text(encoding="utf-8")
    return frozenset(name.replace("_", "-") for name in _block.findall(text))
