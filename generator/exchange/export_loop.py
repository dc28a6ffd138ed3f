"""The loop and the questions to the strategy in the export."""

from __future__ import annotations

import datetime
from typing import Any, Literal

from generator.compute.figures import Figures
from generator.compute.insight.goal_answers import AskedGoal, asked_goals
from generator.compute.insight.loop import BreakKind, StationName, StationState, loop_of
from generator.compute.insight.names import joined
from generator.exchange.export_part import ExportPart
from generator.exchange.plain_json import as_json


class BreakOut(ExportPart):
    """Where the loop is broken."""

    id: str
    """kind~place."""
    kind: BreakKind
    """question: a goal in question that nobody answered · goal: no leading indicator, or not taken up ·
    key-result: without an indicator · unit: without an objective · cascade: an objective that hangs loose ·
    post: a key result that reaches none · person-indicator: it leads to no goal · no-data, stale: an
    indicator in use · review: a long review that was not held · coaching: none in the period · follow-up:
    not spoken of again · training: none before a tool goes live · overdue: an action · no-result: one that is
    done."""
    place: list[str | int]
    """Ids, and 0-based places in lists, from the outside in."""


class StationOut(ExportPart):
    """A station of the loop."""

    id: StationName
    state: StationState
    """Judged over everything there is."""
    breaks: list[BreakOut]
    in_part: bool
    """Some breaks are not for the edition."""


class QuestionOut(ExportPart):
    """A goal in question."""

    id: str
    """The goal."""
    owner: dict[str, Any] | None
    raised: datetime.date
    due: datetime.date
    late: bool
    answer: Literal["kept", "changed", "dropped"] | None
    """The answer that settles it for now."""


def loop_out(figures: Figures) -> list[StationOut]:
    """The eight stations, in order."""
    return [
        StationOut(
            id=station.name,
            state=station.state,
            breaks=[
                BreakOut(id=joined(item.kind, *map(str, item.place)), kind=item.kind, place=list(item.place))
                for item in station.breaks
            ],
            in_part=station.in_part,
        )
        for station in loop_of(figures)
    ]


def questions_out(figures: Figures) -> list[QuestionOut]:
    """Every goal in question, in order of the strategy."""
    return [_question(figures, asked) for asked in asked_goals(figures)]


def _question(figures: Figures, asked: AskedGoal) -> QuestionOut:
    languages = figures.catalogue.handbook.languages
    return QuestionOut(
        id=asked.question.goal,
        owner=as_json(asked.owner, languages) if asked.owner else None,
        raised=asked.raised,
        due=asked.due,
        late=asked.late,
        answer=asked.answer.answer if asked.answer else None,
    )
