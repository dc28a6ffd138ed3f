"""The page of each rule: why it exists, and the same lines of a handbook that break it and that hold it.

Both come from tests/problems/rule-<name>, where tests hold that the one is told word for word and that the
other passes; so an example here cannot be wrong.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from generator.check.rule import Rule

CASES = Path(__file__).parent.parent / "tests" / "problems"
BASE = CASES / "_base"
LANGUAGES = {".yml": "yaml", ".csv": "csv", ".md": "markdown"}
LEFT_OUT = "# …"

BESIDE_THE_POINT = ("definition:", "formula:", "unit:", "direction:", "frequency:", "rollup:", "supports:",
                    "source:", "owner:")  # fmt: skip
"""Keys that every indicator has; left out where a whole new one is shown."""


def rule_page(rule: Rule, made: str) -> str:
    """The page of one rule, in Markdown; `made` is the line that says where it comes from."""
    case = CASES / f"rule-{rule.id}"
    settings = [f"`{name}: {value}`".replace("'", "") for name, value in rule.settings.items()]
    level = f"Level: **{rule.level}**. " + (
        f"Settings: {', '.join(settings)}." if settings else "No settings."
    )
    parts = [made, f"# {rule.id}", level, "## Why", _one_line(rule.why)]
    parts += ["## What breaks it", *examples(case, case / "passing", common=True), "`handbook check` says:"]
    parts += [fenced("text", messages(case, rule.id))]
    parts += ["## What holds it", *examples(case / "passing", case)]
    example = f"{rule.id}: {{{', '.join(f'{k}: {v}' for k, v in rule.settings.items())}}}".replace("'", "")
    off = f"`{rule.id}: {{off: the reason}}` under `rules:` in `data/handbook.yml` turns the rule off"
    change = f"; `{example}` is what holds unless it is changed there" if settings else ""
    parts += ["## Settings", f"{off}{change}.", "[All rules](../rules.md)"]
    return "\n\n".join(parts) + "\n"


def messages(case: Path, rule: str) -> str:
    """What the case's expected text says of the rule: each message with its hint."""
    lines = (case / "expected.txt").read_text(encoding="utf-8").splitlines()
    told = [
        line
        for position, line in enumerate(lines)
        if f"[{rule}]" in line
        or (position and f"[{rule}]" in lines[position - 1] and line.startswith("    "))
    ]
    return "\n".join(told)


def examples(
    shown: Path, other: Path, common: bool = False, missing: str = "`{name}` is missing."
) -> Iterator[str]:
    """The files of an example, each cut down to where it differs from its counterpart.

    With `common` also what both examples have and the base has not, since the message may speak of it.
    `missing` says that an example is without a file.
    """
    names = {
        path.relative_to(folder).as_posix()
        for folder in (shown, other)
        for part in ("data", "content")
        for path in (folder / part).rglob("*")
        if path.is_file()
    }
    gone = shown / "without.txt"
    without = set(gone.read_text(encoding="utf-8").split()) if gone.exists() else set()
    for name in sorted(names | without):
        text, counterpart = _text(shown, name), _text(other, name)
        if text == counterpart and common:
            counterpart = _text(BASE, name)
        if name in without:
            yield missing.format(name=name)
        elif text is not None and text != counterpart:
            counterparts = [counterpart, _text(BASE, name)] if common else [counterpart]
            others = [one.splitlines() for one in counterparts if one is not None and (BASE / name).exists()]
            fragment = _fragment(name, text.splitlines(), others)
            if fragment:
                yield f"`{name}`"
                yield fenced(LANGUAGES[Path(name).suffix], fragment)


def _fragment(name: str, lines: Sequence[str], others: Sequence[Sequence[str]]) -> str:
    """The lines that differ from any of the others; of a new file (no others), those that matter."""
    kept = {position for other in others for position in _differing(lines, other)}
    if not others:
        kept = {position for position, line in enumerate(lines) if not line.startswith(BESIDE_THE_POINT)}
    if name.endswith(".yml"):
        kept = _with_parents(lines, kept)
    elif name.endswith(".csv"):
        kept |= {0}
    shown: list[str] = []
    before = -1
    for position in sorted(kept):
        if shown and position != before + 1:
            shown.append(" " * _indent(lines[position]) + LEFT_OUT)
        shown.append(lines[position])
        before = position
    return "\n".join(shown)


def _text(case: Path, name: str) -> str | None:
    """The case's own file, else the base's."""
    for path in (case / name, BASE / name):
        if path.is_file():
            return path.read_text(encoding="utf-8")
    return None


def _differing(lines: Sequence[str], others: Sequence[str]) -> set[int]:
    """Positions of lines that the other text has not; where it has more inside a part, the line before."""
    kept: set[int] = set()
    matcher = difflib.SequenceMatcher(None, lines, others, autojunk=False)
    for tag, start, end, low, high in matcher.get_opcodes():
        if tag == "insert" and all(map(_indent, others[low:high])):
            kept.add(max(start - 1, 0))
        elif tag in ("replace", "delete"):
            kept.update(range(start, end))
    return kept


def _with_parents(lines: Sequence[str], kept: Iterable[int]) -> set[int]:
    """With the lines that the kept ones are nested in, so that the fragment says where it stands."""
    wanted = set(kept)
    for position in tuple(wanted):
        indent = _indent(lines[position])
        for above in range(position - 1, -1, -1):
            if lines[above].strip() and _indent(lines[above]) < indent:
                wanted.add(above)
                indent = _indent(lines[above])
    return wanted


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def fenced(language: str, text: str) -> str:
    """A block of code."""
    return f"```{language}\n{text}\n```"


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()
