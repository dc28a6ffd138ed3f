"""The edition and the period that mkdocs.yml sets hold for every command; what a command says goes first."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from generator.cli import main

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
