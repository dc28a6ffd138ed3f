"""What a reader does on a page, and waiting for what the page does then: for events, never for a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.built import LONGEST

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

UNDER_THE_POINTER = """link => {
  const box = link.getBoundingClientRect();
  const at = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  return link.contains(at) ? [box.x + box.width / 2, box.y + box.height / 2] : null;
}"""
UNFOLD = """async () => {
  const folded = [...document.querySelectorAll("details:not([open])")];
  const told = folded.map((one) => new Promise((then) => {
    one.addEventListener("toggle", then, { once: true });
  }));
  folded.forEach((one) => { one.open = true; });
  await Promise.all(told);
  document.getAnimations().forEach((one) => one.finish());
}"""
"""The page's own scripts hear of it from the document, before the element does."""
CALM = "() => { document.getAnimations().forEach((one) => one.finish()); }"
STILL = """async (one) => {
  const frame = () => new Promise((then) => requestAnimationFrame(then));
  await document.fonts.ready;
  for (let before = "", same = 0; same < 3;) {
    await frame();
    const { x, y, width, height } = one.getBoundingClientRect(), now = [x, y, width, height].join();
    [before, same] = [now, now === before ? same + 1 : 0];
  }
  const { x, y, width, height } = one.getBoundingClientRect();
  return [x, y, width, height];
}"""


@dataclass(frozen=True)
class Place:
    """Where something stands in the window, in pixels."""

    x: float
    y: float
    width: float
    height: float


def still(one: Locator) -> Place:
    """Where something stands that moves no more: the same in three frames one after the other."""
    return Place(*one.evaluate(STILL))


def until(page: Page, met: Callable[[], bool]) -> None:
    """Ask again and again where the page, which runs no script, cannot be told to."""
    for _ in range(LONGEST * 50):
        if met():
            return
        page.wait_for_timeout(20)
    raise TimeoutError(f"{page.url}: it never came")


def unfolded(page: Page) -> None:
    """Everything that is folded is open, and the page has done what it does then."""
    page.evaluate(UNFOLD)


def calm(page: Page) -> None:
    """What changes its look slowly has done so."""
    page.evaluate(CALM)


def switched(page: Page, language: str) -> None:
    """Chooses a language with the mouse, when the menu has opened.

    A click that Playwright aims itself scrolls the page while the menu still opens: away from the section.
    """
    page.locator(".md-header__button[aria-label]:has(+ .md-select__inner)").hover()
    link = page.locator(f".md-select__link[hreflang={language}]").element_handle()
    x, y = page.wait_for_function(UNDER_THE_POINTER, arg=link).json_value()
    page.mouse.click(x, y)
    page.locator(f"html[lang={language}] article h1").wait_for()
