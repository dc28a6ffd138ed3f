"""Brings the files of an older format to today's: what can be moved is moved, the rest named with its line.

A handbook without `format:` was written before there was one. Moves change the text at their place only.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from generator.load.project import load_project
from generator.model.handbook import FORMAT
from generator.model.json_schema import editor_settings
from generator.problems import Problems, WrongUseError
from generator.schema_files import all_schemas, schema_text

SCHEMAS = ".vscode/schemas"
_GONE = re.compile(r"^ +(jieba_dict(?:_user)?):.*\n", re.MULTILINE)
_FORMAT = re.compile(r"^\ufeff?format:[ \t]*(\d+)", re.MULTILINE)


@dataclass
class Upgrade:
    """What an upgrade would do."""

    files: dict[str, str] = field(default_factory=dict)
    """New texts of files, by path."""

    told: list[str] = field(default_factory=list)
    """What is changed, and why."""

    look: list[str] = field(default_factory=list)
    """What an author has to look at, because only an author knows what was meant."""


def upgrade_of(root: Path) -> Upgrade:
    """What brings the handbook at `root` to today's format; WrongUseError without one, or for a newer one."""
    name = "data/handbook.yml"
    if not (root / name).is_file():
        raise WrongUseError(f"no handbook here: {root / name} is missing")
    done = Upgrade()
    text = _as_it_is(root, name)
    said = _FORMAT.search(text)
    if said and int(said[1]) > FORMAT:
        raise WrongUseError(f"its format is {said[1]}, this version reads {FORMAT}; install a newer version")
    if said is None:
        done.files[name] = _with_format(text)
        done.told.append(f"{name}: format: {FORMAT} is written, so that later versions know what they read")
        done.look += _before_formats(root)
    _settings(root, done)
    _schemas(root, done)
    return done


def _as_it_is(root: Path, name: str) -> str:
    """A file's text with its own line ends and what it begins with; WrongUseError where it is no UTF-8."""
    try:
        return (root / name).read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        raise WrongUseError(f"{name} is not UTF-8; `handbook check` says where. Save it as UTF-8") from None


def _with_format(text: str) -> str:
    """The format above the first key, below what is said at the head of the file."""
    head = re.match(r"\ufeff?(?:[ \t]*(?:#.*)?\r?\n|---[ \t]*\r?\n)*", text)
    place = head.end() if head else 0
    end = "\r\n" if "\r\n" in text else "\n"
    return f"{text[:place]}format: {FORMAT}{end}{text[place:]}"


def _settings(root: Path, done: Upgrade) -> None:
    """mkdocs.yml: what the search plugin took while it cut Chinese into words."""
    file = root / "mkdocs.yml"
    if not file.is_file():
        return
    text = _as_it_is(root, "mkdocs.yml")
    gone = [found[1] for found in _GONE.finditer(text)]
    if gone:
        done.files["mkdocs.yml"] = _GONE.sub("", text)
        done.told.append(f"mkdocs.yml: {', '.join(gone)} left out; search needs no dictionary")


def _schemas(root: Path, done: Upgrade) -> None:
    """The schemas that editors check against, where the handbook keeps them."""
    if not (root / SCHEMAS).is_dir():
        return
    wanted = [Path(name).stem for name in editor_settings(SCHEMAS)] + ["case"]
    made = {
        f"{SCHEMAS}/{kind}.json": schema_text(one) for kind, one in all_schemas().items() if kind in wanted
    }
    old = {name: text for name, text in made.items() if not _same(root / name, text)}
    if old:
        done.files |= old
        done.told.append(
            f"{SCHEMAS}/: {'1 schema' if len(old) == 1 else f'{len(old)} schemas'} renewed for editors"
        )


def _same(file: Path, text: str) -> bool:
    return file.is_file() and file.read_text(encoding="utf-8") == text


def _before_formats(root: Path) -> list[str]:
    """What means something else today than when there was no format: see CHANGELOG."""
    catalogue = load_project(root, Problems())
    if catalogue is None or catalogue.strategy is None:
        return []
    looked = []
    for position, objective in enumerate(catalogue.strategy.objectives):
        for place, result in enumerate(objective.key_results):
            indicator = catalogue.indicators.get(result.indicator or "")
            if indicator is None or result.by is None or indicator.frequency == result.by.frequency:
                continue
            loc = ("objectives", position, "key_results", place, "by")
            where = catalogue.mark("strategy", loc)
            looked.append(
                f"{where}: by: {result.by} is held against the whole {result.by.frequency};"
                f" where a single {indicator.frequency} was meant, write that one"
            )
    return looked
