"""Charts in a real browser: the interactive view without eval, a picture to take away, names, a choice."""

from __future__ import annotations

import base64
import math
import re
from typing import TYPE_CHECKING

import pytest

from tests.browser.chromium import DESK, PHONE
from tests.browser.reader import still, unfolded

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page, Route

    from tests.built import Site

PAGE = "indicators/order-cycle-time.html"
POLICY = "script-src 'self' 'unsafe-inline'"
"""What a careful host sends: no eval."""


def opened(browser: Browser, address: str) -> Page:
    page = browser.new_context(viewport=DESK, accept_downloads=True).new_page()

    def strict(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, headers={**answer.headers, "content-security-policy": POLICY})

    if address.startswith("http"):
        page.route("**/*.html", strict)
    page.goto(address + PAGE)
    return page


def test_the_interactive_view_needs_no_eval_and_no_server(browser: Browser, roots: dict[str, str]) -> None:
    for scheme in ("http", "file"):
        page = opened(browser, roots[scheme])
        faults: list[str] = []
        page.on("pageerror", lambda error, faults=faults: faults.append(str(error)))
        figure = page.locator(".hb-figure").nth(0)
        figure.locator(".hb-more > summary").click()
        button = figure.get_by_role("button", name="交互查看")
        button.click()
        figure.locator(".hb-live svg").wait_for()
        assert figure.locator(".hb-chart").is_hidden()
        figure.locator(".hb-live path[aria-roledescription=point]").nth(0).hover()
        page.locator("#vg-tooltip-element.visible").wait_for()
        assert "：" in page.locator("#vg-tooltip-element").inner_text()
        figure.get_by_role("button", name="回到静态图").click()
        assert figure.locator(".hb-chart").is_visible()
        assert faults == []
        page.context.close()


TOLD = {
    "indicators/order-cycle-time.html": {
        "chart-order-cycle-time-all": "2026年9月：23.6 天，正常波动",
    },
    "en/pilots/lead-to-cash-east.html": {
        "score": "Order cycle time, Q1 2026: Points 32.2",
    },
    "cases/limit-work-in-progress.html": {
        "effect-fast-lane-requirement-lead-time":
        "需求交付周期：改动前 42.0 天；改动后 32.3 天；变化 −9.7 天（98% 区间 −10.9 至 −8.5）；结论 改善",
    },
    "pilots/index.html": {
        "heat-pilots": "回款准时率，华南从获客到回款：数值 80.9 %；目标 86.0；"
        "底线 82.0；达成率 94.1 %；状态 未达标",
    },
    "indicators/index.html": {
        "heat-periods": "订单交付周期，2025年三季度：数值 23.4 天；目标 25.0；"
        "底线 28.0；达成率 106.9 %；状态 达标",
    },
    "en/roadmap/index.html": {
        "gantt": "Step 5: Run and review: Begun 1 Sep 2025; Due 30 Jun 2026; State Under way, 92 days late",
    },
    "diagnosis/index.html": {
        "quadrants": "公司 2025年1月10日：组织 29 %（答了 6 / 9 题）；技术 21 %；象限 潜力区；先补 动力维",
    },
    "en/evidence.html": {
        "changes": "Fast lane (Sep 2025): Release defect rate: Pilot Requirement to release; "
        "Share of the way −727 % (−843 % to −610 %); Conclusion worse",
    },
    "processes/lead-to-cash.html": {
        "generations-lead-to-cash-east": "订单交付周期，2026年2月：指数 116；数值 21.1 天",
    },
    "en/signals.html": {"example": "22: 24 days, normal variation"},
}  # fmt: skip
"""What hovering over a mark of each kind of chart says, held against the page's own tables."""
OPENED = """(one) => {
  for (let box = one.closest("details"); box; box = box.parentNode.closest("details")) box.open = true;
}"""
HOVER = """([name, wanted]) => {
  const figure = document.getElementById(name + "-t").closest(".hb-figure");
  for (const mark of figure.querySelectorAll(".hb-live svg [class*=mark-] path")) {
    const { x, y, width, height } = mark.getBoundingClientRect();
    const place = { bubbles: true, clientX: x + width / 2, clientY: y + height / 2 };
    mark.dispatchEvent(new PointerEvent("pointermove", place));
    mark.dispatchEvent(new MouseEvent("mousemove", place));
    const tip = document.getElementById("vg-tooltip-element");
    const words = tip && tip.classList.contains("visible") ? tip.textContent.replace(/\\s+/g, " ") : "";
    if (words === wanted) return true;
  }
  return false;
}"""


