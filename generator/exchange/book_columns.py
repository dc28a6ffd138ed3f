"""What the workbook of a handbook holds: its sheets, their columns, and of what kind each column is.

A column's kind, its choices and its note come from the model's own annotations and docstrings, so that a
field that is added to a list here needs no other word.
"""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from generator.load.number import Number
from generator.load.written_number import read_number
from generator.load.written_period import PeriodFault, read_period
from generator.model.calendar import Calendar
from generator.model.common import parse_date
from generator.model.handbook import Handbook
from generator.model.indicator import Indicator, Target
from generator.model.period import Period
from generator.model.pilot import PackItem
from generator.model.review import Action
from generator.model.strategy import KeyResult
from generator.model.text import Text
from generator.problems import found, nearest

ColumnKind = Literal["text", "number", "date", "period", "choice", "flag", "indicator", "pilot", "unit"]
"""indicator, pilot and unit: an id of one."""
SheetKey = Literal["indicators", "targets", "packs", "pack_targets", "key_results", "actions", "results"]


@dataclass(frozen=True)
class BookColumn:
    """A column of a sheet."""

    key: str
    """What it is known by when it comes back, e.g. owner.unit or name.zh; of what is only shown, with ~."""
    path: tuple[str, ...] = ()
    """The field below the row's part of a file."""
    language: str = ""
    """Of a text, in which language."""
    kind: ColumnKind = "text"
    choices: tuple[str, ...] = ()
    note: str = ""
    """What the field is, in an author's words."""
    long: bool = False
    """Whether paragraphs stand in it."""


@dataclass(frozen=True)
class BookSheet:
    """A sheet."""

    key: SheetKey
    identity: tuple[BookColumn, ...]
    """The columns that say which row it is."""
    columns: tuple[BookColumn, ...]
    """The columns that may be changed."""

    @property
    def all(self) -> tuple[BookColumn, ...]:
        return self.identity + self.columns


_FIELDS: Mapping[SheetKey, tuple[type[BaseModel], str]] = {
    "indicators": (
        Indicator,
        (
            "code name status question definition formula unit decimals direction limits.min limits.max "
            "frequency rollup factor dimension aspect goal_type generation level category owner.unit "
            "owner.role owner.person source.system source.table source.collection source.refresh"
        ),
    ),
    "targets": (Target, "floor target stretch"),
    "packs": (
        PackItem,
        "weight baseline.period baseline.value incentive owner.unit owner.role owner.person",
    ),
    "pack_targets": (Target, "floor target stretch"),
    "key_results": (
        KeyResult,
        "name indicator pilot target by unit post owner.unit owner.role owner.person weight",
    ),
    "actions": (
        Action,
        (
            "text problem pillar owner.unit owner.role owner.person due status closed result.indicator "
            "result.verdict result.on result.text"
        ),
    ),
}
_IDENTITY: Mapping[SheetKey, tuple[BookColumn, ...]] = {
    "indicators": (BookColumn("id"),),
    "targets": (BookColumn("of", kind="indicator"), BookColumn("from", kind="period")),
    "packs": (BookColumn("pilot", kind="pilot"), BookColumn("indicator", kind="indicator")),
    "pack_targets": (
        BookColumn("pilot", kind="pilot"),
        BookColumn("indicator", kind="indicator"),
        BookColumn("from", kind="period"),
    ),
    "key_results": (BookColumn("objective"), BookColumn("key_result")),
    "actions": (BookColumn("review"), BookColumn("id")),
}
_RESULT: Mapping[str, ColumnKind] = {
    "value": "number", "numerator": "number", "denominator": "number", "n": "number", "target": "number",
    "status": "choice", "note": "text", "as_of": "date", "version": "date",
}  # fmt: skip


def book_sheets(handbook: Handbook) -> tuple[BookSheet, ...]:
    """All sheets of a handbook's workbook, in their order."""
    made = []
    for key, (model, fields) in _FIELDS.items():
        columns = tuple(
            column for field in fields.split() for column in _columns(model, field, handbook.languages)
        )
        made.append(BookSheet(key, _IDENTITY[key], columns))
    dimensions = tuple(
        BookColumn(one.id, kind="choice", choices=tuple(one.values)) for one in handbook.dimensions
    )
    identity = (
        BookColumn("period", kind="period"), BookColumn("indicator", kind="indicator"),
        BookColumn("pilot", kind="pilot"), *dimensions,
    )  # fmt: skip
    statuses = ("actual", "provisional", "estimate", "missing")
    notes = _NOTES
    columns = tuple(
        BookColumn(name, (name,), kind=kind, choices=statuses if kind == "choice" else (), note=notes[name])
        for name, kind in _RESULT.items()
    )
    return (*made, BookSheet("results", identity, columns))


