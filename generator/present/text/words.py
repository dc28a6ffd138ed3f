"""The labels of the site in one language: every word that the product itself says.

They live in `labels/<language>/`, a file for each topic of pages, nested by the place where they
stand; a key is the path to it with dots. A label may hold `{names}`; a label that counts has the forms
`one` and `other`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from markupsafe import Markup, escape

from generator.load.yaml_file import load_yaml_text
from generator.model.terms import Whole
from generator.present.text.marked_text import Label, filled
from generator.present.text.own_words import NONE, STAND_IN, OwnWords
from generator.present.text.spacing import AS_WRITTEN
from generator.problems import Problems


@cache
def labels(language: str) -> Mapping[str, str]:
    """All labels of a language, flat. KeyError for a language the product has no labels for."""
    if language not in languages():
        raise KeyError(f"no labels for the language {language!r}; there are: {', '.join(languages())}")
    found: dict[str, str] = {}
    for resource in sorted(_folder(language).iterdir(), key=lambda item: item.name):
        problems = Problems()
        source = load_yaml_text(resource.read_text(encoding="utf-8"), resource.name, problems)
        if source is None or problems.has_errors:
            raise ValueError("\n".join(str(problem) for problem in problems))
        for key, text in _flat(source.value, ""):
            if key in found:
                raise ValueError(f"{language}/{resource.name}: {key} stands in another file of labels too")
            found[key] = Label(text) if key.startswith("punctuation.") else text
    return found


@cache
def languages() -> tuple[str, ...]:
    """The languages the product has labels for."""
    return tuple(sorted(item.name for item in _folder().iterdir() if item.is_dir()))


def _folder(language: str = "") -> Traversable:
    """The folder of all labels, or of those of a language."""
    folder = files("generator.present") / "labels"
    return folder / language if language else folder


def _flat(value: object, prefix: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _flat(inner, f"{prefix}.{key}" if prefix else str(key))
    else:
        yield prefix, str(value)


_DATES = re.compile(
    r"(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?\b"
    r"|(January|February|March|April|May|June|July|August|September|October|November|December)\b"
)
"""Words that English begins with a capital wherever they stand."""
OF_LISTS = (" · ", ", ", "，", "、")
"""What separates within one name of a row."""


class Words:
    """Looks labels up; an unknown key is a mistake of ours and is raised, never shown.

    A language that the product has no labels for is said in the handbook's own words, else in English.
    """

    def __init__(self, language: str, own: OwnWords = NONE) -> None:
        self.language = language
        self._labels = own.of(language, labels(language if language in languages() else STAND_IN))
        self._chinese = language.partition("-")[0] == "zh"
        self._capital = re.compile(
            "|".join((_DATES.pattern, *(rf"{re.escape(noun)}(?!\w)" for noun in own.proper_nouns)))
        )

    def __call__(self, key: str, **names: object) -> str:
        """The label of a key with its names put in."""
        return self._filled(key, names) if names else self._labels[key]

    def html(self, key: str, **parts: object) -> Markup:
        """The label with links and texts put in, as HTML: texts are escaped, the label's own too."""
        label, inner = escape(self._labels[key]), {name: escape(part) for name, part in parts.items()}
        return label if type(self._labels[key]) is Whole else Markup(self._put_in(key, str(label), inner))

    def inside(self, text: str) -> str:
        """A label inside a sentence: English ones begin small there, but for abbreviations."""
        if self.language != "en" or not text[1:2].islower():
            return text
        return text[:1].lower() + text[1:]

    def name_inside(self, name: str) -> str:
        """An indicator's name inside a sentence: English begins it small there, too.

        Names with a capital in another place are written as names are and stay (Order Cycle Time, NPS by
        Region), and so do those that begin with a day, a month or a proper noun of the handbook.
        """
        if name[1:] != name[1:].lower() or self._capital.match(name):
            return name
        return self.inside(name)

    def count(self, key: str, number: int, **names: object) -> str:
        """The form of a counting label for a number, which it may name as {n}.

        A label may have words of its own for `none`: nobody says "0 changes, newest first".
        """
        rare = {0: "none", 1: "one"}.get(int(number), "other")
        form = rare if f"{key}.{rare}" in self._labels else "other"
        return self._filled(f"{key}.{form}", {"n": number, **names})

    def _filled(self, key: str, names: Mapping[str, object]) -> str:
        label = self._labels[key]
        return label if type(label) is Whole else self._put_in(key, label, names)

    def _put_in(self, key: str, label: str, names: Mapping[str, object]) -> str:
        return filled(label, names, chinese=self._chinese and not key.startswith(AS_WRITTEN))

    def between(self, names: Iterable[str]) -> str:
        """What stands between names in a row: a semicolon where one has a dot or a comma of its own."""
        split = any(sign in name for name in names for sign in OF_LISTS)
        return self._labels["punctuation.clause" if split else "punctuation.list"]

    def at(self, places: tuple[str, ...]) -> Mapping[str, str]:
        """All labels whose keys begin so."""
        return {key: text for key, text in self._labels.items() if key.startswith(places)}

    def known(self, key: str) -> bool:
        """Whether there is a label of that key."""
        return key in self._labels
