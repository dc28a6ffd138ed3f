"""An indicator at a glance: name, newest value, its line over time, how it stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import takewhile

from markupsafe import Markup

from generator.compute.insight.named_points import bare
from generator.compute.insight.standing import standing_of
from generator.compute.series.assessed import AssessedSeries
from generator.model.indicator import Indicator
from generator.model.period import Period
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
from generator.present.text.format import DASH
from generator.present.text.marked_text import plain
from generator.present.text.value_text import value_text


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

    Of its newest `periods`, all without; `marked`: with the changes of the process. Its values are said when
    it is pointed at; where it is marked, the chart that its row opens says them.
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
    said = ((point.point.period, value_text(ctx.format, point, indicator)) for point, _ in shown)
    told = "" if marked else told_values(said)
    tone = standing_of(series.last).tone
    return Markup(
        ctx.templates.piece("drawings/sparkline.svg.jinja", spark=drawn, tone=tone, label=label, told=told)
    )


GAP = "~"
"""Says that a period has no value."""
SKIPPED = ">"
"""Says that the line leaves a period out."""


def told_values(said: Iterable[tuple[Period, str]]) -> str:
    """The values of a small line as its drawing carries them, for `charts.js`: the first period, what all
    begin with, what all end with, and of each what is between. `trace/periods.js` names the periods.

    By hand: 20.5 days in July and 21.0 days in August are `2026-07|2| days|0.5|1.0`.
    """
    first, follows, texts = None, None, []
    for period, text in said:
        while follows is not None and follows < period:
            texts.append(SKIPPED)
            follows = follows.shift(1)
        first, follows = first or period, period.shift(1)
        texts.append(GAP if text == DASH else str(plain(text)).replace("|", "/"))
    known = [text for text in texts if text not in (GAP, SKIPPED)]
    if not known:
        return ""
    head = _common(known)
    rest = [text[len(head) :] for text in known]
    tail = _common([text[::-1] for text in rest])[::-1]
    between = [text if text in (GAP, SKIPPED) else text[len(head) : len(text) - len(tail)] for text in texts]
    return "|".join((str(first), head, tail, *between))


def _common(texts: Iterable[str]) -> str:
    """What all begin with."""
    alike = takewhile(lambda letters: len(set(letters)) == 1, zip(*texts, strict=False))
    return "".join(letters[0] for letters in alike)
