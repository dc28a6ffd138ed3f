"""axe-core on every kind of page in both languages: no fault of WCAG 2.2 A and AA, target sizes included."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.chromium import DESK, page_kinds
from tests.browser.node import node_file
from tests.browser.reader import calm
from tests.built import Site

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

RUN = """async (options) => {
  const { violations } = await axe.run(document, { resultTypes: ["violations"], ...options });
  const held = ({ id, tags, impact }) => id.startsWith("landmark-") || impact === "serious" ||
    impact === "critical" || tags.some((tag) => /^wcag2[0-9]?a+$/.test(tag));
  return violations.filter(held)
    .map(({ id, nodes }) => `${id} (${nodes.length} times): ${nodes[0].html.slice(0, 200)}`);
}"""
UNFOLD = """() => {
  for (const one of document.querySelectorAll("article details:not([open])")) one.open = true;
  for (const one of document.querySelectorAll("article input[type=radio]:last-of-type")) one.checked = true;
}"""
"""What a reader can unfold is unfolded; of a choice, which was seen as it stands, the last is taken."""
BY_COLOUR = ("color-contrast", "link-in-text-block")
Options = dict[str, Any]
ALL: Options = {"rules": {"target-size": {"enabled": True}}}
COLOURS: Options = {"runOnly": {"type": "rule", "values": list(BY_COLOUR)}}
"""What tells dark from light; the rest of a page is the same in both."""
BESIDE_COLOURS: Options = {"rules": {**ALL["rules"], **{rule: {"enabled": False} for rule in BY_COLOUR}}}
"""What may tell one language from the other: all that is not a matter of colours."""

Findings = Callable[["Page", Options], list[str]]


@pytest.fixture(scope="module")
def findings() -> Findings:
    """Serious and critical findings of axe on an open page, as it stands and with all of it unfolded."""
    axe = node_file("axe-core/axe.min.js").read_text(encoding="utf-8")

    def findings(page: Page, options: Options) -> list[str]:
        page.evaluate(axe)
        found: list[str] = page.evaluate(RUN, options)
        if page.locator("article details:not([open]), article input[type=radio]").count():
            page.evaluate(UNFOLD)
            calm(page)
            found += [one for one in page.evaluate(RUN, options) if one not in found]
        return found

    return findings


@pytest.mark.parametrize(
    ("language", "scheme", "options"),
    [("zh", "light", ALL), ("zh", "dark", COLOURS), ("en", "light", BESIDE_COLOURS)],
    ids=["light", "dark", "english"],
)
def test_axe_finds_nothing(
    browser: Browser, roots: dict[str, str], sample_site: Site, findings: Findings,
    language: str, scheme: str, options: Options,
) -> None:  # fmt: skip
    seen = {}
    with browser.new_page(viewport=DESK, color_scheme=scheme) as page:
        for path in page_kinds(sample_site):
            place = sample_site.address(language, path)
            page.goto(roots["file"] + place)
            seen[place] = findings(page, options)
    assert len(seen) >= 20
    assert {place: found for place, found in seen.items() if found} == {}


@pytest.mark.parametrize(
    ("fault", "rule", "options"),
    [
        ("<p style='color: #999'>pale</p>", "color-contrast", COLOURS),
        ("<p>words and <a href='#x' style='text-decoration: none'>a link</a> in them</p>",
         "link-in-text-block", COLOURS),
        ("<details><summary>more</summary><a href='#x'></a></details>", "link-name", BESIDE_COLOURS),
        ("<img src='data:,'>", "image-alt", ALL),
    ],
)  # fmt: skip
def test_a_planted_fault_is_found(
    browser: Browser, roots: dict[str, str], findings: Findings, fault: str, rule: str, options: Options
) -> None:
    """Also where it is folded away: the rules that are run are the ones that see it."""
    with browser.new_page(viewport=DESK, color_scheme="light") as page:
        page.goto(roots["file"] + "downloads.html")
        assert findings(page, options) == []
        page.locator("article").evaluate(f"(article) => article.insertAdjacentHTML('beforeend', {fault!r})")
        found = findings(page, options)
        assert [one.partition(" ")[0] for one in found] == [rule]
