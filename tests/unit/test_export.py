"""`export json` and the CSV files: the form is the documented one, numbers are right, nulls say why."""

import json
from decimal import Decimal
from functools import cache
from pathlib import Path

import jsonschema
import pytest

from generator.compute.insight.names import series_name
from generator.exchange.export_json import export_json
from generator.exchange.export_whole import schema
from generator.exchange.tables import results_csv
from generator.load.project import load_project
from generator.model.written import settled
from generator.pipeline import check_project, figures_for
from generator.problems import Problems
from tests.figure_names import figure_at

ROOT = Path(__file__).parents[2]


@cache
def exported(edition="staff"):
    return json.loads(export_json(figures_for(check_project(ROOT), edition)))


def test_the_sample_fits_the_schema_and_has_its_keys_in_order():
    jsonschema.Draft202012Validator(schema()).validate(exported())
    assert list(exported())[:7] == [
        "format", "as_of", "edition", "indicators", "series", "processes", "pilots",
    ]  # fmt: skip
    assert exported()["format"] == "indicator-handbook/1"
    assert list(exported()["series"][0]["points"][0])[:12] == [
        "period", "value", "numerator", "denominator", "n", "target", "floor", "stretch",
        "status", "attainment", "progress", "score",
    ]  # fmt: skip


def test_every_null_of_a_point_that_could_be_a_figure_says_why():
    for series in exported()["series"]:
        for point in series["points"]:
            for key in ("value", "attainment", "progress", "score", "gap", "previous", "year_before"):
                assert (point[key] is None) == (key in point["why_not"]), (series["indicator"], point)


def test_numbers_are_those_of_the_results():
    rows = (ROOT / "data/results/collected/order-cycle-time.csv").read_text(encoding="utf-8").splitlines()
    head = rows[0].split(",")
    given = {}
    for line in rows[1:]:
        row = dict(zip(head, line.split(","), strict=False))
        if (
            row["indicator"] == "order-cycle-time"
            and row["pilot"] == "lead-to-cash-east"
            and not row.get("region")
        ):
            given[row["period"]] = float(row["value"])
    (series,) = (
        one
        for one in exported()["series"]
        if one["indicator"] == "order-cycle-time"
        and one["pilot"] == "lead-to-cash-east"
        and not one["dimensions"]
    )
    assert {point["period"]: point["value"] for point in series["points"]} == given
    assert len(given) == 27


def test_an_edition_holds_nothing_of_a_narrower_audience():
    ids = {
        edition: {one["id"] for one in exported(edition)["indicators"]} for edition in ("staff", "managers")
    }
    hidden = ids["managers"] - ids["staff"]
    assert hidden == {"cost-per-head", "labour-cost-share"}
    assert ids["staff"] < ids["managers"]
    told = json.dumps(exported("staff"))
    assert not [name for name in hidden if f'"{name}"' in told]


def test_results_go_out_and_in_again_without_loss(tmp_path):
    catalogue = load_project(ROOT, Problems())
    assert catalogue is not None
    copy = tmp_path / "copy"
    for folder in ("data", "content"):
        for file in (ROOT / folder).rglob("*"):
            if file.is_file() and file.suffix != ".csv":
                place = copy / file.relative_to(ROOT)
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(file.read_bytes())
    (copy / "data/results").mkdir()
    (copy / "data/results/all.csv").write_bytes(results_csv(catalogue))
    problems = Problems()
    again = load_project(copy, problems)
    assert not problems.has_errors
    assert again is not None

    def values(loaded):
        return {
            (str(r.period), r.indicator, r.pilot, r.cell): (
                r.value,
                r.numerator,
                r.denominator,
                r.status,
                r.note,
            )
            for r in loaded.results
        }

    assert values(again) == values(catalogue)


