"""Figures taken over from the state before a change are those that are computed anew, whatever changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from pathlib import Path

import pytest

from generator.compute.figures import Figures, figures_of
from generator.compute.past import figures_at
from generator.compute.reuse import Charted, Earlier
from generator.load.kept_files import KeptFiles
from generator.load.project import default_roadmap, load_project
from generator.model.catalogue import Catalogue
from generator.model.indicator import Indicator
from generator.model.period import Period
from generator.model.results import Results
from generator.problems import Problems
from tests.built import ROOT, copied
from tests.unit.made import handbook, indicator, row

ORDERS = "data/indicators/order-cycle-time.yml"
PILOT = "data/pilots/lead-to-cash-east.yml"
RESULTS = "data/results/lead-to-cash-south.csv"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copied(ROOT, tmp_path_factory.mktemp("reuse") / "project")


def loaded(project: Path, kept: KeptFiles | None = None) -> Catalogue:
    catalogue = load_project(project, Problems(), kept)
    assert catalogue is not None
    return catalogue


def computed(catalogue: Catalogue, earlier: Earlier | None = None) -> Figures:
    return figures_of(catalogue, "internal", Period.parse("2026-Q3"), earlier=earlier)


def told(figures: Figures) -> dict[str, str]:
    """Everything that the figures say, to the last digit and in order."""
    names = [item.name for item in fields(figures) if item.name not in ("kept", "catalogue")]
    return {name: repr(getattr(figures, name)) for name in names}


def newest(text: str) -> str:
    """The last row of results with another value."""
    lines = text.rstrip("\n").split("\n")
    head = lines[0].split(",")
    cells = lines[-1].split(",")
    cells[head.index("value")] = "3.25"
    return "\n".join([*lines[:-1], ",".join(cells), ""])


@pytest.mark.parametrize(
    ("name", "change"),
    [
        (RESULTS, newest),
        (RESULTS, lambda text: text.rstrip("\n").rpartition("\n")[0] + "\n"),
        (ORDERS, lambda text: text.replace("direction: lower", "direction: higher", 1)),
        (PILOT, lambda text: text.replace("rebaseline: true", "rebaseline: false")),
        ("data/handbook.yml", lambda text: text + "\n"),
    ],
    ids=["a value", "a row gone", "a direction", "a pilot", "nothing that counts"],
)  # fmt: skip
def test_what_is_taken_over_is_what_would_be_computed(
    project: Path, name: str, change: Callable[[str], str]
) -> None:
    file, earlier, kept = project / name, Earlier(), KeptFiles()
    before = file.read_text(encoding="utf-8")
    first = computed(loaded(project, kept), earlier)
    figures_at(first, Period.parse("2026-Q1"))
    try:
        file.write_text(change(before), encoding="utf-8")
        catalogue = loaded(project, kept)
    finally:
        file.write_text(before, encoding="utf-8")
    again, anew = computed(catalogue, earlier), computed(catalogue)
    assert told(again) == told(anew)
    assert change(before) != before
    past = Period.parse("2026-Q1")
    assert told(figures_at(again, past)) == told(figures_at(anew, past))


def test_only_what_a_value_belongs_to_is_computed_again() -> None:
    catalogue = Catalogue(
        ROOT, handbook(), default_roadmap(), indicators={"speed": indicator(), "other": indicator(id="other")}
    )
    rows = [row("2026-01", 1.0), row("2026-02", 2.0), row("2026-01", 1.0, indicator="other")]
    asked: list[list[str]] = []

    def make(given: Results) -> Charted:
        asked.append(given.distinct("indicator"))
        return Charted({}, {}, {}, {})

    earlier = Earlier()
    for now in (rows, rows, [*rows[:1], row("2026-02", 2.5), *rows[2:]], [rows[2]]):
        earlier.renewed("today", catalogue, Results.of(now), make)
    assert asked == [["speed", "other"], [], ["speed"], []]


def test_a_file_is_read_again_when_its_bytes_change_and_tells_its_problems_each_time(tmp_path: Path) -> None:
    file, kept = tmp_path / "speed.yml", KeptFiles()
    file.write_text("id: speed\nname: 速度\nunit: 天\nwrong: 1\n", encoding="utf-8")
    for _ in range(2):
        problems = Problems()
        source, made = kept.one(file, "data/indicators/speed.yml", Indicator, problems)
        assert source is not None
        assert made is None
        assert [problem.rule for problem in problems] == ["unknown-key"]
    file.write_text("id: speed\nname: 速度\nunit: 天\n", encoding="utf-8")
    problems = Problems()
    assert kept.one(file, "data/indicators/speed.yml", Indicator, problems)[1] is not None
    assert not len(problems)
