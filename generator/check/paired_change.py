"""paired-change: the process and its indicators change together, within one quarter."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from generator.check.rule import Finding, Rule, RuleContext, listed
from generator.model.catalogue import Catalogue
from generator.model.indicator import HistoryEntry
from generator.model.pilot import Pilot

WHY = """A change of the process that names no indicator can never show what it did. A changed definition
without a changed process is only another ruler: the figures move, the work does not. So a change in a pilot
says which indicators should show it, and an indicator of a pack whose meaning changes while the pilot runs
belongs to a change of the process that names it and lies within one quarter (the setting `days`). Moving a
target, an owner or a source changes no meaning."""


def check(context: RuleContext) -> Iterator[Finding]:
    catalogue = context.catalogue
    for id_, pilot in catalogue.pilots.items():
        for position, change in enumerate(pilot.changes):
            if not change.indicators:
                mark = catalogue.mark(f"pilots/{id_}", ("changes", position, "id"))
                message = f"the change '{change.id}' names no indicator that should show it"
                yield Finding(mark, message, "add indicators: [...]")
    for id_, indicator in catalogue.indicators.items():
        if not indicator.in_use:
            continue
        for position, entry in enumerate(indicator.history):
            if _changes_the_meaning(entry):
                loc = ("history", position, "date")
                yield from _unpaired(context, id_, entry, loc)


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
        indicator in change.indicators and abs(change.date - entry.date) <= near
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