def test_a_figure_is_found_under_its_name():
    name = "series/order-cycle-time@lead-to-cash-east/points/2026-09"
    point = figure_at(exported(), name)
    assert point["period"] == "2026-09"
    assert figure_at(exported(), f"{name}/previous/absolute") == point["previous"]["absolute"]
    assert figure_at(exported(), f"{name}/parts") is None
    with pytest.raises(KeyError, match="nothing is called 2036-09"):
        figure_at(exported(), "series/order-cycle-time@lead-to-cash-east/points/2036-09/value")


def test_no_two_items_of_a_list_have_the_same_name():
    def look(node, path):
        if isinstance(node, dict):
            for key, inner in node.items():
                look(inner, f"{path}/{key}")
        elif isinstance(node, list) and node and isinstance(node[0], dict):
            called = [
                next((one[key] for key in ("id", "period", "indicator") if key in one), None) for one in node
            ]
            if None not in called:
                assert len(called) == len(set(called)), path
            for one in node:
                look(one, path)

    told = exported()
    for section in ("series", "longer", "quarters", "pilots", "evidence", "actions", "diagnoses", "cases"):
        look(told[section], section)


def test_differences_to_earlier_periods_are_those_of_the_values():
    breaks = {
        one["id"]: [entry["date"][:7] for entry in one["history"] if entry.get("breaks_series")]
        for one in exported()["indicators"]
    }
    computed = figures_for(check_project(ROOT), "staff")
    unrounded = {
        section: {
            series_name(key): {str(point.point.period): point.point.value for point in one.points}
            for key, one in series.items()
        }
        for section, series in (("series", computed.series), ("longer", computed.longer))
    }
    for section, found in unrounded.items():
        for series in exported()[section]:
            values = found[series["id"]]
            for point in series["points"]:
                year, rest = int(point["period"][:4]), point["period"][4:]
                told, before = point["year_before"], values.get(f"{year - 1}{rest}")
                if any(year - 1 <= int(day[:4]) <= year for day in breaks[series["indicator"]]):
                    continue  # told by a test of its own
                if point["value"] is None or before is None:
                    assert told is None
                else:
                    exact = Decimal(repr(values[point["period"]])) - Decimal(repr(before))
                    assert told["absolute"] == settled(float(exact))
                    assert (told["percent"] is None) == (before <= 0)


def test_a_pilot_and_its_newest_quarter_say_the_same():
    newest = exported()["quarters"][-1]
    assert newest["period"] == exported()["as_of"]
    for pilot in exported()["pilots"]:
        (quarter,) = (one for one in newest["pilots"] if one["id"] == pilot["id"])
        assert [quarter[key] for key in ("score", "coverage", "gate", "tally")] == [
            pilot[key] for key in ("score", "coverage", "gate", "tally")
        ]
        assert pilot["history"][-1]["score"] == pilot["score"]
        states = [item["review"]["status"] if item["review"] else "no-data" for item in pilot["pack"]]
        assert pilot["tally"]["reached"] == states.count("met") + states.count("exceeded")
        assert sum(part["points"] for part in pilot["history"][-1]["parts"]) == pytest.approx(pilot["score"])


def test_reviews_actions_and_the_rest_stand_in_it():
    told = exported()
    agreed = {
        (review["id"], action["id"]) for review in told["reviews"] for action in review.get("actions", ())
    }
    assert {(one["review"], one["action"]) for one in told["actions"]} == agreed
    assert all(one["days_late"] > 0 for one in told["actions"] if one["overdue"])
    assert any(one["measured"] for one in told["actions"])
    assert told["strategy"]["goals"]
    assert told["roadmap"]["steps"]
    assert {one["quadrant"] for one in told["diagnoses"]} <= {
        "potential", "challenge", "acceleration", "leading", None,
    }  # fmt: skip
    found = told["evidence"]["found"]
    assert found["tested"] == len(told["evidence"]["changes"])
    # Two indicators are for managers only: how many are to be kept is no count of the others.
    assert (found["keep"], found["why_not"]["keep"]) == (None, "withheld")
    every = exported("managers")["evidence"]
    assert sum(every["found"][name] for name in ("keep", "change", "retire")) <= len(every["proposals"])
    assert told["contents"]["indicators"] == len(told["indicators"])
