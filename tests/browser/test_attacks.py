"""A handbook with an attack in every text, in a browser: pages, search and charts run none of them."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from tests.attacks import FORMS, NAMES, attacked_site
from tests.browser.chromium import DESK, page_kinds, served
from tests.browser.test_pages import READY, Watch
from tests.browser.test_search import HITS, hits
from tests.built import Site

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

NOTED = """window.ran = []; window.pwned = (n) => window.ran.push(n);
document.addEventListener("securitypolicyviolation", (event) => window.ran.push(event.violatedDirective));"""
PLANTED = """() => [...document.querySelectorAll("*")].filter((one) => one.localName.startsWith("zqx")
  || [...one.attributes].some(({ name, value }) => /^(zqx|on)/.test(name)
    || (/^(href|src|xlink:href)$/.test(name) && /^\\s*(javascript|vbscript):/i.test(value)))
  ).map((one) => one.outerHTML.slice(0, 80))"""
"""Elements and attributes of an attack among all that stands on a page, put there by scripts or not."""
SEEN_ELSEWHERE = ("tree", "staff")
"""The tree is no site yet; what the staff's edition shows, the managers' shows by the same scripts."""


def unharmed(page: Page, watch: Watch) -> None:
    assert page.evaluate("window.ran") == [], page.url
    assert page.evaluate(PLANTED) == [], page.url
    assert watch.visit.errors == [], page.url


@pytest.mark.parametrize("name", [name for name in NAMES if name not in SEEN_ELSEWHERE])
@pytest.mark.parametrize("form", FORMS)
def test_no_attack_runs(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory, form: str, name: str
) -> None:
    site = attacked_site(tmp_path_factory.getbasetemp(), form, name)
    with served(site.folder) as http, browser.new_page(viewport=DESK) as page:
        page.add_init_script(NOTED)
        watch = Watch(page)
        kinds = page_kinds(site)
        assert len(kinds) > (5 if name == "cases" else 15)
        for number, path in enumerate(kinds):
            root = http if number % 2 else f"{site.folder.as_uri()}/"
            watch.visit.address = root + site.address(("zh", "en")[number // 2 % 2], path)
            page.goto(watch.visit.address)
            page.wait_for_function(READY)
            unharmed(page, watch)
        for root in (http, f"{site.folder.as_uri()}/"):
            watch.visit.address = f"{root}en/index.html"
            search(page, watch)


def search(page: Page, watch: Watch) -> None:
    """What search shows of an attacked title and text, and the page that a hit leads to."""
    page.goto(watch.visit.address)
    assert len(hits(page, "zqx")) > 3
    shown = page.locator(f"{HITS} h1").first.inner_text().replace("\u200b", "")
    assert shown.startswith("zqx")
    assert "onerror=pwned" in shown
    unharmed(page, watch)
    with page.expect_event("load"):
        page.locator(HITS).first.click()
    unharmed(page, watch)


@pytest.mark.parametrize("form", FORMS)
def test_no_attack_runs_in_the_interactive_view(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory, form: str
) -> None:
    site = attacked_site(tmp_path_factory.getbasetemp(), form, "managers")
    with browser.new_page(viewport=DESK) as page:
        page.add_init_script(NOTED)
        watch = Watch(page)
        watch.visit.address = f"{site.folder.as_uri()}/en/indicators/cycle-time.html"
        page.goto(watch.visit.address)
        buttons = page.locator(".hb-take button[aria-pressed]")
        assert buttons.count() > 2
        for place in range(buttons.count()):
            button = buttons.nth(place)
            button.locator("xpath=ancestor::details[not(@open)]").evaluate_all(
                "all => all.map(e => e.open = true)"
            )
            if not button.is_visible():
                continue
            button.click()
            live = button.locator("xpath=ancestor::*[contains(@class, 'hb-figure')][1]").locator(
                ".hb-live svg"
            )
            live.wait_for()
            marks = live.locator("[aria-roledescription=point], [aria-roledescription=bar]")
            for mark in marks.all()[:3]:
                mark.dispatch_event("mousemove")
                mark.hover(force=True)
            unharmed(page, watch)


def test_the_policy_stops_what_escaping_would_let_through(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory, tmp_path: Path
) -> None:
    """The second wall by itself: markup put into a finished page by hand neither runs nor asks anybody."""
    made = attacked_site(tmp_path_factory.getbasetemp(), "markup", "managers")
    site = Site(shutil.copytree(made.folder, tmp_path / "site"))
    page_file = site.folder / "index.html"
    planted = (
        "<script>pwned(1)</script><img src=x onerror=pwned(2)><img src='https://example.org/a.png'>"
        "<script src='https://example.org/a.js'></script><object data='data:text/html,x'></object>"
        "<a id=planted href='javascript:pwned(3)'>x</a>"
        "<iframe srcdoc='<script>parent.pwned(4)</script>'></iframe><base href='https://example.org/'>"
        "<form action='https://example.org/'><button id=send>s</button></form>"
    )
    text = page_file.read_text(encoding="utf-8")
    page_file.write_text(text.replace("</h1>", f"</h1>{planted}", 1), encoding="utf-8")
    with served(site.folder) as http, browser.new_page(viewport=DESK) as page:
        for root in (http, f"{site.folder.as_uri()}/"):
            page.add_init_script("window.ran = []; window.pwned = (n) => window.ran.push(n);")
            asked: list[str] = []
            page.on("response", lambda response, asked=asked: asked.append(response.url))
            page.goto(f"{root}index.html")
            page.evaluate("document.getElementById('planted').click()")
            page.evaluate("document.getElementById('send').click()")
            page.wait_for_timeout(200)
            assert page.url == f"{root}index.html"
            assert page.evaluate("window.ran") == []
            assert page.evaluate("document.baseURI") == f"{root}index.html"
            assert [url for url in asked if "example.org" in url] == []
