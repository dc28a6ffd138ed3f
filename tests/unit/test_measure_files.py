"""XES logs, the command `handbook measure` and what it proposes."""

from __future__ import annotations

import csv
import gzip
import re
import shutil
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from generator.cli import main
from generator.collect.fault import SourceFaultError
from generator.compute.insight.log_agreement import log_agreements
from generator.language_sites import language_sites_of
from generator.measure.results import results_text, with_days
from generator.measure.xes import read_xes
from generator.model.as_of import known_at
from generator.model.period import Period
from generator.model.process import Process
from generator.pipeline import check_project, figures_for
from generator.problems import Problems, as_text
from tests.unit.test_measure import CALENDAR, ROWS, by_hand, handbook, measured, read

XES = """<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1.0" xmlns="http://www.xes-standard.org/">
  <extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
  <global scope="event"><string key="concept:name" value="__INVALID__"/></global>
  {traces}
</log>"""

DAMAGED = gzip.compress(b"<log>" + b"<x/>abcdef" * 3000)
DAMAGED = DAMAGED[:20] + bytes([DAMAGED[20] ^ 0xFF]) + DAMAGED[21:]


def xes_text(rows=ROWS) -> str:
    """The twelve cases as XES: a start and a complete an activity, a region a trace."""
    traces = []
    for case in dict.fromkeys(row[0] for row in rows):
        events = []
        for _, name, start, end in [row for row in rows if row[0] == case]:
            for moment, what in ((start, "start"), (end, "complete")):
                if moment is not None:
                    stamp = f"2026-03-02T{moment:02d}:00:00.000+01:00"
                    text = (
                        f'<event><string key="concept:name" value="{name}"/>'
                        f'<string key="lifecycle:transition" value="{what}"/>'
                        f'<date key="time:timestamp" value="{stamp}"/><string key="org:resource" value="x">'
                        '<string key="org:role" value="y"/></string></event>'
                    )
                    events.append((moment, what == "start", text))
        body = "".join(text for _, _, text in sorted(events, key=lambda event: event[:2]))
        head = f'<string key="concept:name" value="{case}"/><string key="Region" value="n"/>'
        traces.append(f"<trace>{head}{body}</trace>")
    return XES.format(traces="".join(traces))


@pytest.mark.parametrize("name", ["log.xes", "log.xes.gz"])
def test_xes_tells_the_same_as_a_table(tmp_path, name):
    as_table = by_hand(tmp_path)
    data = xes_text().encode()
    (tmp_path / name).write_bytes(gzip.compress(data) if name.endswith("gz") else data)
    process = CALENDAR.replace("  table: events\n", f"  xes: {name}\n")
    (found,) = measured(tmp_path, process).maps
    assert found.model_copy(update={"groups": as_table.groups}) == as_table
    assert [(one.by, one.value) for one in found.groups if one.by == "region"] == [("region", "n")]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<html/>", "this is no XES: the outermost element is html, not log"),
        ('<!DOCTYPE log [<!ENTITY a "b">]><log/>', "delete the DOCTYPE"),
        ("<log>" + "<list>" * 100_000, "elements lie more than 60 deep"),
        ("<log><trace><event>", "this is not XML: no element found"),
        (
            '<log><trace><event><date key="time:timestamp" value="noon"/></event></trace></log>',
            "'noon' is no moment",
        ),
    ],
)
def test_what_is_no_xes_says_so(tmp_path, text, said):
    (tmp_path / "a.xes").write_text(text)
    with pytest.raises(SourceFaultError, match=said):
        read_xes(tmp_path / "a.xes", tmp_path / "out.csv")


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.xes", b'<?xml version="1.0" encoding="GBK"?><log/>', "a.xes: .*; save it as UTF-8"),
        ("a.xes", b'<?xml version="1.0" encoding="none"?><log/>', "a.xes: .*; save it as UTF-8"),
        ("a.xes.gz", DAMAGED, "a.xes.gz: cannot be read"),
        ("a.csv", b"case,activity,end\n", "a.csv: the log has no event with a moment"),
        ("a.csv", b"case,activity,end\n1,Check,\n", "a.csv: the log has no event with a moment"),
        (
            "a.csv",
            b"case,activity,end\n1,,2026-03-02\n",
            "a.csv: the log has no event with a case and an act",
        ),
        (
            "a.json",
            b'[{"case": 1, "activity": "", "end": "2026-03-02"}]',
            "a.json: the log has no event with a",
        ),
        ("a.odd", b"case,activity,end\n", "a.odd: no log that can be read; name CSV, Parquet, JSON or XES"),
    ],
)
def test_what_cannot_be_proposed_from_says_so(tmp_path, name, data, said):
    (tmp_path / name).write_bytes(data)
    done = CliRunner().invoke(main, ["measure", "--propose", str(tmp_path / name)])
    assert done.exit_code == 1
    assert re.search(said, done.output)
    assert len(done.output.splitlines()) == 1


