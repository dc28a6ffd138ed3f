"""The example of `handbook init` taken away again: what is an author's own stays, and the rest builds."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from generator.cli import main
from generator.pipeline import check_project


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(one) for one in arguments], catch_exceptions=False)


def names(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("language", ["zh", "both"])
def test_what_is_left_of_a_new_handbook_is_a_bare_one(language: str, tmp_path: Path) -> None:
    """Told first, done with --write; the same files as `init --bare`, and nothing is complained of."""
    run("init", tmp_path / "a", "--language", language)
    run("init", tmp_path / "bare", "--language", language, "--bare")
    before = names(tmp_path / "a")
    told = run("clear", tmp_path / "a").output
    assert names(tmp_path / "a") == before
    done = run("clear", tmp_path / "a", "--write").output
    assert names(tmp_path / "a") == names(tmp_path / "bare")
    gone = before - names(tmp_path / "a")
    assert all(f"goes: {name}\n" in told and f"goes: {name}\n" in done for name in gone)
    assert "data/pilots/service-desk-pilot.yml" in gone
    for name in ("content/index.md", "data/results/README.md"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "bare" / name).read_bytes()
    assert "service-desk.csv" not in (tmp_path / "a/data/results/README.md").read_text("utf-8")
    for folder in ("a", "bare"):
        assert not list(check_project(tmp_path / folder).problems)
    assert "nothing of the example" in run("clear", tmp_path / "a").output


def test_what_an_author_changed_or_uses_stays(tmp_path: Path) -> None:
    run("init", tmp_path / "a", "--language", "zh")
    own = tmp_path / "a/data"
    (own / "pilots/ours.yml").write_text(
        "id: ours\nname: 我们的\npack: [{indicator: cost-per-ticket}]\n", "utf-8"
    )
    case = tmp_path / "a/content/cases/ask-once.md"
    case.write_text(case.read_text("utf-8").replace("一次问全", "一次问清"), "utf-8")
    told = run("clear", tmp_path / "a", "--write").output
    assert "stays, because it was changed: content/cases/ask-once.md" in told
    assert "stays, because data/pilots/ours.yml names it: data/indicators/cost-per-ticket.yml" in told
    assert (own / "indicators/cost-per-ticket.yml").is_file()
    assert (own / "indicators/customer-satisfaction.yml").is_file()  # a guardrail of the one that is used
    assert (own / "pilots/service-desk-pilot.yml").is_file()  # the case that was changed names it
    assert not (own / "workshops/2026-03-06-service-desk.yml").exists()


def test_a_definition_that_was_changed_keeps_all_that_it_rests_on(tmp_path: Path) -> None:
    """The goals that it names, and what these name: the check has nothing to say afterwards."""
    run("init", tmp_path / "a", "--language", "both")
    own = tmp_path / "a/data/indicators/ticket-resolution-time.yml"
    own.write_text(own.read_text("utf-8") + "# ours\n", "utf-8")
    answers = tmp_path / "a/data/diagnosis/responses/2026-03-11-service-desk.csv"
    answers.write_bytes(answers.read_bytes() + b"\n")
    case = tmp_path / "a/content/cases/ask-once.en.md"
    case.write_text(case.read_text("utf-8") + "\nOurs.\n", "utf-8")
    told = run("clear", tmp_path / "a", "--write").output
    assert " names it: data/strategy.yml\n" in told
    assert (tmp_path / "a/data/diagnosis/2026-03-11-service-desk.yml").is_file()
    assert (tmp_path / "a/content/cases/ask-once.md").is_file()
    assert not [one for one in check_project(tmp_path / "a").problems if one.level == "error"]


@pytest.mark.parametrize("said", ["[that case](cases/ask-once.md)", "{{ case ask-once }}"])
def test_a_case_that_a_page_shows_is_used(said: str, tmp_path: Path) -> None:
    run("init", tmp_path / "a", "--language", "zh")
    (tmp_path / "a/content/ours.md").write_text(f"# Ours\n\n{said}\n", "utf-8")
    told = run("clear", tmp_path / "a").output
    assert "stays, because content/ours.md names it: content/cases/ask-once.md" in told


@pytest.mark.parametrize("form", ["gb18030", "xlsx"])
def test_what_results_call_by_its_name_is_used(form: str, tmp_path: Path) -> None:
    """As a spreadsheet in China saves it: names, and letters that are not UTF-8."""
    run("init", tmp_path / "a", "--language", "zh")
    head, line = ("期间", "指标", "数值"), ("2026-09", "单张工单成本", "30")
    if form == "xlsx":
        book = openpyxl.Workbook()
        assert book.active is not None
        book.active.append(head)
        book.active.append(line)
        book.save(tmp_path / "a/data/results/ours.xlsx")
    else:
        (tmp_path / "a/data/results/ours.csv").write_text(f"{','.join(head)}\n{','.join(line)}\n", "gb18030")
    told = run("clear", tmp_path / "a").output
    assert f"because data/results/ours.{'xlsx' if form == 'xlsx' else 'csv'} names it: " in told
    assert "goes: data/indicators/cost-per-ticket.yml" not in told


def test_a_handbook_of_ones_own_has_nothing_to_clear(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data/handbook.yml").write_text("title: 手册\nlanguages: [zh]\n", "utf-8")
    assert "nothing of the example" in run("clear", tmp_path, "--write").output
    assert run("init", tmp_path / "x", "--sample", "--bare").exit_code == 2
