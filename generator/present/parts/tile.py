"""An indicator at a glance: name, newest value, its line over time, how it stands."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from generator.compute.insight.named_points import bare
from generator.compute.insight.standing import standing_of
from generator.compute.series.assessed import AssessedSeries
from generator.model.indicator import Indicator
from generator.present.charts import sparkline
from generator.present.charts.sparkline import SparkPoint
from generator.present.links import Ref
from generator.present.page_context import PageContext
from generator.present.parts.findings import (
    variation_view,
)
from generator.present.parts.signal import SignalView
from generator.present.parts.trend import normal_range
from generator.present.parts.value import ValueView, value_view


@dataclass(frozen=True, slots=True)
class Tile:
    """An indicator at a glance."""

    ref: Ref
    value: ValueView
    spark: Markup
    signal: SignalView | None


def tile(ctx: PageContext, ref: Ref, series: AssessedSeries | None, indicator: Indicator) -> Tile:
    """An indicator at a glance: name, newest value, sparkline, change, status."""
    point = series.last if series else None
    signals = ctx.figures.signals.get(series.series.key) if series and point else None
    return Tile(
        ref,
        value_view(ctx.format, point, indicator, signals),
        spark(ctx, series, indicator),
        variation_view(ctx.format, series, signals),
    )


def spark(
    ctx: PageContext,
    series: AssessedSeries | None,
    indicator: Indicator,
    *,
    periods: int | None = None,
    marked: bool = False,
) -> Markup:
    """The series as a small line with normal range and target; empty with fewer than two values.

    Of its newest `periods`, all without; `marked`: with the changes of the process.
    """
    if series is None:
        return Markup("")
    signals = ctx.figures.signals[series.series.key]
    rare = signals.rare
    shown = tuple(zip(bare(series.points), bare(signals.points), strict=True))[
        -(periods or len(series.points)) :
    ]
    changed = {mark.period for mark in signals.marks if marked and mark.kind == "change"}
    drawn = sparkline.geometry(
        [
            SparkPoint(point.point.value, point.bar.target, *normal_range(signal, rare), signal.segment)
            for point, signal in shown
        ],
        [place for place, (point, _) in enumerate(shown) if point.point.period in changed],
    )
    if drawn is None or series.last is None:
        return Markup("")
    label = ctx.format.words(
        "spark.label",
        name=ctx.format.text(indicator.name),
        first=ctx.format.period(shown[0][0].point.period),
        last=ctx.format.period(series.points[-1].point.period),
    )
    return Markup(
        ctx.templates.piece(
            "drawings/sparkline.svg.jinja", spark=drawn, tone=standing_of(series.last).tone, label=label
        )
    )
