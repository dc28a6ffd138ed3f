"""A difference as a sentence says it: shortened by 5.0 days, not −5.0.

In a table or a chart a sign says the direction; in a sentence a verb does, and what follows has no sign. The
ends of an interval lose theirs where both are on the difference's side; an interval around none keeps both,
for they tell that it may be either.
"""

from __future__ import annotations

from generator.compute.series.possible import lasts
from generator.model.exact import rounded
from generator.model.indicator import Indicator
from generator.present.text.format import Format


def moved(
    form: Format, difference: float, interval: tuple[float, float] | None, indicator: Indicator
) -> dict[str, str]:
    """`moved`: by how much and which way; with an interval its ends, `low` and `high`, the lesser first."""
    unit = form.words("points.spelled") if indicator.percent else form.unit(indicator)
    amount = form.magnitude(difference, unit, indicator)
    told = {"moved": form.words(f"moved.{_way(difference, indicator)}", amount=amount)}
    if interval is None:
        return told
    low, high = interval
    if low > 0 or high < 0:
        ends = [form.magnitude(end, "", indicator) for end in sorted(interval, key=abs)]
    else:
        ends = [form.value(end, indicator, signed=True) for end in interval]
    return {**told, "low": ends[0], "high": ends[1]}


def _way(difference: float, indicator: Indicator) -> str:
    shown = rounded(difference, indicator.decimals)
    if shown == 0:
        return "same"
    if lasts(indicator):
        return "shorter" if shown < 0 else "longer"
    return "lower" if shown < 0 else "higher"
