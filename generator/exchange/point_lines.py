"""The points of a series as lines of the export, written from their columns.

A group's export has more than a million points of 27 keys each. As an object of the export's model such a
point took half as long again to make, to check and to write; the model (`PointOut`, `AssessedOut`) says what
its text has to be, and a test compares the two.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import repeat
from typing import Any

from pydantic import BaseModel
from pydantic_core import to_json

from generator.compute.series.assessed import AssessedSeries
from generator.compute.series.charted import Signals
from generator.compute.series.packed_points import along
from generator.compute.series.values import Difference
from generator.exchange.export_points import assessed_keys, limit_reasons, why_not
from generator.model.written import NumberTexts

_POINTS = '\n      "points": ['
_POINT = """
        {
          "period": "%s",
          "value": %s,
          "numerator": %s,
          "denominator": %s,
          "n": %s,
          "target": %s,
          "floor": %s,
          "stretch": %s,
          "status": "%s",
          "attainment": %s,
          "progress": %s,
          "score": %s,
          "interval": %s,
          "baseline": %s,
          "gap": %s,
          "previous": %s,
          "year_before": %s,
          "firmness": %s,
          "parts": %s,
          "note": %s,
          "growth": %s,
          "why_not": %s"""
_CHARTED = """,
          "segment": %s,
          "centre": %s,
          "lower": %s,
          "upper": %s,
          "mark": %s,
          "mark_side": %s,
          "pause": %s"""
_DIFFERENCE = """{
            "absolute": %s,
            "percent": %s,
            "partial": %s
          }"""
_END = "\n        }"
_KEYS = re.findall(r"\"(\w+)\":", _POINT)
_NUMBERS = {
    **{key: f"point.{key}" for key in ("value", "numerator", "denominator", "n")},
    **{key: f"bar.{key}" for key in ("target", "floor", "stretch")},
    **{key: key for key in ("attainment", "progress", "score", "baseline", "gap")},
}
"""Keys that are numbers, and where they stand in a point."""
_REASONED = (
    "point.value",
    "previous",
    "year_before",
    "attainment",
    "bar.target",
    "progress",
    "grown",
    "score",
)
"""What `why_not` asks whether it is there, the value first."""
_SAID = ("point.note", "point.why_not", "withheld")
"""What it repeats."""
_MOST_TEXTS = 1 << 16


class PointLines:
    """Writes the points of many series; numbers and reasons that many have alike are put into words once."""

    def __init__(self) -> None:
        self._texts = NumberTexts()
        self._reasons: dict[tuple[Any, ...], str] = {}

    def put_in(self, part: BaseModel, one: AssessedSeries, signals: Signals | None = None) -> str:
        """The text of a part of the export whose `points` are empty, with those of its series; with their
        places on the chart where it is given."""
        text = part.model_dump_json(indent=2, by_alias=True).replace("\n", "\n    ")
        before, found, after = text.partition(f"{_POINTS}]")
        points = ",".join(self._points(one, signals))
        if len(self._texts) > _MOST_TEXTS:
            self._texts.clear()
        return f"{before}{_POINTS}{points}\n      ]{after}" if points else f"{before}{found}{after}"

    def _points(self, one: AssessedSeries, signals: Signals | None) -> Iterator[str]:
        points = one.points
        columns = {name: self._numbers(along(points, path)) for name, path in _NUMBERS.items()}
        firm = zip(along(points, "point.status"), along(points, "withheld"), strict=True)
        columns |= {
            "period": map(str, along(points, "point.period")),
            "status": along(points, "status"),
            "interval": map(self._interval, along(points, "bar.interval")),
            "previous": map(self._difference, along(points, "previous")),
            "year_before": map(self._difference, along(points, "year_before")),
            "firmness": ("null" if "firmness" in withheld else _text(how) for how, withheld in firm),
            "parts": map(_parts, along(points, "point.parts")),
            "note": map(_text, along(points, "point.note")),
            "growth": _growth(one),
            "why_not": self._why(one, signals),
        }
        told = [columns[key] for key in _KEYS]
        if signals is None:
            return map((_POINT + _END).__mod__, zip(*told, strict=True))
        return map((_POINT + _CHARTED + _END).__mod__, zip(*told, *self._charted(signals), strict=True))

    def _charted(self, signals: Signals) -> Iterator[Iterable[str]]:
        """The columns of the chart's keys."""
        points = signals.points
        yield map(str, along(points, "segment"))
        for name in ("centre", "lower", "upper"):
            yield self._numbers(along(points, name))
        marks = zip(along(points, "mark"), along(points, "variation"), strict=True)
        yield ("null" if variation is None else _text(mark) for mark, variation in marks)
        yield map(_text, along(points, "side"))
        yield self._numbers(along(points, "pause"))

    def _why(self, one: AssessedSeries, signals: Signals | None) -> Iterator[str]:
        """The reasons of each point. They follow from what is missing, so they are looked for only where
        something else is missing than at any point before."""
        points, own = one.points, one.baseline is None
        lacks = zip(*([item is None for item in along(points, path)] for path in _REASONED), strict=True)
        said = zip(*(along(points, path) for path in _SAID), strict=True)
        limits = _limits(signals) if signals else repeat(None, len(points))
        for place, (missing, (note, why, withheld), chart) in enumerate(
            zip(lacks, said, limits, strict=True)
        ):
            key = (missing, note if missing[0] else "", why, withheld, chart, own)
            told = self._reasons.get(key)
            if told is None:
                reasons = why_not(points[place], one.baseline)
                if signals:
                    limit_reasons(reasons, points[place], signals.points[place], signals)
                told = self._reasons[key] = _object(reasons)
            yield told

    def _numbers(self, column: Sequence[float | None]) -> Iterable[str]:
        return map(self._texts.__getitem__, column)

    def _interval(self, ends: tuple[float, float] | None) -> str:
        return "null" if ends is None else _list(map(self._texts.__getitem__, ends))

    def _difference(self, told: Difference | None) -> str:
        if told is None:
            return "null"
        return _DIFFERENCE % (
            self._texts[told.absolute],
            self._texts[told.percent],
            "true" if told.partial else "false",
        )


def _limits(signals: Signals) -> Iterator[tuple[Any, ...]]:
    """What the reasons for missing limits rest on."""
    fields = (along(signals.points, name) for name in ("segment", "centre", "lower"))
    for segment, centre, lower in zip(*fields, strict=True):
        own = signals.segments[segment - 1]
        yield (own.chart, own.basis, centre is None, lower is None)


@lru_cache(maxsize=1 << 12)
def _text(text: str | None) -> str:
    return to_json(text).decode()


def _parts(parts: tuple[int, int] | None) -> str:
    return "null" if parts is None else _list(map(str, parts))


def _list(items: Iterable[str]) -> str:
    lines = ",".join(f"\n            {item}" for item in items)
    return f"[{lines}\n          ]"


def _growth(one: AssessedSeries) -> Iterator[str]:
    """Progress by growth, which few indicators have."""
    for place, grown in enumerate(along(one.points, "grown")):
        part = None if grown is None else assessed_keys(one.points[place])["growth"]
        yield "null" if part is None else part.model_dump_json(indent=2).replace("\n", "\n          ")


def _object(texts: dict[str, str]) -> str:
    lines = ",".join(f"\n            {_text(key)}: {_text(value)}" for key, value in texts.items())
    return f"{{{lines}\n          }}" if lines else "{}"
