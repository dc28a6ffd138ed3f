"""A whole project: finds the files, loads each kind, and checks what they say of each other.

A file that cannot be used is left out of the catalogue, but its name stays known: one broken file is
reported once, not again in every file that names it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from generator.load import consistency
from generator.load.attachments import attachments_of
from generator.load.cases import load_cases
from generator.load.file_ids import check_id, given_ids
from generator.load.files import Files, by_name, find_files, told_above
from generator.load.kept_files import KeptFiles, read
from generator.load.label_files import load_labels
from generator.load.measured import of_processes
from generator.load.named_things import name_the_ids
from generator.load.other_tables import MAP, check_map, table_for
from generator.load.partial import sound_part
from generator.load.process_logs import check_log
from generator.load.prose import load_content
from generator.load.redesign_links import check_pairs
from generator.load.references import FOLDERS_OF, Names, check_file, check_name
from generator.load.responses import load_responses
from generator.load.restated import load_restated, load_runs
from generator.load.results import load_results
from generator.load.sheet import Known
from generator.load.source_links import check_collected, check_sources
from generator.load.spread_links import check_spread
from generator.load.strategy_links import check_strategy
from generator.load.taken_names import refuse_taken
from generator.load.translated import load_translated
from generator.load.workshops import check_workshop
from generator.model.calendar import Calendar
from generator.model.case import CaseHead
from generator.model.catalogue import Catalogue
from generator.model.diagnosis import Diagnosis, Questionnaire
from generator.model.handbook import Handbook
from generator.model.indicator import Indicator
from generator.model.measured import Measured
from generator.model.page_source import ContentPage
from generator.model.pilot import Pilot
from generator.model.process import Process
from generator.model.response import Response
from generator.model.results import Results
from generator.model.results_map import ResultsMap
from generator.model.review import Review
from generator.model.roadmap import Roadmap
from generator.model.selection import case_id
from generator.model.strategy import Strategy
from generator.model.terms import in_terms
from generator.model.workshop import Workshop
from generator.problems import FilePosition, Problems, Source

M = TypeVar("M", bound=BaseModel)

_SHIPPED = Path(__file__).parent.parent / "model"


def load_project(root: Path, problems: Problems, kept: KeptFiles | None = None) -> Catalogue | None:
    """Everything under `root`'s data/ and content/, with all problems of all files.

    None only without a usable data/handbook.yml; even then the other files are checked as far as they can be.
    Of `kept` files that have not changed since are not read again.
    """
    root = root.resolve()
    project = _Project(root, find_files(root, problems), problems, kept)
    made = project.load()
    name_the_ids(problems, project.sources)
    return made


@lru_cache(maxsize=1)
def default_roadmap() -> Roadmap:
    """The method's six steps, which the product ships."""
    return _shipped("roadmap.yml", Roadmap)


@lru_cache(maxsize=1)
def default_questionnaire() -> Questionnaire:
    """The method's six groups of questions, for a handbook with diagnoses that asks none of its own."""
    return _shipped("questions.yml", Questionnaire)


def _shipped(name: str, model: type[M]) -> M:
    problems = Problems()
    _, made = read(_SHIPPED / name, name, model, problems)
    if made is None:
        raise RuntimeError(f"the shipped {name} is broken: {[str(problem) for problem in problems]}")
    return made


