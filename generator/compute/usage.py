"""Where each indicator is used: packs, process steps, reviews, cases, goals, other indicators.

An indicator that nothing uses is idle; a page that cannot say where a figure matters helps nobody.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from generator.model.catalogue import Catalogue


@dataclass(frozen=True, slots=True)
class StepUse:
    """A process step that an indicator measures."""

    process: str
    map: Literal["as_is", "to_be"]
    step: str


@dataclass(frozen=True, slots=True)
class IndicatorUse:
    """Everything that points at one indicator; ids in order of file."""

    pilots: tuple[str, ...] = ()
    chains: tuple[str, ...] = ()
    """Processes that it measures end to end."""
    steps: tuple[StepUse, ...] = ()
    reviews: tuple[str, ...] = ()
    cases: tuple[str, ...] = ()
    guards: tuple[str, ...] = ()
    """Indicators in use that name it as their guardrail."""
    drivers: tuple[str, ...] = ()
    """Indicators in use that contribute to it; a retired one drives nothing any more."""
    former_drivers: tuple[str, ...] = ()
    """Retired indicators that once contributed to it: told on its page, counted nowhere."""


@dataclass(frozen=True, slots=True)
class Usage:
    """The uses of all indicators."""

    by_indicator: Mapping[str, IndicatorUse]

    def of(self, indicator: str) -> IndicatorUse:
        """The uses of one indicator, empty where there are none."""
        return self.by_indicator.get(indicator, IndicatorUse())


def usage_of(catalogue: Catalogue) -> Usage:
    """Walk every reference to an indicator once."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    steps: dict[str, list[StepUse]] = defaultdict(list)
    for indicator, kind, user in (*_uses(catalogue), *_links(catalogue)):
        if user not in found[indicator][kind]:
            found[indicator][kind].append(user)
    for process in catalogue.processes.values():
        for which, drawn in process.maps.drawn:
            for step in drawn.steps:
                for indicator in step.indicators:
                    steps[indicator].append(StepUse(process.id, which, step.id))
    every = set(found) | set(steps)
    return Usage(
        {
            name: IndicatorUse(
                **{kind: tuple(users) for kind, users in found[name].items()}, steps=tuple(steps[name])
            )
            for name in sorted(every)
        }
    )


def _uses(catalogue: Catalogue) -> Iterator[tuple[str, str, str]]:
    """(indicator, field of `IndicatorUse`, id of the user) of packs, whole processes, reviews and cases."""
    for pilot in catalogue.pilots.values():
        for item in pilot.pack:
            yield item.indicator, "pilots", pilot.id
    for process in catalogue.processes.values():
        chain = process.chain_indicators
        for measured in (chain.cycle_time, chain.first_pass_yield):
            if measured:
                yield measured, "chains", process.id
    for review in catalogue.reviews.values():
        named = [problem.indicator for problem in review.problems]
        named += [action.result.indicator for action in review.actions if action.result]
        for indicator in named:
            if indicator:
                yield indicator, "reviews", review.id
    for case_id, case in catalogue.cases.items():
        for indicator in case.indicators:
            yield indicator, "cases", case_id


def _links(catalogue: Catalogue) -> Iterator[tuple[str, str, str]]:
    """(indicator, field of `IndicatorUse`, id of the other indicator) of guardrails and contributions."""
    for indicator in catalogue.indicators.values():
        if indicator.in_use:
            for guard in indicator.guarded_by:
                yield guard, "guards", indicator.id
        kind = "drivers" if indicator.in_use else "former_drivers" if indicator.status == "retired" else None
        if kind is not None:
            for link in indicator.contributes_to:
                yield link.indicator, kind, indicator.id
