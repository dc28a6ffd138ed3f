"""What each column of a results file means, for the reference and for `handbook explain`."""

from __future__ import annotations

from collections.abc import Mapping

RESULT_MEANINGS: Mapping[str, str] = {
    "period": (
        "The period at the indicator's frequency, e.g. 2026-09, 2026-Q3 or 2026-W36; also as people write it:"
        " Sep 2026, 2026年9月, FY26."
    ),
    "indicator": "The indicator's id, e.g. order-cycle-time; in a workbook its name will do.",
    "pilot": "The pilot's id; blank is the whole organisation.",
    "value": (
        "In the indicator's unit. Blank is missing, and `note` says why; of a ratio left blank it is"
        " numerator / denominator × factor."
    ),
    "numerator": "Of a ratio: what longer periods are added up from.",
    "denominator": "Of a ratio, > 0.",
    "n": "How many cases a mean is of, 0 or more: the mean of a longer period is weighted by it.",
    "target": "A target that comes with the result; those of the indicator and of the pack go before it.",
    "status": (
        "actual, provisional, estimate or missing; blank is actual, or missing where there is no value."
    ),
    "note": "A remark for readers; of a missing value, why it is missing.",
    "as_of": (
        "The day it was taken from its source, e.g. 2026-10-09; a review of the past knows what was taken"
        " by then."
    ),
    "version": "The day of the definition that the value follows, e.g. 2026-01-10.",
    "<dimension>": (
        "A column for each of the handbook's dimensions, with one of its values; blank is all of it."
    ),
}
"""Each column with its meaning, in the order in which they are usually written."""

NEEDED_COLUMNS = ("period", "indicator", "pilot", "value")
"""Those without which no results file is read."""
