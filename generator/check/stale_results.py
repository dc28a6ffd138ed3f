"""stale-results: the last result is no older than one period plus the source's refresh."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from generator.check.rule import Context, Finding, Rule
from generator.model.period import Frequency, Period

WHY = """A chart that ends months ago looks as if all were well. When results stop coming, either the source
is broken or nobody needs the indicator any more; both deserve a look."""

_REFRESH_DAYS: dict[Frequency, int] = {
    "year": 366, "half": 184, "quarter": 92, "month": 31, "week": 7, "day": 1
}  # fmt: skip


def check(context: Context) -> Iterator[Finding]:
    catalogue, as_of = context.catalogue, context.as_of
    if as_of is None:
        return
    starts = catalogue.handbook.fiscal_year_starts
    now = as_of.end(starts)
    newest: dict[str, Period] = {}
    for result in catalogue.results:
        known = newest.get(result.indicator)
        if result.value is not None and (known is None or known < result.period):
            newest[result.indicator] = result.period
    for id_, last in newest.items():
        indicator = catalogue.indicators[id_]
        if indicator.status not in ("active", "trial"):
            continue
        refresh = indicator.source.refresh if indicator.source else None
        due = last.shift(1).end(starts) + timedelta(days=_REFRESH_DAYS[refresh] if refresh else 0)
        if due < now:
            mark = catalogue.mark(f"indicators/{id_}", ("source",), key=True)
            message = f"the last result of '{id_}' is of {last}; the next one was due on {due}"
            yield Finding(mark, message, f"seen from {as_of}: add results, or retire the indicator")


RULE = Rule("stale-results", "warning", WHY, check)
