"""How figures of a log are put into words and cells, of all cases of a map as of a group of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from generator.compute.insight.named import named
from generator.model.measured import Measured, MeasuredMap, MeasuredTime, MeasuredVariant, MeasuredWay
from generator.model.process import Process, Step
from generator.present.text.format import Format

OF_WORDS = ("step", "wait", "touch", "gateway", "way", "on_map", "lanes", "period", "queues", "group", "both")
"""Heads of columns that are no numbers; a step's wait and work are sentences."""
SHOWN_PERIODS, SHOWN_QUEUES = 12, 2
WAY_HEADS = ("gateway", "way", "written", "measured", "n")
VARIANT_HEADS = ("way", "cases", "share", "median", "on_map")
Cells = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LogTable:
    """A table: its heading, the heads of its columns, and its rows, whose first cell is the row's head."""

    title: str
    heads: tuple[str | tuple[str, str], ...]
    """Of a column of numbers with its class."""
    rows: tuple[Cells, ...]


class LogWords:
    """Words and cells for what was measured of one map; an empty name of a figure leaves it without one."""

    def __init__(self, form: Format, process: Process, found: Measured, one: MeasuredMap) -> None:
        self.form, self.words = form, form.words
        self.process, self.one, self.day = process, one, found.hours_per_day
        self.at = f"processes/{process.id}/measured/{one.map}"
        drawn = dict(process.maps.drawn).get(one.map)
        self.steps: dict[str, Step] = {step.id: step for step in drawn.steps} if drawn else {}
        self.lanes = {lane.id: form.text(lane.name) for lane in process.lanes}

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

    def time(self, key: str, time: MeasuredTime, at: str, **names: str) -> str:
        return self.words(
            key,
            mean=self.hours(time.mean, at and f"{at}/mean"),
            median=self.hours(time.median, at and f"{at}/median"),
            p90=self.hours(time.p90, at and f"{at}/p90"),
            n=self.number(time.n, at and f"{at}/n"),
            **names,
        )

    def way(self, way: MeasuredWay, at: str) -> Cells:
        """Cells of a way out of a gateway, with the share that the map says."""
        gate = self.steps.get(way.gateway)
        link = next((link for link in gate.next if link.to == way.to), None) if gate else None
        written = self.form.share(link.share, 1) if link is not None and link.share is not None else ""
        label = self.form.text(link.label) if link is not None and link.label else self.name(way.to)
        share, n = self.share(way.share, at and f"{at}/share"), self.number(way.n, at and f"{at}/n")
        return self.name(way.gateway), label, written, share, n

    def variant(self, variant: MeasuredVariant, at: str) -> Cells:
        """Cells of a way through the process."""
        return (
            self.words("punctuation.arrow").join(self.name(id_) for id_ in variant.steps),
            self.number(variant.cases, at and f"{at}/cases"),
            self.share(variant.share, at and f"{at}/share"),
            self.hours(variant.median, at and f"{at}/median"),
            self.words(f"process.log.on_map.{'yes' if variant.follows else 'no'}"),
        )

    def queues(self, queues: Mapping[str, int], at: str) -> str:
        """The longest queues at a month's end."""
        longest = sorted(queues.items(), key=lambda item: (-item[1], item[0]))[:SHOWN_QUEUES]
        told = [
            self.words(
                "process.log.queue", step=self.name(id_), n=self.number(n, at and f"{at}/queues/{id_}")
            )
            for id_, n in longest
        ]
        return self.form.join(told) if told else ""

    def table(self, name: str, heads: tuple[str, ...], rows: Sequence[Cells]) -> LogTable:
        """A column that no row has anything in is left out: not every log names machines, or has queues."""
        title = self.words(f"process.log.table.{name}")
        kept = [place for place in range(len(heads)) if any(row[place] for row in rows)]
        rows = [tuple(row[place] for place in kept) for row in rows]
        named_heads = ((heads[place], self.words(f"process.log.head.{heads[place]}")) for place in kept)
        told = tuple(words if head in OF_WORDS else (words, "hb-num") for head, words in named_heads)
        return LogTable(title, told, tuple(rows))
