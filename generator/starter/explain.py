"""What stands behind a name in a message or a file: a rule, a field, a kind of fault.

Rules are told from the rules, fields from the models' docstrings; `explained.yml` says what the loader's own
complaints mean.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import lru_cache
from typing import Any

from generator.check import RULES
from generator.check.rule import Rule
from generator.load.heads import folded
from generator.load.yaml_file import load_yaml
from generator.messages import said, spoken
from generator.model.json_schema import FILE_KINDS, INPUT_KINDS, form_of, input_schemas, schemas
from generator.model.result_columns import NEEDED_COLUMNS, RESULT_MEANINGS
from generator.present.text.words import labels, languages
from generator.problems import Problems, WrongUseError, nearest
from generator.starter.sets import HERE

KINDS = {kind: files for kind, (_, files) in (FILE_KINDS | INPUT_KINDS).items()} | {
    "case": "content/cases/*.md",
    "results": "data/results/*.csv and *.xlsx",
}
"""Every kind of file, and where its files lie."""
OTHER_FILES = {
    "labels": (
        "labels/*.yml",
        (
            "Words of the site as this handbook says them, by their keys: `handbook export labels zh`"
            " lists all of a language. What is missing is said as the product says it."
        ),
    ),
    "page": (
        "content/*.md",
        (
            "A page in Markdown; its front matter may have title, order, description and audience. A"
            " translation stands beside it as name.en.md."
        ),
    ),
    "responses": (
        "data/diagnosis/responses/*.csv",
        "What each respondent answered, a row an answer: group, question, score, note.",
    ),
    "measured": (
        "data/measured/*.yml",
        "What `handbook measure` found in a process's log; it writes this file, nobody else does.",
    ),
    "translated": (
        "data/translated.csv",
        "What each translation was made from; `handbook import texts --write` keeps it.",
    ),
    "mkdocs": (
        "mkdocs.yml",
        (
            "Settings of the site for MkDocs: theme, colours, nav and plugins, and under `handbook` the"
            " edition and the period (as_of)."
        ),
    ),
}
"""Files without a schema: where they lie, and what stands in them."""
_MEANT = 3
"""Names that a word is told of."""
DEEPEST = 6
MOST = 12
"""Fields of one name that are told in full."""


@dataclass(frozen=True, slots=True)
class Described:
    """A field, as its docstring has it."""

    path: str
    """indicator.targets.floor."""

    form: str
    meaning: str
    required: bool


def explained(word: str) -> str:
    """All that is known under a name; WrongUseError with the nearest names where there is nothing."""
    asked = word.strip().strip("[]").removesuffix(":")
    asked = _kind_of(asked) or asked
    told = [*_rule(asked), *_fault(asked), *_fields(asked)] or [*_choices(asked)]
    for name in _meant(asked) if not told else ():
        told += [*_rule(name), *_fields(name)] or [*_choices(name)]
    if told:
        return "\n\n".join(dict.fromkeys(told))
    known = {rule.id for rule in RULES} | set(faults()) | {*KINDS, *OTHER_FILES}
    known |= {one.path for one in fields()} | {one.path.rpartition(".")[2] for one in fields()}
    raise WrongUseError(f"nothing is called '{asked}'; {nearest(asked, known)}")


def _kind_of(word: str) -> str | None:
    """The kind of a file that is named by its path, or the end of it: results.map.yml."""
    if "." not in word or word in KINDS:
        return None
    every = KINDS | {kind: files for kind, (files, _) in OTHER_FILES.items()}
    return next(
        (
            kind
            for kind, files in every.items()
            for one in files.replace(" and ", " ").split()
            if fnmatchcase(f"/{word}", f"*/{one}") or one.endswith(f"/{word}")
        ),
        None,
    )


def _choices(word: str) -> Iterator[str]:
    """The fields that may say a word: gate, higher."""
    for one in [one for one in fields() if f"`{word}`" in one.form.split(" | ")][:MOST]:
        yield "\n".join([f"{one.path}: {one.form}", *_indented(said(one.meaning))])


def _meant(word: str) -> list[str]:
    """The names in the files of what a site calls by a word, in any language: 汇总方式 is rollup.

    Where nothing is called so, what begins so: 护栏 for 护栏指标.
    """
    own = folded(word)
    words = [(rule.id, labels(spoken())[f"rules.{rule.id}.name"]) for rule in RULES]
    for language in languages():
        for key, text in labels(language).items():
            name = key.removeprefix("workbook.head.").replace("_", ".") if "head." in key else ""
            words.append((name or key.rpartition(".")[2], text))
    texts = [(name, folded(text)) for name, text in words]
    known = {rule.id for rule in RULES} | {*KINDS} | {one.path.rpartition(".")[2] for one in fields()}
    known |= {".".join(one.path.split(".")[-2:]) for one in fields()}
    known |= {choice.strip("`") for one in fields() for choice in one.form.split(" | ") if "`" in choice}
    for fits in (str.__eq__, str.startswith):
        found = list(dict.fromkeys(name for name, text in texts if fits(text, own) and name in known))
        if found:
            kinds = [name for name in found if name in KINDS]
            return kinds or found[:_MEANT]
    return []


def _rule(word: str) -> Iterator[str]:
    rule = next((rule for rule in RULES if rule.id == word), None)
    if rule is not None:
        yield rule_told(rule)


def rule_told(rule: Rule) -> str:
    """A rule: its level, what holds, why, and how it is set or switched off."""
    holds, why = _told(rule)
    lines = [f"{rule.id}: a rule ({rule.level})", f"  Holds that {holds}", "", *_indented(why)]
    if rule.settings:
        given = ", ".join(f"{key}: {_said(value)}" for key, value in rule.settings.items())
        lines += [
            "",
            f"  Settings, with their defaults, in data/handbook.yml: rules: {{{rule.id}: {{{given}}}}}",
        ]
    off = f"rules: {{{rule.id}: {{off: the reason}}}}"
    lines += ["", f"  Switched off in data/handbook.yml by {off}"]
    return "\n".join(map(said, lines))


def _told(rule: Rule) -> tuple[str, str]:
    """What a rule holds, and why: as the rule says it, or in Chinese as the site's page of quality does."""
    if spoken() != "en":
        words = labels(spoken())
        return words[f"rules.{rule.id}.name"], words[f"rules.{rule.id}.why"]
    first = (sys.modules[rule.check.__module__].__doc__ or "").partition("\n")[0]
    return first.partition(": ")[2], rule.why


