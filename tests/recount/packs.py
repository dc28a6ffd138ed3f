"""Section 2 again for pilots: the point an indicator is judged by, score, coverage, gate, counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from tests.recount.files import Files, Key, exact
from tests.recount.periods import Span, longer, span
from tests.recount.standing import OPEN, REACHED, Line, Number, Told


@dataclass
class Item:
    """One indicator of a pack in a review period."""

    indicator: str
    weight: Number
    gate: bool
    line: Line | None
    review: Told | None


@dataclass
class Score:
    """A pilot's result in a review period."""

    value: Number
    coverage: Fraction
    gate: str | None


def pack_of(files: Files, pilot: str, lines: Mapping[Key, Line], period: Span) -> list[Item]:
    """Every indicator of the pack with the point it is judged by."""
    made = []
    for item in files.pilots[pilot].get("pack") or []:
        name = item["indicator"]
        line = lines.get((name, pilot, ()))
        gate = (item.get("incentive") or files.indicators[name].get("incentive")) == "gate"
        made.append(Item(name, exact(item.get("weight")), gate, line, _review(line, period)))
    return made


def _review(line: Line | None, period: Span) -> Told | None:
    """The rolled-up point; else the newest value in the period, or before it where it is seldom measured."""
    if line is None:
        return None
    for told in line.longer or ():
        if told.period == period and told.value is not None:
            return told
    seldom = longer(line.often, period.often)
    inside = [
        one
        for one in line.points
        if one.value is not None and (seldom or one.period.counts_on >= period.first)
    ]
    return inside[-1] if inside else None


def score_of(pack: Sequence[Item]) -> Score:
    """Σ weight × points / Σ weight over what has points."""
    weighted = any(item.weight is not None for item in pack)
    weights = [(item.weight or Fraction(0)) if weighted else Fraction(1) for item in pack]
    scored = [
        (weight, item.review.score)
        for weight, item in zip(weights, pack, strict=True)
        if item.review is not None and item.review.score is not None
    ]
    covered, whole = sum((weight for weight, _ in scored), Fraction(0)), sum(weights, Fraction(0))
    value = sum((weight * points for weight, points in scored), Fraction(0)) / covered if covered else None
    gates = [item.review for item in pack if item.gate]
    gate = None
    if gates:
        gate = "passed"
        if any(one is None or one.status in OPEN for one in gates):
            gate = "open"
        if any(one is not None and one.status == "missed" for one in gates):
            gate = "not-passed"
    return Score(value, covered / whole if whole else Fraction(0), gate)


def tally_of(pack: Sequence[Item]) -> dict[str, int]:
    """How many stand how."""
    states = [item.review.status if item.review else "no-data" for item in pack]
    return {
        "total": len(states),
        "reached": sum(state in REACHED for state in states),
        "near": states.count("near"),
        "missed": states.count("missed"),
        "unjudged": sum(state in OPEN for state in states),
    }


def standings_of(states: Sequence[str]) -> dict[str, int]:
    """Counts over what was held against a target."""
    judged = [state for state in states if state not in OPEN]
    return {
        "judged": len(judged),
        "reached": sum(state in REACHED for state in judged),
        "missed": judged.count("missed"),
    }


def history_of(
    files: Files, pilot: str, lines: Mapping[Key, Line], until: Span
) -> list[tuple[Span, Score, dict[str, Fraction]]]:
    """Score and parts of every long period in which a rolled-up value stands."""
    items = files.pilots[pilot].get("pack") or []
    periods: dict[Span, dict[str, Told]] = {}
    for item in items:
        line = lines.get((item["indicator"], pilot, ()))
        for told in (line.longer or ()) if line else ():
            if told.value is not None and told.period.last <= until.last:
                periods.setdefault(told.period, {})[item["indicator"]] = told
    made = []
    for period in sorted(periods):
        pack = pack_of(files, pilot, lines, period)
        for item in pack:
            item.review = periods[period].get(item.indicator)
        score = score_of(pack)
        if score.value is None:
            continue
        weighted = any(item.weight is not None for item in pack)
        parts = {
            item.indicator: ((item.weight or Fraction(0)) if weighted else Fraction(1)) * item.review.score
            for item in pack
            if item.review is not None and item.review.score is not None
        }
        whole = sum(
            (
                ((item.weight or Fraction(0)) if weighted else Fraction(1))
                for item in pack
                if item.review is not None and item.review.score is not None
            ),
            Fraction(0),
        )
        made.append((period, score, {name: part / whole for name, part in parts.items()}))
    return made


def told_day(files: Files, period: Span) -> date:
    """The day of a period's last long review; without one, a short review's interval after its end."""
    days = [
        date.fromisoformat(str(one["date"]))
        for one in files.reviews.values()
        if one["kind"] == "long" and span(str(one["period"]), files.starts).last == period.last
    ]
    every = int((files.handbook.get("review") or {}).get("short_every_days", 14))
    return max(period.last, max(days, default=period.last + timedelta(days=every)))
