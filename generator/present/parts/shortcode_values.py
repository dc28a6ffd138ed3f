"""What the shortcodes `value` and `status` say: the figure that one names, as every page says it."""

from __future__ import annotations

from dataclasses import dataclass

from generator.compute.figures import Figures
from generator.compute.insight.standing import value_doubts
from generator.compute.series.assessed import AssessedPoint, AssessedSeries
from generator.compute.series.values import WITHHELD
from generator.model.period import Period
from generator.model.shortcode import HIDDEN, Shortcode, shortcodes
from generator.present.parts.value import StatusView, standing_view
from generator.present.text.format import DASH, Format
from generator.present.text.marked_text import plain
from generator.present.text.value_text import doubted, value_text


@dataclass(frozen=True, slots=True)
class ToldValue:
    """A figure within a sentence."""

    text: str
    tip: str
    """Of what and of when it is, for those who hover; empty where there is no figure."""
    status: StatusView


def series_for(figures: Figures, code: Shortcode) -> AssessedSeries | None:
    """The series that a shortcode names; None where these figures have none."""
    pilot, cell = code.named.get("pilot"), code.cell
    return next(
        (
            series
            for series in figures.of_indicator(code.thing)
            if series.series.pilot == pilot and dict(series.series.cell) == cell
        ),
        None,
    )


def hidden(figures: Figures, code: Shortcode) -> bool:
    """Whether what a shortcode names is there, but not for this edition."""
    if code.thing == HIDDEN:
        return True
    whole = figures.whole
    for kind in ("indicators", "pilots", "processes", "cases"):
        asked = code.named.get("pilot") if kind == "pilots" else _asked(code, kind)
        shown, every = getattr(figures.catalogue, kind), getattr(whole.catalogue, kind)
        if asked and asked in every and asked not in shown:
            return True
    return series_for(figures, code) is None and bool(code.thing) and (series_for(whole, code) is not None)


def _asked(code: Shortcode, kind: str) -> str:
    of = {"map": "processes", "case": "cases"}.get(code.kind, "indicators")
    return code.thing if kind == of else ""


def point_for(figures: Figures, code: Shortcode) -> AssessedPoint | None:
    """The newest value, or the one of the period that is asked for; None where none is known."""
    series = series_for(figures, code)
    asked = code.named.get("period")
    if series is None or not asked:
        return series.last if series else None
    period = Period.parse(asked)
    if period.frequency != series.series.frequency:
        series = figures.longer.get(series.series.key)
    return next((one for one in series.points if one.point.period == period), None) if series else None


def told_value(figures: Figures, form: Format, code: Shortcode) -> ToldValue:
    """The figure with its unit, or a dash with the reason why there is none."""
    words, point = form.words, point_for(figures, code)
    nothing = standing_view(form, None)
    if point is None:
        if hidden(figures, code):
            reason = words("shortcode.hidden")
            return ToldValue(
                words("standing.doubted", word=DASH, doubts=reason),
                "",
                StatusView(nothing.kind, words("standing.doubted", word=nothing.label, doubts=reason)),
            )
        return ToldValue(DASH, "", nothing)
    own, indicator = point.point, figures.catalogue.indicators[code.thing]
    if own.value is None:
        text = DASH
        if own.why_not in WITHHELD:
            text = words("standing.doubted", word=DASH, doubts=words(f"why_not.{own.why_not}"))
    else:
        text = doubted(form, value_text(form, point, indicator), value_doubts(point))
    pilot = code.named.get("pilot")
    whose = form.text(figures.catalogue.pilots[pilot].name) if pilot else words("place.organisation")
    tip = words("punctuation.clause").join((form.text(indicator.name), whose, form.period(own.period)))
    return ToldValue(text, str(plain(tip)), standing_view(form, point))


def thing_of(figures: Figures, code: Shortcode) -> tuple[str, str] | None:
    """Kind and id of what a chart, table, map or case shows; None where these figures have it not."""
    kind = {"map": "processes", "case": "cases"}.get(code.kind, "indicators")
    id_ = code.thing
    if kind == "indicators" and not id_:
        kind, id_ = "pilots", code.named.get("pilot", "")
    return (kind, id_) if id_ in getattr(figures.catalogue, kind) else None


def name_of(figures: Figures, form: Format, code: Shortcode) -> str:
    """The name of what a chart, table, map or case shows; a dash, with the reason where it is hidden."""
    thing = thing_of(figures, code)
    if thing is None:
        words = form.words
        reason = words("standing.doubted", word=DASH, doubts=words("shortcode.hidden"))
        return reason if hidden(figures, code) else DASH
    kind, id_ = thing
    found = getattr(figures.catalogue, kind)[id_]
    return form.text(found.title if kind == "cases" else found.name)


def telling(form: Format, figures: Figures) -> Format:
    """The format, which now says in words what shortcodes in texts of the data ask for."""
    form.asked.say = lambda markdown: in_words(figures, form, markdown, named=True)
    return form


def in_words(figures: Figures, form: Format, markdown: str, named: bool = False) -> str:
    """A text with the words of its shortcodes, for search and for what is told of it elsewhere.

    `named`: charts, tables, maps and cases are told by the name of what they show; else they are left out.
    """
    made, at = [], 0
    for code in shortcodes(markdown):
        made.append(markdown[at : code.start])
        if code.kind in ("value", "status"):
            told = told_value(figures, form, code)
            made.append(str(plain(told.text if code.kind == "value" else told.status.label)))
        elif named:
            made.append(name_of(figures, form, code))
        at = code.end
    return "".join((*made, markdown[at:]))