class _Project:
    """One load: what was found so far, kind by kind."""

    def __init__(self, root: Path, files: Files, problems: Problems, kept: KeptFiles | None) -> None:
        self.root = root
        self._read = kept.one if kept is not None else read
        self.files = files
        self.problems = problems
        self.sources: dict[str, Source] = {}

    def load(self) -> Catalogue | None:
        handbook = self._handbook()
        strategy = self._one("strategy.yml", Strategy)
        roadmap = self._roadmap()
        indicators = self._folder("indicators", Indicator)
        processes = self._folder("processes", Process)
        pilots = self._folder("pilots", Pilot)
        reviews = self._folder("reviews", Review)
        questionnaire = self._questionnaire()
        diagnoses = self._diagnoses()
        workshops = self._folder("workshops", Workshop)
        sound, broken = self._sound()
        content, cases = self._content(sound.languages) if sound and "languages" not in broken else ((), {})
        names = self._names(sound, broken, strategy, roadmap, content)
        self._check_names(names, self._single(handbook, strategy, roadmap, questionnaire))
        self._check_names(names, indicators, "indicators/")
        self._check_names(names, processes, "processes/")
        self._check_names(names, pilots, "pilots/")
        self._check_names(names, reviews, "reviews/")
        self._check_dated(names, diagnoses, workshops, cases)
        self._check_pages(content, names)
        self._check_singles(handbook, strategy)
        years = _calendar(sound, broken)
        self._check_parts(
            indicators, processes, pilots, reviews, roadmap=roadmap, cases=cases, calendar=years
        )
        self._check_diagnoses(questionnaire, diagnoses, processes, pilots)
        self._check_workshops(workshops, processes, questionnaire or default_questionnaire())
        known = self._known(sound, indicators, pilots) if sound and "dimensions" not in broken else None
        results = load_results(by_name(self.files.results), known, self.problems) if known else None
        if handbook is None:
            return None
        return Catalogue(
            root=self.root,
            handbook=handbook,
            roadmap=in_terms(roadmap or default_roadmap(), handbook.terms, own="roadmap" in self.sources),
            strategy=strategy,
            indicators=indicators,
            processes=processes,
            pilots=pilots,
            questionnaire=in_terms(questionnaire, handbook.terms, own="diagnosis/questions" in self.sources),
            diagnoses=tuple(sorted(diagnoses.values(), key=lambda d: (d.date, d.unit))),
            responses=self._responses(questionnaire, diagnoses),
            workshops=workshops,
            reviews=reviews,
            measured=of_processes(self._folder("measured", Measured), processes, self.sources, self.problems),
            cases=cases,
            content=content,
            results=results if results is not None else Results.of(()),
            restated=load_restated(self.files.restated, known, self.problems) if known else (),
            runs=load_runs(self.files.runs, self.problems),
            sources=self.sources,
            attachments=attachments_of(self.files.attachments),
            labels=self._labels(),
            translated=load_translated(self.files.translated, self.problems),
        )

    # Reading

    def _one(self, below: str, model: type[M]) -> M | None:
        name = f"data/{below}"
        if name not in self.files.data:
            return None
        source, made = self._read(self.files.data[name], name, model, self.problems)
        if source is not None:
            self.sources[below.removesuffix(".yml")] = source
        elif "/" in below:  # it is there, whatever it says: rules of what is missing wait for it
            self.sources[below.removesuffix(".yml")] = Source(name, None)
        return made

    def _folder(self, folder: str, model: type[M]) -> dict[str, M]:
        """The folder's files by stem, sorted; each id must be its file's stem."""
        loaded = {}
        for stem in self.files.stems(folder):
            made = self._one(f"{folder}/{stem}.yml", model)
            check_id(stem, self.sources.get(f"{folder}/{stem}"), self.problems)
            if made is not None:
                loaded[stem] = made
        return loaded

    def _labels(self) -> dict[str, dict[str, str]]:
        """The handbook's own labels, labels/<language>.yml beside data/."""
        found, sources = load_labels(self.root / "labels", self.problems)
        self.sources.update(sources)
        return found

    def _roadmap(self) -> Roadmap | None:
        """The handbook's own roadmap; the method's where it has none."""
        own = "data/roadmap.yml" in self.files.data
        return self._one("roadmap.yml", Roadmap) if own else default_roadmap()

    def _sound(self) -> tuple[Handbook | None, frozenset[str]]:
        """What of the handbook's own file can be asked, and its broken keys."""
        return sound_part(self.sources["handbook"]) if "handbook" in self.sources else (None, frozenset())

    def _questionnaire(self) -> Questionnaire | None:
        """The handbook's own questions; the method's where it has answers and no questions."""
        if "data/diagnosis/questions.yml" in self.files.data:
            return self._one("diagnosis/questions.yml", Questionnaire)
        asked = self.files.stems("diagnosis") or self.files.stems("workshops") or self.files.responses
        return default_questionnaire() if asked else None

    def _responses(
        self, questionnaire: Questionnaire | None, diagnoses: Collection[str]
    ) -> dict[str, tuple[Response, ...]]:
        """The answers to diagnoses that could be read; without questions there is nothing to hold them to."""
        if questionnaire is None:
            return {}
        names = frozenset(self.files.stems("diagnosis"))
        found = load_responses(self.files.responses, names, questionnaire, self.problems)
        return {name: rows for name, rows in found.items() if name in diagnoses}

    def _diagnoses(self) -> dict[str, Diagnosis]:
        loaded = {}
        for stem in self.files.stems("diagnosis"):
            if stem == "questions":
                continue
            made = self._one(f"diagnosis/{stem}.yml", Diagnosis)
            if made is None:
                continue
            loaded[stem] = made
            if stem != f"{made.date}-{made.unit}":
                mark = self.sources[f"diagnosis/{stem}"].mark()
                message = f"the file's name '{stem}' is not the date and the unit in it"
                hint = f"rename it to {made.date}-{made.unit}.yml, or correct date and unit"
                self.problems.error(mark, "id-file-name", message, hint)
        return loaded

    def _content(self, languages: tuple[str, ...]) -> tuple[tuple[ContentPage, ...], dict[str, CaseHead]]:
        refuse_taken((*self.files.content, *self.files.attachments), languages, self.problems)
        content, sources = load_content(by_name(self.files.content), languages, self.problems)
        self.sources.update(sources)
        cases, case_sources = load_cases(content, sources, languages[0], self.problems)
        self.sources.update(case_sources)
        return content, cases

    def _known(
        self, handbook: Handbook, indicators: Mapping[str, Indicator], pilots: Mapping[str, Pilot]
    ) -> Known:
        ids = given_ids("indicators", self.files.stems("indicators"), self.sources)
        names = {id_: pilot.name.all() for id_, pilot in pilots.items()}
        made = self._one(MAP.removeprefix("data/"), ResultsMap)
        tables = made.tables if made else ()
        known = Known(
            handbook, indicators, frozenset(ids), frozenset(self.files.stems("pilots")), names,
            lambda name: table_for(name, tables),
        )  # fmt: skip
        if made:
            files = tuple(self.files.results)
            check_map(made, self.sources["results.map"], files, known, self.problems)
        return known

    # Checking

    def _handbook(self) -> Handbook | None:
        if "data/handbook.yml" not in self.files.data:
            least = "every handbook has one; the least it says is title: … and languages: [zh, en]"
            hint = told_above(self.root) or least
            place = FilePosition("data/handbook.yml", 1, 1)
            self.problems.error(place, "missing-file", "the file is missing", hint)
        return self._one("handbook.yml", Handbook)

    def _names(
        self,
        sound: Handbook | None,
        broken: frozenset[str],
        strategy: Strategy | None,
        roadmap: Roadmap | None,
        content: tuple[ContentPage, ...],
    ) -> Names:
        known: dict[str, Collection[str]] = {
            kind: tuple(given_ids(folder, self.files.stems(folder), self.sources))
            for kind, folder in FOLDERS_OF.items()
        }
        if sound and "languages" not in broken:
            folders = ("indicators", "pilots", "processes", "reviews", "cases")
            made = [(folder, name) for folder in folders for name in (*self.files.stems(folder), "index")]
            known["page"] = [*(f"{item}/{name}.md" for item, name in made), *(page.path for page in content)]
        if sound and "units" not in broken:
            known["unit"] = [unit.id for unit in sound.units]
        if sound and "sources" not in broken:
            known["source"] = [system.id for system in sound.sources]
        if sound and "audiences" not in broken:
            known["audience"] = list(sound.audiences)
        if strategy:
            known["goal"] = [goal.id for goal in strategy.goals]
            known["perspective"] = [perspective.id for perspective in strategy.perspectives]
            known["objective"] = [objective.id for objective in strategy.objectives]
            known["key result"] = [result.id for result in strategy.key_results if result.id]
        elif "data/strategy.yml" not in self.files.data:
            known["goal"] = []
        if roadmap:
            known["roadmap step"] = [str(step.number) for step in roadmap.steps]
            known["phase"] = [phase.id for phase in roadmap.phases]
        return Names(known, sound.languages if sound and "languages" not in broken else ())

    @staticmethod
    def _single(*models: BaseModel | None) -> dict[str, BaseModel | None]:
        """The files that there is one of, by their place."""
        return dict(zip(("handbook", "strategy", "roadmap", "diagnosis/questions"), models, strict=True))

    def _check_singles(self, handbook: Handbook | None, strategy: Strategy | None) -> None:
        if handbook:
            consistency.check_handbook(handbook, self.sources["handbook"], self.problems)
            check_sources(handbook, self.sources["handbook"], self.problems)
        if strategy:
            check_strategy(strategy, self.sources["strategy"], self.problems)

    def _check_names(self, names: Names, models: Mapping[str, BaseModel | None], folder: str = "") -> None:
        """Hold the names in files against those there are; a model's place is `folder` and its key."""
        for name, model in models.items():
            if model is not None and folder + name in self.sources:
                check_file(model, self.sources[folder + name], names, self.problems)

    def _check_dated(
        self,
        names: Names,
        diagnoses: Mapping[str, Diagnosis],
        workshops: Mapping[str, Workshop],
        cases: Mapping[str, CaseHead],
    ) -> None:
        self._check_names(names, diagnoses, "diagnosis/")
        self._check_names(names, workshops, "workshops/")
        self._check_names(names, cases, "cases/")

    def _check_pages(self, content: tuple[ContentPage, ...], names: Names) -> None:
        """A page that is no case may name an audience too; a case's front matter is checked whole."""
        for page in content:
            if page.head.get("audience") is not None and case_id(page.path) is None:
                source = self.sources[page.bodies[page.first].file]
                check_name("audience", page.head["audience"], source, ("audience",), names, self.problems)

    def _check_parts(
        self,
        indicators: Mapping[str, Indicator],
        processes: Mapping[str, Process],
        pilots: Mapping[str, Pilot],
        reviews: Mapping[str, Review],
        roadmap: Roadmap | None,
        cases: Mapping[str, CaseHead],
        *,
        calendar: Calendar | None,
    ) -> None:
        problems, sources = self.problems, self.sources
        consistency.check_indicators(indicators, calendar, sources, problems)
        check_collected(self.root, indicators, sources, problems)
        for id_, process in processes.items():
            consistency.check_process(process, sources[f"processes/{id_}"], problems)
            check_pairs(process, sources[f"processes/{id_}"], problems)
            check_log(process, self.root, sources[f"processes/{id_}"], problems)
        for id_, pilot in pilots.items():
            source = sources[f"pilots/{id_}"]
            consistency.check_pilot(
                pilot, processes, indicators, roadmap, calendar=calendar, source=source, problems=problems
            )
            check_spread(pilot, pilots, source, problems)
        for id_, review in reviews.items():
            consistency.check_review(review, pilots, processes, sources[f"reviews/{id_}"], problems)
        for id_, head in cases.items():
            consistency.check_case(head, pilots, sources[f"cases/{id_}"], problems)

    def _check_workshops(
        self,
        workshops: Mapping[str, Workshop],
        processes: Mapping[str, Process],
        questionnaire: Questionnaire,
    ) -> None:
        for id_, workshop in workshops.items():
            source = self.sources[f"workshops/{id_}"]
            check_workshop(workshop, processes, questionnaire, source, self.problems)

    def _check_diagnoses(
        self,
        questionnaire: Questionnaire | None,
        diagnoses: Mapping[str, Diagnosis],
        processes: Mapping[str, Process],
        pilots: Mapping[str, Pilot],
    ) -> None:
        if questionnaire and "diagnosis/questions" in self.sources:
            consistency.check_questionnaire(questionnaire, self.sources["diagnosis/questions"], self.problems)
        for stem, diagnosis in diagnoses.items():
            source = self.sources[f"diagnosis/{stem}"]
            consistency.check_bottlenecks(diagnosis, processes, pilots, source, self.problems)
            if questionnaire:
                consistency.check_diagnosis(diagnosis, questionnaire, source, self.problems)


def _calendar(sound: Handbook | None, broken: frozenset[str]) -> Calendar | None:
    """When years start; None where the handbook cannot be asked."""
    return None if sound is None or {"fiscal_year_starts", "fiscal_year"} & broken else sound.calendar
