"""A number says where it comes from: by a click, by keyboard, on a phone, from a folder, and not on paper."""

from __future__ import annotations

import csv
import math
import re
from typing import TYPE_CHECKING

import pytest

from tests.browser.chromium import DESK, PHONE
from tests.browser.reader import still
from tests.built import ROOT
from tests.recount.sizes import IN_UNIT

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PANEL = ".hb-trace"
ASKED = """async () => {
  const told = [];
  document.querySelector(".hb-trace-open").click();
  for (const mark of document.querySelectorAll("article data[data-figure]")) {
    if (!mark.getClientRects().length) continue;
    mark.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }));
    while (!document.querySelector(".hb-trace") || document.querySelector(".hb-asked") !== mark) {
      await new Promise((done) => setTimeout(done, 2));
    }
    const panel = document.querySelector(".hb-trace");
    const facts = [...panel.querySelectorAll("dt")]
      .map((one) => [one.textContent, one.nextSibling.textContent]);
    told.push([mark.getAttribute("value"), Object.fromEntries(facts),
      [...panel.querySelectorAll("li")].map((one) => one.textContent)]);
  }
  return told;
}"""
"""Every number that is seen: its value, what its panel says, the rows that it names."""
ANOTHER = """() => document.querySelector(".hb-trace")
  && document.querySelector(".hb-asked") !== window.before"""
ROW = re.compile(r"(\S+)\u2002(\S+)\u2002(?:\((\S+) ÷ (\S+)\)\u2002)?(\S+\.csv) 第 (\d+) 行")
SIGNS = str.maketrans({"−": "-", "×": "*", "÷": "/", ",": None})


def number(page: Page, name: str) -> None:
    """Click on the first number that can be seen of those that stand for a figure, links left alone."""
    script = """(name) => [...document.querySelectorAll("article data")].filter((mark) => {
      const own = mark.dataset.figure, at = mark.closest("[data-at]");
      const whole = own[0] === "~" ? at.dataset.at + own.slice(1) : own;
      return whole.endsWith(name) && !mark.closest("a, summary") && mark.getClientRects().length;
    })[0].setAttribute("id", "asked")"""
    page.evaluate(script, name)
    page.locator("#asked").click()
    page.locator(PANEL).wait_for()