@pytest.mark.parametrize("place", TOLD)
def test_every_kind_of_chart_says_its_values_in_the_interactive_view(
    browser: Browser, roots: dict[str, str], place: str
) -> None:
    with browser.new_page(viewport=DESK) as page:
        page.goto(roots["file"] + place)
        for name, wanted in TOLD[place].items():
            figure = page.locator(".hb-figure", has=page.locator(f"#{name}-t"))
            figure.evaluate(OPENED)
            figure.locator(".hb-more > summary").click()
            figure.locator(".hb-take button").last.click()
            figure.locator(".hb-live svg").wait_for()
            page.wait_for_function(HOVER, arg=[name, wanted])


SAYS = """(words) => (document.querySelector("#hb-tip.visible")?.textContent ?? "").includes(words)"""
SAID = """(words) => document.querySelector("#hb-tip.visible")?.textContent.replace(/\\s+/g, " ") === words"""


@pytest.mark.parametrize("scheme", ["http", "file"])
def test_a_chart_says_its_values_without_a_click_and_without_a_drawing_library(
    browser: Browser, roots: dict[str, str], scheme: str
) -> None:
    """By the pointer, by keys, and on a phone; the words are those of the interactive view."""
    for view, place in ((DESK, 26), (PHONE, 11)):
        with browser.new_page(viewport=view) as page:
            asked: list[str] = []
            page.on("request", lambda request, asked=asked: asked.append(request.url))
            page.goto(roots[scheme] + PAGE)
            box = page.locator(".hb-figure .hb-chart").first
            box.focus()
            page.keyboard.press("End")
            page.wait_for_function(SAID, arg="2026年9月：23.6 天，正常波动")
            page.keyboard.press("ArrowLeft")
            page.wait_for_function(SAID, arg="2026年8月：23.8 天，正常波动")
            page.keyboard.press("Escape")
            assert page.locator("#hb-tip.visible").count() == 0
            drawn = still(box.locator("svg:visible"))
            dots = {26: 412.2 + 36, 11: 268}[place] / {26: 519, 11: 340}[place]
            page.mouse.move(drawn.x + drawn.width * dots, drawn.y + drawn.height / 2)
            page.wait_for_function(SAID, arg="2026年9月：23.6 天，正常波动")
            page.mouse.move(2, 2)
            page.wait_for_function("() => !document.querySelector('#hb-tip.visible')")
            assert not any("vega" in address for address in asked)


@pytest.mark.parametrize("scheme", ["http", "file"])
def test_a_small_line_says_its_values(browser: Browser, roots: dict[str, str], scheme: str) -> None:
    """Tiles, rows of a board, cells of a quarter, panels of an indicator: by the pointer and by keys."""
    for place, words in (
        ("index.html", "a.hb-tile"),
        ("quarters/2026-q3.html", ".hb-cells li a"),
        ("pilots/lead-to-cash-east.html", ".hb-row > summary"),
        ("en/indicators/order-cycle-time.html", ".hb-panel a"),
    ):
        with browser.new_page(viewport=DESK) as page:
            page.goto(roots[scheme] + place)
            around = page.locator(words).first
            around.focus()
            page.keyboard.press("End")
            page.wait_for_function(SAYS, arg="2026")
            newest = page.locator("#hb-tip").inner_text()
            page.keyboard.press("ArrowLeft")
            page.wait_for_function(
                "(newest) => document.querySelector('#hb-tip').textContent !== newest", arg=newest
            )
            page.keyboard.press("Escape")
            assert page.locator("#hb-tip.visible").count() == 0
            line = page.locator(".hb-spark").first
            line.scroll_into_view_if_needed()
            drawn = still(line)
            page.mouse.move(drawn.x + drawn.width - 3, drawn.y + drawn.height / 2)
            page.wait_for_function(SAYS, arg=newest)


def test_a_finger_on_a_small_line_reads_and_follows_no_link(browser: Browser, roots: dict[str, str]) -> None:
    with browser.new_page(viewport=PHONE, has_touch=True) as page:
        page.goto(roots["file"] + "index.html")
        page.locator("a.hb-tile .hb-spark").first.tap()
        page.wait_for_function(SAYS, arg="20")
        assert page.url.endswith("index.html")


def test_every_chart_says_something_when_it_is_hovered(browser: Browser, roots: dict[str, str]) -> None:
    with browser.new_page(viewport=PHONE) as page:
        for place in TOLD:
            page.goto(roots["file"] + place)
            unfolded(page)
            charts = page.locator(".hb-figure:has(.hb-spec) .hb-chart:visible")
            assert charts.count() > 0
            charts.first.focus()
            page.keyboard.press("ArrowRight")
            page.wait_for_function(
                "() => (document.querySelector('#hb-tip.visible')?.textContent ?? '').length > 4"
            )


def test_every_drawn_chart_has_an_interactive_view(sample_site: Site) -> None:
    """The drawings of charts have titles whose ids end in -t; maps and sparklines are no charts."""
    for address in sample_site.pages:
        source = sample_site.document(address).source
        drawn = len(re.findall(r'<svg role="img" aria-labelledby="[a-z0-9-]+-t"', source))
        assert source.count('class="hb-spec"') == drawn, address


