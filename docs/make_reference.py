"""Writes the reference pages and the JSON Schemas from the code: `python docs/make_reference.py`.

What can be derived is derived: fields from the models, rules from the rules, commands from the command
line. A test compares what stands here with what the code says now.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))  # so that the script finds this project's code, and not an installed one

from docs.reference_parts import Heads, cell, helps, one_line, tables  # noqa: E402
from docs.reference_zh import pages as chinese_pages  # noqa: E402
from docs.rule_pages import rule_page  # noqa: E402
from generator.check import RULES  # noqa: E402
from generator.model.json_schema import FILE_KINDS, INPUT_KINDS, editor_settings  # noqa: E402
from generator.model.result_columns import NEEDED_COLUMNS, RESULT_MEANINGS  # noqa: E402
from generator.schema_files import all_schemas, schema_text  # noqa: E402

MADE = "<!-- Made from the code by docs/make_reference.py; change the docstrings there. -->"
HEADS = Heads("key", "form", "meaning", "required")


def pages() -> dict[str, str]:
    """Path from the project's root and content of every file that is made."""
    made = {
        "docs/reference/fields.md": fields(),
        "docs/reference/export.md": export(),
        "docs/reference/rules.md": rules(),
        "docs/reference/commands.md": commands(),
        ".vscode/settings.json": json.dumps({"yaml.schemas": editor_settings()}, indent=2) + "\n",
    }
    made |= chinese_pages(MADE)
    for rule in RULES:
        made[f"docs/reference/rules/{rule.id}.md"] = rule_page(rule, MADE)
    for kind, schema in all_schemas().items():
        made[f"docs/reference/schema/{kind}.json"] = schema_text(schema)
    return made


def fields() -> str:
    """Every field of every file kind, with its docstring."""
    schemas = all_schemas()
    parts = [
        MADE,
        "# Fields",
        "Every key of every file kind. *Required* keys are marked; all others may be left out.",
    ]
    for kind, (_, files) in (FILE_KINDS | INPUT_KINDS).items():
        where = files or "content/cases/*.md (front matter)"
        what = _flat(schemas[kind].get("description", "")).partition(": ")[2].capitalize()
        parts.append(f"## {kind}\n\n`{where}`. {what}")
        parts.extend(tables(schemas[kind], HEADS))
    return "\n\n".join((*parts, *_result_columns())) + "\n"


def _result_columns() -> Iterator[str]:
    """The columns of a results file, told as its fields are."""
    yield "## results\n\n`data/results/*.csv` and sheets of `*.xlsx`. One result a row, with these columns."
    told = RESULT_MEANINGS.items()
    rows = "\n".join(f"| `{name}`{_asked(name)} | {_flat(text)} |" for name, text in told)
    yield f"| column | meaning |\n| --- | --- |\n{rows}"


def _flat(text: str) -> str:
    return cell(one_line(text))


def _asked(name: str) -> str:
    return " *required*" if name in NEEDED_COLUMNS else ""


def export() -> str:
    """Every key of the export, with its docstring."""
    head = (
        "What `handbook export json` writes, and `downloads/handbook.zip` of a built site holds: everything "
        "that the pages tell. Numbers have twelve digits; what cannot be computed is null, and `why_not` of "
        "the same object says why. Later versions add keys and change none."
    )
    names = (
        "## Names of figures\n\nA number on a page carries its full value and its name: "
        '`<data value="98.17" data-figure="pilots/north/score">98</data>`. The name is the way to it in the '
        "export: keys joined by slashes, and in a list the `id` of an item, else its `period`, else its "
        "`indicator`, or its place from 0 where items are bare numbers. Where several figures of a "
        "table, a list or a paragraph stand at one place, it says the place, `data-at`, and `~` stands for "
        "the nearest one in the names inside. A share of 0–1 is shown in per cent, with the sign inside the "
        "mark."
    )
    schema = all_schemas()["export"]
    return "\n\n".join((MADE, "# Export", head, names, "## Export", *tables(schema, HEADS))) + "\n"


def rules() -> str:
    """The index of the rules; each has a page of its own."""
    head = (
        "What `handbook check` holds the data against. Errors stop a build; warnings and notes never do, and "
        "stand on the site's quality page. Every rule's page says why it exists, with an example that breaks "
        "it and one that holds it."
    )
    rows = ["| rule | level | holds that |", "| --- | --- | --- |"]
    for rule in RULES:
        first, _, _ = (sys.modules[rule.check.__module__].__doc__ or "").partition("\n")
        holds = _flat(first).partition(": ")[2].removesuffix(".")
        rows.append(f"| [{rule.id}](rules/{rule.id}.md) | {rule.level} | {holds} |")
    settings = (
        "Under `rules:` in `data/handbook.yml`: `pack-size: {min: 3, max: 6}` changes a setting, "
        "`goal-link: {off: the reason}` turns a rule off. Rules count what is in use: an indicator with "
        "`status: draft` is not measured yet, one with `status: retired` no more."
    )
    return "\n\n".join((MADE, "# Rules", head, "\n".join(rows), "## Settings", settings)) + "\n"


def commands() -> str:
    """The help of every command."""
    parts = [
        MADE,
        "# Commands",
        "Exit codes: 0 done, 1 errors in the project or no from the machine, 2 wrong use, 3 a fault of ours.",
    ]
    return "\n\n".join((*parts, *helps())) + "\n"


if __name__ == "__main__":
    for path, text in pages().items():
        file = ROOT / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        sys.stdout.write(f"{path}\n")
