"""Section 9 again: where indicators are used, and which of them to keep, to change or to retire."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from tests.recount.evidence import Ranked, long_periods, needed
from tests.recount.files import Files, Key
from tests.recount.periods import Span, following
from tests.recount.standing import OPEN, REACHED, Line, Told

Figure = Fraction | float | int | str | bool | None
Named = Iterator[tuple[str, Figure]]
VERDICTS = ("retire", "change", "early", "keep")
REFRESH = {"two-year": 731, "year": 366, "half": 184, "quarter": 92, "month": 31, "week": 7, "day": 1}


def in_use(indicator: Mapping[str, Any]) -> bool:
    """Whether somebody measures it."""
    return indicator.get("status", "active") in ("trial", "active")


def complete(files: Files, line: Line, period: Span) -> list[Told]:
    """The long periods that are over, whole and held against a target."""
    del files
    return [
        one
        for one in (line.longer if line.longer is not None else line.points)
        if one.status not in OPEN
        and (one.parts is None or one.parts[0] == one.parts[1])
        and one.period.last <= period.last
    ]


def is_chronic(files: Files, line: Line, period: Span) -> bool:
    """None of the last four reached the target."""
    last = complete(files, line, period)[-4:]
    return not line.key[2] and len(last) == 4 and not any(one.status in REACHED for one in last)


def goals(files: Files, told: Mapping[Key, Line], period: Span) -> Named:
    """(name below the evidence's goals, figure) of those to question."""
    for goal in files.strategy.get("goals") or []:
        own = [
            name
            for name, one in files.indicators.items()
            if in_use(one) and any(link["goal"] == goal["id"] for link in one.get("supports") or [])
        ]
        measured = [name for name in own if any(
            one.status not in OPEN for line in _lines(told, name) for one in line.points
        )]  # fmt: skip
        missed = [name for name in measured if _for_the_goal(files, told, name, period)]
        if 2 * len(missed) > len(measured):
            yield f"{goal['id']}/measured", len(measured)
            yield f"{goal['id']}/missed", len(missed)
            yield f"{goal['id']}/chronic/#", len(missed)


def _for_the_goal(files: Files, told: Mapping[Key, Line], name: str, period: Span) -> bool:
    """By the organisation's own series; without one, where every pilot misses it."""
    judged = [line for line in _lines(told, name) if any(one.status not in OPEN for one in line.points)]
    own = [line for line in judged if not line.key[1]] or judged
    return all(is_chronic(files, line, period) for line in own)


def _lines(told: Mapping[Key, Line], indicator: str) -> list[Line]:
    return [line for key, line in told.items() if key[0] == indicator and not key[2]]


def use_of(files: Files, name: str) -> dict[str, int]:
    """In how many places of each kind an indicator is used."""
    steps, chains = set(), set()
    for process in files.processes.values():
        chain = process.get("chain_indicators") or {}
        if name in (chain.get("cycle_time"), chain.get("first_pass_yield")):
            chains.add(process["id"])
        for drawn in (process.get("maps") or {}).values():
            for step in (drawn or {}).get("steps") or []:
                if name in (step.get("indicators") or []):
                    steps.add((process["id"], step["id"]))
    reviews = {
        review["id"]
        for review in files.reviews.values()
        if any(one.get("indicator") == name for one in review.get("problems") or [])
        or any((one.get("result") or {}).get("indicator") == name for one in review.get("actions") or [])
    }
    used = [one for one in files.indicators.values() if in_use(one)]
    return {
        "packs": sum(any(i["indicator"] == name for i in p.get("pack") or []) for p in files.pilots.values()),
        "steps": len(steps) + len(chains),
        "reviews": len(reviews),
        "cases": sum(
            name in (one.get("indicators") or []) and one.get("status") != "retired"
            for one in files.cases.values()
        ),
        "guards": sum(
            any((g["indicator"] if isinstance(g, dict) else g) == name for g in one.get("guardrails") or [])
            for one in used
        ),
        "drivers": sum(
            any(link["indicator"] == name for link in one.get("contributes_to") or []) for one in used
        ),
        "key_results": sum(
            result.get("indicator") == name
            for objective in files.strategy.get("objectives") or []
            for result in objective.get("key_results") or []
        ),
    }


class Proposals:
    """A proposal for every indicator in use."""

    def __init__(
        self,
        files: Files,
        told: Mapping[Key, Line],
        period: Span,
        found: Sequence[Ranked],
        values: Mapping[str, Any],
    ) -> None:
        self.files, self.told, self.period, self.found, self.values = files, told, period, found, values

    def figures(self) -> Named:
        """(name below the evidence, figure) of the proposals and of how many there are."""
        made = []
        for name, one in self.files.indicators.items():
            if in_use(one):
                verdict, reasons = self.verdict(name, one)
                made.append((VERDICTS.index(verdict), name))
                periods = long_periods(self.files, self.told, self.period, name)
                yield f"proposals/{name}/verdict", verdict
                yield f"proposals/{name}/periods", len(periods)
                for kind, count in use_of(self.files, name).items():
                    yield f"proposals/{name}/use/{kind}", count
                for place, (reason, count) in enumerate(reasons):
                    yield f"proposals/{name}/reasons/{place}/kind", reason
                    yield f"proposals/{name}/reasons/{reason}/n", count
        for place, (_, name) in enumerate(sorted(made)):
            yield f"proposals/{place}/indicator", name
        for verdict in ("keep", "change", "retire"):
            yield f"found/{verdict}", sum(VERDICTS[rank] == verdict for rank, _ in made)

    def verdict(self, name: str, one: Mapping[str, Any]) -> tuple[str, list[tuple[str, int]]]:
        """What is proposed, with (reason, how many)."""
        use = use_of(self.files, name)
        periods = len(long_periods(self.files, self.told, self.period, name))
        if reasons := self._retire(name, one, use, periods):
            praised = any(
                name in (case.get("indicators") or []) and case.get("status") == "adopted"
                for case in self.files.cases.values()
            )
            return "retire", [*reasons, *([("praised", 0)] if praised else [])]
        if 0 < periods < needed(self.files) and self._sorted_as(name) != "looks-good":
            return "early", [("few", periods)]
        if reasons := [
            (kind, 4 if kind in ("chronic", "too-soft") else 0) for kind in self._change(name, one, use)
        ]:
            return "change", reasons
        return "keep", list(self._keep(name, use))

    def _idle(self, name: str, one: Mapping[str, Any], use: Mapping[str, int]) -> bool:
        measured = any(point.value is not None for line in self._all(name) for point in line.points)
        used = use["packs"] or use["steps"] or use["reviews"]
        return not used and not measured and one.get("status", "active") == "active"

    def _all(self, name: str) -> list[Line]:
        return [line for key, line in self.told.items() if key[0] == name]

    def _retire(
        self, name: str, one: Mapping[str, Any], use: Mapping[str, int], periods: int
    ) -> list[tuple[str, int]]:
        heirs = any(
            name in (other.get("replaces") or []) and other.get("status", "active") == "active"
            for other in self.files.indicators.values()
        )
        idle, made = self._idle(name, one, use), []
        if idle and not any(use.values()):
            made.append(("idle", 0))
        if (heirs or one.get("replaced_by")) and not use["packs"]:
            made.append(("replaced", 0))
        if not use["packs"] and self._sorted_as(name) == "looks-good":
            made.append(("looks-good", 0))
        asked = bool(one.get("targets")) or any(self._states(line) for line in _lines(self.told, name))
        if not any(use.values()) and not idle and not asked:
            made.append(("unused", periods))
        return made

    @staticmethod
    def _states(line: Line) -> list[str]:
        points = line.longer if line.longer is not None else line.points
        return [one.status for one in points if one.status not in OPEN]

    def _told(self, line: Line, name: str) -> Any:
        place = f"@{line.key[1]}" if line.key[1] else ""
        return self.values.get(f"series/{line.key[0]}{place}/{name}")

    def _change(self, name: str, one: Mapping[str, Any], use: Mapping[str, int]) -> Iterator[str]:
        lines = [line for line in _lines(self.told, name) if any(p.value is not None for p in line.points)]
        if any(is_chronic(self.files, line, self.period) for line in lines):
            yield "chronic"
        if not use["guards"] and one.get("direction") != "range" and any(map(self._soft, lines)):
            yield "too-soft"
        purpose = one.get("supports") or one.get("contributes_to")
        if not purpose and any(self._told(line, "assurance") == "hit-and-miss" for line in lines):
            yield "no-goal"
        checked = (one.get("verified") or {}).get("on")
        changed = [h["date"] for h in one.get("history") or [] if h["change"] in ("definition", "formula")]
        if checked and any(str(day) > str(checked) for day in changed):
            yield "void"
        packs = [i for p in self.files.pilots.values() for i in p.get("pack") or [] if i["indicator"] == name]
        asked = one.get("targets") or any(i.get("targets") for i in packs) or one.get("direction") == "range"
        if use["packs"] and not asked:
            yield "no-target"
        newest = [
            max((p.period for p in line.points if p.value is not None), key=lambda span: span.last)
            for line in self._all(name)
            if any(p.value is not None for p in line.points)
        ]
        if not newest:
            yield "no-data"
        elif self._due(one, max(newest, key=lambda span: span.last)) < self._over():
            yield "late"
        if not any(use.values()) and not self._idle(name, one, use):
            yield "no-place"
        if self._sorted_as(name) == "looks-good":
            yield "looks-good"

    def _sorted_as(self, name: str) -> str:
        """What the newest workshop that sorted an indicator said of it; empty without one."""
        held = sorted(self.files.workshops.values(), key=lambda one: (str(one["date"]), one["id"]))
        said = [
            item["serves"]
            for one in reversed(held)
            for item in one.get("indicators") or []
            if item.get("indicator") == name
        ]
        return str(said[0]) if said else ""

    def _due(self, one: Mapping[str, Any], newest: Span) -> date:
        refresh = (one.get("source") or {}).get("refresh")
        return following(newest, self.files.starts).last + timedelta(days=REFRESH.get(refresh, 0))

    def _over(self) -> date:
        """Up to which day the period is over: the newest day that a final value's period ends on, that any
        value's begins on, or that results were taken on; the period's end where nothing is of it yet."""
        valued = [row for row in self.files.rows if row.value is not None]
        if all(row.period.last < self.period.first for row in valued):
            return self.period.last
        days = {row.period.first for row in valued} | {row.as_of for row in self.files.rows if row.as_of}
        final = {row.period.last for row in valued if row.status not in ("provisional", "estimate")}
        return min(self.period.last, max(days | final))

    def _soft(self, line: Line) -> bool:
        """Reached four times running, and the normal range lies wholly beyond the target."""
        last = complete(self.files, line, self.period)[-4:]
        if len(last) < 4 or not all(one.status in REACHED for one in last):
            return False
        newest = max((one for one in line.points if one.value is not None), key=lambda one: one.period.last)
        target = newest.bar.target
        if self._told(line, "assurance") != "met" or target is None:
            return False
        low = self._told(line, f"points/{newest.period.name}/lower")
        high = self._told(line, f"points/{newest.period.name}/upper")
        edge = 1e-9 * abs(float(target))
        if self.files.indicators[line.key[0]].get("direction") == "lower":
            return high is not None and high < float(target) - edge
        return low is not None and low > float(target) + edge

    def _keep(self, name: str, use: Mapping[str, int]) -> Iterator[tuple[str, int]]:
        better = [
            one for one in self.found if one.claim.indicator == name and one.group in ("gained", "at-a-cost")
        ]
        if better:
            yield "improved", 0
        lines = [line for line in _lines(self.told, name) if any(p.value is not None for p in line.points)]
        if any(self._told(line, "variation") == "improvement" for line in lines):
            yield "moving", 0
        newest = [states[-1] for line in lines if (states := self._states(line))]
        for kind, states in (("met", REACHED), ("near", ("near",)), ("watch", ("missed",))):
            if any(state in states for state in newest):
                yield kind, 0
        if use["guards"]:
            yield "guard", use["guards"]
        if self._sorted_as(name) == "execution":
            yield "serves", 0
        if not newest:
            yield "recorded", 0
