"""The chart of rare events: how many periods lay between one and the next, not how many there were."""

from __future__ import annotations

from dataclasses import replace

from generator.compute.series.assessed import AssessedSeries
from generator.compute.series.possible import Possible
from generator.compute.series.signals import Signals
from generator.present.charts.trend import Trend
from generator.present.text.format import Format


def rare_trend(form: Format, trend: Trend, series: AssessedSeries, signals: Signals) -> Trend:
    """A trend of counts with its points at the pauses: no target, and periods for the unit."""
    newest = next((point.pause for point in reversed(signals.points) if point.pause is not None), None)
    return replace(
        trend,
        points=tuple(
            replace(point, value=signal.pause, target=None)
            for point, signal in zip(trend.points, signals.points, strict=True)
        ),
        axis=form.words(f"finding.spans.{series.series.frequency}"),
        target_label="",
        last_label=form.number(newest) if newest is not None else "",
        bounds=Possible(least=0.0),
    )
