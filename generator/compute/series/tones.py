"""What is good news and what is bad: the small tables behind every colour.

Pages turn a tone into a colour and never decide one. What is less sure than its word sounds has the tone
`normal`: that is decided where the doubt is known (`standing`, `claim`, `quarter`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from generator.model.comparing import Direction, better, moved

Tone = Literal["good", "bad", "normal"]

STATUS: Mapping[str, Tone] = {"exceeded": "good", "met": "good", "missed": "bad"}
"""Of a value held against its target; near is neither."""
VARIATION: Mapping[str, Tone] = {"improvement": "good", "concern": "bad"}
TURN: Mapping[str, Tone] = {
    "newly-met": "good",
    "no-longer-missed": "good",
    "no-longer-met": "bad",
    "newly-missed": "bad",
}
GATE: Mapping[str, Tone] = {"passed": "good", "not-passed": "bad"}
FAULT: Mapping[str, Tone] = {"overdue": "bad", "late": "bad", "break": "bad"}
"""Of actions, of results, and of a definition whose figures no longer compare."""
ENOUGH: Mapping[str, Tone] = {"enough": "good", "short": "bad"}
"""Of what a rule for all rests on."""
GROWTH: Mapping[str, Tone] = {"achieved": "good", "on-track": "good", "worse": "bad"}
PAY: Mapping[str, Tone] = {"gate-passed": "good", "paid": "good", "gate-missed": "bad", "gate-shut": "bad"}
PROMISE: Mapping[str, Tone] = {"kept": "good", "missed": "bad"}


def tone_in(table: Mapping[str, Tone], word: str | None) -> Tone:
    """The tone of a word; what a table does not know is neither good nor bad."""
    return table.get(word or "", "normal")


def difference_tone(
    difference: float, direction: Direction | None, decimals: int, final: bool, signal: Tone
) -> Tone:
    """Of a value against an earlier one, where the value is a signal to the same side: two values that differ
    tell nothing yet. Nothing below the last digit, without a better side, or while the value is not final."""
    if not final or direction not in ("higher", "lower") or not moved(difference, decimals):
        return "normal"
    own: Tone = "good" if better(difference, 0, direction) else "bad"
    return own if own == signal else "normal"


def answer_tone(difference: float | None) -> Tone:
    """Of an answer of a diagnosis against the one before, on a scale where more is better."""
    if not difference:
        return "normal"
    return "good" if difference > 0 else "bad"


def lead_time_tone(before: float, after: float, told_apart: bool) -> Tone:
    """Of a map against the one it replaces; `told_apart`: their lead times differ as they are shown."""
    if not told_apart:
        return "normal"
    return "good" if after < before else "bad"


def timing_tone(days_before: int | None) -> Tone:
    """Of a training that came so many days before its steps went live; after it is too late."""
    return "bad" if days_before is not None and days_before < 0 else "normal"


def cover_tone(live: int, untrained: int) -> Tone:
    """Of steps that went live, some without the training of an audience."""
    if untrained:
        return "bad"
    return "good" if live else "normal"
