"""The trend of a series as a chart, with what it shows in a sentence, and its data as a table."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from generator.compute.insight.claims import series_tone
from generator.compute.insight.standing import sure_mark
from generator.compute.series.assessed import AssessedPoint, AssessedSeries
from generator.compute.series.marks import SeriesMark
from generator.compute.series.signals import SignalPoint, Signals
from generator.compute.series.tones import Tone
from generator.model.indicator import Indicator
from generator.present.charts.trend import Trend, TrendMark, TrendPoint, specification
from generator.present.desk import PageContext
from generator.present.links import Links, Ref
from generator.present.parts.claims import change_title
from generator.present.parts.control_chart import cautions, then_and_now
from generator.present.parts.findings import (
    finding,
    less_sure,
    signal_views,
)
from generator.present.parts.rare_trend import rare_trend
from generator.present.parts.signal import LESS_SURE, SignalView
from generator.present.parts.value import StatusView, point_note, standing_view
from generator.present.telling import places, told_status, told_target, told_value


@dataclass(frozen=True, slots=True)
class ChartRow:
    """One row of the table under a chart."""

    period: str
    value: str
    target: str
    normal: str
    """The normal range."""
    signal: SignalView | None
    """The rule that makes the value a signal; None where it is none."""
    status: StatusView
    note: str


@dataclass(frozen=True, slots=True)
class ChartView:
    """A chart: what it shows in one sentence, the drawing, its data."""

    heading: Ref
    finding: str
    tone: Tone
    signals: tuple[SignalView, ...]
    notes: tuple[str, ...]
    """Why its signals are less sure, how its range is made, and where reviews were told otherwise."""
    drawing: Markup
    take: Markup
    rows: tuple[ChartRow, ...]
    source: str


def chart_view(
    desk: PageContext, series: AssessedSeries, indicator: Indicator, heading: Ref, name: str, links: Links
) -> ChartView:
    """The trend of a series with its finding and its data; `name` is unique on the page."""
    form = desk.format
    told = finding(desk, series, indicator)
    signals = desk.figures.signals[series.series.key]
    trend = Trend(
        tuple(
            _trend_point(desk, indicator, point, signal, signals, index == 0)
            for index, (point, signal) in enumerate(zip(series.points, signals.points, strict=True))
        ),
        tuple(trend_mark(desk, mark, series.series.pilot) for mark in signals.marks),
        form.text(indicator.unit),
        _target_label(desk, series, indicator),
        form.number(series.last.point.value, places(series.last, indicator)) if series.last else "",
        signals.bounds,
    )
    if signals.rare:
        trend = rare_trend(desk, trend, series, signals)
    title = form.words("chart.title", name=form.text(indicator.name), place=heading.title)
    drawing, take = desk.drawings.place(
        specification(trend), f"chart-{name}", title, told, _data(desk, series, signals)
    )
    return ChartView(
        heading,
        told,
        series_tone(desk.figures, series),
        signal_views(desk, series, signals, links),
        (*cautions(desk, signals, series.series.frequency), *then_and_now(desk, series, signals)),
        drawing,
        take,
        tuple(
            _chart_row(desk, point, signal, signals, indicator)
            for point, signal in reversed(tuple(zip(series.points, signals.points, strict=True)))
        ),
        form.text(indicator.source.system) if indicator.source else "",
    )


def _data(desk: PageContext, series: AssessedSeries, signals: Signals) -> list[list[str]]:
    """The chart's data unrounded, oldest first, for other programs."""
    words = desk.format.words
    keys = ("period", "value", "target", "centre", "lower", "upper", "signal", "status", "note")

    def raw(number: float | None) -> str:
        return "" if number is None else repr(number)

    return [
        [words(f"table.{key}") for key in keys],
        *(
            [
                str(point.point.period),
                raw(point.point.value),
                raw(point.bar.target),
                raw(None if signals.rare else signal.centre),
                *(raw(end) for end in normal_range(signal, signals)),
                words(f"signal.variation.{signal.variation}") if signal.variation else "",
                told_status(desk.format, point),
                point_note(desk, point),
            ]
            for point, signal in zip(series.points, signals.points, strict=True)
        ),
    ]


def trend_mark(desk: PageContext, mark: SeriesMark, pilot: str | None) -> TrendMark:
    """A change by its name, with its kind and month for those who hover; a break by what it is."""
    words, change = desk.format.words, mark.change
    month = desk.format.period(mark.period)
    if change is None or pilot is None:
        label = words("chart.broken")
        return TrendMark(
            str(mark.period), label, mark.kind == "break", words("chart.mark_tip", name=label, period=month)
        )
    name, kind = change_title(desk, pilot, change), words(f"change_kind.{change.kind}")
    told = words("chart.mark_tip", name=name, period=month)
    if change.name is not None:
        told = words("chart.change_tip", name=name, kind=kind, period=month)
    return TrendMark(str(mark.period), name, mark.kind == "break", told)


def _trend_point(
    desk: PageContext,
    indicator: Indicator,
    point: AssessedPoint,
    signal: SignalPoint,
    signals: Signals,
    first: bool,
) -> TrendPoint:
    own, words = point.point, desk.format.words
    value = told_value(desk.format, point, indicator)
    kind = words(f"signal.variation.{signal.variation or 'unknown'}")
    return TrendPoint(
        str(own.period),
        desk.format.axis_period(own.period, first),
        own.value,
        point.bar.target,
        own.status == "actual",
        signal.segment,
        signal.centre,
        signal.lower,
        signal.upper,
        signal.variation or "normal",
        sure_mark(point, signal, signals),
        words("chart.tip", period=desk.format.period(own.period), value=value, signal=kind),
    )


def _target_label(desk: PageContext, series: AssessedSeries, indicator: Indicator) -> str:
    target = next(
        (point.bar.target for point in reversed(series.points) if point.bar.target is not None), None
    )
    return desk.format.words("chart.target", value=desk.format.number(target, indicator.decimals))


def _rule_view(desk: PageContext, kind: str, signal: SignalPoint, sure: bool) -> SignalView:
    """The rule that makes a point a signal."""
    rule = desk.format.words(f"signal.rule.{signal.mark}")
    return SignalView(kind, rule) if sure else SignalView(LESS_SURE, less_sure(desk, rule))


def _chart_row(
    desk: PageContext,
    point: AssessedPoint,
    signal: SignalPoint,
    signals: Signals,
    indicator: Indicator,
) -> ChartRow:
    form, limits = desk.format, normal_range(signal, signals)
    ends = [form.number(end, indicator.decimals) for end in limits]
    kind = signal.variation if signal.variation not in (None, "normal") else None
    return ChartRow(
        form.period(point.point.period),
        form.number(point.point.value, places(point, indicator)),
        told_target(form, point, indicator),
        form.words("value.interval", low=ends[0], high=ends[1]) if limits[0] is not None else "",
        _rule_view(desk, kind, signal, sure_mark(point, signal, signals)) if kind else None,
        standing_view(desk, point),
        point_note(desk, point),
    )


def normal_range(signal: SignalPoint, signals: Signals) -> tuple[float | None, float | None]:
    """The normal range of a value; on a chart of rare events there is one of the pauses only."""
    return (None, None) if signals.rare else (signal.lower, signal.upper)
