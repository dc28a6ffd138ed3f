"""The form of the three first actions: filled from a folder, saved, taken in, and shown."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from generator.language_sites import language_sites_of
from generator.pipeline import check_project, figures_for
from generator.problems import Problems
from tests.built import ROOT, handbook

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ID = "2026-09-03-delivery-lead-to-cash"


def test_filled_from_a_folder_saved_taken_in_and_shown(
    browser: Browser, roots: dict[str, str], tmp_path: Path
) -> None:
    page = browser.new_page(accept_downloads=True)
    page.goto(roots["file"] + "en/workshop-form.html")
    page.click("[data-hb-save]")
    assert page.locator("[data-hb-workshop] output").inner_text() == "Enter the date first."
    page.fill("[name=date]", "2026-09-03")
    page.select_option("[name=unit]", "delivery")
    page.select_option("[name=process]", "lead-to-cash")
    page.fill("[name=people]", "8")
    line = page.locator("[data-hb-blockage]").first
    line.locator("[name=text]").fill("Papers <b>wait</b>: two days")
    line.locator("[name=step]").select_option("prepare-ship")
    line.locator("[name=votes]").fill("6")
    row = page.locator("[data-hb-sorted]").first
    row.locator("[name=indicator]").select_option("tickets-completed")
    row.locator("[name=serves]").select_option("looks-good")
    row.locator("[name=reason]").fill("Nobody acts on it")
    row.locator("[name=decides]").fill("Head of service")
    page.locator("[data-hb-score=standard-work] input[value='2']").check()
    with page.expect_download() as caught:
        page.click("[data-hb-save]")
    file = tmp_path / caught.value.suggested_filename
    caught.value.save_as(file)
    page.close()
    assert file.name == f"{ID}.json"
    assert json.loads(file.read_text(encoding="utf-8")) == {
        "date": "2026-09-03", "unit": "delivery", "process": "lead-to-cash", "id": ID, "people": 8,
        "blockages": [{"text": "Papers <b>wait</b>: two days", "step": "prepare-ship", "votes": 6}],
        "indicators": [{"indicator": "tickets-completed", "serves": "looks-good",
                        "reason": "Nobody acts on it", "decides": "Head of service"}],
        "scores": {"standard-work": 2},
    }  # fmt: skip
    project = tmp_path / "project"
    for folder in ("data", "content"):
        shutil.copytree(ROOT / folder, project / folder)
    done = handbook("import", "workshop", file, "--project", project)
    assert done.returncode == 0, done.stdout + done.stderr
    (site,) = language_sites_of(figures_for(check_project(project), "staff"), Problems(), ["en"])
    shown = next(page for page in site.pages if page.path == "workshops.md")
    html = "".join(section.html for section in shown.sections)
    assert "Papers &lt;b&gt;wait&lt;/b&gt;: two days" in html
    assert "Nobody acts on it" in html
