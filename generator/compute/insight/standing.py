"""How a value stands now: one object, from which every badge, cell, colour and sentence about it is made.

As a claim of a change, a standing is as strong as its weakest part. A status is told in the colour of a sure
one only where its value is final and its period whole; a signal only where besides the chart has full limits
and its values do not depend on each other. What speaks against it is a doubt, and is told by name.
Source: the computations page, section 3.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from generator.compute.effects.claim import Strength
from generator.compute.series import tones
from generator.compute.series.assessed import AssessedPoint, AssessedSeries
from generator.compute.series.attainment import Status
from generator.compute.series.charted import SignalPoint, Signals, Variation
from generator.compute.series.tones import Tone, tone_in
from generator.model.period import Period

ValueDoubt = Literal["provisional", "estimate", "incomplete", "withheld"]
"""The result may still change · it is an estimate · parts of the period are missing · how firm it is, is not
for the edition."""
ChartDoubt = Literal["trial", "together", "season", "no-denominators"]
"""Trial limits · neighbouring values hang together · the periods repeat by season · limits that do not know
how many cases there were."""
Shown = Literal["exceeded", "met", "near", "missed", "no-target", "no-data", "not-final"]
NOT_FINAL: Shown = "not-final"
UNJUDGED = ("no-target", "no-data")


@dataclass(frozen=True, slots=True)
class Standing:
    """What can be said of one value: that of a series now, or of a period."""

    period: Period | None
    """None without any value."""
    value: float | None
    status: Status
    firmness: str | None
    """As in the results; None without a value, and where it is not for the edition."""
    parts: tuple[int, int] | None
    """Of a longer period: how many of how many shorter ones have a value."""
    variation: Variation | None
    """What the control chart says of the value; None where it can say nothing, or is not asked."""
    value_doubts: tuple[ValueDoubt, ...]
    chart_doubts: tuple[ChartDoubt, ...]
    """Of a signal; empty where there is none."""

    @property
    def firm(self) -> bool:
        """Whether the value is final and its period whole."""
        return not self.value_doubts

    @property
    def shown(self) -> Shown:
        """The status as it is drawn; one of a value that is not final has no colour of its own."""
        return shown_as(self.status, self.value_doubts)

    @property
    def tone(self) -> Tone:
        """Whether it is good or bad how the value stands against its target."""
        return tone_in(tones.STATUS, self.status) if self.firm else "normal"

    @property
    def signal(self) -> Strength:
        """How strong the signal is; none: there is no signal."""
        if self.variation in (None, "normal"):
            return "none"
        return "doubtful" if self.value_doubts or self.chart_doubts else "firm"

    @property
    def signal_tone(self) -> Tone:
        """Whether the signal is good or bad news."""
        return tone_in(tones.VARIATION, self.variation) if self.signal == "firm" else "normal"


def standing_of(point: AssessedPoint | None, signals: Signals | None = None) -> Standing:
    """Of a value; `signals` is the chart whose newest value it is.

    Asked anew by every page and language; it costs little.
    """
    if point is None or point.point.value is None:
        return Standing(
            period=None,
            value=None,
            status="no-data",
            firmness=None,
            parts=None,
            variation=None,
            value_doubts=(),
            chart_doubts=(),
        )
    own = point.point
    variation = signals.variation if signals is not None else None
    doubts = value_doubts(point)
    return Standing(
        period=own.period,
        value=own.value,
        status=point.status,
        firmness=None if "withheld" in doubts else own.status,
        parts=own.parts,
        variation=variation,
        value_doubts=doubts,
        chart_doubts=_chart_doubts(signals) if signals is not None and signals.signal else (),
    )


def series_standing(series: AssessedSeries | None, signals: Signals | None) -> Standing:
    """Of a series now: of its newest value.

    Asked anew by every page and language; it costs little.
    """
    return standing_of(series.last if series is not None else None, signals)


def value_doubts(point: AssessedPoint) -> tuple[ValueDoubt, ...]:
    """Why a value is not final; the order is the one of the words."""
    own = point.point
    if own.value is None:
        return ()
    found: list[ValueDoubt] = []
    if "firmness" in point.withheld:
        found.append("withheld")
    elif own.status in ("provisional", "estimate"):
        found.append("estimate" if own.status == "estimate" else "provisional")
    if not own.complete:
        found.append("incomplete")
    return tuple(found)


def shown_as(status: Status, doubts: Sequence[ValueDoubt]) -> Shown:
    """A status as it is drawn, with what makes its value less than final."""
    return NOT_FINAL if doubts and status not in UNJUDGED else status


def judged(point: AssessedPoint) -> bool:
    """Whether a value was held against a target."""
    return point.status not in UNJUDGED


def grade_tone(point: AssessedPoint) -> Tone:
    """Of the growth since the baseline, where the value that it ends with is final."""
    if point.grown is None or value_doubts(point):
        return "normal"
    return tone_in(tones.GROWTH, point.grown.growth.grade)


def sure_mark(point: AssessedPoint, mark: SignalPoint, signals: Signals) -> bool:
    """Whether the mark of any point on a chart is sure; what its segment's values hang on is known for the
    newest segment only."""
    trial = signals.segments[mark.segment - 1].basis == "trial"
    if value_doubts(point) or trial or not signals.cautions:
        return not (value_doubts(point) or trial)
    return signals.newest is None or signals.points[signals.newest].segment != mark.segment


def _chart_doubts(signals: Signals) -> tuple[ChartDoubt, ...]:
    return (*(("trial",) if signals.basis == "trial" else ()), *signals.cautions)
