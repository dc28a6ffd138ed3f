"""Writes the event log of the invented hospital's discharges: `python examples/hospital/draw_log.py`.

Every moment is drawn by a fixed seed. What was put in is what the process's page should say: the letter waits
longer than people think and comes back from the pharmacy, the bill waits less; the new way takes two thirds
of the time, but on ward C.
After it: `handbook measure examples/hospital`.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

OLD = {
    "Decision": (0, 0),
    "Letter": (1.7, 40),
    "Medicines": (3.3, 20),
    "Papers": (0.6, 15),
    "Bill": (0.9, 20),
}
NEW = {"Decision": (0, 0), "Draft": (1.2, 20), "Bedside pharmacist": (1.7, 25), "Bedside papers": (0.9, 15)}
"""Mean wait before it in hours, work on it in minutes."""
FETCHED = (1.1, 10)
SPANS = (
    ("ward-a", OLD, "2024-02-01", "2024-06-20", 75),
    ("ward-b", OLD, "2024-02-01", "2024-06-20", 60),
    ("ward-c", OLD, "2024-02-01", "2024-06-20", 60),
    ("ward-a", NEW, "2024-07-08", "2025-06-30", 110),
    ("ward-b", NEW, "2025-01-13", "2025-06-30", 55),
    ("ward-c", NEW, "2025-02-10", "2025-06-30", 40),
)
"""A ward, its way, from, to, how many. Nothing is recorded of a ward between the two ways."""
LATE = {"ward-c": {"Bedside pharmacist": 2.6}}
"""The ward without a pharmacist of its own waits so many times as long for one."""
AGAIN, SKIPPED, SWAPPED, CALLED = 0.1, 0.06, 0.05, 0.08
"""Letters that come back · papers left out · the bill before the papers · calls to the pharmacy."""


@dataclass(frozen=True)
class Event:
    """A line of the log; a decision has no length."""

    activity: str
    start: datetime | None
    end: datetime | None


def one_case(
    dice: random.Random, ward: str, way: dict[str, tuple[float, int]], begun: datetime
) -> list[Event]:
    """What happens to one patient."""
    names = list(way)
    if way is OLD:
        if dice.random() < AGAIN:
            names.insert(names.index("Medicines") + 1, "Letter")
            names.insert(names.index("Papers"), "Medicines")
        if dice.random() < SKIPPED:
            names.remove("Papers")
        elif dice.random() < SWAPPED:
            names[-2:] = ["Bill", "Papers"]
        if dice.random() < CALLED:
            names.insert(names.index("Medicines"), "Call to the pharmacy")
    elif dice.random() < SKIPPED:
        names.remove("Draft")
    now, events = begun, []
    for name in (*names, "Fetched"):
        if name == "Decision":
            events.append(Event(name, None, now))
            continue
        wait, work = {**way, "Fetched": FETCHED}.get(name, (0.2, 5))
        wait *= LATE.get(ward, {}).get(name, 1)
        now += timedelta(minutes=round(60 * wait * dice.gammavariate(4, 0.25)))
        start, now = now, now + timedelta(minutes=max(1, round(work * dice.gammavariate(9, 1 / 9))))
        events.append(Event(name, start, now))
    return events


def cases() -> Iterator[tuple[str, list[Event]]]:
    """A ward and the events of a case, ward by ward."""
    dice = random.Random(11)
    for ward, way, first, last, number in SPANS:
        begin, end = datetime.fromisoformat(first), datetime.fromisoformat(last)
        for day in sorted(dice.randrange((end - begin).days + 1) for _ in range(number)):
            at = begin + timedelta(days=day, hours=8, minutes=dice.randrange(150))
            yield ward, one_case(dice, ward, way, at)


def log() -> str:
    """The log as it stood on its last day at noon: who was on the way then is."""
    until = datetime.fromisoformat("2025-06-30T12:00")
    lines = ["case,activity,start,end,pilot"]
    for number, (ward, events) in enumerate(cases(), 1):
        for event in events:
            if (event.start or event.end or until) >= until:
                continue
            end = event.end if event.end and event.end < until else None
            moments = (f"{moment:%Y-%m-%dT%H:%M}" if moment else "" for moment in (event.start, end))
            lines.append(",".join((f"d{number:03}", event.activity, *moments, ward)))
    return "\n".join(lines) + "\n"


def main() -> None:
    """One file under data/raw."""
    target = Path(__file__).parent / "data/raw/discharges.csv"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(log(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
