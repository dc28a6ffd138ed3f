"""plausible-values: no value a hundred or a thousand times off the others, none hidden by its decimals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

import numpy as np
from numpy.typing import NDArray

from generator.check.rule import Finding, Rule, RuleContext
from generator.model.catalogue import Catalogue
from generator.model.indicator import Indicator
from generator.model.result import Observation

WHY = """0.93 among values of 91 to 93 is a fraction in a column of per cents; 980400 among 950 to 990 is a
decimal point read as a thousands separator. Such a value takes the average, the limits and the score with it,
and on a chart it looks like an event. Values that their decimals round to 0 are not seen at all."""

SLIPS = (100.0, 1_000.0, 10_000.0)
"""What a unit is usually mistaken by: per cent, thousands, and 万 (ten thousand)."""
NEAR = 1.5
"""How far a slipped value may lie from its neighbours once it is put right."""
TIGHT = 3.0
"""Greatest over least among neighbours: what scatters more has no usual size."""
APART = 30.0
"""A gap of so many times parts two sizes."""
FEWEST = 5
"""Values that are needed to know what is usual."""


def check(context: RuleContext) -> Iterator[Finding]:
    catalogue, results = context.catalogue, context.catalogue.results
    sizes = np.abs(results.numbers("value"))
    known = results.valued & results.where("indicator", catalogue.indicators.__contains__)
    for (id_, _, _), places in results.groups("indicator", "pilot", "cell", rows=known):
        rows = places[sizes[places] > 0]
        # Without a gap between the least and the most they are of one size.
        if len(rows) >= FEWEST and sizes[rows].max() >= APART * sizes[rows].min():
            yield from _slipped(catalogue.indicators[id_], list(results.at(rows)))
    for (id_,), places in results.groups("indicator", rows=known):
        rows = places[sizes[places] > 0]
        if len(rows):
            first = next(results.at(rows[:1]))
            yield from _hidden(catalogue, catalogue.indicators[id_], first, sizes[rows])


@dataclass(frozen=True, slots=True)
class _Size:
    """Values of one size."""

    rows: tuple[Observation, ...]
    middle: float
    least: float
    most: float

    @property
    def tight(self) -> bool:
        return self.most <= TIGHT * self.least


def _slipped(indicator: Indicator, rows: Sequence[Observation]) -> Iterator[Finding]:
    """Values of another size than most, by a factor that units are mistaken by.

    `rows` have no zeros, which say nothing of size. A value with a note is explained already.
    """
    if len({(row.value or 0.0) > 0 for row in rows}) > 1:
        return
    sizes = _sizes(rows)
    usual = max(sizes, key=lambda size: (len(size.rows), size.middle))
    if len(sizes) == 1 or not usual.tight:
        return
    for size in sizes:
        slip = _slip(size, usual, indicator)
        odd = [row for row in size.rows if not row.note]
        if size is usual or slip is None or not odd:
            continue
        first = odd[0]
        more = f" (and {len(odd) - 1} more like it)" if len(odd) > 1 else ""
        part = f"1/{slip:g} of" if size.middle < usual.middle else f"{slip:g} times"
        message = (
            f"value: {first.value:g} of '{indicator.id}' in {first.period} is about {part} its neighbours, "
            f"which are {usual.least:g} to {usual.most:g}{more}"
        )
        yield Finding(first.mark, message, _hint(first, slip, size, usual, indicator))


def _hint(row: Observation, slip: float, size: _Size, usual: _Size, indicator: Indicator) -> str:
    value = row.value or 0.0
    meant = value * slip if size.middle < usual.middle else value / slip
    what = "a fraction" if indicator.percent and slip == SLIPS[0] and abs(value) <= 1 else "another unit"
    return f"if it is {what}, write {meant:g}; if it is right, say why in the column 'note'"


def _sizes(rows: Sequence[Observation]) -> list[_Size]:
    """The rows parted wherever the next greater value is many times as large; each part in order of rows."""
    order = sorted(range(len(rows)), key=lambda place: abs(rows[place].value or 0.0))
    parts: list[list[int]] = [[order[0]]]
    for before, place in pairwise(order):
        if abs(rows[place].value or 0.0) >= APART * abs(rows[before].value or 0.0):
            parts.append([])
        parts[-1].append(place)
    made = []
    for part in parts:
        values = [abs(rows[place].value or 0.0) for place in part]
        own = tuple(rows[place] for place in sorted(part))
        made.append(_Size(own, median(values), min(values), max(values)))
    return made


def _slip(size: _Size, usual: _Size, indicator: Indicator) -> float | None:
    """The factor between two sizes where it is one that units are mistaken by; 100 is that of per cents."""
    if size is usual or not size.tight:
        return None
    ratio = max(size.middle, usual.middle) / min(size.middle, usual.middle)
    known = SLIPS if indicator.percent else SLIPS[1:]
    return next((slip for slip in known if slip / NEAR <= ratio <= slip * NEAR), None)


def _hidden(
    catalogue: Catalogue, indicator: Indicator, first: Observation, sizes: NDArray[np.float64]
) -> Iterator[Finding]:
    """All values round to 0 at the indicator's decimals, though they are not 0; `first` is the first row."""
    least, most = float(sizes.min()), float(sizes.max())
    if round(most, indicator.decimals):
        return
    enough = next((places for places in range(10) if round(least, places)), None)
    message = (
        f"with decimals: {indicator.decimals} every value of '{indicator.id}' reads as 0, e.g. {sizes[0]:g}"
    )
    if enough is None:
        hint = "choose a larger unit: nine decimals would not show them either"
    else:
        hint = f"write decimals: {min(enough + 1, 9)}, or choose a unit in which the values are larger"
    place = f"indicators/{indicator.id}"
    yield Finding(catalogue.mark(place, ("decimals",)), f"{message} ({first.where})", hint)


RULE = Rule("plausible-values", "warning", WHY, check)
