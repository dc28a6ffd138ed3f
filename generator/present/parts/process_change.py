"""From as-is to to-be on a process's page: what is saved and how, and what of the promise was measured."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum

from markupsafe import Markup

from generator.compute.figures import Figures
from generator.compute.processes.map_change import HEADINGS, MapChange, StepGroup
from generator.compute.processes.promise import Promise
from generator.compute.series import tones
from generator.compute.series.tones import Tone, lead_time_tone, tone_in
from generator.model.process import Process
from generator.present.links import Links, Ref
from generator.present.maps.rounding import apportioned
from generator.present.maps.waterfall import NARROW, WIDE, HoursChange, waterfall
from generator.present.page_context import PageContext
from generator.present.text.format import DASH, Format

DAYS_FROM = 5
"""Lead times of at least so many days are told in days, shorter ones in hours."""
DECIMALS = 1
"""As times have them everywhere on the page."""


@dataclass(frozen=True, slots=True)
class GroupRow:
    """One group of steps in the table of savings."""

    before: str
    after: str
    tags: tuple[str, ...]
    before_time: str
    after_time: str
    saved: str
    repeats: str
    beside: str
    times: str


@dataclass(frozen=True, slots=True)
class ChangeSummary:
    """What the to-be map changes."""

    finding: str
    tone: Tone
    drawing: Markup
    unit: str
    rows: tuple[GroupRow, ...]
    total: GroupRow
    beside: bool
    """Whether work side by side saves or costs anything."""
    reason: str
    """Why there are no savings to show; empty where there are."""


@dataclass(frozen=True, slots=True)
class PromiseRow:
    """One chain indicator of one pilot: promised and measured."""

    indicator: Ref
    pilot: Ref
    promised: str
    before: str
    since: str
    measured: str
    verdict: str
    tone: Tone


def change_summary(ctx: PageContext, process: Process) -> ChangeSummary | None:
    """The savings, or the reason why they cannot be told; None without both maps."""
    figures = ctx.figures.processes[process.id]
    change = figures.change
    if change is None:
        return None
    words = ctx.format.words
    if change.before_h is None or change.after_h is None:
        nothing = GroupRow(
            before="",
            after="",
            tags=(),
            before_time="",
            after_time="",
            saved="",
            repeats="",
            beside="",
            times="",
        )
        lacking = [
            words(f"sections.processes.process.{name}")
            for name, flow in figures.flows.items()
            if flow.lacking is not None
        ]
        reason = words("process.no_savings", maps=ctx.format.listed(lacking))
        return ChangeSummary(
            finding="",
            tone="normal",
            drawing=Markup(""),
            unit="",
            rows=(),
            total=nothing,
            beside=False,
            reason=reason,
        )
    return _Summary(ctx, process, change, change.before_h, change.after_h).made()


class _Summary:
    """Writes the savings in one unit, rounded so that they add up."""

    def __init__(
        self, ctx: PageContext, process: Process, change: MapChange, before: float, after: float
    ) -> None:
        self.ctx, self.process, self.change = ctx, process, change
        self.form, self.words = ctx.format, ctx.format.words
        self.before, self.after = before, after
        day = process.time.hours_per_day
        self.unit, self.per = ("d", day) if before >= DAYS_FROM * day else ("h", 1.0)

    def made(self) -> ChangeSummary:
        groups = [group for group in self.change.groups if group.before_h or group.after_h or group.tags]
        shown = round(self.before / self.per, DECIMALS) - round(self.after / self.per, DECIMALS)
        saved = self._apportioned([group.saved_h for group in groups], shown)
        repeats = self._apportioned([group.repeats_h for group in groups])
        beside = self._apportioned([group.beside_h for group in groups])
        rows = tuple(self._row(*row) for row in zip(groups, saved, repeats, beside, strict=True))
        total_saved, total_repeats, total_beside = fsum(saved), fsum(repeats), fsum(beside)
        total_times = total_saved - total_repeats - total_beside
        total = GroupRow(
            before=self.words("process.total"),
            after="",
            tags=(),
            before_time=self._plain(self.before),
            after_time=self._plain(self.after),
            saved=self._signed(total_saved),
            repeats=self._signed(total_repeats),
            beside=self._signed(total_beside),
            times=self._signed(total_times),
        )
        unit = self.words(f"process.unit.{self.process.time.basis}.{self.unit}")
        finding = self._finding(total_repeats, total_beside, total_times)
        told_apart = self._plain(self.before) != self._plain(self.after)
        tone = lead_time_tone(self.before, self.after, told_apart)
        return ChangeSummary(
            finding=finding,
            tone=tone,
            drawing=self._drawing(groups, saved),
            unit=unit,
            rows=rows,
            total=total,
            beside=any(beside),
            reason="",
        )

    def _apportioned(self, hours: Sequence[float], total: float | None = None) -> tuple[float, ...]:
        return apportioned([value / self.per for value in hours], DECIMALS, total)

    def _plain(self, hours: float) -> str:
        return self.form.number(hours / self.per, DECIMALS)

    def _signed(self, saved: float) -> str:
        """A saving as what happens to the lead time: less is minus."""
        return self.form.number(-saved, DECIMALS, signed=True)

    def _with_unit(self, text: str) -> str:
        return self.words(f"duration.{self.unit}", n=text)

    def _finding(self, repeats: float, beside: float, times: float) -> str:
        """The sentence over the savings."""
        before, after = self._plain(self.before), self._plain(self.after)
        if before == after:
            return self.words("process.same", after=self._with_unit(after))
        shorter = self.after < self.before
        return self.words(
            "process.shorter" if shorter else "process.not_shorter",
            before=self._with_unit(self._plain(self.before)),
            after=self._with_unit(self._plain(self.after)),
            share=self.form.share(abs(self.after / self.before - 1)) if self.before else "",
            parts=self.form.listed(self._parts(times=times, repeats=repeats, beside=beside)),
        )

    def _parts(self, **saved: float) -> list[str]:
        """How much by what; what is nothing as it is shown is not told."""
        return [
            self.words(
                f"process.part.{name}.{'less' if value > 0 else 'more'}",
                n=self._with_unit(self.form.number(abs(value), DECIMALS)),
            )
            for name, value in saved.items()
            if round(abs(value), DECIMALS)
        ]

    def _row(self, group: StepGroup, saved: float, repeats: float, beside: float) -> GroupRow:
        maps = self.process.maps
        assert maps.as_is is not None
        assert maps.to_be is not None
        old = {step.id: self.form.step(step) for step in maps.as_is.steps}
        new = {step.id: self.form.step(step) for step in maps.to_be.steps}
        tags: tuple[str, ...] = tuple(self.words(f"map.tag.{tag}") for tag in group.tags)
        if not tags and group.heading is not None:
            tags = (self.words(f"map.tag.{group.heading}"),)
        return GroupRow(
            before=self.form.join([old[id_] for id_ in group.before]) or DASH,
            after=self.form.join([new[id_] for id_ in group.after]) or DASH,
            tags=tags,
            before_time=self._plain(group.before_h),
            after_time=self._plain(group.after_h),
            saved=self._signed(saved),
            repeats=self._signed(repeats),
            beside=self._signed(beside),
            times=self._signed(saved - repeats - beside),
        )

    def _drawing(self, groups: Sequence[StepGroup], shown: Sequence[float]) -> Markup:
        """The waterfall; its figures are the sums of those shown for the groups."""
        found = [(heading, self.change.saved_under(heading)) for heading in HEADINGS]
        found = [(heading, saved) for heading, saved in found if abs(saved) > 1e-9]
        changes = []
        for heading, saved in found:
            value = fsum(part for group, part in zip(groups, shown, strict=True) if group.heading == heading)
            if not round(value, DECIMALS):
                continue  # what is nothing as it is shown is not told
            share = self.form.share(abs(saved) / self.before) if self.before else ""
            said = self.words("process.fall", time=self._with_unit(self._signed(value)), share=share)
            changes.append(HoursChange(self.words(f"map.tag.{heading}"), saved, said))
        ends = [
            (self.words(f"sections.processes.process.{name}"), hours, self._with_unit(self._plain(hours)))
            for name, hours in (("as_is", self.before), ("to_be", self.after))
        ]
        title = self.words("process.fall_title", before=ends[0][2], after=ends[1][2])
        return Markup("").join(
            Markup(self.ctx.templates.piece("drawings/waterfall.svg.jinja", fall=drawn, title=title))
            for drawn in (waterfall(ends[0], changes, ends[1], sheet) for sheet in (WIDE, NARROW))
        )


def promise_rows(figures: Figures, form: Format, process: Process, links: Links) -> tuple[PromiseRow, ...]:
    """Promised against measured, for every pilot with results before and since the to-be map."""
    found = figures.processes[process.id].promises
    return tuple(_promise_row(figures, form, promise, links) for promise in found)


def _promise_row(figures: Figures, form: Format, promise: Promise, links: Links) -> PromiseRow:
    words = form.words
    indicator = figures.catalogue.indicators[promise.indicator]
    kept = promise.kept
    verdict = words(f"process.promise.{kept}") if kept is not None else ""
    return PromiseRow(
        indicator=links.indicator(promise.indicator),
        pilot=links.pilot(promise.pilot),
        promised=_change(form, promise, promise.promised),
        before=words("process.mean_of", value=form.valued(promise.before, indicator), n=promise.periods[0]),
        since=words("process.mean_of", value=form.valued(promise.since, indicator), n=promise.periods[1]),
        measured=_change(form, promise, promise.measured),
        verdict=verdict,
        tone=tone_in(tones.PROMISE, kept),
    )


def _change(form: Format, promise: Promise, value: float | None) -> str:
    if value is None:
        return form.number(None)
    if promise.measure == "cycle_time":
        return form.percent(value * 100, 1, signed=True)
    return form.words("process.points", n=form.number(value * 100, 1, signed=True))
