"""Raw values become models; what does not fit is said in an author's words, at its own line and column."""

from __future__ import annotations

import re
import types
from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from generator.load.capped import MOST_TOLD
from generator.load.yaml_slips import wide_bracket
from generator.model.bounds import too_far
from generator.model.common import CODE_PATTERN, ID_PATTERN
from generator.model.exact import counted
from generator.problems import Loc, Problems, Source, found, nearest

M = TypeVar("M", bound=BaseModel)

_OWN_WORDS = frozenset(
    (
        *("wrong-type", "bad-value", "bad-id", "bad-date", "bad-period", "bad-duration", "bad-link"),
        "path-outside",
    )
)
"""Error types that our own field types raise: their messages are already an author's."""


def validate(source: Source, model: type[M], problems: Problems) -> M | None:
    """The file's value as a `model`; None when something in it does not fit (every fault is a problem)."""
    beyond = _beyond_bounds(source, problems)
    try:
        made = model.model_validate(source.value, by_alias=True, by_name=False)
        return None if beyond else made
    except ValidationError as fault:
        told: Counter[str] = Counter()
        for error in fault.errors(include_url=False):
            told[error["type"]] += 1
            if told[error["type"]] <= MOST_TOLD and tuple(error["loc"]) not in beyond:
                _report(error, source, model, problems)
        more = counted(max(count - MOST_TOLD, 0) for count in told.values())
        if more:
            message = "and 1 more problem" if more == 1 else f"and {more} more problems"
            hint = "mend those that are told first"
            problems.error(source.mark(), "bad-value", f"{message} of these kinds", hint)
        return None


def _beyond_bounds(source: Source, problems: Problems) -> frozenset[Loc]:
    """Where the file has numbers of which no figure can be made, each a problem."""
    places = set()
    for loc, value in numbers(source.value):
        far = too_far(value)
        if far:
            places.add(loc)
            message = f"{_name(loc)}: {far[0]}, found {found(value)}"
            problems.error(source.mark(loc), "bad-number", message, far[1])
    return frozenset(places)


def numbers(value: object, loc: Loc = ()) -> Iterator[tuple[Loc, float]]:
    """Every number in a file's raw value with its place."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        yield loc, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from numbers(inner, (*loc, key))
    elif isinstance(value, list):
        for position, inner in enumerate(value):
            yield from numbers(inner, (*loc, position))


def _report(error: ErrorDetails, source: Source, model: type[BaseModel], problems: Problems) -> None:
    loc: Loc = tuple(error["loc"])
    kind = error["type"]
    if kind == "default_factory_not_called":
        return  # only says that a field before it is wrong, which is reported itself
    if loc and loc[-1] == "[key]":
        _report_key(loc[:-1], error, source, problems)
        return
    if kind == "extra_forbidden":
        known = known_keys(model, loc[:-1])
        rule, message, hint = (
            "unknown-key",
            f"unknown key {found(str(loc[-1]))}",
            nearest(str(loc[-1]), known),
        )
        problems.error(source.mark(loc, key=True), rule, message, hint)
        return
    info = _field_at(model, loc)
    meaning = _first_sentence(info.description or "") if info else ""
    if kind == "too_short" and len(error["input"]) >= error["ctx"]["min_length"]:
        return  # its entries are wrong, which is reported itself, not too few
    if kind == "missing" and isinstance(loc[-1], int):
        problems.error(source.mark(loc), "bad-value", f"{_name(loc)}: has too few items", meaning)
        return
    if kind == "missing":
        given = source.marks.get(loc)
        owner = _owner_words(loc[:-1])
        message = f"'{loc[-1]}' is missing{owner}" if given is None else f"'{loc[-1]}' is empty"
        problems.error(source.mark(loc), "missing-key", message, meaning)
        return
    rule, message, hint = _worded(error, meaning)
    if isinstance(error.get("input"), str):
        hint = _own_hint(kind, str(error["input"]), loc, model) or hint
    while loc and loc not in source.marks:
        loc = loc[:-1]  # a short form was widened: `touch: 30m` is read as `touch: {mean: 30m}`
    name = _name(loc)
    language = error.get("ctx", {}).get("at")
    if kind in _OWN_WORDS and language is not None:
        loc, name = (*loc, str(language)), f"{name}.{language}"
    problems.error(source.mark(loc), rule, f"{name}: {message}" if name else message, hint)


def _worded(error: ErrorDetails, meaning: str) -> tuple[str, str, str]:
    """Rule, message and hint of one of pydantic's errors."""
    kind, value, context = error["type"], error.get("input"), error.get("ctx", {})
    if kind in _OWN_WORDS:
        return kind, error["msg"], str(context.get("hint") or meaning)
    if value is None and kind != "missing":
        return "missing-key", "needs a value, found nothing", meaning
    shown = found(value)
    if kind in ("literal_error", "enum"):
        choices = re.findall(r"'([^']*)'", str(context["expected"]))
        close = nearest(str(value), choices)
        message = f"{shown} is not one of {', '.join(choices)}"
        return "bad-value", message, close if close.startswith("did") else meaning
    if kind == "string_pattern_mismatch":
        return _pattern_words(str(context["pattern"]), str(value), meaning)
    if kind in _BOUNDS:
        sign, key = _BOUNDS[kind]
        return "bad-value", f"needs a number {sign} {context[key]:g}, found {shown}", meaning
    if kind == "string_too_long":
        said = f"{shown} is longer than {context['max_length']} letters"
        return "bad-id", said, "shorten it: pages and charts are files named after it"
    if kind == "too_short":
        return "missing-key", f"needs at least {context['min_length']}, found none", meaning
    if kind in ("too_long", "missing_positional_only_argument", "unexpected_positional_argument"):
        return "bad-value", f"needs {context['max_length']} items, found {context['actual_length']}", meaning
    needs, hint = _NEEDS.get(kind, (None, ""))
    if needs in ("a list", "a mapping") and isinstance(value, str) and (slip := wide_bracket(value)):
        return "wrong-type", slip.message, slip.hint
    if needs:
        return "wrong-type", f"needs {needs}, found {shown}", hint or meaning
    return "bad-value", f"{error['msg']}, found {shown}", meaning


