"""A pack laid against the three questions and the four measures; traditional and composite by category.

Judged over everything; an edition is told what it sees and no gap that hangs on a hidden part. Source: the
computations page, section 21.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import get_args

from generator.compute.figures import Figures
from generator.compute.seen import over_everything
from generator.model.indicator import Aspect, Category, Generation, MeasureKind

ASPECTS: tuple[Aspect, ...] = get_args(Aspect)
MEASURES: tuple[MeasureKind, ...] = get_args(MeasureKind)
CATEGORIES: tuple[Category, ...] = get_args(Category)


@dataclass(frozen=True, slots=True)
class PackMeasures:
    """Where the indicators of a pack lie, and what none of them answers."""

    id: str
    """The pilot."""
    cells: tuple[tuple[str, Aspect | None, MeasureKind | None], ...]
    """(indicator, question, measure)."""
    no_aspect: tuple[Aspect, ...]
    no_measure: tuple[MeasureKind, ...]
    in_part: bool = False
    """Part of the pack is not for the edition: what is missing is not told."""


def _seen(figures: Figures, found: tuple[PackMeasures, ...]) -> tuple[PackMeasures, ...]:
    known = figures.catalogue
    told = []
    for item in found:
        if item.id not in known.pilots:
            continue
        cells = tuple(cell for cell in item.cells if cell[0] in known.indicators)
        part = len(cells) < len(item.cells)
        seen = replace(item, cells=cells, in_part=part)
        told.append(replace(seen, no_aspect=(), no_measure=()) if part else seen)
    return tuple(told)


@over_everything(_seen)
def measures_of(figures: Figures) -> tuple[PackMeasures, ...]:
    """Every pilot with a pack."""
    made = []
    for pilot in figures.catalogue.pilots.values():
        pack = [figures.catalogue.indicators[item.indicator] for item in pilot.pack]
        if pack:
            made.append(
                PackMeasures(
                    pilot.id,
                    tuple((one.id, one.aspect, one.dimension) for one in pack),
                    tuple(aspect for aspect in ASPECTS if all(one.aspect != aspect for one in pack)),
                    tuple(way for way in MEASURES if all(one.dimension != way for one in pack)),
                )
            )
    return tuple(made)


@dataclass(frozen=True, slots=True)
class CategoryRow:
    """A part of the library: its indicators in use of either kind, and which took whose place."""

    id: Category
    traditional: tuple[str, ...]
    composite: tuple[str, ...]
    replaced: tuple[tuple[str, str], ...]
    """(old, new) by `replaces` and `replaced_by`, retired ones among them."""


def category_rows(figures: Figures) -> tuple[CategoryRow, ...]:
    """The five parts of the library as an edition sees them."""
    indicators = figures.catalogue.indicators

    def of(category: Category, generation: Generation) -> tuple[str, ...]:
        return tuple(
            one.id
            for one in indicators.values()
            if one.in_use and one.category == category and one.generation == generation
        )

    rows = []
    for category in CATEGORIES:
        pairs = {
            (old, one.id): None
            for one in indicators.values()
            if one.category == category
            for old in one.replaces
        }
        pairs |= {
            (one.id, one.replaced_by): None
            for one in indicators.values()
            if one.category == category and one.replaced_by
        }
        rows.append(
            CategoryRow(category, of(category, "traditional"), of(category, "composite"), tuple(pairs))
        )
    return tuple(row for row in rows if row.traditional or row.composite or row.replaced)
