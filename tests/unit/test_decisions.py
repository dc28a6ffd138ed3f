"""What needs a decision now: which of it there is in the sample, in which order, and what the export says."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from generator.compute.figures import Figures
from generator.compute.insight.decisions import Decision, decisions_of
from generator.exchange.export_decisions import decisions_out
from generator.pipeline import check_project, figures_for
from generator.present.charts.draw import Drawings
from generator.present.page_context import PageContext
from generator.present.parts.decisions import decision_rows
from generator.present.templates import Templates
from generator.present.text.format import Format

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def figures() -> Figures:
    return figures_for(check_project(ROOT))


def test_the_sample_has_these_in_this_order(figures: Figures) -> None:
    assert [found.name for found in decisions_of(figures)] == [
        "gate~requirement-release",
        "cost~requirement-release~fast-lane~requirement-lead-time",
        "overdue~lead-to-cash-south",
        "overdue~requirement-release",
        "goal~smooth-chain",
    ]


def test_each_says_what_it_is_about(figures: Figures) -> None:
    gate, cost, actions, steps, goal = decisions_out(figures)
    assert (gate.indicators, gate.tone) == (["release-defect-rate"], "bad")
    assert (cost.indicators, cost.changes) == (["release-defect-rate"], ["fast-lane"])
    assert (actions.actions, actions.steps, actions.longest) == (1, 0, 30)
    assert (steps.actions, steps.steps, steps.longest) == (0, 1, 92)
    assert (goal.pilot, goal.goal, goal.tone, len(goal.indicators)) == (None, "smooth-chain", "normal", 5)


def test_a_pilot_that_is_over_asks_for_nothing(figures: Figures) -> None:
    catalogue = figures.catalogue
    pilot = catalogue.pilots["requirement-release"]
    over = replace_period(pilot)
    pilots = {**catalogue.pilots, "requirement-release": over}
    then = replace(figures, catalogue=replace(catalogue, pilots=pilots))
    assert {found.pilot for found in decisions_of(then)} == {"lead-to-cash-south", None}


def replace_period(pilot):  # type: ignore[no-untyped-def]
    """The pilot as if it had ended before the period that is told about."""
    return pilot.model_copy(update={"period": pilot.period.model_copy(update={"to": pilot.period.from_})})


def test_without_results_nothing_is_to_be_decided(figures: Figures) -> None:
    assert decisions_of(replace(figures, as_of=None)) == ()


def test_without_anything_late_no_day_is_told() -> None:
    assert Decision("gate", "a").longest == 0


def test_what_is_overdue_says_with_whom_it_is_and_since_when(figures: Figures) -> None:
    texts = {}
    for language in ("zh", "en"):
        form = Format(language, "zh")
        ctx = PageContext(figures, form, Templates(form.words), Drawings(None))
        rows = decision_rows(ctx, ctx.links("index.md"))
        texts[language] = [str(row.text) for row in rows if row.kind == "overdue"]
    assert texts["zh"][0] == ("1 项行动已逾期 30 天。该办的是销售部 · 华南区域经理，原定 2026年8月31日。")
    assert texts["en"][0] == (
        "one action overdue by 30 days. It is with Sales · Regional manager South, due 31 Aug 2026."
    )
    assert "原定" in texts["zh"][1]
