"""What readers see of collecting: the log of runs, and what was restated, also on the indicator's page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.language_sites import language_sites_of
from generator.pipeline import check_project, figures_for
from generator.problems import Problems
from tests.unit.test_collect import orders, run
from tests.unit.test_collect import root as collected

__all__ = ["collected"]


@pytest.fixture
def root(collected: Path) -> Path:
    """On trial: an active indicator needs more than its query."""
    file = collected / "data/indicators/late-share.yml"
    file.write_text(f"{file.read_text(encoding='utf-8')}status: trial\n", encoding="utf-8")
    return collected


def said(root: Path, language: str) -> dict[str, str]:
    """Page → its words with plain spaces."""
    (site,) = language_sites_of(figures_for(check_project(root)), Problems(), [language])
    return {
        page.path: " ".join(re.sub("<[^>]*>", " ", "".join(one.html for one in page.sections)).split())
        for page in site.pages
    }


def test_a_run_is_told_with_its_rows_cases_and_changes(root: Path) -> None:
    """27 rows of 180 cases, then one month that now says 2 of 10 late in the east, and 3 of 20 in all."""
    run(root)
    assert "No collected result has been restated so far." in said(root, "en")["collected.md"]
    orders(root, {("2026-08", "east"): 2})
    done = run(root, today="2026-10-25")
    assert done.exit_code == 0, done.output
    pages = said(root, "en")
    page, own = pages["collected.md"], pages["indicators/late-share.md"]
    rows = [
        re.sub(r"\d+\.\d\d ", "", f"Late share erp {one}")
        for one in page.partition("What changed ")[2].split(" Late share erp ")[1:]
    ]
    assert rows[0].startswith("Late share erp Written Jul 2026 – Sep 2026 9 60 2 rows restated 9 Oct 2026")
    assert rows[1].startswith("Late share erp Written Jan 1990 – Sep 2026 27 180 27 new rows Limits")
    told = "Aug 2026: restated from 10.0 % to 15.0 % (25 Oct 2026)."
    assert told in page
    assert told in own
    chinese = said(root, "zh")
    assert "2026年7月 – 2026年9月 9 60" in chinese["collected.md"]
    for path in ("collected.md", "indicators/late-share.md"):
        assert "2026年8月 的数由 10.0 % 更新为 15.0 %" in chinese[path]
