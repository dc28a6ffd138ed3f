"""Reads the figures that built pages are marked with, and what stands under their names in the export."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, NamedTuple

VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")
)
NO_MARKUP = frozenset(("option", "title", "textarea", "script", "style", "svg"))
"""Elements in which a mark would be no element, or no HTML."""
THOUSANDS = 1000
NAMES = ("id", "period", "indicator")


class Mark(NamedTuple):
    """One figure on a page."""

    name: str
    value: str
    of: str
    """Times what the text says it; empty: as it is."""
    text: str


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.marks: list[Mark] = []
        self.faults: list[str] = []
        self._open: list[tuple[str, str | None]] = []
        """Tags with the place that they name for the figures inside."""
        self._mark: dict[str, str | None] | None = None
        self._text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "data" and "data-figure" in given:
            if self._mark is not None or NO_MARKUP & {open_tag for open_tag, _ in self._open}:
                self.faults.append(f"a mark inside {self._open[-1]}: {given}")
            self._mark, self._text = {**given, "data-figure": self._whole(given["data-figure"] or "")}, ""
        elif "data-figure" in given or any("<data" in (value or "") for value in given.values()):
            self.faults.append(f"a mark in an attribute of {tag}: {given}")
        if tag not in VOID:
            self._open.append((tag, given.get("data-at")))

    def handle_endtag(self, tag: str) -> None:
        if tag == "data" and self._mark is not None:
            mark = self._mark
            given = (mark.get(name) or "" for name in ("data-figure", "value", "data-of"))
            self.marks.append(Mark(*given, self._text))
            self._mark = None
        if any(open_tag == tag for open_tag, _ in self._open):
            while self._open.pop()[0] != tag:
                pass

    def _whole(self, name: str) -> str:
        """A figure's name, with the place that an element around it says for all of its figures."""
        if not name.startswith("~"):
            return name
        places = [place for _, place in self._open if place is not None]
        if not places:
            self.faults.append(f"no place for {name}")
            return name
        return places[-1] + name[1:]

    def handle_data(self, data: str) -> None:
        if self._mark is not None:
            self._text += data


def marks_of(html: str) -> list[Mark]:
    """Every figure of a page. ValueError where a mark stands where no element may."""
    reader = _Reader()
    reader.feed(html)
    if reader.faults:
        raise ValueError("; ".join(reader.faults[:3]))
    return reader.marks


def pages_of(site: Path) -> Iterator[tuple[str, list[Mark]]]:
    """(address, figures) of every page of a built site."""
    for page in sorted(site.rglob("*.html")):
        yield page.relative_to(site).as_posix(), marks_of(page.read_text(encoding="utf-8"))


def export_of(site: Path) -> dict[str, Any]:
    """The export that stands in a built site."""
    with zipfile.ZipFile(site / "downloads/handbook.zip") as packed:
        told: dict[str, Any] = json.loads(packed.read("handbook.json"))
    return told


def found(export: Any, name: str) -> Any:
    """What stands under a name in the export, by the rule of docs/reference/export.md; # counts a list."""
    at = export
    for part in name.split("/"):
        if part == "#":
            at = len(at)
        elif isinstance(at, dict):
            at = at[part]
        elif isinstance(at, list):
            called = [
                next((one[key] for key in NAMES if key in one), None) for one in at if isinstance(one, dict)
            ]
            at = at[called.index(part)] if part in called else at[int(part)]
        else:
            raise KeyError(name)
    return at


def _called(item: Any) -> Any:
    if not isinstance(item, dict):
        return None
    return next((item[key] for key in NAMES if key in item), None)


def says(mark: Mark) -> bool:
    """Whether the text is the value, rounded to the digits it shows (halves to the even digit)."""
    text = mark.text.replace(",", "").replace("\u2212", "-").replace("+", "").strip()
    exact = Decimal(mark.value)
    if text.endswith("%"):
        text, exact = text.rstrip("%\u202f "), exact * 100
    elif mark.of:
        times = Fraction(mark.of)
        exact = exact * times.numerator / times.denominator
    shown = Decimal(text)
    digits = Decimal(1).scaleb(int(shown.as_tuple().exponent))
    if mark.of and abs(Fraction(mark.of)) >= THOUSANDS:
        # Told in another size than the data: rounded there, so noughts at the end are no digits. A whole
        # one of the data is the coarsest that it is rounded to.
        noughts = int(shown.normalize().as_tuple().exponent)
        digits = Decimal(1).scaleb(min(max(noughts, 0), len(str(int(abs(Fraction(mark.of))))) - 1))
    return exact.quantize(digits, ROUND_HALF_EVEN) == shown
