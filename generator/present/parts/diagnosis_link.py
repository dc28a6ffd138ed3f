"""A diagnosis as other pages name it: its unit, its day, and the page it has."""

from __future__ import annotations

from generator.compute.figures import Figures
from generator.compute.insight.diagnosis import Scored
from generator.present.links import Links, Ref, path_of
from generator.present.parts.record import unit_name
from generator.present.text.format import Format


def diagnosed_unit(figures: Figures, form: Format, scored: Scored) -> str:
    """The unit that was diagnosed; the whole organisation where the handbook has no such unit."""
    name = unit_name(figures, form, scored.diagnosis.unit)
    return form.words("place.organisation") if name == scored.diagnosis.unit else name


def diagnosis_path(scored: Scored) -> str:
    """The path of a diagnosis's page."""
    return path_of("diagnosis", f"{scored.diagnosis.date.isoformat()}-{scored.diagnosis.unit}")


def diagnosis_ref(figures: Figures, form: Format, scored: Scored, links: Links) -> Ref:
    """A diagnosis by its unit and day."""
    unit, date = diagnosed_unit(figures, form, scored), form.date(scored.diagnosis.date)
    return Ref(form.words("diagnosis.title", unit=unit, date=date), links.to(diagnosis_path(scored)))
