"""The example of `handbook init` taken away again: what is an author's own stays, and the rest builds."""

from __future__ import annotations

from pathlib import Path

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
    assert (tmp_path / "a/content/index.md").read_bytes() == (tmp_path / "bare/content/index.md").read_bytes()
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


def test_a_handbook_of_ones_own_has_nothing_to_clear(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data/handbook.yml").write_text("title: 手册\nlanguages: [zh]\n", "utf-8")
    assert "nothing of the example" in run("clear", tmp_path, "--write").output
    assert run("init", tmp_path / "x", "--sample", "--bare").exit_code == 2
