"""labels/<language>.yml: what a handbook says in its own words, as flat keys."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from generator.load.yaml_file import load_yaml
from generator.model.text import LANGUAGE_PATTERN
from generator.problems import Problems, Source, found


def load_labels(folder: Path, problems: Problems) -> tuple[dict[str, dict[str, str]], dict[str, Source]]:
    """Labels by language and key (`pilots.title`), and the files they stand in as `labels/<language>`."""
    made: dict[str, dict[str, str]] = {}
    sources: dict[str, Source] = {}
    for path in sorted(folder.glob("*.yml")) if folder.is_dir() else ():
        language, name = path.stem, f"labels/{path.name}"
        own = Problems()
        source = load_yaml(path, name, own)
        if source is None and [one.rule for one in own] == ["empty-file"]:
            # A list of what is to be translated, none of which is translated yet.
            source = Source(name, {}, {})
        else:
            problems.extend(own)
        if source is None:
            continue
        if not re.fullmatch(LANGUAGE_PATTERN, language):
            problems.error(source.mark(), "unknown-language", f"{found(language)} is not a language")
            continue
        sources[f"labels/{language}"] = source
        made[language] = dict(_flat(source.value, (), source, problems))
    return made, sources


def _flat(
    value: object, loc: tuple[str, ...], source: Source, problems: Problems
) -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _flat(inner, (*loc, str(key)), source, problems)
    elif isinstance(value, str) and value.strip():
        yield ".".join(loc), value
    elif value is not None:
        message = f"needs text, found {found(value)}"
        problems.error(source.mark(loc), "wrong-type", message, "write it in quotes, or leave the key out")
