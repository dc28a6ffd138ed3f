"""What our notes in a BPMN file of an earlier version say, and texts that our own loader would refuse."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from generator.exchange.bpmn_bytes import BpmnError
from generator.exchange.bpmn_losses import Losses
from generator.exchange.bpmn_model import OURS
from generator.model.costly_text import too_costly

N = TypeVar("N", int, float)
LONGEST = 4_000
"""Letters of one note or name; what is longer is cut, and told."""


def sound_texts(process: dict[str, Any], losses: Losses) -> dict[str, Any]:
    """The process with texts that can be shown: too long ones cut, too costly ones without brackets."""

    def sound(value: Any) -> Any:
        if isinstance(value, Mapping):
            return {key: sound(inner) for key, inner in value.items()}
        if isinstance(value, list):
            return [sound(inner) for inner in value]
        if not isinstance(value, str):
            return value
        if len(value) > LONGEST:
            losses.note("to look at: a text was cut", f"{value[:60]}…")
            value = f"{value[:LONGEST]}…"
        if too_costly(value) is not None:
            losses.note("to look at: brackets were left out of a text", f"{value[:60]}…")
            value = value.replace("[", " ").replace("]", " ")
        return value

    found: dict[str, Any] = sound(process)
    return found


def own_lane(own: ET.Element, id_: str, name: str) -> dict[str, object]:
    """A lane's own data."""
    lane: dict[str, object] = {"id": id_, "name": name}
    if own.get("unit"):
        lane["unit"] = own.get("unit")
    if own.get("external"):
        lane["external"] = True
    if own.get("capacity"):
        lane["capacity"] = own_number(own, "capacity", int)
    return lane


def own_values(own: ET.Element) -> dict[str, object]:
    """A step's own data back from our extension."""
    step: dict[str, object] = {}
    for name in ("stage", "kind"):
        if own.get(name):
            step[name] = own.get(name)
    owner = own.find(f"{OURS}owner")
    if owner is not None and owner.attrib:
        step["owner"] = dict(owner.attrib)
    for name in ("touch", "wait"):
        if own.get(name):
            sd = own.get(f"{name}Sd")
            step[name] = {"mean": own.get(name), "sd": sd} if sd else own.get(name)
    if own.get("measured"):
        step["measured"] = False
    for name, tag in (("inputs", "input"), ("outputs", "output")):
        if said := [item.get("name") for item in own.findall(f"{OURS}{tag}")]:
            step[name] = said
    symptoms = own.findall(f"{OURS}symptom")
    if symptoms:
        step["symptoms"] = [
            {"other": symptom.get("text")} if symptom.get("text") else symptom.get("kind")
            for symptom in symptoms
        ]
    if own.get("blockage"):
        step["blockage"] = own_number(own, "blockage", int)
    if own.get("key"):
        step["key"] = True
    tool = own.find(f"{OURS}tool")
    if tool is not None:
        step["tool"] = dict(tool.attrib)
    if own.get("automation"):
        step["automation"] = own.get("automation")
    for name, key in (("indicators", "indicators"), ("stands_for", "from")):
        if own.get(name):
            step[key] = (own.get(name) or "").split()
    if own.get("moved"):
        step["moved"] = own.get("moved")
    return step


def own_number(own: ET.Element, name: str, kind: Callable[[str], N]) -> N:
    """A number that our extension notes; BpmnError where somebody made something else of it."""
    given = own.get(name) or ""
    try:
        return kind(given)
    except ValueError:
        raise BpmnError(
            f"{name}={given[:40]!r} in a note of ours is no number; correct it, or delete our notes"
        ) from None
