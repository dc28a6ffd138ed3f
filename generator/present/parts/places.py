"""Whose values a series holds, in the reader's words."""

from __future__ import annotations

from generator.compute.figures import Figures
from generator.compute.series.assessed import AssessedSeries
from generator.present.links import Links, Ref
from generator.present.text.format import Format


def place(figures: Figures, form: Format, series: AssessedSeries, links: Links) -> Ref:
    """The organisation or a pilot, and the cell of the dimensions."""
    catalogue = figures.catalogue
    pilot = series.series.pilot
    base = links.pilot(pilot) if pilot else Ref(form.words("place.organisation"))
    if not series.series.cell:
        return base
    names = [
        form.text(value)
        for dimension, cell in series.series.cell
        for declared in catalogue.handbook.dimensions
        if declared.id == dimension
        for key, value in declared.values.items()
        if key == cell
    ]
    return Ref(form.words("place.cell", place=base.title, cell=form.join(names)), base.href)
