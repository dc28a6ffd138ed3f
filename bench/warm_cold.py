"""A build with what is kept of earlier ones gives what a build from nothing gives: random edits, every byte.

    python bench/warm_cold.py [PROJECT…] [--edits 40] [--seed 1] [--only KIND…]

Without a project it edits a new handbook, the hospital's, one of two editions and one of a bench shape, in
turns. Each edit is made on top of those before it and built over the same cache, as the usual edition or as
another; then the same files are built in a folder that holds nothing else. An edit that the check refuses is
taken back. Ends with 1 at the first edit after which files differ, says where, and leaves both sites.
"""

from __future__ import annotations

import argparse
import csv
import io
import random
import re
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import shapes
import yaml
from same_bytes import digests

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.built import ROOT, handbook

PARTS = ("data", "content", "labels", "mkdocs.yml")
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
UNDO = "undo"
"""The project as it was some edits ago."""


def _copied(project: Path, target: Path) -> None:
    """What a handbook is made from, in place of what there is of it at the target."""
    target.mkdir(parents=True, exist_ok=True)
    for name in PARTS:
        old, new = project / name, target / name
        if new.is_dir():
            shutil.rmtree(new)
        elif new.exists():
            new.unlink()
        if old.is_dir():
            shutil.copytree(old, new)
        elif old.is_file():
            shutil.copy(old, new)


class Fuzz:
    """One project, edited again and again in a folder."""

    def __init__(self, name: str, work: Path, make: Callable[[Path], object], seed: int) -> None:
        self.name, self.work, self.dice = name, work, random.Random(f"{seed} {name}")
        self.project = work / "warm" / "project"
        make(self.project)
        self.editions = [*self._audiences(), None]
        self.before = 0
        self._keep()
        self.tried: Counter[str] = Counter()
        for edition in self.editions:
            self._build(self.project, work / "site-warm", edition)

    def _audiences(self) -> list[str]:
        said = yaml.safe_load((self.project / "data/handbook.yml").read_text(encoding="utf-8"))
        return [*said.get("audiences", ())]

    def _keep(self) -> None:
        _copied(self.project, self.work / "states" / str(self.before))
        self.before += 1

    def _build(self, project: Path, site: Path, edition: str | None) -> str:
        """Empty where it was built, else what was said."""
        asked = ("--edition", edition) if edition else ()
        done = handbook("build", project, "--out", site, *asked)
        return "" if done.returncode == 0 else f"{done.stdout}{done.stderr}"

    def edit(self, kinds: Sequence[str]) -> str | None:
        """Make one edit and build it in both ways; the name of the edit, None for one that was refused.

        SystemExit where the two differ.
        """
        kind = self.dice.choice(kinds)
        try:
            if kind == UNDO:
                _copied(self.work / "states" / str(self.dice.randrange(self.before)), self.project)
            else:
                getattr(Edits(self.project, self.dice), kind)()
        except NothingError:
            return None
        if self.dice.random() < 0.7:
            for record in (self.project / ".handbook-cache").glob("site-*.kept"):
                record.unlink()
        edition = self.dice.choice(self.editions)
        warm, cold, bare = self.work / "site-warm", self.work / "site-cold", self.work / "cold" / "project"
        told = self._build(self.project, warm, edition)
        if "Traceback" in told:
            sys.exit(f"{self.name}: {kind}: {told}")
        if told:
            _copied(self.work / "states" / str(self.before - 1), self.project)
            return None
        shutil.rmtree(bare, ignore_errors=True)
        _copied(self.project, bare)
        if told := self._build(bare, cold, edition):
            sys.exit(f"{self.name}: {kind}: only the warm build passes: {told}")
        one, other = digests(warm), digests(cold)
        differ = sorted(path for path in one.keys() | other.keys() if one.get(path) != other.get(path))
        if differ:
            head = f"{self.name}: {kind} (edition {edition}): {len(differ)} differ in {self.work}"
            sys.exit(f"{head}\n{_first(warm, cold, differ)}")
        self._keep()
        self.tried[kind] += 1
        return kind


def _first(warm: Path, cold: Path, differ: Sequence[str]) -> str:
    """Where the first file of each ending differs that both have."""
    told = [*differ[:12], ""]
    seen = set()
    for path in differ:
        one, other = warm / path, cold / path
        if path == "SHA256SUMS" or one.suffix in seen or not (one.is_file() and other.is_file()):
            continue
        seen.add(one.suffix)
        a, b = one.read_bytes(), other.read_bytes()
        place = next((n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
        cut = slice(max(place - 150, 0), place + 150)
        told += [
            f"{path} at {place}",
            f"  warm: {a[cut].decode(errors='replace')}",
            f"  cold: {b[cut].decode(errors='replace')}",
        ]
    return "\n".join(told)


def _shape(project: Path) -> None:
    shapes.make(project, shapes.Shape(18, 2, months=12, processes=1, steps=6, reviews=6, regions=1))
    for path in project.glob("data/indicators/*.yml"):  # which have been there from the first month on
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("2023-12-01, change: created", "2020-12-01, change: created"), "utf-8")


PROJECTS: dict[str, Callable[[Path], object]] = {
    "new": lambda project: handbook("init", project),
    "hospital": lambda project: _copied(ROOT / "examples/hospital", project),
    "audiences": lambda project: _copied(ROOT / "tests/sites/audiences", project),
    "shape": _shape,
}


def main() -> None:
    """Edit, build, compare, tell."""
    parser = argparse.ArgumentParser()
    parser.add_argument("projects", nargs="*", help=f"folders, or of {', '.join(PROJECTS)}")
    parser.add_argument("--edits", type=int, default=40, help="how many are built, of all projects together")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", nargs="*", choices=(*RESULTS, *OTHERS, UNDO), help="kinds of edits")
    asked = parser.parse_args()
    kinds = asked.only or [*RESULTS, *RESULTS, *OTHERS, UNDO, UNDO]
    work, made = Path(tempfile.mkdtemp(prefix="handbook-warm-cold-")), 0
    fuzzes = [
        Fuzz(name, work / str(n), PROJECTS.get(name, partial(_copied, Path(name))), asked.seed)
        for n, name in enumerate(asked.projects or PROJECTS)
    ]
    while made < asked.edits:
        for fuzz in fuzzes:
            kind = fuzz.edit(kinds)
            if kind:
                made += 1
                print(f"{made}: {fuzz.name}: {kind}", flush=True)
    for fuzz in fuzzes:
        print(f"{fuzz.name}: " + ", ".join(f"{number} {kind}" for kind, number in sorted(fuzz.tried.items())))
    print(f"{made} edits, 0 files differ")
    shutil.rmtree(work)


if __name__ == "__main__":
    main()
