"""All scopes of an indicator: its charts one at a time, and a small picture of each on the same axes.

A scope is whose values a series holds: the organisation, a pilot, or a part of either by a dimension. The
first ones have a full control chart, behind a chip each; all have a panel, so that they can be compared at a
glance. A page says no more than a reader can take in: beyond that the file of all values is named.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from generator.compute.figures import Figures
from generator.compute.insight.named_points import bare, bare_along
from generator.compute.insight.standing import standing_of
from generator.compute.insight.standings import ranked
from generator.compute.once import once
from generator.compute.series.assessed import AssessedSeries
from generator.compute.series.values import Key
from generator.model.indicator import Indicator
from generator.model.period import Period
from generator.present.charts.sparkline import Sparkline, SparkPoint, geometry, usual_ends
from generator.present.links import Links, Ref
from generator.present.page_context import PageContext
from generator.present.parts.facets import Facet, facet
from generator.present.parts.findings import signal_views
from generator.present.parts.places import place
from generator.present.parts.signal import SignalView
from generator.present.parts.tile import told_values
from generator.present.parts.trend import ControlChartView, chart_view, series_name
from generator.present.parts.value import ValueView, value_view
from generator.present.text.format import DASH, Format
from generator.present.text.marked_text import plain
from generator.present.text.metrics import text_width
from generator.present.text.value_text import value_text

MOST_CHARTS = 4
"""Full charts of a page; a pilot's stands on its own page too."""
MOST_PANELS = 12
"""Small pictures that are open; more are folded."""
MOST_FOLDED = 48
"""Of those that are folded; beyond that their values stand in the file alone."""
PLOT = 420
"""Width of the plot beside the definition, pixels."""
ENDS = 11
"""Pixels of the letters at the ends of the axis, as the style sheet has them."""
FEWEST = 2
"""Fewest scopes worth comparing."""


@dataclass(frozen=True, slots=True)
class ScopeView:
    """A scope with its newest value and its full chart; the chip has its name."""

    value: ValueView
    chart: ControlChartView


@dataclass(frozen=True, slots=True)
class PanelView:
    """A scope at a glance: the line on the axes that all panels share, and its newest value."""

    place: Ref
    value: ValueView
    signals: tuple[SignalView, ...]
    line: Markup
    others_period: str
    """The period of the newest value where it is not that of the others."""
    said: tuple[tuple[str, str], ...]
    """What the filters find it by: pilot and dimensions, each with its value."""


@dataclass(frozen=True, slots=True)
class PanelsView:
    """All scopes of an indicator side by side."""

    finding: str
    """Who stands first and last; empty where there is nothing to compare."""
    axes: str
    """From where to where the axes of all panels go."""
    high: str
    low: str
    room: int
    """Pixels that the longer of the two takes: the lines begin beside it."""
    shown: tuple[PanelView, ...]
    folded: tuple[PanelView, ...]
    left_out: int
    facets: tuple[Facet, ...]
    """Filters, where parts are parts by two ways at once or the panels are many; else none."""


@dataclass(frozen=True, slots=True)
class _Lines:
    """What the panels of an indicator draw."""

    periods: tuple[Period, ...]
    ends: tuple[float, float]
    """Of the value axis."""
    drawn: tuple[Sparkline | None, ...]
    """A line for each scope that has two values."""


def in_order(series: Iterable[AssessedSeries]) -> list[AssessedSeries]:
    """The scopes with values: the organisation, pilots, then parts of them; each as in the handbook."""
    told = [assessed for assessed in series if assessed.last]
    return sorted(told, key=lambda assessed: (len(assessed.series.cell), assessed.series.pilot is not None))


def scope_views(
    ctx: PageContext, indicator: Indicator, series: Sequence[AssessedSeries], links: Links
) -> Iterator[ScopeView]:
    """The scopes with a full chart: all where they are few, else those that are no part of another."""
    few = len(series) <= MOST_CHARTS
    charted = [assessed for assessed in series if few or not assessed.series.cell]
    for assessed in charted[:MOST_CHARTS]:
        where = place(ctx.figures, ctx.format, assessed, links)
        yield ScopeView(
            value_view(ctx.format, assessed.last, indicator, ctx.figures.signals[assessed.series.key]),
            chart_view(ctx, assessed, indicator, where, series_name(assessed), links, width=PLOT),
        )


def panels_view(
    ctx: PageContext, indicator: Indicator, series: Sequence[AssessedSeries], links: Links
) -> PanelsView | None:
    """A panel of each scope; None where there are not two."""
    if len(series) < FEWEST:
        return None
    drawn = series[: MOST_PANELS + MOST_FOLDED]
    lines = _lines(ctx.figures, tuple(assessed.series.key for assessed in drawn))
    newest = max(assessed.last.point.period for assessed in drawn if assessed.last)
    panels = tuple(
        _panel(ctx, indicator, assessed, own, periods=lines.periods, newest=newest, links=links)
        for assessed, own in zip(drawn, lines.drawn, strict=True)
    )
    form, periods = ctx.format, lines.periods
    # Inside a drawing texts say figures without marks.
    low, high = (str(plain(form.value(end, indicator))) for end in lines.ends)
    return PanelsView(
        finding=_finding(ctx, indicator, series, links),
        axes=form.words("indicator.axes", first=form.period(periods[0]), last=form.period(periods[-1])),
        high=high,
        low=low,
        room=math.ceil(max(text_width(end, ENDS) for end in (high, low))),
        shown=panels[:MOST_PANELS],
        folded=panels[MOST_PANELS:],
        left_out=len(series) - len(drawn),
        facets=_facets(ctx, drawn),
    )


