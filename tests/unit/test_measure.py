"""What is measured from a log: against a simulator with known truth, and twelve cases worked by hand."""

from __future__ import annotations

import random
import shutil
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from generator.collect.fault import SourceFaultError
from generator.load.validate import validate
from generator.load.yaml_file import load_yaml_text
from generator.measure.measure import measured_of
from generator.model.handbook import Handbook
from generator.model.measured import Measured, MeasuredMap
from generator.model.process import Process
from generator.problems import Problems, as_text
from tests import made_log as made

PROCESS = made.PROCESS
HANDBOOK = "title: T\norganisation: O\nlanguages: [en]\n"


def read(text: str, model: type, name: str = "data/processes/repair.yml"):
    problems = Problems()
    source = load_yaml_text(text, name, problems)
    found = validate(source, model, problems) if source else None
    assert found is not None, as_text(problems)
    return found


def handbook(least: int = 0) -> Handbook:
    text = (Path(__file__).parents[2] / "examples/minimal/data/handbook.yml").read_text(encoding="utf-8")
    return read(f"{text}\nsmall_group: {least}\n", Handbook, "data/handbook.yml")


def measured(root: Path, process: str = PROCESS, least: int = 0) -> Measured:
    found = read(process, Process)
    return measured_of(found, found.log, handbook(least), root)


@pytest.fixture(scope="module")
def simulated(tmp_path_factory):
    """20,000 cases, and what is measured of them."""
    root = tmp_path_factory.mktemp("log")
    (root / "data/raw").mkdir(parents=True)
    truth = made.simulated(20_000)
    made.written(truth, root / "data/raw/events.csv")
    (only,) = measured(root).maps
    return truth, only, root


def near(value: float | None, truth: float, most: float = 1e-4) -> bool:
    assert value is not None
    return abs(value - truth) <= most * max(abs(truth), 1)


def test_times_of_steps_are_those_of_the_simulator(simulated):
    truth, found, _ = simulated
    assert [step.id for step in found.steps] == ["check", "repair", "test", "bill"]
    for step in found.steps:
        for told, values in ((step.touch, truth.touch[step.id]), (step.wait, truth.wait[step.id])):
            if not values:
                assert told is None
                continue
            assert told is not None
            assert told.n == len(values)
            assert near(told.mean, made.mean(values))
            assert near(told.sd, made.spread(values))
            assert near(told.median, made.quantile(values, 0.5))
            assert near(told.p90, made.quantile(values, 0.9))
        mean, sd = made.TOUCH[step.id]
        assert step.touch is not None
        assert step.touch.mean == pytest.approx(mean, rel=0.02)
        assert step.touch.sd == pytest.approx(sd, rel=0.02)
        assert step.total is None


def test_cases_done_and_open_are_those_of_the_simulator(simulated):
    truth, found, _ = simulated
    lives = list(truth.life.values())
    assert (found.cases, found.ended) == (len(truth.begun), len(lives))
    assert found.open == found.cases - found.ended > 0
    assert found.throughput is not None
    assert found.throughput.n == len(lives)
    assert near(found.throughput.mean, made.mean(lives))
    assert near(found.throughput.median, made.quantile(lives, 0.5))
    for place, hours in enumerate(found.deciles, 1):
        assert near(hours, made.quantile(lives, place / 10))
    once = [case for case in truth.life if len(set(truth.ways[case])) == len(truth.ways[case])]
    assert near(found.first_pass, len(once) / len(lives), 1e-5)
    assert found.first_pass == pytest.approx(made.EXPRESS + (1 - made.EXPRESS) * (1 - made.AGAIN), rel=0.02)


