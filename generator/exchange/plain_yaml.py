"""Writes plain values as YAML that our loader reads back the same: for files that a person edits on."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence

PLAIN = re.compile(r"[A-Za-z\u4e00-\u9fff][\w\u4e00-\u9fff /.%()+-]*\Z")
"""Words that need no quotes."""
WORDS_WITH_MEANING = {"true", "false", "null", "yes", "no", "on", "off", "y", "n"}
SHORT = 100


def as_yaml(value: Mapping[str, object]) -> str:
    """A mapping as a block; short lists and mappings of plain words on one line."""
    return "\n".join(_block(value, 0)) + "\n"


def _block(value: Mapping[str, object], depth: int) -> Iterator[str]:
    room = "  " * depth
    for name, inner in value.items():
        flat, key = _flat(inner), _flat(name)
        if not isinstance(inner, Mapping | list) or (
            len(flat) + len(room) + len(key) < SHORT and key != "steps"
        ):
            yield f"{room}{key}: {flat}"
        elif isinstance(inner, Mapping):
            yield f"{room}{key}:"
            yield from _block(inner, depth + 1)
        else:
            yield f"{room}{key}:"
            yield from _items(inner, depth + 1)


def _items(values: Sequence[object], depth: int) -> Iterator[str]:
    room = "  " * depth
    for value in values:
        flat = _flat(value)
        if not isinstance(value, Mapping) or len(flat) + len(room) < SHORT:
            yield f"{room}- {flat}"
            continue
        first, *rest = _block(value, depth + 1)
        yield f"{room}- {first.lstrip()}"
        yield from rest


def _flat(value: object) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_flat(key)}: {_flat(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_flat, value)) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(float(value))
    text = str(value)
    if PLAIN.match(text) and text == text.strip() and text.lower() not in WORDS_WITH_MEANING:
        return text
    return json.dumps(text, ensure_ascii=False)
