"""Everything that is recounted, by the name that pages and export give it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from tests.recount.chart import possible
from tests.recount.effects import claims, effects
from tests.recount.files import Files, Key, exact
from tests.recount.keys import key_results
from tests.recount.packs import (
    Item,
    history_of,
    pack_of,
    score_of,
    standings_of,
    tally_of,
    told_day,
)
from tests.recount.periods import Span, following, holding, span
from tests.recount.rhythm import actions, rhythm, roadmap
from tests.recount.signals import signals
from tests.recount.standing import OPEN, REACHED, Line, Told, lines

Value = float | str | bool | None


@dataclass
class Recount:
    """Names with the values found."""

    files: Files
    values: dict[str, Value] = field(default_factory=dict)

    def put(self, at: str, value: Fraction | float | int | str | bool | None) -> None:
        """A figure under its name; machine numbers are the nearest to the exact ones."""
        number = isinstance(value, Fraction | int) and not isinstance(value, bool)
        self.values[at] = float(value) if number else value  # type: ignore[arg-type,assignment]


def series_name(key: Key) -> str:
    """What the export calls a series."""
    place = f"@{key[1]}" if key[1] else ""
    return key[0] + place + "".join(f";{dimension}={member}" for dimension, member in key[2])


def recount(files: Files, as_of: str) -> Recount:
    """All figures as of a long review period."""
    made = Recount(files)
    period = span(as_of, files.starts)
    told = lines(files, period.last)
    for key, line in told.items():
        _line(made, f"series/{series_name(key)}", line.points, line.baseline)
        ends = possible(files, [one for other, one in told.items() if other[0] == key[0]])
        for name, figure in signals(files, line, ends, period):
            made.put(f"series/{series_name(key)}/{name}", figure)
        if line.longer is not None:
            _line(made, f"longer/{series_name(key)}", line.longer, None)
    _pilots(made, told, period)
    _standings(made, told, period)
    _chronic(made, told, period)
    _quarters(made, told, period)
    _contents(made)
    for name, figure in effects(files, claims(files, told)):
        made.put(f"pilots/{name}", figure)
    for part, found in (
        ("key_states", key_results(files, told, period)),
        ("rhythm", rhythm(files, period)),
        ("pilots", roadmap(files, period)),
        ("actions", actions(files, period)),
    ):
        for name, figure in found:
            made.put(f"{part}/{name}", figure)
    return made


def _line(made: Recount, at: str, points: Sequence[Told], baseline: Fraction | None) -> None:
    if at.startswith("series"):
        made.put(f"{at}/baseline", baseline)
    for one in points:
        _point(made, f"{at}/points/{one.period.name}", one)


def _point(made: Recount, at: str, one: Told) -> None:
    for name in ("value", "numerator", "denominator", "gap", "attainment", "score", "status"):
        made.put(f"{at}/{name}", getattr(one, name))
    if one.progress is not None:
        made.put(f"{at}/progress", one.progress)
    for name in ("target", "floor", "stretch"):
        made.put(f"{at}/{name}", getattr(one.bar, name))
    for place in (0, 1) if one.bar.interval else ():
        made.put(f"{at}/interval/{place}", one.bar.interval[place])  # type: ignore[index]
    for name in ("previous", "year_before"):
        change = getattr(one, name)
        if change is None or one.value is None:
            continue
        base = one.value - change
        made.put(f"{at}/{name}/absolute", change)
        made.put(f"{at}/{name}/percent", change / base * 100 if base > 0 else None)
    if one.parts is not None:
        for place, count in enumerate(one.parts):
            made.put(f"{at}/parts/{place}", count)


def _pilots(made: Recount, told: Mapping[Key, Line], period: Span) -> None:
    files = made.files
    for pilot in files.pilots:
        at, pack = f"pilots/{pilot}", pack_of(files, pilot, told, period)
        _pack(made, at, pack)
        for then, score, parts in history_of(files, pilot, told, period):
            made.put(f"{at}/history/{then.name}/score", score.value)
            made.put(f"{at}/history/{then.name}/coverage", score.coverage)
            made.put(f"{at}/history/{then.name}/gate", score.gate)
            for name, points in parts.items():
                made.put(f"{at}/history/{then.name}/parts/{name}/points", points)


def _pack(made: Recount, at: str, pack: Sequence[Item]) -> None:
    score = score_of(pack)
    made.put(f"{at}/score", score.value)
    made.put(f"{at}/coverage", score.coverage)
    made.put(f"{at}/gate", score.gate)
    for name, count in tally_of(pack).items():
        made.put(f"{at}/tally/{name}", count)
    judged = [item.review.status for item in pack if item.review and item.review.attainment is not None]
    for name, count in standings_of(judged).items():
        made.put(f"{at}/bullets/{name}", count)
    for item in pack:
        own = f"{at}/pack/{item.indicator}"
        made.put(f"{own}/weight", item.weight)
        if item.review is not None:
            _point(made, f"{own}/review", item.review)
            _bars(made, f"{own}/bars", item, made.files.indicators[item.indicator].get("direction"))


def _bars(made: Recount, at: str, item: Item, direction: str | None) -> None:
    point = item.review
    assert point is not None
    before = point.value - point.previous if point.value and point.previous is not None else None
    for name, value in (("floor", point.bar.floor), ("stretch", point.bar.stretch), ("previous", before)):
        target = point.bar.target
        share = None
        if value is not None and target is not None and direction != "range" and value > 0 and target > 0:
            share = (target / value if direction == "lower" else value / target) * 100
        made.put(f"{at}/{name}", share)


def _standings(made: Recount, told: Mapping[Key, Line], period: Span) -> None:
    files = made.files
    packs = [item for pilot in files.pilots for item in pack_of(files, pilot, told, period)]
    states = [item.review.status for item in packs if item.review and item.review.value is not None]
    for name, count in standings_of(states).items():
        made.put(f"standings/packs/{name}", count)
    own = [
        line.longer if line.longer is not None else line.points
        for key, line in told.items()
        if not key[1] and not key[2] and (line.longer is not None or line.often == files.long)
    ]
    newest = sorted({one.period for points in own for one in points})[-8:]
    states = [
        one.status for points in own for one in points if one.period in newest and one.value is not None
    ]
    for name, count in standings_of(states).items():
        made.put(f"standings/periods/{name}", count)


def _chronic(made: Recount, told: Mapping[Key, Line], period: Span) -> None:
    """Series that reached their target in none of the last four complete long periods."""
    for key, line in told.items():
        if key[2] or made.files.indicators[key[0]].get("status", "active") not in ("active", "trial"):
            continue
        points = [
            one
            for one in (line.longer if line.longer is not None else line.points)
            if one.status not in OPEN
            and (one.parts is None or one.parts[0] == one.parts[1])
            and one.period.last <= period.last
        ][-4:]
        if len(points) == 4 and not any(one.status in REACHED for one in points):
            missed = sum(one.status == "missed" for one in points)
            made.put(f"chronic/{series_name(key)}/missed", missed)
            made.put(f"chronic/{series_name(key)}/near", 4 - missed)
    made.put("method/chronic_periods", 4)


def _quarters(made: Recount, told: Mapping[Key, Line], period: Span) -> None:
    """Every long period as it stood when it was told."""
    files = made.files
    for quarter in _told_periods(files, told, period):
        then = told if quarter == period else lines(files, quarter.last, told_day(files, quarter))
        at, totals, states = f"quarters/{quarter.name}", dict.fromkeys(_TALLY, 0), []
        running = [pilot for pilot in files.pilots if _runs(files, pilot, quarter)]
        for pilot in running:
            pack = pack_of(files, pilot, then, quarter)
            _pack(made, f"{at}/pilots/{pilot}", pack)
            for name, count in tally_of(pack).items():
                totals[name] += count
            states += [one.review.status for one in pack if one.review and one.review.value is not None]
        for name, count in totals.items():
            made.put(f"{at}/tally/{name}", count)
        for name, count in standings_of(states).items():
            made.put(f"{at}/standings/packs/{name}", count)
        made.put(f"{at}/counts/pilots", len(running))
        _reviews(made, quarter, quarter.last, running)
        _before(made, quarter, running)


def _before(made: Recount, quarter: Span, running: Sequence[str]) -> None:
    """What the same pilots had in the period before, as it was told then."""
    files = made.files
    before = following(quarter, files.starts, -1)
    then = lines(files, before.last, told_day(files, before))
    at, totals = f"quarters/{quarter.name}", dict.fromkeys(_TALLY, 0)
    for pilot in running:
        if not _runs(files, pilot, before):
            continue
        pack = pack_of(files, pilot, then, before)
        score, now = score_of(pack).value, made.values[f"{at}/pilots/{pilot}/score"]
        made.put(f"{at}/pilots/{pilot}/score_before", score)
        if score is not None and isinstance(now, float):
            made.put(f"{at}/pilots/{pilot}/score_change", now - float(score))
        for name, count in tally_of(pack).items():
            made.put(f"{at}/pilots/{pilot}/tally_before/{name}", count)
            totals[name] += count
    for name, count in totals.items():
        made.put(f"{at}/tally_before/{name}", count)


_TALLY = ("total", "reached", "near", "missed", "unjudged")


def _told_periods(files: Files, told: Mapping[Key, Line], period: Span) -> Iterator[Span]:
    begun = [span(str(one["period"]["from"]), files.starts).first for one in files.pilots.values()]
    results = [line.points[0].period.begins_on for key, line in told.items() if key[1]]
    if not begun or not results:
        return
    one = holding(max(min(begun), min(results)), files.long, files.starts)
    while one.last <= period.last:
        yield one
        one = following(one, files.starts)


def _runs(files: Files, pilot: str, period: Span) -> bool:
    given = files.pilots[pilot]["period"]
    last = span(str(given["to"]), files.starts).last if given.get("to") else date.max
    return span(str(given["from"]), files.starts).first <= period.last and last >= period.first


def _contents(made: Recount) -> None:
    """The library's size, and what its files say themselves."""
    files = made.files
    made.put("contents/indicators", len(files.indicators))
    made.put("contents/pilots", len(files.pilots))
    for name in {str(one.get("category") or "none") for one in files.indicators.values()}:
        count = sum(str(one.get("category") or "none") == name for one in files.indicators.values())
        made.put(f"contents/by_category/{name}", count)
    for one in files.indicators.values():
        for place, target in enumerate(one.get("targets") or []):
            for part in ("floor", "target", "stretch"):
                if target.get(part) is not None:
                    made.put(f"indicators/{one['id']}/targets/{place}/{part}", exact(target[part]))
        for part in ("min", "max"):
            if (one.get("limits") or {}).get(part) is not None:
                made.put(f"indicators/{one['id']}/limits/{part}", exact(one["limits"][part]))
        for place, end in enumerate(one.get("range") or []):
            made.put(f"indicators/{one['id']}/range/{place}", exact(end))
    made.put("contents/whole/indicators", len(files.indicators))
    made.put("contents/whole/pilots", len(files.pilots))


def _reviews(made: Recount, quarter: Span, end: date, running: Sequence[str]) -> None:
    """How many reviews belong to a long period, and what became of their actions by its end."""
    files, at = made.files, f"quarters/{quarter.name}/counts"
    held, opened, closed, overdue = 0, 0, 0, 0
    for review in files.reviews.values():
        day = date.fromisoformat(str(review["date"]))
        counts_on = day if review["kind"] == "short" else span(str(review["period"]), files.starts).last
        inside = quarter.first <= counts_on <= quarter.last
        held += inside and review["pilot"] in running
        for action in review.get("actions") or []:
            due = date.fromisoformat(str(action["due"])) if action.get("due") else None
            done = date.fromisoformat(str(action["closed"])) if action.get("closed") else None
            opened += inside
            closed += bool(done and quarter.first <= done <= quarter.last)
            still = action.get("status", "open") in ("open", "doing") or (done is not None and done > end)
            overdue += bool(due and due < end and day <= end and still)
    for name, count in (("reviews", held), ("opened", opened), ("closed", closed), ("overdue", overdue)):
        made.put(f"{at}/{name}", count)