def test_ways_repeats_machines_and_variants_are_those_of_the_simulator(simulated):
    truth, found, _ = simulated
    shares = {(way.gateway, way.to): way.share for way in found.ways}
    assert shares["ways", "bill"] == pytest.approx(made.EXPRESS, rel=0.02)
    assert shares["sound", "repair"] == pytest.approx(made.AGAIN, rel=0.02)
    assert (found.untold, found.follows, found.detours) == ((), 1.0, ())
    visits = Counter(step for way in truth.ways.values() for step in way)
    for step in found.steps:
        again = sum(way.count(step.id) - 1 for way in truth.ways.values() if step.id in way)
        assert step.visits == visits[step.id]
        assert near(step.repeats, again / visits[step.id], 1e-5)
    robots = sum(who == "robot" for *_, who in truth.rows)
    assert near(found.automation, robots / len(truth.rows), 1e-5)
    ways = Counter(tuple(truth.ways[case]) for case in truth.life)
    assert [(one.steps, one.cases) for one in found.variants[:3]] == ways.most_common(3)
    assert found.variant_count == len(ways)
    # A check begins every case: nothing came before it that it could wait for. Work under way has no end yet.
    waits, work = (sum(hours) for hours in zip(*truth.both, strict=True))
    assert near(found.waiting_share, waits / (waits + work), 1e-5)


def test_hand_overs_groups_and_queues_are_those_of_the_simulator(simulated):
    truth, found, _ = simulated
    lanes = {"check": "desk", "bill": "desk", "repair": "shop", "test": "shop"}
    over = Counter(
        (lanes[a], lanes[b]) for way in truth.ways.values() for a, b in pairwise(way)
        if lanes[a] != lanes[b]
    )  # fmt: skip
    assert {(one.before, one.after): one.n for one in found.hand_overs} == over
    for region, want in (("north", True), ("south", False)):
        lives = [life for case, life in truth.life.items() if bool(case % 3) == want]
        (group,) = [one for one in found.groups if one.by == "region" and one.value == region]
        assert group.throughput.n == len(lives)
        assert near(group.throughput.median, made.quantile(lives, 0.5))
    assert sum(one.arrivals for one in found.periods) == found.cases
    assert sum(one.ended for one in found.periods) == found.ended
    by_region = [group for group in found.groups if group.by == "region"]
    for month in found.periods:
        parts_of = [one for group in by_region for one in group.periods if one.period == month.period]
        assert sum(one.arrivals for one in parts_of) == month.arrivals
        assert sum(one.ended for one in parts_of) == month.ended
        for step, n in month.queues.items():
            assert sum(one.queues.get(step, 0) for one in parts_of) == n
    for place, way in enumerate(found.ways):
        assert sum(group.ways[place].n for group in by_region) == way.n
    parts = [one.waiting for one in found.periods if one.waiting is not None]
    assert near(sum(one.whole for one in parts), sum(map(sum, truth.both)))
    assert near(sum(one.share * one.whole for one in parts), sum(wait for wait, _ in truth.both))
    by = [one.machines for one in found.periods if one.machines is not None]
    assert sum(one.whole for one in by) == len(truth.rows)
    assert found.periods[-1].in_progress == found.open
    days = made.working_days(4_000)
    for one in found.periods[:-1]:
        end = one.period.calendar_start()
        after = sum(day < _next_month(end) for day in days)
        for step in ("repair", "test", "bill"):
            waiting = made.waiting_at(truth, step, after * made.DAY)
            assert one.queues.get(step, 0) == waiting


