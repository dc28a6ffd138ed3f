"""Progress by yearly growth in words, for the indicators that ask for it (`progress_method: growth`)."""

from __future__ import annotations

from dataclasses import dataclass

from generator.compute.figures import Figures
from generator.compute.insight.standing import grade_tone
from generator.compute.series.assessed import AssessedPoint, AssessedSeries
from generator.compute.series.tones import Tone
from generator.model.indicator import Indicator
from generator.present.links import Links, Ref
from generator.present.parts.places import place
from generator.present.text.format import Format


@dataclass(frozen=True, slots=True)
class GrowthView:
    """How one series comes along."""

    place: Ref
    sentence: str
    grade: str
    tone: Tone


def growth_view(
    figures: Figures, form: Format, series: AssessedSeries, indicator: Indicator, links: Links
) -> GrowthView | None:
    """The newest point's growth since the baseline and what is needed; None where it is not defined."""
    point = series.last
    if point is None or point.grown is None:
        return None
    return GrowthView(
        place(figures, form, series, links),
        sentence(form, point, indicator),
        grade(form, point),
        grade_tone(point),
    )


def grade(form: Format, point: AssessedPoint | None) -> str:
    """The grade in a word; empty where it is not defined or not asked for."""
    if point is None or point.grown is None:
        return ""
    return form.words(f"growth.grade.{point.grown.growth.grade}")


def sentence(form: Format, point: AssessedPoint, indicator: Indicator) -> str:
    """From where to where, how fast, and how fast it would have to be."""
    came = point.grown
    if came is None:
        return ""

    def value(number: float | None) -> str:
        return form.valued(number, indicator)

    said = form.words(
        "growth.seen",
        base=value(came.base),
        since=form.period(came.since),
        value=value(point.point.value),
        period=form.period(point.point.period),
        observed=form.share(came.growth.observed, 1, signed=True),
    )
    required, named = came.growth.required, {"target": value(came.target), "by": form.period(came.by)}
    if came.growth.grade == "achieved":
        return said + form.words("growth.reached" if came.target is not None else "growth.best", **named)
    if came.target is not None and required is None:
        return said + form.words("growth.lost", **named)
    if required is None:
        return said + form.words("growth.no_target")
    return said + form.words(
        "growth.needed",
        **named,
        required=form.share(required, 1, signed=True),
        share=form.share(point.progress),
    )
