"""Workshops: what is voted beside what is computed, what the triage feeds, and how forms are taken in."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli import main
from generator.compute.figures import Figures
from generator.compute.insight.evidence import ranked_changes
from generator.compute.insight.proposals import proposals
from generator.compute.insight.workshops import workshops_of
from generator.exchange.export_json import export
from generator.load.project import load_project
from generator.pipeline import check_project, figures_for
from generator.problems import Problems

BASE = Path(__file__).parents[1] / "problems/_base"
ID = "2025-01-20-sales-quote-to-cash"
FORM: dict[str, object] = {
    "id": ID,
    "date": "2025-01-20",
    "unit": "sales",
    "process": "quote-to-cash",
    "people": 6,
    "blockages": [
        {"text": "=HYPERLINK(1): <b>报价要等</b>", "step": "quote", "votes": 5},
        {"text": "someone is away", "votes": 1},
    ],
    "indicators": [
        {"indicator": "satisfaction", "serves": "looks-good", "reason": "nobody acts", "decides": "sales"},
        {"indicator": "cycle-time", "serves": "execution", "reason": "late ones get people"},
    ],
    "scores": {"goals-clear": 2},
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    shutil.copytree(BASE, tmp_path / "p")
    return tmp_path / "p"


def saved(project: Path, name: str, **changed: object) -> Path:
    file = project.parent / name
    file.write_text(json.dumps({**FORM, **changed}, ensure_ascii=False, indent=2), encoding="utf-8")
    return file


def taken(project: Path, *files: Path) -> tuple[int, str]:
    done = CliRunner().invoke(main, ["import", "workshop", *map(str, files), "--project", str(project)])
    return done.exit_code, done.output


def figures(project: Path, edition: str = "staff") -> Figures:
    return figures_for(check_project(project), edition)


def test_a_saved_form_is_a_workshop_of_the_handbook(project: Path) -> None:
    assert taken(project, saved(project, "a.json"))[0] == 0
    problems = Problems()
    found = load_project(project, problems)
    assert found is not None
    assert not problems.has_errors, list(map(str, problems))
    assert found.workshops[ID].blockages[0].text.say("zh", "zh") == "=HYPERLINK(1): <b>报价要等</b>"


def test_the_same_form_adds_nothing_and_another_one_what_is_new(project: Path) -> None:
    first = saved(project, "a.json")
    taken(project, first)
    file = project / f"data/workshops/{ID}.yml"
    before = file.read_bytes()
    code, told = taken(project, first)
    assert (code, file.read_bytes()) == (0, before)
    assert "nothing to add" in told
    more = {"text": "the form is lost", "votes": 2}
    code, _ = taken(project, saved(project, "b.json", blockages=[more], scores={"tools-used": 4}))
    assert code == 0
    found = load_project(project, Problems())
    assert found is not None
    assert [one.votes for one in found.workshops[ID].blockages] == [5, 1, 2]
    assert found.workshops[ID].scores == {"goals-clear": 2, "tools-used": 4}


def test_what_differs_is_named_with_both_places_and_stays(project: Path) -> None:
    taken(project, saved(project, "a.json"))
    file = project / f"data/workshops/{ID}.yml"
    before = file.read_bytes()
    code, told = taken(project, saved(project, "b.json", people=8))
    assert (code, file.read_bytes()) == (1, before)
    assert f"data/workshops/{ID}.yml:5:9: error[conflict] people: 6 stands here" in told
    assert "b.json:6 says 8" in told


def test_a_file_with_comments_is_not_written_anew(project: Path) -> None:
    taken(project, saved(project, "a.json"))
    file = project / f"data/workshops/{ID}.yml"
    file.write_text(f"# by hand\n{file.read_text(encoding='utf-8')}", encoding="utf-8")
    before = file.read_bytes()
    code, told = taken(project, saved(project, "b.json", scores={"tools-used": 4}))
    assert (code, file.read_bytes()) == (1, before)
    assert "scores.tools-used" in told


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("{", "yaml-syntax"),
        ("[]", "wrong-type"),
        ('{"id": "../../x", "date": "2025-01-20"}', "bad-id"),
        ('{"id": "a", "date": "2025-01-20", "people": 0}', "bad-value"),
        ('{"id": "a", "date": "2025-01-20", "more": 1}', "unknown-key"),
        (" " * 1_000_001, "too-large"),
    ],
)
def test_what_is_no_form_is_refused_with_its_place(project: Path, text: str, rule: str) -> None:
    file = project.parent / "odd.json"
    file.write_text(text, encoding="utf-8")
    code, told = taken(project, file)
    assert code == 1
    assert f"error[{rule}]" in told
    assert "odd.json:1:" in told
    assert not (project / "data/workshops").exists()


def test_votes_stand_beside_the_computed_blockages(project: Path) -> None:
    taken(project, saved(project, "a.json"))
    found = figures(project)
    (state,) = workshops_of(found)
    flow = found.processes["quote-to-cash"].flows["as_is"].blockages
    assert state.computed == flow
    assert [(one.blockage.votes, one.several) for one in state.voted] == [(5, True), (1, False)]
    assert state.voted[0].rank == flow.index("quote") + 1
    assert state.unseen == tuple(step for step in flow if step != "quote")
    assert export(found).workshops[0].ranks == [state.voted[0].rank, None]


def test_the_triage_feeds_keep_change_and_retire(project: Path) -> None:
    taken(project, saved(project, "a.json"))
    found = figures(project)
    told = {one.indicator: one for one in proposals(found, ranked_changes(found))}
    assert "looks-good" in [reason.kind for reason in told["satisfaction"].reasons]
    assert told["satisfaction"].verdict in ("change", "retire")


def test_an_edition_hears_nothing_of_a_workshop_that_it_may_not_see(project: Path) -> None:
    taken(project, saved(project, "a.json", audience="staff"))
    found = figures(project, "public")
    assert found.catalogue.workshops == {}
    kinds = [reason.kind for one in proposals(found, ranked_changes(found)) for reason in one.reasons]
    assert "looks-good" not in kinds
