"""`handbook docs` finds the documents, and those in Chinese say what the English ones say."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from docs.make_site import LANGUAGES, _plain, _rule_pages
from docs.reference_parts import one_line
from docs.reference_zh import EXPORT
from generator import documents_command
from generator.cli import main
from generator.messages.catalogue import entries
from generator.schema_files import all_schemas

DOCS = Path(__file__).parents[2] / "docs"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_docs_opens_the_installed_site(
    language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = tmp_path / language / "index.html"
    page.parent.mkdir()
    page.touch()
    opened: list[str] = []
    monkeypatch.setattr(documents_command, "INSTALLED", tmp_path)
    monkeypatch.setattr(documents_command.webbrowser, "open", opened.append)
    assert CliRunner().invoke(main, ["docs", "--lang", language]).output == f"{page}\n"
    assert opened == [page.as_uri()]
    assert CliRunner().invoke(main, ["docs", "--lang", language, "--no-browser"]).output == f"{page}\n"
    assert len(opened) == 1


def test_a_checkout_says_where_they_are_and_nothing_installed_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert CliRunner().invoke(main, ["docs"]).output == f"{DOCS / 'start.md'}\n"
    assert CliRunner().invoke(main, ["docs", "--lang", "zh"]).output == f"{DOCS / 'start.zh.md'}\n"
    monkeypatch.setattr(documents_command, "SOURCES", tmp_path)
    told = CliRunner().invoke(main, ["docs", "--lang", "zh"])
    assert (told.exit_code, told.output) == (1, "错误：这里没有装文档；请重新安装 wheel\n")


def test_every_page_of_the_navigation_is_there() -> None:
    for language in LANGUAGES:
        for page in language.pages.values():
            assert (DOCS / page).exists(), page


def test_every_page_is_there_in_both_languages() -> None:
    """The site's pages, those of the rules among them, by the names that both languages have."""
    chinese, english = (
        sorted(_plain(page) for page in (*language.pages.values(), *_rule_pages(language)))
        for language in LANGUAGES
    )
    assert chinese == english
    assert len(chinese) > 50
    assert all(page.endswith(".zh.md") for page in LANGUAGES[0].pages.values())


def test_every_meaning_of_the_export_has_its_chinese() -> None:
    schema, known = all_schemas()["export"], dict(entries(EXPORT))
    parts = [schema, *schema["$defs"].values()]
    said = [text for part in parts for text in (part, *part.get("properties", {}).values())]
    told = {one_line(text["description"]) for text in said if text.get("description")}
    assert {text for text in told if not known.get(text)} == set(), "translate them in docs/export_zh.po"
    assert set(known) == told, "what the export says no more"
    for text, chinese in known.items():
        names = [set(re.findall(r"`[^`]+`|\d+", one)) for one in (text, chinese)]
        assert names[0] == names[1], text


def test_no_page_in_chinese_has_an_english_sentence() -> None:
    """Code, names and messages of tools aside; nor does one stand between Chinese words."""
    for page in [*LANGUAGES[0].pages.values(), *_rule_pages(LANGUAGES[0])]:
        text = re.sub(r"```.*?```|`[^`]*`|<!--.*?-->", "", (DOCS / page).read_text("utf-8"), flags=re.DOTALL)
        for line in text.splitlines():
            found = re.search(r"(?<![A-Za-z,:] )\b[a-z]+(?: [a-z]+){5,}", line)
            assert not found, f"{page}: {line}"


TOLD_BY_FIGURES = ("computations", "hosts", "releasing")


@pytest.mark.parametrize("name", TOLD_BY_FIGURES)
def test_a_page_in_chinese_tells_section_by_section_the_figures_and_names_of_the_english_one(
    name: str,
) -> None:
    """Every number, formula sign, name of a key or a file, table and section of the one is in the other."""
    english, chinese = (
        re.split(r"^#+ .*$", (DOCS / f"{name}{end}.md").read_text("utf-8"), flags=re.MULTILINE)
        for end in ("", ".zh")
    )
    assert len(english) == len(chinese)
    for place, (one, other) in enumerate(zip(english, chinese, strict=True)):
        assert one.count("\n|") == other.count("\n|"), place
        spans = [set(re.findall(r"`([^`\n]+)`", text)) for text in (one, other)]
        assert spans[0] ^ spans[1] <= {"handbook export markdown TARGET", "handbook export markdown 目录"}
        plain = [re.sub(r"`[^`\n]*`|\(\S+\.md\S*\)", "", text) for text in (one, other)]
        numbers = [set(re.findall(r"\d+\.\d+|(?<![\d])\.\d+|\d{2,}", text)) for text in plain]
        assert numbers[0] <= numbers[1], place
        assert numbers[1] - numbers[0] <= {"12"}, f"{place}: beyond December, which has a number"
        signs = [set(re.findall(r"[Σ√ρτλμ∈≤≥⅔½¼¾]|Φ|²", text)) for text in plain]
        assert signs[0] == signs[1], place


def test_the_guide_in_chinese_has_every_section_command_and_field_of_the_english_one() -> None:
    english, chinese = ((DOCS / name).read_text("utf-8") for name in ("authoring.md", "authoring.zh.md"))
    levels = [[len(head) for head in re.findall("^(#+) ", text, re.MULTILINE)] for text in (english, chinese)]
    assert levels[0] == levels[1]
    commands = [
        set(re.findall(r"`handbook ([a-z]+(?: (?:excel|results|texts|bpmn|workshop|open-sdg))?)", text))
        for text in (english, chinese)
    ]
    assert commands[0] <= commands[1]
    yaml = [re.findall(r"```yaml\n(.*?)```", text, re.DOTALL) for text in (english, chinese)]
    bare = [[re.sub(r" *#.*", "", block) for block in blocks] for blocks in yaml]
    assert bare[0] == bare[1]
    named = [
        {
            name
            for span in re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", text, flags=re.DOTALL))
            for name in re.findall(r"--[a-z-]+|[a-z]+(?:_[a-z]+)+|[A-Z_]{12,}|^[a-z]+(?=:)", span)
        }
        for text in (english, chinese)
    ]
    assert len(named[0]) > 80
    assert named[0] - named[1] == {"draw_log"}  # of an example that the English guide points to
