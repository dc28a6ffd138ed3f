"""stale-results: the last result is no older than one period plus the source's refresh."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from generator.check.rule import Finding, Rule, RuleContext
from generator.model.freshness import known_until, next_due

WHY = """A chart that ends months ago looks as if all were well. When results stop coming, either the source
is broken or nobody needs the indicator any more; both deserve a look."""


def check(context: RuleContext) -> Iterator[Finding]:
    catalogue, as_of = context.catalogue, context.as_of
    if as_of is None:
        return
    calendar = catalogue.handbook.calendar
    now = known_until(catalogue, as_of)
    results = catalogue.results
    for (id_,), rows in results.groups("indicator", rows=results.valued):
        periods = results.things("period")
        last = max(periods[code] for code in np.unique(results.codes("period")[rows]))
        indicator = catalogue.indicators[id_]
        if not indicator.in_use:
            continue
        due = next_due(indicator, last, calendar)
        if due < now:
            mark = catalogue.mark(f"indicators/{id_}", ("source",), key=True)
            message = f"the last result of '{id_}' is of {last}; the next one was due on {due}"
            yield Finding(mark, message, f"seen from {now}: add results, or retire the indicator")


RULE = Rule("stale-results", "warning", WHY, check)
