"""Whether sources can be asked: their own keys fit their kind, and who names one says what to ask."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from generator.model.handbook import Handbook
from generator.model.indicator import Indicator
from generator.problems import Problems, Source, found

ENVIRONMENT_KEYS = ("address", "user", "password")


def check_sources(handbook: Handbook, source: Source, problems: Problems) -> None:
    """Files have a path and no address; everything else an address and no path."""
    for position, system in enumerate(handbook.sources):
        place = ("sources", position)
        if system.kind == "files":
            for key in ENVIRONMENT_KEYS:
                if getattr(system, key) is not None:
                    message = f"files have no {key}"
                    problems.error(source.mark((*place, key)), "bad-value", message, "give a path, or a kind")
            continue
        if system.address is None:
            message = f"a source of kind {system.kind} needs an address"
            hint = "write address: NAME, the environment variable that holds it"
            problems.error(source.mark(place), "missing-key", message, hint)
        if system.path is not None:
            message = f"only files have a path; {system.kind} has an address"
            problems.error(source.mark((*place, "path")), "bad-value", message, "write address: NAME")


def check_collected(
    root: Path, indicators: Mapping[str, Indicator], sources: Mapping[str, Source], problems: Problems
) -> None:
    """Who names a connection has a query and a frequency; a query's file is there."""
    for id_, indicator in indicators.items():
        asked = indicator.source
        if asked is None or asked.connection is None:
            continue
        mark = sources[f"indicators/{id_}"].mark
        if asked.query is None:
            hint = "write query:, one SELECT that gives period and value"
            problems.error(mark(("source", "connection")), "missing-key", "a connection needs a query", hint)
        elif asked.query.strip().endswith(".sql"):
            name = asked.query.strip()
            if "/" in name or "\\" in name or not (root / "data/indicators" / name).is_file():
                message = f"there is no query {found(name)} beside the indicator's file"
                hint = f"put it into data/indicators/{id_}.sql"
                problems.error(mark(("source", "query")), "missing-file", message, hint)
        if indicator.frequency is None:
            hint = "write frequency: month, or how often it is measured"
            problems.error(
                mark(("source", "connection")), "missing-key", "what is collected needs a frequency", hint
            )
