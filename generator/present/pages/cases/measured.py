"""What the product adds to a case's own text: measured change, process change, promise, trends, evidence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from generator.compute.figures import Figures
from generator.compute.insight.cases import (
    affected,
    change_of_case,
    change_withheld,
    evidence_behind,
    is_rule,
    whole_head,
)
from generator.compute.processes.map_change import StepGroup
from generator.compute.series import tones
from generator.compute.series.assessed import AssessedPoint, AssessedSeries
from generator.compute.series.tones import Tone, tone_in
from generator.model.case import CaseHead
from generator.model.process import Process
from generator.present.links import Links, Ref
from generator.present.page_context import PageContext
from generator.present.pages.cases.compared import periods_text
from generator.present.parts.claims import dated, verdict_view
from generator.present.parts.effects import EffectView, effects_of
from generator.present.parts.process_change import PromiseRow, promise_rows
from generator.present.parts.signal import SignalView
from generator.present.parts.trend import ControlChartView, chart_view, series_name
from generator.present.parts.value import StatusView, standing_view
from generator.present.text.format import DASH, Format
from generator.present.text.value_text import progress_text, target_text, value_text


@dataclass(frozen=True, slots=True)
class StepChange:
    """A group of steps before and after."""

    before: str
    after: str
    tags: tuple[str, ...]
    before_time: str
    after_time: str


@dataclass(frozen=True, slots=True)
class ProcessPart:
    """The part of the process that the change touched."""

    ref: Ref
    change: str
    text: Markup
    steps: tuple[str, ...]
    """The steps that the change names, where the maps do not tell what became of them."""
    rows: tuple[StepChange, ...]


@dataclass(frozen=True, slots=True)
class ReachedRow:
    """One indicator: what was asked of it and what was reached."""

    indicator: Ref
    baseline: str
    target: str
    value: str
    period: str
    progress: str
    status: StatusView


@dataclass(frozen=True, slots=True)
class Promised:
    """What was promised, and what was measured."""

    expected: Markup
    rows: tuple[ReachedRow, ...]
    maps: tuple[PromiseRow, ...]
    """What the to-be map promised of the whole chain."""


@dataclass(frozen=True, slots=True)
class BehindRow:
    """One indicator of a rule and what stands behind it."""

    indicator: Ref
    periods: str
    enough: bool
    verdict: SignalView | None


@dataclass(frozen=True, slots=True)
class Behind:
    """The evidence behind a policy or an institutional case."""

    tone: Tone
    text: str
    rows: tuple[BehindRow, ...]


def measured(ctx: PageContext, head: CaseHead, links: Links) -> tuple[tuple[EffectView, ...], str]:
    """The case's change before and after, or why there is no such comparison."""
    words = ctx.format.words
    change = change_of_case(ctx.figures.catalogue, head)
    if change is None:
        return (), words("cases.change_withheld" if change_withheld(ctx.figures, head) else "cases.no_change")
    pilot = ctx.figures.catalogue.pilots[head.pilot or ""]
    found = effects_of(ctx, pilot, links, change.id)
    return found, "" if found else words("cases.no_results")


def process_part(figures: Figures, form: Format, head: CaseHead, links: Links) -> ProcessPart | None:
    """The steps that the change touched, from as-is to to-be; None without a change or a process."""
    catalogue = figures.catalogue
    change = change_of_case(catalogue, head)
    pilot = catalogue.pilots.get(head.pilot or "")
    process = catalogue.processes.get((pilot.process if pilot else None) or head.process or "")
    if change is None or process is None or not change.steps:
        return None
    rows = tuple(_step_change(form, process, group) for group in affected(figures, head))
    names = {step.id: form.step(step) for _, drawn in process.maps.drawn for step in drawn.steps}
    return ProcessPart(
        links.process(process.id, "change" if rows else ""),
        dated(figures, form, pilot.id if pilot else "", change),
        form.inline(change.text),
        () if rows else tuple(names.get(step, step) for step in change.steps),
        rows,
    )


