"""Editions: what an audience may see, taken out of the catalogue before anything is computed or shown.

Audiences are widest first; the edition of one holds what is marked with it or a wider one. What is hidden
goes with every reference to it, so that no page, export or search entry can name it. What tells of persons
(their names, coaching notes on one, indicators of single persons) is seen from `people_audience` on; an
indicator's own `audience` goes before that. What a pilot rewards is for the narrowest alone.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import replace

from pydantic import BaseModel

from generator.model.attachments import belonging, only
from generator.model.case import CaseHead
from generator.model.catalogue import Catalogue
from generator.model.common import Owner
from generator.model.diagnosis import Bottleneck
from generator.model.handbook import Handbook
from generator.model.hidden_links import without_hidden_links
from generator.model.indicator import HistoryEntry, Verified
from generator.model.page_source import ContentPage
from generator.model.pilot import Pilot
from generator.model.process import Process
from generator.model.restatement import CollectRun, Restatement
from generator.model.results import NUMBERS, Results
from generator.model.review import Review
from generator.model.selection import KeptIds, case_id, selected
from generator.model.source_system import SourceSystem
from generator.model.strategy_ways import linked_up
from generator.model.walk import rebuilt
from generator.model.workshop import Workshop

_NOTHING: Mapping[str, Hashable] = {
    "numerator": None,
    "denominator": None,
    "n": None,
    "target": None,
    "note": "",
    "as_of": None,
    "version": None,
}


def for_audience(catalogue: Catalogue, audience: str) -> Catalogue:
    """The catalogue as `audience` may see it. ValueError for an audience the handbook does not have."""
    audiences = catalogue.handbook.audiences
    if audience not in audiences:
        raise ValueError(f"unknown audience {audience!r}; known: {', '.join(audiences)}")
    marks = frozenset(audiences[: audiences.index(audience) + 1])
    people = catalogue.handbook.people_audience
    kept = KeptIds(
        indicators=frozenset(
            id_
            for id_, item in catalogue.indicators.items()
            if _sees(marks, item.audience or (people if item.level == "individual" else None))
        ),
        processes=_seen(catalogue.processes, marks),
        pilots=_seen(catalogue.pilots, marks),
        reviews=_seen(catalogue.reviews, marks),
        cases=_seen(catalogue.cases, marks),
        workshops=_seen(catalogue.workshops, marks),
        pages=frozenset(page.path for page in catalogue.content if _shows_page(page, catalogue, marks)),
    )
    chosen = selected(catalogue, kept)
    handbook = catalogue.handbook
    dimensions = tuple(d for d in handbook.dimensions if _sees(marks, d.audience))
    # The log tells of systems and their faults: nothing for the widest audience, where there are others.
    runs = chosen.runs if len(marks) > 1 or len(audiences) == 1 else ()
    edition = replace(
        chosen,
        handbook=handbook.model_copy(update={"dimensions": dimensions, "sources": _sources(handbook, runs)}),
        results=_results(chosen, marks),
        restated=_restated(chosen, marks),
        runs=runs,
        sources={kind_id: replace(source, value=None) for kind_id, source in chosen.sources.items()},
    )
    if len(marks) < len(audiences):
        edition = _without_rewards(edition)
    edition = without_hidden_links(_without_emptied(catalogue, edition), catalogue)
    if len(marks) < len(audiences):
        edition = replace(edition, attachments=only(edition.attachments, belonging(edition)))
    return edition if people in marks else _without_persons(edition)


def _sources(handbook: Handbook, runs: tuple[CollectRun, ...]) -> tuple[SourceSystem, ...]:
    """The systems that the log names, by their names alone: where they are and who asks them is nobody's."""
    named = {run.source for run in runs}
    return tuple(SourceSystem(id=one.id, name=one.name) for one in handbook.sources if one.id in named)


def _without_emptied(whole: Catalogue, edition: Catalogue) -> Catalogue:
    """Without what was about hidden things alone: its words would tell of them.

    That is an objective whose key results are all hidden, and a bottleneck of which nothing that it named is
    left.
    """
    strategy = edition.strategy
    if strategy is not None and whole.strategy is not None:
        strategy = linked_up(strategy, whole.strategy)
    diagnoses = []
    for every, item in zip(whole.diagnoses, edition.diagnoses, strict=True):
        pairs_of = zip(every.bottlenecks, item.bottlenecks, strict=True)
        left = tuple(after for before, after in pairs_of if shows_bottleneck(edition, before))
        diagnoses.append(item.model_copy(update={"bottlenecks": left}))
    return replace(edition, strategy=strategy, diagnoses=tuple(diagnoses))


