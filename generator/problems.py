"""What is wrong in the authors' files, and where: the one vocabulary of every stage for it.

A stage never prints and never raises for an author's fault; it adds a `Problem` to the `Problems` it was
given. So one run reports everything, the printers stay in one place, and a traceback is always our own bug.
"""

from __future__ import annotations

import difflib
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from generator.messages import said, spoken

Severity = Literal["error", "warning", "note"]
"""error: the build stops. warning: listed on the site's quality page. note: worth a look."""

Loc = tuple[str | int, ...]
"""The way from a file's root to a value: keys and 0-based positions, e.g. ("targets", 0, "floor")."""

_SHOWN_NAMES = 8
_SHOWN_CHARACTERS = 60


@dataclass(frozen=True, slots=True, order=True)
class FilePosition:
    """A place in a file: posix path from the project's root, 1-based line and column (in characters)."""

    file: str
    line: int
    column: int
    cell: str = ""
    """In a workbook the sheet and the cell, e.g. 月度!C7; of the whole sheet its name."""

    def __str__(self) -> str:
        if self.cell:
            return f"{self.file}:{self.cell}"
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault: where, what was found (`message`), and what to do (`hint`)."""

    mark: FilePosition
    level: Severity
    rule: str
    message: str
    hint: str = ""

    def __str__(self) -> str:
        hint = f"\n    {said('hint: ')}{said(self.hint)}" if self.hint else ""
        return f"{self.mark}: {said(self.level)}[{self.rule}] {said(self.message)}{hint}"


@dataclass(frozen=True, slots=True)
class Source:
    """A file's raw value with the place of every value and key; what the model's locations point back to."""

    file: str
    value: object
    marks: Mapping[Loc, tuple[int, int]] = field(default_factory=dict)
    key_marks: Mapping[Loc, tuple[int, int]] = field(default_factory=dict)

    def mark(self, loc: Loc = (), key: bool = False) -> FilePosition:
        """The place of `loc` (of its key with `key`), or of its nearest known ancestor."""
        while loc:
            place = (self.key_marks.get(loc) if key else None) or self.marks.get(loc)
            if place is not None:
                return FilePosition(self.file, *place)
            loc = loc[:-1]
        return FilePosition(self.file, *self.marks.get((), (1, 1)))

    def with_only(self, key: str, positions: Sequence[int]) -> Source:
        """The places for a list under `key` of which only these positions are left, in their order."""
        place = {old: new for new, old in enumerate(positions)}

        def moved(marks: Mapping[Loc, tuple[int, int]]) -> dict[Loc, tuple[int, int]]:
            inside = {loc for loc in marks if len(loc) > 1 and loc[0] == key}
            return {
                (key, place[loc[1]], *loc[2:]) if loc in inside else loc: where  # type: ignore[index]
                for loc, where in marks.items()
                if loc not in inside or loc[1] in place
            }

        return replace(self, marks=moved(self.marks), key_marks=moved(self.key_marks))


class Problems:
    """Collects problems of all files; iterates sorted by place, without repetitions."""

    def __init__(self, problems: Iterable[Problem] = ()) -> None:
        self._problems: dict[Problem, None] = dict.fromkeys(problems)

    def add(self, problem: Problem) -> None:
        self._problems[problem] = None

    def extend(self, problems: Iterable[Problem]) -> None:
        for problem in problems:
            self.add(problem)

    def error(self, mark: FilePosition, rule: str, message: str, hint: str = "") -> None:
        self.add(Problem(mark, "error", rule, message, hint))

    def warning(self, mark: FilePosition, rule: str, message: str, hint: str = "") -> None:
        self.add(Problem(mark, "warning", rule, message, hint))

    def note(self, mark: FilePosition, rule: str, message: str, hint: str = "") -> None:
        self.add(Problem(mark, "note", rule, message, hint))

    def replace(self, better: Mapping[Problem, Problem]) -> None:
        """Tell some otherwise than before."""
        self._problems = dict.fromkeys(better.get(one, one) for one in self._problems)

    @property
    def has_errors(self) -> bool:
        return any(problem.level == "error" for problem in self._problems)

    def count(self, level: Severity) -> int:
        return sum(problem.level == level for problem in self._problems)

    def __iter__(self) -> Iterator[Problem]:
        return iter(sorted(self._problems, key=lambda p: (p.mark, p.rule, p.message, p.hint, p.level)))

    def __len__(self) -> int:
        return len(self._problems)


class WrongUseError(ValueError):
    """Whoever typed the command asked for something that there is not; the message says what there is.

    Only this is told as wrong use. Any other error that reaches a command is a fault of ours.
    """


def nearest(word: str, known: Iterable[str]) -> str:
    """A hint for an unknown name: the nearest known one, or else what is known (shortened when long)."""
    names = sorted(set(known))
    if not names:
        return "none is known yet"
    folded = {name.casefold(): name for name in names}
    close = difflib.get_close_matches(word.casefold(), list(folded), n=1)
    if close:
        return f"did you mean '{folded[close[0]]}'?"
    more = len(names) - _SHOWN_NAMES
    if more <= 0:
        return f"known: {', '.join(names)}"
    likely = difflib.SequenceMatcher(b=word.casefold())

    def unlike(name: str) -> tuple[float, str]:
        likely.set_seq1(name.casefold())
        return -likely.ratio(), name

    # The nearest are never among those that are only counted, however far the word is from all of them.
    shown = sorted(sorted(names, key=unlike)[:_SHOWN_NAMES])
    return f"known: {', '.join(shown)} and {more} more"


def found(value: object) -> str:
    """A value as the author sees it, short however large it is."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        if not value.strip():
            return "an empty text"
        longest = _SHOWN_CHARACTERS
        return repr(value if len(value) <= longest else value[: longest - 1] + "…")
    if isinstance(value, int):
        return str(value) if abs(value) < 10**_SHOWN_CHARACTERS else "a very large number"
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, dict):
        return "a mapping" if value else "an empty mapping"
    if isinstance(value, list | tuple):
        return f"a list of {len(value)}"
    return f"a {type(value).__name__}"


