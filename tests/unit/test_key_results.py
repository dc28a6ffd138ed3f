"""Key results, worked by hand (computations page, section 11)."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from generator.compute.insight.key_results import KeyResultState, key_results
from generator.exchange.export_json import export_json
from generator.model.period import Period
from generator.pipeline import check_project, figures_for
from generator.present.charts.draw import Drawings
from generator.present.page_context import PageContext
from generator.present.pages.library import strategy
from generator.present.templates import Templates
from generator.present.text.format import Format
from tests.document import Document
from tests.unit.cycles import Make, maker

THREE = [12.0] * 3 + [10.0] * 3 + [9.0] * 3
"""Quarters at 12, 10 and 9; lower is better."""
NO_PACK = {"east": {"pack": [], "changes": []}}


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Writes a project and computes its figures."""
    return maker(tmp_path)


def judged(
    make: Make,
    values: Sequence[float],
    by: str = "2024-Q4",
    pilot: str = "",
    pilots: Any = None,
    **fields: Any,
) -> KeyResultState:
    target = fields.pop("target", 6)
    result = f"{{name: K, indicator: cycle, target: {target}, by: {by}{', pilot: east' if pilot else ''}}}"
    text = f"goals: [{{id: g, name: G}}]\nobjectives: [{{id: o, name: O, key_results: [{result}]}}]\n"
    extra = {"data/strategy.yml": text}
    (one,) = key_results(make({("cycle", pilot): values}, {"cycle": fields}, pilots or NO_PACK, extra))
    return one


def test_before_its_quarter_begins_it_is_under_way(make: Make) -> None:
    one = judged(make, THREE)
    assert (one.state, one.share) == ("under-way", pytest.approx(0.5))
    assert one.start is not None
    assert (one.start.value, one.start.period) == (12, Period.parse("2024-Q1"))
    assert one.need is not None
    assert (one.need.kind, one.need.value, one.need.left, one.need.per) == ("step", -3, 1, "quarter")


def test_within_its_quarter_the_rest_has_to_bring_it(make: Make) -> None:
    one = judged(make, [*THREE, 8.0])
    assert (one.state, one.share) == ("under-way", pytest.approx(4 / 6))
    assert one.need is not None
    assert (one.need.kind, one.need.value, one.need.left, one.need.per) == ("rest-mean", 5, 2, "month")


def test_it_is_judged_by_the_quarter_and_not_by_its_last_month(make: Make) -> None:
    good = judged(make, [*THREE, 8.0, 6.0, 3.0])
    assert good.point is not None
    assert good.point.point.value == pytest.approx(17 / 3)
    assert good.state == "reached"
    # The last month alone is at the target, the quarter is not.
    assert judged(make, [*THREE, 8.0, 8.0, 5.0]).state == "missed"
    # A month that is missed does not take away what the quarter reached.
    assert judged(make, [*THREE, 3.0, 4.0, 8.0]).state == "reached"


def test_what_came_after_its_quarter_changes_nothing(make: Make) -> None:
    assert judged(make, [*THREE, 5.0, 5.0, 5.0, 12.0, 12.0, 12.0]).state == "reached"


def test_the_way_of_a_pilot_starts_at_its_baseline(make: Make) -> None:
    pack = {
        "east": {"pack": [{"indicator": "cycle", "weight": 100, "baseline": {"value": 10}}], "changes": []}
    }
    one = judged(make, THREE, pilot="east", pilots=pack)
    assert one.start is not None
    assert (one.start.value, one.start.period) == (10, None)
    assert one.share == pytest.approx(0.25)


def test_a_running_sum_is_told_so_far(make: Make) -> None:
    more = {"rollup": "sum", "direction": "higher", "target": 60, "targets": []}
    one = judged(make, [10.0] * 8, "2024-Q3", **more)
    assert (one.state, one.share, one.start) == ("under-way", pytest.approx(20 / 60), None)
    assert one.need is not None
    assert (one.need.kind, one.need.value, one.need.left) == ("rest-sum", 40, 1)
    # Under a limit so far is not there yet.
    less = judged(make, [10.0] * 8, "2024-Q3", **{**more, "direction": "lower"})
    assert (less.state, less.share) == ("under-way", None)
    assert less.need is not None
    assert (less.need.kind, less.need.value) == ("rest-sum", 40)


def test_no_pilot_stands_in_for_the_organisation(make: Make) -> None:
    result = "{name: K, indicator: cycle, target: 6, by: 2024-Q2}"
    text = f"goals: [{{id: g, name: G}}]\nobjectives: [{{id: o, name: O, key_results: [{result}]}}]\n"
    (one,) = key_results(make({("cycle", "east"): [5.0] * 6}, extra={"data/strategy.yml": text}))
    assert one.state == "no-data"


def test_in_words(make: Make, tmp_path: Path) -> None:
    judged(make, THREE)
    told = page(tmp_path, "en")
    assert "One key result: 1 not due yet." in told
    assert "Under way 50 % of the way from 12.0 d in Q1 2024; to go down by 3.0 d in the quarter left" in told
    assert (
        "在路上 从 2024年一季度的 12.0 d 算起，完成目标距离的 50 %；余下 1 个季度，每季度要再降低 3.0 d"
        in page(tmp_path, "zh")
    )


def test_one_of_a_range_shows_the_range_it_is_held_against(make: Make, tmp_path: Path) -> None:
    """Its own target says nothing there: 9 is inside of 8 to 11 and would miss 6."""
    one = judged(make, THREE, direction="range", range=[8, 11], targets=[])
    assert one.need is not None
    assert one.need.kind == "there"
    told = page(tmp_path, "zh")
    assert "K cycle 8.0～11.0 d 2024年四季度" in told
    assert "6.0 d" not in told


def test_one_that_is_judged_by_an_estimate_says_so(make: Make) -> None:
    sure = judged(make, [*THREE, 8.0, 6.0, 3.0])
    assert (sure.state, sure.doubts) == ("reached", ())
    assert sure.point is not None
    soft = replace(sure.point, point=replace(sure.point.point, status="estimate"))
    assert replace(sure, point=soft).doubts == ("estimate",)
    assert replace(sure, point=soft, state="under-way").doubts == (), "nothing is judged yet"


def page(project: Path, language: str) -> str:
    figures = figures_for(check_project(project))
    form = Format(language, "zh")
    ctx = PageContext(figures, form, Templates(form.words), Drawings(project / "charts"))
    (made,) = strategy.pages(ctx)
    html = "".join(section.html for section in made.sections)
    words = " ".join(text for _, text in Document(re.sub(r"</?(data|h-d)[^>]*>", "", html)).texts)
    return " ".join(words.replace("\u202f", " ").replace("\u00a0", " ").split())


def test_the_export_tells_the_same(make: Make) -> None:
    result = "{name: K, indicator: cycle, target: 6, by: 2024-Q4}"
    text = f"goals: [{{id: g, name: G}}]\nobjectives: [{{id: o, name: O, key_results: [{result}]}}]\n"
    figures = make({("cycle", ""): THREE}, {"cycle": {}}, NO_PACK, {"data/strategy.yml": text})
    (one,) = json.loads(export_json(figures))["key_states"]
    assert one == {
        "id": "o~1", "objective": "o", "indicator": "cycle", "pilot": None, "target": 6, "by": "2024-Q4",
        "state": "under-way", "at": "2024-Q3",
        "value": 9, "start": {"value": 12, "period": "2024-Q1"}, "share": 0.5,
        "need": {"kind": "step", "value": -3, "left": 1, "per": "quarter"},
    }  # fmt: skip
