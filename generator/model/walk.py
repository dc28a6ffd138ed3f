"""Walks through a model: what holds for every text, person or id is said once, not field by field."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import TypeVar

from pydantic import BaseModel

from generator.model.text import Text
from generator.problems import Loc

M = TypeVar("M", bound=BaseModel)


def walk(value: object, loc: Loc = ()) -> Iterator[tuple[Loc, object]]:
    """Every value in a model with its location in the file, outer before inner."""
    # By hand: a generator in a generator for every level takes three times as long, and every text of every
    # file is looked at several times.
    waiting: list[tuple[Loc, object]] = [(loc, value)]
    while waiting:
        here = waiting.pop()
        yield here
        loc, value = here
        if isinstance(value, BaseModel):
            inner = [((*loc, name), getattr(value, field)) for field, name in _named(type(value))]
        elif isinstance(value, dict):
            inner = [((*loc, str(key)), held) for key, held in value.items()]
        elif isinstance(value, tuple):
            inner = [((*loc, position), held) for position, held in enumerate(value)]
        else:
            continue
        waiting += reversed(inner)


@cache
def _named(kind: type[BaseModel]) -> tuple[tuple[str, str], ...]:
    """Fields of a model, each with its name in a file."""
    return tuple((name, info.alias or name) for name, info in kind.model_fields.items())


def rebuilt(model: M, change: Callable[[BaseModel], BaseModel]) -> M:
    """The model with `change` made to every part of it, inner before outer; unchanged parts are kept."""
    new = {}
    for name in type(model).model_fields:
        value = getattr(model, name)
        made = _rebuilt_value(value, change)
        if made is not value:
            new[name] = made
    changed = change(model.model_copy(update=new) if new else model)
    if not isinstance(changed, type(model)):
        raise TypeError(f"a change may not turn a {type(model).__name__} into a {type(changed).__name__}")
    return changed


def _rebuilt_value(value: object, change: Callable[[BaseModel], BaseModel]) -> object:
    if isinstance(value, BaseModel):
        return rebuilt(value, change)
    if isinstance(value, tuple):
        items = tuple(_rebuilt_value(inner, change) for inner in value)
        return items if any(a is not b for a, b in zip(items, value, strict=True)) else value
    if isinstance(value, dict):
        entries = {key: _rebuilt_value(inner, change) for key, inner in value.items()}
        return entries if any(entries[key] is not value[key] for key in value) else value
    return value


def retold(model: M, change: Callable[[str], str]) -> M:
    """The model with `change` made to every string in it that could hold a link; unchanged parts are kept."""
    made = _retold_value(model, change)
    if not isinstance(made, type(model)):
        raise TypeError(f"a {type(model).__name__} became a {type(made).__name__}")
    return made


def _retold_value(value: object, change: Callable[[str], str]) -> object:
    if isinstance(value, Text):
        if value.plain is not None:
            told = change(value.plain)
            return value if told == value.plain else type(value)(plain=told)
        pairs = tuple((language, change(words)) for language, words in value.by_language)
        return value if pairs == value.by_language else type(value)(by_language=pairs)
    if isinstance(value, str):
        return change(value) if "](" in value else value
    if isinstance(value, BaseModel):
        names = type(value).model_fields
        new = {name: _retold_value(getattr(value, name), change) for name in names}
        moved = {name: made for name, made in new.items() if made is not getattr(value, name)}
        return value.model_copy(update=moved) if moved else value
    if isinstance(value, tuple):
        items = tuple(_retold_value(inner, change) for inner in value)
        return items if any(a is not b for a, b in zip(items, value, strict=True)) else value
    if isinstance(value, dict):
        entries = {key: _retold_value(inner, change) for key, inner in value.items()}
        return entries if any(entries[key] is not value[key] for key in value) else value
    return value
