"""The sample's results: they can be made again to the byte, and what was planted in them is there.

The figures are read with nothing but the csv module and judged by plain means, so that the product's own
computations can be held against them.
"""

from __future__ import annotations

import csv
import gzip
import shutil
import subprocess
import sys
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from math import sqrt
from pathlib import Path
from statistics import correlation, mean, stdev

import pandas as pd
import pytest
from click.testing import CliRunner

from generator.cli import main
from generator.load.project import load_project
from generator.model.catalogue import Catalogue
from generator.problems import Problems

ROOT = Path(__file__).parents[2]
EAST, SOUTH, RELEASE = "lead-to-cash-east", "lead-to-cash-south", "requirement-release"

IDLE = "meeting-load"
"""Defined, active and never collected: the sample's idle indicator."""

Series = dict[str, float]
"""period -> value, in order; a missing value is left out."""


@pytest.fixture(scope="module")
def sample() -> Catalogue:
    catalogue = load_project(ROOT, Problems())
    assert catalogue is not None
    return catalogue


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    """Every line of the results, read with nothing but the csv module."""
    lines: list[dict[str, str]] = []
    for path in sorted((ROOT / "data/results").rglob("*.csv")):
        if path.name == "restated.csv":
            continue
        with path.open(encoding="utf-8", newline="") as file:
            lines.extend(csv.DictReader(file))
    return lines


def series(rows: list[dict[str, str]], indicator: str, pilot: str = "", region: str = "") -> Series:
    found: Series = {}
    for row in rows:
        if (row["indicator"], row["pilot"], row.get("region") or "") != (indicator, pilot, region):
            continue
        if row.get("segment"):
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


# The results can be made again


def test_results_are_reproduced_to_the_byte(tmp_path: Path) -> None:
    script = ROOT / "examples/sample/make_results.py"
    subprocess.run([sys.executable, str(script), str(tmp_path)], check=True)
    committed = {path.name: path.read_bytes() for path in (ROOT / "data/results").glob("*.csv")}
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == committed


RAW = ROOT / "data/raw/order_lines.csv.gz"


def test_raw_orders_are_reproduced_to_the_letter(tmp_path: Path) -> None:
    script = ROOT / "examples/sample/make_orders.py"
    subprocess.run([sys.executable, str(script), str(tmp_path)], check=True)
    made = gzip.decompress((tmp_path / RAW.name).read_bytes())
    assert made == gzip.decompress(RAW.read_bytes())
    assert made.count(b"\n") == 50_001
    assert RAW.stat().st_size < 500_000


def _of_orders(orders: pd.DataFrame) -> dict[tuple[str, ...], tuple[float, ...]]:
    """What on-time delivery and cycle time are, by cell: counted without SQL and without the product."""
    expected: dict[tuple[str, ...], tuple[float, ...]] = {}
    pilots = {"east": EAST, "south": SOUTH}
    for by in ([], ["region"], ["segment"]):
        for keys, group in orders.groupby([orders["promised"].dt.to_period("M"), *by]):
            cell = {"region": "", "segment": "", **dict(zip(by, keys[1:], strict=True))}
            counts = (float(group["kept"].sum()), float(len(group)))
            expected["on-time-delivery", str(keys[0]), "", cell["region"], cell["segment"]] = counts
            if cell["region"] in pilots:
                expected["on-time-delivery", str(keys[0]), pilots[cell["region"]], "", ""] = counts
    for by in ([], ["region"]):
        for keys, group in orders.groupby([orders["paid"].dt.to_period("M"), *by]):
            region = keys[1] if by else ""
            mean_of = Decimal(str(round(float(group["days"].mean()), 6)))
            days = (float(mean_of.quantize(Decimal("0.01"), ROUND_HALF_UP)),)
            expected["order-cycle-time", str(keys[0]), "", region, ""] = days
            if region in pilots:
                expected["order-cycle-time", str(keys[0]), pilots[region], "", ""] = days
    return expected