PIXELS = """async ([source, words]) => {
  const picture = new Image();
  picture.src = source;
  await picture.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [picture.width, picture.height];
  const pen = canvas.getContext("2d");
  pen.drawImage(picture, 0, 0);
  const cut = (x, y, wide, high) => [...pen.getImageData(x, y, wide, high).data];
  const svg = document.querySelector(".hb-chart svg[role=img]");
  const scale = picture.width / svg.viewBox.baseVal.width;
  const text = [...svg.querySelectorAll("text")].find((one) => one.textContent.includes(words));
  const shift = svg.getBoundingClientRect(), ratio = svg.viewBox.baseVal.width / shift.width;
  const glyphs = [...words].map((_, number) => {
    const letter = document.createRange();
    letter.setStart(text.firstChild, text.textContent.indexOf(words) + number);
    letter.setEnd(text.firstChild, text.textContent.indexOf(words) + number + 1);
    const { x, y, width, height } = letter.getBoundingClientRect();
    const place = [(x - shift.x), (y - shift.y), width, height].map((one) => Math.round(one * ratio * scale));
    const shades = cut(...place).filter((_, at) => at % 4 === 0);
    return { ink: shades.filter((shade) => shade < 128).length, pattern: shades.join() };
  });
  const { width, height } = svg.viewBox.baseVal;
  return { size: [picture.width, picture.height], drawn: [width, height], corner: cut(0, 0, 1, 1), glyphs };
}"""
"""A picture's size, its first pixel, and what stands where each character of some words of the drawing is."""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_chart_is_taken_away_as_a_picture(
    browser: Browser, roots: dict[str, str], tmp_path: Path, scheme: str
) -> None:
    """Twice the drawing's size, dark on white whatever the page's theme, its Chinese words legible."""
    context = browser.new_context(viewport=DESK, accept_downloads=True, color_scheme=scheme)
    page = context.new_page()
    page.goto(roots["file"] + PAGE)
    page.locator(".hb-more > summary").first.click()
    with page.expect_download() as download:
        page.locator(".hb-take button", has_text="PNG").first.click()
    assert download.value.suggested_filename == "indicators-order-cycle-time-chart-order-cycle-time-all.png"
    picture = tmp_path / "control_chart.png"
    download.value.save_as(picture)
    content = picture.read_bytes()
    assert content.startswith(b"\x89PNG")
    source = "data:image/png;base64," + base64.b64encode(content).decode()
    seen = page.evaluate(PIXELS, [source, "目标"])
    assert seen["size"] == [math.floor(2 * side) for side in seen["drawn"]]
    assert seen["corner"] == [255, 255, 255, 255]
    first, second = seen["glyphs"]
    assert min(first["ink"], second["ink"]) > 20
    assert first["pattern"] != second["pattern"], "one box for every character: the font has them not"
    context.close()


def test_every_chart_has_a_name_and_a_description(browser: Browser, roots: dict[str, str]) -> None:
    page = opened(browser, roots["file"])
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    images = [node for node in nodes if node.get("role", {}).get("value") in ("image", "img")]
    told = {
        node["name"]["value"]: node.get("description", {}).get("value", "")
        for node in images
        if node.get("name", {}).get("value", "").startswith("订单交付周期：")
    }
    shown = page.locator(".hb-chart svg:visible").count()
    assert shown >= 2
    assert told
    assert all(len(text) > 20 for name, text in told.items() if "走势" not in name)
    page.context.close()


@pytest.mark.parametrize("width", [390, 1280])
def test_an_indicator_of_one_scope_shows_its_value_and_its_chart(
    browser: Browser, roots: dict[str, str], width: int
) -> None:
    with browser.new_page(viewport={"width": width, "height": 900}) as page:
        page.goto(roots["file"] + "indicators/value-per-head.html")
        assert page.locator(".hb-pick__panels > div").count() == 1
        assert page.locator(".hb-now__value").is_visible()
        assert page.locator(".hb-pick .hb-chart svg:visible, .hb-pick .hb-narrow:visible").count() == 1


def test_a_scope_is_chosen_without_a_script(browser: Browser, roots: dict[str, str]) -> None:
    context = browser.new_context(viewport=DESK, java_script_enabled=False)
    page = context.new_page()
    page.goto(roots["file"] + PAGE)
    panels = page.locator(".hb-pick").first.locator(".hb-pick__panels > div")
    assert [panel.is_visible() for panel in panels.all()].count(True) == 1
    page.locator(".hb-pick label").nth(1).click()
    assert panels.nth(1).is_visible()
    assert not panels.nth(0).is_visible()
    context.close()
