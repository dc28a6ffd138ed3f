"""How the indicators of a pack stand in a period and in the one before, as rows of a table."""

from __future__ import annotations

from dataclasses import dataclass

from generator.compute.figures import Figures
from generator.compute.insight.quarter import IndicatorTurn
from generator.compute.series.tones import Tone
from generator.present.links import Links, Ref
from generator.present.parts.findings import signal_views
from generator.present.parts.signal import LESS_SURE, SignalView
from generator.present.parts.value import StatusView, ValueView, standing_view, value_view
from generator.present.text.format import DASH, Format
from generator.present.text.value_text import doubted, places, thresholds_text

ICONS: dict[Tone, str] = {"good": "improvement", "bad": "concern", "normal": LESS_SURE}
"""Tone -> the signal word whose icon and colour a turn carries."""


@dataclass(frozen=True, slots=True)
class TurnRow:
    """One indicator of a pack in the period and in the one before."""

    ref: Ref
    gate: str
    value: ValueView
    gap: str
    score: str
    before: StatusView | None
    before_value: str
    before_bars: str
    """What it was held against then, where that was something else."""
    signals: tuple[SignalView, ...]
    turn: SignalView | None
    """A word where the standing turned."""


def turn_row(figures: Figures, form: Format, item: IndicatorTurn, links: Links) -> TurnRow:
    """One row."""
    words = form.words
    indicator = figures.catalogue.indicators[item.indicator]
    point = item.now.review
    old = item.before.review if item.before else None
    return TurnRow(
        ref=links.indicator(item.indicator),
        gate=words("pilot.gate") if item.now.gate else "",
        value=value_view(form, point, indicator),
        gap=form.difference(
            point.gap if point else None,
            indicator,
            unit=False,
            decimals=places(point, indicator) if point else None,
        ),
        score=form.number(point.score if point else None),
        before=standing_view(form, old) if old else None,
        before_value=form.value(old.point.value, indicator, places(old, indicator)) if old else DASH,
        before_bars=thresholds_text(form, old, indicator) if old and item.asked_otherwise else "",
        signals=signal_views(form, item.now.series, item.signals, links),
        turn=SignalView(ICONS[item.turn_tone], doubted(form, words(f"quarter.turn.{item.turn}"), item.doubts))
        if item.turn
        else None,
    )
