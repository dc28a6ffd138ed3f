"""Section 3 again: indices to 100 of both generations of indicators of a process's pilots."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from tests.recount.files import Files, Key
from tests.recount.standing import Line

BEGINNING = 12


def generations(files: Files, told: Mapping[Key, Line]) -> Iterator[tuple[str, Fraction]]:
    """(name, index) of every period, the newest and the base; of pilots that measure both generations."""
    for pilot, own in files.pilots.items():
        found = {
            str(item["indicator"]): line
            for item in own.get("pack") or ()
            if files.indicators[item["indicator"]].get("frequency") == "month"
            and files.indicators[item["indicator"]].get("generation")
            and files.indicators[item["indicator"]].get("direction") in ("higher", "lower")
            and (line := told.get((item["indicator"], pilot, ()))) is not None
            and min((one.value for one in line.points if one.value is not None), default=0) > 0
        }
        if {files.indicators[name]["generation"] for name in found} != {"traditional", "composite"}:
            continue
        for name, line in found.items():
            at = f"processes/{own.get('process')}/generations/{pilot}/indicators/{name}"
            values = [one.value for one in line.points if one.value is not None]
            first = values[:BEGINNING]
            base = sum(first, Fraction(0)) / len(first)
            yield f"{at}/base", base
            more = files.indicators[name]["direction"] == "higher"
            for one in line.points:
                if one.value is not None:
                    index = (one.value / base if more else base / one.value) * 100
                    yield f"{at}/points/{one.period.name}/index", index
                    yield f"{at}/newest", index
