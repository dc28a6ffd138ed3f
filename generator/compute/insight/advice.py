"""What a diagnosis asks for next: only what its own answers do not say is there already.

Source: the computations page, section 8.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import fsum

from generator.compute.insight.diagnosis import Quadrant, Scored
from generator.model.comparing import reaches
from generator.model.diagnosis import Question, QuestionGroup, Questionnaire

IN_PLACE = 0.75
"""Share of the scale from which what a question asks for is there: 4 of 1-5."""
LOWEST = 3
"""So many questions of the weakest pillars are named, the lowest answers first."""

Asked = tuple[tuple[str, ...], QuestionGroup | None]
"""The questions that an advice is about, by the ids of the method's questionnaire, and the group that stands
for them where a questionnaire has none of these."""

ADVICE: Mapping[Quadrant, Mapping[str, Asked]] = {
    "potential": {
        "one-process": (("goals-decomposed", "few-indicators"), "goals"),
        "by-hand": (("automatic-collection", "one-figure"), "data"),
        "one-owner": (("end-to-end-owner", "steady-reviews"), "work"),
    },
    "challenge": {
        "automate": (("automatic-collection", "keyed-once"), "data"),
        "use-first": (("tools-used",), "systems"),
        "purpose": ((), None),
    },
    "acceleration": {
        "few": (("few-indicators",), "library"),
        "rhythm": (("steady-reviews",), "managers"),
        "owner": (("end-to-end-owner",), "work"),
        "gate": (("quality-gate",), None),
    },
    "leading": {"spread": ((), None), "keep": ((), None), "aim": ((), None)},
}
"""What each quadrant usually asks for, and the answers that say it is done."""


@dataclass(frozen=True, slots=True)
class Advised:
    """What the quadrant asks for, what of it is there, and the lowest answers of the weakest pillars."""

    quadrant: tuple[str, ...]
    """Names of its advices that stand."""
    in_place: tuple[tuple[str, tuple[str, ...]], ...]
    """(advice, the questions that say it is there); without questions the group's mean said so."""
    lowest: tuple[str, ...]
    """Questions of the weakest pillars that are not in place, the lowest answers first."""


def advised(questionnaire: Questionnaire, scored: Scored) -> Advised:
    """What a diagnosis asks for next; empty where it is not placed."""
    shares = dict(_shares(questionnaire, scored))
    stand, there = [], []
    for name, asked in ADVICE[scored.quadrant].items() if scored.quadrant else ():
        done = _in_place(questionnaire.questions, shares, asked)
        if done is None:
            stand.append(name)
        else:
            there.append((name, done))
    low = [
        question.id
        for question in questionnaire.questions
        if question.pillar in scored.focus
        and question.id in shares
        and not reaches(shares[question.id], IN_PLACE, "higher")
    ]
    return Advised(tuple(stand), tuple(there), tuple(sorted(low, key=lambda name: shares[name])[:LOWEST]))


def _shares(questionnaire: Questionnaire, scored: Scored) -> Iterator[tuple[str, float]]:
    """Each answer on 0-1."""
    low, high = questionnaire.scale.min, questionnaire.scale.max
    for question in questionnaire.questions:
        if question.id in scored.diagnosis.scores and high > low:
            yield question.id, (scored.diagnosis.scores[question.id] - low) / (high - low)


def _in_place(
    questions: tuple[Question, ...], shares: Mapping[str, float], asked: Asked
) -> tuple[str, ...] | None:
    """The questions that say that all of it is there; None where it is not, or nobody was asked."""
    ids, group = asked
    own = tuple(name for name in ids if name in shares)
    if own:
        return own if all(reaches(shares[name], IN_PLACE, "higher") for name in own) else None
    of_group = [
        shares[question.id] for question in questions if question.group == group and question.id in shares
    ]
    if group is None or not of_group:
        return None
    return () if reaches(fsum(of_group) / len(of_group), IN_PLACE, "higher") else None
