"""The sample handbook: its results can be made again and hold what was planted; its texts are bilingual."""

from __future__ import annotations

import csv
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass
from math import sqrt
from pathlib import Path
from statistics import mean, stdev

import pytest
from pydantic import BaseModel

from generator.check import run_rules
from generator.load.project import load_project
from generator.model.catalogue import Catalogue
from generator.model.text import Text
from generator.problems import Problems

ROOT = Path(__file__).parents[2]
EAST, RELEASE = "lead-to-cash-east", "requirement-release"
NEUTRAL = {"%", "ERP", "Excel"}
"""Words that are the same in Chinese and English."""

Series = dict[str, float]
"""period -> value, in order; a missing value is left out."""


@pytest.fixture(scope="module")
def sample() -> Catalogue:
    problems = Problems()
    catalogue = load_project(ROOT, problems)
    assert [str(problem) for problem in problems] == []
    assert catalogue is not None
    return catalogue


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    """Every line of the results, read with nothing but the csv module."""
    lines: list[dict[str, str]] = []
    for path in sorted((ROOT / "data/results").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            lines.extend(csv.DictReader(file))
    return lines


def series(rows: list[dict[str, str]], indicator: str, pilot: str = "", region: str = "") -> Series:
    found: Series = {}
    for row in rows:
        if (row["indicator"], row["pilot"], row.get("region") or "") != (indicator, pilot, region):
            continue
        if row["value"]:
            found[row["period"]] = float(row["value"])
        elif row.get("denominator"):
            found[row["period"]] = 100 * float(row["numerator"]) / float(row["denominator"])
    return dict(sorted(found.items()))


def between(figures: Series, first: str, last: str) -> list[float]:
    return [value for period, value in figures.items() if first <= period <= last]


def t_of(before: Sequence[float], after: Sequence[float]) -> float:
    """Difference of means over its standard error (Welch)."""
    error = sqrt(stdev(before) ** 2 / len(before) + stdev(after) ** 2 / len(after))
    return (mean(after) - mean(before)) / error


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


# The results can be made again


def test_results_are_reproduced_to_the_byte(tmp_path: Path) -> None:
    script = ROOT / "examples/sample/make_results.py"
    subprocess.run([sys.executable, str(script), str(tmp_path)], check=True)
    committed = {path.name: path.read_bytes() for path in (ROOT / "data/results").glob("*.csv")}
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == committed


# Planted truths


def test_merging_approvals_shortens_the_cycle(rows: list[dict[str, str]]) -> None:
    cycle = series(rows, "order-cycle-time", EAST)
    before, after = between(cycle, "2024-07", "2025-04"), between(cycle, "2025-06", "2026-09")
    assert (len(before), len(after)) == (10, 16)
    assert mean(before) == pytest.approx(25, abs=0.4)
    assert mean(after) == pytest.approx(20, abs=0.4)
    assert t_of(before, after) < -8


def test_first_pass_yield_rises_with_it(rows: list[dict[str, str]]) -> None:
    passed = series(rows, "first-pass-yield", EAST)
    before, after = between(passed, "2024-07", "2025-04"), between(passed, "2025-06", "2026-09")
    assert mean(before) == pytest.approx(88, abs=0.5)
    assert mean(after) == pytest.approx(92.8, abs=0.5)
    assert t_of(before, after) > 6


@pytest.mark.parametrize("region", ["south", "north"])
def test_the_other_regions_do_not_change(rows: list[dict[str, str]], region: str) -> None:
    cycle = series(rows, "order-cycle-time", region=region)
    assert abs(t_of(between(cycle, "2024-07", "2025-04"), between(cycle, "2025-06", "2026-09"))) < 1.5


@pytest.mark.parametrize("indicator", ["customer-satisfaction", "collection-on-time"])
def test_nothing_else_in_the_pack_of_east_moves(rows: list[dict[str, str]], indicator: str) -> None:
    figures = series(rows, indicator, EAST)
    assert abs(t_of(between(figures, "2024-07", "2025-04"), between(figures, "2025-06", "2026-09"))) < 1.5


def test_automatic_dispatch_is_a_balanced_gain(rows: list[dict[str, str]]) -> None:
    span = ("2024-07", "2025-07"), ("2025-09", "2026-03")
    coverage, per_head, cost = (
        tuple(between(series(rows, indicator, EAST), *part) for part in span)
        for indicator in ("automatic-dispatch-coverage", "orders-per-head", "cost-per-order")
    )
    assert mean(coverage[0]) == pytest.approx(34, abs=1)
    assert mean(coverage[1]) == pytest.approx(69, abs=1.5)
    assert t_of(*per_head) > 4
    assert t_of(*cost) < 1


def test_faster_releases_come_at_a_cost(rows: list[dict[str, str]]) -> None:
    span = ("2024-07", "2025-08"), ("2025-09", "2026-09")
    days, defects = (
        tuple(between(series(rows, indicator, RELEASE), *part) for part in span)
        for indicator in ("requirement-lead-time", "release-defect-rate")
    )
    assert mean(days[0]) == pytest.approx(42, abs=0.5)
    assert mean(days[1]) == pytest.approx(32.2, abs=0.5)
    assert mean(defects[0]) == pytest.approx(2.15, abs=0.15)
    assert mean(defects[1]) == pytest.approx(4.1, abs=0.15)
    assert t_of(*days) < -8
    assert t_of(*defects) > 8


@pytest.mark.parametrize("pilot", [RELEASE, ""])
def test_internal_satisfaction_is_noise(rows: list[dict[str, str]], pilot: str) -> None:
    marks = series(rows, "internal-satisfaction", pilot)
    assert abs(t_of(between(marks, "2024-07", "2025-08"), between(marks, "2025-09", "2026-09"))) < 1
    moves = [abs(a - b) for a, b in zip(marks.values(), list(marks.values())[1:], strict=False)]
    assert all(abs(mark - mean(marks.values())) < 2.66 * mean(moves) for mark in marks.values())


def test_coverage_breaks_when_urgent_orders_count(rows: list[dict[str, str]]) -> None:
    coverage = [row for row in rows if row["indicator"] == "automatic-dispatch-coverage"]
    assert {row["version"] for row in coverage if row["period"] >= "2026-04"} == {"2026-04-01"}
    assert {row["version"] for row in coverage if row["period"] < "2026-04"} == {""}
    figures = series(rows, "automatic-dispatch-coverage", EAST)
    assert mean(between(figures, "2026-04", "2026-09")) < mean(between(figures, "2025-09", "2026-03")) - 4


def test_regions_add_up_to_the_whole(rows: list[dict[str, str]]) -> None:
    orders: dict[tuple[str, str], float] = {}
    for row in rows:
        if row["indicator"] == "on-time-delivery" and not row["pilot"]:
            part = "regions" if row["region"] else "whole"
            key = row["period"], part
            orders[key] = orders.get(key, 0) + float(row["numerator"])
    assert all(orders[month, "regions"] == orders[month, "whole"] for month, _ in orders)


def test_missing_estimated_and_provisional_figures_say_why(rows: list[dict[str, str]]) -> None:
    special = [row for row in rows if row["status"] != "actual"]
    assert {row["status"] for row in special} == {"missing", "estimate", "provisional"}
    assert all(row["note"] for row in special)
    assert [(row["indicator"], row["period"]) for row in special if row["status"] == "missing"] == [
        ("customer-satisfaction", "2025-02")
    ]


# What is in it


def test_the_method_finds_only_that_reviews_are_missing(sample: Catalogue) -> None:
    # Short reviews are written down for the last weeks only.
    assert [problem.rule for problem in run_rules(sample)] == ["review-rhythm", "review-rhythm"]


def test_counts(sample: Catalogue, rows: list[dict[str, str]]) -> None:
    assert len(sample.indicators) == 12
    assert sorted(sample.processes) == ["lead-to-cash", "requirement-to-release"]
    assert sorted(sample.pilots) == [EAST, RELEASE]
    assert len(sample.roadmap.steps) == 6
    assert len(sample.diagnoses) == 2
    assert sorted(review.kind for review in sample.reviews.values()) == ["long"] * 3 + ["short"] * 3
    months = {row["period"] for row in rows if "Q" not in row["period"]}
    assert (len(months), min(months), max(months)) == (27, "2024-07", "2026-09")


def test_every_indicator_has_results_for_the_whole(sample: Catalogue, rows: list[dict[str, str]]) -> None:
    for indicator in sample.indicators:
        assert len(series(rows, indicator)) == (9 if indicator == "value-per-head" else 27)


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
