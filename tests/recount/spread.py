"""Section 17 again: the effect of a practice over all places that looked at it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import sqrt

from scipy.stats import chi2, t

from tests.recount.effects import Claim
from tests.recount.files import Files


def spread(files: Files, made: Sequence[Claim]) -> Iterator[tuple[str, float | int]]:
    """(name below `spread`, figure) of every practice and indicator with two places or more."""
    for pilot in files.pilots.values():
        for change in pilot.get("changes") or []:
            if not change.get("spread"):
                continue
            places = [(pilot["id"], change["id"])]
            places += [(one.get("pilot"), one.get("change")) for one in change["spread"]]
            for name in change.get("indicators") or []:
                found = {
                    claim.pilot: (float(claim.difference), sqrt(claim.test.variance))
                    for claim in made
                    if claim.indicator == name
                    and claim.verdict is not None
                    and claim.test is not None
                    and claim.difference is not None
                    and any((claim.pilot, own) in places for own in claim.changes)
                }
                if len(found) > 1:
                    at = f"{pilot['id']}~{change['id']}/pools/{name}"
                    for key, figure in _pooled(list(found.values())):
                        yield f"{at}/{key}", figure


def _pooled(effects: Sequence[tuple[float, float]]) -> Iterator[tuple[str, float | int]]:
    count = len(effects)
    fixed = sum(y / s**2 for y, s in effects) / sum(s**-2 for _, s in effects)
    q = sum((y - fixed) ** 2 / s**2 for y, s in effects)
    scale = sum(s**-2 for _, s in effects) - sum(s**-4 for _, s in effects) / sum(s**-2 for _, s in effects)
    tau2 = max((q - count + 1) / scale, 0.0)
    whole = sum(1 / (s**2 + tau2) for _, s in effects)
    mean = sum(y / (s**2 + tau2) for y, s in effects) / whole
    factor = sum((y - mean) ** 2 / (s**2 + tau2) for y, s in effects) / (count - 1)
    reach = t.ppf(0.975, count - 1) * sqrt(max(factor, 1.0) / whole)
    yield "places", count
    yield "mean", mean
    yield "error", whole**-0.5
    yield "low", mean - reach
    yield "high", mean + reach
    yield "q", q
    yield "q_p", float(chi2.sf(q, count - 1))
    yield "tau2", tau2
    yield "i2", max(1 - (count - 1) / q, 0.0)
    if count > 2:
        wide = t.ppf(0.975, count - 2) * sqrt(tau2 + 1 / whole)
        yield "expected/0", mean - wide
        yield "expected/1", mean + wide
