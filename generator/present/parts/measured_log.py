"""What the log of a process tells, in words and tables, for the page of the process."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from generator.compute.figures import Figures
from generator.compute.insight.log_agreement import log_agreements
from generator.compute.insight.named import named
from generator.model.indicator import Indicator
from generator.model.measured import Detour, Measured, MeasuredGroup, MeasuredMap, MeasuredStep, MeasuredTime
from generator.model.process import Process, Step, TimeSpan
from generator.present.text.format import Format
from generator.present.text.value_text import value_text

SHOWN_PERIODS, DETOURS = 12, 5
OF_WORDS = ("step", "wait", "touch", "gateway", "way", "on_map", "lanes", "period", "queues", "group", "both")
"""Heads of columns that are no numbers; a step's wait and work are sentences."""
HOURS = {"h", "hour", "hours", "小时", "时"}
DAYS = {"d", "day", "days", "working days", "天", "日", "工作日"}
"""Units of indicators, as people write them."""
Cells = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LogTable:
    """A table: its heading, the heads of its columns, and its rows, whose first cell is the row's head."""

    title: str
    heads: tuple[str | tuple[str, str], ...]
    """Of a column of numbers with its class."""
    rows: tuple[Cells, ...]


@dataclass(frozen=True, slots=True)
class LogView:
    """One map as the log has it."""

    title: str
    said: tuple[str, ...]
    tables: tuple[LogTable, ...]


def log_views(figures: Figures, form: Format, process: Process) -> tuple[LogView, ...]:
    """Each map that cases were measured of, before and after the change."""
    found = figures.catalogue.measured.get(process.id)
    if found is None:
        return ()
    shown = {
        dimension.id: {id_: form.text(name) for id_, name in dimension.values.items()}
        for dimension in figures.catalogue.handbook.dimensions
    }
    pilots = {id_: form.text(pilot.name) for id_, pilot in figures.catalogue.pilots.items()}
    views = [_Words(form, process, found, one, _Groups(shown, pilots)).view() for one in found.maps]
    since = _before_and_since(form, process, found)
    return (*views[:-1], replace(views[-1], said=(since, *views[-1].said))) if since else tuple(views)


def _before_and_since(form: Format, process: Process, found: Measured) -> str:
    """The middle of both maps' cases side by side, where both were measured."""
    told = {one.map: one for one in found.maps if one.throughput is not None}
    if len(told) < 2:
        return ""
    names: dict[str, str] = {}
    for name, one in told.items():
        at = f"processes/{process.id}/measured/{name}/throughput"
        time = one.throughput
        if time is not None:
            names[name] = form.hours(named(time.median, f"{at}/median"), found.hours_per_day)
            names[f"{name}_n"] = form.number(named(time.n, f"{at}/n"))
    return form.words("process.log.before_since", date=form.date(told["to_be"].since), **names)


def agreement_lines(figures: Figures, form: Format, process: Process) -> tuple[str, ...]:
    """Whether the process's indicators and its log agree, and why not, a sentence each."""
    words, catalogue, lines = form.words, figures.catalogue, []
    found = log_agreements(figures, process)
    measured = catalogue.measured.get(process.id)
    day = measured.hours_per_day if measured is not None else 8
    for one in found:
        indicator = catalogue.indicators[one.indicator]
        system = form.text(indicator.source.system) if indicator.source else words("process.log.no_system")
        by_log = form.valued(one.by_log, indicator)
        state: str = one.state
        if one.state == "elsewhere" and one.by_log is not None:
            state = "beside"
            by_log = _by_log(form, indicator, one.by_log, day, time=one.figure == "cycle_time")
        lines.append(
            words(
                f"process.log.agreement.{state}",
                indicator=form.text(indicator.name),
                system=system,
                period=form.period(one.period) if one.period else "",
                told=value_text(form, one.told, indicator) if one.told else "",
                by_log=by_log,
            )
        )
    if any(one.state != "elsewhere" for one in found):
        lines.append(words("process.log.agreement.months"))
    return tuple(lines)


