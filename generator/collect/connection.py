"""Opening a source of the handbook and asking it: the one way from a query to its rows.

Addresses, users and passwords are taken from the environment when a source is opened; they are held by the
driver alone, and no message, log or file tells them. Every fault is a `SourceFaultError` in words.
"""

from __future__ import annotations

import os
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from generator.collect.fault import SourceFaultError
from generator.collect.query import MODELS, Statement, read_statement
from generator.model.source_system import SourceSystem


@dataclass(frozen=True)
class Answer:
    """What a source answered: the columns' names, in small letters, and the rows."""

    columns: tuple[str, ...]
    rows: list[tuple[object, ...]]


class Engine(ABC):
    """What a kind of source does; a `Connection` is what others use."""

    dialect: str
    """sqlglot's name for its SQL."""

    @abstractmethod
    def ask(self, statement: Statement, parameters: Mapping[str, object]) -> Answer:
        """Its rows. SourceFaultError in words."""

    def keep(self, name: str, statement: Statement) -> bool:
        """Makes a table of its own of a query, where it can; other queries may then name it."""
        del name, statement
        return False

    @abstractmethod
    def close(self) -> None:
        """Lets go of what it holds."""


@dataclass(frozen=True)
class Connection:
    """An open source."""

    system: SourceSystem
    engine: Engine
    models: Mapping[str, str]

    def read(self, text: str, place: str) -> Statement:
        """A query, with the shared models it uses; `place` is where it stands, for messages."""
        return read_statement(text, place, self.models)

    def ask(self, statement: Statement, parameters: Mapping[str, object] | None = None) -> Answer:
        """A query's rows, with its parameters bound. SourceFaultError in words, without any secret."""
        given = parameters or {}
        missing = sorted(statement.parameters - set(given))
        if missing:
            names = ", ".join(f":{name}" for name in missing)
            known = ", ".join(f":{name}" for name in sorted(given)) or "none"
            message = f"{statement.place}: {names} is not bound; there are: {known}"
            raise SourceFaultError(message, statement.text)
        bound = {name: given[name] for name in sorted(statement.parameters)}
        return self.engine.ask(statement, bound)

    def naming(self, name: str, text: str) -> Connection:
        """The same source, where further queries may name this one like a table."""
        return replace(self, models={**self.models, name: text})

    def keeping(self, name: str, text: str, place: str) -> Connection:
        """As `naming`, but asked once and kept where the engine can keep it."""
        return self if self.engine.keep(name, self.read(text, place)) else self.naming(name, text)

    def run(self, text: str, place: str, parameters: Mapping[str, object] | None = None) -> Answer:
        """Reads a query and asks it."""
        return self.ask(self.read(text, place), parameters)


@contextmanager
def opened(
    system: SourceSystem, root: Path, environment: Mapping[str, str] | None = None
) -> Iterator[Connection]:
    """A source of the handbook at `root`, closed at the end. SourceFaultError where it cannot be opened."""
    values = os.environ if environment is None else environment
    engine = _engine(system, root, values)
    try:
        yield Connection(system, engine, models_of(root))
    finally:
        engine.close()


def models_of(root: Path) -> dict[str, str]:
    """The shared queries of data/models/, by name."""
    folder = root / MODELS
    files = sorted(folder.glob("*.sql")) if folder.is_dir() else []
    return {file.stem: file.read_text(encoding="utf-8-sig") for file in files}


def _engine(system: SourceSystem, root: Path, environment: Mapping[str, str]) -> Engine:
    # Imported here: a driver need not be there for who does not use it.
    if system.kind == "files":
        needs(system, "duckdb", "collect")
        from generator.collect.duck import DuckEngine

        return DuckEngine(system, root)
    if system.kind == "spark":
        needs(system, "pyspark", "spark")
        from generator.collect.spark import SparkEngine

        return SparkEngine(system, environment)
    needs(system, "sqlalchemy", "databases")
    from generator.collect.databases import DatabaseEngine

    return DatabaseEngine(system, environment)


def needs(system: SourceSystem, package: str, extra: str) -> None:
    """SourceFaultError where a package is not installed; an extra of ours brings it."""
    from importlib.util import find_spec

    if find_spec(package) is None:
        message = f"source '{system.id}' ({system.kind}) needs the package {package}"
        raise SourceFaultError(f"{message}: pip install 'indicator-handbook[{extra}]'")


def from_environment(system: SourceSystem, key: str, environment: Mapping[str, str]) -> str | None:
    """What `address:`, `user:` or `password:` names in the environment; None where the source names none."""
    name: str | None = getattr(system, key)
    if name is None:
        return None
    value = environment.get(name, "")
    if not value:
        raise SourceFaultError(f"source '{system.id}': the environment has no {name}, its {key}; set it")
    return value
