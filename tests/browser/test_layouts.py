"""Pages that are read in one go: how long they are, and that nothing that counts is off a phone's screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.chromium import DESK

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.built import Site

HOME_HEIGHT, PILOT_HEIGHT = 2200, 4500
"""Pixels at a width of 1280."""
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
def test_home_and_pilots_are_no_longer_than_this(
    browser: Browser, roots: dict[str, str], sample_site: Site, language: str
) -> None:
    with browser.new_page(viewport=DESK) as page:
        for name in ("index.html", *pilots_of(sample_site)):
            page.goto(roots["file"] + sample_site.address(language, name))
            height = page.evaluate("document.documentElement.scrollHeight")
            assert height <= (HOME_HEIGHT if name == "index.html" else PILOT_HEIGHT), (name, height)


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
