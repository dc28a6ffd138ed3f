"""Results: what is read, what it becomes, and how faults are told. Messages are in tests/problems."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.load.capped import SHOWN
from generator.load.number import Number, NumberFault, parse_number
from generator.load.results import load_results
from generator.load.sheet import Known
from generator.model.handbook import Handbook
from generator.model.indicator import Indicator
from generator.model.results import Results
from generator.pipeline import check_project
from generator.problems import Problems, as_text
from tests.conftest import Change

BOOK = Handbook.model_validate(
    {
        "title": "T", "languages": ["zh", "en"],
        "dimensions": [
            {"id": "region", "name": "R", "values": {"NA": "North America", "华东": "East"}},
            {"id": "shift", "name": "S", "values": {"1": "One"}},
        ],
    }
)  # fmt: skip
DAYS = Indicator.model_validate(
    {"id": "days", "name": "D", "unit": "天", "frequency": "month", "limits": {"min": 0}}
)
RATE = Indicator.model_validate(
    {"id": "rate", "name": "R", "unit": "%", "frequency": "month", "rollup": "ratio"}
)
COST = Indicator.model_validate(
    {"id": "cost", "name": "C", "frequency": "quarter", "rollup": "ratio", "factor": 10}
)
INDICATORS = {made.id: made for made in (DAYS, RATE, COST)}
KNOWN = Known(BOOK, INDICATORS, frozenset((*INDICATORS, "broken")), frozenset(("east",)))
HEAD = "period,indicator,pilot,value"


def read(folder: Path, *texts: str | bytes) -> tuple[Results, Problems]:
    files = []
    for number, text in enumerate(texts):
        path = folder / f"{number}.csv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        files.append((path, f"data/results/{number}.csv"))
    problems = Problems()
    return load_results(files, KNOWN, problems), problems


def sound(folder: Path, *texts: str | bytes) -> Results:
    results, problems = read(folder, *texts)
    assert as_text(problems) == "no problems\n"
    return results


def test_a_row_becomes_an_observation(tmp_path: Path) -> None:
    head = "note,version,as_of,status,target,denominator,numerator,region,shift,value,pilot,indicator,period"
    (made,) = sound(
        tmp_path, f"{head}\nlate,2025-02-01,2025/3/4,estimate,20,4,3,华东,1,75,east,rate,2025年1月\n"
    )
    assert (str(made.period), made.indicator, made.pilot) == ("2025-01", "rate", "east")
    assert made.cell == (("region", "华东"), ("shift", "1"))
    assert (made.value, made.numerator, made.denominator, made.target) == (75, 3, 4, 20)
    assert (made.status, made.note) == ("estimate", "late")
    assert (made.as_of, made.version) == (date(2025, 3, 4), date(2025, 2, 1))
    assert (made.file, made.line) == ("data/results/0.csv", 2)


def test_a_row_of_the_whole_organisation(tmp_path: Path) -> None:
    (made,) = sound(tmp_path, f"{HEAD}\n2025-01,days,,0\n")
    assert (made.pilot, made.cell, made.value, made.status, made.note) == (None, (), 0, "actual", "")
    assert (made.numerator, made.as_of) == (None, None)


def test_a_blank_ratio_is_calculated(tmp_path: Path) -> None:
    text = f"{HEAD},numerator,denominator\n2025-01,rate,,,3,4\n2025-Q1,cost,,,3,4\n"
    assert [made.value for made in sound(tmp_path, text)] == [75, 7.5]


def test_a_missing_value_is_not_zero(tmp_path: Path) -> None:
    text = f"{HEAD},status,note\n2025-01,days,,,,strike\n2025-02,days,,,provisional,strike\n"
    assert [(made.value, made.status) for made in sound(tmp_path, text)] == [(None, "missing")] * 2


def test_a_ratio_of_nothing_needs_a_note(tmp_path: Path) -> None:
    text = f"{HEAD},numerator,denominator,note\n2025-01,rate,,,0,0,no orders\n"
    assert [made.value for made in sound(tmp_path, text)] == [None]


def test_blanks_and_spaces_do_not_matter(tmp_path: Path) -> None:
    text = f"\n\n {HEAD.replace(',', ' , ')},\n\n 2025-01 , days , east , 5 ,\n,,,,\n   \n"
    (made,) = sound(tmp_path, text)
    assert (made.pilot, made.value, made.line) == ("east", 5, 5)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_encodings_and_line_ends(encoding: str, end: str, tmp_path: Path) -> None:
    lines = [
        f"{HEAD},region,note",
        "2025-01,days,east,5,华东,系统切换",
        '2025-02,days,east,6,,"一',
        '二"',
        "",
    ]
    results = sound(tmp_path, end.join(lines).encode(encoding))
    assert [made.note for made in results] == ["系统切换", "一\n二"]
    assert [made.line for made in results] == [2, 3]


def test_names_are_compared_in_one_normal_form(tmp_path: Path) -> None:
    handbook = Handbook.model_validate(
        {
            "title": "T",
            "languages": ["en"],
            "dimensions": [{"id": "r", "name": "R", "values": {"caf\u00e9": "C"}}],
        }
    )
    path = tmp_path / "a.csv"
    path.write_text(f"{HEAD},r\n2025-01,days,,5,cafe\u0301\n", encoding="utf-8")
    problems = Problems()
    known = Known(handbook, INDICATORS, frozenset(INDICATORS), frozenset())
    (made,) = load_results([(path, "a.csv")], known, problems)
    assert made.cell == (("r", "caf\u00e9"),)


def test_quotes_inside_quotes(tmp_path: Path) -> None:
    (made,) = sound(tmp_path, f'{HEAD},note\n"2025-01","days","",5,"a ""b"", c"\n')
    assert made.note == 'a "b", c'


def test_files_are_read_together(tmp_path: Path) -> None:
    results = sound(tmp_path, f"{HEAD}\n2025-01,days,,1\n", f"{HEAD}\n2025-02,days,,2\n")
    assert [(made.value, made.file[-5]) for made in results] == [(1, "0"), (2, "1")]


def test_the_key_holds_pilot_and_dimensions(tmp_path: Path) -> None:
    keys = (",1,,", "east,1,,", ",1,NA,", ",1,,1", ",1,NA,1")
    rows = "".join(f"2025-01,days,{key}\n" for key in keys)
    assert len(sound(tmp_path, f"{HEAD},region,shift\n{rows}")) == 5


def test_the_first_of_two_same_results_stays(tmp_path: Path) -> None:
    results, problems = read(tmp_path, f"{HEAD}\n2025-01,days,,1\n2025年1月,days,,2\n")
    assert [made.value for made in results] == [1]
    assert problems.count("error") == 1


def test_rows_of_a_broken_indicator_are_left_out_in_silence(tmp_path: Path) -> None:
    assert sound(tmp_path, f"{HEAD}\n2025-01,broken,,1\n") == ()


def test_a_wrong_cell_takes_its_row_only(tmp_path: Path) -> None:
    results, problems = read(tmp_path, f"{HEAD}\n2025-01,days,,1\n2025-02,days,,x\n2025-03,days,,3\n")
    assert [made.value for made in results] == [1, 3]
    assert [str(problem.mark) for problem in problems] == ["data/results/0.csv:3:15"]


def test_a_column_of_the_same_fault_is_told_once(tmp_path: Path) -> None:
    rows = "".join(f"20{year:02d}-01,dais,,1\n" for year in range(50))
    _, problems = read(tmp_path, f"{HEAD}\n{rows}")
    assert [problem.message for problem in problems] == [
        "indicator: unknown indicator 'dais' (and 49 more like it)"
    ]


def test_rows_of_their_own_faults_are_capped(tmp_path: Path) -> None:
    rows = "".join(f"20{year:02d}-01,days,,1,2\n" for year in range(50))
    _, problems = read(tmp_path, f"{HEAD}\n{rows}")
    assert len(problems) == SHOWN
    assert list(problems)[-1].message == "the row has 5 cells, the header 4 (and 40 more rows of this kind)"


@pytest.mark.parametrize(
    ("values", "warned"),
    [(("0.5", "1"), True), (("0.5", "2"), False), (("0", "0"), False), (("0.5%", "0.7%"), False),
     (("-0.1", "0.5"), False)],
)  # fmt: skip
def test_fractions_in_a_percent_indicator(values: tuple[str, str], warned: bool, tmp_path: Path) -> None:
    rows = [f"2025-0{month},rate,,{value}\n" for month, value in enumerate(values, start=1)]
    _, problems = read(tmp_path, *(f"{HEAD}\n{row}" for row in rows))
    assert [problem.rule for problem in problems] == ["fraction-in-percent"] * warned


def test_small_shares_that_their_parts_prove_are_no_fractions(tmp_path: Path) -> None:
    """One of 410 is .24 %: every value lies below 1, and is right."""
    head = "period,indicator,pilot,value,numerator,denominator"
    _, problems = read(tmp_path, f"{head}\n2025-01,rate,,0.2439,1,410\n2025-02,rate,,0,0,395\n")
    assert [problem.rule for problem in problems] == []
    _, problems = read(tmp_path, f"{head}\n2025-01,rate,,0.85,85,100\n2025-02,rate,,0.8,80,100\n")
    assert "fraction-in-percent" in [problem.rule for problem in problems]


@pytest.mark.parametrize(("value", "warned"), [("33.3", 0), ("33", 0), ("33.33", 0), ("33.4", 1), ("34", 1)])
def test_a_value_agrees_with_its_ratio_to_the_decimals_written(
    value: str, warned: int, tmp_path: Path
) -> None:
    _, problems = read(tmp_path, f"{HEAD},numerator,denominator\n2025-01,rate,,{value},1,3\n")
    assert [problem.rule for problem in problems] == ["ratio-mismatch"] * warned


@pytest.mark.parametrize(
    ("text", "value", "decimals"),
    [
        ("1,234.5", 1234.5, 1), ("１２３", 123, 0), ("12%", 12, 0), ("１２．５％", 12.5, 1), ("-3", -3, 0),
        ("−3.25", -3.25, 2), ("1e3", 1000, -3), ("1.50", 1.5, 2), (".5", 0.5, 1), ("5.", 5, 0), ("+7", 7, 0),
        ("1,234,567", 1234567, 0), ("１，２３４", 1234, 0),
    ],
)  # fmt: skip
def test_numbers(text: str, value: float, decimals: int) -> None:
    assert parse_number(text) == Number(value, decimals, "%" in text or "％" in text)


@pytest.mark.parametrize(
    "text",
    [
        "NA",
        "n/a",
        "-",
        "1,23",
        "1,2345",
        "12,34,567",
        "1.2.3",
        "1 234",
        "inf",
        "nan",
        "∞",
        "1e999",
        "12天",
        "%",
    ],
)
def test_what_is_no_number(text: str) -> None:
    assert isinstance(parse_number(text), NumberFault)


@pytest.mark.parametrize("text", ["", "\n\n", ",,,\n", '"",""\n\n""', "\u3000,\u3000\n\u3000", '"'])
def test_a_file_of_blanks_is_empty(text: str, tmp_path: Path) -> None:
    results, problems = read(tmp_path, text)
    assert results == ()
    assert [problem.rule for problem in problems] == ["empty-file"]


CELLS = st.text(alphabet='abé1,.%"\n\r;\t 天-Q', max_size=6)


@given(st.lists(st.lists(CELLS, min_size=3, max_size=6), max_size=6), st.booleans())
def test_no_rows_raise(tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]], headed: bool) -> None:
    body = "\n".join(",".join(row) for row in rows)
    results, problems = read(tmp_path_factory.mktemp("fuzz"), (f"{HEAD},region\n" if headed else "") + body)
    assert results == () or headed
    assert all(problem.mark.line >= 1 and problem.mark.column >= 1 for problem in problems)


@given(st.binary(max_size=200))
def test_no_bytes_raise(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    results, problems = read(tmp_path_factory.mktemp("fuzz"), data)
    assert not results
    assert problems.has_errors


def test_masses_of_bad_cells_are_told_as_a_number(make_project: Callable[[Change], Path]) -> None:
    """150 different texts that are no numbers: 99 one by one, then one with the number of the others."""
    rows = "".join(f"2025-01,cycle-time,east,x{number}\n" for number in range(150))
    root = make_project({"data/results/more.csv": f"period,indicator,pilot,value\n{rows}"})
    told = [one for one in check_project(root).problems if one.rule == "bad-number"]
    assert len(told) == 100
    assert [one.mark.line for one in (told[0], told[-1])] == [2, 101]
    assert told[-1].message.endswith("(and 50 more like it)")
