"""Every field that a process can have goes out as BPMN and comes back: a field that is new tomorrow too.

The process is filled from its types, in both languages, so that no list of fields has to be kept here.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from itertools import count
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints
from xml.sax.saxutils import escape

import pytest

from generator.exchange.bpmn_in import read_bpmn
from generator.exchange.bpmn_names import MODEL, OWN
from generator.exchange.bpmn_out import bpmn_xml
from generator.exchange.bpmn_own import as_note, plain
from generator.exchange.plain_yaml import as_yaml
from generator.model.common import Part
from generator.model.duration import Duration
from generator.model.period import Period
from generator.model.process import Maps, Process, ProcessMap, Step
from generator.model.process_log import ProcessLog
from generator.model.text import Text
from generator.model.walk import walk
from generator.present.maps.layout import layout
from tests.unit.test_bpmn import graph, loaded

LEFT_OUT = {(Process, "log"), (Step, "gateway"), (Step, "event")}
"""The log stays at home by design; gateways and events are shapes of BPMN, and a step of work is neither."""


def filled(part: type[Part], number: Iterator[int]) -> dict[str, Any]:
    """A part as an author would write it, with every field there is at something that is not its default."""
    kinds = get_type_hints(part, include_extras=True)
    return {
        field.alias or name: a_value(kinds[name], field.default, number)
        for name, field in part.model_fields.items()
        if (part, name) not in LEFT_OUT
    }


def a_value(kind: Any, default: object, number: Iterator[int]) -> Any:
    """Some value of a type, another one each time where the type has enough of them."""
    origin, inner = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return a_value(inner[0], default, number)
    if origin in (Union, UnionType):
        return a_value(next(one for one in inner if one is not NoneType), default, number)
    if origin is Literal:
        return next(one for one in reversed(inner) if one != default)
    if origin is tuple:
        return [a_value(inner[0], None, number) for _ in range(2)]
    if origin is dict:
        return {a_value(inner[0], None, number): a_value(inner[1], None, number) for _ in range(2)}
    if issubclass(kind, Part):
        return filled(kind, number)
    if issubclass(kind, Text):
        n = next(number)
        return {"zh": f"第{n}句，“引号”<b>", "en": f"Words {n}, with a <b> & a comma"}
    plain = {bool: default is not True, int: 2, float: 0.25, Period: "2024-01"}
    return plain[kind] if kind in plain else f"{next(number)}m" if kind is Duration else f"n-{next(number)}"


def joined(values: dict[str, Any]) -> dict[str, Any]:
    """The same with steps that lie in its lanes, each with the ways to both of them."""
    lanes = [lane["id"] for lane in values["lanes"]]
    for drawn in values["maps"].values():
        ids = [step["id"] for step in drawn["steps"]]
        for place, step in enumerate(drawn["steps"]):
            step["lane"] = lanes[place]
            for link, to in zip(step["next"], ids, strict=True):
                link |= {"to": to, "rework": ids.index(to) <= place}
    return values


@pytest.fixture(scope="module")
def process() -> Process:
    return loaded(as_yaml(joined(filled(Process, count(1)))))


def test_the_filled_process_has_every_field(process):
    """Else what comes back would say nothing of the fields that stood at their default."""
    there = {
        (type(part), name)
        for _, part in walk(process)
        if isinstance(part, Part)
        for name, field in type(part).model_fields.items()
        if getattr(part, name) != field.get_default(call_default_factory=False)
    }
    reached, waiting = set(), [Process]
    while waiting:
        part = waiting.pop()
        reached.add(part)
        waiting += [one for one in parts_of(tuple(get_type_hints(part).values())) if one not in reached]
    every = {(part, name) for part in reached - {ProcessLog} for name in part.model_fields}
    assert {part for part, _ in there} == {part for part, _ in every}
    assert every - there == LEFT_OUT


def parts_of(kind: Any) -> Iterator[type[Part]]:
    if isinstance(kind, type) and issubclass(kind, Part) and kind is not ProcessLog:
        yield kind
    for inner in kind if isinstance(kind, tuple) else get_args(kind):
        yield from parts_of(inner)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("which", ["as_is", "to_be"])
def test_every_field_of_a_process_and_its_map_comes_back(process, which, language):
    drawn = getattr(process.maps, which)
    alone = process.model_copy(update={"maps": Maps(**{which: drawn}), "log": None})
    text = written(process, which, language)
    found = read_bpmn(text.encode(), "imported")
    assert [line for line in found.report if not line.startswith("drawing")] == []
    again = loaded(as_yaml(found.process))
    assert dict(again.maps.drawn)[which] == drawn
    assert again == alone


def test_what_is_ours_stands_where_bpmn_lets_other_tools_pass_it_by(process):
    """Elements of ours lie within extensionElements only, and BPMN's own have no attribute of ours."""
    root = ET.fromstring(written(process, "to_be", "en"))
    outside = [one.tag for one in bare(root) if one.tag.startswith(f"{{{OWN}}}")]
    assert outside == []
    assert [key for one in root.iter() for key in one.attrib if key.startswith("{")] == []
    assert sum(one.tag == f"{{{OWN}}}data" for one in root.iter()) == 1 + 2 + 2 + 4


def test_what_was_removed_comes_back_from_a_file_of_an_earlier_version(process):
    """There it stood in the note of the process itself."""
    full = process.maps.to_be
    assert full is not None
    drawn = ProcessMap(steps=full.steps, removed=full.removed)
    text = written(process.model_copy(update={"maps": Maps(to_be=drawn)}), "to_be", "zh")
    note = escape(as_note({"map": plain(drawn, "steps")})[1:-1])
    before = text.replace(note, note.removeprefix('"map":{').removesuffix("}"))
    assert '"map":' in text
    assert '"map":' not in before
    again = loaded(as_yaml(read_bpmn(before.encode(), "imported").process))
    assert again.maps.to_be == drawn


def written(process: Process, which: str, language: str) -> str:
    drawn = dict(process.maps.drawn)[which]
    alone = process.model_copy(update={"maps": Maps(as_is=drawn)})
    return bpmn_xml(process, which, drawn, layout(graph(alone)), language, "zh")


def bare(element: ET.Element) -> Iterator[ET.Element]:
    """An element and all within it, without what lies in extensionElements."""
    yield element
    for inner in element:
        if inner.tag != f"{{{MODEL}}}extensionElements":
            yield from bare(inner)
