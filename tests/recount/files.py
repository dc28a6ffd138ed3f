"""A handbook's files as plain values: numbers are exact fractions of what is written."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import yaml

from tests.recount.periods import Span, Years, span

Key = tuple[str, str, tuple[tuple[str, str], ...]]
"""Indicator, pilot (empty: the organisation), cell."""
OTHER = ("period", "indicator", "pilot", "value", "numerator", "denominator", "target", "status", "note",
         "as_of", "version", "n", "collected_from", "query_hash")  # fmt: skip


@dataclass(frozen=True)
class Row:
    """One result."""

    key: Key
    period: Span
    value: Fraction | None
    numerator: Fraction | None
    denominator: Fraction | None
    target: Fraction | None
    as_of: date | None
    n: Fraction | None
    status: str


@dataclass(frozen=True)
class Files:
    """All that is read of a project."""

    root: Path
    handbook: Mapping[str, Any]
    indicators: Mapping[str, Mapping[str, Any]]
    pilots: Mapping[str, Mapping[str, Any]]
    reviews: Mapping[str, Mapping[str, Any]]
    strategy: Mapping[str, Any]
    roadmap: Mapping[str, Any]
    processes: Mapping[str, Mapping[str, Any]]
    cases: Mapping[str, Mapping[str, Any]]
    """The heads of cases, lessons and policies."""
    workshops: Mapping[str, Mapping[str, Any]]
    rows: tuple[Row, ...]

    @property
    def starts(self) -> Years:
        """When years start, and what they are called."""
        return Years.of(self.handbook)

    @property
    def long(self) -> str:
        """The long review period."""
        return str(self.handbook.get("review", {}).get("long", "quarter"))


def exact(written: object) -> Fraction | None:
    """A number as it is written, or None."""
    if written is None or written == "":
        return None
    text = str(written).replace(",", "").strip().removesuffix("%")
    return Fraction(repr(written)) if isinstance(written, float) else Fraction(text)


def factor_of(indicator: Mapping[str, Any]) -> Fraction:
    """What a ratio is told times: as declared, else 100 of a percentage."""
    return exact(indicator.get("factor")) or Fraction(100 if is_percent(indicator) else 1)


def is_percent(indicator: Mapping[str, Any]) -> bool:
    """Whether the unit is per cent, in any language."""
    unit = indicator.get("unit")
    words = unit.values() if isinstance(unit, dict) else [unit]
    return any(str(one).strip() in ("%", "％") for one in words)


def read(root: Path) -> Files:
    """A project's data."""
    data = root / "data"
    handbook = _yaml(data / "handbook.yml")
    indicators = {one["id"]: one for one in map(_yaml, sorted((data / "indicators").glob("*.yml")))}
    starts = Years.of(handbook)
    rows: list[Row] = []
    for file in sorted((data / "results").rglob("*.csv")):
        if file.name == "restated.csv":
            continue  # what results said before: no results
        with file.open(encoding="utf-8-sig", newline="") as lines:
            rows += [_row(line, indicators, starts) for line in csv.DictReader(lines)]
    strategy, roadmap = data / "strategy.yml", data / "roadmap.yml"
    return Files(
        root=root,
        handbook=handbook,
        indicators=indicators,
        pilots={one["id"]: one for one in map(_yaml, sorted((data / "pilots").glob("*.yml")))},
        reviews={one["id"]: one for one in map(_yaml, sorted((data / "reviews").glob("*.yml")))},
        strategy=_yaml(strategy) if strategy.exists() else {},
        roadmap=_yaml(roadmap) if roadmap.exists() else {},
        processes={one["id"]: one for one in map(_yaml, sorted((data / "processes").glob("*.yml")))},
        cases={
            name: head for file in sorted((root / "content/cases").glob("*.md")) for name, head in _head(file)
        },
        workshops={one["id"]: one for one in map(_yaml, sorted((data / "workshops").glob("*.yml")))},
        rows=tuple(rows),
    )


def _head(file: Path) -> Iterator[tuple[str, Any]]:
    """(id, head) of a case; a translation has no head of its own."""
    text = file.read_text(encoding="utf-8")
    if text.startswith("---") and "." not in file.stem:
        yield file.stem, yaml.safe_load(text.split("---", 2)[1])


def _yaml(file: Path) -> Any:
    return yaml.safe_load(file.read_text(encoding="utf-8"))


def _row(line: Mapping[str, str | None], indicators: Mapping[str, Any], starts: Years) -> Row:
    given = {name: (cell or "").strip() for name, cell in line.items() if name}
    numerator, denominator = exact(given.get("numerator")), exact(given.get("denominator"))
    value = exact(given.get("value"))
    if value is None and numerator is not None and denominator:
        value = numerator / denominator * factor_of(indicators[given["indicator"]])
    cell = tuple(sorted((name, cell) for name, cell in given.items() if name not in OTHER and cell))
    told = given.get("as_of")
    return Row(
        key=(given["indicator"], given.get("pilot", ""), cell),
        period=span(given["period"], starts),
        value=value,
        numerator=numerator,
        denominator=denominator,
        target=exact(given.get("target")),
        as_of=date.fromisoformat(told) if told else None,
        n=exact(given.get("n")),
        status=given.get("status") or "actual",
    )
