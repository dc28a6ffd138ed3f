"""The charts of a pilot's pack: bullets against the bars, the profile of what it measures, its score."""

from __future__ import annotations

from collections.abc import Iterator

from generator.compute.figures import Figures, PilotFigures
from generator.compute.insight.named import named_history
from generator.compute.insight.quarter import tally_of
from generator.compute.insight.score_history import PeriodScore, score_history
from generator.compute.insight.standing import standing_of
from generator.compute.insight.standings import bars_of
from generator.compute.score import PackFigure
from generator.model.pilot import Pilot
from generator.present.charts import bullet, profile, score_parts
from generator.present.links import Ref
from generator.present.page_context import PageContext
from generator.present.parts.chart import REACH, ChartView, chart_view, tip
from generator.present.text.format import DASH, Format
from generator.present.text.scores import coverage, points_text, reading
from generator.present.text.value_text import attainment_text, status_text, target_text, value_text

SHORT = ("near", "missed")
DIMENSIONS = ("time", "quantity", "quality", "cost")


def pack_figures(
    ctx: PageContext, pilot: Pilot, figures: PilotFigures, prefix: str = ""
) -> Iterator[ChartView]:
    """The charts that the pack's data allow; `prefix` keeps their names apart where packs share a page."""
    shown = [item for item in figures.pack if item.review is not None and item.review.attainment is not None]
    if shown:
        yield _bullets(ctx, figures, shown, prefix)
        yield _profile(ctx, figures, shown, prefix)
    if figures.score.withheld is not None:
        return
    history = score_history(
        pilot.id,
        figures.pack,
        ctx.figures.longer,
        ctx.figures.as_of,
        ctx.figures.catalogue.handbook.calendar,
    )
    if not ctx.place:
        history = named_history(history, f"pilots/{pilot.id}/history")
    if len(history) > 1:
        yield _scores(ctx, figures, history, prefix)


def _name(figures: Figures, form: Format, indicator: str) -> str:
    return form.text(figures.catalogue.indicators[indicator].name)


def _measured(figures: Figures, form: Format, item: PackFigure, value: float | None) -> str:
    """A value of an indicator in its unit; nothing where there is none."""
    indicator = figures.catalogue.indicators[item.indicator]
    if value is None:
        return ""
    return form.with_unit(value, form.text(indicator.unit), indicator.decimals)


def _bullets(ctx: PageContext, figures: PilotFigures, pack: list[PackFigure], prefix: str) -> ChartView:
    """Counts the whole pack, as every page does; what has no per cent of its target is in the table alone."""
    form, words = ctx.format, ctx.format.words
    bullets: list[bullet.Bullet] = []
    rows: list[tuple[str, ...]] = []
    for item in pack:
        point = item.review
        if point is None or point.attainment is None:
            continue
        indicator = ctx.figures.catalogue.indicators[item.indicator]
        before = point.point.value - point.previous.absolute if point.previous and point.point.value else None
        told = ctx.named(
            bars_of(point, indicator.direction), f"pilots/{figures.pilot}/pack/{item.indicator}/bars"
        )
        bars = [told.floor, told.stretch, told.previous]
        bullets.append(
            bullet.Bullet(
                name=form.text(indicator.name),
                value=point.attainment,
                floor=bars[0],
                stretch=bars[1],
                previous=bars[2],
                standing=REACH[standing_of(point).shown],
                label=words("chart.pair", value=attainment_text(form, point), word=status_text(form, point)),
                tip=tip(
                    form,
                    form.text(indicator.name),
                    [
                        ("value", value_text(form, point, indicator)),
                        ("target", target_text(form, point, indicator)),
                        ("attainment", attainment_text(form, point, 1)),
                        ("previous_period", _measured(ctx.figures, form, item, before)),
                        ("status", status_text(form, point)),
                    ],
                ),
            )
        )
        rows.append(
            (
                form.text(indicator.name),
                attainment_text(form, point),
                *(form.percent(bar) for bar in bars),
                status_text(form, point),
            )
        )
    worst = min(rows, key=lambda row: bullets[rows.index(row)].value)
    finding = _counted(ctx, figures, worst) + _beside(ctx, figures, pack, rows)
    heading = Ref(words("chart.title.bullet", period=form.period(ctx.figures.as_of)))
    columns = [
        ("indicator", False),
        ("attainment", True),
        ("floor", True),
        ("stretch", True),
        ("previous_period", True),
        ("status", False),
    ]
    spec = bullet.specification(tuple(bullets), words("chart.axis.attainment"))
    return chart_view(
        ctx, "bullet", f"{prefix}bullets", heading, finding=finding, spec=spec, columns=columns, rows=rows
    )


def _counted(ctx: PageContext, figures: PilotFigures, worst: tuple[str, ...]) -> str:
    """How many of the pack reach their target; nothing is counted where the edition does not see it all."""
    words = ctx.format.words
    tally = ctx.named(tally_of(figures.pack), f"pilots/{figures.pilot}/tally")
    if figures.score.withheld is not None:
        return words("edition.in_part") + words("punctuation.stop")
    short = [item for item in figures.pack if item.review is not None and item.review.status in SHORT]
    # The furthest from the target is named only among those that are short of it, all of which are compared.
    if not short or any(item.review is None or item.review.attainment is None for item in short):
        return words("chart.finding.bullet_count", n=tally.reached, of=tally.total)
    return words("chart.finding.bullet", n=tally.reached, of=tally.total, name=worst[0], value=worst[1])


