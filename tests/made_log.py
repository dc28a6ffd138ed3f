"""A simulator of a process with known truth: working hours, queues, rework, open cases.

Nothing of it is of the product. Time runs in working hours from the first moment on; only what is written has
dates. Its calendar goes day by day, with a lunch break, holidays and a worked Saturday, and knows no table.
"""

from __future__ import annotations

import csv
import heapq
import random
from bisect import bisect_right
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path

PROCESS = """
id: repair
name: Repair
time: {basis: working, hours_per_day: 8}
lanes: [{id: desk, name: Desk}, {id: shop, name: Shop}]
log:
  table: events
  machines: [robot]
  by: [region]
  calendar: {hours: ["09:00-12:00", "13:00-18:00"], off: [2024-05-01, 2024-10-01, 2024-10-02, 2025-01-01], work: [2024-09-28]}
maps:
  as_is:
    steps:
      - {id: start, event: start, lane: desk, next: [check]}
      - {id: check, lane: desk, name: Check, touch: 2h, next: [ways]}
      - {id: ways, gateway: xor, lane: desk, next: [{to: bill, share: 0.5}, {to: repair, share: 0.5}]}
      - {id: repair, lane: shop, name: Repair, touch: 4h, next: [test]}
      - {id: test, lane: shop, name: Test, touch: 1h, next: [sound]}
      - {id: sound, gateway: xor, lane: shop, next: [{to: repair, share: 0.1, rework: true}, {to: bill, share: 0.9}]}
      - {id: bill, lane: desk, name: Bill, touch: 1h, next: [end]}
      - {id: end, event: end, lane: desk}
"""  # noqa: E501
"""The process that is simulated."""
FIRST = date(2024, 1, 1)
OFF = {date(2024, 5, 1), date(2024, 10, 1), date(2024, 10, 2), date(2025, 1, 1)}
WORKED = {date(2024, 9, 28)}
MORNING, AFTERNOON = 3.0, 5.0
DAY = MORNING + AFTERNOON

SERVERS = {"check": 3, "repair": 6, "test": 2, "bill": 1}
TOUCH = {"check": (2.0, 0.5), "repair": (4.0, 2.0), "test": (1.0, 0.6), "bill": (0.3, 0.1)}
"""Mean and standard deviation, in hours."""
AGAIN = 0.2
"""Share of the tests after which a case goes back to the repair."""
EXPRESS = 0.3
"""Share of the checks after which it is billed at once."""
EVERY = 0.85
"""Hours between two arrivals, on average."""


def working_days(number: int) -> list[date]:
    """The first so many days that are worked."""
    found, day = [], FIRST
    while len(found) < number:
        if day in WORKED or (day.weekday() < 5 and day not in OFF):
            found.append(day)
        day += timedelta(1)
    return found


@dataclass
class Truth:
    """What happened, in working hours."""

    touch: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    wait: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    both: list[tuple[float, float]] = field(default_factory=list)
    """Wait and work of every visit of which both are known."""
    life: dict[int, float] = field(default_factory=dict)
    """Case → throughput time; of those that are done when the log ends."""
    begun: dict[int, float] = field(default_factory=dict)
    ways: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    rows: list[tuple[int, str, float, float | None, str]] = field(default_factory=list)
    end: float = 0.0


def simulated(cases: int, seed: int = 7, until: float = 0.98) -> Truth:
    """So many arrivals; the log ends when `until` of them have come."""
    chance = random.Random(seed)
    truth, now = Truth(), 0.0
    queue: list[tuple[float, int, str, float]] = []
    for case in range(cases):
        now += chance.expovariate(1 / EVERY)
        heapq.heappush(queue, (now, case, "check", now))
        if case == int(cases * until):
            truth.end = now
    free = {step: [0.0] * number for step, number in SERVERS.items()}
    while queue:
        at, case, step, since = heapq.heappop(queue)
        start = max(at, heapq.heappop(free[step]))
        mean, sd = TOUCH[step]
        work = chance.gammavariate((mean / sd) ** 2, sd * sd / mean)
        end = start + work
        heapq.heappush(free[step], end)
        record(truth, case, step, since, start, end)
        after = None
        if step == "check":
            after = "bill" if chance.random() < EXPRESS else "repair"
        elif step == "repair":
            after = "test"
        elif step == "test":
            after = "repair" if chance.random() < AGAIN else "bill"
        if after is not None:
            heapq.heappush(queue, (end, case, after, end))
        elif end <= truth.end:
            truth.life[case] = end - truth.begun[case]
    return truth


def record(truth: Truth, case: int, step: str, since: float, start: float, end: float) -> None:
    """Notes a visit as far as the log has it."""
    if start > truth.end:
        return
    first = case not in truth.begun
    truth.begun.setdefault(case, start)
    truth.ways[case].append(step)
    if not first:
        truth.wait[step].append(start - since)
    done = end <= truth.end
    if done:
        truth.touch[step].append(end - start)
        if not first:
            truth.both.append((start - since, end - start))
    who = "robot" if step == "bill" and case % 4 else f"person {case % 9}"
    truth.rows.append((case, step, start, end if done else None, who))


def written(truth: Truth, file: Path) -> None:
    """The log as a system exports it, to the microsecond."""
    last = max(end or start for _, _, start, end, _ in truth.rows)
    days = working_days(int(last / DAY) + 2)

    def moment(hours: float | None) -> str:
        if hours is None:
            return ""
        day, rest = days[int(hours / DAY)], hours % DAY
        begin = time(9) if rest < MORNING else time(13)
        rest -= 0 if rest < MORNING else MORNING
        return str(datetime.combine(day, begin) + timedelta(hours=rest))

    with file.open("w", encoding="utf-8", newline="") as opened:
        table = csv.writer(opened)
        table.writerow(["case", "activity", "start", "end", "resource", "region"])
        for case, step, start, end, who in truth.rows:
            region = "north" if case % 3 else "south"
            table.writerow([f"c{case}", step.title(), moment(start), moment(end), who, region])


def mean(values: list[float]) -> float:
    return sum(values) / len(values)


def spread(values: list[float]) -> float:
    middle = mean(values)
    return (sum((value - middle) ** 2 for value in values) / (len(values) - 1)) ** 0.5


def quantile(values: list[float], share: float) -> float:
    """Between the two neighbours, as most programs do it."""
    ordered = sorted(values)
    place = share * (len(ordered) - 1)
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (place - low) * (ordered[high] - ordered[low])


def waiting_at(truth: Truth, step: str, moment: float) -> int:
    """How many cases stood in a step's queue at a moment: those that joined it less those that left it."""
    joined, left = [], []
    for start, wait in truth_waits(truth, step):
        joined.append(start - wait)
        left.append(start)
    joined.sort()
    left.sort()
    return bisect_right(joined, moment) - bisect_right(left, moment)


def truth_waits(truth: Truth, step: str) -> list[tuple[float, float]]:
    """Start and wait of each visit that is not the first of its case."""
    seen: Counter[int] = Counter()
    starts = []
    for case, name, start, _, _ in truth.rows:
        if seen[case] and name == step:
            starts.append(start)
        seen[case] += 1
    return list(zip(starts, truth.wait[step], strict=True))
