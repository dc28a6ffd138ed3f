"""The charts of a pilot's pack: bullets against the bars, the profile of what it measures, its score."""

from __future__ import annotations

from collections.abc import Iterator

from generator.compute.figures import PilotFigures
from generator.compute.insight.named import named_history
from generator.compute.insight.quarter import tally_of
from generator.compute.insight.score_history import PeriodScore, score_history
from generator.compute.insight.standing import standing_of
from generator.compute.insight.standings import bars_of
from generator.compute.score import PackFigure
from generator.model.pilot import Pilot
from generator.present.charts import bullet, profile, score_parts
from generator.present.desk import PageContext
from generator.present.format import DASH
from generator.present.links import Ref
from generator.present.parts.chart import REACH, FigureView, figure, tip
from generator.present.scores import coverage, reading, told_points
from generator.present.telling import told_attainment, told_status, told_target, told_value

SHORT = ("near", "missed")
DIMENSIONS = ("time", "quantity", "quality", "cost")


def pack_figures(
    desk: PageContext, pilot: Pilot, figures: PilotFigures, prefix: str = ""
) -> Iterator[FigureView]:
    """The charts that the pack's data allow; `prefix` keeps their names apart where packs share a page."""
    shown = [item for item in figures.pack if item.review is not None and item.review.attainment is not None]
    if shown:
        yield _bullets(desk, figures, shown, prefix)
        yield _profile(desk, figures, shown, prefix)
    if figures.score.withheld is not None:
        return
    history = score_history(
        pilot.id,
        figures.pack,
        desk.figures.longer,
        desk.figures.as_of,
        desk.figures.catalogue.handbook.calendar,
    )
    if not desk.place:
        history = named_history(history, f"pilots/{pilot.id}/history")
    if len(history) > 1:
        yield _scores(desk, figures, history, prefix)


def _name(desk: PageContext, indicator: str) -> str:
    return desk.format.text(desk.figures.catalogue.indicators[indicator].name)


def _measured(desk: PageContext, item: PackFigure, value: float | None) -> str:
    """A value of an indicator in its unit; nothing where there is none."""
    indicator = desk.figures.catalogue.indicators[item.indicator]
    if value is None:
        return ""
    return desk.format.with_unit(value, desk.format.text(indicator.unit), indicator.decimals)


def _bullets(desk: PageContext, figures: PilotFigures, pack: list[PackFigure], prefix: str) -> FigureView:
    """Counts the whole pack, as every page does; what has no per cent of its target is in the table alone."""
    form, words = desk.format, desk.format.words
    bullets: list[bullet.Bullet] = []
    rows: list[tuple[str, ...]] = []
    for item in pack:
        point = item.review
        if point is None or point.attainment is None:
            continue
        indicator = desk.figures.catalogue.indicators[item.indicator]
        before = point.point.value - point.previous.absolute if point.previous and point.point.value else None
        told = desk.named(
            bars_of(point, indicator.direction), f"pilots/{figures.pilot}/pack/{item.indicator}/bars"
        )
        bars = [told.floor, told.stretch, told.previous]
        bullets.append(
            bullet.Bullet(
                form.text(indicator.name),
                point.attainment,
                bars[0],
                bars[1],
                bars[2],
                REACH[standing_of(point).shown],
                words("figure.pair", value=told_attainment(form, point), word=told_status(form, point)),
                tip(
                    desk,
                    form.text(indicator.name),
                    [
                        ("value", told_value(form, point, indicator)),
                        ("target", told_target(form, point, indicator)),
                        ("attainment", told_attainment(form, point, 1)),
                        ("previous_period", _measured(desk, item, before)),
                        ("status", told_status(form, point)),
                    ],
                ),
            )
        )
        rows.append(
            (
                form.text(indicator.name),
                told_attainment(form, point),
                *(form.percent(bar) for bar in bars),
                told_status(form, point),
            )
        )
    worst = min(rows, key=lambda row: bullets[rows.index(row)].value)
    finding = _counted(desk, figures, worst) + _beside(desk, figures, pack, rows)
    heading = Ref(words("figure.title.bullet", period=form.period(desk.figures.as_of)))
    columns = [
        ("indicator", False), ("attainment", True), ("floor", True), ("stretch", True),
        ("previous_period", True), ("status", False),
    ]  # fmt: skip
    spec = bullet.specification(tuple(bullets), words("figure.axis.attainment"))
    return figure(desk, "bullet", f"{prefix}bullets", heading, finding, spec, columns, rows)


def _counted(desk: PageContext, figures: PilotFigures, worst: tuple[str, ...]) -> str:
    """How many of the pack reach their target; nothing is counted where the edition does not see it all."""
    words = desk.format.words
    tally = desk.named(tally_of(figures.pack), f"pilots/{figures.pilot}/tally")
    if figures.score.withheld is not None:
        return words("edition.in_part") + words("punctuation.stop")
    short = [item for item in figures.pack if item.review is not None and item.review.status in SHORT]
    # The furthest from the target is named only among those that are short of it, all of which are compared.
    if not short or any(item.review is None or item.review.attainment is None for item in short):
        return words("figure.finding.bullet_count", n=tally.reached, of=tally.total)
    return words("figure.finding.bullet", n=tally.reached, of=tally.total, name=worst[0], value=worst[1])


