"""What two or three review cycles have shown: which changes brought most, and which of them to copy.

Nothing is told before enough whole long review periods of results stand behind it (the setting `periods`
of the rule evidence-before-rollout, two by default): one good quarter may be luck. Changes are ranked by the
near end of their interval, not by the mean: the largest of several noisy means is too good by selection. To
compare over indicators the effect is also told as a share of the way from baseline to target. Where many
changes are looked at side by side some stand out by luck, so p values are adjusted over the page (Benjamini
and Hochberg). Source: the computations page, section 4.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from generator.compute.effects.before_after import LEVEL
from generator.compute.effects.claim import Claim
from generator.compute.effects.effect import Effect
from generator.compute.effects.guardrail import GuardEffect
from generator.compute.figures import Figures
from generator.compute.insight.claims import pilot_claims
from generator.compute.once import once
from generator.compute.seen import hides_evidence, hides_packs, over_everything
from generator.compute.series.assessed import AssessedSeries
from generator.compute.series.marks import SeriesMark
from generator.model.calendar import Calendar
from generator.model.catalogue import Catalogue
from generator.model.comparing import Direction
from generator.model.handbook import EVIDENCE_PERIODS, EVIDENCE_RULE
from generator.model.period import Period
from generator.model.pilot import Pilot

EvidenceGroup = Literal[
    "gained", "doubtful", "at-a-cost", "unclear", "worse", "early", "untested", "withheld"
]
"""What can be said of a change in one indicator: better and nothing speaks against it · better or worse, with
doubts, or no more than luck among so many · better, and a guardrail was harmed · not to be told from normal
variation · worse, or a guardrail was harmed for nothing · too few long periods yet · could not be tested ·
rests on what an edition may not see."""
GROUPS: tuple[EvidenceGroup, ...] = (
    "gained",
    "doubtful",
    "at-a-cost",
    "unclear",
    "worse",
    "early",
    "untested",
    "withheld",
)


def has_evidence(figures: Figures) -> bool:
    """Whether there is anything to tell: a pilot and results."""
    return bool(figures.catalogue.pilots) and figures.as_of is not None


@dataclass(frozen=True, slots=True)
class PilotBasis:
    """How much stands behind what is told of a pilot."""

    pilot: str
    periods: int
    """Whole long review periods with results of its pack since it began."""
    needed: int


@dataclass(frozen=True, slots=True)
class TargetShare:
    """A difference as a share of the way from start to target: 1 is the whole way, below 0 is backwards."""

    share: float
    low: float
    high: float
    from_baseline: bool
    """Whether the way starts at the pack's baseline; else at the mean before the change."""


@dataclass(frozen=True, slots=True)
class RankedChange:
    """One change, or several too near to tell apart, in one indicator, with its place in the ranking."""

    claim: Claim
    periods: int
    """Whole long review periods with results since the (last) change."""
    adjusted_p: float | None
    """Adjusted over all that is tested. None without a look, and where an edition hides some of it: divided
    by p it tells how many tests there are, and where this one stands among them."""
    way: TargetShare | None
    """Of what is left beside the comparison pilots, where there are any. None without a target that lies
    ahead of the start."""
    group: EvidenceGroup
    by_chance: bool
    """A claim that, among so many, may be luck."""
    way_withheld: bool
    """The way hangs on pilots or targets that an edition may not see."""
    same_day: tuple[str, ...]
    """Other changes of the pilot on those days, meant for other indicators."""

    @property
    def p(self) -> float | None:
        """Of all that is claimed."""
        return self.claim.p

    @property
    def shown(self) -> Literal["improved", "worse", "unclear"]:
        """How a chart draws it."""
        return self.claim.shown if self.group in ("gained", "worse") else "unclear"


def needed_periods(catalogue: Catalogue) -> int:
    """Long review periods of results that must stand behind what is told; one setting, one rule."""
    setting = catalogue.handbook.rules.get(EVIDENCE_RULE)
    given = setting.settings.get("periods") if setting else None
    return given if isinstance(given, int) else EVIDENCE_PERIODS


def long_periods(
    figures: Figures, indicator: str, places: tuple[str | None, ...] | None = None, since: date = date.min
) -> tuple[Period, ...]:
    """Whole long review periods since a day, up to `as_of`, with a result of the indicator, oldest first.

    `places` are pilots or None for the organisation; without it all of them count.
    """
    if figures.as_of is None:
        return ()
    handbook = figures.catalogue.handbook
    calendar = handbook.calendar
    last = calendar.end(figures.as_of)
    found = {
        calendar.of(calendar.closes_on(point.point.period), handbook.review.long)
        for item in figures.of_indicator(indicator)
        if not item.series.cell and (places is None or item.series.pilot in places)
        for point in item.points
        if point.point.value is not None
    }
    return tuple(
        sorted(item for item in found if since <= calendar.start(item) and calendar.end(item) <= last)
    )


