"""Figures by the name that pages and export give them: points, packs and what is counted of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from tests.recount.files import Files, Key
from tests.recount.packs import Item, score_of, standings_of, tally_of
from tests.recount.signals import by_chance, charts, false_rate
from tests.recount.standing import Line, Told

Value = float | str | bool | None


@dataclass
class Recount:
    """Names with the values found."""

    files: Files
    values: dict[str, Value] = field(default_factory=dict)

    def put(self, at: str, value: Fraction | float | int | str | bool | None) -> None:
        """A figure under its name; machine numbers are the nearest to the exact ones."""
        number = isinstance(value, Fraction | int) and not isinstance(value, bool)
        self.values[at] = float(value) if number else value  # type: ignore[arg-type,assignment]


def series_name(key: Key) -> str:
    """What the export calls a series."""
    place = f"@{key[1]}" if key[1] else ""
    return key[0] + place + "".join(f";{dimension}={member}" for dimension, member in key[2])


def point_figures(made: Recount, at: str, one: Told) -> None:
    """One period of a series."""
    for name in ("value", "n", "numerator", "denominator", "gap", "attainment", "score", "status"):
        made.put(f"{at}/{name}", getattr(one, name))
    made.put(f"{at}/baseline", one.start)
    if one.progress is not None:
        made.put(f"{at}/progress", one.progress)
    for name in ("target", "floor", "stretch"):
        made.put(f"{at}/{name}", getattr(one.bar, name))
    for place in (0, 1) if one.bar.interval else ():
        made.put(f"{at}/interval/{place}", one.bar.interval[place])  # type: ignore[index]
    for name in ("previous", "year_before"):
        change = getattr(one, name)
        if change is None or one.value is None:
            continue
        base = one.value - change
        made.put(f"{at}/{name}/absolute", change)
        made.put(f"{at}/{name}/percent", change / base * 100 if base > 0 else None)
    if one.parts is not None:
        for place, count in enumerate(one.parts):
            made.put(f"{at}/parts/{place}", count)


def unsure_of(pack: Sequence[Item]) -> dict[str, int]:
    """What is not all there in a pack."""
    points = [item.review for item in pack if item.review]
    return {
        "no_data": sum(item.review is None or item.review.status == "no-data" for item in pack),
        "partial": sum(one.parts is not None and one.parts[0] < one.parts[1] for one in points),
        "not_final": sum(one.firmness in ("estimate", "provisional") for one in points),
    }


def pack_figures(made: Recount, at: str, pack: Sequence[Item]) -> None:
    """Score, counts and the points that a pack is judged by."""
    score = score_of(pack)
    made.put(f"{at}/score", score.value)
    made.put(f"{at}/coverage", score.coverage)
    made.put(f"{at}/gate", score.gate)
    for name, count in tally_of(pack).items():
        made.put(f"{at}/tally/{name}", count)
    judged = [item.review.status for item in pack if item.review and item.review.attainment is not None]
    for name, count in standings_of(judged).items():
        made.put(f"{at}/bullets/{name}", count)
    for name, count in unsure_of(pack).items():
        made.put(f"{at}/unsure/{name}", count)
    for item in pack:
        own = f"{at}/pack/{item.indicator}"
        made.put(f"{own}/weight", item.weight)
        if item.review is not None:
            point_figures(made, f"{own}/review", item.review)
            _bars(made, f"{own}/bars", item, made.files.indicators[item.indicator].get("direction"))


def _bars(made: Recount, at: str, item: Item, direction: str | None) -> None:
    point = item.review
    assert point is not None
    before = point.value - point.previous if point.value and point.previous is not None else None
    for name, value in (("floor", point.bar.floor), ("stretch", point.bar.stretch), ("previous", before)):
        target = point.bar.target
        share = None
        if value is not None and target is not None and direction != "range" and value > 0 and target > 0:
            share = (target / value if direction == "lower" else value / target) * 100
        made.put(f"{at}/{name}", share)


def chance_figures(
    made: Recount, at: str, files: Files, told: Mapping[Key, Line], pilots: Sequence[str]
) -> None:
    """How many false signals the charts of the packs bring though nothing changed."""
    keys = [
        (one["indicator"], pilot, ()) for pilot in pilots for one in files.pilots[pilot].get("pack") or []
    ]
    chance_of(made, at, files, [told[key] for key in dict.fromkeys(keys) if key in told])


def listed(files: Files, told: Mapping[Key, Line]) -> list[Line]:
    """The series that stand for the indicators in the list of all: the organisation's, else the first."""
    made = []
    for name in files.indicators:
        own = [(key, line) for key, line in told.items() if key[0] == name]
        known = [(k, one) for k, one in own if any(point.value is not None for point in one.points)]
        if known:
            made.append(min(known, key=lambda pair: (bool(pair[0][2]), pair[0]))[1])
    return made


def chance_of(made: Recount, at: str, files: Files, lines: Sequence[Line]) -> None:
    """The same of any charts."""
    rates = []
    for line in lines:
        newest = [place for place, one in enumerate(line.points) if one.value is not None]
        parts = [chart for first, chart in charts(files, line) if newest and first <= newest[-1]]
        rates.append((false_rate(parts[-1]) if parts else 0.0, line.often))
    for name, figure in by_chance(rates, files.long).items():
        made.put(f"{at}/by_chance/{name}", figure)
