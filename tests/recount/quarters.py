"""Every long period as it stood when it was told, beside the one before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from tests.recount.chart import possible
from tests.recount.effects import claims, effects
from tests.recount.files import Files, Key
from tests.recount.packs import Item, pack_of, score_of, standings_of, tally_of, told_day
from tests.recount.past import at as files_at
from tests.recount.periods import Span, following, holding, span
from tests.recount.signals import signals
from tests.recount.standing import OPEN, REACHED, Line, lines, status
from tests.recount.told import Recount, chance_figures, pack_figures

Then = tuple[Files, Mapping[Key, Line]]


class _Past:
    """Files and series of a long period, reckoned once."""

    def __init__(self, files: Files, told: Mapping[Key, Line], period: Span) -> None:
        self.files, self.known = files, {period: (files, told)}

    def at(self, period: Span) -> Then:
        """As they were when the period was told: those of pilots only."""
        if period not in self.known:
            files = files_at(self.files, period)
            self.known[period] = files, lines(files, period.last, told_day(files, period))
        return self.known[period]


def quarters(made: Recount, told: Mapping[Key, Line], period: Span) -> None:
    """Every long period as it stood when it was told."""
    past = _Past(made.files, told, period)
    for quarter in _told_periods(made.files, told, period):
        files, then = past.at(quarter)
        at, totals, states = f"quarters/{quarter.name}", dict.fromkeys(_TALLY, 0), []
        running = [pilot for pilot in files.pilots if _runs(files, pilot, quarter)]
        for pilot in running:
            pack = pack_of(files, pilot, then, quarter)
            pack_figures(made, f"{at}/pilots/{pilot}", pack)
            for name, count in tally_of(pack).items():
                totals[name] += count
            _turns(made, past, pilot, quarter, pack)
            states += [one.review.status for one in pack if one.review and one.review.value is not None]
        for name, count in totals.items():
            made.put(f"{at}/tally/{name}", count)
        for name, count in standings_of(states).items():
            made.put(f"{at}/standings/packs/{name}", count)
        made.put(f"{at}/counts/pilots", len(running))
        _reviews(made, quarter, quarter.last, running)
        _before(made, past, quarter, running)
        chance_figures(made, f"{at}/standings", files, then, running)
        made_by_now = [one for one in claims(files, then) if one.days[0] <= quarter.last]
        for name, figure in effects(files, made_by_now):
            if name.split("/")[0] in running:
                made.put(f"{at}/pilots/{name}", figure)


def _before(made: Recount, past: _Past, quarter: Span, running: Sequence[str]) -> None:
    """What the same pilots had in the period before, as it was told then."""
    before = following(quarter, made.files.starts, -1)
    files, then = past.at(before)
    at, totals = f"quarters/{quarter.name}", dict.fromkeys(_TALLY, 0)
    for pilot in running:
        if not _runs(made.files, pilot, before):
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


def _turns(made: Recount, past: _Past, pilot: str, quarter: Span, pack: Sequence[Item]) -> None:
    """What changed its standing since the period before, and which signals are new."""
    before = following(quarter, made.files.starts, -1)
    (files, then), (old_files, old) = past.at(quarter), past.at(before)
    ran = _runs(made.files, pilot, before)
    earlier = {one.indicator: one for one in pack_of(old_files, pilot, old, before)} if ran else {}
    for item in pack:
        at = f"quarters/{quarter.name}/pilots/{pilot}/pack/{item.indicator}"
        last = earlier.get(item.indicator)
        was = last.review.status if last and last.review else "no-data"
        now = item.review.status if item.review else "no-data"
        if last and last.review and item.review and was not in OPEN:
            whole = all(
                one.parts is None or one.parts[0] == one.parts[1] for one in (last.review, item.review)
            )
            known = made.files.indicators[item.indicator]
            if now not in OPEN and (known.get("rollup") != "sum" or whole):
                was = status(last.review.value, item.review.bar, known.get("direction"))
        made.put(f"{at}/turn", _turn(now, was))
        key = (item.indicator, pilot, ())
        said, fresh = None, False
        if key in then:
            newest = [one.period for one in then[key].points if one.value is not None]
            fresh = bool(newest) and newest[-1].counts_on >= quarter.first
            said = _said(files, then[key], quarter)
        if said in (None, "normal") or not fresh:
            made.put(f"{at}/new_signal", None)
        else:
            same = key in old and _said(old_files, old[key], before) == said
            made.put(f"{at}/new_signal", None if same else said)


def _said(files: Files, line: Line, period: Span) -> str | None:
    found = dict(signals(files, line, possible(files, [line]), period))
    word = found.get("variation")
    return word if isinstance(word, str) else None


def _turn(now: str, was: str) -> str | None:
    if now in OPEN or was in OPEN:
        return None
    if (now in REACHED) != (was in REACHED):
        return "newly-met" if now in REACHED else "newly-missed" if now == "missed" else "no-longer-met"
    if (now == "missed") != (was == "missed"):
        return "newly-missed" if now == "missed" else "no-longer-missed"
    return None


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
            under_way = action.get("status", "open") in ("open", "doing")
            told = inside or (under_way and day <= end)
            if told and due and due < end and under_way:
                made.put(
                    f"quarters/{quarter.name}/late/{review['id']}~{action['id']}/days_late", (end - due).days
                )
            still = action.get("status", "open") in ("open", "doing") or (done is not None and done > end)
            overdue += bool(due and due < end and day <= end and still)
    for name, count in (("reviews", held), ("opened", opened), ("closed", closed), ("overdue", overdue)):
        made.put(f"{at}/{name}", count)
