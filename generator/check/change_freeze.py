"""change-freeze: a definition that changes in the last two weeks of a review period says why."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from generator.check.rule import Finding, Rule, RuleContext
from generator.model.indicator import HistoryEntry

ONE_DAY = timedelta(days=1)
WHY = """Whoever moves the ruler just before the measuring may be moving it to pass. In the last two weeks of
a long review period (the handbook's `review: {long: …}`) a definition or a formula therefore changes only
with a reason in the indicator's history, so that the review can judge whether the old figure or the new one
stands. It is asked of indicators in use; a change at the beginning of the next period needs none."""


def check(context: RuleContext) -> Iterator[Finding]:
    catalogue = context.catalogue
    long, calendar = catalogue.handbook.review.long, catalogue.handbook.calendar
    for indicator in context.measured(catalogue.indicators):
        for position, entry in enumerate(indicator.history):
            if not _changes_the_ruler(entry) or entry.why is not None:
                continue
            period = calendar.of(entry.date, long)
            left = (calendar.end(period) - entry.date).days + 1  # with the day of the change
            if left > context.number("days"):
                continue
            when = "on the last day" if left == 1 else f"in the last {left} days"
            yield Finding(
                catalogue.mark(f"indicators/{indicator.id}", ("history", position, "date")),
                f"'{indicator.id}' was redefined on {entry.date}, {when} of {period}, without a reason",
                f"add why: … to this entry; or let the change hold from {calendar.end(period) + ONE_DAY} on",
            )


def _changes_the_ruler(entry: HistoryEntry) -> bool:
    return entry.change in ("definition", "formula")


RULE = Rule("change-freeze", "warning", WHY, check, {"days": 14})
