"""The second handbook's event log: what was put into it, and what is kept of it in data/measured."""

from __future__ import annotations

import re
import runpy
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli import main
from generator.compute.processes.flow import map_flow
from generator.compute.processes.measured_steps import by_log, map_measured
from generator.exchange.export_measured import measured_out
from generator.exchange.export_process import process_out
from generator.language_sites import language_sites_of
from generator.pipeline import check_project, figures_for
from generator.problems import Problems, as_text

HOSPITAL = Path(__file__).parents[2] / "examples/hospital"


@pytest.fixture(scope="module")
def figures():
    return figures_for(check_project(HOSPITAL), "board")


def test_the_log_is_what_its_script_draws() -> None:
    script = runpy.run_path(str(HOSPITAL / "draw_log.py"), run_name="draw_log")
    assert (HOSPITAL / "data/raw/discharges.csv").read_text(encoding="utf-8") == script["log"]()


def test_the_measured_file_is_what_measure_writes(tmp_path: Path) -> None:
    project = tmp_path / "hospital"
    shutil.copytree(HOSPITAL, project)
    kept = project / "data/measured/discharge.yml"
    before = kept.read_bytes()
    kept.unlink()
    done = CliRunner().invoke(main, ["measure", str(project)])
    assert done.exit_code == 0, done.output
    assert kept.read_bytes() == before


def test_the_page_tells_what_was_put_in(figures) -> None:
    """The letter waits longer than was written, the bill less; ward C gained least; pilots by their names."""
    old, new = figures.catalogue.measured["discharge"].maps
    assert (old.map, old.cases, old.ended, new.map, new.cases) == ("as_is", 195, 195, "to_be", 205)
    wait = {step.id: step.wait.median for step in old.steps if step.wait}
    assert wait["write-letter"] > 1 > wait["settle-bill"]
    assert [str(month.period) for month in old.periods][-1] == "2024-06"
    took = {group.value: group.throughput.median for group in new.groups if group.by == "pilot"}
    assert took["ward-a"] < took["ward-c"] > took["ward-b"]
    pages = {}
    for site in language_sites_of(figures, Problems(), list(figures.catalogue.handbook.languages)):
        page = next(page for page in site.pages if page.path == "processes/discharge.md")
        pages[site.language] = " ".join("".join(section.html for section in page.sections).split())
    for language, names in (
        ("en", ("Early home on ward A", "Early home on ward C")),
        ("zh", ("一病区早离院",)),
    ):
        for name in names:
            assert f'<th scope="row">{name}</th>' in pages[language]
    assert "Call to the pharmacy" in pages["en"]
    # One fold a map for all its tables: open, they made the page half as long again.
    log = pages["en"].partition("Half of the cases took")[2].partition("The indicators beside the log")[0]
    assert log.count('<details class="hb-fold">') == 1
    assert log.count("<details") == 1 + log.count('<details class="hb-data">') > 3
    before_and_after = {
        "en": "Early home on ward C: half of its cases took at most {} before (n {}), and at most {} by",
        "zh": "三病区早离院：从前一半不超过 {}（{} 单），照目标流程图做以后一半不超过 {}（",
    }
    hours = {"en": ("9.4 h", 60, "8.3 h"), "zh": ("9.4 小时", 60, "8.3 小时")}
    for language, said in before_and_after.items():
        text = re.sub("<[^>]+>", "", pages[language])
        assert said.format(*hours[language]) in text


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("Letter: write-letter", "Letter: write-leter", "unknown step 'write-leter'", ),
        ("  table: discharges", "  table: discharges\n  source: wards", "unknown source 'wards'"),
        ("  table: discharges", "  table: discharges\n  results: {cycle_time: discharge-tim}",
         "unknown indicator 'discharge-tim'"),
        ("  table: discharges", "  table: discharges\n  results: {cycle_time: {indicator: discharge-tim}}",
         "unknown indicator 'discharge-tim'"),
        ("  table: discharges\n", "", "the log says not what to read"),
        ("  table: discharges", "  table: discharges\n  xes: data/raw/a.xes", "an XES file has no table"),
        ("  table: discharges", '  table: discharges\n  calendar: {hours: ["13:00-18:00", "09:00-12:00"]}',
         "09:00 is before the end of the stretch above, 18:00"),
        ("  table: discharges", '  table: discharges\n  calendar: {hours: ["13:00-09:00"]}',
         "13:00 is not before 09:00"),
        ("  table: discharges", "  table: discharges\n  calendar: {hours: []}",
         "no hours of a day are worked"),
        ("  table: discharges", "  table: discharges\n  calendar: {weekdays: []}", "no day is worked"),
        ("  table: discharges", "  table: discharges\n  calendar: {weekdays: [], file: data/raw/off.csv}",
         "no day is worked"),
        ("  table: discharges", "  table: discharges\n  calendar: {weekdays: [], file: data/raw/odd.csv}",
         "data/raw/odd.csv:2: works is yes or no, found 'perhaps'"),
        ("  table: discharges", "  table: discharges\n  by: [ward, resource]", "nobody is told apart"),
        ("  table: discharges", "  table: discharges\n  calendar: {file: data/days.csv}",
         "a calendar does not lie among the results"),
    ],
)  # fmt: skip
def test_a_log_that_names_what_is_not_there_is_told_with_its_line(tmp_path: Path, old, new, said) -> None:
    project = tmp_path / "hospital"
    shutil.copytree(HOSPITAL, project)
    file = project / "data/processes/discharge.yml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    for name, works in (("off", "no"), ("odd", "perhaps")):
        (project / f"data/raw/{name}.csv").write_text(f"day,works\n2026-03-02,{works}\n", encoding="utf-8")
    problems = check_project(project).problems
    (told,) = [line for line in as_text(problems).splitlines() if said in line]
    lines = file.read_text(encoding="utf-8").splitlines()
    number = int(told.split("discharge.yml:")[1].split(":")[0])
    assert "log:" in lines[number - 1] or new.strip().split("\n")[-1].strip() in lines[number - 1]
    if "unknown step" in said or "discharge-tim" in said:
        assert "did you mean" in as_text(problems)


