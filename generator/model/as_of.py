"""What was known when a period was told: nothing later leaks into a page, an export or a warning.

A quarter is told some days after its end, when its long review is held. So results, changes, definitions and
everything else of the past end with the period, while the period's own long reviews belong to it, with what
they were told about their actions.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from pydantic import BaseModel

from generator.model.calendar import Calendar
from generator.model.catalogue import Catalogue
from generator.model.handbook import Handbook
from generator.model.hidden_links import without_hidden_links
from generator.model.indicator import Indicator, Target
from generator.model.period import Period
from generator.model.pilot import Change, PackItem, Pilot, StepProgress
from generator.model.process import Maps, Process
from generator.model.restatement import Restatement, with_earlier
from generator.model.results import Mask, Results
from generator.model.review import Action, Review
from generator.model.selection import KeptIds, selected
from generator.model.shortcode import LATER
from generator.model.strategy import Strategy
from generator.problems import Source


def results_until(rows: Results, as_of: Period | None, calendar: Calendar) -> Results:
    """The rows of periods that had ended when `as_of` ended; a week belongs to the period of its Thursday."""
    if as_of is None:
        return rows
    end = calendar.end(as_of)
    return rows.taken(rows.where("period", lambda period: calendar.closes_on(period) <= end))


def told_on(catalogue: Catalogue, as_of: Period) -> date:
    """The day on which a period was told: of its last long review; without one, a short review's interval
    after its end. Results taken from their source and actions closed by then belong to what was known."""
    days = _Days.of(catalogue.handbook, catalogue.reviews.values(), as_of)
    return max(days.end, days.told)


def begun_later(whole: Catalogue, past: Catalogue) -> Iterator[tuple[str, str, str]]:
    """What a catalogue of a past period does not have although it is worked with today, each with the day
    that the files give: pilots, and indicators of a pack (`pilot` or `indicator`, id, day or period)."""
    for id_, pilot in whole.pilots.items():
        if id_ not in past.pilots:
            yield "pilot", id_, str(pilot.period.from_)
    packed = {item.indicator for id_ in past.pilots for item in whole.pilots[id_].pack}
    for id_ in sorted(packed & whole.indicators.keys() - past.indicators.keys()):
        days = [entry.date for entry in whole.indicators[id_].history if entry.change == "created"]
        yield "indicator", id_, str(min(days, default=""))


def known_at(catalogue: Catalogue, as_of: Period) -> Catalogue:
    """The catalogue as it stood when `as_of` was told.

    Later rows, reviews, changes, diagnoses, cases, targets and entries of histories are gone, with what they
    alone define; wordings changed later are as before, where the history gives them; actions closed later
    are open. What carries no date is taken to have always been so.
    """
    past = _Past(catalogue, as_of)
    indicators = {k: past.indicator(v) for k, v in catalogue.indicators.items() if past.has_indicator(v)}
    processes = {k: past.process(v) for k, v in catalogue.processes.items() if past.has_process(v)}
    pilots = {k: past.pilot(v) for k, v in catalogue.pilots.items() if past.begun(v.period.from_)}
    reviews = {k: past.review(v) for k, v in catalogue.reviews.items() if past.has_review(v)}
    cases = {k: v for k, v in catalogue.cases.items() if past.has(v.date)}
    workshops = {k: v for k, v in catalogue.workshops.items() if past.has(v.date)}
    pages = frozenset(page.path for page in catalogue.content)
    parts = (indicators, processes, pilots, reviews, cases, workshops, pages)
    kept = KeptIds(*(frozenset(item) for item in parts))
    whole = replace(
        catalogue,
        indicators={**catalogue.indicators, **indicators},
        processes={**catalogue.processes, **processes},
        pilots={**catalogue.pilots, **pilots},
        reviews={**catalogue.reviews, **reviews},
        diagnoses=tuple(diagnosis for diagnosis in catalogue.diagnoses if past.has(diagnosis.date)),
        strategy=past.strategy(catalogue.strategy),
        responses={
            diagnosis.name: catalogue.responses[diagnosis.name]
            for diagnosis in catalogue.diagnoses
            if past.has(diagnosis.date) and diagnosis.name in catalogue.responses
        },
        measured={k: v for k, v in catalogue.measured.items() if all(past.has(one.until) for one in v.maps)},
        results=past.results(catalogue.results, catalogue.restated),
        restated=tuple(one for one in catalogue.restated if one.on <= past.told_on),
        runs=tuple(run for run in catalogue.runs if run.day <= past.told_on),
    )
    cut = without_hidden_links(selected(whole, kept), catalogue, LATER)
    return replace(cut, sources=_sources(catalogue, cut), later=catalogue.later or catalogue)


def _sources(whole: Catalogue, cut: Catalogue) -> Mapping[str, Source]:
    """Where what is left stands in the files: warnings about the past name the lines of today."""
    later = {
        f"diagnosis/{diagnosis.date}-{diagnosis.unit}"
        for diagnosis in whole.diagnoses
        if diagnosis not in cut.diagnoses
    }
    sources = {name: source for name, source in cut.sources.items() if name not in later}
    for kind in ("indicators", "pilots", "reviews"):
        before: Mapping[str, BaseModel] = getattr(whole, kind)
        after: Mapping[str, BaseModel] = getattr(cut, kind)
        for id_, part in after.items():
            if (place := f"{kind}/{id_}") in sources:
                sources[place] = _moved(sources[place], before[id_], part)
    return sources


@dataclass(frozen=True, slots=True)
class _Days:
    """The two days that matter, and the handbook's calendar."""

    end: date
    """The period's last day."""
    told: date
    """The day of its last long review; without one, a short review's interval after its end."""
    calendar: Calendar

    @classmethod
    def of(cls, handbook: Handbook, reviews: Iterable[Review], as_of: Period) -> _Days:
        calendar = handbook.calendar
        end = calendar.end(as_of)
        later = end + timedelta(days=handbook.review.short_every_days)
        held = [
            review.date for review in reviews if review.kind == "long" and calendar.end(review.period) == end
        ]
        return cls(end, max(held, default=later), calendar)


