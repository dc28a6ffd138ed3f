"""Charts in a real browser: the interactive view without eval, a picture to take away, names, a choice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.browser.chromium import DESK

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page, Route

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
        figure = page.locator(".hb-figure").nth(1)
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


def test_a_chart_is_taken_away_as_a_picture(browser: Browser, roots: dict[str, str], tmp_path: Path) -> None:
    page = opened(browser, roots["file"])
    with page.expect_download() as download:
        page.locator(".hb-take button", has_text="PNG").first.click()
    picture = tmp_path / "chart.png"
    download.value.save_as(picture)
    content = picture.read_bytes()
    assert content.startswith(b"\x89PNG")
    assert int.from_bytes(content[16:20]) > 1000
    page.context.close()


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


def test_a_break_down_is_chosen_without_a_script(browser: Browser, roots: dict[str, str]) -> None:
    context = browser.new_context(viewport=DESK, java_script_enabled=False)
    page = context.new_page()
    page.goto(roots["file"] + PAGE)
    panels = page.locator(".hb-pick").first.locator(".hb-pick__panels > div")
    assert [panel.is_visible() for panel in panels.all()].count(True) == 1
    page.locator(".hb-pick label").nth(1).click()
    assert panels.nth(1).is_visible()
    assert not panels.nth(0).is_visible()
    context.close()
