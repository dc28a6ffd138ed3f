"""The library that `handbook add` takes from: sets of definitions, and packs with process and pilot.

Nothing is overwritten: what a handbook has under the same id stays, and is what the rest then refers to.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from generator.load.heads import folded
from generator.load.validate import validate
from generator.load.yaml_file import load_yaml
from generator.model.common import Id, Items, Part
from generator.model.text import Text
from generator.problems import Problems, WrongUseError, nearest
from generator.starter.bench import Bench
from generator.starter.texts import filled, in_languages

HERE = Path(__file__).parent

_LIST = re.compile(r"^(guardrails|replaces): \[([^\]]*)\]$", re.MULTILINE)
_LINK = re.compile(r"^  - \{indicator: ([a-z0-9-]+), how: .*\n", re.MULTILINE)
_OWNER = re.compile(r"^((?:    )?(?:owner|lead|sponsor): \{)(?=role:)", re.MULTILINE)
_LINKS = re.compile(r"^contributes_to:\n((?:  - .*\n)*)", re.MULTILINE)


class LibrarySet(Part):
    """A set of definitions, or a pack: a process, its indicators and a pilot to begin with."""

    id: Id
    """Its name for `handbook add`."""

    name: Text
    """Its name for readers."""

    about: Text
    """What it is good for."""

    indicators: Items[Id]
    """Its definitions."""

    process: Id | None = None
    """The process of a pack."""

    pilot: Id | None = None
    """The pilot of a pack."""

    @property
    def files(self) -> dict[str, Path]:
        """Where each of its files goes, and where it lies here."""
        made = {f"data/indicators/{id_}.yml": HERE / "library" / f"{id_}.yml" for id_ in self.indicators}
        if self.process:
            made[f"data/processes/{self.process}.yml"] = HERE / "packs" / f"{self.id}.process.yml"
        if self.pilot:
            made[f"data/pilots/{self.pilot}.yml"] = HERE / "packs" / f"{self.id}.pilot.yml"
        return made


class Library(Part):
    """starter/sets.yml."""

    sets: Items[LibrarySet]
    """In the order in which they are listed."""


@dataclass
class Plan:
    """What is to be written, and what is to be said of it."""

    files: dict[str, str] = field(default_factory=dict)
    skipped: list[str] = field(default_factory=list)
    """Ids that the handbook has already."""

    left_out: list[str] = field(default_factory=list)
    """References to indicators that the handbook does not have."""


@lru_cache(maxsize=1)
def library() -> Mapping[str, LibrarySet]:
    """All sets by their id."""
    problems = Problems()
    source = load_yaml(HERE / "sets.yml", "sets.yml", problems)
    made = validate(source, Library, problems) if source else None
    if made is None:
        raise RuntimeError(f"the shipped sets.yml is broken: {[str(problem) for problem in problems]}")
    return {one.id: one for one in made.sets}


def indicator_name(id_: str, language: str) -> str:
    """What a definition of the library is called; read off its line, because a list asks for all of them."""
    text = (HERE / "library" / f"{id_}.yml").read_text(encoding="utf-8")
    line = re.search(r"^name: (.*)$", in_languages(text, [language]), re.MULTILINE)
    return line[1].strip("\"'") if line else ""


def set_named(name: str) -> LibrarySet:
    """WrongUseError for one that there is not."""
    known = library()
    own = folded(name)
    named = [one for one in known.values() if own in map(folded, (one.id, *one.name.all()))]
    if len(named) == 1:
        return named[0]
    raise WrongUseError(f"there is no set '{name}'; {nearest(name, known)}; `handbook add` lists them")


def planned(
    bench: Bench, wanted: LibrarySet, only: Sequence[str], *, month: str, unit: str | None = None
) -> Plan:
    """What `handbook add` would write of a set, all of it or `only` these ids.

    `month` (2026-11) is when a pack's pilot begins, `unit` answers for what it brings. WrongUseError for an
    id that the set does not have, or a unit that the handbook does not.
    """
    unit = None if unit is None else bench.unit(unit)
    ids = {Path(name).stem: name for name in wanted.files}
    for id_ in only:
        if id_ not in ids:
            raise WrongUseError(f"'{wanted.id}' has no '{id_}'; {nearest(id_, ids)}")
    plan = Plan()
    chosen = {id_: name for id_, name in ids.items() if not only or id_ in only}
    new = {id_: name for id_, name in chosen.items() if not _is_taken(bench, name)}
    plan.skipped = [id_ for id_ in chosen if id_ not in new]
    known = {Path(name).stem for name in new.values() if "/indicators/" in name}
    known |= bench.taken["indicators"]
    for id_, name in new.items():
        text = in_languages(wanted.files[name].read_text(encoding="utf-8"), bench.languages)
        if "/indicators/" in name:
            plan.files[name] = _owned(with_known(text, id_, known, plan), unit)
            continue
        lacking = [one for one in wanted.indicators if one not in known]
        if lacking:
            also = " ".join(f"--only {one}" for one in lacking)
            raise WrongUseError(f"'{id_}' needs {', '.join(lacking)}; add them too: {also}")
        process = wanted.process if "/pilots/" in name else None
        if process and process not in new and process not in bench.taken["processes"]:
            raise WrongUseError(f"'{id_}' needs its process; add it too: --only {process}")
        plan.files[name] = _owned(filled(text, {"month": month}), unit)
    return plan


def _owned(text: str, unit: str | None) -> str:
    """With the unit in every owner of an indicator, a process or a pilot's pack."""
    return text if unit is None else _OWNER.sub(rf"\1unit: {unit}, ", text)


def _is_taken(bench: Bench, name: str) -> bool:
    folder = name.split("/")[1]
    return Path(name).stem in bench.taken[folder]


def with_known(text: str, id_: str, known: Collection[str], plan: Plan) -> str:
    """Without references to what the handbook does not have; those to guardrails wait in a comment."""

    def listed(found: re.Match[str]) -> str:
        named = [one.strip() for one in found[2].split(",")]
        there = [one for one in named if one in known]
        missing = [one for one in named if one not in known]
        plan.left_out += [f"{id_}: {found[1]}: {one}" for one in missing if found[1] == "guardrails"]
        waits = f"# {found[1]}: [{', '.join(named)}]"
        if not there:
            return waits if found[1] == "guardrails" else ""
        line = f"{found[1]}: [{', '.join(there)}]"
        return f"{waits}\n{line}" if missing and found[1] == "guardrails" else line

    def linked(found: re.Match[str]) -> str:
        kept = "".join(line[0] for line in _LINK.finditer(found[1]) if line[1] in known)
        return f"contributes_to:\n{kept}" if kept else ""

    return re.sub(r"\n{2,}(?=[a-z_]+:)", "\n", _LIST.sub(listed, _LINKS.sub(linked, text)))
