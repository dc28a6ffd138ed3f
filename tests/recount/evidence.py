"""The evidence page again: changes ranked by what is sure at least, with Benjamini and Hochberg."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from tests.recount.effects import Claim
from tests.recount.files import Files, Key
from tests.recount.periods import Span, holding, span
from tests.recount.sides import LEVEL
from tests.recount.standing import Line
from tests.recount.windows import breaks, day_of

Figure = Fraction | float | int | str | bool | None
Named = Iterator[tuple[str, Figure]]
GROUPS = ("gained", "doubtful", "at-a-cost", "unclear", "worse", "early", "untested")


@dataclass
class Ranked:
    """One claim with its place on the page."""

    claim: Claim
    name: str
    periods: int
    adjusted: float | None
    way: tuple[float, float, float, bool] | None
    """Share, low, high, and whether it starts at the baseline."""
    group: str
    by_chance: bool
    same_day: list[str]


def needed(files: Files) -> int:
    """Long periods that must stand behind what is told."""
    rule = (files.handbook.get("rules") or {}).get("evidence-before-rollout") or {}
    return int((rule.get("settings") or rule).get("periods", 2))


def long_periods(
    files: Files,
    told: Mapping[Key, Line],
    period: Span,
    indicator: str,
    places: Sequence[str] | None = None,
    since: date = date.min,
) -> set[Span]:
    """Whole long periods since a day with a result of an indicator."""
    found = {
        holding(one.period.counts_on, files.long, files.starts)
        for key, line in told.items()
        if key[0] == indicator and not key[2] and (places is None or key[1] in places)
        for one in line.points
        if one.value is not None
    }
    return {one for one in found if one.first >= since and one.last <= period.last}


def ranked(files: Files, told: Mapping[Key, Line], claims: Sequence[Claim], period: Span) -> list[Ranked]:
    """Every claim of a change made by now, in the order of the page."""
    made = [one for one in claims if one.days[-1] <= period.last]
    p_values = {id(one): one.p for one in made if one.p is not None}
    # Step-up: the greatest p times 1, the next one times n/(n − 1), and so on; never more than the one above.
    adjusted: dict[int, float] = {}
    least = 1.0
    for place, name in enumerate(sorted(p_values, key=lambda one: -p_values[one])):
        least = min(least, p_values[name] * len(p_values) / (len(p_values) - place))
        adjusted[name] = least
    found = [_ranked(files, told, one, adjusted.get(id(one)), period) for one in made]

    def place_of(one: Ranked) -> tuple[int, bool, float, str, str]:
        sure = one.way[1] if one.way else _sure_percent(one.claim)
        return GROUPS.index(one.group), one.way is None, -sure, one.claim.pilot, one.claim.indicator

    return sorted(found, key=place_of)


def _sure_percent(claim: Claim) -> float:
    base = float(claim.before.mean or 0)
    if claim.test is None or base <= 0:
        return float("-inf")
    return min(abs(end) for end in claim.test.interval(LEVEL)) / base


def _ranked(
    files: Files, told: Mapping[Key, Line], claim: Claim, adjusted: float | None, period: Span
) -> Ranked:
    behind = long_periods(files, told, period, claim.indicator, [claim.pilot], claim.days[-1])
    by_chance = claim.strength != "none" and adjusted is not None and adjusted >= LEVEL
    changes = files.pilots[claim.pilot]["changes"]
    days = {day_of(one) for one in changes if one["id"] in claim.changes}
    same_day = [one["id"] for one in changes if day_of(one) in days and one["id"] not in claim.changes]
    return Ranked(
        claim=claim,
        name=f"{claim.pilot}~{claim.changes[0]}~{claim.indicator}",
        periods=len(behind),
        adjusted=adjusted,
        way=_way(files, told[claim.indicator, claim.pilot, ()], claim),
        group=_group(claim, len(behind), needed(files), by_chance),
        by_chance=by_chance,
        same_day=same_day,
    )


def _group(claim: Claim, periods: int, enough: int, by_chance: bool) -> str:
    if claim.balance is None:
        return "early" if claim.more_to_come else "untested"
    if periods < enough:
        return "early"
    if claim.balance == "no-clear-change":
        return "unclear"
    if claim.verdict == "improved" and claim.harmed:
        return "at-a-cost"
    if claim.strength == "doubtful" or (by_chance and not claim.harmed):
        return "doubtful"
    return "worse" if claim.balance == "loss" else "gained"


def _way(files: Files, line: Line, claim: Claim) -> tuple[float, float, float, bool] | None:
    """The difference as a share of the way to the target, within one definition."""
    indicator, pilot, _ = line.key
    first, last = line.points[0].period, line.points[-1].period
    own = [day for day in breaks(files, indicator) if first.first <= day <= last.last]
    later = min((day for day in own if day > claim.days[-1]), default=date.max)
    known = [one.bar.target for one in line.points if one.period.last < later and one.bar.target is not None]
    direction = files.indicators[indicator].get("direction")
    item: Mapping[str, Any] = next(
        (one for one in files.pilots[pilot].get("pack") or [] if one["indicator"] == indicator), {}
    )
    baseline = line.baseline
    earlier = [day for day in own if day <= claim.days[0]]
    if earlier and baseline is not None:
        given = (item.get("baseline") or {}).get("period")
        since = span(str(given), files.starts).first if given else date.min
        baseline = baseline if since >= max(earlier) else None
    start = baseline if baseline is not None else claim.before.mean
    if direction not in ("higher", "lower") or not known or start is None or claim.test is None:
        return None
    way = known[-1] - start
    if way <= 0 if direction == "higher" else way >= 0:
        return None
    test = claim.compared.test if claim.compared else claim.test
    low, high = sorted(end / float(way) for end in test.interval(LEVEL))
    return test.difference / float(way), low, high, baseline is not None


def figures(found: Sequence[Ranked]) -> Named:
    """(name below the evidence's changes, figure), and each one's place."""
    for place, one in enumerate(found):
        yield f"{place}/id", one.name
        yield f"{one.name}/group", one.group
        yield f"{one.name}/periods", one.periods
        yield f"{one.name}/p", one.claim.p
        yield f"{one.name}/adjusted_p", one.adjusted
        yield f"{one.name}/by_chance", one.by_chance
        for at, name in enumerate(("share", "low", "high", "from_baseline")):
            if one.way:
                yield f"{one.name}/way/{name}", one.way[at]
        yield f"{one.name}/same_day/#", len(one.same_day)


def bases(files: Files, told: Mapping[Key, Line], period: Span) -> dict[str, int]:
    """Pilot -> long periods with results of its pack since it began."""
    made = {}
    for pilot, definition in files.pilots.items():
        since = span(str(definition["period"]["from"]), files.starts).first
        periods = [
            long_periods(files, told, period, one["indicator"], [pilot], since)
            for one in definition.get("pack") or []
        ]
        made[pilot] = len(set().union(*periods))
    return made


def occasions(found: Sequence[Ranked]) -> int:
    """Pieces of evidence: changes of one day, or judged together, are one."""
    groups: list[tuple[str, set[str]]] = []
    for one in found:
        own = {*one.claim.changes, *one.same_day}
        near = [group for group in groups if group[0] == one.claim.pilot and group[1] & own]
        groups = [group for group in groups if group not in near]
        groups.append((one.claim.pilot, own.union(*(names for _, names in near))))
    return len(groups)


def practices(files: Files, found: Sequence[Ranked]) -> Named:
    """(name below the practices, figure) of changes to copy."""
    harmful = {
        (one.claim.pilot, change)
        for one in found
        if one.group in ("worse", "at-a-cost")
        for change in one.claim.changes
    }
    by_change: dict[tuple[str, tuple[str, ...]], list[Ranked]] = {}
    for one in found:
        by_change.setdefault((one.claim.pilot, tuple(one.claim.changes)), []).append(one)
    count = 0
    for (pilot, names), own in by_change.items():
        gains = [one for one in own if one.group == "gained" and one.claim.balance == "balanced-gain"]
        process = files.pilots[pilot].get("process")
        others = [
            other
            for other, definition in files.pilots.items()
            if other != pilot and process is not None and definition.get("process") == process
        ]
        changes = [one for one in files.pilots[pilot]["changes"] if one["id"] in names]
        left = [other for other in others if not all(_made(files, other, one) for one in changes)]
        if not gains or not left or any((pilot, name) in harmful for name in names):
            continue
        count += 1
        yield f"practices/{pilot}~{names[0]}/gains/#", len(gains)
        yield f"practices/{pilot}~{names[0]}/open_in/#", len(left)
        yield f"practices/{pilot}~{names[0]}/done_in/#", len(others) - len(left)
    yield "found/practices", count


def _made(files: Files, pilot: str, change: Mapping[str, Any]) -> bool:
    """Whether a pilot made the same change: the same name, or the same kind at the same step."""
    return any(
        one["id"] == change["id"]
        or (
            one.get("kind") == change.get("kind")
            and set(one.get("steps") or []) & set(change.get("steps") or [])
        )
        for one in files.pilots[pilot].get("changes") or []
    )


def counts(found: Sequence[Ranked], behind: Mapping[str, int], enough: int) -> dict[str, int]:
    """The counts of the page's first sentence."""
    told = Counter(one.group for one in found)
    return {
        "pilots": sum(periods >= enough for periods in behind.values()),
        "changes": occasions(found),
        "tested": len(found),
        "gained": told["gained"],
        "unclear": told["unclear"] + told["doubtful"] + told["early"] + told["untested"],
        "bad": told["at-a-cost"] + told["worse"],
    }
