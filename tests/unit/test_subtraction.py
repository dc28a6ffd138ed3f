"""What an edition keeps back follows from nothing that it tells: by linear arithmetic over all totals.

The reader is made apart from the code: it knows every total with its parts, by each dimension, by pilots and
by several of them at once, takes the numbers of the edition as they were written, and solves for the rest.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from generator.compute.small_groups import Place, protected
from generator.exchange.export_json import export_json
from generator.model.catalogue import Catalogue
from generator.model.edition import for_audience
from generator.model.handbook import Dimension
from generator.model.indicator import Limits
from generator.model.period import Period
from generator.model.result import Observation
from generator.model.results import Results
from generator.model.text import Text
from generator.pipeline import Checked, check_project, figures_for
from generator.problems import Problems
from tests.problems.assemble import BASE

PERIODS = tuple(map(Period.parse, ("2024-Q1", "2024-Q2")))
LEAST = 5
Told = Mapping[Place, float]


def row(period: Period, place: Place, size: float) -> Observation:
    """A sum of so many people: value and number alike."""
    return Observation(
        period=period, indicator="satisfaction", pilot=place[0], cell=place[1], value=size, numerator=None,
        denominator=None, target=None, status="actual", note="", as_of=None, version=None, file="x.csv",
        line=1, n=size,
    )  # fmt: skip


def cells(**given: str | None) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for name, value in sorted(given.items()) if value is not None)


def tables(seed: int) -> tuple[dict[Period, dict[Place, float]], bool]:
    """Random tables of two periods with some of their totals left out, and whether few people count."""
    chance = random.Random(seed)
    regions, teams = ("n", "s", None), ("a", "b", "c", None)
    left_out = {
        place
        for place in product(("east", "west", None), regions, teams)
        if place != (None, None, None) and chance.random() < 0.45
    }
    found: dict[Period, dict[Place, float]] = {}
    for period in PERIODS:
        inner = {
            (pilot, region, team): float(chance.choice((0, 2, 3, 7, 11, 20, 50)))
            for pilot, region, team in product(("east", "west"), regions[:-1], teams[:-1])
        }
        found[period] = {
            (pilot, cells(site=region, team=team)): sum(
                size
                for key, size in inner.items()
                if all(want in (None, had) for want, had in zip((pilot, region, team), key, strict=True))
            )
            for pilot, region, team in product(("east", "west", None), regions, teams)
            if (pilot, region, team) not in left_out
        }
    return found, seed % 2 == 0


def catalogue_of(base: Catalogue, found: Mapping[Period, Told], few: bool) -> Catalogue:
    """A handbook in which the public sees neither the pilot east nor the dimension team."""
    counted = base.indicators["satisfaction"].model_copy(
        update={"group_size": "n" if few else None, "rollup": "sum", "limits": Limits()}
    )
    site = Dimension(id="site", name=Text.of("site"), values={one: Text.of(one) for one in "ns"})
    team = Dimension(
        id="team", name=Text.of("team"), values={one: Text.of(one) for one in "abc"}, audience="staff"
    )
    west = base.pilots["east"].model_copy(update={"id": "west", "audience": None})
    return replace(
        base,
        handbook=base.handbook.model_copy(update={"dimensions": (site, team), "small_group": LEAST}),
        indicators={**base.indicators, "satisfaction": counted},
        pilots={**base.pilots, "west": west},
        results=Results.of(
            row(period, place, size) for period, table in found.items() for place, size in table.items()
        ),
    )


def lines(table: Told) -> Iterator[tuple[Place, tuple[Place, ...]]]:
    """Every total that is the sum of parts of one kind."""
    kinds: dict[tuple[bool, tuple[str, ...]], list[Place]] = {}
    for place in table:
        kinds.setdefault((place[0] is not None, tuple(name for name, _ in place[1])), []).append(place)
    for whole in table:
        for (of_pilots, _), places in kinds.items():
            parts = tuple(
                part
                for part in places
                if part != whole and set(whole[1]) <= set(part[1]) and whole[0] in (None, part[0])
            )
            if parts and (whole[0] is None or of_pilots) and table[whole] == sum(table[one] for one in parts):
                yield whole, parts


def derived(table: Told, told: Told) -> dict[Place, float]:
    """What follows of the places that are not told."""
    unknown = [place for place in table if place not in told]
    if not unknown:
        return {}
    rows = [
        [float((place in parts) - (place == whole)) for place in unknown]
        for whole, parts in lines(table)
        if any(place in unknown for place in (whole, *parts))
    ]
    rows = rows or [[0.0] * len(unknown)]
    rank = np.linalg.matrix_rank(np.array(rows))
    unit = np.eye(len(unknown))
    return {
        place: table[place]
        for at, place in enumerate(unknown)
        if np.linalg.matrix_rank(np.vstack([rows, unit[at]])) == rank
    }


def kept_back(place: Place) -> bool:
    return place[0] == "east" or "team" in dict(place[1])


@pytest.fixture(scope="module")
def base() -> Catalogue:
    found = check_project(BASE).catalogue
    assert found is not None
    return found


@pytest.mark.parametrize("part", range(4))
def test_nothing_kept_back_follows_from_a_narrower_edition(base: Catalogue, part: int) -> None:
    withheld = 0
    for seed in range(part * 30, part * 30 + 30):
        found, few = tables(seed)
        catalogue = catalogue_of(base, found, few)
        for audience in ("public", "staff"):
            edition = for_audience(protected(catalogue, audience), audience)
            for period, table in found.items():
                told = {
                    (one.pilot, one.cell): one.value
                    for one in edition.results
                    if one.period == period and one.value is not None
                }
                known = derived(table, told)
                if audience == "public":
                    assert [place for place in known if kept_back(place)] == [], (seed, period)
                    withheld += sum(not kept_back(place) and place not in told for place in table)
                if few:
                    assert [place for place in known if 0 < table[place] < LEAST] == [], (seed, period)
    assert withheld > 20  # it was not for want of totals


@pytest.mark.parametrize("seed", [0, 1, 2, 3])
def test_nothing_kept_back_follows_from_the_numbers_of_a_written_edition(base: Catalogue, seed: int) -> None:
    found, few = tables(seed)
    catalogue = catalogue_of(base, found, few)
    text = export_json(figures_for(Checked(catalogue, Problems(), PERIODS[-1], catalogue), "public"))
    for period, table in found.items():
        told = {
            (one["pilot"], tuple(sorted(one["dimensions"].items()))): point["value"]
            for one in json.loads(text)["series"]
            if one["indicator"] == "satisfaction"
            for point in one["points"]
            if point["period"] == str(period) and point["value"] is not None
        }
        assert told
        assert all(table[place] == value for place, value in told.items())
        known = derived(table, told)
        assert [place for place in known if kept_back(place) or (few and 0 < table[place] < LEAST)] == []


def test_the_reader_can_do_what_it_is_feared_to_do() -> None:
    """9 of two teams in two sites, no totals between: the last cell is what is left of the organisation."""
    inner = {(None, cells(site=one, team=other)): 3.0 for one, other in product("ns", "ab")}
    table = {(None, ()): 12.0, **inner}
    hidden = (None, cells(site="s", team="b"))
    assert derived(table, {place: size for place, size in table.items() if place != hidden}) == {hidden: 3.0}
