"""Durations of steps, in working time."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from generator.model.duration import Duration, DurationUnit

AMOUNTS = st.just(0.0) | st.floats(1e-12, 1e6) | st.integers(0, 10**6).map(float)
UNITS: st.SearchStrategy[DurationUnit] = st.sampled_from(("m", "h", "d", "w"))
read = TypeAdapter(Duration).validate_python


@pytest.mark.parametrize(
    ("text", "hours", "hours_of_six"),
    [("15m", 0.25, 0.25), ("2h", 2, 2), ("1.5d", 12, 9), ("3w", 120, 90), ("０.5 d", 4, 3), ("0m", 0, 0)],
)
def test_a_day_has_the_hours_of_its_process(text: str, hours: float, hours_of_six: float) -> None:
    duration = Duration.parse(text)
    assert duration.hours() == hours
    assert duration.hours(6) == hours_of_six


@pytest.mark.parametrize(
    "text",
    [
        "",
        "15",
        "m",
        "1,5d",
        "-1d",
        "two hours",
        "1h30m",
        "1e3h",
        ".5h",
        "9" * 400 + "h",
        "1000001m",
        "0.0000000000001h",
    ],
)
def test_what_is_no_duration_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"write 15m, 2h, 1\.5d or 3w"):
        Duration.parse(text)


def test_words_that_say_what_is_meant_are_answered_with_how_it_is_written() -> None:
    for text, written in (("2 hours", "2h"), ("5分钟", "5m"), ("1.5 个工作日", "1.5d"), ("３周", "3w")):
        with pytest.raises(ValueError, match=f"is not a duration; write {written}$"):
            Duration.parse(text)


def test_a_bare_zero_needs_no_unit() -> None:
    assert read(0).hours() == 0
    for value in (30, True, None, [1]):
        with pytest.raises(ValidationError):
            read(value)


@given(AMOUNTS, UNITS)
def test_what_is_written_is_read_again(amount: float, unit: DurationUnit) -> None:
    duration = Duration(amount, unit)
    assert Duration.parse(str(duration)) == duration


@given(AMOUNTS, st.floats(1, 24))
def test_a_week_has_five_days(amount: float, day: float) -> None:
    assert Duration(amount, "w").hours(day) == pytest.approx(5 * Duration(amount, "d").hours(day))
