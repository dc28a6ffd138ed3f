"""Where numbers come from: each row a page can name stands in its file on its line, nothing hidden does."""

from __future__ import annotations

import csv
import json
import shutil
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from generator.compute.effects.effect import CONFIDENCE
from generator.exchange.trace_rows import CALL, FOLDER, _runs, _steps, trace_files
from generator.model.period import Period
from generator.pipeline import Request, Run
from generator.present.charts.draw import Drawings
from generator.present.page_context import PageContext
from generator.present.templates import Templates
from generator.present.text.format import Format
from generator.present.trace_words import trace_scripts
from tests.unit.small_book import sheet

ROOT = Path(__file__).parents[2]


@cache
def told(edition: str | None = None) -> dict[str, Any]:
    """What the scripts of the sample hand over, by indicator."""
    found = {}
    for path, content in trace_files(Run(ROOT, Request(edition=edition)).figures):
        name = path.removeprefix(f"{FOLDER}/").removesuffix(".js")
        call, _, rest = content.decode().partition(",")
        assert call == f'{CALL}("{name}"'
        found[name] = json.loads(rest.removesuffix(");\n"))
    return found


def test_every_value_stands_in_its_file_on_its_line() -> None:
    seen = 0
    for name, data in told().items():
        lines = {file: (ROOT / file).read_text(encoding="utf-8-sig").splitlines() for file in data["files"]}
        for id_, own in data["series"].items():
            for at in range(len(next(own[name] for name in ("value", "denominator") if name in own))):
                value, over, under = (
                    own.get(key, {at: None})[at] for key in ("value", "numerator", "denominator")
                )
                if value is None and under is None:
                    continue
                file = data["files"][[number for place, number in own["file"] if place <= at][-1]]
                start, first, step = [run for run in own["line"] if run[0] <= at][-1]
                head, row = csv.reader([lines[file][0], lines[file][first + step * (at - start) - 1]])
                cells = dict(zip(head, row, strict=False))
                assert cells.get("indicator", name) == name, (id_, at)
                assert cells["period"] == data["periods"][own["at"] + at], (id_, at)
                assert id_.partition("@")[2].partition(";")[0] == cells.get("pilot", ""), (id_, at)
                if value is not None:
                    assert float(cells["value"]) == pytest.approx(value, rel=1e-9)
                else:
                    assert (over, under) == (float(cells["numerator"]), float(cells["denominator"]))
                seen += 1
    assert seen > 1200


def test_a_longer_period_names_the_rows_it_is_made_of() -> None:
    data = told()["first-pass-yield"]
    first, end = data["longer"]["2026-Q3"]
    assert data["periods"][first:end] == ["2026-07", "2026-08", "2026-09"]


def test_what_changes_seldom_is_written_where_it_changes() -> None:
    assert _steps([(1, 1), (2, 1), (4, 2), (5, 2), (6, 1)]) == [[1, 1], [4, 2], [6, 1]]
    assert _steps([]) == []


def test_a_row_without_a_day_is_not_told_the_day_of_the_row_before() -> None:
    """Nor is a period without a target told the one of the period before."""
    day = "2026-10-09"
    assert _steps(enumerate([None, None, day, day, None, day])) == [[2, day], [4, None], [5, day]]


def test_lines_that_stand_at_one_distance_are_said_once() -> None:
    assert _runs([2, 3, None, 5, 9, 12, 15, None]) == [[0, 2, 1], [4, 9, 3]]
    assert _runs([4, None, 10, 13]) == [[0, 4, 3]]
    assert _runs([7, None, 10, 9]) == [[0, 7, 0], [2, 10, -1]]
    assert _runs([None]) == []


def test_the_words_of_the_panel_are_there_in_both_languages() -> None:
    figures = Run(ROOT, Request()).figures
    for language in ("zh", "en"):
        form = Format(language, "zh")
        context = PageContext(figures, form, Templates(form.words), Drawings(None))
        made = {path: content.decode() for path, content in trace_scripts(context)}
        assert set(made) == {
            "trace/words.js",
            "trace/periods.js",
            *(f"trace/{name}.js" for name in figures.catalogue.indicators),
        }
        about = made["trace/first-pass-yield.js"]
        call, _, rest = about.partition(",")
        assert call == 'handbookTrace.about("first-pass-yield"'
        own = json.loads(rest.removesuffix(");\n"))
        assert {"name", "unit", "formula", "owner", "source", "rollup", "direction", "factor"} == set(own)
        periods = made.pop("trace/periods.js")
        assert len(periods) < 12_000, "the names of all periods, once"
        named = [Period.parse(one) for one, _ in json.loads(periods.partition("(")[2].removesuffix(");\n"))]
        breaks = [(one, other) for one, other in pairwise(named) if one.shift(1) != other]
        assert all(one.frequency != other.frequency for one, other in breaks), "lines count on from the first"
        assert max(map(len, made.values())) < 6000
        cases = replace(context, shown=frozenset())
        assert [path for path, _ in trace_scripts(cases)] == ["trace/periods.js"], "cases alone: no panel"
        sure = json.loads(made["trace/words.js"].partition("(")[2].removesuffix(");\n"))["how"][
            "effect_range"
        ]
        assert f"{CONFIDENCE:.0%}" in sure


def test_a_wider_edition_holds_no_series_row_or_file_of_a_hidden_part() -> None:
    """What the figures of an edition hide is not in its rows."""
    editions = Run(ROOT, Request()).figures.catalogue.handbook.audiences
    widest, narrowest = editions[0], editions[-1]
    figures = Run(ROOT, Request(edition=widest)).figures
    for name, data in told(widest).items():
        assert name in figures.catalogue.indicators
        shown = {row.file for row in figures.catalogue.results if row.indicator == name}
        assert set(data["files"]) <= shown
        for id_ in data["series"]:
            pilot = id_.partition("@")[2].partition(";")[0]
            assert not pilot or pilot in figures.catalogue.pilots
    assert set(told(widest)) <= set(told(narrowest))


def test_a_number_of_a_workbook_stands_in_its_cell(tmp_path: Path) -> None:
    """The panel named file and row, and a workbook has a row of that number on every sheet."""
    for part in ("data", "content"):
        shutil.copytree(ROOT / "examples/minimal" / part, tmp_path / part)
    (tmp_path / "data/results/2025.csv").unlink()
    rows = (["period", "indicator", "value"], ["2025-01", "reply-time", 9.5], ["2025-02", "reply-time", 8])
    sheet(tmp_path, lambda page: [page.append(row) for row in rows])
    figures = Run(tmp_path, Request()).figures
    ((_, content),) = trace_files(figures)
    told = json.loads(content.decode().partition(",")[2].removesuffix(");\n"))
    (own,) = told["series"].values()
    assert told["files"] == ["data/results/a.xlsx:月度"]
    assert (own["file"], own["column"], own["line"]) == ([[0, 0]], [[0, "C"]], [[0, 2, 1]])
    ((_, frozen),) = trace_files(figures, lines=False)
    assert b'"column"' not in frozen
