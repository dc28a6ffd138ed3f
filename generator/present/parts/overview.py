"""Charts over many indicators or pilots: heat maps, one indicator over the pilots, two generations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.compute.insight.generations import BOTH, IndexedIndicator, generations_of
from generator.compute.insight.standing import standing_of
from generator.compute.insight.standings import organisation_periods, pack_standings, period_standings
from generator.compute.seen import hides_indicators, hides_packs
from generator.compute.series.assessed import AssessedPoint, AssessedSeries
from generator.model.comparing import better
from generator.model.indicator import Indicator
from generator.model.period import Period
from generator.model.process import Process
from generator.present.charts import generations, heat, multiples
from generator.present.charts.trend import TrendPoint
from generator.present.desk import PageContext
from generator.present.links import Ref
from generator.present.parts.chart import REACH, DataColumn, FigureView, figure, tip
from generator.present.telling import places, told_attainment, told_bars, told_status, told_target, told_value

FEWEST = 2
"""Fewest panels or periods worth a chart."""
STATES = ("exceeded", "met", "near", "missed", "not-final", "no-target", "no-data")


def heat_pilots(desk: PageContext) -> Iterator[FigureView]:
    """Pilots × indicators of their packs, in the review period."""
    form = desk.format
    pilots = desk.figures.catalogue.pilots
    ids = dict.fromkeys(item.indicator for one in desk.figures.pilots.values() for item in one.pack)
    if not ids:
        return
    columns = {pilot: form.text(one.name) for pilot, one in pilots.items()}
    cells, rows, own = [], [], []
    for indicator in ids:
        name = form.text(desk.figures.catalogue.indicators[indicator].name)
        packs = [
            next((one for one in figures.pack if one.indicator == indicator), None)
            for figures in desk.figures.pilots.values()
        ]
        differ = _bars_differ(item.review for item in packs if item)
        if differ:
            own.append(name)
        row = [name]
        for pilot, item in zip(desk.figures.pilots, packs, strict=True):
            if item is None:
                row.append("")
                continue
            cell = _cell(desk, indicator, columns[pilot], item.review)
            cells.append(cell)
            row.append(_in_words(desk, indicator, cell, item.review, differ))
        rows.append(row)
    names = tuple(form.text(desk.figures.catalogue.indicators[one].name) for one in ids)
    whole = not hides_packs(desk.figures)
    yield _heat(desk, "pilots", names, tuple(columns.values()), cells, rows, own, whole)


def heat_periods(desk: PageContext) -> Iterator[FigureView]:
    """Indicators × review periods, the whole organisation."""
    form = desk.format
    catalogue = desk.figures.catalogue
    periods, told = organisation_periods(desk.figures)
    if len(periods) < FEWEST:
        return
    columns = tuple(form.period(period) for period in periods)
    cells, rows, own = [], [], []
    for indicator, series in sorted(told.items(), key=lambda item: list(catalogue.indicators).index(item[0])):
        name = form.text(catalogue.indicators[indicator].name)
        found = {point.point.period: point for point in series.points}
        made = [
            _cell(desk, indicator, column, found.get(period))
            for period, column in zip(periods, columns, strict=True)
        ]
        cells += made
        points = [found.get(period) for period in periods]
        differ = _bars_differ(points)
        if differ:
            own.append(name)
        told_cells = (
            _in_words(desk, indicator, cell, point, differ) for cell, point in zip(made, points, strict=True)
        )
        rows.append([name, *told_cells])
    whole = not hides_indicators(desk.figures, None)
    yield _heat(desk, "periods", tuple(row[0] for row in rows), columns, cells, rows, own, whole)


def _bars_differ(points: Iterable[AssessedPoint | None]) -> bool:
    """Whether cells of one row are held against different bars: then 94 may be missed beside 89 near."""
    return len({point.bar for point in points if point and point.point.value is not None}) > 1


def _in_words(
    desk: PageContext, id_: str, cell: heat.HeatCell, point: AssessedPoint | None, differ: bool
) -> str:
    """A cell of the table; where the bars of a row differ, with its own beside it."""
    form, word = desk.format, told_status(desk.format, point)
    said = word if cell.label == word else form.words("figure.pair", value=cell.label, word=word)
    if not differ or point is None or point.point.value is None:
        return said
    bars = told_bars(form, point, desk.figures.catalogue.indicators[id_], alone=True)
    return form.words("figure.with_bars", cell=said, bars=bars) if bars else said


def _cell(desk: PageContext, id_: str, column: str, point: AssessedPoint | None) -> heat.HeatCell:
    form, words = desk.format, desk.format.words
    indicator = desk.figures.catalogue.indicators[id_]
    row = form.text(indicator.name)
    head = words("figure.tip_cell", row=row, column=column)
    if point is None or point.point.value is None:
        said = tip(desk, head, [("status", words("status.no-data"))])
        return heat.HeatCell(row, column, "no-data", form.number(None), said)
    label = told_attainment(form, point, unit=False)
    said = tip(
        desk,
        head,
        [
            ("value", told_value(form, point, indicator)),
            ("target", told_target(form, point, indicator)),
            ("floor", _floor(desk, point, indicator)),
            ("attainment", told_attainment(form, point, 1)),
            ("status", told_status(form, point)),
        ],
    )
    return heat.HeatCell(row, column, standing_of(point).shown, label or told_status(form, point), said)


def _floor(desk: PageContext, point: AssessedPoint, indicator: Indicator) -> str:
    floor = point.bar.floor
    return desk.format.number(floor, places(point, indicator)) if floor is not None else ""


def _heat(
    desk: PageContext,
    name: str,
    rows: tuple[str, ...],
    columns: tuple[str, ...],
    cells: list[heat.HeatCell],
    table: list[list[str]],
    own: list[str],
    whole: bool,
) -> FigureView:
    """A heat map; `own` names the rows whose cells have bars of their own, `whole` says whether the edition
    sees all that is counted."""
    form, words = desk.format, desk.format.words
    kind = f"heat_{name}"
    count = pack_standings if name == "pilots" else period_standings
    counted = desk.named(count(desk.figures), f"standings/{'packs' if name == 'pilots' else name}")
    finding = words(f"figure.finding.{kind}", n=counted.reached, of=counted.judged, missed=counted.missed)
    if not whole:
        finding = words("edition.in_part") + words("punctuation.stop")
    if own:
        finding += words(f"figure.own_bars.{name}", names=form.join(own))
    states = tuple((state, words(f"status.{state}")) for state in STATES)
    heading = Ref(words(f"figure.title.{kind}", period=form.period(desk.figures.as_of)))
    spec = heat.specification(heat.Heat(rows, columns, tuple(cells), states))
    heads: list[tuple[str, bool] | DataColumn] = [("indicator", False)]
    heads += [DataColumn(column) for column in columns]
    return figure(desk, "heat", f"heat-{name}", heading, finding, spec, heads, table)


def pilots_side_by_side(
    desk: PageContext, indicator: Indicator, whole: list[AssessedSeries], titles: dict[str, str]
) -> Iterator[FigureView]:
    """One indicator over the pilots on one axis; `titles` by pilot. Nothing below two pilots."""
    form, words = desk.format, desk.format.words
    pilots = [one for one in whole if one.series.pilot and one.last]
    if len(pilots) < FEWEST:
        return
    panels, rows = [], []
    for one in pilots:
        last = one.last
        if last is None:
            continue
        value = told_value(form, last, indicator)
        title = titles[one.series.pilot or ""]
        panels.append(
            multiples.Panel(
                words("figure.panel", name=title, value=value),
                tuple(_plain(desk, indicator, title, point) for point in one.points),
                REACH[standing_of(last).shown],
            )
        )
        bars = told_bars(form, last, indicator)
        rows.append((title, form.period(last.point.period), value, bars, told_status(form, last)))
    periods = sorted({point.point.period for one in pilots for point in one.points})
    ordered = sorted(
        (one for one in pilots if one.last and one.last.point.value is not None),
        key=lambda one: (one.last.point.value or 0.0) if one.last else 0.0,
        reverse=better(1, 0, indicator.direction),
    )
    names = [titles[one.series.pilot or ""] for one in ordered]
    finding = words("figure.finding.multiples", best=names[0], worst=names[-1])
    every = [one for one in desk.figures.whole.of_indicator(indicator.id) if one.series.pilot and one.last]
    if len({one.series.pilot for one in every}) > len(pilots):
        finding = words("edition.in_part") + words("punctuation.stop")
    bounds = desk.figures.signals[pilots[0].series.key].bounds
    spec = multiples.specification(tuple(panels), tuple(map(str, periods)), _ticks(desk, periods), bounds)
    yield figure(
        desk, "multiples", "multiples", Ref(words("figure.title.multiples")),
        finding, spec,
        [("pilot", False), ("period", False), ("value", True), ("target", False), ("status", False)], rows,
    )  # fmt: skip


def _plain(desk: PageContext, indicator: Indicator, pilot: str, point: AssessedPoint) -> TrendPoint:
    own, form = point.point, desk.format
    said = tip(
        desk,
        form.words("figure.tip_cell", row=pilot, column=form.period(own.period)),
        [
            ("value", told_value(form, point, indicator)),
            ("target", told_target(form, point, indicator)),
            ("status", told_status(form, point)),
        ],
    )
    label = form.axis_period(own.period, True)
    return TrendPoint(str(own.period), label, own.value, point.bar.target, tip=said)


def _ticks(desk: PageContext, periods: list[Period]) -> tuple[TrendPoint, ...]:
    """The beginnings of years, or two periods well inside where there are none: panels stand close."""
    last = len(periods) - 1
    inside = periods[last // 8 : last - last // 8 + 1]
    years = [period for period in inside if period.number == 1]
    shown = years or [periods[last // 4], periods[last - last // 4]]
    every = (len(shown) + 2) // 3
    return tuple(
        TrendPoint(str(period), desk.format.axis_period(period, True), None, None)
        for period in dict.fromkeys(shown[::every])
    )


def two_generations(desk: PageContext, process: Process) -> Iterator[FigureView]:
    """Traditional against composite indicators of the process's pilots, as indices of the same direction."""
    form, words = desk.format, desk.format.words
    panels = tuple(words(f"indicator.generation.{name}") for name in BOTH)
    for found in generations_of(desk.figures, process):
        lines = tuple(_index_line(desk, line) for line in found.lines)
        periods = sorted({point.point.period for series in found.series for point in series.points})
        at = f"processes/{process.id}/generations/{found.pilot}/indicators"
        rows = [
            (
                drawn.panel,
                drawn.name,
                form.number(desk.named(line.index.newest, f"{at}/{line.indicator.id}/newest")),
            )
            for drawn, line in zip(lines, found.lines, strict=True)
        ]
        told = [words("figure.index_part", name=row[1], value=row[2]) for row in rows]
        finding = words("figure.finding.generations", names=form.join(told))
        ticks = _ticks(desk, periods)
        spec = generations.specification((panels[0], panels[1]), lines, tuple(map(str, periods)), ticks)
        pilot = desk.figures.catalogue.pilots[found.pilot]
        heading = Ref(words("figure.title.generations", pilot=form.text(pilot.name)))
        columns = [("generation", False), ("indicator", False), ("index", True)]
        yield figure(desk, "generations", f"generations-{pilot.id}", heading, finding, spec, columns, rows)


def _index_line(desk: PageContext, line: IndexedIndicator) -> generations.IndexLine:
    """The line of one indicator; its tips say the index and the value behind it."""
    form, indicator = desk.format, line.indicator
    name, unit = form.text(indicator.name), form.text(indicator.unit)
    points = [point.point for point in line.series.points]
    tips = tuple(
        tip(
            desk,
            form.words("figure.tip_cell", row=name, column=form.period(point.period)),
            [
                ("index", form.number(index)),
                ("value", form.with_unit(point.value, unit, indicator.decimals)),
            ],
        )
        for index, point in zip(line.index.values, points, strict=True)
    )
    values = tuple((str(point.period), index) for index, point in zip(line.index.values, points, strict=True))
    panel = form.words(f"indicator.generation.{line.generation}")
    return generations.IndexLine(panel, name, values, tips)
