"""Recognises finished English sentences by their patterns, and says them in Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise
from pathlib import Path

_PLACE = re.compile(r"\{\{|\}\}|\{(\w+)(!s)?\}")
_ESCAPES = {"n": "\n", "t": "\t"}

_LEAST = 5
"""Signs of its own that a pattern needs so that a sentence may be known by it alone."""

_TAILS = (re.compile(r" \([^()]*\bmore\b[^()]*\)$"), re.compile(r",? and \d+ more$"))
"""What the code puts behind a list or a sentence that it has cut."""

_HEADS = (
    (re.compile(r"([\w./\[\]-]+): "), "{}："),
    (re.compile(r"('[^']*'): "), "{}："),
    (re.compile(r"'([^']*)' "), "“{}”"),
)
"""What the code puts before a sentence: a key or a file, a name."""

_SENTENCES = re.compile(r"(?<!e\.g)(?<!i\.e)\. ")

_PLAIN = re.compile(r"\S+|[\w.-]+: \S.*|'[^']*'")
"""An item of a list that is no sentence: a word, a key with its value, a name."""

_CODES = re.compile(r"[\w.-]+(: \S+)?(, [\w.-]+(: \S+)?)*( (and|or) [\w.-]+(: \S+)?)?")
"""Keys and values of the data format, joined to a list."""

_NO_BLANK = re.compile(r"(?<=[\u4e00-\u9fff，。；：、”）]) (?=[\u4e00-\u9fff“（])")
"""Between two Chinese signs stands no blank, whatever was put together."""

_JOINTS = ((" and no ", "，也没有"), (" and ", " 和 "), (" or ", " 或 "), (", ", "、"))
"""Between the items of a list that the code has joined, and what stands there in Chinese."""


def entries(path: Path) -> Iterator[tuple[str, str]]:
    """(msgid, msgstr) of a catalogue in gettext's form, those without a translation too; not its head."""
    key, value, filling = "", "", ""
    for line in [*path.read_text("utf-8").splitlines(), ""]:
        if line.startswith("#"):
            continue
        if not line:
            if key:
                yield key, value
            key, value = "", ""
        if line.startswith("msg"):
            filling = line[:6]
        words = _unquoted(line)
        key, value = (key + words, value) if filling == "msgid " else (key, value + words)


def _unquoted(line: str) -> str:
    inner = line[line.find('"') + 1 : line.rfind('"')]
    if "\\" not in inner:
        return inner
    return re.sub(r"\\(.)", lambda found: _ESCAPES.get(found[1], found[1]), inner)


def parts_of(pattern: str) -> tuple[tuple[str, ...], tuple[tuple[str, bool], ...]]:
    """The words of a pattern, and between them its places: their names, and whether as they stand (`!s`)."""
    words, places, last = [""], list[tuple[str, bool]](), 0
    for found in _PLACE.finditer(pattern):
        words[-1] += pattern[last : found.start()]
        last = found.end()
        if found[1] is None:
            words[-1] += found[0][0]
        else:
            places.append((found[1], found[2] is not None))
            words.append("")
    words[-1] += pattern[last:]
    return tuple(words), tuple(places)


@dataclass(frozen=True)
class _Pattern:
    """One sentence of the catalogue with places in it."""

    words: tuple[str, ...]
    names: tuple[str, ...]
    """Of its places."""
    quoted: frozenset[str]
    """Those that stand in quotes: the author's own words."""
    meant: str

    @cached_property
    def longest(self) -> str:
        return max(self.words, key=len)

    @cached_property
    def weight(self) -> int:
        """How many signs are its own."""
        return sum(len(words.replace(" ", "")) for words in self.words)

    @cached_property
    def begins(self) -> bool:
        """A word and then one thing, as `write {name}`: known by how it begins."""
        return (
            len(self.names) == 1
            and self.words[0].endswith(" ")
            and self.words[0].replace(".", "").strip().isalpha()
            and len(self.words[0]) > 3
        )

    @cached_property
    def exact(self) -> re.Pattern[str]:
        """A place of a pattern with few signs of its own holds no blanks, or it would fit anything."""
        place = "(.*?)" if self.weight >= _LEAST or self.begins else r"('.*?'|[^\s']*?)"
        said = re.escape(self.words[0])
        for before, after in pairwise(self.words):
            # Right behind another place stands what the code adds to it, or nothing.
            said += (
                r"((?:,|;| \(| of | and ).*|)" if not before and said.endswith(")") else place
            ) + re.escape(after)
        return re.compile(said, re.DOTALL)

    def found_in(self, text: str) -> re.Match[str] | None:
        if (
            self.longest not in text
            or not text.startswith(self.words[0])
            or not text.endswith(self.words[-1])
        ):
            return None
        return self.exact.fullmatch(text)


@dataclass(frozen=True)
class _Catalogue:
    whole: dict[str, str]
    """Sentences without a place."""
    patterns: tuple[_Pattern, ...]
    """Those with the most signs of their own first: what is special goes before what is general."""


@lru_cache
def _catalogue() -> _Catalogue:
    whole, patterns = dict[str, str](), list[_Pattern]()
    for key, value in entries(Path(__file__).with_name("zh.po")):
        if not value:
            continue
        words, places = parts_of(key)
        if places:
            names = tuple(name for name, _ in places)
            quoted = (
                name
                for name, (before, after) in zip(names, pairwise(words), strict=True)
                if before.endswith("'") and re.match(r"[^\w\s]*'", after)
            )
            patterns.append(_Pattern(words, names, frozenset(quoted), value))
        else:
            whole[words[0]] = parts_of(value)[0][0]
    return _Catalogue(whole, tuple(sorted(patterns, key=lambda one: (-one.weight, one.words))))


