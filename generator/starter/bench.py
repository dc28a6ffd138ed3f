"""What a command that writes into a handbook has to know of it: its languages, units and taken ids.

Reads `data/handbook.yml` and the names of the files, not the results: quick beside a million rows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from generator.load.files import find_files
from generator.load.heads import folded
from generator.load.partial import sound_part
from generator.load.yaml_file import load_yaml
from generator.model.calendar import Calendar
from generator.problems import Problems, WrongUseError, as_text
from generator.site.writing import write_whole
from generator.starter.texts import written_in

CASES = "content/cases"


@dataclass(frozen=True)
class Bench:
    """A handbook that something is written into."""

    root: Path
    languages: tuple[str, ...]
    units: Mapping[str, str]
    """Its units' names in its first language, by id."""

    calendar: Calendar
    """When its periods start and end."""

    @classmethod
    def of(cls, root: Path) -> Bench:
        """WrongUseError where there is no handbook, or its languages cannot be read."""
        name = "data/handbook.yml"
        if not (root / name).is_file():
            for up in root.parents:
                if (up / name).is_file():
                    raise WrongUseError(f"no handbook here; it is in {up}: run the command there")
            raise WrongUseError(f"no handbook here: {root / name} is missing; begin one with `handbook init`")
        problems = Problems()
        source = load_yaml(root / name, name, problems)
        handbook, broken = sound_part(source) if source else (None, frozenset[str]())
        if handbook is None or "languages" in broken:
            told = as_text(problems).strip() or "its languages cannot be read; `handbook check` says why"
            raise WrongUseError(f"{name}: {told}")
        first = handbook.languages[0]
        units = {} if "units" in broken else {unit.id: unit.name.say(first, first) for unit in handbook.units}
        return cls(root, tuple(handbook.languages), units, handbook.calendar)

    @property
    def spoken(self) -> str:
        """The language of what is told of the files: the first one that ours are written in."""
        return written_in(self.languages)[0]

    @cached_property
    def taken(self) -> Mapping[str, frozenset[str]]:
        """Ids by folder: indicators, processes, pilots, reviews, diagnosis, cases."""
        files = find_files(self.root, Problems())
        folders = ("indicators", "processes", "pilots", "reviews", "diagnosis", "workshops")
        made = {folder: frozenset(files.stems(folder)) for folder in folders}
        cases = (name.removeprefix(f"{CASES}/") for name in files.content if name.startswith(f"{CASES}/"))
        made["cases"] = frozenset(name.split(".")[0] for name in cases if "/" not in name)
        return made

    def unit(self, named: str) -> str:
        """The id of a unit by its id or its name; WrongUseError where the handbook has none such."""
        if named in self.units:
            return named
        ids = [id_ for id_, name in self.units.items() if folded(name) == folded(named)]
        if len(ids) == 1:
            return ids[0]
        if listed := ", ".join(ids):
            raise WrongUseError(f"several units are called '{named}': {listed}; write the id of one")
        known = ", ".join(f"{id_} {name}" for id_, name in self.units.items()) or "none yet"
        raise WrongUseError(
            f"there is no unit '{named}'; there are: {known}; `units` of data/handbook.yml adds one"
        )

    def write(self, files: Mapping[str, str]) -> None:
        """Write new files, each whole; WrongUseError where one is there already, and then none is written."""
        there = [name for name in files if (self.root / name).exists()]
        if there:
            raise WrongUseError(f"{there[0]} is there already; nothing was written")
        for name, text in files.items():
            (self.root / name).parent.mkdir(parents=True, exist_ok=True)
            write_whole(self.root / name, text.encode())
