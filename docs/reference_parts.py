"""What the reference has in every language: tables of fields, and the help of every command.

Descriptions are put into the language that is spoken; headings come from the pages.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

import click

from generator.cli import main
from generator.messages import said
from generator.model.json_schema import form_of


class Heads(NamedTuple):
    """What a table of fields says above its columns, and behind a key that has to be there."""

    key: str
    form: str
    meaning: str
    required: str


def tables(schema: Mapping[str, Any], heads: Heads, say: Callable[[str], str] = said) -> Iterator[str]:
    """The fields of a schema, then those of each of its parts under the part's name.

    `say` puts what a field means into the language of the page.
    """
    parts = schema.get("$defs", {})
    yield _table(schema, parts, heads, say)
    for name, part in parts.items():
        if part.get("properties"):
            about = cell(say(one_line(part.get("description", ""))))
            yield f"### {name}\n\n{about}\n\n{_table(part, parts, heads, say)}"


def _table(part: Mapping[str, Any], parts: Mapping[str, Any], heads: Heads, say: Callable[[str], str]) -> str:
    required = set(part.get("required", ()))
    rows = [f"| {heads.key} | {heads.form} | {heads.meaning} |", "| --- | --- | --- |"]
    for key, value in part.get("properties", {}).items():
        name = f"`{key}`" + (f" *{heads.required}*" if key in required else "")
        form = form_of(value)
        # A field with a part's default has no description of its own in the schema; the part's says the same.
        meaning = value.get("description") or parts.get(form, {}).get("description", "")
        rows.append(f"| {name} | {cell(form)} | {cell(say(one_line(meaning)))} |")
    return "\n".join(rows)


def one_line(text: str) -> str:
    """A docstring in one line."""
    return re.sub(r"\s+", " ", text).strip()


def cell(text: str) -> str:
    """A text that may stand in a table."""
    return text.replace("|", "\\|")


def helps() -> Iterator[str]:
    """The help of every command under its name."""
    for path, command in _walk(main, ("handbook",)):
        context = click.Context(command, info_name=" ".join(path), terminal_width=100)
        yield f"## {' '.join(path)}\n\n```text\n{command.get_help(context)}\n```"


def _walk(command: click.Command, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    yield path, command
    if isinstance(command, click.Group):
        for name, inner in sorted(command.commands.items()):
            yield from _walk(inner, (*path, name))
