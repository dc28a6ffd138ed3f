"""Puts an attack into every text of a handbook, and builds what may be built of it.

Which strings are text is asked of the JSON Schemas, so a field that is added to a model is attacked as well;
the handbook `every-text` has them all, and a test holds that. An attack carries its number: what it leaves on
a page or runs in a browser tells which text it came from.
"""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from generator.model.json_schema import FILE_KINDS, schemas
from tests.built import SITES, Site, handbook, once, run, session_folder

PROJECT = SITES / "every-text"
MARK = "zqx"
"""What no harmless text has: as an element, an attribute or a call it gives an attack away."""
FORMS = {
    "markup": (
        "zqx{n}\"'><zqx-{n} zqx><img src=x onerror=pwned({n})><script>pwned({n})</script></title></script>"
        "</style></textarea></svg><script>pwned({n})</script><svg onload=pwned({n})>{{{{7*7}}}}${{7*7}}"
    ),
    "marks": (
        "zqx{n} [m](javascript:pwned({n})) ![i](javascript:pwned({n})) <javascript:pwned({n})> **s** `<zqx>`"
        " &lt;zqx-{n} zqx&gt;&lt;img src=x onerror=pwned({n})&gt; &#60;zqx-{n}&#62;"
        " \" zqx=1 onfocus=pwned({n}) autofocus ' zqx=1 onmouseover=pwned({n})"
        ' <a href="javascript:pwned({n})">h</a> R&D --> <!-- <zqx-{n} {{: onclick=pwned({n}) }}'
    ),
}
"""`markup`: elements, and ways out of those that hold text. `marks`: Markdown's marks, attributes, what is
escaped already, and what is left open."""
HEADINGS = {form: text.replace("{{{{7*7}}}}", "") for form, text in FORMS.items()}
"""The same for a heading of a hand-written page, where two braces begin a shortcode: an unknown one is an
error, and nothing is built."""
CODE = {"markup": "zqx'><zqx-{n}>", "marks": "zqx'zqx=1'<!--{n}"}
"""The same for a value of a break-down column, which holds no blank and no quotation mark."""
_heading = re.compile(r"^(#+) .*$", re.MULTILINE)
NAMES = ("public", "staff", "managers", "cases", "frozen", "tree")
"""Every edition, the site of cases, a frozen review, and the Markdown tree as another builder makes it."""


class _Loader(yaml.SafeLoader):
    """`on` and `off` are words, as in the data format."""


