"""What an edition keeps back stands in nothing that it publishes, and follows from nothing of it.

Random handbooks of two editions whose values are so large and uneven that each is found wherever it stands:
in the export, in every table, page, chart and search entry. What stands there is given to the reader of
`test_subtraction`, who knows every total with its parts and solves for the rest.
"""

from __future__ import annotations

import csv
import io
import json
import random
import re
from dataclasses import replace
from itertools import product

import pytest

from generator.compute.insight.named import named_figures
from generator.compute.small_groups import Place
from generator.model.catalogue import Catalogue
from generator.model.period import Period
from generator.model.results import Results
from generator.pipeline import Checked, check_project, figures_for
from generator.problems import Problems
from tests.problems.assemble import BASE
from tests.published import files, pages
from tests.unit.test_subtraction import LEAST, PERIODS, catalogue_of, derived, kept_back, row, tables

Tables = dict[Period, dict[Place, float]]
_between = re.compile(r"(?<=\d),(?=\d{3})")
"""What stands between thousands on a page."""


def valued(seed: int) -> tuple[Tables, Tables, bool]:
    """As `tables`: how many people, what is measured of them, and whether few of them count."""
    sizes, few = tables(seed)
    chance = random.Random(f"values {seed}")
    values: Tables = {}
    for period, table in sizes.items():
        inner = list(product(("east", "west"), "ns", "abc"))
        own = dict(zip(inner, chance.sample(range(1_000_000, 9_000_000), len(inner)), strict=True))
        values[period] = {
            (pilot, cell): float(
                sum(
                    value
                    for (inner_pilot, site, team), value in own.items()
                    if pilot in (None, inner_pilot)
                    and all({"site": site, "team": team}[name] == member for name, member in cell)
                )
            )
            for pilot, cell in table
        }
    return sizes, values, few


def handbook(base: Catalogue, sizes: Tables, values: Tables, few: bool) -> Catalogue:
    """The handbook of `catalogue_of` with these values."""
    results = Results.of(
        replace(row(period, place, value), n=sizes[period][place])
        for period, table in values.items()
        for place, value in table.items()
    )
    return replace(catalogue_of(base, sizes, few), results=results)


def told_by(made: dict[str, str], period: Period) -> dict[Place, float]:
    """The values that the export and both tables tell of a period; where several tell one, the same."""
    told: dict[Place, float] = {}

    def put(place: Place, value: float) -> None:
        assert told.setdefault(place, value) == value, place

    for one in json.loads(made["handbook.json"])["series"]:
        for point in one["points"]:
            known = point["value"] is not None and point["period"] == str(period)
            if known and one["indicator"] == "satisfaction":
                put((one["pilot"], tuple(sorted(one["dimensions"].items()))), point["value"])
    for name in ("results.csv", "downloads/indicators/satisfaction.csv"):
        for line in csv.DictReader(io.StringIO(made[name])):
            if (line["indicator"], line["period"]) == ("satisfaction", str(period)) and line["value"]:
                cell = tuple((key, line[key]) for key in ("site", "team") if line.get(key))
                put((line["pilot"] or None, cell), float(line["value"]))
    return told


def held(seed: int, sizes: Tables, values: Tables, few: bool, made: dict[str, str]) -> int:
    """Look for what is kept back; how many values are."""
    texts = {name: _between.sub("", text) for name, text in made.items()}
    withheld = 0
    for period, table in values.items():
        told = told_by(made, period)
        known = derived(table, told)
        for place in known:
            assert not kept_back(place), (seed, period, place)
            assert not (few and 0 < sizes[period][place] < LEAST), (seed, period, place)
        for place, value in table.items():
            if place not in told and value:
                withheld += 1
                where = [name for name, text in texts.items() if f"{value:.0f}" in text]
                assert where == [], (seed, period, place, value)
    return withheld


@pytest.fixture(scope="module")
def base() -> Catalogue:
    found = check_project(BASE).catalogue
    assert found is not None
    return found


@pytest.mark.parametrize("part", range(6))
def test_no_table_and_no_export_tells_it(base: Catalogue, part: int) -> None:
    withheld = 0
    for seed in range(part * 20, part * 20 + 20):
        sizes, values, few = valued(seed)
        catalogue = handbook(base, sizes, values, few)
        figures = figures_for(Checked(catalogue, Problems(), PERIODS[-1], catalogue), "public")
        withheld += held(seed, sizes, values, few, files(figures))
    assert withheld > 20


@pytest.mark.parametrize("seed", range(1000, 1012))
def test_no_page_no_chart_and_no_search_entry_tells_it(base: Catalogue, seed: int) -> None:
    sizes, values, few = valued(seed)
    catalogue = handbook(base, sizes, values, few)
    figures = figures_for(Checked(catalogue, Problems(), PERIODS[-1], catalogue), "public")
    made = files(figures) | pages(named_figures(figures), ("en", "zh")[seed % 2])
    assert held(seed, sizes, values, few, made) > 0
    told = told_by(made, PERIODS[-1]) or told_by(made, PERIODS[0])
    seen = [
        sum(f"{value:.0f}" in _between.sub("", text) for text in made.values()) for value in told.values()
    ]
    assert not told or max(seen) > 5, "values are found where they stand"
