"""`handbook collect`: what is written, what is stopped, what is kept of before, and that nothing is lost."""

from __future__ import annotations

import csv
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.cli import main
from generator.collect.numbers import number_text
from generator.collect.run import before
from generator.load.project import load_project
from generator.model.as_of import known_at
from generator.model.period import Period
from generator.problems import Problems

HANDBOOK = """\
title: {zh: 手册, en: Handbook}
languages: [zh, en]
dimensions: [{id: region, name: {zh: 区域, en: Region}, values: {east: East, west: West}}]
sources: [{id: erp}, {id: gone, kind: postgres, address: NO_SUCH_ADDRESS}]
"""
INDICATOR = """\
id: late-share
name: {zh: 迟交率, en: Late share}
unit: "%"
direction: lower
limits: {min: 0, max: 100}
frequency: month
rollup: ratio
source:
  system: ERP
  connection: erp
  query: |
    select date_trunc('month', due_on) as period, region, count(*) filter (where late) as numerator,
      count(*) as denominator
    from orders where due_on >= :from and due_on < :to
    group by grouping sets ((1, 2), (1))
"""
FILE = "data/results/collected/late-share.csv"
RESTATED = "data/results/restated.csv"
TODAY = "2026-10-09"


def orders(root: Path, change: dict[tuple[str, str], int] | None = None, months: int = 9) -> None:
    """Ten orders a month and region of 2026; late is one, in odd months two, or as many as `change` says."""
    lines = ["id,due_on,region,late"]
    for month in range(1, months + 1):
        for region in ("east", "west"):
            late = (change or {}).get((f"2026-{month:02d}", region), 1 + month % 2)
            lines += [
                f"{month}-{region}-{n},2026-{month:02d}-{n + 1:02d},{region},{str(n < late).lower()}"
                for n in range(10)
            ]
    (root / "data/raw/orders.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for folder in ("raw", "indicators"):
        (tmp_path / "data" / folder).mkdir(parents=True)
    (tmp_path / "data/handbook.yml").write_text(HANDBOOK, encoding="utf-8")
    (tmp_path / "data/indicators/late-share.yml").write_text(INDICATOR, encoding="utf-8")
    orders(tmp_path)
    return tmp_path


def run(root: Path, *words: str, today: str = TODAY) -> Result:
    return CliRunner().invoke(main, ["collect", str(root), "--today", today, *words])


def rows(root: Path, name: str = FILE) -> list[dict[str, str]]:
    with (root / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def row(root: Path, period: str, region: str = "", name: str = FILE) -> dict[str, str]:
    (found,) = (one for one in rows(root, name) if (one["period"], one["region"]) == (period, region))
    return found


def test_results_are_written_with_their_day_their_source_and_the_hash_of_their_query(root: Path) -> None:
    done = run(root)
    assert done.exit_code == 0, done.output
    assert "late-share: written; erp: 27 rows of 1990-01 to 2026-09, n 180" in done.output
    text = (root / FILE).read_text(encoding="utf-8")
    assert text.splitlines()[0] == (
        "period,indicator,pilot,region,value,numerator,denominator,status,as_of,collected_from,query_hash"
    )
    assert row(root, "2026-09") | {"query_hash": ""} == {
        "period": "2026-09", "indicator": "late-share", "pilot": "", "region": "", "value": "",
        "numerator": "4", "denominator": "20", "status": "actual", "as_of": "", "collected_from": "erp",
        "query_hash": "",
    }  # fmt: skip
    assert {one["as_of"] for one in rows(root)} == {""}, (
        "what was there counts as known since its period ended"
    )
    problems = Problems()
    catalogue = load_project(root, problems)
    assert catalogue is not None
    assert list(problems) == []
    assert len(catalogue.results) == 27
    again = run(root, today="2026-10-10")
    assert "late-share: unchanged; erp: 9 rows of 2026-07 to 2026-09" in again.output
    assert (root / FILE).read_text(encoding="utf-8") == text


def test_a_restated_value_keeps_the_old_one_and_a_past_review_tells_it(root: Path) -> None:
    run(root)
    orders(root, {("2026-08", "east"): 2, ("2026-05", "east"): 3})
    done = run(root, today="2026-12-01")
    assert done.exit_code == 0
    assert "2026-08, east: restated from 1/10 to 2/10" not in done.output, "August may not change any more"
    done = run(root, today="2026-10-25")
    assert "2026-08, east: restated from 1/10 to 2/10" in done.output
    assert "2 restated" in done.output
    assert row(root, "2026-08", "east")["as_of"] == "2026-10-25"
    assert row(root, "2026-05", "east")["numerator"] == "2", "older than three months: not asked for again"
    kept = row(root, "2026-08", "east", RESTATED)
    assert (kept["numerator"], kept["as_of"], kept["restated_on"]) == ("1", "", "2026-10-25")
    catalogue = load_project(root, Problems())
    assert catalogue is not None
    told = {
        str(one.period): one.numerator
        for one in known_at(catalogue, Period.parse("2026-Q3")).results
        if one.cell == (("region", "east"),)
    }
    assert (told["2026-08"], told["2026-09"]) == (1, 2)
    now = {str(one.period): one.numerator for one in catalogue.results if one.cell == (("region", "east"),)}
    assert now["2026-08"] == 2
    later = known_at(catalogue, Period.parse("2026-Q4")).results
    assert [one.numerator for one in later if str(one.period) == "2026-08" and one.cell] == [2, 1]


def test_a_first_run_loses_no_look_at_an_earlier_period(root: Path) -> None:
    """The system held the figures before the handbook asked it; `--known-from` says otherwise."""

    def known(period: str) -> list[str]:
        catalogue = load_project(root, Problems())
        assert catalogue is not None
        return [str(one.period) for one in known_at(catalogue, Period.parse(period)).results if not one.cell]

    run(root)
    assert known("2026-08")[-2:] == ["2026-07", "2026-08"]
    orders(root, months=10)
    assert run(root, today="2026-11-05").exit_code == 0
    assert [row(root, month)["as_of"] for month in ("2026-09", "2026-10")] == ["", "2026-11-05"]
    (root / FILE).unlink()
    assert run(root, "--known-from", "2026-08-15", today="2026-11-05").exit_code == 0
    days = [row(root, month)["as_of"] for month in ("2026-01", "2026-07", "2026-08", "2026-10")]
    assert days == ["2026-08-15", "2026-08-15", "", ""]


def test_a_query_that_changed_asks_for_everything_again(root: Path) -> None:
    run(root)
    file = root / "data/indicators/late-share.yml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("count(*) as denominator", "count(id) as denominator"), encoding="utf-8")
    orders(root, {("2026-02", "west"): 3})
    done = run(root, today="2026-10-12")
    assert "27 rows of 1990-01 to 2026-09" in done.output
    assert row(root, "2026-02", "west", RESTATED)["restated_on"] == "2026-10-12"
    file.write_text(file.read_text(encoding="utf-8").replace("from orders where", "from orders\n    where"))
    assert "9 rows of" in run(root).output, "another line break is no other question"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({("2026-09", "east"): 10}, "stopped (jump)"),
        ({("2026-08", "west"): 10}, "2026-08 (west) is 100 and was 10"),
    ],
)
def test_a_jump_is_stopped_until_it_is_accepted(
    root: Path, change: dict[tuple[str, str], int], said: str
) -> None:
    orders(root, months=8)
    run(root, today="2026-09-09")
    before_ = (root / FILE).read_bytes()
    orders(root, change)
    done = run(root)
    assert done.exit_code == 1
    assert said in done.output
    assert "not collected: late-share; their results are as they were" in done.output
    assert (root / FILE).read_bytes() == before_
    assert not (root / RESTATED).exists()
    assert run(root, "--accept", "late-share").exit_code == 0
    assert (root / FILE).read_bytes() != before_


