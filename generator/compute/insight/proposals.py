"""Keep, change or retire: a proposal for every indicator in use, with its reasons.

The first of retire, change, keep that has a reason is proposed; an indicator with too few long periods of
results is left alone. The reasons are what the other figures found: use, chronic misses, control charts
against targets, checks of the definition, tested changes. People decide; a proposal only starts the talk.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from generator.compute.figures import Figures
from generator.compute.insight.chronic import CHRONIC_PERIODS, REACHED, UNJUDGED, long_points
from generator.compute.insight.evidence import RankedChange, long_periods, needed_periods, ranked_changes
from generator.compute.insight.health import Health, health_of, verification_void
from generator.compute.insight.workshops import triage_of
from generator.compute.series.assessed import AssessedSeries
from generator.model.comparing import above, below
from generator.model.indicator import Indicator
from generator.model.workshop import Serves

ProposalVerdict = Literal["retire", "change", "early", "keep"]
VERDICTS: tuple[ProposalVerdict, ...] = ("retire", "change", "early", "keep")
Reason = Literal[
    "idle",
    "replaced",
    "unused",
    "praised",
    "looks-good",
    "serves",
    "chronic",
    "too-soft",
    "no-goal",
    "void",
    "no-target",
    "no-data",
    "late",
    "no-place",
    "few",
    "improved",
    "moving",
    "met",
    "near",
    "watch",
    "guard",
    "recorded",
    "withheld",
]


@dataclass(frozen=True, slots=True)
class Because:
    """One reason; what it needs to be told."""

    kind: Reason
    places: tuple[str | None, ...] = ()
    """Pilots, or None for the organisation."""
    indicators: tuple[str, ...] = ()
    cases: tuple[str, ...] = ()
    n: int = 0
    of: int = 0


@dataclass(frozen=True, slots=True)
class Use:
    """Where an indicator is used: the number of places of each kind."""

    packs: int
    steps: int
    """Process steps and process ends that it measures."""
    reviews: int
    cases: int
    guards: int
    """Indicators in use whose guardrail it is."""
    drivers: int
    """Indicators in use that contribute to it."""
    key_results: int

    @property
    def any(self) -> bool:
        """Whether anybody uses it at all."""
        return bool(
            self.packs
            or self.steps
            or self.reviews
            or self.cases
            or self.guards
            or self.drivers
            or self.key_results
        )


@dataclass(frozen=True, slots=True)
class Proposal:
    """What to do with one indicator, and why."""

    indicator: str
    verdict: ProposalVerdict
    reasons: tuple[Because, ...]
    use: Use
    periods: int
    """Whole long review periods with results."""


def use_of(figures: Figures, indicator: str) -> Use:
    """Counts the uses of an indicator; a link to a goal is a purpose, not yet a use."""
    catalogue = figures.catalogue
    found = figures.usage.of(indicator)
    objectives = catalogue.strategy.objectives if catalogue.strategy else ()
    return Use(
        packs=len(found.pilots),
        steps=len({(use.process, use.step) for use in found.steps}) + len(found.chains),
        reviews=len(found.reviews),
        cases=sum(1 for name in found.cases if catalogue.cases[name].status != "retired"),
        guards=len(found.guards),
        drivers=len(found.drivers),
        key_results=sum(
            1 for objective in objectives for result in objective.key_results if result.indicator == indicator
        ),
    )


def proposals(figures: Figures, ranked: Sequence[RankedChange]) -> tuple[Proposal, ...]:
    """One for every indicator that is active or on trial: retire, change, too early, keep; then by id.

    Asked anew by every page and language; it costs little.
    """
    if figures.everything is not None:
        every = proposals(figures.everything, ranked_changes(figures.everything))
        return tuple(
            replace(item, reasons=tuple(_seen_reasons(figures, item, ranked)))
            for item in every
            if item.indicator in figures.catalogue.indicators
        )
    heirs = _heirs(figures)
    found = [
        _proposal(figures, figures.catalogue.indicators[item.indicator], item, ranked, heirs)
        for item in health_of(figures)
        if figures.catalogue.indicators[item.indicator].in_use
    ]
    return tuple(sorted(found, key=lambda item: (VERDICTS.index(item.verdict), item.indicator)))


def _seen_reasons(figures: Figures, proposal: Proposal, ranked: Sequence[RankedChange]) -> Iterator[Because]:
    """The reasons of a proposal as far as an edition may see what they name, and that there are others."""
    known, hidden = figures.catalogue, False
    unsure = {
        item.claim.pilot
        for item in ranked
        if item.claim.indicator == proposal.indicator and item.group == "withheld"
    }
    for reason in proposal.reasons:
        seen = replace(
            reason,
            places=tuple(
                place
                for place in reason.places
                if place is None
                or (place in known.pilots and not (reason.kind == "improved" and place in unsure))
            ),
            indicators=tuple(name for name in reason.indicators if name in known.indicators),
            cases=tuple(name for name in reason.cases if name in known.cases),
        )
        untold = reason.kind in ("looks-good", "serves") and triage_of(known, proposal.indicator) is None
        empty = untold or (reason.places and not seen.places) or (reason.indicators and not seen.indicators)
        if empty or (reason.cases and not seen.cases):
            hidden = True
        else:
            yield seen
    if hidden:
        yield Because("withheld")


def _heirs(figures: Figures) -> Mapping[str, tuple[str, ...]]:
    """Indicator -> the active ones that replace it."""
    found: dict[str, tuple[str, ...]] = {}
    for indicator in figures.catalogue.indicators.values():
        for old in indicator.replaces if indicator.status == "active" else ():
            found[old] = (*found.get(old, ()), indicator.id)
    return found


def unused(made: Sequence[Proposal]) -> tuple[Proposal, ...]:
    """The indicators that nobody uses."""
    return tuple(item for item in made if not item.use.any)


def _proposal(
    figures: Figures,
    indicator: Indicator,
    health: Health,
    ranked: Sequence[RankedChange],
    heirs: Mapping[str, tuple[str, ...]],
) -> Proposal:
    use = use_of(figures, indicator.id)
    periods = len(long_periods(figures, indicator.id))
    needed = needed_periods(figures.catalogue)
    told: list[Because] = list(_retire(figures, indicator, health, use, heirs.get(indicator.id, ())))
    if told and (praising := _praising(figures, indicator.id)):
        told.append(Because("praised", cases=praising))
    verdict: ProposalVerdict = "retire"
    if not told and 0 < periods < needed and not _sorted_as(figures, indicator, "looks-good"):
        verdict, told = "early", [Because("few", n=periods, of=needed)]
    if not told:
        verdict, told = "change", list(_change(figures, indicator, health, use))
    if not told:
        verdict, told = "keep", list(_keep(figures, indicator, use, ranked))
    return Proposal(indicator.id, verdict, tuple(told), use, periods)


def _retire(
    figures: Figures, indicator: Indicator, health: Health, use: Use, heirs: tuple[str, ...]
) -> Iterator[Because]:
    if health.idle and not use.any:
        yield Because("idle")
    if (heirs or indicator.replaced_by) and not use.packs:
        yield Because("replaced", indicators=heirs or (indicator.replaced_by or "",))
    if not use.packs and _sorted_as(figures, indicator, "looks-good"):
        yield Because("looks-good")
    if not use.any and not health.idle and not _has_target(figures, indicator):
        yield Because("unused", n=len(long_periods(figures, indicator.id)))


def _praising(figures: Figures, indicator: str) -> tuple[str, ...]:
    """Adopted cases that show their success by the indicator: with it their evidence would go."""
    cases = figures.catalogue.cases
    return tuple(name for name in figures.usage.of(indicator).cases if cases[name].status == "adopted")


def _change(figures: Figures, indicator: Indicator, health: Health, use: Use) -> Iterator[Because]:
    if health.chronic:
        yield Because(
            "chronic", tuple(item.series.series.pilot for item in health.chronic), n=CHRONIC_PERIODS
        )
    soft = tuple(item.series.pilot for item in _whole(figures, indicator) if _too_soft(figures, item))
    if soft and not use.guards and indicator.direction != "range":
        yield Because("too-soft", soft, n=CHRONIC_PERIODS)
    lucky = tuple(
        item.series.pilot
        for item in _whole(figures, indicator)
        if figures.signals[item.series.key].assurance == "hit-and-miss"
    )
    if lucky and not (indicator.supports or indicator.contributes_to):
        yield Because("no-goal", lucky)
    if verification_void(indicator):
        yield Because("void")
    if use.packs and health.items.get("target") is False:
        yield Because("no-target")
    if health.items.get("results") is False:
        yield Because("no-data")
    if health.items.get("fresh") is False:
        yield Because("late")
    if not use.any and not health.idle:
        yield Because("no-place")
    if _sorted_as(figures, indicator, "looks-good"):
        yield Because("looks-good")


def _sorted_as(figures: Figures, indicator: Indicator, serves: Serves) -> bool:
    """Whether the newest workshop that sorted an indicator said so."""
    found = triage_of(figures.catalogue, indicator.id)
    return found is not None and found.serves == serves


def _keep(
    figures: Figures, indicator: Indicator, use: Use, ranked: Sequence[RankedChange]
) -> Iterator[Because]:
    better = dict.fromkeys(
        item.claim.pilot
        for item in ranked
        if item.claim.indicator == indicator.id and item.group in ("gained", "at-a-cost")
    )
    if better:
        yield Because("improved", tuple(better))
    series = _whole(figures, indicator)
    moving = tuple(
        item.series.pilot for item in series if figures.signals[item.series.key].variation == "improvement"
    )
    if moving:
        yield Because("moving", moving)
    newest = {item.series.pilot: _states(figures, item)[-1:] for item in series}
    for kind, states in (("met", ("met", "exceeded")), ("near", ("near",)), ("watch", ("missed",))):
        places = tuple(place for place, last in newest.items() if last and last[0] in states)
        if places:
            yield Because(kind, places)  # type: ignore[arg-type]
    if use.guards:
        yield Because("guard", n=use.guards)
    if _sorted_as(figures, indicator, "execution"):
        yield Because("serves")
    if not any(newest.values()):
        yield Because("recorded")


def _whole(figures: Figures, indicator: Indicator) -> tuple[AssessedSeries, ...]:
    """The series of the organisation and of the pilots, without the cells of dimensions."""
    return tuple(
        item for item in figures.of_indicator(indicator.id) if not item.series.cell and item.last is not None
    )


def _states(figures: Figures, series: AssessedSeries) -> list[str]:
    """How each long period stood against its target, where it had both."""
    told = figures.longer.get(series.series.key, series)
    return [point.status for point in told.points if point.status not in UNJUDGED]


def _too_soft(figures: Figures, series: AssessedSeries) -> bool:
    """Reached in each of the last four complete long periods, and the normal range lies wholly beyond it."""
    last = long_points(figures, series)[-CHRONIC_PERIODS:]
    return (
        len(last) == CHRONIC_PERIODS
        and all(point.status in REACHED for point in last)
        and _wholly_beyond(figures, series)
    )


def _wholly_beyond(figures: Figures, series: AssessedSeries) -> bool:
    """Whether the newest value's normal range lies wholly on the good side of its target."""
    signals, last = figures.signals[series.series.key], series.last
    if signals.assurance != "met" or signals.newest is None or last is None or last.bar.target is None:
        return False
    point = signals.points[signals.newest]
    if figures.catalogue.indicators[series.series.indicator].direction == "lower":
        return point.upper is not None and below(point.upper, last.bar.target)
    return point.lower is not None and above(point.lower, last.bar.target)


def _has_target(figures: Figures, indicator: Indicator) -> bool:
    return bool(indicator.targets) or any(_states(figures, item) for item in _whole(figures, indicator))
