"""The reference in Chinese: fields and commands by the catalogue of messages, rules by the site's labels."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import click

from generator.check import RULES
from generator.cli import main
from generator.messages import said, speak
from generator.model.json_schema import FILE_KINDS, INPUT_KINDS, form_of
from generator.present.text.words import labels
from generator.schema_files import all_schemas

LEVELS = {"error": "错误", "warning": "警告", "note": "提示"}


def pages(made: str) -> dict[str, str]:
    """Path and content of the three pages; `made` says that they are."""
    speak("zh")
    try:
        return {
            "docs/reference/fields.zh.md": f"{made}\n\n{_fields()}",
            "docs/reference/rules.zh.md": f"{made}\n\n{_rules()}",
            "docs/reference/commands.zh.md": f"{made}\n\n{_commands()}",
        }
    finally:
        speak("en")


def _fields() -> str:
    schemas = all_schemas()
    parts = ["# 全部字段", "每种文件的每个键。*必填* 的标了出来，其余都可以不写。"]
    for kind, (_, files) in (FILE_KINDS | INPUT_KINDS).items():
        what = said(_plain(schemas[kind].get("description", ""))).partition("：")[2]
        where = files or "content/cases/*.md（页首）"
        parts.append(f"## {kind}\n\n`{where}`" + (f"：{what}" if what else ""))
        parts.extend(_tables(schemas[kind]))
    return "\n\n".join(parts) + "\n"


def _tables(schema: Mapping[str, Any]) -> Iterator[str]:
    parts = schema.get("$defs", {})
    yield _table(schema, parts)
    for name, part in parts.items():
        if part.get("properties"):
            yield f"### {name}\n\n{said(_plain(part.get('description', '')))}\n\n{_table(part, parts)}"


def _table(part: Mapping[str, Any], parts: Mapping[str, Any]) -> str:
    required = set(part.get("required", ()))
    rows = ["| 键 | 形式 | 意思 |", "| --- | --- | --- |"]
    for key, value in part.get("properties", {}).items():
        form = form_of(value)
        meaning = _plain(value.get("description") or parts.get(form, {}).get("description", ""))
        name = f"`{key}`" + (" *必填*" if key in required else "")
        rows.append(f"| {name} | {_cell(form)} | {_cell(said(meaning))} |")
    return "\n".join(rows)


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _rules() -> str:
    words = labels("zh")
    head = (
        "`handbook check` 拿数据和这些规则比。错误会停下生成；警告和提示不会，写在网站的质量页上。"
        "`handbook explain 规则名` 在终端里说明一条。每条规则怎样算违反、怎样改好，英文页里有例子。"
    )
    parts = ["# 全部规则", head]
    for rule in RULES:
        settings = "、".join(f"`{key}: {_value(value)}`" for key, value in rule.settings.items())
        parts.append(
            f"## {rule.id}\n\n**{words[f'rules.{rule.id}.name']}**（{LEVELS[rule.level]}）。"
            f"{words[f'rules.{rule.id}.why']}"
            + (f"\n\n设置和默认值：{settings}。" if settings else "")
            + f"\n\n[例子（英文）](rules/{rule.id}.md)"
        )
    parts.append(
        "## 改设置、关掉规则\n\n写在 `data/handbook.yml` 的 `rules:` 下面："
        "`pack-size: {min: 3, max: 6}` 改设置，"
        "`goal-link: {off: 原因}` 关掉一条。只数在用的：草稿还不算，停用的不再算。"
    )
    return "\n\n".join(parts) + "\n"


def _value(value: object) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(str, value))}]"
    return str(value).lower() if isinstance(value, bool) else str(value)


def _commands() -> str:
    head = "退出码：0 完成，1 项目有错误或者电脑不让做，2 命令写得不对，3 `handbook` 自己的错。"
    parts = ["# 全部命令", head]
    for path, command in _walk(main, ("handbook",)):
        context = click.Context(command, info_name=" ".join(path), terminal_width=100)
        parts.append(f"## {' '.join(path)}\n\n```text\n{command.get_help(context)}\n```")
    return "\n\n".join(parts) + "\n"


def _walk(command: click.Command, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    yield path, command
    if isinstance(command, click.Group):
        for name, inner in sorted(command.commands.items()):
            yield from _walk(inner, (*path, name))
