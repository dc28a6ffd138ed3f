"""A handbook as a data package: results and indicators as CSV, with what each column means for programs.

`datapackage.json` is Frictionless Data Package v1, `csv-metadata.json` the same for CSV on the Web (W3C):
what catalogues of data, R, pandas and statistical offices read without a word from us. The same input gives
the same bytes.
"""

from __future__ import annotations

import codecs
import json
from typing import Any

from generator.compute.figures import Figures
from generator.exchange.tables import FACTS, TEXTS, indicators_csv, results_csv
from generator.model.catalogue import Catalogue
from generator.model.period import PERIOD_PATTERN
from generator.model.spreadsheet import csv_bytes

_NUMBERS = ("value", "numerator", "denominator", "n", "target")
_DAYS = ("as_of", "version")
_CSVW_TYPES = {"string": "string", "number": "number", "date": "date"}

Column = dict[str, Any]


def data_package(figures: Figures) -> dict[str, bytes]:
    """The files of the package by name, of what the edition may see."""
    catalogue = figures.catalogue
    tables = {
        "results": (results_csv(catalogue), _results(catalogue), _results_keys(catalogue)),
        "indicators": (indicators_csv(catalogue), _indicators(catalogue), {"primaryKey": ["id"]}),
        "pilots": (_pilots_csv(catalogue), _pilots(catalogue), {"primaryKey": ["id"]}),
    }
    made = {f"{name}.csv": data.removeprefix(codecs.BOM_UTF8) for name, (data, _, _) in tables.items()}
    handbook = catalogue.handbook
    first = handbook.languages[0]
    package = {
        "profile": "tabular-data-package",
        "name": "indicator-handbook",
        "title": handbook.title.say(first, first),
        "version": str(figures.as_of) if figures.as_of else "0",
        "resources": [
            {
                "profile": "tabular-data-resource",
                "name": name,
                "path": f"{name}.csv",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "schema": {"fields": columns, "missingValues": [""], **keys},
            }
            for name, (_, columns, keys) in tables.items()
        ],
    }
    csvw = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": first}],
        "tables": [_csvw(name, columns, keys) for name, (_, columns, keys) in tables.items()],
    }
    return made | {"datapackage.json": _json(package), "csv-metadata.json": _json(csvw)}


def _results(catalogue: Catalogue) -> list[Column]:
    dimensions = [
        {
            "name": dimension.id,
            "type": "string",
            "description": dimension.name.say(
                catalogue.handbook.languages[0], catalogue.handbook.languages[0]
            ),
            "constraints": {"enum": list(dimension.values)},
        }
        for dimension in catalogue.handbook.dimensions
    ]
    return [
        {"name": "period", "type": "string",
         "description": "2025, 2025-H1, 2025-Q3, 2025-07, 2025-W27 or a day",
         "constraints": {"required": True, "pattern": PERIOD_PATTERN}},
        {"name": "indicator", "type": "string", "constraints": {"required": True}},
        {"name": "pilot", "type": "string", "description": "blank: the whole organisation"},
        *dimensions,
        *({"name": name, "type": "number"} for name in _NUMBERS),
        {"name": "status", "type": "string",
         "constraints": {"enum": ["actual", "provisional", "estimate", "missing"]}},
        {"name": "note", "type": "string"},
        *({"name": name, "type": "date"} for name in _DAYS),
    ]  # fmt: skip


def _results_keys(catalogue: Catalogue) -> dict[str, Any]:
    dimensions = [dimension.id for dimension in catalogue.handbook.dimensions]
    return {
        "primaryKey": ["period", "indicator", "pilot", *dimensions],
        "foreignKeys": [
            {"fields": ["indicator"], "reference": {"resource": "indicators", "fields": ["id"]}},
            {"fields": ["pilot"], "reference": {"resource": "pilots", "fields": ["id"]}},
        ],
    }


def _indicators(catalogue: Catalogue) -> list[Column]:
    texts = [f"{name}_{language}" for name in TEXTS for language in catalogue.handbook.languages]
    required = {"constraints": {"required": True, "unique": True}}
    return [
        {"name": name, "type": "string", **(required if name == "id" else {})} for name in (*FACTS, *texts)
    ]


def _pilots(catalogue: Catalogue) -> list[Column]:
    names = [f"name_{language}" for language in catalogue.handbook.languages]
    return [{"name": name, "type": "string"} for name in ("id", *names, "process", "from", "to")]


def _pilots_csv(catalogue: Catalogue) -> bytes:
    languages = catalogue.handbook.languages
    head = ("id", *(f"name_{language}" for language in languages), "process", "from", "to")
    rows = (
        (
            pilot.id,
            *(pilot.name.say(language, languages[0]) for language in languages),
            pilot.process or "",
            str(pilot.period.from_),
            str(pilot.period.to or ""),
        )
        for pilot in catalogue.pilots.values()
    )
    return csv_bytes([head, *rows])


def _csvw(name: str, columns: list[Column], keys: dict[str, Any]) -> dict[str, Any]:
    described = [
        {
            "name": column["name"],
            "titles": column["name"],
            "datatype": _CSVW_TYPES[column["type"]],
            "null": "",
            **({"dc:description": column["description"]} if "description" in column else {}),
            **({"required": True} if column.get("constraints", {}).get("required") else {}),
        }
        for column in columns
    ]
    schema: dict[str, Any] = {"columns": described}
    # A key of CSV on the Web has no blank cells; those of results stand for the whole.
    if name != "results":
        schema["primaryKey"] = keys["primaryKey"]
    else:
        reference = {"resource": "indicators.csv", "columnReference": "id"}
        schema["foreignKeys"] = [{"columnReference": "indicator", "reference": reference}]
    return {"url": f"{name}.csv", "dialect": {"header": True}, "tableSchema": schema}


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()