def test_limits_few_rows_odd_counts_and_late_data_are_told(root: Path) -> None:
    run(root)
    file = root / "data/indicators/late-share.yml"
    text = file.read_text(encoding="utf-8")

    def asks(query: str) -> str:
        head = text.split("  query:")[0]
        file.write_text(head + f"  query: {query}\n", encoding="utf-8")
        return run(root).output

    assert "stopped (limits): 2026-07 is 200, above the greatest possible 100" in asks(
        "select due_on as period, 2 as numerator, 1 as denominator from orders"
        " where due_on = '2026-07-02' limit 1"
    )
    few = asks("select due_on as period, 1 as numerator, 10 as denominator from orders where id = '7-east-0'")
    assert "stopped (rows): 1 row, where the last run found 27 in the same periods" in few
    assert "note (late): " not in few
    month = "date_trunc('month', due_on)"
    many = asks(f"select {month} as period, 9 as numerator, 90 as denominator from orders group by 1")
    assert "stopped (count): 2026-01 counts 90 cases; usual are 20" in many
    file.write_text(text, encoding="utf-8")
    late = run(root, today="2026-11-05")
    assert "note (late): 2026-10 is due and not there; the newest rows are of 2026-09" in late.output
    assert late.exit_code == 0


def test_a_join_that_repeats_rows_is_stopped(root: Path) -> None:
    lines = [
        f"{month}-{region}-{n},{line}"
        for month in range(1, 10)
        for region in ("east", "west")
        for n in range(10)
        for line in (1, 2)
    ]
    (root / "data/raw/lines.csv").write_text("id,line\n" + "\n".join(lines) + "\n")
    (root / "data/raw/regions.csv").write_text("region,name\neast,E\nwest,W\n")
    file = root / "data/indicators/late-share.yml"
    text = file.read_text(encoding="utf-8")
    joined = text.replace("from orders where", "from orders o join lines l on l.id = o.id where")
    file.write_text(joined, encoding="utf-8")
    done = run(root)
    assert done.exit_code == 1
    said = "COUNT(*) counts rows of o more than once: 180 of them are 360 when joined with l"
    assert f"stopped (joins): {said}" in done.output
    assert not (root / FILE).exists()
    first = joined.replace("where due_on", "where l.line = 1 and due_on")
    file.write_text(first, encoding="utf-8")
    assert run(root).exit_code == 0, "with its own condition the join repeats nothing"
    (root / FILE).unlink()
    harmless = text.replace("from orders where", "from orders join regions using (region) where")
    file.write_text(harmless, encoding="utf-8")
    assert run(root).exit_code == 0
    (root / FILE).unlink()
    meant = joined.replace("  query: |", "  joins_multiply: true\n  query: |")
    file.write_text(meant, encoding="utf-8")
    assert run(root).exit_code == 0
    assert row(root, "2026-09")["denominator"] == "40"


