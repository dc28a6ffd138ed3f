"""Answers of a diagnosis's respondents: CSV files become responses, held against questions and scale.

Whoever answered is a group, never a person; a column of names would be refused as unknown.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path, PurePosixPath

from generator.load.capped import Capped
from generator.load.number import NumberFault, parse_number
from generator.load.table import ColumnNames, ResultsTable, read_table
from generator.model.comparing import above, below
from generator.model.diagnosis import Questionnaire
from generator.model.response import (
    LONGEST_NOTE,
    MOST_RESPONSES,
    RESPONDENT_GROUPS,
    RESPONSE_COLUMNS,
    Response,
)
from generator.model.spreadsheet import read_back
from generator.problems import FilePosition, Problems, found, nearest

_REQUIRED = RESPONSE_COLUMNS[:3]


def load_responses(
    files: Mapping[str, Path], diagnoses: frozenset[str], questionnaire: Questionnaire, problems: Problems
) -> dict[str, tuple[Response, ...]]:
    """The sound rows by the diagnosis's name; `diagnoses`: the names of all, broken ones among them."""
    loaded = {}
    for name, path in files.items():
        stem = PurePosixPath(name).stem
        table = read_table(path, name, ColumnNames(RESPONSE_COLUMNS, _REQUIRED), {}, problems)
        if stem not in diagnoses:
            message = f"responses without their diagnosis, data/diagnosis/{stem}.yml"
            hint = nearest(stem, diagnoses) or "write it: date and unit are enough"
            problems.error(FilePosition(name, 1, 1), "missing-file", message, hint)
        elif table is not None:
            loaded[stem] = _Rows(table, questionnaire, problems).read()
    return loaded


class _Rows:
    """The rows of one file."""

    def __init__(self, table: ResultsTable, questionnaire: Questionnaire, problems: Problems) -> None:
        self._table = table
        self._questions = [question.id for question in questionnaire.questions]
        self._scale = questionnaire.scale
        self._problems = problems
        self._capped = Capped(problems)

    def read(self) -> tuple[Response, ...]:
        count = len(self._table)
        if count > MOST_RESPONSES:
            message = f"the file has {count} rows; at most {MOST_RESPONSES} are read"
            hint = "one file holds the answers of one unit on one day"
            self._problems.error(FilePosition(self._table.name, 1, 1), "too-many-rows", message, hint)
            return ()
        texts = [[self._table.text(row, column) for column in RESPONSE_COLUMNS] for row in range(count)]
        made = [self._row(row, *cells) for row, cells in enumerate(texts)]
        self._capped.close()
        return tuple(response for response in made if response is not None)

    def _fault(self, row: int, column: str, rule: str, message: str, hint: str = "") -> None:
        self._capped.error(partial(self._table.mark, row, column), rule, f"{column}: {message}", hint)

    def _row(self, row: int, group: str, question: str, score: str, note: str) -> Response | None:
        known = next((name for name in RESPONDENT_GROUPS if name == group), None)
        if known is None:
            hint = nearest(group, RESPONDENT_GROUPS)
            names = ", ".join(RESPONDENT_GROUPS)
            self._fault(row, "group", "bad-value", f"{found(group)} is not one of {names}", hint)
        if question not in self._questions:
            hint = nearest(question, self._questions)
            self._fault(row, "question", "unknown-question", f"unknown question {found(question)}", hint)
        if len(note) > LONGEST_NOTE:
            message = f"has {len(note)} letters; at most {LONGEST_NOTE} are read"
            self._fault(row, "note", "too-long", message, "a note is a sentence or two")
        elif known is not None and question in self._questions:
            number = self._score(row, score)
            if number is not None or not score:
                return Response(known, question, number, read_back(note))
        return None

    def _score(self, row: int, text: str) -> float | None:
        if not text:
            return None
        made = parse_number(text)
        low, high = self._scale.min, self._scale.max
        if isinstance(made, NumberFault):
            hint = f"write a number of the scale {low:g}–{high:g}; a blank cell is no answer"
            self._fault(row, "score", "bad-number", made.message, hint)
            return None
        if made.percent or below(made.value, low) or above(made.value, high):
            message = f"{text} is not on the scale {low:g}–{high:g}"
            self._fault(row, "score", "bad-value", message, "correct it; a blank cell is no answer")
            return None
        return made.value
