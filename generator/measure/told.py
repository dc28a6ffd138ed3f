"""Which groups of a log may be told: none of fewer cases than `least`, and none that follows from the whole.

Source: the computations page, section 22.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Hashable, Mapping, Sequence
from typing import TypeVar

from generator.model.exact import counted

D = TypeVar("D", bound=Hashable)


def told_of(cases: Mapping[object, int], least: int, people: Collection[object] = frozenset()) -> set[object]:
    """The groups that may be told; None, the cases of no group, is never told, and neither are people.

    Where the others are together fewer than `least`, they would follow from the whole: the smallest that
    could be told are left out with them.
    """
    return told_by_all({name: [n] for name, n in cases.items()}, least, cases.keys() - set(people))


def told_by_all(
    numbers: Mapping[object, Sequence[int]], least: int, among: Collection[object]
) -> set[object]:
    """The groups `among` these that may be told of all their numbers at once, as `told_of` has it of one."""
    told = {
        name
        for name, own in numbers.items()
        if name is not None and name in among and any(own) and all(not n or n >= least for n in own)
    }
    while told:
        others = [own for name, own in numbers.items() if name not in told]
        rests = [counted(column) for column in zip(*others, strict=True)]
        if not any(0 < rest < least for rest in rests):
            break
        told.remove(min(told, key=lambda name: (counted(numbers[name]), str(name))))
    return told


def told_cells(
    numbers: Mapping[tuple[object, D], Sequence[int]], least: int, among: Collection[object]
) -> set[tuple[object, D]]:
    """Cells of a table of groups and months that may be told: neither the other groups of a month nor the
    other months of a group give one away."""
    lines: dict[object, dict[object, Sequence[int]]] = defaultdict(dict)
    for cell, own in numbers.items():
        lines["month", cell[1]][cell] = own
        lines["group", cell[0]][cell] = own
    told, before = {cell for cell in numbers if cell[0] in among}, -1
    while len(told) != before:
        before = len(told)
        for line in lines.values():
            told -= line.keys() - told_by_all(line, least, told)
    return told
