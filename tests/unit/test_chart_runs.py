"""One far value and all the others; and no normal range below what there can be."""

from __future__ import annotations

import pytest

from tests.unit.test_chart_cases import Handbook, values


@pytest.mark.parametrize(
    ("rows", "rollup", "factor"),
    [
        (values(*[95] * 20, 60), "mean", ""),
        (values(*[0] * 23, 6), "mean", ""),
        ([",9000,10000", ",9,10"] * 12 + [",8550,10000"], "ratio", "factor: 100"),
    ],
)
def test_one_far_value_does_not_make_a_run_of_all_others(tmp_path, rows, rollup, factor):
    """The centre line is drawn away by it; the others lie on their own mean and were normal all the time."""
    handbook = Handbook(tmp_path, rows, unit="%", direction="higher", rollup=rollup, more=factor)
    marks = [point.mark for point in handbook.signals.points]
    assert marks == ["none"] * (len(rows) - 1) + ["outside"]
    assert not any(told.hindsight for told in handbook.signals.told)


def test_a_shift_that_lasts_is_still_one(tmp_path):
    """Fourteen around 10, then seven around 11.6: most of them within the limits, none of them lost."""
    before = [10, 10.8, 9.4, 10.3, 9.6, 10.5, 9.9, 10.9, 9.3, 10.1, 9.5, 10.6, 9.8, 10.2]
    after = [11.9, 11.3, 12.0, 11.4, 11.8, 11.2, 11.6]
    handbook = Handbook(tmp_path, values(*before, *after))
    assert {point.mark for point in handbook.signals.points[-7:]} <= {"shift", "two-of-three", "outside"}


@pytest.mark.parametrize(
    ("unit", "numbers", "least"),
    [
        ("件", [0, 3, 0, 0, 4, 0, 0, 0, 3, 0, 0, 1], 0),
        ("{zh: 天, en: days}", [0.4, 3.1, 0.2, 2.8, 0.1, 3.3, 0.5, 2.9, 0.2, 3.0, 0.3, 2.7], 0),
        ("件", [0, 3, 0, -1, 4, 0, 0, 0, 3, 0, 0, 1], None),
        ("{zh: 分, en: points}", [0, 3, 0, 0, 4, 0, 0, 0, 3, 0, 0, 1], None),
    ],
)
def test_there_is_no_less_than_none_of_what_is_counted_or_lasts(tmp_path, unit, numbers, least):
    handbook = Handbook(tmp_path, values(*numbers), unit=unit)
    lower = handbook.exported()["points"][-1]["lower"]
    assert lower == 0 if least == 0 else lower < 0
