"""The matrix of organisation and technology: where diagnoses place units, and the way they went."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.compute.figures import Figures
from generator.compute.insight.diagnosis import PartScore, Scored, move
from generator.present.charts import quadrants
from generator.present.links import Ref
from generator.present.page_context import PageContext
from generator.present.parts.chart import ChartView, chart_view, tip
from generator.present.parts.diagnosis_link import diagnosed_unit
from generator.present.text.format import Format

Trail = Sequence[Scored]
"""The diagnoses of one unit by date."""
COLUMNS = (
    ("unit", False),
    ("date", False),
    ("organisation", True),
    ("technology", True),
    ("quadrant", False),
    ("focus", False),
)


@dataclass(frozen=True, slots=True)
class ScoreText:
    """A score in words, and how much of it was answered where not all was."""

    text: str
    answered: str


def matrix(ctx: PageContext, trails: Sequence[Trail], name: str, heading: str) -> Iterator[ChartView]:
    """One chart of all trails, the finding in words, the scores as a table; nothing where none is placed."""
    form, words = ctx.format, ctx.format.words
    stops, rows = [], []
    for trail in trails:
        placed = [scored for scored in trail if scored.quadrant is not None]
        for scored in placed:
            row = _row(ctx.figures, form, scored)
            stops.append(_stop(form, scored, row, last=scored is placed[-1]))
            rows.append(row)
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
    spec = quadrants.specification(tuple(stops), chart_words)
    yield chart_view(
        ctx, "quadrants", name, Ref(heading), finding=finding, spec=spec, columns=COLUMNS, rows=rows
    )


def _row(figures: Figures, form: Format, scored: Scored) -> tuple[str, ...]:
    """A diagnosis in the table, cells as in `COLUMNS`."""
    return (
        diagnosed_unit(figures, form, scored),
        form.date(scored.diagnosis.date),
        score(form, scored.organisation),
        score(form, scored.technology),
        form.words(f"quadrant.{scored.quadrant}"),
        focus(form, scored),
    )


def _stop(form: Format, scored: Scored, row: tuple[str, ...], *, last: bool) -> quadrants.Stop:
    """A diagnosis in the chart; hovering says what stands in its `row`."""
    unit, date, *facts = row
    label = form.words("chart.stop", unit=unit, date=date)
    hover = tip(form, label, zip((key for key, _ in COLUMNS[2:]), facts, strict=True))
    at = (scored.organisation.value or 0.0, scored.technology.value or 0.0)
    return quadrants.Stop(scored.diagnosis.unit, *at, label, last, hover)


def score(form: Format, part: PartScore) -> str:
    """A score as per cent, with n of m where questions were left out."""
    said = score_text(form, part)
    if not said.answered:
        return said.text
    return form.words("diagnosis.score", score=said.text, answered=said.answered)


def score_text(form: Format, part: PartScore) -> ScoreText:
    """The same in two pieces, for a column whose figures stand below each other."""
    whole = part.answered == part.of
    answered = "" if whole else form.words("diagnosis.answered", n=part.answered, of=part.of)
    return ScoreText(form.share(part.value), answered)


def points(form: Format, difference: float | None) -> str:
    """A difference of two scores in percentage points."""
    if difference is None:
        return form.number(None)
    return form.number(difference * 100, signed=True)


def focus(form: Format, scored: Scored) -> str:
    """The weakest pillar; equal ones together."""
    return form.listed([form.words(f"pillar.{pillar}") for pillar in scored.focus])


def standing(figures: Figures, form: Format, trail: Trail) -> str:
    """Where a unit stands, where it came from, how far it went, and what is weakest; no stop at the end."""
    placed = [scored for scored in trail if scored.quadrant is not None]
    if not placed:
        return ""
    words, questionnaire = form.words, figures.catalogue.questionnaire
    first, last = placed[0], placed[-1]
    given = {
        "unit": diagnosed_unit(figures, form, last),
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
