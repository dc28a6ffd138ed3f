"""Periods as people write them: read where they can mean one thing only, else told what they look like."""

from __future__ import annotations

from datetime import date
from typing import Literal

import pytest

from generator.load.written_period import DateCell, PeriodFault, read_period, settled
from generator.load.year_over import dated_in
from generator.model.calendar import Calendar


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("Jan-26", "2026-01"),
        ("Jan 2026", "2026-01"),
        ("Sept. 2026", "2026-09"),
        ("2026 Sep", "2026-09"),
        ("September 2026", "2026-09"),
        ("2026.01", "2026-01"),
        ("2026.10", "2026-10"),
        ("2026.9", "2026-09"),
        ("2026M03", "2026-03"),
        ("26年9月", "2026-09"),
        ("2026年 8月", "2026-08"),
        ("2026年9月份", "2026-09"),
        ("二〇二六年七月", "2026-07"),
        ("二零二六年十二月", "2026-12"),
        ("01/2026", "2026-01"),
        ("2026.01.15", "2026-01-15"),
        ("13/03/2026", "2026-03-13"),
        ("3/13/2026", "2026-03-13"),
        ("Q3 2026", "2026-Q3"),
        ("3Q26", "2026-Q3"),
        ("1H26", "2026-H1"),
        ("H2 2026", "2026-H2"),
        ("2026年Q1", "2026-Q1"),
        ("FY2026", "2026"),
        ("W36 2026", "2026-W36"),
    ],
)
def test_periods_that_can_mean_one_thing(text: str, period: str) -> None:
    assert str(read_period(text, Calendar(1))) == period


@pytest.mark.parametrize(
    ("text", "starts", "period"),
    [
        ("FY25-26", 4, "2025"),
        ("2025/26", 4, "2025"),
        ("2025-2026", 4, "2025"),
        ("FY2025/26", 7, "2025"),
        ("FY25-26", 1, "spans two calendar years"),
        ("2025/26", 1, "spans two calendar years"),
        ("FY2026", 4, "may be named after the year in which it starts"),
        ("2026-27", 4, "or week 27"),
        ("26财年", 1, "2026"),
    ],
)
def test_years_of_account_go_by_the_handbook_s_calendar(text: str, starts: int, period: str) -> None:
    made = read_period(text, Calendar(starts))
    assert period in (made.message if isinstance(made, PeriodFault) else str(made))


@pytest.mark.parametrize(("named_by", "year"), [("start", "2025"), ("end", "2026"), (None, "2025")])
def test_a_year_of_account_is_proposed_under_its_name(
    named_by: Literal["start", "end"] | None, year: str
) -> None:
    made = read_period("2025-26", Calendar(4, named_by))
    assert isinstance(made, PeriodFault)
    assert made.hint == f"write {year} or 2025-W26"


@pytest.mark.parametrize(
    ("text", "said", "hint"),
    [
        ("1-2月", "several months at once", "one month, quarter, half or year"),
        ("2026年1—9月", "several months at once", "one month"),
        ("2026年9月累计", "summed up since the year began", "what each period added"),
        ("截至2026年9月", "summed up since the year began", "what each period added"),
        (
            "2026年9月（预计）",
            "looks like 2026年9月 with the remark '预计'",
            "'estimate' goes into the column 'status'",
        ),
        ("9月", "names no year", "like 2026-09"),
        ("十二月", "names no year", "like 2026-12"),
        ("Sep", "names no year", "like 2026-09"),
        ("9月5日", "names no year", "like 2026-09-05"),
        ("二季度", "names no year", "like 2026-Q2"),
        ("第三季", "names no year", "like 2026-Q3"),
        ("Q4", "names no year", "like 2026-Q4"),
        ("下半年", "names no year", "like 2026-H2"),
        ("1H", "names no year", "like 2026-H1"),
        ("第36周", "names no year", "like 2026-W36"),
        ("W36", "names no year", "like 2026-W36"),
        ("Week 6", "names no year", "like 2026-W06"),
        ("合计", "a row of totals", "delete the row"),
        ("YTD", "a row of totals", "delete the row"),
        ("平均", "a row of totals", "delete the row"),
        ("46174", "a spreadsheet's number of the day 2026-06-01", "write 2026-06"),
        ("2026.1", "January or an October that lost its zero", "write 2026-01 or 2026-10"),
        ("10/03/2026", "could be two days", "write 2026-10-03 or 2026-03-10"),
        ("26-Dec", "could be a day or a month", "like 2026-12"),
        ("2026-36", "it looks like week 36 of 2026", "write 2026-W36"),
        ("", "the cell is blank", "merged"),
        ("2026年13月", "not a period", "write 2025"),
        ("31.02.2026", "not in the calendar", "write 2025"),
    ],
)
def test_what_a_text_looks_like_that_is_no_period(text: str, said: str, hint: str) -> None:
    made = read_period(text, Calendar(1))
    assert isinstance(made, PeriodFault)
    assert said in made.message
    assert hint in made.hint


@pytest.mark.parametrize(
    "text", ["2026/1/1 0:00:00", "2026-01-01 00:00:00", "2026-01-01T00:00:00", "2026年1月1日 0:00"]
)
def test_a_spreadsheet_s_date_is_told_apart(text: str) -> None:
    assert read_period(text, Calendar(1)) == DateCell(date(2026, 1, 1))


@pytest.mark.parametrize(
    ("day", "frequency", "starts", "period"),
    [
        (date(2026, 1, 1), "month", 1, "2026-01"),
        (date(2026, 1, 31), "month", 1, "2026-01"),
        (date(2026, 1, 17), "month", 1, "2026-01-17"),
        (date(2026, 4, 1), "year", 4, "2026"),
        (date(2026, 3, 31), "quarter", 1, "2026-Q1"),
        (date(2026, 1, 5), "week", 1, "2026-W02"),
        (date(2026, 1, 17), "day", 1, "2026-01-17"),
    ],
)
def test_a_date_is_the_period_that_it_begins_or_ends(
    day: date, frequency: str, starts: int, period: str
) -> None:
    assert str(settled(day, frequency, Calendar(starts))) == period  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("第36周", "2025-W36"),
        ("W37", "2025-W37"),
        ("38周", "2025-W38"),
        ("Sep", "2025-09"),
        ("9月5日", "2025-09-05"),
        ("第三季", "2025-Q3"),
        ("二季度", "2025-Q2"),
        ("1H", "2025-H1"),
        ("07", "2025-07"),
    ],
)
def test_a_part_of_a_year_is_read_with_the_year_that_its_table_is_said_to_have(text: str, made: str) -> None:
    assert str(read_period(dated_in(2025, text, Calendar(1)), Calendar(1))) == made
