"""The maps of a process by keyboard and by link: in written order, with names and a visible focus."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from generator.pipeline import check_project
from tests.browser.chromium import DESK
from tests.built import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from generator.model.process import ProcessMap

PAGE = "processes/lead-to-cash.html"
FOCUS = """() => {
  const link = document.activeElement;
  const { left, top } = link.getBoundingClientRect();
  const seen = document.elementFromPoint(left + 8, top + 8);
  const cover = link.querySelector(".hb-map__cover");
  const style = cover && getComputedStyle(cover);
  return { href: link.getAttribute("href"), name: link.getAttribute("aria-label"),
    seen: seen !== null && link.contains(seen), ring: style && [style.stroke, style.strokeWidth] };
}"""


ON_THE_SCREEN = """(selector) => {
  const one = document.querySelector(selector);
  if (!one || !one.checkVisibility()) return false;
  const { top, bottom } = one.getBoundingClientRect();
  return top >= 48 && bottom <= innerHeight;
}"""
"""A browser goes to a place of the page when it is laid out, which may be after it is loaded."""


def links(drawn: ProcessMap, map_: str) -> list[str]:
    """Where the links of a map lead, in written order: each step of work and after it its indicators."""
    found = []
    for step in drawn.steps:
        if step.gateway is None and step.event is None:
            found.append(f"#{map_}-{step.id}")
            found += [f"../indicators/{indicator}.html" for indicator in step.indicators]
    return found


def pressed(page: Page, key: str, times: int) -> list[Any]:
    """What has the focus after each press of a key."""
    found = []
    for _ in range(times):
        page.keyboard.press(key)
        found.append(page.evaluate(FOCUS))
    return found


@pytest.fixture(scope="module")
def maps() -> dict[str, ProcessMap]:
    process = check_project(ROOT).catalogue.processes["lead-to-cash"]
    return {name.replace("_", "-"): drawn for name, drawn in process.maps.drawn}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_tab_walks_the_links_of_both_maps_in_written_order(
    browser: Browser, roots: dict[str, str], maps: dict[str, ProcessMap], language: str
) -> None:
    with browser.new_page(viewport=DESK) as page:
        page.goto(roots["file"] + ("en/" if language == "en" else "") + PAGE)
        page.locator("#choose-as-is").focus()
        for number, (name, drawn) in enumerate(maps.items()):
            if number:
                page.locator("#choose-as-is").focus()
                page.keyboard.press("ArrowRight")
            assert [page.locator(f"#{one}").is_visible() for one in maps] == [one == name for one in maps]
            assert pressed(page, "Tab", 1)[0]["href"] is None, "the box first, so that it can be scrolled"
            wanted = links(drawn, name)
            walked = pressed(page, "Tab", len(wanted))
            assert [one["href"] for one in walked] == wanted
            assert [one["href"] for one in walked if not one["seen"]] == [], "hidden under something"
            calm = page.locator(f"#{name} .hb-map__cover").first.evaluate("(e) => getComputedStyle(e).stroke")
            assert all(stroke != calm and width == "3px" for stroke, width in (one["ring"] for one in walked))
            told = {one["href"]: one["name"] for one in walked}
            for step in drawn.steps:
                if (href := f"#{name}-{step.id}") in told:
                    assert told[href].startswith(step.name.say(language, "zh"))
                    assert len(told[href]) > len(step.name.say(language, "zh")) + 10
            back = pressed(page, "Shift+Tab", len(wanted) - 1)
            assert [one["href"] for one in back] == wanted[-2::-1]
            assert [one["href"] for one in back if not one["seen"]] == [], "hidden under something"


def test_enter_on_a_step_leads_to_its_row_in_the_table(browser: Browser, roots: dict[str, str]) -> None:
    with browser.new_page(viewport=DESK) as page:
        page.goto(roots["file"] + PAGE)
        page.locator("#as-is .hb-mapbox").focus()
        for _ in range(2):
            page.keyboard.press("Tab")
        page.keyboard.press("Shift+Tab")
        page.keyboard.press("Enter")
        page.wait_for_function(ON_THE_SCREEN, arg="#as-is-clarify-need:target")


def test_a_link_into_the_hidden_map_takes_its_tab(browser: Browser, roots: dict[str, str]) -> None:
    def shown(page: Page, name: str) -> None:
        """One of the maps is seen, and the other is not."""
        page.locator(f"#{name}").wait_for()
        page.locator(f"#{'as-is' if name == 'to-be' else 'to-be'}").wait_for(state="hidden")

    for scheme in ("http", "file"):
        with browser.new_page(viewport=DESK) as page:
            page.goto(f"{roots[scheme]}{PAGE}#to-be-invoice")
            shown(page, "to-be")
            assert page.locator("#choose-to-be").is_checked()
            page.wait_for_function(ON_THE_SCREEN, arg="#to-be-invoice")
            page.locator("label[for=choose-as-is]").click()
            shown(page, "as-is")
            # The address is there already; a link to it takes the tab all the same.
            page.locator("article").evaluate(
                "(a) => a.insertAdjacentHTML('afterbegin', '<a id=x href=\"#to-be-invoice\">x</a>')"
            )
            page.locator("#x").click()
            shown(page, "to-be")
            page.evaluate("location.hash = 'as-is-invoice'")
            page.locator("#as-is-invoice").wait_for()
            shown(page, "as-is")
    context = browser.new_context(viewport=DESK, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{roots['file']}{PAGE}#to-be-invoice")
    for name in ("as-is", "to-be"):
        assert page.locator(f"#{name}").is_visible(), "without a script the step is not hidden either"
    context.close()


SHEETS = """(name) => {
  const panel = document.getElementById(name);
  const seen = (one) => one.getBoundingClientRect();
  const parts = [...panel.querySelectorAll(".hb-mapbox__slice")];
  const whole = panel.querySelector(".hb-mapbox");
  const last = seen(panel.querySelector(".hb-mapkey")).bottom;
  return (parts.length ? parts : [whole]).map((part, number) => {
    const heads = seen(part.querySelector(".hb-map--heads"));
    const map = part.querySelector(parts.length ? ".hb-map--slice" : ".hb-mapbox__body .hb-map");
    const { left, right, bottom, width } = seen(map);
    const first = number ? part
      : name === "as-is" ? document.querySelector("#maps") : panel.firstElementChild;
    return { high: (parts.length ? bottom : last) - seen(first).top, wide: width,
      pixel: width / map.viewBox.baseVal.width,
      apart: [heads.left - left, heads.right - right].map(Math.round),
      after: seen(panel.querySelector(".hb-tabs__after")).top - bottom };
  });
}"""
MILLIMETRE = 96 / 25.4


@pytest.mark.parametrize("place", ["processes/lead-to-cash.html", "processes/requirement-to-release.html"])
def test_maps_are_printed_whole_or_in_parts_under_the_lanes_heads(
    browser: Browser, roots: dict[str, str], place: str
) -> None:
    """A4 upright inside margins of 10 mm; the small print (10.5 pixels on the map) at least 1.55 mm high.

    With Chinese words every map fits a sheet; with English ones the longest one takes two.
    """
    viewport = {"width": round(190 * MILLIMETRE), "height": round(277 * MILLIMETRE)}
    with browser.new_page(viewport=viewport) as page:
        page.emulate_media(media="print")
        for language in ("", "en/"):
            page.goto(roots["file"] + language + place)
            for name in ("as-is", "to-be"):
                sheets = page.evaluate(SHEETS, name)
                long = (language, name, place) == ("en/", "to-be", "processes/requirement-to-release.html")
                assert len(sheets) == (2 if long else 1), (language, name)
                for sheet in sheets:
                    assert sheet["high"] <= 277 * MILLIMETRE, (language, name)
                    assert sheet["wide"] <= 190 * MILLIMETRE + 1
                    assert 10.5 * sheet["pixel"] / MILLIMETRE >= 1.55, (language, name)
                    assert sheet["apart"] == [0, 0], "the heads stand over their lanes"
                    assert sheet["after"] > 0, "the value stream comes after the maps"
