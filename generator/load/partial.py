"""What can still be used of a handbook.yml with faults, so that the other files are checked in the same run.

Its sound keys stand; what rests on a broken one is not checked, for nothing certain could be said of it.
"""

from __future__ import annotations

from pydantic import ValidationError

from generator.model.handbook import Handbook
from generator.problems import Source


def sound_part(source: Source) -> tuple[Handbook | None, frozenset[str]]:
    """A handbook of the keys that fit, and the names of those that do not; None when nothing can be used.

    It only serves for checking: what is missing has its default, and the title is blank.
    """
    if not isinstance(source.value, dict):
        return None, frozenset()
    try:
        return Handbook.model_validate(source.value, by_alias=True, by_name=False), frozenset()
    except ValidationError as fault:
        broken = {str(error["loc"][0]) for error in fault.errors(include_url=False) if error["loc"]}
    rest = {key: value for key, value in source.value.items() if key not in broken}
    stand_ins: dict[str, object] = {"title": "—", "languages": ("zh",)}
    for key, value in stand_ins.items():
        rest.setdefault(key, value)
    try:
        return Handbook.model_validate(rest, by_alias=True, by_name=False), frozenset(broken)
    except ValidationError:
        return None, frozenset(broken)