def test_what_fails_is_named_with_its_statement_and_the_others_go_on(root: Path) -> None:
    indicators = root / "data/indicators"
    other = (
        INDICATOR.replace("late-share", "other-share").replace("Late share", "Other").replace("迟交率", "另")
    )
    (indicators / "other-share.yml").write_text(other.replace("from orders", "from odrers"), encoding="utf-8")
    third = (
        INDICATOR.replace("late-share", "third-share").replace("Late share", "Third").replace("迟交率", "三")
    )
    (indicators / "third-share.yml").write_text(
        third.replace("connection: erp", "connection: gone"), encoding="utf-8"
    )
    done = run(root)
    assert done.exit_code == 1
    assert (
        "other-share: data/indicators/other-share.yml:11:10: source 'erp' has no table 'odrers'"
        in done.output
    )
    assert "    from odrers where due_on >= :from" in done.output
    assert "third-share: source 'gone': the environment has no NO_SUCH_ADDRESS" in done.output
    assert "late-share: written" in done.output
    assert "not collected: other-share, third-share" in done.output
    log = rows(root, "data/collect/runs.csv")
    assert [(one["indicator"], one["outcome"]) for one in log] == [
        ("late-share", "written"), ("other-share", "failed"), ("third-share", "failed"),
    ]  # fmt: skip
    assert "NO_SUCH" not in (root / "data/collect/runs.csv").read_text()


def test_a_query_in_another_encoding_is_named_with_its_place_and_the_others_go_on(root: Path) -> None:
    folder = root / "data/indicators"
    head, query = INDICATOR.split("  query: |\n")
    other = head.replace("late-share", "other-share").replace("Late share", "Other").replace("迟交率", "另")
    (folder / "other-share.yml").write_text(f"{other}  query: other-share.sql\n", encoding="utf-8")
    text = query.replace("    from orders", "    -- 订单\n    from orders")
    (folder / "other-share.sql").write_bytes(text.encode("gb18030"))
    done = run(root)
    assert done.exit_code == 1
    place = f"data/indicators/other-share.sql:{text[: text.index('订')].count(chr(10)) + 1}:8"
    assert (
        f"other-share: {place}: the byte 0xB6 is not UTF-8; the file looks like GB18030: save it as UTF-8"
        in done.output
    )
    assert "late-share: written" in done.output
    (root / "data/models").mkdir()
    (root / "data/models/paid.sql").write_bytes(b"select 1 -- \xb6\xa9")
    assert "late-share: data/models/paid.sql:1:13: the byte 0xB6 is not UTF-8" in run(root).output


