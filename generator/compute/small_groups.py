"""Results that would tell of a few people, or of a part that is kept back: withheld before all else.

A figure of fewer people than `small_group` is withheld from every edition, and so are as many others of the
same period as are needed for it not to follow from totals less the parts that are shown (complementary
suppression). An edition in which a pilot or a dimension is hidden withholds the total that would tell the
hidden part. What is withheld is a gap to everything after it: a roll-up, a limit or a verdict that was
reckoned with it could tell it. Source: the computations page, section 10, after Hundepool et al. (2012),
Statistical Disclosure Control, chapter 4.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import chain, combinations
from math import sqrt

import numpy as np

from generator.model.catalogue import Catalogue
from generator.model.edition import hidden_parts
from generator.model.exact import total
from generator.model.indicator import Indicator
from generator.model.period import Period
from generator.model.result import Observation, WhyUntold
from generator.model.results import Results

Place = tuple[str | None, tuple[tuple[str, str], ...]]
"""Pilot (None: the whole organisation) and cell of the dimensions (empty: all of them)."""
PlaceRows = Mapping[Place, Observation]
"""The results of one indicator in one period."""
Parting = tuple[Place, tuple[str, ...]]
"""A total, and what it is parted by."""
Relation = tuple[Place, tuple[Place, ...]]
"""A total, and the parts that make it up."""
_NOTHING = 1e-9
_LITTLE = 0.01
_BY_PILOT = ""
"""Stands for the pilots among the dimensions that a total is parted by."""
_MOST_AT_ONCE = 5
"""Dimensions of one result that are looked at in every combination: there are 31 of five."""
_PLACE = ("indicator", "period", "pilot", "cell")


def protected(catalogue: Catalogue, audience: str, whole: Catalogue | None = None) -> Catalogue:
    """The catalogue with a gap for each result that `audience` may not be told.

    What is withheld for a small group is so for every audience, and as it follows from `whole`, the catalogue
    of today: editions and reviews that lie side by side tell the same.
    """
    pilots, dimensions = hidden_parts(catalogue, audience)
    looked_at = {
        name: indicator
        for name, indicator in catalogue.indicators.items()
        if indicator.group_size or pilots or dimensions
    }
    rows_of = _tables((whole or catalogue).results, looked_at) if looked_at else {}
    gaps: dict[tuple[str, Period, Place], WhyUntold] = {}
    for name, periods in rows_of.items():
        indicator, least = catalogue.indicators[name], catalogue.handbook.small_group
        often = Counter(place for rows in periods.values() for place in _small(rows, indicator, least))
        tables = {period: _Table(rows, indicator, least, often) for period, rows in periods.items()}
        hidden = {
            place for rows in periods.values() for place in rows if _is_hidden(place, pilots, dimensions)
        }
        means = _means(tables.values()) if hidden else frozenset()
        for period, table in tables.items():
            small = table.hidden_for_small_groups()
            gaps |= {(name, period, place): "small-group" for place in small}
            for place in table.totals_of(hidden & table.rows.keys(), small, means):
                gaps[(name, period, place)] = "hidden-part"
    if not gaps:
        return catalogue
    return replace(catalogue, results=_with_gaps(catalogue.results, gaps))


def _tables(
    results: Results, indicators: Mapping[str, Indicator]
) -> dict[str, dict[Period, dict[Place, Observation]]]:
    """Results by indicator, period and place."""
    found: dict[str, dict[Period, dict[Place, Observation]]] = defaultdict(lambda: defaultdict(dict))
    for row in results.taken(results.where("indicator", indicators.__contains__)):
        found[row.indicator][row.period][(row.pilot, row.cell)] = row
    return found


def _with_gaps(rows: Results, gaps: Mapping[tuple[str, Period, Place], WhyUntold]) -> Results:
    """With the results of the gaps not told: no figure of them stays, only why."""
    names = {name for name, _, _ in gaps}
    looked_at = rows.where("indicator", names.__contains__)
    for why in ("small-group", "hidden-part"):
        untold = np.zeros(len(rows), dtype=bool)
        for (name, period, pilot, cell), places in rows.groups(*_PLACE, rows=looked_at):
            untold[places] = gaps.get((name, period, (pilot, cell))) == why
        for column in ("value", "numerator", "denominator", "n"):
            rows = rows.blanked(column, untold)
        for column, thing in (("status", "missing"), ("note", ""), ("withheld", why)):
            rows = rows.filled(column, thing, untold)
    return rows


def _size(row: Observation, indicator: Indicator) -> float | None:
    """How many people or cases a result is of, by the column that the indicator names."""
    return getattr(row, indicator.group_size) if indicator.group_size else None


def _small(rows: PlaceRows, indicator: Indicator, least: int) -> frozenset[Place]:
    """Places with at least one and fewer than `least`; none counts as nobody, not as few."""
    sizes = {place: _size(row, indicator) for place, row in rows.items()}
    return frozenset(place for place, size in sizes.items() if size is not None and 0 < size < least)


def _is_hidden(place: Place, pilots: Collection[str], dimensions: Collection[str]) -> bool:
    pilot, cell = place
    return pilot in pilots or any(dimension in dimensions for dimension, _ in cell)


def _means(tables: Collection[_Table]) -> frozenset[Parting]:
    """The totals that are the plain mean of their parts in every period in which that can be seen."""
    seen: dict[Parting, set[bool]] = defaultdict(set)
    for table in tables:
        for (whole, by), parts in table.partings():
            held = table.is_mean(whole, parts)
            if held is not None:
                seen[(whole, by)].add(held)
    return frozenset(parting for parting, found in seen.items() if found == {True})


def _is_sum(whole: float, *parts: float) -> bool:
    """Whether parts make up a whole, up to what rounding them all may have moved, and one per cent at most:
    three standard deviations of it, which are .87 of the last unit that is told for one number."""
    rounding = _last_unit(whole, *parts) * sqrt(0.75 * (len(parts) + 1))
    return abs(whole - total(parts)) <= max(_NOTHING * abs(whole), min(rounding, _LITTLE * abs(whole)))


def _is_mean(whole: float, *parts: float) -> bool:
    """Whether a whole is the plain mean of parts, to the decimals that it is told with."""
    off = abs(whole - total(parts) / len(parts))
    return off <= _NOTHING * abs(whole) + _last_unit(whole) / 2


def _last_unit(*numbers: float) -> float:
    """One unit of the last decimal that any of them is written with; .01 for 4.25."""
    places = (Decimal(repr(float(number))).normalize().as_tuple().exponent for number in numbers)
    return 10.0 ** min(0, *(place for place in places if isinstance(place, int)))


@dataclass(frozen=True)
class _Table:
    """The results of one indicator in one period, as a table with its margins."""

    rows: PlaceRows
    indicator: Indicator
    least: int
    often: Mapping[Place, int]
    """In how many periods a place is small: the same neighbour is then withheld in all of them."""

    def hidden_for_small_groups(self) -> frozenset[Place]:
        """The small places and those that protect them."""
        small = _small(self.rows, self.indicator, self.least)
        if not small:
            return frozenset()
        relations = [
            (whole, parts)
            for (whole, by), parts in self.partings()
            if _BY_PILOT not in by or self._nearly_all(whole, parts)
        ]
        hidden = set(small)
        while told := sorted(self._told(small, hidden, relations), key=repr):
            more = self._protecting(told[0], hidden, relations)
            if more is None:
                break  # nothing is left beside it: its table is withheld as a whole
            hidden.add(more)
        return frozenset(hidden)

    def totals_of(
        self, kept_back: Collection[Place], small: Collection[Place], means: Collection[Parting]
    ) -> frozenset[Place]:
        """The totals from which, less the parts that are shown, a part follows that an edition keeps back."""
        if not kept_back:
            return frozenset()
        relations = [
            (whole, parts)
            for (whole, by), parts in self.partings()
            if (whole, by) in means or self._adds_up(whole, parts)
        ]
        hidden = {*kept_back, *small}
        more: set[Place] = set()
        while told := determined(kept_back, hidden | more, relations):
            beside = _beside(sorted(told, key=repr), hidden | more, relations)
            if beside is None:
                break  # nothing around it is shown any more
            more.add(beside)
        return frozenset(more)

    def partings(self) -> Iterator[tuple[Parting, tuple[Place, ...]]]:
        """Each total with its parts: by one dimension, by several at once, and of the organisation by pilots.

        Several at once, because totals in between need not be there: cells by region and by team are parts
        of the organisation also where nothing is told of a region alone.
        """
        groups: dict[Parting, list[Place]] = defaultdict(list)
        for place in self.rows:
            for whole, by in _wholes(place):
                if whole in self.rows:
                    groups[(whole, by)].append(place)
        for parting, found in sorted(groups.items(), key=repr):
            yield parting, tuple(sorted(found, key=repr))

    def _nearly_all(self, whole: Place, parts: tuple[Place, ...]) -> bool:
        """Whether fewer than a small group of the whole are in none of the parts."""
        sizes = [_size(self.rows[place], self.indicator) or 0 for place in parts]
        return abs((_size(self.rows[whole], self.indicator) or 0) - total(sizes)) < self.least

    def _adds_up(self, whole: Place, parts: tuple[Place, ...]) -> bool:
        """Whether numbers of cases, or values that are summed, make up the whole."""
        return any(_is_sum(*numbers) for numbers in self._summed(whole, parts))

    def is_mean(self, whole: Place, parts: tuple[Place, ...]) -> bool | None:
        """Whether the whole is the plain mean of several parts; None where that cannot be seen."""
        if self.indicator.rollup == "sum" or len(parts) == 1 or any(self._summed(whole, parts)):
            return None
        values = [self.rows[place].value for place in (whole, *parts)]
        told = [value for value in values if value is not None]
        return _is_mean(*told) if len(told) == len(values) else None

    def _summed(self, whole: Place, parts: tuple[Place, ...]) -> Iterator[list[float]]:
        """Of each column that adds up, where it is told throughout: the whole's number, and the parts'."""
        for name in ("n", "numerator", "denominator", *(["value"] if self.indicator.rollup == "sum" else [])):
            numbers = [getattr(self.rows[place], name) for place in (whole, *parts)]
            if None not in numbers:
                yield numbers

    def _told(
        self, small: Collection[Place], hidden: Collection[Place], relations: Collection[Relation]
    ) -> set[Place]:
        """Small places that follow from what is shown, or of which it is known that they are small."""
        told = set(determined(small, hidden, relations))
        for whole, parts in relations:
            left = [place for place in parts if place in hidden]
            sizes = [_size(self.rows[place], self.indicator) or 0 for place in left]
            if whole not in hidden and left and total(sizes) < self.least:
                told.update(place for place in left if place in small)
        return told

    def _protecting(
        self, place: Place, hidden: Collection[Place], relations: Collection[Relation]
    ) -> Place | None:
        """What to withhold beside a place: a part often withheld anyway, else the smallest; or the total."""
        near = [relation for relation in relations if place in (relation[0], *relation[1])]
        touched = [
            relation for relation in relations if any(part in hidden for part in (relation[0], *relation[1]))
        ]
        for around in (near, touched):  # where all around it is withheld, it follows by way of another line
            parts = {part for _, parts in around for part in parts if part not in hidden}
            wholes = {whole for whole, _ in around if whole not in hidden}
            if parts or wholes:
                return min(parts or wholes, key=self._order_of)
        return None

    def _order_of(self, place: Place) -> tuple[int, bool, float, str]:
        """In what order places are withheld beside a small one; empty ones, which protect nobody, last."""
        size = _size(self.rows[place], self.indicator) or 0
        return (-self.often.get(place, 0), size == 0, size, repr(place))


def _beside(
    told: Collection[Place], hidden: Collection[Place], relations: Collection[Relation]
) -> Place | None:
    """What is shown and tells one of these places: a total of it, a part beside it, or, where all around
    each is withheld, a total of anything that is: they follow by way of that."""
    near = [[line for line in relations if place in (line[0], *line[1])] for place in told]
    touched = [line for line in relations if any(part in hidden for part in (line[0], *line[1]))]
    for around in (*near, touched):
        wholes = [whole for whole, _ in around if whole not in hidden]
        parts = [part for _, parts in around for part in parts if part not in hidden]
        if wholes or parts:
            return (wholes or parts)[0]
    return None


def _wholes(place: Place) -> Iterator[tuple[Place, tuple[str, ...]]]:
    """Every total that a place may be a part of, and what it is parted by."""
    pilot, cell = place
    names = tuple(name for name, _ in cell) + ((_BY_PILOT,) if pilot is not None else ())
    at_once = range(1, len(names) + 1) if len(names) <= _MOST_AT_ONCE else (1, len(names))
    for by in chain.from_iterable(combinations(names, number) for number in at_once):
        rest = tuple(one for one in cell if one[0] not in by)
        yield (None if _BY_PILOT in by else pilot, rest), by


def determined(
    asked: Collection[Place], hidden: Collection[Place], relations: Collection[Relation]
) -> frozenset[Place]:
    """Which of the withheld places follow exactly from all that is shown.

    A place follows when no change of the withheld figures that keeps every total moves it: its coordinate is
    0 in the whole null space of the totals' equations over what is withheld.
    """
    order = {place: at for at, place in enumerate(sorted(hidden, key=repr))}
    lines = [line for line in relations if any(place in order for place in (line[0], *line[1]))]
    if not lines:
        return frozenset()
    matrix = np.zeros((len(lines), len(order)))
    for at, (whole, parts) in enumerate(lines):
        for place in parts:
            if place in order:
                matrix[at, order[place]] += 1
        if whole in order:
            matrix[at, order[whole]] -= 1
    _, sizes, directions = np.linalg.svd(matrix)
    free = directions[int((sizes > _NOTHING).sum()) :]
    moved = np.abs(free).max(axis=0) if len(free) else np.zeros(len(order))
    return frozenset(place for place in asked if place in order and moved[order[place]] < _NOTHING)
