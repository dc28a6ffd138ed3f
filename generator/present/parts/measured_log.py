"""What the log of a process tells, in words and tables, for the page of the process."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from generator.compute.figures import Figures
from generator.model.measured import Detour, Measured, MeasuredGroup, MeasuredMap, MeasuredStep, MeasuredTime
from generator.model.process import Process, Step, TimeSpan
from generator.present.text.format import Format

SHOWN_PERIODS, DETOURS = 12, 5
Cells = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LogTable:
    """A table: its heading, the heads of its columns, and its rows, whose first cell is the row's head."""

    title: str
    heads: Cells
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
    shown = frozenset(dimension.id for dimension in figures.catalogue.handbook.dimensions)
    pilots = {id_: form.text(pilot.name) for id_, pilot in figures.catalogue.pilots.items()}
    return tuple(_Words(form, process, found, one, _Groups(shown, pilots)).view() for one in found.maps)


@dataclass(frozen=True, slots=True)
class _Groups:
    """Which groups an edition tells: of its dimensions, and of the pilots that it has, by their names."""

    dimensions: frozenset[str]
    pilots: Mapping[str, str]

    def name(self, group: MeasuredGroup) -> str:
        """What the group is called; empty for one that is not told."""
        if group.by == "pilot":
            return self.pilots.get(group.value, "")
        return group.value if group.by in self.dimensions else ""


class _Words:
    """Puts what was measured of one map into words."""

    def __init__(
        self, form: Format, process: Process, found: Measured, one: MeasuredMap, groups: _Groups
    ) -> None:
        self.form, self.words, self.groups = form, form.words, groups
        self.process, self.one, self.day = process, one, found.hours_per_day
        drawn = dict(process.maps.drawn).get(one.map)
        self.steps: dict[str, Step] = {step.id: step for step in drawn.steps} if drawn else {}
        self.lanes = {lane.id: form.text(lane.name) for lane in process.lanes}

    def view(self) -> LogView:
        title = self.words(f"sections.processes.process.{self.one.map}")
        tables = (
            self._times(), self._ways(), self._variants(), self._hand_overs(), self._periods(), self._groups()
        )  # fmt: skip
        return LogView(title, tuple(self._said()), tuple(table for table in tables if table.rows))

    def hours(self, hours: float) -> str:
        return self.form.hours(hours, self.day)

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
                cases=self.form.number(one.cases),
                ended=self.form.number(one.ended),
                open=self.form.number(one.open),
            )
        ]
        if one.open_h is not None:
            said.append(words("process.log.open", time=self.hours(one.open_h)))
        if one.throughput is not None:
            said.append(self._time("process.log.throughput", one.throughput))
        if one.with_open is not None and one.open:
            said.append(words("process.log.with_open", time=self.hours(one.with_open)))
        for key, share in (
            ("first_pass", one.first_pass),
            ("waiting_share", one.waiting_share),
            ("automation", one.automation),
            ("follows", one.follows),
        ):
            if share is not None:
                said.append(words(f"process.log.{key}", share=self.form.share(share, 1)))
        said += [self._detour(detour) for detour in one.detours[:DETOURS]]
        if len(one.detours) > DETOURS:
            said.append(words.count("process.log.detours_more", len(one.detours) - DETOURS))
        for key, names in (
            ("unseen", [self.name(id_) for id_ in one.unseen]),
            ("unmapped", [item.activity for item in one.unmapped]),
            ("untold", [self.name(id_) for id_ in one.untold]),
        ):
            if names:
                said.append(words(f"process.log.{key}", names=self.form.join(names)))
        if one.withheld:
            said.append(words("process.log.withheld"))
        return said

    def _time(self, key: str, time: MeasuredTime) -> str:
        return self.words(
            key,
            mean=self.hours(time.mean),
            median=self.hours(time.median),
            p90=self.hours(time.p90),
            n=self.form.number(time.n),
        )

    def _detour(self, detour: Detour) -> str:
        return self.words(
            f"process.log.detour.{detour.kind}",
            before=self.name(detour.before),
            after=self.name(detour.after),
            share=self.form.share(detour.share, 1),
            cases=self.form.number(detour.cases),
        )

    # -- tables

    def _table(self, name: str, heads: tuple[str, ...], rows: Sequence[Cells]) -> LogTable:
        title = self.words(f"process.log.table.{name}")
        return LogTable(title, tuple(self.words(f"process.log.head.{head}") for head in heads), tuple(rows))

    def _times(self) -> LogTable:
        rows = [
            (
                self.name(step.id),
                self._beside(step, "wait"),
                self._beside(step, "touch"),
                self.form.number(step.visits),
                self.form.share(step.repeats, 1),
                self.form.share(step.machines, 1) if step.machines is not None else "",
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
            time, key = step.total, "process.log.beside_total"
        if time is None:
            return self.words("process.log.written", written=said) if said else ""
        return self.words(
            key if said else f"{key}_alone",
            written=said,
            median=self.hours(time.median),
            p90=self.hours(time.p90),
            n=self.form.number(time.n),
        )

    def _ways(self) -> LogTable:
        rows = []
        for way in self.one.ways:
            gate = self.steps.get(way.gateway)
            link = next((link for link in gate.next if link.to == way.to), None) if gate else None
            written = self.form.share(link.share, 1) if link is not None and link.share is not None else ""
            label = self.form.text(link.label) if link is not None and link.label else self.name(way.to)
            rows.append((self.name(way.gateway), label, written, self.form.share(way.share, 1),
                         self.form.number(way.n)))  # fmt: skip
        return self._table("ways", ("gateway", "way", "written", "measured", "n"), rows)

    def _variants(self) -> LogTable:
        arrow = self.words("punctuation.arrow")
        rows = [
            (
                arrow.join(self.name(id_) for id_ in variant.steps),
                self.form.number(variant.cases),
                self.form.share(variant.share, 1),
                self.hours(variant.median),
                self.words(f"process.log.on_map.{'yes' if variant.follows else 'no'}"),
            )
            for variant in self.one.variants
        ]
        return self._table("variants", ("way", "cases", "share", "median", "on_map"), rows)

    def _hand_overs(self) -> LogTable:
        rows = [
            (
                self.words("punctuation.arrow").join((self.lanes[over.before], self.lanes[over.after])),
                self.form.number(over.n),
                self.form.number(over.per_case, 2),
            )
            for over in self.one.hand_overs
            if over.before in self.lanes and over.after in self.lanes
        ]
        return self._table("hand_overs", ("lanes", "n", "per_case"), rows)

    def _periods(self) -> LogTable:
        rows = []
        for month in self.one.periods[-SHOWN_PERIODS:]:
            longest = sorted(month.queues.items(), key=lambda item: (-item[1], item[0]))[:2]
            queues = [
                self.words("process.log.queue", step=self.name(id_), n=self.form.number(n))
                for id_, n in longest
            ]
            rows.append(
                (
                    self.form.period(month.period),
                    self.form.number(month.arrivals),
                    self.form.number(month.ended),
                    self.form.number(month.in_progress),
                    self.form.join(queues) if queues else "",
                )
            )
        return self._table("periods", ("period", "arrivals", "ended", "in_progress", "queues"), rows)

    def _groups(self) -> LogTable:
        rows = [
            (
                self.groups.name(group),
                self.form.number(group.throughput.n),
                self.hours(group.throughput.median),
                self.hours(group.throughput.p90),
                self.form.share(group.first_pass, 1),
            )
            for group in self.one.groups
            if self.groups.name(group)
        ]
        return self._table("groups", ("group", "n", "median", "p90", "first_pass"), rows)