def test_collected_results_equal_pandas_on_the_same_table(rows: list[dict[str, str]]) -> None:
    days = ["promised_on", "inspected_on", "delivered_on", "paid_on"]
    lines = pd.read_csv(RAW, parse_dates=days)
    orders = lines.groupby("order_no").agg(
        region=("region", "first"), segment=("segment", "first"), promised=("promised_on", "first"),
        delivered=("delivered_on", "max"), paid=("paid_on", "first"), days=("working_days", "first"),
    )  # fmt: skip
    orders["kept"] = orders["delivered"] <= orders["promised"]
    expected = _of_orders(orders)
    for month, group in lines.groupby(lines["inspected_on"].dt.to_period("M")):
        counts = (float(group["redone"].sum()), float(group["pieces"].sum()))
        expected["rework-rate", str(month), "", "", ""] = counts
    found = {
        (row["indicator"], row["period"], row["pilot"], row.get("region", ""), row.get("segment", "")): (
            tuple(float(row[name]) for name in ("value", "numerator", "denominator") if row.get(name))
        )
        for row in rows
        if row.get("collected_from")
    }
    assert len(found) == 405
    assert found == expected


def test_collecting_again_changes_nothing(tmp_path: Path) -> None:
    for folder in ("data", "content"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    before = {path.name: path.read_bytes() for path in (tmp_path / "data/results/collected").iterdir()}
    done = CliRunner().invoke(main, ["collect", str(tmp_path), "--today", "2026-10-20"])
    assert done.exit_code == 0, done.output
    assert "on-time-delivery: unchanged; erp-export: 24 rows of 2026-07 to 2026-09" in done.output
    shutil.rmtree(tmp_path / "data/results/collected")
    done = CliRunner().invoke(main, ["collect", str(tmp_path), "--today", "2026-10-09"])
    assert done.exit_code == 0, done.output
    assert {
        path.name: path.read_bytes() for path in (tmp_path / "data/results/collected").iterdir()
    } == before


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


def test_waiting_for_signatures_is_nearly_halved(rows: list[dict[str, str]]) -> None:
    wait = series(rows, "sign-off-wait", EAST)
    before, after = between(wait, "2024-07", "2025-04"), between(wait, "2025-06", "2026-09")
    assert mean(before) == pytest.approx(47.5, abs=0.7)
    assert mean(after) == pytest.approx(25.3, abs=0.7)
    assert t_of(before, after) < -15


@pytest.mark.parametrize("region", ["south", "north"])
@pytest.mark.parametrize("indicator", ["order-cycle-time", "on-time-delivery"])
def test_the_other_regions_do_not_change(rows: list[dict[str, str]], region: str, indicator: str) -> None:
    figures = series(rows, indicator, region=region)
    assert abs(t_of(between(figures, "2024-07", "2025-04"), between(figures, "2025-06", "2026-09"))) < 1.5


@pytest.mark.parametrize("indicator", ["order-cycle-time", "sign-off-wait", "first-pass-yield"])
def test_south_can_serve_as_comparison(rows: list[dict[str, str]], indicator: str) -> None:
    figures = series(rows, indicator, SOUTH)
    assert len(figures) == 27
    assert abs(t_of(between(figures, "2024-07", "2025-04"), between(figures, "2025-06", "2026-09"))) < 1.5


def test_reminders_do_nothing_for_collection(rows: list[dict[str, str]]) -> None:
    paid = series(rows, "collection-on-time", SOUTH)
    before, after = between(paid, "2024-07", "2026-02"), between(paid, "2026-03", "2026-09")
    assert (len(before), len(after)) == (20, 7)
    assert mean(before) == pytest.approx(80.65, abs=0.1)
    assert mean(after) == pytest.approx(80.03, abs=0.1)
    assert abs(t_of(before, after)) < 1.5


def test_shipping_slots_lift_punctuality_in_east(rows: list[dict[str, str]]) -> None:
    punctual = series(rows, "on-time-delivery", EAST)
    before, after = between(punctual, "2024-07", "2025-05"), between(punctual, "2025-06", "2026-09")
    assert mean(after) - mean(before) == pytest.approx(2.87, abs=0.05)
    assert t_of(before, after) > 4


def test_satisfaction_follows_the_answers_of_the_month_before(rows: list[dict[str, str]]) -> None:
    answered = list(series(rows, "response-timeliness").values())
    satisfied = list(series(rows, "customer-satisfaction").values())
    assert len(answered) == len(satisfied) == 27
    moves = [[b - a for a, b in pairwise(figures)] for figures in (answered, satisfied)]
    assert correlation(moves[0][:-1], moves[1][1:]) > 0.8
    assert abs(correlation(*moves)) < 0.6


def test_request_forms_do_nothing_for_first_pass_yield(rows: list[dict[str, str]]) -> None:
    passed = series(rows, "first-pass-yield", RELEASE)
    assert abs(t_of(between(passed, "2024-07", "2025-08"), between(passed, "2025-09", "2026-09"))) < 1.5


def test_the_net_promoter_score_misses_its_floor_for_a_year(
    sample: Catalogue, rows: list[dict[str, str]]
) -> None:
    (target,) = sample.indicators["nps"].targets
    score = between(series(rows, "nps"), "2025-Q4", "2026-Q3")
    assert len(score) == 4
    assert target.floor is not None
    assert max(score) < target.floor


def test_the_gate_of_the_requirement_pilot_is_missed_for_a_year(rows: list[dict[str, str]]) -> None:
    lines = [row for row in rows if (row["indicator"], row["pilot"]) == ("release-defect-rate", RELEASE)]
    for first, last in (("2025-10", "2025-12"), ("2026-01", "2026-03"), ("2026-04", "2026-06"),
                        ("2026-07", "2026-09")):  # fmt: skip
        quarter = [row for row in lines if first <= row["period"] <= last]
        share = sum(float(r["numerator"]) for r in quarter) / sum(float(r["denominator"]) for r in quarter)
        assert 100 * share > 3  # the floor of the pack


def test_logins_double_before_they_are_retired(rows: list[dict[str, str]]) -> None:
    daily = series(rows, "system-logins")
    assert mean(between(daily, "2025-03-10", "2025-09-30")) == pytest.approx(
        2 * mean(between(daily, "2025-01-06", "2025-02-07")), rel=0.1
    )
    assert max(daily) <= "2025-09-30"


def test_complaints_break_where_online_messages_count(rows: list[dict[str, str]]) -> None:
    lines = [row for row in rows if row["indicator"] == "complaint-rate"]
    without = [row["period"] for row in lines if row["period"] >= "2026-01" and not row["version"]]
    assert without == ["2026-02"]  # planted: the definition's day was forgotten
    rate = series(rows, "complaint-rate")
    assert mean(between(rate, "2026-01", "2026-09")) > mean(between(rate, "2024-07", "2025-12")) + 0.6


def test_one_month_of_complaints_lies_outside_the_others(rows: list[dict[str, str]]) -> None:
    rate = {month: value for month, value in series(rows, "complaint-rate").items() if month >= "2026-01"}
    april = rate.pop("2026-04")
    assert april > mean(rate.values()) + 4 * stdev(rate.values())
    assert max(rate.values()) < mean(rate.values()) + 2.5 * stdev(rate.values())
    (note,) = (r["note"] for r in rows if (r["indicator"], r["period"]) == ("complaint-rate", "2026-04"))
    assert note


def test_money_adds_up(rows: list[dict[str, str]]) -> None:
    lines = {(r["indicator"], r["period"]): r for r in rows}
    for period, profit in series(rows, "profit-per-head").items():
        pay = series(rows, "cost-per-head")[period]
        share = lines["labour-cost-to-profit", period]
        assert profit / pay == pytest.approx(
            float(share["numerator"]) / float(share["denominator"]), abs=2e-3
        )
        assert lines["profit-per-head", period]["target"]


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
            part = "regions" if row["region"] else "segments" if row["segment"] else "whole"
            key = row["period"], part
            orders[key] = orders.get(key, 0) + float(row["numerator"])
    assert all(orders[month, part] == orders[month, "whole"] for month, part in orders)
    assert {part for _, part in orders} == {"regions", "segments", "whole"}


def test_missing_estimated_and_provisional_figures_say_why(rows: list[dict[str, str]]) -> None:
    special = [row for row in rows if row["status"] != "actual"]
    assert {row["status"] for row in special} == {"missing", "estimate", "provisional"}
    assert all(row["note"] for row in special)
    assert [(row["indicator"], row["period"]) for row in special if row["status"] == "missing"] == [
        ("customer-satisfaction", "2025-02"),
        ("tickets-completed", "2026-W08"),
    ]


def test_months_run_without_a_gap(rows: list[dict[str, str]]) -> None:
    months = {row["period"] for row in rows if len(row["period"]) == 7 and row["period"][5] in "01"}
    assert (len(months), min(months), max(months)) == (27, "2024-07", "2026-09")


def test_every_indicator_but_a_draft_has_results_for_the_whole(
    sample: Catalogue, rows: list[dict[str, str]]
) -> None:
    without = [id_ for id_ in sample.indicators if not series(rows, id_)]
    drafts = {id_ for id_, one in sample.indicators.items() if one.status == "draft"}
    assert without == sorted(drafts | {IDLE})
