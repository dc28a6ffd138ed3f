"""Files and logs of sources that are not as they should be: a sentence with its place, or right figures."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.cli import main
from generator.collect.connection import opened
from generator.model.source_system import SourceSystem
from tests.made_log import PROCESS
from tests.unit.test_collect import HANDBOOK, INDICATOR

HEAD = "case,activity,start,end,resource,region\n"
EVENT = "{case},Check,{day} 09:00:00{zone},{day} 11:00:00{zone},a,north\n"


def asked(root: Path, query: str) -> Result:
    """`handbook collect` of one query over the files of data/raw."""
    (root / "data/indicators").mkdir(parents=True, exist_ok=True)
    (root / "data/handbook.yml").write_text(HANDBOOK, encoding="utf-8")
    text = INDICATOR[: INDICATOR.index("    select")].replace("rollup: ratio", "rollup: sum")
    (root / "data/indicators/late-share.yml").write_text(f"{text}    {query}\n", encoding="utf-8")
    return CliRunner().invoke(main, ["collect", str(root), "--today", "2026-10-09"])


def raw(root: Path, name: str, text: str) -> None:
    (root / "data/raw").mkdir(parents=True, exist_ok=True)
    (root / "data/raw" / name).write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "source 'erp': t.csv is empty"),
        ("period,value\n2026-01,1\n2026-02,1,000\n", "source 'erp': t.csv:3: 3 cells where the head has 2"),
        ("period,value\n,1\n", "gives a row without a period; leave such rows out"),
    ],
)
def test_a_file_that_is_no_table_is_told_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    raw(tmp_path, "t.csv", text)
    done = asked(tmp_path, "select period, value from t")
    assert done.exit_code == 1
    assert said in done.output


def test_a_period_is_read_as_results_are_and_a_broken_neighbour_harms_nobody(tmp_path: Path) -> None:
    raw(tmp_path, "t.csv", "period,value\nJan 2026,1\n2026年2月,2\n")
    raw(tmp_path, "broken.xlsx", "no workbook")
    done = asked(tmp_path, "select period, value from t")
    assert done.exit_code == 0, done.output
    written = (tmp_path / "data/results/collected/late-share.csv").read_text(encoding="utf-8")
    assert [line.split(",")[0] for line in written.splitlines()[1:]] == ["2026-01", "2026-02"]
    assert "broken.xlsx: cannot be read as a workbook" in asked(tmp_path, "select * from broken").output


@pytest.mark.parametrize("zone", ["America/New_York", "Asia/Shanghai"])
def test_a_moment_with_a_zone_counts_alike_on_every_machine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, zone: str
) -> None:
    """Half past midnight of 1 February in London was January in New York."""
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        raw(tmp_path, "t.csv", "moment,value\n2026-02-01T00:30:00Z,1\n")
        with opened(SourceSystem(id="erp"), tmp_path, {}) as link:
            told = link.run("select cast(moment as date), moment at time zone 'Asia/Shanghai' from t", "p")
        assert [str(cell) for cell in told.rows[0]] == ["2026-02-01", "2026-02-01 08:30:00"]
    finally:
        monkeypatch.undo()
        assert os.environ.get("TZ") != zone
        time.tzset()


def measured(root: Path, lines: str) -> Result:
    """`handbook measure` of a log of these lines."""
    raw(root, "events.csv", HEAD + lines)
    (root / "data/processes").mkdir(parents=True)
    (root / "data/handbook.yml").write_text("title: Handbook\nlanguages: [en]\n", encoding="utf-8")
    (root / "data/processes/repair.yml").write_text(PROCESS, encoding="utf-8")
    return CliRunner().invoke(main, ["measure", str(root)])


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (
            EVENT.format(case=1, day="2024-01-02", zone="+08:00"),
            "start is a moment in a time zone; say whose",
        ),
        (
            EVENT.format(case=1, day="2024-01-02", zone="") + EVENT.format(case=2, day="0024-01-02", zone=""),
            "the log goes from 0024-01-02 to 2024-01-02; correct the years that are wrong",
        ),
    ],
)
def test_a_log_whose_moments_cannot_be_used_is_told(tmp_path: Path, lines: str, said: str) -> None:
    done = measured(tmp_path, lines)
    assert done.exit_code == 1
    assert f"repair: data/processes/repair.yml: log: {said}" in done.output


def test_events_that_no_figure_can_use_are_counted_and_told(tmp_path: Path) -> None:
    lines = "".join(EVENT.format(case=case, day="2024-01-02", zone="") for case in ("1", "2", ""))
    done = measured(tmp_path, f"{lines}3,Check,2024-01-02 11:00:00,2024-01-02 10:00:00,a,north\n")
    assert done.exit_code == 0, done.output
    assert "repair: left out for want of case, activity or moment: 1 event" in done.output
    assert "repair: 1 event ends before the start: that time is not counted" in done.output


def test_rows_that_stand_twice_and_days_without_hours_are_told(tmp_path: Path) -> None:
    """A join that multiplied rows looked like rework, and a log of days like work in no time."""
    once = EVENT.format(case=1, day="2024-01-02", zone="")
    done = measured(tmp_path, once + once + EVENT.format(case=2, day="2024-01-02", zone=""))
    assert "repair: 1 event stands in the log again: each counts as a visit" in done.output
    assert "days without hours" not in done.output


def test_a_log_of_days_says_so(tmp_path: Path) -> None:
    done = measured(tmp_path, "1,Check,2024-01-02,2024-01-03,a,north\n")
    assert done.exit_code == 0, done.output
    assert "repair: the log holds days without hours" in done.output


def test_blanks_behind_a_case_or_an_activity_name_no_other(tmp_path: Path) -> None:
    """Columns of fixed length fill with blanks: a case with and without them is one."""
    line = "{},2024-01-02 {}:00,2024-01-02 12:00,a,north\n".format
    log = "".join(line(f"c{n},Check", "09") + line(f"c{n} ,Check ", "10") for n in range(12))
    done = measured(tmp_path, log + line("  ,Check", "11"))
    assert "as_is: 12 cases" in done.output
    assert "repair: left out for want of case, activity or moment: 1 event" in done.output


def test_a_moment_that_is_none_is_named_with_its_event(tmp_path: Path) -> None:
    sound = EVENT.format(case=1, day="2024-01-02", zone="")
    done = measured(tmp_path, f"{sound}7,Check,02.01.2024 09:00,2024-01-02 10:00:00,a,north\n")
    assert done.exit_code == 1
    assert (
        "log: start '02.01.2024 09:00' is no moment (case 7, activity Check; 1 events in all)" in done.output
    )