_NOTES = {
    "value": "In the indicator's unit; of a ratio blank where numerator and denominator are given.",
    "numerator": "Of a ratio.",
    "denominator": "Of a ratio.",
    "n": "How many cases a mean is of.",
    "target": "A target that the results themselves give.",
    "status": "actual, provisional, estimate or missing.",
    "note": "A remark; of a missing value, why.",
    "as_of": "The day it was taken from the source.",
    "version": "The day of the definition that the value follows.",
}


def _columns(model: type[BaseModel], field: str, languages: tuple[str, ...]) -> list[BookColumn]:
    path = tuple(field.split("."))
    kind, choices, long, note = _leaf(model, path)
    if kind is None:
        return [
            BookColumn(f"{field}.{language}", path, language, note=note, long=long) for language in languages
        ]
    return [BookColumn(field, path, "", kind, choices, note)]


def _leaf(
    model: type[BaseModel], path: tuple[str, ...]
) -> tuple[ColumnKind | None, tuple[str, ...], bool, str]:
    """Kind (None: a text in languages), choices, whether it is prose, and the note of a field."""
    part: Any = model
    note = ""
    for name in path:
        info = next(one for key, one in part.model_fields.items() if (one.alias or key) == name)
        note = " ".join((info.description or "").split())
        part = _bare(info.annotation)
    if get_origin(part) is Literal:
        return "choice", tuple(map(str, get_args(part))), False, note
    if isinstance(part, type) and issubclass(part, Text):
        return None, (), part is not Text, note
    if part is bool:
        return "flag", ("true", "false"), False, note
    if part in (int, float):
        return "number", (), False, note
    if part is date:
        return "date", (), False, note
    if part is Period:
        return "period", (), False, note
    last = path[-1]
    return (last if last in ("indicator", "pilot", "unit") else "text"), (), False, note  # type: ignore[return-value]


def _bare(kind: Any) -> Any:
    """A type without its annotations, None and short forms."""
    while True:
        if get_origin(kind) is Annotated:
            kind = get_args(kind)[0]
        elif get_origin(kind) in (Union, types.UnionType):
            kind = next(choice for choice in get_args(kind) if choice is not type(None))
        else:
            return kind


# Values: every one as a text in one spelling, blank as an empty one.


def from_raw(column: BookColumn, raw: object, first: str) -> str:
    """A value of a file in one spelling; of a text that serves all languages it is the first one's."""
    if column.language:
        if isinstance(raw, dict):
            raw = raw.get(column.language)
        elif column.language != first:
            raw = None
    if raw is None or isinstance(raw, dict | list):
        return ""
    if isinstance(raw, bool):
        return "true" if raw else "false"
    text = str(raw).strip()
    try:
        if column.kind == "number" and isinstance(raw, int | float):
            return number_text(raw)
        if column.kind == "date":
            return parse_date(text).isoformat()
        if column.kind == "period":
            return str(Period.parse(text))
    except ValueError:
        return text
    return text


def from_model(column: BookColumn, value: object, first: str) -> str:
    """The same of a model's value."""
    if isinstance(value, Text):
        return from_raw(column, value.as_json(), first)
    if isinstance(value, date):
        return value.isoformat()
    return from_raw(column, str(value) if isinstance(value, Period) else value, first)


def from_cell(column: BookColumn, text: str, calendar: Calendar) -> str | tuple[str, str]:
    """The same of a cell; a message and a hint where it is no such value."""
    if not text:
        return ""
    if column.kind == "number":
        made = read_number(text)
        if not isinstance(made, Number):
            return made.message, made.hint
        if made.value != made.value or made.unit or made.percent:
            return (
                f"needs a plain number, found {found(text)}",
                "write the number alone, or leave the cell blank",
            )
        return number_text(made.value)
    if column.kind == "date":
        try:
            return parse_date(text.removesuffix(" 00:00:00")).isoformat()
        except ValueError as fault:
            return str(fault), "write it like 2025-03-01"
    if column.kind == "period":
        period = read_period(text, calendar)
        if isinstance(period, Period):
            return str(period)
        if isinstance(period, PeriodFault):
            return period.message, period.hint
        return f"{found(text)} is a day: which period is meant", "write it as text, like 2026-01"
    if column.choices and text not in column.choices and text.casefold() not in column.choices:
        return f"{found(text)} is not one of {', '.join(column.choices)}", nearest(text, column.choices)
    return text.casefold() if column.kind == "flag" else text


def to_raw(column: BookColumn, text: str) -> object:
    """The value for a file; None for a blank one."""
    if not text:
        return None
    if column.kind == "flag":
        return text == "true"
    if column.kind != "number":
        return text
    value = float(text)
    return int(value) if value == int(value) and abs(value) < 1e15 else value


def number_text(value: float) -> str:
    """The fifteen digits that a spreadsheet keeps, whole numbers without a point."""
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else f"{value:.15g}"
