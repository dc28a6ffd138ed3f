"""Text in several languages: what is said when a translation is missing."""

from __future__ import annotations

import pytest
from pydantic import TypeAdapter, ValidationError

from generator.model.text import Prose, Text

read = TypeAdapter(Text).validate_python


def test_a_plain_text_serves_every_language() -> None:
    text = read("ERP")
    assert (text.say("en", "zh"), text.say("fr", "zh"), text.languages, text.plain) == (
        "ERP",
        "ERP",
        (),
        "ERP",
    )
    assert text.as_json() == "ERP"


def test_a_missing_translation_falls_back() -> None:
    text = read({"zh": "天", "en": "days"})
    assert [text.say(language, "zh") for language in ("zh", "en", "fr")] == ["天", "days", "天"]
    assert read({"en": "days"}).say("fr", "zh") == "days"
    assert text.languages == ("zh", "en")
    assert text.as_json() == {"zh": "天", "en": "days"}


def test_texts_are_values() -> None:
    assert len({read("x"), read("x"), read({"zh": "x"})}) == 2
    assert isinstance(TypeAdapter(Prose).validate_python("*x*"), Prose)
    assert TypeAdapter(Text).dump_python(read({"zh": "x"})) == {"zh": "x"}


@pytest.mark.parametrize(
    "value", ["", "  ", 3, None, [], {}, {"zh": ""}, {"zh": 3}, {"Chinese": "x"}, {3: "x"}]
)
def test_what_is_no_text_is_refused(value: object) -> None:
    with pytest.raises(ValidationError):
        read(value)
