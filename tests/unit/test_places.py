"""Where a series belongs is said by the words of its own values, whatever these are written with."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from generator.language_sites import language_sites_of
from generator.pipeline import check_project, figures_for
from generator.problems import Problems

BASE = Path(__file__).parents[1] / "problems/_base"


def test_two_values_that_end_alike_keep_their_names(tmp_path: Path) -> None:
    """The names were cut at the last "·", so that both of these read "Retail"."""
    project = tmp_path / "p"
    shutil.copytree(BASE, project)
    handbook = project / "data/handbook.yml"
    text = handbook.read_text(encoding="utf-8")
    text = text.replace("{zh: 华东, en: East}", "North · Retail").replace(
        "{zh: 北美, en: North America}", "South · Retail"
    )
    handbook.write_text(text, encoding="utf-8")
    rows = "".join(
        f"2025-0{month},cycle-time,,{20 + month},{region}\n"
        for month in (1, 2, 3)
        for region in ("east", "NA")
    )
    results = project / "data/results/more.csv"
    results.write_text("period,indicator,pilot,value,region\n" + rows, encoding="utf-8")
    (site,) = language_sites_of(figures_for(check_project(project), "staff"), Problems(), ["en"])
    page = next(page for page in site.pages if page.path == "indicators/cycle-time.md")
    html = "".join(section.html for section in page.sections if section.id == "scopes")
    names = re.findall(r'hb-panel__name">(?:<a[^>]*>)?([^<]+?)(?:</a>)? *<', html)
    places = ["Whole organisation · North · Retail", "Whole organisation · South · Retail"]
    assert [name.replace("\xa0", " ").strip() for name in names][1:3] == places
