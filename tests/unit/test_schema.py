"""The JSON Schemas are those of the models; they refuse what the loader refuses, as far as a schema can."""

from __future__ import annotations

import json
from pathlib import Path, PurePosixPath

import jsonschema
import pytest

from generator.load.validate import validate
from generator.load.yaml_file import load_yaml
from generator.model.json_schema import FILE_KINDS, editor_settings, schemas
from generator.problems import Problems
from tests.problems.assemble import BASE, CASES, HERE

REPOSITORY = Path(__file__).parents[2]
FOLDERS = {"indicators": "indicator", "processes": "process", "pilots": "pilot", "reviews": "review"}
SCHEMAS = schemas()

REFUSED_BY_BOTH = {
    "bad-date": {"pilot"},
    "bad-duration": {"process"},
    "bad-id": {"strategy"},
    "bad-link": {"pilot"},
    "bad-period": {"indicator", "pilot"},
    "broken-handbook": {"handbook"},
    "broken-languages": {"handbook"},
    "broken-units": {"handbook"},
    "empty-text": {"indicator"},
    "ids-that-are-taken": {"indicator", "process"},
    "infinite-in-yaml": {"indicator"},
    "many-problems-in-many-files": {"indicator"},
    "missing-handbook": {"indicator"},
    "missing-key": {"indicator", "pilot"},
    "number-out-of-range": {"handbook", "pilot", "process"},
    "numbers-beyond-bounds": {"handbook", "indicator", "pilot", "process"},
    "path-out-of-the-project": {"pilot"},
    "results-of-a-broken-indicator": {"indicator"},
    "roadmap-days": {"roadmap"},
    "rule-setting-of-no-kind": {"handbook"},
    "unknown-key": {"indicator"},
    "unknown-key-nested": {"indicator"},
    "wrong-choice": {"indicator", "process"},
    "wrong-type": {"indicator"},
    "yaml-bom-and-cr-only": {"indicator"},
    "yaml-full-width-brackets-around-a-list": {"indicator"},
    "yaml-not-a-mapping": {"indicator"},
    "yaml-words-that-stay-text": {"indicator"},
}
"""Cases and the kinds of file in them that the schema and the loader refuse alike."""

BEYOND_A_SCHEMA = {
    "bad-date": {"indicator"},  # the 30th of February
}
"""Cases that the loader refuses by its models, though a schema cannot say it."""


def kind_of(name: str) -> str | None:
    path = PurePosixPath(name)
    if path.suffix != ".yml" or path.parts[0] != "data":
        return None
    if len(path.parts) == 2:
        return path.stem if path.stem in FILE_KINDS else None
    if path.parts[1] == "diagnosis":
        return "questions" if path.stem == "questions" else "diagnosis"
    return FOLDERS.get(path.parts[1]) if len(path.parts) == 3 else None


def verdicts(root: Path) -> tuple[set[str], set[str]]:
    """The kinds of file under a folder that the loader's models refuse, and those that the schemas refuse."""
    by_loader, by_schema = set(), set()
    for path in sorted(root.rglob("*.yml")):
        kind = kind_of(path.relative_to(root).as_posix())
        source = load_yaml(path, path.name, Problems()) if kind else None
        if kind is None or source is None:
            continue
        if validate(source, FILE_KINDS[kind][0], Problems()) is None:
            by_loader.add(kind)
        if list(jsonschema.Draft202012Validator(SCHEMAS[kind]).iter_errors(source.value)):
            by_schema.add(kind)
    return by_loader, by_schema


@pytest.mark.parametrize("case", CASES)
def test_schema_and_loader_refuse_the_same(case: str) -> None:
    by_loader, by_schema = verdicts(HERE / case)
    assert by_loader == REFUSED_BY_BOTH.get(case, set()) | BEYOND_A_SCHEMA.get(case, set())
    assert by_schema == REFUSED_BY_BOTH.get(case, set())


def test_both_take_the_base_and_the_sample() -> None:
    for root in (BASE, REPOSITORY):
        files = [
            path for path in (root / "data").rglob("*.yml") if kind_of(path.relative_to(root).as_posix())
        ]
        assert len(files) > 5
        for path in files:
            kind = kind_of(path.relative_to(root).as_posix())
            source = load_yaml(path, path.name, Problems())
            assert kind is not None
            assert source is not None
            jsonschema.validate(source.value, SCHEMAS[kind], jsonschema.Draft202012Validator)
            assert validate(source, FILE_KINDS[kind][0], Problems()) is not None, path


@pytest.mark.parametrize("kind", FILE_KINDS)
def test_a_schema_is_one(kind: str) -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMAS[kind])
    assert SCHEMAS[kind]["$id"] == f"urn:indicator-handbook:schema:{kind}"


@pytest.mark.parametrize("kind", FILE_KINDS)
def test_the_committed_schema_is_fresh(kind: str) -> None:
    """`handbook schema` writes them anew."""
    committed = json.loads((REPOSITORY / f"docs/reference/schema/{kind}.json").read_text(encoding="utf-8"))
    assert committed == SCHEMAS[kind]


def test_editors_are_told_which_schema_is_for_which_files() -> None:
    text = (REPOSITORY / ".vscode/settings.json").read_text(encoding="utf-8")
    assert json.loads(text)["yaml.schemas"] == editor_settings()
    for schema in editor_settings():
        assert (REPOSITORY / schema).is_file(), schema


def test_every_field_says_what_it_means() -> None:
    def fields(schema: dict[str, object]) -> list[tuple[str, object]]:
        properties = schema.get("properties", {})
        assert isinstance(properties, dict)
        return [*properties.items(), ("the whole", schema)]

    silent = [
        f"{kind}: {name}"
        for kind, schema in SCHEMAS.items()
        for part in (schema, *schema.get("$defs", {}).values())
        for name, field in fields(part)
        if not (field.get("description") or "$ref" in field)  # what it refers to is in the list itself
    ]
    assert silent == []
