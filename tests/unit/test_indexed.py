"""A series against its own beginning, by hand."""

from __future__ import annotations

import pytest

from generator.compute.series.assessed import AssessedSeries, assess
from generator.compute.series.indexed import indexed
from generator.compute.series.values import series_of
from tests.unit.made import handbook, indicator, row


def series(*values: float | None) -> AssessedSeries:
    """Months from January 2024 on."""
    rows = [row(f"{2024 + place // 12}-{place % 12 + 1:02}", value) for place, value in enumerate(values)]
    (one,) = series_of(rows)
    return assess(one, indicator(), (), None, handbook())


@pytest.mark.parametrize(
    ("direction", "expected"),
    [("higher", (50.0, 100.0, 150.0)), ("lower", (200.0, 100.0, 66.66666666666667))],
)
def test_up_is_better_and_100_is_as_then(direction: str, expected: tuple[float, ...]) -> None:
    told = indexed(series(10, 20, 30), direction)  # type: ignore[arg-type]
    assert told is not None
    assert told.base == 20
    assert told.values == expected
    assert told.newest == expected[-1]


def test_the_beginning_are_the_first_twelve_values_whatever_comes_between() -> None:
    told = indexed(series(*[5.0] * 6, None, *[15.0] * 6, 1000.0, None), "higher")
    assert told is not None
    assert told.base == 10
    assert told.values[6] is None
    assert (told.values[0], told.values[12], told.values[13]) == (50, 150, 10000)
    assert told.newest == 10000


def test_decimals_are_reckoned_as_they_are_written() -> None:
    told = indexed(series(0.1, 0.2, 0.3), "higher")
    assert told is not None
    assert (told.base, told.values) == (0.2, (50.0, 100.0, 150.0))


@pytest.mark.parametrize(
    ("values", "direction"),
    [((1.0, 0.0), "higher"), ((1.0, -1.0), "lower"), ((1.0, 2.0), "range"), ((1.0, 2.0), None)],
)
def test_where_no_share_can_be_told_there_is_none(values: tuple[float, ...], direction: str | None) -> None:
    assert indexed(series(*values), direction) is None  # type: ignore[arg-type]
