"""Results in workbooks: what is read, what is told of them, and where."""

from __future__ import annotations

import datetime
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from generator.check.plausible_values import RULE
from generator.check.rule import RuleContext
from generator.model.catalogue import Catalogue
from tests.unit.made import handbook, indicator
from tests.unit.small_book import read, sheet, small_book


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return small_book(tmp_path)


def long_sheet(page: Worksheet) -> None:
    page.append(["各部门上报"])
    page.append(["期间", "指标", "数值", "备注"])
    page.append([datetime.date(2026, 1, 1), "首次答复时间", 9.5, "好"])
    page.append([datetime.date(2026, 2, 28), "reply-time", "1,200.5", None])
    page.append([datetime.date(2026, 1, 1), "准时交付率", 0.912, None])
    page["C5"].number_format = "0.0%"
    page["A5"].number_format = 'yyyy"年"m"月"'


def test_a_workbook_in_the_long_form(book: Path) -> None:
    sheet(book, long_sheet)
    results, problems = read(book)
    assert not problems
    assert [(str(row.period), row.indicator, row.value, row.line) for row in results] == [
        ("2026-01", "reply-time", 9.5, 3),
        ("2026-02", "reply-time", 1200.5, 4),
        ("2026-01", "on-time", 91.2, 5),
    ]
    assert {row.file for row in results} == {"data/results/a.xlsx"}


def test_a_fault_in_a_workbook_is_told_with_sheet_and_cell(book: Path) -> None:
    def fill(page: Worksheet) -> None:
        long_sheet(page)
        page["C3"], page["A4"], page["A4"].number_format = "#DIV/0!", 46174, "General"
        page["C3"].data_type = "e"

    sheet(book, fill)
    _, problems = read(book)
    assert [str(problem.mark) for problem in problems] == [
        "data/results/a.xlsx:月度!C3",
        "data/results/a.xlsx:月度!A4",
    ]
    assert "divided by nothing" in problems[0].message
    assert "a spreadsheet's number of the day 2026-06-01" in problems[1].message


def test_a_value_that_a_rule_doubts_and_one_given_twice_are_told_with_their_cells(book: Path) -> None:
    """Row 4 alone holds twelve results: a line says nothing of which one is meant."""

    def fill(page: Worksheet) -> None:
        page.append(["指标", *(datetime.date(2025, month, 1) for month in range(1, 13))])
        page.append(["准时交付率", 92, 91, 0.93, 92, 93, 91, 92, 91, 92, 93, 92, 91])
        page.append(["首次答复时间", *range(9, 21)])
        page.append(["准时交付率", *[None] * 11, 90])

    sheet(book, fill)
    results, (again,) = read(book, "{files: a.xlsx, head: 1, periods: across}")
    assert (str(again.mark), again.rule) == ("data/results/a.xlsx:月度!M4", "duplicate-result")
    assert again.hint == "first given at data/results/a.xlsx:月度!M2; delete one of them"
    made = {"on-time": indicator(id="on-time", unit="%"), "reply-time": indicator(id="reply-time")}
    catalogue = Catalogue(book, handbook(), None, indicators=made, results=results)  # type: ignore[arg-type]
    (doubt,) = RULE.check(RuleContext(catalogue, None, {}))
    assert str(doubt.mark) == "data/results/a.xlsx:月度!D2"
    assert doubt.message.startswith("value: 0.93 of 'on-time' in 2025-03")


def test_a_wide_workbook_with_merged_heads(book: Path) -> None:
    def fill(page: Worksheet) -> None:
        page["A1"] = "运营月报"
        page.merge_cells("A1:E1")
        page.append(["指标", datetime.date(2026, 1, 1), None, datetime.date(2026, 2, 1), None])
        page.append([None, "实际", "目标", "实际", "目标"])
        page.append(["首次答复时间", 9, 10, 8, 10])
        page.append(["合计", 9, 10, 8, 10])
        page.append(["注：含春节假期"])
        for cells in ("A2:A3", "B2:C2", "D2:E2"):
            page.merge_cells(cells)

    sheet(book, fill)
    _, (told,) = read(book)
    assert "its periods across (2026-01-01 00:00:00" in told.message
    assert str(told.mark) == "data/results/a.xlsx:月度!A2"
    results, problems = read(book, "{files: a.xlsx, head: [2, 3], periods: across, skip: [合计, 注]}")
    assert not problems
    assert [(str(row.period), row.value, row.target) for row in results] == [
        ("2026-01", 9, 10),
        ("2026-02", 8, 10),
    ]


