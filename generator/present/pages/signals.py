"""The page that explains the signal words to a manager who never saw a control chart.

Its example is drawn like every other chart, from invented figures, so that what is explained is what is seen.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from generator.compute.series.possible import Possible
from generator.compute.series.spc import SegmentValues, control_charts
from generator.present.charts.trend import PointLook, Trend, TrendMark, TrendPoint, specification
from generator.present.links import SIGNALS
from generator.present.page import Page, SearchEntry
from generator.present.page_context import PageContext
from generator.present.parts.findings import less_sure
from generator.present.parts.signal import LESS_SURE, SignalView
from generator.present.parts.trend import narrow_drawing
from generator.present.text.format import Format

EXAMPLE = (31, 28, 30, 33, 29, 31, 27, 30, 32, 29, 48, 30, 24, 22, 25, 23, 21, 24, 22, 25, 23, 24)
"""Days a month: stable, one month out of line, then a change that halves the waiting."""
CHANGED = 12
TARGET = 26.0
RULES = ("outside", "trend", "two-of-three", "shift")
VARIATIONS = ("improvement", "concern", "normal", "high", "unknown")
ASSURANCES = ("met", "hit-and-miss", "missed")
BALANCES = (
    "balanced-gain",
    "gain",
    "gain-at-a-cost",
    "doubtful-gain",
    "no-clear-change",
    "doubtful-loss",
    "loss",
)


@dataclass(frozen=True, slots=True)
class WordRow:
    """A word with what it means and what to do about it."""

    word: SignalView
    meaning: str
    action: str


@dataclass(frozen=True, slots=True)
class SignalsContext:
    """What the page's template is given."""

    intro: tuple[str, ...]
    drawing: Markup
    take: Markup
    example: tuple[str, ...]
    variation: tuple[WordRow, ...]
    rules: tuple[WordRow, ...]
    assurance: tuple[WordRow, ...]
    effects: tuple[WordRow, ...]
    limits: tuple[str, ...]


def pages(ctx: PageContext) -> Iterator[Page]:
    """The one page."""
    words = ctx.format.words
    title = words("signals.title")
    drawing, take = _example(ctx)
    context = SignalsContext(
        intro=tuple(words(f"signals.intro.{name}") for name in ("question", "answer")),
        drawing=drawing,
        take=take,
        example=tuple(words(f"signals.example.{name}") for name in ("first", "jump", "change")),
        variation=tuple(_variation_row(ctx.format, kind) for kind in (*VARIATIONS, LESS_SURE)),
        rules=tuple(
            _row(ctx.format, SignalView("rule", words(f"signal.rule.{rule}")), f"rule.{rule}")
            for rule in RULES
        ),
        assurance=tuple(
            _row(
                ctx.format,
                SignalView(f"target-{kind}", words(f"signal.assurance.{kind}")),
                f"assurance.{kind}",
            )
            for kind in ASSURANCES
        ),
        effects=tuple(
            _row(
                ctx.format, SignalView(f"balance-{kind}", words(f"effect.balance.{kind}")), f"balance.{kind}"
            )
            for kind in BALANCES
        ),
        limits=tuple(
            words(f"signals.limits.{name}") for name in ("few", "looks", "segments", "cause", "sources")
        ),
    )
    yield ctx.page("signals", SIGNALS, title, context, SearchEntry(title, context.intro[0]), context.intro[0])


def _variation_row(form: Format, kind: str) -> WordRow:
    """A signal in doubt is shown by the word of one for the better."""
    words = form.words
    word = words(f"signal.variation.{'improvement' if kind == LESS_SURE else kind}")
    view = SignalView(kind, less_sure(form, word) if kind == LESS_SURE else word)
    return _row(form, view, f"variation.{kind}")


def _row(form: Format, word: SignalView, key: str) -> WordRow:
    words = form.words
    return WordRow(word, words(f"signals.meaning.{key}"), words(f"signals.action.{key}"))


def _example(ctx: PageContext) -> tuple[Markup, Markup]:
    """The example chart and what can be taken away of it; days get shorter, so a value below is better."""
    words = ctx.format.words
    points = _points(ctx.format)
    trend = Trend(
        tuple(points),
        (TrendMark(points[CHANGED].period, words("signals.example.mark")),),
        words("signals.example.axis"),
        words("control_chart.target", value=ctx.format.number(TARGET)),
        ctx.format.number(EXAMPLE[-1]),
        Possible(least=0.0),
    )
    head = (words("table.number"), words("table.value"))
    table = [head, *((point.label, ctx.format.number(point.value)) for point in points)]
    drawing, take = ctx.drawings.place(
        specification(trend), "example", words("signals.title"), words("signals.example.change"), table
    )
    return Markup("{}{}").format(drawing, narrow_drawing(ctx, trend, "example", len(points))), take


def _points(form: Format) -> list[TrendPoint]:
    """The example's values with the limits and signals of their segments."""
    words = form.words
    parts = [[float(value) for value in part] for part in (EXAMPLE[:CHANGED], EXAMPLE[CHANGED:])]
    points: list[TrendPoint] = []
    charts = control_charts([SegmentValues(part) for part in parts])
    for segment, (chart, part) in enumerate(zip(charts, parts, strict=True), 1):
        for value, side, lower, upper in zip(part, chart.sides, chart.lower, chart.upper, strict=True):
            number = len(points) + 1
            signal: PointLook = "normal" if side is None else "improvement" if side == "low" else "concern"
            hover = words(
                "control_chart.tip",
                period=number,
                value=form.with_unit(value, words("signals.example.axis")),
                signal=words.inside(words(f"signal.variation.{signal}")),
            )
            points.append(
                TrendPoint(
                    f"{number:02}",
                    str(number),
                    value,
                    TARGET,
                    segment=segment,
                    centre=chart.centre,
                    lower=lower,
                    upper=upper,
                    signal=signal,
                    tip=hover,
                    dated=str(number),
                )
            )
    return points
