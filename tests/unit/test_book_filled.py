"""The workbook to fill, as colleagues send it back: names, words, units, dates, remarks, and rows of sums."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from tests.unit.books import run
from tests.unit.small_book import small_book

PILOT = """id: east
name: 东区试点
period: {from: 2026-01}
pack:
  - {indicator: on-time, weight: 50}
  - {indicator: reply-time, weight: 50}
"""


@pytest.fixture
def book(tmp_path: Path) -> Path:
    made = small_book(tmp_path / "p")
    (made / "data/pilots").mkdir()
    (made / "data/pilots/east.yml").write_text(PILOT, "utf-8")
    with (made / "data/handbook.yml").open("a", encoding="utf-8") as file:
        file.write("units:\n  - {id: sales, name: 销售部}\n")
        file.write("rules: {definition-complete: {off: 'definitions are not what is tested'}}\n")
    return made


def exported(book: Path, *more: str) -> Path:
    target = book.parent / "due.xlsx"
    code, told = run("export", "excel", target, "--project", book, *more)
    assert code == 0, told
    return target


def places(page: Worksheet) -> dict[str, int]:
    head = next(
        row for row in page.iter_rows(max_row=9) if {"id", "indicator"} & {cell.value for cell in row}
    )
    return {cell.value: cell.column for cell in head if cell.value}


def row(page: Worksheet, number: int, **said: object) -> None:
    own = places(page)
    for key, value in said.items():
        page.cell(number, own[key]).value = value


def taken(book: Path, target: Path) -> tuple[int, str, list[str]]:
    code, told = run("import", "excel", target, "--project", book, "--write")
    path = book / "data/results/from-excel.csv"
    return code, told, path.read_text("utf-8").splitlines()[1:] if path.exists() else []


def test_what_colleagues_write_is_read_as_any_table_of_results(book: Path) -> None:
    target = exported(book, "--results-only")
    made = openpyxl.load_workbook(target)
    page = made["结果"]
    row(page, 3, period="26年9月", value="93.5%", as_of=date(2026, 10, 8))
    row(page, 4, period=date(2026, 9, 30), value="7.5小时")
    row(page, 5, period="2026年9月", indicator="营业收入", value="1,240.5万", region="北区", status="初步")
    row(page, 6, period="Aug-26", indicator="首次答复时间", pilot="东区试点", value="N/A", note="停机")
    row(page, 7, period="合计", value="=SUM(E3:E6)")
    row(page, 9, period="注：九月的收入还会改")
    page.cell(3, places(page)["value"]).number_format = "0.0%"
    page.insert_rows(1)
    page.cell(1, 1).value = "请 10 月 8 日前发回"
    made.save(target)
    code, told, written = taken(book, target)
    assert code == 0, told
    assert written == [
        "2026-09,on-time,east,,93.5,,,,,,,2026-10-08,",
        "2026-09,reply-time,east,,7.5,,,,,,,,",
        "2026-09,revenue,,n,12405000,,,,,provisional,,,",
        "2026-08,reply-time,east,,,,,,,,停机,,",
    ]
    assert "the row '合计' names no indicator and no period: not read" in told
    assert "rows are gone" not in told
    assert "nothing to change" in taken(book, target)[1].splitlines()


@pytest.mark.parametrize(
    ("line", "value", "said"),
    [
        (3, "N/A", "'N/A' says that there is no value, but not why"),
        (4, "7.5 kg", "结果!F4: error[bad-value] value: needs a plain number, found '7.5 kg'"),
    ],
)
def test_a_value_that_cannot_stand_is_told_at_its_cell(book: Path, line: int, value: str, said: str) -> None:
    """No value without its reason, and none in a unit that is not the indicator's."""
    target = exported(book, "--results-only")
    made = openpyxl.load_workbook(target)
    row(made["结果"], line, period="2026-09", value=value)
    made.save(target)
    code, told, _ = taken(book, target)
    assert code == 1
    assert said in told


def test_a_language_that_counts_in_another_size_is_read_in_that_size(book: Path) -> None:
    """CNY 125,100 of an indicator in 万元 is 12.51, as in any table of results."""
    own = book / "data/indicators/revenue.yml"
    sized = "unit: {zh: 万元, en: CNY}\nunit_factor: {en: 10000}"
    own.write_text(own.read_text("utf-8").replace("unit: {zh: 元, en: yuan}", sized), "utf-8")
    target = exported(book, "--results-only")
    made = openpyxl.load_workbook(target)
    row(made["结果"], 5, period="2026-09", indicator="revenue", value="CNY 125,100", target="12.6万元")
    made.save(target)
    code, told, written = taken(book, target)
    assert code == 0, told
    assert written == ["2026-09,revenue,,,12.51,,,,12.6,,,,"]
    assert "new in 结果: 2026-09 revenue = 12.51" in told


def test_a_remark_on_a_result_that_the_files_have_no_more_is_a_conflict(book: Path) -> None:
    """It is no new result without a value."""
    results = book / "data/results/a.csv"
    results.write_text("period,indicator,pilot,value\n2026-08,on-time,east,90\n", "utf-8")
    target = exported(book)
    made = openpyxl.load_workbook(target)
    row(made["结果"], 3, note="停机三天")
    made.save(target)
    results.unlink()
    code, told, written = taken(book, target)
    assert (code, written) == (1, [])
    assert "error[conflict] note was changed on both sides" in told
    assert "the file has it no more" in told


