"""Results and indicators as CSV, in UTF-8 with a mark that makes spreadsheets read Chinese rightly."""

from __future__ import annotations

from collections.abc import Sequence

from generator.model.catalogue import Catalogue
from generator.model.result import Observation
from generator.model.spreadsheet import csv_bytes
from generator.model.text import Text

HEAD = ("period", "indicator", "pilot")
TAIL = ("value", "numerator", "denominator", "n", "target", "status", "note", "as_of", "version")


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
        row.note,
        row.as_of.isoformat() if row.as_of else "",
        row.version.isoformat() if row.version else "",
    )


def indicators_csv(catalogue: Catalogue) -> bytes:
    """One row an indicator, its texts in every language of the handbook."""
    languages = catalogue.handbook.languages
    units = {unit.id: unit.name for unit in catalogue.handbook.units}

    def said(text: Text | None) -> list[str]:
        return [text.say(language, languages[0]) if text else "" for language in languages]

    texts = ("name", "question", "definition", "formula", "unit", "owner_unit", "owner_role", "source")
    head = (
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
        *(f"{name}_{language}" for name in texts for language in languages),
    )
    rows = []
    for indicator in catalogue.indicators.values():
        owner = indicator.owner
        rows.append(
            (
                indicator.id,
                indicator.code or "",
                indicator.status,
                indicator.level or "",
                indicator.dimension or "",
                indicator.aspect or "",
                indicator.generation or "",
                indicator.category or "",
                indicator.direction or "",
                indicator.frequency or "",
                indicator.rollup,
                *said(indicator.name),
                *said(indicator.question),
                *said(indicator.definition),
                *said(indicator.formula),
                *said(indicator.unit),
                *said(units.get(owner.unit) if owner and owner.unit else None),
                *said(owner.role if owner else None),
                *said(indicator.source.system if indicator.source else None),
            )
        )
    return csv_bytes([head, *rows])


def number(value: float | None) -> str:
    """Unrounded, whole numbers without a point."""
    if value is None:
        return ""
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(value)
