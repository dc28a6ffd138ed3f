"""The charts of a pilot's pack: bullets against the bars, the profile of what it measures, its score."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.compute.figures import Figures, PilotFigures
from generator.compute.insight.measures import measures_of
from generator.compute.insight.named import named_history
from generator.compute.insight.quarter import tally_of
from generator.compute.insight.score_history import PeriodScore, score_history
from generator.compute.insight.standing import standing_of
from generator.compute.insight.standings import Bars, bars_of, furthest_short
from generator.compute.series.assessed import AssessedPoint
from generator.model.indicator import Indicator
from generator.model.pilot import Pilot
from generator.present.charts import bullet, profile
from generator.present.links import MEASURES, Links, Ref, pack_anchor
from generator.present.page_context import PageContext
from generator.present.parts.chart import REACH, ChartView, chart_view, tip
from generator.present.parts.score_chart import score_chart
from generator.present.text.format import DASH, Format
from generator.present.text.value_text import attainment_text, status_text, target_text, value_text

DIMENSIONS = ("time", "quantity", "quality", "cost")
BULLET_COLUMNS = (
    ("indicator", False),
    ("attainment", True),
    ("floor", True),
    ("stretch", True),
    ("previous_period", True),
    ("status", False),
)


@dataclass(frozen=True, slots=True)
class _Drawn:
    """An indicator of the pack that has a place in the charts."""

    indicator: Indicator
    point: AssessedPoint
    attainment: float
    """Of the point, per cent of its target."""


def pack_figures(
    ctx: PageContext, pilot: Pilot, figures: PilotFigures, prefix: str = ""
) -> Iterator[ChartView]:
    """The charts that the pack's data allow; `prefix` keeps their names apart where packs share a page."""
    drawn = list(_drawn(figures, ctx.figures.catalogue.indicators))
    if drawn:
        yield _bullets(ctx, figures, drawn, prefix)
        yield _profile(ctx, figures, drawn, prefix)
    chart, _ = score_course(ctx, pilot, figures, prefix)
    if chart is not None:
        yield chart


def score_course(
    ctx: PageContext, pilot: Pilot, figures: PilotFigures, prefix: str = ""
) -> tuple[ChartView | None, tuple[PeriodScore, ...]]:
    """The chart of the score over the review periods, and what it shows; None with fewer than two."""
    if figures.score.withheld is not None:
        return None, ()
    history = score_history(
        pilot.id,
        figures.pack,
        ctx.figures.longer,
        ctx.figures.as_of,
        ctx.figures.catalogue.handbook.calendar,
    )
    if not ctx.place:
        history = named_history(history, f"pilots/{pilot.id}/history")
    return score_chart(ctx, figures, history, prefix) if len(history) > 1 else None, history


def _drawn(figures: PilotFigures, indicators: Mapping[str, Indicator]) -> Iterator[_Drawn]:
    """What has a per cent of its target in the review period."""
    for item in figures.pack:
        if item.review is not None and item.review.attainment is not None:
            yield _Drawn(indicators[item.indicator], item.review, item.review.attainment)


def _measured(form: Format, indicator: Indicator, value: float | None) -> str:
    """A value of an indicator in its unit; nothing where there is none."""
    if value is None:
        return ""
    return form.valued(value, indicator)


def _bullets(ctx: PageContext, figures: PilotFigures, drawn: list[_Drawn], prefix: str) -> ChartView:
    """Counts the whole pack, as every page does; what has no per cent of its target is in the table alone."""
    form, words = ctx.format, ctx.format.words
    bullets: list[bullet.Bullet] = []
    rows: list[tuple[str, ...]] = []
    for item in drawn:
        at = f"pilots/{figures.pilot}/pack/{item.indicator.id}/bars"
        bars = ctx.named(bars_of(item.point, item.indicator.direction), at)
        bullets.append(_bullet(form, item, bars))
        rows.append(_bullet_row(form, item, bars))
    finding = _counted(ctx, figures) + _beside(ctx, figures, drawn, rows)
    heading = Ref(words("chart.title.bullet", period=form.period(ctx.figures.as_of)))
    spec = bullet.specification(tuple(bullets), words("chart.axis.attainment"))
    return chart_view(
        ctx,
        "bullet",
        f"{prefix}bullets",
        heading,
        finding=finding,
        spec=spec,
        columns=BULLET_COLUMNS,
        rows=rows,
    )


def _bullet(form: Format, item: _Drawn, bars: Bars) -> bullet.Bullet:
    """An indicator's bar with what it is held against, and with what hovering says of it."""
    point, name = item.point, form.text(item.indicator.name)
    before = point.point.value - point.previous.absolute if point.previous and point.point.value else None
    value, target, attained, status = _told(form, item)
    return bullet.Bullet(
        name=name,
        value=item.attainment,
        floor=bars.floor,
        stretch=bars.stretch,
        previous=bars.previous,
        standing=REACH[standing_of(point).shown],
        label=form.words("chart.pair", value=attainment_text(form, point), word=status_text(form, point)),
        tip=tip(
            form,
            name,
            [value, target, attained, ("previous_period", _measured(form, item.indicator, before)), status],
        ),
    )