@pytest.mark.parametrize("command", ["collect", "measure"])
@pytest.mark.parametrize("package", ["duckdb", "sqlglot", "holidays"])
def test_without_the_extra_it_is_named(
    root: Path, command: str, package: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    done = CliRunner().invoke(main, [command, str(root)])
    assert done.exit_code == 1
    assert done.output == (
        f"Error: `handbook {command}` needs the package {package}:"
        " pip install 'indicator-handbook[collect]'\n"
    )


def test_only_some_are_asked_and_a_dry_run_writes_nothing(root: Path) -> None:
    assert (
        "'late-shar' is not collected; did you mean 'late-share'?" in run(root, "--only", "late-shar").output
    )
    done = run(root, "--dry-run", "--only", "late-share")
    assert done.exit_code == 0
    assert "late-share: written" in done.output
    assert not (root / "data/results").exists()
    assert not (root / "data/collect").exists()


def test_results_that_are_typed_as_well_are_not_doubled(root: Path) -> None:
    (root / "data/results").mkdir()
    typed = "period,indicator,pilot,value,numerator,denominator\n2026-03,late-share,,,1,20\n"
    (root / "data/results/own.csv").write_text(typed, encoding="utf-8")
    done = run(root)
    assert (
        "stopped (typed): 2026-03 stands in data/results/own.csv:2 too; delete the rows there" in done.output
    )
    assert not (root / FILE).exists()


@pytest.mark.parametrize("killed_at", [1, 2, 3])
def test_a_command_that_is_killed_while_it_writes_loses_nothing(
    root: Path, killed_at: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor does its temporary folder stay: the next command takes it away."""
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    monkeypatch.setenv("TMPDIR", str(temporary))
    run(root)
    orders(root, {("2026-08", "east"): 2})
    code = f"""
import os, sys
import generator.collect.kept_rows as kept
count, whole = 0, kept.write_whole
def dying(file, content):
    global count
    count += 1
    if count == {killed_at}:
        file.with_suffix('.part').write_bytes(content[: len(content) // 2])
        os._exit(9)
    whole(file, content)
kept.write_whole = dying
from generator.cli import main
main(['collect', {str(root)!r}, '--today', '2026-10-25'])
"""
    assert subprocess.run([sys.executable, "-c", code], check=False, capture_output=True).returncode == 9
    for left in root.rglob("*.part"):
        left.unlink()
    assert [folder.stat().st_mode & 0o777 for folder in temporary.iterdir()] == [0o700]
    catalogue = load_project(root, Problems())
    assert catalogue is not None
    past = known_at(catalogue, Period.parse("2026-Q3")).results
    (august,) = (one for one in past if str(one.period) == "2026-08" and one.cell == (("region", "east"),))
    assert august.numerator == 1
    assert run(root, today="2026-10-25").exit_code == 0
    assert row(root, "2026-08", "east")["numerator"] == "2"
    assert row(root, "2026-08", "east", RESTATED)["numerator"] == "1"
    assert list(temporary.iterdir()) == []


def test_numbers_are_the_same_text_whoever_counted() -> None:
    assert [number_text(one) for one in (0.1 + 0.2, 24.68, 1e-7, 12345678901234567890, 3.0, None, 1 / 3)] == [
        "0.3", "24.68", "0.0000001", "12345678901234567890", "3", "", "0.333333333333",
    ]  # fmt: skip
    assert number_text("7") is None
    assert number_text(float("inf")) is None


def test_how_long_results_may_change() -> None:
    assert before(date(2026, 5, 31), "3 months") == date(2026, 2, 28)
    assert before(date(2026, 5, 31), "1 year") == date(2025, 5, 31)
    assert before(date(2026, 5, 31), "6 weeks") == date(2026, 4, 19)
    assert before(date(2026, 5, 31), "0 days") == date(2026, 5, 31)
