"""A build with what is kept of earlier ones gives what a build from nothing gives: random edits, every byte.

    python bench/warm_cold.py [PROJECT…] [--edits 40] [--seed 1] [--only KIND…]

Without a project it edits a new handbook, the hospital's, one of two editions and one of a bench shape, in
turns. Each edit is made on top of those before it and built over the same cache, as the usual edition or as
another; then the same files are built in a folder that holds nothing else. An edit that the check refuses is
taken back. Ends with 1 at the first edit after which files differ, says where, and leaves both sites.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import shapes
import yaml
from edits import OTHERS, RESULTS, Edits, NothingError
from same_bytes import digests

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.built import ROOT, handbook

PARTS = ("data", "content", "labels", "mkdocs.yml")
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
