"""The figures of the pilots as they stood at the end of an earlier period: what a past review could see.

The same computing as for the period that the handbook tells about, over the results and changes up to then;
only what pilots are judged by is computed anew, because nothing else is told of the past.
"""

from __future__ import annotations

from dataclasses import replace

from generator.compute.edition_view import edition_view
from generator.compute.figures import Figures, figures_of
from generator.compute.followed import AT, followed
from generator.compute.once import once
from generator.compute.reuse import Earlier
from generator.model.as_of import known_at, results_until
from generator.model.catalogue import Catalogue
from generator.model.period import Period
from generator.model.results import Results
from generator.model.watched import Watched, apart


@once
def figures_at(figures: Figures, period: Period) -> Figures:
    """The pilots' figures as of a period; nothing that was told later than then, nor after `as_of`.

    The catalogue is that of `figures`, so that every name is known, with the pilots as they were; series are
    those of whole pilots only (of the organisation, while no pilot has begun), and processes have no figures.
    Kept with the figures that they are the past of: pages of every language and the export ask for the same.
    Where `figures` tell what is asked of them, these do too, and who asks follows from that alone.
    """
    if figures.unnamed is not None:
        return figures_at(figures.unnamed, period)
    if figures.as_of is None or period == figures.as_of:
        return figures
    with apart():
        if figures.everything is not None:
            past = _seen_at(figures, figures.everything, period)
        else:
            past = _computed_at(figures, period)
    return followed(past, f"{AT}{period} ") if isinstance(figures.series, Watched) else past


@once
def known_then(figures: Figures, period: Period) -> Catalogue:
    """What the figures of an earlier period are computed of: results of whole pilots as they were known."""
    assert figures.as_of is not None
    catalogue, calendar = figures.catalogue, figures.catalogue.handbook.calendar
    known = results_until(catalogue.results, figures.as_of, calendar)
    then = known_at(replace(catalogue, results=known), period)
    # Where no pilot had begun, a review is one of the organisation's indicators.
    rows = then.results.whole()
    if then.pilots:
        rows &= then.results.where("pilot", lambda pilot: pilot is not None)
    return replace(
        then,
        processes={},
        reviews={},
        cases={},
        strategy=None,
        content=(),
        results=then.results.taken(rows),
        sources={},
    )


def _computed_at(figures: Figures, period: Period) -> Figures:
    part, catalogue = known_then(figures, period), figures.catalogue
    made = figures_of(part, figures.edition, period, history=False, earlier=figures.kept.get(Earlier))
    pilots = {**catalogue.pilots, **part.pilots}
    return replace(made, catalogue=replace(catalogue, pilots=pilots), usage=figures.usage)


def _seen_at(figures: Figures, everything: Figures, period: Period) -> Figures:
    """The edition's view of the past: computed on everything then, like its view of today."""
    catalogue = figures.catalogue
    then = known_at(replace(catalogue, results=Results.of(())), period)
    known = replace(catalogue, pilots={**catalogue.pilots, **then.pilots})
    seen = edition_view(figures_at(everything, period), known, figures.edition)
    return replace(seen, usage=figures.usage)
