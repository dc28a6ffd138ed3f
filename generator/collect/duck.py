"""Files as a source: CSV, Parquet, JSON and Excel read by DuckDB, inside the command.

Each file is a table of its stem, a folder of files one of the folder's name. DuckDB may read the source's own
folder and a private temporary one, nothing else; it loads and downloads no extension, and its settings are
locked before a query is seen. Excel is read by python-calamine.
"""

from __future__ import annotations

import codecs
import re
import shutil
from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pandas

from generator.collect.connection import Answer, Engine
from generator.collect.fault import SourceFaultError
from generator.collect.plain_text import text_fault
from generator.collect.query import Statement, translated
from generator.collect.workbook import read_workbook, sheet_names
from generator.model.source_system import RAW_FOLDER, SourceSystem
from generator.problems import nearest
from generator.site.workplace import scratch

_TEXTS = (".csv", ".tsv", ".txt", ".csv.gz", ".tsv.gz")
_READERS = {
    **dict.fromkeys(_TEXTS, "read_csv"),
    ".parquet": "read_parquet",
    ".json": "read_json",
    ".jsonl": "read_json",
    ".ndjson": "read_json",
    ".json.gz": "read_json",
}
_WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".ods")
_AT_ONCE = 1 << 20


@dataclass(frozen=True)
class _Table:
    """A table and the files that it is made of, all of one kind; of a workbook, the sheet."""

    name: str
    files: tuple[Path, ...]
    suffix: str
    sheet: str | None = None


class DuckEngine(Engine):
    """DuckDB over the files of one source."""

    dialect = "duckdb"

    def __init__(self, system: SourceSystem, root: Path) -> None:
        self._system = system
        base = (root / (system.path or RAW_FOLDER)).resolve()
        if not base.exists():
            where = system.path or RAW_FOLDER
            raise SourceFaultError(f"source '{system.id}': there is no {where}; put the files there")
        self._base = base
        self._held = ExitStack()
        self._scratch = self._held.enter_context(scratch())
        self._made: set[str] = set()
        self._kept: set[str] = set()
        self._tables: dict[str, _Table] | None = None
        try:
            self._link = self._connect()
        except BaseException:
            self._held.close()
            raise

    def _connect(self) -> duckdb.DuckDBPyConnection:
        link = duckdb.connect(
            config={
                "autoinstall_known_extensions": False,
                "autoload_known_extensions": False,
                "memory_limit": self._system.memory.replace(" ", ""),
                "temp_directory": str(self._scratch / "spill"),
                "preserve_insertion_order": False,
                "python_enable_replacements": False,
            }
        )
        allowed = [self._base if self._base.is_dir() else self._base.parent, self._scratch]
        listed = ", ".join(_quoted(f"{folder}/", "'") for folder in allowed)
        link.execute(f"set allowed_directories = [{listed}]")
        # What a moment with a zone means goes by no machine: a day of it is one of UTC unless the query says.
        link.execute("set TimeZone = 'UTC'")
        link.execute("set enable_external_access = false")
        link.execute("set lock_configuration = true")
        return link

    def ask(self, statement: Statement, parameters: Mapping[str, object]) -> Answer:
        """Makes the tables that the query names, and asks it."""
        for name in statement.tables:
            self._make(name, statement)
        sql = translated(statement, self.dialect, lambda name: f"$p_{name}")
        given = {f"p_{name}": value for name, value in parameters.items()}
        try:
            found = self._link.execute(sql, given) if given else self._link.execute(sql)
            names = tuple(column[0].lower() for column in found.description or ())
            return Answer(names, found.fetchall())
        except duckdb.Error as error:
            raise SourceFaultError(f"{statement.place}: {_words(error)}", statement.text) from None

    def keep(self, name: str, statement: Statement) -> bool:
        """As a table of the database in memory, which the temporary folder relieves."""
        for table in statement.tables:
            self._make(table, statement)
        sql = translated(statement, self.dialect, lambda hole: f"$p_{hole}")
        try:
            self._link.execute(f"create or replace table {_quoted(name, chr(34))} as {sql}")
        except duckdb.Error as error:
            raise SourceFaultError(f"{statement.place}: {_words(error)}", statement.text) from None
        self._kept.add(name)
        return True

    def take(self, name: str, columns: Sequence[str], batches: Iterable[Sequence[Sequence[object]]]) -> None:
        """A table of rows from elsewhere, all of them texts: what they are is said where they are used."""
        own = _quoted(name, '"')
        listed = " varchar, ".join(_quoted(column, '"') for column in columns)
        try:
            self._link.execute(f"create table {own} ({listed} varchar)")
            for rows in batches:
                texts = [[_as_text(row[place]) for row in rows] for place in range(len(columns))]
                frame = pandas.DataFrame(dict(zip(columns, texts, strict=True)), dtype="string")
                self._link.register("handbook_rows", frame)
                self._link.execute(f"insert into {own} select * from handbook_rows")
                self._link.unregister("handbook_rows")
        except duckdb.Error as error:
            raise SourceFaultError(f"source '{self._system.id}': {_words(error)}") from None
        self._kept.add(name)

    def close(self) -> None:
        """Ends DuckDB and removes its temporary folder; that of a killed command goes with the next one's."""
        self._link.close()
        self._held.close()

    def _make(self, name: str, statement: Statement) -> None:
        if name in self._kept:
            return
        if self._tables is None:
            self._tables = tables_of(self._base, self._system)
        table = self._tables.get(name.lower())
        if table is None:
            hint = nearest(name, self._tables) if self._tables else "its folder is empty"
            message = f"{statement.place}: source '{self._system.id}' has no table '{name}'; {hint}"
            raise SourceFaultError(message, statement.text)
        if table.name in self._made:
            return
        try:
            self._view(table)
        except duckdb.Error as error:
            shown = ", ".join(file.name for file in table.files[:3])
            words = _words(error).replace(f"{self._base}/", "")
            raise SourceFaultError(f"source '{self._system.id}': {shown}: {words}") from None
        self._made.add(table.name)

    def _view(self, table: _Table) -> None:
        own = _quoted(table.name, '"')
        if table.suffix in _WORKBOOKS:
            frame = read_workbook(table.files[0], table.sheet)
            self._link.register("handbook_sheet", frame)
            self._link.execute(f"create table {own} as select * from handbook_sheet")
            self._link.unregister("handbook_sheet")
            return
        files = [self._plain(file) if table.suffix in _TEXTS else file for file in table.files]
        listed = ", ".join(_quoted(str(file), "'") for file in files)
        several = ", union_by_name = true" if len(files) > 1 else ""
        self._link.execute(
            f"create view {own} as select * from {_READERS[table.suffix]}([{listed}]{several})"
        )
        if table.suffix in _TEXTS:
            columns = self._link.execute(f"select * from {own} limit 0").description or ()
            fault = text_fault(files, [str(column[0]) for column in columns])
            if fault is not None:
                raise SourceFaultError(f"source '{self._system.id}': {fault}")

    def _plain(self, file: Path) -> Path:
        """A text file in UTF-8: itself, or a copy of one in GBK as Chinese spreadsheets save it."""
        if file.suffix == ".gz":
            return file
        if _is_utf8(file):
            return file
        copy = self._scratch / f"{len(list(self._scratch.iterdir()))}-{file.name}"
        try:
            with file.open(encoding="gb18030") as old, copy.open("w", encoding="utf-8") as new:
                shutil.copyfileobj(old, new, _AT_ONCE)
        except UnicodeDecodeError:
            message = f"source '{self._system.id}': {file.name} is neither UTF-8 nor GBK; save it as UTF-8"
            raise SourceFaultError(message) from None
        return copy


