"""Docs, README, help, labels and model name no command and no option of `handbook` that does not exist."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from generator.cli import main

ROOT = Path(__file__).parents[2]
PATTERNS = (
    "*.md", "docs/*.md", "docs/reference/*.md", "generator/**/*.py", "generator/**/labels/**/*.yml",
    "theme/**/*.jinja", ".github/**/*.*", "Makefile", "examples/**/*.md", "content/**/*.md", "data/**/*.yml",
    "mkdocs.yml",
)  # fmt: skip
FILES = sorted(
    path
    for pattern in PATTERNS
    for path in ROOT.glob(pattern)
    if path.is_file() and "vendor" not in path.parts
)
# In code marks, or at the start of a line of a shell; "the handbook is …" is no command.
BEFORE = r"`|^\s*(?:\$ )?|/bin/|\\Scripts\\|\$\(BIN\)/|&& |- run: "
SAID = re.compile(rf"(?:{BEFORE})handbook ([a-z][^`\n#]*)", re.MULTILINE)


def said(path: Path) -> Iterator[tuple[int, str]]:
    text = path.read_text(encoding="utf-8")
    for match in SAID.finditer(text):
        yield text.count("\n", 0, match.start(1)) + 1, match[1].rstrip(" \\")


def fault(words: str) -> str | None:
    """What is wrong with `handbook WORDS`; None where it can be typed."""
    command: click.Command = main
    rest = re.split(r"\s(?:>|&&|\|)\s", words)[0].split()
    while isinstance(command, click.Group):
        if not rest or not re.fullmatch(r"[a-z][a-z-]*", rest[0].rstrip(".,;:)")):
            break
        name = rest.pop(0).rstrip(".,;:)")
        if name not in command.commands:
            return f"there is no '{name}'"
        command = command.commands[name]
    known = {
        option for parameter in command.params for option in (*parameter.opts, *parameter.secondary_opts)
    }
    for word in rest:
        option = re.match(r"--?[a-z][a-z-]*", word)
        if option and option[0] not in known | {"--help", "-h"}:
            return f"there is no option '{option[0]}'"
    return None


def test_texts_name_only_commands_that_exist() -> None:
    assert len(FILES) > 100
    told = [
        f"{path.relative_to(ROOT)}:{line}: handbook {words}: {wrong}"
        for path in FILES
        for line, words in said(path)
        if (wrong := fault(words))
    ]
    assert told == []


@pytest.mark.parametrize(
    ("words", "wrong"),
    [
        ("build --out site", None),
        ("review 2026-Q3 my-handbook", None),
        ("export json > all.json", None),
        ("gather", "there is no 'gather'"),
        ("export pdf", "there is no 'pdf'"),
        ("build --fast", "there is no option '--fast'"),
    ],
)
def test_what_counts_as_a_command_that_exists(words: str, wrong: str | None) -> None:
    assert fault(words) == wrong


def test_every_command_is_named_in_the_reference() -> None:
    text = (ROOT / "docs/reference/commands.md").read_text(encoding="utf-8")
    for name, command in main.commands.items():
        inner = [f"{name} {one}" for one in command.commands] if isinstance(command, click.Group) else [name]
        assert all(f"## handbook {one}\n" in text for one in inner)
