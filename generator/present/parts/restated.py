"""A result that was restated, in words: for which period and scope, from what to what, and when."""

from __future__ import annotations

from dataclasses import dataclass

from generator.model.comparing import decimals_apart
from generator.model.restatement import Restatement, latest
from generator.present.links import Links, Ref
from generator.present.page_context import PageContext


@dataclass(frozen=True, slots=True)
class RestatedLine:
    """One result."""

    ref: Ref
    """The indicator."""
    text: str


def restated_line(ctx: PageContext, one: Restatement, links: Links) -> RestatedLine:
    """In words, with as many decimals as tell the old value from the new."""
    form, row = ctx.format, one.row
    indicator = ctx.figures.catalogue.indicators[row.indicator]
    now, was = value_now(ctx, one), row.value
    digits = indicator.decimals
    if now is not None and was is not None:
        digits = decimals_apart(was, now, digits)
    pilot = ctx.figures.catalogue.pilots.get(row.pilot) if row.pilot else None
    text = form.words(
        "collected.restated" if now is not None else "collected.withdrawn",
        place=form.text(pilot.name) if pilot else form.words("place.organisation"),
        period=form.period(row.period),
        old=form.valued(was, indicator, digits),
        new=form.valued(now, indicator, digits),
        date=form.date(one.on),
    )
    return RestatedLine(links.indicator(row.indicator), text)


def restated_of(ctx: PageContext, indicator: str, links: Links) -> tuple[str, ...]:
    """What was restated of an indicator, newest first."""
    own = (one for one in ctx.figures.catalogue.restated if one.row.indicator == indicator)
    return tuple(restated_line(ctx, one, links).text for one in latest(own))


def value_now(ctx: PageContext, one: Restatement) -> float | None:
    """What is told of the period today; None where nothing is."""
    series = ctx.figures.series.get((one.row.indicator, one.row.pilot, ()))
    for point in series.points if series else ():
        if point.point.period == one.row.period:
            return point.point.value
    return None
