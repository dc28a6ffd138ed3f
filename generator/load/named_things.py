"""What an author writes who knows a thing by its name: hints that give the id which is asked for.

`unit: 服务台` is no id, and no list of ids helps who looks for that name in it. The names stand in the files
beside the ids, also where a file has other faults.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace

from generator.problems import Problem, Problems, Source

_WORD = re.compile(r"'([^']+)'")
_HOMES = {
    "unit": "handbook", "parent": "handbook", "serves": "handbook", "audience": "handbook",
    "pilot": "pilots/", "process": "processes/", "goal": "strategy", "supports": "strategy",
    "objective": "strategy", "indicator": "indicators/", "indicators": "indicators/",
    "guardrails": "indicators/", "cycle_time": "indicators/", "first_pass_yield": "indicators/",
    "replaced_by": "indicators/", "replaces": "indicators/",
}  # fmt: skip
"""Where the things lie that a field names; those of other fields lie in the file itself."""
_THINGS = frozenset(
    (
        *("unit", "audience", "pilot", "process", "goal", "objective", "indicator", "perspective", "phase"),
        *("step", "stage", "lane", "problem", "change", "key-result", "source"),
    )
)
"""What an id may be of, as the rules' names have it."""


def name_the_ids(problems: Problems, sources: Mapping[str, Source]) -> None:
    """Give what was written by its name the id of that name, in the hint."""
    asked = [one for one in problems if one.rule == "bad-id" or one.rule.removeprefix("unknown-") in _THINGS]
    if not asked:
        return
    known: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for place, source in sources.items():
        for name, id_, whole in _named(source.value, whole=True):
            known[name].append((f"{place}/" if whole else place, id_))
    files = {source.file: place for place, source in sources.items()}
    better = {one: made for one in asked if (made := _better(one, known, files)) is not None}
    if better:
        problems.replace(better)


def _better(
    one: Problem, known: Mapping[str, list[tuple[str, str]]], files: Mapping[str, str]
) -> Problem | None:
    found = _WORD.search(one.message)
    if found is None or found[1].strip() not in known:
        return None
    word = found[1].strip()
    field = one.message.partition(": ")[0] if one.rule == "bad-id" else one.rule.removeprefix("unknown-")
    if field == "id":
        return None  # it is what gives the thing its id
    if home := _HOMES.get(field):
        ids = {id_ for place, id_ in known[word] if place.startswith(home)}
    else:  # a part of the same file, and never the file's own name
        ids = {id_ for place, id_ in known[word] if place == files.get(one.mark.file)}
    if not ids:
        return None
    return replace(one, hint=f"write the id {' or '.join(sorted(ids))}; '{word}' is its name")


def _named(value: object, whole: bool = False) -> Iterator[tuple[str, str, bool]]:
    """(name, id, whether it is the whole file's) of everything in a raw value that has both."""
    if isinstance(value, dict):
        id_ = value.get("id")
        if isinstance(id_, str) and re.fullmatch(r"[a-z0-9-]+", id_):
            aliases = value.get("aliases")
            for given in (value.get("name"), *(aliases if isinstance(aliases, list) else ())):
                for text in given.values() if isinstance(given, dict) else (given,):
                    if isinstance(text, str) and text.strip() and text != id_:
                        yield text.strip(), id_, whole
        for inner in value.values():
            yield from _named(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _named(inner)
