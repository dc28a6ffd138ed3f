"""Which files a project has, and which lie where nothing reads them: nothing is passed over in silence."""

from __future__ import annotations

import errno
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from generator.model.leftovers import is_leftover
from generator.model.translated import TRANSLATED
from generator.problems import FilePosition, Problems, nearest

FOLDERS = ("indicators", "processes", "pilots", "reviews", "diagnosis", "workshops", "measured")
"""Folders of data/ that hold one YAML file an id."""

SINGLE_FILES = ("handbook.yml", "strategy.yml", "roadmap.yml", "results.map.yml")
"""The YAML files that lie in data/ itself."""

RESPONSES = ("diagnosis", "responses")
"""The folder below data/ with the answers of a diagnosis's respondents."""

RESTATED = "data/results/restated.csv"
"""What results said before they were restated; no results themselves."""

RUNS = "data/collect/runs.csv"
"""The log of `handbook collect`."""

RAW, QUERIES = "raw", "models"
"""Folders of data/ with the files of sources and shared queries: commands that ask sources read them."""

_SHEETS = {
    ".xls": "Excel",
    ".xlsb": "Excel",
    ".xlsm": "Excel",
    ".ods": "LibreOffice",
    ".fods": "LibreOffice",
    ".numbers": "Numbers",
    ".et": "WPS",
}
"""Other files of spreadsheets, and what opens them."""
_DATA_SUFFIXES = (".yml", ".yaml", ".csv", ".json", ".xlsx", ".tsv", *_SHEETS)
_SYSTEM_FILES = ("thumbs.db", "desktop.ini")


@dataclass
class Files:
    """A project's files by their name from the root, sorted."""

    data: dict[str, Path] = field(default_factory=dict)
    """YAML files: "data/indicators/x.yml"."""

    results: dict[str, Path] = field(default_factory=dict)
    """"data/results/2025.csv" and .xlsx, also from folders below."""

    restated: Path | None = None
    """data/results/restated.csv."""

    runs: Path | None = None
    """data/collect/runs.csv."""

    translated: Path | None = None
    """data/translated.csv."""

    responses: dict[str, Path] = field(default_factory=dict)
    """"data/diagnosis/responses/2025-01-10-company.csv"."""

    content: dict[str, Path] = field(default_factory=dict)
    """Markdown files: "content/guide/why.en.md"."""

    attachments: dict[str, Path] = field(default_factory=dict)
    """Everything else of content/: "content/guide/plan.png"; what editors leave behind is not among it."""

    def stems(self, folder: str) -> tuple[str, ...]:
        """The ids that a folder's files stand for."""
        names = (PurePosixPath(name) for name in self.data)
        return tuple(name.stem for name in names if name.parent.as_posix() == f"data/{folder}")


def told_above(root: Path) -> str:
    """Where a handbook is that a folder lies in, as a hint; nothing where it lies in none."""
    above = next((up for up in root.resolve().parents if (up / "data/handbook.yml").is_file()), None)
    return f"the handbook is in {above}: run the command there" if above else ""


def find_files(root: Path, problems: Problems) -> Files:
    """The files under data/ and content/; what nothing reads is reported, what leaves the project refused."""
    files = Files()
    strangers: dict[str, list[str]] = {}
    for name, path in _walk(root, "data", problems):
        _sort_data(name, path, files, strangers, problems)
    for name, path in _walk(root, "content", problems):
        if name.endswith(".md"):
            files.content[name] = path
        elif name.endswith(".markdown"):
            problems.error(FilePosition(name, 1, 1), "misplaced-file", "pages end in .md", "rename it")
        elif not is_leftover(name):
            files.attachments[name] = path
    for folder, names in strangers.items():
        count = "1 file" if len(names) == 1 else f"{len(names)} files"
        hint = nearest(folder, (*FOLDERS, "results", RAW, QUERIES))
        mark = FilePosition(names[0], 1, 1)
        problems.error(mark, "misplaced-file", f"unknown folder 'data/{folder}' with {count}: not read", hint)
    return files


