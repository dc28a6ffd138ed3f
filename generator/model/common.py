"""The small types that every file kind shares: ids, dates, lists, people and places in the organisation."""

from __future__ import annotations

import posixpath
import re
from datetime import date
from decimal import Decimal
from types import NoneType
from typing import Annotated, Any, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    StringConstraints,
    TypeAdapter,
)
from pydantic.json_schema import JsonSchemaValue as Json
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from generator.model.bounds import LONGEST_ID, RESERVED
from generator.model.period import DATE_PATTERN, Period
from generator.model.text import LANGUAGE_PATTERN, Text
from generator.problems import found

ID_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"
DATE_EXAMPLE = "write it like 2025-03-01"
CODE_PATTERN = r"^[^\s/\\,;\"]+$"

T = TypeVar("T")


class Part(BaseModel):
    """Base of every model: frozen, strict (12 is never read as "12"), unknown keys refused."""

    model_config = ConfigDict(
        frozen=True,
        strict=True,
        extra="forbid",
        use_attribute_docstrings=True,
        allow_inf_nan=False,
        validate_by_alias=True,
        validate_by_name=True,
        serialize_by_alias=True,
    )


class _Json:
    """Says in the JSON Schema what a Python-side validator accepts."""

    def __init__(self, **schema: Any) -> None:
        self.schema = schema

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> Json:
        return dict(self.schema)


class ShortForm:
    """A bare value stands for a mapping with one key: `touch: 30m` is read as `touch: {mean: 30m}`."""

    def __init__(self, key: str, kind: Any) -> None:
        self.key = key
        self.kind = kind  # the key's type, for the editor

    def _widened(self, value: object) -> object:
        return value if isinstance(value, dict | list | tuple | BaseModel | NoneType) else {self.key: value}

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_before_validator_function(self._widened, handler(source))

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> Json:
        return {"anyOf": [TypeAdapter(self.kind).json_schema(), handler(core)]}


class _ListOrNothing:
    """An empty key (`tags:`) is an empty list, for the editor too."""

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> Json:
        return {**handler(core), "type": ["array", "null"]}


def _items(value: object) -> object:
    if value is None:
        return ()
    return tuple(value) if isinstance(value, list) else value


def _pair(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value


def parse_date(value: object) -> date:
    """A day, in any spelling a day's Period has. Raises ValueError with an author's message."""
    if isinstance(value, date):
        return value
    if not isinstance(value, str):
        raise ValueError(f"needs a date, found {found(value)}")
    try:
        period = Period.parse(value)
    except ValueError as fault:
        calendar = "not in the calendar" in str(fault)
        raise ValueError(f"{found(value)} is not {'in the calendar' if calendar else 'a date'}") from None
    if period.frequency != "day":
        raise ValueError(f"{found(value)} is a {period.frequency}, not a day")
    return period.calendar_start()


def _power_of_ten(value: float) -> float:
    if not 1e-12 <= value <= 1e12 or Decimal(repr(value)).normalize().as_tuple().digits != (1,):
        context = {"fault": f"{value:g} is no power of ten", "hint": "write 10, 1000, 10000 or the like"}
        raise PydanticCustomError("bad-number", "{fault}", context)
    return value


def _date(value: object) -> date:
    try:
        return parse_date(value)
    except ValueError as fault:
        context = {"fault": str(fault), "hint": DATE_EXAMPLE}
        raise PydanticCustomError("bad-date", "{fault}", context) from None


def _href(value: object) -> object:
    if not isinstance(value, str):
        return value
    text = value.strip()
    scheme = re.match(r"([A-Za-z][A-Za-z0-9+.-]*):", text)
    if scheme:
        if scheme[1].lower() not in ("http", "https", "mailto"):
            raise PydanticCustomError(
                "bad-link", "{link} is neither an https address nor a path", {"link": found(value)}
            )
    elif text.startswith(("/", "\\")) or "\\" in text or posixpath.normpath(text).split("/")[0] == "..":
        raise PydanticCustomError(
            "path-outside",
            "{link} leaves the project",
            {"link": found(value), "hint": "give a path from content/, without a leading / or .."},
        )
    return text


class _Taken:
    """Says in the JSON Schema which ids cannot be."""

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> Json:
        return {**handler(core), "not": {"pattern": RESERVED}}


def _not_taken(value: str) -> str:
    if re.fullmatch(RESERVED, value):
        context = {"fault": f"{found(value)} cannot be an id", "hint": "another page or file has this name"}
        raise PydanticCustomError("bad-id", "{fault}", context)
    return value


Id = Annotated[
    str, StringConstraints(pattern=ID_PATTERN, max_length=LONGEST_ID), AfterValidator(_not_taken), _Taken()
]
"""Small letters, digits and single hyphens; a file's id is its stem, never reused: the page's address."""

Code = Annotated[str, StringConstraints(pattern=CODE_PATTERN)]
"""A value of a break-down column as it stands in the results, e.g. east, NA or 华东."""

OneLine = Annotated[str, StringConstraints(pattern=r"\S")]
"""A string that is the same in every language, e.g. a table name."""

_COUNTRIES = {
    "cn": ("Chinese", "zh"),
    "jp": ("Japanese", "ja"),
    "vn": ("Vietnamese", "vi"),
}
"""Codes of countries that are taken for those of their languages, and are none of any."""


def _no_country(code: str) -> str:
    if code in _COUNTRIES:
        name, language = _COUNTRIES[code]
        message = f"'{code}' is a country's code; {name} is {language}"
        raise PydanticCustomError("bad-value", "{fault}", {"fault": message, "hint": f"write {language}"})
    return code


LanguageCode = Annotated[str, StringConstraints(pattern=LANGUAGE_PATTERN), AfterValidator(_no_country)]
"""A language as in the site's addresses, e.g. zh, en, pt-BR."""

AudienceName = Id
"""One of the handbook's audiences; where it is left out, the widest."""

Items = Annotated[tuple[T, ...], BeforeValidator(_items), _ListOrNothing()]
"""A list; left empty, an empty one."""

Pair = Annotated[tuple[float, float], BeforeValidator(_pair)]
"""Two numbers, [least, most]."""

PowerOfTen = Annotated[float, AfterValidator(_power_of_ten)]
"""10, 1000, 10000 or 0.001: what moves the point of a number and keeps its digits."""

Date = Annotated[date, BeforeValidator(_date), _Json(type="string", pattern=DATE_PATTERN)]
"""A day, e.g. 2025-03-01 (2025/3/1 and 2025年3月1日 are read too)."""

_SAFE = r"^(https?:|mailto:|(?![A-Za-z][A-Za-z0-9+.-]*:|[/\\]|\.\.(/|$)).)"

Href = Annotated[OneLine, BeforeValidator(_href), _Json(type="string", pattern=_SAFE)]
"""An https address, or a path from content/ that stays in the project."""


class Owner(Part):
    """Who answers for something: a unit and a role; a person's name only where it helps."""

    unit: Id | None = None
    """A unit of the handbook, e.g. delivery."""

    role: Text | None = None
    """The role that answers, e.g. {zh: 交付经理, en: Delivery manager}."""

    person: OneLine | None = None
    """A person's name, e.g. 王敏; seen from the handbook's `people_audience` on."""
