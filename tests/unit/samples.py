"""Samples before and after a change, and noise to draw them from, for tests of effects and claims."""

from __future__ import annotations

import numpy as np

from generator.compute.effects.effect import Effect, Other, effect_of
from generator.compute.effects.sample import Sample
from generator.model.period import Period

START = Period("month", 2024, 1)
BEFORE, AFTER = [10.0, 12, 11, 13, 9, 11], [7.0, 9, 8, 6, 8, 7]


def noise(rows: int, n: int, rho: float, seed: int) -> np.ndarray:
    """Rows of standard normal noise with a lag-1 autocorrelation."""
    random = np.random.default_rng(seed)
    shocks = random.normal(size=(rows, n + 30))
    values = np.zeros_like(shocks)
    for step in range(1, n + 30):
        values[:, step] = rho * values[:, step - 1] + shocks[:, step] * np.sqrt(1 - rho**2)
    return values[:, 30:]


def side(values, weights=None, first=0, uncertain=0):
    """A sample of months, the first of them so many after January 2024."""
    return Sample(
        tuple(START.shift(first + place) for place in range(len(values))),
        tuple(float(value) for value in values),
        tuple(float(weight) for weight in weights) if weights is not None else None,
        tuple(place < uncertain for place in range(len(values))),
    )


def effect(before, after, direction="lower", others=(), weights=(None, None), indicator="speed") -> Effect:
    """The effect of two lists of values."""
    return effect_of(
        indicator,
        side(before, weights[0]),
        side(after, weights[1], len(before) + 1),
        direction,
        [Other(name, side(then, None), side(now, None, len(before) + 1)) for name, then, now in others],
    )