def _beside(
    desk: PageContext, figures: PilotFigures, drawn: list[PackFigure], rows: list[tuple[str, ...]]
) -> str:
    """What stands in the table alone is put into `rows`; the sentence names it."""
    words = desk.format.words
    beside = [item for item in figures.pack if item not in drawn]
    for item in beside:
        state = told_status(desk.format, item.review)
        rows.append((_name(desk, item.indicator), DASH, DASH, DASH, DASH, state))
    names = desk.format.join([_name(desk, item.indicator) for item in beside])
    return words("figure.undrawn", names=names) if beside else ""


def _profile(desk: PageContext, figures: PilotFigures, pack: list[PackFigure], prefix: str) -> FigureView:
    form, words = desk.format, desk.format.words
    indicators = desk.figures.catalogue.indicators
    points, rows = [], []
    for item in pack:
        point, kind = item.review, indicators[item.indicator].dimension
        if point is None or point.attainment is None or kind is None:
            continue
        row = words(f"indicator.dimension.{kind}")
        name = _name(desk, item.indicator)
        label = words("figure.pair", value=told_attainment(form, point), word=name)
        said = tip(
            desk,
            words("figure.tip_cell", row=row, column=name),
            [
                ("value", told_value(form, point, indicators[item.indicator])),
                ("target", told_target(form, point, indicators[item.indicator])),
                ("attainment", told_attainment(form, point, 1)),
                ("status", told_status(form, point)),
            ],
        )
        points.append(
            profile.ProfilePoint(row, point.attainment, REACH[standing_of(point).shown], label, said)
        )
        rows.append((row, name, told_attainment(form, point), told_status(form, point)))
    every = desk.figures.whole
    held = {every.catalogue.indicators[item.indicator].dimension for item in every.pilots[figures.pilot].pack}
    blind = [words(f"indicator.dimension.{kind}") for kind in DIMENSIONS if kind not in held]
    finding = (
        words("figure.finding.profile_blind", names=form.join(blind))
        if blind
        else words("figure.finding.profile_whole")
    )
    order = tuple(words(f"indicator.dimension.{kind}") for kind in DIMENSIONS)
    rows.sort(key=lambda row: order.index(row[0]))
    spec = profile.specification(
        order, tuple(points), words("figure.axis.attainment"), words("figure.no_indicator")
    )
    columns = [("dimension", False), ("indicator", False), ("attainment", True), ("status", False)]
    heading = Ref(words("figure.title.profile"))
    return figure(desk, "profile", f"{prefix}profile", heading, finding, spec, columns, rows)


def _scores(
    desk: PageContext, figures: PilotFigures, history: tuple[PeriodScore, ...], prefix: str
) -> FigureView:
    form, words = desk.format, desk.format.words
    names = tuple(_name(desk, item.indicator) for item in figures.pack)
    ids, scoring = [item.indicator for item in figures.pack], desk.figures.catalogue.handbook.scoring
    parts = tuple(
        score_parts.ScorePart(
            form.period(one.period),
            names[ids.index(indicator)],
            points,
            tip(
                desk,
                words("figure.tip_cell", row=names[ids.index(indicator)], column=form.period(one.period)),
                [("score", form.number(points, 1))],
            ),
        )
        for one in history
        for indicator, points in one.parts
    )
    totals = []
    for one in history:
        label = told_points(form, one.score.value, scoring)
        if covered := coverage(form, one.score):
            label = words("figure.tip_more", value=label, more=covered)
        if one.score.gate == "not-passed":
            label = words("figure.gate_missed", value=label)
        said = tip(
            desk,
            form.period(one.period),
            [("score", form.number(one.score.value, 1)), ("coverage", form.share(one.score.coverage))],
        )
        totals.append(score_parts.ScoreTotal(form.period(one.period), one.score.value or 0.0, label, said))
    first, last = history[0], history[-1]
    finding = words(
        "figure.finding.score",
        start=form.period(first.period), first=told_points(form, first.score.value, scoring),
        end=form.period(last.period), last=told_points(form, last.score.value, scoring),
        reading=reading(form, last.score, scoring, gate=False),
    )  # fmt: skip
    missed = [form.period(one.period) for one in history if one.score.gate == "not-passed"]
    if missed:
        finding += words("figure.finding.score_gate", periods=form.join(missed))
    rows = _score_rows(desk, names, ids, history)
    columns = [("period", False), ("score", True), ("coverage", True), ("parts", False)]
    spec = score_parts.specification(parts, tuple(totals), names, words("figure.axis.points"))
    heading = Ref(words("figure.title.score"))
    return figure(
        desk, "score", f"{prefix}score", heading, finding + words("punctuation.stop"), spec, columns, rows
    )


def _score_rows(
    desk: PageContext, names: tuple[str, ...], ids: list[str], history: tuple[PeriodScore, ...]
) -> list[tuple[str, ...]]:
    """The scores with what each indicator brings, newest first."""
    form, words = desk.format, desk.format.words
    return [
        (
            form.period(one.period),
            form.number(one.score.value, 1),
            form.share(one.score.coverage),
            form.join(
                [
                    words("figure.part", name=names[ids.index(name)], points=form.number(points, 1))
                    for name, points in one.parts
                ]
            ),
        )
        for one in reversed(history)
    ]
