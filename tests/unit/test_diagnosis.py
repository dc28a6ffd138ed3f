"""The matrix of organisation and technology, worked by hand (computations page, section 8)."""

import json

import pytest

from generator.compute.insight.diagnosis import move, trails
from generator.compute.insight.diagnosis import scored as scores_of
from generator.model.diagnosis import Diagnosis, Questionnaire
from generator.present.pages.diagnosis.questionnaire import answers

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


def test_the_middle_is_the_middle_in_any_scale():
    """1, 2, 3, 3, 3 and 3 of 1–4 are 9 of 18 thirds: one half, which binary numbers make a little less."""
    questions = [
        {"id": f"{axis[0]}{n}", "text": "?", "pillar": "direction", "axis": axis}
        for axis in ("organisation", "technology")
        for n in range(6)
    ]
    given = {one["id"]: score for one, score in zip(questions, [1, 2, 3, 3, 3, 3] * 2, strict=True)}
    questionnaire = Questionnaire.model_validate_json(
        json.dumps({"scale": {"min": 1, "max": 4}, "questions": questions})
    )
    diagnosis = Diagnosis.model_validate_json(
        json.dumps({"date": "2025-01-10", "unit": "company", "scores": given})
    )
    assert scores_of(questionnaire, diagnosis).quadrant == "leading"


def test_equal_pillars_are_equal_whatever_order_their_answers_are_added_in():
    questions = [
        {"id": f"{pillar[:2]}{n}", "text": "?", "pillar": pillar, "axis": "organisation"}
        for pillar in ("direction", "drive")
        for n in range(6)
    ]
    given = {
        one["id"]: score for one, score in zip(questions, [1, 2, 3, 3, 3, 3, 3, 3, 3, 3, 2, 1], strict=True)
    }
    questionnaire = Questionnaire.model_validate_json(
        json.dumps({"scale": {"min": 1, "max": 4}, "questions": questions})
    )
    diagnosis = Diagnosis.model_validate_json(
        json.dumps({"date": "2025-01-10", "unit": "company", "scores": given})
    )
    assert scores_of(questionnaire, diagnosis).focus == ("direction", "drive")


def test_the_lowest_pillar_is_the_focus_and_equals_are_named_together():
    assert scored(q1=3, q2=3, q3=2, q4=4).focus == ("drive",)
    assert scored(q1=3, q2=3, q3=2, q4=2).focus == ("drive", "support")


def test_below_half_of_the_answers_a_unit_is_not_placed():
    half = scored(q1=4, q3=2)
    assert (half.organisation.answered, half.organisation.of) == (1, 2)
    assert half.quadrant == "challenge"
    assert scored(q1=4, q2=4).quadrant is None


# From one diagnosis to the next


def moved(before, after):
    questionnaire = Questionnaire.model_validate_json(json.dumps({"questions": QUESTIONS}))
    return move(questionnaire, scored(**before), scored(**after))


def test_a_move_is_told_by_axis_pillar_and_question():
    found = moved({"q1": 1, "q2": 2, "q3": 4, "q4": 3}, {"q1": 3, "q2": 4, "q3": 1, "q4": 3})
    assert found.organisation == pytest.approx(0.5)  # (2+2)/2 of 4
    assert found.technology == pytest.approx(-0.375)  # -3/2 of 4
    assert dict(found.pillars) == pytest.approx({"direction": 0.5, "drive": -0.75, "support": 0})
    assert [(one.question, one.difference) for one in found.questions] == [
        ("q1", 2), ("q2", 2), ("q3", -3), ("q4", 0),
    ]  # fmt: skip
    assert [one.question for one in found.up] == ["q1", "q2"]
    assert [one.question for one in found.down] == ["q3"]


def test_only_what_both_answer_is_compared():
    found = moved({"q1": 1, "q2": 2}, {"q1": 1, "q3": 4, "q4": 4})
    assert [one.question for one in found.questions] == ["q1"]
    assert (found.up, found.down, found.technology) == ((), (), None)


def test_trails_are_by_unit_in_order_of_time():
    questionnaire = Questionnaire.model_validate_json(json.dumps({"questions": QUESTIONS}))
    made = [
        Diagnosis.model_validate_json(json.dumps({"date": day, "unit": unit}))
        for day, unit in (("2026-01-10", "b"), ("2025-06-01", "a"), ("2025-01-10", "b"))
    ]
    found = trails(questionnaire, made)
    assert [[str(one.diagnosis.date) for one in way] for way in found] == [
        ["2025-01-10", "2026-01-10"], ["2025-06-01"],
    ]  # fmt: skip


def test_a_bottleneck_is_its_words_or_says_what_it_is_linked_to():
    bottlenecks = ["slow", {"zh": "慢", "en": "slow"}, {"text": {"zh": "慢"}, "process": "p", "steps": ["s"]}]
    made = Diagnosis.model_validate_json(
        json.dumps({"date": "2025-01-10", "unit": "a", "bottlenecks": bottlenecks})
    ).bottlenecks
    assert [one.text.say("zh", "zh") for one in made] == ["slow", "慢", "慢"]
    assert [(one.process, one.steps) for one in made] == [(None, ()), (None, ()), ("p", ("s",))]


# On paper


@pytest.mark.parametrize(
    ("low", "high", "boxes"),
    [
        (1, 5, ("1", "2", "3", "4", "5")),
        (0, 10, tuple(str(number) for number in range(11))),
        (0, 100, ()),
        (0, 1.5, ()),
    ],
)
def test_a_scale_of_few_whole_numbers_has_boxes_any_other_a_blank(low, high, boxes):
    assert answers(low, high) == boxes
