"""Our own data within a BPMN file: everything of a process that BPMN has no word for, as it was.

Beside the short notes that a person can read (times, kinds, shares), the whole of a process, a lane, a step
or a way stands in the file as JSON, so that a map that goes out comes back with every field and language.
What another tool changed since, a name or a way, goes before what stands there.
"""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from math import isfinite
from typing import Any

from generator.exchange.bpmn_bytes import BpmnError
from generator.exchange.bpmn_model import OURS, one_line, words_of
from generator.model.common import Part

DATA = "data"
MAP = "map"
"""Within the note of a process: what its map holds beside the steps, e.g. what was removed."""
DRAWN = ("since", "steps")
"""What of a map stands in the file by itself; all else goes into the note."""
OF_A_WAY = ("to", "share", "rework")
"""What of a way stands in the file by itself; all else goes into its note."""
DEEPEST = 12
"""Nothing of a process lies deeper."""


def plain(part: Part, *without: str) -> dict[str, Any]:
    """A part of a process as it stands in our files, without what is at its default."""
    values: dict[str, Any] = part.model_dump(mode="json", exclude_defaults=True, exclude=set(without))
    return values


def as_note(values: dict[str, Any]) -> str:
    """As one line of JSON; the same for the same values."""
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


def noted(own: ET.Element | None) -> dict[str, Any]:
    """What `as_note` wrote; empty where nothing did. BpmnError for what is no note of ours any more."""
    found = own.find(f"{OURS}{DATA}") if own is not None else None
    if found is None or not found.text:
        return {}
    try:
        values = json.loads(found.text)
    except (ValueError, RecursionError):
        values = None
    if not isinstance(values, dict) or not _sound(values, DEEPEST):
        raise BpmnError(
            "a note of ours in the file was damaged; delete our notes (handbook:data), or export anew"
        )
    return values


def _sound(value: object, depth: int) -> bool:
    if isinstance(value, dict):
        return depth > 0 and all(
            isinstance(key, str) and _sound(one, depth - 1) for key, one in value.items()
        )
    if isinstance(value, list):
        return depth > 0 and all(_sound(one, depth - 1) for one in value)
    return isinstance(value, str | int | bool) or (isinstance(value, float) and isfinite(value))


def beside_steps(values: dict[str, Any]) -> dict[str, Any]:
    """Take out of the note of a process what its map holds beside the steps.

    In files of earlier versions what was removed stands in the note of the process itself.
    """
    removed, found = values.pop("removed", None), values.pop(MAP, None)
    before = {"removed": removed} if removed else {}
    now = found if isinstance(found, dict) else {}
    return before | {field: value for field, value in now.items() if field not in DRAWN}


def name_now(values: dict[str, Any], element: ET.Element | None, language: str) -> object:
    """A text in all its languages, unless another tool renamed it since: then the new name alone."""
    return text_now(values.get("name"), words_of(element) if element is not None else "", language)


def text_now(before: object, now: str, language: str) -> object:
    """The text as it was, where it still reads so in the language it was written in; else as it reads now."""
    said = before.get(language, next(iter(before.values()), "")) if isinstance(before, dict) else before
    if isinstance(said, str) and one_line(said) == one_line(now):
        return before
    return now or None