def test_the_first_sheet_of_a_workbook_is_a_log(tmp_path):
    book = openpyxl.Workbook()
    for row in (["case", "activity", "end"], [1, "Check", "2026-03-02 09:00"]):
        book.active.append(row)
    book.create_sheet("Other").append(["x"])
    book.save(tmp_path / "log.xlsx")
    done = CliRunner().invoke(main, ["measure", "--propose", str(tmp_path / "log.xlsx")])
    assert done.exit_code == 0, done.output
    assert "name: Check" in done.output


def test_the_command_writes_what_a_build_shows(tmp_path, monkeypatch):
    """Measured once, the pages need no engine; measured again, nothing changes."""
    root = tmp_path / "h"
    shutil.copytree(Path(__file__).parents[2] / "examples/minimal", root)
    (root / "data/processes").mkdir(exist_ok=True)
    by_hand(root)
    process = CALENDAR.replace(
        "  by: [region]\n", "  results: {cycle_time: {indicator: reply-time, unit: h}}\n"
    )
    (root / "data/processes/repair.yml").write_text(process, encoding="utf-8")
    handbook_file = root / "data/handbook.yml"
    handbook_file.write_text(
        handbook_file.read_text(encoding="utf-8") + "\nsmall_group: 2\n", encoding="utf-8"
    )
    run = CliRunner().invoke
    done = run(main, ["measure", str(root), "--dry-run"])
    assert done.exit_code == 0, done.output
    assert "repair: 36 events; as_is: 12 cases, 2 open" in done.output
    assert not (root / "data/measured").exists()
    done = run(main, ["measure", str(root)])
    assert done.exit_code == 0, done.output
    assert "measured" in done.output
    again = run(main, ["measure", str(root), "--only", "repair"])
    assert again.output == "repair: 36 events; as_is: 12 cases, 2 open\n"
    assert run(main, ["measure", str(root), "--only", "gone"]).exit_code == 2
    checked = check_project(root)
    assert not checked.problems.has_errors, as_text(checked.problems)
    figures = figures_for(checked)
    for site in language_sites_of(figures, Problems(), list(figures.catalogue.handbook.languages)):
        page = next(page for page in site.pages if page.path == "processes/repair.md")
        html = " ".join("".join(section.html for section in page.sections).split())
        html = re.sub("</?(?:data|h-d)[^>]*>", "", html)
        said = {
            "zh": "图上写 4 小时；实测一半不超过 3.0 小时，九成不超过 4.0 小时（6 次）",
            "en": "written 4 h, measured 3.0 h in the middle, 4.0 h at p90, n 6",
        }[site.language]
        assert said in html
    (root / "data/raw/events.csv").unlink()
    broken = run(main, ["measure", str(root)])
    assert broken.exit_code == 1
    assert "repair: data/processes/repair.yml: log" in broken.output
    assert (root / "data/measured/repair.yml").exists()


RESULTS = "  results: {cycle_time: {indicator: reply-time, unit: h}}\n"


def logged(tmp_path: Path, results: str = RESULTS):
    """A handbook whose process has a log, and what writes one and measures it."""
    root = tmp_path / "h"
    shutil.copytree(Path(__file__).parents[2] / "examples/minimal", root)
    (root / "data/processes").mkdir(exist_ok=True)
    (root / "data/raw").mkdir()
    (root / "data/processes/repair.yml").write_text(
        CALENDAR.replace("  by: [region]\n", results), encoding="utf-8"
    )

    def measure(*cases: tuple[str, int]) -> dict[str, dict[str, str]]:
        lines = [
            f"{month}-{number},{name},{month}-0{day} 09:00,{month}-0{day} {9 + hours:02d}:00,{who}\n"
            for month, hours in cases
            for number in range(5)
            for day, name, who in ((2, "Check", "x"), (3, "Bill", "robot"))
        ]
        head = "case,activity,start,end,resource\n"
        (root / "data/raw/events.csv").write_text(head + "".join(lines), encoding="utf-8")
        done = CliRunner().invoke(main, ["measure", str(root)])
        assert done.exit_code == 0, done.output
        with (root / "data/results/measured-repair.csv").open(encoding="utf-8", newline="") as file:
            return {row["period"]: row for row in csv.DictReader(file)}

    return root, measure


