"""Addresses inside the site, always relative: a handbook works from any folder, without a server."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from functools import lru_cache

from generator.model.catalogue import Catalogue
from generator.model.period import Period
from generator.present.text.format import Format

FOLDERS = {
    "indicator": "indicators",
    "pilot": "pilots",
    "process": "processes",
    "step": "roadmap",
    "review": "reviews",
    "diagnosis": "diagnosis",
    "case": "cases",
}
HOME = "index.md"
DOWNLOADS = "downloads.md"
FEED, CALENDAR = "feeds/changes.atom", "feeds/calendar.ics"
"""The feed of changes, and the reviews and open actions for a calendar, in the words of a language."""
MANIFEST = "manifest.json"
SIGNALS = "signals.md"
EVIDENCE = "evidence.md"
CASES = "cases/index.md"
DIAGNOSIS = "diagnosis/index.md"
REVIEWS = "reviews/index.md"
ACTIONS = "actions.md"
AGENDA = "agenda.md"
RHYTHM = "rhythm.md"
LEVELS = "levels.md"
REDESIGN = "redesign.md"
COACHING = "coaching.md"
SPREAD = "spread.md"
INCENTIVES = "incentives.md"
NODE_TOOLS = "tools.md"
OFFICES = "offices.md"
MEASURES = "measures.md"
FIND_CASE = "find-case.md"
PILLARS = "pillars.md"
STRATEGY = "strategy.md"
CASCADE = "strategy/cascade.md"
LOOP = "strategy/loop.md"
X_MATRIX = "strategy/x-matrix.md"


@dataclass(frozen=True, slots=True)
class Ref:
    """A link with its words; an empty address is text without a link."""

    title: str
    href: str = ""


def path_of(kind: str, item: str) -> str:
    """The path of a page's source inside the language's tree; `item` "index" opens the chapter."""
    return f"{FOLDERS[kind]}/{item}.md"


def pack_anchor(pilot: str) -> str:
    """Of a pilot's pack on the page of questions and measures."""
    return f"pack-{pilot}"


def embed_of(indicator: str) -> str:
    """The address, inside the language's tree, of an indicator's small page for frames elsewhere."""
    return f"embed/{indicator}.html"


def quarter_path(period: Period) -> str:
    """The path of the page of a long review period."""
    return f"quarters/{str(period).lower()}.md"


class Links:
    """Makes the links of one page; an address is empty where the page it leads to is left out."""

    def __init__(
        self, path: str, catalogue: Catalogue, format: Format, shown: frozenset[str] | None = None
    ) -> None:
        self._folder = posixpath.dirname(path)
        self._shown = shown
        self._catalogue = catalogue
        self._format = format

    def to(self, path: str, anchor: str = "") -> str:
        """The relative address of a page (`….md` becomes `….html`) or a file."""
        if self._shown is not None and path.endswith(".md") and path not in self._shown:
            return ""
        target = path.removesuffix(".md") + ".html" if path.endswith(".md") else path
        relative = _relative(target, self._folder)
        return f"{relative}#{anchor}" if anchor else relative

    def indicator(self, item: str) -> Ref:
        """An indicator by its name."""
        found = self._catalogue.indicators[item]
        return Ref(self._format.text(found.name), self.to(path_of("indicator", item)))

    def pilot(self, item: str) -> Ref:
        """A pilot by its name."""
        found = self._catalogue.pilots[item]
        return Ref(self._format.text(found.name), self.to(path_of("pilot", item)))

    def process(self, item: str, anchor: str = "") -> Ref:
        """A process by its name."""
        found = self._catalogue.processes[item]
        return Ref(self._format.text(found.name), self.to(path_of("process", item), anchor))

    def step(self, process: str, step: str) -> Ref:
        """A step of a process by its name, in the newest of its maps that has it."""
        for name, drawn in reversed(self._catalogue.processes[process].maps.drawn):
            for item in drawn.steps:
                if item.id == step:
                    anchor = f"{name.replace('_', '-')}-{step}"
                    return Ref(self._format.text(item.name), self.to(path_of("process", process), anchor))
        return self.process(process)

    def roadmap_step(self, number: int) -> Ref:
        """A step of the roadmap by its number and name."""
        found = next(step for step in self._catalogue.roadmap.steps if step.number == number)
        title = self._format.words("roadmap.numbered", n=number, name=self._format.text(found.name))
        return Ref(title, self.to(path_of("step", found.id)))

    def case(self, item: str) -> Ref:
        """A case by its title."""
        return Ref(self._format.text(self._catalogue.cases[item].title), self.to(path_of("case", item)))

    def of_file(self, file: str) -> Ref | None:
        """The page that a file of the data is shown on, by name; the file itself where it has none.

        None for a file of which this edition may not know.
        """
        folder, _, name = file.removeprefix("data/").rpartition("/")
        item = name.removesuffix(".yml")
        if folder == "indicators" and item in self._catalogue.indicators:
            return self.indicator(item)
        if folder == "pilots" and item in self._catalogue.pilots:
            return self.pilot(item)
        if folder == "processes" and item in self._catalogue.processes:
            return self.process(item)
        return None if folder in ("indicators", "pilots", "processes", "reviews") else Ref(file)


@lru_cache(maxsize=1 << 14)
def _relative(target: str, folder: str) -> str:
    """The same few hundred addresses are asked for from every page of a folder."""
    return posixpath.relpath(target, folder or ".")
