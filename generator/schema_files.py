"""Writes the JSON Schemas of all files and of the export."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from generator.exchange import export_whole
from generator.model.json_schema import input_schemas, schemas
from generator.site.writing import write_whole


def all_schemas() -> dict[str, dict[str, Any]]:
    """The schema of every kind of file, and of the export."""
    return {**schemas(), **input_schemas(), "export": export_whole.schema()}


def write_schemas(folder: Path, schemas: Mapping[str, dict[str, Any]]) -> list[str]:
    """One `<kind>.json` a kind; returns the paths written."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for kind, made in schemas.items():
        file = folder / f"{kind}.json"
        write_whole(file, schema_text(made).encode())
        written.append(str(file))
    return written


def schema_text(made: dict[str, Any]) -> str:
    """A schema as it stands in its file."""
    return json.dumps(made, ensure_ascii=False, indent=2) + "\n"
