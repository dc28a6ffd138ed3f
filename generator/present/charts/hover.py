"""Where the marks of a drawing stand that say something when they are hovered, without a drawing library.

A specification names the rows of its data that have a `tip`. The library writes the name on the mark, as what
a screen reader would say, and it is read off there before the drawing is made small. What a row says comes
with the specification, so a page loads neither before somebody points at the chart.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from pydantic_core import from_json

NAME = "mark"
"""The field that names a row."""
MarkPlaces = list[list[float | str | int]]
"""Of each mark: across, down, data set, row."""
_moved = re.compile(r"translate\((-?[\d.]+),\s*(-?[\d.]+)\)")
_numbers = re.compile(r"([MLHVhvlZ])([^MLHVhvlZ]*)")
_AREAS = frozenset(("line", "area", "text mark", "text", "trail"))
"""Marks of many values at once, and words, which stand beside what they name."""
_kept = re.compile(r"<!--places:(.*?)-->\Z", re.DOTALL)


def named(rows: Mapping[str, Sequence[Mapping[str, Any]]]) -> dict[str, list[dict[str, Any]]]:
    """Data sets without the words of tips; the rows that had some have a name instead."""
    return {
        name: [
            {**{key: value for key, value in row.items() if key != "tip"}, NAME: f"{name}:{place}"}
            if "tip" in row
            else dict(row)
            for place, row in enumerate(data)
        ]
        for name, data in rows.items()
    }


def with_places(drawn: str, raw: str) -> str:
    """A drawing with the places of its marks behind it, read off the library's own drawing."""
    places = list(_places(ElementTree.fromstring(raw), 0.0, 0.0))
    return f"{drawn}<!--places:{json.dumps(places, separators=(',', ':'))}-->" if places else drawn


def apart(kept: str) -> tuple[str, MarkPlaces]:
    """The drawing and the places behind it."""
    found = _kept.search(kept)
    return (kept[: found.start()], from_json(found[1])) if found else (kept, [])


def tips(datasets: Mapping[str, Sequence[Mapping[str, Any]]]) -> dict[str, list[str]]:
    """What the rows of each data set say, for a drawing whose specification does not go to the page."""
    return {name: [str(row.get("tip", "")) for row in rows] for name, rows in datasets.items()}


def told(places: MarkPlaces, words: Mapping[str, Sequence[str]]) -> list[list[float | str | int]]:
    """Of each mark where it stands and what it says."""
    return [[x, y, words[str(name)][int(row)]] for x, y, name, row in places if str(name) in words]


def _places(element: Element, across: float, down: float) -> Iterator[list[float | str | int]]:
    put = _moved.search(element.get("transform", ""))
    x, y = (across + float(put[1]), down + float(put[2])) if put else (across, down)
    name, _, row = element.get("aria-label", "").rpartition(":")
    if name and row.isdigit() and element.get("aria-roledescription") not in _AREAS:
        middle, height = _middle(element)
        yield [round(x + middle, 1), round(y + height, 1), name, int(row)]
    for child in element:
        yield from _places(child, x, y)


def _middle(element: Element) -> tuple[float, float]:
    """The middle of a mark from its own place; symbols stand around it already."""
    if element.get("x2") is not None or element.get("y2") is not None:
        return float(element.get("x2", "0")) / 2, float(element.get("y2", "0")) / 2
    path = element.get("d", "")
    if "A" in path or element.get("transform"):
        return 0.0, 0.0
    x = y = 0.0
    xs, ys = [], []
    for command, said in _numbers.findall(path):
        numbers = [float(number) for number in re.findall(r"-?[\d.]+(?:e-?\d+)?", said)]
        if command in "ML" and len(numbers) >= 2:
            x, y = numbers[-2:]
        elif command == "l" and len(numbers) >= 2:
            x, y = x + numbers[0], y + numbers[1]
        elif command in "Hh" and numbers:
            x = numbers[0] + (x if command == "h" else 0)
        elif command in "Vv" and numbers:
            y = numbers[0] + (y if command == "v" else 0)
        xs.append(x)
        ys.append(y)
    return ((min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2) if xs else (0.0, 0.0)
