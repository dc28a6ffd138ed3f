"""What was redesigned as pairs, and what pilots measured of it.

Source: the computations page, section 15.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.compute.effects.claim import Claim
from generator.compute.figures import Figures
from generator.model.process import Process
from generator.model.redesign import RedesignPair


@dataclass(frozen=True, slots=True)
class PairState:
    """A pair with what is known of it."""

    pair: RedesignPair
    claims: tuple[Claim, ...]
    """What changes at its steps did to its indicators: new ones first, in the order of the pair."""
    unmeasured: tuple[str, ...]
    """New indicators of the library of which no pilot has a before and an after yet."""


def pairs_of(figures: Figures, process: Process) -> tuple[PairState, ...]:
    """The pairs of a process. Asked anew by every page; it costs little."""
    return tuple(_state(figures, process, pair) for pair in process.pairs)


def _state(figures: Figures, process: Process, pair: RedesignPair) -> PairState:
    claims = tuple(_claims(figures, process, pair))
    every = {claim.indicator for claim in _claims(figures.whole, process, pair) if _measured(claim)}
    new = [each.indicator for each in pair.new if each.indicator]
    return PairState(pair, claims, tuple(name for name in new if name not in every))


def _measured(claim: Claim) -> bool:
    return claim.effect.before.mean is not None and claim.effect.after.mean is not None


def _claims(figures: Figures, process: Process, pair: RedesignPair) -> Iterator[Claim]:
    """One a pilot, change and indicator; of changes told together once."""
    steps = {*pair.old_steps, *pair.new_steps}
    order = [each.indicator for each in (*pair.new, *pair.old) if each.indicator]
    met: set[tuple[str, str, tuple[str, ...]]] = set()
    for name in dict.fromkeys(order):
        for pilot in figures.catalogue.pilots.values():
            if pilot.process != process.id:
                continue
            for change in pilot.changes:
                if not steps & set(change.steps):
                    continue
                for claim in figures.effects.get((pilot.id, change.id), ()):
                    key = (claim.pilot, claim.indicator, claim.changes)
                    if claim.indicator == name and key not in met:
                        met.add(key)
                        yield claim
