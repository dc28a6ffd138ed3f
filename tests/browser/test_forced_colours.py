"""Colours set by the system keep what is chosen apart from what is not; the keyboard reaches all of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.chromium import DESK

if TYPE_CHECKING:
    from playwright.sync_api import Browser

CYCLE, PROCESS = "indicators/order-cycle-time.html", "processes/lead-to-cash.html"
LOOK = """([chosen, other]) => [chosen, other].map((selector) => {
  const style = getComputedStyle(document.querySelector(selector));
  return [style.backgroundColor, style.borderTopColor, style.borderTopWidth].join(" ");
})"""


@pytest.mark.parametrize(
    ("path", "chosen", "other"),
    [
        (CYCLE, ".hb-pick > input:checked + label", ".hb-pick > input:not(:checked) + label"),
        (CYCLE, ".md-tabs__item--active > a", ".md-tabs__item:not(.md-tabs__item--active) > a"),
        (CYCLE, ".hb-beside [aria-current]", ".hb-beside li > a"),
        ("indicators/index.html#level=team", "select[name=level]", "select[name=category]"),
        ("pilots/lead-to-cash-east.html", ".hb-stepper > [aria-current]", ".hb-stepper > li:first-child"),
        (PROCESS, ".hb-tabs__choice:checked + label", ".hb-tabs__choice:not(:checked) + label"),
    ],
)
def test_what_is_chosen_looks_chosen(
    browser: Browser, roots: dict[str, str], path: str, chosen: str, other: str
) -> None:
    with browser.new_page(viewport=DESK, forced_colors="active") as page:
        page.goto(roots["file"] + path)
        assert page.evaluate("() => matchMedia('(forced-colors: active)').matches")
        looks = page.evaluate(LOOK, [chosen, other])
        assert looks[0] != looks[1]


def test_the_step_that_a_map_speaks_of_keeps_its_outline(browser: Browser, roots: dict[str, str]) -> None:
    with browser.new_page(viewport=DESK, forced_colors="active") as page:
        page.goto(f"{roots['file']}reviews/2026-q3-requirement-release.html")
        width = page.locator(".hb-map__focus").first.evaluate("one => getComputedStyle(one).strokeWidth")
        assert float(width.removesuffix("px")) >= 5
        paper = page.locator("svg.hb-map[role]").first.evaluate(
            "one => getComputedStyle(one).backgroundColor"
        )
        assert paper == "rgb(255, 255, 255)"


def test_the_rows_of_a_board_unfold_by_keyboard(browser: Browser, roots: dict[str, str]) -> None:
    with browser.new_page(viewport=DESK) as page:
        page.goto(f"{roots['file']}pilots/lead-to-cash-east.html")
        row = page.locator("details.hb-row").first
        row.locator("summary").first.focus()
        page.keyboard.press("Enter")
        assert row.evaluate("one => one.open") is True
        page.keyboard.press("Tab")
        assert row.evaluate("one => one.contains(document.activeElement)") is True


def test_chips_and_maps_are_chosen_by_keyboard(browser: Browser, roots: dict[str, str]) -> None:
    with browser.new_page(viewport=DESK) as page:
        page.goto(f"{roots['file']}indicators/order-cycle-time.html")
        page.locator(".hb-pick > input").first.focus()
        page.keyboard.press("ArrowRight")
        assert page.locator(".hb-pick > input").nth(1).is_checked()
        page.goto(f"{roots['file']}processes/lead-to-cash.html")
        steps = page.locator(".hb-map a:visible")
        steps.first.focus()
        outline = page.locator(".hb-map a:focus .hb-map__cover").evaluate(
            "one => getComputedStyle(one).strokeWidth"
        )
        assert float(outline.removesuffix("px")) >= 3
        before = page.url
        page.keyboard.press("Enter")
        page.wait_for_url(lambda address: address != before)
