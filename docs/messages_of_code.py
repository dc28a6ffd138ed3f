"""Finds what the program says to people, by reading its code: the keys of the catalogues.

A message is written once, in English, where it is made, mostly as an f-string. What is said is known by its
pattern: the f-string as it stands in the code, each `{…}` named by the last word of its expression. Used by
`docs/make_messages.py`, which renews the catalogue, and by the test that no message lacks its Chinese; never
by a command.
"""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import click

from docs.message_words import NO_MESSAGES, WORDS
from generator.cli import main
from generator.model.json_schema import FILE_KINDS, INPUT_KINDS
from generator.schema_files import all_schemas
from generator.starter.explain import faults, fields

_WORDS = re.compile(
    r"^(?:is )?1 [a-z]{3}|[A-Za-z][\w'’-]*[,;:.]? [a-z'`{(]|\}[,;:]? [a-z]|[a-z]\w+[,;:]? '?\{|`handbook"
)
"""Two words beside each other: what reads like a sentence or a part of one."""

_NO_WORDS = re.compile(
    r"(?<![/-])</?[a-z]+[ >]|<\?xml|--[a-z-]+-color|\\[sdw.]|\[\^|\(\?|;\n|^# zh: "
    r"|^(select (?!the )|set \w+ = |set allowed|create |insert into |PRAGMA )"
    r"|\b(case when|group by|partition by|left join|handbook_raw)\b|\bEXTRACT\(|\blimit 0$|\(date '"
    r"|[a-z]\|[a-z ]+\|[a-z]|^\{\w+\} as \"\{"
    r"|\b(quantile_cont|date_trunc|cast|count|sum|epoch|max|min)\(|\bis (not )?null\b|^[a-z_]+ = 1|\\b\("
    r"|\{(CASES|VISITS|LOG|DAYS)\d?\}|^ and (ended|c\.)"
)
"""Markup, style, SQL, lists of keys and regular expressions: for programs."""

SILENT = (
    "compute/",  # computes; what it says of a figure are keys that pages put in words
    "present/",  # pages have labels; own_words.py is looked at all the same
    "exchange/export_",  # the export's reasons are for programs, and a promise
    "exchange/datapackage",
    "messages/",
    "measure/figures",  # asks in SQL
    "measure/groups",
    "site/frame",
)
"""Modules that say nothing to whoever runs a command."""

SPEAKING = ("present/text/own_words.py", "present/brand.py")


def named(expression: ast.expr) -> str:
    """The name of a place in a message: the last word of its expression."""
    match expression:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case ast.Call(func=inner) | ast.Subscript(value=inner) | ast.Starred(value=inner):
            return named(inner)
        case ast.IfExp():
            return "either"
    return "value"


def pattern(text: ast.JoinedStr) -> str:
    """An f-string as a key: its words, and its places by name, a second one of a name with a number."""
    said, seen = "", dict[str, int]()
    for part in text.values:
        if isinstance(part, ast.FormattedValue):
            name = named(part.value).strip("_")
            seen[name] = seen.get(name, 0) + 1
            said += "{" + name + (str(seen[name]) if seen[name] > 1 else "") + "}"
        elif isinstance(part, ast.Constant):
            said += str(part.value).replace("{", "{{").replace("}", "}}")
    return said


def _plain(text: str) -> str:
    """A text of the code as a key; `{0}` and `{name}` in it are places that `format` fills."""
    return re.sub(r"(\{\w+\})|[{}]", lambda found: found[1] or found[0] * 2, text)


def reads(text: str) -> bool:
    """Whether a text in the code reads like words for people."""
    return bool(_WORDS.search(text)) and not _NO_WORDS.search(text)


def messages_of(code: str) -> Iterator[tuple[int, str]]:
    """(line, key) of what a module says, in its order; without its docstrings."""
    tree = ast.parse(code)
    silent: set[ast.AST] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            silent.add(node.value)
        elif isinstance(node, ast.JoinedStr):
            silent.update(node.values)
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            if node.targets[0].id == "WHY":
                silent.update(ast.walk(node.value))
        elif isinstance(node, ast.FunctionDef | ast.AnnAssign):
            for annotation in (getattr(node, "returns", None), getattr(node, "annotation", None)):
                silent.update(ast.walk(annotation) if annotation else ())
        elif isinstance(node, ast.arg) and node.annotation:
            silent.update(ast.walk(node.annotation))
    for node in ast.walk(tree):
        if isinstance(node, ast.FormattedValue):
            silent.discard(node)
    found = []
    for node in ast.walk(tree):
        if node in silent:
            continue
        if isinstance(node, ast.JoinedStr):
            found.append((node.lineno, node.col_offset, pattern(node)))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            found.append((node.lineno, node.col_offset, _plain(node.value)))
    for line, _, text in sorted(set(found)):
        if reads(text):
            yield line, text


def told_by(root: Path) -> Iterator[tuple[str, str]]:
    """(module, key) of every message of the package at `root`; module as `check/pack_size.py`."""
    for path in sorted(root.rglob("*.py")):
        module = path.relative_to(root).as_posix()
        if module.startswith(SILENT) and module not in SPEAKING:
            continue
        for _, text in messages_of(path.read_text("utf-8")):
            if text not in NO_MESSAGES and "Try '{command_path}" not in text:
                yield module, text


def helps_of(command: click.Command) -> Iterator[str]:
    """The help of a command, of its options and of its commands."""
    if command.help:
        yield inspect.cleandoc(command.help)
    for option in command.params:
        if isinstance(option, click.Option) and option.help:
            yield option.help
    if isinstance(command, click.Group):
        for inner in command.commands.values():
            yield from helps_of(inner)


def sentences(text: str) -> list[str]:
    """The sentences of a docstring, as a hint quotes them: without their full stop."""
    return re.split(r"(?<!e\.g)(?<!i\.e)\. ", " ".join(text.split()).removesuffix("."))


def documented() -> Iterator[str]:
    """What the fields of the data format mean, a sentence each, and what the faults of files do."""
    for field in fields():
        yield from sentences(field.meaning)
    known = all_schemas()
    for kind in FILE_KINDS | INPUT_KINDS:
        for part in (known[kind], *known[kind].get("$defs", {}).values()):
            for described in (part, *part.get("properties", {}).values()):
                yield from sentences(described.get("description", ""))
    for meaning in faults().values():
        yield meaning.removesuffix(".")


@cache
def all_keys(root: Path) -> tuple[tuple[str, str], ...]:
    """(where it is said, key) of everything that is said, each key once."""
    found: dict[str, str] = {}
    fixed = [("help", text) for text in helps_of(main)] + [("fields", text) for text in documented()]
    escaped = [(place, text.replace("{", "{{").replace("}", "}}")) for place, text in fixed]
    for place, key in (*escaped, *(("words", word) for word in WORDS), *told_by(root)):
        if key:
            found.setdefault(key, place)
    return tuple((place, key) for key, place in found.items())
