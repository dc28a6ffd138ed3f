"""First-pass yield of a map: the share of cases that come to the end without being sent back.

Where every case meets each gate once it is the product of (1 − share of rework) over the gates; computed
on the ways without rework links it also holds where a gate lies on one of several ways.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import fsum

from generator.compute.processes.net import Net, apart
from generator.compute.processes.parallel import Block


def first_pass_yield(net: Net, meets: tuple[int, ...], blocks: Mapping[int, Block], start: int = 0) -> float:
    """The chance to go from the start to an end without taking a rework link, 0–1.

    Links that are no rework lead to later nodes, so one pass from the last node to the first is enough. After
    a fork every branch must go well: the branches' chances multiply up to where they meet. Where branches
    cross, what one pass of the block showed in the simulation stands for them.
    """
    chance = [1.0] * (len(net) + 1)
    for index in range(len(net) - 1, -1, -1):
        node = net[index]
        if not node.ways:
            continue
        if not node.fork:
            chance[index] = fsum(way.share * chance[way.to] for way in node.ways if not way.rework)
            continue
        after = chance[meets[index]]
        chance[index] = after
        if index in blocks and not apart(net, index, meets[index]):
            chance[index] *= blocks[index].clean
            continue
        for way in node.ways:
            chance[index] *= chance[way.to] / after if after and not way.rework else 0.0
    return chance[start]
