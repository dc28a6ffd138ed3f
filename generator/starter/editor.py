"""What an editor is given of a handbook: schemas that know its ids, and a snippet for every kind of file.

The ids stand in the schemas beside what any id may be, so that a schema that was written before the newest
file complains of nothing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from generator.load.yaml_file import load_yaml
from generator.model.common import ID_PATTERN
from generator.problems import Problems
from generator.schema_files import all_schemas
from generator.starter.bench import Bench
from generator.starter.kinds import KINDS, Kind
from generator.starter.sets import HERE
from generator.starter.texts import in_languages

SNIPPETS = ".vscode/handbook.code-snippets"
_NAMED: Mapping[str, str] = {
    "indicator": "indicators", "indicators": "indicators", "replaces": "indicators",
    "replaced_by": "indicators", "guardrails": "indicators", "cycle_time": "indicators",
    "first_pass_yield": "indicators", "old": "indicators", "new": "indicators",
    "pilot": "pilots", "process": "processes",
    "unit": "units", "serves": "units", "units": "units",
    "goal": "goals", "connection": "sources",
}  # fmt: skip
"""Keys whose value is an id, and of what."""
_UNFILLED = re.compile(r"TODO[^,}\]\n\"']*|…")


def project_schemas(bench: Bench) -> dict[str, dict[str, Any]]:
    """The schema of every kind of file, with the handbook's ids where one of them is meant."""
    ids = _ids(bench)
    return {kind: _known(schema, ids) for kind, schema in all_schemas().items() if kind != "export"}


def _ids(bench: Bench) -> dict[str, list[str]]:
    made = {kind: sorted(bench.taken[kind]) for kind in ("indicators", "pilots", "processes")}
    made["units"] = [*bench.units]
    made["goals"] = _listed(bench, "strategy", "goals")
    made["sources"] = _listed(bench, "handbook", "sources")
    return made


def _listed(bench: Bench, file: str, key: str) -> list[str]:
    """The ids of a list at the top of a file; none where it cannot be read."""
    name = f"data/{file}.yml"
    source = load_yaml(bench.root / name, name, Problems()) if (bench.root / name).is_file() else None
    value = source.value.get(key) if source and isinstance(source.value, dict) else None
    items = value if isinstance(value, list) else []
    return [str(item["id"]) for item in items if isinstance(item, dict) and "id" in item]


def _known(node: Any, ids: Mapping[str, Sequence[str]], kind: str = "") -> Any:
    """The schema with ids; `kind` is of what the value at hand is an id, where it is one."""
    if isinstance(node, list):
        return [_known(one, ids, kind) for one in node]
    if not isinstance(node, dict):
        return node
    if node.get("pattern") == ID_PATTERN:
        return {"anyOf": [{"enum": [*ids[kind]]}, node]} if ids.get(kind) else node
    made = {}
    for key, value in node.items():
        if key == "properties":
            made[key] = {name: _known(one, ids, _NAMED.get(name, "")) for name, one in value.items()}
        else:
            made[key] = _known(value, ids, "" if key == "$defs" else kind)
    return made


def snippets(languages: Sequence[str]) -> str:
    """A snippet a kind for VS Code: the file that `handbook new` begins, with a stop at every TODO."""
    made = {}
    for kind in KINDS:
        if kind == "case":
            continue  # a page of its own, which `handbook new case` begins
        made[f"handbook {kind}"] = {
            "scope": "yaml",
            "prefix": f"handbook-{kind}",
            "description": f"data/{kind}: {_TOLD[kind]}",
            "body": _stops(in_languages((HERE / "new" / f"{kind}.yml").read_text("utf-8"), languages)),
        }
    return json.dumps(made, ensure_ascii=False, indent=2) + "\n"


_TOLD: Mapping[Kind, str] = {
    "indicator": "what is measured, how, whose it is",
    "pilot": "where it is tried, with its pack",
    "process": "a process with its maps",
    "review": "a review with its problems and actions",
    "diagnosis": "answers to the questions",
}
"""What a file of a kind is, in a few words."""
_VALUES = {
    "id": "$TM_FILENAME_BASE",
    "owner": "unit: TODO unit, ",
    "processline": "process: TODO process",
    "unitline": "unit: TODO unit",
    "pilotline": "pilot: TODO pilot",
    "questions": "#   a-question: 3",
    "changeline": "# change: …",
    "indicatorsline": "# indicators: [...]",
}
"""What stands in a snippet for what `handbook new` fills in itself; TODO for all others."""


def _stops(text: str) -> list[str]:
    """Lines in which what is to be filled in is a numbered stop."""
    number = 0

    def stop(found: re.Match[str]) -> str:
        nonlocal number
        number += 1
        return f"${{{number}:{found[0].strip()}}}"

    places = re.sub(r"\{\{([a-z]+)\}\}", lambda found: _VALUES.get(found[1], f"TODO {found[1]}"), text)
    plain = places.replace("\\", "\\\\")
    lines = plain.rstrip("\n").split("\n")
    return [line if line.lstrip().startswith("#") else _UNFILLED.sub(stop, line) for line in lines]
