"""Slips of unit are warned of with file and line; honest jumps are not."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.check.plausible_values import RULE
from generator.check.rule import RuleContext
from generator.model.catalogue import Catalogue
from generator.model.result import Observation
from generator.model.results import Results
from tests.unit.made import handbook, indicator, row

MONTHS = [f"{year}-{month:02}" for year in (2024, 2025) for month in range(1, 13)]


def told(values: list[float], notes: dict[int, str] | None = None, **fields: object) -> list[str]:
    rows: list[Observation] = [
        row(month, value, line=place + 2, note=(notes or {}).get(place, ""))
        for place, (month, value) in enumerate(zip(MONTHS, values, strict=False))
    ]
    catalogue = Catalogue(
        root=Path(), handbook=handbook(), roadmap=None,  # type: ignore[arg-type]
        indicators={"speed": indicator(**fields)}, results=Results.of(rows),
    )  # fmt: skip
    return [f"{one.mark} {one.message}" for one in RULE.check(RuleContext(catalogue, None, {}))]


def test_fractions_among_per_cents_are_named_with_their_line():
    """91.2, 92, .93, 92.8, 91.9, 93, .94 was taken as it stood: .93 %."""
    (found,) = told([91.2, 92.0, 0.93, 92.8, 91.9, 93, 0.94], unit="%")
    assert found == (
        "data/results/x.csv:4:1 value: 0.93 of 'speed' in 2024-03 is about 1/100 of its neighbours, "
        "which are 91.2 to 93 (and 1 more like it)"
    )


def test_half_a_file_in_fractions():
    (found,) = told([0.91, 0.92, 0.9, 91, 92, 93, 90], unit="%")
    assert "0.91 of 'speed' in 2024-01 is about 1/100" in found


@pytest.mark.parametrize("factor", [1000, 10_000, 0.001])
def test_a_value_thousands_of_times_off(factor):
    (found,) = told([980.4, 970, 991.2 * factor, 985, 977, 990], decimals=3)
    assert "in 2024-03 is about" in found


def test_a_note_explains_it():
    assert told([980, 970, 991_000, 985, 977], {2: "one order of a state"}) == []


@pytest.mark.parametrize(
    "values",
    [
        [0, 0, 0, 5, 0, 0, 4],  # rare counts
        [1, 2, 1, 3, 2, 100, 1],  # few and small: a hundredfold is no slip of unit outside per cent
        [0, 5, 6, 5, 7, 6],  # 0 says nothing of size
        [1, 3, 10, 30, 100, 300, 1000],  # growth has all sizes in between
        [-5, 4, -6, 5000, 3, 2],  # signs change: there is no usual size
        [5, 6000, 5],  # too few to know
        [10, 11, 10, 12, 200, 11],  # twenty times is an event, not a slip
    ],
)
def test_honest_jumps_are_left_alone(values):
    assert told([float(value) for value in values]) == []


@pytest.mark.parametrize("values", [[0.5, 60, 62, 58, 61], [4.0, 88, 90, 91, 89, 92]])
def test_a_share_may_fall_low(values):
    """Near a hundredth is 1/67 to 1/150: 4 of 90 is a bad month."""
    found = told(values, unit="%")
    assert len(found) == (1 if values[0] == 0.5 else 0)


@given(st.lists(st.floats(0.5, 15), min_size=5, max_size=24))
def test_values_within_a_factor_of_thirty_never_warn(values):
    assert told(values, unit="%") == []


def test_decimals_that_hide_every_value():
    """.0004 ppm with one decimal read "0.0 … 0.0–0.0"."""
    (found,) = told([0.00041, 0.00039, 0.0004, 0.00043, 0.00038])
    assert "with decimals: 1 every value of 'speed' reads as 0, e.g. 0.00041 (data/results/x.csv:2)" in found
    assert told([0.00041, 0.00039, 0.0004, 0.00043, 0.00038], decimals=5) == []
    assert told([0, 0, 0, 0, 0]) == []
    assert told([0.04, 0.02, 0.3]) == [], "one that is seen is enough"
