"""Periods: every spelling, fiscal years, weeks at the turn of the year, and what holds for all of them."""

from __future__ import annotations

import pickle
import re
from datetime import date
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model.calendar import Calendar
from generator.model.period import FREQUENCIES, Frequency, Period

CALENDARS = st.builds(Calendar, st.integers(1, 12))
DAYS = st.dates(date(1905, 1, 1), date(2190, 12, 31))
PERIODS = st.builds(Calendar(1).of, DAYS, st.sampled_from(FREQUENCIES))


@pytest.mark.parametrize(
    ("spellings", "canonical"),
    [
        (["2025", "2025年", "2025年度", " 2025 ", "２０２５"], "2025"),
        (["2025-H1", "2025H1", "2025h1", "2025年上半年", "2025/H1"], "2025-H1"),
        (["2025-H2", "2025年下半年"], "2025-H2"),
        (["2025-Q3", "2025Q3", "2025q3", "2025 Q3"], "2025-Q3"),
        (["2025年第三季度", "2025年第3季度", "2025年三季度"], "2025-Q3"),
        (["2025-07", "2025/07", "2025-7", "202507", "2025年7月", "2025年07月"], "2025-07"),
        (["2025-W27", "2025W27", "2025-w27", "2025年第27周"], "2025-W27"),
        (["2025-W05", "2025-W5"], "2025-W05"),
        (["2025-07-15", "2025/7/15", "2025/07/15", "20250715", "2025年7月15日"], "2025-07-15"),
        (["2024-02-29"], "2024-02-29"),
    ],
)  # fmt: skip
def test_every_spelling_is_read(spellings: list[str], canonical: str) -> None:
    assert {str(Period.parse(text)) for text in spellings} == {canonical}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("2025-13", "'2025-13' is not in the calendar"),
        ("2025-W54", "'2025-W54' is not in the calendar"),
        ("2025-W53", "'2025-W53' is not in the calendar"),
        ("2025-Q5", "'2025-Q5' is not in the calendar"),
        ("2025-02-29", "'2025-02-29' is not in the calendar"),
        ("0025", "'0025' is not in the calendar"),
        ("Jul-25", "'Jul-25' is not a period"),
        ("", "an empty text is not a period"),
        ("25/7", "'25/7' is not a period"),
    ],
)
def test_what_is_no_period_is_said(text: str, message: str) -> None:
    whole = f"{message}; write 2025, 2025-H1, 2025-Q3, 2025-07, 2025-W27 or 2025-07-15"
    with pytest.raises(ValueError, match=f"^{re.escape(whole)}$"):
        Period.parse(text)


def test_numbers_outside_a_year_are_refused() -> None:
    assert Period.parse("2026-W53") == Period("week", 2026, 53)
    with pytest.raises(ValueError, match="2025 has no week 53"):
        Period("week", 2025, 53)
    with pytest.raises(ValueError, match="2025 has no quarter 0"):
        Period("quarter", 2025, 0)


@pytest.mark.parametrize(
    ("text", "starts", "first", "last"),
    [
        ("2025", 1, "2025-01-01", "2025-12-31"),
        ("2025", 4, "2025-04-01", "2026-03-31"),
        ("2025-H2", 4, "2025-10-01", "2026-03-31"),
        ("2025-Q4", 4, "2026-01-01", "2026-03-31"),
        ("2025-Q1", 11, "2025-11-01", "2026-01-31"),
        ("2024-02", 4, "2024-02-01", "2024-02-29"),
        ("2025-W01", 4, "2024-12-30", "2025-01-05"),
        ("2025-07-15", 4, "2025-07-15", "2025-07-15"),
    ],
)
def test_first_and_last_day(text: str, starts: int, first: str, last: str) -> None:
    period = Period.parse(text)
    calendar = Calendar(starts)
    assert (str(calendar.start(period)), str(calendar.end(period))) == (first, last)


@pytest.mark.parametrize(
    ("text", "frequency", "starts", "longer"),
    [
        ("2025-03", "quarter", 1, "2025-Q1"),
        ("2025-03", "quarter", 4, "2024-Q4"),
        ("2025-03", "year", 4, "2024"),
        ("2025-Q2", "half", 4, "2025-H1"),
        ("2025-W01", "year", 1, "2025"),  # its Thursday is 2 January 2025
        ("2024-W01", "month", 1, "2024-01"),
        ("2026-W53", "month", 1, "2026-12"),  # its Thursday is 31 December 2026
        ("2024-12-30", "week", 1, "2025-W01"),
        ("2025-07-15", "day", 1, "2025-07-15"),
    ],
)
def test_the_longer_period(text: str, frequency: Frequency, starts: int, longer: str) -> None:
    assert str(Calendar(starts).containing(Period.parse(text), frequency)) == longer


def test_a_shorter_period_contains_nothing() -> None:
    with pytest.raises(ValueError, match="a month does not contain a quarter"):
        Calendar(1).containing(Period.parse("2025-Q1"), "month")
    with pytest.raises(ValueError, match="a month has no quarter in it"):
        Calendar(1).parts(Period.parse("2025-01"), "quarter")


