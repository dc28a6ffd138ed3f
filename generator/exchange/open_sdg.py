"""An Open SDG site's metadata and data as a handbook: indicators, dimensions, results, goals, what is left.

Metadata are Markdown or YAML files (meta/), data are CSV files with Year, Units, Series, Value and a column
for each way of breaking down (data/). What has no place here, and every row that is left, is listed.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from generator.exchange.plain_yaml import as_yaml
from generator.exchange.readable_id import slug, unique
from generator.load.decode import decode
from generator.load.long_cells import csv_lines
from generator.load.number import Number
from generator.load.written_number import read_number
from generator.load.yaml_file import load_yaml_text
from generator.model.handbook import RESULT_COLUMNS
from generator.model.spreadsheet import csv_bytes
from generator.problems import Problems

_NOTE_COLUMNS = ("COMMENT_OBS", "Comment", "Footnote", "Observation status", "OBS_STATUS")
_NAMES = ("graph_title", "national_indicator_available", "indicator_name", "indicator_name_national", "title")
_TEXTS = (
    "national_indicator_description",
    "indicator_definition",
    "computation_definitions",
    "STAT_CONC_DEF",
)
_REMARKS = {"data_footnote": "Note", "comments_limitations": "Limits", "national_target_line": "Target line"}
_STATUS = {"complete": "trial", "inprogress": "trial", "notstarted": "draft", "notapplicable": "draft"}
"""Nothing is active: an active indicator has formula, unit, direction and owner, which these lack."""
_TAKEN = {
    "indicator", "reporting_status", "published", "target", "target_id", "sdg_goal", "computation_units",
    "tags", "computation_calculations", "data_non_statistical", *_NAMES, *_TEXTS, *_REMARKS,
}  # fmt: skip
_SOURCE_KEYS = re.compile(
    r"source_(active|organisation|url|url_text|periodicity|release_date|contact|other_info|earliest_available"
    r"|geographical_coverage)_[0-9]+|(contact|custodian)_.*|.*_contact"
)
_LAYOUT = re.compile(
    "layout|permalink|graph_type|indicator_sort_order|data_show_map|un_.*|goal_meta.*|embedded_.*"
)
"""Keys that only say how a site shows a page, or repeat the world's own register."""
_YEARS = re.compile(r"((?:19|20)[0-9]{2})\s*(?:[-–/]\s*((?:19|20)?[0-9]{2}))?")


@dataclass
class OpenSdg:
    """A handbook's files, and what was found."""

    files: dict[str, bytes] = field(default_factory=dict)
    """By path from the new handbook's root."""
    indicators: int = 0
    rows: int = 0
    """Rows of data that became results."""
    left: Counter[str] = field(default_factory=Counter)
    """What has no place, and how often it is there."""
    told: list[str] = field(default_factory=list)
    """Rows and files that were not taken over, with their places."""


@dataclass
class _Way:
    """A way of breaking down: a column of any file."""

    id: str
    name: str
    values: dict[str, str] = field(default_factory=dict)
    """Each code with its text."""

    def code(self, text: str) -> str:
        wished = slug(text) or "value"
        for code, known in self.values.items():
            if _folded(known) == _folded(text):
                return code
        made = unique(wished, self.values)
        self.values[made] = text
        return made


def read_open_sdg(root: Path, title: str) -> OpenSdg:
    """The handbook that a folder with meta/ and data/ becomes."""
    return _Import(root).read(title)


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()


