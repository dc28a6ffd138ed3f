"""What one file says of another: every named id must exist. Tables say which field names what.

A new field that names something is a line in REFERENCES; a list whose entries need names of their own is a
line in UNIQUE. What these tables cannot say is in `consistency`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from pydantic import BaseModel

from generator.load.capped import SHOWN
from generator.model.case import CaseHead
from generator.model.common import Owner
from generator.model.diagnosis import Bottleneck, Diagnosis, Questionnaire
from generator.model.handbook import Dimension, Handbook, Unit
from generator.model.indicator import (
    Application,
    Contribution,
    DataSource,
    GoalSupport,
    Guardrail,
    Indicator,
)
from generator.model.pilot import Change, PackItem, Pilot, StepProgress, Tool
from generator.model.process import ChainIndicators, Lane, Process, ProcessMap, Step
from generator.model.process_log import LogResult, ProcessLog
from generator.model.redesign import PairIndicator
from generator.model.review import ActionResult, Coaching, Review, ReviewProblem
from generator.model.reward import Reward
from generator.model.roadmap import Roadmap, RoadmapStep
from generator.model.spread import Transfer
from generator.model.strategy import Goal, KeyResult, Objective, Strategy
from generator.model.text import Text
from generator.model.walk import walk
from generator.model.workshop import SortedIndicator, Workshop
from generator.problems import Loc, Problems, Source, found, nearest

REFERENCES: Mapping[tuple[type[BaseModel], str], str] = {
    (Unit, "parent"): "unit",
    (Unit, "serves"): "unit",
    (Owner, "unit"): "unit",
    (Application, "unit"): "unit",
    (Lane, "unit"): "unit",
    (Pilot, "unit"): "unit",
    (Coaching, "unit"): "unit",
    (Diagnosis, "unit"): "unit",
    (Workshop, "unit"): "unit",
    (Handbook, "default_audience"): "audience",
    (Handbook, "people_audience"): "audience",
    (Handbook, "columns"): "audience",
    (Dimension, "audience"): "audience",
    (Indicator, "audience"): "audience",
    (Process, "audience"): "audience",
    (Pilot, "audience"): "audience",
    (Review, "audience"): "audience",
    (CaseHead, "audience"): "audience",
    (Workshop, "audience"): "audience",
    (Goal, "perspective"): "perspective",
    (Goal, "supports"): "goal",
    (Objective, "goal"): "goal",
    (Objective, "parent"): "objective",
    (Objective, "unit"): "unit",
    (KeyResult, "parent"): "key result",
    (KeyResult, "unit"): "unit",
    (GoalSupport, "goal"): "goal",
    (KeyResult, "indicator"): "indicator",
    (DataSource, "connection"): "source",
    (ProcessLog, "source"): "source",
    (LogResult, "indicator"): "indicator",
    (Indicator, "replaced_by"): "indicator",
    (Indicator, "replaces"): "indicator",
    (Guardrail, "indicator"): "indicator",
    (Contribution, "indicator"): "indicator",
    (ChainIndicators, "cycle_time"): "indicator",
    (ChainIndicators, "first_pass_yield"): "indicator",
    (Step, "indicators"): "indicator",
    (PackItem, "indicator"): "indicator",
    (Change, "indicators"): "indicator",
    (Tool, "indicators"): "indicator",
    (ReviewProblem, "indicator"): "indicator",
    (ActionResult, "indicator"): "indicator",
    (CaseHead, "indicators"): "indicator",
    (Bottleneck, "indicators"): "indicator",
    (SortedIndicator, "indicator"): "indicator",
    (PairIndicator, "indicator"): "indicator",
    (KeyResult, "pilot"): "pilot",
    (Review, "pilot"): "pilot",
    (CaseHead, "pilot"): "pilot",
    (Bottleneck, "pilot"): "pilot",
    (Transfer, "unit"): "unit",
    (Reward, "units"): "unit",
    (Reward, "indicators"): "indicator",
    (Transfer, "pilot"): "pilot",
    (Pilot, "process"): "process",
    (CaseHead, "process"): "process",
    (Bottleneck, "process"): "process",
    (Workshop, "process"): "process",
    (RoadmapStep, "phase"): "phase",
    (StepProgress, "step"): "roadmap step",
    (CaseHead, "steps"): "roadmap step",
}
"""Each field that names something, and what kind of thing."""

UNIQUE: Mapping[tuple[type[BaseModel], str], str | tuple[str, ...]] = {
    (Handbook, "units"): "id",
    (Handbook, "dimensions"): "id",
    (Handbook, "sources"): "id",
    (Handbook, "languages"): "",
    (Handbook, "audiences"): "",
    (Strategy, "perspectives"): "id",
    (Strategy, "goals"): "id",
    (Strategy, "objectives"): "id",
    (Process, "stages"): "id",
    (Process, "lanes"): "id",
    (ProcessMap, "steps"): "id",
    (ProcessMap, "pairs"): "id",
    (Pilot, "pack"): "indicator",
    (Pilot, "steps"): "step",
    (Pilot, "changes"): "id",
    (Pilot, "rewards"): "id",
    (Change, "conditions"): "id",
    (Change, "spread"): "id",
    (Review, "problems"): "id",
    (Review, "actions"): "id",
    (Roadmap, "phases"): "id",
    (Roadmap, "steps"): ("number", "id"),
    (RoadmapStep, "outputs"): "id",
    (Questionnaire, "questions"): "id",
    (Indicator, "guardrails"): "indicator",
    (Indicator, "supports"): "goal",
    (Indicator, "contributes_to"): "indicator",
}
"""Each list whose entries must differ, and in which of their fields ("": the entry itself)."""


_page_link = re.compile(r"\]\(((?:indicators|pilots|processes|reviews|cases)/[^)#\s]+\.md)[)#\s]")

FOLDERS_OF = {"indicator": "indicators", "pilot": "pilots", "process": "processes"}
"""Kinds that have a file each, and its folder."""


@dataclass
class Names:
    """What exists, by kind; a kind that is absent cannot be checked (its own file is at fault)."""

    known: dict[str, Collection[str]] = field(default_factory=dict)
    languages: tuple[str, ...] = ()

    def has(self, kind: str, name: object) -> bool:
        return kind not in self.known or str(name) in self.known[kind]


def check_file(model: BaseModel, source: Source, names: Names, problems: Problems) -> None:
    """Reports unknown names, unknown languages and repeated entries of one file."""
    for loc, value in walk(model):
        if isinstance(value, Text):
            _check_languages(value, loc, source, names, problems)
            _check_links(value, loc, source, names, problems)
        elif isinstance(value, BaseModel):
            for name, info in type(value).model_fields.items():
                place = (type(value), name)
                if place in REFERENCES:
                    where = (*loc, info.alias or name)
                    for inner, id_ in _named(getattr(value, name), where):
                        check_name(REFERENCES[place], id_, source, inner, names, problems)
                if place in UNIQUE:
                    keys = UNIQUE[place]
                    for key in (keys,) if isinstance(keys, str) else keys:
                        _check_unique(getattr(value, name), key, (*loc, name), source, problems)


def check_name(kind: str, name: object, source: Source, loc: Loc, names: Names, problems: Problems) -> None:
    """Reports a name that does not exist."""
    if not names.has(kind, name):
        rule = f"unknown-{kind.replace(' ', '-')}"
        hint = nearest(str(name), names.known[kind])
        if kind in FOLDERS_OF and not names.known[kind]:
            hint = f"there is no data/{FOLDERS_OF[kind]}/{name}.yml"
        problems.error(source.mark(loc), rule, f"unknown {kind} {found(str(name))}", hint)


def _named(value: object, loc: Loc) -> Iterable[tuple[Loc, object]]:
    if isinstance(value, tuple):
        return [((*loc, position), inner) for position, inner in enumerate(value)]
    if isinstance(value, dict):
        return [((*loc, str(key)), inner) for key, inner in value.items()]
    return [] if value is None else [(loc, value)]


def _check_languages(text: Text, loc: Loc, source: Source, names: Names, problems: Problems) -> None:
    unknown = [one for one in text.languages if one not in names.languages] if names.languages else []
    for at, language in enumerate(unknown[:SHOWN]):
        more = len(unknown) - SHOWN if at == SHOWN - 1 else 0
        rest = f" (and {more} more in this text)" if more > 0 else ""
        message = f"unknown language {found(language)}{rest}"
        hint = nearest(language, names.languages)
        problems.error(source.mark((*loc, language), key=True), "unknown-language", message, hint)


def _check_links(text: Text, loc: Loc, source: Source, names: Names, problems: Problems) -> None:
    """Links to pages that are made of a file each; to other pages the built site is held."""
    for words in text.all():
        for match in _page_link.finditer(words):
            if not names.has("page", match[1]):
                message = f"a link to {found(match[1])}, which is no page"
                problems.error(source.mark(loc), "bad-link", message, nearest(match[1], names.known["page"]))


def _check_unique(
    entries: tuple[object, ...], key: str, loc: Loc, source: Source, problems: Problems
) -> None:
    seen: dict[object, int] = {}
    for position, entry in enumerate(entries):
        value = getattr(entry, key) if key else entry
        first = seen.setdefault(value, position)
        if first != position:
            where = (*loc, position, key) if key else (*loc, position)
            line = source.mark((*loc, first)).line
            message = f"{found(str(value))} stands twice in {loc[-1]}"
            hint = f"first at line {line}; keep one of them"
            problems.error(source.mark(where), "duplicate-id", message, hint)
