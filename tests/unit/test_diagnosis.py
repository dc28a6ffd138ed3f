"""The matrix of organisation and technology, worked by hand (computations page, section 8)."""

import json
from pathlib import Path

import pytest

from generator.compute.insight.advice import advised
from generator.compute.insight.diagnosis import move, ways_of
from generator.compute.insight.diagnosis import scored as scores_of
from generator.compute.series.responses import responses_of
from generator.load.project import default_questionnaire, default_roadmap
from generator.model.catalogue import Catalogue
from generator.model.diagnosis import QUESTION_GROUPS, Diagnosis, Questionnaire
from generator.model.handbook import Handbook
from generator.model.response import Response
from generator.present.charts import quadrants
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


def catalogue(days, responses=None, questions=QUESTIONS, small_group=5):
    """A handbook of diagnoses alone."""
    handbook = Handbook.model_validate_json(
        json.dumps({"title": "t", "languages": ["zh"], "small_group": small_group})
    )
    made = tuple(
        Diagnosis.model_validate_json(json.dumps({"date": day, "unit": unit, "scores": scores}))
        for day, unit, scores in days
    )
    return Catalogue(
        root=Path(),
        handbook=handbook,
        roadmap=default_roadmap(),
        questionnaire=Questionnaire.model_validate_json(json.dumps({"questions": questions})),
        diagnoses=made,
        responses=responses or {},
    )


def test_trails_are_by_unit_in_order_of_time():
    found = ways_of(catalogue([("2026-01-10", "b", {}), ("2025-06-01", "a", {}), ("2025-01-10", "b", {})]))
    assert [[str(one.diagnosis.date) for one in way] for way in found] == [
        ["2025-01-10", "2026-01-10"], ["2025-06-01"],
    ]  # fmt: skip


# Many respondents


def given(question, managers=(), front=(), other=()):
    groups = {"managers": managers, "front-line": front, "other": other}
    return [Response(group, question, score) for group, scores in groups.items() for score in scores]


def told(rows, small_group=5):
    (own,) = responses_of(
        catalogue([("2025-01-10", "a", {})], {"2025-01-10-a": tuple(rows)}, small_group=small_group),
        "2025-01-10-a",
    )
    return own


def test_median_and_middle_half_of_each_group():
    """Sorted 1 1 2 2 3: median 2, quartiles 1 and 2. 2 3 4 4 5: 4, 3 and 4. All ten, 1 1 2 2 2 3 3 4 4 5:
    the quartiles lie at places 2.25 and 6.75 from 0."""
    own = told(given("q1", managers=(4, 4, 5, 3, 2), front=(1, 2, 2, 3, 1)))
    groups = {name: (part.n, part.median, part.low, part.high) for name, part in own.groups}
    assert groups == {"managers": (5, 4, 3, 4), "front-line": (5, 2, 1, 2)}
    assert (own.everyone.n, own.everyone.median, own.everyone.low, own.everyone.high) == (10, 2.5, 2, 3.75)
    assert (own.gap, own.talk) == (2, ("gap",))


@pytest.mark.parametrize(
    ("managers", "front", "talk"),
    [
        ((4, 4, 4, 4, 4), (2.5, 2.5, 2.5, 2.5, 2.5), ()),  # 1.5 apart
        ((2, 2, 2, 2, 2), (4, 4, 4, 4, 4), ("gap", "spread")),
        ((1, 1, 3, 5, 5), (3, 3, 3, 3, 3), ("spread",)),  # of one group only
        ((3, 3, 3, 3, 3), (1, 3, 3, 3, 5), ()),  # one on either side is no split
    ],
)
def test_two_points_of_five_apart_are_something_to_talk_about(managers, front, talk):
    assert told(given("q1", managers=managers, front=front)).talk == talk


def test_a_small_group_is_told_with_the_others_only_and_a_few_people_not_at_all():
    small = told(given("q1", managers=(4, 4, 4, 4), front=(1, 1, 1, 1, 1)))
    assert (small.groups, small.gap, small.everyone.n) == ((), None, 9)
    few = told(given("q1", managers=(5, 5), front=(1, 1)))
    assert (few.everyone, few.groups, few.gap, few.talk) == (None, (), None, ())
    every = told(given("q1", managers=(5,), front=(1,)), small_group=0)
    assert (every.gap, every.everyone.n) == (4, 2)


