"""Section 22 again: what the event log of a process tells, from its lines; processes in calendar time."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Container, Mapping, Sequence
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

from tests.recount.log_cases import Case, Named, Visit, hours, quantile, rounded, stats
from tests.recount.periods import Years, span

MOST_VARIANTS, MOST_DETOURS, MOST_UNMAPPED = 10, 12, 12
MOST_VARIANTS_OF_GROUP = 3


def logs(
    root: Path, processes: Mapping[str, Any], handbook: Mapping[str, Any], pilots: Sequence[str]
) -> Named:
    """Every process whose log is a table of data/raw and whose time is the calendar's."""
    for id_, process in processes.items():
        log = process.get("log") or {}
        file = root / "data/raw" / f"{log.get('table')}.csv"
        if (process.get("time") or {}).get("basis") == "calendar" and file.is_file():
            for name, figure in _Log(process, log, file, handbook, pilots).figures():
                yield f"processes/{id_}/measured/{name}", figure


class _Log:
    def __init__(
        self, process: Mapping[str, Any], log: Mapping[str, Any], file: Path, handbook: Mapping[str, Any],
        pilots: Sequence[str],
    ) -> None:  # fmt: skip
        self.process, self.log, self.pilots = process, log, pilots
        self.least = int(handbook.get("small_group", 5))
        self.starts = Years.of(handbook)
        self.maps = {name: one for name, one in process["maps"].items() if one}
        self.dimensions = [one["id"] for one in handbook.get("dimensions") or []]
        self.cases = self._read(file)

    def _read(self, file: Path) -> list[Case]:
        known = {}
        for drawn in self.maps.values():
            for step in drawn["steps"]:
                name = step.get("name")
                for word in (step["id"], *(name.values() if isinstance(name, dict) else [name])):
                    known.setdefault(word, step["id"])
        known.update(self.log.get("activities") or {})
        found: dict[str, list[Visit]] = defaultdict(list)
        with file.open(encoding="utf-8", newline="") as lines:
            for line in csv.DictReader(lines):
                start, end = (
                    datetime.fromisoformat(line[key]) if line.get(key) else None for key in ("start", "end")
                )
                step = known.get(line["activity"], f"={line['activity']}")
                groups = {key: line[key] for key in ("pilot", *self.log.get("by", ())) if line.get(key)}
                found[line["case"]].append(
                    Visit(line["case"], step, start, end, line.get("resource") or "", groups)
                )
        return [self._case(visits) for visits in found.values()]

    def _case(self, visits: list[Visit]) -> Case:
        visits.sort(key=lambda one: (one.at, one.lasts, one.step))
        for place, visit in enumerate(visits):
            ended = [one.end for one in visits if one.lasts and one is not visit and one.end <= visit.at]
            ended += [one.end or one.at for one in visits[:place] if not one.lasts]
            visit.prev = max(ended, default=None)
        return Case(visits)

    def figures(self) -> Named:
        since = (self.maps.get("to_be") or {}).get("since")
        begins = span(str(since), self.starts).first if since and "as_is" in self.maps else None
        until = max(one.last for one in self.cases).date()
        for name in self.maps:
            if name == "to_be" and "as_is" in self.maps and begins is None:
                continue
            own = [
                case for case in self.cases
                if begins is None or (case.visits[0].at.date() >= begins) == (name == "to_be")
            ]  # fmt: skip
            for place, figure in _Map(self, self.maps[name], own).figures(until):
                yield f"{name}/{place}", figure


