"""Editions: what an audience may see, taken out of the catalogue before anything is computed or shown.

Audiences are widest first; the edition of one holds what is marked with it or a wider one. What is hidden
goes with every reference to it, so that no page, export or search entry can name it. What tells of persons
(their names, coaching notes on one, indicators of single persons) is seen from `people_audience` on; an
indicator's own `audience` goes before that.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from pydantic import BaseModel

from generator.model.case import CaseHead
from generator.model.catalogue import Catalogue
from generator.model.common import Owner
from generator.model.diagnosis import Diagnosis
from generator.model.indicator import HistoryEntry, Indicator, Verified
from generator.model.page_source import ContentPage
from generator.model.pilot import Pilot, StepProgress
from generator.model.process import Process, ProcessMap
from generator.model.result import Observation
from generator.model.review import Review
from generator.model.strategy import Strategy
from generator.model.walk import rebuilt

_CASE_REFERENCES = ("pilot", "process", "indicators", "steps", "change", "audience")
_NOTHING: Mapping[str, object] = {
    "numerator": None, "denominator": None, "target": None, "note": "", "as_of": None, "version": None,
}  # fmt: skip


def for_audience(catalogue: Catalogue, audience: str) -> Catalogue:
    """The catalogue as `audience` may see it. ValueError for an audience the handbook does not have."""
    audiences = catalogue.handbook.audiences
    if audience not in audiences:
        raise ValueError(f"unknown audience {audience!r}; known: {', '.join(audiences)}")
    seen = _Seen(catalogue, audience)
    edition = replace(
        catalogue,
        handbook=catalogue.handbook.model_copy(update={"dimensions": seen.dimensions}),
        strategy=seen.strategy(catalogue.strategy),
        indicators={i.id: seen.indicator(i) for i in seen.indicators.values()},
        processes={p.id: seen.process(p) for p in seen.processes.values()},
        pilots={p.id: seen.pilot(p) for p in seen.pilots.values()},
        reviews={r.id: seen.review(r) for r in seen.reviews.values()},
        diagnoses=tuple(seen.diagnosis(diagnosis) for diagnosis in catalogue.diagnoses),
        cases={stem: seen.case(head) for stem, head in seen.cases.items()},
        content=tuple(seen.page(page) for page in catalogue.content if seen.shows_page(page)),
        results=seen.results(catalogue.results),
        sources={
            kind_id: replace(source, value=None)
            for kind_id, source in catalogue.sources.items()
            if seen.shows_source(kind_id)
        },
    )
    return edition if seen.persons else _without_persons(edition)


class _Seen:
    """What one audience sees of a catalogue."""

    def __init__(self, catalogue: Catalogue, audience: str) -> None:
        audiences = catalogue.handbook.audiences
        self._marks = set(audiences[: audiences.index(audience) + 1])
        self._cases = catalogue.cases
        people = catalogue.handbook.people_audience
        self.persons = people in self._marks
        self.indicators = {
            k: v
            for k, v in catalogue.indicators.items()
            if self._sees(v.audience or (people if v.level == "individual" else None))
        }
        self.processes = {k: v for k, v in catalogue.processes.items() if self._sees(v.audience)}
        self.pilots = {k: v for k, v in catalogue.pilots.items() if self._sees(v.audience)}
        self.reviews = {
            k: v for k, v in catalogue.reviews.items() if self._sees(v.audience) and v.pilot in self.pilots
        }
        self.cases = {k: v for k, v in catalogue.cases.items() if self._sees(v.audience)}
        handbook = catalogue.handbook
        self.dimensions = tuple(d for d in handbook.dimensions if self._sees(d.audience))
        self._hidden_dimensions = {d.id for d in handbook.dimensions} - {d.id for d in self.dimensions}
        self._hidden_columns = {c for c, mark in handbook.columns.items() if not self._sees(mark)}
        self._hidden_pages = {page.path for page in catalogue.content if not self.shows_page(page)}
        self._all: dict[str, tuple[Mapping[str, object], Mapping[str, object]]] = {
            "indicators": (catalogue.indicators, self.indicators),
            "processes": (catalogue.processes, self.processes),
            "pilots": (catalogue.pilots, self.pilots),
            "reviews": (catalogue.reviews, self.reviews),
            "cases": (catalogue.cases, self.cases),
        }

    def _sees(self, mark: str | None) -> bool:
        return mark is None or mark in self._marks

    def _known(self, ids: Iterable[str]) -> tuple[str, ...]:
        return tuple(i for i in ids if i in self.indicators)

    def _or_none(self, id_: str | None, seen: Mapping[str, object]) -> str | None:
        return id_ if id_ in seen else None

    def shows_source(self, kind_id: str) -> bool:
        kind, _, id_ = kind_id.partition("/")
        return kind not in self._all or id_ in self._all[kind][1] or id_ not in self._all[kind][0]

    def strategy(self, strategy: Strategy | None) -> Strategy | None:
        if strategy is None:
            return None
        objectives = tuple(
            objective.model_copy(
                update={
                    "key_results": tuple(
                        k
                        for k in objective.key_results
                        if (k.indicator is None or k.indicator in self.indicators)
                        and (k.pilot is None or k.pilot in self.pilots)
                    )
                }
            )
            for objective in strategy.objectives
        )
        return strategy.model_copy(update={"objectives": objectives})

    def indicator(self, indicator: Indicator) -> Indicator:
        return indicator.model_copy(
            update={
                "replaced_by": self._or_none(indicator.replaced_by, self.indicators),
                "replaces": self._known(indicator.replaces),
                "guardrails": self._known(indicator.guardrails),
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
            return map_.model_copy(update={"steps": steps})

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

    def pilot(self, pilot: Pilot) -> Pilot:
        hides_process = pilot.process is not None and pilot.process not in self.processes

        def part(value: BaseModel, indicators: tuple[str, ...], steps: tuple[str, ...]) -> BaseModel:
            return value.model_copy(
                update={"indicators": self._known(indicators), "steps": () if hides_process else steps}
            )

        return pilot.model_copy(
            update={
                "process": None if hides_process else pilot.process,
                "pack": tuple(item for item in pilot.pack if item.indicator in self.indicators),
                "changes": tuple(part(c, c.indicators, c.steps) for c in pilot.changes),
                "tools": tuple(part(t, t.indicators, t.steps) for t in pilot.tools),
                "training": tuple(
                    t.model_copy(update={"steps": ()}) if hides_process and t.steps else t
                    for t in pilot.training
                ),
                "steps": tuple(self._progress(step) for step in pilot.steps),
            }
        )

    def _progress(self, step: StepProgress) -> StepProgress:
        """An output's link to a page that this audience does not have would name it."""
        outputs = tuple(
            o.model_copy(update={"link": None}) if o.link and not self._shows_link(o.link) else o
            for o in step.outputs
        )
        return step.model_copy(update={"outputs": outputs})

    def _shows_link(self, link: str) -> bool:
        path = link.partition("#")[0]
        folder, _, name = path.rpartition("/")
        if folder in self._all:
            return name == "index.md" or self.shows_source(f"{folder}/{name.removesuffix('.md')}")
        return path not in self._hidden_pages

    def diagnosis(self, diagnosis: Diagnosis) -> Diagnosis:
        bottlenecks = []
        for bottleneck in diagnosis.bottlenecks:
            process = self._or_none(bottleneck.process, self.processes)
            pilot = self._or_none(bottleneck.pilot, self.pilots)
            update = {
                "process": process,
                "steps": bottleneck.steps if process else (),
                "indicators": self._known(bottleneck.indicators),
                "pilot": pilot,
                "changes": bottleneck.changes if pilot else (),
            }
            bottlenecks.append(bottleneck.model_copy(update=update))
        return diagnosis.model_copy(update={"bottlenecks": tuple(bottlenecks)})

    def review(self, review: Review) -> Review:
        process = self.pilots[review.pilot].process
        hides_steps = process is not None and process not in self.processes
        problems = tuple(
            p.model_copy(update={"step": None}) if hides_steps else p
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
        pilot = self._or_none(head.pilot, self.pilots)
        return head.model_copy(
            update={
                "pilot": pilot,
                "change": head.change if pilot else None,
                "process": self._or_none(head.process, self.processes),
                "indicators": self._known(head.indicators),
            }
        )

    def shows_page(self, page: ContentPage) -> bool:
        stem = case_id(page.path)
        if stem in self._cases:
            return stem in self.cases
        mark = page.head.get("audience")
        return self._sees(mark if isinstance(mark, str) else None)

    def page(self, page: ContentPage) -> ContentPage:
        """A case's raw front matter may name what is hidden; the checked `CaseHead` stands for it."""
        if case_id(page.path) not in self._cases:
            return page
        bodies = {
            language: replace(body, head={k: v for k, v in body.head.items() if k not in _CASE_REFERENCES})
            for language, body in page.bodies.items()
        }
        return replace(page, bodies=bodies)

    def results(self, results: tuple[Observation, ...]) -> tuple[Observation, ...]:
        kept = (
            r
            for r in results
            if r.indicator in self.indicators
            and (r.pilot is None or r.pilot in self.pilots)
            and not any(dimension in self._hidden_dimensions for dimension, _ in r.cell)
        )
        return tuple(self._columns(r) for r in kept) if self._hidden_columns else tuple(kept)

    def _columns(self, result: Observation) -> Observation:
        blank = {column: _NOTHING[column] for column in self._hidden_columns if column in _NOTHING}
        if "status" in self._hidden_columns and result.value is not None:
            blank["status"] = "actual"
        return replace(result, **blank)  # type: ignore[arg-type]


def case_id(path: str) -> str | None:
    """The case whose page stands at `path` below content/, or None for another page."""
    folder, _, name = path.rpartition("/")
    return name.removesuffix(".md") if folder == "cases" and name != "index.md" else None


def _without_persons(catalogue: Catalogue) -> Catalogue:
    """No names, and no coaching notes on one person, whose words may tell who it is."""

    def nameless(part: BaseModel) -> BaseModel:
        if isinstance(part, Owner) and part.person is not None:
            return part.model_copy(update={"person": None})
        if isinstance(part, HistoryEntry | Verified) and part.by is not None:
            return part.model_copy(update={"by": None})
        if isinstance(part, Review) and any(note.person for note in part.coaching):
            kept = tuple(note for note in part.coaching if note.person is None)
            return part.model_copy(update={"coaching": kept})
        return part

    return replace(
        catalogue,
        indicators={k: rebuilt(v, nameless) for k, v in catalogue.indicators.items()},
        processes={k: rebuilt(v, nameless) for k, v in catalogue.processes.items()},
        pilots={k: rebuilt(v, nameless) for k, v in catalogue.pilots.items()},
        reviews={k: rebuilt(v, nameless) for k, v in catalogue.reviews.items()},
    )
