"""No figure of a small group is told, nor does one follow from what is: by hand, and for random tables."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from generator.cli import main
from generator.compute.small_groups import Place, determined, protected
from generator.model.catalogue import Catalogue
from generator.model.handbook import Dimension
from generator.model.period import Period
from generator.model.result import Observation
from generator.model.results import Results
from generator.model.text import Text
from generator.pipeline import check_project
from tests.conftest import Change
from tests.problems.assemble import BASE as BASE_PROJECT

ALL: Place = (None, ())
YEAR = Period.parse("2024-Q1")


def row(place: Place, size: float, period: Period = YEAR, value: float = 4.0) -> Observation:
    """A mean of so many people."""
    return Observation(
        period=period, indicator="satisfaction", pilot=place[0], cell=place[1], value=value, numerator=None,
        denominator=None, target=None, status="actual", note="", as_of=None, version=None, file="x.csv",
        line=1, n=size,
    )  # fmt: skip


def table(catalogue: Catalogue, sizes: dict[Place, float]) -> Catalogue:
    """The base with one table of people in a quarter; the indicator says which column counts them."""
    counted = catalogue.indicators["satisfaction"].model_copy(update={"group_size": "n", "rollup": "mean"})
    handbook = catalogue.handbook
    dimensions = tuple(
        Dimension(id=name, name=Text.of(name), values={one: Text.of(one) for one in "abcd"})
        for name in ("site", "team")
    )
    return replace(
        catalogue,
        handbook=handbook.model_copy(update={"dimensions": (*handbook.dimensions, *dimensions)}),
        indicators={**catalogue.indicators, "satisfaction": counted},
        results=Results.of(row(place, size) for place, size in sizes.items()),
    )


def withheld(catalogue: Catalogue, audience: str = "staff") -> dict[Place, str]:
    return {
        (one.pilot, one.cell): one.withheld
        for one in protected(catalogue, audience).results
        if one.withheld is not None
    }


def site(name: str) -> Place:
    return (None, (("site", name),))


@pytest.fixture
def base(make_catalogue: Callable[[Change], Catalogue]) -> Catalogue:
    return make_catalogue({})


def test_the_case_worked_by_hand(base: Catalogue) -> None:
    """20 people at three sites, 3 + 7 + 10: the 3 are withheld, and the 7, or 20 - 7 - 10 would tell them."""
    sizes = {ALL: 20.0, site("a"): 3.0, site("b"): 7.0, site("c"): 10.0}
    catalogue = table(base, sizes)
    assert withheld(catalogue) == {site("a"): "small-group", site("b"): "small-group"}
    told = {(one.pilot, one.cell): one for one in protected(catalogue, "public").results}
    gap = told[site("b")]
    assert (gap.value, gap.n, gap.numerator, gap.denominator, gap.status) == (
        None,
        None,
        None,
        None,
        "missing",
    )
    assert (told[ALL].value, told[ALL].n, told[site("c")].n) == (4.0, 20.0, 10.0)


def test_two_small_ones_that_are_few_together_need_a_third(base: Catalogue) -> None:
    """2 + 1 + 8 + 9: what is left of 20 less 8 and 9 is 3, so each is known to be fewer than 5."""
    sizes = {ALL: 20.0, site("a"): 2.0, site("b"): 1.0, site("c"): 8.0, site("d"): 9.0}
    assert set(withheld(table(base, sizes))) == {site("a"), site("b"), site("c")}


def test_without_a_sibling_the_total_goes(base: Catalogue) -> None:
    assert set(withheld(table(base, {ALL: 3.0, site("a"): 3.0}))) == {ALL, site("a")}


def test_nobody_is_not_a_few_and_protects_nobody(base: Catalogue) -> None:
    sizes = {ALL: 20.0, site("a"): 3.0, site("b"): 0.0, site("c"): 17.0}
    assert set(withheld(table(base, sizes))) == {site("a"), site("c")}


def test_a_handbook_may_tell_all_or_count_otherwise(base: Catalogue) -> None:
    catalogue = table(base, {ALL: 20.0, site("a"): 3.0, site("b"): 7.0, site("c"): 10.0})
    open_book = catalogue.handbook.model_copy(update={"small_group": 0})
    assert withheld(replace(catalogue, handbook=open_book)) == {}
    strict = catalogue.handbook.model_copy(update={"small_group": 10})
    assert set(withheld(replace(catalogue, handbook=strict))) == {site("a"), site("b")}
    uncounted = catalogue.indicators["satisfaction"].model_copy(update={"group_size": None})
    indicators = {**catalogue.indicators, "satisfaction": uncounted}
    assert withheld(replace(catalogue, indicators=indicators)) == {}


def test_the_same_neighbour_goes_in_every_period(base: Catalogue) -> None:
    """Site b is small in the second quarter, so it protects a in the first, where c is smaller."""
    sizes = {ALL: 20.0, site("a"): 3.0, site("b"): 9.0, site("c"): 8.0}
    later = {ALL: 20.0, site("a"): 3.0, site("b"): 4.0, site("c"): 13.0}
    catalogue = table(base, sizes)
    after = tuple(row(place, size, Period.parse("2024-Q2")) for place, size in later.items())
    both = protected(replace(catalogue, results=Results.of((*catalogue.results, *after))), "staff").results
    assert {(str(one.period), one.cell[0][1]) for one in both if one.withheld} == {
        ("2024-Q1", "a"), ("2024-Q1", "b"), ("2024-Q2", "a"), ("2024-Q2", "b"),
    }  # fmt: skip


def test_every_edition_and_every_past_tell_the_same(base: Catalogue) -> None:
    catalogue = table(base, {ALL: 20.0, site("a"): 3.0, site("b"): 7.0, site("c"): 10.0})
    assert withheld(catalogue, "public") == withheld(catalogue, "staff")
    past = replace(catalogue, results=catalogue.results[:2])
    found = protected(past, "staff", catalogue).results
    assert [one.withheld for one in found] == [None, "small-group"]


def test_a_total_that_would_tell_a_hidden_pilot_is_withheld_from_that_edition_alone(base: Catalogue) -> None:
    """30 = 18 in the hidden pilot + 12 in the other; where they do not add up, nothing follows."""
    west = base.pilots["east"].model_copy(update={"id": "west", "audience": None})
    catalogue = table(base, {ALL: 30.0, ("east", ()): 18.0, ("west", ()): 12.0})
    catalogue = replace(catalogue, pilots={**catalogue.pilots, "west": west})
    assert withheld(catalogue, "public") == {ALL: "hidden-part"}
    assert withheld(catalogue, "staff") == {}
    apart = replace(catalogue, results=Results.of((row(ALL, 45.0), *catalogue.results[1:])))
    assert withheld(apart, "public") == {}


@pytest.mark.parametrize(
    ("rollup", "whole", "parts", "follows"),
    [
        ("sum", 30.1, (18.0, 12.0), True),  # 18.04 + 12.06, each told with one decimal
        ("sum", 1235.0, (600.0, 634.0), True),  # 600.4 + 634.4, in whole euros
        ("sum", 30.1, (18.0, 11.8), False),  # rounding moves no 0.3
        ("sum", 3.0, (1.0, 1.0), False),  # one of three counted things is no rounding
        ("mean", 4.35, (4.1, 4.6), True),
        ("mean", 4.4, (4.1, 4.6), True),  # 4.35 with one decimal
        ("mean", 4.3, (4.1, 4.7), False),  # weighed by something that is not told
        ("mean", 4.0, (4.0,), False),
    ],
)
def test_a_total_tells_a_hidden_pilot_also_where_it_is_rounded_or_a_mean(
    base: Catalogue, rollup: str, whole: float, parts: tuple[float, ...], follows: bool
) -> None:
    catalogue = told_with_pilots(base, rollup, {YEAR: (whole, *parts)})
    assert withheld(catalogue, "public") == ({ALL: "hidden-part"} if follows else {})
    assert withheld(catalogue, "staff") == {}


def test_what_is_the_mean_by_chance_is_told(base: Catalogue) -> None:
    """4.4 is the mean of 4.1 and 4.6 in one quarter; in the next the organisation is something else."""
    both = {YEAR: (4.4, 4.1, 4.6), Period.parse("2024-Q2"): (4.6, 4.0, 4.5)}
    assert withheld(told_with_pilots(base, "mean", both), "public") == {}


def told_with_pilots(base: Catalogue, rollup: str, told: dict[Period, tuple[float, ...]]) -> Catalogue:
    """Values of the organisation, of the hidden pilot east, and of others, without any number of people."""
    places: tuple[Place, ...] = (ALL, ("east", ()), ("v", ()), ("w", ()))
    others = {name: base.pilots["east"].model_copy(update={"id": name, "audience": None}) for name in "vw"}
    counted = base.indicators["satisfaction"].model_copy(update={"rollup": rollup, "group_size": None})
    rows = (
        replace(row(place, 1, period, value), n=None)
        for period, values in told.items()
        for place, value in zip(places, values, strict=False)
    )
    return replace(
        base,
        pilots={**base.pilots, **others},
        indicators={**base.indicators, "satisfaction": counted},
        results=Results.of(rows),
    )


# Random tables


def _base() -> Catalogue:
    found = check_project(BASE_PROJECT).catalogue
    assert found is not None
    return found


BASE = _base()


def lines(sizes: dict[Place, float]) -> list[tuple[Place, tuple[Place, ...]]]:
    """Every total with its parts, told apart from the code: by site, by team, and of either alone."""
    found = []
    for place in sizes:
        for name in ("site", "team"):
            if name not in dict(place[1]):
                parts = tuple(
                    one
                    for one in sizes
                    if name in dict(one[1]) and tuple(x for x in one[1] if x[0] != name) == place[1]
                )
                found.append((place, parts))
    return [line for line in found if line[1]]


def follows(place: Place, hidden: list[Place], known: list[tuple[Place, tuple[Place, ...]]]) -> bool:
    """Whether a combination of the totals' equations is that place alone: by rank, not by null space."""
    matrix = np.array(
        [[(one in parts) - (one == whole) for one in hidden] for whole, parts in known], dtype=float
    )
    unit = np.array([[one == place for one in hidden]], dtype=float)
    return bool(np.linalg.matrix_rank(np.vstack([matrix, unit])) == np.linalg.matrix_rank(matrix))


