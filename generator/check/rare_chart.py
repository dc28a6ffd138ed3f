"""rare-chart: an indicator with `chart: rare` counts events, and most periods have none."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median

from generator.check.rule import Finding, Rule, RuleContext

WHY = """The chart of rare events shows the pauses between them. Shares and times have no pauses, and where
most periods have an event the pauses are all alike: the ordinary control chart tells more."""


def check(context: RuleContext) -> Iterator[Finding]:
    catalogue = context.catalogue
    rare = {id_ for id_, item in catalogue.indicators.items() if item.chart == "rare"}
    values: dict[str, list[float]] = {id_: [] for id_ in sorted(rare)}
    results = catalogue.results
    valued = results.valued & results.where("indicator", rare.__contains__)
    for (id_,), rows in results.groups("indicator", rows=valued):
        values[id_] = results.numbers("value")[rows].tolist()
    for id_, own in values.items():
        mark = catalogue.mark(f"indicators/{id_}", ("chart",))
        odd = next((value for value in own if value < 0 or not float(value).is_integer()), None)
        if catalogue.indicators[id_].rollup == "ratio":
            message = f"'{id_}' is a ratio, which has no pauses between events"
            yield Finding(mark, message, "leave chart out, or count the events themselves")
        elif odd is not None:
            message = f"'{id_}' is no count of events: it has a result of {odd:g}"
            yield Finding(mark, message, "leave chart out, or give whole numbers")
        elif own and median(own) > 0:
            message = f"'{id_}' is not rare: half of its results are {median(own):g} or more"
            yield Finding(mark, message, "leave chart out; the ordinary chart tells more here")


RULE = Rule("rare-chart", "warning", WHY, check)
