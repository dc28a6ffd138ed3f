"""Takes away the example of `handbook init`, once it has been looked at.

Gone is only what stands as `init` wrote it and what nothing else in the handbook names: what an author
changed, or uses, stays and is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from generator.load.files import find_files
from generator.problems import Problems
from generator.starter.project import example_files, is_example, without_example

_VARIANTS = (("zh",), ("en",), ("zh", "en"))
_NAMED = ("data/indicators/", "data/pilots/", "data/processes/")
"""Files by whose name others speak of them."""


@dataclass
class Cleared:
    """What would be done."""

    gone: list[str] = field(default_factory=list)
    """Files that are taken away."""
    changed: dict[str, str] = field(default_factory=dict)
    """Files that stay, without what they say of the example."""
    edited: list[str] = field(default_factory=list)
    """Files of the example that somebody changed: they stay."""
    used: dict[str, str] = field(default_factory=dict)
    """Files of the example that another file names: they stay."""


def clear_of(root: Path) -> Cleared:
    """What of a handbook is still the example."""
    made = Cleared()
    written = [example_files(languages) for languages in _VARIANTS]
    names = sorted({name for files in written for name in files})
    for name in names:
        path = root / name
        if not path.is_file():
            continue
        text = _text(path)
        same = any(files.get(name) == text for files in written)
        if is_example(name):
            (made.gone if same else made.edited).append(name)
        elif same and not name.startswith("README") and (less := without_example(name, text)) != text:
            made.changed[name] = less
    _keep_used(root, made)
    made.changed.pop("data/handbook.yml", None)  # units are soon an author's own
    return made


def _text(path: Path) -> str:
    return path.read_bytes().decode("utf-8", errors="replace").replace("\r\n", "\n")


def _keep_used(root: Path, made: Cleared) -> None:
    """Moves to `used` what a file that stays names, and what that names in turn."""
    texts = {name: _text(root / name) for name in _others(root)}
    while found := next(_uses(made, texts), None):
        name, user = found
        made.gone.remove(name)
        made.used[name] = user


def _others(root: Path) -> list[str]:
    """The files in which something may be named: data and prose. Units have ids of their own kind."""
    files = find_files(root, Problems())
    named = (*files.data, *files.results, *files.content)
    return [name for name in named if name.endswith((".yml", ".csv", ".md")) and name != "data/handbook.yml"]


def _uses(made: Cleared, texts: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """A file that would go, and one that stays and names it."""
    for name in made.gone:
        if not name.startswith(_NAMED):
            continue
        word = re.compile(rf"(?<![\w-]){re.escape(Path(name).stem)}(?![\w-])")
        for user, text in texts.items():
            if user not in made.gone and user not in made.changed and word.search(text):
                yield name, user