def test_an_answer_left_out_is_the_median_of_enough_respondents():
    rows = {"2025-01-10-a": tuple(given("q1", front=(1, 2, 2, 4, 5)) + given("q3", front=(5, 5)))}
    ((own,),) = ways_of(catalogue([("2025-01-10", "a", {"q2": 4})], rows))
    assert own.diagnosis.scores == {"q2": 4, "q1": 2}  # two answers to q3 are too few
    assert own.by_respondents == ("q1",)
    ((agreed,),) = ways_of(catalogue([("2025-01-10", "a", {"q1": 5})], rows))
    assert agreed.diagnosis.scores["q1"] == 5


# What comes next


def asked(**scores):
    """The advice to a unit that answered the method's own questions."""
    questionnaire = default_questionnaire()
    diagnosis = Diagnosis.model_validate_json(
        json.dumps(
            {"date": "2025-01-10", "unit": "a", "scores": {k.replace("_", "-"): v for k, v in scores.items()}}
        )
    )
    found = scores_of(questionnaire, diagnosis)
    return found.quadrant, advised(questionnaire, found)


TECHNOLOGY = {"automatic_collection": 4, "self_service": 4, "one_figure": 4, "status_visible": 4}
LOW = {"goals_decomposed": 2, "few_indicators": 2, "end_to_end_owner": 2, "standard_work": 2}


@pytest.mark.parametrize(("gate", "asks"), [(3, True), (4, False), (5, False)])
def test_a_gate_is_not_asked_for_where_it_is_in_place(gate, asks):
    quadrant, found = asked(**TECHNOLOGY, **LOW, steady_reviews=1, quality_gate=gate)
    assert quadrant == "acceleration"
    assert ("gate" in found.quadrant) is asks
    assert dict(found.in_place) == ({} if asks else {"gate": ("quality-gate",)})


def test_the_lowest_answers_of_the_weakest_pillar_come_first():
    _, found = asked(**TECHNOLOGY, **{**LOW, "goals_decomposed": 4}, steady_reviews=3, quality_gate=4,
                     managers_coach=1, trained_before=1)  # fmt: skip
    assert found.lowest == ("managers-coach", "trained-before", "steady-reviews")


def test_without_the_methods_questions_their_group_or_nothing_stands_for_them():
    questions = [{**one, "group": "library"} for one in QUESTIONS[:1]] + QUESTIONS[1:]
    questionnaire = Questionnaire.model_validate_json(json.dumps({"questions": questions}))
    diagnosis = Diagnosis.model_validate_json(
        json.dumps({"date": "2025-01-10", "unit": "a", "scores": {"q1": 4, "q2": 1, "q3": 5, "q4": 4}})
    )
    found = advised(questionnaire, scores_of(questionnaire, diagnosis))
    assert found.quadrant == ("rhythm", "owner", "gate")
    assert found.in_place == (("few", ()),)


def test_the_methods_questionnaire_has_six_groups_and_an_anchor_for_each_answer():
    questionnaire = default_questionnaire()
    assert {question.group for question in questionnaire.questions} == set(QUESTION_GROUPS)
    for question in questionnaire.questions:
        assert question.advice is not None
        assert len(question.anchors) == 5
        for text in (question.text, question.advice, *question.anchors):
            assert text.languages == ("zh", "en")


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


def test_the_name_of_a_diagnosis_stands_clear_of_the_lines_of_the_middle():
    """At 64 % a name towards the middle would be cut by the line at 50 %; outwards there is room for it."""
    before = quadrants.Stop("a", 0.29, 0.21, "Company, 10 Jan 2025", False)
    now = quadrants.Stop("a", 0.64, 0.42, "Company, 8 Jul 2026", True)
    far = quadrants.Stop("b", 0.70, 0.35, "Customer service, 18 Mar 2026", True)
    words = quadrants.QuadrantWords("Organisation", "Technology", ("a", "b", "c", "d"), "half way")
    told = quadrants.specification((before, now, far), words)["datasets"]
    assert [row["label"] for row in told["right-above"]] == [now.label, far.label]
    assert [row["label"] for row in told["middle-below"]] == [before.label]
