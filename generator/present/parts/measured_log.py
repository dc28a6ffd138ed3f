"""What the log of a process tells, in words and tables, for the page of the process."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from generator.compute.figures import Figures
from generator.compute.insight.log_agreement import log_agreements
from generator.compute.insight.named import named
from generator.model.indicator import Indicator
from generator.model.measured import Detour, Measured, MeasuredMap, MeasuredStep, MeasuredTime
from generator.model.process import Process, TimeSpan
from generator.present.parts.log_groups import GroupNames, GroupTables
from generator.present.parts.log_words import SHOWN_PERIODS, VARIANT_HEADS, WAY_HEADS, LogTable, LogWords
from generator.present.text.format import Format
from generator.present.text.value_text import value_text

DETOURS = 5
HOURS = {"h", "hour", "hours", "小时", "时"}
DAYS = {"d", "day", "days", "working days", "天", "日", "工作日"}
"""Units of indicators, as people write them."""


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
    views = [_Words(form, process, found, one, GroupNames(shown, pilots)).view() for one in found.maps]
    since = _before_and_since(form, process, found, pilots)
    return (*views[:-1], replace(views[-1], said=(*since, *views[-1].said)))


def _before_and_since(
    form: Format, process: Process, found: Measured, pilots: Mapping[str, str]
) -> list[str]:
    """The middle of both maps' cases side by side, where both were measured: of all, and of each pilot."""
    told = {one.map: one for one in found.maps if one.throughput is not None}
    if len(told) < 2:
        return []

    def beside(key: str, own: str, times: Mapping[str, MeasuredTime | None], **names: str) -> list[str]:
        for name, time in times.items():
            at = f"processes/{process.id}/measured/{name}/{own}throughput"
            if time is not None:
                names[name] = form.hours(named(time.median, f"{at}/median"), found.hours_per_day)
                names[f"{name}_n"] = form.number(named(time.n, f"{at}/n"))
        return [form.words(f"process.log.{key}", **names)]

    whole: dict[str, MeasuredTime | None] = {name: one.throughput for name, one in told.items()}
    said = beside("before_since", "", whole, date=form.date(told["to_be"].since))
    times = {
        name: {group.value: group.throughput for group in one.groups if group.by == "pilot"}
        for name, one in told.items()
    }
    for id_, pilot in pilots.items():
        if all(id_ in own for own in times.values()):
            both: dict[str, MeasuredTime | None] = {name: own[id_] for name, own in times.items()}
            said += beside("pilot_before_since", f"groups/pilot={id_}/", both, pilot=pilot)
    return said


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


class _Words(LogWords):
    """Puts what was measured of one map into words."""

    def __init__(
        self, form: Format, process: Process, found: Measured, one: MeasuredMap, groups: GroupNames
    ) -> None:
        super().__init__(form, process, found, one)
        self.groups = groups

    def view(self) -> LogView:
        title = self.words(f"sections.processes.process.{self.one.map}")
        tables = (
            self._times(), self._ways(), self._variants(), self._hand_overs(), self._periods(),
            *GroupTables(self, self.groups).tables(),
        )  # fmt: skip
        return LogView(title, tuple(self._said()), tuple(table for table in tables if table.rows))

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
            said.append(self.time("process.log.throughput", one.throughput, "throughput"))
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

    def _detour(self, detour: Detour, at: str) -> str:
        return self.words(
            f"process.log.detour.{detour.kind}",
            before=self.name(detour.before),
            after=self.name(detour.after),
            share=self.share(detour.share, f"{at}/share"),
            cases=self.number(detour.cases, f"{at}/cases"),
        )

    # -- tables

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
        return self.table("times", ("step", "wait", "touch", "visits", "repeats", "machines"), rows)

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
        return self.time(key if said else f"{key}_alone", time, f"steps/{step.id}/{what}", written=said)

    def _ways(self) -> LogTable:
        rows = [self.way(way, f"ways/{way.gateway}>{way.to}") for way in self.one.ways]
        return self.table("ways", WAY_HEADS, rows)

    def _variants(self) -> LogTable:
        rows = [
            self.variant(variant, f"variants/{place}") for place, variant in enumerate(self.one.variants, 1)
        ]
        return self.table("variants", VARIANT_HEADS, rows)

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
        return self.table("hand_overs", ("lanes", "n", "per_case"), rows)

    def _periods(self) -> LogTable:
        rows = []
        months = {group.value: group for group in self.one.groups if group.by == "period"}
        for month in self.one.periods[-SHOWN_PERIODS:]:
            at, group = f"periods/{month.period}", months.get(str(month.period))
            own = f"groups/period={month.period}"
            rows.append(
                (
                    self.form.period(month.period),
                    self.number(month.arrivals, f"{at}/arrivals"),
                    self.number(month.ended, f"{at}/ended"),
                    self.number(month.in_progress, f"{at}/in_progress"),
                    self.hours(group.throughput.median, f"{own}/throughput/median") if group else "",
                    self.share(group.first_pass, f"{own}/first_pass") if group else "",
                    self.queues(month.queues, at),
                )
            )
        heads = ("period", "arrivals", "ended", "in_progress", "took", "first_pass", "queues")
        return self.table("periods", heads, rows)
