"""How long a reader waits in Chromium for filters and sorting of a long list, and for search.

    python bench/browser.py SITE [--runs N] [--check]

SITE is a built handbook, of `bench/run.py --keep` for instance. Times are milliseconds from the key or choice
to the next frame that shows what was asked for, processor and layout included. Everything is done N times (5)
and of each key and choice the least counts, since others share the machine: median and most of them are
printed, over HTTP and from a folder. The size of each language's search index stands beside them. `--check`
fails where the median is over its budget.
"""

from __future__ import annotations

import argparse
import statistics
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from playwright.sync_api import Page, sync_playwright

from tests.browser.chromium import ARGUMENTS, executable, served

LIST = "indicators/index.html"
MOST = 100
"""Milliseconds that an answer may take."""
MOST_INDEX = 3.0
"""Megabytes of a language's search index."""
WORDS = ("stage 0123", "时长", "操作 01", "Handling", "0999")
FILTER = """
async (words) => {
  const form = document.querySelector("form[data-hb-filter]");
  const input = form.querySelector("input[type=search]");
  const frame = () => new Promise(done => requestAnimationFrame(() => setTimeout(done, 0)));
  const times = {typed: [], chosen: [], sorted: []};
  const timed = async (into, act) => {
    await frame();
    const begun = performance.now();
    act();
    document.body.offsetHeight;
    await frame();
    into.push(performance.now() - begun);
  };
  for (const word of words) for (let end = 1; end <= word.length; end++) await timed(times.typed, () => {
    input.focus();
    input.value = word.slice(0, end);
    input.dispatchEvent(new Event("input", {bubbles: true}));
  });
  input.value = "";
  input.dispatchEvent(new Event("input", {bubbles: true}));
  for (const field of form.querySelectorAll("select")) for (const option of [...field.options].slice(0, 4))
    await timed(times.chosen, () => {
      field.value = option.value;
      field.dispatchEvent(new Event("change", {bubbles: true}));
    });
  for (const button of document.querySelectorAll("button.hb-sort")) for (let n = 0; n < 2; n++)
    await timed(times.sorted, () => button.click());
  return {rows: document.querySelectorAll("[data-text]").length, times};
}
"""
SEARCH = """
async (words) => {
  const input = document.querySelector(".md-search__input");
  const found = document.querySelector(".md-search-result");
  const times = [];
  for (const word of words) for (let end = 2; end <= word.length; end++) {
    const begun = performance.now();
    const shown = new Promise(done => {
      const seen = new MutationObserver(() => { last = performance.now(); });
      let last = 0;
      seen.observe(found, {childList: true, subtree: true, characterData: true});
      const look = () => {
        if (last && performance.now() - last > 60) { seen.disconnect(); done(last - begun); }
        else if (performance.now() - begun > 3000) { seen.disconnect(); done(last ? last - begun : NaN); }
        else setTimeout(look, 5);
      };
      look();
    });
    input.value = word.slice(0, end);
    input.dispatchEvent(new KeyboardEvent("keyup", {bubbles: true}));
    const time = await shown;
    times.push(Number.isNaN(time) ? null : time);
  }
  return {times};
}
"""


def filters(page: Page, address: str) -> Iterator[tuple[str, Sequence[float]]]:
    """The times of the list's form, by what was done."""
    page.goto(address + LIST)
    page.wait_for_function("!document.querySelector('form[data-hb-filter]').hidden")
    told = page.evaluate(FILTER, list(WORDS))
    for name, times in told["times"].items():
        yield f"{name}, {told['rows']} rows", times


def searches(page: Page, address: str) -> Iterator[tuple[str, Sequence[float | None]]]:
    """The times of search: as each letter is typed, until the list of what is found stands."""
    page.goto(address + "index.html")
    page.locator(".md-search__input").focus()
    page.keyboard.type("st")
    page.wait_for_selector(".md-search-result__item", state="attached", timeout=60_000)
    told = page.evaluate(SEARCH, list(WORDS))
    yield "search", told["times"]


def least(page: Page, address: str, runs: int) -> dict[str, list[float]]:
    """By what is done, the least time of each of its keys or choices over all runs; a key that changes
    nothing of what is found, as a blank, has none."""
    found: dict[str, list[Sequence[float | None]]] = {}
    for _ in range(runs):
        for what, times in (*filters(page, address), *searches(page, address)):
            found.setdefault(what, []).append(times)
    each = {
        what: [[time for time in same if time] for same in zip(*all_, strict=False)]
        for what, all_ in found.items()
    }
    return {what: [min(same) for same in told if same] for what, told in each.items()}


def main() -> None:
    """Measure one site."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("site", type=Path)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--check", action="store_true", help="exit with 1 when a budget is missed")
    asked = parser.parse_args()
    site, holds = asked.site.resolve(), True
    for index in sorted(site.rglob("search/search_index.json")):
        size = index.stat().st_size / 1e6
        holds = holds and size <= MOST_INDEX
        entries = index.read_bytes().count(b'"location"')
        print(f"{index.relative_to(site)}: {size:.2f} MB, {entries} entries")
    with sync_playwright() as playwright, served(site) as address:
        browser = playwright.chromium.launch(executable_path=executable(), args=list(ARGUMENTS))
        for name, root in (("folder", f"{site.as_uri()}/"), ("server", address)):
            page = browser.new_page(viewport={"width": 1280, "height": 900})
            for what, times in least(page, root, asked.runs).items():
                middle = statistics.median(times)
                holds = holds and middle <= MOST
                print(f"{name}: {what:<24} {middle:>6.0f} ms, most {max(times):.0f} ms", flush=True)
            page.close()
        browser.close()
    sys.exit(0 if holds or not asked.check else 1)


if __name__ == "__main__":
    main()
