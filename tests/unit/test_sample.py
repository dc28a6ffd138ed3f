"""The sample handbook: what is in it, what the method finds in it, and that every text is bilingual."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from itertools import pairwise
from pathlib import Path

import pytest
from pydantic import BaseModel

from generator.check import run_rules
from generator.load.project import load_project
from generator.model.catalogue import Catalogue
from generator.model.text import Text
from generator.problems import Problems

ROOT = Path(__file__).parents[2]
EAST, SOUTH, RELEASE = "lead-to-cash-east", "lead-to-cash-south", "requirement-release"
NEUTRAL = {"%", "ERP", "Excel"}
"""Words that are the same in Chinese and English."""


@pytest.fixture(scope="module")
def sample() -> Catalogue:
    problems = Problems()
    catalogue = load_project(ROOT, problems)
    assert [str(problem) for problem in problems] == []
    assert catalogue is not None
    return catalogue


def texts(value: object, where: str) -> Iterator[tuple[str, Text]]:
    """Every Text in a model, with the path that leads to it; aliases are search words, in any language."""
    if isinstance(value, Text):
        yield where, value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            if name != "aliases":
                yield from texts(getattr(value, name), f"{where}.{name}")
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from texts(item, f"{where}.{key}")
    elif isinstance(value, tuple):
        for number, item in enumerate(value):
            yield from texts(item, f"{where}[{number}]")
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from texts(getattr(value, field.name), f"{where}.{field.name}")


def all_texts(sample: Catalogue) -> Iterator[tuple[str, Text]]:
    """Every Text of the sample's data."""
    for name in ("handbook", "strategy", "roadmap", "questionnaire", "diagnoses"):
        yield from texts(getattr(sample, name), name)
    for name in ("indicators", "processes", "pilots", "reviews"):
        yield from texts(dict(getattr(sample, name)), name)


# What is in it


PLANTED = (
    ("stale-results", "cross-department-satisfaction: the first half of 2026 never came"),
    ("tool-purpose", "lead-to-cash-south: text reminders are new and do not say why"),
    ("review-rhythm", "lead-to-cash-south: four weeks without a review in summer 2026"),
    ("action-overdue", "2026-q2-lead-to-cash-south, a2: due on 31 August and still doing"),
    ("definition-changed", "complaint-rate: February 2026 lacks the version of the new definition"),
)
"""The warnings that the sample is to show: the rule, and what was planted for it."""


def test_the_method_finds_what_was_planted_and_nothing_else(sample: Catalogue) -> None:
    found = [problem for problem in run_rules(sample) if problem.level != "note"]
    assert {problem.level for problem in found} == {"warning"}
    assert sorted(p.rule for p in found) == sorted(rule for rule, _ in PLANTED), found


def test_counts(sample: Catalogue) -> None:
    assert len(sample.indicators) == 39
    assert sorted(sample.processes) == ["lead-to-cash", "requirement-to-release"]
    assert sorted(sample.pilots) == [EAST, SOUTH, RELEASE]
    assert len(sample.roadmap.steps) == 6
    assert sorted({d.unit for d in sample.diagnoses}) == ["company", "development", "service"]
    assert len(sample.diagnoses) == 5
    kinds = [review.kind for review in sample.reviews.values()]
    assert (kinds.count("long"), kinds.count("short")) == (14, 20)
    assert sum(len(review.actions) for review in sample.reviews.values()) == 30
    assert sorted(case.kind for case in sample.cases.values()) == ["case"] * 5 + ["lesson", "policy"]


def test_maps_have_steps_lanes_decisions_and_rework(sample: Catalogue) -> None:
    gateways = set()
    for process in sample.processes.values():
        assert 4 <= len(process.lanes) <= 6
        for _, shape in process.maps.drawn:
            work = [step for step in shape.steps if not step.gateway and not step.event]
            assert 12 <= len(work) <= 16, process.id
            assert sum(link.rework for step in shape.steps for link in step.next) >= 2
            gateways |= {step.gateway for step in shape.steps if step.gateway}
    assert gateways == {"xor", "and"}


def test_short_reviews_keep_their_rhythm_but_for_the_gap_that_was_planted(sample: Catalogue) -> None:
    gaps = {}
    for pilot in sample.pilots:
        days = sorted(r.date for r in sample.reviews.values() if r.pilot == pilot and r.kind == "short")
        gaps[pilot] = [(later - earlier).days for earlier, later in pairwise(days)]
    assert gaps == {EAST: [14] * 6, SOUTH: [14, 28, 14, 14, 14], RELEASE: [14] * 6}


