"""The matrix of organisation and technology, worked by hand (computations page, section 8)."""

import json

import pytest

from generator.compute.diagnosis import scored as scores_of
from generator.model.diagnosis import Diagnosis, Questionnaire

QUESTIONS = [
    {"id": "q1", "text": "?", "pillar": "direction", "axis": "organisation"},
    {"id": "q2", "text": "?", "pillar": "direction", "axis": "organisation"},
    {"id": "q3", "text": "?", "pillar": "drive", "axis": "technology"},
    {"id": "q4", "text": "?", "pillar": "support", "axis": "technology"},
]


def scored(**scores):
    questionnaire = Questionnaire.model_validate_json(json.dumps({"questions": QUESTIONS}))
    diagnosis = Diagnosis.model_validate_json(
        json.dumps({"date": "2025-01-10", "unit": "company", "scores": scores})
    )
    return scores_of(questionnaire, diagnosis)


@pytest.mark.parametrize(
    ("scores", "quadrant"),
    [
        ({"q1": 1, "q2": 2, "q3": 2, "q4": 2}, "potential"),
        ({"q1": 4, "q2": 4, "q3": 2, "q4": 2}, "challenge"),
        ({"q1": 2, "q2": 2, "q3": 5, "q4": 4}, "acceleration"),
        ({"q1": 3, "q2": 3, "q3": 3, "q4": 3}, "leading"),
    ],
)
def test_quadrants_split_at_the_middle(scores, quadrant):
    assert scored(**scores).quadrant == quadrant


def test_scores_are_means_scaled_to_one():
    found = scored(q1=2, q2=5, q3=1, q4=4)
    assert found.organisation.value == pytest.approx((3.5 - 1) / 4)
    assert found.technology.value == pytest.approx((2.5 - 1) / 4)


def test_the_lowest_pillar_is_the_focus_and_equals_are_named_together():
    assert scored(q1=3, q2=3, q3=2, q4=4).focus == ("drive",)
    assert scored(q1=3, q2=3, q3=2, q4=2).focus == ("drive", "support")


def test_below_half_of_the_answers_a_unit_is_not_placed():
    half = scored(q1=4, q3=2)
    assert (half.organisation.answered, half.organisation.of) == (1, 2)
    assert half.quadrant == "challenge"
    assert scored(q1=4, q2=4).quadrant is None
