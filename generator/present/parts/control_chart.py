"""What a control chart says, in sentences: the newest value, how often the target is met, how sure it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.compute.figures import Figures
from generator.compute.insight.standing import series_standing, value_doubts
from generator.compute.insight.standings import by_chance_of, pack_keys_of
from generator.compute.seen import hides_packs
from generator.compute.series.assessed import AssessedSeries
from generator.compute.series.assurance import Chance
from generator.compute.series.signals import SegmentLimits, SignalPoint, Signals
from generator.compute.series.values import Key
from generator.model.exact import rounded
from generator.model.indicator import Indicator
from generator.model.period import Frequency
from generator.present.page_context import PageContext
from generator.present.text.format import Format
from generator.present.text.value_text import doubted, newest_signal, places


def newest_sentence(
    form: Format, series: AssessedSeries, indicator: Indicator, signals: Signals | None
) -> str:
    """The newest value: how much, how it stands against its target and its normal range."""
    words, last = form.words, series.last
    if last is None:
        return ""
    digits = places(last, indicator, newest_signal(signals))
    text = words(
        "finding.value",
        period=form.period(last.point.period),
        value=form.valued(last.point.value, indicator, digits),
        status=doubted(form, words(f"finding.status.{last.status}"), value_doubts(last)),
    )
    standing = series_standing(series, signals)
    # Trial limits are told by how many values they are made from.
    unsure = standing.signal == "doubtful" and (standing.value_doubts or standing.chart_doubts != ("trial",))
    less_sure = words("finding.less_sure") if unsure else ""
    return text + _chart_words(form, series, indicator, signals, digits) + less_sure


def _rare_words(form: Format, point: SignalPoint, segment: SegmentLimits, frequency: Frequency) -> str:
    """How long it was between the newest event and the one before, or how long there has been none."""
    words = form.words
    told = ""
    if point.pause is not None:
        spans = words(f"finding.spans.{frequency}")
        told = words("finding.pause.since", n=form.number(point.pause), spans=spans)
    if point.centre is None:
        return told + words("finding.pause.few", n=segment.count)
    key = "normal" if point.mark == "none" else f"{point.mark}.{point.side}"
    text = words(f"finding.pause.{key}", low=form.number(point.lower), high=form.number(point.upper))
    trial = words("finding.pause.trial", n=segment.count) if segment.basis == "trial" else ""
    return told + text + trial


def _chart_words(
    form: Format, series: AssessedSeries, indicator: Indicator, signals: Signals | None, digits: int
) -> str:
    words = form.words
    if signals is None or signals.newest is None or signals.segment is None:
        return words("finding.few")
    point, segment = signals.points[signals.newest], signals.segment
    if signals.rare:
        return _rare_words(form, point, segment, series.series.frequency)
    if point.centre is None:
        return words("finding.apart" if segment.basis == "apart" else "finding.few")
    if segment.constant:
        usual = form.value(point.centre, indicator, digits)
        earlier = signals.points[segment.first : signals.newest]
        always = all(one.mark == "none" for one in earlier)
        key = (
            ("constant" if always else "as_before") if point.mark == "none" else "left" if always else "other"
        )
        return words(f"finding.{key}", usual=usual, n=segment.count)
    low, high = (form.value(end, indicator, digits) for end in (point.lower, point.upper))
    key = "finding.normal" if point.mark == "none" else f"finding.signal.{point.mark}.{point.side}"
    text = words(key, low=low, high=high)
    return text + (words("finding.trial", n=segment.count) if segment.basis == "trial" else "")


def assurance_sentence(form: Format, signals: Signals | None, frequency: Frequency) -> str:
    """How many of a hundred coming periods will meet the target; empty where it cannot be told."""
    if signals is None or signals.chance is None:
        return ""
    words, chance = form.words, signals.chance
    low, high = (form.of_hundred(end) for end in (chance.low, chance.high))
    apart = rounded(chance.low * 100, 0) != rounded(chance.high * 100, 0)
    rather = chance.word == "hit-and-miss" and chance.share < 0.5
    return words(
        f"finding.assurance.{'mostly-missed' if rather else chance.word}",
        share=words(
            f"finding.share.{_told(chance)}",
            n=form.of_hundred(chance.share),
            spans=words(f"finding.spans.{frequency}"),
        ),
        # Two ends that round to one number say nothing that the share has not said.
        between=words("finding.between", low=low, high=high) if apart else "",
    )


def _told(chance: Chance) -> str:
    """Neither none nor all of a hundred is ever promised."""
    return "most" if chance.share >= 0.995 else "fewest" if chance.share < 0.005 else "about"


def then_and_now(form: Format, series: AssessedSeries, signals: Signals | None) -> Iterator[str]:
    """Where the chart says something else today than it said at a long review's time."""
    words = form.words
    text = signals.told if signals is not None else ()
    for key, found in (
        ("unsaid", [(signal, signal.variation) for signal in text if signal.unsaid]),
        ("hindsight", [(signal, signal.now) for signal in text if signal.hindsight]),
    ):
        if found:
            values = [
                words(
                    "finding.once",
                    period=form.period(series.points[signal.place].point.period),
                    word=words.inside(words(f"signal.variation.{variation}")),
                )
                for signal, variation in found
            ]
            yield words(f"finding.{key}", values=form.listed(values))


def cautions(form: Format, series: AssessedSeries, signals: Signals | None) -> Iterator[str]:
    """Why the signals of a chart are less sure, and how its range is made where that is not plain."""
    frequency = series.series.frequency
    if signals is not None and signals.rare:
        yield form.words("finding.rare", spans=form.words(f"finding.spans.{frequency}"))
    if signals is None or signals.segment is None or signals.segment.centre is None:
        return
    words = form.words
    for caution in signals.cautions:
        number = form.number(signals.autocorrelation, 1)
        yield words(f"finding.caution.{caution}", r=number, season=words(f"finding.season.{frequency}"))
    if signals.segment.chart == "cases":
        yield words("finding.cases")
    if signals.segment.level:
        first, last = (form.period(series.points[place].point.period) for place in signals.segment.level)
        yield words("finding.level", n=signals.segment.count, first=first, last=last)


def by_chance(ctx: PageContext, keys: Iterable[Key], at: str = "", in_part: bool = False) -> str:
    """How many false signals a list of charts brings though nothing changed; empty where none has limits.

    `at` is its place in the export, which has none where an edition lists a part of the packs; `in_part`
    where it has: that is of what the edition lists.
    """
    figures, words = ctx.figures, ctx.format.words
    review = figures.catalogue.handbook.review.long
    found = by_chance_of(figures, keys)
    if at and (in_part or not hides_packs(figures)):
        found = ctx.named(found, at)
    if not found.charts:
        return ""
    return words.count(
        "signal.by_chance",
        found.charts,
        now=_few(ctx.format, found.signals),
        later=_few(ctx.format, found.in_review),
        review=words(f"signal.review.{review}"),
    )


def _few(form: Format, number: float) -> str:
    """A small number with the digit that matters; hardly any is not none."""
    words = form.words
    if number < 0.05:
        return words("signal.hardly")
    return words("signal.about", n=form.number(number, 1 if number < 10 else 0))


def pack_keys(figures: Figures, pilot: str) -> tuple[Key, ...]:
    """The series of a pilot's pack."""
    return pack_keys_of(figures, pilot)
