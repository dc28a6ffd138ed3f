"""Tables as CSV that a spreadsheet opens rightly: UTF-8 with its mark, and no cell that it would run.

A text such as `=HYPERLINK(…)` from a note or a name is run as a formula when a reader opens the file. Such
cells get an apostrophe in front, by which spreadsheets know a text; numbers stay as they are. So does what
stands within a text where another program begins a cell: where 1,5 is a number, a spreadsheet parts
cells by semicolons, sees no quotation marks, and begins a row at each line of a text.
Everything that writes CSV goes through here. Source: the OWASP page on CSV injection.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

_formula = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r]")
"""What spreadsheets take for the beginning of a formula, in half and full width."""
_inside = re.compile(
    r"([;\n][^\S\n]*)(?=[=+\-@＝＋－＠])"
    r"(?![+-](?:[\d.,]+\s*%?| [^|(!;\n]*)(?:[;\n]|$))"  # neither numbers nor points of a list
)
"""Where a cell would begin within a text, and what it begins with would be run."""
_inside_defused = re.compile(_inside.pattern.replace(")", ")'", 1))
_number = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")


def csv_bytes(rows: Iterable[Sequence[object]]) -> bytes:
    """A table, the head first, with line feeds."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    # Many cells are empty, and most others begin with a letter or a digit.
    writer.writerows(
        [_written(cell) if cell and isinstance(cell, str) else cell for cell in row] for row in rows
    )
    return out.getvalue().encode("utf-8-sig")


def _written(cell: str) -> object:
    """A text as it is written. Line feeds only: not every library quotes a lone carriage return."""
    if cell.isalnum():
        return cell
    return defused(re.sub(r"\r\n?", "\n", cell) if "\r" in cell else cell)


def defused(cell: object) -> object:
    """The cell, with an apostrophe in front where a spreadsheet would run it."""
    if not isinstance(cell, str) or _number.fullmatch(cell):
        return cell
    begun = _formula.match(cell)
    at = begun.end() if begun else 0
    return ("'" if begun else "") + cell[:at] + _inside.sub(r"\1'", cell[at:])


def read_back(cell: str) -> str:
    """The text of a cell that `defused` may have changed."""
    begun = _formula.match(cell, 1) if cell.startswith("'") else None
    start, at = (1, begun.end()) if begun else (0, 0)
    return cell[start:at] + _inside_defused.sub(r"\1", cell[at:])
