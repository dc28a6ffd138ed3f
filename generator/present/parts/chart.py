"""A chart of any kind as pages show it: heading, finding, drawing, legend, and its data as a table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from generator.compute.insight.standing import Shown
from generator.present.charts.bullet import Reach
from generator.present.charts.draw import TwoWidths
from generator.present.links import Ref
from generator.present.page_context import PageContext
from generator.present.text.format import Format

REACH: Mapping[Shown, Reach] = {
    "exceeded": "reached",
    "met": "reached",
    "near": "near",
    "missed": "missed",
    "not-final": "open",
    "no-target": "open",
    "no-data": "open",
}


@dataclass(frozen=True, slots=True)
class DataColumn:
    """Head of a column of the data."""

    label: str
    number: bool = False


@dataclass(frozen=True, slots=True)
class ChartView:
    """One chart."""

    heading: Ref
    finding: str
    drawing: Markup
    take: Markup
    kind: str
    """Names its legend."""
    columns: tuple[DataColumn, ...]
    rows: tuple[tuple[str, ...], ...]


def tip(form: Format, head: str, parts: Iterable[tuple[str, str]]) -> str:
    """What hovering over a mark says: what it stands for, then what is known of it (key of `table`, words).

    A part without words is left out, and so is its key.
    """
    words = form.words
    facts = [
        words("chart.tip_part", label=words(f"table.{key}"), value=value) for key, value in parts if value
    ]
    return words("chart.tip", head=head, parts=words("punctuation.clause").join(facts))


def chart_view(
    ctx: PageContext,
    kind: str,
    name: str,
    heading: Ref,
    finding: str,
    spec: dict[str, Any] | TwoWidths,
    *,
    columns: Sequence[tuple[str, bool] | DataColumn],
    rows: Sequence[Sequence[str]],
) -> ChartView:
    """Put a figure together; `kind` names its legend, `columns` are heads, or keys of `table` with whether
    they hold numbers.
    """
    words = ctx.format.words
    heads = tuple(
        column if isinstance(column, DataColumn) else DataColumn(words(f"table.{column[0]}"), column[1])
        for column in columns
    )
    table = [[head.label for head in heads], *rows]
    drawing, take = ctx.drawings.place(spec, name, heading.title, finding, table)
    return ChartView(
        heading=heading,
        finding=finding,
        drawing=drawing,
        take=take,
        kind=kind,
        columns=heads,
        rows=tuple(tuple(row) for row in rows),
    )