def _next_month(day):
    return day.replace(year=day.year + day.month // 12, month=day.month % 12 + 1)


def test_only_ends_tell_wait_and_work_together(simulated, tmp_path):
    truth, _, _ = simulated
    (tmp_path / "data/raw").mkdir(parents=True)
    made.written(truth, tmp_path / "data/raw/events.csv")
    only_ends = PROCESS.replace(
        "  table: events\n",
        '  query: select "case", activity, "end" from events where "end" is not null\n',
    ).replace("  machines: [robot]\n  by: [region]\n", "")
    (found,) = measured(tmp_path, only_ends).maps
    assert [(step.touch, step.wait) for step in found.steps] == [(None, None)] * 4
    assert found.waiting_share is found.automation is None
    bill = next(step for step in found.steps if step.id == "bill")
    assert bill.total is not None
    both = [
        wait + (end - start)
        for (start, wait), end in zip(
            made.truth_waits(truth, "bill"),
            [row[3] for row in truth.rows if row[1] == "bill"],
            strict=True,
        )
        if end is not None
    ]
    assert bill.total.n == len(both)
    assert near(bill.total.mean, made.mean(both))


HAND = """case,activity,start,end,resource
{rows}"""
CALENDAR = PROCESS.replace("basis: working, hours_per_day: 8", "basis: calendar")
ROWS = [
    # Twelve cases, hours of one day; see the computations page.
    ("a", "Check", 0, 1), ("a", "Bill", 3, 4),
    ("b", "Check", 1, 3), ("b", "Bill", 4, 5),
    ("c", "Check", 2, 4), ("c", "Repair", 6, 9), ("c", "Test", 9, 10), ("c", "Bill", 12, 13),
    ("d", "Check", 3, 4), ("d", "Repair", 5, 9), ("d", "Test", 11, 12), ("d", "Bill", 12, 13),
    ("e", "Check", 4, 5), ("e", "Repair", 5, 7), ("e", "Test", 8, 9), ("e", "Repair", 10, 14),
    ("e", "Test", 14, 15), ("e", "Bill", 16, 17),
    ("f", "Check", 5, 6), ("f", "Bill", 6, 8),
    ("g", "Check", 6, 7), ("g", "Test", 8, 9), ("g", "Bill", 9, 10),
    ("h", "Check", 7, 8), ("h", "Repair", 9, 12), ("h", "Test", 13, 14), ("h", "Bill", 14, 15),
    ("i", "Check", 8, 9), ("i", "Call", 10, 11), ("i", "Bill", 12, 13),
    ("j", "Check", 9, 10), ("j", "Repair", 12, 15),
    ("k", "Check", 10, 11), ("k", "Repair", 14, None),
    ("l", "Check", 11, 12), ("l", "Bill", 18, 20),
]  # fmt: skip


def by_hand(root: Path, rows=ROWS, process: str = CALENDAR, least: int = 0) -> MeasuredMap:
    lines = [
        f"{case},{name},2026-03-02 {start:02d}:00:00,{f'2026-03-02 {end:02d}:00:00' if end else ''},x"
        for case, name, start, end in rows
    ]
    (root / "data/raw").mkdir(parents=True, exist_ok=True)
    (root / "data/raw/events.csv").write_text(HAND.format(rows="\n".join(lines)), encoding="utf-8")
    (only,) = measured(root, process.replace("  by: [region]\n", ""), least).maps
    return only


def test_twelve_cases_worked_by_hand(tmp_path):
    """All by counting on paper; hours of the clock."""
    found = by_hand(tmp_path)
    assert (found.cases, found.ended, found.open) == (12, 10, 2)
    # Throughput of a … i and l: 4, 4, 11, 10, 13, 3, 4, 8, 5, 9; sum 71.
    assert found.throughput.mean == 7.1
    assert found.throughput.median == 6.5
    assert found.throughput.p90 == pytest.approx(11.2)
    assert found.throughput.sd == pytest.approx(3.5418, abs=1e-4)
    # j: 20 - 9, k: 20 - 10; half of them at most 10.5.
    assert found.open_h == 10.5
    # With the open ones (j 11+, k 10+): 11/12 at 3 h, 8/12 at 4, 7/12 at 5, 6/12 at 8.
    assert found.with_open == 8.0
    assert found.first_pass == 0.9
    check, repair, test, bill = found.steps
    assert (check.visits, check.wait, check.touch.mean) == (12, None, pytest.approx(14 / 12, abs=1e-4))
    assert (repair.visits, repair.cases, repair.repeats) == (7, 6, pytest.approx(1 / 7, abs=1e-6))
    # Repair: waits c 2, d 1, e 0, e 1, h 1, j 2, k 3; work c 3, d 4, e 2, e 4, h 3, j 3.
    assert (repair.wait.n, repair.wait.mean, repair.wait.median) == (7, pytest.approx(10 / 7, abs=1e-4), 1)
    assert (repair.touch.n, repair.touch.mean) == (6, pytest.approx(19 / 6, abs=1e-4))
    # Test: c 0, d 2, e 1, e 0, g 1, h 1.
    assert (test.wait.n, test.wait.mean) == (6, pytest.approx(5 / 6, abs=1e-4))
    # Bill: a 2, b 1, c 2, d 0, e 1, f 0, g 0, h 0, i 1, l 6.
    assert (bill.wait.n, bill.wait.mean, bill.wait.median) == (10, 1.3, 1.0)
    assert {(way.gateway, way.to): way.n for way in found.ways} == {
        ("ways", "bill"): 4, ("ways", "repair"): 6, ("sound", "repair"): 1, ("sound", "bill"): 5
    }  # fmt: skip
    assert found.follows == pytest.approx(10 / 12, abs=1e-6)
    assert [(one.kind, one.before, one.after, one.cases) for one in found.detours] == [
        ("unknown", "Call", "bill", 1), ("unknown", "check", "Call", 1), ("skips", "check", "test", 1)
    ]  # fmt: skip
    assert [(one.activity, one.n) for one in found.unmapped] == [("Call", 1)]
    assert [(one.steps, one.cases, one.median) for one in found.variants[:2]] == [
        (("check", "bill"), 4, 4.0), (("check", "repair", "test", "bill"), 3, 10.0)
    ]  # fmt: skip
    assert {(one.before, one.after): one.n for one in found.hand_overs} == {
        ("desk", "shop"): 7, ("shop", "desk"): 5
    }  # fmt: skip


def test_the_order_of_rows_changes_nothing(tmp_path):
    first = by_hand(tmp_path)
    rows = list(ROWS)
    for seed in range(3):
        random.Random(seed).shuffle(rows)
        assert by_hand(tmp_path, rows) == first


def test_small_groups_are_in_no_figure(tmp_path):
    found = by_hand(tmp_path, least=5)
    assert [step.id for step in found.steps] == ["check", "repair", "test", "bill"]
    assert (found.variants, found.detours, found.unmapped) == ((), (), ())
    assert found.withheld > 0
    assert by_hand(tmp_path, ROWS[:4], least=2).cases == 2
    with pytest.raises(ValueError, match="unpack"):
        by_hand(tmp_path, ROWS[:4], least=5)


def test_zero_times_and_the_same_moment(tmp_path):
    """An event without length does not wait for itself; one that ends where the next begins leaves no gap."""
    rows = [("a", "Check", 0, 0), ("a", "Repair", 0, 2), ("a", "Test", 2, 2), ("a", "Bill", 5, 5)]
    rows = [(case, name, start + 1, end + 1) for case, name, start, end in rows]
    steps = {step.id: step for step in by_hand(tmp_path, rows).steps}
    assert [steps[name].touch.mean for name in ("check", "repair", "test", "bill")] == [0, 2, 0, 0]
    assert [steps[name].wait.mean for name in ("repair", "test", "bill")] == [0, 0, 3]


def test_china_works_on_make_up_days(tmp_path):
    """26 January 2025 is a worked Sunday, 28 January to 4 February are days off."""
    process = PROCESS.replace("  by: [region]\n", "").replace(
        "off: [2024-05-01, 2024-10-01, 2024-10-02, 2025-01-01], work: [2024-09-28]", "country: CN"
    )
    (tmp_path / "data/raw").mkdir(parents=True)
    (tmp_path / "data/raw/events.csv").write_text(
        "case,activity,start,end,resource\n"
        "a,Check,2025-01-25 09:00,2025-01-26 12:00,x\na,Bill,2025-01-27 17:00,2025-02-05 10:00,x\n",
        encoding="utf-8",
    )
    (found,) = measured(tmp_path, process).maps
    steps = {step.id: step for step in found.steps}
    assert steps["check"].touch.mean == 3
    assert steps["bill"].wait.mean == 5 + 7
    assert steps["bill"].touch.mean == 1 + 1


def test_a_file_of_days_goes_before_the_country(tmp_path):
    """The same log where a plant is shut on the make-up Sunday and works on the holidays' last day."""
    process = PROCESS.replace("  by: [region]\n", "").replace(
        "off: [2024-05-01, 2024-10-01, 2024-10-02, 2025-01-01], work: [2024-09-28]",
        "country: CN, file: calendars/plant.csv",
    )
    for folder in ("data/raw", "calendars"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "data/raw/events.csv").write_text(
        "case,activity,start,end,resource\n"
        "a,Check,2025-01-25 09:00,2025-01-26 12:00,x\na,Bill,2025-01-27 17:00,2025-02-05 10:00,x\n",
        encoding="utf-8",
    )
    days = tmp_path / "calendars/plant.csv"
    days.write_text("day,works\n2025-01-26,no\n2025-02-04,yes\n", encoding="utf-8")
    (found,) = measured(tmp_path, process).maps
    check, bill = (step for step in found.steps if step.id in ("check", "bill"))
    assert (check.touch.mean, bill.wait.mean, bill.touch.mean) == (0, 7, 1 + 8 + 1)
    days.write_text("day,works\n2025-01-26,maybe\n", encoding="utf-8")
    with pytest.raises(SourceFaultError, match=r"plant\.csv:2: works is yes or no, found 'maybe'"):
        measured(tmp_path, process)
    days.write_text("day,works\n2025-01-26,no\n2025-02-30,yes\n", encoding="utf-8")
    with pytest.raises(SourceFaultError, match=r"plant\.csv:3: '2025-02-30' is no day"):
        measured(tmp_path, process)
    days.write_text("day,works\n2025-01-26,否\n2025-02-04,是\n", encoding="gb18030")
    (again,) = measured(tmp_path, process).maps
    assert again == found


def test_before_and_after_the_new_map(tmp_path):
    as_is = PROCESS.index("  as_is:\n")
    to_be = PROCESS[as_is:].replace("  as_is:\n", "  to_be:\n    since: 2026-04\n")
    rows = [(f"{case}{n}", name, start, end) for n in range(2) for case, name, start, end in ROWS]
    lines = [
        f"{case},{name},2026-0{3 + int(case[-1])}-02 {start:02d}:00:00,"
        f"{f'2026-0{3 + int(case[-1])}-02 {end:02d}:00:00' if end else ''},x"
        for case, name, start, end in rows
    ]
    (tmp_path / "data/raw").mkdir(parents=True)
    (tmp_path / "data/raw/events.csv").write_text(HAND.format(rows="\n".join(lines)), encoding="utf-8")
    found = measured(tmp_path, (CALENDAR + to_be).replace("  by: [region]\n", ""))
    assert [(one.map, one.cases, str(one.since)) for one in found.maps] == [
        ("as_is", 12, "2026-03-02"), ("to_be", 12, "2026-04-02")
    ]  # fmt: skip
    assert found.maps[0].throughput == found.maps[1].throughput


@pytest.mark.parametrize(
    ("log", "said"),
    [
        ("  table: gone", "has no table 'gone'"),
        ("  query: select activity, 1 as x from events", "the log has no case"),
        ("  query: 'select \"case\", activity from events'", "the log has no start or end"),
        ("  query: delete from events", "a query is one SELECT"),
        ("  source: erp\n  table: events", "there is no 'erp' in data/handbook.yml"),
        ("  xes: ../x.xes", "lies outside the project"),
        ("  table: events\n  by: [colour]", "the log has no colour"),
        ("  table: events\n  calendar: {country: XX}", "does not know XX"),
    ],
)
def test_what_cannot_be_measured_says_why(tmp_path, log, said):
    (tmp_path / "data/raw").mkdir(parents=True)
    (tmp_path / "data/raw/events.csv").write_text("case,activity,end\na,Check,2026-01-05 10:00\n")
    start, end = PROCESS.index("  table:"), PROCESS.index("maps:")
    with pytest.raises(SourceFaultError, match=said):
        measured(tmp_path, PROCESS[:start] + log + "\n" + PROCESS[end:])


def test_nothing_names_a_person(simulated):
    _, found, root = simulated
    assert "person" not in found.model_dump_json()
    shutil.rmtree(root / "nothing", ignore_errors=True)
