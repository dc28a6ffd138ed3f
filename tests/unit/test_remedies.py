"""Trouble at steps and what is done about it; what the export says of good and bad, as pages colour it."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from generator.compute.figures import Figures, figures_of
from generator.compute.insight.remedies import coverage_of, map_in_force, remedies_of
from generator.exchange.export_json import export_json
from generator.exchange.export_whole import schema
from generator.model.period import Period
from generator.model.process import Process
from generator.pipeline import check_project, figures_for
from generator.present.charts.draw import Drawings
from generator.present.page_context import PageContext
from generator.present.parts.trend import chart_view
from generator.present.parts.verdict import verdict
from generator.present.templates import Templates
from generator.present.text.format import Format
from tests.figure_names import figure_at

ROOT = Path(__file__).parents[2]
LTC = "lead-to-cash"


@cache
def figures(edition: str = "managers") -> Figures:
    return figures_for(check_project(ROOT), edition)


@cache
def exported(edition: str = "managers") -> Any:
    return json.loads(export_json(figures(edition)))


def process_out(edition: str = "managers") -> Any:
    return next(one for one in exported(edition)["processes"] if one["id"] == LTC)


def with_maps(**maps: object) -> tuple[Figures, Process]:
    """The sample with other maps of its process."""
    told = figures()
    process = told.catalogue.processes[LTC]
    changed = process.model_copy(update={"maps": process.maps.model_copy(update=maps)})
    catalogue = replace(told.catalogue, processes={**told.catalogue.processes, LTC: changed})
    return figures_of(catalogue, told.edition, told.as_of, history=False), changed


def test_what_is_done_about_a_step_in_trouble() -> None:
    found = {one.step.id: one for one in remedies_of(figures(), figures().catalogue.processes[LTC])}
    merged = found["contract-sign-off"]
    assert (merged.tags, [step.id for step in merged.after]) == (
        ("merged", "automated", "faster"), ["joint-sign-off"],
    )  # fmt: skip
    assert [step.id for step in merged.renamed] == ["joint-sign-off"]
    assert [tool.role for tool in merged.tools] == ["augment"]
    assert merged.answered
    kept = found["clarify-need"]  # on both maps under the same name, nothing done to it
    assert ([step.id for step in kept.after], kept.renamed, kept.answered) == (["clarify-need"], (), False)
    removed = found["enter-order"]
    assert removed.tags == ("removed",)
    assert removed.removed is not None


def test_without_a_new_map_nothing_is_said_of_answers() -> None:
    told, process = with_maps(to_be=None)
    assert all(not one.compared and not one.after for one in remedies_of(told, process))
    out = next(one for one in json.loads(export_json(told))["processes"] if one["id"] == LTC)
    assert {one["answered"] for one in out["remedies"]} == {None}
    assert all("answered" in one["why_not"] for one in out["remedies"])


def test_the_map_in_force_is_the_newest_that_has_begun() -> None:
    process = figures().catalogue.processes[LTC]  # the new one is in force since May 2025
    for period, name in (("2025-Q1", "as_is"), ("2025-Q2", "to_be"), ("2026-Q3", "to_be")):
        told = replace(figures(), as_of=Period.parse(period))
        found = map_in_force(told, process)
        assert found is not None
        assert found[0] == name
    covered = coverage_of(replace(figures(), as_of=Period.parse("2025-Q1")), process)
    assert covered is not None
    assert covered.map == "as_is"


def test_the_export_says_the_same_of_a_process() -> None:
    out = process_out()
    jsonschema.Draft202012Validator(schema()).validate(exported())
    assert {one["id"]: one["answered"] for one in out["remedies"]} == {
        "clarify-need": False, "price-approval": True, "draft-contract": True, "legal-review": True,
        "contract-sign-off": True, "credit-check": True, "enter-order": True, "invoice": True,
    }  # fmt: skip
    removed = next(one for one in out["remedies"] if one["id"] == "enter-order")
    assert removed["removed"]["en"].startswith("The order is made from the contract data")
    assert out["coverage"]["map"] == "to_be"
    assert out["coverage"]["key_steps"] == []
    assert "credit-check" in out["coverage"]["steps"]


def test_the_index_of_a_series_is_that_of_its_values() -> None:
    (east,) = process_out()["generations"]
    assert east["id"] == "lead-to-cash-east"
    assert [one["generation"] for one in east["indicators"]] == ["traditional"] + ["composite"] * 4
    series = {one["id"]: one for one in exported()["series"]}
    for line in east["indicators"]:
        points = series[f"{line['id']}@lead-to-cash-east"]["points"]
        values = [point["value"] for point in points if point["value"] is not None]
        assert line["base"] == pytest.approx(sum(values[:12]) / 12)
        less = line["id"] == "order-cycle-time"
        expected = line["base"] / values[-1] if less else values[-1] / line["base"]
        assert line["newest"] == pytest.approx(expected * 100)
        name = f"processes/{LTC}/generations/{east['id']}/indicators/{line['id']}/newest"
        assert figure_at(exported(), name) == line["newest"]


@pytest.mark.parametrize("edition", ["staff", "managers"])
def test_good_and_bad_are_those_of_the_pages(edition: str) -> None:
    told = figures(edition)
    form = Format("en", "zh")
    ctx = PageContext(told, form, Templates(form.words), Drawings(None))
    links = ctx.links("indicators/any.md")
    hidden = None if edition == "staff" else "never"  # managers see everything
    verdicts = {one["id"]: one["verdict"]["tone"] for one in exported(edition)["pilots"]}
    for name, pilot in told.catalogue.pilots.items():
        assert verdicts[name] in (verdict(ctx, pilot, told.pilots[name], links).tone, hidden)
    tones = {one["id"]: one["tone"] for one in exported(edition)["series"]}
    for series in told.series.values():
        if not series.series.cell and series.last is not None:
            indicator = told.catalogue.indicators[series.series.indicator]
            drawn = chart_view(ctx, series, indicator, links.indicator(indicator.id), "1", links)
            pilot = f"@{series.series.pilot}" if series.series.pilot else ""
            assert tones[f"{indicator.id}{pilot}"] in (drawn.tone, hidden)


def test_a_pilots_verdict_says_why() -> None:
    verdicts = {one["id"]: one["verdict"] for one in exported()["pilots"]}
    assert verdicts["lead-to-cash-east"]["tone"] == "good"
    assert verdicts["lead-to-cash-south"]["missed"] == ["collection-on-time"]
    broken = verdicts["requirement-release"]
    assert (broken["tone"], broken["gates_missed"]) == ("bad", ["release-defect-rate"])
    effects = {
        f"{pilot['id']}~{'~'.join(effect['change_ids'])}~{effect['indicator']}"
        for pilot in exported()["pilots"]
        for change in pilot["changes"]
        for effect in change["effects"]
    }
    assert {one["leading"] for one in verdicts.values()} <= {*effects, None}


def test_a_turn_is_bad_only_between_final_values() -> None:
    turns = [
        item for quarter in exported()["quarters"] for pilot in quarter["pilots"] for item in pilot["pack"]
    ]
    assert {item["turn_tone"] for item in turns if item["turn"] is None} <= {"normal"}
    assert {item["turn_tone"] for item in turns if item["turn_doubts"]} <= {"normal"}
    sure = [item for item in turns if item["turn"] and not item["turn_doubts"]]
    good = {"newly-met", "no-longer-missed"}
    assert sure
    assert all(item["turn_tone"] == ("good" if item["turn"] in good else "bad") for item in sure)
