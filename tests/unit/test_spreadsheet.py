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


@given(st.lists(st.lists(st.text(), min_size=1, max_size=4), min_size=1, max_size=4))
def test_a_table_comes_back(rows: list[list[str]]) -> None:
    text = csv_bytes(rows).decode("utf-8-sig")
    cells = [[read_back(cell) for cell in row] for row in csv.reader(io.StringIO(text, newline=""))]
    # What an author wrote with an apostrophe before a formula reads as the formula.
    assert cells == [[read_back(re.sub("\r\n?", "\n", cell)) for cell in row] for row in rows]
