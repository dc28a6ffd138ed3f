"""The words that a handbook has of its own: terms in every label, labels of its own, further languages.

`terms:` of the handbook puts one word in another's place in all labels. `labels/<language>.yml` beside
`data/` says single labels otherwise, or all of a language that the product does not speak; what is missing
there is said in English.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from string import Formatter

from generator.model.catalogue import Catalogue
from generator.model.terms import TermSwap
from generator.problems import Problems, nearest

STAND_IN = "en"
"""The language of labels that a further language lacks."""
_SHOWN = 5
USUAL = ("two-weekly", "quarter")
"""How often the labels of the product say that reviews are held, short and long."""
_SHORT = {7: "weekly", 14: "two-weekly"}


@dataclass(frozen=True)
class OwnWords:
    """What a handbook says in its own words. Picklable: it goes with the pages of a language."""

    terms: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Labels by language and key."""
    fiscal: bool = False
    """Whether years lie in two calendar years, so that pages have to say which are meant."""
    reviews: tuple[str, str] = USUAL
    """What the short and the long reviews are called after: keys of `reviews.length`."""
    proper_nouns: tuple[str, ...] = ()
    """Words that keep their capital inside a sentence."""

    def of(self, language: str, shipped: Mapping[str, str]) -> Mapping[str, str]:
        """The labels of a language: those of the product, with the handbook's own in their place."""
        own = self.labels.get(language, {})
        if self.reviews != USUAL:
            named = (f"reviews.length.{length}" for length in (*USUAL, *self.reviews))
            short, long, said_short, said_long = (shipped[key] for key in named)
            shipped = _swapped({short: said_short, long: said_long}, shipped)
        made = {**shipped, **own} if own else shipped
        return _swapped(self.terms, made) if self.terms else made


def _swapped(terms: Mapping[str, str], labels: Mapping[str, str]) -> dict[str, str]:
    swap = TermSwap(terms)
    return {key: swap(text) if swap.touches(text) else text for key, text in labels.items()}


NONE = OwnWords()


def own_words(catalogue: Catalogue) -> OwnWords:
    """The handbook's own words."""
    rhythm = catalogue.handbook.review
    called = (_SHORT.get(rhythm.short_every_days, "short"), rhythm.long)
    fiscal = catalogue.handbook.calendar.in_two_years
    nouns = catalogue.handbook.proper_nouns
    return OwnWords(dict(catalogue.handbook.terms), catalogue.labels, fiscal, called, tuple(map(str, nouns)))


def check_labels(catalogue: Catalogue, shipped: Mapping[str, Mapping[str, str]], problems: Problems) -> None:
    """Labels that there are not, places that a label has not, and what a further language still lacks.

    `shipped` are the product's labels by language.
    """
    known = shipped[STAND_IN]
    for language, own in catalogue.labels.items():
        place = f"labels/{language}"
        for key, text in own.items():
            flat = key in getattr(catalogue.sources[place], "value", {})
            loc = (key,) if flat else tuple(key.split("."))
            if key not in known:
                problems.error(
                    catalogue.mark(place, loc, key=True), "unknown-label", f"there is no label '{key}'",
                    nearest(key, known),
                )  # fmt: skip
                continue
            strange = _names(text) - _names(known[key])
            if strange:
                there = ", ".join(f"{{{name}}}" for name in sorted(_names(known[key]))) or "none"
                message = f"'{key}' has no place {{{min(strange)}}}"
                problems.error(catalogue.mark(place, loc), "unknown-place", message, f"its places: {there}")
        if language not in catalogue.handbook.languages:
            message = f"'{language}' is none of the handbook's languages; these labels are not used"
            problems.warning(
                catalogue.mark(place), "unused-labels", message, "add it to languages:, or delete it"
            )
    _check_terms(catalogue, shipped, problems)
    for position, language in enumerate(catalogue.handbook.languages):
        if language in shipped:
            continue
        mark = catalogue.mark("handbook", ("languages", position))
        wanted = [key for key, text in known.items() if text]
        lacking = [key for key in wanted if key not in catalogue.labels.get(language, {})]
        if language not in catalogue.labels:
            message = f"there are no labels in '{language}'; what the site itself says is in English"
            hint = f"`handbook export labels {language} --write` begins labels/{language}.yml"
            problems.warning(mark, "missing-labels", message, hint)
        elif lacking:
            message = f"labels/{language}.yml lacks {len(lacking)} of {len(wanted)} labels; English stands in"
            some = ", ".join(lacking[:_SHOWN])
            hint = f"`handbook export labels {language} --write` lists all of them there, e.g. {some}"
            problems.note(mark, "missing-labels", message, hint)


def _check_terms(catalogue: Catalogue, shipped: Mapping[str, Mapping[str, str]], problems: Problems) -> None:
    """Terms that no label of the handbook's languages has: nothing is told otherwise for them."""
    languages = catalogue.handbook.languages
    labels = [
        text
        for language in (*languages, *(() if set(languages) <= shipped.keys() else (STAND_IN,)))
        for of in (shipped.get(language, {}), catalogue.labels.get(language, {}))
        for text in of.values()
    ]
    for old, new in catalogue.handbook.terms.items():
        if not any(map(TermSwap({old: new}).touches, labels)):
            mark = catalogue.mark("handbook", ("terms", old), key=True)
            message = f"the site has no word '{old}' in {', '.join(languages)}"
            hint = "write the word as its pages say it, in the language of the page"
            problems.note(mark, "unused-term", message, hint)


def _names(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}
