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


def hits(page: Page, address: str, query: str) -> list[str]:
    """Open a page, type a query as a reader would, and give where the hits lead."""
    page.goto(address)
    page.locator("input[name=query]").click()
    page.keyboard.insert_text(query)
    page.keyboard.press("End")
    page.locator(HITS).first.wait_for()
    return [str(link.evaluate("link => link.href")) for link in page.locator(HITS).all()]


@pytest.mark.parametrize("scheme", ["http", "file"])
@pytest.mark.parametrize(("language", "query"), QUERIES)
def test_a_query_finds_its_page_among_the_first_three(
    browser: Browser, roots: dict[str, str], sample_site: Site, scheme: str, language: str, query: str
) -> None:
    start = sample_site.address(language, "pilots/index.html")
    with browser.new_page(viewport=DESK) as page:
        found = hits(page, roots[scheme] + start, query)
    root = urlsplit(roots[scheme]).path + sample_site.address(language, "")
    paths = [urlsplit(hit).path for hit in found]
    assert all(path.startswith(root) for path in paths), found
    inside = [path.removeprefix(root) for path in paths]
    assert set(inside) <= set(sample_site.own_pages(language))
    assert any(re.fullmatch(QUERIES[language, query], path) for path in inside[:3]), inside


@pytest.mark.parametrize("scheme", ["http", "file"])
def test_a_hit_opens_its_page(browser: Browser, roots: dict[str, str], scheme: str) -> None:
    with browser.new_page(viewport=DESK) as page:
        hits(page, f"{roots[scheme]}index.html", "一次通过率")
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
