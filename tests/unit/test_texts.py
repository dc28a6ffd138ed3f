"""Texts as a table for translators, and back: only the translated text changes; stale ones are refused."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli import main
from tests.unit.small_book import small_book


@pytest.fixture
def book(tmp_path: Path) -> Path:
    root = small_book(tmp_path)
    (root / "data/indicators/on-time.yml").write_text(
        "id: on-time  # the rate\nname: {zh: 准时交付率}\nquestion: '准时吗？'\n"
        "definition:\n  zh: |\n    说明\n"
        "unit: '%'\nfrequency: month\n"
    )
    return root


def run(*words: object) -> tuple[int, str]:
    done = CliRunner().invoke(main, list(map(str, words)))
    return done.exit_code, done.output


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as opened:
        return list(csv.DictReader(opened))


def filled(path: Path, words: dict[tuple[str, str], str]) -> None:
    rows = table(path)
    for row in rows:
        row["en"] = words.get((Path(row["file"]).stem, row["place"]), row["en"])
    with path.open("w", encoding="utf-8-sig", newline="") as opened:
        writer = csv.DictWriter(opened, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def test_texts_go_out_with_their_state(book: Path, tmp_path: Path) -> None:
    code, _ = run("export", "texts", tmp_path / "t.csv", "--project", book)
    assert code == 0
    told = {
        (row["file"], row["place"]): (row["zh"], row["en"], row["state"]) for row in table(tmp_path / "t.csv")
    }
    assert told["data/indicators/on-time.yml", "name"] == ("准时交付率", "", "missing")
    assert told["data/indicators/on-time.yml", "question"] == ("准时吗？", "", "plain")
    assert told["data/indicators/reply-time.yml", "name"] == ("首次答复时间", "Time to first reply", "")
    assert told["data/handbook.yml", "dimensions/0/values/n"] == ("北区", "North", "")
    assert run("export", "texts", tmp_path / "t.csv", "--project", book)[0] == 2
    assert run("import", "texts", tmp_path / "t.csv", "--project", book) == (0, "nothing to change\n")


def test_translations_come_back_into_their_texts_only(book: Path, tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    run("export", "texts", path, "--project", book, "--missing")
    filled(
        path,
        {
            ("on-time", "name"): "On time",
            ("on-time", "question"): "On time?",
            ("on-time", "definition"): "Words",
        },
    )
    before = (book / "data/indicators/on-time.yml").read_text()
    assert run("import", "texts", path, "--project", book)[1].endswith("--write changes these files\n")
    assert (book / "data/indicators/on-time.yml").read_text() == before
    assert run("import", "texts", path, "--project", book, "--write")[0] == 0
    assert (book / "data/indicators/on-time.yml").read_text() == before.replace(
        "{zh: 准时交付率}", "{zh: 准时交付率, en: On time}"
    ).replace("'准时吗？'", "{zh: 准时吗？, en: On time?}").replace("    说明\n", "    说明\n  en: Words\n")


def test_a_translation_of_words_that_changed_since_is_refused(book: Path, tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    run("export", "texts", path, "--project", book)
    filled(path, {("on-time", "name"): "On time"})
    file = book / "data/indicators/on-time.yml"
    file.write_text(file.read_text().replace("准时交付率", "准时到货率"))
    shutil.copy(file, tmp_path / "before.yml")
    code, out = run("import", "texts", path, "--project", book, "--write")
    assert code == 1
    assert "error[stale-text] the text in zh changed since: it says '准时到货率' now" in out
    assert file.read_bytes() == (tmp_path / "before.yml").read_bytes()


def test_an_unedited_table_changes_nothing_whatever_the_texts_begin_with(book: Path, tmp_path: Path) -> None:
    handbook = book / "data/handbook.yml"
    handbook.write_text(
        handbook.read_text(encoding="utf-8")
        + "  - id: grade\n    name: {zh: 级, en: Grade}\n    values: {1: {zh: 一}, 2: {zh: 二, en: Two}}\n",
        encoding="utf-8",
    )
    file = book / "data/indicators/on-time.yml"
    text = file.read_text(encoding="utf-8").replace(
        "    说明\n", "    - 一\n    - 二\n  en: |\n    - a\n    - b\n"
    )
    file.write_text(text, encoding="utf-8")
    path = tmp_path / "t.csv"
    run("export", "texts", path, "--project", book)
    assert '"\'- a\n- b"' in path.read_text(encoding="utf-8-sig")
    assert run("import", "texts", path, "--project", book) == (0, "nothing to change\n")
    filled(path, {("handbook", "dimensions/1/values/1"): "One", ("on-time", "definition"): "'- a\n- c"})
    assert run("import", "texts", path, "--project", book, "--write")[0] == 0
    assert "1: {zh: 一, en: One}" in handbook.read_text(encoding="utf-8")
    assert file.read_text(encoding="utf-8") == text.replace("- b\n", "- c\n")


def test_no_spreadsheet_takes_the_hash_for_a_number(book: Path, tmp_path: Path) -> None:
    run("export", "texts", tmp_path / "t.csv", "--project", book)
    assert all(row["source"][0].isalpha() for row in table(tmp_path / "t.csv"))


@pytest.mark.parametrize(
    "name", ["indicators/on-time.yml", "data/../data/indicators/on-time.yml", "data/x.yml"]
)
def test_a_row_of_no_file_of_the_handbook_is_told(name: str, book: Path, tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    run("export", "texts", path, "--project", book)
    path.write_text(
        path.read_text(encoding="utf-8").replace("data/indicators/on-time.yml", name), encoding="utf-8"
    )
    code, out = run("import", "texts", path, "--project", book, "--write")
    assert (code, f"error[missing-file] there is no '{name}'" in out) == (1, True)


def test_a_file_of_mixed_line_ends_is_not_written_anew(book: Path, tmp_path: Path) -> None:
    file = book / "data/indicators/on-time.yml"
    file.write_bytes(file.read_bytes().replace(b"frequency: month\n", b"frequency: month\r\n"))
    path, before = tmp_path / "t.csv", file.read_bytes()
    run("export", "texts", path, "--project", book)
    filled(path, {("on-time", "name"): "On time"})
    code, out = run("import", "texts", path, "--project", book, "--write")
    assert (code, file.read_bytes()) == (1, before)
    assert out.count("error[not-written] its line ends or letters are mixed") == 1


def test_every_text_of_data_is_in_the_table_and_the_table_is_not_in_data(tmp_path: Path) -> None:
    root = Path(__file__).parents[2]
    run("export", "texts", tmp_path / "t.csv", "--project", root)
    told = {row["file"] for row in table(tmp_path / "t.csv")}
    bilingual = {
        path.relative_to(root).as_posix()
        for path in (root / "data").rglob("*.yml")
        if "{zh: " in path.read_text(encoding="utf-8")
    }
    assert bilingual <= told
    code, out = run("export", "texts", root / "data/t.csv", "--project", root)
    assert (code, (root / "data/t.csv").exists()) == (2, False)
    assert "where the handbook's own files are" in out


def test_the_help_says_that_no_edition_holds_for_it() -> None:
    assert "whatever an edition hides" in " ".join(run("export", "texts", "--help")[1].split())
