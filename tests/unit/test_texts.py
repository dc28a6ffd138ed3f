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
