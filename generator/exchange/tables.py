"""Results and indicators as CSV, in UTF-8 with a mark that makes spreadsheets read Chinese rightly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from generator.exchange.export_points import WHY_VALUE
from generator.model.catalogue import Catalogue
from generator.model.indicator import Indicator
from generator.model.result import Observation
from generator.model.spreadsheet import csv_bytes
from generator.model.text import Text
from generator.model.unit import data_unit

HEAD = ("period", "indicator", "pilot")
TAIL = ("value", "numerator", "denominator", "n", "target", "status", "note", "as_of", "version")
FACTS = (
    "id",
    "code",
    "status",
    "level",
    "dimension",
    "aspect",
    "generation",
    "category",
    "direction",
    "frequency",
    "rollup",
)
"""Columns of the table of indicators that hold a field as it is, empty where there is none."""
TEXTS = ("name", "question", "definition", "formula", "unit", "owner_unit", "owner_role", "source")
"""Columns of the same that there are of every language."""


def results_csv(catalogue: Catalogue) -> bytes:
    """All results in the long form of the data format; the loader reads them again without loss."""
    dimensions = tuple(dimension.id for dimension in catalogue.handbook.dimensions)
    rows = (_result(row, dimensions) for row in catalogue.results)
    return csv_bytes([(*HEAD, *dimensions, *TAIL), *rows])


def _result(row: Observation, dimensions: Sequence[str]) -> tuple[object, ...]:
    cell = dict(row.cell)
    return (
        str(row.period),
        row.indicator,
        row.pilot or "",
        *(cell.get(dimension, "") for dimension in dimensions),
        number(row.value),
        number(row.numerator),
        number(row.denominator),
        number(row.n),
        number(row.target),
        row.status,
        row.note or (WHY_VALUE[row.withheld] if row.withheld else ""),
        row.as_of.isoformat() if row.as_of else "",
        row.version.isoformat() if row.version else "",
    )


def indicators_csv(catalogue: Catalogue) -> bytes:
    """One row an indicator, its texts in every language of the handbook."""
    languages = catalogue.handbook.languages
    units = {unit.id: unit.name for unit in catalogue.handbook.units}

    def said(text: Text | None) -> list[str]:
        return [text.say(language, languages[0]) if text else "" for language in languages]

    head = (*FACTS, *(f"{name}_{language}" for name in TEXTS for language in languages))
    rows = []
    for indicator in catalogue.indicators.values():
        texts = (cell for text in _texts(indicator, units) for cell in said(text))
        rows.append((*(getattr(indicator, fact) or "" for fact in FACTS), *texts))
    return csv_bytes([head, *rows])


def _texts(indicator: Indicator, units: Mapping[str, Text]) -> tuple[Text | None, ...]:
    """An indicator's texts in the order of `TEXTS`; `units` are the names of the organisation's units."""
    owner, source = indicator.owner, indicator.source
    return (
        indicator.name,
        indicator.question,
        indicator.definition,
        indicator.formula,
        _unit(indicator),
        units.get(owner.unit) if owner and owner.unit else None,
        owner.role if owner else None,
        source.system if source else None,
    )


def _unit(indicator: Indicator) -> Text | None:
    """The unit of the results beside it, in every language."""
    if indicator.unit is None or not indicator.unit_factor:
        return indicator.unit
    languages = indicator.unit.languages
    return Text.of({one: data_unit(indicator.unit, indicator.unit_factor, one, one) for one in languages})


def number(value: float | None) -> str:
    """Unrounded, whole numbers without a point."""
    if value is None:
        return ""
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(value)
