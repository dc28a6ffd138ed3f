"""With how many digits a value is told beside what it is held against.

A value that misses a bar never reads like the bar: 94.96 against 95 is "94.96", not "95.0, short of 95".
"""

from __future__ import annotations

from collections.abc import Iterable

from generator.compute.insight.standing import ValueDoubt, judged, value_doubts
from generator.compute.series.assessed import AssessedPoint
from generator.compute.series.signals import SignalPoint, Signals
from generator.model.comparing import decimals_apart
from generator.model.exact import rounded
from generator.model.indicator import Indicator
from generator.present.text.format import Format


def places(point: AssessedPoint, indicator: Indicator, signal: SignalPoint | None = None) -> int:
    """Decimals of a value and of its bars: the indicator's own, or as many as tell it from what it misses,
    and from the end of the normal range that it lies beyond where its signal is given."""
    value, bar = point.point.value, point.bar
    own = indicator.decimals
    if value is not None and signal is not None and signal.mark == "outside":
        end = signal.upper if signal.side == "high" else signal.lower
        own = own if end is None else decimals_apart(value, end, own)
    if value is None or point.status not in ("near", "missed"):
        return own
    if bar.interval is not None:
        return max(decimals_apart(value, end, own) for end in bar.interval)
    missed = bar.floor if point.status == "missed" and bar.floor is not None else bar.target
    return own if missed is None else decimals_apart(value, missed, own)


def doubted(form: Format, word: str, doubts: Iterable[ValueDoubt]) -> str:
    """A word about a value with what makes it less than final; what is withheld is not told."""
    reasons = [form.words(f"standing.doubt.{doubt}") for doubt in doubts if doubt != "withheld"]
    return form.words("standing.doubted", word=word, doubts=form.join(reasons)) if reasons else word


def status_text(form: Format, point: AssessedPoint | None) -> str:
    """How a value stands, in a word that is no surer than the value."""
    if point is None or point.point.value is None:
        return form.words("status.no-data")
    return doubted(form, form.words(f"status.{point.status}"), value_doubts(point) if judged(point) else ())


def newest_signal(signals: Signals | None) -> SignalPoint | None:
    """The signal of the newest value of a chart; None without one, and of rare events, whose limits are no
    values."""
    if signals is None or signals.newest is None or signals.rare:
        return None
    return signals.points[signals.newest]


def value_text(
    form: Format, point: AssessedPoint, indicator: Indicator, signal: SignalPoint | None = None
) -> str:
    """A value with its unit, as it is told beside its target; a dash where there is none."""
    return form.valued(point.point.value, indicator, places(point, indicator, signal))


def target_text(form: Format, point: AssessedPoint, indicator: Indicator, decimals: int | None = None) -> str:
    """The target of a point, an interval where the target is one; empty without a target."""
    digits = places(point, indicator) if decimals is None else decimals
    if point.bar.interval is not None:
        low, high = (form.value(end, indicator, digits) for end in point.bar.interval)
        return form.words("value.interval", low=low, high=high)
    return form.value(point.bar.target, indicator, digits) if point.bar.target is not None else ""


def thresholds_text(form: Format, point: AssessedPoint, indicator: Indicator, alone: bool = False) -> str:
    """Target and floor in words, for rows whose bars are not those of their neighbours; empty without any.

    `alone`: the value does not stand beside them, so they need no more decimals than their own.
    """
    digits, parts = indicator.decimals if alone else places(point, indicator), []
    if target := target_text(form, point, indicator, digits):
        parts.append(form.words("chart.bar.target", value=target))
    if point.bar.floor is not None:
        parts.append(form.words("chart.bar.floor", value=form.value(point.bar.floor, indicator, digits)))
    return form.join(parts)


def attainment_text(form: Format, point: AssessedPoint, digits: int = 0, unit: bool = True) -> str:
    """Attainment in per cent; one that is short of the target never reads as 100."""
    shown, places = _short_of_whole(point.attainment, point.status, digits)
    if shown is None:
        return ""
    return form.percent(shown, places) if unit else form.number(shown, places)


def progress_text(form: Format, point: AssessedPoint | None) -> str:
    """Share of the way to the target; what has not arrived never reads as 100 %."""
    if point is None or point.progress is None:
        return form.share(None)
    shown, places = _short_of_whole(point.progress * 100, point.status, 0)
    if shown != point.progress * 100:
        return form.percent(shown, places)
    return form.share(point.progress, places)


def _short_of_whole(percent: float | None, status: str, digits: int) -> tuple[float | None, int]:
    """A percentage and its decimals, kept below 100 where the target is not reached."""
    if percent is None or status not in ("near", "missed") or not 99 < percent < 101:
        return percent, digits
    if rounded(percent, digits) < 100:
        return percent, digits
    apart = next((more for more in range(digits, digits + 5) if rounded(percent, more) < 100), None)
    if apart is not None:
        return percent, apart
    digits = max(digits, 1)
    return min(percent, 100 - 10.0**-digits), digits
