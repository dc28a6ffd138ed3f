"""Results by columns: the same rows as one by one, and no object a row on the way."""

from __future__ import annotations

import csv
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench import synthetic
from generator.check import run_rules
from generator.load import columns
from generator.load.columns import is_even, records
from generator.load.long_cells import csv_lines, csv_rows
from generator.load.number import _PLAIN, Number, parse_number
from generator.load.project import load_project
from generator.load.results import load_results
from generator.load.sheet import Known
from generator.load.sheet_values import _ratios
from generator.measure import working_time
from generator.model import results as model
from generator.model.catalogue import latest_period
from generator.model.exact import ratio
from generator.model.period import Period
from generator.model.result import Observation
from generator.model.results import Results
from generator.problems import Problems, as_text
from tests.unit.made import handbook, indicator

PERIODS = [Period.parse(text) for text in ("2025-01", "2025-02", "2024-12")]
MADE = st.builds(
    Observation,
    period=st.sampled_from(PERIODS),
    indicator=st.sampled_from(("a", "b")),
    pilot=st.sampled_from((None, "p", "q")),
    cell=st.sampled_from(((), (("region", "x"),), (("region", "y"),))),
    value=st.none() | st.floats(-9, 9),
    numerator=st.none() | st.integers(0, 9).map(float),
    denominator=st.none(),
    target=st.none() | st.floats(0, 1),
    status=st.sampled_from(("actual", "estimate")),
    note=st.sampled_from(("", "n", "m")),
    as_of=st.none() | st.just(date(2025, 1, 2)),
    version=st.none(),
    file=st.sampled_from(("1.csv", "2.csv")),
    line=st.integers(2, 99),
)
ROWS = st.lists(MADE, max_size=12)


@given(ROWS, st.randoms())
def test_rows_come_back_as_they_went_in(rows: list[Observation], dice: random.Random) -> None:
    results = Results.of(rows)
    assert list(results) == rows
    assert len(results) == len(rows)
    assert results == tuple(rows)
    assert [results[place] for place in range(len(rows))] == rows
    start = dice.randrange(len(rows) + 1)
    assert list(results[start:]) == rows[start:]
    assert list(Results.joined([results[:start], results[start:]])) == rows


@given(ROWS)
def test_selections_and_changes_are_those_of_the_rows(rows: list[Observation]) -> None:
    results = Results.of(rows)
    mine = results.having("indicator", "a") & results.valued
    assert list(results.taken(mine)) == [
        one for one in rows if one.indicator == "a" and one.value is not None
    ]
    assert list(results.taken(results.whole())) == [one for one in rows if not one.cell]
    assert results.distinct("pilot", results.valued) == list(
        dict.fromkeys(one.pilot for one in rows if one.value is not None)
    )
    assert list(results.changed("note", str.upper)) == [replace(one, note=one.note.upper()) for one in rows]
    assert list(results.blanked("value", mine).filled("note", "why", mine)) == [
        replace(one, value=None, note="why") if one.indicator == "a" and one.value is not None else one
        for one in rows
    ]
    found = {key: list(results.at(own)) for key, own in results.groups("period", "pilot", "cell")}
    by_hand: dict[object, list[Observation]] = {}
    for one in rows:
        by_hand.setdefault((one.period, one.pilot, one.cell), []).append(one)
    assert found == by_hand
    assert list(found) == list(by_hand)


@given(ROWS)
def test_what_no_row_has_is_kept_nowhere(rows: list[Observation]) -> None:
    """An edition's results hold no name of what is hidden, in whatever form they are written down."""
    left = Results.of(rows).taken(Results.of(rows).where("pilot", lambda pilot: pilot != "p"))
    for name in model.THINGS:
        assert Counter(left.things(name)).keys() == {getattr(one, name) for one in left} or not len(left)
    assert "p" not in left.things("pilot")


SHEET = """period,indicator,pilot,value,numerator,denominator,note,status
2025-01,speed,,5,,,,

2025-02,speed,,"5,5",,,"a
b",
 2025-03 , speed,,oops,,,,
2025-04,speed,,12%,,,,
2025-05,speed,,7,,,,,
,,,,,,,
2025-06,speed,,,,,,
2025-06,nobody,,1,,,,
2025-07,speed,,8,,,,missing
2025-07,speed,east,8,,,,
2025-08,speed,,oops,,,,
2025-09,speed,,8.50,17,2,,
2025-01,speed,,6,,,twice,
2025-10,speed,,-4,,,,provisional
2025-Q4,speed,,-4,,,,"""


