"""Text in the handbook's languages: one string for all of them, or one for each."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Self

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from generator.model.costly_text import too_costly
from generator.problems import found

LANGUAGE_PATTERN = r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$"


@dataclass(frozen=True, slots=True)
class Text:
    """A plain string that serves every language, or one string a language. Hashable."""

    plain: str | None = None
    """The string that serves every language; None where each language has its own."""

    by_language: tuple[tuple[str, str], ...] = ()
    """Pairs of language and string, in the file's order."""

    @classmethod
    def of(cls, value: str | dict[str, str]) -> Self:
        """From what stands in a file."""
        return cls(plain=value) if isinstance(value, str) else cls(by_language=tuple(value.items()))

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that have their own string; empty where one string serves all."""
        return tuple(language for language, _ in self.by_language)

    def say(self, language: str, first: str) -> str:
        """The string in `language`, else in the handbook's `first` language, else in any."""
        if self.plain is not None:
            return self.plain
        texts = dict(self.by_language)
        for wanted in (language, first):
            if wanted in texts:
                return texts[wanted]
        return next(iter(texts.values()), "")

    def all(self) -> tuple[str, ...]:
        """Every string, whatever its language."""
        return (self.plain,) if self.plain is not None else tuple(text for _, text in self.by_language)

    def as_json(self) -> str | dict[str, str]:
        return self.plain if self.plain is not None else dict(self.by_language)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            cls._validated,
            serialization=core_schema.plain_serializer_function_ser_schema(lambda text: text.as_json()),
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {
            "anyOf": [
                {"type": "string", "pattern": r"\S"},
                {
                    "type": "object",
                    "minProperties": 1,
                    "propertyNames": {"pattern": LANGUAGE_PATTERN},
                    "additionalProperties": {"type": "string", "pattern": r"\S"},
                },
            ]
        }

    @classmethod
    def _validated(cls, value: object) -> Self:
        if isinstance(value, Text):
            return cls(value.plain, value.by_language)
        if isinstance(value, str):
            if not value.strip():
                raise _fault("needs text, found an empty one", "write the text, or leave the key out")
            _refuse_costly(value)
            return cls(plain=value)
        if isinstance(value, dict) and value:
            for language, text in value.items():
                if not isinstance(language, str) or not re.fullmatch(LANGUAGE_PATTERN, language):
                    raise _fault(f"{found(language)} is not a language", "write the text, or {zh: …, en: …}")
                if not isinstance(text, str) or not text.strip():
                    raise _fault(f"needs text, found {found(text)}", "write it in quotes", at=language)
                _refuse_costly(text, at=language)
            return cls(by_language=tuple(value.items()))
        raise _fault(f"needs text, found {found(value)}", "write it in quotes, or as {zh: …, en: …}")


class Prose(Text):
    """Text that may hold Markdown (emphasis, lists, links, code, tables); raw HTML is shown as text."""

    __slots__ = ()


def _refuse_costly(text: str, **place: str) -> None:
    """A text that it would take minutes to read is refused here, before any page is made of it."""
    costly = too_costly(text)
    if costly is not None:
        raise _fault(costly[1], "close them, or put a backslash before each", **place)


def _fault(message: str, hint: str, **place: str) -> PydanticCustomError:
    """With `at`, the language whose text is meant, so that its own line and column can be named."""
    return PydanticCustomError("wrong-type", "{fault}", {"fault": message, "hint": hint, **place})
