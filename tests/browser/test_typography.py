"""Lines as they are set: none too wide, no date in two, one blank between Chinese and Latin."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.browser.chromium import DESK, PHONE

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.built import Site

PAGES = (
    "index.html", "pilots/lead-to-cash-east.html", "indicators/order-cycle-time.html",
    "quarters/2026-q3.html", "reviews/2025-q4-lead-to-cash-east.html", "guide/index.html", "quality.html",
    "signals.html", "cases/handling-time-range.html", "evidence.html", "roadmap/index.html",
)  # fmt: skip
MOST = {"zh": 41, "en": 76}
"""Of a line: 40 Chinese characters, of which two Latin letters are one, or 75 Latin ones; and a point."""
LINES = """(chinese) => {
  const wide = /[\\u2e80-\\uffef]/, found = new Map(), range = document.createRange();
  const text = document.createTreeWalker(document.querySelector(".md-content"), NodeFilter.SHOW_TEXT);
  const line = (element) => getComputedStyle(element).display.startsWith("inline");
  for (let node = text.nextNode(); node; node = text.nextNode()) {
    const parent = node.parentElement;
    if (!node.data.trim() || !parent.checkVisibility()) continue;
    if (parent.closest("svg, .hb-sr, select, table")) continue;
    let block = parent;
    while (line(block)) block = block.parentElement;
    if (!block.matches("p, li, dd, blockquote, figcaption, .hb-sub")) continue;
    if (block.matches(".hb-facts, .hb-guards, .hb-now, .hb-take")) continue;
    const lines = found.get(block) ?? {};
    found.set(block, lines);
    for (let place = 0; place < node.length; place += 1) {
      range.setStart(node, place);
      range.setEnd(node, place + 1);
      const box = range.getClientRects()[0];
      if (!box || !box.width) continue;
      const own = Math.round(box.bottom / 6);
      lines[own] = (lines[own] ?? 0) + (chinese && !wide.test(node.data[place]) ? 0.5 : 1);
    }
  }
  return [...found].map(([block, lines]) => [block.textContent.trim(), Math.max(...Object.values(lines), 0)]);
}"""
NEAR = """() => {
  const found = [], range = document.createRange();
  const ink = (cell) => {
    const text = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT), boxes = [];
    for (let node = text.nextNode(); node; node = text.nextNode()) {
      if (node.parentElement.closest(".hb-sr")) continue;
      range.selectNodeContents(node);
      boxes.push(...[...range.getClientRects()].filter((box) => box.width > 0.5));
    }
    return boxes;
  };
  for (const row of document.querySelectorAll(".md-content table tr")) {
    if (!row.checkVisibility()) continue;
    const cells = [...row.children];
    for (let place = 0; place + 1 < cells.length; place += 1) {
      if (!cells[place].matches(".hb-num")) continue;
      for (const box of ink(cells[place])) {
        for (const next of ink(cells[place + 1])) {
          const beside = Math.min(box.bottom, next.bottom) - Math.max(box.top, next.top) > 2;
          if (beside && next.left - box.right < 8) found.push(row.textContent.trim().slice(0, 60));
        }
      }
    }
  }
  return found;
}"""
"""Rows in which a number stands within 8 px of the next cell's words."""
DATES = (
    r"\d{4}年(\d+月(\d+日)?|[一二三四]季度)?|\d+月(\d+日)?"
    r"|\d+\s(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)(\s\d{4})?|Q[1-4]\s\d{4}"
    r"|\d\s?[\u4e00-\u9fff]|(?<!\d{3})\d\s[A-Za-z]+"
    r"|[\u202f\u00a0](小时|分钟|个百分点|百分点|万元(/人)?|元/单|单/人)"
)
BROKEN = """(dates) => {
  const found = [], range = document.createRange();
  const text = document.createTreeWalker(document.querySelector(".md-content"), NodeFilter.SHOW_TEXT);
  for (let node = text.nextNode(); node; node = text.nextNode()) {
    const parent = node.parentElement;
    if (parent.closest("svg, .hb-sr, select") || !parent.checkVisibility()) continue;
    for (const date of node.data.matchAll(new RegExp(dates, "g"))) {
      range.setStart(node, date.index);
      range.setEnd(node, date.index + date[0].length);
      const boxes = [...range.getClientRects()].filter((box) => box.width > 0.5);
      if (new Set(boxes.map((box) => Math.round(box.top))).size > 1) found.push(node.data.trim());
    }
  }
  return found;
}"""


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_line_of_prose_is_wider_than_an_eye_follows(
    browser: Browser, roots: dict[str, str], sample_site: Site, language: str
) -> None:
    wide, lines = {}, 0
    with browser.new_page(viewport=DESK) as page:
        for name in PAGES:
            page.goto(roots["file"] + sample_site.address(language, name))
            assert page.evaluate(NEAR) == [], name
            told = page.evaluate(LINES, language == "zh")
            lines += len(told)
            wide |= {(name, words): most for words, most in told if most > MOST[language]}
    assert lines > 100
    assert wide == {}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_date_and_no_counted_number_is_broken_on_a_phone(
    browser: Browser, roots: dict[str, str], sample_site: Site, language: str
) -> None:
    with browser.new_page(viewport=PHONE) as page:
        for name in PAGES:
            page.goto(roots["file"] + sample_site.address(language, name))
            assert page.evaluate(BROKEN, DATES) == [], name


def test_chinese_stands_beside_latin_by_one_rule(sample_site: Site) -> None:
    """A blank between Chinese and Latin, none between Chinese; a date is one word."""
    chinese = "[\u4e00-\u9fff]"
    date = re.compile(r"\d{4}年(?:\d+月(?:\d+日)?|[一二三四]季度|第\d+周)?|\d+月(?:\d+日)?")
    rule = re.compile(f"{chinese}[A-Za-z0-9]|[A-Za-z0-9%]{chinese}")
    wrong, seen = set(), 0
    for name in sample_site.pages:
        if not name.startswith(("pilots/", "indicators/", "quarters/")):
            continue
        for element, text in sample_site.document(name).texts:
            if not element.inside("svg") and element.tag not in ("title", "script", "code"):
                wrong |= {(name, text) for _ in rule.finditer(date.sub("。", text))}
                seen += 1
    assert seen > 1000
    assert wrong == set()