class _Past:
    """How each part of a catalogue looked on the days of a period."""

    def __init__(self, catalogue: Catalogue, as_of: Period) -> None:
        self._days = _Days.of(catalogue.handbook, catalogue.reviews.values(), as_of)

    def has(self, day: date | None) -> bool:
        """Whether something of that day had happened; what has no date always had."""
        return day is None or day <= self._days.end

    def _told(self, day: date | None) -> bool:
        return day is None or day <= self.told_on

    def begun(self, period: Period | None) -> bool:
        """Whether a period had begun."""
        return period is None or self._days.calendar.opens_on(period) <= self._days.end

    def _over(self, period: Period) -> bool:
        return self._days.calendar.closes_on(period) <= self._days.end

    @property
    def told_on(self) -> date:
        """The day on which the period was told."""
        return max(self._days.end, self._days.told)

    def results(self, rows: Results, restated: tuple[Restatement, ...]) -> Results:
        """What was known of the periods that were over; what was restated later, as it was told then."""
        over = tuple(one for one in restated if self._over(one.row.period))
        return with_earlier(rows.taken(self._has_results(rows)), over, self.told_on)

    def _has_results(self, rows: Results) -> Mask:
        return rows.where("period", self._over) & rows.where("as_of", self._told)

    def has_indicator(self, indicator: Indicator) -> bool:
        created = [entry.date for entry in indicator.history if entry.change == "created"]
        return self.has(min(created, default=None))

    def indicator(self, indicator: Indicator) -> Indicator:
        update: dict[str, object] = {
            "history": tuple(entry for entry in indicator.history if self.has(entry.date)),
            "targets": self._targets(indicator.targets),
        }
        if indicator.verified is not None and not self.has(indicator.verified.on):
            update["verified"] = None
        if indicator.retired_on is not None and not self.has(indicator.retired_on):
            update |= {"status": "active", "retired_on": None, "replaced_by": None}
        # The newest first: the wording before the oldest of several later changes is the one that stood.
        for entry in reversed(indicator.history):
            if entry.before is not None and entry.change in ("definition", "formula"):
                update |= {} if self.has(entry.date) else {entry.change: entry.before}
        return indicator.model_copy(update=update)

    def _targets(self, targets: tuple[Target, ...]) -> tuple[Target, ...]:
        return tuple(target for target in targets if self.begun(target.from_))

    def strategy(self, strategy: Strategy | None) -> Strategy | None:
        """The answers about goals that had been given; other parts of a strategy have no day."""
        if strategy is None:
            return None
        goals = tuple(
            goal.model_copy(update={"answers": tuple(each for each in goal.answers if self._told(each.on))})
            for goal in strategy.goals
        )
        return strategy.model_copy(update={"goals": goals})

    def has_process(self, process: Process) -> bool:
        first = process.maps.as_is or process.maps.to_be
        return first is None or self.begun(first.since)

    def process(self, process: Process) -> Process:
        to_be = process.maps.to_be
        if to_be is None or self.begun(to_be.since):
            return process
        return process.model_copy(update={"maps": Maps(as_is=process.maps.as_is)})

    def pilot(self, pilot: Pilot) -> Pilot:
        return pilot.model_copy(
            update={
                "pack": tuple(self._item(item) for item in pilot.pack),
                "to_be_since": pilot.to_be_since if self.begun(pilot.to_be_since) else None,
                "steps": tuple(self._step(step) for step in pilot.steps),
                "changes": tuple(self._change(change) for change in pilot.changes if self.has(change.date)),
                "tools": tuple(tool for tool in pilot.tools if self.has(tool.live)),
                "training": tuple(one for one in pilot.training if self.has(one.date)),
            }
        )

    def _change(self, change: Change) -> Change:
        """A transfer that began later was planned, and nobody knew what would come of it."""
        if all(self.has(transfer.date) for transfer in change.spread):
            return change
        later = {"date": None, "change": None, "reason": None, "document": None}
        return change.model_copy(
            update={
                "spread": tuple(
                    transfer if self.has(transfer.date) else transfer.model_copy(update=later)
                    for transfer in change.spread
                )
            }
        )

    def _item(self, item: PackItem) -> PackItem:
        update: dict[str, object] = {"targets": self._targets(item.targets)}
        if item.baseline is not None and item.baseline.period is not None:
            update["baseline"] = item.baseline if self._over(item.baseline.period) else None
        return item.model_copy(update=update)

    def _step(self, step: StepProgress) -> StepProgress:
        """A step that had not started is planned; outputs and the note came with its end."""
        if self.has(step.started) and self.has(step.finished):
            return step
        started = self.has(step.started)
        return step.model_copy(
            update={
                "status": "started" if started else "planned",
                "started": step.started if started else None,
                "finished": None,
                "outputs": tuple(
                    output.model_copy(update={"done": False, "link": None}) for output in step.outputs
                ),
                "note": None,
            }
        )

    def has_review(self, review: Review) -> bool:
        """A short review by its day, a long one by its period: it is held after it."""
        return self._over(review.period) if review.kind == "long" else self.has(review.date)

    def review(self, review: Review) -> Review:
        return review.model_copy(update={"actions": tuple(self._action(action) for action in review.actions)})

    def _action(self, action: Action) -> Action:
        """Open again where it was closed later; without a day of closing the day it was due counts."""
        update: dict[str, object] = {}
        ended = action.status in ("done", "dropped")
        closed = action.closed or (action.due if ended else None)
        if ended and not self._told(closed):
            update |= {"status": "open", "closed": None, "result": None}
        elif action.result is not None and not self._told(action.result.on or closed):
            update["result"] = None
        return action.model_copy(update=update) if update else action


def _moved(source: Source, before: BaseModel, after: BaseModel) -> Source:
    """The places in a file for the positions that its lists have with some entries gone."""
    for name, info in type(before).model_fields.items():
        old, new = getattr(before, name), getattr(after, name)
        if isinstance(old, tuple) and len(new) < len(old):
            source = source.with_only(info.alias or name, _positions(old, new))
    return source


def _positions(old: tuple[object, ...], new: tuple[object, ...]) -> tuple[int, ...]:
    """Where the entries of a shortened list stood before; entries are known by what names them."""
    found, at = [], 0
    for entry in new:
        while at < len(old) and _named(old[at]) != _named(entry):
            at += 1
        found.append(at)
        at += 1
    return tuple(found)


def _named(entry: object) -> tuple[object, ...]:
    return (
        type(entry),
        *(getattr(entry, name, None) for name in ("id", "indicator", "name", "date", "from_")),
    )
