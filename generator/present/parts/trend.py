"""The trend of a series as a chart, with what it shows in a sentence, and its data as a table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from markupsafe import Markup

from generator.compute.figures import Figures
from generator.compute.insight.claims import series_tone
from generator.compute.insight.standing import sure_mark
from generator.compute.series.assessed import AssessedPoint, AssessedSeries
from generator.compute.series.marks import SeriesMark, changes_within
from generator.compute.series.signals import SignalPoint, Signals, mostly_marked
from generator.compute.series.tones import Tone
from generator.model.exact import times
from generator.model.indicator import Indicator
from generator.model.written import written
from generator.present.charts import narrow
from generator.present.charts.trend import WIDTH, Trend, TrendMark, TrendPoint, specification
from generator.present.links import Links, Ref
from generator.present.page_context import PageContext
from generator.present.parts.claims import change_title, dated
from generator.present.parts.control_chart import cautions, then_and_now
from generator.present.parts.findings import (
    finding,
    less_sure,
    signal_views,
)
from generator.present.parts.rare_trend import rare_trend
from generator.present.parts.signal import LESS_SURE, SignalView
from generator.present.parts.value import StatusView, point_note, standing_view
from generator.present.text.format import Format
from generator.present.text.value_text import newest_signal, places, status_text, target_text, value_text


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
    target_rows: int = 1
    normal_rows: int = 1
    """How many rows the cell reaches over; 0 where one from above does."""


@dataclass(frozen=True, slots=True)
class ControlChartView:
    """A chart: what it shows in one sentence, the drawing, its data."""

    heading: Ref
    finding: str
    tone: Tone
    signals: tuple[SignalView, ...]
    notes: tuple[str, ...]
    """Why its signals are less sure, how its range is made, and where reviews were told otherwise."""
    drawing: Markup
    """For every width: a mark for the wide one, and the narrow one."""
    narrow: Markup
    """For a phone, without a name of its own; empty where there is no value."""
    take: Markup
    rows: tuple[ChartRow, ...]
    source: str
    name: str
    """What its drawing is called on the page."""


def chart_view(
    ctx: PageContext,
    series: AssessedSeries,
    indicator: Indicator,
    heading: Ref,
    name: str,
    links: Links,
    *,
    told: bool = False,
    width: int = WIDTH,
) -> ControlChartView:
    """The trend of a series with its finding and its data; `name` is unique on the page.

    `told`: the page tells elsewhere what its changes did. `width` is the plot's in pixels.
    """
    form = ctx.format
    text = finding(ctx, series, indicator, told=told)
    signals = ctx.figures.signals[series.series.key]
    trend = Trend(
        tuple(
            _trend_point(form, indicator, point, signal, signals, first=index == 0)
            for index, (point, signal) in enumerate(zip(series.points, signals.points, strict=True))
        ),
        tuple(
            trend_mark(ctx.figures, form, mark, mark.pilot or series.series.pilot) for mark in signals.marks
        ),
        form.text(indicator.unit),
        _target_label(form, series, indicator),
        _last_label(form, series, indicator, signals),
        bounds=signals.bounds.times(form.size(indicator)),
        width=width,
    )
    rare = signals.rare
    if rare:
        trend = rare_trend(form, trend, series, signals)
    few = narrow_drawing(ctx, trend, f"chart-{name}")
    title = form.words("control_chart.title", name=form.text(indicator.name), place=heading.title)
    drawing, take = ctx.drawings.place(
        specification(trend), f"chart-{name}", title, text, _data(form, series, signals, indicator)
    )
    return ControlChartView(
        heading=heading,
        finding=text,
        tone=series_tone(ctx.figures, series),
        signals=signal_views(form, series, signals, links),
        notes=(
            *cautions(form, series, signals),
            *_within(ctx, series, indicator),
            *then_and_now(form, series, signals),
        ),
        drawing=Markup("{}{}").format(drawing, few),
        narrow=few,
        take=take,
        rows=_spanned(
            _chart_row(form, point, signal, signals, indicator, rare=rare)
            for point, signal in reversed(tuple(zip(series.points, signals.points, strict=True)))
        ),
        source=form.text(indicator.source.system) if indicator.source else "",
        name=f"chart-{name}",
    )


def series_name(series: AssessedSeries) -> str:
    """What a chart of a series is called in files and addresses: made of ids, it does not shift when others
    come. Of what is no id (华东, North West) it has six digits of a hash."""
    own = series.series
    parts = (part for pair in own.cell for part in pair)
    return "-".join((own.indicator, own.pilot or "all", *map(_as_id, parts)))


def _as_id(part: str) -> str:
    if re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", part):
        return part
    return sha256(part.encode()).hexdigest()[:6]


def _within(ctx: PageContext, series: AssessedSeries, indicator: Indicator) -> Iterator[str]:
    """Where the range of the whole is made anew because pilots changed, and where not; why nearly everything
    is marked, where it is."""
    figures, form, own = ctx.figures, ctx.format, series.series
    signals = figures.signals[own.key]
    anew = [
        dated(figures, form, mark.pilot, mark.change)
        for mark in signals.marks
        if mark.pilot is not None and mark.change is not None
    ]
    if anew:
        yield form.words("finding.anew", changes=form.listed(anew))
    measured = {one.series.pilot for one in figures.of_indicator(own.indicator)}
    pilots = [pilot for pilot in figures.catalogue.pilots.values() if pilot.id in measured]
    calendar = figures.catalogue.handbook.calendar
    found = changes_within(own, indicator, pilots, calendar, signals.marks)
    if found:
        changes = [dated(figures, form, pilot.id, change) for pilot, change in found]
        yield form.words("finding.within", changes=form.listed(changes))
    levelled = any(segment.level for segment in signals.segments)
    if own.pilot is None and not levelled and mostly_marked(signals.points):
        yield form.words("finding.levels")


def narrow_drawing(ctx: PageContext, trend: Trend, name: str, periods: int = narrow.PERIODS) -> Markup:
    """The same trend for a phone; `name` is the wide one's, which has the title and the description."""
    drawn = narrow.geometry(trend, periods)
    if drawn is None:
        return Markup("")
    return Markup(ctx.templates.piece("drawings/narrow_trend.svg.jinja", drawn=drawn, name=name))


