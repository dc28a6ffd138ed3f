"""Drawings, tables and tiles of the sample with three sets of fonts: no word is cut or covered."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.chromium import DESK, PHONE, page_kinds
from tests.browser.fonts import SETS, FontSet, launched
from tests.browser.test_pages import LAYOUT

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.built import Site

DRAWINGS = Path(__file__).with_name("drawings.js").read_text(encoding="utf-8")
HOLDERS = re.compile(r'<(div|span)\b[^>]*class="hb-(?:chart|mapbox|row__strip|form__matrix|rhythm)\b')
SHEET = """(drawings) => {
  document.querySelector("article").innerHTML = drawings;
  document.querySelector("article").insertAdjacentHTML("afterbegin",
    "<style>svg.hb-narrow, .hb-chart > svg:first-child { display: block !important; }</style>");
}"""
"""In place of an article; what a page shows only on a phone is shown beside the rest."""
OPENED = """() => {
  document.querySelectorAll("article details").forEach((one) => { one.open = true; });
  document.getAnimations().forEach((one) => one.finish());
}"""
TIGHT = ("index.html", "indicators/index.html", "pilots/lead-to-cash-east.html", "reviews/index.html",
         "strategy.html", "indicators/order-cycle-time.html")  # fmt: skip
"""Pages with tiles, boards, cards and wide tables."""


@pytest.fixture(scope="module", params=SETS, ids=lambda fonts: fonts.name)
def fonts(request: pytest.FixtureRequest) -> FontSet:
    found: FontSet = request.param
    return found


@pytest.fixture(scope="module")
def reader(browser: Browser, fonts: FontSet, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """Somebody who has these fonts and no other."""
    found = launched(browser, fonts, tmp_path_factory.mktemp("fonts") / fonts.name)
    yield found
    found.close()


def test_no_other_font_is_seen(reader: Browser, fonts: FontSet, sample_site: Site) -> None:
    with reader.new_page() as page:
        page.goto(f"{sample_site.folder.as_uri()}/index.html")
        asked = page.context.new_cdp_session(page)
        for domain in ("DOM", "CSS"):
            asked.send(f"{domain}.enable")
        root = asked.send("DOM.getDocument")["root"]["nodeId"]
        seen = set()
        for place in asked.send("DOM.querySelectorAll", {"nodeId": root, "selector": "article *"})["nodeIds"]:
            told = asked.send("CSS.getPlatformFontsForNode", {"nodeId": place})["fonts"]
            seen |= {font["familyName"] for font in told}
        assert seen == set(fonts.families)


def drawings_of(site: Site, language: str) -> str:
    """The drawings of all pages with words in them, each once; of reviews, which are many alike, a few."""
    few = {page for page in page_kinds(site) if page.startswith("reviews/")}
    found: dict[str, str] = {}
    for page in site.own_pages(language):
        if page in few or not page.startswith("reviews/"):
            for holder in holders(site.document(site.address(language, page)).source):
                pictures = "".join(re.findall(r"<svg.*?</svg>", holder, re.DOTALL))
                if "<text" in pictures:
                    found.setdefault(re.sub(r'\b(id|href|aria-[a-z]+)="[^"]*"', "", pictures),
                                     f'<div data-page="{page}">{holder}</div>')  # fmt: skip
    return "".join(found.values())


def holders(source: str) -> Iterator[str]:
    """What drawings stand in, without what is around it."""
    end = 0
    for begin in HOLDERS.finditer(source):
        if begin.start() < end:
            continue
        depth = 0
        for mark in re.finditer(rf"<(/?){begin[1]}\b", source[begin.start() :]):
            depth += -1 if mark[1] else 1
            if not depth:
                end = begin.start() + mark.end() + 1
                yield source[begin.start() : end]
                break


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_word_of_a_drawing_is_cut_or_covered(reader: Browser, sample_site: Site, language: str) -> None:
    drawings = drawings_of(sample_site, language)
    assert drawings.count("data-page=") > 60
    with reader.new_page(viewport=DESK, java_script_enabled=False) as page:
        page.goto(f"{sample_site.folder.as_uri()}/{sample_site.address(language, 'index.html')}")
        page.evaluate(SHEET, drawings)
        assert page.evaluate("document.querySelectorAll('article svg text').length") > 3000
        assert page.evaluate(DRAWINGS) == []


def test_a_word_that_is_covered_or_cut_is_seen(reader: Browser, sample_site: Site) -> None:
    picture = (
        '<svg viewBox="0 0 200 60" width="200" height="60"><text x="0" y="20">first words</text>'
        '<text x="40" y="20">second</text><text x="0" y="50">below</text>'
        '<text x="170" y="50">longer than this</text></svg>'
    )
    with reader.new_page(viewport=DESK, java_script_enabled=False) as page:
        page.goto(f"{sample_site.folder.as_uri()}/index.html")
        page.evaluate(SHEET, f'<div data-page="x">{picture}</div>')
        told = page.evaluate(DRAWINGS)
        assert [re.sub(r" by .*", "", one.rpartition(">")[2].strip()) for one in told] == [
            "first words | second", "longer than this",
        ]  # fmt: skip


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_tables_and_tiles_hold_their_words(
    reader: Browser, sample_site: Site, viewport: dict[str, int]
) -> None:
    misfits = {}
    with reader.new_page(viewport=viewport) as page:
        for number, path in enumerate(TIGHT):
            place = sample_site.address(("zh", "en")[(number + (viewport is DESK)) % 2], path)
            page.goto(f"{sample_site.folder.as_uri()}/{place}")
            page.evaluate(OPENED)
            misfits[place] = page.evaluate(LAYOUT)
    assert {place: told for place, told in misfits.items() if told} == {}
