"""The zip of a frozen review, unpacked into a folder and opened with no network: search, cover, paper."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.chromium import DESK
from tests.browser.test_search import hits
from tests.built import Site

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

A4 = (794, 1123)
"""210 × 297 mm in CSS pixels, 96 to the inch."""
MARGIN = 38
"""10 mm."""
OVER_THE_EDGE = """(width) => [...document.querySelectorAll('.md-content *')]
  .filter(one => one.getClientRects().length && !one.closest('svg')
    && (one.getBoundingClientRect().right > width + 1 || one.getBoundingClientRect().left < -1))
  .map(one => `${one.tagName}.${one.className}: ${one.textContent.trim().slice(0, 40)}`)"""


@pytest.fixture(scope="module")
def unpacked(past_review: Site, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a colleague has who was sent the zip."""
    folder = tmp_path_factory.mktemp("sent")
    with zipfile.ZipFile(past_review.folder.with_name("review-2025-Q4.zip")) as packed:
        packed.extractall(folder)
    return folder / "review-2025-Q4"


@pytest.mark.parametrize(
    ("language", "query", "expected"),
    [("", "一次通过率", "first-pass-yield"), ("en/", "order delivery cycle", "order-cycle-time")],
)
def test_search_finds_pages_in_the_folder(
    browser: Browser, unpacked: Path, language: str, query: str, expected: str
) -> None:
    with browser.new_page(viewport=DESK) as page:
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto((unpacked / language / "index.html").as_uri())
        found = hits(page, query)[:3]
        assert any(f"/indicators/{expected}.html" in hit for hit in found), found
        assert [url for url in asked if not url.startswith(("file:", "data:", "blob:"))] == []


def test_every_way_from_the_cover_opens(browser: Browser, unpacked: Path) -> None:
    with browser.new_page(viewport=DESK) as page:
        for language in ("", "en/"):
            page.goto((unpacked / language / "index.html").as_uri())
            links = page.locator(".hb-contents a").evaluate_all("links => links.map(link => link.href)")
            assert len(links) == 5
            for link in links:
                page.goto(link)
                assert page.locator("h1").first.is_visible(), link


@pytest.mark.parametrize("language", ["", "en/"])
def test_the_page_to_print_fits_on_paper(browser: Browser, unpacked: Path, language: str) -> None:
    width = A4[0] - 2 * MARGIN
    with browser.new_page(viewport={"width": width, "height": A4[1]}) as page:
        page.emulate_media(media="print")
        page.goto((unpacked / language / "print.html").as_uri())
        assert page.evaluate(OVER_THE_EDGE, width) == []
        assert drawings_over_the_edge(page, width) == []
        for hidden in (".md-header", ".md-tabs", ".md-sidebar", ".md-footer", ".hb-take", ".hb-printhint"):
            assert not any(one.is_visible() for one in page.locator(hidden).all()), hidden
        boxes = re.findall(rb"/MediaBox\s*\[([^\]]+)\]", page.pdf(prefer_css_page_size=True))
    sizes = {tuple(round(float(number)) for number in box.split()[2:]) for box in boxes}
    assert sizes <= {(595, 842), (596, 842)}  # A4 in points
    assert len(boxes) >= 4


def drawings_over_the_edge(page: Page, width: int) -> list[str]:
    """Charts that paper would cut off, and words in them that stand outside of their chart."""
    found: list[str] = page.evaluate(
        """(width) => [...document.querySelectorAll('.hb-chart svg')].flatMap(svg => {
          const box = svg.getBoundingClientRect();
          const out = [...svg.querySelectorAll('text')].filter(text => {
            const own = text.getBoundingClientRect();
            return own.width && (own.right > width + 1 || own.left < -1);
          }).map(text => text.textContent);
          return box.right > width + 1 ? [...out, svg.getAttribute('aria-labelledby') || 'svg'] : out;
        })""",
        width,
    )
    return found
