"""The board of a pack: a row an indicator, which opens its full chart and its data.

A row says what a manager asks first: which indicator and who owns it, how it ran, where it stands against its
target, whether that is a signal, and what happened since the process was changed.
"""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup, escape

from generator.compute.figures import PilotFigures
from generator.compute.insight.claims import latest_claim
from generator.compute.score import PackFigure
from generator.compute.series.assessed import AssessedSeries
from generator.model.indicator import Indicator
from generator.model.pilot import PackItem, Pilot
from generator.present.links import Links, Ref
from generator.present.page_context import PageContext
from generator.present.parts.changes_told import interval_text
from generator.present.parts.claims import claim_name, indicator_of, verdict_view
from generator.present.parts.findings import variation_view
from generator.present.parts.growth import grade
from generator.present.parts.record import RecordRow, owner_text
from generator.present.parts.signal import SignalView
from generator.present.parts.tile import spark
from generator.present.parts.trend import ControlChartView, chart_view, series_name
from generator.present.parts.value import ValueView, value_view
from generator.present.text.value_text import progress_text

PERIODS = 27
"""Newest periods of the small line: two years and a quarter of months."""


@dataclass(frozen=True, slots=True)
class SinceChange:
    """What an indicator did since the newest change with a verdict."""

    difference: str
    interval: str
    verdict: SignalView
    change: str


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One indicator of a pack."""

    name: str
    gate: str
    owner: str
    spark: Markup
    value: ValueView
    signal: SignalView | None
    since: SinceChange | None
    facts: tuple[RecordRow, ...]
    """What else is told of it, in the opened row."""
    chart: ControlChartView | None


def board(ctx: PageContext, pilot: Pilot, figures: PilotFigures, links: Links) -> tuple[BoardRow, ...]:
    """The pack in its order."""
    return tuple(
        _row(ctx, item, figure, links) for item, figure in zip(pilot.pack, figures.pack, strict=True)
    )


def _row(ctx: PageContext, item: PackItem, figure: PackFigure, links: Links) -> BoardRow:
    form, series = ctx.format, figure.series
    indicator = ctx.figures.catalogue.indicators[item.indicator]
    known = series if series is not None and series.last is not None else None
    signals = ctx.figures.signals[known.series.key] if known else None
    chart = None
    if known is not None:
        place = Ref(links.pilot(known.series.pilot).title) if known.series.pilot else Ref("")
        chart = chart_view(ctx, known, indicator, place, series_name(known), links, told=True)
    return BoardRow(
        name=form.text(indicator.name),
        gate=form.words("pilot.gate") if figure.gate else "",
        owner=owner_text(ctx.figures, form, item.owner),
        spark=spark(ctx, known, indicator, periods=PERIODS, marked=True),
        value=value_view(form, figure.review, indicator),
        signal=variation_view(form, series, signals),
        since=_since(ctx, known) if known else None,
        facts=_facts(ctx, figure, indicator, links),
        chart=chart,
    )


def _since(ctx: PageContext, series: AssessedSeries) -> SinceChange | None:
    claim = latest_claim(ctx.figures, series)
    if claim is None or claim.effect.interval is None:
        return None
    form, indicator = ctx.format, indicator_of(ctx.figures, claim)
    return SinceChange(
        difference=form.difference(claim.effect.difference, indicator),
        interval=interval_text(form, claim, indicator),
        verdict=verdict_view(form, claim),
        change=claim_name(ctx.figures, form, claim),
    )


def _facts(ctx: PageContext, figure: PackFigure, indicator: Indicator, links: Links) -> tuple[RecordRow, ...]:
    """What the row does not say: weight, bars, attainment, progress, points, the period before."""
    form, words, point = ctx.format, ctx.format.words, figure.review
    value = value_view(form, point, indicator)
    baseline = point.baseline if point else figure.series.baseline if figure.series else None
    far = [progress_text(form, point) if point and point.progress is not None else "", grade(form, point)]
    told = [
        ("weight", form.percent(figure.weight) if figure.weight is not None else ""),
        ("baseline", form.valued(baseline, indicator) if baseline is not None else ""),
        ("floor", value.floor),
        ("stretch", value.stretch),
        ("attainment", value.attainment),
        ("progress", words("punctuation.dot").join(part for part in far if part)),
        ("score", form.number(point.score) if point and point.score is not None else ""),
        ("note", value.note),
    ]
    rows = [RecordRow(words(f"table.{name}"), escape(text)) for name, text in told if text]
    changed = [RecordRow(change.label, escape(change.text)) for change in value.changes]
    return (RecordRow(words("table.indicator"), refs=(links.indicator(indicator.id),)), *rows, *changed)
