"""The figures of the pilots as they stood at the end of an earlier period: what a past review could see.

The same computing as for the period that the handbook tells about, over the results and changes up to then;
only what pilots are judged by is computed anew, because nothing else is told of the past.
"""

from __future__ import annotations

from dataclasses import replace

from generator.compute.figures import Figures, figures_of
from generator.model.as_of import results_until
from generator.model.catalogue import Catalogue
from generator.model.period import Period


def figures_at(figures: Figures, period: Period) -> Figures:
    """The pilots' figures as of a period; nothing that happened after its last day, nor after `as_of`.

    The catalogue is the one of `figures` with the pilots' changes up to then, so that every name is known;
    series are those of whole pilots only, and processes have no figures.
    """
    if figures.as_of is None or period == figures.as_of:
        return figures
    catalogue, starts = figures.catalogue, figures.catalogue.handbook.fiscal_year_starts
    known = results_until(catalogue.results, figures.as_of, starts)
    rows = tuple(row for row in results_until(known, period, starts) if row.pilot and not row.cell)
    then = changed_until(catalogue, period)
    measured = {row.indicator for row in rows} | {
        item.indicator for pilot in then.pilots.values() for item in pilot.pack
    }
    wanted = measured | {guard for name in measured for guard in catalogue.indicators[name].guardrails}
    part = replace(
        then,
        indicators={name: one for name, one in catalogue.indicators.items() if name in wanted},
        processes={},
        reviews={},
        cases={},
        strategy=None,
        content=(),
        results=rows,
        sources={},
    )
    return replace(figures_of(part, figures.edition, period), catalogue=then, usage=figures.usage)


def changed_until(catalogue: Catalogue, period: Period) -> Catalogue:
    """The catalogue without the process changes that came after a period."""
    end = period.end(catalogue.handbook.fiscal_year_starts)
    pilots = {
        pilot.id: pilot.model_copy(
            update={"changes": tuple(change for change in pilot.changes if change.date <= end)}
        )
        for pilot in catalogue.pilots.values()
    }
    return replace(catalogue, pilots=pilots)
