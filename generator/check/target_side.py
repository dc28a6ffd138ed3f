"""target-side: floor, target and stretch stand in the direction's order, the target beyond the baseline."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from generator.check.missed import rolled_up
from generator.check.rule import Finding, Rule, RuleContext
from generator.model.catalogue import Catalogue
from generator.model.comparing import better
from generator.model.exact import ratio
from generator.model.handbook import Handbook
from generator.model.indicator import Indicator, Target
from generator.model.period import FREQUENCIES
from generator.model.pilot import PackItem
from generator.model.result import Observation
from generator.problems import Loc

WHY = """A target on the wrong side rewards getting worse: with "lower is better", a target of 30 days
against a baseline of 25 is met by standing still. Floor, target and stretch out of order turn the score
upside down."""


def check(context: RuleContext) -> Iterator[Finding]:
    catalogue = context.catalogue
    results = catalogue.results
    told = results.valued & results.whole() & results.where("pilot", lambda pilot: pilot is not None)
    whole = {key: results.taken(rows) for key, rows in results.groups("indicator", "pilot", rows=told)}
    for id_, indicator in catalogue.indicators.items():
        for position, target in enumerate(indicator.targets):
            yield from _order(catalogue, f"indicators/{id_}", ("targets", position), target, indicator)
    for id_, pilot in catalogue.pilots.items():
        for index, item in enumerate(pilot.pack):
            measured = catalogue.indicators.get(item.indicator)
            if measured is None:
                continue
            baseline = _baseline(whole.get((measured.id, id_), ()), item, measured, catalogue.handbook)
            for position, target in enumerate(item.targets):
                loc = ("pack", index, "targets", position)
                yield from _order(catalogue, f"pilots/{id_}", loc, target, measured)
                yield from _beyond(catalogue, f"pilots/{id_}", loc, target, measured, baseline)


def _order(
    catalogue: Catalogue, place: str, loc: Loc, target: Target, indicator: Indicator
) -> Iterator[Finding]:
    """The figures that are given ascend with `higher`, descend with `lower`."""
    if indicator.direction not in ("higher", "lower"):
        return
    given = [
        (name, figure)
        for name in ("floor", "target", "stretch")
        if (figure := getattr(target, name)) is not None
    ]
    for (before, low), (name, high) in pairwise(given):
        if better(low, high, indicator.direction):
            message = f"{name} {high:g} is worse than {before} {low:g} ({indicator.direction} is better)"
            hint = "floor, target and stretch get better in this order; or correct the indicator's direction"
            yield Finding(catalogue.mark(place, (*loc, name)), message, hint)


def _baseline(
    results: Sequence[Observation], item: PackItem, indicator: Indicator, handbook: Handbook
) -> float | None:
    """The baseline for one of the indicator's own periods, which is what its targets are for, from the
    pilot's own results.

    The value as given; of a longer period its roll-up, a sum divided by its parts: a quarter of 300 orders is
    100 a month, beside a month's target of 110.
    """
    if item.baseline is None or item.baseline.period is None:
        return item.baseline.value if item.baseline else None
    period, calendar = item.baseline.period, handbook.calendar
    measured = indicator.frequency
    if measured is None or FREQUENCIES.index(measured) < FREQUENCIES.index(period.frequency):
        return None
    parts = set(calendar.parts(period, measured))
    rows = [result for result in results if result.period in parts]
    if measured == period.frequency:
        return rows[0].value if rows else None
    whole = rolled_up(rows, indicator, period, handbook)
    return ratio(whole, len(rows)) if whole is not None and indicator.rollup == "sum" else whole


def _beyond(
    catalogue: Catalogue, place: str, loc: Loc, target: Target, indicator: Indicator, baseline: float | None
) -> Iterator[Finding]:
    if baseline is None or target.target is None or indicator.direction not in ("higher", "lower"):
        return
    if better(baseline, target.target, indicator.direction):
        message = (
            f"target {target.target:g} of '{indicator.id}' is worse than the baseline {baseline:g} "
            f"({indicator.direction} is better)"
        )
        hint = "correct the target or the baseline; or correct the indicator's direction"
        yield Finding(catalogue.mark(place, (*loc, "target")), message, hint)


RULE = Rule("target-side", "error", WHY, check)
