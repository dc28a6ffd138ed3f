"""Workbooks (.xlsx) as texts in rows: values by calamine, what it does not tell from the file's own XML.

Calamine knows neither how a cell is shown (0.912 as 91.2%, a day as its month) nor which rows are hidden nor
which cells hold an error. Nothing is computed: a formula has the value that was saved with it.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from html import unescape

from generator.load.grid import MOST_CELLS, CellGrid, TooManyCellsError, cell_name
from generator.model.bounds import UNPRINTABLE
from generator.model.exact import counted
from generator.problems import FilePosition, Problems

LARGEST_FILE = 100_000_000
"""Bytes of a workbook, and as many times four when it is unpacked."""
AS_XLSX = (
    "open it in WPS, Excel or LibreOffice and save it as .xlsx: other kinds do not tell here whether 0.912 is"
    " shown as 91.2%"
)
"""What to do with the workbook of another kind, and why it is not simply read."""
_OLD = b"\xd0\xcf\x11\xe0"
_PERCENT, _MONTH = frozenset((9, 10)), frozenset((17, 27, 36, 50, 55, 57))
"""Number formats that are there without a definition: per cent; months and years (some of Chinese Excel)."""
_CELL = re.compile(rb"<(?:\w+:)?c\s([^>]*?)(/?)>")
_ROW = re.compile(rb"<(?:\w+:)?row\s([^>]*)>")
_COLUMNS = re.compile(rb"<(?:\w+:)?col\s([^>]*)>")
_PLACE = re.compile(rb"\sr\s*=\s*[\"']([A-Za-z]*)([0-9]+)")
_TAG = re.compile(rb"<(?:\w+:)?(row|c)(?=[\s/>])")
_ATTRIBUTE = re.compile(rb'(\w+)="([^"]*)"')


@dataclass
class _Shown:
    """What a sheet's XML says of its cells."""

    percent: set[str] = field(default_factory=set)
    months: set[str] = field(default_factory=set)
    errors: dict[str, str] = field(default_factory=dict)
    unsaved: list[str] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)


def read_workbook(
    data: bytes, name: str, problems: Problems, *, hidden: bool = False
) -> tuple[CellGrid, ...] | None:
    """The visible sheets, with `hidden` all; None (and a problem) when the file cannot be read."""

    def refuse(rule: str, message: str, hint: str) -> None:
        problems.error(FilePosition(name, 1, 1), rule, message, hint)

    if data.startswith(_OLD):
        if "EncryptedPackage".encode("utf-16-le") in data:
            refuse("bad-workbook", "the file is protected by a password", "save it as .xlsx without one")
        else:
            refuse("bad-workbook", "the file is of the kind before .xlsx (.xls, or .et of WPS)", AS_XLSX)
        return None
    if _is_open_document(data):
        refuse("bad-workbook", "the file is an OpenDocument (.ods)", AS_XLSX)
        return None
    if len(data) > LARGEST_FILE or _unpacked(data) > 4 * LARGEST_FILE:
        refuse("too-large", "the workbook is larger than 100 MB", "save its sheets as CSV")
        return None
    try:
        return _sheets(data, name, problems, hidden=hidden)
    except TooManyCellsError:
        refuse("too-large", f"a sheet has more than {MOST_CELLS:,} cells", "save it as CSV")
    except Exception as fault:  # noqa: BLE001 - calamine and zip raise whatever a broken file makes them
        refuse("bad-workbook", f"the file is no workbook that can be read ({fault})", "save it anew as .xlsx")
    return None


def _is_open_document(data: bytes) -> bool:
    """Whether it is a package of LibreOffice; its first part says so."""
    return data.startswith(b"PK") and b"mimetypeapplication/vnd.oasis.opendocument" in data[:200]


def too_much(data: bytes) -> str | None:
    """Why a workbook would take more memory than a computer has, in words; None for one that does not."""
    if len(data) > LARGEST_FILE or _unpacked(data) > 4 * LARGEST_FILE:
        return "is larger than 100 MB"
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            parts = _parts(packed) if "xl/workbook.xml" in packed.namelist() else {}
            if any(_spanned(packed.read(part)) > MOST_CELLS for part in parts.values()):
                return f"has a sheet of more than {MOST_CELLS:,} cells"
    except (zipfile.BadZipFile, KeyError, ValueError, RuntimeError, EOFError, zlib.error):
        return None  # no workbook, or one with a password: whoever reads it says so
    return None


