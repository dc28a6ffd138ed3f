"""Section 5 again: guardrails as tests of non-inferiority, each with its margin."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from tests.recount.files import exact
from tests.recount.sides import APART, LEVEL, Side, Test, compare
from tests.recount.standing import Bar

Figure = Fraction | float | int | str | bool | None


@dataclass
class Guarded:
    """A guardrail over the window of a change."""

    indicator: str
    direction: str | None
    before: Side
    after: Side
    broken: bool
    declared: object
    asked: Sequence[Bar]
    """What was asked when the window ended, if anything."""
    test: Test | None = None
    adjusted: float | None = None
    result: str = "unknown"
    rules_out: float | None = None
    worse: bool = False
    better: bool = False

    def margin(self) -> tuple[float, str] | None:
        """The worsening that would be too much, and where that comes from."""
        if self.declared is not None:
            return float(exact(self.declared) or 0), "declared"
        for bar in self.asked:
            if bar.target is not None and bar.floor is not None and bar.target != bar.floor:
                return float(abs(bar.target - bar.floor) / 2), "floor"
        spread = self.before.spread()
        return (spread, "spread") if spread > 0 else None

    def figures(self) -> Iterator[tuple[str, Figure]]:
        """(name, figure) of all that is told."""
        before, after = self.before.alike(self.after)
        if self.broken:
            after = Side([], False, after.factor)
        for name, side in (("before", before), ("after", after)):
            yield f"{name}/n", len(side.known)
            yield f"{name}/mean", side.mean
            yield f"{name}/missing", side.missing
            yield f"{name}/not_final", side.not_final
        both = before.mean is not None and after.mean is not None
        difference = (after.mean or 0) - (before.mean or 0) if both else None
        yield "difference", difference
        base = before.mean
        yield "percent", difference / base * 100 if difference is not None and base and base > 0 else None
        for place, end in enumerate(self.test.interval(0.05) if self.test else ()):
            yield f"interval/{place}", end
        margin = self.margin()
        for name, part in zip(("value", "source"), margin or (), strict=False):
            yield f"margin/{name}", part
        yield "p", self.adjusted
        harmed = self.test is not None and self.result == "harmed"
        yield "at_least", min(abs(end) for end in self.test.interval(0.05)) if harmed and self.test else None
        for name in ("result", "rules_out", "worse", "better"):
            yield name, getattr(self, name)


def guarded(guards: list[Guarded], looked: bool) -> list[Guarded]:
    """Every guardrail of one change with what became of it."""
    tested = []
    for one in guards:
        if not one.broken and min(len(one.before.known), len(one.after.known)) >= APART:
            one.test = compare(*one.before.alike(one.after))
            if looked and one.direction in ("higher", "lower"):
                tested.append(one)
    # Holm: the least p times how many there are, the next one times one less, and never less than before.
    least = 0.0
    ranked = sorted(tested, key=lambda one: one.test.p if one.test else 1.0)
    for place, one in enumerate(ranked):
        assert one.test is not None
        least = max(least, min(1.0, (len(ranked) - place) * one.test.p))
        one.adjusted = least
        _judge(one, one.test)
    return guards


def _judge(one: Guarded, test: Test) -> None:
    low, high = test.interval(0.05)
    most = high if one.direction == "lower" else -low
    worsening = test.difference if one.direction == "lower" else -test.difference
    certain = (one.adjusted or 0.0) < LEVEL
    one.rules_out = max(most, 0.0)
    one.worse, one.better = certain and worsening > 0, certain and worsening < 0
    margin = one.margin()
    held = most <= 0 or (margin is not None and most < margin[0])
    one.result = "held" if held else "harmed" if one.worse else "unknown"
