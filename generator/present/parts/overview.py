"""Charts over many indicators or pilots: heat maps, one indicator over the pilots, two generations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.compute.figures import Figures
from generator.compute.insight.generations import BOTH, IndexedIndicator, generations_of
from generator.compute.insight.named_points import bare
from generator.compute.insight.standing import standing_of
from generator.compute.insight.standings import (
    off_target_first,
    organisation_periods,
    pack_standings,
    packs_off_target_first,
    period_standings,
)
from generator.compute.seen import hides_indicators, hides_packs
from generator.compute.series.assessed import AssessedPoint, AssessedSeries
from generator.model.indicator import Indicator
from generator.model.period import Period
from generator.model.process import Process
from generator.present.charts import generations, heat
from generator.present.charts.draw import TwoWidths
from generator.present.charts.trend import TrendPoint
from generator.present.links import Ref
from generator.present.page_context import PageContext
from generator.present.parts.chart import ChartView, DataColumn, chart_view, tip
from generator.present.text.format import Format
from generator.present.text.value_text import (
    attainment_text,
    places,
    status_text,
    target_text,
    thresholds_text,
    value_text,
)

FEWEST = 2
"""Fewest panels or periods worth a chart."""
MOST_DRAWN = 60
"""Rows of a drawing, two screens: nobody reads a picture of a thousand, which takes seconds to draw."""
MOST_NAMED = 4
"""Rows that a finding names; more are left to the table. How many there are is not said: editions see other
rows."""
STATES = ("exceeded", "met", "near", "missed", "not-final", "no-target", "no-data")


def heat_pilots(ctx: PageContext) -> Iterator[ChartView]:
    """Pilots × indicators of their packs, in the review period; what is off target stands first.

    Of very many the first are drawn, and the table tells of all.
    """
    form = ctx.format
    pilots = ctx.figures.catalogue.pilots
    ids = packs_off_target_first(ctx.figures)
    if not ids or not pack_standings(ctx.figures).judged:
        return
    columns = {pilot: form.text(one.name) for pilot, one in pilots.items()}
    cells, rows, own = [], [], []
    for place, indicator in enumerate(ids):
        name = ctx.figures.catalogue.indicators[indicator].name
        packs = [
            next((one for one in figures.pack if one.indicator == indicator), None)
            for figures in ctx.figures.pilots.values()
        ]
        differ = _bars_differ(item.review for item in packs if item)
        if differ:
            own.append(form.inside(name))
        row = [form.text(name)]
        for pilot, item in zip(ctx.figures.pilots, packs, strict=True):
            if item is None:
                row.append("")
                continue
            if place < MOST_DRAWN:
                cells.append(_cell(ctx.figures, form, indicator, columns[pilot], item.review))
            row.append(_in_words(ctx.figures, form, indicator, item.review, differ))
        rows.append(row)
    names = tuple(row[0] for row in rows[:MOST_DRAWN])
    whole = not hides_packs(ctx.figures)
    yield _heat(ctx, "pilots", names, tuple(columns.values()), cells=cells, table=rows, own=own, whole=whole)


def heat_periods(ctx: PageContext) -> Iterator[ChartView]:
    """Indicators × review periods, the whole organisation; what is off target now stands first.

    Of very many the first are drawn, and the table tells of all.
    """
    form = ctx.format
    catalogue = ctx.figures.catalogue
    periods, told = organisation_periods(ctx.figures)
    if len(periods) < FEWEST or not period_standings(ctx.figures).judged:
        return
    columns = tuple(form.period(period) for period in periods)
    cells, rows, own = [], [], []
    known = {one: told[one] for one in catalogue.indicators if one in told}
    for place, indicator in enumerate(off_target_first(known, periods[-1])):
        name = catalogue.indicators[indicator].name
        points = _at(known[indicator], periods)
        if place < MOST_DRAWN:
            cells += [
                _cell(ctx.figures, form, indicator, column, point)
                for column, point in zip(columns, points, strict=True)
            ]
        differ = _bars_differ(points)
        if differ:
            own.append(form.inside(name))
        rows.append(
            [form.text(name), *(_in_words(ctx.figures, form, indicator, point, differ) for point in points)]
        )
    whole = not hides_indicators(ctx.figures, None)
    names = tuple(row[0] for row in rows[:MOST_DRAWN])
    yield _heat(ctx, "periods", names, columns, cells=cells, table=rows, own=own, whole=whole)


def _at(series: AssessedSeries, periods: Iterable[Period]) -> list[AssessedPoint | None]:
    """The points of a series in these periods; only these are told their names."""
    places = {point.point.period: place for place, point in enumerate(bare(series.points))}
    return [series.points[places[period]] if period in places else None for period in periods]


def _bars_differ(points: Iterable[AssessedPoint | None]) -> bool:
    """Whether cells of one row are held against different bars: then 94 may be missed beside 89 near."""
    return len({point.bar for point in points if point and point.point.value is not None}) > 1


def _in_words(figures: Figures, form: Format, id_: str, point: AssessedPoint | None, differ: bool) -> str:
    """A cell of the table; where the bars of a row differ, with its own beside it."""
    word, label = status_text(form, point), _label(form, point)
    said = word if label == word else form.words("chart.pair", value=label, word=word)
    if not differ or point is None or point.point.value is None:
        return said
    bars = thresholds_text(form, point, figures.catalogue.indicators[id_], alone=True)
    return form.words("chart.with_bars", cell=said, bars=bars) if bars else said


def _label(form: Format, point: AssessedPoint | None) -> str:
    """What stands on a cell: how far the target is reached, else the status in a word."""
    if point is None or point.point.value is None:
        return form.number(None)
    return attainment_text(form, point, unit=False) or status_text(form, point)


def _cell(
    figures: Figures, form: Format, id_: str, column: str, point: AssessedPoint | None
) -> heat.HeatCell:
    words = form.words
    indicator = figures.catalogue.indicators[id_]
    row = form.text(indicator.name)
    head = words("chart.tip_cell", row=row, column=column)
    if point is None or point.point.value is None:
        said = tip(form, head, [("status", words("status.no-data"))])
        return heat.HeatCell(row, column, "no-data", _label(form, point), said)
    said = tip(
        form,
        head,
        [
            ("value", value_text(form, point, indicator)),
            ("target", target_text(form, point, indicator)),
            ("floor", _floor(form, point, indicator)),
            ("attainment", attainment_text(form, point, 1)),
            ("status", status_text(form, point)),
        ],
    )
    return heat.HeatCell(row, column, standing_of(point).shown, _label(form, point), said)


def _floor(form: Format, point: AssessedPoint, indicator: Indicator) -> str:
    floor = point.bar.floor
    return form.value(floor, indicator, places(point, indicator)) if floor is not None else ""


def _heat(
    ctx: PageContext,
    name: str,
    rows: tuple[str, ...],
    columns: tuple[str, ...],
    cells: list[heat.HeatCell],
    table: list[list[str]],
    *,
    own: list[str],
    whole: bool,
) -> ChartView:
    """A heat map; `own` names the rows whose cells have bars of their own, `whole` says whether the edition
    sees all that is counted."""
    form, words = ctx.format, ctx.format.words
    kind = f"heat_{name}"
    count = pack_standings if name == "pilots" else period_standings
    counted = ctx.named(count(ctx.figures), f"standings/{'packs' if name == 'pilots' else name}")
    finding = words(f"chart.finding.{kind}", n=counted.reached, of=counted.judged, missed=counted.missed)
    if not whole:
        finding = words("edition.in_part") + words("punctuation.stop")
    elif any(cell.status == "not-final" for cell in cells):
        finding += words("chart.as_they_stand")
    if own:
        key = "many_bars" if len(own) > MOST_NAMED else "own_bars"
        finding += words(f"chart.{key}.{name}", names=form.listed(own))
    if len(rows) < len(table):
        finding += words("chart.first_drawn", shown=len(rows), n=len(table))
    states = tuple((state, words(f"status.{state}")) for state in STATES)
    heading = Ref(words(f"chart.title.{kind}", period=form.period(ctx.figures.as_of)))
    drawn = heat.Heat(rows, columns, tuple(cells), states)
    heads: list[tuple[str, bool] | DataColumn] = [("indicator", False)]
    heads += [DataColumn(column) for column in columns]
    return chart_view(
        ctx,
        "heat",
        f"heat-{name}",
        heading,
        finding=finding,
        spec=TwoWidths(heat.specification(drawn), heat.narrow(drawn, newest=name == "periods")),
        columns=heads,
        rows=table,
    )


def _ticks(form: Format, periods: list[Period]) -> tuple[TrendPoint, ...]:
    """The beginnings of years, or two periods well inside where there are none: panels stand close."""
    last = len(periods) - 1
    inside = periods[last // 8 : last - last // 8 + 1]
    years = [period for period in inside if period.number == 1]
    shown = years or [periods[last // 4], periods[last - last // 4]]
    every = (len(shown) + 2) // 3
    return tuple(
        TrendPoint(str(period), form.axis_period(period, True), None, None)
        for period in dict.fromkeys(shown[::every])
    )


def two_generations(ctx: PageContext, process: Process) -> Iterator[ChartView]:
    """Traditional against composite indicators of the process's pilots, as indices of the same direction."""
    form, words = ctx.format, ctx.format.words
    panels = tuple(words(f"indicator.generation.{name}") for name in BOTH)
    for found in generations_of(ctx.figures, process):
        lines = tuple(_index_line(form, line) for line in found.lines)
        periods = sorted({point.point.period for series in found.series for point in series.points})
        at = f"processes/{process.id}/generations/{found.pilot}/indicators"
        rows = [
            (
                drawn.panel,
                drawn.name,
                form.number(ctx.named(line.index.newest, f"{at}/{line.indicator.id}/newest")),
            )
            for drawn, line in zip(lines, found.lines, strict=True)
        ]
        sentences = [
            words("chart.index_part", name=form.inside(line.indicator.name), value=row[2])
            for row, line in zip(rows, found.lines, strict=True)
        ]
        finding = words("chart.finding.generations", names=form.listed(sentences))
        drawn = (panels[0], panels[1]), lines, tuple(map(str, periods))
        spec = TwoWidths(
            generations.specification(*drawn, _ticks(form, periods)),
            generations.narrow(*drawn, _ticks(form, periods[-generations.PERIODS :])),
        )
        pilot = ctx.figures.catalogue.pilots[found.pilot]
        heading = Ref(words("chart.title.generations", pilot=form.text(pilot.name)))
        columns = [("generation", False), ("indicator", False), ("index", True)]
        yield chart_view(
            ctx,
            "generations",
            f"generations-{pilot.id}",
            heading,
            finding=finding,
            spec=spec,
            columns=columns,
            rows=rows,
        )


def _index_line(form: Format, line: IndexedIndicator) -> generations.IndexLine:
    """The line of one indicator; its tips say the index and the value behind it."""
    indicator = line.indicator
    name = form.text(indicator.name)
    points = [point.point for point in line.series.points]
    tips = tuple(
        tip(
            form,
            form.words("chart.tip_cell", row=name, column=form.period(point.period)),
            [
                ("index", form.number(index)),
                ("value", form.valued(point.value, indicator)),
            ],
        )
        for index, point in zip(line.index.values, points, strict=True)
    )
    values = tuple((str(point.period), index) for index, point in zip(line.index.values, points, strict=True))
    panel = form.words(f"indicator.generation.{line.generation}")
    return generations.IndexLine(panel, name, values, tips)
