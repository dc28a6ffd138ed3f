"""An indicator at a glance: name, newest value, its line over time, how it stands."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from generator.compute.insight.standing import standing_of
from generator.compute.series.assessed import AssessedSeries
from generator.model.indicator import Indicator
from generator.present.charts import sparkline
from generator.present.charts.sparkline import SparkPoint
from generator.present.desk import PageContext
from generator.present.links import Ref
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


def tile(desk: PageContext, ref: Ref, series: AssessedSeries | None, indicator: Indicator) -> Tile:
    """An indicator at a glance: name, newest value, sparkline, change, status."""
    point = series.last if series else None
    signals = desk.figures.signals.get(series.series.key) if series and point else None
    return Tile(
        ref,
        value_view(desk, point, indicator),
        spark(desk, series, indicator),
        variation_view(desk, series, signals),
    )


def spark(desk: PageContext, series: AssessedSeries | None, indicator: Indicator) -> Markup:
    """The series as a small line with normal range and target; empty with fewer than two values."""
    if series is None:
        return Markup("")
    signals = desk.figures.signals[series.series.key]
    drawn = sparkline.geometry(
        [
            SparkPoint(point.point.value, point.bar.target, *normal_range(signal, signals), signal.segment)
            for point, signal in zip(series.points, signals.points, strict=True)
        ]
    )
    if drawn is None or series.last is None:
        return Markup("")
    label = desk.format.words(
        "spark.label",
        name=desk.format.text(indicator.name),
        first=desk.format.period(series.points[0].point.period),
        last=desk.format.period(series.points[-1].point.period),
    )
    return Markup(
        desk.templates.piece(
            "drawings/sparkline.svg.jinja", spark=drawn, tone=standing_of(series.last).tone, label=label
        )
    )
