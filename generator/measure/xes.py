"""XES, the exchange format of event logs (IEEE 1849), read in a stream into a table.

A reader of our own: known ones are under licences that a company cannot take in. Elements are dropped as they
are read, so that a file of any size takes little memory; a document type, which could only smuggle entities
in, is refused, and so is what is nested without end.
"""

from __future__ import annotations

import csv
import gzip
import xml.parsers.expat
import zlib
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path
from typing import IO

from generator.collect.fault import SourceFaultError

DEEPEST = 60
AT_ONCE = 1 << 20
VALUES = {"string", "date", "int", "float", "boolean", "id"}
MOST_ATTRIBUTES = 60
"""Columns besides those that every log has."""
ORGANISED = {"resource": "org:resource", "role": "org:role", "org_group": "org:group"}
"""Columns of every log, and what an event calls them."""
STARTS, ENDS = {"start"}, {"complete", "ate_abort", "autoskip", "manualskip"}


class _Reader:
    """Takes events as they come: the attributes of a trace, then those of each event."""

    def __init__(self, write: Callable[[dict[str, str], dict[str, str]], None]) -> None:
        self.write = write
        self.depth = 0
        self.inside: list[str] = []
        self.trace: dict[str, str] = {}
        self.event: dict[str, str] | None = None
        self.events = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        tag = tag.rpartition(":")[2]
        self.inside.append(tag)
        if len(self.inside) > DEEPEST:
            raise SourceFaultError(f"elements lie more than {DEEPEST} deep in one another")
        if len(self.inside) == 1 and tag != "log":
            raise SourceFaultError(f"this is no XES: the outermost element is {tag}, not log")
        if tag == "trace":
            self.trace = {}
        elif tag == "event":
            self.event = {}
        elif tag in VALUES and "key" in attributes:
            holder = self.inside[-2] if len(self.inside) > 1 else ""
            if holder == "event" and self.event is not None:
                self.event[attributes["key"]] = attributes.get("value", "")
            elif holder == "trace":
                self.trace[attributes["key"]] = attributes.get("value", "")

    def end(self, tag: str) -> None:
        self.inside.pop()
        if tag.rpartition(":")[2] == "event" and self.event is not None:
            self.events += 1
            self.write(self.trace, self.event)
            self.event = None


def _refuse(*_: object) -> None:
    raise SourceFaultError("an XES file has no document type declaration; delete the DOCTYPE")


def read_xes(file: Path, target: Path) -> int:
    """Writes the events as CSV: case, activity, start, end, who did it, and the trace's plain attributes.

    How many there are. SourceFaultError with the file's name for what is no XES.
    """
    try:
        return _read(file, target)
    except SourceFaultError as fault:
        raise SourceFaultError(f"{file.name}: {fault}") from None
    except xml.parsers.expat.ExpatError as fault:
        raise SourceFaultError(f"{file.name}: this is not XML: {fault}") from None
    except (OSError, EOFError, zlib.error) as fault:
        raise SourceFaultError(f"{file.name}: cannot be read ({type(fault).__name__})") from None
    except (LookupError, ValueError) as fault:  # expat's words for an encoding that it does not read
        raise SourceFaultError(f"{file.name}: {fault}; save it as UTF-8") from None


def _read(file: Path, target: Path) -> int:
    extra = _attributes(file)
    with target.open("w", encoding="utf-8", newline="") as opened:
        table = csv.writer(opened)
        table.writerow(["case", "activity", "start", "end", *ORGANISED, *extra])
        begun: dict[tuple[str, str, str], list[tuple[str, str]]] = {}
        at = [""]

        def flush() -> None:
            for (case, activity, _), waiting in begun.items():
                for moment, rest in waiting:
                    table.writerow([case, activity, moment, "", *rest.split("\0")])
            begun.clear()

        def write(trace: dict[str, str], event: dict[str, str]) -> None:
            case = trace.get("concept:name", "")
            if case != at[0]:
                flush()
                at[0] = case
            activity, moment = event.get("concept:name", ""), _moment(event.get("time:timestamp", ""))
            transition = event.get("lifecycle:transition", "complete").lower()
            more = [event.get(key, "") for key in ORGANISED.values()]
            more += [trace.get(key, "") for key in extra.values()]
            key = (case, activity, event.get("concept:instance", ""))
            if transition in STARTS:
                begun.setdefault(key, []).append((moment, "\0".join(more)))
            elif transition in ENDS:
                waiting = begun.get(key)
                start = waiting.pop(0)[0] if waiting else ""
                table.writerow([case, activity, start, moment, *more])

        number = _stream(file, write)
        flush()
    return number


def _attributes(file: Path) -> dict[str, str]:
    """The plain attributes of traces, by column: those of the first thousand events' traces."""
    found: dict[str, str] = {}
    seen = [0]

    class _EnoughError(Exception):
        pass

    def look(trace: dict[str, str], _: dict[str, str]) -> None:
        for key in trace:
            name = "".join(letter if letter.isalnum() else "_" for letter in key.lower()).strip("_")
            taken = ("case", "activity", "start", "end", *ORGANISED)
            if key != "concept:name" and name and name not in taken and len(found) < MOST_ATTRIBUTES:
                found.setdefault(name, key)
        seen[0] += 1
        if seen[0] >= 1000:
            raise _EnoughError

    with suppress(_EnoughError):
        _stream(file, look)
    return found


def _stream(file: Path, write: Callable[[dict[str, str], dict[str, str]], None]) -> int:
    reader = _Reader(write)
    parser = xml.parsers.expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.StartDoctypeDeclHandler = _refuse
    parser.EntityDeclHandler = _refuse
    with closing(_opened(file)) as opened:
        while part := opened.read(AT_ONCE):
            parser.Parse(part, False)
    parser.Parse(b"", True)
    return reader.events


def _opened(file: Path) -> IO[bytes]:
    return gzip.open(file) if file.name.endswith(".gz") else file.open("rb")  # type: ignore[return-value]


def _moment(text: str) -> str:
    """The moment on the wall: a log and its calendar are of one place. SourceFaultError for what is none."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise SourceFaultError(f"{text[:40]!r} is no moment like 2026-03-02T09:30:00+08:00") from None
    return moment.replace(tzinfo=None).isoformat(sep=" ")
