"""The figures of an edition: computed on everything, then cut down to what its audience may see.

Nothing is computed on what is left: a score without one of its indicators, a gain without one of its
guardrails would be another verdict. What rests on a part that the edition may not see is withheld and says
so; what rests on seen parts only is the figure of the whole catalogue.
Source: the computations page, section 10.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from generator.compute.effects.claim import Claim, Reservation
from generator.compute.effects.guardrail import GuardEffect
from generator.compute.figures import Figures, PilotFigures
from generator.compute.hidden_columns import Columns
from generator.compute.processes.process_figures import ProcessFigures
from generator.compute.score import PackFigure, seen_score
from generator.compute.series.assessed import AssessedSeries
from generator.compute.series.marks import SeriesMark
from generator.compute.series.signals import Signals
from generator.compute.series.values import Key
from generator.compute.usage import usage_of
from generator.model.catalogue import Catalogue
from generator.model.edition import hidden_columns


def edition_view(whole: Figures, catalogue: Catalogue, edition: str) -> Figures:
    """The figures of `whole` as an edition may tell them; `catalogue` is what it may see (`for_audience`)."""
    view = _View(whole, catalogue, edition)
    seen = [key for key in whole.series if view.sees(key)]
    series = {key: view.series(key, whole.series[key]) for key in seen}
    return Figures(
        catalogue=catalogue,
        edition=edition,
        as_of=whole.as_of,
        series=series,
        longer={key: view.series(key, whole.longer[key]) for key in seen if key in whole.longer},
        pilots={name: view.pilot(whole.pilots[name]) for name in catalogue.pilots if name in whole.pilots},
        usage=usage_of(catalogue),
        by_indicator={
            name: tuple(series[item.series.key] for item in own if item.series.key in series)
            for name, own in whole.by_indicator.items()
            if name in catalogue.indicators
        },
        processes={
            name: view.process(whole.processes[name])
            for name in catalogue.processes
            if name in whole.processes
        },
        signals={key: view.signals(key, whole.signals[key]) for key in seen},
        effects={
            (pilot, change): tuple(
                view.effect(item) for item in told if item.indicator in catalogue.indicators
            )
            for (pilot, change), told in whole.effects.items()
            if pilot in catalogue.pilots
        },
        clues={
            name: tuple(
                clue
                for clue in whole.clues.get(name, ())
                if clue.leader in catalogue.indicators and clue.follower in catalogue.indicators
            )
            for name in catalogue.pilots
        },
        everything=whole,
    )


class _View:
    """How each figure looks to an audience that may see a catalogue."""

    def __init__(self, whole: Figures, catalogue: Catalogue, edition: str) -> None:
        handbook = catalogue.handbook
        self._catalogue, self._whole = catalogue, whole
        self._columns = Columns(hidden_columns(handbook, edition), handbook.calendar)
        self._given = {key: self._columns.given(item) for key, item in whole.series.items()}
        self._dimensions = {dimension.id for dimension in catalogue.handbook.dimensions}
        self._changes = {
            (pilot.id, change.id): change for pilot in catalogue.pilots.values() for change in pilot.changes
        }

    def sees(self, key: Key) -> bool:
        """Whether a series is of an indicator, a pilot and a cell that are all seen."""
        indicator, pilot, cell = key
        return (
            indicator in self._catalogue.indicators
            and (pilot is None or pilot in self._catalogue.pilots)
            and all(dimension in self._dimensions for dimension, _ in cell)
        )

    def series(self, key: Key, series: AssessedSeries) -> AssessedSeries:
        return self._columns.series(series, self._given[key])

    def pilot(self, whole: PilotFigures) -> PilotFigures:
        """The seen part of a pack; its score only where all that the score rests on is seen."""
        seen = [item for item in whole.pack if item.indicator in self._catalogue.indicators]
        scored = [item.indicator for item in seen if not self._hides_target(whole.pilot, item)]
        pack = tuple(self._item(whole.pilot, item) for item in seen)
        gates = [item.indicator for item in seen]
        return PilotFigures(whole.pilot, pack, seen_score(whole.score, whole.pack, scored, gates))

    def _hides_target(self, pilot: str, item: PackFigure) -> bool:
        return self._columns.hides(item.review, self._given.get((item.indicator, pilot, ()), frozenset()))

    def _item(self, pilot: str, item: PackFigure) -> PackFigure:
        key: Key = (item.indicator, pilot, ())
        if item.series is None or key not in self._given:
            return item
        review = self._columns.point(item.review, self._given[key]) if item.review else None
        return replace(item, series=self.series(key, item.series), review=review)

    def process(self, whole: ProcessFigures) -> ProcessFigures:
        known = self._catalogue
        promises = tuple(
            promise
            for promise in whole.promises
            if promise.indicator in known.indicators and promise.pilot in known.pilots
        )
        return replace(whole, promises=promises)

    def signals(self, key: Key, whole: Signals) -> Signals:
        """A mark carries its change, which may name what is not seen; a chance would tell a hidden target."""
        if whole.chance is not None and self._columns.hides(self._whole.series[key].last, self._given[key]):
            whole = replace(whole, chance=None, no_assurance="withheld")
        if all(mark.change is None for mark in whole.marks):
            return whole
        return replace(
            whole,
            marks=tuple(self._mark(mark, mark.pilot or key[1] or "") for mark in whole.marks),
        )

    def _mark(self, mark: SeriesMark, pilot: str) -> SeriesMark:
        """The change of a pilot that is not seen leaves a new range, which nobody is named for."""
        if mark.change is None:
            return mark
        named = mark.pilot if mark.pilot in self._catalogue.pilots else None
        return replace(mark, change=self._changes.get((pilot, mark.change.id)), pilot=named)

    def effect(self, whole: Claim) -> Claim:
        """Own figures and their strength stay; guardrails and comparison pilots that are not seen take their
        verdicts along.

        A loss, or a cost that a seen guardrail shows, stays what it is whatever the hidden ones say.
        """
        known = self._catalogue
        seen = tuple(guard for guard in whole.guardrails if guard.indicator in known.indicators)
        compared = whole.effect.comparison
        apart = compared is not None and any(name not in known.pilots for name in compared.pilots)
        told = tuple(self._guard(guard, whole.pilot) for guard in seen)
        if len(seen) == len(whole.guardrails) and not apart:
            return whole if told == seen else replace(whole, guardrails=told)
        effect = replace(whole.effect, comparison=None) if apart else whole.effect
        settled = whole.outcome == "worse" or any(guard.result == "harmed" for guard in seen)
        hidden = len(seen) < len(whole.guardrails)
        return replace(
            whole,
            effect=effect,
            guardrails=told,
            balance=whole.balance if settled or not hidden else None,
            reservations=tuple(self._reservations(whole)),
            guards_withheld=hidden and not settled and whole.balance is not None,
            comparison_withheld=apart,
        )

    def _guard(self, guard: GuardEffect, pilot: str) -> GuardEffect:
        """Half the way from target to floor gives the target away where that stands in a hidden column."""
        given = self._given.get((guard.indicator, pilot, ()))
        if guard.margin is None or guard.margin.source != "floor" or not given:
            return guard
        return replace(guard, margin=None, margin_withheld=True)

    def _reservations(self, whole: Claim) -> Iterator[Reservation]:
        """Doubts stay without the names that are not seen; of guardrails only the seen ones are told."""
        for reservation in whole.reservations:
            if reservation.kind == "alike":
                pilots = tuple(name for name in reservation.names if name in self._catalogue.pilots)
                yield replace(reservation, names=pilots)
            elif reservation.kind == "unheld":
                names = tuple(name for name in reservation.names if name in self._catalogue.indicators)
                if names:
                    yield replace(reservation, names=names)
            else:
                yield reservation