def _own_hint(kind: str, value: str, loc: Loc, model: type[BaseModel]) -> str:
    """A hint made of what was written where a list, a mapping or a number belongs; empty without one."""
    needs, _ = _NEEDS.get(kind, ("", ""))
    if needs == "a list" and not wide_bracket(value):
        items = [item for item in re.split(r"\s*[,，、;；]\s*", value.strip()) if item]
        if items and all(_PLAIN_ITEM.fullmatch(item) for item in items):
            return f"write [{', '.join(items)}], or one item a line after '- '"
    keys = known_keys(model, loc) if needs == "a mapping" and not wide_bracket(value) else ()
    if keys:
        listed = ", ".join(keys[:MOST_KEYS]) + (
            f" and {len(keys) - MOST_KEYS} more" if keys[MOST_KEYS:] else ""
        )
        return f"write one 'key: value' a line, indented; its keys: {listed}"
    if needs in ("a number", "a whole number") and len(value) == 1 and value in _NUMERALS:
        return f"write {_NUMERALS.index(value)}, without quotes, thousands separators or unit"
    number = _MEASURED.fullmatch(value) if needs in ("a number", "a whole number") else None
    if number:
        plain = Decimal(number[1].replace(",", "").replace("，", ""))
        if number[2] in ("%", "％") and loc and loc[-1] == "share":
            plain /= 100
        return f"write {plain:f}, without quotes, thousands separators or unit"
    return ""


_PLAIN_ITEM = re.compile(r"[^\s\[\]{}:#'\"&*!|>%@`](?:[^\[\]{}:#]*[^\s\[\]{}:#])?")
_MEASURED = re.compile(
    r"\s*(?:[¥￥$€]\s*)?(-?(?:\d{1,3}(?:[,，]\d{3})+|\d+)(?:\.\d+)?)\s*"
    r"(?!百(?!分)|[千万亿]|[kK]\b)(%|％|[^\W\d_]{0,12}(?:/[^\W\d_]{1,12})?)\s*"
)
"""A number with its unit or sign. None where it cannot be told which number is meant: 1240万, 1,5."""
_NUMERALS = "零一二三四五六七八九十"
MOST_KEYS = 8

_BOUNDS = {
    "greater_than": ("greater than", "gt"),
    "greater_than_equal": ("of at least", "ge"),
    "less_than": ("less than", "lt"),
    "less_than_equal": ("of at most", "le"),
}