def _step_change(form: Format, process: Process, group: StepGroup) -> StepChange:
    words = form.words
    names = {which: {step.id: form.step(step) for step in drawn.steps} for which, drawn in process.maps.drawn}
    tags: tuple[str, ...] = tuple(words(f"map.tag.{tag}") for tag in group.tags)
    if not tags and group.heading is not None:
        tags = (words(f"map.tag.{group.heading}"),)
    day = process.time.hours_per_day
    return StepChange(
        form.join([names["as_is"][step] for step in group.before]) or DASH,
        form.join([names["to_be"][step] for step in group.after]) or DASH,
        tags,
        form.hours(group.before_h, day) if group.before else DASH,
        form.hours(group.after_h, day) if group.after else DASH,
    )


def promised(figures: Figures, form: Format, head: CaseHead, links: Links) -> Promised | None:
    """What was expected and what came of it; only of what is adopted, and where there is anything to tell."""
    if head.status != "adopted" or whole_head(figures, head).pilot != head.pilot:
        return None
    catalogue = figures.catalogue
    pilot = catalogue.pilots.get(head.pilot or "")
    rows = tuple(
        row
        for name in head.indicators
        if (row := _reached(figures, form, name, head.pilot, links)) is not None
    )
    maps: tuple[PromiseRow, ...] = ()
    process = catalogue.processes.get(pilot.process or "") if pilot else None
    if pilot is not None and process is not None and head.kind != "lesson":
        own = links.pilot(pilot.id).title
        maps = tuple(row for row in promise_rows(figures, form, process, links) if row.pilot.title == own)
    expected = form.prose(pilot.expected) if pilot else Markup("")
    return Promised(expected, rows, maps) if rows or maps else None


def _reached(figures: Figures, form: Format, name: str, pilot: str | None, links: Links) -> ReachedRow | None:
    series = _series(figures, name, pilot)
    text = _newest(figures, series) if series else None
    if series is None or text is None:
        return None
    indicator = figures.catalogue.indicators[name]
    return ReachedRow(
        indicator=links.indicator(name),
        baseline=form.value(text.baseline, indicator),
        target=target_text(form, text, indicator) or DASH,
        value=value_text(form, text, indicator),
        period=form.period(text.point.period),
        progress=progress_text(form, text),
        status=standing_view(form, text),
    )


def _series(figures: Figures, indicator: str, pilot: str | None) -> AssessedSeries | None:
    """The pilot's own series, else that of the organisation."""
    series = figures.series
    return series.get((indicator, pilot, ())) or series.get((indicator, None, ()))


def _newest(figures: Figures, series: AssessedSeries) -> AssessedPoint | None:
    """The newest long period with a value, or the newest value of a series that has no longer figures."""
    longer = figures.longer.get(series.series.key)
    return (longer.last if longer else None) or series.last


def trends(ctx: PageContext, head: CaseHead, links: Links) -> Iterator[ControlChartView]:
    """The case's indicators over time, with the changes marked; nothing where its pilot is not for the
    edition, because the organisation's figures would tell of something else."""
    if whole_head(ctx.figures, head).pilot != head.pilot:
        return
    for name in head.indicators:
        series = _series(ctx.figures, name, head.pilot)
        if series is not None and series.last is not None:
            indicator = ctx.figures.catalogue.indicators[name]
            yield chart_view(ctx, series, indicator, links.indicator(name), series_name(series), links)


def behind(figures: Figures, form: Format, head: CaseHead, links: Links) -> Behind | None:
    """The evidence that a rule for all stands on; None for what is none."""
    if not is_rule(head):
        return None
    found, words = evidence_behind(figures, head), form.words
    needed = periods_text(figures, form, found.needed)
    key = "withheld" if found.enough is None else "enough" if found.enough else "short"
    return Behind(
        tone_in(tones.ENOUGH, key),
        words(f"cases.behind.{key}", needed=needed),
        tuple(
            BehindRow(
                links.indicator(indicator.indicator),
                periods_text(figures, form, indicator.periods)
                if indicator.periods
                else words("cases.behind.none"),
                indicator.periods >= found.needed,
                verdict_view(form, indicator.effect)
                if indicator.effect and indicator.effect.outcome
                else None,
            )
            for indicator in found.indicators
        ),
    )
