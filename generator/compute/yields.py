"""First-pass yield of a map: the share of cases that come to the end without being sent back.

Where every case meets each gate once it is the product of (1 − share of rework) over the gates; computed
on the ways without rework links it also holds where a gate lies on one of several ways.
"""

from __future__ import annotations

from collections.abc import Sequence

from generator.model.process import Step


def first_pass_yield(steps: Sequence[Step], start: int = 0) -> float:
    """The chance to go from the start to an end without taking a rework link, 0–1.

    Links that are no rework lead to later steps, so one pass from the last step to the first is enough. After
    an `and` gateway every branch must go well: the branches' chances multiply up to where they meet.
    """
    place = {step.id: index for index, step in enumerate(steps)}
    ahead = [[place[link.to] for link in step.next if not link.rework] for step in steps]
    meet = _meeting_points(ahead)
    chance = [1.0] * len(steps)
    for index in range(len(steps) - 1, -1, -1):
        step = steps[index]
        if not step.next:
            continue
        if step.gateway == "and":
            after = chance[meet[index]] if meet[index] < len(steps) else 1.0
            chance[index] = after
            for target in ahead[index]:
                chance[index] *= chance[target] / after if after else 0.0
            continue
        chance[index] = sum(
            (link.share if link.share is not None else 1 / len(step.next)) * chance[place[link.to]]
            for link in step.next
            if not link.rework
        )
    return chance[start]


def _meeting_points(ahead: Sequence[Sequence[int]]) -> list[int]:
    """Of each step the nearest later one that all its ways pass; the number of steps where there is none.

    The immediate post-dominators of a graph whose links all lead to later steps (Cooper, Harvey & Kennedy).
    """
    end = len(ahead)
    nearest = [end] * (end + 1)
    for index in range(end - 1, -1, -1):
        if not ahead[index]:
            continue
        met = ahead[index][0]
        for target in ahead[index][1:]:
            other = target
            while met != other:
                met, other = (nearest[met], other) if met < other else (met, nearest[other])
        nearest[index] = met
    return nearest
