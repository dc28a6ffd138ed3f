"""Durations of process steps: an amount with the unit that the author wrote, in the process's own time."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal, cast

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from generator.model.bounds import SMALLEST
from generator.problems import found

DurationUnit = Literal["m", "h", "d", "w"]

DURATION_PATTERN = r"^([0-9]+(\.[0-9]+)?) ?([mhdw])$"
DAYS_PER_WEEK = 5
MOST = 1_000_000
"""Of any unit: far more than a process takes, and little enough to be squared and summed."""
_EXAMPLES = "write 15m, 2h, 1.5d or 3w"
_WORDS: Mapping[DurationUnit, tuple[str, ...]] = {
    "m": ("m", "min", "mins", "minute", "minutes", "分", "分钟"),
    "h": ("h", "hr", "hrs", "hour", "hours", "小时", "工时", "个小时"),
    "d": ("d", "day", "days", "天", "日", "工作日", "个工作日"),
    "w": ("w", "week", "weeks", "周", "星期", "个星期"),
}
_IN_WORDS = re.compile(r"([0-9]+(?:\.[0-9]+)?) ?([^\W\d_]+)")


@dataclass(frozen=True, slots=True)
class Duration:
    """An amount (>= 0) of minutes, hours, days or weeks; the process's time basis says how long these are."""

    amount: float
    unit: DurationUnit

    def __str__(self) -> str:
        return f"{Decimal(repr(self.amount)):f}".removesuffix(".0") + self.unit

    def hours(self, hours_per_day: float = 8, days_per_week: int = DAYS_PER_WEEK) -> float:
        """The length in hours of the basis: by default of working time, 8 a day on 5 days a week."""
        per_unit = {"m": 1 / 60, "h": 1.0, "d": hours_per_day, "w": days_per_week * hours_per_day}
        return self.amount * per_unit[self.unit]

    @classmethod
    def parse(cls, text: str) -> Duration:
        """From `15m`, `2h`, `1.5d`, `3w`. Raises ValueError with a message for the author."""
        match = re.fullmatch(DURATION_PATTERN, unicodedata.normalize("NFKC", text).strip())
        if not match:
            raise ValueError(f"{found(text)} is not a duration; {_hint(text)}")
        amount = float(match[1])
        if amount > MOST or 0 < amount < SMALLEST:
            raise ValueError(f"{found(text)} is too {'long' if amount > MOST else 'short'}; {_EXAMPLES}")
        return cls(amount, cast(DurationUnit, match[3]))

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            _validated, serialization=core_schema.plain_serializer_function_ser_schema(str)
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {"anyOf": [{"type": "string", "pattern": DURATION_PATTERN}, {"const": 0}]}


def _validated(value: object) -> Duration:
    if isinstance(value, Duration):
        return value
    if not isinstance(value, bool) and isinstance(value, int | float):
        if value == 0:
            return Duration(0.0, "h")  # nothing is nothing in every unit
        raise _fault(f"the number {value} has no unit")
    if not isinstance(value, str):
        raise _fault(f"needs a duration, found {found(value)}")
    try:
        return Duration.parse(value)
    except ValueError as fault:
        message, _, hint = str(fault).partition("; ")
        raise _fault(message, hint) from None


def _hint(text: str) -> str:
    """How it is written, where its words say what is meant."""
    said = _IN_WORDS.fullmatch(unicodedata.normalize("NFKC", text).strip().lower())
    units = [unit for unit, words in _WORDS.items() if said and said[2] in words]
    return f"write {said[1]}{units[0]}" if said and units else _EXAMPLES


def _fault(message: str, hint: str = _EXAMPLES) -> PydanticCustomError:
    return PydanticCustomError("bad-duration", "{fault}", {"fault": message, "hint": hint})
