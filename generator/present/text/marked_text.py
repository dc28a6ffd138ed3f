"""Text in which every number says what it is.

Where a named figure becomes words, the words remember it: in HTML it stands as
`<data value="98.17092" data-figure="pilots/north/score">98</data>`, everywhere else (a title, an attribute, a
CSV file) the same text is plain. Sentences keep the marks of what is put into them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from fractions import Fraction
from functools import cache
from string import Formatter
from typing import NamedTuple, SupportsIndex

from markupsafe import Markup, escape

from generator.compute.insight.named import Count, Figure
from generator.model.written import written
from generator.present.text.spacing import spaced


class FigureMark(NamedTuple):
    """A figure from one place of a text to another."""

    start: int
    end: int
    figure: Figure | Count
    of: int | Fraction = 0
    """The text says the figure times this; 0: as it is, a share in per cent with its sign."""


class Label(str):
    """A word between others, which keeps the marks of what it joins."""

    __slots__ = ()

    def join(self, parts: Iterable[str], /) -> str:
        """The parts with this between them."""
        own = tuple(parts)
        return concat([item for part in own for item in (self, part)][1:]) if _any(own) else super().join(own)

    def __add__(self, other: str, /) -> str:
        return concat((self, other)) if isinstance(other, MarkedText) else super().__add__(other)


class MarkedText(Label):
    """A text with figures in it. Its value as a string is plain."""

    __slots__ = ("marks",)

    marks: tuple[FigureMark, ...]

    def __new__(cls, text: str, marks: tuple[FigureMark, ...] = ()) -> MarkedText:
        made = super().__new__(cls, text)
        made.marks = marks
        return made

    def __html__(self) -> Markup:
        # By hand, because Markup.format takes ten times as long, and a page has hundreds of figures.
        text, place = str(self), 0
        parts: list[str] = []
        for start, end, figure, of in self.marks:
            times = f' data-of="{of!s}"' if of else ""
            parts += (
                escape(text[place:start]),
                f'<data value="{written(figure)}" data-figure="{escape(figure.name)}"{times}>',
                escape(text[start:end]),
                "</data>",
            )
            place = end
        parts.append(escape(text[place:]))
        return Markup("".join(parts))

    def __add__(self, other: str, /) -> str:
        return concat((self, other))

    def __radd__(self, other: str, /) -> str:
        return concat((other, self))

    def __getitem__(self, key: SupportsIndex | slice, /) -> str:
        text = super().__getitem__(key)
        if not isinstance(key, slice):
            return text
        first, last, step = key.indices(len(self))
        if step != 1:
            return text
        kept = tuple(
            FigureMark(start - first, end - first, figure, of)
            for start, end, figure, of in self.marks
            if first <= start and end <= last
        )
        return MarkedText(text, kept) if kept else text


def capital(text: str) -> str:
    """The text with a capital letter first."""
    first = text[:1]
    raised = first.upper()
    if isinstance(text, MarkedText) and len(raised) == len(first):
        return MarkedText(raised + str(text)[1:], text.marks)
    return raised + text[1:]


def marked(text: str, figure: float | None, of: int | Fraction = 0) -> str:
    """A text that says a figure; plain where the figure has no name."""
    if isinstance(figure, (Figure, Count)):  # twice as fast as with `|`, for every number
        return MarkedText(text, (FigureMark(0, len(text), figure, of),))
    return text


def plain(value: object) -> object:
    """A text without marks; anything else as it is."""
    return str(value) if isinstance(value, MarkedText) else value


def concat(parts: Iterable[str]) -> str:
    """Texts after each other, with their marks."""
    given = parts if isinstance(parts, (list, tuple)) else tuple(parts)
    text = "".join(given)
    if not _any(given):
        return text
    marks, place = [], 0
    for part in given:
        if type(part) is MarkedText:
            marks += [
                FigureMark(start + place, end + place, figure, of) for start, end, figure, of in part.marks
            ]
        place += len(part)
    return MarkedText(text, tuple(marks)) if marks else text


def filled(label: str, names: Mapping[str, object], *, chinese: bool = False) -> str:
    """A label with its names put in; figures and texts that hold some keep their marks.

    `chinese`: spaces between Chinese and Latin are set where both meet.
    """
    pieces, enclosed = _pieces(label)
    for inner in enclosed:
        value = names[inner]
        if isinstance(value, str) and not isinstance(value, Markup) and not _BRACKETS.isdisjoint(value):
            names = {**names, inner: within_brackets(value)}
    if not chinese and not _any(names.values()):
        return label.format(**names)
    parts: list[str] = []
    for literal, name in pieces:
        parts.append(literal)
        if name is not None:
            value = names[name]
            parts.append(value if isinstance(value, str) else marked(format(value), value))  # type: ignore[arg-type]
    return concat(spaced(parts) if chinese else parts)


def within_brackets(text: str) -> str:
    """The text as it stands inside brackets: its own become the inner ones, [ ] and 〔 〕, so that none close
    twice in a row."""
    inner = str(text).translate(_INNER)
    return MarkedText(inner, text.marks) if isinstance(text, MarkedText) else inner


_INNER = str.maketrans("()（）", "[]〔〕")
_BRACKETS = frozenset("()（）")


@cache
def _pieces(label: str) -> tuple[tuple[tuple[str, str | None], ...], tuple[str, ...]]:
    """The words of a label with the place behind each, and which places stand inside brackets."""
    pieces, enclosed, depth = [], [], 0
    for literal, name, _, _ in Formatter().parse(label):
        pieces.append((literal, name))
        depth += len(_OPEN.findall(literal)) - len(_CLOSE.findall(literal))
        if name is not None and depth > 0:
            enclosed.append(name)
    return tuple(pieces), tuple(enclosed)


_OPEN, _CLOSE = re.compile(r"[(（]"), re.compile(r"[)）]")


def _any(values: Iterable[object]) -> bool:
    # What looks at every text of every page: a set asks faster than a loop.
    return not _carriers.isdisjoint(map(type, values))


_carriers = frozenset((MarkedText, Figure, Count))
