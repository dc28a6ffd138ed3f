"""axe-core on every kind of page in both languages: no fault of WCAG 2.2 A and AA, target sizes included."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tests.browser.chromium import DESK, page_kinds
from tests.browser.node import node_file
from tests.browser.reader import calm
from tests.built import Site

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

RUN = """async (rules) => {
  const only = rules.length ? { runOnly: { type: "rule", values: rules } }
    : { rules: { "target-size": { enabled: true } } };
  const { violations } = await axe.run(document, { resultTypes: ["violations"], ...only });
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
COLOURS = ["color-contrast", "link-in-text-block"]
"""What tells dark from light; the rest of a page is the same in both."""
WORDS = ["label-content-name-mismatch", "link-name", "button-name", "html-has-lang", "valid-lang"]
"""What tells one language from the other."""

Findings = Callable[["Page", list[str]], list[str]]


@pytest.fixture(scope="module")
def findings() -> Findings:
    """Serious and critical findings of axe on an open page, by some of its rules or (with none) by all."""
    axe = node_file("axe-core/axe.min.js").read_text(encoding="utf-8")

    def findings(page: Page, rules: list[str]) -> list[str]:
        page.evaluate(axe)
        found = page.evaluate(RUN, rules)
        if page.locator("article details:not([open]), article input[type=radio]").count():
            page.evaluate(UNFOLD)
            calm(page)
            found += [one for one in page.evaluate(RUN, rules) if one not in found]
        return found

    return findings


@pytest.mark.parametrize(
    ("language", "scheme", "rules"),
    [("zh", "light", []), ("zh", "dark", COLOURS), ("en", "light", [])],
    ids=["light", "dark", "english"],
)
def test_axe_finds_nothing(
    browser: Browser, roots: dict[str, str], sample_site: Site, findings: Findings,
    language: str, scheme: str, rules: list[str],
) -> None:  # fmt: skip
    seen = {}
    with browser.new_page(viewport=DESK, color_scheme=scheme) as page:
        for path in page_kinds(sample_site):
            place = sample_site.address(language, path)
            page.goto(roots["file"] + place)
            seen[place] = findings(page, rules)
    assert len(seen) >= 20
    assert {place: found for place, found in seen.items() if found} == {}


@pytest.mark.parametrize(
    ("fault", "rule", "rules"),
    [
        ("<p style='color: #999'>pale</p>", "color-contrast", COLOURS),
        ("<p>words and <a href='#x' style='text-decoration: none'>a link</a> in them</p>",
         "link-in-text-block", COLOURS),
        ("<details><summary>more</summary><a href='#x'></a></details>", "link-name", WORDS),
        ("<img src='data:,'>", "image-alt", []),
    ],
)  # fmt: skip
def test_a_planted_fault_is_found(
    browser: Browser, roots: dict[str, str], findings: Findings, fault: str, rule: str, rules: list[str]
) -> None:
    """Also where it is folded away: the rules that are run are the ones that see it."""
    with browser.new_page(viewport=DESK, color_scheme="light") as page:
        page.goto(roots["file"] + "downloads.html")
        assert findings(page, rules) == []
        page.locator("article").evaluate(f"(article) => article.insertAdjacentHTML('beforeend', {fault!r})")
        found = findings(page, rules)
        assert [one.partition(" ")[0] for one in found] == [rule]