def _data(form: Format, series: AssessedSeries, signals: Signals, indicator: Indicator) -> list[list[str]]:
    """The chart's data, oldest first, for other programs: every digit that holds, in the unit of the results,
    which is said where the words count in another size."""
    words, rare = form.words, signals.rare
    keys = ("period", "value", "target", "centre", "lower", "upper", "signal", "status", "note")

    def raw(number: float | None) -> str:
        return "" if number is None else written(number)

    return [
        [
            words("unit.counted", name=words(f"table.{key}"), unit=form.data_unit(indicator))
            if key == "value" and form.size(indicator) != 1
            else words(f"table.{key}")
            for key in keys
        ],
        *(
            [
                str(point.point.period),
                raw(point.point.value),
                raw(point.bar.target),
                raw(None if rare else signal.centre),
                *(raw(end) for end in normal_range(signal, rare)),
                words(f"signal.variation.{signal.variation}") if signal.variation else "",
                status_text(form, point),
                point_note(form, point),
            ]
            for point, signal in zip(series.points, signals.points, strict=True)
        ),
    ]


def trend_mark(figures: Figures, form: Format, mark: SeriesMark, pilot: str | None) -> TrendMark:
    """A change by its name, with its kind and month for those who hover; a break by what it is."""
    words, change = form.words, mark.change
    month = form.period(mark.period)
    if change is None or pilot is None:
        label = words("control_chart.broken" if mark.kind == "break" else "control_chart.anew")
        return TrendMark(
            str(mark.period),
            label,
            mark.kind == "break",
            words("control_chart.mark_tip", name=label, period=month),
        )
    name, kind = change_title(figures, form, pilot, change), words.inside(words(f"change_kind.{change.kind}"))
    text = words("control_chart.mark_tip", name=name, period=month)
    if change.name is not None:
        text = words("control_chart.change_tip", name=name, kind=kind, period=month)
    return TrendMark(str(mark.period), name, mark.kind == "break", text)


