"""data/diagnosis/responses/<date>-<unit>.csv: what each respondent of a diagnosis answered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

RespondentGroup = Literal["managers", "front-line", "other"]
"""Who answered: managers, the front line, or anybody else. Nobody is named."""

RESPONDENT_GROUPS: tuple[RespondentGroup, ...] = get_args(RespondentGroup)
RESPONSE_COLUMNS = ("group", "question", "score", "note")
MOST_RESPONSES = 100_000
"""Rows of one file: 1,000 people and 100 questions."""
LONGEST_NOTE = 1_000
"""Letters of a respondent's note."""


@dataclass(frozen=True, slots=True)
class Response:
    """One answer of one respondent."""

    group: RespondentGroup
    question: str
    score: float | None
    """On the questionnaire's scale; None where only a note was written."""
    note: str = ""
