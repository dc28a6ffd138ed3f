"""Pages that are read in one go: how long they are, and that nothing that counts is off a phone's screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.chromium import DESK, page_kinds

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.built import Site

MOST = {"index.html": 2200, "quarters/": 3000, "indicators/": 3500, "": 4500}
"""Pixels at a width of 1280, by how a page's path begins; of indicators not of their list."""
LONG = ("processes/", "pilots/", "reviews/", "quarters/", "indicators/")
"""Folders of which every page is looked at."""
OFF_SCREEN = """() => {
  const shown = [".hb-row__name", ".hb-row__value", ".hb-row__status", ".hb-row__since"];
  const cells = shown.flatMap((one) => [...document.querySelectorAll(".hb-row > summary " + one)]);
  return cells.filter((cell) => {
    const { left, right, width, height } = cell.getBoundingClientRect();
    const empty = !cell.textContent.trim();
    return !empty && (left < 0 || right > innerWidth + 0.5 || !width || !height);
  }).map((cell) => cell.textContent.trim());
}"""


def pilots_of(site: Site) -> list[str]:
    own = [page for page in site.own_pages(site.first) if page.startswith("pilots/")]
    return [page for page in own if page != "pilots/index.html"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_page_is_longer_than_this(
    browser: Browser, roots: dict[str, str], sample_site: Site, language: str
) -> None:
    names = {*page_kinds(sample_site), *(one for one in sample_site.own_pages("zh") if one.startswith(LONG))}
    wrong = {}
    with browser.new_page(viewport=DESK) as page:
        for name in sorted(names):
            page.goto(roots["file"] + sample_site.address(language, name))
            height = page.evaluate("document.documentElement.scrollHeight")
            most = next(most for path, most in MOST.items() if name.startswith(path))
            if height > (MOST[""] if name == "indicators/index.html" else most):
                wrong[name] = height
    assert len(names) > 80
    assert wrong == {}


@pytest.mark.parametrize("width", [390, 1280])
def test_a_page_without_scripts_is_as_wide_as_its_window(
    browser: Browser, roots: dict[str, str], width: int
) -> None:
    """The list of languages stands under the header's button, whatever else the header has there."""
    with browser.new_page(viewport={"width": width, "height": 844}, java_script_enabled=False) as page:
        for name in ("agenda.html", "en/strategy.html"):
            page.goto(roots["file"] + name)
            assert page.evaluate("document.documentElement.scrollWidth") == width, name


def test_a_case_tells_its_story_before_its_facts(browser: Browser, roots: dict[str, str]) -> None:
    """In the order of reading and on a phone; where there is room the facts stand at its side."""
    top = "(one) => document.querySelector(one).getBoundingClientRect().top"
    for width in (390, 1280):
        with browser.new_page(viewport={"width": width, "height": 844}) as page:
            page.goto(roots["file"] + "cases/merge-approvals.html")
            order = page.evaluate(
                """() => document.querySelector("article h2").compareDocumentPosition(
                  document.querySelector(".hb-would"))"""
            )
            assert order & 4, "the facts come before the story"
            facts, story, folded = (
                page.evaluate(top, one) for one in (".hb-would", "article h2", "h2#measured")
            )
            assert facts < folded
            assert (story < facts) == (width == 390)


def test_a_goal_opens_by_a_link_to_it(browser: Browser, roots: dict[str, str]) -> None:
    with browser.new_page(viewport=DESK) as page:
        page.goto(roots["file"] + "strategy.html")
        goal = page.locator("details.hb-row").last
        name = goal.get_attribute("id")
        assert goal.get_attribute("open") is None
        page.goto(roots["file"] + f"strategy.html#{name}")
        page.wait_for_function("(name) => document.getElementById(name).open", arg=name)


@pytest.mark.parametrize("width", [390, 640])
def test_a_row_of_a_board_keeps_value_target_and_status_on_the_screen(
    browser: Browser, roots: dict[str, str], sample_site: Site, width: int
) -> None:
    with browser.new_page(viewport={"width": width, "height": 844}) as page:
        for language in ("zh", "en"):
            for name in pilots_of(sample_site):
                page.goto(roots["file"] + sample_site.address(language, name))
                assert page.locator(".hb-row__value .hb-sub").count() >= 3, "targets"
                assert page.evaluate(OFF_SCREEN) == [], (language, name)


def test_a_row_opens_by_the_keyboard_and_shows_its_chart(browser: Browser, roots: dict[str, str]) -> None:
    with browser.new_page(viewport=DESK) as page:
        page.goto(roots["file"] + "pilots/lead-to-cash-east.html")
        row = page.locator(".hb-row").first
        assert row.locator(".hb-chart").is_hidden()
        row.locator("summary").first.focus()
        page.keyboard.press("Enter")
        assert row.locator(".hb-chart > svg").first.is_visible()
        row.locator(".hb-more > summary").focus()
        page.keyboard.press("Enter")
        assert row.locator(".hb-more table").is_visible()


TOO_WIDE = """() => [...document.querySelectorAll(".hb-board summary > span")].filter((cell) => {
  return cell.scrollWidth > cell.clientWidth + 1;
}).map((cell) => cell.textContent.trim())"""


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_cell_of_a_board_runs_into_the_next(
    browser: Browser, roots: dict[str, str], sample_site: Site, language: str
) -> None:
    with browser.new_page(viewport=DESK) as page:
        for name in pilots_of(sample_site):
            page.goto(roots["file"] + sample_site.address(language, name))
            assert page.locator(".hb-board summary > span").count() > 20
            assert page.evaluate(TOO_WIDE) == [], name


def test_a_period_marks_what_changed_and_says_the_rest_quietly(
    browser: Browser, roots: dict[str, str]
) -> None:
    """In the cells of its pilots: a filled status only where it turned, or where a signal is new."""
    marked = """() => [...document.querySelectorAll(".hb-cells > li")].map((cell) => [
      !!cell.querySelector(".hb-signal"),
      getComputedStyle(cell.querySelector(".hb-status")).borderTopColor !== "rgba(0, 0, 0, 0)",
    ])"""
    with browser.new_page(viewport=DESK) as page:
        cells = []
        for name in ("quarters/2025-q4.html", "quarters/2026-q3.html"):
            page.goto(roots["file"] + name)
            cells += page.evaluate(marked)
    assert {tuple(cell) for cell in cells} == {(True, True), (False, False)}
