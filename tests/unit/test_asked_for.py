"""Edition and period of mkdocs.yml hold for every command; what a command says takes precedence."""

from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from generator.cli import main
from generator.model.period import Period
from generator.pipeline import Request, Run, SettingsError, frozen_name

# The first import of jieba compiles a source whose string escapes Python warns of.
pytestmark = [
    pytest.mark.filterwarnings("ignore::SyntaxWarning"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
]
PROJECT = Path(__file__).parents[1] / "sites" / "audiences"
SETTINGS = (
    "site_name: x\ndocs_dir: content\nplugins: [{handbook: {edition: public, as_of: 2024-Q4}}, search]\n"
)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    made = shutil.copytree(PROJECT, tmp_path / "project")
    (made / "mkdocs.yml").write_text(SETTINGS, encoding="utf-8")
    earlier = "period,indicator,pilot,value\n2024-12,cycle-time,,22.0\n"
    (made / "data/results/2024.csv").write_text(earlier, encoding="utf-8")
    return made


def run(*words: object) -> Result:
    done = CliRunner().invoke(main, [str(word) for word in words])
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done


def exported(*words: object) -> Any:
    done = run("export", "json", *words)
    assert done.exit_code == 0, done.stderr
    return json.loads(done.stdout)


def test_exports_tell_what_the_site_tells(project: Path) -> None:
    made = exported(project)
    assert (made["edition"], made["as_of"]) == ("public", "2024-Q4")
    assert "zq" not in json.dumps(made, ensure_ascii=False)
    said = exported(project, "--edition", "managers", "--as-of", "2025-Q1")
    assert (said["edition"], said["as_of"]) == ("managers", "2025-Q1")
    part = exported(project, "--edition", "managers")
    assert (part["edition"], part["as_of"]) == ("managers", "2024-Q4")
    assert run("export", "bpmn", project / "maps", "--project", project).exit_code == 0
    assert not [path.name for path in (project / "maps").iterdir() if "zq" in path.name]


EVERY = {
    "check": ("check",),
    "build": ("build",),
    "json": ("export", "json"),
    "markdown": ("export", "markdown", "{out}", "--project"),
    "bpmn": ("export", "bpmn", "{out}", "--project"),
}
"""Every command that goes by the settings; the project's folder comes last."""


def command(name: str, project: Path, *more: str) -> Result:
    words = [word.format(out=project.parent / f"{name}-out") for word in EVERY[name]]
    return run(*words, project, *more)


@pytest.mark.parametrize("name", EVERY)
def test_every_command_refuses_what_the_settings_say_wrongly(name: str, project: Path) -> None:
    settings = project / "mkdocs.yml"
    settings.write_text(SETTINGS.replace("public", "nobody"), encoding="utf-8")
    done = command(name, project)
    assert done.exit_code == 1
    assert "mkdocs.yml: edition: unknown audience 'nobody'; the handbook has: public, staff" in done.stderr
    settings.write_text(SETTINGS.replace("2024-Q4", "2024-12"), encoding="utf-8")
    done = command(name, project)
    assert done.exit_code == 1
    assert "mkdocs.yml: as_of: 2024-12 is no quarter; this handbook is reviewed by the quarter" in done.stderr
    assert not (project / "site").exists()
    assert not (project.parent / f"{name}-out").exists()


@pytest.mark.parametrize("name", EVERY)
def test_every_command_refuses_a_period_that_is_not_reviewed(name: str, project: Path) -> None:
    done = command(name, project, "--as-of", "2024-12")
    assert done.exit_code == 2
    assert "2024-12 is no quarter; this handbook is reviewed by the quarter" in done.stderr
    assert "mkdocs.yml" not in done.stderr


EMPTY = {
    "2024-Q3": "2024-Q3 has no results; the oldest begin on 2024-12-01",
    "2025-Q2": "2025-Q2 has no results; the newest are of 2025-Q1",
}


@pytest.mark.parametrize("period", EMPTY)
@pytest.mark.parametrize("name", EVERY)
def test_every_command_refuses_a_period_without_results(name: str, period: str, project: Path) -> None:
    done = command(name, project, "--as-of", period)
    assert (done.exit_code, EMPTY[period] in done.stderr) == (2, True), done.stderr
    (project / "mkdocs.yml").write_text(SETTINGS.replace("2024-Q4", period), encoding="utf-8")
    done = command(name, project)
    assert (done.exit_code, f"mkdocs.yml: as_of: {EMPTY[period]}" in done.stderr) == (1, True), done.stderr


@pytest.mark.parametrize("period", ["2024", "2024-H2", "2024-12", "2024-W50", "2024-12-24", "2025-Q2"])
def test_serve_refuses_such_a_period_before_it_serves(period: str, project: Path) -> None:
    done = run("serve", project, "--as-of", period, "--address", "127.0.0.1:0")
    assert done.exit_code == 2
    assert f"{period} is no quarter" in done.stderr or "2025-Q2 has no results" in done.stderr


def test_pages_as_markdown_are_of_the_edition_and_the_period(project: Path) -> None:
    done = command("markdown", project)
    assert done.exit_code == 0, done.stderr
    tree = project.parent / "markdown-out"
    with zipfile.ZipFile(tree / "docs/downloads/handbook.zip") as packed:
        inside = json.loads(packed.read("handbook.json"))
    assert (inside["edition"], inside["as_of"]) == ("public", "2024-Q4")
    assert not [path for path in tree.rglob("*.md") if "zq" in path.read_text(encoding="utf-8")]


def test_a_review_is_of_the_edition_that_is_set(project: Path) -> None:
    frozen = Run(project, Request(as_of=Period.parse("2025-Q1"), frozen=True))
    assert frozen_name(frozen.figures) == "review-2025-Q1-public"
    assert (frozen.figures.edition, str(frozen.figures.as_of)) == ("public", "2025-Q1")
    before = Run(project, Request(as_of=Period.parse("2024-Q3"), frozen=True))
    with pytest.raises(ValueError, match="2024-Q3 has no results"):
        _ = before.figures


def test_the_plugin_hands_over_what_mkdocs_has_read(project: Path) -> None:
    (project / "mkdocs.yml").write_text("nonsense: [", encoding="utf-8")
    assert Run(project, settings=("staff", None)).figures.edition == "staff"
    with pytest.raises(SettingsError, match="edition: unknown audience 'nobody'"):
        _ = Run(project, settings=("nobody", None)).figures


def test_warnings_are_those_of_the_period(project: Path) -> None:
    warned = run("check", project).stdout
    asked = run("check", project, "--as-of", "2024-Q4").stdout
    assert warned == asked
    (project / "mkdocs.yml").unlink()
    assert run("check", project).stdout != asked


def test_a_mkdocs_yml_that_says_nonsense_is_named(project: Path) -> None:
    (project / "mkdocs.yml").write_text(SETTINGS.replace("2024-Q4", "someday"), encoding="utf-8")
    for words in (("check",), ("export", "json")):
        done = run(*words, project)
        assert (done.exit_code, "mkdocs.yml: " in done.stderr) == (1, True), done.stderr
