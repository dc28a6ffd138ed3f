"""JSON Schemas of every file kind, made from the models, so that editors complete and check while typing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from generator.model.bounds import LARGEST
from generator.model.case import CaseHead
from generator.model.diagnosis import Diagnosis, Questionnaire
from generator.model.handbook import Handbook
from generator.model.indicator import Indicator
from generator.model.pilot import Pilot
from generator.model.process import Process
from generator.model.results_map import ResultsMap
from generator.model.review import Review
from generator.model.roadmap import Roadmap
from generator.model.strategy import Strategy
from generator.model.workshop import Workshop

FILE_KINDS: dict[str, tuple[type[BaseModel], str]] = {
    "handbook": (Handbook, "data/handbook.yml"),
    "strategy": (Strategy, "data/strategy.yml"),
    "roadmap": (Roadmap, "data/roadmap.yml"),
    "indicator": (Indicator, "data/indicators/*.yml"),
    "process": (Process, "data/processes/*.yml"),
    "pilot": (Pilot, "data/pilots/*.yml"),
    "review": (Review, "data/reviews/*.yml"),
    "questions": (Questionnaire, "data/diagnosis/questions.yml"),
    "diagnosis": (Diagnosis, "data/diagnosis/[0-9]*.yml"),
    "workshop": (Workshop, "data/workshops/*.yml"),
    "case": (CaseHead, ""),
}
"""Each kind's model and the files that an editor checks against it (a case is Markdown: none)."""


INPUT_KINDS: dict[str, tuple[type[BaseModel], str]] = {"results-map": (ResultsMap, "data/results.map.yml")}
"""Files that say how others are read: nothing of them is shown to readers."""


def schemas() -> dict[str, dict[str, Any]]:
    """JSON Schema 2020-12 of each file kind, by kind, with the models' docstrings as descriptions."""
    return {kind: _schema(kind, model) for kind, (model, _) in FILE_KINDS.items()}


def input_schemas() -> dict[str, dict[str, Any]]:
    """The same of `INPUT_KINDS`."""
    return {kind: _schema(kind, model) for kind, (model, _) in INPUT_KINDS.items()}


def _schema(kind: str, model: type[BaseModel]) -> dict[str, Any]:
    made = _bounded(_without_titles(model.model_json_schema(by_alias=True, mode="validation")))
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:indicator-handbook:schema:{kind}",
        **made,
    }


def editor_settings(folder: str = "docs/reference/schema") -> dict[str, str]:
    """`yaml.schemas` of .vscode/settings.json: each schema in `folder` and the files it is for."""
    kinds = FILE_KINDS | INPUT_KINDS
    return {f"{folder}/{kind}.json": files for kind, (_, files) in kinds.items() if files}


def form_of(value: Mapping[str, Any]) -> str:
    """The form of a value of a schema in a word or two, e.g. list of Target."""
    if "$ref" in value:
        return str(value["$ref"]).rpartition("/")[2]
    if "enum" in value:
        return " | ".join(f"`{item}`" for item in value["enum"])
    if "const" in value:
        return f"`{value['const']}`"
    for key in ("anyOf", "allOf", "oneOf"):
        if key in value:
            forms = dict.fromkeys(form_of(item) for item in value[key] if item.get("type") != "null")
            return "Text" if set(forms) == {"string", "mapping"} else " or ".join(forms)
    kind = value.get("type", "any")
    if isinstance(kind, list):
        kind = next(name for name in kind if name != "null")
    if kind == "array":
        items: Mapping[str, Any] = value.get("items") or next(iter(value.get("prefixItems", ())), {})
        return f"list of {form_of(items)}"
    return {"object": "mapping", "boolean": "true, false"}.get(str(kind), str(kind))


def _bounded(node: Any) -> Any:
    """Every number has the bounds that hold for all of them, where it has none of its own."""
    if isinstance(node, list):
        return [_bounded(inner) for inner in node]
    if not isinstance(node, dict):
        return node
    made = {key: _bounded(inner) for key, inner in node.items()}
    if made.get("type") in ("number", "integer"):
        if not {"minimum", "exclusiveMinimum"} & made.keys():
            made["minimum"] = -LARGEST
        if not {"maximum", "exclusiveMaximum"} & made.keys():
            made["maximum"] = LARGEST
    return made


def _without_titles(node: Any, *, names: bool = False) -> Any:
    """pydantic titles every field with its own name, which would only push the descriptions down; a default
    of null would be typed by an editor that completes the key."""
    if isinstance(node, list):
        return [_without_titles(inner) for inner in node]
    if not isinstance(node, dict):
        return node
    return {
        key: _without_titles(inner, names=key in ("properties", "$defs"))
        for key, inner in node.items()
        if names or (key != "title" and (key, inner) != ("default", None))
    }