@pytest.mark.parametrize("scheme", ["http", "file"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_number_tells_its_file_and_line_its_owner_and_its_definition(
    browser: Browser, roots: dict[str, str], scheme: str, language: str
) -> None:
    place = "" if language == "zh" else "en/"
    with browser.new_page(viewport=DESK) as page:
        page.goto(f"{roots[scheme]}{place}indicators/first-pass-yield.html")
        number(page, "points/2026-09/value")
        said = page.locator(PANEL).inner_text()
        assert ("第" in said) == (language == "zh")
        assert "data/results/" in said
        assert "÷" in said
        page.locator(".hb-trace__close:focus").wait_for()
        page.keyboard.press("Escape")
        assert page.locator(PANEL).count() == 0
        assert page.evaluate("() => document.activeElement.id") == "asked"


def test_every_number_of_a_pilot_and_a_quarter_says_something(
    browser: Browser, roots: dict[str, str]
) -> None:
    with browser.new_page(viewport=DESK) as page:
        for path in ("pilots/lead-to-cash-east.html", "quarters/2026-q3.html"):
            page.goto(roots["file"] + path)
            page.locator(".hb-trace-open").focus()
            page.keyboard.press("Enter")
            page.locator(PANEL).wait_for()
            total = page.evaluate(
                "() => [...document.querySelectorAll('article data[data-figure]')]"
                ".filter((mark) => mark.checkVisibility()).length"
            )
            said = set()
            for _ in range(min(total, 60)):
                told = page.locator(".hb-trace__how").inner_text()
                assert told
                assert "{" not in told
                assert "undefined" not in page.locator(PANEL).inner_text()
                said.add(told)
                page.evaluate("() => { window.before = document.querySelector('.hb-asked'); }")
                page.locator(".hb-trace__after").press("Enter")
                page.wait_for_function(ANOTHER)
            assert len(said) > 3


def as_number(told: str) -> float:
    return float(told.translate(SIGNS))


@pytest.mark.parametrize(
    ("path", "sums", "rows"),
    [("indicators/first-pass-yield.html", 40, 100), ("pilots/lead-to-cash-east.html", 50, 300)],
)
def test_what_a_panel_reckons_gives_its_number_and_what_it_names_stands_there(
    browser: Browser, roots: dict[str, str], path: str, sums: int, rows: int
) -> None:
    """Reckoned and read once more, by Python: every formula with its figures, every row by file and line."""
    with browser.new_page(viewport=DESK) as page:
        page.goto(roots["file"] + path)
        told = page.evaluate(ASKED)
    reckoned, named = 0, 0
    for value, facts, places in told:
        if figures := facts.get("代入数字"):
            left, right = figures.translate(SIGNS).split(" = ")
            assert re.fullmatch(r"[-\d.e() +*/]+", left), figures
            assert math.isclose(eval(left), float(value), rel_tol=1e-9, abs_tol=1e-9), figures
            assert math.isclose(float(right), float(value), rel_tol=1e-9, abs_tol=1e-9), figures
            reckoned += 1
        for place in places:
            if place.startswith("其中 "):
                continue
            found = ROW.fullmatch(place)
            assert found, place
            lines = (ROOT / found[5]).read_text(encoding="utf-8-sig").splitlines()
            cells = dict(zip(*csv.reader([lines[0], lines[int(found[6]) - 1]]), strict=False))
            assert cells["period"] == found[1], place
            if cells["value"]:
                assert math.isclose(float(cells["value"]), as_number(found[2]), rel_tol=1e-9), place
            for key, part in (("numerator", found[3]), ("denominator", found[4])):
                assert part is None or float(cells[key]) == as_number(part), place
            named += 1
    assert reckoned > sums
    assert named > rows


def test_a_value_in_another_size_is_reckoned_in_it_and_its_rows_are_told_as_the_file_has_them(
    browser: Browser, roots: dict[str, str]
) -> None:
    """CNY 125,100 is 12.51 in a file that counts in 10,000 CNY: the panel says both, and its sums hold."""
    with browser.new_page(viewport=DESK) as page:
        page.goto(f"{roots['file']}en/indicators/value-per-head.html")
        told = page.evaluate(ASKED)
    sums = rows = 0
    for value, facts, places in told:
        if "value-per-head" not in facts["Place in the export"]:
            continue  # a guardrail
        if figures := facts.get("With the figures put in"):
            left, right = figures.translate(SIGNS).split(" = ")
            shown = eval(left)
            assert math.isclose(shown, float(right), rel_tol=1e-9), figures
            size = 10000 if IN_UNIT.search(facts["Place in the export"]) else 1
            assert math.isclose(shown, float(value) * size, rel_tol=1e-9), figures
            sums += abs(shown) >= 100
        if places:
            assert "Source, in 10,000 CNY per head" in facts
        for place in places:
            found = re.match(r"(\S+)\u2002(\S+)\u2002(\S+\.csv), line (\d+)", place)
            assert found, place
            lines = (ROOT / found[3]).read_text(encoding="utf-8-sig").splitlines()
            cells = dict(zip(*csv.reader([lines[0], lines[int(found[4]) - 1]]), strict=False))
            assert (cells["period"], float(cells["value"])) == (found[1], float(found[2]))
            rows += 1
    assert sums >= 2
    assert rows > 20


def test_by_keyboard_alone(browser: Browser, roots: dict[str, str]) -> None:
    with browser.new_page(viewport=DESK) as page:
        page.goto(f"{roots['file']}indicators/order-cycle-time.html")
        page.locator(".hb-trace-open").focus()
        page.keyboard.press("Enter")
        page.locator(PANEL).wait_for()
        page.keyboard.press("Escape")
        mark = page.locator("article data[role=button]:visible").first
        mark.focus()
        page.keyboard.press("Enter")
        page.locator(PANEL).wait_for()
        page.locator(".hb-trace__after").focus()
        page.keyboard.press("Enter")
        page.locator(".hb-trace__after:focus").wait_for()
        page.keyboard.press("Escape")
        assert page.evaluate("() => document.activeElement.tagName") in ("DATA", "A", "SUMMARY")


@pytest.mark.parametrize(
    "path", ["pilots/lead-to-cash-south.html", "quarters/2026-q3.html", "cases/auto-dispatch.html"]
)
def test_from_the_button_it_asks_what_is_seen_and_gives_the_keyboard_back(
    browser: Browser, roots: dict[str, str], path: str
) -> None:
    """The first numbers of these pages are folded away; of the last one all are."""
    asked = "() => document.querySelector('.hb-asked').checkVisibility()"
    with browser.new_page(viewport=DESK) as page:
        page.goto(roots["file"] + path)
        page.locator(".hb-trace-open").focus()
        page.keyboard.press("Enter")
        page.locator(PANEL).wait_for()
        for _ in range(3):
            assert page.evaluate(asked)
            page.evaluate("() => { window.before = document.querySelector('.hb-asked'); }")
            page.locator(".hb-trace__after").press("Enter")
            page.wait_for_function(ANOTHER)
        page.keyboard.press("Escape")
        assert page.locator(PANEL).count() == 0
        assert page.evaluate("() => document.activeElement.tagName") in ("DATA", "A", "SUMMARY")


def test_on_a_phone_it_stands_at_the_foot_and_paper_has_none(browser: Browser, roots: dict[str, str]) -> None:
    with browser.new_page(viewport=PHONE) as page:
        page.goto(f"{roots['file']}indicators/first-pass-yield.html")
        number(page, "points/2026-09/value")
        box = still(page.locator(PANEL))
        assert box.width == PHONE["width"]
        assert round(box.y + box.height) == PHONE["height"]
        sizes = page.eval_on_selector_all(
            ".hb-trace__head button", "all => all.map(one => one.getBoundingClientRect().height)"
        )
        assert min(sizes) >= 24
        page.emulate_media(media="print")
        assert not page.locator(PANEL).is_visible()
        assert not page.locator(".hb-trace-open").is_visible()


def test_a_link_stays_a_link(browser: Browser, roots: dict[str, str]) -> None:
    with browser.new_page(viewport=DESK) as page:
        page.goto(f"{roots['file']}pilots/lead-to-cash-east.html")
        inside = page.locator("article summary data[data-figure]:visible").first
        row = inside.locator("xpath=ancestor::details[1]")
        inside.click()
        assert page.locator(PANEL).count() == 0
        assert row.evaluate("(one) => one.open") is True
