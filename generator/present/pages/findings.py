"""What a chart shows, in one sentence of plain words: verdict first, then the figures behind it.

A sentence never says more than the numbers: a change within the normal range is called that, a comparison of
before and after carries its interval, and nothing is said to be caused by a change.
"""

from __future__ import annotations

from dataclasses import dataclass

from generator.compute.assessed import AssessedSeries
from generator.compute.guardrail import ChangeEffect
from generator.compute.signals import Signals
from generator.model.indicator import Indicator
from generator.model.pilot import Change
from generator.present.desk import Desk
from generator.present.links import SIGNALS, Links
from generator.present.pages.signal_words import assurance_sentence, newest_sentence


@dataclass(frozen=True, slots=True)
class SignalView:
    """A word that tells signal from noise, with its icon's kind and where it is explained."""

    kind: str
    label: str
    href: str = ""


def variation_view(desk: Desk, signals: Signals | None, links: Links | None = None) -> SignalView | None:
    """Improvement, concern, high, low or normal variation; too few points say so. None without any value.

    A signal of a chart whose values depend on each other says that it is less sure.
    """
    if signals is None or signals.newest is None:
        return None
    words = desk.format.words
    if signals.variation is None:
        kind = "apart" if signals.basis == "apart" else "unknown"
    else:
        kind = signals.variation
    label = words(f"signal.variation.{kind}")
    return SignalView(
        kind,
        words("signal.less_sure", word=label) if signals.signal and signals.less_sure else label,
        links.to(SIGNALS, "variation") if links else "",
    )


def assurance_view(desk: Desk, signals: Signals | None, links: Links | None = None) -> SignalView | None:
    """Whether the target is met reliably, sometimes or seldom; None where it cannot be told."""
    if signals is None or signals.assurance is None:
        return None
    return SignalView(
        f"target-{signals.assurance}",
        desk.format.words(f"signal.assurance.{signals.assurance}"),
        links.to(SIGNALS, "assurance") if links else "",
    )


def signal_views(desk: Desk, signals: Signals | None, links: Links | None = None) -> tuple[SignalView, ...]:
    """Both words of a series, as far as they can be told."""
    both = (variation_view(desk, signals, links), assurance_view(desk, signals, links))
    return tuple(view for view in both if view is not None)


def latest_effect(desk: Desk, series: AssessedSeries) -> tuple[Change, ChangeEffect] | None:
    """The newest change of the series' pilot that has a verdict in this indicator."""
    own = series.series
    pilot = desk.figures.catalogue.pilots.get(own.pilot or "")
    if pilot is None or own.cell:
        return None
    for change in sorted(pilot.changes, key=lambda one: one.date, reverse=True):
        for one in desk.figures.effects.get((pilot.id, change.id), ()):
            if one.effect.indicator == own.indicator and one.effect.verdict is not None:
                return change, one
    return None


def finding(desk: Desk, series: AssessedSeries, indicator: Indicator) -> str:
    """The sentence above a trend: what a change did, where the newest value stands, what that promises."""
    words = desk.format.words
    if series.last is None:
        return words("finding.none")
    signals = desk.figures.signals.get(series.series.key)
    sentences = []
    effect = latest_effect(desk, series)
    if effect is not None:
        sentences.append(effect_sentence(desk, effect[0], effect[1], indicator))
    sentences.append(newest_sentence(desk, series, indicator, signals))
    held = assurance_sentence(desk, signals, series.series.frequency)
    if held:
        sentences.append(held)
    return words("punctuation.sentence").join(sentences) + words("punctuation.stop")


def tone_of_series(desk: Desk, series: AssessedSeries) -> str:
    """Good or bad only where a signal or a tested change says so; a missed target alone is no signal."""
    signals = desk.figures.signals.get(series.series.key)
    variation = signals.variation if signals else None
    if variation in ("improvement", "concern"):
        return "good" if variation == "improvement" else "bad"
    effect = latest_effect(desk, series)
    if effect is not None and effect[1].effect.verdict in ("improved", "worse"):
        return "good" if effect[1].effect.verdict == "improved" else "bad"
    return "normal"


def change_name(desk: Desk, change: Change) -> str:
    """A change by its kind and month: 2025年5月合并环节."""
    form = desk.format
    month = form.words("period.month", year=change.date.year, month=form.words(f"months.{change.date.month}"))
    return form.words("effect.change", kind=form.words(f"effect.kind.{change.kind}"), month=month)


def effect_sentence(desk: Desk, change: Change, one: ChangeEffect, indicator: Indicator) -> str:
    """Before, after, the difference with its interval, and what may be said about it."""
    form, words, effect = desk.format, desk.format.words, one.effect
    unit, decimals = form.text(indicator.unit), indicator.decimals
    if effect.difference is None or effect.interval is None or effect.verdict is None:
        return ""
    text = words(
        "effect.sentence",
        change=change_name(desk, change),
        before=form.number(effect.before.mean, decimals),
        after=form.with_unit(effect.after.mean, unit, decimals),
        difference=form.difference(effect.difference, indicator, unit=False, spelled=True),
        low=form.number(effect.interval[0], decimals, signed=True),
        high=form.number(effect.interval[1], decimals, signed=True),
        verdict=words(f"effect.verdict.{effect.verdict}"),
    )
    if effect.guard == "disagrees":
        text += words("effect.moving")
    if effect.preliminary:
        text += words("effect.preliminary")
    return text