_NEEDS: dict[str, tuple[str, str]] = {
    "string_type": ("text", "put it in quotes"),
    "int_type": ("a whole number", ""),
    "int_from_float": ("a whole number", ""),
    "int_parsing_size": ("a smaller number", ""),
    "float_type": ("a number", "write it without quotes, thousands separators or unit"),
    "finite_number": ("a finite number", ""),
    "bool_type": ("true or false", "YAML 1.2 knows only these two words, without quotes"),
    "tuple_type": ("a list", "write [a, b], or one item a line after '- '"),
    "dict_type": ("a mapping", "write one 'key: value' a line, indented"),
    "mapping_type": ("a mapping", "write one 'key: value' a line, indented"),
    "model_type": ("a mapping", "write one 'key: value' a line, indented"),
    "model_attributes_type": ("a mapping", "write one 'key: value' a line, indented"),
}


def _pattern_words(pattern: str, value: str, meaning: str) -> tuple[str, str, str]:
    if pattern == ID_PATTERN:
        slug = "-".join("".join(c if c.isascii() and c.isalnum() else " " for c in value.lower()).split())
        like = f"'{slug}'" if slug else "'order-cycle-time'"
        hint = f"small letters, digits and single hyphens, like {like}"
        return "bad-id", f"{found(value)} is not an id", hint
    if pattern == CODE_PATTERN:
        return "bad-value", f"{found(value)} cannot stand in a cell", "leave out spaces, / \\ , ; and quotes"
    if value.strip() == "":
        return "missing-key", "needs text, found an empty one", meaning
    return "bad-value", f"{found(value)} does not fit", meaning


def _report_key(loc: Loc, error: ErrorDetails, source: Source, problems: Problems) -> None:
    """A key of a free mapping (a dimension's values, the scores) that is not what its keys must be."""
    rule, message, hint = _worded(error, "")
    hint = hint or message.partition(" is not ")[2]
    problems.error(source.mark(loc, key=True), rule, f"the key {message}", hint)


def _name(loc: Loc) -> str:
    """The key that a problem is about; of a list's item, the list's key."""
    names = [part for part in loc if isinstance(part, str)]
    return found(names[-1])[1:-1] if names else ""


def _owner_words(loc: Loc) -> str:
    """Where a key is missing, when that is not the file's root: " in targets[0]"."""
    words = ""
    for part in loc:
        words += f"[{part + 1}]" if isinstance(part, int) else f"{'.' if words else ''}{part}"
    return f" in {words}" if words else ""


def _first_sentence(text: str) -> str:
    return " ".join(text.split()).removesuffix(".")


def known_keys(model: type[BaseModel], loc: Loc) -> tuple[str, ...]:
    """The keys that an author may write at a location of a file of this kind."""
    inner = _models_at(model, loc)
    return tuple(info.alias or name for part in inner for name, info in part.model_fields.items())


def _field_at(model: type[BaseModel], loc: Loc) -> FieldInfo | None:
    """The field that a location is, or is inside of."""
    while loc and isinstance(loc[-1], int):
        loc = loc[:-1]
    if not loc:
        return None
    for part in _models_at(model, loc[:-1]):
        for name, info in part.model_fields.items():
            if (info.alias or name) == loc[-1]:
                return info
    return _field_at(model, loc[:-1])


def _models_at(model: type[BaseModel], loc: Loc) -> tuple[type[BaseModel], ...]:
    """The models that may stand at a location."""
    places: tuple[Any, ...] = (model,)
    for part in loc:
        places = tuple(inner for place in places for inner in _inside(place, part))
    bare = map(_bare, places)
    return tuple(place for place in bare if isinstance(place, type) and issubclass(place, BaseModel))


def _inside(place: Any, part: str | int) -> tuple[Any, ...]:
    place = _bare(place)
    if get_origin(place) in (Union, types.UnionType):
        return tuple(inner for choice in get_args(place) for inner in _inside(choice, part))
    if isinstance(part, int):
        return get_args(place)[:1] if get_origin(place) is tuple else ()
    if isinstance(place, type) and issubclass(place, BaseModel):
        return tuple(i.annotation for n, i in place.model_fields.items() if (i.alias or n) == part)
    return get_args(place)[1:] if get_origin(place) in (dict, Mapping) else ()


def _bare(place: Any) -> Any:
    """A type without its annotations and without None."""
    while get_origin(place) is Annotated:
        place = get_args(place)[0]
    if get_origin(place) in (Union, types.UnionType):
        choices = [choice for choice in get_args(place) if choice is not type(None)]
        return _bare(choices[0]) if len(choices) == 1 else place
    return place
