"""The built sample as a whole: nothing from outside, every link leads somewhere, both languages complete."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter

import pytest

from generator.load.project import load_project
from generator.problems import Problems
from tests.built import ROOT, Site, files
from tests.document import Document, Element
from tests.site.addresses import (
    broken_links,
    css_addresses,
    has_anchor,
    inside,
    links_of,
    loaded_by,
    resolved,
    script_addresses,
)  # fmt: skip

REFERRING = ("for", "aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "headers", "list")
_fragment = re.compile(r"""url\(["']?#([^"')]+)""")
NAMESPACES = {
    "http://www.w3.org/2000/svg",
    "http://www.w3.org/1999/xlink",
    "http://www.w3.org/1999/xhtml",
    "http://www.w3.org/XML/1998/namespace",
    "http://www.w3.org/2000/xmlns/",
}
"""Names that a script gives to what it draws; nothing is ever asked of them."""
IN_MATERIAL = {
    "https://unpkg.com/resize-observer-polyfill": "loaded only where there is no ResizeObserver: before 2020",
    "https://unpkg.com/mermaid@11/dist/mermaid.min.js": "loaded only for an element of class `mermaid`",
    "https://api.github.com/repos/${e}/${t}": "asked only with `repo_url`, by data-md-component=source",
    "https://api.github.com/users/${e}": "asked only with `repo_url`, by data-md-component=source",
    "https://bit.ly/2s3ChXG": "words of a warning about a query that cannot be read",
}
"""Addresses in Material's own scripts and why no page loads them; the two conditions are tested below."""


# Nothing from outside


def test_no_page_loads_anything_from_outside(sample_site: Site) -> None:
    strangers = [
        f"{page}:{element.line}: <{element.tag}> {address}"
        for page in sample_site.pages
        for element, address in loaded_by(sample_site.document(page))
        if not inside(address)
    ]
    assert strangers == []


def test_no_style_loads_anything_from_outside(sample_site: Site) -> None:
    styles = [path for path in sample_site.paths if path.endswith(".css")]
    assert any(path.endswith("handbook.css") for path in styles)
    strangers = [
        f"{path}: {address}"
        for path in styles
        for address in css_addresses((sample_site.folder / path).read_text(encoding="utf-8"))
        if not inside(address)
    ]
    assert strangers == []


def test_no_script_names_an_address_that_it_could_load(sample_site: Site) -> None:
    scripts = [path for path in sample_site.paths if path.endswith((".js", ".mjs"))]
    assert any("/bundle." in path for path in scripts)
    found = {
        (path, address)
        for path in scripts
        for address in script_addresses((sample_site.folder / path).read_text(encoding="utf-8"))
    }
    for page in sample_site.pages:
        for element, text in sample_site.document(page).texts:
            if element.tag == "script":
                found |= {(page, address) for address in script_addresses(text)}
    known = NAMESPACES | IN_MATERIAL.keys()
    assert [f"{path}: {address}" for path, address in sorted(found) if address not in known] == []


def test_what_makes_material_load_from_outside_is_on_no_page(sample_site: Site) -> None:
    for page in sample_site.pages:
        document = sample_site.document(page)
        assert not document.all(cls="mermaid"), page
        assert not [e for e in document.elements if e.get("data-md-component") == "source"], page


# Links


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_link_and_anchor_leads_somewhere(sample_site: Site, language: str) -> None:
    pages = [page for page in sample_site.pages if sample_site.language(page) == language]
    assert sum(len(list(links_of(sample_site, page))) for page in pages) > 1000
    assert [line for page in pages for line in broken_links(sample_site, page)] == []


def test_only_error_pages_name_addresses_from_the_root(sample_site: Site) -> None:
    """Below a sub-path, and opened from a folder, an address that starts with / leads astray."""
    rooted = [
        f"{page}:{element.line}: {address}"
        for page in sample_site.pages
        if not page.endswith("404.html")
        for element, address in links_of(sample_site, page)
        if address.startswith("/")
    ]
    assert rooted == []


def test_the_site_is_light(sample_site: Site) -> None:
    """No page over 200 kB, one copy of assets and downloads, no maps, no chart's specification in a page."""
    sizes = {page: (sample_site.folder / page).stat().st_size for page in sample_site.pages}
    assert {page: size for page, size in sizes.items() if size > 200_000} == {}
    assert not (sample_site.folder / sample_site.second / "assets").exists()
    assert not (sample_site.folder / sample_site.second / "downloads").exists()
    assert list(sample_site.folder.rglob("*.map")) == []
    packed = [*sample_site.folder.rglob("*.min.js"), *sample_site.folder.rglob("*.min.css")]
    assert packed
    assert [file for file in packed if b"sourceMappingURL" in file.read_bytes()] == []
    assert [page for page in sizes if "vega-lite" in sample_site.document(page).source] == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_search_says_of_a_page_ends_each_sentence_once(sample_site: Site, language: str) -> None:
    index = sample_site.folder / sample_site.address(language, "search/search_index.json")
    told = {one["location"]: one["text"] for one in json.loads(index.read_text(encoding="utf-8"))["docs"]}
    assert len(told) > 200
    assert {
        page: text for page, text in told.items() if re.search(r"[。；，、][。；，、]|[.;,][.;,](?!\.)", text)
    } == {}


@pytest.mark.parametrize(("language", "said"), [("zh", "没有这一页"), ("en", "There is no such page")])
def test_error_pages_speak_their_language_and_stay_in_it(sample_site: Site, language: str, said: str) -> None:
    """A server shows them at any depth, so their addresses count from the root of the site."""
    page = sample_site.address(language, "404.html")
    assert f"<h1>{said}</h1>" in sample_site.document(page).source
    inside = "/" if language == sample_site.first else f"/{language}/"
    found = [address for _, address in links_of(sample_site, page) if address.startswith("/")]
    assert len(found) > 10
    pages = [address for address in found if not address.startswith("/assets/")]
    assert [address for address in pages if not address.startswith(inside)] == []
    assert len(pages) < len(found), "there is one copy of the assets, at the root"
    assert [address for address in found if address[1:].partition("#")[0] not in sample_site.paths] == []


def test_ids_are_unique_and_every_reference_to_one_is_met(sample_site: Site) -> None:
    """Material's table of contents names `__toc` also where the navigation has no such switch."""
    wrong = []
    for page in sample_site.pages:
        document = sample_site.document(page)
        known = Counter(document.ids)
        wrong += [f"{page}: id {name!r} {count} times" for name, count in known.items() if count > 1]
        for element in document.elements:
            named = [
                *(part for name in REFERRING for part in element.get(name).split()),
                *(match for value in element.attributes.values() for match in _fragment.findall(value)),
            ]
            wrong += [
                f"{page}:{element.line}: no element {name!r}"
                for name in named
                if name not in {*known, "__toc"}
            ]
    assert wrong == []


# Small pages of indicators for frames elsewhere


def test_every_indicator_has_a_small_page_that_asks_for_nothing(sample_site: Site) -> None:
    indicators = {page for page in sample_site.pages if _of_indicator(page)}
    assert {page.replace("indicators/", "embed/") for page in indicators} == set(sample_site.embeds)
    assert len(sample_site.embeds) > 60
    for page in sample_site.embeds:
        document = sample_site.document(page)
        assert list(loaded_by(document)) == [], page
        assert document.all("script") == [], page
        assert [name for e in document.elements for name in e.attributes if name.startswith("on")] == [], page
        assert list(broken_links(sample_site, page)) == [], page
        assert [address for _, address in links_of(sample_site, page)] == [
            f"../indicators/{page.rpartition('/')[2]}"
        ]
        (told,) = (e for e in document.elements if e.get("http-equiv") == "Content-Security-Policy")
        assert told.get("content").startswith("default-src 'none'; style-src 'unsafe-inline';"), page
        (html,) = document.all("html")
        assert html.get("lang") == sample_site.language(page), page
        for svg in document.all("svg"):
            assert {svg.get("aria-labelledby"), svg.get("aria-describedby")} <= set(document.ids), page
        assert (sample_site.folder / page).stat().st_size < 10_000, page


def _of_indicator(page: str) -> bool:
    return "indicators/" in page and not page.endswith("index.html")


# Two languages


@pytest.mark.parametrize("folder", ["", "en/"])
def test_a_markdown_page_is_beside_every_page_and_llms_txt_names_it(sample_site: Site, folder: str) -> None:
    """Also beside the author's own; the list names each once, and nothing that is not there."""
    language = "en" if folder else "zh"
    pages = {f"{folder}{path}" for path in sample_site.own_pages(language)}
    listed = re.findall(
        r"\]\(([^()\s]+\.html\.md)\)", (sample_site.folder / f"{folder}llms.txt").read_text("utf-8")
    )
    assert len(listed) == len(set(listed))
    told = {f"{folder}{path}".removesuffix(".md") for path in listed}
    assert told == {path.removesuffix(".md") for path in sample_site.paths if path.endswith(".html.md")
                    and path.startswith("en/") == bool(folder)}  # fmt: skip
    assert pages <= told, sorted(pages - told)[:5]


def test_both_languages_have_the_same_pages(sample_site: Site) -> None:
    assert sample_site.own_pages("zh") == sample_site.own_pages("en")
    assert len(sample_site.own_pages("zh")) > 30


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_says_its_language(sample_site: Site, language: str) -> None:
    for page in sample_site.pages:
        if sample_site.language(page) == language:
            (html,) = sample_site.document(page).all("html")
            assert html.get("lang") == language, page


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_language_switch_stays_on_the_page(sample_site: Site, language: str) -> None:
    astray = []
    for path in sample_site.own_pages(language):
        page = sample_site.address(language, path)
        document = sample_site.document(page)
        expected = {other: sample_site.address(other, path) for other in ("zh", "en")}
        alternates = [
            link for link in document.all("link") if (link.get("rel") or "").split() == ["alternate"]
        ]
        for links in (alternates, document.all("a", "md-select__link")):
            found = {link.get("hreflang"): resolved(page, link.get("href"))[0] for link in links}
            if found != expected:
                astray.append(f"{page}: {found}")
    assert astray == []


# The pages themselves


def test_every_page_has_one_first_heading_and_bears_its_name(sample_site: Site) -> None:
    """A written page may have a shorter title for the navigation in its front matter."""
    loaded = load_project(ROOT, Problems())
    assert loaded is not None
    own = {page.path.removesuffix(".md") + ".html": page for page in loaded.content}
    wrong = []
    for page in sample_site.pages:
        document = sample_site.document(page)
        headings = document.all("h1")
        assert len(headings) == 1, page
        (title,) = (text for e, text in document.texts if e.tag == "title" and e.inside("head"))
        name = title.partition(" - ")[0]
        assert name, page
        written = own.get(page.removeprefix("en/"))
        head = written.body(sample_site.language(page)).head.get("title") if written else None
        said = " ".join(text for element, text in document.texts if headings[0] in element.around).rstrip(
            "¶ "
        )
        if name not in {said, head} and not page.endswith("404.html"):
            wrong.append(f"{page}: <title> {title!r}, <h1> {said!r}")
    assert wrong == []


def test_headings_do_not_skip_a_level(sample_site: Site) -> None:
    skipped = []
    for page in sample_site.pages:
        level = 0
        for element in sample_site.document(page).elements:
            if re.fullmatch(r"h[1-6]", element.tag):
                if int(element.tag[1]) > level + 1:
                    skipped.append(f"{page}:{element.line}: <{element.tag}> after <h{level}>")
                level = int(element.tag[1])
    assert skipped == []


def test_every_drawing_has_a_name(sample_site: Site) -> None:
    """Material's icons stand in a link, button or label that has words of its own, or beside words."""
    nameless = []
    drawings = 0
    for page in sample_site.pages:
        document = sample_site.document(page)
        for svg in document.all("svg"):
            if svg.parent is not None and svg.inside("article"):
                drawings += 1
                if not named(svg, document):
                    nameless.append(f"{page}:{svg.line}: <svg class={svg.get('class')!r}>")
    assert drawings > 90
    assert nameless == []


def named(svg: Element, document: Document) -> bool:
    """Whether a drawing has words, or is hidden from those who need them."""
    if svg.get("aria-hidden") == "true" or svg.get("aria-label").strip():
        return True
    words = {id(element) for element, text in document.texts if text}
    # A chart's drawing for a phone is named by the title of the wide one beside it.
    by = svg.get("aria-labelledby").strip()
    beside = svg.parent.children if svg.parent is not None and by else []
    titles = [title for one in (svg, *beside) for title in one.children if title.tag == "title"]
    return any(id(title) in words and (title in svg.children or title.get("id") == by) for title in titles)


def test_nothing_is_hidden_from_everyone(sample_site: Site) -> None:
    """A drawing out of sight of screen readers has its words beside it."""
    for page in sample_site.pages:
        document = sample_site.document(page)
        for svg in document.all("svg"):
            if svg.inside("article") and svg.get("aria-hidden") == "true":
                parent = svg.parent
                assert parent is not None
                assert any(parent in element.around for element, _ in document.seen), f"{page}:{svg.line}"


def test_every_table_has_headings(sample_site: Site) -> None:
    for page in sample_site.pages:
        for table in sample_site.document(page).all("table"):
            heads = [e for e in sample_site.document(page).all("th") if table in e.around]
            assert heads, f"{page}:{table.line}"


# Search


def test_no_chapter_stands_in_the_navigation_twice(sample_site: Site) -> None:
    """As its own name and again as that of its first page."""
    first = re.compile(
        r'<label class="md-nav__title" for="__nav_\d+">(.*?)</label>\s*<ul[^>]*>\s*<li[^>]*>(.*?)</li>',
        re.DOTALL,
    )
    wrong, seen = set(), 0
    for name in sample_site.pages:
        for head, item in first.findall((sample_site.folder / name).read_text(encoding="utf-8")):
            chapter = " ".join(re.sub("<[^>]*>", " ", head).split())
            page = " ".join(re.sub("<[^>]*>", " ", item).split())
            seen += 1
            if page == chapter:
                wrong.add((name, chapter))
    assert seen > 100
    assert wrong == set()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_search_knows_every_page_and_no_other(sample_site: Site, language: str) -> None:
    folder = sample_site.folder / sample_site.address(language, "search")
    index = json.loads((folder / "search_index.json").read_text(encoding="utf-8"))
    script = (folder / "search_index.js").read_text(encoding="utf-8")
    assert json.loads(script.removeprefix("var __index = ").rstrip(";\n")) == index
    named = [entry["location"] for entry in index["docs"]]
    assert len(named) == len(set(named))
    assert {name.partition("#")[0] for name in named} == set(sample_site.own_pages(language))
    for name in named:
        page, _, anchor = name.partition("#")
        assert not anchor or has_anchor(sample_site, sample_site.address(language, page), anchor), name


def test_no_table_to_take_away_holds_a_formula(sample_site: Site) -> None:
    tables = {path: data for path, data in files(sample_site.folder).items() if path.endswith(".csv")}
    assert len(tables) > 100
    number = re.compile(r"[+-]?\d+(\.\d+)?(e[+-]?\d+)?")
    run = [
        (path, cell)
        for path, data in tables.items()
        for row in csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
        for cell in row
        if cell[:1] in tuple("=+-@\t\r＝＋－＠") and not number.fullmatch(cell)
    ]
    assert run == []