def plain(page) -> str:
    """A page's words, without the marks of figures and with plain spaces."""
    return " ".join(re.sub("</?(?:data|h-d)[^>]*>", "", "".join(one.html for one in page.sections)).split())


def test_a_longer_log_leaves_what_was_known_before(tmp_path):
    """Results that say the same keep their day; one that was restated is told as it was in a past review."""
    root, measure = logged(tmp_path)

    first = measure(("2026-03", 1), ("2026-04", 1))
    assert {period: (row["value"], row["as_of"]) for period, row in first.items()} == {
        "2026-03": ("25", "")
    }, "it was in the log before: known since its month ended"
    later = measure(("2026-03", 1), ("2026-04", 2), ("2026-08", 1))
    assert later["2026-03"] == first["2026-03"]
    assert (later["2026-04"]["value"], later["2026-04"]["as_of"]) == ("26", "2026-08-03")
    assert not (root / "data/results/restated.csv").exists()
    last = measure(("2026-03", 3), ("2026-04", 2), ("2026-12", 1))
    assert (last["2026-03"]["value"], last["2026-03"]["as_of"]) == ("27", "2026-12-03")
    assert last["2026-04"] == later["2026-04"]
    checked = check_project(root)
    assert not checked.problems.has_errors, as_text(checked.problems)
    for review, known in (("2026-Q2", 25), ("2026-Q4", 27)):
        past = known_at(checked.catalogue, Period.parse(review)).results
        assert [
            row.value for row in past if (row.indicator, str(row.period)) == ("reply-time", "2026-03")
        ] == [known]


def test_what_is_measured_for_the_first_time_later_was_in_the_log_before():
    """An indicator or a pilot that `results:` or the log names later has no day, as in a first run."""
    head = "indicator,period,pilot,value,numerator,denominator,n,as_of\n"
    before = f"{head}a,2026-03,,1,,,5,\n"
    new = ("a,2026-04,,2,,,5", "a,2026-03,n,3,,,5", "b,2026-03,,4,,,5")
    text, changed = with_days("\n".join((f"{head}a,2026-03,,1,,,5,D", *(f"{row},D" for row in new))), before)
    assert text.splitlines()[2:] == [f"{new[0]},D", f"{new[1]},", f"{new[2]},"]
    assert text.startswith(before)
    assert changed == []


def test_the_page_says_whether_indicator_and_log_agree(tmp_path):
    """Counted from the same cases, typed over since, or from another source."""
    root, measure = logged(tmp_path)
    measure(("2026-03", 1), ("2026-04", 2), ("2026-08", 1))

    def agreement():
        found = figures_for(check_project(root))
        return log_agreements(found, found.catalogue.processes["repair"])

    (told,) = agreement()
    assert (told.state, str(told.period), told.by_log) == ("agrees", "2026-04", 26)
    file = root / "data/results/measured-repair.csv"
    file.write_text(file.read_text(encoding="utf-8").replace(",26,", ",31,"), encoding="utf-8")
    (told,) = agreement()
    assert (told.state, told.told.point.value, told.by_log) == ("differs", 31, 26)
    process = root / "data/processes/repair.yml"
    chain = "chain_indicators: {cycle_time: reply-time}\nmaps:"
    process.write_text(
        process.read_text(encoding="utf-8").replace(RESULTS, "").replace("maps:", chain), encoding="utf-8"
    )
    (told,) = agreement()
    assert told.state == "elsewhere"
    site = language_sites_of(figures_for(check_project(root)), Problems(), ["en"])[0]
    page = next(page for page in site.pages if page.path == "processes/repair.md")
    html = plain(page)
    assert "does not come from this log but from Ticket system: for Apr 2026 it says 31.0 hours," in html
    assert "the log 26.0 hours." in html


SHARE = """
id: {id}
name: {{zh: {id}, en: {id}}}
status: active
definition: {{zh: 占比。, en: A share.}}
formula: {{zh: 一部分 ÷ 全部 × 100%, en: part ÷ whole × 100%}}
unit: "%"
decimals: 1
direction: {direction}
limits: {{min: 0, max: 100}}
frequency: month
rollup: ratio
source: {{system: {{zh: 工单系统, en: Ticket system}}, collection: automatic, refresh: month}}
owner: {{unit: help-desk, role: {{zh: 服务台主管, en: Help desk lead}}}}
"""
SHARES = "  results: {waiting_share: {indicator: waiting}, automation: {indicator: by-machines}}\n"


