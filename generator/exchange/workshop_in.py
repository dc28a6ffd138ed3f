"""Forms of a workshop, saved by a browser, on their way into data/workshops.

A form is JSON, which is YAML too: our own reader says the line of every fault. What stands in the handbook
stays; what a form says otherwise is told with both places, and what is new is added.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from generator.exchange.plain_yaml import as_yaml
from generator.load.decode import decode
from generator.load.validate import validate
from generator.load.yaml_file import load_yaml_text
from generator.model.workshop import Workshop
from generator.problems import FilePosition, Loc, Problems, Source

LARGEST_FORM = 1_000_000
"""Bytes; a form of text is a few thousand."""
_KEYS: dict[str, tuple[str, ...]] = {"blockages": ("step", "text"), "indicators": ("indicator", "name")}
"""What tells two entries of a list apart."""


def read_form(content: bytes, name: str, problems: Problems) -> tuple[str, Source] | None:
    """A form's id and its values with their places; None (and problems) where it is no workshop."""
    if len(content) > LARGEST_FORM:
        message = f"the file has {len(content)} bytes; a form has {LARGEST_FORM} at most"
        problems.error(FilePosition(name, 1, 1), "too-large", message, "is it a workshop's form?")
        return None
    text = decode(content, name, problems)
    source = load_yaml_text(text, name, problems) if text is not None else None
    made = validate(source, Workshop, problems) if source is not None else None
    return (made.id, source) if made is not None and source is not None else None


@dataclass(frozen=True, slots=True)
class Merged:
    """A workshop's file after a form was taken in."""

    text: str | None
    """What the file holds now; None where the form adds nothing, or nothing may be written."""
    added: int
    """Values that the form adds."""


def merged(old: tuple[str, Source] | None, form: Source, problems: Problems) -> Merged:
    """A form taken into a workshop's file; `old`: the file's text and values, None where there is none.

    What differs is a problem that names both places. A file with comments is not written: they would go.
    """
    new: dict[str, Any] = dict(form.value) if isinstance(form.value, dict) else {}
    if old is None:
        return Merged(as_yaml(new), len(new))
    text, source = old
    merge = _Merge(source, form, problems)
    whole = merge.mapping(source.value, new, (), ())
    if not merge.added:
        return Merged(None, 0)
    if any(line.lstrip().startswith("#") or " #" in line for line in text.splitlines()):
        message = "the file has comments, which writing it anew would lose: nothing was added"
        hint = f"add by hand what {form.file} says more: {', '.join(merge.added)}"
        problems.error(source.mark(), "not-merged", message, hint)
        return Merged(None, 0)
    return Merged(as_yaml(whole), len(merge.added))


class _Merge:
    """One form and one file, value by value."""

    def __init__(self, source: Source, form: Source, problems: Problems) -> None:
        self._source, self._form, self._problems = source, form, problems
        self.added: list[str] = []

    def mapping(self, old: Any, new: dict[str, Any], at: Loc, of: Loc) -> dict[str, Any]:
        """`old` with what only `new` has; `at` and `of` are their places in file and form."""
        whole = dict(old or {})
        for key, value in new.items():
            if whole.get(key) is None:
                whole[key] = value
                self.added.append(".".join(map(str, (*of, key))))
            elif isinstance(value, dict) and isinstance(whole[key], dict):
                whole[key] = self.mapping(whole[key], value, (*at, key), (*of, key))
            elif key in _KEYS and isinstance(value, list) and isinstance(whole[key], list):
                whole[key] = self._entries(key, whole[key], value)
            elif whole[key] != value:
                self._conflict(whole[key], value, (*at, key), (*of, key))
        return whole

    def _entries(self, key: str, old: list[Any], new: list[Any]) -> list[Any]:
        whole = list(old)
        names = [self._name(key, entry) for entry in old]
        for place, entry in enumerate(new):
            name = self._name(key, entry)
            if name in names:
                position = names.index(name)
                whole[position] = self.mapping(whole[position], entry, (key, position), (key, place))
            else:
                whole.append(entry)
                names.append(name)
                self.added.append(f"{key}.{place}")
        return whole

    @staticmethod
    def _name(key: str, entry: Any) -> str:
        return repr([entry.get(part) for part in _KEYS[key]]) if isinstance(entry, dict) else repr(entry)

    def _conflict(self, old: Any, new: Any, at: Loc, of: Loc) -> None:
        mark = self._form.mark(of)
        message = f"{at[-1]}: {old!r} stands here, {mark.file}:{mark.line} says {new!r}"
        hint = "kept as it was; agree on one of them"
        self._problems.error(self._source.mark(at), "conflict", message, hint)
