"""A file's id is its name; where the two differ it is said once, with what can be done about it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from generator.model.common import ID_PATTERN
from generator.problems import Problems, Source, found


def check_id(stem: str, source: Source | None, problems: Problems) -> None:
    """Tells where the id in a file is not the file's name."""
    given = _given(source)
    if source is None or given is None or given == stem:
        return
    message = f"the id {found(given)} is not the file's name '{stem}'"
    if re.fullmatch(ID_PATTERN, stem) and re.fullmatch(ID_PATTERN, given):
        hint = f"write id: {stem}, or rename the file to {given}.yml"
    elif re.fullmatch(ID_PATTERN, stem):
        hint = f"write id: {stem}"
    elif re.fullmatch(ID_PATTERN, given):
        hint = f"rename the file to {given}.yml"
    else:
        hint = "give both a name of small letters, digits and single hyphens"
    problems.error(source.mark(("id",)), "id-file-name", message, hint)


def given_ids(folder: str, stems: Iterable[str], sources: Mapping[str, Source]) -> Iterator[str]:
    """Names of a folder's files, and ids that some of them have besides: what names these is not at fault."""
    for stem in stems:
        yield stem
        given = _given(sources.get(f"{folder}/{stem}"))
        if given is not None and given != stem and re.fullmatch(ID_PATTERN, given):
            yield given


def _given(source: Source | None) -> str | None:
    value = source.value.get("id") if source and isinstance(source.value, dict) else None
    return value if isinstance(value, str) else None