def tables_of(base: Path, system: SourceSystem) -> dict[str, _Table]:
    """The tables of a source, by name in small letters: files by their stem, folders by their name.

    SourceFaultError where two have one name, or a link leads out of the source.
    """
    made: dict[str, _Table] = {}
    for entry in [base] if base.is_file() else sorted(base.iterdir()):
        if entry.name.startswith((".", "~$")):
            continue
        for table in _folder(entry, base, system) if entry.is_dir() else _file(entry, base, system):
            if table.name in made:
                first = made[table.name].files[0].name
                message = (
                    f"{first} and {table.files[0].name} would both be the table '{table.name}'; rename one"
                )
                raise SourceFaultError(f"source '{system.id}': {message}")
            made[table.name] = table
    return made


def _file(file: Path, base: Path, system: SourceSystem) -> list[_Table]:
    suffix = _suffix(file)
    if suffix is None:
        return []
    _inside(file, base, system)
    stem = _table_name(file.name[: -len(suffix)])
    if suffix not in _WORKBOOKS:
        return [_Table(stem, (file,), suffix)]
    try:
        sheets = sheet_names(file)
    except SourceFaultError:  # told to whoever asks for it, and to nobody else
        return [_Table(stem, (file,), suffix)]
    first = [_Table(stem, (file,), suffix, sheets[0])] if sheets else []
    return first + [_Table(f"{stem}_{_table_name(sheet)}", (file,), suffix, sheet) for sheet in sheets[1:]]


def _folder(folder: Path, base: Path, system: SourceSystem) -> list[_Table]:
    """A folder of files of one kind is one table."""
    _inside(folder, base, system)
    files = [file for file in sorted(folder.rglob("*")) if file.is_file() and _suffix(file) in _READERS]
    if not files:
        return []
    for file in files:
        _inside(file, base, system)
    kinds = {_READERS[_suffix(file) or ""] for file in files}
    if len(kinds) > 1:
        message = f"the folder {folder.name} holds files of several kinds; a table has one"
        raise SourceFaultError(f"source '{system.id}': {message}")
    return [_Table(_table_name(folder.name), tuple(files), _suffix(files[0]) or "")]


def _inside(path: Path, base: Path, system: SourceSystem) -> None:
    home = base if base.is_dir() else base.parent
    if not path.resolve().is_relative_to(home):
        message = f"{path.name} is a link that leads out of the source; name its folder by path:"
        raise SourceFaultError(f"source '{system.id}': {message}")


def _suffix(file: Path) -> str | None:
    name = file.name.lower()
    known = [suffix for suffix in (*_READERS, *_WORKBOOKS) if name.endswith(suffix)]
    return max(known, key=len) if known else None


def _table_name(text: str) -> str:
    return re.sub(r"\W+", "_", text).strip("_").lower() or "table"


def _as_text(value: object) -> str | None:
    """A cell as DuckDB reads it, of whatever kind a driver made it."""
    if value is None:
        return None
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


def _is_utf8(file: Path) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    with file.open("rb") as opened:
        try:
            while part := opened.read(_AT_ONCE):
                decoder.decode(part)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True


def _quoted(text: str, mark: str) -> str:
    return f"{mark}{text.replace(mark, mark * 2)}{mark}"


def _words(error: Exception) -> str:
    """DuckDB's first words; what follows is a drawing of the place."""
    return " ".join(str(error).split("\n\nLINE")[0].split())[:400]
