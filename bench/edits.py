"""Edits at random of what authors write, for `warm_cold`."""

from __future__ import annotations

import csv
import io
import random
import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import yaml

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.built import ROOT

WORDS = {"en": " Once more, with feeling.", "zh": "再说一遍。"}
_number = re.compile(r"(?<=: )-?\d+(?:\.\d+)?(?=[,}\n])")
_day = re.compile(r"\b(20\d\d-\d\d)-(\d\d)\b")
_text = re.compile(r"(?<=\b)(en|zh): ([^\n{}\[\]\"'|>,:#]*[\w。.])(?=[,}\n])")
_month = re.compile(r"^(20\d\d)-(\d\d)$")


class NothingError(Exception):
    """The project has nothing that an edit of this kind could change."""


class Edits:
    """The ways to change a project, each by dice."""

    def __init__(self, project: Path, dice: random.Random) -> None:
        self.project, self.dice = project, dice

    def _one(self, *patterns: str) -> Path:
        found = sorted(path for pattern in patterns for path in self.project.glob(pattern))
        if not found:
            raise NothingError
        return self.dice.choice(found)

    def _rows(self) -> tuple[Path, list[str], list[list[str]]]:
        """A file of results: its columns, and its rows."""
        path = self._one("data/results/*.csv")
        head, rows = _table(path)
        if not rows or "indicator" not in head:
            raise NothingError
        return path, head, rows

    def _write(self, path: Path, head: Sequence[str], rows: Sequence[Sequence[str]], end: str = "\n") -> None:
        out = io.StringIO()
        csv.writer(out, lineterminator=end).writerows([head, *rows])
        path.write_text(out.getvalue(), encoding="utf-8", newline="")

    def _replaced(self, path: Path, expression: re.Pattern[str], new: Callable[[re.Match[str]], str]) -> None:
        text = path.read_text(encoding="utf-8")
        found = list(expression.finditer(text))
        if not found:
            raise NothingError
        one = self.dice.choice(found)
        path.write_text(text[: one.start()] + new(one) + text[one.end() :], encoding="utf-8")

    def _other(self, number: str) -> str:
        value = float(number) * self.dice.choice([0.5, 0.93, 1.02, 1.4]) + self.dice.choice([0, 0, 1])
        return f"{value:.{self.dice.choice([0, 1, 2, len(number.partition('.')[2])])}f}"

    def value(self) -> None:
        """A number in a row of results."""
        path, head, rows = self._rows()
        row = self.dice.choice(rows)
        places = [n for n, cell in enumerate(row) if re.fullmatch(r"-?\d+(\.\d+)?", cell)]
        if not places:
            raise NothingError
        place = self.dice.choice(places)
        row[place] = self._other(row[place])
        self._write(path, head, rows)

    def of_pilot(self) -> None:
        """A number in a row of a pilot, sometimes taken from its source on a later day than before."""
        path, head, rows = self._rows()
        found = [row for row in rows if "pilot" in head and row[head.index("pilot")]]
        if not found or "value" not in head:
            raise NothingError
        row = self.dice.choice(found)
        if re.fullmatch(r"-?\d+(\.\d+)?", row[head.index("value")]):
            row[head.index("value")] = self._other(row[head.index("value")])
        place, months = head.index("period"), sorted({row[head.index("period")] for row in rows})
        later = [month for month in months if _month.match(month) and month > row[place]]
        if later and _month.match(row[place]) and self.dice.random() < 0.6:
            if "as_of" not in head:
                head = [*head, "as_of"]
                for other in rows:
                    other.append("")
            row[head.index("as_of")] = f"{self.dice.choice(later)}-{self.dice.randrange(10, 28)}"
        self._write(path, head, rows)

    def note(self) -> None:
        """A note beside a result."""
        path, head, rows = self._rows()
        if "note" not in head:
            head = [*head, "note"]
            rows = [[*row, ""] for row in rows]
        self.dice.choice(rows)[head.index("note")] = f"seen {self.dice.randrange(100)}"
        self._write(path, head, rows)

    def row(self) -> None:
        """A row more, in the middle or at the end: a result of another month."""
        path, head, rows = self._rows()
        row = list(self.dice.choice(rows))
        when = head.index("period")
        month = _month.match(row[when])
        if not month:
            raise NothingError
        ahead = int(month[1]) * 12 + int(month[2]) - 1 + self.dice.choice([-14, -2, 1, 2, 3])
        row[when] = f"{ahead // 12}-{ahead % 12 + 1:02}"
        rows.insert(self.dice.choice([len(rows), self.dice.randrange(len(rows))]), row)
        self._write(path, head, rows)

    def month(self) -> None:
        """A month more for everything in a file."""
        path, head, rows = self._rows()
        when = head.index("period")
        months = sorted({row[when] for row in rows if _month.match(row[when])})
        if not months:
            raise NothingError
        year, last = map(int, months[-1].split("-"))
        new = f"{year + last // 12}-{last % 12 + 1:02}"
        rows += [[*row[:when], new, *row[when + 1 :]] for row in rows if row[when] == months[-1]]
        self._write(path, head, rows)

    def gone(self) -> None:
        """A row less."""
        path, head, rows = self._rows()
        del rows[self.dice.randrange(len(rows))]
        self._write(path, head, rows)

    def all_gone(self) -> None:
        """No result of an indicator or of a pilot any more."""
        path, head, rows = self._rows()
        column = self.dice.choice([name for name in ("indicator", "pilot") if name in head])
        place = head.index(column)
        name = self.dice.choice(rows)[place]
        self._write(path, head, [row for row in rows if row[place] != name])

    def shuffled(self) -> None:
        """The rows in another order, or with other ends of lines, or an empty line among them."""
        path, head, rows = self._rows()
        self.dice.shuffle(rows)
        self._write(path, head, rows, self.dice.choice(["\n", "\r\n"]))

    def blank(self) -> None:
        """An empty line: the rows below it stand elsewhere and say the same."""
        path = self._one("data/results/*.csv")
        lines = path.read_text(encoding="utf-8").split("\n")
        lines.insert(self.dice.randrange(1, len(lines)), "")
        path.write_text("\n".join(lines), encoding="utf-8", newline="")

    def columns(self) -> None:
        """The columns in another order."""
        path, head, rows = self._rows()
        order = list(range(len(head)))
        self.dice.shuffle(order)
        self._write(path, [head[n] for n in order], [[row[n] for n in order] for row in rows])

    def renamed(self) -> None:
        """A file of results under another name."""
        path = self._one("data/results/*.csv")
        path.rename(path.with_name(f"r{self.dice.randrange(1000)}.csv"))

    def split(self) -> None:
        """A file of results as two."""
        path, head, rows = self._rows()
        middle = self.dice.randrange(1, len(rows) + 1)
        self._write(path, head, rows[:middle])
        self._write(path.with_name(f"s{self.dice.randrange(1000)}.csv"), head, rows[middle:])

    def number(self) -> None:
        """A number in a file of the data: a target, a time, a weight, a setting."""
        path = self._one("data/*.yml", "data/*/*.yml")
        self._replaced(path, _number, lambda found: self._other(found[0]))

    def day(self) -> None:
        """A day in a file of the data: of an action, a review, a definition."""
        path = self._one("data/*.yml", "data/*/*.yml")
        self._replaced(path, _day, lambda found: f"{found[1]}-{self.dice.randrange(1, 29):02}")

    def words(self) -> None:
        """A text in a file of the data: of a definition, a review, a pilot, the handbook."""
        path = self._one("data/*.yml", "data/*/*.yml")
        self._replaced(path, _text, lambda found: f"{found[1]}: {found[2]}{WORDS[found[1]]}")

    def action(self) -> None:
        """An action of a review that is done."""
        path = self._one("data/reviews/*.yml")
        text = path.read_text(encoding="utf-8")
        closed = re.sub(
            r"(?m)^( *)status: (open|doing)\n", r"\1status: done\n\1closed: 2026-10-20\n", text, count=1
        )
        if closed == text:
            raise NothingError
        path.write_text(closed, encoding="utf-8")

    def page(self) -> None:
        """A paragraph in a page that authors wrote."""
        path = self._one("content/**/*.md")
        text = path.read_text(encoding="utf-8")
        path.write_text(f"{text}\n\nSeen again on day {self.dice.randrange(1000)}.\n", encoding="utf-8")

    def label(self) -> None:
        """A label of the product in other words."""
        labels = ROOT / "generator/present/labels/en"
        said = yaml.safe_load(
            (labels / self.dice.choice(["library.yml", "common.yml", "parts.yml"])).read_text()
        )
        key, told = self.dice.choice([(key, told) for key, told in said.items() if isinstance(told, dict)])
        under = [(name, text) for name, text in told.items() if isinstance(text, str)]
        if not under:
            raise NothingError
        name, text = self.dice.choice(under)
        file = self.project / "labels/en.yml"
        file.parent.mkdir(exist_ok=True)
        file.write_text(yaml.safe_dump({key: {name: f"{text} (ours)"}}), encoding="utf-8")

    def pilot(self) -> None:
        """A pilot more, with results of its own."""
        path = self._one("data/pilots/*.yml")
        old, new = path.stem, f"{path.stem}-{self.dice.randrange(100)}"
        text = path.read_text(encoding="utf-8")
        path.with_name(f"{new}.yml").write_text(re.sub(rf"\b{old}(?![\w-])", new, text), encoding="utf-8")
        for file in self.project.glob("data/results/*.csv"):
            head, rows = _table(file)
            if "pilot" in head:
                place = head.index("pilot")
                more = [[*row[:place], new, *row[place + 1 :]] for row in rows if row[place] == old]
                self._write(file, head, [*rows, *more])


def _table(file: Path) -> tuple[list[str], list[list[str]]]:
    """The columns and the rows of a CSV, without empty lines, each row as long as the head."""
    head, *rows = csv.reader(io.StringIO(file.read_text(encoding="utf-8-sig")))
    return head, [[*row, *[""] * (len(head) - len(row))] for row in rows if any(row)]


RESULTS = (
    "value",
    "of_pilot",
    "note",
    "row",
    "month",
    "gone",
    "all_gone",
    "shuffled",
    "blank",
    "columns",
    "renamed",
    "split",
)
"""After these pages are taken over."""
OTHERS = ("number", "day", "words", "action", "page", "label", "pilot")
