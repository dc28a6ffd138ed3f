"""Search finds what readers look for, in Chinese and English, on a server and opened from a folder."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from tests.browser.chromium import DESK
from tests.built import Site

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

QUERIES = {
    ("zh", "执行效率"): r"index\.html|guide/.*",
    ("zh", "一次通过率"): r"indicators/first-pass-yield\.html",
    ("zh", "通过率"): r"indicators/first-pass-yield\.html",
    ("zh", "交付周期"): r"indicators/order-cycle-time\.html",
    ("zh", "OTD"): r"indicators/on-time-delivery\.html",
    ("zh", "LTC-T-001"): r"indicators/order-cycle-time\.html",
    ("en", "first-pass yield"): r"indicators/first-pass-yield\.html",
    ("en", "cycle"): r"indicators/order-cycle-time\.html",
    ("en", "OTD"): r"indicators/on-time-delivery\.html",
    ("en", "LTC-T-001"): r"indicators/order-cycle-time\.html",
}
"""What is typed, by language, and the page that is to be among the first three hits."""
HITS = ".md-search-result__item > a.md-search-result__link:first-child"


def hits(page: Page, query: str) -> list[str]:
    """Type a query as a reader would, and give where the hits lead."""
    page.locator("input[name=query]").click()
    page.keyboard.insert_text(query)
    page.keyboard.press("End")
    page.locator(HITS).first.wait_for()
    return [str(link.evaluate("link => link.href")) for link in page.locator(HITS).all()]


@pytest.mark.parametrize("scheme", ["http", "file"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_queries_find_their_page_among_the_first_three(
    browser: Browser, roots: dict[str, str], sample_site: Site, scheme: str, language: str
) -> None:
    root = urlsplit(roots[scheme]).path + sample_site.address(language, "")
    missed = {}
    with browser.new_page(viewport=DESK) as page:
        for (spoken, query), expected in QUERIES.items():
            if spoken == language:
                # Anew for each: Material keeps the last hits on the page until there are others.
                page.goto(roots[scheme] + sample_site.address(language, "pilots/index.html"))
                paths = [urlsplit(hit).path for hit in hits(page, query)]
                inside = [path.removeprefix(root) for path in paths if path.startswith(root)]
                assert len(inside) == len(paths), f"{query}: a hit outside the language, {paths}"
                assert set(inside) <= set(sample_site.own_pages(language)), query
                if not any(re.fullmatch(expected, path) for path in inside[:3]):
                    missed[query] = inside
    assert missed == {}


@pytest.mark.parametrize("scheme", ["http", "file"])
def test_a_hit_opens_its_page(browser: Browser, roots: dict[str, str], scheme: str) -> None:
    with browser.new_page(viewport=DESK) as page:
        page.goto(f"{roots[scheme]}index.html")
        hits(page, "一次通过率")
        page.locator(HITS).first.click()
        page.wait_for_url("**/indicators/first-pass-yield.html*")
        assert "一次通过率" in page.locator("h1").inner_text()


def test_nonsense_finds_nothing(browser: Browser, roots: dict[str, str]) -> None:
    """So that a search which finds everything cannot pass."""
    with browser.new_page(viewport=DESK) as page:
        page.goto(f"{roots['http']}index.html")
        page.locator("input[name=query]").click()
        page.keyboard.insert_text("qqwxyzk")
        page.keyboard.press("End")
        page.get_by_text("没有找到符合条件的结果").wait_for()
        assert page.locator(HITS).count() == 0
