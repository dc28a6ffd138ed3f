"""No table of ours holds a cell that a spreadsheet would run, and none is lost on the way back."""

from __future__ import annotations

import csv
import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model.spreadsheet import csv_bytes, defused, read_back

RUN = (
    "=1+1",
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    " =1",
    "＝1+1",
    "＋1",
    "－1",
    "＠a",
    '=HYPERLINK("x")',
    "- a point",
)


@pytest.mark.parametrize("cell", RUN)
def test_what_would_be_run_is_a_text(cell: str) -> None:
    assert defused(cell) == "'" + cell
    assert read_back("'" + cell) == cell


@pytest.mark.parametrize(
    "cell",
    ["", "-5", "+4.8", "-.5", "1e-9", "-1.5E+3", "2026-09", "交付周期", "'quoted'", "a=b", 5, -3.5, None],
)
def test_numbers_and_plain_texts_stay(cell: object) -> None:
    assert defused(cell) == cell
    if isinstance(cell, str):
        assert read_back(cell) == cell


WITHIN = {
    "a;=1+1": "a;'=1+1",
    "a; @SUM(A1);b": "a; '@SUM(A1);b",
    "a\n=1+1;": "a\n'=1+1;",
    "a\n- cmd|'/C calc'!A0": "a\n'- cmd|'/C calc'!A0",
    "=1;=2": "'=1;'=2",
    "a;＝1": "a;'＝1",
    "why:\n- one, two\n- three": "why:\n- one, two\n- three",
    "from 1;-2.5;+3 %": "from 1;-2.5;+3 %",
    "a=b; c-d": "a=b; c-d",
}


@pytest.mark.parametrize(("cell", "written"), WITHIN.items())
def test_what_a_spreadsheet_that_parts_by_semicolons_would_run_is_a_text(cell: str, written: str) -> None:
    """Every field that such a program would see: rows at line feeds, cells at semicolons, no quotation."""
    assert defused(cell) == written
    assert read_back(written) == cell
    told = csv_bytes([["x", cell, "y"]]).decode("utf-8-sig")
    fields = [field for line in told.splitlines() for field in line.split(";")]
    assert [one for one in fields if re.match(r"\s*[=@＝]|\s*-.*\|", one)] == []


@given(st.text(st.sampled_from(";\n=-+@' a1.%|(!＝")))
def test_what_was_defused_within_a_text_comes_back(cell: str) -> None:
    assert read_back(str(defused(cell))) == read_back(cell)


@given(st.lists(st.lists(st.text(), min_size=1, max_size=4), min_size=1, max_size=4))
def test_a_table_comes_back(rows: list[list[str]]) -> None:
    text = csv_bytes(rows).decode("utf-8-sig")
    cells = [[read_back(cell) for cell in row] for row in csv.reader(io.StringIO(text, newline=""))]
    # What an author wrote with an apostrophe before a formula reads as the formula.
    assert cells == [[read_back(re.sub("\r\n?", "\n", cell)) for cell in row] for row in rows]