def _fault(word: str) -> Iterator[str]:
    if word in faults():
        yield "\n".join([said(f"{word}: a fault of a file (error)"), *_indented(said(faults()[word]))])


@lru_cache(maxsize=1)
def faults() -> Mapping[str, str]:
    """What the loader's complaints mean, by their names."""
    source = load_yaml(HERE / "explained.yml", "explained.yml", Problems())
    if source is None or not isinstance(source.value, dict):
        raise RuntimeError("the shipped explained.yml is broken")
    return source.value


def _fields(word: str) -> Iterator[str]:
    """A field by its whole path, else every field whose path ends so; a kind of file with all of its keys."""
    if word in OTHER_FILES:
        files, about = OTHER_FILES[word]
        yield "\n".join([said(f"{word}: a kind of file, {files}"), *_indented(said(about))])
    if word in KINDS:
        files = KINDS[word]
        listed = "\n".join(f"  {key}: {said(one.meaning)}" for key, one in _keys_of(word))
        kind = said(f"{word}: a kind of file, {files}")
        yield f"{kind}\n{listed}"
        return
    found = [one for one in fields() if one.path == word]
    found = found or [one for one in fields() if one.path.endswith(f".{word}")]
    for one in found[:MOST]:
        needed = ", required" if one.required else ""
        lines = [f"{one.path}: {one.form}{said(needed)}", *_indented(said(one.meaning))]
        listed = ", ".join(key for key, _ in _keys_of(one.path))
        yield "\n".join([*lines, *(_indented(said(f"its keys: {listed}")) if listed else [])])
    if len(found) > MOST:
        yield said(f"also: {', '.join(one.path for one in found[MOST:])}")


def _keys_of(path: str) -> Iterator[tuple[str, Described]]:
    """The keys of a kind of file, or of a field that is made of some; nothing of a plain value."""
    for one in fields():
        parent, _, key = one.path.rpartition(".")
        if parent == path:
            yield key, one


@lru_cache(maxsize=1)
def fields() -> tuple[Described, ...]:
    """Every field of every kind of file, with the path to it."""
    made: dict[str, Described] = {}
    for kind, schema in (schemas() | input_schemas()).items():
        for one in _inside(schema, schema.get("$defs", {}), kind, ()):
            made.setdefault(one.path, one)
    for name, meaning in RESULT_MEANINGS.items():
        made[f"results.{name}"] = Described(f"results.{name}", "column", meaning, name in NEEDED_COLUMNS)
    return tuple(made.values())


def _inside(
    part: Mapping[str, Any], parts: Mapping[str, Any], path: str, seen: tuple[str, ...]
) -> Iterator[Described]:
    required = part.get("required", ())
    for key, value in part.get("properties", {}).items():
        form = form_of(value)
        meaning = value.get("description") or parts.get(form, {}).get("description", "")
        yield Described(f"{path}.{key}", form, " ".join(meaning.split()), key in required)
        for name in _named(value):
            if name not in seen and len(seen) < DEEPEST:
                yield from _inside(parts.get(name, {}), parts, f"{path}.{key}", (*seen, name))


def _named(value: Any) -> Iterator[str]:
    """The parts that a field's form refers to."""
    if isinstance(value, dict):
        if "$ref" in value:
            yield str(value["$ref"]).rpartition("/")[2]
        for key in ("anyOf", "allOf", "oneOf", "items", "prefixItems"):
            yield from _named(value.get(key))
    elif isinstance(value, list):
        for inner in value:
            yield from _named(inner)


def _indented(text: str) -> list[str]:
    return [f"  {line.strip()}" for line in text.splitlines()]


def _said(value: object) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(str, value))}]"
    return str(value).lower() if isinstance(value, bool) else str(value)