_Loader.yaml_implicit_resolvers = {
    letter: [(tag, found) for tag, found in resolvers if tag != "tag:yaml.org,2002:bool" or letter in "tTfF"]
    for letter, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


@dataclass
class Attacks:
    """Counts and remembers where each attack was put."""

    form: str
    places: list[str] = field(default_factory=list)

    def next(self, place: str, forms: dict[str, str] = FORMS) -> str:
        self.places.append(place)
        return forms[self.form].format(n=len(self.places))


def is_text(node: dict[str, Any]) -> bool:
    """Whether a schema is that of a Text: a string, or one a language."""
    choices = node.get("anyOf", ())
    return {choice.get("type") for choice in choices} >= {"string", "object"} and any(
        "propertyNames" in choice for choice in choices
    )


def is_line(node: dict[str, Any]) -> bool:
    """Whether a schema is that of any string that is not blank."""
    free = node.get("pattern", r"\S") == r"\S" and not {"enum", "const", "format"} & node.keys()
    return node.get("type") == "string" and free


def parts(node: dict[str, Any], definitions: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The schemas that a value may follow, references and choices opened; a Text stays whole."""
    if "$ref" in node:
        yield from parts(definitions[node["$ref"].rpartition("/")[2]], definitions)
        return
    if not is_text(node):
        for choice in (*node.get("anyOf", ()), *node.get("allOf", ()), *node.get("oneOf", ())):
            yield from parts(choice, definitions)
    yield node


def free(part: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The schemas of values whose keys are the author's."""
    more = part.get("additionalProperties")
    if not is_text(part):
        yield from part.get("patternProperties", {}).values()
        yield from [more] if isinstance(more, dict) else ()


def fields(node: dict[str, Any], definitions: dict[str, Any], at: str = "") -> Iterator[str]:
    """Every place of a schema that holds text."""
    for part in parts(node, definitions):
        if is_text(part) or is_line(part):
            yield at
        for name, inner in part.get("properties", {}).items():
            yield from fields(inner, definitions, f"{at}.{name}")
        if isinstance(part.get("items"), dict):
            yield from fields(part["items"], definitions, f"{at}[]")
        for inner in free(part):
            yield from fields(inner, definitions, f"{at}.*")


def attacked(value: Any, node: dict[str, Any], definitions: dict[str, Any], at: str, attacks: Attacks) -> Any:
    """A value of a file with every text in it replaced; `at` is its place as `fields` writes it."""
    found = list(parts(node, definitions))
    if isinstance(value, str):
        texts = any(is_text(part) or is_line(part) for part in found)
        closed = any(value in part.get("enum", ()) or value == part.get("const") for part in found)
        return attacks.next(at) if texts and not closed else value
    if isinstance(value, list):
        inner = next(part["items"] for part in found if isinstance(part.get("items"), dict))
        return [attacked(item, inner, definitions, f"{at}[]", attacks) for item in value]
    if not isinstance(value, dict):
        return value
    if any(map(is_text, found)) and value.keys() <= {"zh", "en"}:
        return {language: attacks.next(at) for language in value}
    made = {}
    for key, item in value.items():
        known = [part["properties"][key] for part in found if key in part.get("properties", {})]
        others = [inner for part in found for inner in free(part)]
        place = f"{at}.{key}" if known else f"{at}.*"
        schema = next(iter((*known, *others)), {})  # without one: settings of a rule, which are numbers
        made[key] = attacked(item, schema, definitions, place, attacks)
    return made


def write_attacked(target: Path, form: str, headings: bool = True) -> Attacks:
    """The handbook with an attack of one form in every text; returns where they stand.

    The `headings` of hand-written pages are Markdown of their author, and another builder does as it says.
    """
    attacks = Attacks(form)
    shutil.copytree(PROJECT, target)
    made = schemas()
    for kind, (_, pattern) in FILE_KINDS.items():
        for file in sorted(target.glob(pattern)) if pattern else ():
            schema = made[kind]
            told = yaml.load(file.read_text(encoding="utf-8"), _Loader)
            told = attacked(told, schema, schema.get("$defs", {}), kind, attacks)
            if kind == "handbook":
                values = told["dimensions"][0]["values"]
                code = attacks.next("handbook.dimensions[].values", CODE)
                values[code] = values.pop("north")
                for table in target.glob("data/results/*.csv"):
                    text = table.read_text(encoding="utf-8").replace(",north,", f",{code},")
                    note = attacks.next("results.note").replace('"', '""')
                    table.write_text(text.replace("first month", f'"{note}"'), encoding="utf-8")
            file.write_text(yaml.safe_dump(told, allow_unicode=True, sort_keys=False), encoding="utf-8")
    for table in target.glob("data/diagnosis/responses/*.csv"):
        note = attacks.next("responses.note").replace('"', '""')
        table.write_text(table.read_text(encoding="utf-8").replace("说不全", f'"{note}"'), encoding="utf-8")
    for page in sorted(target.glob("content/**/*.md")):
        _attack_page(page, attacks, headings)
    return attacks


def _attack_page(page: Path, attacks: Attacks, headings: bool) -> None:
    """Head and headings of a hand-written page; what stands below them is its author's own HTML."""
    text = page.read_text(encoding="utf-8")
    _, head, body = text.split("---\n", 2) if text.startswith("---\n") else ("", "", text)
    told = yaml.safe_load(head) or {}
    for name in ("title", "description"):
        if name in told:
            told[name] = attacks.next(f"content.{name}")
    if "tags" in told:
        told["tags"] = [attacks.next("case.tags[]")]
    if headings:
        body = _heading.sub(lambda found: f"{found[1]} {attacks.next('content.heading', HEADINGS)}", body)
    head = f"---\n{yaml.safe_dump(told, allow_unicode=True)}---\n" if told else ""
    page.write_text(head + body, encoding="utf-8")


@cache
def attacked_site(own: Path, form: str, name: str) -> Site:
    """One of NAMES, built once a session below a folder."""
    folder = session_folder(own) / "attacks" / form
    headings = not (name == "tree" and form == "marks")
    project = folder / f"project-{headings}"
    once(project, lambda: write_attacked(project, form, headings))
    out = once(folder / name, lambda: _build_attacked(project, folder / name, name))
    return Site(out / "site" if name == "tree" else out)


def _build_attacked(project: Path, out: Path, name: str) -> None:
    words: dict[str, tuple[str | Path, ...]] = {
        "cases": ("build", project, "--only", "cases", "--out", out),
        "frozen": ("review", "2025-Q4", project, "--out", out),
        "tree": ("export", "markdown", out, "--project", project),
    }
    done = handbook(*words.get(name, ("build", project, "--edition", name, "--out", out)))
    assert done.returncode == 0, done.stdout + done.stderr
    if name != "tree":
        return
    for configuration in ("mkdocs.yml", "mkdocs.en.yml"):
        words_of_builder = ("build", "--quiet", "--config-file", configuration)
        built = run(sys.executable, "-m", "mkdocs", *words_of_builder, cwd=out, PYTHONPATH="")
        assert built.returncode == 0, built.stdout + built.stderr
