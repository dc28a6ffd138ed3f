"""Printed pages: light whatever the screen's theme, heads repeat, no form, no crumbs, no heading alone."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.chromium import DESK, page_kinds
from tests.needs import missing

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.built import Site

LEAST = 4
"""Lines that a sheet has at least, besides those that run along its edges."""
COLOURS = """() => {
  const names = new Set();
  for (const sheet of document.styleSheets) {
    const told = (rules) => {
      for (const rule of rules) {
        const own = [...(rule.style ?? [])].filter((name) => name.startsWith("--hb-"));
        own.forEach((name) => names.add(name));
        if (rule.cssRules) told(rule.cssRules);
      }
    };
    told(sheet.cssRules);
  }
  const look = getComputedStyle(document.body);
  return Object.fromEntries([...names].sort().map((name) => [name, look.getPropertyValue(name).trim()]));
}"""
ALONE = """() => [...document.querySelectorAll(".md-content__inner > h2")].filter((head) => {
  const told = (one) => (one.tagName === "DETAILS" ? one.lastElementChild : one).checkVisibility();
  let next = head.nextElementSibling;
  while (next && next.tagName !== "H2" && !told(next)) next = next.nextElementSibling;
  return head.checkVisibility() && (!next || next.tagName === "H2");
}).map((head) => head.id)"""
"""Headings with nothing below them."""
ON_MAPS = frozenset(("--hb-map-paper", "--hb-map-scale"))


def sheets(page: Page, out: Path) -> list[list[str]]:
    """The lines of each sheet."""
    page.pdf(path=out, prefer_css_page_size=True, print_background=True)
    done = subprocess.run(["pdftotext", "-layout", out, "-"], capture_output=True, text=True, check=True)
    told = done.stdout.split("\f")[:-1]
    return [[line.strip() for line in sheet.splitlines() if line.strip()] for sheet in told]


@pytest.fixture(scope="module", autouse=True)
def _tools() -> None:
    if shutil.which("pdftotext") is None:
        missing("no pdftotext: install poppler-utils")


def test_every_colour_is_that_of_the_light_theme(browser: Browser, roots: dict[str, str]) -> None:
    found = []
    for media, scheme in (("screen", "light"), ("print", "dark"), ("screen", "dark")):
        with browser.new_page(viewport=DESK, color_scheme=scheme) as page:
            page.goto(roots["http"] + "processes/lead-to-cash.html")
            page.emulate_media(media=media, color_scheme=scheme)
            found.append(page.evaluate(COLOURS))
            # What nothing of the page covers is the edge of a sheet: dark, where the root says so.
            around = page.evaluate("() => getComputedStyle(document.documentElement).colorScheme")
            assert (around == "dark") == (media == "screen" and scheme == "dark"), (media, scheme)
    light, paper, dark = found
    assert len(light) > 60
    darkened = {name for name in dark if dark[name] != light[name]}
    assert len(darkened) > 40, "the theme was not dark, so this shows nothing"
    # Maps are drawn in still stronger colours on paper.
    assert {name: paper[name] for name in darkened if paper[name] == dark[name]} == {}
    charts = {name for name in light if name.startswith("--hb-chart-")}
    assert {name: paper[name] for name in charts} == {name: light[name] for name in charts}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_sheets_say_where_they_belong_and_none_has_a_crumb_or_a_heading_alone(
    browser: Browser, roots: dict[str, str], sample_site: Site, language: str, tmp_path: Path
) -> None:
    crumbs, alone = {}, {}
    with browser.new_page(viewport=DESK, color_scheme="dark") as page:
        page.emulate_media(media="print")
        for name in page_kinds(sample_site):
            page.goto(roots["http"] + sample_site.address(language, name))
            title = page.title().split(" - ")[0]
            told = sheets(page, tmp_path / "page.pdf")
            for number, lines in enumerate(told, 1):
                joined = re.sub(r"\s+", "", "".join(lines))
                assert re.sub(r"\s+", "", title) in joined, (name, number)
                assert f"{number}/{len(told)}" in joined, (name, number)
                assert ("2026年三季度" if language == "zh" else "Q32026") in joined, (name, number)
                if len(lines) - 2 < LEAST:
                    crumbs[f"{name} {number}/{len(told)}"] = lines
            if heads := page.evaluate(ALONE):
                alone[name] = heads
    assert crumbs == {}
    assert alone == {}


@pytest.mark.parametrize(
    "name", ["pilots/lead-to-cash-south", "pilots/requirement-release", "pilots/index", "reviews/index"]
)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_sheet_ends_with_the_name_of_what_follows(
    browser: Browser, roots: dict[str, str], sample_site: Site, name: str, language: str, tmp_path: Path
) -> None:
    """A pilot's record was folded, short tables, each with a name; so are the earlier reviews."""
    with browser.new_page(viewport=DESK) as page:
        page.goto(roots["http"] + sample_site.address(language, f"{name}.html"))
        told_heads = page.locator("article :is(h2, h3, summary)").all_inner_texts()
        heads = {head.replace("¶", "").strip() for head in told_heads}
        told = sheets(page, tmp_path / "page.pdf")
    assert len(heads) >= 2
    assert [lines[-2] for lines in told if lines[-2] in heads] == []


def test_heads_repeat_with_their_words_and_forms_are_left_out(
    browser: Browser, roots: dict[str, str], tmp_path: Path
) -> None:
    with browser.new_page(viewport=DESK) as page:
        page.goto(roots["http"] + "indicators/index.html")
        assert page.locator(".hb-filter").is_visible()
        heads = page.locator("#all thead th, .hb-table--index thead th").all_inner_texts()
        told = sheets(page, tmp_path / "index.pdf")
    whole = "".join("".join(lines) for lines in told)
    assert "搜索" not in whole
    assert "清除筛选" not in whole
    words = [word for head in heads for word in head.replace("\xa0", " ").strip(" ↕↑↓\n").split(" · ")]
    assert {"指标", "责任", "类别", "维度", "层级", "状态"} <= set(words)
    listed = [lines for lines in told if sum("部 ·" in line for line in lines) > 3]
    assert len(listed) > 1
    for lines in listed:
        row = next(line for line in lines if "类别" in line)
        assert [word for word in words if word not in row] == []
