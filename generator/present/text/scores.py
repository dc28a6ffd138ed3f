"""A score in words: what its points mean by the handbook's scoring, and how much of the pack they rest on.

A number alone is read as marks out of a hundred: 60 with nothing on target passes for a pass, and 100 over a
fifth of the weight for a full one.
"""

from __future__ import annotations

from generator.compute.insight.named import named
from generator.compute.score import PilotScore, reading_of
from generator.model.comparing import below, decimals_apart
from generator.model.handbook import Scoring
from generator.present.text.format import Format


def points_text(form: Format, points: float | None, scoring: Scoring) -> str:
    """Points as a number that never reads like the bar they fall short of: 99.6 is not 100."""
    if points is None:
        return form.number(None)
    short_of = (bar for bar in (scoring.floor, scoring.target) if below(points, bar))
    return form.number(points, max((decimals_apart(points, bar, 0) for bar in short_of), default=0))


def reading(form: Format, score: PilotScore, scoring: Scoring, gate: bool = True) -> str:
    """What the points mean, and over how much of the weight where that is not all; empty without a score.

    With `gate`, that they do not count while the gate is not passed.
    """
    if score.value is None:
        return ""
    said = form.words(
        f"score.reading.{reading_of(score.value, scoring)}",
        floor=form.number(named(scoring.floor, "method/scoring/floor")),
        target=form.number(named(scoring.target, "method/scoring/target")),
    )
    shut = form.words("score.shut") if gate and score.gate == "not-passed" else ""
    return form.words("punctuation.clause").join(part for part in (said, coverage(form, score), shut) if part)


def coverage(form: Format, score: PilotScore) -> str:
    """Over how much of the weight a score is; empty where it is all of it."""
    if score.value is None or score.coverage is None or not below(score.coverage, 1.0):
        return ""
    return form.words("score.covered", share=form.share(score.coverage))
