"""Points by columns are those that were packed, to the last bit, whatever way somebody looks at them."""

from __future__ import annotations

import pickle
from dataclasses import fields, is_dataclass, replace
from typing import Any

import pytest

from generator.compute import figures as computing
from generator.compute.series.assessed import AssessedPoint, AssessedSeries
from generator.compute.series.attainment import Thresholds
from generator.compute.series.charted import SignalPoint
from generator.compute.series.packed_points import (
    FEWEST,
    PackedPoints,
    PointSequence,
    along,
    packed,
    packed_series,
)
from generator.compute.series.values import Difference, Series, SeriesPoint
from generator.model.period import Period
from generator.pipeline import check_project, figures_for
from tests.built import ROOT

NAN = float("nan")
VALUES = (1.0, None, -0.0, 0.1 + 0.2, 1e300, 0.0, 5e-324, -7.25, 3.0)


def _points(values: tuple[float | None, ...] = VALUES) -> tuple[AssessedPoint, ...]:
    start = Period.parse("2025-11")
    return tuple(
        AssessedPoint(
            point=SeriesPoint(
                start.shift(place),
                value,
                status="missing" if value is None else "actual",
                note=f"remark {place}" if place % 3 == 0 else "",
                why_not="missing" if value is None else None,
                parts=(place % 2, 3) if place > 2 else None,
            ),
            bar=Thresholds(target=5.0 if place > 4 else None),
            status="no-target",
            gap=None,
            attainment=None,
            progress=None,
            score=None,
            previous=Difference(0.5, None, partial=place == 7) if place % 2 else None,
            year_before=None,
            withheld=frozenset({"n"}) if place == 3 else frozenset(),
        )
        for place, value in enumerate(values)
    )


def _exact(value: Any) -> str:
    """With the sign of a zero and the kind of a number told apart, which `==` does not."""
    if is_dataclass(value):
        return f"{type(value).__name__}{[_exact(getattr(value, field.name)) for field in fields(value)]}"
    if isinstance(value, tuple | PointSequence):
        return f"{[_exact(one) for one in value]}"
    return f"{type(value).__name__} {value!r}"


def test_every_way_to_a_point_gives_the_one_that_was_packed() -> None:
    points = _points()
    made = packed(points, {})
    assert isinstance(made, PackedPoints)
    for way in (
        tuple,
        lambda p: p[:],
        lambda p: [*p],
        lambda p: p + (),  # noqa: RUF005 - the way that is tried
        lambda p: list(reversed(p))[::-1],
        lambda p: [p[place] for place in range(len(p))],
        lambda p: [p[place - len(p)] for place in range(len(p))],
        lambda p: p[::-1][::-1],
        lambda p: (*p[:2], *p[2:7], *p[7:100]),
        lambda p: [one for one, _ in zip(p, range(9), strict=True)],
        lambda p: pickle.loads(pickle.dumps(p)),
    ):
        assert [_exact(one) for one in way(made)] == [_exact(one) for one in points]
    assert [_exact(one) for one in made[1:8:3]] == [_exact(one) for one in points[1:8:3]]
    assert [_exact(one) for one in made[8:2:-2]] == [_exact(one) for one in points[8:2:-2]]
    assert made[5:2] == ()
    for beyond in (9, -10):
        with pytest.raises(IndexError):
            made[beyond]


def test_packed_points_equal_the_tuple_of_them_and_no_other() -> None:
    points = _points()
    made = packed(points, {})
    assert (made == points, points == made, hash(made) == hash(points)) == (True, True, True)
    other = (*points[:-1], replace(points[-1], gap=1.0))
    assert (made == other, made == packed(other, {}), made == 3) == (False, False, False)
    assert repr(made) == repr(points)


def test_columns_are_read_without_points() -> None:
    points = _points()
    made = packed(points, {})
    for path in ("status", "point.value", "point.period", "bar.target", "point.note", "previous", "bar"):
        assert list(along(made, path)) == list(along(points, path)), path
    assert along(made, "point.value") == list(VALUES)


def test_a_number_that_is_none_stays_what_it_is() -> None:
    """NaN stands for a gap in a column, so a column that has one is no column of numbers."""
    told = [SignalPoint(1, NAN, 1.0, float(n), "none", None, None) for n in range(9)]
    told[3] = replace(told[3], centre=None, upper=NAN)
    made = packed(told, {})
    assert [_exact(one) for one in made] == [_exact(one) for one in told]
    whole = [SignalPoint(place, None, 7, 7.0, "none", None, None) for place in range(9)]  # 7 is no 7.0
    assert [_exact(one) for one in packed(whole, {})] == [_exact(one) for one in whole]
    zeros = [SignalPoint(1, None, -0.0 if n == 4 else 0.0, 0.0, "none", None, None) for n in range(9)]
    assert [_exact(one) for one in packed(zeros, {})] == [_exact(one) for one in zeros]


def test_few_points_stay_objects() -> None:
    few = _points()[: FEWEST - 1]
    assert packed(few, {}) is few


def test_a_series_and_what_follows_from_it_share_their_columns() -> None:
    points = _points()
    one = AssessedSeries(
        Series("a", None, (("region", "east"),), "month", tuple(p.point for p in points)), None, points
    )
    made = packed_series(one, {})
    assert made == one
    assert isinstance(made.series.points, PackedPoints)
    assert made.series.points is made.points.inner("point")  # type: ignore[attr-defined]
    assert made.last == one.last
    assert made.series.at(Period.parse("2026-01")) == one.series.at(Period.parse("2026-01"))


def test_the_figures_of_the_sample_are_the_same_packed_and_in_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Byte for byte: the tables of charts are smaller, and parts are put away by columns."""
    checked = check_project(ROOT)
    usual = figures_for(checked)
    parts = [one for key, one in usual.series.items() if key[2] and len(one.points) >= FEWEST]
    assert parts
    assert all(isinstance(one.points, PointSequence) for one in parts)
    monkeypatch.setattr(computing, "AT_ONCE", 3)
    monkeypatch.setattr(computing, "_seldom", lambda _key, _today: False)
    other = figures_for(checked)
    for name in ("series", "longer", "signals"):
        one, two = getattr(usual, name), getattr(other, name)
        assert list(one) == list(two)
        for key in one:
            assert [_exact(point) for point in one[key].points] == [
                _exact(point) for point in two[key].points
            ]
    assert [_exact(one) for one in usual.signals.values()] == [_exact(one) for one in other.signals.values()]
