"""How far a running period is over as the data shows, at its edges: what is not over cannot be late."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from generator.check.rule import RuleContext
from generator.check.stale_results import RULE
from generator.load.project import load_project
from generator.model.catalogue import latest_period
from generator.model.freshness import known_until
from generator.problems import Problems
from tests.unit.small_book import small_book

MONTH, YEAR = "on-time", "yearly"


def told(book: Path, years: str, frequency: str, rows: str) -> tuple[date, list[str]]:
    """Up to which day it is known, and the indicators that are told as stale."""
    with (book / "data/handbook.yml").open("a", encoding="utf-8") as file:
        file.write(years)
    own = book / "data/indicators/reply-time.yml"
    own.write_text(own.read_text("utf-8").replace("frequency: month", f"frequency: {frequency}"), "utf-8")
    (book / "data/results/a.csv").write_text(f"period,indicator,pilot,value,status,as_of\n{rows}", "utf-8")
    problems = Problems()
    catalogue = load_project(book, problems)
    assert catalogue is not None
    assert not problems.has_errors, [str(one) for one in problems]
    as_of = latest_period(catalogue)
    assert as_of is not None
    found = RULE.check(RuleContext(catalogue, as_of, {}))
    return known_until(catalogue, as_of), [one.message.split("'")[1] for one in found]


@pytest.mark.parametrize(
    ("frequency", "last", "newest", "until", "stale"),
    [
        # On-time's results run to `newest`; the quarter, until December, is not over.
        ("month", "2026-10", "2026-10", date(2026, 10, 31), False),
        ("month", "2026-09", "2026-10", date(2026, 10, 31), False),  # due on 31 October, which is that day
        ("month", "2026-08", "2026-10", date(2026, 10, 31), True),
        ("month", "2026-11", "2026-12", date(2026, 12, 31), False),
        ("month", "2026-10", "2026-12", date(2026, 12, 31), True),
        ("quarter", "2026-Q3", "2026-11", date(2026, 11, 30), False),
        ("quarter", "2026-Q3", "2026-12", date(2026, 12, 31), False),
        ("quarter", "2026-Q2", "2026-10", date(2026, 10, 31), True),
        ("half", "2026-H1", "2026-11", date(2026, 11, 30), False),
        ("year", "2025", "2026-11", date(2026, 11, 30), False),
        ("year", "2024", "2026-01", date(2026, 1, 31), True),
        ("two-year", "2024", "2026-11", date(2026, 11, 30), False),
        ("week", "2026-W43", "2026-10", date(2026, 10, 31), False),  # the next ends on 1 November
        ("week", "2026-W42", "2026-10", date(2026, 10, 31), True),
        ("day", "2026-10-30", "2026-10", date(2026, 10, 31), False),
        ("day", "2026-10-29", "2026-10", date(2026, 10, 31), True),
    ],
)
def test_a_result_is_late_only_when_its_period_is_over(
    frequency: str, last: str, newest: str, until: date, stale: bool, tmp_path: Path
) -> None:
    rows = f"{last},reply-time,,4,,\n{newest},{MONTH},,90,,\n"
    assert told(small_book(tmp_path), "", frequency, rows) == (until, ["reply-time"] if stale else [])


@pytest.mark.parametrize(
    ("years", "last", "newest", "until", "stale"),
    [
        ("fiscal_year_starts: 4\n", "2025", "2026-11", date(2026, 11, 30), False),
        ("fiscal_year_starts: 4\n", "2024", "2026-03", date(2026, 3, 31), False),
        ("fiscal_year_starts: 4\n", "2024", "2026-04", date(2026, 4, 30), True),
        ("fiscal_year: {starts: 4, named_by: end}\n", "2025", "2026-03", date(2026, 3, 31), False),
        ("fiscal_year: {starts: 4, named_by: end}\n", "2025", "2026-04", date(2026, 4, 30), True),
    ],
)
def test_a_fiscal_year_is_over_when_it_is(
    years: str, last: str, newest: str, until: date, stale: bool, tmp_path: Path
) -> None:
    rows = f"{last},{YEAR},,4,,\n{newest},{MONTH},,90,,\n"
    assert told(small_book(tmp_path), years, "month", rows) == (until, [YEAR] if stale else [])


def test_a_value_that_is_not_final_does_not_end_its_period_and_a_day_of_taking_does(tmp_path: Path) -> None:
    rows = f"2026,{YEAR},,4,estimate,\n2026-08,{MONTH},,90,,\n"
    assert told(small_book(tmp_path / "a"), "", "month", rows) == (date(2026, 8, 31), [])
    rows = f"2026,{YEAR},,4,estimate,2026-10-05\n2026-08,{MONTH},,90,,\n"
    assert told(small_book(tmp_path / "b"), "", "month", rows) == (date(2026, 10, 5), [MONTH])
