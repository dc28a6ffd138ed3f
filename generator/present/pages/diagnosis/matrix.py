"""The matrix of organisation and technology: where diagnoses place units, and the way they went."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.compute.insight.diagnosis import PartScore, Scored, move
from generator.present.charts import quadrants
from generator.present.links import Ref
from generator.present.page_context import PageContext
from generator.present.parts.chart import ChartView, chart_view, tip
from generator.present.parts.record import unit_name

Trail = Sequence[Scored]
"""The diagnoses of one unit by date."""


def matrix(ctx: PageContext, trails: Sequence[Trail], name: str, heading: str) -> Iterator[ChartView]:
    """One chart of all trails, the finding in words, the scores as a table; nothing where none is placed."""
    form, words = ctx.format, ctx.format.words
    stops, rows = [], []
    for trail in trails:
        placed = [one for one in trail if one.quadrant is not None]
        for one in placed:
            unit, date = named(ctx, one), form.date(one.diagnosis.date)
            label = words("chart.stop", unit=unit, date=date)
            at = (one.organisation.value or 0.0, one.technology.value or 0.0)
            told = (
                score(ctx, one.organisation),
                score(ctx, one.technology),
                words(f"quadrant.{one.quadrant}"),
                focus(ctx, one),
            )
            keys = ("organisation", "technology", "quadrant", "focus")
            said = tip(ctx, label, zip(keys, told, strict=True))
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
        text for trail in trails if (text := standing(ctx, trail))
    ) + words("punctuation.stop")
    columns = [
        ("unit", False), ("date", False), ("organisation", True), ("technology", True),
        ("quadrant", False), ("focus", False),
    ]  # fmt: skip
    spec = quadrants.specification(tuple(stops), chart_words)
    yield chart_view(ctx, "quadrants", name, Ref(heading), finding, spec, columns, rows)


def named(ctx: PageContext, one: Scored) -> str:
    """The unit that was diagnosed; the whole organisation where the handbook has no such unit."""
    name = unit_name(ctx, one.diagnosis.unit)
    return ctx.format.words("place.organisation") if name == one.diagnosis.unit else name


def score(ctx: PageContext, part: PartScore) -> str:
    """A score as per cent, with n of m where questions were left out."""
    text = ctx.format.share(part.value)
    if part.answered == part.of:
        return text
    answered = ctx.format.words("diagnosis.answered", n=part.answered, of=part.of)
    return ctx.format.words("diagnosis.score", score=text, answered=answered)


def points(ctx: PageContext, difference: float | None) -> str:
    """A difference of two scores in percentage points."""
    if difference is None:
        return ctx.format.number(None)
    return ctx.format.number(difference * 100, signed=True)


def focus(ctx: PageContext, one: Scored) -> str:
    """The weakest pillar; equal ones together."""
    return ctx.format.join([ctx.format.words(f"pillar.{pillar}") for pillar in one.focus])


def standing(ctx: PageContext, trail: Trail) -> str:
    """Where a unit stands, where it came from, how far it went, and what is weakest; no stop at the end."""
    placed = [one for one in trail if one.quadrant is not None]
    if not placed:
        return ""
    words, questionnaire = ctx.format.words, ctx.figures.catalogue.questionnaire
    first, last = placed[0], placed[-1]
    given = {
        "unit": named(ctx, last),
        "last": words(f"quadrant.{last.quadrant}"),
        "organisation": ctx.format.share(last.organisation.value),
        "technology": ctx.format.share(last.technology.value),
        "focus": focus(ctx, last),
    }
    if len(placed) == 1 or questionnaire is None:
        return words("diagnosis.standing.once", **given)
    gone = move(questionnaire, first, last)
    key = "moved" if first.quadrant != last.quadrant else "stayed"
    return words(
        f"diagnosis.standing.{key}",
        first=words(f"quadrant.{first.quadrant}"),
        since=ctx.format.date(first.diagnosis.date),
        organisation_points=points(ctx, gone.organisation),
        technology_points=points(ctx, gone.technology),
        **given,
    )
