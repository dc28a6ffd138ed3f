"""YAML to plain values, with the place of every key and value, in the words of an author.

The files are composed here from the parser's events, not by the library's constructor: YAML 1.2 core scalars
(`no`, `on`, `1:30`, `2025-03-01` stay text), duplicate keys refused, aliases bounded, nothing executed, and
a line and column for each value, which the library's constructor does not keep.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from generator.load.capped import MOST_TOLD
from generator.load.decode import place, read_text
from generator.load.yaml_slips import conflict, one_item, slip_in, slip_in_key
from generator.model.bounds import UNPRINTABLE, named
from generator.problems import FilePosition, Loc, Problems, Source

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

MAX_DEPTH = 40
MAX_ALIASED = 10_000
"""Values that all aliases of a file may stand for, together."""

_NULL = frozenset(("", "~", "null", "Null", "NULL"))
_TRUE = frozenset(("true", "True", "TRUE"))
_FALSE = frozenset(("false", "False", "FALSE"))
_INT = re.compile(r"[-+]?[0-9]{1,300}|0o[0-7]{1,300}|0x[0-9a-fA-F]{1,300}")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_ESCAPE = re.compile(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))", re.DOTALL)
_LETTERS = {"0": "\0", "a": "\a", "b": "\b", "e": "\x1b", "v": "\v", "f": "\f"}
_SPECIAL = re.compile(r"([-+]?)\.(inf|Inf|INF)|\.(nan|NaN|NAN)")


def core_scalar(text: str) -> object:
    """The value of an unquoted scalar in the YAML 1.2 core schema."""
    if text in _NULL:
        return None
    if text in _TRUE or text in _FALSE:
        return text in _TRUE
    if text[0] not in "-+.0123456789":
        return text
    if _INT.fullmatch(text):
        return int(text, 0) if text[:2] in ("0o", "0x") else int(text)
    if _FLOAT.fullmatch(text):
        return float(text)
    special = _SPECIAL.fullmatch(text)
    if special:
        return float("nan") if special[3] else float(special[1] + "inf")
    return text


def load_yaml(path: Path, name: str, problems: Problems) -> Source | None:
    """The file's value and places; None (and a problem) when it cannot be read as YAML.

    `name` is the posix path from the project's root, as problems show it.
    """
    text = read_text(path, name, problems)
    return None if text is None else load_yaml_text(text, name, problems)


def load_yaml_text(text: str, name: str, problems: Problems, first_line: int = 1) -> Source | None:
    """As `load_yaml`, from text with `\\n` line ends; `first_line` is its line in the file."""
    left = conflict(text)
    if left is not None:
        mark = FilePosition(name, first_line + left[0], 1)
        message = f"a merge conflict that was not resolved, down to line {first_line + left[1]}"
        problems.error(mark, "yaml-syntax", message, "keep what holds of both, and delete the lines of signs")
        return None
    composer = _Composer(name, text, first_line - 1, problems)
    try:
        found = composer.document()
    except yaml.MarkedYAMLError as fault:
        composer.report(fault)
        return None
    except _RefusedError as fault:
        problems.error(fault.mark, fault.rule, fault.message, fault.hint)
        return None
    if found is None or found[0] is None:
        problems.error(
            FilePosition(name, first_line, 1), "empty-file", "the file is empty", "fill it, or delete it"
        )
        return None
    return Source(name, found[0], composer.marks, composer.key_marks)


@dataclass
class _RefusedError(Exception):
    """Something that YAML allows and we do not; nothing after it can be trusted."""

    mark: FilePosition
    rule: str
    message: str
    hint: str = ""


@dataclass
class _Composer:
    name: str
    text: str
    line_offset: int
    problems: Problems
    marks: dict[Loc, tuple[int, int]] = field(default_factory=dict)
    key_marks: dict[Loc, tuple[int, int]] = field(default_factory=dict)
    anchors: dict[str, tuple[object, int] | None] = field(default_factory=dict)
    aliased: int = 0
    _repeated: int = 0

    def document(self) -> tuple[object, int] | None:
        """The root value and its count of values; None for a file without a document."""
        events = iter(yaml.parse(self.text, Loader=_Loader))
        root: tuple[object, int] | None = None
        started = False
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                if started:
                    raise _RefusedError(
                        self._mark(event),
                        "yaml-syntax",
                        "a second document starts here ('---')",
                        "one file holds one document: split it",
                    )
                started = True
            elif isinstance(event, yaml.NodeEvent):
                root = self._value(event, events, (), 0)
        return root

    def report(self, fault: yaml.MarkedYAMLError) -> None:
        """A syntax error in an author's words, where the author made it."""
        at, started = fault.problem_mark or fault.context_mark, fault.context_mark
        mark = self._place(at.line, at.column) if at else FilePosition(self.name, self.line_offset + 1, 1)
        problem, context = fault.problem or "", fault.context or ""
        character = self._character(at.line, at.column) if at else ""
        opening = self._place(started.line, started.column) if started else mark
        message, hint = problem, "check the indentation and the quotes above this place"
        if self._slipped(opening, mark):
            return
        if character == "\t" or "tab character" in problem:
            message, hint = "found a tab", "indent with spaces"
        elif "cannot start any token" in problem:
            message, hint = f"a value cannot start with '{character}'", f'put it in quotes: "{character}…"'
        elif "could not find expected ':'" in problem:
            mark, message = opening, "a key without a colon"
            hint = "write 'key: value'; text that is not a key goes in quotes or is indented under its key"
        elif "mapping values are not allowed" in problem:
            message = "': ' inside a value"
            hint = "put text that holds a colon in quotes; a key needs the indentation of the keys around it"
        elif "undefined alias" in problem:
            message, hint = problem.replace("found ", ""), "define it with & before it is used with *"
        elif "found unexpected end of stream" in problem or "unexpected end of" in problem:
            mark, message, hint = opening, "a quote that is opened here is never closed", "close it"
        elif "did not find expected ',' or" in problem and character == ":" and opening.line == mark.line:
            message, hint = "': ' inside a value", "put the text that holds the colon in quotes"
        elif "did not find expected ',' or" in problem:
            bracket = "}" if "mapping" in context else "]"
            message = f"expected ',' or '{bracket}' here, to go on with what starts at line {opening.line}"
            hint = f"separate with commas, close with '{bracket}', put text with , : [ ] {{ }} in quotes"
        elif "did not find expected key" in problem:
            message = f"this line does not fit the mapping that starts at line {opening.line}"
            hint = "indent it like the keys above, and put text with : # or quotes in it in quotes"
        elif "did not find expected '-' indicator" in problem:
            message = f"this line does not fit the list that starts at line {opening.line}"
            hint = "indent it like the items above and start it with '- '"
        elif "escape" in problem:
            message = "a backslash that stands for nothing"
            hint = "write it twice, or use single quotes, where a backslash is only a backslash"
        elif "expected node content" in problem:
            message, hint = f"'{character}' does not belong here", "delete it, or put the text in quotes"
        elif "did not find expected alphabetic" in problem:
            message, hint = f"a value cannot start with a bare '{character or '*'}'", "put it in quotes"
        self.problems.error(mark, "yaml-syntax", message, hint)

    def _slipped(self, *marks: FilePosition) -> bool:
        """Tell of the slip in a line where the fault is; whether there is one."""
        lines = self.text.split("\n")
        for mark in marks:
            at = mark.line - 1 - self.line_offset
            slip = slip_in(lines[at]) if at < len(lines) else None
            if slip is not None:
                place_of = FilePosition(self.name, mark.line, slip.column + 1)
                self.problems.error(place_of, "yaml-syntax", slip.message, slip.hint)
                return True
        return False

    def _value(self, event: Any, events: Iterator[Any], loc: Loc, depth: int) -> tuple[object, int]:
        start = event.start_mark
        self.marks[loc] = (start.line + 1 + self.line_offset, start.column + 1)
        if isinstance(event, yaml.AliasEvent):
            return self._alias(event)
        if event.tag is not None and (event.tag != "!" or not isinstance(event, yaml.ScalarEvent)):
            tag = _short(event.tag.replace("tag:yaml.org,2002:", "!!"))
            raise _RefusedError(
                self._mark(event),
                "yaml-tag",
                f"the tag '{tag}' is not read",
                "remove it; to keep a number as text put it in quotes",
            )
        if depth > MAX_DEPTH:
            message, hint = f"nested more than {MAX_DEPTH} levels deep", "no file of a handbook needs so many"
            raise _RefusedError(self._mark(event), "yaml-syntax", message, hint)
        if event.anchor is not None:
            self.anchors[event.anchor] = None
        found: tuple[object, int]
        if isinstance(event, yaml.ScalarEvent):
            plain = event.style in (None, "") and event.tag is None
            text = self._text(event)
            found = (core_scalar(text) if plain else text, 1)
            if plain and not text.isascii():
                self._look_behind(event)
        elif isinstance(event, yaml.SequenceStartEvent):
            found = self._sequence(events, loc, depth)
            self._look_at_list(event, found[0], loc)
        else:
            found = self._mapping(events, loc, depth)
        if event.anchor is not None:
            self.anchors[event.anchor] = found
        return found

    def _text(self, event: Any) -> str:
        value = str(event.value)
        bad = UNPRINTABLE.search(value)
        if bad:
            raise self._escaped(event, bad[0])
        return value if value.isascii() else unicodedata.normalize("NFC", value)

    def _escaped(self, event: Any, character: str) -> _RefusedError:
        """An escape such as "\\b" smuggles in what the file's own characters cannot be."""
        start = event.start_mark
        written = self.text[start.index : event.end_mark.index]
        escape = next((found for found in _ESCAPE.finditer(written) if _meant(found) == character), None)
        mark = place(self.name, self.text, start.index + (escape.start() if escape else 0))
        said = f"the escape '{escape[0]}'" if escape else "an escape"
        stands = "no character" if "\ud800" <= character <= "\udfff" else named(character)
        return _RefusedError(
            FilePosition(self.name, mark.line + self.line_offset, mark.column),
            "bad-character",
            f"{said} stands for {stands}",
            "to write a backslash, write it twice, or use single quotes; else delete it",
        )

    def _alias(self, event: Any) -> tuple[object, int]:
        if event.anchor not in self.anchors:
            raise _RefusedError(
                self._mark(event),
                "yaml-syntax",
                f"the alias '*{_short(event.anchor)}' is not defined",
                "define it with & before it is used; text that starts with * goes in quotes",
            )
        found = self.anchors[event.anchor]
        if found is None:
            raise _RefusedError(
                self._mark(event),
                "yaml-alias",
                f"the alias '*{_short(event.anchor)}' holds itself",
                "write the value out",
            )
        self.aliased += found[1]
        if self.aliased > MAX_ALIASED:
            raise _RefusedError(
                self._mark(event),
                "yaml-alias",
                f"aliases stand for more than {MAX_ALIASED} values",
                "write the values out",
            )
        return found

    def _sequence(self, events: Iterator[Any], loc: Loc, depth: int) -> tuple[object, int]:
        items: list[object] = []
        count = 1
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            value, size = self._value(event, events, (*loc, len(items)), depth + 1)
            items.append(value)
            count += size
        return items, count

    def _look_behind(self, event: Any) -> None:
        """Note that ` #` ends a text of words, which its author may not have meant."""
        rest = self.text[event.end_mark.index :].partition("\n")[0]
        comment = rest.lstrip(" \t")
        if comment.startswith("#") and comment != rest:
            mark = self._place(event.end_mark.line, event.end_mark.column + len(rest) - len(comment))
            message = f"the text ends before '#': '{_short(comment)}' is a comment"
            self.problems.note(mark, "comment", message, "if it belongs to the text, put all of it in quotes")

    def _look_at_list(self, event: Any, items: object, loc: Loc) -> None:
        """Warn of `[a，b]`, which is one item to YAML."""
        if not event.flow_style or not isinstance(items, list) or len(items) != 1:
            return
        line, column = self.marks[(*loc, 0)]
        slip = one_item(items[0]) if isinstance(items[0], str) else None
        written = self.text.split("\n")[line - 1 - self.line_offset][column - 1 :]
        if slip is not None and written.startswith(items[0][0]) and items[0][0] not in "\"'":
            mark = FilePosition(self.name, line, column + slip.column)
            self.problems.warning(mark, "one-item", slip.message, slip.hint)

    def _mapping(self, events: Iterator[Any], loc: Loc, depth: int) -> tuple[object, int]:
        entries: dict[str, object] = {}
        count = 1
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            key = self._key(event)
            inner = (*loc, key)
            if key in entries and self._repeated < MOST_TOLD:
                self._repeated += 1
                first = self.key_marks[inner][0]
                self.problems.error(
                    self._mark(event),
                    "duplicate-key",
                    f"the key '{_short(key)}' is given twice",
                    f"first given at line {first}; keep one of them",
                )
                inner = (*loc, key, "(repeated)")  # the first one's places stay
            mark = self._mark(event)
            self.key_marks[inner] = (mark.line, mark.column)
            value, size = self._value(next(events), events, inner, depth + 1)
            entries.setdefault(key, value)
            count += size
        return entries, count

    def _key(self, event: Any) -> str:
        if not isinstance(event, yaml.ScalarEvent):
            raise _RefusedError(
                self._mark(event),
                "yaml-syntax",
                "a key must be a plain word",
                "text that starts with { or [ or * goes in quotes",
            )
        if event.value == "<<" and event.style in (None, ""):
            fault = "'<<' (merging of mappings) is not read"
            raise _RefusedError(self._mark(event), "yaml-syntax", fault, "write the keys out")
        slip = slip_in_key(event.value) if event.style in (None, "") else None
        if slip is not None:
            mark = self._mark(event)
            at = FilePosition(mark.file, mark.line, mark.column + slip.column)
            raise _RefusedError(at, "yaml-syntax", slip.message, slip.hint)
        return self._text(event)

    def _mark(self, event: Any) -> FilePosition:
        return self._place(event.start_mark.line, event.start_mark.column)

    def _place(self, line: int, column: int) -> FilePosition:
        # At the end of the text the parser stands behind the last line; the author sees its end.
        if line >= self._lines > 0:
            last = place(self.name, self.text, len(self.text.rstrip("\n")))
            return FilePosition(self.name, last.line + self.line_offset, last.column)
        return FilePosition(self.name, line + 1 + self.line_offset, column + 1)

    @cached_property
    def _lines(self) -> int:
        return self.text.count("\n") + (not self.text.endswith("\n"))

    def _character(self, line: int, column: int) -> str:
        lines = self.text.split("\n")
        return lines[line][column : column + 1] if line < len(lines) else ""


def _meant(escape: re.Match[str]) -> str:
    """The character that an escape stands for, where it is one that may not be."""
    code = escape[1] or escape[2] or escape[3]
    return chr(int(code, 16)) if code else _LETTERS.get(escape[4], "")


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"
