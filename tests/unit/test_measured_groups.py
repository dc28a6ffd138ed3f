"""Groups of a log: each is what a log of its cases alone would tell, and none follows from the others."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli import main
from generator.language_sites import language_sites_of
from generator.measure.groups import told_of
from generator.model.measured import MeasuredMap
from generator.pipeline import check_project, figures_for
from generator.problems import Problems
from tests.unit.test_measure import CALENDAR, ROWS, measured
from tests.unit.test_measure_files import plain

MINIMAL = Path(__file__).parents[2] / "examples/minimal"
NORTH = "abcdefj"


def by_region(root: Path, rows: list[tuple[str, str, int, int | None]], least: int = 0) -> MeasuredMap:
    """The hand-worked cases in two regions; Bill is done by a machine."""
    lines = [
        f"{case},{name},2026-03-02 {start:02d}:00:00,{f'2026-03-02 {end:02d}:00:00' if end else ''},"
        f"{'robot' if name == 'Bill' else 'x'},{'north' if case[0] in NORTH else 'south'}"
        for case, name, start, end in rows
    ]
    (root / "data/raw").mkdir(parents=True, exist_ok=True)
    text = "case,activity,start,end,resource,region\n" + "\n".join(lines) + "\n"
    (root / "data/raw/events.csv").write_text(text, encoding="utf-8")
    (only,) = measured(root, CALENDAR, least).maps
    return only


@pytest.mark.parametrize("region", ["north", "south"])
def test_a_group_is_what_a_log_of_its_cases_tells(tmp_path: Path, region: str) -> None:
    whole = by_region(tmp_path, ROWS)
    (group,) = [one for one in whole.groups if (one.by, one.value) == ("region", region)]
    alone = by_region(tmp_path, [row for row in ROWS if (row[0] in NORTH) == (region == "north")])
    assert group.steps == alone.steps
    assert group.throughput == alone.throughput
    for name in ("first_pass", "waiting_share", "automation", "follows"):
        assert getattr(group, name) == getattr(alone, name), name
    assert group.hand_overs == pytest.approx(sum(one.per_case for one in alone.hand_overs), abs=1e-5)
    assert len(group.steps) == 4
    assert group.waiting_share is not None


def test_a_small_group_does_not_follow_from_the_whole_and_the_others(tmp_path: Path) -> None:
    """Two regions of 7 and 5 cases, of which 5 each are done, 3 and 3 were repaired."""
    told = by_region(tmp_path, ROWS, least=4)
    assert [one.value for one in told.groups if one.by == "region"] == ["north", "south"]
    steps = {one.value: [step.id for step in one.steps] for one in told.groups if one.by == "region"}
    assert "repair" not in steps["south"]
    assert "repair" not in steps["north"], "its four cases and the whole would tell of the two in the south"


def test_people_are_no_groups(tmp_path: Path) -> None:
    """Whatever the column is called: a name, a number of staff or an address tells nobody apart."""
    by_region(tmp_path, ROWS)
    file = tmp_path / "data/raw/events.csv"
    text = file.read_text(encoding="utf-8").replace(",north", ",张伟")
    file.write_text(text, encoding="utf-8")
    (only,) = measured(tmp_path, CALENDAR).maps
    assert [one.value for one in only.groups if one.by == "region"] == ["south"]
    assert "张伟" not in only.model_dump_json()


@pytest.mark.parametrize(
    ("cases", "told"),
    [
        ({"a": 10, "b": 8}, {"a", "b"}),
        ({"a": 10, "b": 3}, set()),
        ({"a": 10, "b": 8, "c": 3}, {"a"}),
        ({"a": 10, "b": 3, "c": 3}, {"a"}),
        ({"a": 10, "b": 8, None: 2}, {"a"}),
        ({"a": 10, "b": 8, None: 20}, {"a", "b"}),
    ],
)
def test_which_groups_are_told(cases: dict[object, int], told: set[object]) -> None:
    assert told_of(cases, 5) == told


def test_the_page_tells_each_group_by_its_name(tmp_path: Path) -> None:
    root = tmp_path / "h"
    shutil.copytree(MINIMAL, root)
    by_region(root, [(f"{case}{n}", *row) for case, *row in ROWS for n in range(5)])
    file = root / "data/handbook.yml"
    values = "{north: {zh: 华北, en: The north}, south: {zh: 华南, en: The south}}"
    region = f"\ndimensions: [{{id: region, name: {{zh: 区域, en: Region}}, values: {values}}}]\n"
    file.write_text(file.read_text(encoding="utf-8") + region, encoding="utf-8")
    (root / "data/processes").mkdir(exist_ok=True)
    (root / "data/processes/repair.yml").write_text(CALENDAR, encoding="utf-8")
    assert CliRunner().invoke(main, ["measure", str(root)]).exit_code == 0
    sites = language_sites_of(figures_for(check_project(root)), Problems(), ["en", "zh"])
    english, chinese = (
        " ".join(re.sub("<[^>]+>", " ", plain(page)).split())
        for site in sites
        for page in site.pages
        if page.path == "processes/repair.md"
    )
    # e (twice) and the others by hand: waits c 2, d 1, e 0 and 1, j 2; work c 3, d 4, e 2 and 4, j 3.
    repaired = "measured 1.0 h in the middle, 2.0 h at p90, n 25"
    assert (
        f"The north Repair {repaired} measured 3.0 h in the middle, 4.0 h at p90, n 25 25 20.0 %" in english
    )
    assert "The south Bill" in english
    assert "华北 Repair" in chinese
