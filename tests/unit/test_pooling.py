"""One effect out of several places, held against a published example and against cases worked by hand."""

from __future__ import annotations

from math import log, sqrt

import pytest

from generator.compute.effects.pooling import pooled_effect

BCG = (
    (4, 119, 11, 128), (6, 300, 29, 274), (3, 228, 11, 209), (62, 13536, 248, 12619), (33, 5036, 47, 5761),
    (180, 1361, 372, 1079), (8, 2537, 10, 619), (505, 87886, 499, 87892), (29, 7470, 45, 7232),
    (17, 1699, 65, 1600), (186, 50448, 141, 27197), (5, 2493, 3, 2338), (27, 16886, 29, 17825),
)  # fmt: skip
"""Thirteen trials of a vaccine (Colditz et al. 1994): ill and well with it, ill and well without."""


def test_the_published_example() -> None:
    """Log relative risks, DerSimonian and Laird, as the R package metafor prints them for `dat.bcg`."""
    effects = [log(a / (a + b)) - log(c / (c + d)) for a, b, c, d in BCG]
    errors = [sqrt(1 / a - 1 / (a + b) + 1 / c - 1 / (c + d)) for a, b, c, d in BCG]
    found = pooled_effect(effects, errors)
    assert found is not None
    assert (round(found.mean, 4), round(found.error, 4)) == (-0.7141, 0.1787)
    assert (round(found.tau2, 4), round(found.i2 * 100, 2), round(found.q, 4)) == (0.3088, 92.12, 152.2330)
    assert found.q_p < 0.0001
    assert not found.few


def test_a_case_by_hand() -> None:
    """Effects 1 and 3 with variance 1 each: Q = 2 on 1, C = 1, τ² = 1, weights 1/2, mean 2, error 1.

    Knapp and Hartung: (1/2 + 1/2)/1 = 1, so the interval is 2 ± t(.975; 1)·1 = 2 ± 12.706.
    """
    found = pooled_effect([1, 3], [1, 1])
    assert found is not None
    assert (found.places, found.mean, found.error, found.q, found.tau2, found.i2) == pytest.approx(
        (2, 2, 1, 2, 1, 0.5)
    )
    assert (found.low, found.high) == pytest.approx((2 - 12.7062, 2 + 12.7062), abs=1e-4)
    assert found.expected is None
    assert found.few


def test_places_that_agree_by_luck_make_no_interval_too_narrow() -> None:
    """Three equal effects: Knapp and Hartung's factor is 0, and is taken as 1: 5 ± t(.975; 2)·1/√3."""
    found = pooled_effect([5, 5, 5], [1, 1, 1])
    assert found is not None
    assert (found.tau2, found.i2) == (0, 0)
    assert (found.low, found.high) == pytest.approx((5 - 4.30265 / sqrt(3), 5 + 4.30265 / sqrt(3)), abs=1e-4)
    # A further place: t(.975; 1)·√(0 + 1/3).
    assert found.expected == pytest.approx((5 - 12.7062 / sqrt(3), 5 + 12.7062 / sqrt(3)), abs=1e-4)


def test_one_place_pools_nothing() -> None:
    assert pooled_effect([1], [1]) is None
    assert pooled_effect([1, 2], [1, 0]) is None