def translated(text: str) -> str:
    """The sentence in Chinese; what is not known of it stays as it is."""
    return _known(text) or text


@lru_cache(maxsize=4096)
def _known(text: str) -> str | None:
    """A sentence, or several, of which the catalogue knows at least one; else None."""
    sentences = _SENTENCES.split(text.removesuffix("."))
    if len(sentences) > 1 and all(one in _catalogue().whole for one in sentences):
        return "。".join(_catalogue().whole[one] for one in sentences) + "。" * text.endswith(".")
    best = _best(text)
    return best[1] if best else _in_pieces(text)


@lru_cache(maxsize=4096)
def _best(text: str, part: bool = False) -> tuple[int, str] | None:
    """How much of a text is the catalogue's own words, and what it is in Chinese; None where it is not known.

    A text is one sentence of the catalogue, or one with a name before it or a remark behind. A `part` stands
    in a place of another and may be known by next to no words.
    """
    if (meant := _catalogue().whole.get(text)) is not None:
        # What is the same in both languages, a file's name, tells nothing of the sentence that it stands in.
        return len(text.replace(" ", "")) if meant != text else 0, meant
    if tailed := _tailed(text):
        return tailed
    tried = (_headed(text), _by_pattern(text, part))
    found = max((one for one in tried if one is not None), key=lambda one: one[0], default=None)
    head = _best(text[:-1]) if text.endswith(".") else None
    return found if head is None or (found and found[0] > head[0]) else (head[0], f"{head[1]}。")


def _by_pattern(text: str, part: bool) -> tuple[int, str] | None:
    """By the sentence of which, with what is known of its places, most is the catalogue's own."""
    found = [
        (pattern.weight + _known_inside(pattern, match), pattern.weight, pattern, match)
        for pattern in _catalogue().patterns
        if pattern.weight >= _LEAST or part or pattern.begins
        if (match := pattern.found_in(text))
    ]
    if not found:
        return None
    whole, _, pattern, match = max(found, key=lambda one: one[:2])
    return whole, _filled(pattern, match)


def _known_inside(pattern: _Pattern, found: re.Match[str]) -> int:
    places = zip(pattern.names, found.groups(), strict=True)
    inner = (_best(value, part=True) for name, value in places if name not in pattern.quoted and " " in value)
    return len("".join("." * known[0] for known in inner if known))


def _tailed(text: str) -> tuple[int, str] | None:
    """A sentence and behind it how many more there are."""
    for end in _TAILS:
        if (found := end.search(text)) and found.start():
            head, tail = _best(text[: found.start()]), _by_pattern(found[0], part=True)
            if head is not None and tail is not None:
                return head[0] + tail[0], head[1] + tail[1]
    return None


def _headed(text: str) -> tuple[int, str] | None:
    """A sentence and before it the key, the file or the name of which it speaks."""
    for head, meant in _HEADS:
        if found := head.match(text):
            rest = _best(text[found.end() :], part=True)
            if rest is not None:
                return rest[0], meant.format(found[1]) + rest[1]
    return None


def _filled(pattern: _Pattern, found: re.Match[str]) -> str:
    given = dict(zip(pattern.names, found.groups(), strict=True))
    words, places = parts_of(pattern.meant)
    filled = words[0]
    for (name, as_it_is), after in zip(places, words[1:], strict=True):
        value = given[name]
        filled += (_as_it_is(value) if as_it_is or name in pattern.quoted else _inner(value)) + after
    return _NO_BLANK.sub("", filled)


def _as_it_is(text: str) -> str:
    """Keys and values of the data format, in which only the joint of a list is Chinese."""
    if not _CODES.fullmatch(text):
        return text
    return text.replace(" and ", " 和 ").replace(" or ", " 或 ")


@lru_cache(maxsize=4096)
def _inner(text: str) -> str:
    """What stands in a place: a part of a sentence that the code made too, or a value of the author's."""
    if not text or (text[0] == text[-1] == "'" and "'" not in text[1:-1]):
        return text
    whole = _catalogue().whole.get(text) or _listed(text, known=True)
    if whole is not None:
        return whole
    if found := _best(text, part=True):
        return found[1]
    return _listed(text) or _in_pieces(text) or text


def _listed(text: str, known: bool = False) -> str | None:
    """Items that the code has joined, each known or a plain word, key or name; None where it is no list.

    With `known` each has to be a part of a sentence.
    """
    for joint, meant in _JOINTS:
        items = text.split(joint)
        if len(items) == 1:
            continue
        inner = [_inner(item) for item in items]
        fits = [
            new != old or (not known and bool(_PLAIN.fullmatch(old)))
            for new, old in zip(inner, items, strict=True)
        ]
        if all(fits) and (meant != "、" or inner != items):
            return meant.join(inner)
    return None


def _in_pieces(text: str) -> str | None:
    """A text of several sentences, of which at least one is known; None where none is."""
    for joint, meant in (("\n", "\n"), (". ", "。"), ("; ", "；"), (": ", "："), (", ", "，")):
        head, found, rest = text.partition(joint)
        if joint == ". ":
            head, *more = _SENTENCES.split(text, maxsplit=1)
            found, rest = joint if more else "", "".join(more)
        if not found or (joint == ": " and _PLAIN.fullmatch(text)):
            continue
        new = [_known(piece) or piece for piece in (head, rest)]
        if (new[0] != head and new[1] != rest) or (joint != ", " and new != [head, rest]):
            return f"{new[0]}{meant}{new[1]}"
    return None
