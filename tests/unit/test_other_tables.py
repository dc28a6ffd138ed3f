"""Tables as people have them: wide, two-level heads, other words; read by a mapping, or told."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli import main
from generator.load import shapes
from tests.unit.small_book import TABLES, put, read, small_book, sound


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return small_book(tmp_path)


SHAPES = {
    "nbs": "a table with its periods across (2026年6月 … 2026年1月 in row 3), and 2 rows above its head",
    "gbkwide": "a table with its periods across (2026年1月 … 2026年3月 in row 1)",
    "widelong": "a table with its periods across (2026-01 … 2026-03 in row 1)",
    "worldbank": "a table with its periods across (2024 … 2025 in row 5), and 4 rows above its head",
    "longname": "a table with heads of its own in row 1",
}


@pytest.mark.parametrize("name", SHAPES)
def test_a_table_of_another_shape_is_told_in_one_sentence(name: str, book: Path) -> None:
    put(book, f"{name}.csv")
    results, (told,) = read(book)
    assert not results
    assert told.rule == "table-shape"
    assert told.message == f"this looks like {SHAPES[name]}"
    assert told.hint == f"`handbook import results data/results/{name}.csv` proposes how to read it"


def test_of_a_table_without_end_the_first_columns_are_looked_at(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """200,000 heads of which none is a period took twenty seconds to look at."""
    asked: list[str] = []
    looks = shapes._is_period
    monkeypatch.setattr(shapes, "_is_period", lambda text, of: bool(asked.append(text)) or looks(text, of))
    heads = ",".join(f"c{place}" for place in range(200_000))
    (book / "data/results/wide.csv").write_text(
        f"indicator,period,{heads}\non-time,2026-01{',1' * 200_000}\n", "utf-8"
    )
    results, told = read(book)
    assert not results
    assert {problem.rule for problem in told} == {"unknown-column", "missing-column"}
    assert 2_000 <= len(asked) <= 20_000


def test_a_statistics_office_s_table(book: Path) -> None:
    put(book, "nbs.csv")
    assert sound(book, "{files: nbs.csv, head: 3, last: 5, periods: across}") == [
        ("2026-06", "on-time", 93.1),
        ("2026-05", "on-time", 92.8),
        ("2026-04", "on-time", 90.2),
        ("2026-02", "on-time", 88.4),
        ("2026-01", "on-time", 87.9),
        ("2026-06", "revenue", 12_405_000),
        ("2026-05", "revenue", 11_980_000),
        ("2026-04", "revenue", 11_762_000),
        ("2026-03", "revenue", 11_500_000),
        ("2026-02", "revenue", 9_804_000),
        ("2026-01", "revenue", 10_113_000),
    ]


def test_a_world_bank_s_table(book: Path) -> None:
    put(book, "worldbank.csv")
    mapping = (
        "{files: worldbank.csv, head: 5, periods: across, indicators: {Time to first reply: yearly}, "
        "columns: {Unit Name: skip, Unit Code: skip, Indicator Name: indicator, Indicator Code: skip}}"
    )
    assert sound(book, mapping) == [("2024", "yearly", 10.4), ("2025", "yearly", 8.2)]


def test_gbk_units_dashes_and_a_column_of_totals(book: Path) -> None:
    put(book, "gbkwide.csv")
    assert sound(book, "{files: gbkwide.csv, periods: across, columns: {一季度合计: skip}}") == [
        ("2026-01", "reply-time", 10.2),
        ("2026-02", "reply-time", 9.8),
        ("2026-03", "reply-time", 9.1),
        ("2026-01", "on-time", 91.2),
        ("2026-02", "on-time", 92.5),
    ]


def test_days_that_end_a_month_and_heads_of_its_own(book: Path) -> None:
    put(book, "longname.csv")
    mapping = "{files: '*.csv', columns: {KPI Name: indicator, Date: period, Notes: note}}"
    results, problems = read(book, mapping)
    assert not problems
    assert [(str(row.period), row.value, row.target, row.note) for row in results] == [
        ("2026-01", 9.1, 10, ""),
        ("2026-02", 9.3, 10, "late data"),
    ]


def test_merged_periods_are_filled_and_totals_left_out(book: Path) -> None:
    put(book, "merged.csv")
    assert sound(book, "{files: merged.csv, fill: true, skip: [平均]}") == [
        ("2026-01", "reply-time", 9),
        ("2026-01", "on-time", 93),
        ("2026-02", "reply-time", 9.2),
        ("2026-02", "on-time", 92),
    ]


def test_a_column_for_each_indicator(book: Path) -> None:
    put(book, "a.csv", "月份,首次答复时间,准时交付率(%)\n1月,9,91\n2月,8,—\n合计,17,\n")
    mapping = "{files: a.csv, year: 2026, skip: [合计]}"
    assert sound(book, mapping) == [
        ("2026-01", "reply-time", 9),
        ("2026-01", "on-time", 91),
        ("2026-02", "reply-time", 8),
    ]


def test_heads_in_two_levels_give_values_targets_and_parts(book: Path) -> None:
    put(book, "a.csv", "指标,2026-01,,2026-02,\n,实际,目标,实际,目标\n首次答复时间,9,10,8,10\n")
    results, problems = read(book, "{files: a.csv, head: [1, 2], periods: across}")
    assert not problems
    assert [(str(row.period), row.value, row.target) for row in results] == [
        ("2026-01", 9, 10),
        ("2026-02", 8, 10),
    ]
    put(
        book,
        "a.csv",
        "期间,北区,,South,\n,首次答复时间,准时交付率,首次答复时间,准时交付率\n2026-01,9,91,8,92\n",
    )
    results, problems = read(book, "{files: a.csv, head: [1, 2]}")
    assert not problems
    assert [(row.indicator, row.cell, row.value) for row in results] == [
        ("reply-time", (("region", "n"),), 9),
        ("on-time", (("region", "n"),), 91),
        ("reply-time", (("region", "s"),), 8),
        ("on-time", (("region", "s"),), 92),
    ]


def test_units_factors_and_marks(book: Path) -> None:
    put(book, "a.csv", "指标,单位,2026-01,2026-02\n首次答复时间,分钟,90,120(p)\n营业收入,亿元,1.1,1.2*\n")
    units = "{分钟: 0.0166666666667}"
    mapping = f"{{files: a.csv, periods: across, units: {units}, marks: {{'*': 含税, (p): provisional}}}}"
    results, problems = read(book, mapping)
    assert not problems
    assert [(row.value, row.status, row.note) for row in results] == [
        (pytest.approx(1.5), "actual", ""),
        (pytest.approx(2), "provisional", ""),
        (110_000_000, "actual", ""),
        (120_000_000, "actual", "含税"),
    ]


@pytest.mark.parametrize(
    ("text", "mapping", "place", "said", "hint"),
    [
        (
            "指标,单位,2026-01\n首次答复时间,天,9\n",
            "",
            "2:8",
            "the values are in 天, but 'reply-time' is counted in 小时",
            "units",
        ),
        ("指标,2026-01\n退货率,9\n", "", "2:1", "no indicator is called '退货率'", "indicators"),
        ("指标,2026-01\n合计,9\n", "", "2:1", "looks like a row of totals", "skip"),
        ("指标,2026-01,多少\n首次答复时间,9,1\n", "", "1:12", "unknown head '多少'", "skip"),
        ("指标,2026-01,\n首次答复时间,9,1\n", "", "1:12", "a column without a head holds values", "name it"),
        (
            "指标,2026-01\n首次答复时间,9\n",
            "head: 5",
            "1:1",
            "said to be in row 5, but there are 2 rows",
            "head",
        ),
        (
            "指标,2026-01\n首次答复时间,9\n",
            "periods: down",
            "1:1",
            "`periods: down`, but the periods are heads",
            "across",
        ),
        ("指标,2026-01\n首次答复时间,9x?\n", "", "2:8", "needs a number, found '9x?'", "note"),
        (
            "指标,2026-01\n首次答复时间,9\n",
            "indicators: {x: nope}",
            "4:21",
            "unknown indicator 'nope'",
            "known",
        ),
        (
            "指标,2026-01\n首次答复时间,9\n",
            "columns: {指标: indikator}",
            "4:19",
            "no column of results is 'indikator'",
            "did",
        ),
        (
            "指标,2026-01\n首次答复时间,9\n",
            "columns: {不在表里: pilott}",
            "4:21",
            "no column of results is 'pilott'",
            "did",
        ),
        (
            "指标,2026-01\n首次答复时间,9\n",
            "last: 1",
            "4:11",
            "last: row 1 does not lie below the head in row 1",
            "counted from 1",
        ),
        ("指标,2026-13\n首次答复时间,9\n", "", "1:4", "unknown head '2026-13'", "skip"),
    ],
)
def test_faults_of_a_mapped_table(
    text: str, mapping: str, place: str, said: str, hint: str, book: Path
) -> None:
    put(book, "a.csv", text)
    lines = f"files: a.csv\n    {'' if 'periods' in mapping else 'periods: across'}\n    {mapping}"
    _, problems = read(book, lines)
    (told,) = [problem for problem in problems if said in problem.message]
    assert f"{told.mark.line}:{told.mark.column}" == place
    assert hint in told.hint
    assert len(problems) == 1


def test_an_entry_that_fits_no_file_is_told(book: Path) -> None:
    put(book, "a.csv", "period,indicator,pilot,value\n2026-01,reply-time,,9\n")
    _, (told,) = read(book, "{files: b*.csv}")
    assert (told.level, told.rule) == ("warning", "unused-table")


# The command


def run(*words: str) -> tuple[int, str]:
    done = CliRunner().invoke(main, ["import", "results", *words])
    return done.exit_code, done.output


def test_the_command_proposes_shows_and_writes(book: Path) -> None:
    code, out = run(str(TABLES / "nbs.csv"), "--project", str(book), "--write")
    assert code == 0
    assert "11 results are read; the first 8:" in out
    assert "line 4: 2026-06 on-time the whole organisation = 93.1" in out
    entry = "tables:\n  - files: nbs.csv\n    head: 3\n    last: 5\n    periods: across\n"
    assert (book / "data/results.map.yml").read_text() == entry
    assert (book / "data/results/nbs.csv").read_bytes() == (TABLES / "nbs.csv").read_bytes()
    (book / "data/results.map.yml").write_text(f"# ours\n{entry}")
    code, _ = run(str(TABLES / "gbkwide.csv"), "--project", str(book), "--write")
    assert code == 0
    added = "  - files: gbkwide.csv\n    head: 1\n    periods: across\n    columns: {一季度合计: skip}\n"
    assert (book / "data/results.map.yml").read_text() == f"# ours\n{entry}{added}"
    results, problems = read(book)
    # Both tell of the same months: the second is refused row by row, with both places.
    assert {problem.rule for problem in problems} == {"duplicate-result"}
    assert len(results) == 14


def test_the_command_writes_nothing_unasked_and_names_what_it_does_not_know(book: Path) -> None:
    put(book, "a.csv", "项目,1月,2月,合计\n退货率,1,2,3\n首次答复时间,9,8,17\n合计,10,10,20\n")
    code, out = run(str(book / "data/results/a.csv"), "--project", str(book))
    assert code == 1
    assert "columns: {合计: skip, 项目: indicator}" in out
    assert '# no indicator is called "退货率": say `indicators: {退货率: its-id}`' in out
    assert "skip: [合计]" in out
    assert "`year` is a guess" in out
    assert not (book / "data/results.map.yml").exists()


def test_the_command_refuses_what_has_no_shape(book: Path) -> None:
    put(book, "a.csv", "a,b\nc,d\n")
    assert run(str(book / "data/results/a.csv"), "--project", str(book)) == (
        1,
        "data/results/a.csv: no shape that is known\n",
    )


def test_what_the_command_writes_is_read_whatever_the_file_is_called(book: Path, tmp_path: Path) -> None:
    path = tmp_path / "sales[1].csv"
    path.write_text("指标,2026-01,2026-02\n首次答复时间,1,2\n", encoding="utf-8")
    assert run(str(path), "--project", str(book), "--write")[0] == 0
    results, problems = read(book)
    assert ([row.value for row in results], problems) == ([1.0, 2.0], [])
    code, out = run(str(path.rename(tmp_path / "A.CSV")), "--project", str(book), "--write")
    assert (code, "rename it: results end in" in out) == (2, True)


def test_the_command_breaks_no_file_that_is_written_in_another_way(book: Path, tmp_path: Path) -> None:
    own, path = book / "data/results.map.yml", tmp_path / "a.csv"
    own.write_text("tables: [{files: x.csv, periods: across}]\n", encoding="utf-8")
    path.write_text("指标,2026-01,2026-02\n首次答复时间,1,2\n", encoding="utf-8")
    code, out = run(str(path), "--project", str(book), "--write")
    assert (code, "add it by hand" in out) == (1, True)
    assert own.read_text(encoding="utf-8") == "tables: [{files: x.csv, periods: across}]\n"
    assert not (book / "data/results/a.csv").exists()