def test_hidden_sheets_rows_and_columns_are_told(book: Path) -> None:
    def fill(page: Worksheet) -> None:
        long_sheet(page)
        page.row_dimensions[4].hidden = True
        page.column_dimensions["D"].hidden = True
        assert page.parent is not None
        other = page.parent.create_sheet("旧")
        other.sheet_state = "hidden"
        other["A1"] = "x"
        page.parent.create_sheet("说明")["A1"] = "请各部门填写"

    sheet(book, fill)
    results, problems = read(book)
    assert len(results) == 3
    assert {(problem.level, problem.rule) for problem in problems} == {
        ("note", "hidden-sheet"),
        ("note", "sheet-left-out"),
        ("note", "hidden-cells"),
    }
    assert [str(problem.mark).partition(":")[2] for problem in problems] == [
        "旧",
        "说明",
        "月度!D1",
        "月度!A4",
    ]


def test_a_formula_whose_value_was_never_saved_is_told(book: Path) -> None:
    def fill(page: Worksheet) -> None:
        long_sheet(page)
        page["C4"] = "=1+1"

    sheet(book, fill)
    _, problems = read(book)
    assert [problem.rule for problem in problems] == ["unsaved-formula", "blank-value"]
    assert problems[0].mark.cell == "月度!C4"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "no workbook that can be read"),
        (b"period,indicator\n", "no workbook that can be read"),
        (b"PK\x03\x04 broken", "no workbook that can be read"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "protected by a password, or of the kind before .xlsx"),
    ],
)
def test_what_is_no_workbook(data: bytes, said: str, book: Path) -> None:
    (book / "data/results/a.xlsx").write_bytes(data)
    _, (told,) = read(book)
    assert told.rule == "bad-workbook"
    assert said in told.message


def test_a_workbook_that_unpacks_to_more_than_a_computer_holds(book: Path, tmp_path: Path) -> None:
    with (
        ZipFile(book / "data/results/a.xlsx", "w", 8) as packed,
        packed.open("xl/worksheets/sheet1.xml", "w") as part,
    ):
        for _ in range(401):
            part.write(bytes(1_000_000))
    _, (told,) = read(book)
    assert told.rule == "too-large"


@pytest.mark.parametrize(
    "cells",
    [
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>',
        "<row r='1'><c r='A1'/></row><row x='>' r='1048576'><c x='>' r='xfd1048576'><v>2</v></c></row>",
        '<row r="1048570"><c r="XFC1048570"/><c><v>2</v></c></row><row><c r="A1"><v>3</v></c></row>',
        f"<row>{'<c><v>1</v></c>' * 3000}</row>{'<row><c><v>1</v></c></row>' * 3000}",
    ],
    ids=["in its last cell", "in other quotes", "behind a place", "without places"],
)
def test_a_sheet_that_spans_more_than_a_computer_holds(cells: str, book: Path, tmp_path: Path) -> None:
    sheet(book, long_sheet)
    path = book / "data/results/a.xlsx"
    with ZipFile(path) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    head = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    parts["xl/worksheets/sheet1.xml"] = head + cells.encode() + b"</sheetData></worksheet>"
    with ZipFile(path, "w") as packed:
        for name, data in parts.items():
            packed.writestr(name, data)
    _, (told,) = read(book)
    assert (told.rule, told.message) == ("too-large", "a sheet has more than 5,000,000 cells")


def test_a_sheet_whose_cells_say_no_place_is_read(book: Path) -> None:
    sheet(book, long_sheet)
    path = book / "data/results/a.xlsx"
    with ZipFile(path) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    rows = [("period", "indicator", "value"), ("2026-01", "reply-time", "9")]
    told = "".join(
        "<row>" + "".join(f'<c t="str"><v>{text}</v></c>' for text in row) + "</row>" for row in rows
    )
    head = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    filler = "<row/>" * 2500
    parts["xl/worksheets/sheet1.xml"] = f"{head}{told}{filler}</sheetData></worksheet>".encode()
    with ZipFile(path, "w") as packed:
        for name, data in parts.items():
            packed.writestr(name, data)
    results, problems = read(book)
    assert not problems
    assert [row.value for row in results] == [9.0]
