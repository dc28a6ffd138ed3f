"""The commands that write a handbook as a workbook and take it back: files, conflicts, faults, editions."""

from __future__ import annotations

import csv
import difflib
import re
import shutil
from functools import cache
from pathlib import Path

import openpyxl
import pytest

from generator.load.project import load_project
from generator.model.catalogue import Catalogue
from generator.problems import Problems
from tests.unit.books import cells_of, edited, files, run

ROOT = Path(__file__).parents[2]
PILOT = "lead-to-cash-east"
CYCLE = {"indicator": "order-cycle-time"}


@cache
def sample() -> Catalogue:
    catalogue = load_project(ROOT, Problems())
    assert catalogue is not None
    return catalogue


@pytest.fixture
def project(tmp_path: Path) -> Path:
    root = tmp_path / "p"
    shutil.copytree(ROOT / "data", root / "data")
    shutil.copytree(ROOT / "content", root / "content")
    return root


@pytest.fixture(scope="module")
def sample_book(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The sample's workbook for managers, written once."""
    path = tmp_path_factory.mktemp("book") / "b.xlsx"
    assert run("export", "excel", path, "--project", ROOT, "--edition", "managers")[0] == 0
    return path.read_bytes()


def test_out_and_back_with_the_commands(project: Path, tmp_path: Path, sample_book: bytes) -> None:
    book = tmp_path / "b.xlsx"
    book.write_bytes(sample_book)
    before = files(project)
    assert run("import", "excel", book, "--project", project, "--write") == (0, "nothing to change\n")
    edited(
        book,
        {
            ("指标", "order-cycle-time", "name.en"): "Order lead time",
            ("指标", "order-cycle-time", "limits.max"): 400,
        },
        {
            "指标": {"id": "new-one", "name.zh": "新指标", "status": "draft"},
            "结果": {"period": "2026-12", **CYCLE, "value": 12, "note": '+HYPERLINK("x")'},
            "目标值": {"of": "order-cycle-time", "from": "2027-01", "target": 5},
            "指标包目标值": {"pilot": PILOT, **CYCLE, "from": "2027-01", "target": 12},
        },
    )
    code, out = run("import", "excel", book, "--project", project)
    assert (code, files(project)) == (0, before)
    assert "指标!" in out
    assert "--write makes them" in out
    code, out = run("import", "excel", book, "--project", project, "--write")
    assert code == 0
    after = files(project)
    old, new = (part["data/indicators/order-cycle-time.yml"].decode() for part in (before, after))
    diff = [line for line in difflib.ndiff(old.splitlines(), new.splitlines()) if line[:2] in ("- ", "+ ")]
    assert sorted(diff) == [
        "+   - {from: 2027-01, target: 5}",
        "+ limits: {min: 0, max: 400}",
        "+ name: {zh: 订单交付周期, en: Order lead time}",
        "- limits: {min: 0}",
        "- name: {zh: 订单交付周期, en: Order cycle time}",
    ]
    assert after["data/indicators/new-one.yml"].decode() == "id: new-one\nname: {zh: 新指标}\nstatus: draft\n"
    assert '"\'+HYPERLINK(""x"")"' in after["data/results/from-excel.csv"].decode()
    changed = {name for name in after if before.get(name) != after[name]}
    assert changed == {
        "data/indicators/order-cycle-time.yml",
        "data/indicators/new-one.yml",
        "data/results/from-excel.csv",
        f"data/pilots/{PILOT}.yml",
    }
    both = [part[f"data/pilots/{PILOT}.yml"].decode().splitlines() for part in (before, after)]
    assert [line for line in both[1] if line not in both[0]] == ["      - {from: 2027-01, target: 12}"]
    kept = project / ".handbook-before/001/data/indicators/order-cycle-time.yml"
    assert kept.read_text() == old
    assert run("import", "excel", book, "--project", project) == (0, "nothing to change\n")


def test_what_was_changed_on_both_sides_is_refused_with_both_values(
    project: Path, tmp_path: Path, sample_book: bytes
) -> None:
    book = tmp_path / "b.xlsx"
    book.write_bytes(sample_book)
    edited(
        book,
        {
            ("指标", "order-cycle-time", "name.en"): "Order lead time",
            ("指标", "order-cycle-time", "decimals"): 2,
        },
    )
    path = project / "data/indicators/order-cycle-time.yml"
    path.write_text(path.read_text().replace("en: Order cycle time}", "en: Days to deliver}", 1))
    before = files(project)
    copy = tmp_path / "copy.xlsx"
    code, out = run("import", "excel", book, "--project", project, "--write", "--annotate", copy)
    assert code == 1
    assert "the workbook says 'Order lead time', indicators/order-cycle-time says 'Days to deliver'" in out
    assert "error[conflict]" in out
    assert files(project) == before
    page = openpyxl.load_workbook(copy)["指标"]
    notes = [cell.comment.text for row in page.iter_rows(min_row=3) for cell in row if cell.comment]
    assert len(notes) == 1
    assert "was changed on both sides" in notes[0]
    run("import", "excel", book, "--project", project, "--annotate", copy, "--lang", "zh")
    page = openpyxl.load_workbook(copy)["指标"]
    (said,) = [cell.comment.text for row in page.iter_rows(min_row=3) for cell in row if cell.comment]
    assert said.startswith("name.en 两边都改过：工作簿里是")
    # The same change on both sides is none.
    path.write_text(path.read_text().replace("en: Days to deliver}", "en: Order lead time}", 1))
    code, out = run("import", "excel", book, "--project", project, "--write")
    assert code == 0
    assert "decimals: 2" in path.read_text()


def test_faults_are_told_at_their_cells(project: Path, tmp_path: Path, sample_book: bytes) -> None:
    book = tmp_path / "b.xlsx"
    book.write_bytes(sample_book)
    edited(
        book,
        {
            ("指标", "order-cycle-time", "status"): "aktive",
            ("指标", "order-cycle-time", "decimals"): 99,
            ("指标", "first-pass-yield", "owner.unit"): "nowhere",
        },
        {"结果": {"period": "1-2月", "indicator": "order-cycle-time", "value": 1}},
    )
    code, out = run("import", "excel", book, "--project", project)
    assert code == 1
    told = [line for line in out.splitlines() if "error[" in line]
    assert len(told) == 4
    assert all(line.startswith(("b.xlsx:指标!", "b.xlsx:结果!")) for line in told)
    assert any("looks like several months at once" in line for line in told)
    assert any("decimals: needs a number of at most 9, found 99" in line for line in told)


def test_results_keep_their_encoding_line_ends_and_quotes(project: Path, tmp_path: Path) -> None:
    path = project / "data/results/digital.csv"
    text = path.read_text().splitlines()
    rows = [f"{text[0]},note", *(f'{line},"备注, 一"' for line in text[1:])]
    path.write_bytes("\r\n".join(rows).encode("gb18030") + b"\r\n")
    book = tmp_path / "b.xlsx"
    run("export", "excel", book, "--project", project, "--edition", "managers")
    page = openpyxl.load_workbook(book)
    sheet = page["结果"]
    keys = {cell.value: cell.column for cell in sheet[1]}
    for row in range(3, sheet.max_row + 1):
        if sheet.cell(row, 2).value == "automation-coverage" and sheet.cell(row, 1).value == "2025-Q1":
            sheet.cell(row, keys["value"]).value = 26.5
    page.save(book)
    before = path.read_bytes()
    code, out = run("import", "excel", book, "--project", project, "--write")
    assert code == 0, out
    assert path.read_bytes() == before.replace(
        b"2025-Q1,automation-coverage,,25,", b"2025-Q1,automation-coverage,,26.5,"
    )


def test_a_workbook_to_fill_holds_the_next_period_of_each_series(project: Path, tmp_path: Path) -> None:
    book = tmp_path / "due.xlsx"
    command = ("export", "excel", book, "--project", project, "--results-only", "--edition", "managers")
    assert run(*command)[0] == 0
    page = openpyxl.load_workbook(book)["结果"]
    keys = {cell.value: cell.column for cell in page[1]}
    rows = [
        row
        for row in range(3, page.max_row + 1)
        if page.cell(row, keys["indicator"]).value == "order-cycle-time"
        and not page.cell(row, keys["pilot"]).value
        and not page.cell(row, keys["region"]).value
        and not page.cell(row, keys["segment"]).value
    ]
    assert len(rows) == 1
    period = page.cell(rows[0], keys["period"]).value
    newest = max(
        row.period
        for row in sample().results
        if (row.indicator, row.pilot, row.cell) == ("order-cycle-time", None, ())
    )
    assert period == str(newest.shift(1))
    assert run("import", "excel", book, "--project", project) == (0, "nothing to change\n")
    page.cell(rows[0], keys["value"]).value = 21.5
    page.parent.save(book)
    code, _ = run("import", "excel", book, "--project", project, "--write")
    assert code == 0
    written = (project / "data/results/from-excel.csv").read_text().splitlines()
    assert written[1].startswith(f"{period},order-cycle-time,,,,21.5,")
    # A second answer for the same cell is a conflict, not a second row.
    page.cell(rows[0], keys["value"]).value = 23
    page.parent.save(book)
    code, out = run("import", "excel", book, "--project", project, "--write")
    assert code == 1
    assert "the workbook says '23', data/results/from-excel.csv says '21.5'" in out


def test_an_edition_s_workbook_holds_nothing_that_it_hides(project: Path, tmp_path: Path) -> None:
    book = tmp_path / "b.xlsx"
    assert run("export", "excel", book, "--project", project, "--edition", "public")[0] == 0
    words = {
        str(cell.value)
        for page in openpyxl.load_workbook(book)
        for row in page.iter_rows()
        for cell in row
        if cell.value is not None
    }
    assert "segment" not in words
    assert not any("王敏" in word for word in words)
    assert run("import", "excel", book, "--project", project) == (0, "nothing to change\n")


def test_heads_are_frozen_typed_and_have_drop_downs_and_notes(project: Path, tmp_path: Path) -> None:
    book = tmp_path / "b.xlsx"
    run("export", "excel", book, "--project", project)
    page = openpyxl.load_workbook(book)["指标"]
    assert page.freeze_panes == "B3"
    assert page.row_dimensions[1].hidden
    heads = {page.cell(1, cell.column).value: cell for cell in page[2]}
    assert heads["name.en"].value == "名称（English）"
    said = "draft（草稿）、trial（试用）、active（在用）或 retired（停用）。默认 active。"
    assert heads["status"].comment.text == said, "in the workbook's language, whoever runs the command"
    assert all(re.search("[\u4e00-\u9fff]", cell.comment.text) for cell in heads.values() if cell.comment)
    assert any(
        "草稿,试运行,生效中,已停用" in str(rule.formula1) for rule in page.data_validations.dataValidation
    )
    assert openpyxl.load_workbook(book)["baseline"].sheet_state == "veryHidden"


def test_other_workbooks_are_refused_and_never_written_over(project: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine.xlsx"
    openpyxl.Workbook().save(mine)
    data = mine.read_bytes()
    assert run("export", "excel", mine, "--project", project)[0] == 2
    assert mine.read_bytes() == data
    code, out = run("import", "excel", mine, "--project", project)
    assert code == 1
    assert "no workbook that `handbook export excel` wrote" in out


def test_what_the_files_would_say_against_each_other_is_told_at_the_cell(
    project: Path, tmp_path: Path, sample_book: bytes
) -> None:
    book = tmp_path / "b.xlsx"
    book.write_bytes(sample_book)
    page = openpyxl.load_workbook(book)
    sheet = page["改进行动"]
    keys = {cell.value: cell.column for cell in sheet[1]}
    row = next(
        row for row in range(3, sheet.max_row + 1) if sheet.cell(row, keys["status"]).value == "已完成"
    )
    sheet.cell(row, keys["status"]).value = "open"
    page.save(book)
    before = files(project)
    code, out = run("import", "excel", book, "--project", project, "--write")
    assert code == 1
    assert f"b.xlsx:改进行动!{sheet.cell(row, keys['status']).coordinate}: error[bad-value] closed:" in out
    assert files(project) == before


def test_the_settings_edition_and_as_of_hold_for_the_workbook_too(project: Path, tmp_path: Path) -> None:
    asked, set_, widest = (tmp_path / name for name in ("asked.xlsx", "set.xlsx", "widest.xlsx"))
    given = ("--edition", "public", "--as-of", "2025-Q2")
    assert run("export", "excel", asked, "--project", project, *given)[0] == 0
    settings = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    told = "  - handbook: {edition: public, as_of: 2025-Q2}\n"
    (project / "mkdocs.yml").write_text(settings.replace("  - handbook\n", told, 1), encoding="utf-8")
    done = run("export", "excel", set_, "--project", project)
    assert done[0] == 0, done[1]
    given = ("--edition", "managers", "--as-of", "2026-Q3")
    assert run("export", "excel", widest, "--project", project, *given)[0] == 0
    assert cells_of(set_) == cells_of(asked)
    periods = {cell for cell in cells_of(set_)["结果"] if cell[:4] in ("2024", "2025", "2026")}
    assert periods
    assert max(periods) <= "2025-Q2"
    assert any("王敏" in cell for cell in cells_of(widest)["改进行动"] | cells_of(widest)["指标"])
    assert not any("王敏" in cell for page in cells_of(set_).values() for cell in page)


def test_no_workbook_is_written_among_the_handbook_s_files_or_over_the_one_that_is_read(
    project: Path, tmp_path: Path, sample_book: bytes
) -> None:
    book, inside = tmp_path / "b.xlsx", project / "data/results/b.xlsx"
    book.write_bytes(sample_book)
    edited(book, {("指标", "order-cycle-time", "decimals"): 99})
    before = book.read_bytes()
    for words in (
        ("export", "excel", inside),
        ("import", "excel", book, "--annotate", inside),
        ("import", "excel", book, "--annotate", book),
    ):
        assert run(*words, "--project", project)[0] == 2
    assert (inside.exists(), book.read_bytes()) == (False, before)


def test_a_row_names_no_file_outside_of_the_handbook(
    project: Path, tmp_path: Path, sample_book: bytes
) -> None:
    book, other = tmp_path / "b.xlsx", tmp_path / "other"
    book.write_bytes(sample_book)
    shutil.copytree(project, other)
    (project / "data/indicators/broken.yml").write_text("id: broken\nname: [x\n")
    review = next((project / "data/reviews").glob("*.yml")).stem
    action = {"id": "a", "text.zh": "一", "text.en": "One", "owner.unit": "company", "status": "open"}
    edited(
        book,
        {},
        {
            "改进行动": {"review": f"../../../other/data/reviews/{review}", **action},
            "指标": {"id": "broken", "name.zh": "新", "status": "draft"},
        },
    )
    before, ours = files(other), files(project)
    code, out = run("import", "excel", book, "--project", project, "--write")
    assert code == 1
    assert "error[missing-file] there is no data/reviews/../../../other" in out
    assert "error[not-written] data/indicators/broken.yml is there already, and cannot be read" in out
    assert (files(other), files(project)) == (before, ours)


def test_a_formula_without_a_saved_value_takes_nothing_away(
    project: Path, tmp_path: Path, sample_book: bytes
) -> None:
    book = tmp_path / "b.xlsx"
    book.write_bytes(sample_book)
    edited(book, {("指标", "order-cycle-time", "name.en"): "=A1"})
    code, out = run("import", "excel", book, "--project", project)
    assert (code, out.count("error[unsaved-formula] the formula has no saved value")) == (1, 1)
    assert "(blank)" not in out


@pytest.mark.parametrize("value", ["nan", "infinity"])
def test_what_is_no_number_and_a_sheet_without_rows_are_annotated(
    value: str, project: Path, tmp_path: Path, sample_book: bytes
) -> None:
    book, copy = tmp_path / "b.xlsx", tmp_path / "copy.xlsx"
    book.write_bytes(sample_book)
    edited(book, {("指标", "order-cycle-time", "decimals"): value})
    page = openpyxl.load_workbook(book)
    page["改进行动"].delete_rows(1, page["改进行动"].max_row)
    page.save(book)
    assert run("import", "excel", book, "--project", project, "--annotate", copy)[0] == 1
    sheet = openpyxl.load_workbook(copy)["指标"]
    noted = [cell.value for row in sheet.iter_rows(min_row=3) for cell in row if cell.comment]
    assert noted == [value]


def test_a_result_keeps_its_part_and_its_lines_where_the_file_has_no_column_or_line_for_them(
    project: Path, tmp_path: Path, sample_book: bytes
) -> None:
    own = project / "data/results/from-excel.csv"
    own.write_text("期间,指标,试点,数值\n2026-11,order-cycle-time,,20\n", encoding="utf-8")
    book = tmp_path / "b.xlsx"
    run("export", "excel", book, "--project", project, "--edition", "managers")
    page = openpyxl.load_workbook(book)
    sheet = page["结果"]
    keys = {cell.value: cell.column for cell in sheet[1]}
    old = next(n for n in range(3, sheet.max_row + 1) if sheet.cell(n, keys["period"]).value == "2026-11")
    sheet.cell(old, keys["note"]).value = "one\ntwo"
    new = sheet.max_row + 1
    region = next(
        told
        for n in range(3, new)
        if (told := sheet.cell(n, keys["region"]).value)
        and sheet.cell(n, keys["indicator"]).value == "order-cycle-time"
    )
    assert re.search("[\u4e00-\u9fff]", region), "a part of the results is named, not its code"
    row = {"period": "2026-11", "indicator": "order-cycle-time", "region": region, "value": 21}
    for key, value in row.items():
        sheet.cell(new, keys[key]).value = value
    page.save(book)
    code, out = run("import", "excel", book, "--project", project, "--write")
    assert code == 0, out
    codes = {words.say("zh", "zh"): id_ for id_, words in sample().handbook.dimensions[0].values.items()}
    with own.open(encoding="utf-8", newline="") as opened:
        assert list(csv.reader(opened)) == [
            ["期间", "指标", "试点", "数值", "note", "region"],
            ["2026-11", "order-cycle-time", "", "20", "one\ntwo", ""],
            ["2026-11", "order-cycle-time", "", "21", "", codes[region]],
        ]
