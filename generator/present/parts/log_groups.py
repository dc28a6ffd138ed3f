"""What the log of a process tells of its groups, in tables that name the group first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from generator.model.measured import MeasuredGroup
from generator.present.parts.log_words import (
    SHOWN_PERIODS,
    VARIANT_HEADS,
    WAY_HEADS,
    Cells,
    LogTable,
    LogWords,
)


@dataclass(frozen=True, slots=True)
class GroupNames:
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


class GroupTables:
    """The tables of the groups that an edition tells."""

    def __init__(self, of: LogWords, names: GroupNames) -> None:
        self.of = of
        self.told = [
            (names.name(group), f"groups/{group.by}={group.value}" if "/" not in group.value else "", group)
            for group in of.one.groups
            if names.name(group)
        ]

    def tables(self) -> tuple[LogTable, ...]:
        """All of them; those without rows too."""
        return (
            self._groups(), self._group_steps(), self._group_ways(), self._group_variants(),
            self._group_periods(),
        )  # fmt: skip

    def _groups(self) -> LogTable:
        rows = []
        for name, at, group in self.told:
            time = at and f"{at}/throughput"
            rows.append(
                (
                    name,
                    self.of.number(group.throughput.n, time and f"{time}/n"),
                    self.of.hours(group.throughput.median, time and f"{time}/median"),
                    self.of.hours(group.throughput.p90, time and f"{time}/p90"),
                    self.of.share(group.first_pass, at and f"{at}/first_pass"),
                )
            )
        return self.of.table("groups", ("group", "n", "median", "p90", "first_pass"), rows)

    def _group_steps(self) -> LogTable:
        """Steps by pilot and dimension: where one group waits and another does not."""
        rows = []
        for name, at, group in self.told:
            for step in group.steps:
                of = at and f"{at}/steps/{step.id}"
                times = [
                    self.of.time("process.log.beside_alone", time, of and f"{of}/{what}") if time else ""
                    for what, time in (("wait", step.wait), ("touch", step.touch), ("total", step.total))
                ]
                if any(times):
                    visits = self.of.number(step.visits, of and f"{of}/visits")
                    repeats = self.of.share(step.repeats, of and f"{of}/repeats")
                    rows.append((name, self.of.name(step.id), *times, visits, repeats))
        heads = ("group", "step", "wait", "touch", "both", "visits", "repeats")
        return self.of.table("group_steps", heads, rows)

    def _group_ways(self) -> LogTable:
        rows: list[Cells] = [
            (name, *self.of.way(way, at and f"{at}/ways/{way.gateway}>{way.to}"))
            for name, at, group in self.told
            for way in group.ways
        ]
        return self.of.table("group_ways", ("group", *WAY_HEADS), rows)

    def _group_variants(self) -> LogTable:
        rows: list[Cells] = [
            (name, *self.of.variant(variant, at and f"{at}/variants/{place}"))
            for name, at, group in self.told
            for place, variant in enumerate(group.variants, 1)
        ]
        return self.of.table("group_variants", ("group", *VARIANT_HEADS), rows)

    def _group_periods(self) -> LogTable:
        rows = []
        for name, own, group in self.told:
            for month in group.periods[-SHOWN_PERIODS:]:
                at = own and f"{own}/periods/{month.period}"
                arrivals = self.of.number(month.arrivals, at and f"{at}/arrivals")
                ended = self.of.number(month.ended, at and f"{at}/ended")
                period = self.of.form.period(month.period)
                rows.append((name, period, arrivals, ended, self.of.queues(month.queues, at)))
        return self.of.table("group_periods", ("group", "period", "arrivals", "ended", "queues"), rows)