@given(st.lists(st.integers(0, 12), min_size=16, max_size=16), st.integers(2, 4), st.integers(2, 4))
def test_no_small_group_follows_from_what_is_told(numbers: list[int], sites: int, teams: int) -> None:
    inner = dict(zip(product("abcd"[:sites], "abcd"[:teams]), map(float, numbers), strict=False))
    sizes: dict[Place, float] = {
        (None, (("site", one), ("team", other))): size for (one, other), size in inner.items()
    }
    for index, name in enumerate(("site", "team")):
        for value in {key[index] for key in inner}:
            sizes[(None, ((name, value),))] = sum(n for key, n in inner.items() if key[index] == value)
    sizes[ALL] = sum(inner.values())
    hidden = sorted(withheld(table(BASE, sizes)), key=repr)
    small = {place for place, size in sizes.items() if 0 < size < 5}
    assert small <= set(hidden)
    assert bool(small) == bool(hidden)
    known = lines(sizes)
    for place in small:
        assert not follows(place, hidden, known), place
        assert not determined({place}, hidden, known)
    for whole, parts in known:
        left = [sizes[one] for one in parts if one in hidden]
        if whole not in hidden and left and any(one in small for one in parts):
            assert sum(left) >= 5


# Through the commands


TEAMS: Change = {
    "data/indicators/satisfaction.yml": ("id: satisfaction\n", "id: satisfaction\ngroup_size: n\n"),
    "data/results/teams.csv": (
        "period,indicator,pilot,region,value,n\n"
        "2024-Q1,satisfaction,,,3.11,21\n2024-Q1,satisfaction,,east,3.77,4\n2024-Q1,satisfaction,,NA,2.93,17\n"
    ),
}