def _told(form: Format, item: _Drawn) -> list[tuple[str, str]]:
    """What hovering says of every indicator: value, target, attainment, status, each with its label's key."""
    return [
        ("value", value_text(form, item.point, item.indicator)),
        ("target", target_text(form, item.point, item.indicator)),
        ("attainment", attainment_text(form, item.point, 1)),
        ("status", status_text(form, item.point)),
    ]


def _bullet_row(form: Format, item: _Drawn, bars: Bars) -> tuple[str, ...]:
    """A row of the table, cells as in `BULLET_COLUMNS`."""
    return (
        form.text(item.indicator.name),
        attainment_text(form, item.point),
        *(form.percent(bar) for bar in (bars.floor, bars.stretch, bars.previous)),
        status_text(form, item.point),
    )


def _counted(ctx: PageContext, figures: PilotFigures) -> str:
    """How many of the pack reach their target; nothing is counted where the edition does not see it all."""
    words = ctx.format.words
    tally = ctx.named(tally_of(figures.pack), f"pilots/{figures.pilot}/tally")
    if figures.score.withheld is not None:
        return words("edition.in_part") + words("punctuation.stop")
    worst = furthest_short(figures.pack)
    if worst is None or worst.review is None:
        return words("chart.finding.bullet_count", n=tally.reached, of=tally.total)
    name = ctx.format.inside(ctx.figures.catalogue.indicators[worst.indicator].name)
    value = attainment_text(ctx.format, worst.review)
    return words("chart.finding.bullet", n=tally.reached, of=tally.total, name=name, value=value)


def _beside(ctx: PageContext, figures: PilotFigures, drawn: list[_Drawn], rows: list[tuple[str, ...]]) -> str:
    """What stands in the table alone is put into `rows`; the sentence names it."""
    words, indicators = ctx.format.words, ctx.figures.catalogue.indicators
    shown = {item.indicator.id for item in drawn}
    beside = [item for item in figures.pack if item.indicator not in shown]
    names = [ctx.format.inside(indicators[item.indicator].name) for item in beside]
    for item in beside:
        name = ctx.format.text(indicators[item.indicator].name)
        rows.append((name, DASH, DASH, DASH, DASH, status_text(ctx.format, item.review)))
    return words("chart.undrawn", names=ctx.format.listed(names)) if beside else ""


def _profile(ctx: PageContext, figures: PilotFigures, drawn: list[_Drawn], prefix: str) -> ChartView:
    """The pack by what its indicators measure; the finding names the kinds that none of them measures."""
    form, words = ctx.format, ctx.format.words
    points, rows = [], []
    for item in drawn:
        kind, point = item.indicator.dimension, item.point
        if kind is None:
            continue
        row, name = words(f"indicator.dimension.{kind}"), form.text(item.indicator.name)
        label = words("chart.pair", value=attainment_text(form, point), word=name)
        hover = tip(form, words("chart.tip_cell", row=row, column=name), _told(form, item))
        points.append(
            profile.ProfilePoint(row, item.attainment, REACH[standing_of(point).shown], label, hover)
        )
        rows.append((row, name, attainment_text(form, point), status_text(form, point)))
    order = tuple(words(f"indicator.dimension.{kind}") for kind in DIMENSIONS)
    rows.sort(key=lambda row: order.index(row[0]))
    spec = profile.specification(
        order, tuple(points), words("chart.axis.attainment"), words("chart.no_indicator")
    )
    return chart_view(
        ctx,
        "profile",
        f"{prefix}profile",
        Ref(words("chart.title.profile")),
        finding=blind_text(ctx.figures.whole, form, figures.pilot),
        spec=spec,
        columns=[("dimension", False), ("indicator", False), ("attainment", True), ("status", False)],
        rows=rows,
    )


def blind_text(every: Figures, form: Format, pilot: str) -> str:
    """Which ways to measure work no indicator of the pilot's pack takes, over all the figures there are."""
    held = {every.catalogue.indicators[item.indicator].dimension for item in every.pilots[pilot].pack}
    blind = [
        form.words.inside(form.words(f"indicator.dimension.{kind}"))
        for kind in DIMENSIONS
        if kind not in held
    ]
    if not blind:
        return form.words("chart.finding.profile_whole")
    return form.words("chart.finding.profile_blind", names=form.listed(blind))


def blind_ref(ctx: PageContext, pilot: str, links: Links) -> Ref:
    """The same and the questions that nothing in the pack answers, leading to the pack's grid of both."""
    words, text = ctx.format.words, blind_text(ctx.figures.whole, ctx.format, pilot)
    own = next((pack for pack in measures_of(ctx.figures) if pack.id == pilot), None)
    if own is None:
        return Ref(text)
    if own.no_aspect:
        names = ctx.format.listed([words(f"indicator.aspect.{aspect}") for aspect in own.no_aspect])
        text = words("measures.no_question", told=text, names=names)
    return Ref(text, links.to(MEASURES, pack_anchor(pilot)))