def _unpacked(data: bytes) -> int:
    """Bytes of all parts; a part that holds more than it says is taken for one without end."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            said = counted(part.file_size for part in packed.infolist())
            lies = said <= 4 * LARGEST_FILE and packed.testzip() is not None
            return 1 << 62 if lies else said
    except (zipfile.BadZipFile, ValueError, NotImplementedError, RuntimeError, EOFError, zlib.error):
        return 0


def _sheets(data: bytes, name: str, problems: Problems, *, hidden: bool) -> tuple[CellGrid, ...]:
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum  # noqa: PLC0415 - few need it

    grids = []
    with (
        CalamineWorkbook.from_filelike(io.BytesIO(data)) as book,
        zipfile.ZipFile(io.BytesIO(data)) as packed,
    ):
        parts = _parts(packed)
        styles = _styles(packed)
        for about in book.sheets_metadata:
            if about.typ != SheetTypeEnum.WorkSheet:
                continue
            if about.visible != SheetVisibleEnum.Visible and not hidden:
                message, hint = f"the sheet '{about.name}' is hidden: not read", "show it, or delete it"
                problems.note(FilePosition(name, 1, 1, about.name), "hidden-sheet", message, hint)
                continue
            xml = packed.read(parts[about.name]) if about.name in parts else b""
            if _spanned(xml) > MOST_CELLS:
                raise TooManyCellsError
            sheet = book.get_sheet_by_name(about.name)
            if sheet.total_height * sheet.total_width > MOST_CELLS:
                raise TooManyCellsError
            shown = _shown(xml, styles)
            rows = [
                [_text(value, row, column, shown) for column, value in enumerate(cells)]
                for row, cells in enumerate(sheet.to_python(skip_empty_area=False))
            ]
            merged = [
                (top, left, bottom, right) for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
            ]
            _spread(rows, merged)
            grids.append(
                CellGrid(
                    name,
                    rows,
                    about.name,
                    merged=merged,
                    hidden_rows=shown.hidden_rows,
                    hidden_columns=shown.hidden_columns,
                    unsaved=shown.unsaved,
                )
            )
    return tuple(grids)


def _spanned(xml: bytes) -> int:
    """How many cells a sheet spans at most; calamine takes room for all of them."""
    places = rows = 0
    letters = b""
    for found in _PLACE.finditer(xml):
        places += 1
        rows = max(rows, int(found[2][:9]))
        letters = max(letters, found[1].upper(), key=lambda one: (len(one), one))
    columns = 0
    for letter in letters[:6]:
        columns = columns * 26 + letter - 64
    tags = [found[1] for found in _TAG.finditer(xml)]
    if len(tags) > places:  # some say no place, and stand behind the one before
        rows += tags.count(b"row")
        columns += max(part.count(b"c ") for part in b" ".join(tags).replace(b"row", b"\n").split(b"\n")) + 1
    return rows * columns


def _text(value: object, row: int, column: int, shown: _Shown) -> str:
    """A value as it would be typed; a day that is shown as its month is the month."""
    if value == "":
        return shown.errors.get(cell_name(row, column), "") if shown.errors else ""
    if isinstance(value, str):
        return UNPRINTABLE.sub("", value).replace("_x000D_", "").strip()
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        if cell_name(row, column) in shown.percent:
            return f"{(Decimal(repr(value)) * 100).normalize():f}%"
        return str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime) and value.time() != time():
        return value.isoformat(" ", "seconds")
    if isinstance(value, date):
        return f"{value:%Y-%m}" if cell_name(row, column) in shown.months else f"{value:%Y-%m-%d} 00:00:00"
    if isinstance(value, timedelta):
        minutes, seconds = divmod(int(value.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
    return str(value)


def _spread(rows: list[list[str]], merged: Sequence[tuple[int, int, int, int]]) -> None:
    """Words and periods of cells that are one stand in each of them; a number would be counted twice."""
    for top, left, bottom, right in merged:
        said = rows[top][left] if top < len(rows) and left < len(rows[top]) else ""
        if not said or re.fullmatch(r"[-+0-9.,%eE]+", said):
            continue
        for row in range(top, min(bottom + 1, len(rows))):
            for column in range(left, min(right + 1, len(rows[row]))):
                rows[row][column] = said


def _parts(packed: zipfile.ZipFile) -> Mapping[str, str]:
    """The part of the file that each sheet is in, by the sheet's name."""
    names = set(packed.namelist())
    targets = {}
    for found in re.finditer(rb"<(?:\w+:)?Relationship\s([^>]*)>", packed.read("xl/_rels/workbook.xml.rels")):
        said = _said(found[1])
        target = said.get("Target", "")
        targets[said.get("Id", "")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    parts = {}
    for found in re.finditer(rb"<(?:\w+:)?sheet\s([^>]*)>", packed.read("xl/workbook.xml")):
        said = _said(found[1])
        target = targets.get(said.get("id", ""), "")
        if target in names:
            parts[unescape(said.get("name", ""))] = target
    return parts


def _styles(packed: zipfile.ZipFile) -> Sequence[str]:
    """What each style of cells shows: `percent`, `month` or nothing."""
    if "xl/styles.xml" not in packed.namelist():
        return ()
    data = packed.read("xl/styles.xml")
    kinds = dict.fromkeys(_PERCENT, "percent") | dict.fromkeys(_MONTH, "month")
    for found in re.finditer(rb"<(?:\w+:)?numFmt\s([^>]*)>", data):
        said = _said(found[1])
        kinds[int(said.get("numFmtId", "0"))] = _kind(unescape(said.get("formatCode", "")))
    inside = re.search(rb"<(?:\w+:)?cellXfs.*?</(?:\w+:)?cellXfs>", data, re.DOTALL)
    formats = re.findall(rb'<(?:\w+:)?xf\s[^>]*?numFmtId="(\d+)"', inside[0]) if inside else []
    return [kinds.get(int(number), "") for number in formats]


def _kind(code: str) -> str:
    """What a format shows, from its code."""
    plain = re.sub(r'\[[^\]]*\]|\\.|"[^"]*"', "", code.partition(";")[0]).casefold()
    if "%" in plain:
        return "percent"
    return "month" if "m" in plain and "y" in plain and not re.search("[dhs]", plain) else ""


def _shown(xml: bytes, styles: Sequence[str]) -> _Shown:
    made = _Shown()
    for found in _COLUMNS.finditer(xml, 0, max(xml.find(b"sheetData"), 0)):
        said = _said(found[1])
        if said.get("hidden") in ("1", "true"):
            first, last = int(said.get("min", "1")), int(said.get("max", "1"))
            made.hidden_columns += range(first - 1, min(last, 16384))
    for found in _ROW.finditer(xml):
        if b"hidden=" in found[1]:
            said = _said(found[1])
            if said.get("hidden") in ("1", "true") and said.get("r", "").isdigit():
                made.hidden_rows.append(int(said["r"]) - 1)
    formula = b"<f" in xml or b":f" in xml
    for found in _CELL.finditer(xml):
        about = found[1]
        if not formula and b" s=" not in about and b't="e"' not in about:
            continue
        said = _said(about)
        place, style = said.get("r", ""), said.get("s", "")
        kind = styles[int(style)] if style.isdigit() and int(style) < len(styles) else ""
        if kind == "percent":
            made.percent.add(place)
        elif kind == "month":
            made.months.add(place)
        if said.get("t") == "e":
            told = re.compile(rb"<(?:\w+:)?v>([^<]*)<").search(xml, found.end(), found.end() + 4000)
            made.errors[place] = told[1].decode() if told else "#VALUE!"
        elif formula and not found[2] and _UNSAVED.match(xml, found.end()):
            made.unsaved.append(place)
    return made


_UNSAVED = re.compile(
    rb"<(?:\w+:)?f(?:\s[^>]*)?(?:/>|>[^<]*</(?:\w+:)?f>)(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?</(?:\w+:)?c>"
)


def _said(attributes: bytes) -> dict[str, str]:
    return {name.decode(): value.decode() for name, value in _ATTRIBUTE.findall(attributes)}