def _seen_bases(figures: Figures, found: tuple[PilotBasis, ...]) -> tuple[PilotBasis, ...]:
    """The pilots of the edition, with the periods that anything of their packs has results in."""
    return tuple(item for item in found if item.pilot in figures.catalogue.pilots)


@over_everything(_seen_bases)
def pilot_bases(figures: Figures) -> tuple[PilotBasis, ...]:
    """Every pilot with the long periods that any indicator of its pack has results in."""
    calendar = figures.catalogue.handbook.calendar
    needed = needed_periods(figures.catalogue)
    return tuple(
        PilotBasis(
            pilot.id,
            len(
                {
                    period
                    for item in pilot.pack
                    for period in long_periods(
                        figures, item.indicator, (pilot.id,), calendar.start(pilot.period.from_)
                    )
                }
            ),
            needed,
        )
        for pilot in figures.catalogue.pilots.values()
    )


@once
def ranked_changes(figures: Figures) -> tuple[RankedChange, ...]:
    """Every change made so far in every indicator it names: by group, then by what is sure at least.

    How many stand out by luck hangs on all that is tested, whatever part of it an edition may see.
    """
    whole = figures.whole
    claims = _made(whole)
    tested = [claim for claim in claims if claim.p is not None]
    adjusted = benjamini_hochberg([claim.p for claim in tested if claim.p is not None])
    luck = {claim_name(claim): p for claim, p in zip(tested, adjusted, strict=True)}
    found = [_ranked(whole, claim, luck.get(claim_name(claim))) for claim in claims]
    if figures.everything is not None:
        seen = {claim_name(claim): claim for claim in _made(figures)}
        found = [
            _seen(figures, one, seen[claim_name(one.claim)]) for one in found if claim_name(one.claim) in seen
        ]

    def place(one: RankedChange) -> tuple[int, int, float, str, str]:
        sure = one.way.low if one.way else _sure_percent(one.claim.effect)
        return (
            GROUPS.index(one.group),
            one.way is None,
            -sure,
            one.claim.pilot,
            one.claim.indicator,
        )

    return tuple(sorted(found, key=place))


def _seen(figures: Figures, ranked: RankedChange, claim: Claim) -> RankedChange:
    """A change as an edition may rank it: what hangs on hidden guardrails, pilots or targets is withheld."""
    way = ranked.way if ranked.way == _way(figures, figures.catalogue.pilots[claim.pilot], claim) else None
    hidden = claim.guards_withheld or claim.comparison_withheld
    return replace(
        ranked,
        claim=claim,
        way=way,
        way_withheld=way != ranked.way,
        adjusted_p=None if hides_evidence(figures) else ranked.adjusted_p,
        group="withheld" if hidden else ranked.group,
    )


def claim_name(claim: Claim) -> tuple[str, str, tuple[str, ...]]:
    """What identifies a claim: pilot, indicator, changes."""
    return claim.pilot, claim.indicator, claim.changes


def _made(figures: Figures) -> tuple[Claim, ...]:
    """The claims about changes that have been made by the end of the period."""
    if figures.as_of is None:
        return ()
    last = figures.catalogue.handbook.calendar.end(figures.as_of)
    return tuple(
        claim
        for pilot in figures.catalogue.pilots
        for claim in pilot_claims(figures, pilot, last)
        if claim.last <= last
    )


def ranked_in_part(figures: Figures, ranked: Sequence[RankedChange]) -> bool:
    """Whether the edition does not see, or cannot judge, all that is ranked: its counts are no totals."""
    return (
        hides_packs(figures)
        or any(item.group == "withheld" for item in ranked)
        or len(ranked) < len(ranked_changes(figures.whole))
    )


def occasions(ranked: Sequence[RankedChange]) -> int:
    """How many pieces of evidence there are: changes that a pilot made on one day, or that are judged
    together, are one.
    """
    groups: list[tuple[str, set[str]]] = []
    for item in ranked:
        own = {*item.claim.changes, *item.same_day}
        alike = [group for group in groups if group[0] == item.claim.pilot and group[1] & own]
        groups = [group for group in groups if group not in alike]
        groups.append((item.claim.pilot, own.union(*(names for _, names in alike))))
    return len(groups)


def benjamini_hochberg(p_values: Sequence[float]) -> tuple[float, ...]:
    """Benjamini and Hochberg's step-up adjustment (1995), in the order given: the share of false claims
    among all that lie below a level is held to that level.
    """
    count = len(p_values)
    order = sorted(range(count), key=lambda index: -p_values[index])
    adjusted = [0.0] * count
    least = 1.0
    for place, index in enumerate(order):
        least = min(least, p_values[index] * count / (count - place))
        adjusted[index] = least
    return tuple(adjusted)