def _sort_data(
    name: str, path: Path, files: Files, strangers: dict[str, list[str]], problems: Problems
) -> None:
    """Puts a file of data/ where it belongs, or reports it."""
    below = PurePosixPath(name).relative_to("data")
    folder, suffix = below.parts[0], below.suffix.lower()
    mark = FilePosition(name, 1, 1)
    if suffix == ".md" and below.stem.lower() == "readme":
        return  # a word from one author to the next
    if _is_collected(name, path, files):
        return
    if len(below.parts) == 1:
        if below.name in SINGLE_FILES:
            files.data[name] = path
            return
        hint = _hint_for_single(below)
    elif folder == "results":
        if below.suffix in (".csv", ".xlsx"):
            files.results[name] = path
            return
        if below.name == "results.map.yml":
            hint = "it lies beside the folder: move it to data/results.map.yml"
        else:
            hint = hint_for_results(suffix)
    elif below.parts[:2] == RESPONSES and len(below.parts) > len(RESPONSES):
        if len(below.parts) == len(RESPONSES) + 1 and below.suffix == ".csv":
            files.responses[name] = path
            return
        hint = "responses are CSV files, data/diagnosis/responses/<date>-<unit>.csv"
    elif folder in FOLDERS:
        if len(below.parts) == 2 and below.suffix == ".yml":
            files.data[name] = path
            return
        if len(below.parts) > 2:
            hint = f"move it to data/{folder}/, which has no folders below it"
        elif suffix in (".yml", ".yaml"):
            hint = f"rename it to {below.stem}.yml"
        else:
            hint = f"data/{folder}/ holds .yml files only"
    else:
        strangers.setdefault(folder, []).append(name)
        return
    level = problems.error if suffix in _DATA_SUFFIXES else problems.warning
    level(mark, "misplaced-file", "nothing reads this file", hint)


def hint_for_results(suffix: str) -> str:
    """What to do with a table of another kind, or of one that is written in capital letters."""
    suffix = suffix.lower()
    if suffix in (".csv", ".xlsx"):
        return f"rename it: results end in {suffix}"
    if suffix in _SHEETS:
        return f"open it in {_SHEETS[suffix]} and save it as .xlsx or as CSV (UTF-8)"
    return "save it as CSV (UTF-8) or as .xlsx"


def _is_collected(name: str, path: Path, files: Files) -> bool:
    """Whether a file is what commands keep: raw data, a query, runs of `collect`, a record of texts."""
    below = PurePosixPath(name).relative_to("data")
    if name == RESTATED:
        files.restated = path
    elif name == RUNS:
        files.runs = path
    elif name == TRANSLATED:
        files.translated = path
    elif len(below.parts) > 1 and below.parts[0] == RAW:
        return True
    else:
        return len(below.parts) == 2 and below.parts[0] in (QUERIES, "indicators") and below.suffix == ".sql"
    return True


def _hint_for_single(below: PurePosixPath) -> str:
    if below.suffix.lower() in (".csv", ".xlsx"):
        return f"results lie in data/results/: move it to data/results/{below.name}"
    if below.suffix.lower() == ".yaml" and f"{below.stem}.yml" in SINGLE_FILES:
        return f"rename it to {below.stem}.yml"
    return nearest(below.name, (*SINGLE_FILES, *(f"{folder}/" for folder in (*FOLDERS, "results"))))


def _walk(root: Path, folder: str, problems: Problems) -> Iterator[tuple[str, Path]]:
    """Every file below a folder with its name, sorted; links that leave the project are refused."""
    start = root / folder
    waiting = [start] if start.is_dir() else []
    seen: set[Path] = set()
    found: list[tuple[str, Path]] = []
    while waiting:
        directory = waiting.pop()
        name = _name(root, directory)
        resolved = directory.resolve()  # a folder, so no link to itself
        if not resolved.is_relative_to(root):
            _refuse_outside(name, problems)
            continue
        if resolved in seen:
            message = "a link to a folder that is read already: not followed"
            problems.error(FilePosition(name, 1, 1), "path-outside", message, "delete the link")
            continue
        seen.add(resolved)
        for path in directory.iterdir():
            if _passed_over(path.name):
                continue
            if path.is_dir():
                waiting.append(path)
            elif _own_link(path):
                message = "a link that leads nowhere but to itself"
                problems.error(FilePosition(_name(root, path), 1, 1), "unreadable-file", message, "delete it")
            elif not path.resolve().is_relative_to(root):
                _refuse_outside(_name(root, path), problems)
            elif path.is_file():
                found.append((_name(root, path), path))
            else:
                mark = FilePosition(_name(root, path), 1, 1)
                problems.error(mark, "unreadable-file", "this is no file: not read", "delete it")
    yield from sorted(found)


def _own_link(path: Path) -> bool:
    try:
        path.resolve()
    except (OSError, RuntimeError):
        return True
    try:
        path.stat()
    except OSError as error:
        return error.errno == errno.ELOOP
    return False


def _refuse_outside(name: str, problems: Problems) -> None:
    message, hint = "a link that leaves the project is not followed", "copy the file into the project"
    problems.error(FilePosition(name, 1, 1), "path-outside", message, hint)


def _passed_over(name: str) -> bool:
    """What editors, spreadsheets and systems leave behind."""
    return name.startswith((".", "~$", "#")) or name.endswith("~") or name.lower() in _SYSTEM_FILES


def _name(root: Path, path: Path) -> str:
    """The posix path from the root; a name that is no UTF-8 is shown with marks in place of its bytes."""
    shown = path.relative_to(root).as_posix()
    return shown.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def by_name(files: Mapping[str, Path]) -> list[tuple[Path, str]]:
    """As the loaders take them."""
    return [(path, name) for name, path in files.items()]
