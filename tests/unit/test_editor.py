"""What editors are given: schemas with a handbook's ids and no null to type, snippets that pass the rules."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from generator.cli import main
from generator.load.yaml_file import load_yaml_text
from generator.model.json_schema import schemas
from generator.pipeline import check_project
from generator.problems import Problems
from generator.starter.editor import snippets
from tests.unit.small_book import small_book


def test_completing_a_key_types_no_null() -> None:
    assert '"default": null' not in json.dumps(schemas())


@pytest.fixture
def book(tmp_path: Path) -> Path:
    made = small_book(tmp_path)
    (made / "data/strategy.yml").write_text("goals: [{id: faster-cash, name: Cash}]\n", encoding="utf-8")
    handbook = made / "data/handbook.yml"
    units = "units: [{id: sales, name: Sales}]\n"
    handbook.write_text(handbook.read_text(encoding="utf-8") + units, encoding="utf-8")
    return made


def test_schemas_of_a_handbook_know_its_ids(book: Path) -> None:
    """Offered where one is meant, and none is refused: a schema may be older than the newest file."""
    done = CliRunner().invoke(main, ["schema", "--project", str(book)])
    assert done.exit_code == 0, done.output
    schema = json.loads((book / ".vscode/schemas/indicator.json").read_text(encoding="utf-8"))
    support = schema["$defs"]["GoalSupport"]["properties"]["goal"]
    assert support["anyOf"][0] == {"enum": ["faster-cash"]}
    known = ["on-time", "reply-time", "revenue", "yearly"]
    assert schema["$defs"]["Contribution"]["properties"]["indicator"]["anyOf"][0] == {"enum": known}
    assert schema["properties"]["guardrails"]["items"]["anyOf"][0]["anyOf"][0] == {"enum": known}
    assert schema["$defs"]["Owner"]["properties"]["unit"]["anyOf"][0]["anyOf"][0] == {"enum": ["sales"]}
    assert "anyOf" not in schema["properties"]["id"]
    Draft202012Validator.check_schema(schema)
    sound = {"id": "x", "name": "x", "supports": [{"goal": "a-new-one"}], "guardrails": ["on-time"]}
    assert not list(Draft202012Validator(schema).iter_errors(sound))


def test_where_no_handbook_is_nothing_is_written(tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["schema", "--project", str(tmp_path)])
    assert done.exit_code == 2
    assert "no handbook here" in done.output
    assert not list(tmp_path.iterdir())


def test_a_filled_snippet_is_a_whole_definition(book: Path) -> None:
    """As an active indicator, which has to be complete; every stop is filled with a word."""
    body = "\n".join(json.loads(snippets(("zh", "en")))["handbook indicator"]["body"])
    assert "$TM_FILENAME_BASE" in body
    text = re.sub(r"\$\{[0-9]+:[^}]*\}", "words", body.replace("$TM_FILENAME_BASE", "made"))
    text = text.replace("unit: words", "unit: sales").replace("status: draft", "status: active")
    text = text.replace("date: words", "date: 2026-01-10")
    (book / "data/indicators/made.yml").write_text(text, encoding="utf-8")
    told = [str(one) for one in check_project(book).problems if one.mark.file.endswith("made.yml")]
    assert [one for one in told if "error" in one or "definition-complete" in one] == []


@pytest.mark.parametrize("languages", [("zh", "en"), ("zh",), ("en",)])
def test_snippets_are_files_of_every_kind(languages: tuple[str, ...]) -> None:
    made = json.loads(snippets(languages))
    assert {"handbook pilot", "handbook process", "handbook review", "handbook diagnosis"} <= set(made)
    for one in made.values():
        stops = re.sub(r"\$\{[0-9]+:([^}]*)\}", "x", "\n".join(one["body"]))
        plain = stops.replace("$TM_FILENAME_BASE", "x")
        assert load_yaml_text(plain, "x.yml", Problems()) is not None


def test_columns_of_results_are_explained() -> None:
    done = CliRunner().invoke(main, ["explain", "results.as_of"])
    assert "The day it was taken from its source" in done.output
