"""A model as JSON for other programs: keys as in its file, texts as {language: text}, empty keys left out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from pydantic import BaseModel

from generator.model.duration import Duration
from generator.model.period import Period
from generator.model.text import Text


def as_json(value: Any, languages: tuple[str, ...]) -> Any:
    """Any value of the model in JSON's types."""
    if isinstance(value, Text):
        return {language: value.say(language, languages[0]) for language in languages}
    if isinstance(value, BaseModel):
        return {
            field.alias or name: as_json(inner, languages)
            for name, field in type(value).model_fields.items()
            if (inner := getattr(value, name)) is not None and inner != ()
        }
    if isinstance(value, Mapping):
        return {str(key): as_json(inner, languages) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [as_json(inner, languages) for inner in value]
    if isinstance(value, Period | Duration):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    return value