def _ranked(figures: Figures, claim: Claim, adjusted: float | None) -> RankedChange:
    pilot = figures.catalogue.pilots[claim.pilot]
    periods = len(long_periods(figures, claim.indicator, (claim.pilot,), claim.last))
    chance = claim.strength != "none" and adjusted is not None and adjusted >= LEVEL
    own = {change.date for change in pilot.changes if change.id in claim.changes}
    return RankedChange(
        claim=claim,
        periods=periods,
        adjusted_p=adjusted,
        way=_way(figures, pilot, claim),
        group=_group(claim, periods, needed_periods(figures.catalogue), chance),
        by_chance=chance,
        way_withheld=False,
        same_day=tuple(
            change.id for change in pilot.changes if change.date in own and change.id not in claim.changes
        ),
    )


def _group(claim: Claim, periods: int, needed: int, chance: bool) -> EvidenceGroup:
    if claim.balance is None:
        why = claim.effect.why_not
        return "early" if why is not None and why.due is not None else "untested"
    if periods < needed:
        return "early"
    if claim.balance == "no-clear-change":
        return "unclear"
    if claim.outcome == "improved" and claim.cost:
        return "at-a-cost"
    if claim.strength == "doubtful" or (chance and not claim.cost):
        return "doubtful"
    return "worse" if claim.balance == "loss" else "gained"


def _way(figures: Figures, pilot: Pilot, claim: Claim) -> TargetShare | None:
    """The effect as a share of the way, from a baseline and to a target of the definition it was measured
    by."""
    key = (claim.indicator, claim.pilot, ())
    series, calendar = figures.series[key], figures.catalogue.handbook.calendar
    marks = figures.signals[key].marks if key in figures.signals else ()
    breaks = [mark for mark in marks if mark.kind == "break"]
    return way_of(
        claim.effect,
        _up_to_a_break(series, breaks, claim, calendar),
        series.baseline if _comparable(pilot, breaks, claim, calendar) else None,
        figures.catalogue.indicators[claim.indicator].direction,
    )


def _up_to_a_break(
    series: AssessedSeries, breaks: Sequence[SeriesMark], claim: Claim, calendar: Calendar
) -> AssessedSeries:
    """The series without what came after the first change of the definition since the change."""
    ends = [mark.date for mark in breaks if mark.date > claim.last]
    if not ends:
        return series
    points = tuple(point for point in series.points if calendar.end(point.point.period) < min(ends))
    return replace(series, points=points)


def _comparable(pilot: Pilot, breaks: Sequence[SeriesMark], claim: Claim, calendar: Calendar) -> bool:
    """Whether the pack's baseline was measured by the definition that held before the change."""
    earlier = [mark.date for mark in breaks if mark.date <= claim.first]
    if not earlier:
        return True
    item = next((one for one in pilot.pack if one.indicator == claim.indicator), None)
    period = item.baseline.period if item is not None and item.baseline is not None else None
    return period is not None and calendar.start(period) >= max(earlier)


def way_of(
    effect: Effect, series: AssessedSeries, baseline: float | None, direction: Direction | None
) -> TargetShare | None:
    """The effect as a share of the way from baseline, or else the mean before, to the newest target.

    Held against comparison pilots it is the share of what is left beyond theirs. None where the indicator has
    no better side, no target, or a target that does not lie ahead of the start.
    """
    target = next(
        (point.bar.target for point in reversed(series.points) if point.bar.target is not None), None
    )
    start = baseline if baseline is not None else effect.before.mean
    if direction not in ("higher", "lower") or target is None or start is None or effect.interval is None:
        return None
    span = target - start
    if effect.difference is None or (span <= 0 if direction == "higher" else span >= 0):
        return None
    compared = effect.comparison
    difference, ends = (compared.net, compared.interval) if compared else (effect.difference, effect.interval)
    low, high = sorted(end / span for end in ends)
    return TargetShare(difference / span, low, high, baseline is not None)


def guard_way(figures: Figures, pilot: str, guard: GuardEffect) -> TargetShare | None:
    """What became of a guardrail as a share of its own way, from its mean before to its newest target.

    None where the target does not lie ahead of that mean: what is there already has no way to go.
    """
    series = figures.series.get((guard.indicator, pilot, ()))
    if series is None or guard.difference is None or guard.interval is None or guard.before.mean is None:
        return None
    target = next(
        (point.bar.target for point in reversed(series.points) if point.bar.target is not None), None
    )
    direction = figures.catalogue.indicators[guard.indicator].direction
    if direction not in ("higher", "lower") or target is None:
        return None
    span = target - guard.before.mean
    if span <= 0 if direction == "higher" else span >= 0:
        return None
    low, high = sorted(end / span for end in guard.interval)
    return TargetShare(guard.difference / span, low, high, False)


def _sure_percent(effect: Effect) -> float:
    """The near end of the interval in per cent of the mean before; −∞ where it cannot be told."""
    if effect.interval is None or not effect.before.mean or effect.before.mean < 0:
        return float("-inf")
    return min(abs(end) for end in effect.interval) / effect.before.mean
