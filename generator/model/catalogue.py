"""Everything a handbook says, in one value that later stages read and never change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from generator.model.case import CaseHead
from generator.model.diagnosis import Diagnosis, Questionnaire
from generator.model.handbook import Handbook
from generator.model.indicator import Indicator
from generator.model.measured import Measured
from generator.model.page_source import ContentPage
from generator.model.period import Period
from generator.model.pilot import Pilot
from generator.model.process import Process
from generator.model.response import Response
from generator.model.restatement import CollectRun, Restatement
from generator.model.results import Results
from generator.model.review import Review
from generator.model.roadmap import Roadmap
from generator.model.strategy import Strategy
from generator.model.workshop import Workshop
from generator.problems import FilePosition, Loc, Source

TextKey = tuple[str, str, str]
"""A translation: its file, its place there, its language."""
TextRecord = Mapping[TextKey, tuple[str, str]]
"""Hashes of the words that each translation was made from, and of its own."""


@dataclass(frozen=True)
class Catalogue:
    """A loaded handbook; mappings are sorted by id. Picklable, so that languages build in parallel."""

    root: Path
    """The project's folder, which holds data/ and content/."""

    handbook: Handbook
    roadmap: Roadmap
    """data/roadmap.yml, or the default of six steps."""

    strategy: Strategy | None = None
    indicators: Mapping[str, Indicator] = field(default_factory=dict)
    processes: Mapping[str, Process] = field(default_factory=dict)
    pilots: Mapping[str, Pilot] = field(default_factory=dict)
    questionnaire: Questionnaire | None = None
    diagnoses: tuple[Diagnosis, ...] = ()
    """By date, then unit."""

    responses: Mapping[str, tuple[Response, ...]] = field(default_factory=dict)
    """What each respondent answered, by the diagnosis's `name`; told in groups only."""

    workshops: Mapping[str, Workshop] = field(default_factory=dict)
    reviews: Mapping[str, Review] = field(default_factory=dict)
    measured: Mapping[str, Measured] = field(default_factory=dict)
    """What was measured of processes from their logs, by the process."""

    cases: Mapping[str, CaseHead] = field(default_factory=dict)
    """By the stem of content/cases/<id>.md."""

    content: tuple[ContentPage, ...] = ()
    """Every hand-written page, the cases' among them, by path."""

    results: Results = field(default_factory=lambda: Results.of(()))
    """In the order of files and rows."""

    restated: tuple[Restatement, ...] = ()
    """What results said before; of an edition only whole figures, without what it may not see."""

    runs: tuple[CollectRun, ...] = ()
    """When results were collected, oldest first."""

    sources: Mapping[str, Source] = field(default_factory=dict)
    """The raw files by kind and id: "indicators/order-cycle-time", "diagnosis/2025-01-10-company",
    "diagnosis/questions", "cases/x", "handbook", "strategy", "roadmap"."""

    attachments: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Files of content/ that are no pages, by their path there, each with those that it names itself."""

    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """The handbook's own labels, by language and key: labels/<language>.yml."""

    translated: TextRecord = field(default_factory=dict)
    """What translations were made from: data/translated.csv."""

    later: Catalogue | None = None
    """The handbook as it stands today, of one as of a period: its hand-written pages name what came later."""

    kept: dict[object, Any] = field(default_factory=dict, init=False, repr=False, compare=False)
    """What was computed of it alone (`compute.once`); a copy has its own."""

    def models(self) -> Iterator[tuple[str, BaseModel]]:
        """What every file below data/ says, by the name of its source, in the order of the files."""
        singles: Mapping[str, BaseModel | None] = {
            "handbook": self.handbook,
            "strategy": self.strategy,
            "roadmap": self.roadmap,
            "diagnosis/questions": self.questionnaire,
            **{f"diagnosis/{diagnosis.name}": diagnosis for diagnosis in self.diagnoses},
        }
        yield from ((name, model) for name, model in singles.items() if model and name in self.sources)
        for kind in ("indicators", "processes", "pilots", "reviews", "workshops"):
            found: Mapping[str, BaseModel] = getattr(self, kind)
            yield from ((f"{kind}/{id_}", found[id_]) for id_ in found if f"{kind}/{id_}" in self.sources)

    def mark(self, kind_id: str, loc: Loc = (), key: bool = False) -> FilePosition:
        """Where something stands; the data folder's own line for what has no file (the default roadmap)."""
        source = self.sources.get(kind_id)
        return source.mark(loc, key) if source else FilePosition(f"data/{kind_id}.yml", 1, 1)


def latest_period(catalogue: Catalogue) -> Period | None:
    """The long review period that the newest result belongs to; None without results.

    A result without a value (its note says why it is missing) does not make a period the latest.
    """
    calendar = catalogue.handbook.calendar
    periods = catalogue.results.distinct("period", catalogue.results.valued)
    if not periods:
        return None
    newest = max(calendar.closes_on(period) for period in periods)
    return calendar.of(newest, catalogue.handbook.review.long)
