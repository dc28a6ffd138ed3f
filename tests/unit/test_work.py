"""Tools at steps, offices, questions and measures, and what cases answer: on a small handbook, by hand."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from generator.compute.figures import Figures
from generator.compute.insight.case_finder import bottleneck_cases, case_traits
from generator.compute.insight.measures import category_rows, measures_of
from generator.compute.insight.node_tools import tools_of
from generator.compute.insight.offices import offices_of
from generator.exchange.export_work import work_out
from generator.pipeline import check_project, figures_for

BASE = Path(__file__).parents[1] / "problems/_base"
DIAGNOSIS = """date: 2025-01-10
unit: company
bottlenecks:
  - {text: x, process: quote-to-cash, steps: [approve], indicators: [cycle-time]}
  - {text: y}
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "p"
    shutil.copytree(BASE, folder)
    (folder / "data/diagnosis/2025-01-10-company.yml").write_text(DIAGNOSIS, encoding="utf-8")
    process = folder / "data/processes/quote-to-cash.yml"
    text = process.read_text(encoding="utf-8")
    text = text.replace("touch: {mean: 10m, sd: 2m},", "kind: wait, symptoms: [too-many-approvals],")
    process.write_text(text, encoding="utf-8")
    return folder


def told(folder: Path, edition: str = "staff") -> Figures:
    return figures_for(check_project(folder), edition)


def test_what_a_case_answers_follows_from_its_change(project: Path) -> None:
    (found,) = case_traits(told(project))
    assert (found.symptoms, found.step_kinds, found.steps) == (
        ("too-many-approvals",),
        ("wait",),
        ("approve",),
    )
    assert found.indicators == ("cycle-time",)
    # The change of May has no result after it yet.
    assert found.proof in ("early", "told")
    assert [text.say("en", "en") for text in found.conditions] == ["There is a price band"]


def test_a_bottleneck_finds_its_cases(project: Path) -> None:
    """One shared step, one symptom, one indicator; the other bottleneck names nothing."""
    first, second = bottleneck_cases(told(project))
    assert (first.cases, second.cases) == (("fast-quotes",), ())
    # The case and its pilot are for staff.
    assert [item.cases for item in bottleneck_cases(told(project, "public"))] == [(), ()]


def test_a_case_that_failed_says_so(project: Path) -> None:
    file = project / "content/cases/fast-quotes.md"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("status: adopted", "status: retired\nfailed: true"), encoding="utf-8")
    assert [item.proof for item in case_traits(told(project))] == ["failed"]


def test_tools_of_a_process(project: Path) -> None:
    pilot = project / "data/pilots/east.yml"
    new = "  - {name: Bot, why: x, steps: [approve], live: 2025-05-12, indicators: [cycle-time]}\ntraining:"
    pilot.write_text(pilot.read_text(encoding="utf-8").replace("training:", new), encoding="utf-8")
    figures = told(project)
    found = tools_of(figures, figures.catalogue.processes["quote-to-cash"])
    assert [(item.tool.name.say("en", "en"), item.tool.existing) for item in found] == [
        ("CRM", True), ("Bot", False)
    ]  # fmt: skip
    # CRM serves `quote`; the change touches `approve` alone, where the new tool is.
    assert [[claim.indicator for claim in item.claims] for item in found] == [[], ["cycle-time"]]


def test_offices_and_measures(project: Path) -> None:
    figures = told(project)
    (front,) = offices_of(figures)
    assert (front.id, front.units) == ("front", ("sales",))
    assert [(pack.pilot, pack.lacking) for pack in front.packs] == [("east", ())]
    (pack,) = measures_of(figures)
    assert pack.cells[0] == ("cycle-time", "efficiency", "time")
    assert (pack.no_aspect, pack.no_measure) == ((), ("quantity", "cost"))


def test_a_hidden_part_of_a_pack_hides_what_is_missing(project: Path) -> None:
    pilot = project / "data/pilots/east.yml"
    pilot.write_text(pilot.read_text(encoding="utf-8").replace("audience: staff", ""), encoding="utf-8")
    indicator = project / "data/indicators/satisfaction.yml"
    indicator.write_text(indicator.read_text(encoding="utf-8") + "audience: staff\n", encoding="utf-8")
    figures = told(project, "public")
    (pack,) = measures_of(figures)
    assert (pack.in_part, pack.no_measure, len(pack.cells)) == (True, (), 2)
    (front,) = offices_of(figures)
    assert front.packs[0].lacking is None
    out = work_out(figures)
    assert set(out.measures[0].why_not) == {"no_aspect", "no_measure"}
    assert out.offices[0].packs[0].why_not == {"lacking": "withheld"}


def test_traditional_against_composite(project: Path) -> None:
    for name, more in (
        ("cycle-time", "category: time-efficiency\ngeneration: composite\nreplaces: [first-pass]\n"),
        ("first-pass", "category: time-efficiency\ngeneration: traditional\n"),
    ):
        file = project / f"data/indicators/{name}.yml"
        text = file.read_text(encoding="utf-8")
        kept = [line for line in text.splitlines() if not line.startswith(("category:", "generation:"))]
        file.write_text("\n".join(kept) + "\n" + more, encoding="utf-8")
    (row,) = [row for row in category_rows(told(project)) if row.id == "time-efficiency"]
    assert (row.traditional, row.composite) == (("first-pass",), ("cycle-time",))
    assert row.replaced == (("first-pass", "cycle-time"),)