def _beside(
    ctx: PageContext, figures: PilotFigures, drawn: list[PackFigure], rows: list[tuple[str, ...]]
) -> str:
    """What stands in the table alone is put into `rows`; the sentence names it."""
    words = ctx.format.words
    beside = [item for item in figures.pack if item not in drawn]
    for item in beside:
        state = status_text(ctx.format, item.review)
        rows.append((_name(ctx.figures, ctx.format, item.indicator), DASH, DASH, DASH, DASH, state))
    names = ctx.format.join([_name(ctx.figures, ctx.format, item.indicator) for item in beside])
    return words("chart.undrawn", names=names) if beside else ""


def _profile(ctx: PageContext, figures: PilotFigures, pack: list[PackFigure], prefix: str) -> ChartView:
    form, words = ctx.format, ctx.format.words
    indicators = ctx.figures.catalogue.indicators
    points, rows = [], []
    for item in pack:
        point, kind = item.review, indicators[item.indicator].dimension
        if point is None or point.attainment is None or kind is None:
            continue
        row = words(f"indicator.dimension.{kind}")
        name = _name(ctx.figures, form, item.indicator)
        label = words("chart.pair", value=attainment_text(form, point), word=name)
        said = tip(
            form,
            words("chart.tip_cell", row=row, column=name),
            [
                ("value", value_text(form, point, indicators[item.indicator])),
                ("target", target_text(form, point, indicators[item.indicator])),
                ("attainment", attainment_text(form, point, 1)),
                ("status", status_text(form, point)),
            ],
        )
        points.append(
            profile.ProfilePoint(row, point.attainment, REACH[standing_of(point).shown], label, said)
        )
        rows.append((row, name, attainment_text(form, point), status_text(form, point)))
    every = ctx.figures.whole
    held = {every.catalogue.indicators[item.indicator].dimension for item in every.pilots[figures.pilot].pack}
    blind = [words(f"indicator.dimension.{kind}") for kind in DIMENSIONS if kind not in held]
    finding = (
        words("chart.finding.profile_blind", names=form.join(blind))
        if blind
        else words("chart.finding.profile_whole")
    )
    order = tuple(words(f"indicator.dimension.{kind}") for kind in DIMENSIONS)
    rows.sort(key=lambda row: order.index(row[0]))
    spec = profile.specification(
        order, tuple(points), words("chart.axis.attainment"), words("chart.no_indicator")
    )
    columns = [("dimension", False), ("indicator", False), ("attainment", True), ("status", False)]
    heading = Ref(words("chart.title.profile"))
    return chart_view(
        ctx, "profile", f"{prefix}profile", heading, finding=finding, spec=spec, columns=columns, rows=rows
    )


def _scores(
    ctx: PageContext, figures: PilotFigures, history: tuple[PeriodScore, ...], prefix: str
) -> ChartView:
    form, words = ctx.format, ctx.format.words
    names = tuple(_name(ctx.figures, form, item.indicator) for item in figures.pack)
    ids, scoring = [item.indicator for item in figures.pack], ctx.figures.catalogue.handbook.scoring
    parts = tuple(
        score_parts.ScorePart(
            form.period(one.period),
            names[ids.index(indicator)],
            points,
            tip(
                form,
                words("chart.tip_cell", row=names[ids.index(indicator)], column=form.period(one.period)),
                [("score", form.number(points, 1))],
            ),
        )
        for one in history
        for indicator, points in one.parts
    )
    totals = []
    for one in history:
        label = points_text(form, one.score.value, scoring)
        if covered := coverage(form, one.score):
            label = words("chart.tip_more", value=label, more=covered)
        if one.score.gate == "not-passed":
            label = words("chart.gate_missed", value=label)
        said = tip(
            form,
            form.period(one.period),
            [("score", form.number(one.score.value, 1)), ("coverage", form.share(one.score.coverage))],
        )
        totals.append(score_parts.ScoreTotal(form.period(one.period), one.score.value or 0.0, label, said))
    first, last = history[0], history[-1]
    finding = words(
        "chart.finding.score",
        start=form.period(first.period),
        first=points_text(form, first.score.value, scoring),
        end=form.period(last.period),
        last=points_text(form, last.score.value, scoring),
        reading=reading(form, last.score, scoring, gate=False),
    )
    missed = [form.period(one.period) for one in history if one.score.gate == "not-passed"]
    if missed:
        finding += words("chart.finding.score_gate", periods=form.join(missed))
    rows = _score_rows(form, names, ids, history)
    columns = [("period", False), ("score", True), ("coverage", True), ("parts", False)]
    spec = score_parts.specification(parts, tuple(totals), names, words("chart.axis.points"))
    heading = Ref(words("chart.title.score"))
    return chart_view(
        ctx,
        "score",
        f"{prefix}score",
        heading,
        finding=finding + words("punctuation.stop"),
        spec=spec,
        columns=columns,
        rows=rows,
    )


def _score_rows(
    form: Format, names: tuple[str, ...], ids: list[str], history: tuple[PeriodScore, ...]
) -> list[tuple[str, ...]]:
    """The scores with what each indicator brings, newest first."""
    words = form.words
    return [
        (
            form.period(one.period),
            form.number(one.score.value, 1),
            form.share(one.score.coverage),
            form.join(
                [
                    words("chart.part", name=names[ids.index(name)], points=form.number(points, 1))
                    for name, points in one.parts
                ]
            ),
        )
        for one in reversed(history)
    ]
