"""One indicator to take away: its results as CSV with their unit, its definition and results as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from pydantic_core import to_json

from generator.compute.figures import Figures
from generator.compute.series.assessed import AssessedSeries
from generator.compute.series.attainment import Status
from generator.compute.series.packed_points import along
from generator.compute.series.values import WITHHELD
from generator.exchange.content import Content, made_now
from generator.exchange.export_points import WHY_VALUE
from generator.exchange.plain_json import as_json
from generator.model.indicator import Indicator
from generator.model.period import Period
from generator.model.spreadsheet import csv_bytes
from generator.model.unit import data_unit
from generator.model.written import settled_tree, written


def files_of(figures: Figures, content: Content = made_now) -> Iterator[tuple[str, bytes]]:
    """(path inside the site, content) of both files of every indicator of the edition."""
    for indicator in figures.catalogue.indicators.values():
        for form, make in (("csv", _csv), ("json", _json)):
            path = path_of(indicator.id, form)
            yield path, content(path, partial(make, figures, indicator))


def path_of(indicator: str, form: str) -> str:
    """Where an indicator's file stands inside the language's tree."""
    return f"downloads/indicators/{indicator}.{form}"


def _csv(figures: Figures, indicator: Indicator) -> bytes:
    series = figures.of_indicator(indicator.id)
    handbook = figures.catalogue.handbook
    dimensions = tuple(dimension.id for dimension in handbook.dimensions)
    unit = data_unit(indicator.unit, indicator.unit_factor, handbook.languages[0], handbook.languages[0])
    head = ("period", "indicator", "pilot", *dimensions, "value", "unit", "target", "status", "note")
    rows = (
        (
            str(period),
            indicator.id,
            item.series.pilot or "",
            *(cell.get(dimension, "") for dimension in dimensions),
            _number(value),
            unit,
            _number(target),
            status,
            note,
        )
        for item, cell in ((item, dict(item.series.cell)) for item in series)
        for period, value, target, status, note in _told(item)
    )
    return csv_bytes([head, *rows])


def _number(value: float | None) -> str:
    return "" if value is None else written(value)


def _json(figures: Figures, indicator: Indicator) -> bytes:
    series = figures.of_indicator(indicator.id)
    languages = figures.catalogue.handbook.languages
    made = {
        "definition": as_json(indicator, languages),
        "series": [
            {
                "pilot": item.series.pilot,
                "dimensions": dict(item.series.cell),
                "points": [
                    {"period": str(period), "value": value, "target": target, "status": status, "note": note}
                    for period, value, target, status, note in _told(item)
                ],
            }
            for item in series
        ],
    }
    return to_json(settled_tree(made)) + b"\n"  # indented it would be half as large again


def _told(series: AssessedSeries) -> Iterator[tuple[Period, float | None, float | None, Status, str]]:
    """Of each point the period, the value, its target, the status and the remark of the results; of a value
    that is told nowhere, why."""
    fields = ("point.period", "point.value", "bar.target", "status", "point.note", "point.why_not")
    for period, value, target, status, note, why in zip(
        *(along(series.points, field) for field in fields), strict=True
    ):
        yield period, value, target, status, note or (WHY_VALUE[why] if why in WITHHELD else "")
