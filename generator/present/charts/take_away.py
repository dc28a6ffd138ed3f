"""What readers take away from a chart: a picture that needs no page, its data, and the script that moves it.

The script is the bundle of Vega that comes with the drawing library, wrapped in a function because its names
would clash with others, and without the addresses of its makers: a handbook asks nobody.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from functools import cache
from hashlib import sha256
from html import escape
from itertools import pairwise

from pydantic_core import from_json, to_json

from generator.model.spreadsheet import csv_bytes
from generator.present.charts.style import VARIABLES, config
from generator.present.text.units import FULL, THIN

VEGA = "assets/vega.js"
"""Address of the bundle in the language's tree, beside the script that loads it."""
EMBED = "window.hbVega = vegaEmbed;"
OUTSIDE = {
    "https://vega.github.io/editor/": "",
    "https://vega.github.io/schema/": "/schema/",
    "https://github.com/vega/vega-lite/issues/": "vega-lite issue ",
}
ROWS = (
    "function(k,r){var p={};return r.map(function(v){var o={};"
    "k.forEach(function(n,i){o[n]=i in v?v[i]:p[n]});return p=o})}"
)
"""Rows of names and values; a value that is left out is that of the row before."""
LEAST = 4
"""Rows from which a table is shorter."""
_nothing = object()
_none: Mapping[str, object] = {}
_number = re.compile(r"[+-]?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?")


def script_of(spec: str, places: str) -> tuple[str, bytes]:
    """Address in the language's tree, and content, of the script that hands a specification to the page, with
    the places of the marks of its drawings.

    Rows that have the same names say them once, and a value only where it is another than in the row before:
    a third of what a trend's data would take.
    """
    key = sha256(f"{spec}\0{places}".encode()).hexdigest()[:16]
    said = from_json(spec)
    tables = {name: _table(rows) for name, rows in said.get("datasets", {}).items()}
    if not any(tables.values()):
        return f"charts/{key}.js", f'hbChart("{key}",{spec},{places});\n'.encode()
    rows = (f"{_said(name)}:{table or _said(said['datasets'][name])}" for name, table in tables.items())
    rest = _said({name: value for name, value in said.items() if name != "datasets"})
    whole = f'{rest[:-1]},"datasets":{{{",".join(rows)}}}}}'
    call = f'hbChart("{key}",(function(t){{return {whole}}})({ROWS}),{places});\n'
    return f"charts/{key}.js", call.encode()


def _table(rows: Sequence[Mapping[str, object]]) -> str:
    """A call that gives the rows: their names, and of each what differs from the row before; empty where
    that is no shorter."""
    if len(rows) < LEAST or any(row.keys() != rows[0].keys() for row in rows):
        return ""
    names = [*rows[0]]
    changes = (
        ",".join("" if _same(row[name], before.get(name, _nothing)) else _said(row[name]) for name in names)
        for before, row in pairwise((_none, *rows))
    )
    told = ",".join(f"[{values.rstrip(',')}]" for values in changes)
    return f"t({_said(names)},[{told}])"


def _same(value: object, before: object) -> bool:
    return value == before and type(value) is type(before)


def _said(value: object) -> str:
    return to_json(value).decode()


@cache
def look() -> str:
    """Changes with colours and configuration, which the bundle brings for all specifications."""
    return sha256(_palette().encode()).hexdigest()[:8]


def _palette() -> str:
    palette = json.dumps({colour: f"--hb-chart-{name}" for colour, name in VARIABLES.items()})
    return f"window.hbPalette={palette};window.hbConfig={json.dumps(config())};"


def standalone(svg: str, title: str, description: str) -> str:
    """A drawn chart as a file of its own, in literal colours on white, with name and description."""
    start, _, rest = svg.partition(">")
    names = f"<title>{escape(title)}</title><desc>{escape(description)}</desc>"
    return f'{start}>{names}<rect width="100%" height="100%" fill="#FFFFFF"/>{rest}'


def as_csv(table: Sequence[Sequence[str]]) -> bytes:
    """The data in UTF-8 with a mark for spreadsheets; numbers as programs read them."""
    return csv_bytes([_cell(cell) for cell in row] for row in table)


def _cell(text: str) -> str:
    spaced = text.replace(THIN, " ").replace(FULL, " ")
    if spaced == "\u2013":
        return ""
    plain = spaced.replace("\u2212", "-")
    # A minus with a unit behind it is no number to a program, and would be a formula to a spreadsheet.
    return plain.replace(",", "") if _number.fullmatch(plain) else spaced


def bundle(script: str) -> str:
    """The bundle as it is published, with the look of all charts and the palette that follows the theme."""
    for address, instead in OUTSIDE.items():
        script = script.replace(address, instead)
    head = "/* Vega, Vega-Lite and Vega-Embed, BSD-3-Clause */"
    return f"{head}\n(function(){{{script}\n{_palette()}}})();\n"