def test_a_row_without_id_whose_name_two_indicators_have_is_refused(book: Path) -> None:
    """It may mean either of them, and is no third one."""
    own = book / "data/indicators/yearly.yml"
    own.write_text(own.read_text("utf-8").replace("name: 年度", "name: 营业收入"), "utf-8")
    target = exported(book)
    made = openpyxl.load_workbook(target)
    page = made["指标"]
    row(page, page.max_row + 1, **{"name.zh": "营业收入", "unit.zh": "元"})
    made.save(target)
    code, told = run("import", "excel", target, "--project", book, "--write")
    assert code == 1
    assert "error[missing-value] the row has no id" in told
    assert not list((book / "data/indicators").glob("ying-ye*"))


def test_what_a_cell_may_say_is_told_in_the_words_of_the_workbook(book: Path) -> None:
    """Choices by their words, and where a name was written the names that there are."""
    target = exported(book)
    made = openpyxl.load_workbook(target)
    row(made["指标"], 3, status="在用啦")
    row(made["指标包"], 3, **{"owner.unit": "销售一部"})
    row(made["结果"], 3, period="2026-09", indicator="准时交付", value=1)
    made.save(target)
    code, told = run("import", "excel", target, "--project", book)
    assert code == 1
    assert "'在用啦' is not one of 草稿, 试运行, 生效中, 已停用" in told
    assert "did you mean '销售部'?" in told
    assert "did you mean '准时交付率'?" in told


def test_a_row_for_every_period_since_one(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a handbook without results: those that are over on the day, and have none yet."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1772496000")  # 3 March 2026
    (book / "data/results/a.csv").write_text(
        "period,indicator,pilot,value\n2026-01,on-time,east,90\n", "utf-8"
    )
    page = openpyxl.load_workbook(exported(book, "--results-only", "--since", "2025-12"))["结果"]
    own = places(page)
    keys = ("indicator", "pilot", "~name", "period")
    rows = [tuple(page.cell(n, own[key]).value or "" for key in keys) for n in range(3, page.max_row + 1)]
    assert rows == [
        *(("on-time", "east", "准时交付率 (%)", month) for month in ("2025-12", "2026-02")),
        *(
            ("reply-time", "east", "首次答复时间 (小时)", f"{month}")
            for month in ("2025-12", "2026-01", "2026-02")
        ),
        # In no pilot's pack and without a result: the whole organisation is asked.
        *(("revenue", "", "营业收入 (元)", month) for month in ("2025-12", "2026-01", "2026-02")),
        ("yearly", "", "年度 (天)", "2025"),
    ]


def test_a_workbook_with_nothing_to_fill_says_so(book: Path) -> None:
    for path in (book / "data/indicators").glob("*.yml"):
        path.write_text(path.read_text("utf-8") + "status: draft\n", "utf-8")
    code, told = run("export", "excel", book.parent / "due.xlsx", "--project", book, "--results-only")
    assert code == 0
    assert "there is nothing to fill: no indicator is on trial or active" in told


def test_more_rows_than_anybody_fills_are_refused(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not cut off somewhere: what was asked for last would be missing, and nobody would know."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1772496000")  # 3 March 2026
    own = book / "data/indicators/on-time.yml"
    own.write_text(own.read_text("utf-8").replace("month", "day"), "utf-8")
    command = ("export", "excel", book.parent / "due.xlsx", "--project", book, "--results-only", "--since")
    code, told = run(*command, "2024-01")
    assert code == 2
    assert "'on-time' would have more than 600 rows to fill from 2024-01 on" in told
    assert not (book.parent / "due.xlsx").exists()
    assert run(*command, "2025-01")[0] == 0


def test_a_new_indicator_has_its_id_by_its_name_and_says_choices_in_words(book: Path) -> None:
    target = exported(book)
    made = openpyxl.load_workbook(target)
    page = made["指标"]
    said = {
        "name.zh": "月采购额", "status": "试运行", "unit.zh": "元", "frequency": "月", "rollup": "合计",
        "direction": "越低越好", "dimension": "成本", "category": "成本效率", "owner.unit": "销售部",
        "owner.role.zh": "采购经理", "source.collection": "人工填报", "source.system.zh": "用友",
        "level": "Organisation",
    }  # fmt: skip
    row(page, page.max_row + 1, **said)
    row(page, 3, status="生效中")
    made.save(target)
    code, told = run("import", "excel", target, "--project", book, "--write")
    assert code == 0, told
    text = (book / "data/indicators/yue-cai-gou-e.yml").read_text("utf-8")
    for line in (
        "status: trial", "frequency: month", "rollup: sum", "direction: lower", "dimension: cost",
        "category: cost-efficiency", "level: organisation",
    ):  # fmt: skip
        assert f"{line}\n" in text
    assert "unit: sales" in text
    assert "status: active" in (book / "data/indicators/on-time.yml").read_text("utf-8")
    assert run("import", "excel", target, "--project", book)[1] == "nothing to change\n"
