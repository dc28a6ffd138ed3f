"""A part of a catalogue: what is left out goes with every reference to it.

Editions by audience, the state of an earlier day and a collection of cases are all made this way, so that no
page, export or search entry can name what is not in them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Self

from pydantic import BaseModel

from generator.model.attachments import left
from generator.model.case import CaseHead
from generator.model.catalogue import Catalogue
from generator.model.diagnosis import Bottleneck, Diagnosis
from generator.model.indicator import Indicator
from generator.model.page_source import ContentPage
from generator.model.pilot import Change, Pilot
from generator.model.process import Process, ProcessMap
from generator.model.redesign import PairIndicator, RedesignPair
from generator.model.result import Observation
from generator.model.results import Results
from generator.model.review import Review
from generator.model.strategy import KeyResult, Objective, Strategy
from generator.model.workshop import Workshop

_CASE_REFERENCES = ("pilot", "process", "indicators", "steps", "change", "date", "audience")


@dataclass(frozen=True, slots=True)
class KeptIds:
    """The ids that stay, by kind."""

    indicators: frozenset[str]
    processes: frozenset[str]
    pilots: frozenset[str]
    reviews: frozenset[str]
    cases: frozenset[str]
    workshops: frozenset[str]
    pages: frozenset[str]
    """Hand-written pages, by path; one that opens the page of a thing goes with that."""

    @classmethod
    def of(cls, catalogue: Catalogue) -> Self:
        """Everything that a catalogue holds."""
        return cls(
            indicators=frozenset(catalogue.indicators),
            processes=frozenset(catalogue.processes),
            pilots=frozenset(catalogue.pilots),
            reviews=frozenset(catalogue.reviews),
            cases=frozenset(catalogue.cases),
            workshops=frozenset(catalogue.workshops),
            pages=frozenset(page.path for page in catalogue.content),
        )


def selected(catalogue: Catalogue, kept: KeptIds) -> Catalogue:
    """The catalogue with what is kept, every reference to the rest taken out.

    A review goes with its pilot, a hand-written page with the thing whose page it opens. Links in texts stay
    as they are: `without_hidden_links` takes them out.
    """
    chosen = _Chosen(catalogue, kept)
    part = replace(
        catalogue,
        strategy=chosen.strategy(catalogue.strategy),
        indicators={k: chosen.indicator(v) for k, v in chosen.indicators.items()},
        processes={k: chosen.process(v) for k, v in chosen.processes.items()},
        pilots={k: chosen.pilot(v) for k, v in chosen.pilots.items()},
        reviews={k: chosen.review(v) for k, v in chosen.reviews.items()},
        diagnoses=tuple(chosen.diagnosis(diagnosis) for diagnosis in catalogue.diagnoses),
        workshops={k: chosen.workshop(v) for k, v in chosen.workshops.items()},
        measured={k: v for k, v in catalogue.measured.items() if k in chosen.processes},
        cases={stem: chosen.case(head) for stem, head in chosen.cases.items()},
        content=tuple(chosen.page(page) for page in catalogue.content if chosen.shows_page(page)),
        results=chosen.results(catalogue.results),
        restated=tuple(one for one in catalogue.restated if chosen.shows_result(one.row)),
        runs=tuple(run for run in catalogue.runs if run.indicator in chosen.indicators),
        sources={k: source for k, source in catalogue.sources.items() if chosen.shows_source(k)},
    )
    return replace(part, attachments=left(catalogue, part)) if catalogue.attachments else part


class _Chosen:
    """What is kept of a catalogue, and how its parts look with the rest gone."""

    def __init__(self, catalogue: Catalogue, kept: KeptIds) -> None:
        self._kept_pages = kept.pages
        self._all_cases = catalogue.cases
        self.indicators = {k: v for k, v in catalogue.indicators.items() if k in kept.indicators}
        self.processes = {k: v for k, v in catalogue.processes.items() if k in kept.processes}
        self.pilots = {k: v for k, v in catalogue.pilots.items() if k in kept.pilots}
        self.reviews = {
            k: v for k, v in catalogue.reviews.items() if k in kept.reviews and v.pilot in self.pilots
        }
        self.cases = {k: v for k, v in catalogue.cases.items() if k in kept.cases}
        self.workshops = {
            k: v
            for k, v in catalogue.workshops.items()
            if k in kept.workshops and (v.process is None or v.process in self.processes)
        }
        self._step_ids = {k: frozenset(v.step_ids) for k, v in self.processes.items()}
        self._all: dict[str, tuple[Mapping[str, object], Mapping[str, object]]] = {
            "indicators": (catalogue.indicators, self.indicators),
            "processes": (catalogue.processes, self.processes),
            "pilots": (catalogue.pilots, self.pilots),
            "reviews": (catalogue.reviews, self.reviews),
            "cases": (catalogue.cases, self.cases),
            "workshops": (catalogue.workshops, self.workshops),
        }
        self._dropped_files = {
            body.file
            for page in catalogue.content
            if not self.shows_page(page)
            for body in page.bodies.values()
        }

    def _known(self, ids: Iterable[str]) -> tuple[str, ...]:
        return tuple(i for i in ids if i in self.indicators)

    def _or_none(self, id_: str | None, kept: Mapping[str, object]) -> str | None:
        return id_ if id_ in kept else None

    def _steps(self, pilot: Pilot, ids: Iterable[str]) -> tuple[str, ...]:
        """Those of the steps that the pilot's process shows; all of them where it names none."""
        if pilot.process is None:
            return tuple(ids)
        known = self._step_ids.get(pilot.process, frozenset())
        return tuple(step for step in ids if step in known)

    def shows_source(self, kind_id: str) -> bool:
        if kind_id in self._dropped_files:
            return False
        kind, _, id_ = kind_id.partition("/")
        return kind not in self._all or id_ in self._all[kind][1] or id_ not in self._all[kind][0]

    def strategy(self, strategy: Strategy | None) -> Strategy | None:
        if strategy is None:
            return None
        objectives = tuple(
            objective.model_copy(update={"key_results": self._key_results(strategy, objective)})
            for objective in strategy.objectives
        )
        return strategy.model_copy(update={"objectives": objectives})

    def _shows(self, result: KeyResult) -> bool:
        return (result.indicator is None or result.indicator in self.indicators) and (
            result.pilot is None or result.pilot in self.pilots
        )

    def _key_results(self, strategy: Strategy, objective: Objective) -> tuple[KeyResult, ...]:
        """Those that are left, without a parent that is not."""
        gone = {result.id for result in strategy.key_results if not self._shows(result)}
        return tuple(
            result.model_copy(update={"parent": None}) if result.parent and result.parent in gone else result
            for result in objective.key_results
            if self._shows(result)
        )

    def shows_result(self, row: Observation) -> bool:
        return row.indicator in self.indicators and (row.pilot is None or row.pilot in self.pilots)

    def results(self, rows: Results) -> Results:
        kept = rows.where("indicator", lambda id_: id_ in self.indicators)
        return rows.taken(kept & rows.where("pilot", lambda id_: id_ is None or id_ in self.pilots))

    def indicator(self, indicator: Indicator) -> Indicator:
        return indicator.model_copy(
            update={
                "replaced_by": self._or_none(indicator.replaced_by, self.indicators),
                "replaces": self._known(indicator.replaces),
                "guardrails": tuple(g for g in indicator.guardrails if g.indicator in self.indicators),
                "contributes_to": tuple(
                    c for c in indicator.contributes_to if c.indicator in self.indicators
                ),
            }
        )

    def process(self, process: Process) -> Process:
        def shown(map_: ProcessMap | None) -> ProcessMap | None:
            if map_ is None:
                return None
            steps = tuple(
                s.model_copy(update={"indicators": self._known(s.indicators)}) if s.indicators else s
                for s in map_.steps
            )
            pairs = tuple(self._pair(pair) for pair in map_.pairs)
            return map_.model_copy(update={"steps": steps, "pairs": pairs})

        chain = process.chain_indicators
        maps = process.maps
        return process.model_copy(
            update={
                "chain_indicators": chain.model_copy(
                    update={
                        "cycle_time": self._or_none(chain.cycle_time, self.indicators),
                        "first_pass_yield": self._or_none(chain.first_pass_yield, self.indicators),
                    }
                ),
                "maps": maps.model_copy(update={"as_is": shown(maps.as_is), "to_be": shown(maps.to_be)}),
            }
        )

    def _pair(self, pair: RedesignPair) -> RedesignPair:
        """Only what is left of the indicators; those without an id are in no library."""

        def left(side: tuple[PairIndicator, ...]) -> tuple[PairIndicator, ...]:
            return tuple(p for p in side if p.indicator is None or p.indicator in self.indicators)

        return pair.model_copy(update={"old": left(pair.old), "new": left(pair.new)})

    def pilot(self, pilot: Pilot) -> Pilot:
        def part(value: BaseModel, indicators: tuple[str, ...], steps: tuple[str, ...]) -> BaseModel:
            return value.model_copy(
                update={"indicators": self._known(indicators), "steps": self._steps(pilot, steps)}
            )

        return pilot.model_copy(
            update={
                "process": self._or_none(pilot.process, self.processes),
                "pack": tuple(item for item in pilot.pack if item.indicator in self.indicators),
                "changes": tuple(part(self._spread(c), c.indicators, c.steps) for c in pilot.changes),
                "rewards": tuple(
                    reward.model_copy(update={"indicators": self._known(reward.indicators)})
                    for reward in pilot.rewards
                    if not reward.indicators or self._known(reward.indicators)
                ),
                "tools": tuple(part(t, t.indicators, t.steps) for t in pilot.tools),
                "training": tuple(
                    t.model_copy(update={"steps": self._steps(pilot, t.steps)}) for t in pilot.training
                ),
            }
        )

    def _spread(self, change: Change) -> Change:
        """A transfer goes with the pilot that it names: its words would tell of it."""
        left = tuple(t for t in change.spread if t.pilot is None or t.pilot in self.pilots)
        return change if len(left) == len(change.spread) else change.model_copy(update={"spread": left})

    def diagnosis(self, diagnosis: Diagnosis) -> Diagnosis:
        """Its bottlenecks name no more than is left."""
        return diagnosis.model_copy(
            update={
                "bottlenecks": tuple(self._bottleneck(bottleneck) for bottleneck in diagnosis.bottlenecks)
            }
        )

    def _bottleneck(self, bottleneck: Bottleneck) -> Bottleneck:
        process = self._or_none(bottleneck.process, self.processes)
        pilot = self.pilots.get(bottleneck.pilot or "")
        changes = {change.id for change in pilot.changes} if pilot else set()
        known = self._step_ids.get(process or "", frozenset())
        return bottleneck.model_copy(
            update={
                "process": process,
                "steps": tuple(step for step in bottleneck.steps if step in known),
                "indicators": self._known(bottleneck.indicators),
                "pilot": pilot.id if pilot else None,
                "changes": tuple(change for change in bottleneck.changes if change in changes),
            }
        )

    def workshop(self, workshop: Workshop) -> Workshop:
        """One about a process that is left out went with it; of the rest indicators that are left out go."""
        left = tuple(i for i in workshop.indicators if i.indicator is None or i.indicator in self.indicators)
        return workshop.model_copy(update={"indicators": left})

    def review(self, review: Review) -> Review:
        pilot = self.pilots[review.pilot]
        problems = tuple(
            p if p.step is None or self._steps(pilot, (p.step,)) else p.model_copy(update={"step": None})
            for p in review.problems
            if p.indicator is None or p.indicator in self.indicators
        )
        gone = {p.id for p in review.problems} - {p.id for p in problems}
        actions = tuple(
            a
            for a in review.actions
            if a.problem not in gone
            and (a.result is None or a.result.indicator is None or a.result.indicator in self.indicators)
        )
        return review.model_copy(update={"problems": problems, "actions": actions})

    def case(self, head: CaseHead) -> CaseHead:
        pilot = self.pilots.get(head.pilot or "")
        changes = {change.id for change in pilot.changes} if pilot else set()
        return head.model_copy(
            update={
                "pilot": pilot.id if pilot else None,
                "change": head.change if head.change in changes else None,
                "process": self._or_none(head.process, self.processes),
                "indicators": self._known(head.indicators),
            }
        )

    def shows_page(self, page: ContentPage) -> bool:
        kind, _, name = page.path.removesuffix(".md").partition("/")
        every, left = self._all.get(kind, ({}, {}))
        return (name in left or name not in every) and page.path in self._kept_pages

    def page(self, page: ContentPage) -> ContentPage:
        """A case's raw front matter may name what is left out; the checked `CaseHead` stands for it."""
        if case_id(page.path) not in self._all_cases:
            return page
        bodies = {
            language: replace(body, head={k: v for k, v in body.head.items() if k not in _CASE_REFERENCES})
            for language, body in page.bodies.items()
        }
        return replace(page, bodies=bodies)


def case_id(path: str) -> str | None:
    """The case whose page stands at `path` below content/, or None for another page."""
    folder, _, name = path.rpartition("/")
    return name.removesuffix(".md") if folder == "cases" and name != "index.md" else None
