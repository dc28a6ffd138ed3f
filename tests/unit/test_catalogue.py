"""The catalogue as later stages read it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from generator.model.catalogue import Catalogue, latest_period
from generator.model.indicator import Indicator
from generator.model.text import Text
from generator.model.walk import rebuilt, walk
from tests.conftest import Change


@pytest.mark.parametrize(
    ("change", "latest"),
    [
        ({}, "2025-Q1"),
        ({"data/results/2025.csv": ("2025-03,first", "2025-04,first")}, "2025-Q2"),
        ({"data/handbook.yml": ("languages:", "fiscal_year_starts: 4\nlanguages:")}, "2025-Q1"),
        ({"data/handbook.yml": ("long: quarter", "long: half")}, "2025-H1"),
    ],
)
def test_the_latest_period_holds_the_end_of_the_newest_result(
    change: Change, latest: str, make_catalogue: Callable[[Change], Catalogue]
) -> None:
    assert str(latest_period(make_catalogue(change))) == latest


def test_a_missing_value_makes_no_period_the_latest(make_catalogue: Callable[[Change], Catalogue]) -> None:
    rows = "period,indicator,pilot,value,note\n2026-01,cycle-time,east,,not yet counted\n"
    assert str(latest_period(make_catalogue({"data/results/more.csv": rows}))) == "2025-Q1"


def test_without_results_there_is_no_latest_period(make_catalogue: Callable[[Change], Catalogue]) -> None:
    assert latest_period(make_catalogue({"data/results/2025.csv": None})) is None


def test_places_of_what_has_no_file(make_catalogue: Callable[[Change], Catalogue]) -> None:
    catalogue = make_catalogue({})
    assert str(catalogue.mark("roadmap", ("steps", 0))) == "data/roadmap.yml:1:1"
    assert str(catalogue.mark("pilots/east", ("pack",), key=True)) == "data/pilots/east.yml:7:1"
    assert (
        str(catalogue.mark("diagnosis/2025-01-10-company", ("unit",)))
        == "data/diagnosis/2025-01-10-company.yml:2:7"
    )


def test_a_model_is_walked_with_its_files_keys(make_catalogue: Callable[[Change], Catalogue]) -> None:
    found = dict(walk(make_catalogue({}).indicators["cycle-time"]))
    assert str(found[("targets", 0, "from")]) == "2025-01"
    assert found[("owner", "person")] == "王敏"
    assert found[("guardrails", 0, "indicator")] == "first-pass"


def test_rebuilding_keeps_what_is_not_changed(make_catalogue: Callable[[Change], Catalogue]) -> None:
    indicator = make_catalogue({}).indicators["cycle-time"]
    assert rebuilt(indicator, lambda part: part) == indicator
    renamed = rebuilt(
        indicator, lambda p: p.model_copy(update={"name": Text("x")}) if isinstance(p, Indicator) else p
    )
    assert renamed.name == Text("x")
    assert renamed.targets is indicator.targets
    with pytest.raises(TypeError):
        rebuilt(indicator, lambda _: indicator.targets[0])
