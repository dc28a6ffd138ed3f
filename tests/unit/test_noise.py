"""What is told of noise, the way a user goes: files, the command line, JSON. The table: bench/noise.py."""

from __future__ import annotations

from bench import noise


def test_noise_is_seldom_told_as_a_signal_and_dependent_values_carry_their_caution():
    """27 months each, from the first seed on; of 200,000 such series .016 end with a signal."""
    independent = [row for number in range(2) for row in noise.told("iid", noise.SEED + number)]
    assert len(independent) == 800
    assert noise.share(independent, noise.signal) <= 0.02
    assert noise.share(independent, noise.less_sure) <= 0.10
    for kind in ("AR .6", "season 1.5"):
        rows = noise.told(kind)
        assert noise.share(rows, noise.less_sure) >= 0.90
        # A signal without its caution is as rare as in noise.
        assert noise.share(rows, lambda row: noise.signal(row) and not noise.less_sure(row)) <= 0.02