def _facets(ctx: PageContext, series: Sequence[AssessedSeries]) -> tuple[Facet, ...]:
    """A filter for the pilots and one for each way of breaking down that occurs; none for a short list by one
    way alone."""
    if len(series) <= MOST_PANELS and all(len(one.series.cell) < FEWEST for one in series):
        return ()
    form, catalogue = ctx.format, ctx.figures.catalogue
    pilots = facet(
        "pilot",
        form.words("table.pilot"),
        series,
        lambda one: (one.series.pilot,),
        lambda pilot: form.text(catalogue.pilots[pilot].name),
    )
    ways = (
        facet(
            f"by-{way.id}",
            form.text(way.name),
            series,
            lambda one, id_=way.id: (dict(one.series.cell).get(id_),),  # type: ignore[misc]
            lambda value, values=way.values: form.text(values[value]),  # type: ignore[misc]
            order=tuple(way.values),
        )
        for way in catalogue.handbook.dimensions
    )
    return tuple(one for one in (pilots, *ways) if len(one.options) >= FEWEST)


def _said(series: AssessedSeries) -> tuple[tuple[str, str], ...]:
    own = series.series
    pilot = (("pilot", own.pilot),) if own.pilot else ()
    return (*pilot, *((f"by-{way}", value) for way, value in own.cell))


@once
def _lines(figures: Figures, keys: tuple[Key, ...]) -> _Lines:
    """The lines of some scopes on the axes that they share: the same in every language."""
    told = [figures.series[key] for key in keys]
    periods = sorted({one for assessed in told for one in bare_along(assessed.points, "point.period")})
    points = [_points(figures, assessed, periods) for assessed in told]
    ends = _ends(points)
    return _Lines(tuple(periods), ends, tuple(geometry(own, axis=ends) for own in points))


def _points(figures: Figures, series: AssessedSeries, periods: Sequence[Period]) -> list[SparkPoint]:
    """The series over the periods of all scopes; a period that it does not have is a gap."""
    signals = figures.signals[series.series.key]
    columns = [bare_along(series.points, path) for path in ("point.value", "bar.target")]
    for path in ("lower", "upper"):  # a chart of rare events has no range of values
        columns.append([None] * len(columns[0]) if signals.rare else bare_along(signals.points, path))
    columns.append(bare_along(signals.points, "segment"))
    told = map(SparkPoint, *columns)
    own = dict(zip(bare_along(series.points, "point.period"), told, strict=True))
    return [own.get(period) or SparkPoint(None) for period in periods]


def _ends(drawn: Iterable[Sequence[SparkPoint]]) -> tuple[float, float]:
    """From the least to the greatest of what the panels show."""
    ends: list[float] = []
    for points in drawn:
        ends += [number for point in points for number in (point.value, point.target) if number is not None]
        ends += usual_ends([(point.segment, point.lower, point.upper) for point in points])
    return min(ends), max(ends)


def _panel(
    ctx: PageContext,
    indicator: Indicator,
    series: AssessedSeries,
    drawn: Sparkline | None,
    *,
    periods: Sequence[Period],
    newest: Period,
    links: Links,
) -> PanelView:
    form, last = ctx.format, series.last
    where = place(ctx.figures, form, series, links)
    line = Markup("")
    if drawn is not None:
        line = Markup(
            ctx.templates.piece(
                "drawings/sparkline.svg.jinja",
                spark=drawn,
                tone=standing_of(last).tone,
                told=told_values(_values(form, indicator, series, periods)),
                label=form.words(
                    "spark.label",
                    name=form.words("control_chart.title", name=form.text(indicator.name), place=where.title),
                    first=form.period(series.points[0].point.period),
                    last=form.period(series.points[-1].point.period),
                ),
            )
        )
    told = ctx.figures.signals[series.series.key]
    value = value_view(form, last, indicator, told)
    same = last is not None and last.point.period == newest
    signals = signal_views(form, series, told, links)
    return PanelView(where, value, signals, line, "" if same else value.period, _said(series))


def _values(
    form: Format, indicator: Indicator, series: AssessedSeries, periods: Sequence[Period]
) -> Iterator[tuple[Period, str]]:
    """What the line says over the periods of all scopes."""
    own = {point.point.period: value_text(form, point, indicator) for point in bare(series.points)}
    for period in periods:
        yield period, own.get(period, DASH)


def _finding(ctx: PageContext, indicator: Indicator, series: Sequence[AssessedSeries], links: Links) -> str:
    """Which pilot stands first and which last; empty below two."""
    words = ctx.format.words
    pilots = [assessed for assessed in series if assessed.series.pilot and not assessed.series.cell]
    if len(pilots) < FEWEST:
        return ""
    every = ctx.figures.whole.of_indicator(indicator.id)
    if len({item.series.pilot for item in every if item.series.pilot and item.last}) > len(pilots):
        return words("edition.in_part") + words("punctuation.stop")
    newest = max(item.last.point.period for item in pilots if item.last)
    best = ranked(
        [item for item in pilots if item.last and item.last.point.period == newest], indicator.direction
    )
    if len(best) < FEWEST:
        return ""
    first, last = (item.last for item in (best[0], best[-1]))
    said = value_text(ctx.format, first, indicator) if first else ""
    if last is None or said == value_text(ctx.format, last, indicator):
        return words("chart.finding.multiples.alike", value=said) if len(best) == len(pilots) else ""
    names = [place(ctx.figures, ctx.format, item, links).title for item in (best[0], best[-1])]
    key = "best" if indicator.direction in ("higher", "lower") else "highest"
    return words(f"chart.finding.multiples.{key}", first=names[0], last=names[1])