class _Map:
    """One map with the cases that began while it was in force."""

    def __init__(self, log: _Log, drawn: Mapping[str, Any], cases: list[Case]) -> None:
        self.log, self.cases, self.least = log, cases, max(log.least, 1)
        self.steps = {step["id"]: step for step in drawn["steps"]}
        self.onward = {
            id_: [link["to"] if isinstance(link, dict) else link for link in step.get("next") or []]
            for id_, step in self.steps.items()
        }
        self.seen = {visit.step for case in cases for visit in case.visits} & self.steps.keys()
        first = [id_ for id_, step in self.steps.items() if step.get("event") == "start"] or list(self.steps)[
            :1
        ]
        self.follow: dict[str, set[str | None]] = {id_: set() for id_ in self.steps}
        self._follow()
        self.first = self._any_of(first)
        ends = set(log.log.get("ends") or ()) or {
            id_ for id_ in self.seen if None in self.follow[id_] or self.steps[id_].get("event") == "end"
        }
        for case in cases:
            last = case.visits[-1]
            case.done = last.step in ends and last.end is not None
            before = ""
            for visit in case.visits:
                allowed = self.first if not before else self.follow.get(before, set())
                if visit.step not in allowed:
                    case.off.append((before, visit.step))
                before = visit.step
        self.ends = ends

    def _follow(self) -> None:
        """What may come next in the log of each step, gateways too; None where the map ends before that.

        Told backwards from what a step is followed by, until nothing is added any more.
        """
        told, before = 0, -1
        while told != before:
            for id_, onward in self.onward.items():
                self.follow[id_] |= self._any_of(onward)
            told, before = sum(map(len, self.follow.values())), told

    def _any_of(self, ids: Sequence[str]) -> set[str | None]:
        """The ids that are in the log, and what follows on the others."""
        found: set[str | None] = set()
        for id_ in ids:
            if id_ in self.seen:
                found.add(id_)
            else:
                found |= self.follow[id_] if self.onward[id_] else {None}
        return found

    def figures(self, until: date) -> Named:
        cases, done = self.cases, [case for case in self.cases if case.done]
        yield "cases", len(cases)
        yield "ended", len(done)
        yield "open", len(cases) - len(done)
        top = max(case.last for case in self.log.cases)
        ages = [hours(case.visits[0].at, top) for case in cases if not case.done]
        yield "open_h", rounded(quantile(ages, Fraction(1, 2)), 4) if ages else None
        if len(done) >= self.least:
            for name, figure in stats([case.took for case in done]):
                yield f"throughput/{name}", figure
        yield "with_open", self._with_open(done, ages)
        yield "first_pass", rounded(Fraction(sum(case.once for case in done), len(done)), 6) if done else None
        yield from self._of_visits(cases)
        yield "variant_count", len({case.way for case in done})
        yield from self._variants(done, MOST_VARIANTS)
        yield from self._detours()
        yield from self._hand_overs()
        yield from self._months(self.cases, until)
        yield from self._groups(done, until)

    def _with_open(self, done: list[Case], ages: list[Fraction]) -> Fraction | None:
        """Kaplan and Meier: the first time at which at most half are still under way."""
        left, share = len(done) + len(ages), Fraction(1)
        took = Counter(case.took for case in done)
        gone = took + Counter(ages)
        for time in sorted(gone):
            share *= 1 - Fraction(took[time], left)
            left -= gone[time]
            if share <= Fraction(1, 2):
                return rounded(time, 4)
        return None

    def _steps(self, visits: list[Visit]) -> Named:
        machines = set(self.log.log.get("machines") or ())
        for id_ in self.seen:
            own = [one for one in visits if one.step == id_]
            cases = {one.case for one in own}
            if len(cases) < self.log.least:
                continue
            at = f"steps/{id_}"
            yield f"{at}/visits", len(own)
            yield f"{at}/cases", len(cases)
            yield f"{at}/repeats", rounded(Fraction(len(own) - len(cases), len(own)), 6)
            who = [one.resource for one in own if one.resource]
            yield (
                f"{at}/machines",
                rounded(Fraction(sum(one in machines for one in who), len(who)), 6) if who else None,
            )
            for part in ("wait", "work"):
                values = [value for one in own if (value := getattr(one, part)) is not None]
                if len(values) >= self.least:
                    for name, figure in stats(values):
                        yield f"{at}/{'touch' if part == 'work' else part}/{name}", figure

    def _variants(self, done: list[Case], most: int, kept: Container[tuple[str, ...]] | None = None) -> Named:
        ways: dict[tuple[str, ...], list[Case]] = defaultdict(list)
        for case in done:
            ways[case.way].append(case)
        common = sorted(ways.items(), key=lambda item: (-len(item[1]), "\x1f".join(item[0])))[:most]
        told = [own for way, own in common if len(own) >= self.least and (kept is None or way in kept)]
        for place, own in enumerate(told, 1):
            yield f"variants/{place}/cases", len(own)
            yield f"variants/{place}/share", rounded(Fraction(len(own), len(done)), 6)
            yield (
                f"variants/{place}/median",
                rounded(quantile([case.took for case in own], Fraction(1, 2)), 4),
            )

    def _detours(self) -> Named:
        number: Counter[tuple[str, str]] = Counter()
        for case in self.cases:
            number.update(set(case.off))
            if case.done and case.way[-1] in self.seen and None not in self.follow[case.way[-1]]:
                number[case.way[-1], ""] += 1
        told = [
            (n, before.removeprefix("="), after.removeprefix("="))
            for (before, after), n in number.items()
            if n >= self.least
        ]
        for place, (n, _, _) in enumerate(
            sorted(told, key=lambda one: (-one[0], *one[1:]))[:MOST_DETOURS], 1
        ):
            yield f"detours/{place}/cases", n
            yield f"detours/{place}/share", rounded(Fraction(n, len(self.cases)), 6)

    def _hand_overs(self) -> Named:
        number: Counter[tuple[str, str]] = Counter()
        inside: Counter[tuple[str, str]] = Counter()
        for case in self.cases:
            own: Counter[tuple[str, str]] = Counter()
            pairs = set()
            for a, b in zip(case.way, case.way[1:], strict=False):
                lanes = tuple(self.steps[one]["lane"] if one in self.steps else "" for one in (a, b))
                if all(lanes) and lanes[0] != lanes[1]:
                    own[lanes[0], lanes[1]] += 1
                    pairs.add((a, b, lanes[0], lanes[1]))
            number += own
            inside.update((one[2], one[3]) for one in pairs)
        for (a, b), n in number.items():
            if inside[a, b] >= self.log.least:
                yield f"hand_overs/{a}>{b}/n", n
                yield f"hand_overs/{a}>{b}/per_case", rounded(Fraction(n, len(self.cases)), 6)

    def _months(self, cases: list[Case], until: date) -> Named:
        came = Counter(_month(case.visits[0].at) for case in cases)
        ended = Counter(_month(case.last) for case in cases if case.done)
        joined: Counter[tuple[str, str]] = Counter()
        left: Counter[tuple[str, str]] = Counter()
        for case in cases:
            for visit in case.visits:
                if visit.wait is not None and visit.prev and visit.start:
                    joined[_month(visit.prev), visit.step] += 1
                    left[_month(visit.start), visit.step] += 1
        under, month = 0, min(came)
        last = max(name for name in (*came, *ended))
        while month <= _month(until):
            under += came[month] - ended[month]
            if month <= last or under:
                at = f"periods/{month}"
                yield f"{at}/arrivals", came[month]
                yield f"{at}/ended", ended[month]
                yield f"{at}/in_progress", under
                for step in {step for _, step in joined}:
                    n = sum(joined[one] for one in joined if one[1] == step and one[0] <= month)
                    n -= sum(left[one] for one in left if one[1] == step and one[0] <= month)
                    if n >= self.least:
                        yield f"{at}/queues/{step}", n
            year, number = int(month[:4]), int(month[5:])
            month = f"{year + number // 12}-{number % 12 + 1:02d}"

    def _groups(self, done: list[Case], until: date) -> Named:
        groups: dict[str, dict[str, list[Case]]] = defaultdict(lambda: defaultdict(list))
        for case in done:
            groups["period"][_month(case.last)].append(case)
        for case in self.cases:
            for by in ("pilot", *self.log.log.get("by", ())):
                values = [visit.groups[by] for visit in case.visits if by in visit.groups]
                groups[by][max(values, default="")].append(case)
        for by, parts in groups.items():
            ended = {value: [case for case in own if case.done] for value, own in parts.items()}
            told = self._told(by, {value: len(own) for value, own in ended.items()}, ended.keys())
            ways = defaultdict(Counter)
            for value, own in ended.items():
                for case in own:
                    ways[case.way][value] += 1
            for value in told:
                kept = [case for case in ended[value] if value in self._told(by, ways[case.way], told)]
                figures = [*self._group(parts[value], ended[value], kept)]
                if by != "period":
                    months = self._months(parts[value], until)
                    figures += [one for one in months if not one[0].endswith("/in_progress")]
                for name, figure in figures:
                    yield f"groups/{by}={value}/{name}", figure

    def _group(self, cases: list[Case], done: list[Case], kept: list[Case]) -> Named:
        for name, figure in stats([case.took for case in done]):
            yield f"throughput/{name}", figure
        yield "first_pass", rounded(Fraction(sum(case.once for case in done), len(done)), 6)
        yield from self._of_visits(cases)
        yield from self._variants(done, MOST_VARIANTS_OF_GROUP, {case.way for case in kept})

    def _of_visits(self, cases: list[Case]) -> Named:
        visits = [visit for case in cases for visit in case.visits]
        both = [(one.wait, one.work) for one in visits if one.wait is not None and one.work is not None]
        waits, work = sum(one[0] for one in both), sum(one[1] for one in both)
        yield "waiting_share", rounded(Fraction(waits, waits + work), 6) if waits + work else None
        yield "follows", rounded(1 - Fraction(sum(bool(case.off) for case in cases), len(cases)), 6)
        yield from self._steps(visits)

    def _told(self, by: str, cases: Mapping[str, int], among: Container[str]) -> set[str]:
        """Groups of enough cases and with a name, without those whose absence protects a small rest."""
        known = self.log.pilots if by == "pilot" else cases
        known = {value for value in known if value and value in among}
        told = {value for value in cases if value in known and cases[value] >= self.least}
        if by not in ("period", "pilot", *self.log.dimensions):
            return set()
        while told and 0 < sum(cases.values()) - sum(cases[value] for value in told) < self.least:
            told.remove(min(told, key=lambda value: (cases[value], value)))
        return told


def _month(day: date) -> str:
    return f"{day:%Y-%m}"
