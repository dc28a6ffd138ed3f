"""Section 4 again: what each change is compared over, and what may be claimed of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from typing import Any

from tests.recount.files import Files, Key
from tests.recount.guards import Guarded, guarded
from tests.recount.sides import APART, LEVEL, LOOKS, Side, Test, compare, seasonal_sides, together
from tests.recount.standing import Line, Told
from tests.recount.windows import Window, breaks, bundles, day_of, meant, named, narrowed, sides, window_of

Figure = Fraction | float | int | str | bool | None
Named = Iterator[tuple[str, Figure]]


@dataclass
class Compared:
    """What is left beside pilots without the change."""

    pilots: list[str]
    moved: float
    test: Test


@dataclass
class Claim:
    """All that is told of a change in one indicator."""

    pilot: str
    indicator: str
    changes: list[str]
    days: list[date]
    before: Side
    after: Side
    whole: Side
    look: int | None
    next: int | None
    waiting: tuple[int, int] | None
    more_to_come: bool
    test: Test | None
    verdict: str | None
    compared: Compared | None
    guards: list[Guarded]
    window: Window
    doubts: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def difference(self) -> Fraction | None:
        """After less before."""
        if self.before.mean is None or self.after.mean is None:
            return None
        return self.after.mean - self.before.mean

    @property
    def p(self) -> float | None:
        """Of all that is claimed."""
        if self.verdict is None or self.test is None:
            return None
        return max(self.test.p, self.compared.test.p) if self.compared else self.test.p

    @property
    def strength(self) -> str:
        """Firm, in doubt, or nothing claimed."""
        return "none" if self.verdict in (None, "unclear") else "doubtful" if self.doubts else "firm"

    @property
    def harmed(self) -> bool:
        """Whether something else paid for it."""
        return any(one.result == "harmed" for one in self.guards)

    @property
    def balance(self) -> str | None:
        """Gain or loss over the indicator and its guardrails: the table of section 5."""
        if self.verdict == "worse":
            return "doubtful-loss" if self.doubts and not self.harmed else "loss"
        if self.verdict == "unclear":
            return "loss" if self.harmed else "no-clear-change"
        if self.verdict != "improved":
            return None
        if self.doubts:
            return "doubtful-gain"
        if self.harmed:
            return "gain-at-a-cost"
        held = self.guards and all(one.result == "held" for one in self.guards)
        return "balanced-gain" if held else "gain"

    @property
    def tone(self) -> str:
        """Good, bad or neither."""
        if self.balance in ("balanced-gain", "gain"):
            return "good"
        bad = self.balance in ("loss", "gain-at-a-cost") or (self.balance is not None and self.harmed)
        return "bad" if bad else "normal"


def claims(files: Files, told: Mapping[Key, Line]) -> list[Claim]:
    """Every claim once, by pilot and indicator in the order that the changes name them."""
    made: list[Claim] = []
    for pilot, definition in files.pilots.items():
        own = [name for change in definition.get("changes") or [] for name in named(files, pilot, change)]
        for indicator in dict.fromkeys(own):
            line = told.get((indicator, pilot, ()))
            if line is not None:
                made += [_claim(files, told, line, bundle) for bundle in bundles(files, line)]
    return made


def _claim(files: Files, told: Mapping[Key, Line], line: Line, bundle: Sequence[Mapping[str, Any]]) -> Claim:
    indicator, pilot, _ = line.key
    window = window_of(files, line, bundle)
    before, whole = sides(files, line, window)
    if window.broken:
        whole = Side.of([], False, Fraction(1))
    before, whole = before.alike(whole)
    taken = [one for one in LOOKS if len(whole.known) >= one]
    look = taken[-1] if taken and len(before.known) >= APART and not window.broken else None
    after = whole.first(look) if look else whole
    later = [one for one in LOOKS if len(whole.known) < one]
    seen = replace(window, end=after.known[-1].period.last) if look else window
    test = compare(before, after) if min(len(before.known), len(after.known)) >= APART else None
    compared = _compared(files, told, line, seen, before, after) if test and not window.broken else None
    verdict = None
    if test and look:
        verdict = _verdict(test, files.indicators[indicator].get("direction"))
    short = len(before.known) < APART
    claim = Claim(
        pilot=pilot,
        indicator=indicator,
        changes=[one["id"] for one in bundle],
        days=[day_of(one) for one in bundle],
        before=before,
        after=after,
        whole=whole,
        look=look,
        next=later[0] if look and later and not window.bound else None,
        waiting=None if look else (len((before if short else whole).known), APART if short else min(LOOKS)),
        more_to_come=not look and not short and not window.bound and not window.broken,
        test=test,
        verdict=verdict,
        compared=compared,
        guards=_guards(files, told, line, seen, look is not None),
        window=seen,
    )
    if window.broken and not look:
        claim.waiting = (0, min(LOOKS))
    _reserve(files, told, line, claim)
    return claim


def _verdict(test: Test, direction: str | None) -> str:
    if test.p >= LEVEL:
        return "unclear"
    if direction not in ("higher", "lower"):
        return "higher" if test.difference > 0 else "lower"
    return "improved" if (test.difference > 0) == (direction == "higher") else "worse"


def _compared(
    files: Files, told: Mapping[Key, Line], line: Line, window: Window, before: Side, after: Side
) -> Compared | None:
    """The test on the series of own value less the mean of theirs."""
    indicator, pilot, _ = line.key
    others = []
    for other, definition in files.pilots.items():
        found = told.get((indicator, other, ()))
        same = definition.get("process") == files.pilots[pilot].get("process")
        if other == pilot or not same or found is None:
            continue
        days = [day_of(one) for one in meant(files, other, indicator)]
        if not any(window.start <= day <= window.end for day in days):
            others.append((other, *sides(files, found, window)))

    def shared(some: Sequence[tuple[str, Side, Side]]) -> tuple[int, int]:
        return tuple(  # type: ignore[return-value]
            len(set(own.periods).intersection(*(set(one[place].periods) for one in some)))
            for place, own in ((1, before), (2, after))
        )

    left = sorted(others, key=lambda one: -sum(shared([one])))
    while left and min(shared(left)) < APART:
        left.pop()
    left = [one for one in others if one in left]
    if not left:
        return None
    halves = [_beyond(own, [one[place] for one in left]) for place, own in ((1, before), (2, after))]
    moved = float((halves[1][1].mean or 0) - (halves[0][1].mean or 0))
    return Compared([one[0] for one in left], moved, compare(halves[0][0], halves[1][0]))


def _beyond(own: Side, others: Sequence[Side]) -> tuple[Side, Side]:
    """Own less the mean of theirs, and that mean, over the periods that all have."""
    common = sorted(set(own.periods).intersection(*(set(one.periods) for one in others)))
    rest, theirs = [], []
    for period in common:
        mine, each = own.at(period), [one.at(period) for one in others]
        mean = sum((one.value or Fraction(0) for one in each), Fraction(0)) / len(each)
        inverse = (
            1 / own.weight(mine)
            + sum((1 / side.weight(one) for side, one in zip(others, each, strict=True)), Fraction(0))
            / len(each) ** 2
        )
        rest.append(Told(period, (mine.value or Fraction(0)) - mean, denominator=1 / inverse))
        theirs.append(Told(period, mean, denominator=1 / inverse))
    return Side(rest, own.by_cases, own.factor), Side(theirs, own.by_cases, own.factor)


def _guards(
    files: Files, told: Mapping[Key, Line], line: Line, window: Window, looked: bool
) -> list[Guarded]:
    made = []
    for guardrail in files.indicators[line.key[0]].get("guardrails") or []:
        given = guardrail if isinstance(guardrail, dict) else {"indicator": guardrail}
        name = given["indicator"]
        own = told.get((name, line.key[1], ()))
        if own is None:
            continue
        inside = narrowed(files, own, replace(window, broken=False), breaks(files, name))
        before, after = sides(files, own, inside)
        asked = [one.bar for one in own.points if one.period.last <= inside.end]
        direction = files.indicators[name].get("direction")
        made.append(
            Guarded(
                indicator=name,
                direction=direction,
                before=before,
                after=after,
                broken=inside.broken,
                declared=given.get("margin"),
                asked=asked[-1:],
            )
        )
    return guarded(made, looked)


def _reserve(files: Files, told: Mapping[Key, Line], line: Line, claim: Claim) -> None:
    """What speaks against a claim, and what to know besides."""
    claimed, test = claim.verdict not in (None, "unclear"), claim.test
    if claimed and test and not test.guard_agrees:
        claim.doubts.append("moving")
    if claimed and test and together(test):
        claim.doubts.append("together")
    if claimed and seasonal_sides(claim.before, claim.after, files.starts):
        claim.doubts.append("season")
    if claimed and claim.compared and test:
        net = claim.compared.test
        if net.p >= LEVEL or (net.difference > 0) != (test.difference > 0):
            claim.doubts.append("alike")
    if claim.verdict is not None and len(claim.before.known) < min(LOOKS):
        claim.doubts.append("preliminary")
    for kind in ("estimates", "gaps"):
        counts = [
            one.not_final if kind == "estimates" else one.missing for one in (claim.before, claim.after)
        ]
        wholes = [
            len(one.known) + (one.missing if kind == "gaps" else 0) for one in (claim.before, claim.after)
        ]
        heavy = any(count and 3 * count >= whole for count, whole in zip(counts, wholes, strict=True))
        if sum(counts):
            (claim.doubts if claimed and heavy else claim.notes).append(kind)
    if len(claim.changes) > 1:
        claim.notes.append("bundle")
    if claim.verdict == "improved":
        if _chosen(files, told, line, claim.window):
            claim.notes.append("chosen")
        if any(one.result == "unknown" for one in claim.guards):
            claim.notes.append("unheld")
        elif not claim.guards:
            claim.notes.append("unguarded")


def _chosen(files: Files, told: Mapping[Key, Line], line: Line, window: Window) -> bool:
    """Whether the pilot was among the worst before."""
    indicator, pilot, _ = line.key
    if files.pilots[pilot].get("chosen") is not None:
        return bool(files.pilots[pilot]["chosen"] == "worst")
    direction = files.indicators[indicator].get("direction")
    own = sides(files, line, window)[0]
    if direction not in ("higher", "lower") or own.mean is None:
        return False
    sign = 1 if direction == "higher" else -1
    means = []
    for other in files.pilots:
        found = told.get((indicator, other, ()))
        before = sides(files, found, window)[0] if found and other != pilot else None
        if before is not None and len(before.known) >= APART:
            means.append(before.mean)
    if len(means) >= 2:
        return all(mean is not None and sign * own.mean < sign * mean for mean in means)
    whole = told.get((indicator, "", ()))
    every = sides(files, whole, window)[0] if whole else None
    if every is None or every.mean is None or min(len(every.known), len(own.known)) < APART:
        return False
    return float(sign * (every.mean - own.mean)) > own.deviation()


def effects(files: Files, made: Sequence[Claim]) -> Named:
    """(name below the pilots, figure) of every change in every indicator that it names."""
    for claim in made:
        changes = files.pilots[claim.pilot]["changes"]
        for change in claim.changes:
            if claim.indicator not in named(
                files, claim.pilot, next(c for c in changes if c["id"] == change)
            ):
                continue
            at = f"{claim.pilot}/changes/{change}/effects/{claim.indicator}"
            for name, figure in _figures(claim):
                yield f"{at}/{name}", figure


def _figures(claim: Claim) -> Named:
    for name, side in (("before", claim.before), ("after", claim.after)):
        yield f"{name}/n", len(side.known)
        yield f"{name}/mean", side.mean
        yield f"{name}/missing", side.missing
        yield f"{name}/not_final", side.not_final
    yield "weighed", claim.before.by_cases
    yield from plain(claim.before, claim.after)
    for place, end in enumerate(claim.test.interval(LEVEL) if claim.test else ()):
        yield f"interval/{place}", end
    yield "p", claim.test.p if claim.test and claim.look else None
    for name in ("verdict", "strength", "balance", "tone"):
        yield name, getattr(claim, name)
    if claim.test and claim.look:
        yield "guard", "agrees" if claim.test.guard_agrees else "disagrees"
    for place, kind in enumerate(_in_order([*claim.doubts, *claim.notes])):
        yield f"reservations/{place}/kind", kind
        yield f"reservations/{place}/doubt", kind in claim.doubts
        for name, count in zip(("count", "of"), _counted(claim, kind), strict=True):
            yield f"reservations/{kind}/{name}", count
    if claim.look:
        yield "look/periods", claim.look
        yield "look/next", claim.next
        yield "look/until", claim.after.known[-1].period.name
    if claim.look and len(claim.whole.known) > claim.look:
        yield "so_far/n", len(claim.whole.known)
        yield "so_far/mean", claim.whole.mean
    for place, name in enumerate(("have", "needed") if claim.waiting else ()):
        yield f"waiting/{name}", claim.waiting[place] if claim.waiting else None
    if claim.compared:
        yield "comparison/net", claim.compared.test.difference
        yield "comparison/difference", claim.compared.moved
        yield "comparison/p", claim.compared.test.p
        for place, end in enumerate(claim.compared.test.interval(LEVEL)):
            yield f"comparison/interval/{place}", end
        for place, pilot in enumerate(claim.compared.pilots):
            yield f"comparison/pilots/{place}", pilot
    for guard in claim.guards:
        for name, figure in guard.figures():
            yield f"guardrails/{guard.indicator}/{name}", figure


def _counted(claim: Claim, kind: str) -> tuple[int, int]:
    """What a reservation counts, of how many."""
    halves = (claim.before, claim.after)
    if kind == "gaps":
        missing = sum(one.missing for one in halves)
        return missing, missing + sum(len(one.known) for one in halves)
    if kind == "estimates":
        return sum(one.not_final for one in halves), sum(len(one.known) for one in halves)
    if kind == "unheld":
        return sum(one.result == "unknown" for one in claim.guards), len(claim.guards)
    if kind == "preliminary":
        return len(claim.before.known), 0
    return (len(claim.changes), 0) if kind == "bundle" else (0, 0)


ORDER = (
    "moving", "together", "season", "alike", "preliminary", "estimates", "gaps", "bundle", "chosen", "unheld",
    "unguarded",
)  # fmt: skip


def _in_order(kinds: Sequence[str]) -> list[str]:
    return sorted(kinds, key=ORDER.index)


def plain(before: Side, after: Side) -> Named:
    """The difference of the means."""
    difference = None
    if before.mean is not None and after.mean is not None:
        difference = after.mean - before.mean
    yield "difference", difference
    base = before.mean
    yield "percent", difference / base * 100 if difference is not None and base and base > 0 else None
