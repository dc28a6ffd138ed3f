"""The reference in Chinese: fields and commands by the catalogue of messages, rules by the site's labels."""

from __future__ import annotations

from docs.reference_parts import Heads, helps, one_line, tables
from generator.check import RULES
from generator.messages import said, speak
from generator.model.json_schema import FILE_KINDS, INPUT_KINDS
from generator.present.text.words import labels
from generator.schema_files import all_schemas

LEVELS = {"error": "错误", "warning": "警告", "note": "提示"}
HEADS = Heads("键", "形式", "意思", "必填")


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
        what = said(one_line(schemas[kind].get("description", ""))).partition("：")[2]
        where = files or "content/cases/*.md（页首）"
        parts.append(f"## {kind}\n\n`{where}`" + (f"：{what}" if what else ""))
        parts.extend(tables(schemas[kind], HEADS))
    return "\n\n".join(parts) + "\n"


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
    return "\n\n".join((*parts, *helps())) + "\n"
