"""What is under way and missing for each pillar, in a small handbook worked by hand."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from pathlib import Path

from generator.compute.figures import Figures
from generator.compute.insight.pillars import PillarState, pillars_of
from generator.exchange.export_pillars import pillars_out
from generator.language_sites import language_sites_of
from generator.pipeline import check_project, figures_for
from generator.problems import Problems

BASE = Path(__file__).parents[1] / "problems/_base"
REVIEW, PILOT, PROCESS = (
    "data/reviews/2025-q1-east.yml",
    "data/pilots/east.yml",
    "data/processes/quote-to-cash.yml",
)


BOTTLENECK = "bottlenecks: [{text: x, pillar: drive}]\nscores:"


def figures(folder: Path, changes: dict[str, tuple[str, str]]) -> Figures:
    """The small handbook with each file's first text replaced by its second."""
    shutil.copytree(BASE, folder)
    for name, (old, new) in changes.items():
        text = (folder / name).read_text(encoding="utf-8")
        assert old in text, name
        (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    return figures_for(check_project(folder), "staff")


def states(found: Figures) -> dict[str, PillarState]:
    return {state.pillar: state for state in pillars_of(found).states}


def lacks(found: Figures) -> list[tuple[str, str, tuple[str | int, ...]]]:
    return [
        (state.pillar, lack.kind, lack.place) for state in pillars_of(found).states for lack in state.missing
    ]


def test_nothing_is_missing_in_a_handbook_that_is_whole(tmp_path: Path) -> None:
    assert lacks(figures(tmp_path / "p", {})) == []


def test_actions_and_bottlenecks_stand_under_the_pillar_they_name(tmp_path: Path) -> None:
    loose = "  - {id: a2, text: b, status: open}\n  - {id: a3, pillar: support, text: c, status: open}\n"
    answers = "data/diagnosis/2025-01-10-company.yml"
    found = figures(
        tmp_path / "p",
        {
            REVIEW: ("coaching:", loose + "coaching:"),
            answers: ("scores:", "bottlenecks: [{text: x, pillar: drive}, y]\nscores:"),
        },
    )
    assert [task.action.id for task in states(found)["support"].actions] == ["a3"]
    assert [one.text.say("zh", "zh") for _, one in states(found)["drive"].bottlenecks] == ["x"]
    whole = pillars_of(found)
    assert [task.action.id for task in whole.loose_actions] == ["a2"]
    assert [one.text.say("zh", "zh") for _, one in whole.loose_bottlenecks] == ["y"]


def test_a_tool_stands_under_drive_unless_it_says_otherwise(tmp_path: Path) -> None:
    found = figures(tmp_path / "p", {PILOT: ("- {name: CRM, ", "- {name: CRM, pillar: support, ")})
    assert [(tool.place, tool.live) for tool in states(found)["support"].tools] == [
        (0, False)
    ]  # live in May, told at the end of March
    assert states(found)["drive"].tools == ()


def test_what_is_missing_is_told_with_its_place(tmp_path: Path) -> None:
    """A goal that nothing supports, a tool nobody measures, no coaching, and an action past its day."""
    found = figures(
        tmp_path / "p",
        {
            "data/strategy.yml": ("goals:\n", "goals:\n  - {id: alone, name: {zh: 孤, en: Alone}}\n"),
            PILOT: (", live: 2025-05-12, indicators: [cycle-time]}", ", live: 2025-05-12}"),
            REVIEW: ("coaching:\n  - {unit: sales, focus: {zh: 提速, en: Speed}}", ""),
        },
    )
    assert lacks(found) == [
        ("direction", "goal", ("alone",)),
        ("drive", "tool", ("east", 0)),
        ("support", "coaching", ("east",)),
    ]
    late = {
        REVIEW: (
            "due: 2025-05-15, status: done, result: {indicator: cycle-time, verdict: worked}",
            "due: 2025-01-15",
        )
    }
    assert ("support", "overdue", ("2025-q1-east", "a1")) in lacks(figures(tmp_path / "q", late))


def test_the_export_tells_the_same(tmp_path: Path) -> None:
    found = figures(
        tmp_path / "p", {PILOT: (", live: 2025-05-12, indicators: [cycle-time]}", ", live: 2025-05-12}")}
    )
    drive = pillars_out(found)[1]
    assert drive.id == "drive"
    assert [(lack.kind, lack.place) for lack in drive.missing] == [("tool", ["east", 0])]


def test_a_diagnosis_of_no_unit_of_the_handbook_is_that_of_the_organisation(tmp_path: Path) -> None:
    """Its id stood on the page, while the diagnosis's own page said the whole organisation."""
    found = figures(tmp_path / "p", {"data/diagnosis/2025-01-10-company.yml": ("scores:", BOTTLENECK)})
    bare = found.catalogue.handbook.model_copy(update={"units": ()})
    without = replace(found, catalogue=replace(found.catalogue, handbook=bare))
    (site,) = language_sites_of(without, Problems(), ["en"])
    page = next(page for page in site.pages if page.path == "pillars.md")
    html = "".join(section.html for section in page.sections)
    titles = re.findall(r'diagnosis/2025-01-10-company.html">([^<]*)<', html)
    assert set(titles) == {"Whole organisation, 10\xa0Jan\xa02025"}