def _by_log(form: Format, indicator: Indicator, value: float, day: float, *, time: bool) -> str:
    """A figure of the log beside an indicator of another source: hours, in its unit where that is a time."""
    if not time:
        return form.share(value, 1)
    named_unit = {said.casefold() for said in indicator.unit.all()} if indicator.unit else set()
    for unit, of_it in ((HOURS, 1.0), (DAYS, day)):
        if named_unit & unit:
            return form.valued(value / of_it, indicator)
    return form.hours(value, day)


@dataclass(frozen=True, slots=True)
class _Groups:
    """Which groups an edition tells: of its dimensions, and of the pilots that it has, by their names."""

    dimensions: Mapping[str, Mapping[str, str]]
    pilots: Mapping[str, str]

    def name(self, group: MeasuredGroup) -> str:
        """What the group is called; empty for one that is not told."""
        if group.by == "pilot":
            return self.pilots.get(group.value, "")
        if group.by not in self.dimensions:
            return ""
        return self.dimensions[group.by].get(group.value, group.value)


class _Words:
    """Puts what was measured of one map into words."""

    def __init__(
        self, form: Format, process: Process, found: Measured, one: MeasuredMap, groups: _Groups
    ) -> None:
        self.form, self.words, self.groups = form, form.words, groups
        self.process, self.one, self.day = process, one, found.hours_per_day
        self.at = f"processes/{process.id}/measured/{one.map}"
        drawn = dict(process.maps.drawn).get(one.map)
        self.steps: dict[str, Step] = {step.id: step for step in drawn.steps} if drawn else {}
        self.lanes = {lane.id: form.text(lane.name) for lane in process.lanes}

    def view(self) -> LogView:
        title = self.words(f"sections.processes.process.{self.one.map}")
        tables = (
            self._times(), self._ways(), self._variants(), self._hand_overs(), self._periods(),
            self._groups(), self._group_steps(),
        )  # fmt: skip
        return LogView(title, tuple(self._said()), tuple(table for table in tables if table.rows))

    def hours(self, hours: float, at: str) -> str:
        """Hours under the name that they have in the export."""
        return self.form.hours(self.named(hours, at), self.day)

    def number(self, value: float, at: str, decimals: int = 0) -> str:
        return self.form.number(self.named(value, at), decimals)

    def share(self, value: float, at: str) -> str:
        return self.form.share(self.named(value, at), 1)

    def named(self, value: float, at: str) -> float:
        """A value of a dimension with a slash in it would be two names."""
        return named(value, f"{self.at}/{at}") if at else value

    def name(self, id_: str | None) -> str:
        if id_ is None:
            return ""
        return self.form.step(self.steps[id_]) if id_ in self.steps else id_.removeprefix("=")

    # -- sentences

    def _said(self) -> list[str]:
        one, words = self.one, self.words
        said = [
            words(
                "process.log.cases",
                since=self.form.date(one.since),
                until=self.form.date(one.until),
                cases=self.number(one.cases, "cases"),
                ended=self.number(one.ended, "ended"),
                open=self.number(one.open, "open"),
            )
        ]
        if one.open_h is not None:
            said.append(words("process.log.open", time=self.hours(one.open_h, "open_h")))
        if one.throughput is not None:
            said.append(self._time("process.log.throughput", one.throughput, "throughput"))
        if one.with_open is not None and one.open:
            said.append(words("process.log.with_open", time=self.hours(one.with_open, "with_open")))
        for key, share in (
            ("first_pass", one.first_pass),
            ("waiting_share", one.waiting_share),
            ("automation", one.automation),
            ("follows", one.follows),
        ):
            if share is not None:
                said.append(words(f"process.log.{key}", share=self.share(share, key)))
        said += [
            self._detour(detour, f"detours/{place}") for place, detour in enumerate(one.detours[:DETOURS], 1)
        ]
        if len(one.detours) > DETOURS:
            said.append(words.count("process.log.detours_more", len(one.detours) - DETOURS))
        for key, names in (
            ("unseen", [self.name(id_) for id_ in one.unseen]),
            ("unmapped", [item.activity for item in one.unmapped]),
            ("untold", [self.name(id_) for id_ in one.untold]),
        ):
            if names:
                said.append(words(f"process.log.{key}", names=self.form.listed(names)))
        if one.withheld:
            said.append(words("process.log.withheld"))
        return said

    def _time(self, key: str, time: MeasuredTime, at: str, **names: str) -> str:
        return self.words(
            key,
            mean=self.hours(time.mean, at and f"{at}/mean"),
            median=self.hours(time.median, at and f"{at}/median"),
            p90=self.hours(time.p90, at and f"{at}/p90"),
            n=self.number(time.n, at and f"{at}/n"),
            **names,
        )

    def _detour(self, detour: Detour, at: str) -> str:
        return self.words(
            f"process.log.detour.{detour.kind}",
            before=self.name(detour.before),
            after=self.name(detour.after),
            share=self.share(detour.share, f"{at}/share"),
            cases=self.number(detour.cases, f"{at}/cases"),
        )

    # -- tables

    def _table(self, name: str, heads: tuple[str, ...], rows: Sequence[Cells]) -> LogTable:
        """A column that no row has anything in is left out: not every log names machines, or has queues."""
        title = self.words(f"process.log.table.{name}")
        kept = [place for place in range(len(heads)) if any(row[place] for row in rows)]
        rows = [tuple(row[place] for place in kept) for row in rows]
        named_heads = ((heads[place], self.words(f"process.log.head.{heads[place]}")) for place in kept)
        told = tuple(words if head in OF_WORDS else (words, "hb-num") for head, words in named_heads)
        return LogTable(title, told, tuple(rows))

    def _times(self) -> LogTable:
        rows = [
            (
                self.name(step.id),
                self._beside(step, "wait"),
                self._beside(step, "touch"),
                self.number(step.visits, f"steps/{step.id}/visits"),
                self.share(step.repeats, f"steps/{step.id}/repeats"),
                self.share(step.machines, f"steps/{step.id}/machines") if step.machines is not None else "",
            )
            for step in self.one.steps
            if step.wait or step.touch or step.total
        ]
        return self._table("times", ("step", "wait", "touch", "visits", "repeats", "machines"), rows)

    def _beside(self, step: MeasuredStep, what: str) -> str:
        """What the map says beside what was measured; both together where they cannot be told apart."""
        drawn = self.steps.get(step.id)
        written: TimeSpan | None = getattr(drawn, what) if drawn is not None else None
        said = self.form.duration(written.mean) if written is not None else ""
        time: MeasuredTime | None = getattr(step, what)
        key = "process.log.beside"
        if time is None and what == "wait" and step.total is not None:
            time, key, what = step.total, "process.log.beside_total", "total"
        if time is None:
            return self.words("process.log.written", written=said) if said else ""
        return self._time(key if said else f"{key}_alone", time, f"steps/{step.id}/{what}", written=said)

    def _ways(self) -> LogTable:
        rows = []
        for way in self.one.ways:
            gate = self.steps.get(way.gateway)
            link = next((link for link in gate.next if link.to == way.to), None) if gate else None
            written = self.form.share(link.share, 1) if link is not None and link.share is not None else ""
            label = self.form.text(link.label) if link is not None and link.label else self.name(way.to)
            at = f"ways/{way.gateway}>{way.to}"
            rows.append((self.name(way.gateway), label, written, self.share(way.share, f"{at}/share"),
                         self.number(way.n, f"{at}/n")))  # fmt: skip
        return self._table("ways", ("gateway", "way", "written", "measured", "n"), rows)

    def _variants(self) -> LogTable:
        arrow = self.words("punctuation.arrow")
        rows = [
            (
                arrow.join(self.name(id_) for id_ in variant.steps),
                self.number(variant.cases, f"variants/{place}/cases"),
                self.share(variant.share, f"variants/{place}/share"),
                self.hours(variant.median, f"variants/{place}/median"),
                self.words(f"process.log.on_map.{'yes' if variant.follows else 'no'}"),
            )
            for place, variant in enumerate(self.one.variants, 1)
        ]
        return self._table("variants", ("way", "cases", "share", "median", "on_map"), rows)

    def _hand_overs(self) -> LogTable:
        rows = [
            (
                self.words("punctuation.arrow").join((self.lanes[over.before], self.lanes[over.after])),
                self.number(over.n, f"hand_overs/{over.before}>{over.after}/n"),
                self.number(over.per_case, f"hand_overs/{over.before}>{over.after}/per_case", 2),
            )
            for over in self.one.hand_overs
            if over.before in self.lanes and over.after in self.lanes
        ]
        return self._table("hand_overs", ("lanes", "n", "per_case"), rows)

    def _periods(self) -> LogTable:
        rows = []
        months = {group.value: group for group in self.one.groups if group.by == "period"}
        for month in self.one.periods[-SHOWN_PERIODS:]:
            at, group = f"periods/{month.period}", months.get(str(month.period))
            own = f"groups/period={month.period}"
            longest = sorted(month.queues.items(), key=lambda item: (-item[1], item[0]))[:2]
            queues = [
                self.words("process.log.queue", step=self.name(id_), n=self.number(n, f"{at}/queues/{id_}"))
                for id_, n in longest
            ]
            rows.append(
                (
                    self.form.period(month.period),
                    self.number(month.arrivals, f"{at}/arrivals"),
                    self.number(month.ended, f"{at}/ended"),
                    self.number(month.in_progress, f"{at}/in_progress"),
                    self.hours(group.throughput.median, f"{own}/throughput/median") if group else "",
                    self.share(group.first_pass, f"{own}/first_pass") if group else "",
                    self.form.join(queues) if queues else "",
                )
            )
        heads = ("period", "arrivals", "ended", "in_progress", "took", "first_pass", "queues")
        return self._table("periods", heads, rows)

    def _groups(self) -> LogTable:
        rows = []
        for group in self.one.groups:
            if not self.groups.name(group):
                continue
            at = f"groups/{group.by}={group.value}" if "/" not in group.value else ""
            of = f"{at}/throughput" if at else ""
            rows.append(
                (
                    self.groups.name(group),
                    self.number(group.throughput.n, of and f"{of}/n"),
                    self.hours(group.throughput.median, of and f"{of}/median"),
                    self.hours(group.throughput.p90, of and f"{of}/p90"),
                    self.share(group.first_pass, at and f"{at}/first_pass"),
                )
            )
        return self._table("groups", ("group", "n", "median", "p90", "first_pass"), rows)

    def _group_steps(self) -> LogTable:
        """Steps by pilot and dimension: where one group waits and another does not."""
        rows = []
        for group in self.one.groups:
            if not self.groups.name(group):
                continue
            at = f"groups/{group.by}={group.value}/steps" if "/" not in group.value else ""
            for step in group.steps:
                of = at and f"{at}/{step.id}"
                times = [
                    self._time("process.log.beside_alone", time, of and f"{of}/{what}") if time else ""
                    for what, time in (("wait", step.wait), ("touch", step.touch), ("total", step.total))
                ]
                if any(times):
                    visits = self.number(step.visits, of and f"{of}/visits")
                    repeats = self.share(step.repeats, of and f"{of}/repeats")
                    rows.append((self.groups.name(group), self.name(step.id), *times, visits, repeats))
        heads = ("group", "step", "wait", "touch", "both", "visits", "repeats")
        return self._table("group_steps", heads, rows)