def test_waiting_and_machines_are_compared_figure_by_figure(tmp_path):
    """By hand: five cases of an hour of checking, a night of 23 hours and an hour of billing by a machine
    wait 23 of 24 hours before billing, and a machine does half of the work; with two hours each, 22 of 24.
    """
    root, measure = logged(tmp_path, SHARES)
    for id_, direction in (("waiting", "lower"), ("by-machines", "higher")):
        file = root / f"data/indicators/{id_}.yml"
        file.write_text(SHARE.format(id=id_, direction=direction), encoding="utf-8")
    measure(("2026-03", 1), ("2026-04", 2), ("2026-08", 1))

    def agreement():
        checked = check_project(root)
        assert not checked.problems.has_errors, as_text(checked.problems)
        found = figures_for(checked)
        return found, log_agreements(found, found.catalogue.processes["repair"])

    found, (machines, waiting) = agreement()
    months = found.catalogue.measured["repair"].maps[0].periods
    assert [(month.waiting.cases, month.waiting.share, month.waiting.whole) for month in months[:2]] == [
        (5, pytest.approx(23 / 24, abs=1e-6), 120), (5, pytest.approx(22 / 24, abs=1e-6), 120)
    ]  # fmt: skip
    assert (months[2].waiting, months[2].machines) == (None, None), "nothing was done in May"
    assert (machines.state, str(machines.period), machines.by_log) == ("agrees", "2026-04", 50)
    assert (waiting.state, str(waiting.period)) == ("agrees", "2026-04")
    assert waiting.by_log == pytest.approx(100 * 22 / 24, abs=1e-4)
    file = root / "data/results/measured-repair.csv"
    file.write_text(file.read_text(encoding="utf-8").replace(",110,120,", ",90,120,"), encoding="utf-8")
    found, (machines, waiting) = agreement()
    assert (machines.state, waiting.state, waiting.told.point.value) == ("agrees", "differs", 75)
    for site in language_sites_of(found, Problems(), ["zh", "en"]):
        page = next(page for page in site.pages if page.path == "processes/repair.md")
        html = plain(page)
        for said in {
            "zh": ("2026年4月是 75.0 %，日志算出来是 91.7 %", "2026年4月两边都是 50.0 %"),
            "en": ("says 75.0 % for Apr 2026, the log 91.7 %", "for Apr 2026 both say 50.0 %"),
        }[site.language]:
            assert said in html


def test_what_has_begun_and_not_ended_is_in_no_waiting_share(tmp_path):
    """k waited three hours for a repair that is not done: its wait counts when its work does."""
    found = by_hand(tmp_path)
    # Both known: repair waits 7 of 19 hours' work, test 5 of 6, bill 13 of 12; the call of i 1 of 1.
    assert found.waiting_share == pytest.approx((7 + 5 + 13 + 1) / (26 + 19 + 6 + 12 + 1), abs=1e-6)


def test_results_of_millions_keep_every_case():
    class Tables:
        dimensions = ()

        def ask(self, _):
            return [(date(2026, 3, 1), 2345678, 1234567, 2345678)]

    log = read(
        CALENDAR.replace("  by: [region]\n", "  results: {first_pass_yield: {indicator: good}}\n"), Process
    ).log
    text = results_text(
        log, Tables(), handbook().calendar, hours_per_day=8, least=5, pilots=(), until=date(2026, 4, 2)
    )
    assert text.splitlines() == [
        "indicator,period,pilot,value,numerator,denominator,n,as_of",
        "good,2026-03,,,1234567,2345678,2345678,2026-04-02",
    ]


def test_a_process_is_proposed_from_a_log(tmp_path):
    """Steps, lanes and ways of the commonest variants; what it proposes passes our own loader."""
    by_hand(tmp_path)
    done = CliRunner().invoke(main, ["measure", "--propose", str(tmp_path / "data/raw/events.csv")])
    assert done.exit_code == 0, done.output
    process = read(done.output, Process)
    steps = {
        step.id: [(link.to, link.share, link.rework) for link in step.next]
        for step in process.maps.as_is.steps
    }
    assert {"start", "check", "repair", "test", "bill", "end"} <= set(steps)
    assert steps["start"] == [("check", None, False)]
    assert steps["bill"] == [("end", None, False)]
    assert steps["check"] == [("check-ways", None, False)]
    assert sum(share for _, share, _ in steps["check-ways"]) == pytest.approx(1)
