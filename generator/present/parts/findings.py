"""What a chart shows, in one sentence of plain words: verdict first, then the figures behind it.

A sentence never says more than the numbers: a change within the normal range is called that, a comparison of
before and after carries its interval, and nothing is said to be caused by a change.
"""

from __future__ import annotations

from generator.compute.insight.claims import latest_claim
from generator.compute.insight.standing import Standing, series_standing
from generator.compute.series.assessed import AssessedSeries
from generator.compute.series.signals import Signals
from generator.model.indicator import Indicator
from generator.present.links import SIGNALS, Links
from generator.present.page_context import PageContext
from generator.present.parts.claims import claim_sentence
from generator.present.parts.control_chart import assurance_sentence, newest_sentence
from generator.present.parts.signal import LESS_SURE, SignalView
from generator.present.text.format import Format


def variation_view(
    form: Format, series: AssessedSeries | None, signals: Signals | None, links: Links | None = None
) -> SignalView | None:
    """Improvement, concern, high, low or normal variation; too few points say so. None without any value.

    A signal in doubt says that it is less sure, and has neither icon nor colour of a sure one.
    """
    if signals is None or signals.newest is None:
        return None
    words = form.words
    if signals.variation is None:
        kind = "apart" if signals.basis == "apart" else "unknown"
    else:
        kind = signals.variation
    standing = series_standing(series, signals)
    doubtful = standing.signal == "doubtful"
    return SignalView(
        LESS_SURE if doubtful else kind,
        signal_word(form, standing) if doubtful else words(f"signal.variation.{kind}"),
        links.to(SIGNALS, "variation") if links else "",
    )


def signal_word(form: Format, standing: Standing) -> str:
    """What the chart says of the newest value, in a word that is no surer than the chart and the value."""
    word = form.words(f"signal.variation.{standing.variation or 'unknown'}")
    return less_sure(form, word) if standing.signal == "doubtful" else word


def less_sure(form: Format, word: str) -> str:
    """The word of a signal in doubt."""
    return form.words("signal.less_sure", word=word)


def assurance_view(form: Format, signals: Signals | None, links: Links | None = None) -> SignalView | None:
    """Whether the target is met reliably, sometimes or seldom; None where it cannot be told."""
    if signals is None or signals.assurance is None:
        return None
    return SignalView(
        f"target-{signals.assurance}",
        form.words(f"signal.assurance.{signals.assurance}"),
        links.to(SIGNALS, "assurance") if links else "",
    )


def signal_views(
    form: Format, series: AssessedSeries | None, signals: Signals | None, links: Links | None = None
) -> tuple[SignalView, ...]:
    """Both words of a series, as far as they can be told."""
    both = (variation_view(form, series, signals, links), assurance_view(form, signals, links))
    return tuple(view for view in both if view is not None)


def finding(ctx: PageContext, series: AssessedSeries, indicator: Indicator, *, told: bool = False) -> str:
    """The sentence above a trend: what a change did, unless that is `told` already, where the newest value
    stands, what that promises."""
    words = ctx.format.words
    if series.last is None:
        return words("finding.none")
    signals = ctx.figures.signals.get(series.series.key)
    sentences = []
    claim = None if told else latest_claim(ctx.figures, series)
    if claim is not None:
        sentences.append(claim_sentence(ctx, claim))
    sentences.append(newest_sentence(ctx.format, series, indicator, signals))
    held = assurance_sentence(ctx.format, signals, series.series.frequency)
    if held:
        sentences.append(held)
    return words("punctuation.sentence").join(sentences) + words("punctuation.stop")
