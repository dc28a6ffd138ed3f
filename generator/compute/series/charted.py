"""The forms of what a control chart says of a series: its points, its segments, and its newest value.

`signals` makes them; pages, exports and judgements read them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from generator.compute.series.assurance import Assurance, Chance
from generator.compute.series.marks import SeriesMark
from generator.compute.series.possible import UNBOUNDED, Possible
from generator.compute.series.run_chart import RunRules
from generator.compute.series.spc import Basis, Side, SpecialCause
from generator.model.period import Period

Variation = Literal["improvement", "concern", "high", "low", "normal"]
NoAssurance = Literal["no-limits", "no-target", "trial", "signal", "unsure", "rare", "withheld"]
ChartKind = Literal["single", "cases", "rare"]
"""single: every value counts the same (XmR); cases: limits by each value's denominator (Laney's p′); rare:
the pauses between events (g chart), whose centre and limits are numbers of periods."""
ChartCaution = Literal["together", "season", "no-denominators"]
"""Why a chart's signals are less sure: neighbouring values hang together, the same seasons resemble each
other, or a ratio's results lack denominators, so that its limits do not know how many cases there were."""


@dataclass(frozen=True, slots=True)
class SignalPoint:
    """One point on the control chart; limits are None where its segment has none."""

    segment: int
    """From 1."""
    centre: float | None
    lower: float | None
    upper: float | None
    """The normal range of this point as it is told: never beyond what is possible."""
    mark: SpecialCause
    side: Side | None
    variation: Variation | None
    """None without limits, and for a gap."""
    pause: float | None = None
    """On a chart of rare events, which limits and side are about: periods since the event before, at a period
    that had one and at the newest; a long one is `high`."""


@dataclass(frozen=True, slots=True)
class SegmentLimits:
    """One segment: the places of its first and last point in the series, and what limits are made from."""

    first: int
    last: int
    chart: ChartKind
    basis: Basis
    centre: float | None
    count: int
    """Values that the limits are made from."""
    constant: bool = False
    """They are all equal: any other value is a signal."""
    level: tuple[int, int] | None = None
    """Places of the first and last of them, where the series stood on several levels and these are on one."""


@dataclass(frozen=True, slots=True)
class ReviewedValue:
    """The newest value at the end of a long review period."""

    review: Period
    place: int
    """Of the value in the series."""
    basis: Basis
    mark: SpecialCause
    variation: Variation | None
    """As the chart had it then; None where it had no limits."""
    now: Variation | None
    """Of the same value, as the chart has it today."""

    @property
    def unsaid(self) -> bool:
        """A signal then that is none today, or points the other way."""
        return self.variation not in (None, "normal") and self.now != self.variation

    @property
    def hindsight(self) -> bool:
        """Called normal then, a signal today."""
        return self.variation == "normal" and self.now not in (None, "normal")


@dataclass(frozen=True, slots=True)
class Signals:
    """The control chart of one series; `points` are as its own.

    Everything below `marks` is that of the newest value and its segment.
    """

    points: Sequence[SignalPoint]
    segments: tuple[SegmentLimits, ...]
    marks: tuple[SeriesMark, ...]
    newest: int | None
    """Place of the newest value; None without any."""
    variation: Variation | None
    """None where its segment has no limits."""
    assurance: Assurance | None
    no_assurance: NoAssurance | None
    """Why there is no assurance; withheld: the word is told, and its figures would give a hidden target
    away."""
    chance: Chance | None
    """How often the target will be met; where there is an assurance, and it is not withheld."""
    run: RunRules | None
    """None where no value stands off the median."""
    cautions: tuple[ChartCaution, ...]
    autocorrelation: float | None
    """From one period to the next, as far as it can be told."""
    expected_false: float
    """How often a chart of this length shows a signal at its newest value though nothing changed, 0–1."""
    told: Sequence[ReviewedValue] = ()
    """What it said at the end of each long review period; filled by `with_history`."""
    bounds: Possible = UNBOUNDED
    """Which values the indicator can have at all: no axis names one beyond."""

    @property
    def segment(self) -> SegmentLimits | None:
        """The segment of the newest value; None without any value."""
        return None if self.newest is None else self.segments[self.points[self.newest].segment - 1]

    @property
    def rare(self) -> bool:
        """Whether it is a chart of the pauses between rare events."""
        return self.segment is not None and self.segment.chart == "rare"

    @property
    def basis(self) -> Basis:
        """What the newest value's limits rest on."""
        return self.segment.basis if self.segment is not None else "too-few"

    @property
    def signal(self) -> bool:
        """Whether the newest value is one."""
        return self.variation not in (None, "normal")
