"""`export json` and the CSV files: the form is the documented one, numbers are unrounded, nulls say why."""

import json
from functools import cache
from pathlib import Path

import jsonschema

from generator.exchange.export_json import export_json
from generator.exchange.export_model import schema
from generator.exchange.tables import results_csv
from generator.load.project import load_project
from generator.pipeline import check_project, figures_for
from generator.problems import Problems

ROOT = Path(__file__).parents[2]


@cache
def exported(edition="staff"):
    return json.loads(export_json(figures_for(check_project(ROOT), edition)))


def test_the_sample_fits_the_schema_and_has_its_keys_in_order():
    jsonschema.Draft202012Validator(schema()).validate(exported())
    assert list(exported()) == ["format", "as_of", "edition", "indicators", "series", "processes", "pilots"]
    assert exported()["format"] == "indicator-handbook/1"
    assert list(exported()["series"][0]["points"][0])[:12] == [
        "period", "value", "numerator", "denominator", "n", "target", "floor", "stretch",
        "status", "attainment", "progress", "score",
    ]  # fmt: skip


def test_every_null_of_a_point_that_could_be_a_figure_says_why():
    for series in exported()["series"]:
        for point in series["points"]:
            for key in ("value", "attainment", "progress", "score"):
                assert (point[key] is None) == (key in point["why_not"]), (series["indicator"], point)


def test_numbers_are_those_of_the_results_unrounded():
    rows = (ROOT / "data/results/lead-to-cash.csv").read_text(encoding="utf-8").splitlines()
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