@pytest.mark.parametrize("at_once", [1, 2, 3, 5, 1000])
def test_it_does_not_matter_how_many_rows_are_read_together(
    at_once: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.csv"
    path.write_text(SHEET, encoding="utf-8")
    known = Known(handbook(), {"speed": indicator()}, frozenset(("speed",)), frozenset(("east",)))

    def read() -> tuple[Results, str]:
        problems = Problems()
        return load_results([(path, "a.csv")], known, problems), as_text(problems)

    whole = read()
    monkeypatch.setattr(columns, "AT_ONCE", at_once)
    assert read() == whole
    assert [one.line for one in whole[0]] == [2, 13, 15, 17]


@given(
    st.lists(st.lists(st.sampled_from(("", "1", "ab")), min_size=1, max_size=4), min_size=1), st.booleans()
)
def test_a_table_is_even_when_all_its_rows_are_as_long(rows: list[list[str]], ended: bool) -> None:
    text = "\n".join(",".join(cells) for cells in rows) + "\n" * ended
    same = all(len(cells) == len(rows[0]) for cells in rows)
    blank = "\n\n" in text or text.startswith("\n") or (not ended and not rows[-1][-1] and len(rows[-1]) == 1)
    if not blank:
        assert is_even(text.encode(), len(rows[0])) == same


@given(st.from_regex(r"[0-9]{1,18}(\.[0-9]{1,6})?", fullmatch=True))
def test_plain_numbers_are_read_like_any_other(text: str) -> None:
    made, other = parse_number(text), parse_number(f"+{text}")
    assert _PLAIN.fullmatch(text)
    assert made == other if isinstance(made, Number) else not isinstance(other, Number)


@given(st.lists(st.tuples(st.integers(0, 10**6), st.integers(1, 10**6), st.sampled_from((1.0, 100.0, 0.1)))))
def test_ratios_of_a_column_are_the_exact_ones(parts: list[tuple[int, int, float]]) -> None:
    tops, bottoms, factors = (model.np.array([part[n] for part in parts], float) for n in range(3))
    made = _ratios(tops, bottoms, factors, model.np.arange(len(parts)))
    assert made.tolist() == [ratio(*part) for part in parts]


@pytest.fixture
def made_rows(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many rows were made objects."""
    count = [0]

    class Counted(Observation):
        def __init__(self, *fields: object) -> None:
            count[0] += 1
            super().__init__(*fields)  # type: ignore[arg-type]

    monkeypatch.setattr(model, "Observation", Counted)
    return count


def test_loading_and_the_rules_make_no_object_a_row(tmp_path: Path, made_rows: list[int]) -> None:
    synthetic.make(tmp_path, 100)
    catalogue = load_project(tmp_path, Problems())
    assert catalogue is not None
    list(run_rules(catalogue, latest_period(catalogue)))
    # The rules make those that they tell of, and the packs' of a pilot in a reviewed period.
    assert made_rows[0] < len(catalogue.results) / 10
    assert len(list(catalogue.results)) == 100 * 24
    assert made_rows[0] >= 100 * 24


@pytest.fixture
def limit() -> Iterator[int]:
    """The longest cell that Python's reader takes in this process, which any library may have set."""
    before = csv.field_size_limit(1_000)
    yield 1_000
    csv.field_size_limit(before)


def test_a_long_cell_is_read_and_the_limit_of_the_process_stays(limit: int) -> None:
    """Else a table is refused or read by what was read before it."""
    cell = "x" * (limit + 9)
    assert [cells for _, _, cells in records(f"a,b\n1,{cell}\n".encode())] == [["a", "b"], ["1", cell]]
    assert next(records(b"a\n" * limit))[2] == ["a"]
    assert csv.field_size_limit() == limit


def test_every_reader_of_tables_reads_a_long_cell(tmp_path: Path) -> None:
    """A day off with a long remark, a kept row, a cell that a message quotes."""
    cell = "x" * 140_000
    assert csv_rows(f"a,b\r\n1,{cell}\r\n") == [{"a": "1", "b": cell}]
    assert csv_lines(f"a;{cell}\n", ";") == [["a", cell]]
    (tmp_path / "days.csv").write_text(f"day,works,note\n2026-02-14,yes,{cell}\n", encoding="utf-8")
    assert working_time._file(tmp_path, "days.csv") == {date(2026, 2, 14): True}
