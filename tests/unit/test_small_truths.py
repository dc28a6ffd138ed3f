"""What a small or an odd handbook must not be told: nothing is counted that there is not."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from generator.pipeline import check_project, figures_for
from tests.published import pages

ROOT = Path(__file__).parents[2]
INDICATOR = """id: {id}
name: {{zh: {id}, en: {name}}}
status: active
definition: {{zh: 说明, en: text}}
formula: {{zh: 公式, en: formula}}
unit: pieces
direction: lower
frequency: month
rollup: sum
source: {{system: ERP, collection: manual, refresh: month}}
owner: {{unit: help-desk, role: {{zh: 主管, en: Lead}}}}
"""
PILOT = "id: {id}\nname: {{zh: {id}, en: {name}}}\nperiod: {{from: 2025-01}}\npack: [{pack}]\n"
_tag = re.compile(r"<[^>]+>")


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The English pages' words: two pilots of one indicator without a target, each 0 in the newest month; a
    third has no result at all. No goal, no change, no history."""
    folder = tmp_path_factory.mktemp("truths") / "p"
    shutil.copytree(ROOT / "examples/minimal", folder)
    for old in [*(folder / "data/results").glob("*.csv"), *(folder / "data/indicators").glob("*.yml")]:
        old.unlink()
    for id_, name in (("errors", "Errors"), ("delays", "Delays")):
        text = INDICATOR.format(id=id_, name=name)
        (folder / f"data/indicators/{id_}.yml").write_text(text, encoding="utf-8")
    (folder / "data/pilots").mkdir()
    for id_, name, pack in (
        ("north", "North", "{indicator: errors}"),
        ("south", "South", "{indicator: errors}, {indicator: delays}"),
        ("west", "West", "{indicator: errors}, {indicator: delays}"),
    ):
        text = PILOT.format(id=id_, name=name, pack=pack)
        (folder / f"data/pilots/{id_}.yml").write_text(text, encoding="utf-8")
    rows = "".join(f"2025-0{month},errors,{pilot},0\n" for month in (1, 2, 3) for pilot in ("north", "south"))
    (folder / "data/results/r.csv").write_text(f"period,indicator,pilot,value\n{rows}", encoding="utf-8")
    checked = check_project(folder)
    assert not checked.problems.has_errors, [str(one) for one in checked.problems]
    lines = [one.message for one in checked.problems if one.rule == "goal-link"]
    assert lines == ["no goal is written down, so none of 2 indicators says what it is for"]
    made = pages(figures_for(checked), "en")
    return {name: " ".join(_tag.sub(" ", text).split()) for name, text in made.items()}


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ("pilots/north.md", "Its one indicator cannot be held against a target yet."),
        ("pilots/south.md", "None of the 2 indicators can be held against a target yet; 1 indicator has no"),
        ("pilots/west.md", "2 indicators have no data."),
        ("pilots/west.md", "No score: in Q1 2025 no indicator of the pack has both a result and a target."),
        ("pilots/west.md", "from Jan 2025"),
        ("indicators/errors.md", "In the newest period all pilots stand at 0.0 pieces."),
        ("changes.md", "Nothing has been changed in the library yet."),
        ("tree.md", "No indicator says yet what it drives."),
        ("evidence.md", "No whole review period of results since it began; at least 2 are needed: wait."),
        ("index.md", "2 Indicators"),
        ("quarters/2025-q1.md", "No new evidence: no verdict on a change came in or turned."),
    ],
)
def test_what_there_is_not_is_said_so(told: dict[str, str], page: str, said: str) -> None:
    assert said in told[page]


@pytest.mark.parametrize(
    "silly",
    ["0 of 0", "0 of 1 indicator", "0 of 2 indicators", " 0 changes", "among 0", "covers 0", "only 0",
     "2 No category", "stands best"],
)  # fmt: skip
def test_nothing_is_counted_that_there_is_not(told: dict[str, str], silly: str) -> None:
    assert [name for name, text in told.items() if name.endswith(".md") and silly in text] == []
