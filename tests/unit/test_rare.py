"""Pauses between rare events, and their limits, worked by hand."""

from __future__ import annotations

from generator.compute.series.rare import limits, pauses_of


def test_pauses_between_events():
    """Events in periods 2, 2, 5 and 9 of 12: 0, 3 and 4 apart, and 2 so far."""
    counts = [0, 0, 2, 0, 0, 1, None, 0, 0, 1, 0, 0]
    found = [(one.place, one.length, one.running) for one in pauses_of(counts)]
    assert found == [(2, 0, False), (5, 3, False), (9, 4, False), (11, 2, True)]


def test_limits_of_pauses_by_hand():
    """Mean 4: q = 4/5. P(pause > k) = .8^(k+1) ≤ .00135 from k + 1 = 30 on (.8^30 = .00124): 29."""
    assert limits(4) == (0, 29)
    assert 0.8**30 <= 0.00135 < 0.8**29
