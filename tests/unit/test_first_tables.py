"""The tables that a newcomer brings: years over months, figures under months, names instead of ids."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl.worksheet.worksheet import Worksheet

from generator.cli import main
from tests.unit.small_book import put, read, sheet, small_book, sound

MONTHS = [(2025, 11), (2025, 12), (2026, 1), (2026, 2)]


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return small_book(tmp_path)


def proposed(book: Path, name: str, *more: str) -> str:
    command = ["import", "results", str(book / name), "--project", str(book), *more]
    return CliRunner().invoke(main, command, catch_exceptions=False).output


def years_over_months(page: Worksheet) -> None:
    """A heading, years over months in merged cells, a sum of the year, a row of another indicator, a note."""
    page.append(["月报"])
    page.append(["指标", "责任部门", "2025年", None, "2026年", None, "2026年合计"])
    page.append([None, None, "11月", "12月", "1月", "2月", None])
    for cells in ("A2:A3", "B2:B3", "C2:D2", "E2:F2", "G2:G3"):
        page.merge_cells(cells)
    page.append(["准时交付率", "物流部", 81, 82, 83, 84, 167])
    page.append([])
    page.append(["注：11 月起改口径"])


def test_months_below_years_are_read_with_their_own_year(book: Path) -> None:
    sheet(book, years_over_months)
    told = proposed(book, "data/results/a.xlsx")
    assert "head: [2, 3]" in told
    assert "year:" not in told
    entry = told[told.index("  - files") : told.index("4 results")].strip().removeprefix("- ")
    assert sound(book, entry) == [
        (f"{year}-{month:02}", "on-time", value)
        for (year, month), value in zip(MONTHS, (81, 82, 83, 84), strict=True)
    ]


def test_months_below_years_in_a_csv_file_without_merged_cells(book: Path) -> None:
    put(book, "a.csv", "指标,2025年,,2026年,\n,11月,12月,1月,2月\n准时交付率,81,82,83,84\n")
    rows = sound(book, "{files: a.csv, head: [1, 2], periods: across}")
    assert [period for period, _, _ in rows] == ["2025-11", "2025-12", "2026-01", "2026-02"]
    put(book, "b.csv", "指标,2025,,2026,\n,Q3,Q4,Q1,Q2\n年度,1,2,3,4\n")
    _, problems = read(book, "{files: b.csv, head: [1, 2], periods: across}")
    assert any("'Q3' is a quarter" in str(one) for one in problems)


def test_a_month_below_a_year_of_account_is_not_guessed(book: Path) -> None:
    settings = book / "data/handbook.yml"
    settings.write_text(settings.read_text("utf-8") + "fiscal_year: {starts: 4, named_by: end}\n", "utf-8")
    put(book, "a.csv", "指标,FY26,\n,11月,12月\n准时交付率,81,82\n")
    _, problems = read(book, "{files: a.csv, head: [1, 2], periods: across}")
    assert any("unknown head '11月'" in str(one) for one in problems)


def test_several_years_above_a_head_are_no_year_of_all(book: Path) -> None:
    """Two years in the text above months: the proposal says that its year is a guess."""
    put(book, "a.csv", "2025 and 2026\n指标,11月,12月,1月\n准时交付率,81,82,83\n")
    assert "`year` is a guess: the years 2025, 2026 are named" in proposed(book, "data/results/a.csv")


@pytest.mark.parametrize("heads", [("准时批次", "交付批次"), ("分子", "分母")])
def test_numerator_and_denominator_below_each_month(book: Path, heads: tuple[str, str]) -> None:
    put(
        book,
        "a.csv",
        f"指标,2026年1月,,2026年2月,\n,{heads[0]},{heads[1]},{heads[0]},{heads[1]}\n准时交付率,8,10,9,12\n",
    )
    (book / "data/indicators/on-time.yml").write_text(
        "id: on-time\nname: 准时交付率\nunit: '%'\nfrequency: month\nrollup: ratio\nfactor: 100\n", "utf-8"
    )
    told = proposed(book, "data/results/a.csv", "--write")
    assert "2 results" in told
    assert [(period, value) for period, _, value in sound(book)] == [("2026-01", 80.0), ("2026-02", 75.0)]


def test_a_table_of_which_nothing_is_read_is_told(book: Path) -> None:
    """Every column of figures left out: that was a fault of ours once."""
    put(book, "a.csv", "指标,2026年1月,2026年2月\n,甲,甲\n准时交付率,8,9\n")
    _, problems = read(book, "{files: a.csv, head: [1, 2], periods: across, columns: {甲: skip}}")
    assert any("no head says the value of the results" in str(one) for one in problems)


def test_an_indicator_that_begins_with_average_is_no_total(book: Path) -> None:
    put(book, "a.csv", "指标,2026年1月,2026年2月\n准时交付率,8,9\n平均付款天数,3,4\n合计,11,13\n")
    told = proposed(book, "data/results/a.csv")
    assert "skip: [合计]" in told
    assert 'no indicator is called "平均付款天数"' in told


def test_the_proposal_is_the_formats_own_words_in_chinese_too(book: Path) -> None:
    put(book, "a.csv", "指标,2026年1月,2026年2月\n准时交付率,8,9\n别的,1,2\n")
    told = proposed(book, "data/results/a.csv", "--lang", "zh")
    assert "\ntables:\n  - files: a.csv\n    head: 1\n    periods: across\n" in told
    assert "# 没有指标叫 " in told
    assert "整个组织 = 8" in told


def test_a_csv_file_may_name_indicators_pilots_and_parts(book: Path) -> None:
    put(book, "a.csv", "期间,指标,试点,数值,region\n2026-01,准时交付率,,81,北区\n2026-02,on-time,,82,n\n")
    results, problems = read(book)
    assert not [one for one in problems if one.level == "error"]
    assert [(row.indicator, row.cell) for row in results] == [("on-time", (("region", "n"),))] * 2


def test_values_of_two_dimensions_may_have_one_name(book: Path) -> None:
    """Other regions and other products are both called 其他: the column says which of them is meant."""
    settings = book / "data/handbook.yml"
    other = "values: {o: {zh: 其他, en: Other}, n: {zh: 北区, en: North}}\n"
    settings.write_text(
        "title: {zh: 手册, en: Book}\nlanguages: [zh, en]\ndimensions:\n"
        f"  - id: region\n    name: {{zh: 区域, en: Region}}\n    {other}"
        f"  - id: product\n    name: {{zh: 产品, en: Product}}\n    {other}",
        "utf-8",
    )
    cells = [("on-time", (("region", "o"), ("product", "n"))), ("on-time", (("product", "o"),))]
    put(
        book,
        "a.csv",
        "期间,指标,试点,区域,产品,数值\n2026-01,on-time,,其他,北区,81\n2026-01,on-time,,,Other,82\n",
    )
    results, problems = read(book)
    assert not [one for one in problems if one.level == "error"]
    assert [(row.indicator, row.cell) for row in results] == cells
    (book / "data/results/a.csv").unlink()
    put(book, "b.csv", "指标,区域,产品,2026-01\n准时交付率,其他,北区,81\n准时交付率,,Other,82\n")
    results, problems = read(book, "files: b.csv\n    head: 1\n    periods: across")
    assert not [one for one in problems if one.level == "error"]
    assert [(row.indicator, row.cell) for row in results] == cells


def test_a_name_whose_file_cannot_be_read_is_told_there_alone(book: Path) -> None:
    (book / "data/indicators/on-time.yml").write_text("id： on-time\nname: 准时交付率\n", "utf-8")
    put(book, "a.csv", "期间,指标,试点,数值\n2026-01,准时交付率,,81\n2026-01,on-tiem,,81\n")
    _, problems = read(book)
    rules = [one.rule for one in problems if one.level == "error"]
    assert rules.count("unknown-indicator") == 1  # the id, which no name can be
