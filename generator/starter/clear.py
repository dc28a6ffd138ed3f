"""Takes away the example of `handbook init`, once it has been looked at.

Gone is only what stands as `init` wrote it and what nothing else in the handbook names: what an author
changed, or uses, stays and is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from generator.load.decode import decode
from generator.load.files import RESPONSES, Files, find_files
from generator.load.heads import folded
from generator.load.workbook import read_workbook
from generator.load.yaml_file import load_yaml_text
from generator.problems import Problems
from generator.starter.project import example_files, is_example, without_example

_VARIANTS = (("zh",), ("en",), ("zh", "en"))
_IN_RESULTS = ("data/indicators/", "data/pilots/")
"""Files of which results speak by name too."""
_ID = re.compile(r"(?<![\w-])id: ([a-z0-9-]+)")


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
    files = find_files(root, Problems())
    texts, cells = _others(root, files), _results(files)
    wanted = {name: _Wanted.of(name, _text(root / name)) for name in made.gone}
    while found := next(_uses(made, wanted, texts, cells), None):
        name, user = found
        made.gone.remove(name)
        made.used[name] = user


@dataclass(frozen=True)
class _Wanted:
    """What a file of the example is known by."""

    id_: str
    words: re.Pattern[str] | None
    """Its ids in other files; None of what no file names."""
    names: frozenset[str]
    """What results call it."""

    @classmethod
    def of(cls, name: str, text: str) -> _Wanted:
        id_ = Path(name).name.partition(".")[0]
        ids = [id_] if name.endswith((".yml", ".md")) else []
        ids = _ID.findall(text) if name == "data/strategy.yml" else ids
        before = "(?:cases/|case )" if name.endswith(".md") else ""  # a link, a shortcode
        listed = "|".join(map(re.escape, ids))
        words = re.compile(rf"(?<![\w-]){before}(?:{listed})(?![\w-])") if ids else None
        source = load_yaml_text(text, name, Problems()) if name.startswith(_IN_RESULTS) else None
        said = source.value if source and isinstance(source.value, dict) else {}
        told = [said.get("code"), said.get("name"), *(said.get("aliases") or ())]
        texts = [text for one in told for text in (one.values() if isinstance(one, dict) else [one])]
        return cls(id_, words, frozenset(folded(str(text)) for text in texts if text))


def _others(root: Path, files: Files) -> dict[str, str]:
    """The texts in which something may be named: data and prose. Units have ids of their own kind."""
    named = (*files.data, *files.content, *files.responses)
    return {name: _text(root / name) for name in named if name != "data/handbook.yml"}


def _results(files: Files) -> dict[str, frozenset[str]]:
    """The cells of each table of results, without regard to width, case and spaces."""
    made = {}
    for name, path in files.results.items():
        if name.endswith(".xlsx"):
            grids = read_workbook(path.read_bytes(), name, Problems(), hidden=True) or ()
            cells = {cell for grid in grids for row in grid.rows for cell in row}
        else:
            text = decode(path.read_bytes(), name, Problems(), gb18030=True) or _text(path)
            cells = set(re.split(r"[,;\t\n]", text))
        made[name] = frozenset(folded(cell.strip().strip('"')) for cell in cells)
    return made


def _uses(
    made: Cleared,
    wanted: Mapping[str, _Wanted],
    texts: Mapping[str, str],
    cells: Mapping[str, frozenset[str]],
) -> Iterator[tuple[str, str]]:
    """A file that would go, and one that stays and names it."""
    stay = {name: text for name, text in texts.items() if name not in made.gone and name not in made.changed}
    for name in made.gone:
        one = wanted[name]
        for user, text in stay.items():
            if _is_same(name, user) or (one.words and one.words.search(text)):
                yield name, user
        for user, told in cells.items():
            if user not in made.gone and name.startswith(_IN_RESULTS) and {one.id_, *one.names} & told:
                yield name, user


def _is_same(name: str, other: str) -> bool:
    """Whether two files are of one thing: a case in another language, a diagnosis and its answers."""
    own, others = (Path(one).name.partition(".")[0] for one in (name, other))
    kinds = ("content/cases/", f"data/{RESPONSES[0]}/")
    return own == others and any(name.startswith(kind) and other.startswith(kind) for kind in kinds)
