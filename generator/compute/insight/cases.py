"""What stands behind a case: its measured change, the evidence for a rule, the reviews that speak of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from generator.compute.effects.claim import Claim
from generator.compute.figures import Figures
from generator.compute.insight.evidence import long_periods, needed_periods
from generator.compute.processes.map_change import StepGroup
from generator.model.case import CaseHead
from generator.model.catalogue import Catalogue
from generator.model.pilot import Change


@dataclass(frozen=True, slots=True)
class IndicatorEvidence:
    """How much stands behind one indicator of a case."""

    indicator: str
    periods: int
    """Whole long review periods with results since what the case tells of began."""
    effect: Claim | None
    """What the case's change did to it; None where it names none, or not this indicator."""


@dataclass(frozen=True, slots=True)
class CaseEvidence:
    """What stands behind a policy or an institutional case (rule evidence-before-rollout)."""

    needed: int
    indicators: tuple[IndicatorEvidence, ...]
    enough: bool | None
    """Whether every indicator has results of enough long periods, and there is one; None where that hangs on
    a change or a pilot that is not for the edition: it would tell when that was."""


def change_of_case(catalogue: Catalogue, head: CaseHead) -> Change | None:
    """The change of the pilot that a case tells of."""
    pilot = catalogue.pilots.get(head.pilot or "")
    return next((change for change in pilot.changes if change.id == head.change), None) if pilot else None


def is_rule(head: CaseHead) -> bool:
    """Whether the case is made for all, so that it must stand on evidence."""
    return head.kind == "policy" or head.spread == "institutional"


def evidence_behind(figures: Figures, head: CaseHead) -> CaseEvidence:
    """The whole long periods of results behind every indicator of a case.

    Counted since its change, or else since its pilot began; results of the pilot or of the organisation.
    """
    every, hidden = figures.whole, change_withheld(figures, head)
    told = whole_head(figures, head)
    since = _since(every.catalogue, told)
    places = (told.pilot, None) if told.pilot else None
    needed = needed_periods(every.catalogue)
    periods = {name: len(long_periods(every, name, places, since)) for name in told.indicators}
    effects = figures.effects.get((head.pilot or "", head.change or ""), ())
    return CaseEvidence(
        needed,
        tuple(
            IndicatorEvidence(
                name,
                periods[name],
                next((effect for effect in effects if effect.indicator == name), None),
            )
            for name in (() if hidden else head.indicators)
        ),
        None if hidden else bool(periods) and all(count >= needed for count in periods.values()),
    )


def whole_head(figures: Figures, head: CaseHead) -> CaseHead:
    """A case as it is with nothing hidden."""
    name = next((name for name, item in figures.catalogue.cases.items() if item is head), None)
    return figures.whole.catalogue.cases.get(name or "", head)


def change_withheld(figures: Figures, head: CaseHead) -> bool:
    """Whether a case tells of a change that is not for the edition."""
    told = whole_head(figures, head)
    return (told.pilot, told.change) != (head.pilot, head.change)


def _since(catalogue: Catalogue, head: CaseHead) -> date:
    change = change_of_case(catalogue, head)
    if change is not None:
        return change.date
    pilot = catalogue.pilots.get(head.pilot or "")
    return catalogue.handbook.calendar.start(pilot.period.from_) if pilot else date.min


def reviews_of(catalogue: Catalogue, case: str) -> tuple[str, ...]:
    """Reviews that speak of a case, oldest first.

    They are of its pilot, not before its change, and name one of its indicators or a step of the change.
    """
    head = catalogue.cases[case]
    change = change_of_case(catalogue, head)
    found = []
    for review in catalogue.reviews.values():
        if head.pilot is None or review.pilot != head.pilot or (change and review.date < change.date):
            continue
        indicators = {problem.indicator for problem in review.problems}
        indicators |= {action.result.indicator for action in review.actions if action.result}
        steps = {problem.step for problem in review.problems} & set(change.steps if change else ())
        if indicators & set(head.indicators) or steps - {None}:
            found.append((review.date, review.id))
    return tuple(name for _, name in sorted(found))


def cases_of_review(catalogue: Catalogue, review: str) -> tuple[str, ...]:
    """The cases that a review speaks of: `reviews_of` the other way round."""
    return tuple(case for case in catalogue.cases if review in reviews_of(catalogue, case))


def near_cases(catalogue: Catalogue, case: str) -> tuple[str, ...]:
    """Other cases about the same change first, then about the same process or indicators."""
    head = catalogue.cases[case]

    def nearness(other: CaseHead) -> int:
        same_change = head.change is not None and (other.pilot, other.change) == (head.pilot, head.change)
        shared = len(set(head.indicators) & set(other.indicators))
        return 100 * same_change + shared + (head.process is not None and head.process == other.process)

    near = [(nearness(other), name) for name, other in catalogue.cases.items() if name != case]
    return tuple(name for score, name in sorted(near, key=lambda item: (-item[0], item[1])) if score)


def affected(figures: Figures, head: CaseHead) -> tuple[StepGroup, ...]:
    """The groups of steps, from as-is to to-be, that the case's change names a step of."""
    change = change_of_case(figures.catalogue, head)
    process = figures.processes.get(_process(figures.catalogue, head) or "")
    if change is None or process is None or process.change is None:
        return ()
    steps = set(change.steps)
    return tuple(group for group in process.change.groups if steps & {*group.before, *group.after})


def _process(catalogue: Catalogue, head: CaseHead) -> str | None:
    pilot = catalogue.pilots.get(head.pilot or "")
    return pilot.process if pilot is not None and pilot.process else head.process