@pytest.fixture
def project(make_project: Callable[[Change], Path]) -> Path:
    return make_project(TEAMS)


@pytest.mark.parametrize("edition", ["public", "staff"])
def test_pages_and_downloads_say_why_and_no_figure(project: Path, tmp_path: Path, edition: str) -> None:
    out = tmp_path / "all.json"
    done = CliRunner().invoke(main, ["export", "json", str(project), "--edition", edition, "--out", str(out)])
    assert done.exit_code == 0, done.output
    (point,) = next(
        one["points"]
        for one in json.loads(out.read_text(encoding="utf-8"))["series"]
        if one["indicator"] == "satisfaction" and one["dimensions"] == {"region": "east"}
    )
    assert (point["value"], point["n"]) == (None, None)
    assert "too small to be told" in point["why_not"]["value"]
    tree = tmp_path / "tree"
    words = ["export", "markdown", str(tree), "--project", str(project), "--edition", edition]
    assert CliRunner().invoke(main, words).exit_code == 0
    written = {path: path.read_bytes() for path in (*tree.rglob("*"), out) if path.is_file()}
    for figure in (b"3.77", b"2.93"):
        assert [path for path, data in written.items() if figure in data] == []
    assert any(b"3.11" in data for data in written.values())
    for name in ("results.csv", "indicators/satisfaction.csv", "indicators/satisfaction.json"):
        assert b"too small to be told" in (tree / "docs/downloads" / name).read_bytes(), name
    page = (tree / "docs/indicators/satisfaction.md").read_text(encoding="utf-8")
    assert "不公开：这一组人太少" in page
    english = (tree / "docs.en/indicators/satisfaction.md").read_text(encoding="utf-8")
    assert "not shown: too few people" in english