def test_the_map_shows_measured_times_heat_and_what_its_blockages_rest_on(figures) -> None:
    """People rank the bill second; by the log it is the letter, with its returns."""
    found = figures.processes["discharge"]
    flow, measured = found.flows["as_is"], found.measured["as_is"]
    assert (flow.blockages, flow.blockages_measured) == (("fill-medicines", "write-letter", "fetch"), True)
    medicines = measured.steps["fill-medicines"]
    one = medicines.found
    assert medicines.takes_h == pytest.approx(one.visits / 195 * (one.touch.mean + one.wait.mean))
    assert {id_: step.heat for id_, step in measured.steps.items()} == {
        "write-letter": 2, "fill-medicines": 3, "print-papers": 0, "settle-bill": 1, "fetch": 1
    }  # fmt: skip
    assert measured.flows["start", "write-letter"] == 1
    assert measured.flows["print-papers", "settle-bill"] == pytest.approx(182 / 195)
    for site in language_sites_of(figures, Problems(), list(figures.catalogue.handbook.languages)):
        page = next(page for page in site.pages if page.path == "processes/discharge.md")
        html = " ".join("".join(section.html for section in page.sections).split())
        words = {
            "en": (
                "The three computed bottlenecks rest on the measured times",
                "measured wait 1.5 h in the middle",
                "computed bottleneck 2, by measured times",
            ),
            "zh": (
                "算出的三个瓶颈用的是实测时间",
                "实测等待一半不超过 1.5 小时",
                "按实测时间算出的第 2 瓶颈",
            ),
        }[site.language]
        assert [word for word in words if word not in html] == []
        assert "hb-map__heat--3" in html


def test_blockages_rest_on_written_times_where_the_log_lacks_a_step(figures) -> None:
    process = figures.catalogue.processes["discharge"]
    one = figures.catalogue.measured["discharge"].maps[0]
    part = one.model_copy(update={"steps": tuple(step for step in one.steps if step.id != "settle-bill")})
    measured = map_measured(process.maps.as_is, part)
    assert measured.worst == ()
    written = map_flow(process.maps.as_is, process.time)
    assert by_log(written, measured) is written
    assert written.blockages == ("fill-medicines", "settle-bill", "write-letter")


def test_the_export_tells_what_was_measured(figures) -> None:
    """Groups of a pilot that an edition does not have are not in it."""
    process = figures.catalogue.processes["discharge"]
    told = process_out(figures, process)
    assert told.maps["as_is"].blockages_measured
    found, one = told.measured["as_is"], figures.catalogue.measured["discharge"].maps[0]
    assert (found.cases, found.throughput.median) == (one.cases, one.throughput.median)
    medicines = next(step for step in found.steps if step.id == "fill-medicines")
    assert (medicines.wait.p90, medicines.heat) == (5.5017, 3)
    assert [group.id for group in found.groups if group.id.startswith("pilot")] == [
        "pilot=ward-a", "pilot=ward-b", "pilot=ward-c"
    ]  # fmt: skip
    measured = figures.processes["discharge"].measured["as_is"]
    fewer = measured_out(measured, replace(figures.catalogue, pilots={}))
    assert not any("ward" in group.id for group in fewer.groups)
