"""Points of a series are named when somebody looks at them, once, and are the same as if all were."""

from __future__ import annotations

import pickle
from itertools import pairwise

from generator.compute.insight.named import Figure, named_figures
from generator.compute.insight.named_points import NamedPoints, bare, bare_along
from generator.pipeline import check_project, figures_for
from tests.built import ROOT


def _points(asked: list[int]) -> NamedPoints[float]:
    def name(value: float, place: int) -> float:
        asked.append(place)
        return Figure(value, "series/x/points", f"{place}")

    return NamedPoints((1.0, 2.0, 3.0, 4.0), name)


def _names(found: object) -> list[str]:
    assert isinstance(found, tuple | list)
    return [one.name.rpartition("/")[2] for one in found]


def test_only_what_is_looked_at_is_named_and_once() -> None:
    asked: list[int] = []
    points = _points(asked)
    assert (len(points), next(bare(points)), asked) == (4, 1.0, [])
    assert type(next(bare(points))) is float
    assert points[-1] is points[3]
    assert asked == [3]
    assert _names(list(reversed(points))[:2]) == ["3", "2"]
    assert _names(tuple(points)) == ["0", "1", "2", "3"]
    assert sorted(asked) == [0, 1, 2, 3]


def test_every_way_to_a_point_gives_the_named_one() -> None:
    ways = (
        list,
        lambda p: [*p],
        lambda p: p[:],
        lambda p: p + (),  # noqa: RUF005 - the way that is tried
        sorted,
        lambda p: [one for one, _ in zip(p, range(4), strict=True)],
        lambda p: [one for _, one in enumerate(p)],
        lambda p: [one for one, _ in pairwise(p)] + [p[-1]],
        lambda p: pickle.loads(pickle.dumps(p)),
    )
    for way in ways:
        assert _names(way(_points([]))) == ["0", "1", "2", "3"]
    assert _points([]) == (1.0, 2.0, 3.0, 4.0)


def test_of_the_sample_only_what_packs_are_judged_by_is_named_before_a_page_asks() -> None:
    figures = named_figures(figures_for(check_project(ROOT)))
    told = [*figures.series.values(), *figures.longer.values(), *figures.signals.values()]
    assert {type(one.points) for one in told} == {NamedPoints}
    packs = sum(len(pilot.pack) for pilot in figures.pilots.values())
    assert sum(len(one.points._made) for one in told) <= packs
    assert sum(len(one.points) for one in told) > 40 * packs
    some = next(one for one in figures.series.values() if not one.points._made)
    # The panel of numbers names all periods; with a point each it took a quarter of a large build's memory.
    told_periods = list(bare_along(some.points, "point.period"))
    assert not some.points._made
    assert told_periods == [point.point.period for point in bare(some.points)]
    assert some.last is not None
    assert isinstance(some.last.point.value, Figure)
    assert len(some.points._made) == 1