class _Import:
    def __init__(self, root: Path) -> None:
        self.root = root
        self.made = OpenSdg()
        self.ways: dict[str, _Way] = {}
        self.seen: set[str] = set()
        self.ids: set[str] = set()
        self.goals: dict[str, dict[str, str]] = {}
        self.languages = ("en", *sorted(
            one.name for one in (root / "meta").iterdir() if one.is_dir() and re.fullmatch("zh", one.name)
        )) if (root / "meta").is_dir() else ("en",)  # fmt: skip

    def read(self, title: str) -> OpenSdg:
        made = self.made
        for path in sorted((self.root / "meta").glob("*")):
            if path.suffix in (".md", ".yml", ".yaml") and path.stem.lower() != "readme":
                self._indicator(path)
            elif path.is_file() and path.stem.lower() != "readme":
                made.told.append(f"meta/{path.name}: no metadata; not taken over")
        self._unread()
        dimensions = [
            {"id": way.id, "name": way.name, "values": dict(way.values)} for way in self.ways.values()
        ]
        book: dict[str, object] = {"title": title, "languages": list(self.languages)}
        if dimensions:
            book["dimensions"] = dimensions
        made.files["data/handbook.yml"] = as_yaml(book).encode()
        made.files["data/strategy.yml"] = as_yaml(self._strategy()).encode()
        made.files["content/index.md"] = f"# {title}\n".encode()
        return made

    def _unread(self) -> None:
        """Tells the data that belong to no metadata."""
        for path in sorted((self.root / "data").rglob("*.csv")):
            name = path.relative_to(self.root).as_posix()
            if name not in self.seen:
                rows = max(len(path.read_bytes().splitlines()) - 1, 0)
                left = "1 row" if rows == 1 else f"{rows} rows"
                self.made.told.append(f"{name}: no metadata of this name; {left} not taken over")

    def _strategy(self) -> dict[str, object]:
        order = sorted(self.goals, key=lambda goal: (len(goal), goal))
        goals = [{"id": f"goal-{goal.lower()}", "name": f"Goal {goal}"} for goal in order]
        objectives = [
            {"id": f"target-{slug(target)}", "name": text, "goal": f"goal-{goal.lower()}"}
            for goal in order
            for target, text in sorted(self.goals[goal].items())
        ]
        return {"goals": goals, "objectives": objectives}

    # Metadata

    def _indicator(self, path: Path) -> None:
        name = f"meta/{path.name}"
        head, body = self._metadata(path, name)
        if head is None:
            return
        id_ = unique(slug(path.stem) or "indicator", self.ids)
        self.ids.add(id_)
        units, decimals, results = self._data(path.stem, id_)
        made: dict[str, object] = {
            "id": id_,
            "code": str(head.get("indicator") or path.stem),
            "name": self._name(path, head),
        }
        made["status"] = _STATUS.get(str(head.get("reporting_status") or ""), "draft")
        definition = "\n\n".join(part for part in self._paragraphs(head, body) if part)
        if definition:
            made["definition"] = definition
        if head.get("computation_calculations"):
            made["formula"] = _line(head["computation_calculations"])
        unit = units[0] if len(units) == 1 else str(head.get("computation_units") or "")
        if unit and len(units) <= 1:
            made["unit"] = {"percentage": "%", "percent": "%", "percent (%)": "%"}.get(
                _folded(unit), _line(unit)
            )
        if results:
            made["decimals"] = decimals
        made["frequency"] = "year"
        source = next(iter(self._sources(head)), None)
        if source:
            made["source"] = {"system": source[0]}
        goal, target = str(head.get("sdg_goal") or ""), str(head.get("target_id") or "")
        if goal:
            self.goals.setdefault(goal, {})
            made["supports"] = [{"goal": f"goal-{goal.lower()}"}]
            if target and head.get("target"):
                self.goals[goal].setdefault(target, _line(head["target"]))
        self._left(head)
        self.made.files[f"data/indicators/{id_}.yml"] = as_yaml(made).encode()
        self.made.indicators += 1
        if results:
            self.made.files[f"data/results/{id_}.csv"] = results

    def _metadata(self, path: Path, name: str) -> tuple[dict[str, object] | None, str]:
        """The keys and the text of a file; None where it cannot be read, which is told."""
        problems = Problems()
        text = decode(path.read_bytes(), name, problems) or ""
        body = ""
        if path.suffix == ".md":
            parts = re.match(r"---\n(.*?)\n---[ \t]*(?:\n(.*))?\Z", text, re.DOTALL)
            text, body = (parts[1], parts[2] or "") if parts else ("", text)
        source = load_yaml_text(text, name, problems, 2) if text.strip() else None
        if source is None or not isinstance(source.value, dict):
            first = next(iter(problems), None)
            self.made.told.append(f"{first}" if first else f"{name}: no metadata at its head; not taken over")
            return None, ""
        return source.value, body.strip()

    def _name(self, path: Path, head: Mapping[str, object]) -> object:
        named = {"en": _named(head, path.stem)}
        for language in self.languages[1:]:
            other = path.parent / language / path.name
            if other.is_file():
                said, _ = self._metadata(other, f"meta/{language}/{path.name}")
                if said:
                    named[language] = _named(said, path.stem)
        return named if len(named) > 1 else named["en"]

    def _paragraphs(self, head: Mapping[str, object], body: str) -> Iterator[str]:
        """What an indicator means, where it comes from, and what is to be known of it."""
        for key in _TEXTS:
            yield _line(head.get(key) or "")
        yield body
        sources = [f"[{text}]({address})" if address else text for text, address in self._sources(head)]
        if sources:
            yield "Sources: " + "; ".join(sources)
        for key, word in _REMARKS.items():
            if head.get(key):
                yield f"{word}: {_line(head[key])}"
        for key, value in head.items():
            if re.search("release_date|periodicity|contact", key) and value:
                yield f"{key.replace('_', ' ').strip().capitalize()}: {_line(value)}"

    def _sources(self, head: Mapping[str, object]) -> Iterator[tuple[str, str]]:
        """Name and address of each source that is in use."""
        for number in range(1, 20):
            text = _line(head.get(f"source_organisation_{number}") or "")
            said = _line(head.get(f"source_url_text_{number}") or "")
            address = str(head.get(f"source_url_{number}") or "").strip()
            if head.get(f"source_active_{number}") is False and not text:
                continue
            words = ": ".join(
                part for part in (text, said if _folded(said) != "link to source" else "") if part
            )
            if words:
                yield words, address if re.match("https?://[^ ()]+$", address) else ""

    def _left(self, head: Mapping[str, object]) -> None:
        for key, value in head.items():
            known = key in _TAKEN or _SOURCE_KEYS.fullmatch(key) or _LAYOUT.fullmatch(key)
            if value not in (None, "", False) and (not known or key == "tags"):
                self.made.left[f"metadata '{key}'"] += 1

    # Data

    def _data(self, stem: str, id_: str) -> tuple[list[str], int, bytes]:
        """The units that a file names, the decimals that show its values, and its rows as results."""
        path = self.root / "data" / f"indicator_{stem}.csv"
        name = f"data/{path.name}"
        self.seen.add(name)
        if not path.is_file():
            return [], 0, b""
        text = decode(path.read_bytes(), name, Problems(), gb18030=True)
        lines = csv_lines(text or "")
        head = [cell.strip() for cell in lines[0]] if lines else []
        if "Year" not in head or "Value" not in head:
            self.made.told.append(f"{name}: no columns Year and Value; not taken over")
            return [], 0, b""
        place = {column: number for number, column in enumerate(head) if column}
        at = place.get("Units", len(head))
        units = list(dict.fromkeys(row[at].strip() for row in lines[1:] if len(row) > at and row[at].strip()))
        split = [
            column for column in place
            if column not in ("Year", "Value", *_NOTE_COLUMNS) and not (column == "Units" and len(units) <= 1)
        ]  # fmt: skip
        ways = [self._way(column) for column in split]
        rows: dict[tuple[str, ...], tuple[str, str]] = {}
        seen: dict[tuple[str, ...], int] = {}
        for number, row in enumerate(lines[1:], 2):
            cells = [cell.strip() for cell in row] + [""] * (len(head) - len(row))
            if not any(cells):
                continue
            year = _YEARS.fullmatch(cells[place["Year"]])
            value = read_number(cells[place["Value"]]) if cells[place["Value"]] else None
            said = " ".join(filter(None, cells))[:60]
            if not year:
                self.made.told.append(f"{name}:{number}: no year: {said}")
                continue
            if not isinstance(value, Number) or value.value != value.value:
                self.made.told.append(f"{name}:{number}: no value: {said}")
                continue
            texts = [cells[place[column]] for column in split]
            codes = [way.code(part) if part else "" for way, part in zip(ways, texts, strict=True)]
            key = (_last(year), *codes)
            if key in seen:
                self.made.told.append(f"{name}:{number}: told already in line {seen[key]}: {said}")
                continue
            seen[key] = number
            notes = [
                cells[place[column]] for column in _NOTE_COLUMNS if column in place and cells[place[column]]
            ]
            if year[2]:
                notes.insert(0, cells[place["Year"]])
            rows[key] = (
                f"{value.value!r}{'%' if value.percent else ''}".removesuffix(".0"),
                "; ".join(notes),
            )
        self.made.rows += len(rows)
        columns = ("period", "indicator", "pilot", *(way.id for way in ways), "value", "note")
        body = [(key[0], id_, "", *key[1:], *said) for key, said in rows.items()]
        decimals = _decimals([said[0].rstrip("%") for said in rows.values()])
        return units, decimals, csv_bytes([columns, *body]) if body else b""

    def _way(self, column: str) -> _Way:
        wished = slug(column) or "part"
        if wished in RESULT_COLUMNS or wished in ("period", "indicator", "pilot"):
            wished = f"by-{wished}"
        return self.ways.setdefault(wished, _Way(wished, " ".join(column.split())))


