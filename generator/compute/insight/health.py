"""The library's own health: what an indicator lacks, what is late or overdue, idle or missed for long.

Source: the computations page, section 9. A library is alive when somebody can answer for every line of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, get_args

from generator.compute.figures import Figures
from generator.compute.followed import known_day
from generator.compute.insight.chronic import ChronicMiss, chronic_misses
from generator.compute.seen import over_everything
from generator.model.freshness import next_due
from generator.model.indicator import Indicator

Item = Literal[
    "definition",
    "formula",
    "owner",
    "source",
    "target",
    "results",
    "fresh",
    "review",
    "verified",
    "step",
    "goal",
]
ITEMS: tuple[Item, ...] = get_args(Item)


@dataclass(frozen=True, slots=True)
class Health:
    """What was found about one indicator."""

    indicator: str
    items: Mapping[Item, bool]
    """True where it is in order; items that do not apply (a draft's results, say) are left out."""
    chronic: tuple[ChronicMiss, ...]
    """Series that reached their target in none of the last four complete long periods."""
    idle: bool
    """Nothing uses it: no result, pack, step or review."""

    @property
    def faults(self) -> tuple[Item, ...]:
        """What is not in order."""
        return tuple(item for item, fine in self.items.items() if not fine)


def _seen(figures: Figures, found: tuple[Health, ...]) -> tuple[Health, ...]:
    """What an edition may see: its indicators, as they are used and measured everywhere."""
    return tuple(
        _seen_health(figures, item) for item in found if item.indicator in figures.catalogue.indicators
    )


def _seen_health(figures: Figures, health: Health) -> Health:
    chronic = tuple(miss for miss in health.chronic if miss.series.series.key in figures.series)
    return replace(health, chronic=chronic)


@over_everything(_seen)
def health_of(figures: Figures) -> tuple[Health, ...]:
    """The health of every indicator that is not retired, in order of id."""
    return tuple(
        indicator_health(figures, indicator)
        for indicator in figures.catalogue.indicators.values()
        if indicator.status != "retired"
    )


def indicator_health(figures: Figures, indicator: Indicator) -> Health:
    """The health of one indicator: as it is used and measured everywhere, in editions that see less too.

    Asked anew by every page and language; it costs little.
    """
    if figures.everything is not None:
        every = figures.everything.catalogue.indicators[indicator.id]
        return _seen_health(figures, indicator_health(figures.everything, every))
    use = figures.usage.of(indicator.id)
    used = bool(use.pilots or use.steps or use.chains or use.reviews)
    has_results = any(item.last for item in figures.of_indicator(indicator.id))
    return Health(
        indicator.id,
        dict(_items(figures, indicator)),
        chronic_misses(figures, indicator.id) if indicator.in_use else (),
        idle=not used and not has_results and indicator.status == "active",
    )


def _items(figures: Figures, indicator: Indicator) -> Iterator[tuple[Item, bool]]:
    use = figures.usage.of(indicator.id)
    yield "definition", indicator.definition is not None
    yield "formula", indicator.formula is not None
    yield "owner", indicator.owner is not None
    yield "source", indicator.source is not None
    in_packs = any(
        item.targets
        for pilot in figures.catalogue.pilots.values()
        for item in pilot.pack
        if item.indicator == indicator.id
    )
    yield "target", bool(indicator.targets or in_packs or indicator.direction == "range")
    if indicator.in_use:
        newest = _newest(figures, indicator)
        yield "results", newest is not None
        day = known_day(figures)
        if newest is not None and day is not None:
            yield "fresh", newest >= day
    if indicator.review_by is not None and figures.as_of is not None:
        calendar = figures.catalogue.handbook.calendar
        yield "review", calendar.end(indicator.review_by) >= _end(figures)
    yield "verified", indicator.verified is not None and not verification_void(indicator)
    # A handbook without processes or goals is not asked to link to them.
    if figures.catalogue.processes:
        yield "step", bool(use.steps or use.chains)
    strategy = figures.catalogue.strategy
    if (strategy is not None and strategy.goals) or indicator.contributes_to:
        yield "goal", bool(indicator.supports or indicator.contributes_to)


def verification_void(indicator: Indicator) -> bool:
    """Whether the definition or the formula changed after it was verified."""
    if indicator.verified is None:
        return False
    changed = [entry.date for entry in indicator.history if entry.change in ("definition", "formula")]
    return any(day > indicator.verified.on for day in changed)


def _end(figures: Figures) -> date:
    assert figures.as_of is not None
    return figures.catalogue.handbook.calendar.end(figures.as_of)


def _newest(figures: Figures, indicator: Indicator) -> date | None:
    """The day up to which the newest result of any series keeps the indicator fresh; None without results."""
    calendar = figures.catalogue.handbook.calendar
    lasts = [item.last.point.period for item in figures.of_indicator(indicator.id) if item.last]
    return next_due(indicator, max(lasts), calendar) if lasts else None
