"""The index's filters from a folder: they combine, live in the address, go back, and work by keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.chromium import DESK
from tests.built import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page, Route

ROWS = "#indicator-list tbody tr"


SETTLED = "() => !document.querySelector('[aria-busy]')"
"""Of a long list a screen is shown at once; the rest of it follows."""


def shown(page: Page) -> list[str]:
    """The names of the rows that can be seen, in order."""
    page.wait_for_function(SETTLED)
    return [str(name) for name in page.eval_on_selector_all(
        ROWS, "rows => rows.filter(row => !row.hidden).map(row => row.querySelector('a').textContent)"
    )]  # fmt: skip


def counted(page: Page, attribute: str, value: str) -> int:
    """How many rows carry a value, whatever the filters say."""
    return page.locator(f'{ROWS}[data-{attribute}~="{value}"]').count()


def test_filters_combine_and_can_be_shared_by_their_address(browser: Browser, roots: dict[str, str]) -> None:
    page = browser.new_page(viewport=DESK)
    page.goto(f"{roots['file']}en/indicators/index.html")
    every = len(shown(page))
    page.select_option("select[name=level]", "team")
    page.wait_for_function("() => location.hash.includes('level=team')")
    teams = shown(page)
    assert len(teams) == counted(page, "level", "team") < every
    page.click(".hb-filter__more summary")
    page.select_option("select[name=dimension]", "time")
    page.wait_for_function("() => location.hash.includes('dimension=time')")
    both = shown(page)
    assert set(both) < set(teams)
    assert "Order cycle time" in both
    assert page.inner_text(".hb-filter output") == f"{len(both)} of {every}"
    other = browser.new_page(viewport=DESK)
    other.goto(page.url)
    assert shown(other) == both
    assert other.input_value("select[name=level]") == "team"
    page.go_back()
    page.wait_for_function("() => document.querySelector('select[name=dimension]').value === ''")
    assert shown(page) == teams
    page.close()
    other.close()


def test_search_as_one_types_and_reset_by_keyboard(browser: Browser, roots: dict[str, str]) -> None:
    page = browser.new_page(viewport=DESK)
    page.goto(f"{roots['file']}indicators/index.html")
    every = shown(page)
    page.focus(".hb-filter input[type=search]")
    page.keyboard.insert_text("OTD")
    assert shown(page) == ["准时交付率"]
    page.focus(".hb-filter button[type=reset]")
    page.keyboard.press("Enter")
    page.wait_for_function("() => location.hash === ''")
    assert shown(page) == every
    page.close()


def test_three_filters_are_seen_and_what_is_chosen_among_the_others_too(
    browser: Browser, roots: dict[str, str]
) -> None:
    page = browser.new_page(viewport=DESK)
    page.goto(f"{roots['file']}en/indicators/index.html")
    assert page.locator(".hb-filter select:visible").count() == 3
    page.goto(f"{roots['file']}en/downloads.html")
    page.goto(f"{roots['file']}en/indicators/index.html#dimension=time")
    assert page.locator("select[name=dimension]").is_visible()
    page.close()


def test_an_address_that_breaks_off_in_a_sign_leaves_the_page_at_work(
    browser: Browser, roots: dict[str, str]
) -> None:
    page = browser.new_page(viewport=DESK)
    for hash_, found in (("#50%", True), ("#q=50%", False)):
        page.goto("about:blank")
        page.goto(f"{roots['file']}indicators/index.html{hash_}")
        assert bool(shown(page)) is found
        assert page.locator(".hb-filter output").inner_text() != ""
    page.close()


def test_nothing_found_is_said_and_everything_comes_back(browser: Browser, roots: dict[str, str]) -> None:
    page = browser.new_page(viewport=DESK)
    page.goto(f"{roots['file']}indicators/index.html")
    every = shown(page)
    assert not page.locator(".hb-filter__none").is_visible()
    page.fill(".hb-filter input[type=search]", "没有这样的指标")
    assert shown(page) == []
    assert "放宽一个条件" in page.locator(".hb-filter__none").inner_text()
    page.click(".hb-filter__none button")
    page.wait_for_function("() => location.hash === ''")
    assert shown(page) == every
    page.close()


def test_the_place_of_the_form_is_kept_until_its_script_runs(browser: Browser, roots: dict[str, str]) -> None:
    page = browser.new_page(viewport=DESK)
    page.add_init_script(
        "window.moved = 0; new PerformanceObserver((list) => list.getEntries().forEach("
        "(one) => { window.moved += one.value; })).observe({ type: 'layout-shift', buffered: true });"
    )
    page.goto(f"{roots['http']}indicators/index.html")
    page.wait_for_function("() => document.querySelector('.hb-filter output').textContent")
    page.evaluate("() => new Promise((then) => requestAnimationFrame(() => requestAnimationFrame(then)))")
    assert page.evaluate("() => window.moved") < 0.01
    page.close()


def test_sorting_by_sound_in_chinese_and_by_letters_in_english(
    browser: Browser, roots: dict[str, str]
) -> None:
    page = browser.new_page(viewport=DESK)
    page.goto(f"{roots['file']}en/indicators/index.html")
    page.focus("th[data-hb-sort=name] button")
    page.keyboard.press("Enter")
    page.wait_for_function("() => location.hash.includes('sort=name')")
    names = shown(page)
    assert names == sorted(names, key=str.casefold)
    page.keyboard.press("Enter")
    page.wait_for_function("() => location.hash.includes('sort=-name')")
    assert shown(page) == names[::-1]
    page.goto(f"{roots['file']}indicators/index.html#sort=name")
    chinese = shown(page)
    assert chinese.index("订单交付周期") < chinese.index("一次通过率") < chinese.index("自动派单覆盖率")
    page.close()


def test_without_script_the_whole_table_stands_there(browser: Browser, roots: dict[str, str]) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{roots['file']}indicators/index.html#level=team")
    assert page.locator(ROWS).count() > 30
    assert page.locator(f"{ROWS}:visible").count() == page.locator(ROWS).count()
    assert not page.locator(".hb-filter").is_visible()
    context.close()


def entries(page: Page, list_: str) -> list[dict[str, str]]:
    """What each visible entry of a list says to the filters."""
    page.wait_for_function(SETTLED)
    found: list[dict[str, str]] = page.eval_on_selector_all(
        f"#{list_} [data-text]", "all => all.filter(one => !one.hidden).map(one => ({...one.dataset}))"
    )
    return found


@pytest.mark.parametrize(
    ("address", "list_", "names"),
    [
        ("cases/index.html", "case-list", ["kind", "status", "spread", "process", "indicator", "step"]),
        ("en/evidence.html", "proposal-list", ["verdict", "pack"]),
    ],
)
def test_every_filter_narrows_the_list_and_keeps_in_the_address(
    browser: Browser, roots: dict[str, str], address: str, list_: str, names: list[str]
) -> None:
    page = browser.new_page(viewport=DESK)
    page.goto(f"{roots['file']}{address}")
    every = entries(page, list_)
    assert (
        page.eval_on_selector_all("form[data-hb-filter] select", "all => all.map(one => one.name)") == names
    )
    for more in page.locator(".hb-filter__more summary").all():
        more.click()
    for name in names:
        select = f"select[name={name}]"
        values = page.eval_on_selector_all(f"{select} option", "all => all.map(one => one.value)")
        for value in values[1:]:
            page.select_option(select, value)
            page.wait_for_function(
                "([name, value]) => location.hash === `#${name}=${value}`", arg=[name, value]
            )
            expected = [one for one in every if value in one.get(name, "").split(" ")]
            assert entries(page, list_) == expected, (name, value)
            assert 0 < len(expected) < len(every), (name, value)
            label = page.eval_on_selector(f"{select} option:checked", "one => one.textContent")
            assert str(len(expected)) in label, (name, value)
        other = browser.new_page(viewport=DESK)
        other.goto(page.url)
        assert other.input_value(select) == values[-1]
        assert entries(other, list_) == entries(page, list_)
        other.close()
        page.select_option(select, "")
        page.wait_for_function("() => location.hash === ''")
    page.close()


def test_one_form_filters_both_lists_of_actions(browser: Browser, roots: dict[str, str]) -> None:
    page = browser.new_page(viewport=DESK)
    page.goto(f"{roots['file']}en/actions.html")
    every = len(entries(page, "open-actions")) + len(entries(page, "closed-actions"))
    page.select_option("select[name=pilot]", "lead-to-cash-south")
    page.wait_for_function("() => location.hash.includes('pilot=')")
    left, ended = entries(page, "open-actions"), entries(page, "closed-actions")
    assert {one["pilot"] for one in (*left, *ended)} == {"lead-to-cash-south"}
    assert left
    assert ended
    assert page.inner_text(".hb-filter output") == f"{len(left) + len(ended)} of {every}"
    if not page.locator("select[name=state]").is_visible():
        page.click(".hb-filter__more summary")
    page.select_option("select[name=state]", "overdue")
    page.wait_for_function("() => location.hash.includes('state=')")
    assert [one["state"] for one in entries(page, "open-actions")] == ["doing overdue"]
    assert entries(page, "closed-actions") == []
    page.goto(f"{roots['file']}en/actions.html#sort=-due")
    dues = [one["sortDue"] for one in entries(page, "open-actions")]
    assert dues == sorted(dues, reverse=True)
    assert len(dues) > 4
    page.close()


SHIFTED = """() => new Promise((done) => {
  let sum = 0;
  new PerformanceObserver((list) => {
    for (const one of list.getEntries()) sum += one.value;
  }).observe({ type: "layout-shift", buffered: true });
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => done(sum))));
})"""
PAINTED = "() => performance.getEntriesByType('paint').length > 0"


@pytest.mark.parametrize("width", [390, 768, 1280])
@pytest.mark.parametrize("path", ["indicators/index.html", "actions.html", "measures.html", "spread.html"])
def test_nothing_moves_when_the_scripts_come_after_the_page_was_seen(
    browser: Browser, roots: dict[str, str], path: str, width: int
) -> None:
    """The scripts are held back until the page is painted, as on a slow line."""
    held: list[Route] = []
    with browser.new_page(viewport={"width": width, "height": 844}) as page:
        page.route("**/handbook.js", lambda route: held.append(route))  # noqa: PLW0108
        with page.expect_request("**/handbook.js"):
            page.goto(roots["http"] + path, wait_until="commit")
        page.wait_for_function(PAINTED)
        held[0].continue_()
        page.wait_for_load_state()
        page.wait_for_function(SETTLED)
        assert page.evaluate(SHIFTED) < 0.02
        assert page.locator(".hb-scroll").first.is_visible()


def test_a_map_that_scrolls_shows_the_problem_first(browser: Browser, roots: dict[str, str]) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 800})
    page.goto(f"{roots['file']}reviews/2026-q3-requirement-release.html")
    inside = page.evaluate(
        """() => {
          const box = document.querySelector(".hb-mapbox--focus").getBoundingClientRect();
          const step = document.querySelector(".hb-map__focus").getBoundingClientRect();
          const across = step.left >= box.left && step.right <= box.right;
          return across && step.top >= box.top && step.bottom <= box.bottom;
        }"""
    )
    assert inside
    page.close()


def long_list(numbers: range) -> str:
    """A page with a list of numbers, longer than any screen, and the script from beside it."""
    rows = "".join(
        f'<tr data-text="{number}" data-sort-number="{number}"><th scope="row">{number}</th></tr>'
        for number in numbers
    )
    return (
        '<!doctype html><form data-hb-filter="list" data-count="{n} of {of}">'
        '<input type="search" name="q">'
        f'<output></output></form><table id="list"><thead><tr><th data-hb-sort="number">N</th></tr></thead>'
        f'<tbody>{rows}</tbody></table><script src="{(ROOT / "theme/assets/handbook.js").as_uri()}"></script>'
    )


SEEN = """() => [...document.querySelectorAll("#list tbody tr")].filter((row) => !row.hidden).map((row) => (
  Number(row.textContent)))"""


def test_a_long_list_shows_a_screen_of_the_new_order_at_once_and_all_of_it_soon(
    browser: Browser, tmp_path: Path
) -> None:
    numbers = range(1, 401)
    file = tmp_path / "long.html"
    file.write_text(long_list(numbers), encoding="utf-8")
    page = browser.new_page(viewport=DESK)
    page.goto(file.as_uri())
    sort = "() => document.querySelector('.hb-sort').click()"
    page.evaluate(sort)
    at_once = page.evaluate(f"() => {{ ({sort})(); return ({SEEN})(); }}")
    assert at_once[:20] == list(reversed(numbers))[:20]
    page.wait_for_function(SETTLED)
    assert page.evaluate(SEEN) == list(reversed(numbers))
    field = page.locator("input")
    for typed, kept in (("7", "7"), ("37", "37"), ("", "")):
        field.fill(typed)
        page.wait_for_function(SETTLED)
        wanted = [number for number in reversed(numbers) if kept in str(number)]
        assert page.evaluate(SEEN) == wanted
        assert page.inner_text("output") == f"{len(wanted)} of 400"
    ask = "(word) => { const field = document.querySelector('input'); field.value = word;"
    ask += " field.dispatchEvent(new Event('input')); }"
    page.evaluate(sort)
    page.wait_for_function(SETTLED)
    page.evaluate(f"() => {{ ({sort})(); ({sort})(); ({ask})('7'); }}")  # asked before the order is whole
    page.wait_for_function(SETTLED)
    assert page.evaluate(SEEN) == [number for number in reversed(numbers) if "7" in str(number)]
    page.evaluate(f"() => ({ask})('')")
    page.wait_for_function(SETTLED)
    assert page.evaluate(SEEN) == list(reversed(numbers))
    page.evaluate(sort)  # a third time: the order it stood in
    page.wait_for_function(SETTLED)
    assert page.evaluate(SEEN) == list(numbers)
    page.close()
