"""Search finds what readers look for, in Chinese and English, on a server and opened from a folder."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from tests.browser.chromium import DESK
from tests.built import Site

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

QUERIES = {
    "zh": {
        "订单交付周期": "indicators/order-cycle-time.html",  # the title
        "一次通过率": "indicators/first-pass-yield.html",
        "通过率": "indicators/first-pass-yield.html",  # in a title
        "交付周期": "indicators/order-cycle-time.html",
        "一次合格率": "indicators/first-pass-yield.html",  # another name
        "OTD": "indicators/on-time-delivery.html",
        "ＮＰＳ": "indicators/nps.html",  # full-width letters
        "LTC-T-001": "indicators/order-cycle-time.html",  # a code
        "dingdanjiaofu": "indicators/order-cycle-time.html",  # as it sounds
        "yctgl": "indicators/first-pass-yield.html",
        "jiaofu": "indicators/order-cycle-time.html",  # in a title before in an owner's name
        "交付经理": "indicators/order-cycle-time.html",  # who answers
        "yingshouzhuguan": "indicators/collection-on-time.html",
        "交付周其": "indicators/order-cycle-time.html",  # a slip
        "交付订单周期": "indicators/order-cycle-time.html",  # pairs of characters, in another order
        "订单 缩短": "indicators/order-cycle-reduction.html",
        "派单": "indicators/automatic-dispatch-coverage.html",
        "华东": "pilots/lead-to-cash-east.html",
        "看懂信号": "signals.html",
        "签批合成一道": "cases/merge-approvals.html",
        "华东试点": "pilots/lead-to-cash-east.html",  # a name and what kind of page it is
        "报价佣时": "indicators/quote-time.html",  # another character within a name of four
        "怎么读图": "guide/reading-charts.html",
    },
    "en": {
        "order cycle time": "indicators/order-cycle-time.html",
        "Lead to cash": "processes/lead-to-cash.html",
        "first-pass yield": "indicators/first-pass-yield.html",
        "first pass": "indicators/first-pass-yield.html",
        "cycle": "indicators/order-cycle-time.html",
        "lead time": "indicators/requirement-lead-time.html",
        "OTD": "indicators/on-time-delivery.html",
        "ＮＰＳ": "indicators/nps.html",
        "LTC-T-001": "indicators/order-cycle-time.html",
        "complaints": "indicators/complaint-rate.html",  # plurals
        "rework rates": "indicators/rework-rate.html",
        "delivery manager": "indicators/on-time-delivery.html",
        "on time delivry": "indicators/on-time-delivery.html",  # one slip
        "satisfcation": "indicators/customer-satisfaction.html",
        "订单交付周期": "indicators/order-cycle-time.html",  # the name in the other language
        "dingdanjiaofu": "indicators/order-cycle-time.html",
        "lead to cash in east": "pilots/lead-to-cash-east.html",
        "three approvals": "cases/merge-approvals.html",
        "East pilot": "pilots/lead-to-cash-east.html",  # a name and what kind of page it is
        "how to read the charts": "guide/reading-charts.html",
    },
}
"""What is typed, by language, and the page that is to be first."""
HITS = ".md-search-result__item > a.md-search-result__link:first-child"


def hits(page: Page, query: str) -> list[str]:
    """Type a query as a reader would, into an empty field, and give where the hits lead."""
    field = page.locator("input[name=query]")
    field.click()
    field.fill("")
    page.keyboard.press("End")
    page.locator(HITS).first.wait_for(state="detached")
    page.keyboard.insert_text(query)
    page.keyboard.press("End")
    page.locator(HITS).first.wait_for()
    found: list[str] = page.locator(HITS).evaluate_all("links => links.map((link) => link.href)")
    return found


@pytest.mark.parametrize("scheme", ["http", "file"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_queries_find_their_page_first(
    browser: Browser, roots: dict[str, str], sample_site: Site, scheme: str, language: str
) -> None:
    root, missed = urlsplit(roots[scheme]).path + sample_site.address(language, ""), {}
    with browser.new_page(viewport=DESK) as page:
        page.goto(roots[scheme] + sample_site.address(language, "pilots/index.html"))
        for query, wanted in QUERIES[language].items():
            paths = [urlsplit(hit).path for hit in hits(page, query)]
            inside = [path.removeprefix(root) for path in paths if path.startswith(root)]
            assert len(inside) == len(paths), f"{query}: a hit outside the language, {paths}"
            assert set(inside) <= set(sample_site.own_pages(language)), query
            if inside[0] != wanted:
                missed[query] = inside[:3]
    assert len(QUERIES[language]) >= 19
    assert missed == {}


@pytest.mark.parametrize("scheme", ["http", "file"])
def test_a_hit_tells_kind_value_and_status_and_opens_its_page(
    browser: Browser, roots: dict[str, str], scheme: str
) -> None:
    with browser.new_page(viewport=DESK) as page:
        page.goto(f"{roots[scheme]}index.html")
        hits(page, "一次通过率")
        told = page.locator(HITS).first
        assert told.locator(".hb-hit__kind").inner_text() == "指标"
        assert told.locator(".hb-hit__value").inner_text().endswith("%")
        assert told.locator(".hb-hit .hb-status").inner_text().endswith("接近")
        assert told.locator("h1 mark").inner_text() == "一次通过率"
        told.click()
        page.wait_for_url("**/indicators/first-pass-yield.html*")
        assert "一次通过率" in page.locator("h1").inner_text()


def test_nonsense_finds_nothing_and_is_told_in_words(browser: Browser, roots: dict[str, str]) -> None:
    """So that a search which finds everything cannot pass."""
    with browser.new_page(viewport=DESK) as page:
        for language, said in (("", "没有找到。换个说法"), ("en/", "Nothing found. Try another word")):
            page.goto(f"{roots['http']}{language}index.html")
            page.locator("input[name=query]").click()
            page.keyboard.insert_text("qqwxyzk")
            page.keyboard.press("End")
            page.get_by_text(said).wait_for()
            assert page.locator(HITS).count() == 0
        # A word that a script's own names have, too.
        assert hits(page, "constructor cycle")


def test_what_stands_in_a_name_is_shown_and_never_run(browser: Browser, roots: dict[str, str]) -> None:
    """The worker writes HTML: it is asked about an entry with markup in every field."""
    worker = f"{roots['http']}assets/search.js"
    evil = "&lt;img src=x onerror=alert(1)&gt;"
    entry = {"location": "a.html", "title": evil, "text": f"img {evil}", "kind": evil, "value": evil,
             "status": ['"><img src=x>', evil], "tags": [evil]}  # fmt: skip
    with browser.new_page(viewport=DESK) as page:
        page.goto(f"{roots['http']}index.html")
        found = page.evaluate(
            """([worker, entry]) => new Promise((done) => {
                const asked = new Worker(worker);
                asked.onmessage = ({ data }) => data.type === 1
                    ? asked.postMessage({ type: 2, data: "img" }) : done(data.data.items[0][0]);
                asked.postMessage({ type: 0, data: { docs: [entry] } });
            })""",
            [worker, entry],
        )
        page.set_content(f"<main>{found['title']}{found['text']}</main>")
        assert page.locator("main img").count() == 0
        assert page.locator("main mark").count() >= 2
