"""Everything that is said to whoever runs a command is said in Chinese too, and English stays as it was."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from docs.make_messages import CATALOGUE, catalogue
from docs.messages_of_code import all_keys, messages_of
from generator.cli import main
from generator.messages import language_of, said, speak
from generator.messages.catalogue import entries, parts_of
from generator.messages.help_text import wrapped
from tests.problems.assemble import CASES, HERE

ROOT = Path(__file__).parents[2]
KNOWN = dict(entries(CATALOGUE))

ENGLISH = re.compile(r"[A-Za-z]{2,} [A-Za-z]{2,}")
CODE = re.compile(r"“[^”]*”|'[^']*'|`[^`]*`|\{[^}]*\}|\[[^\]]*\]|content/\S+ \S+|（Cannot[^）]*）")
"""Names, values and code of the author's, and what a library said of a file."""

SHORT = 18
"""Letters of parts that are known only within a sentence."""

OTHERS = ROOT / "tests/unit/messages_zh.txt"
"""English, and the exact Chinese below it, of one case each."""


@pytest.fixture
def chinese() -> None:
    speak("zh")


def test_every_message_of_the_code_has_its_chinese() -> None:
    lacking = [f"{place}: {key}" for place, key in all_keys(ROOT / "generator") if not KNOWN.get(key)]
    assert lacking == [], "run: python docs/make_messages.py, and translate what it names"


def test_the_catalogue_is_fresh() -> None:
    assert CATALOGUE.read_text("utf-8") == catalogue(KNOWN), "run: python docs/make_messages.py"


def test_places_agree() -> None:
    """Chinese invents no place; it may leave one out where a plural's s stood."""
    for key, value in KNOWN.items():
        have, want = ({name for name, _ in parts_of(text)[1]} for text in (key, value))
        assert want <= have, key
        lost = {re.sub(r"\d+$", "", name) for name in have - want}
        assert lost <= {"either", "periods", "count"}, f"{key}: {lost}"


@pytest.mark.usefixtures("chinese")
def test_a_message_is_known_by_its_pattern() -> None:
    """What the code would say with a name in each place is recognised, and every name is still there."""
    for key, value in KNOWN.items():
        words, places = parts_of(key)
        given = [f"x{number}y" for number in range(len(places))]
        english = words[0] + "".join(name + after for name, after in zip(given, words[1:], strict=True))
        told = said(english)
        assert told != english or value == key or len(english) < SHORT, key
        if "either" not in key and told != english:
            assert [name for name in given if name not in told] == [], f"{key}: {told}"


@pytest.mark.usefixtures("chinese")
@pytest.mark.parametrize("case", CASES)
def test_nothing_of_a_broken_project_is_told_in_english(case: str) -> None:
    for line in (HERE / case / "expected.txt").read_text("utf-8").splitlines():
        message = re.sub(r"^(\S[^:]*:\d+:\d+: \w+\[[a-z0-9-]+\]|    hint:) ", "", line)
        assert not ENGLISH.search(CODE.sub("", said(message))), f"{message}\n{said(message)}"


@pytest.mark.usefixtures("chinese")
def test_exact_chinese() -> None:
    lines = OTHERS.read_text("utf-8").splitlines()
    assert len(lines) > 80
    for english, expected in zip(lines[::2], lines[1::2], strict=True):
        assert f"    {said(english)}" == expected, english


def test_the_walk_finds_messages_and_parts_of_them() -> None:
    code = '''
WHY = "not for the walk"
def f(a: "Some type"):
    """A docstring is none."""
    size = "1 thing too many" if a else f"{len(a)} things"
    problems.error(mark, "rule", f"the pack has {size}, not {a.b}", hint="take one away")
'''
    assert [key for _, key in messages_of(code)] == [
        "1 thing too many",
        "{len} things",
        "the pack has {size}, not {b}",
        "take one away",
    ]


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "zh_TW.UTF-8"}, "zh"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
    ],
)
def test_the_language_of_the_environment(environment: dict[str, str], language: str) -> None:
    assert language_of(environment) == language


@pytest.mark.parametrize(
    "words", [["--lang", "zh", "check"], ["check", "--lang=zh"], ["check", ".", "--lang", "zh"]]
)
def test_lang_stands_anywhere(words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    told = CliRunner().invoke(main, words, prog_name="handbook")
    assert told.output == (
        "data/handbook.yml:1:1: 错误[missing-file] 没有这个文件\n"
        "    怎么改：每本手册都有它；至少要写 title: … 和 languages: [zh, en]\n"
        "1 个错误\n\n"
    )
    assert CliRunner().invoke(main, ["check"]).output.endswith("1 error\n\n")


def test_machine_forms_follow_and_keep_their_words(tmp_path: Path) -> None:
    told = CliRunner().invoke(main, ["check", str(tmp_path), "--format", "json", "--lang", "zh"]).output
    assert '"level": "error"' in told
    assert '"message": "没有这个文件"' in told
    fingerprints = [
        re.findall('"fingerprint": "(.*)"', CliRunner().invoke(main, ["check", str(tmp_path), *words]).output)
        for words in (["--format", "gitlab"], ["--format", "gitlab", "--lang", "zh"])
    ]
    assert fingerprints[0] == fingerprints[1] != []


def test_refusals_are_told_in_chinese(tmp_path: Path) -> None:
    told = CliRunner().invoke(main, ["import", "results", "--lang", "zh"], prog_name="handbook")
    assert told.exit_code == 2
    assert told.output == (
        "用法：handbook import results [OPTIONS] FILE\n"
        "用法可以看 handbook import results --help。\n\n"
        "错误：缺少参数 'FILE'。\n"
    )
    told = CliRunner().invoke(main, ["--lang", "fr", "check"])
    assert "Invalid value for '--lang': 'fr' is not one of 'zh', 'en'." in told.output


def commands(group=main, path=()):
    for name, command in group.commands.items():
        yield (*path, name)
        if hasattr(command, "commands"):
            yield from commands(command, (*path, name))


@pytest.mark.parametrize("words", [*commands()], ids=" ".join)
def test_help_is_chinese_whole(words: tuple[str, ...]) -> None:
    told = CliRunner().invoke(main, [*words, "--help", "--lang", "zh"], prog_name="handbook").output
    assert told.startswith("用法：handbook")
    assert "显示这份说明" in told
    sentences = re.sub(
        r"^用法：.*|--[a-z-]+ [A-Z]+|\[[A-Za-z|]+\]|`[^`]*`|\(.*?\)|（[^）]*）", "", told, flags=re.MULTILINE
    )
    assert not ENGLISH.search(re.sub(r"JSON Schema|BPMN 2.0|LANGUAGE|Open SDG|SSH", "", sentences)), told


def test_lines_of_help_are_as_wide_as_the_terminal_shows_them() -> None:
    assert list(wrapped("写进这个文件；默认写到标准输出（见 README）。", 20)) == [
        "写进这个文件；默认写",
        "到标准输出（见",
        "README）。",
    ]
