"""The rows of a handbook's workbook: which part of which file each is, and what stands there."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from pydantic import BaseModel

from generator.exchange.book_columns import BookColumn, BookSheet, SheetKey, from_model, from_raw
from generator.model.catalogue import Catalogue
from generator.model.result import Observation
from generator.problems import Loc

Selector = str | tuple[str, str]
"""A key, or of a list the item whose key has a value."""


@dataclass(frozen=True)
class BookRow:
    """A row: its identity, its part of a file, what it says by the columns' keys."""

    identity: tuple[str, ...]
    file: str
    """The source's name, e.g. indicators/order-cycle-time; of results the file's path."""
    at: tuple[Selector, ...]
    values: Mapping[str, str]
    name: str = ""
    """What it is about, only shown."""
    line: int = 0
    """Of results, the line there."""


def digest(text: str) -> str:
    """What the baseline keeps of a value."""
    return sha256(text.encode()).hexdigest()[:12]


def key_of(sheet: BookSheet, identity: Sequence[str]) -> str:
    """An identity as one text; a dimension that one edition hides and another shows makes no difference."""
    said = zip(sheet.identity, identity, strict=True)
    return json.dumps([[column.key, text] for column, text in said if text], ensure_ascii=False)


def book_rows(catalogue: Catalogue, sheet: BookSheet) -> Iterator[BookRow]:
    """The rows of a sheet that a catalogue has."""
    first = catalogue.handbook.languages[0]
    if sheet.key == "results":
        for row in catalogue.results:
            yield result_row(row, sheet, catalogue)
        return
    for identity, file, at, part, about in _parts(catalogue, sheet.key):
        values = {
            column.key: from_model(column, _asked(part, column.path), first) for column in sheet.columns
        }
        indicator = catalogue.indicators.get(about)
        yield BookRow(identity, file, at, values, indicator.name.say(first, first) if indicator else "")


def result_row(row: Observation, sheet: BookSheet, catalogue: Catalogue) -> BookRow:
    """A result as a row."""
    first = catalogue.handbook.languages[0]
    cell = dict(row.cell)
    identity = (
        str(row.period), row.indicator, row.pilot or "",
        *(cell.get(column.key, "") for column in sheet.identity[3:]),
    )  # fmt: skip
    values = {column.key: from_model(column, getattr(row, column.key), first) for column in sheet.columns}
    if values["status"] == ("missing" if row.value is None else "actual"):
        values["status"] = ""
    indicator = catalogue.indicators.get(row.indicator)
    return BookRow(
        identity, row.file, (), values, indicator.name.say(first, first) if indicator else "", row.line
    )


def _parts(
    catalogue: Catalogue, key: SheetKey
) -> Iterator[tuple[tuple[str, ...], str, tuple[Selector, ...], BaseModel, str]]:
    """Identity, file, place there, model and indicator of each row."""
    first = catalogue.handbook.languages[0]
    if key in ("indicators", "targets"):
        for id_, indicator in catalogue.indicators.items():
            if key == "indicators":
                yield (id_,), f"indicators/{id_}", (), indicator, ""
            for target in indicator.targets if key == "targets" else ():
                since = str(target.from_)
                yield (id_, since), f"indicators/{id_}", ("targets", ("from", since)), target, id_
    elif key in ("packs", "pack_targets"):
        for id_, pilot in catalogue.pilots.items():
            for item in pilot.pack:
                at: tuple[Selector, ...] = ("pack", ("indicator", item.indicator))
                if key == "packs":
                    yield (id_, item.indicator), f"pilots/{id_}", at, item, item.indicator
                for target in item.targets if key == "pack_targets" else ():
                    own = (id_, item.indicator, str(target.from_))
                    place = (*at, "targets", ("from", own[-1]))
                    yield own, f"pilots/{id_}", place, target, item.indicator
    elif key == "actions":
        for id_, review in catalogue.reviews.items():
            for action in review.actions:
                yield (id_, action.id), f"reviews/{id_}", ("actions", ("id", action.id)), action, ""
    elif key == "key_results" and catalogue.strategy is not None:
        for objective in catalogue.strategy.objectives:
            for result in objective.key_results:
                named = ("id", result.id) if result.id else ("name", result.name.say(first, first).strip())
                at = ("objectives", ("id", objective.id), "key_results", named)
                yield (objective.id, named[1]), "strategy", at, result, result.indicator or ""


def _asked(part: object, path: Sequence[str]) -> object:
    """A field that the file gives; None where it is left out."""
    for name in path:
        if not isinstance(part, BaseModel):
            return None
        field = next(
            (key for key, info in type(part).model_fields.items() if (info.alias or key) == name), name
        )
        if field not in part.model_fields_set:
            return None
        part = getattr(part, field)
    return part


def found_at(raw: object, at: Sequence[Selector], first: str) -> Loc | None:
    """Where a row's part stands in a file's plain value; None where it is gone."""
    loc: list[str | int] = []
    for one in at:
        if isinstance(one, str):
            raw = raw.get(one) if isinstance(raw, dict) else None
            loc.append(one)
            continue
        place = next(
            (n for n, item in enumerate(raw if isinstance(raw, list) else ()) if _is(item, one, first)), None
        )
        if place is None:
            return None
        raw = raw[place]  # type: ignore[index]
        loc.append(place)
    return tuple(loc)


def _is(item: object, said: tuple[str, str], first: str) -> bool:
    key, value = said
    if not isinstance(item, dict):
        return str(item) == value
    language = first if isinstance(item.get(key), dict) else ""
    kind = "period" if key == "from" else "text"
    return from_raw(BookColumn(key, language=language, kind=kind), item.get(key), first) == value  # type: ignore[arg-type]


def inside(raw: object, loc: Loc) -> object:
    """The plain value at a place; None where there is none."""
    for part in loc:
        if isinstance(raw, dict):
            raw = raw.get(part)
        elif isinstance(raw, list) and isinstance(part, int) and part < len(raw):
            raw = raw[part]
        else:
            return None
    return raw
