"""The export's form is a promise to other programs: within a version keys are added, and none is changed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
NOW: dict[str, Any] = json.loads((ROOT / "docs/reference/schema/export.json").read_text(encoding="utf-8"))
VERSION = NOW["properties"]["format"]["const"].rpartition("/")[2]
KEPT = ROOT / f"tests/kept/export-{VERSION}.json"
"""The form as it was promised. A change that breaks it needs a new version, and a file of its own."""


def resolved(node: dict[str, Any], whole: dict[str, Any]) -> dict[str, Any]:
    while "$ref" in node:
        node = whole["$defs"][node["$ref"].rpartition("/")[2]]
    return node


def kinds(node: dict[str, Any], whole: dict[str, Any]) -> set[str]:
    """The JSON types that a value may have."""
    node = resolved(node, whole)
    if "anyOf" in node:
        return set().union(*(kinds(one, whole) for one in node["anyOf"]))
    if "const" in node or "enum" in node:
        values = node.get("enum", [node.get("const")])
        names = {str: "string", bool: "boolean", int: "integer", float: "number", type(None): "null"}
        return {names[type(value)] for value in values}
    told = node.get("type", "any")
    return set(told) if isinstance(told, list) else {told}


def branches(node: dict[str, Any], whole: dict[str, Any]) -> Iterator[dict[str, Any]]:
    node = resolved(node, whole)
    for one in node.get("anyOf", [node]):
        yield resolved(one, whole)


def broken(
    old: dict[str, Any],
    new: dict[str, Any],
    wholes: tuple[Any, Any],
    place: str = "",
    seen: frozenset[Any] = frozenset(),
) -> Iterator[str]:
    """What a program that reads the old form would trip over in the new one."""
    key = (old.get("$ref"), new.get("$ref"))
    if key in seen and all(key):
        return
    seen |= {key}
    before, after = kinds(old, wholes[0]), kinds(new, wholes[1])
    wider = {"integer"} if "number" in before else set()
    if "any" not in before and after - before - wider:
        yield f"{place}: may be {', '.join(sorted(after - before))} now"
    for one in branches(old, wholes[0]):
        others = list(branches(new, wholes[1]))
        match = next((other for other in others if kinds(other, wholes[1]) == kinds(one, wholes[0])), None)
        if match is None:
            continue
        for name, part in one.get("properties", {}).items():
            if name not in match.get("properties", {}):
                yield f"{place}/{name}: is gone"
                continue
            if name in one.get("required", ()) and name not in match.get("required", ()):
                yield f"{place}/{name}: may be missing now"
            yield from broken(part, match["properties"][name], wholes, f"{place}/{name}", seen)
        for inner in ("items", "additionalProperties"):
            if isinstance(one.get(inner), dict) and isinstance(match.get(inner), dict):
                yield from broken(one[inner], match[inner], wholes, f"{place}/*", seen)


def test_the_form_of_the_export_breaks_nobody_who_reads_it() -> None:
    kept = json.loads(KEPT.read_text(encoding="utf-8"))
    assert list(broken(kept, NOW, (kept, NOW))) == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda form: form["properties"].pop("series"), "/series: is gone"),
        (lambda form: form["required"].remove("series"), "/series: may be missing now"),
        (lambda form: form["properties"].update(series={"type": "object"}), "/series: may be object now"),
    ],
)
def test_what_breaks_a_reader_is_told(change: Any, said: str) -> None:
    new = json.loads(json.dumps(NOW))
    change(new)
    assert said in list(broken(NOW, new, (NOW, new)))


def test_a_new_key_breaks_nobody() -> None:
    new = json.loads(json.dumps(NOW))
    new["properties"]["more"] = {"type": "string"}
    new["required"].append("more")
    assert list(broken(NOW, new, (NOW, new))) == []