def test_the_parts_of_a_fiscal_quarter() -> None:
    quarter = Calendar(4).parts(Period.parse("2025-Q4"), "month")
    assert [str(p) for p in quarter] == ["2026-01", "2026-02", "2026-03"]
    weeks = [str(p) for p in Calendar(1).parts(Period.parse("2025-01"), "week")]
    assert weeks == ["2025-W01", "2025-W02", "2025-W03", "2025-W04", "2025-W05"]
    assert len(Calendar(1).parts(Period.parse("2025-W01"), "day")) == 7


@pytest.mark.parametrize(
    ("text", "before"),
    [
        ("2025", "2024"), ("2025-Q3", "2024-Q3"), ("2025-07", "2024-07"), ("2024-02-29", None),
        ("2025-03-01", "2024-03-01"), ("2026-W53", None), ("2026-W52", "2025-W52"),
    ],
)  # fmt: skip
def test_the_year_before(text: str, before: str | None) -> None:
    found = Period.parse(text).year_before()
    assert (str(found) if found else None) == before


def test_order_holds_within_a_frequency_only() -> None:
    assert max(Period.parse(t) for t in ("2024-12", "2025-02", "2025-01")) == Period.parse("2025-02")
    assert Period.parse("2025-01") <= Period.parse("2025-01") >= Period.parse("2024-12")
    assert not Period.parse("2025-01") > Period.parse("2025-02")
    with pytest.raises(TypeError):
        assert Period.parse("2025") < Period.parse("2025-01")


@given(PERIODS)
def test_what_is_written_is_read_again(period: Period) -> None:
    assert Period.parse(str(period)) == period
    assert pickle.loads(pickle.dumps(period)) == period


@given(PERIODS, st.integers(-60, 60))
def test_shifting_there_and_back(period: Period, n: int) -> None:
    there = period.shift(n)
    assert there.shift(-n) == period
    assert (there > period, there < period) == (n > 0, n < 0)


@given(PERIODS, CALENDARS)
def test_periods_follow_without_a_gap(period: Period, calendar: Calendar) -> None:
    assert (calendar.start(period.shift(1)) - calendar.end(period)).days == 1
    assert calendar.of(calendar.start(period), period.frequency) == period
    assert calendar.of(calendar.end(period), period.frequency) == period


@given(DAYS, st.sampled_from(FREQUENCIES), st.sampled_from(FREQUENCIES), CALENDARS)
def test_parts_and_containing_agree(day: date, a: Frequency, b: Frequency, calendar: Calendar) -> None:
    longer, shorter = sorted((a, b), key=FREQUENCIES.index)
    whole = calendar.of(day, longer)
    parts = calendar.parts(whole, shorter)
    assert all(calendar.containing(part, longer) == whole for part in parts)
    assert list(parts) == sorted(parts, key=lambda part: (part.year, part.number))
    after = parts[-1].shift(1)
    assert calendar.containing(after, longer) == whole.shift(1)
    assert calendar.containing(parts[0].shift(-1), longer) == whole.shift(-1)


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        period = Period.parse(text)
    except ValueError:
        return
    assert Period.parse(str(period)) == period


@pytest.mark.parametrize(
    ("named_by", "day", "year", "quarter", "start"),
    [
        ("end", date(2025, 4, 1), "2026", "2026-Q1", date(2025, 4, 1)),
        ("end", date(2026, 3, 31), "2026", "2026-Q4", date(2025, 4, 1)),
        ("start", date(2026, 3, 31), "2025", "2025-Q4", date(2025, 4, 1)),
        (None, date(2026, 3, 31), "2025", "2025-Q4", date(2025, 4, 1)),
    ],
)
def test_a_fiscal_year_is_called_as_the_company_does(
    named_by: Literal["start", "end"] | None, day: date, year: str, quarter: str, start: date
) -> None:
    """Indian and Japanese years of account start in April; India calls the one to March 2026 FY26."""
    calendar = Calendar(4, named_by)
    assert str(calendar.of(day, "year")) == year
    assert str(calendar.of(day, "quarter")) == quarter
    assert calendar.start(Period.parse(year)) == start
    assert calendar.end(Period.parse(year)) == date(2026, 3, 31)


def test_years_of_january_have_one_name() -> None:
    assert str(Calendar(1, "end").of(date(2025, 12, 31), "year")) == "2025"


def test_two_years_begin_where_the_handbook_says() -> None:
    even, odd = Calendar(1), Calendar(1, None, 2023)
    assert str(even.of(date(2025, 12, 31), "two-year")) == "2024-2Y"
    assert str(odd.of(date(2025, 12, 31), "two-year")) == "2025-2Y"
    pair = Period.parse("2024-2Y")
    assert (even.start(pair), even.end(pair)) == (date(2024, 1, 1), date(2025, 12, 31))
    assert [str(year) for year in even.parts(pair, "year")] == ["2024", "2025"]
    assert str(pair.shift(-1)) == "2022-2Y"
    assert pair.year_before() is None
