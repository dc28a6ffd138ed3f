"""The reference in Chinese: fields and commands by the catalogue of messages, rules by the site's labels.

What the keys of the export mean stands in docs/export_zh.po, because no command says it.
"""

from __future__ import annotations

import re
from pathlib import Path

from docs.reference_parts import Heads, cell, helps, one_line, tables
from docs.rule_pages import CASES, examples, fenced, messages
from generator.check import RULES
from generator.check.rule import Rule
from generator.messages import said, speak
from generator.messages.catalogue import entries
from generator.model.json_schema import FILE_KINDS, INPUT_KINDS
from generator.model.result_columns import NEEDED_COLUMNS, RESULT_MEANINGS
from generator.present.text.words import labels
from generator.schema_files import all_schemas

LEVELS = {"error": "错误", "warning": "警告", "note": "提示"}
HEADS = Heads("键", "形式", "意思", "必填")


EXPORT = Path(__file__).with_name("export_zh.po")


def pages(made: str) -> dict[str, str]:
    """Path and content of the pages; `made` says that they are."""
    speak("zh")
    try:
        return {
            "docs/reference/fields.zh.md": f"{made}\n\n{_fields()}",
            "docs/reference/rules.zh.md": f"{made}\n\n{_rules()}",
            "docs/reference/commands.zh.md": f"{made}\n\n{_commands()}",
            "docs/reference/export.zh.md": f"{made}\n\n{_export()}",
            **{f"docs/reference/rules/{rule.id}.zh.md": f"{made}\n\n{_rule(rule)}" for rule in RULES},
        }
    finally:
        speak("en")


def _fields() -> str:
    schemas = all_schemas()
    parts = ["# 全部字段", "每种文件的每个键。*必填* 的标了出来，其余都可以不写。"]
    for kind, (_, files) in (FILE_KINDS | INPUT_KINDS).items():
        what = said(one_line(schemas[kind].get("description", ""))).partition("：")[2]
        where = files or "content/cases/*.md（页首）"
        parts.append(f"## {kind}\n\n`{where}`" + (f"：{what}" if what else ""))
        parts.extend(tables(schemas[kind], HEADS))
    parts.append("## results\n\n`data/results/*.csv`，和 `*.xlsx` 里的工作表。一行一个结果，列是这些。")
    rows = (
        f"| `{name}`{' *必填*' if name in NEEDED_COLUMNS else ''} | {cell(said(one_line(text)))} |"
        for name, text in RESULT_MEANINGS.items()
    )
    parts.append("\n".join(("| 列 | 意思 |", "| --- | --- |", *rows)))
    return "\n\n".join(parts) + "\n"


def _rules() -> str:
    words = labels("zh")
    head = (
        "`handbook check` 拿数据和这些规则比。错误会停下生成；警告和提示不会，写在网站的质量页上。"
        "`handbook explain 规则名` 在终端里说明一条。每条规则怎样算违反、怎样改好，它自己的页里有例子。"
    )
    parts = ["# 全部规则", head]
    for rule in RULES:
        settings = "、".join(f"`{key}: {_value(value)}`" for key, value in rule.settings.items())
        parts.append(
            f"## {rule.id}\n\n**{words[f'rules.{rule.id}.name']}**（{LEVELS[rule.level]}）。"
            f"{words[f'rules.{rule.id}.why']}"
            + (f"\n\n设置和默认值：{settings}。" if settings else "")
            + f"\n\n[例子](rules/{rule.id}.zh.md)"
        )
    parts.append(
        "## 改设置、关掉规则\n\n写在 `data/handbook.yml` 的 `rules:` 下面："
        "`pack-size: {min: 3, max: 6}` 改设置，"
        "`goal-link: {off: 原因}` 关掉一条。只数在用的：草稿还不算，停用的不再算。"
    )
    return "\n\n".join(parts) + "\n"


def _rule(rule: Rule) -> str:
    """A rule's own page: why it exists, what breaks it with what is told then, what holds it."""
    words, case = labels("zh"), CASES / f"rule-{rule.id}"
    settings = "、".join(f"`{key}: {_value(value)}`" for key, value in rule.settings.items())
    usual = ", ".join(f"{key}: {_value(value)}" for key, value in rule.settings.items())
    change = f"；没有改的话就是 `{rule.id}: {{{usual}}}`" if usual else ""
    return "\n\n".join(
        (
            f"# {rule.id}",
            f"**{words[f'rules.{rule.id}.name']}**",
            f"级别：**{LEVELS[rule.level]}**。" + (f"设置：{settings}。" if settings else "没有设置。"),
            f"## 为什么\n\n{words[f'rules.{rule.id}.why']}",
            "## 怎样算违反",
            *examples(case, case / "passing", common=True, missing="缺少 `{name}`。"),
            "`handbook check` 会说：",
            fenced("text", "\n".join(map(_message, messages(case, rule.id).splitlines()))),
            "## 怎样算遵守",
            *examples(case / "passing", case, missing="缺少 `{name}`。"),
            "## 改设置、关掉",
            f"写在 `data/handbook.yml` 的 `rules:` 下面：`{rule.id}: {{off: 原因}}` 关掉这条{change}。",
            "[全部规则](../rules.zh.md)\n",
        )
    )


def _message(line: str) -> str:
    """A line of what a check says, as it says it in Chinese."""
    if line.startswith("    hint: "):
        return f"    {said('hint: ')}{said(line.removeprefix('    hint: '))}"
    place, level, rest = re.split(r" (error|warning|note)(?=\[)", line, maxsplit=1)
    name, _, message = rest.partition("] ")
    return f"{place} {LEVELS[level]}{name}] {said(message)}"


def _export() -> str:
    known = dict(entries(EXPORT))
    head = (
        "`handbook export json` 写出的，也是网站里 `downloads/handbook.zip` 装的：页面说的一切。数写十二位；"
        "算不出来的是 null，同一个对象的 `why_not` 说为什么。以后的版本只加键，不改键。"
    )
    names = (
        "## 数的名字\n\n页面上的数带着它的全值和名字："
        '`<data value="98.17" data-figure="pilots/north/score">98</data>`。'
        "名字就是在导出里找到它的路：键用斜线连起来，列表里用那一项的 `id`，没有就用它的 `period`，"
        "再没有用它的 `indicator`，只是数的列表用从 0 起的位置。"
        "一张表、一个列表或一段话里有几个数在同一处时，"
        "由它写 `data-at`，里面的名字用 `~` 代替最近的那一个。0–1 的份额按百分数显示，百分号在标记里面。"
    )
    told = tables(all_schemas()["export"], HEADS, lambda text: known.get(text, text))
    return "\n\n".join(("# JSON 导出", head, names, "## Export", *told)) + "\n"


def _value(value: object) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(str, value))}]"
    return str(value).lower() if isinstance(value, bool) else str(value)


def _commands() -> str:
    head = "退出码：0 完成，1 项目有错误或者电脑不让做，2 命令写得不对，3 `handbook` 自己的错。"
    parts = ["# 全部命令", head]
    return "\n\n".join((*parts, *helps())) + "\n"