def _named(head: Mapping[str, object], otherwise: str) -> str:
    names = (_line(head.get(key) or "") for key in _NAMES)
    return next((name for name in names if name and name != "Untitled"), otherwise)


def _last(year: re.Match[str]) -> str:
    """The last year of a range: the one in which its figure is whole."""
    if not year[2]:
        return year[1]
    return year[2] if len(year[2]) == 4 else year[1][:2] + year[2]


def _decimals(values: Sequence[str]) -> int:
    """As many as are written; from the second on only as many as make four digits of the value in the middle.

    What a program divided is written with all its digits (0.3472916), which nobody reads; large counts may
    stand beside shares (12.3), as a file may have several units.
    """
    sizes = sorted(abs(float(value)) for value in values if float(value))
    if not sizes:
        return 0
    written = max(-min(int(Decimal(value).as_tuple().exponent), 0) for value in values)
    return min(written, max(3 - math.floor(math.log10(sizes[len(sizes) // 2])), 1), 9)


def _line(value: object) -> str:
    return " ".join(str(value).split())


def listed(made: OpenSdg, most: int) -> Sequence[str]:
    """What has no place and what was not taken over, in lines."""
    lines = [
        f"no place for {what}: once" if count == 1 else f"no place for {what}: {count} times"
        for what, count in sorted(made.left.items())
    ]
    lines += made.told[:most]
    more = len(made.told) - most
    return [*lines, *([f"and {more} more"] if more > 0 else [])]
