"""Every cell, period and shape of people's tables, one by one through a whole file: CSV and workbook.

`test_written_cells.py` and `test_written_periods.py` hold the readers; this is what comes of each in the
end, in a handbook.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from tests.unit.small_book import put, read, sheet, small_book

HEAD = ["period", "indicator", "pilot", "value", "note"]
FISCAL = "fiscal_year: {starts: 4, named_by: %s}\n"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return small_book(tmp_path)


def as_csv(book: Path, *rows: list[object]) -> None:
    made = io.StringIO()
    csv.writer(made, lineterminator="\n").writerows([HEAD, *rows])
    put(book, "a.csv", made.getvalue())


def as_workbook(book: Path, *rows: list[object]) -> None:
    def fill(page: Worksheet) -> None:
        for row in [HEAD, *rows]:
            page.append(row)

    sheet(book, fill)


FORMS = {"csv": as_csv, "xlsx": as_workbook}
Form = Callable[..., None]

CELLS: dict[str, float | str | None] = {
    "(1,240.5)": -1240.5,
    "¥1,240.50": 1240.5,
    "1240.5万": 12_405_000,
    "1.2亿": 120_000_000,
    "1234元": 1234,
    "１２３４": 1234,
    "93.5*": "looks like 93.5 with the mark '*'",
    "—": None,
    "N/A": None,
    "#DIV/0!": "a spreadsheet's error, it divided by nothing",
}
"""What a cell of yuan says: its value, None for a missing one, or what it is refused for."""


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_cells(form: Form, book: Path) -> None:
    form(book, *([f"2025-{n:02}", "revenue", "", text, "系统停机"] for n, text in enumerate(CELLS, 1)))
    results, problems = read(book)
    words = iter(problems)
    values = {int(str(row.period)[-2:]): row.value for row in results}
    for number, (text, expected) in enumerate(CELLS.items(), 1):
        if isinstance(expected, str):
            assert expected in next(words).message, text
            assert number not in values, text
        else:
            assert values[number] == expected, text
    assert list(words) == []


PERIODS: dict[str, str] = {
    "Jan-26": "2026-01",
    "2026/1/1 0:00:00": "2026-01",
    "2026.01": "2026-01",
    "26年9月": "2026-09",
    "1-2月": "several months at once",
    "46023": "a spreadsheet's number of the day 2026-01-01",
    "FY25-26": "spans two calendar years",
    "2025/26": "spans two calendar years",
}


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
@pytest.mark.parametrize("text", PERIODS)
def test_a_period(text: str, form: Form, book: Path) -> None:
    form(book, [text, "reply-time", "", 9, ""])
    results, problems = read(book)
    if PERIODS[text].startswith("2026"):
        assert not [str(problem) for problem in problems]
        assert [str(row.period) for row in results] == [PERIODS[text]]
    else:
        (told,) = problems
        assert PERIODS[text] in told.message
        assert not results


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
@pytest.mark.parametrize("text", ["FY25-26", "2025/26"])
@pytest.mark.parametrize(("named_by", "year"), [("start", "2025"), ("end", "2026")])
def test_a_year_of_account_has_the_name_that_the_handbook_gives_it(
    named_by: str, year: str, text: str, form: Form, book: Path
) -> None:
    file = book / "data/handbook.yml"
    file.write_text(file.read_text(encoding="utf-8") + FISCAL % named_by, encoding="utf-8")
    form(book, [text, "yearly", "", 9, ""])
    results, problems = read(book)
    assert not [str(problem) for problem in problems]
    assert [str(row.period) for row in results] == [year]


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        (46023, "yyyy-mm-dd"),
        (46023, 'yyyy"年"m"月"'),
        (46023, "mmm-yy"),
        (46053.0, "d/m/yyyy"),
        (date(2026, 1, 31), "yyyy-mm-dd"),
        (datetime(2026, 1, 1, 0, 0), "yyyy/m/d h:mm:ss"),  # noqa: DTZ001  a cell has no zone
    ],
)
def test_a_serial_number_in_a_cell_of_dates_is_its_month(cell: object, shown: str, book: Path) -> None:
    """Excel counts days from 1899-12-30: 46023 is 2026-01-01 (2026 begins 126 years and 31 leap days after
    1900), 46053 is the 31st."""

    def fill(page: Worksheet) -> None:
        page.append(HEAD)
        page.append([cell, "reply-time", "", 9, ""])
        page["A2"].number_format = shown

    sheet(book, fill)
    results, problems = read(book)
    assert not [str(problem) for problem in problems]
    assert [str(row.period) for row in results] == ["2026-01"]


SHAPES: dict[str, tuple[str, str]] = {
    "periods across": ("指标,2026-01,2026-02\n首次答复时间,9,8\n", "periods: across"),
    "periods down": ("月份,首次答复时间\n2026-01,9\n2026-02,8\n", ""),
    "notes above and below": (
        "运营月报,,\n单位：小时,,\n指标,2026-01,2026-02\n首次答复时间,9,8\n注：含春节假期,,\n",
        "head: 3, last: 4, periods: across",
    ),
    "totals": (
        "指标,1月,2月,合计\n首次答复时间,9,8,17\n合计,9,8,17\n",
        "periods: across, year: 2026, skip: [合计], columns: {合计: skip}",
    ),
    "two levels": (
        "指标,2026-01,,2026-02,\n,实际,目标,实际,目标\n首次答复时间,9,10,8,10\n",
        "head: [1, 2], periods: across",
    ),
    "names and units of its own": (
        "项目,单位,2026-01,2026-02\n答复,分钟,450,400\n",
        "periods: across, columns: {项目: indicator}, indicators: {答复: reply-time}, units: {分钟: 0.02}",
    ),
    "a factor in the unit": ("指标,单位,2026-01,2026-02\n营业收入,万元,9,8\n", "periods: across"),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_a_shape(shape: str, book: Path) -> None:
    text, mapping = SHAPES[shape]
    put(book, "a.csv", text)
    results, problems = read(book, f"{{files: a.csv, {mapping}}}")
    assert not [str(problem) for problem in problems]
    factor = 10_000 if "factor" in shape else 1
    assert [(str(row.period), row.value) for row in results] == [
        ("2026-01", pytest.approx(9 * factor)),
        ("2026-02", pytest.approx(8 * factor)),
    ]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_a_file_that_says_its_separator(separator: str, book: Path) -> None:
    rows = [
        ["期间", "指标", "试点", "数值", "备注"],
        ["2026-01", "reply-time", "", "9", "春节, 放假"],
        ["2026-13", "reply-time", "", "8", ""],
    ]
    made = io.StringIO()
    csv.writer(made, lineterminator="\n", delimiter=separator).writerows(rows)
    put(book, "a.csv", f"sep={separator}\n{made.getvalue()}")
    results, (told,) = read(book)
    assert [(row.value, row.note, row.line) for row in results] == [(9, "春节, 放假", 3)]
    assert (told.mark.line, told.mark.column) == (4, 1)
