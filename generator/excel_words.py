"""The words of a workbook: its heads, and what cells say in place of choices and of ids of units.

They are those of the pages, with the handbook's own in their place; a word that a page fills with figures, or
that takes a sentence, is said shorter in a cell (`workbook.choice`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from generator.exchange.book_cells import tellable
from generator.load.heads import folded
from generator.messages import said_in
from generator.model.catalogue import Catalogue
from generator.present.text.own_words import OwnWords, own_words
from generator.present.text.words import Words, labels, languages

_GROUPS: Mapping[str, str] = {
    "indicators.status": "indicator.state",
    **{
        f"indicators.{name}": f"indicator.{name}"
        for name in (
            "direction", "frequency", "rollup", "dimension", "aspect", "goal_type", "generation", "level",
            "category",
        )
    },
    "indicators.source.collection": "indicator.collection",
    "indicators.source.refresh": "indicator.frequency",
    "packs.incentive": "indicator.incentive",
    "actions.pillar": "pillar",
    "actions.status": "reviews.action",
    "actions.result.verdict": "reviews.verdict",
    "results.status": "firmness",
}  # fmt: skip
"""By sheet and column: the labels by which pages call its choices."""


def words_of(catalogue: Catalogue, language: str) -> Callable[[str], str]:
    """Words in a language: `sheet.` or `head.` and a key, or `note.` and a note in English."""
    words = Words(language, own_words(catalogue))
    first = catalogue.handbook.languages[0]
    dimensions = {one.id: one.name.say(language, first) for one in catalogue.handbook.dimensions}

    def say(key: str) -> str:
        kind, _, name = key.partition(".")
        if kind == "note":
            return said_in(language, name)
        if kind == "sheet":
            return words(f"workbook.sheet.{name}")
        if name == "~name":
            return words("workbook.head.about")
        if name in dimensions:
            return dimensions[name]
        field, _, last = name.rpartition(".")
        if field and last in catalogue.handbook.languages:
            told = labels(last)["language"] if last in ("en", "zh") else last
            head = words(f"workbook.head.{field.replace('.', '_')}")
            return (
                head
                if len(catalogue.handbook.languages) == 1
                else words("workbook.of_language", name=head, language=told)
            )
        return words(f"workbook.head.{name.replace('.', '_')}")

    return say


def shown_words(catalogue: Catalogue, language: str) -> dict[str, dict[str, str]]:
    """What cells say in a language, by column and by choice; a choice that has no word of its own stays."""
    handbook, first = catalogue.handbook, catalogue.handbook.languages[0]
    made = {column: _told(Words(language, own_words(catalogue)), column) for column in _GROUPS}
    for dimension in handbook.dimensions:
        made[f"results.{dimension.id}"] = {
            id_: name.say(language, first) for id_, name in dimension.values.items()
        }
    made["unit"] = {unit.id: unit.name.say(language, first) for unit in handbook.units}
    return {column: kept for column, words in made.items() if (kept := tellable(words))}


def choice_words(catalogue: Catalogue) -> dict[str, dict[str, str]]:
    """What the words of the pages mean in columns of choices, in every language that they are written in."""
    made: dict[str, dict[str, str]] = {}
    spoken = dict.fromkeys((*languages(), *catalogue.handbook.languages))
    for own in (OwnWords(), own_words(catalogue)):
        for language in spoken:
            words = Words(language, own)
            for column, group in _GROUPS.items():
                known = made.setdefault(column, {})
                for start in (group, _short(column)):
                    known |= {folded(said): id_ for id_, said in _of(words, start).items()}
    return made


def _told(words: Words, column: str) -> dict[str, str]:
    """What each choice of a column is called in a cell."""
    return {
        id_: said
        for id_, said in {**_of(words, _GROUPS[column]), **_of(words, _short(column))}.items()
        if "{" not in said
    }


def _short(column: str) -> str:
    """Where the words stand that only cells say."""
    return f"workbook.choice.{column.replace('.', '_')}"


def _of(words: Words, group: str) -> dict[str, str]:
    return {
        key.rpartition(".")[2]: said
        for key, said in words.at((f"{group}.",)).items()
        if key.rpartition(".")[0] == group
    }
