"""The blank questionnaire on paper: clean A4, no navigation, no row torn apart, room for every answer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

A4 = (595, 842)
"""Points."""
PAPER = {"width": 688, "height": 1010}
"""Pixels of 1/96 inch that are left of A4 within the page's margins."""
QUESTIONS, ANSWERS = 15, 5
TORN = """() => [...document.querySelectorAll("tr, .hb-form__matrix")].filter(
  (part) => getComputedStyle(part).breakInside !== "avoid").length"""
WIDE = """() => [...document.querySelectorAll(".md-content__inner *")].filter(
  (part) => part.getBoundingClientRect().right > innerWidth + 1).map((part) => part.className).join()"""
HIDDEN = (".md-header", ".md-sidebar", ".md-footer", ".md-tabs", ".md-path", "[data-hb-print]")


@pytest.fixture(params=["questionnaire.html", "en/questionnaire.html"], ids=["zh", "en"])
def paper(browser: Browser, roots: dict[str, str], request: pytest.FixtureRequest) -> Iterator[Page]:
    """The page as it is printed by somebody who reads in dark colours."""
    page = browser.new_page(viewport=PAPER, color_scheme="dark")
    page.goto(roots["file"] + request.param)
    page.emulate_media(media="print", color_scheme="dark")
    yield page
    page.close()


def test_nothing_but_the_sheet_is_printed(paper: Page) -> None:
    assert [name for name in HIDDEN if paper.locator(name).locator("visible=true").count()] == []
    assert paper.evaluate(WIDE) == ""


def test_every_question_has_its_boxes_and_a_line(paper: Page) -> None:
    assert paper.locator(".hb-form__boxes").count() == QUESTIONS
    assert paper.locator(".hb-form__boxes > span").count() == QUESTIONS * ANSWERS
    assert paper.locator(".hb-form__note i").count() == QUESTIONS
    low = min(line.bounding_box()["width"] for line in paper.locator(".hb-form__note i").all())  # type: ignore[index]
    assert low > PAPER["width"] / 3


def test_it_is_a4_with_the_scoring_on_a_page_of_its_own(paper: Page) -> None:
    pdf = paper.pdf(prefer_css_page_size=True)
    sizes = re.findall(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", pdf)
    assert {(round(float(wide)), round(float(high))) for wide, high in sizes} == {A4}
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 4
    assert paper.evaluate(TORN) == 0
    scoring = paper.locator("#scoring")
    assert scoring.evaluate("(head) => getComputedStyle(head).breakBefore") == "page"


def test_the_button_prints(browser: Browser, roots: dict[str, str]) -> None:
    page = browser.new_page()
    page.add_init_script("window.print = () => { document.title = 'printed'; }")
    page.goto(roots["file"] + "questionnaire.html")
    page.click("[data-hb-print]")
    assert page.title() == "printed"
    page.close()
