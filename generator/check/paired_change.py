"""paired-change: the process and its indicators change together, within one quarter."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from generator.check.rule import Finding, Rule, RuleContext, listed
from generator.model.catalogue import Catalogue
from generator.model.indicator import HistoryEntry
from generator.model.pilot import Change, Pilot

WHY = """A change of the process that names no indicator can never show what it did. A changed definition
without a changed process is only another ruler: the figures move, the work does not. So a change in a pilot
says which indicators should show it, and an indicator of a pack whose meaning changes while the pilot runs
belongs to a change of the process that names it and lies within one quarter (the setting `days`). Moving a
target, an owner or a source changes no meaning. A pair of the to-be map (`pairs`) says the same of steps and
indicators: it speaks for every change at its new steps and for the indicators that it names, and has both
sides itself."""


def check(context: RuleContext) -> Iterator[Finding]:
    catalogue = context.catalogue
    for id_, pilot in catalogue.pilots.items():
        for position, change in enumerate(pilot.changes):
            if not change.indicators and not _paired(catalogue, pilot, change):
                mark = catalogue.mark(f"pilots/{id_}", ("changes", position, "id"))
                message = f"the change '{change.id}' names no indicator that should show it"
                yield Finding(mark, message, "add indicators: [...]")
    yield from _one_sided(catalogue)
    for id_, indicator in catalogue.indicators.items():
        if not indicator.in_use:
            continue
        for position, entry in enumerate(indicator.history):
            if _changes_the_meaning(entry):
                loc = ("history", position, "date")
                yield from _unpaired(context, id_, entry, loc)


def _paired(catalogue: Catalogue, pilot: Pilot, change: Change) -> bool:
    """A pair of the process names the indicators of the steps that a change touches."""
    process = catalogue.processes.get(pilot.process or "")
    pairs = process.pairs if process else ()
    return any(pair.new and set(change.steps) & {*pair.new_steps, *pair.old_steps} for pair in pairs)


def _by_pairs(catalogue: Catalogue, pilot: Pilot, change: Change) -> set[str]:
    """The indicators that pairs of the process name for the steps of a change."""
    process = catalogue.processes.get(pilot.process or "")
    pairs = process.pairs if process else ()
    touched = set(change.steps)
    return {
        name for pair in pairs if touched & {*pair.new_steps, *pair.old_steps} for name in pair.indicators
    }


def _one_sided(catalogue: Catalogue) -> Iterator[Finding]:
    """Pairs with steps and no indicator, or the other way round."""
    for id_, process in catalogue.processes.items():
        for position, pair in enumerate(process.pairs):
            mark = catalogue.mark(f"processes/{id_}", ("maps", "to_be", "pairs", position, "id"))
            if not pair.new:
                message = f"the pair '{pair.id}' has no new indicator: its new steps show in no figure"
                yield Finding(mark, message, "add new: [...]")
            elif not pair.new_steps:
                message = f"the pair '{pair.id}' has no new step: it is only another ruler"
                yield Finding(mark, message, "add new_steps: [...]")


def _changes_the_meaning(entry: HistoryEntry) -> bool:
    return entry.change in ("definition", "formula") or (entry.breaks_series and entry.change != "created")


def _unpaired(
    context: RuleContext, indicator: str, entry: HistoryEntry, loc: tuple[str | int, ...]
) -> Iterator[Finding]:
    catalogue = context.catalogue
    affected = [
        id_
        for id_, pilot in catalogue.pilots.items()
        if any(item.indicator == indicator for item in pilot.pack) and _runs(catalogue, pilot, entry.date)
    ]
    # The ruler is one for all: a change in any of the pilots that use it explains it to the others.
    near = timedelta(days=context.number("days"))
    explained = any(
        abs(change.date - entry.date) <= near
        and (indicator in change.indicators or indicator in _by_pairs(catalogue, pilot, change))
        for pilot in catalogue.pilots.values()
        for change in pilot.changes
    )
    if affected and not explained and context.whole("pilots"):
        pilots = listed([f"'{id_}'" for id_ in affected])
        message = f"'{indicator}' was changed on {entry.date}, but no process change of {pilots} goes with it"
        hint = (
            f"name '{indicator}' in the indicators: of the change it goes with, at most {near.days} days "
            "from it; or wait with the definition until the pilot ends"
        )
        yield Finding(catalogue.mark(f"indicators/{indicator}", loc), message, hint)


def _runs(catalogue: Catalogue, pilot: Pilot, day: date) -> bool:
    calendar = catalogue.handbook.calendar
    last = calendar.end(pilot.period.to) if pilot.period.to else date.max
    return calendar.start(pilot.period.from_) <= day <= last


RULE = Rule("paired-change", "warning", WHY, check, {"days": 92})
