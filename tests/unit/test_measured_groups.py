"""Groups of a log: each is what a log of its cases alone would tell, and none follows from the others."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli import main
from generator.language_sites import language_sites_of
from generator.measure.measure import measured_and_results
from generator.measure.told import told_cells, told_of
from generator.model.measured import MeasuredMap
from generator.model.process import Process
from generator.pipeline import check_project, figures_for
from generator.problems import Problems
from tests.unit.test_measure import CALENDAR, ROWS, handbook, measured, read
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
    assert group.ways == alone.ways
    assert group.variants == alone.variants[:3]
    assert len(group.steps) == 4
    assert group.waiting_share is not None


def test_a_small_group_does_not_follow_from_the_whole_and_the_others(tmp_path: Path) -> None:
    """Two regions of 7 and 5 cases, of which 5 each are done, 3 and 3 were repaired."""
    told = by_region(tmp_path, ROWS, least=4)
    assert [one.value for one in told.groups if one.by == "region"] == ["north", "south"]
    steps = {one.value: [step.id for step in one.steps] for one in told.groups if one.by == "region"}
    assert "repair" not in steps["south"]
    assert "repair" not in steps["north"], "its four cases and the whole would tell of the two in the south"


def test_ways_and_variants_of_two_regions_by_hand(tmp_path: Path) -> None:
    """North is a to f and j, south g, h, i, k and l."""
    whole = by_region(tmp_path, ROWS)
    north, south = (group for group in whole.groups if group.by == "region")
    # Billed at once a, b, f and l; repaired c, d, e, j and h, k. Back from the test e; on c, d, e and g, h.
    assert [(way.gateway, way.to, way.n) for way in north.ways] == [
        ("ways", "bill", 3), ("ways", "repair", 4), ("sound", "repair", 1), ("sound", "bill", 3)
    ]  # fmt: skip
    assert [(way.gateway, way.to, way.n) for way in south.ways] == [
        ("ways", "bill", 1), ("ways", "repair", 2), ("sound", "repair", 0), ("sound", "bill", 2)
    ]  # fmt: skip
    assert [way.n for way in whole.ways] == [
        one.n + other.n for one, other in zip(north.ways, south.ways, strict=True)
    ]
    # a and b take 4 h, f 3; c 11, d 10; e 13. Six of the north are done.
    assert [(one.steps, one.cases, one.share, one.median) for one in north.variants] == [
        (("check", "bill"), 3, 0.5, 4.0),
        (("check", "repair", "test", "bill"), 2, pytest.approx(1 / 3, abs=1e-6), 10.5),
        (("check", "repair", "test", "repair", "test", "bill"), 1, pytest.approx(1 / 6, abs=1e-6), 13.0),
    ]


def test_ways_and_variants_do_not_follow_from_the_whole(tmp_path: Path) -> None:
    """With 2 as the least the whole tells 4 and 3 cases of two variants; of each the south has one."""
    told = by_region(tmp_path, ROWS, least=2)
    assert [one.cases for one in told.variants] == [4, 3]
    groups = [group for group in told.groups if group.by == "region"]
    assert [group.value for group in groups] == ["north", "south"]
    assert [(group.ways, group.variants) for group in groups] == [((), ())] * 2
    twice = by_region(tmp_path, [(f"{case}{n}", *row) for case, *row in ROWS for n in range(2)], least=2)
    north, south = (group for group in twice.groups if group.by == "region")
    assert [way.n for way in north.ways] == [6, 8, 2, 6]
    assert [way.n for way in south.ways] == [2, 4, 0, 4]
    assert [one.cases for one in north.variants] == [6, 4, 2]


def in_two_months(root: Path, times: int = 1, least: int = 0) -> MeasuredMap:
    """Of b in the north and g in the south the bill is written in April only."""
    by_region(root, [(f"{case}{n}", *row) for case, *row in ROWS for n in range(times)], least)
    file = root / "data/raw/events.csv"
    lines = file.read_text(encoding="utf-8").splitlines()
    late = [line.replace("-03-", "-04-") if line[0] in "bg" and "Bill" in line else line for line in lines]
    file.write_text("\n".join(late) + "\n", encoding="utf-8")
    (only,) = measured(root, CALENDAR, least).maps
    return only


def test_arrivals_and_queues_of_two_regions_by_hand(tmp_path: Path) -> None:
    whole = in_two_months(tmp_path)
    north, south = (
        [(str(one.period), one.arrivals, one.ended, one.queues) for one in group.periods]
        for group in whole.groups
        if group.by == "region"
    )
    # a, c, d, e and f are done in March, j stays open; h, i and l are done in March, k stays open.
    assert north == [("2026-03", 7, 5, {"bill": 1}), ("2026-04", 0, 1, {})]
    assert south == [("2026-03", 5, 3, {"bill": 1}), ("2026-04", 0, 1, {})]
    months = [(str(one.period), one.arrivals, one.ended, one.queues) for one in whole.periods]
    assert months == [("2026-03", 12, 8, {"bill": 2}), ("2026-04", 0, 2, {})]
    assert [group.periods for group in whole.groups if group.by == "period"] == [(), ()]


def test_a_month_of_a_group_does_not_follow_from_its_others(tmp_path: Path) -> None:
    """In April each region has one case; less March, it would follow from all that the region has."""
    told = in_two_months(tmp_path, least=2)
    assert [(one.arrivals, one.ended, one.queues) for one in told.periods] == [
        (12, 8, {"bill": 2}), (0, 2, {})
    ]  # fmt: skip
    groups = [group for group in told.groups if group.by == "region"]
    assert [group.periods for group in groups] == [(), ()]
    twice = [group for group in in_two_months(tmp_path, 2, 2).groups if group.by == "region"]
    assert [[one.arrivals for one in group.periods] for group in twice] == [[14, 0], [10, 0]]
    assert [group.periods[0].queues for group in twice] == [{"bill": 2}] * 2


def test_which_months_of_groups_are_told() -> None:
    """a in 2 is too few: with it go b in 2 and a in 1, which it would follow from."""
    cases = {("a", 1): (10, 10), ("b", 1): (8, 0), ("a", 2): (3, 10), ("b", 2): (9, 9)}
    assert told_cells(cases, 5, {"a", "b"}) == {("b", 1)}
    assert told_cells(cases, 3, {"a", "b"}) == set(cases)
    assert told_cells(cases, 3, {"a"}) == {("a", 1), ("a", 2)}


def test_a_pilot_is_measured_before_and_after_its_own_start(tmp_path: Path) -> None:
    """The map is in use since April; the south has run by it since the end of February, before all cases."""
    as_is = CALENDAR[CALENDAR.index("  as_is:\n") :]
    text = CALENDAR + as_is.replace("  as_is:\n", "  to_be:\n    since: 2026-04\n")
    text = text.replace("  table: events\n", "  query: select *, region as pilot from events\n")
    by_region(tmp_path, ROWS)
    process = read(text, Process)
    starts = {"south": date(2026, 2, 28), "elsewhere": date(2026, 1, 1)}
    found, _ = measured_and_results(process, process.log, handbook(), (), tmp_path, starts=starts)
    told = [
        (
            one.map,
            one.cases,
            [(group.value, group.throughput.n) for group in one.groups if group.by == "pilot"],
        )
        for one in found.maps
    ]
    assert told == [("as_is", 7, [("north", 6)]), ("to_be", 5, [("south", 4)])]
    (alone,) = measured_and_results(process, process.log, handbook(), (), tmp_path)[0].maps
    assert (alone.map, alone.cases) == ("as_is", 12)


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
    # By hand: 15 and 20 of 35 passages; 15 of 30 cases.
    assert "The north Decision Bill 50.0 % 42.9 % 15" in english
    assert "The north Mar 2026 35 30 " in english
    assert "The north Check → Bill 15 50.0 % 4.0 h on the map" in english
    assert "华北 Repair" in chinese
