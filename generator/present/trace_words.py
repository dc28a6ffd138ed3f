"""What a page says of a number when it is asked where it comes from, in the words of a language.

Two kinds of scripts, loaded when a number is first asked about: the words of the panel, once a language, and
an indicator's own (its name, formula, owner, source). The rows stand in `exchange/trace_rows.py`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from generator.compute.insight.named_points import unnamed
from generator.compute.series.packed_points import along
from generator.model.indicator import Indicator
from generator.present.page_context import PageContext
from generator.present.parts.record import owner_text
from generator.present.text.format import Format
from generator.present.text.prose import plain

FOLDER = "trace"
HOW = (
    "row",
    "row_ratio",
    "row_mean",
    "rolled_ratio",
    "rolled_sum",
    "rolled_mean",
    "rolled_last",
    "column",
    "bar",
    "baseline",
    "attainment",
    "progress",
    "gap",
    "score",
    "change",
    "limits",
    "growth",
    "series",
    "pilot_score",
    "weight",
    "mean_before",
    "mean_after",
    "effect",
    "effect_range",
    "guardrail",
    "waiting",
    "process",
    "method",
    "count",
    "then",
)
"""The ways in which a number comes about."""
SAYS = (
    "title",
    "close",
    "before",
    "after",
    "formula",
    "figures",
    "rows",
    "rows_in",
    "line",
    "lines",
    "owner",
    "source",
    "taken",
    "as_of",
    "version",
    "written",
    "parts",
    "page",
    "export",
    "whole",
)


def trace_scripts(ctx: PageContext) -> Iterator[tuple[str, bytes]]:
    """(path inside the language's tree, content) of every script; a collection of cases has no panel, but
    small lines, which say periods."""
    yield f"{FOLDER}/periods.js", _script("handbookPeriods", _periods(ctx))
    if ctx.shown is not None:
        return
    yield f"{FOLDER}/words.js", _script("handbookTrace.words", _panel(ctx))
    for indicator in ctx.figures.catalogue.indicators.values():
        told = _indicator(ctx, indicator)
        yield f"{FOLDER}/{indicator.id}.js", _script(f'handbookTrace.about("{indicator.id}",', told)


def _script(call: str, told: Mapping[str, Any] | list[list[str]]) -> bytes:
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    opened = call if call.endswith(",") else f"{call}("
    return f"{opened}{text});\n".encode()


def _panel(ctx: PageContext) -> dict[str, Any]:
    form, handbook = ctx.format, ctx.figures.catalogue.handbook
    words = form.words
    return {
        "says": {name: words(f"trace.{name}") for name in SAYS},
        "how": {name: words(f"trace.how.{name}") for name in HOW},
        "as_of": str(ctx.figures.as_of) if ctx.figures.as_of else "",
        "pilots": {pilot.id: form.text(pilot.name) for pilot in ctx.figures.catalogue.pilots.values()},
        "members": {
            dimension.id: {value: form.text(name) for value, name in dimension.values.items()}
            for dimension in handbook.dimensions
        },
    }


def _periods(ctx: PageContext) -> list[list[str]]:
    """(period, its name) of all from the first to the last that values are of, in order of time, one kind of
    period after the other: a small line names its first one, and counts on."""
    every = {
        period
        for told in (ctx.figures.series, ctx.figures.longer)
        for series in told.values()
        for period in along(unnamed(series.points), "point.period")
    }
    told = []
    for frequency in sorted({period.frequency for period in every}):
        own = [period for period in every if period.frequency == frequency]
        period, last = min(own), max(own)
        while period <= last:
            told.append([str(period), ctx.format.period(period)])
            period = period.shift(1)
    return told


def _indicator(ctx: PageContext, indicator: Indicator) -> dict[str, Any]:
    form = ctx.format
    told = {
        "name": form.text(indicator.name),
        "unit": form.text(indicator.unit),
        "formula": plain(form.text(indicator.formula)),
        "owner": owner_text(ctx.figures, form, indicator.owner),
        "source": _source(form, indicator),
        "rollup": indicator.rollup,
        "direction": indicator.direction or "",
        "factor": indicator.factor,
        **_size(form, indicator),
    }
    return {name: value for name, value in told.items() if value}


def _size(form: Format, indicator: Indicator) -> dict[str, object]:
    """What the words of the language multiply values by, and the unit in which files count."""
    size = form.size(indicator)
    return {} if size == 1 else {"size": size, "counted": form.data_unit(indicator)}


def _source(form: Format, indicator: Indicator) -> str:
    """The system and the table that the results come from."""
    if indicator.source is None:
        return ""
    parts = (form.text(indicator.source.system), indicator.source.table or "")
    return form.words("punctuation.dot").join(part for part in parts if part)
