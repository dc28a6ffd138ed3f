"""Shortcodes of hand-written text as pieces of a page: values, statuses, tables, charts, maps and cases.

The text keeps a mark where each belongs, and the piece becomes a section of the page that stands within the
text (`present/page.py`), so that links, legends and drawings reach it as they reach any other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from generator.compute.series.assessed import AssessedSeries
from generator.model.catalogue import Catalogue
from generator.model.exact import counted
from generator.model.shortcode import BLOCKS, MAPS, Shortcode, shortcodes
from generator.present.links import Links, Ref, path_of
from generator.present.maps.geometry import maps_laid_out
from generator.present.page import INSERT, Section, insert_id, insert_mark
from generator.present.page_context import PageContext
from generator.present.parts.case_opening import opening
from generator.present.parts.map_picture import MapNotes, MapOnPage, MapPicture, map_picture
from generator.present.parts.places import place
from generator.present.parts.process_map import latest
from generator.present.parts.shortcode_values import (
    ToldValue,
    hidden,
    name_of,
    series_for,
    thing_of,
    told_value,
)
from generator.present.parts.trend import ControlChartView, chart_view, series_name
from generator.present.parts.value import StatusView, ValueView, value_view

ROWS = 12
"""Periods of a table that does not say how many."""


@dataclass(frozen=True, slots=True)
class ToldRow:
    """A row of a table: an indicator or a place with its newest value, or a period with its value."""

    ref: Ref
    period: str
    """Of the value, where the row is not called by it."""
    value: ValueView


@dataclass(frozen=True, slots=True)
class ToldTable:
    """A table of values."""

    label: str
    heading: str
    """Of its first column."""
    rows: tuple[ToldRow, ...]

    @property
    def noted(self) -> bool:
        """Whether there is something to know about any of the values."""
        return any(row.value.note for row in self.rows)


@dataclass(frozen=True, slots=True)
class ToldCase:
    """A case in short."""

    ref: Ref
    kind: str
    status: str
    status_label: str
    summary: str


@dataclass(frozen=True, slots=True)
class InsertContext:
    """What the template is given: one of them, and the others None or empty."""

    value: ToldValue | None = None
    status: StatusView | None = None
    table: ToldTable | None = None
    chart: ControlChartView | None = None
    map: MapPicture | None = None
    case: ToldCase | None = None
    notice: str = ""
    """Why there is nothing to show."""
    title: str = ""
    """Of the chart."""
    process: Ref | None = None
    """Of the map."""
    named: Ref | None = None
    """What is only named, within a line."""


def inserted(ctx: PageContext, path: str, markdown: str) -> tuple[str, tuple[Section, ...]]:
    """The text with a mark for each shortcode, and the pieces that belong there."""
    made, sections, at = [], [], 0
    maker = PieceMaker(ctx, ctx.links(path))
    for number, code in enumerate(shortcodes(markdown)):
        made += [markdown[at : code.start], insert_mark(number)]
        at = code.end
        sections.append(Section(insert_id(number), INSERT, "", maker.html(code)))
    return "".join((*made, markdown[at:])), tuple(sections)


class PieceMaker:
    """Makes the pieces of one page; `prefix` sets the names of its charts apart from others' on the page."""

    def __init__(self, ctx: PageContext, links: Links, prefix: str = "") -> None:
        self._ctx, self._links, self._prefix = ctx, links, prefix
        self._named: Counter[str] = Counter()

    def html(self, code: Shortcode) -> str:
        """The piece that a shortcode asks for; empty for one that `check` refuses."""
        return self._written(self._context(code))

    def within_line(self, code: Shortcode) -> str:
        """The same where a chart, table, map or case has no room: a link to what it shows."""
        return self._written(
            InsertContext(named=self._named_thing(code)) if code.kind in BLOCKS else self._context(code)
        )

    def _written(self, context: InsertContext) -> str:
        return "".join(
            block for _, block in self._ctx.templates.sections("macros/shortcodes", context)
        ).strip()

    def _named_thing(self, code: Shortcode) -> Ref:
        thing, name = thing_of(self._ctx.figures, code), name_of(self._ctx.figures, self._ctx.format, code)
        if thing is None:
            return Ref(name)
        kind, id_ = thing
        page = {"indicators": "indicator", "pilots": "pilot", "processes": "process", "cases": "case"}[kind]
        return Ref(name, self._links.to(path_of(page, id_)))

    def _context(self, code: Shortcode) -> InsertContext:
        if code.kind in ("value", "status"):
            told = told_value(self._ctx.figures, self._ctx.format, code)
            return InsertContext(value=told) if code.kind == "value" else InsertContext(status=told.status)
        make = {"table": self._table, "chart": self._chart, "map": self._map, "case": self._case}
        found = make[code.kind](code) if code.kind in make else None
        return found or InsertContext(notice=self._why_nothing(code))

    def _why_nothing(self, code: Shortcode) -> str:
        words, whole = self._ctx.format.words, self._ctx.figures.whole.catalogue
        whole_table = code.kind == "table" and "pilot" not in code.named
        if hidden(self._ctx.figures, code) or (whole_table and self._in_part(code)):
            return words("shortcode.hidden_block")
        if code.kind in ("table", "chart") and _is_known(whole, code):
            return words("indicator.no_results")
        return words("shortcode.later")

    def _table(self, code: Shortcode) -> InsertContext | None:
        if not code.thing:
            table = self._pack(code)
        elif "pilot" in code.named or code.cell:
            table = self._course(code)
        else:
            table = self._places(code)
        if table is None or not table.rows:
            return None
        missing = not code.cell and self._in_part(code)
        return InsertContext(
            table=table,
            notice=self._ctx.format.words("edition.in_part") + self._ctx.format.words("punctuation.stop")
            if missing
            else "",
        )

    def _in_part(self, code: Shortcode) -> bool:
        """Whether there are places with values, or parts of a pack, that are not for this edition."""
        figures, pilot = self._ctx.figures, code.named.get("pilot")
        if pilot is not None:
            return not code.thing and len(figures.pilots[pilot].pack) < len(figures.whole.pilots[pilot].pack)
        told, every = figures.of_indicator(code.thing), figures.whole.of_indicator(code.thing)
        return _with_values(told) < _with_values(every)

    def _places(self, code: Shortcode) -> ToldTable | None:
        """The newest value of the organisation and of every pilot."""
        ctx, form = self._ctx, self._ctx.format
        indicator = ctx.figures.catalogue.indicators.get(code.thing)
        if indicator is None:
            return None
        rows = []
        for series in ctx.figures.of_indicator(code.thing):
            if not series.series.cell and series.last is not None:
                value = value_view(form, series.last, indicator)
                rows.append(ToldRow(place(ctx.figures, form, series, self._links), value.period, value))
        label = form.words("shortcode.table", name=form.text(indicator.name))
        return ToldTable(label, form.words("table.place"), tuple(rows))

    def _course(self, code: Shortcode) -> ToldTable | None:
        """The values of one series, the newest first."""
        ctx, form = self._ctx, self._ctx.format
        series = series_for(ctx.figures, code)
        if series is None:
            return None
        indicator = ctx.figures.catalogue.indicators[code.thing]
        newest = series.points[-int(code.named.get("last") or ROWS) :]
        views = [value_view(form, point, indicator) for point in reversed(newest)]
        label = form.words(
            "shortcode.course",
            name=form.text(indicator.name),
            place=place(ctx.figures, form, series, self._links).title,
        )
        rows = tuple(ToldRow(Ref(view.period), "", view) for view in views)
        return ToldTable(label, form.words("table.period"), rows)

    def _pack(self, code: Shortcode) -> ToldTable | None:
        """A pilot's pack as its review period is told."""
        ctx, form = self._ctx, self._ctx.format
        pilot = code.named.get("pilot", "")
        if pilot not in ctx.figures.pilots:
            return None
        rows = []
        for item in ctx.figures.pilots[pilot].pack:
            value = value_view(form, item.review, ctx.figures.catalogue.indicators[item.indicator])
            rows.append(ToldRow(self._links.indicator(item.indicator), value.period, value))
        label = form.words("shortcode.pack", place=self._links.pilot(pilot).title)
        return ToldTable(label, form.words("table.indicator"), tuple(rows))

    def _chart(self, code: Shortcode) -> InsertContext | None:
        ctx = self._ctx
        series = series_for(ctx.figures, code)
        if series is None or series.last is None:
            return None
        indicator = ctx.figures.catalogue.indicators[code.thing]
        where = place(ctx.figures, ctx.format, series, self._links)
        view = chart_view(ctx, series, indicator, where, self._name(series_name(series)), self._links)
        return InsertContext(chart=view, title=ctx.format.text(indicator.name))

    def _name(self, name: str) -> str:
        """A name made of ids, with a number from the second of its kind on the page on."""
        name = f"{self._prefix}{name}"
        self._named[name] += 1
        return name if self._named[name] == 1 else f"{name}-{self._named[name]}"

    def _map(self, code: Shortcode) -> InsertContext | None:
        ctx, form = self._ctx, self._ctx.format
        process = ctx.figures.catalogue.processes.get(code.thing)
        maps = dict(process.maps.drawn) if process else {}
        asked = MAPS[code.named["map"]] if "map" in code.named else next(iter(maps), "")
        drawn = maps.get(asked)  # type: ignore[call-overload]
        if process is None or drawn is None:
            return None
        catalogue = ctx.figures.catalogue
        laid_out = maps_laid_out(process, ctx.figures.processes[process.id], catalogue.indicators, form)
        map_ = MapOnPage(
            process=process,
            name=asked,
            drawn=drawn,
            geometry=laid_out[asked],
            catalogue=catalogue,
            form=form,
            links=self._links,
        )
        page = path_of("process", process.id)
        notes = MapNotes(
            self._name(f"told-{process.id}-{map_.anchor}"),
            form.words("map.description", lanes=len(process.lanes), steps=len(drawn.steps)),
            {step.id: self._links.to(page, f"{map_.anchor}-{step.id}") for step in drawn.steps},
            {indicator: latest(ctx.figures, process, indicator) for indicator in map_.indicators},
        )
        ref = Ref(map_.title, self._links.to(page))
        return InsertContext(map=map_picture(ctx.templates, map_, notes), process=ref)

    def _case(self, code: Shortcode) -> InsertContext | None:
        figures, form = self._ctx.figures, self._ctx.format
        head = figures.catalogue.cases.get(code.thing)
        if head is None:
            return None
        return InsertContext(
            case=ToldCase(
                ref=self._links.case(code.thing),
                kind=form.words(f"cases.kind.{head.kind}"),
                status=head.status,
                status_label=form.words(f"cases.status.{head.status}"),
                summary=opening(figures, form, code.thing),
            )
        )


def _is_known(catalogue: Catalogue, code: Shortcode) -> bool:
    pilot = code.named.get("pilot")
    return code.thing in catalogue.indicators and (pilot is None or pilot in catalogue.pilots)


def _with_values(series: Sequence[AssessedSeries]) -> int:
    return counted(not one.series.cell and one.last is not None for one in series)
