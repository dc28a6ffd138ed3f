"""Changes to copy: better in one pilot, guardrails held, not yet made in others of the process.

Whether a change is to be copied is judged over everything, in editions too that see less.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from generator.compute.figures import Figures
from generator.compute.insight.evidence import RankedChange, claim_name, ranked_changes
from generator.model.catalogue import Catalogue
from generator.model.pilot import Change


@dataclass(frozen=True, slots=True)
class Practice:
    """A change worth copying: better in one pilot, guardrails held, not yet made in others of the process."""

    pilot: str
    changes: tuple[str, ...]
    """One change, or several too near to tell apart."""
    gains: tuple[RankedChange, ...]
    done_in: tuple[str, ...]
    """Pilots of the process that have made it too."""
    open_in: tuple[str, ...]
    """Pilots of the process that have not."""
    cases: tuple[str, ...]
    """Cases, lessons and policies written about it."""


def practices(figures: Figures, ranked: tuple[RankedChange, ...]) -> tuple[Practice, ...]:
    """Changes to copy, the surest gain first; whether one is to be copied is judged over everything.

    Asked anew by every page and language; it costs little.
    """
    if figures.everything is not None:
        found = practices(figures.everything, ranked_changes(figures.everything))
        return tuple(_seen_practices(figures, ranked, found))
    by_change: dict[tuple[str, tuple[str, ...]], list[RankedChange]] = {}
    for item in ranked:
        by_change.setdefault((item.claim.pilot, item.claim.changes), []).append(item)
    harmful = {
        (item.claim.pilot, change)
        for item in ranked
        if item.group in ("worse", "at-a-cost")
        for change in item.claim.changes
    }
    return tuple(_practices(figures, by_change, harmful))


def _practices(
    figures: Figures,
    by_change: dict[tuple[str, tuple[str, ...]], list[RankedChange]],
    harmful: set[tuple[str, str]],
) -> Iterator[Practice]:
    catalogue = figures.catalogue
    for (pilot_id, names), found in by_change.items():
        gains = tuple(
            item for item in found if item.group == "gained" and item.claim.balance == "balanced-gain"
        )
        if not gains or any((pilot_id, name) in harmful for name in names):
            continue
        pilot = catalogue.pilots[pilot_id]
        changes = [item for item in pilot.changes if item.id in names]
        others = [
            other
            for other in catalogue.pilots.values()
            if other.id != pilot_id and pilot.process is not None and other.process == pilot.process
        ]
        made = tuple(
            other.id
            for other in others
            if all(any(_alike(change, item) for item in other.changes) for change in changes)
        )
        left = tuple(other.id for other in others if other.id not in made)
        if left:
            cases = dict.fromkeys(case for name in names for case in cases_about(catalogue, pilot_id, name))
            yield Practice(pilot_id, names, gains, made, left, tuple(cases))


def _seen_practices(
    figures: Figures, ranked: tuple[RankedChange, ...], found: tuple[Practice, ...]
) -> Iterator[Practice]:
    """Those whose gains an edition may see and judge, with the pilots and cases that it may name."""
    known = figures.catalogue
    told = {claim_name(item.claim): item for item in ranked if item.group == "gained"}
    for item in found:
        gains = [told.get(claim_name(gain.claim)) for gain in item.gains]
        left = tuple(pilot for pilot in item.open_in if pilot in known.pilots)
        if left and all(gains):
            yield replace(
                item,
                gains=tuple(gain for gain in gains if gain is not None),
                done_in=tuple(pilot for pilot in item.done_in if pilot in known.pilots),
                open_in=left,
                cases=tuple(case for case in item.cases if case in known.cases),
            )


def _alike(change: Change, other: Change) -> bool:
    """Whether two pilots made the same change: the same name, or the same kind at the same step."""
    return change.id == other.id or (change.kind == other.kind and bool(set(change.steps) & set(other.steps)))


def cases_about(catalogue: Catalogue, pilot: str, change: str) -> tuple[str, ...]:
    """The cases that name a change and are not retired."""
    return tuple(
        name
        for name, head in catalogue.cases.items()
        if (head.pilot, head.change) == (pilot, change) and head.status != "retired"
    )
