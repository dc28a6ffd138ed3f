"""The values of a results file: as typed or as a ratio's own, in its unit and within its limits."""

from __future__ import annotations

from functools import partial

import numpy as np
from numpy.typing import NDArray

from generator.load.cells import CellFault
from generator.load.sheet import Sheet
from generator.model.comparing import above, below
from generator.model.exact import ratio
from generator.model.indicator import Indicator
from generator.model.results import Mask, Rows
from generator.model.unit import data_unit
from generator.problems import found

Numbers = NDArray[np.float64]
_EXACT = 2.0**53
"""Whole numbers below it are exact, and so is the quotient of two of them, rounded once."""


def read_values(sheet: Sheet) -> Numbers:
    """The value of each row: as typed, or a ratio's own, or NaN with a note that says why."""
    _check_percent(sheet)
    values = _values(sheet)
    _check_limits(sheet, values)
    sheet.capped.close()
    return values


def _check_percent(sheet: Sheet) -> None:
    """A number with % needs an indicator in %."""
    plain = ~sheet.of_indicator(lambda indicator: indicator.percent, np.bool_)
    first = sheet.known.handbook.languages[0]
    for column in ("value", "target"):
        for indicator, rows in sheet.by_indicator(sheet.percent(column) & ~sheet.bad & plain):
            unit = data_unit(indicator.unit, indicator.unit_factor, first, first)
            counted = f"is counted in {unit}" if unit else "has no unit"
            typed = sheet.table.text(int(rows[0]), column)
            message = f"found '{typed}', but '{indicator.id}' {counted}, not in %"
            sheet.report(rows, column, CellFault("bad-number", message, "write the number in its unit"))


def _values(sheet: Sheet) -> Numbers:
    values = sheet.numbers("value")
    top, bottom = sheet.numbers("numerator"), sheet.numbers("denominator")
    given, both = ~np.isnan(values), ~np.isnan(top) & ~np.isnan(bottom)
    is_ratio = sheet.of_indicator(lambda indicator: indicator.rollup == "ratio", np.bool_)
    factor = sheet.of_indicator(lambda indicator: indicator.factor, np.float64)
    sound, blank = ~sheet.bad, ~sheet.bad & ~given
    missing = sound & given & sheet.status.told(lambda status: status == "missing", np.bool_)
    divisible = both & (bottom != 0) & is_ratio
    compared = np.flatnonzero(sound & given & ~missing & divisible)
    _compare(sheet, compared, values, _ratios(top, bottom, factor, compared))
    filled = np.flatnonzero(blank & divisible)
    values[filled] = _ratios(top, bottom, factor, filled)
    untold = blank & ~divisible & ~sheet.note.told(bool, np.bool_)
    faults = [
        *_missing(sheet, missing),
        *_told(_ZERO, untold & both & is_ratio),
        *((_no_ratio(indicator), rows) for indicator, rows in sheet.by_indicator(untold & both & ~is_ratio)),
        *_no_value(sheet, untold & ~both),
    ]
    for fault, rows in sorted(faults, key=lambda one: int(one[1][0])):
        sheet.report(rows, "value", fault)
    return values


def _ratios(top: Numbers, bottom: Numbers, factor: Numbers, rows: Rows) -> Numbers:
    """numerator / denominator × factor, rounded once: by the machine where it is exact, else in decimals."""
    above_, below_, times = top[rows], bottom[rows], factor[rows]
    product = above_ * times
    whole = (above_ % 1 == 0) & (below_ % 1 == 0) & (times % 1 == 0)
    exact = whole & (np.abs(product) < _EXACT) & (np.abs(below_) < _EXACT)
    made: Numbers = product / below_
    for place in np.flatnonzero(~exact).tolist():
        made[place] = ratio(float(above_[place]), float(below_[place]), float(times[place]))
    return made


def _compare(sheet: Sheet, rows: Rows, values: Numbers, own: Numbers) -> None:
    """A value beside numerator and denominator must agree with them, to the decimals written."""
    if not len(rows):
        return
    allowed = 0.5 * 10.0 ** -sheet.decimals("value", rows).astype(np.float64) * 1.0001 + 1e-9 * np.abs(own)
    for place in np.flatnonzero(np.abs(values[rows] - own) > allowed).tolist():
        typed, meant = values[rows[place]], own[place]
        message = f"value: {typed:g} is not numerator / denominator × factor, which is {meant:.6g}"
        hint = "leave the value blank to have it calculated, or correct one of the three"
        mark = partial(sheet.table.mark, int(rows[place]), "value")
        sheet.capped.warning(mark, "ratio-mismatch", message, hint)


def _told(fault: CellFault, rows: Mask) -> list[tuple[CellFault, Rows]]:
    return [(fault, np.flatnonzero(rows))] if rows.any() else []


_ZERO = CellFault("blank-value", "the denominator is 0, so there is no value", "say why in the column 'note'")
_BLANK = CellFault(
    "blank-value",
    "the value is blank",
    "fill it, or say why it is missing in the column 'note'; of a ratio numerator and denominator do",
)


def _no_value(sheet: Sheet, rows: Mask) -> list[tuple[CellFault, Rows]]:
    """Blank values and those that say that there is none, without a reason."""
    left = rows.copy()
    faults = []
    for text, all_own in sheet.no_value("value").items():
        own = all_own[rows[all_own]]
        if len(own):
            message = f"{found(text)} says that there is no value, but not why"
            faults.append((CellFault("blank-value", message, "say why in the column 'note'"), own))
            left[own] = False
    return [*faults, *_told(_BLANK, left)]


def _no_ratio(indicator: Indicator) -> CellFault:
    return CellFault(
        "blank-value",
        f"the value is blank, and '{indicator.id}' is no ratio",
        f"fill it, or give '{indicator.id}' 'rollup: ratio'",
    )


def _missing(sheet: Sheet, rows: Mask) -> list[tuple[CellFault, Rows]]:
    """Values of rows whose status is that there is none, by what is typed."""
    by_text: dict[str, list[int]] = {}
    for row in np.flatnonzero(rows).tolist():
        by_text.setdefault(sheet.table.text(row, "value"), []).append(row)
    hint = "leave the value blank, or correct the status"
    return [
        (
            CellFault("bad-value", f"found '{text}', but the status is 'missing'", hint),
            np.array(own, np.intp),
        )
        for text, own in by_text.items()
    ]


def _check_limits(sheet: Sheet, values: Numbers) -> None:
    """Values outside their indicator's limits are told one by one."""
    least = sheet.of_indicator(lambda indicator: _limits(indicator)[0], np.float64)
    most = sheet.of_indicator(lambda indicator: _limits(indicator)[1], np.float64)
    odd = ~sheet.bad & ((values < least) | (values > most))
    for row in np.flatnonzero(odd).tolist():
        value, low, high = float(values[row]), float(least[row]), float(most[row])
        if not below(value, low) and not above(value, high):
            continue
        side = f"below the limit {low:g}" if below(value, low) else f"above the limit {high:g}"
        indicator = sheet.indicator.values[sheet.indicator.codes[row]]
        sheet.bad[row] = True
        sheet.capped.error(
            partial(sheet.table.mark, row, "value"),
            "outside-limits",
            f"value: {value:g} is {side} of '{indicator}'",
            "correct the value, or the indicator's limits",
        )


def _limits(indicator: Indicator) -> tuple[float, float]:
    """Least and most; no limits where none could be kept, which is told in the indicator's file."""
    least, most = indicator.limits.min, indicator.limits.max
    if least is not None and most is not None and least >= most:
        return -np.inf, np.inf
    return -np.inf if least is None else least, np.inf if most is None else most
