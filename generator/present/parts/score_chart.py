"""The chart of a pilot's score over the review periods: what each indicator brings, stacked to the whole."""

from __future__ import annotations

from collections.abc import Mapping

from generator.compute.figures import PilotFigures
from generator.compute.insight.score_history import PeriodScore
from generator.model.handbook import Scoring
from generator.model.period import Period
from generator.present.charts import score_parts
from generator.present.charts.draw import TwoWidths
from generator.present.links import Ref
from generator.present.page_context import PageContext
from generator.present.parts.chart import ChartView, chart_view, tip
from generator.present.text.format import Format
from generator.present.text.scores import coverage, points_text, reading


def score_chart(
    ctx: PageContext, figures: PilotFigures, history: tuple[PeriodScore, ...], prefix: str
) -> ChartView:
    """A bar a review period of `history` (at least one), the finding from the first to the last."""
    form, words = ctx.format, ctx.format.words
    indicators, scoring = ctx.figures.catalogue.indicators, ctx.figures.catalogue.handbook.scoring
    names = {item.indicator: form.text(indicators[item.indicator].name) for item in figures.pack}
    parts = tuple(
        _part(form, past.period, names[indicator], points)
        for past in history
        for indicator, points in past.parts
    )
    totals = tuple(_total(form, past, scoring) for past in history)
    order = tuple(names.values())
    axis = words("chart.axis.points")
    return chart_view(
        ctx,
        "score",
        f"{prefix}score",
        Ref(words("chart.title.score")),
        finding=_finding(form, history, scoring),
        spec=TwoWidths(
            score_parts.specification(parts, totals, order, axis),
            score_parts.narrow(parts, totals, order, axis),
        ),
        columns=[("period", False), ("score", True), ("coverage", True), ("parts", False)],
        rows=_rows(form, names, history, scoring),
    )


def _part(form: Format, period: Period, name: str, points: float) -> score_parts.ScorePart:
    """The points of one indicator in one period."""
    hover = tip(
        form,
        form.words("chart.tip_cell", row=name, column=form.period(period)),
        [("score", form.number(points, 1))],
    )
    return score_parts.ScorePart(form.period(period), name, points, hover)


def _total(form: Format, past: PeriodScore, scoring: Scoring) -> score_parts.ScoreTotal:
    """The score of one period, with what makes it less than whole and a gate that was not passed."""
    label = points_text(form, past.score.value, scoring)
    if covered := coverage(form, past.score):
        label = form.words("chart.tip_more", value=label, more=covered)
    if past.score.gate == "not-passed":
        label = form.words("chart.gate_missed", value=label)
    hover = tip(
        form,
        form.period(past.period),
        [
            ("score", points_text(form, past.score.value, scoring)),
            ("coverage", form.share(past.score.coverage)),
        ],
    )
    return score_parts.ScoreTotal(form.period(past.period), past.score.value or 0.0, label, hover)


def _finding(form: Format, history: tuple[PeriodScore, ...], scoring: Scoring) -> str:
    """From the first score to the last, and the periods in which a gate was not passed."""
    words, first, last = form.words, history[0], history[-1]
    finding = words(
        "chart.finding.score",
        start=form.period(first.period),
        first=points_text(form, first.score.value, scoring),
        end=form.period(last.period),
        last=points_text(form, last.score.value, scoring),
        reading=reading(form, last.score, scoring, gate=False),
    )
    missed = [form.period(past.period) for past in history if past.score.gate == "not-passed"]
    if missed:
        finding += words("chart.finding.score_gate", periods=form.listed(missed))
    return finding + words("punctuation.stop")


def _rows(
    form: Format, names: Mapping[str, str], history: tuple[PeriodScore, ...], scoring: Scoring
) -> list[tuple[str, ...]]:
    """The scores with what each indicator brings, newest first."""
    return [
        (
            form.period(past.period),
            points_text(form, past.score.value, scoring),
            form.share(past.score.coverage),
            form.join(
                [
                    form.words("chart.part", name=names[indicator], points=form.number(points, 1))
                    for indicator, points in past.parts
                ]
            ),
        )
        for past in reversed(history)
    ]
