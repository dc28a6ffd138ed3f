"""What a translation was made from is kept: it goes stale when the first language's words change."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from generator.pipeline import check_project
from tests.unit.small_book import small_book
from tests.unit.test_texts import filled, run, table

RECORD = "data/translated.csv"
FILE = "data/indicators/reply-time.yml"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return small_book(tmp_path)


def states(book: Path, target: Path) -> dict[str, str]:
    run("export", "texts", target, "--project", book)
    return {row["place"]: row["state"] for row in table(target) if row["file"] == FILE}


def said(book: Path, old: str, new: str) -> None:
    file = book / FILE
    file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


def stale(book: Path) -> list[str]:
    return [str(one).partition("\n")[0] for one in check_project(book).problems if "stale" in one.message]


def test_it_is_stale_until_it_changes_too(book: Path, tmp_path: Path) -> None:
    """Two names in one file: only the one whose Chinese changed is stale, and only until its English does."""
    run("export", "texts", tmp_path / "a.csv", "--project", book, "--record")
    assert stale(book) == []
    said(book, "首次答复时间", "首次响应时间")
    assert states(book, tmp_path / "b.csv") == {"name": "stale", "unit": ""}
    message = "the text in en is stale: that in zh changed since it was made"
    assert stale(book) == [f"{FILE}:2:24: note[translation] {message}"]
    said(book, "Time to first reply", "Time to the first answer")
    assert states(book, tmp_path / "c.csv") == {"name": "", "unit": ""}
    assert stale(book) == []


def test_what_comes_back_is_kept_and_the_rest_stays_stale(book: Path, tmp_path: Path) -> None:
    run("export", "texts", tmp_path / "a.csv", "--project", book, "--record")
    said(book, "首次答复时间", "首次响应时间")
    said(book, "小时", "钟头")
    run("export", "texts", tmp_path / "b.csv", "--project", book)
    filled(tmp_path / "b.csv", {("reply-time", "name"): "Time to the first answer"})
    assert run("import", "texts", tmp_path / "b.csv", "--project", book, "--write")[0] == 0
    assert states(book, tmp_path / "c.csv") == {"name": "", "unit": "stale"}
    said(book, "首次响应时间", "第一次响应时间")
    assert states(book, tmp_path / "d.csv") == {"name": "stale", "unit": "stale"}
    assert run("export", "texts", tmp_path / "e.csv", "--project", book, "--record")[0] == 0
    assert states(book, tmp_path / "f.csv") == {"name": "", "unit": ""}


def test_a_record_is_lines_in_order_and_a_broken_one_is_told(book: Path, tmp_path: Path) -> None:
    run("export", "texts", tmp_path / "a.csv", "--project", book, "--record")
    lines = (book / RECORD).read_text(encoding="utf-8-sig").splitlines()
    assert lines[0] == "file,place,language,source,words"
    assert lines[1:] == sorted(lines[1:])
    assert any(line.startswith("data/handbook.yml,dimensions/region/values/n,en,t") for line in lines)
    (book / RECORD).write_text("\n".join([*lines, "<<<<<<< ours"]) + "\n", encoding="utf-8")
    told = [str(one).partition("\n")[0] for one in check_project(book).problems if one.mark.file == RECORD]
    assert told == [f"{RECORD}:{len(lines) + 1}:1: warning[bad-value] this line cannot be read"]


@pytest.mark.parametrize("broken", ['"<<<<<<< ours', "x" * 140_000], ids=["quote", "long"])
def test_a_line_that_is_no_row_spoils_no_other(broken: str, book: Path, tmp_path: Path) -> None:
    """Neither a quote that nothing ends, nor more than csv reads into a cell."""
    run("export", "texts", tmp_path / "a.csv", "--project", book, "--record")
    head, *rest = (book / RECORD).read_text(encoding="utf-8-sig").splitlines()
    (book / RECORD).write_text("\n".join([head, broken, *rest]) + "\n", encoding="utf-8")
    said(book, "首次答复时间", "首次响应时间")
    told = [str(one).partition("\n")[0] for one in check_project(book).problems if one.mark.file == RECORD]
    assert told == [f"{RECORD}:2:1: warning[bad-value] this line cannot be read"]
    assert len(stale(book)) == 1


def test_the_table_is_a_workbook_too(book: Path, tmp_path: Path) -> None:
    target = tmp_path / "t.xlsx"
    assert run("export", "texts", target, "--project", book)[0] == 0
    assert run("import", "texts", target, "--project", book) == (0, "nothing to change\n")
    sheet = openpyxl.load_workbook(target)
    page = sheet.active
    assert page is not None
    rows = {(row[0].value, row[1].value): row for row in page.iter_rows()}
    rows[FILE, "name"][4].value = "Answer time"
    sheet.save(target)
    assert run("import", "texts", target, "--project", book, "--write")[0] == 0
    assert "en: Answer time" in (book / FILE).read_text(encoding="utf-8")