def _trend_point(
    form: Format,
    indicator: Indicator,
    point: AssessedPoint,
    signal: SignalPoint,
    signals: Signals,
    *,
    first: bool,
) -> TrendPoint:
    own, words, size = point.point, form.words, form.size(indicator)

    def sized(number: float | None) -> float | None:
        return number if number is None or size == 1 else times(number, size)

    value = value_text(form, point, indicator, None if signals.rare else signal)
    kind = words.inside(words(f"signal.variation.{signal.variation or 'unknown'}"))
    return TrendPoint(
        period=str(own.period),
        label=form.axis_period(own.period, first),
        value=sized(own.value),
        target=sized(point.bar.target),
        firm=own.status == "actual",
        segment=signal.segment,
        centre=sized(signal.centre),
        lower=sized(signal.lower),
        upper=sized(signal.upper),
        signal=signal.variation or "normal",
        sure=sure_mark(point, signal, signals),
        tip=words("control_chart.tip", period=form.period(own.period), value=value, signal=kind),
        dated=form.axis_period(own.period, True),
    )


def _last_label(form: Format, series: AssessedSeries, indicator: Indicator, signals: Signals) -> str:
    if series.last is None:
        return ""
    return form.value(
        series.last.point.value, indicator, places(series.last, indicator, newest_signal(signals))
    )


def _target_label(form: Format, series: AssessedSeries, indicator: Indicator) -> str:
    target = next(
        (point.bar.target for point in reversed(series.points) if point.bar.target is not None), None
    )
    return form.words("control_chart.target", value=form.value(target, indicator))


def _spanned(rows: Iterable[ChartRow]) -> tuple[ChartRow, ...]:
    """The rows with cells of targets and ranges that reach over all rows in which they hold."""
    made = tuple(rows)
    targets, ranges = _spans([row.target for row in made]), _spans([row.normal for row in made])
    return tuple(
        replace(row, target_rows=target, normal_rows=normal)
        for row, target, normal in zip(made, targets, ranges, strict=True)
    )


def _spans(texts: Sequence[str]) -> list[int]:
    """For each text how many in a row are the same from here on; 0 where the one before is."""
    spans = [1] * len(texts)
    first = 0
    for place in range(1, len(texts)):
        if texts[place] == texts[first]:
            spans[place], spans[first] = 0, spans[first] + 1
        else:
            first = place
    return spans


def _rule_view(form: Format, kind: str, signal: SignalPoint, sure: bool) -> SignalView:
    """The rule that makes a point a signal."""
    rule = form.words(f"signal.rule.{signal.mark}")
    return SignalView(kind, rule) if sure else SignalView(LESS_SURE, less_sure(form, rule))


def _chart_row(
    form: Format,
    point: AssessedPoint,
    signal: SignalPoint,
    signals: Signals,
    indicator: Indicator,
    *,
    rare: bool,
) -> ChartRow:
    limits = normal_range(signal, rare)
    digits = places(point, indicator, None if rare else signal)
    # A range is told as everywhere on the page, but where its end would read like the value beyond it.
    apart = digits if signal.mark == "outside" else indicator.decimals
    ends = [form.value(end, indicator, apart) for end in limits]
    kind = signal.variation if signal.variation not in (None, "normal") else None
    return ChartRow(
        period=form.period(point.point.period),
        value=form.value(point.point.value, indicator, digits),
        target=target_text(form, point, indicator, digits),
        normal=form.words("value.interval", low=ends[0], high=ends[1]) if limits[0] is not None else "",
        signal=_rule_view(form, kind, signal, sure_mark(point, signal, signals)) if kind else None,
        status=standing_view(form, point),
        note=point_note(form, point),
    )


def normal_range(signal: SignalPoint, rare: bool) -> tuple[float | None, float | None]:
    """The normal range of a value; on a chart of rare events there is one of the pauses only."""
    return (None, None) if rare else (signal.lower, signal.upper)
