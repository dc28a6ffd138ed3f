"""The second handbook's event log: what was put into it, and what is kept of it in data/measured."""

from __future__ import annotations

import runpy
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli import main
from generator.language_sites import language_sites_of
from generator.pipeline import check_project, figures_for
from generator.problems import Problems

HOSPITAL = Path(__file__).parents[2] / "examples/hospital"


@pytest.fixture(scope="module")
def figures():
    return figures_for(check_project(HOSPITAL), "board")


def test_the_log_is_what_its_script_draws() -> None:
    script = runpy.run_path(str(HOSPITAL / "draw_log.py"), run_name="draw_log")
    assert (HOSPITAL / "data/raw/discharges.csv").read_text(encoding="utf-8") == script["log"]()


def test_the_measured_file_is_what_measure_writes(tmp_path: Path) -> None:
    project = tmp_path / "hospital"
    shutil.copytree(HOSPITAL, project)
    kept = project / "data/measured/discharge.yml"
    before = kept.read_bytes()
    kept.unlink()
    done = CliRunner().invoke(main, ["measure", str(project)])
    assert done.exit_code == 0, done.output
    assert kept.read_bytes() == before


def test_the_page_tells_what_was_put_in(figures) -> None:
    """The letter waits longer than was written, the bill less; ward C gained least; pilots by their names."""
    old, new = figures.catalogue.measured["discharge"].maps
    assert (old.map, old.cases, old.ended, new.map, new.cases) == ("as_is", 195, 195, "to_be", 205)
    wait = {step.id: step.wait.median for step in old.steps if step.wait}
    assert wait["write-letter"] > 1 > wait["settle-bill"]
    assert [str(month.period) for month in old.periods][-1] == "2024-06"
    took = {group.value: group.throughput.median for group in new.groups if group.by == "pilot"}
    assert took["ward-a"] < took["ward-c"] > took["ward-b"]
    pages = {}
    for site in language_sites_of(figures, Problems(), list(figures.catalogue.handbook.languages)):
        page = next(page for page in site.pages if page.path == "processes/discharge.md")
        pages[site.language] = " ".join("".join(section.html for section in page.sections).split())
    for language, names in (("en", ("Early home on ward A", "Early home on ward C")), ("zh", ("一病区早离院",))):
        for name in names:
            assert f'<th scope="row">{name}</th>' in pages[language]
    assert "Call to the pharmacy" in pages["en"]
