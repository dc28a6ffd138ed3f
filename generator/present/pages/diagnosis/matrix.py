"""The matrix of organisation and technology: where diagnoses place units, and the way they went."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.compute.figures import Figures
from generator.compute.insight.diagnosis import PartScore, Scored, move
from generator.present.charts import quadrants
from generator.present.links import Ref
from generator.present.page_context import PageContext
from generator.present.parts.chart import ChartView, chart_view, tip
from generator.present.parts.record import unit_name
from generator.present.text.format import Format

Trail = Sequence[Scored]
"""The diagnoses of one unit by date."""


def matrix(ctx: PageContext, trails: Sequence[Trail], name: str, heading: str) -> Iterator[ChartView]:
    """One chart of all trails, the finding in words, the scores as a table; nothing where none is placed."""
    form, words = ctx.format, ctx.format.words
    stops, rows = [], []
    for trail in trails:
        placed = [one for one in trail if one.quadrant is not None]
        for one in placed:
            unit, date = named(ctx.figures, form, one), form.date(one.diagnosis.date)
            label = words("chart.stop", unit=unit, date=date)
            at = (one.organisation.value or 0.0, one.technology.value or 0.0)
            told = (
                score(form, one.organisation),
                score(form, one.technology),
                words(f"quadrant.{one.quadrant}"),
                focus(form, one),
            )
            keys = ("organisation", "technology", "quadrant", "focus")
            said = tip(form, label, zip(keys, told, strict=True))
            stops.append(quadrants.Stop(one.diagnosis.unit, *at, label, one is placed[-1], said))
            rows.append((unit, date, *told))
    if not stops:
        return
    names = tuple(words(f"quadrant.{name}") for name in quadrants.QUADRANTS)
    chart_words = quadrants.QuadrantWords(
        words("chart.axis.organisation"),
        words("chart.axis.technology"),
        (names[0], names[1], names[2], names[3]),
        words("chart.middle"),
    )
    finding = words("punctuation.sentence").join(
        text for trail in trails if (text := standing(ctx.figures, form, trail))
    ) + words("punctuation.stop")
    columns = [
        ("unit", False),
        ("date", False),
        ("organisation", True),
        ("technology", True),
        ("quadrant", False),
        ("focus", False),
    ]
    spec = quadrants.specification(tuple(stops), chart_words)
    yield chart_view(
        ctx, "quadrants", name, Ref(heading), finding=finding, spec=spec, columns=columns, rows=rows
    )


def named(figures: Figures, form: Format, one: Scored) -> str:
    """The unit that was diagnosed; the whole organisation where the handbook has no such unit."""
    name = unit_name(figures, form, one.diagnosis.unit)
    return form.words("place.organisation") if name == one.diagnosis.unit else name


def score(form: Format, part: PartScore) -> str:
    """A score as per cent, with n of m where questions were left out."""
    text = form.share(part.value)
    if part.answered == part.of:
        return text
    answered = form.words("diagnosis.answered", n=part.answered, of=part.of)
    return form.words("diagnosis.score", score=text, answered=answered)


def points(form: Format, difference: float | None) -> str:
    """A difference of two scores in percentage points."""
    if difference is None:
        return form.number(None)
    return form.number(difference * 100, signed=True)


def focus(form: Format, one: Scored) -> str:
    """The weakest pillar; equal ones together."""
    return form.join([form.words(f"pillar.{pillar}") for pillar in one.focus])


def standing(figures: Figures, form: Format, trail: Trail) -> str:
    """Where a unit stands, where it came from, how far it went, and what is weakest; no stop at the end."""
    placed = [one for one in trail if one.quadrant is not None]
    if not placed:
        return ""
    words, questionnaire = form.words, figures.catalogue.questionnaire
    first, last = placed[0], placed[-1]
    given = {
        "unit": named(figures, form, last),
        "last": words(f"quadrant.{last.quadrant}"),
        "organisation": form.share(last.organisation.value),
        "technology": form.share(last.technology.value),
        "focus": focus(form, last),
    }
    if len(placed) == 1 or questionnaire is None:
        return words("diagnosis.standing.once", **given)
    gone = move(questionnaire, first, last)
    key = "moved" if first.quadrant != last.quadrant else "stayed"
    return words(
        f"diagnosis.standing.{key}",
        first=words(f"quadrant.{first.quadrant}"),
        since=form.date(first.diagnosis.date),
        organisation_points=points(form, gone.organisation),
        technology_points=points(form, gone.technology),
        **given,
    )