def test_every_quarter_that_a_pilot_ran_was_reviewed(sample: Catalogue) -> None:
    reviewed = {
        pilot: sorted(str(r.period) for r in sample.reviews.values() if (r.pilot, r.kind) == (pilot, "long"))
        for pilot in sample.pilots
    }
    assert reviewed == {
        EAST: ["2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4", "2026-Q1", "2026-Q2", "2026-Q3"],
        SOUTH: ["2026-Q2", "2026-Q3"],
        RELEASE: ["2025-Q3", "2025-Q4", "2026-Q1", "2026-Q2", "2026-Q3"],
    }


def test_packs_are_small_weighed_and_gated(sample: Catalogue) -> None:
    for pilot in sample.pilots.values():
        assert 3 <= len(pilot.pack) <= 5
        assert sum(item.weight or 0 for item in pilot.pack) == 100
        assert "gate" in {item.incentive for item in pilot.pack}
        assert {sample.indicators[item.indicator].goal_type for item in pilot.pack} == {
            "efficiency", "quality", "experience",
        }  # fmt: skip


def test_every_text_is_in_both_languages(sample: Catalogue) -> None:
    lacking = [
        where
        for where, text in all_texts(sample)
        if not ({"zh", "en"} <= set(text.languages) or text.plain in NEUTRAL)
    ]
    assert lacking == []


def test_english_has_no_chinese_and_chinese_is_chinese(sample: Catalogue) -> None:
    for where, text in all_texts(sample):
        if text.plain is None:
            assert not any("\u4e00" <= char <= "\u9fff" for char in text.say("en", "en")), where
            assert any("\u4e00" <= char <= "\u9fff" for char in text.say("zh", "zh")), where


def test_step_names_are_short(sample: Catalogue) -> None:
    for process in sample.processes.values():
        for shape in (process.maps.as_is, process.maps.to_be):
            assert shape is not None
            for step in shape.steps:
                assert len(step.name.say("zh", "zh")) <= 10, step.id
                assert len(step.name.say("en", "en")) <= 28, step.id


def test_every_page_is_translated(sample: Catalogue) -> None:
    assert sample.content
    assert [page.path for page in sample.content if not page.translated("en")] == []


def test_a_retired_indicator_names_its_successor(sample: Catalogue) -> None:
    retired = [one for one in sample.indicators.values() if one.status == "retired"]
    assert [(one.id, one.replaced_by) for one in retired] == [("system-logins", "key-process-digitalisation")]
    assert retired[0].id in sample.indicators["key-process-digitalisation"].replaces


def test_individual_indicators_lead_up_to_the_organisation(sample: Catalogue) -> None:
    def reaches(id_: str) -> bool:
        one = sample.indicators[id_]
        return one.level == "organisation" or any(reaches(link.indicator) for link in one.contributes_to)

    individual = [id_ for id_, one in sample.indicators.items() if one.level == "individual"]
    assert len(individual) >= 6
    assert [id_ for id_ in individual if not reaches(id_)] == []


def test_every_long_review_names_what_was_missed_and_what_is_done(sample: Catalogue) -> None:
    missed = {(RELEASE, "release-defect-rate"): ("2025-Q4", "2026-Q1", "2026-Q2", "2026-Q3"),
              (SOUTH, "collection-on-time"): ("2026-Q2", "2026-Q3")}  # fmt: skip
    for (pilot, indicator), quarters in missed.items():
        for quarter in quarters:
            (review,) = (
                r
                for r in sample.reviews.values()
                if (r.pilot, str(r.period), r.kind) == (pilot, quarter, "long")
            )
            named = {p.id for p in review.problems if p.indicator == indicator and p.step and p.cause}
            assert named
            assert named & {action.problem for action in review.actions}


def test_cases_are_in_both_languages_and_point_to_what_exists(sample: Catalogue) -> None:
    pages = {page.path: page for page in sample.content}
    for id_ in sample.cases:
        assert pages[f"cases/{id_}.md"].translated("en"), id_


def test_english_pages_have_no_chinese(sample: Catalogue) -> None:
    for page in sample.content:
        body = page.body("en").markdown
        assert not any("\u4e00" <= char <= "\u9fff" for char in body), page.path
        assert any("\u4e00" <= char <= "\u9fff" for char in page.body("zh").markdown), page.path
