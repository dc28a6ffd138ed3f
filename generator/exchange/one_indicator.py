"""One indicator to take away: its results as CSV with their unit, its definition and results as JSON."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic_core import to_json

from generator.compute.figures import Figures
from generator.compute.series.assessed import AssessedPoint, AssessedSeries
from generator.compute.series.values import WITHHELD
from generator.exchange.export_points import WHY_VALUE
from generator.exchange.plain_json import as_json
from generator.model.indicator import Indicator
from generator.model.spreadsheet import csv_bytes
from generator.model.unit import data_unit
from generator.model.written import settled_tree, written


def files_of(figures: Figures) -> Iterator[tuple[str, bytes]]:
    """(path inside the site, content) of both files of every indicator of the edition."""
    for indicator in figures.catalogue.indicators.values():
        series = figures.of_indicator(indicator.id)
        yield path_of(indicator.id, "csv"), _csv(figures, indicator, series)
        yield path_of(indicator.id, "json"), _json(figures, indicator, series)


def path_of(indicator: str, form: str) -> str:
    """Where an indicator's file stands inside the language's tree."""
    return f"downloads/indicators/{indicator}.{form}"


def _csv(figures: Figures, indicator: Indicator, series: tuple[AssessedSeries, ...]) -> bytes:
    handbook = figures.catalogue.handbook
    dimensions = tuple(dimension.id for dimension in handbook.dimensions)
    unit = data_unit(indicator.unit, indicator.unit_factor, handbook.languages[0], handbook.languages[0])
    head = ("period", "indicator", "pilot", *dimensions, "value", "unit", "target", "status", "note")
    rows = (
        (
            str(point.point.period),
            indicator.id,
            item.series.pilot or "",
            *(dict(item.series.cell).get(dimension, "") for dimension in dimensions),
            _number(point.point.value),
            unit,
            _number(point.bar.target),
            point.status,
            _note(point),
        )
        for item in series
        for point in item.points
    )
    return csv_bytes([head, *rows])


def _number(value: float | None) -> str:
    return "" if value is None else written(value)


def _json(figures: Figures, indicator: Indicator, series: tuple[AssessedSeries, ...]) -> bytes:
    languages = figures.catalogue.handbook.languages
    made = {
        "definition": as_json(indicator, languages),
        "series": [
            {
                "pilot": item.series.pilot,
                "dimensions": dict(item.series.cell),
                "points": [_point(point) for point in item.points],
            }
            for item in series
        ],
    }
    return to_json(settled_tree(made)) + b"\n"  # indented it would be half as large again


def _point(point: AssessedPoint) -> dict[str, object]:
    return {
        "period": str(point.point.period),
        "value": point.point.value,
        "target": point.bar.target,
        "status": point.status,
        "note": _note(point),
    }


def _note(point: AssessedPoint) -> str:
    """The remark of the results; of a value that is told nowhere, why."""
    why = point.point.why_not
    return point.point.note or (WHY_VALUE[why] if why in WITHHELD else "")
