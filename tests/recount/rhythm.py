"""Section 12 again: reviews held of those due, steps of the roadmap with their days, late actions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from tests.recount.files import Files
from tests.recount.keys import reviewed
from tests.recount.periods import Span, following, holding, span

Figure = float | int | str | bool | None
Named = Iterator[tuple[str, Figure]]
LONGEST = 8


def _day(given: object) -> date | None:
    return date.fromisoformat(str(given)) if given else None


def rhythm(files: Files, period: Span) -> Named:
    """(name, figure) of the reviews of the newest long periods."""
    every = int((files.handbook.get("review") or {}).get("short_every_days", 14))
    today, days = period.last, {name: reviewed(files, one) for name, one in files.pilots.items()}
    begun = [one[0] for one in days.values() if one and one[0] <= today]
    if not begun:
        return
    periods = [holding(today, files.long, files.starts)]
    while len(periods) < LONGEST and periods[0].first > min(begun):
        periods.insert(0, following(periods[0], files.starts, -1))
    yield "every_days", every
    for pilot, own in days.items():
        if own is None or own[0] > today or own[1] < periods[0].first:
            continue
        reviews = [one for one in files.reviews.values() if one["pilot"] == pilot]
        for one in periods:
            first, last = max(own[0], one.first), min(own[1], one.last, today)
            if first > last:
                continue
            at = f"pilots/{pilot}/periods/{one.name}"
            held = sorted(day for each in reviews if (day := _day(each["date"])) and first <= day <= last)
            long = any(
                each["kind"] == "long" and span(str(each["period"]), files.starts).last == one.last
                for each in reviews
            )
            due = own[0] <= one.first and one.last <= own[1] and one.last < today
            wide = [
                (before, after)
                for before, after in pairwise([first, *held, last])
                if (after - before).days > every
            ]
            yield f"{at}/expected", (last - first).days // every
            yield f"{at}/held/#", len(held)
            yield f"{at}/long_due", due
            yield f"{at}/kept", not wide and (long or not due)
            for place, (before, after) in enumerate(wide):
                yield f"{at}/gaps/{place}/days", (after - before).days
                yield f"{at}/gaps/{place}/start", before.isoformat()


def roadmap(files: Files, period: Span) -> Named:
    """(name below the pilots, figure) of every pilot's steps."""
    every = int((files.handbook.get("review") or {}).get("short_every_days", 14))
    for pilot, definition in files.pilots.items():
        wrote = {one["step"]: one for one in definition.get("steps") or []}
        states: list[Mapping[str, Any]] = []
        overdue = lacking = 0
        for step in files.roadmap.get("steps") or []:
            own = wrote.get(step["number"], {})
            told = _step(step, own, states, period.last, every)
            states.append(own)
            overdue += told["overdue"] is not None
            lacking += own.get("status") == "done" and bool(told["missing_count"])
            for name, figure in told.items():
                yield f"{pilot}/roadmap/steps/{step['id']}/{name}", figure
        counts = [one.get("status", "planned") for one in states]
        for name in ("done", "started", "blocked"):
            yield f"{pilot}/roadmap/counts/{name}", counts.count(name)
        if files.roadmap:
            for name, count in (("of", len(states)), ("overdue", overdue), ("lacking", lacking)):
                yield f"{pilot}/roadmap/counts/{name}", count
        for place, session in enumerate(definition.get("training") or []):
            for name in ("invited", "attended"):
                if session.get(name) is not None:
                    yield f"{pilot}/training/{place}/{name}", session[name]


def _step(
    step: Mapping[str, Any],
    own: Mapping[str, Any],
    before: Sequence[Mapping[str, Any]],
    today: date,
    every: int,
) -> dict[str, Figure]:
    status = own.get("status", "planned")
    started, finished, due = _day(own.get("started")), _day(own.get("finished")), _day(own.get("due"))
    if due is None and started is not None and step.get("days"):
        due = started + timedelta(days=int(step["days"]))
    until = finished or (today if status != "done" else None)
    told = [one["output"] for one in own.get("outputs") or [] if one.get("done")]
    missing = [one["id"] for one in step.get("outputs") or [] if one["id"] not in told]
    if status == "done" and not own.get("outputs"):
        missing = []
    late: tuple[str, date] | None = None
    if status != "done" and due is not None:
        late = ("late", due) if due < today else None
    elif status == "planned" and before and all(one.get("status") == "done" for one in before):
        ends = [_day(one.get("finished")) for one in before]
        known = [one for one in ends if one is not None]
        if len(known) == len(ends) and max(known) + timedelta(days=2 * every) < today:
            late = ("waiting", max(known))
    return {
        "status": status,
        "days": (until - started).days + 1 if started and until and until >= started else None,
        "overdue": late[0] if late else None,
        "overdue_days": (today - late[1]).days if late else 0,
        "missing_count": len(missing),
    }


def overdue(files: Files, period: Span) -> Named:
    """(name below the decisions, figure) of what each pilot owes: how much is late, and how long."""
    late: dict[str, dict[str, list[int]]] = {}
    for name, days in roadmap(files, period):
        pilot, _, place = name.partition("/roadmap/steps/")
        if place.endswith("/overdue") and days is not None:
            late.setdefault(pilot, {}).setdefault("steps", [])
        if place.endswith("/overdue_days") and days:
            late.setdefault(pilot, {}).setdefault("steps", []).append(int(str(days)))
    told = dict(actions(files, period))
    for review in files.reviews.values():
        for action in review.get("actions") or []:
            days = told[f"{review['id']}~{action['id']}/days_late"]
            if days:
                own = late.setdefault(review["pilot"], {})
                own.setdefault("actions", []).append(int(str(days)))
    for pilot, found in late.items():
        for name in ("steps", "actions"):
            yield f"overdue~{pilot}/{name}", len(found.get(name, []))
        yield f"overdue~{pilot}/longest", max(days for own in found.values() for days in own)


def actions(files: Files, period: Span) -> Named:
    """(name below the actions, figure) of how late each action is."""
    for review in files.reviews.values():
        for action in review.get("actions") or []:
            under_way = action.get("status", "open") in ("open", "doing")
            due = _day(action.get("due"))
            late = (period.last - due).days if under_way and due and due < period.last else 0
            yield f"{review['id']}~{action['id']}/days_late", late
            yield f"{review['id']}~{action['id']}/overdue", late > 0
            yield f"{review['id']}~{action['id']}/open", under_way
