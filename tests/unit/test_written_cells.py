"""Cells as people write them: read where they can mean one thing only, else told."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from generator.load.number import Number, NumberFault
from generator.load.results import load_results
from generator.load.sheet import Known
from generator.load.written_number import factor_of, read_number
from generator.model.handbook import Handbook
from generator.model.indicator import Indicator
from generator.model.results import Results
from generator.model.text import Text
from generator.problems import Problem, Problems

TABLES = Path(__file__).parent / "tables"
BOOK = Handbook.model_validate({"title": "T", "languages": ["zh", "en"]})
MADE = [
    {
        "id": "reply-time",
        "name": {"zh": "首次答复时间", "en": "Time to first reply"},
        "unit": {"zh": "小时", "en": "hours"},
    },
    {"id": "on-time", "name": "准时交付率", "unit": "%"},
    {"id": "revenue", "name": "营业收入", "unit": {"zh": "元", "en": "yuan"}},
]
INDICATORS = {made["id"]: Indicator.model_validate({**made, "frequency": "month"}) for made in MADE}
KNOWN = Known(BOOK, INDICATORS, frozenset(INDICATORS), frozenset(("east",)))  # type: ignore[arg-type]


def read(path: Path) -> tuple[Results, list[Problem]]:
    problems = Problems()
    results = load_results([(path, path.name)], KNOWN, problems)  # type: ignore[arg-type]
    return results, list(problems)


def values(results: Results) -> list[tuple[str, float | None]]:
    return [(str(row.period), row.value) for row in results]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("(1,240.5)", -1240.5, ""),
        ("（1240.5）", -1240.5, ""),
        ("¥1,240.50", 1240.5, "¥"),
        ("￥1,240.50", 1240.5, "¥"),
        ("-¥3", -3, "¥"),
        ("(¥1,240.5)", -1240.5, "¥"),
        ("1240.5万", 1240.5, "万"),
        ("1.2亿", 1.2, "亿"),
        ("1234元", 1234, "元"),
        ("1234 元", 1234, "元"),
        ("RMB 1,234", 1234, "RMB"),
        ("12 days", 12, "days"),
        ("1 250.5", 1250.5, ""),
        ("1 250,5", 1250.5, ""),
        ("1\u00a0250", 1250, ""),
        ("'1234", 1234, ""),
        ('="1234"', 1234, ""),
        ("93.5 %", 93.5, ""),
        ("(3.5%)", -3.5, ""),
        ("$478.46", 478.46, "$"),
    ],
)
def test_numbers_that_can_mean_one_thing(text: str, value: float, unit: str) -> None:
    made = read_number(text)
    assert isinstance(made, Number)
    assert (made.value, made.unit, made.percent) == (value, unit, "%" in text)


@pytest.mark.parametrize("text", ["—", "-", "--", "N/A", "n/a", "NA", "#N/A", "/", "无", "－"])
def test_cells_that_say_there_is_no_value(text: str) -> None:
    made = read_number(text)
    assert isinstance(made, Number)
    assert made.value != made.value
    assert made.unit == text


@pytest.mark.parametrize(
    ("text", "said", "hint"),
    [
        ("93.5*", "with the mark '*'", "write 93.5, and what the mark says in the column 'note'"),
        ("93.5(p)", "with the mark '(p)'", "write 93.5, and 'provisional' in the column 'status'"),
        ("93.5（预计）", "with the mark '(预计)'", "write 93.5, and 'estimate' in the column 'status'"),
        ("93.5²", "with the mark '²'", "write 93.5, and what the mark says in the column 'note'"),
        ("93.5①", "with the mark '①'", "write 93.5, and what the mark says in the column 'note'"),
        ("93.5[1]", "with the mark '[1]'", "write 93.5, and what the mark says in the column 'note'"),
        ("<5", "a bound, not a value", "leave the cell blank"),
        ("约5", "a bound, not a value", "leave the cell blank"),
        ("12,34,567", "Indian grouping", "write 1234567"),
        ("1.234.567", "thousands separators", "write 1234567"),
        ("1.234,5", "thousands separators", "write 1234.5"),
        ("1 250,500", "could part thousands or decimals", "with a point"),
        ("5-10", "a range", "write the number alone"),
        ("1:30", "a time", "as a number in the indicator's unit"),
        ("#DIV/0!", "a spreadsheet's error, it divided by nothing", "correct the formula"),
        ("#REF!", "a spreadsheet's error, a cell is gone", "correct the formula"),
    ],
)
def test_what_a_cell_looks_like_that_is_no_number(text: str, said: str, hint: str) -> None:
    made = read_number(text)
    assert isinstance(made, NumberFault)
    assert said in made.message
    assert made.hint.startswith(hint) or hint in made.hint


@pytest.mark.parametrize(
    ("written", "unit", "factor"),
    [
        ("万", "元", 10_000),
        ("亿", {"zh": "元", "en": "yuan"}, 1e8),
        ("万", "万元", 1),
        ("万元", "元", 10_000),
        ("万元", "万元", 1),
        ("元", "万元", None),
        ("¥", "元", 1),
        ("¥", {"zh": "人民币", "en": "CNY"}, 1),
        ("$", "元", None),
        ("$", "USD", 1),
        ("万 ¥", "元", 10_000),
        ("万", "件", 10_000),
        ("件", "件", 1),
        ("天", "小时", None),
        ("Hours", {"zh": "小时", "en": "hours"}, 1),
        ("元", None, None),
        ("万", None, 10_000),
        ("亿", "万元", None),
        ("¥", "元/人", 1),
        ("元", "元/人", 1),
        ("万元", "元/人", 10_000),
        ("元/人", "元/人", 1),
        ("人", "元/人", None),
        ("元/单", "元/人", None),
        ("万元", "万元/人", 1),
    ],
)
def test_what_stands_beside_a_number_is_held_against_the_unit(
    written: str, unit: str | dict[str, str] | None, factor: float | None
) -> None:
    assert factor_of(written, Text.of(unit) if unit else None) == factor


CASES: dict[str, tuple[Sequence[tuple[str, float | None]], Sequence[tuple[int, str]]]] = {
    "cny12": (
        [("2026-09", 9)],
        [
            *((line, "several months at once") for line in (2, 3)),
            *((line, "summed up") for line in (4, 5)),
            (6, "with the remark"),
            (7, "names no year"),
            (9, "given twice"),
            (10, "names no year"),
        ],
    ),
    "dot": (
        [
            ("2026-01", 1.234),
            ("2026-02", 980.4),
            ("2026-03", 1.101),
            ("2026-04", 1250.5),
            ("2026-05", 1250.5),
            ("2026-10", 1234),
            ("2026-11", 1234),
            ("2026-12", 1234),
        ],
        [
            (2, "stand before three digits, like 1.234"),
            (7, "Indian grouping"),
            (8, "the mark '*'"),
            (9, "a bound"),
            (10, "the mark '(p)'"),
        ],
    ),
    "merged": ([("2026-01", 9), ("2026-02", 9.2)], [(3, "the cell is blank"), (6, "a row of totals")]),
    "money": (
        [
            ("2026-04", -1240.5),
            ("2026-05", 1240.5),
            ("2026-06", 12_405_000),
            ("2026-07", 120_000_000),
            ("2026-12", 93.5),
        ],
        [
            (2, "could be two days"),
            (3, "'revenue' is counted in 元"),
            (8, "divided by nothing"),
            *((line, "says that there is no value, but not why") for line in (9, 10, 11)),
        ],
    ),
    "periods": (
        [
            ("2026-09", 9),
            ("2026-10", 9.1),
            ("2026-11", 9.2),
            ("2026-01", 8),
            ("2026-02", 8),
            ("2026-03", 8),
            ("2026-05", 8),
            ("2026-07", 8),
            ("2026-08", 8),
        ],
        [
            (5, "a day or a month"),
            (7, "given twice"),
            (10, "is a day, but"),
            (12, "number of the day 2026-06-01"),
            (15, "given twice"),
            (16, "is a quarter, but"),
            (17, "spans two"),
            (18, "is a year, but"),
            (19, "week 27"),
            (20, "spans two"),
            (21, "no year"),
            (22, "no year"),
            (23, "is a week, but"),
            (24, "week 36"),
            (25, "is a half, but"),
            (29, "totals"),
            (30, "totals"),
        ],
    ),
    "sep": ([("2026-01", 9.5)], []),
    "hashc": ([("2026-01", 9.5)], []),
    "zhhead": ([("2026-01", 9)], []),
}


@pytest.mark.parametrize("case", CASES)
def test_a_table_is_read_or_refused_for_what_it_is(case: str) -> None:
    results, problems = read(TABLES / f"{case}.csv")
    expected, told = CASES[case]
    assert values(results) == list(expected)
    assert [problem.mark.line for problem in problems] == [line for line, _ in told]
    for problem, (_, words) in zip(problems, told, strict=True):
        assert words in problem.message


def test_points_before_three_digits_everywhere_are_asked_about(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    rows = "".join(
        f"2026-0{month},revenue,,{value}\n" for month, value in ((1, "1.234"), (2, "980.400"), (3, "1.101"))
    )
    path.write_text(f"period,indicator,pilot,value\n{rows}")
    _, (told,) = read(path)
    assert (told.level, told.rule, told.mark.line) == ("warning", "thousands-point", 2)
    assert "write 1234" in told.hint


@pytest.mark.parametrize(
    ("values", "asked"),
    [
        (("1.234", "980.400"), 2),
        (("12.5", "1.234", "980.400"), 3),
        (("1.234", "980.412"), None),  # two measured to three places
        (("0.250", "0.500"), None),
        (("1.20", "1.234", "980.412"), None),
    ],
)
def test_a_point_is_asked_about_where_a_zero_was_written_for_it(
    tmp_path: Path, values: tuple[str, ...], asked: int | None
) -> None:
    path = tmp_path / "a.csv"
    rows = "".join(f"2026-0{month},revenue,,{value}\n" for month, value in enumerate(values, 1))
    path.write_text(f"period,indicator,pilot,value\n{rows}")
    _, problems = read(path)
    assert [told.mark.line for told in problems if told.rule == "thousands-point"] == (
        [asked] if asked else []
    )


def test_a_dash_with_a_reason_is_a_missing_value(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(
        "期间,指标,试点,数值,状态,备注\n2026-01,reply-time,,—,,系统停机\n2026-02,reply-time,,9,预计,\n"
    )
    results, problems = read(path)
    assert not problems
    assert [(row.value, row.status, row.note) for row in results] == [
        (None, "missing", "系统停机"),
        (9, "estimate", ""),
    ]


def test_heads_in_chinese_may_be_dimensions_by_name(tmp_path: Path) -> None:
    book = Handbook.model_validate(
        {
            "title": "T",
            "languages": ["zh"],
            "dimensions": [{"id": "region", "name": "区域", "values": {"n": "北"}}],
        }
    )
    path = tmp_path / "a.csv"
    path.write_text("期间,指标,试点,区域,数值\n2026-01,reply-time,east,n,9\n")
    problems = Problems()
    known = Known(book, INDICATORS, frozenset(INDICATORS), frozenset(("east",)))  # type: ignore[arg-type]
    (made,) = load_results([(path, "a.csv")], known, problems)
    assert made.cell == (("region", "n"),)
    assert not list(problems)
