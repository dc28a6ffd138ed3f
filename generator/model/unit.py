"""Units of values: per cent, and in which size the words of a language count."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from generator.model.text import Text


def is_percent(unit: Text) -> bool:
    """Whether a unit is per cent, in any of its languages."""
    return any(text.strip() in ("%", "％") for text in unit.all())


def size_said(unit: Text | None, sizes: Mapping[str, float], language: str, first: str) -> float:
    """What values are multiplied by beside the unit as a language says it: in the words of another language,
    where it has none of its own, and then in their size."""
    if unit is None or not sizes:
        return 1.0
    said = next((one for one in (language, first, *unit.languages) if one in unit.languages), "")
    return sizes.get(said, 1.0)


def data_unit(unit: Text | None, sizes: Mapping[str, float], language: str, first: str) -> str:
    """The unit of results in a language: "10,000 CNY" where its words count in CNY and results in 万元."""
    if unit is None:
        return ""
    said, size = unit.say(language, first), size_said(unit, sizes, language, first)
    return said if size == 1 else f"{Decimal(repr(size)).normalize():,f} {said}"


def sizes_of(unit: Text, sizes: Mapping[str, float]) -> tuple[tuple[str, float], ...]:
    """Each name of a unit with what a value of the data is multiplied by beside it."""
    if unit.plain is not None:
        return ((unit.plain, 1.0),)
    return tuple((text, sizes.get(language, 1.0)) for language, text in unit.by_language)
