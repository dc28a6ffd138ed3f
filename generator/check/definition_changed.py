"""definition-changed: results after a change that breaks the series carry the new definition's version."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from generator.check.rule import Finding, Rule, RuleContext
from generator.model.result import Observation

WHY = """Drawn on as if nothing had happened, a new definition looks like a change of the work. The version
of a result says which definition it follows, so that nobody has to guess whether the system that delivers it
was switched over in time. It is asked of periods that begin on or after the change: in the one that holds
the change, both definitions meet."""


def check(context: RuleContext) -> Iterator[Finding]:
    catalogue, calendar = context.catalogue, context.catalogue.handbook.calendar
    breaks = {
        id_: sorted(e.date for e in indicator.history if e.breaks_series and e.change != "created")
        for id_, indicator in catalogue.indicators.items()
    }
    unmarked: dict[tuple[str, str, date], list[Observation]] = defaultdict(list)
    results = catalogue.results
    for result in results.taken(results.valued & results.where("indicator", lambda id_: bool(breaks[id_]))):
        days = breaks[result.indicator]
        newest = max((day for day in days if day <= calendar.start(result.period)), default=None)
        if newest is None or (result.version and result.version >= newest):
            continue
        unmarked[result.file, result.indicator, newest].append(result)
    # One switch-over that was forgotten is one finding, however many rows it left behind.
    for (_, id_, newest), rows in unmarked.items():
        rest = len(rows) - 1
        others = f" (and {rest} more {'row' if rest == 1 else 'rows'} of this file)" if rest else ""
        first = rows[0]
        version = f"carries the version {first.version}" if first.version else "carries no version"
        message = f"'{id_}' changed on {newest}, but the result of {first.period} {version}{others}"
        hint = f"write version {newest} where the value follows the new definition; else have it counted anew"
        yield Finding(first.mark, message, hint)


RULE = Rule("definition-changed", "warning", WHY, check)
