"""Help pages in the language that is spoken: click's formatter, with Chinese measured as a terminal shows it.

In English it is click's own, letter for letter.
"""

from __future__ import annotations

import inspect
import unicodedata
from collections.abc import Iterable, Iterator

import click

from generator.messages import said, spoken

_NO_START = "，。；：、！？）】」》”’,.;:!?)]"
"""What does not begin a line."""

_NO_END = "（“‘《【"
"""What does not end one."""

_NAMES = 34
"""Columns for names of options at most; a longer one has its words below it."""


class SpokenFormatter(click.HelpFormatter):
    """Writes click's own words, and ours, in the language that is spoken."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """The line of usage."""
        super().write_usage(prog, args, prefix if spoken() == "en" else said("Usage:"))

    def write_heading(self, heading: str) -> None:
        """A heading of a section."""
        if spoken() == "en":
            super().write_heading(heading)
        else:
            self.write(f"{'':>{self.current_indent}}{said(heading)}:\n")

    def write_text(self, text: str) -> None:
        """Paragraphs, wrapped."""
        if spoken() == "en":
            super().write_text(text)
            return
        indent = " " * self.current_indent
        paragraphs = said(text).split("\n\n")
        filled = (
            "\n".join(indent + line for line in wrapped(one, self.width - len(indent))) for one in paragraphs
        )
        self.write("\n\n".join(filled) + "\n")

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Options or commands with what they do."""
        if spoken() == "en":
            super().write_dl(rows, col_max, col_spacing)
            return
        told = [(name, _with_extra(words)) for name, words in rows]
        first = min(max(len(name) for name, _ in told), _NAMES) + col_spacing
        for name, words in told:
            lines = list(wrapped(words, self.width - first - self.current_indent)) or [""]
            beside = len(name) <= first - col_spacing
            start = f"{'':>{self.current_indent}}{name}"
            self.write(f"{start}{'':>{first - len(name)}}{lines[0]}\n" if beside else f"{start}\n")
            for line in lines[1:] if beside else lines:
                self.write(f"{'':>{self.current_indent + first}}{line}\n")


def _with_extra(words: str) -> str:
    """What click adds behind the help of an option, as its default, is said by itself."""
    text, bracket, extra = words.rpartition("  [")
    if not bracket:
        return said(words)
    inner = (said(one) for one in extra.removesuffix("]").split("; "))
    return f"{said(text)}（{'；'.join(inner)}）"


def wrapped(text: str, width: int) -> Iterator[str]:
    """The lines of a text of one paragraph: a Chinese sign is two columns wide, a line may end behind it."""
    line, room = "", width
    for piece in _pieces(" ".join(text.split("\n"))):
        columns = len(piece) + len([letter for letter in piece if _columns(letter) == 2])
        if columns > room and line and piece[0] not in _NO_START:
            yield line.rstrip()
            line, room = "", width
            if piece == " ":
                continue
        line += piece
        room -= columns
    if line.strip():
        yield line.rstrip()


def _pieces(text: str) -> Iterator[str]:
    """Single Chinese signs and blanks, and Latin words whole."""
    word = ""
    for letter in text:
        if letter in _NO_END:
            if word:
                yield word
            word = letter
        elif letter == " " or _columns(letter) == 2:
            if word and word not in _NO_END:
                yield word
                word = ""
            yield word + letter
            word = ""
        else:
            word += letter
    if word:
        yield word


def _columns(letter: str) -> int:
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1


class Listing(click.Group):
    """A group of commands whose list says what each does in the language that is spoken."""

    group_class = type

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The commands; in Chinese each with the first sentence of its help, whole."""
        if spoken() == "en":
            super().format_commands(ctx, formatter)
            return
        rows = []
        for name in self.list_commands(ctx):
            command = self.get_command(ctx, name)
            if command is not None and not command.hidden:
                head = said(inspect.cleandoc(command.help or ""))
                rows.append((name, head.partition("。")[0]))
        with formatter.section("Commands"):
            formatter.write_dl(rows)
