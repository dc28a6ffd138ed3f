"""Whose values a series holds, in the reader's words."""

from __future__ import annotations

from generator.compute.figures import Figures
from generator.compute.series.assessed import AssessedSeries
from generator.present.links import Links, Ref
from generator.present.text.format import Format


def place(figures: Figures, form: Format, series: AssessedSeries, links: Links) -> Ref:
    """The organisation or a pilot, and the cell of the dimensions."""
    pilot = series.series.pilot
    base = links.pilot(pilot) if pilot else Ref(form.words("place.organisation"))
    if not series.series.cell:
        return base
    return Ref(form.words("place.cell", place=base.title, cell=cell_text(figures, form, series)), base.href)


def cell_text(figures: Figures, form: Format, series: AssessedSeries) -> str:
    """The cell of the dimensions alone, in the words of its values; empty for the whole."""
    names = [
        form.text(value)
        for dimension, cell in series.series.cell
        for declared in figures.catalogue.handbook.dimensions
        if declared.id == dimension
        for key, value in declared.values.items()
        if key == cell
    ]
    return form.join(names)
