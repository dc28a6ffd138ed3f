"""Years of account, periods of two years, and units of one system, as results are written in."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.load.written_number import factor_of
from generator.load.written_period import PeriodFault, read_period
from generator.model.calendar import Calendar
from generator.model.text import Text
from tests.unit.small_book import put, small_book, sound


@pytest.mark.parametrize(
    ("text", "by_start", "by_end"),
    [
        ("FY25-26", "2025", "2026"),
        ("2025/26", "2025", "2026"),
        ("2025-2026", "2025", "2026"),
        ("2025—2026年", "2025", "2026"),
        ("2025~2026", "2025", "2026"),
        ("FY26", "2026", "2026"),
        ("FY2026", "2026", "2026"),
        ("26财年", "2026", "2026"),
        ("FY26Q1", "2026-Q1", "2026-Q1"),
        ("Q1 FY2026", "2026-Q1", "2026-Q1"),
        ("FY26-H2", "2026-H2", "2026-H2"),
        ("2026财年一季度", "2026-Q1", "2026-Q1"),
        ("2026财年下半年", "2026-H2", "2026-H2"),
    ],
)
def test_years_of_account_are_called_as_the_handbook_calls_them(
    text: str, by_start: str, by_end: str
) -> None:
    assert str(read_period(text, Calendar(4, "start"))) == by_start
    assert str(read_period(text, Calendar(4, "end"))) == by_end


@pytest.mark.parametrize(
    ("text", "starts", "made"),
    [
        ("2024-2025", 1, "2024-2Y"),
        ("2024—2025年", 1, "2024-2Y"),
        ("2024-2Y", 4, "2024-2Y"),
        ("2025-2026", 1, "two years in 2024, 2026"),
        ("2024-2026", 1, "not a period"),
    ],
)
def test_two_years_are_read_as_the_handbook_counts_them(text: str, starts: int, made: str) -> None:
    read = read_period(text, Calendar(starts))
    assert made in (read.message if isinstance(read, PeriodFault) else str(read))


MONEY, TIME = {"元": 1, "CNY": 1, "USD": 7.1}, {"hours": 1, "h": 1, "天": 8, "days": 8}


@pytest.mark.parametrize(
    ("written", "unit", "factor"),
    [
        ("USD", "元", 7.1),
        ("$", "CNY", 7.1),
        ("元", "USD", 1 / 7.1),
        ("USD", "¥", 7.1),
        ("USD", "人民币", 7.1),
        ("days", "hours", 8),
        ("天", "h", 8),
        ("h", "days", 0.125),
        ("万元", "元", 10_000),
        ("USD", "hours", None),
        ("EUR", "元", None),
    ],
)
def test_units_of_a_system_are_turned_into_the_indicator_s(
    written: str, unit: str, factor: float | None
) -> None:
    assert factor_of(written, Text(plain=unit), (MONEY, TIME)) == factor


def test_a_sign_of_two_currencies_is_none_of_them_unless_it_is_named() -> None:
    """¥ is yuan and yen: only the handbook can say which, by naming the sign itself."""
    both = {"日元": 0.05, "元": 1, "USD": 7.1}
    assert factor_of("¥", Text(plain="USD"), (both,)) is None
    assert factor_of("¥", Text(plain="USD"), ({**both, "¥": 1},)) == 1 / 7.1
    assert factor_of("USD", Text(plain="¥"), ({**both, "¥": 1},)) == 7.1


def test_a_result_in_another_unit_of_the_system_is_read(tmp_path: Path) -> None:
    """120 USD at 7.1 are 852 yuan; the indicator's own unit and 万 stand as before."""
    book = small_book(tmp_path)
    file = book / "data/handbook.yml"
    systems = "unit_systems: [{id: money, units: {元: 1, USD: 7.1}}]\n"
    file.write_text(file.read_text(encoding="utf-8") + systems, encoding="utf-8")
    rows = "2026-01,revenue,,120 USD\n2026-02,revenue,,$100\n2026-03,revenue,,0.09万\n"
    put(book, "a.csv", f"period,indicator,pilot,value\n{rows}")
    assert [value for _, _, value in sound(book)] == [852, 710, 900]