def shows_bottleneck(edition: Catalogue, bottleneck: Bottleneck) -> bool:
    """Whether an edition holds any of what a bottleneck of the whole handbook names, or it names nothing."""
    item = bottleneck
    return (
        not (item.process or item.pilot or item.indicators)
        or item.process in edition.processes
        or item.pilot in edition.pilots
        or any(name in edition.indicators for name in item.indicators)
    )


def hidden_parts(catalogue: Catalogue, audience: str) -> tuple[frozenset[str], frozenset[str]]:
    """The pilots and the dimensions that an audience may not see."""
    handbook = catalogue.handbook
    marks = frozenset(handbook.audiences[: handbook.audiences.index(audience) + 1])
    dimensions = frozenset(
        dimension.id for dimension in handbook.dimensions if not _sees(marks, dimension.audience)
    )
    return frozenset(catalogue.pilots) - _seen(catalogue.pilots, marks), dimensions


def hidden_columns(handbook: Handbook, audience: str) -> frozenset[str]:
    """The columns of the results that an audience may not see."""
    marks = frozenset(handbook.audiences[: handbook.audiences.index(audience) + 1])
    return frozenset(column for column, mark in handbook.columns.items() if not _sees(marks, mark))


def _sees(marks: frozenset[str], mark: str | None) -> bool:
    return mark is None or mark in marks


def _seen(
    parts: Mapping[str, Process | Pilot | Review | CaseHead | Workshop], marks: frozenset[str]
) -> frozenset[str]:
    return frozenset(id_ for id_, part in parts.items() if _sees(marks, part.audience))


def _shows_page(page: ContentPage, catalogue: Catalogue, marks: frozenset[str]) -> bool:
    """A case's page goes with the case; any other page says itself who may see it."""
    mark = page.head.get("audience")
    return case_id(page.path) in catalogue.cases or _sees(marks, mark if isinstance(mark, str) else None)


def _results(catalogue: Catalogue, marks: frozenset[str]) -> Results:
    """The results without hidden dimensions, hidden columns blanked."""
    handbook = catalogue.handbook
    hidden = {d.id for d in handbook.dimensions if not _sees(marks, d.audience)}
    columns: set[str] = {column for column, mark in handbook.columns.items() if not _sees(marks, mark)}
    rows = catalogue.results
    rows = rows.taken(rows.where("cell", lambda cell: not any(dimension in hidden for dimension, _ in cell)))
    for column in columns & _NOTHING.keys():
        rows = rows.blanked(column) if column in NUMBERS else rows.filled(column, _NOTHING[column])
    return rows.filled("status", "actual", rows.valued) if "status" in columns else rows


def _restated(catalogue: Catalogue, marks: frozenset[str]) -> tuple[Restatement, ...]:
    """What whole figures said before, without anything beside the value; nothing of small groups.

    Where the day of taking is hidden, the day of restating would tell it.
    """
    if not _sees(marks, catalogue.handbook.columns.get("as_of")):
        return ()
    bare = dict.fromkeys(("numerator", "denominator", "n", "target", "as_of", "version"))
    return tuple(
        replace(one, row=replace(one.row, note="", status="actual", **bare))  # type: ignore[arg-type]
        for one in catalogue.restated
        if not one.row.cell and catalogue.indicators[one.row.indicator].group_size is None
    )


def _without_rewards(catalogue: Catalogue) -> Catalogue:
    """No rewards: who is paid and promoted for what goes with the page of incentives."""
    pilots = {id_: pilot.model_copy(update={"rewards": ()}) for id_, pilot in catalogue.pilots.items()}
    return replace(catalogue, pilots=pilots)


def _without_persons(catalogue: Catalogue) -> Catalogue:
    """No names, no coaching notes on one person and no respondents' notes, whose words may tell who it is."""

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
        responses={
            name: tuple(replace(response, note="") for response in rows)
            for name, rows in catalogue.responses.items()
        },
        indicators={k: rebuilt(v, nameless) for k, v in catalogue.indicators.items()},
        processes={k: rebuilt(v, nameless) for k, v in catalogue.processes.items()},
        pilots={k: rebuilt(v, nameless) for k, v in catalogue.pilots.items()},
        reviews={k: rebuilt(v, nameless) for k, v in catalogue.reviews.items()},
        strategy=rebuilt(catalogue.strategy, nameless) if catalogue.strategy is not None else None,
    )
