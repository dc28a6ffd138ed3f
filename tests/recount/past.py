"""What a project's files said when a long period was told: what came later is not known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from tests.recount.files import Files
from tests.recount.periods import Span, span


def at(files: Files, period: Span) -> Files:
    """The files as they were at the end of a period."""

    def known(entries: Sequence[Mapping[str, Any]] | None) -> list[Mapping[str, Any]]:
        return [one for one in entries or [] if date.fromisoformat(str(one["date"])) <= period.last]

    def begun(targets: Sequence[Mapping[str, Any]] | None) -> list[Mapping[str, Any]]:
        return [one for one in targets or [] if span(str(one["from"]), files.starts).begins_on <= period.last]

    def item(one: Mapping[str, Any]) -> dict[str, Any]:
        baseline = one.get("baseline") or {}
        over = not baseline.get("period") or (
            span(str(baseline["period"]), files.starts).counts_on <= period.last
        )
        return {**one, "targets": begun(one.get("targets")), "baseline": baseline if over else None}

    indicators = {
        name: {**one, "history": known(one.get("history")), "targets": begun(one.get("targets"))}
        for name, one in files.indicators.items()
    }
    pilots = {
        name: {**one, "changes": known(one.get("changes")), "pack": [item(i) for i in one.get("pack") or []]}
        for name, one in files.pilots.items()
        if span(str(one["period"]["from"]), files.starts).begins_on <= period.last
    }
    rows = tuple(row for row in files.rows if row.key[1] in pilots and not row.key[2])
    return replace(files, indicators=indicators, pilots=pilots, rows=rows)