def below(folder: str, problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems with their files named from further up, where the handbook's own root is `folder`."""
    if not folder:
        return tuple(problems)
    return tuple(
        replace(problem, mark=replace(problem.mark, file=f"{folder}/{problem.mark.file}"))
        for problem in problems
    )


def as_text(problems: Iterable[Problem]) -> str:
    """One problem a paragraph and a closing count, for people."""
    listed = list(problems)
    counts = [(level, sum(p.level == level for p in listed)) for level in ("error", "warning", "note")]
    told = [said(f"{n} {level}{'' if n == 1 else 's'}") for level, n in counts if n]
    summary = ("、" if spoken() == "zh" else ", ").join(told) or said("no problems")
    return "".join(f"{problem}\n" for problem in listed) + f"{summary}\n"


def as_json(problems: Iterable[Problem]) -> str:
    """A list of objects, for programs."""
    rows = [
        {
            "file": p.mark.file,
            "line": p.mark.line,
            "column": p.mark.column,
            "level": p.level,
            "rule": p.rule,
            "message": said(p.message),
            "hint": said(p.hint),
            **({"cell": p.mark.cell} if p.mark.cell else {}),
        }
        for p in problems
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"


def as_github(problems: Iterable[Problem]) -> str:
    """Workflow commands that annotate the lines of a pull request."""
    kinds = {"error": "error", "warning": "warning", "note": "notice"}

    def escaped(text: str, *, value: bool = False) -> str:
        for character, code in (("%", "%25"), ("\r", "%0D"), ("\n", "%0A")):
            text = text.replace(character, code)
        return text.replace(":", "%3A").replace(",", "%2C") if value else text

    return "".join(
        f"::{kinds[p.level]} file={escaped(p.mark.file, value=True)},line={p.mark.line},col={p.mark.column},"
        f"title={escaped(p.rule, value=True)}::{escaped(_one_text(p))}\n"
        for p in problems
    )


def as_gitlab(problems: Iterable[Problem]) -> str:
    """A GitLab code-quality report (a CodeClimate subset)."""
    severity = {"error": "major", "warning": "minor", "note": "info"}
    rows = [
        {
            "description": _one_text(p),
            "check_name": p.rule,
            # Without the line: a problem that only moved stays the same problem in a merge request.
            "fingerprint": hashlib.sha256(f"{p.mark.file}\0{p.rule}\0{p.message}".encode()).hexdigest(),
            "severity": severity[p.level],
            "location": {"path": p.mark.file, "lines": {"begin": p.mark.line}},
        }
        for p in problems
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"


def _one_text(problem: Problem) -> str:
    message = said(problem.message)
    if problem.mark.cell:
        message = f"{problem.mark.cell}: {message}"
    return f"{message} ({said(problem.hint)})" if problem.hint else message
