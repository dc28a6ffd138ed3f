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

from generator.collect.fault import SourceFaultError, needs
from generator.collect.query import MODELS, Statement, read_statement
from generator.load.decode import read_text
from generator.model.source_system import SourceSystem
from generator.problems import Problems


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

    def measuring(self, name: str, statement: Statement) -> Engine | None:
        """What measures a log in its place: DuckDB with the rows of a query as a table of that name.

        None where its own SQL counts all that is measured as DuckDB does.
        """
        del name, statement
        return None

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

    def measuring(self, name: str, text: str, place: str) -> Connection:
        """The same source, or its rows in DuckDB where its SQL cannot count all that is measured of them."""
        engine = self.engine.measuring(name, self.read(text, place))
        return self if engine is None else Connection(self.system, engine, {})

    def run(self, text: str, place: str, parameters: Mapping[str, object] | None = None) -> Answer:
        """Reads a query and asks it."""
        return self.ask(self.read(text, place), parameters)


@contextmanager
def opened(
    system: SourceSystem, root: Path, environment: Mapping[str, str] | None = None
) -> Iterator[Connection]:
    """A source of the handbook at `root`, closed at the end. SourceFaultError where it cannot be opened."""
    values = os.environ if environment is None else environment
    models = models_of(root)
    engine = _engine(system, root, values)
    try:
        yield Connection(system, engine, models)
    finally:
        engine.close()


def models_of(root: Path) -> dict[str, str]:
    """The shared queries of data/models/, by name."""
    folder = root / MODELS
    files = sorted(folder.glob("*.sql")) if folder.is_dir() else []
    return {file.stem: sql_of(root, f"{MODELS}/{file.name}") for file in files}


def sql_of(root: Path, name: str) -> str:
    """A query's file of the handbook at `root`. SourceFaultError where it cannot be read."""
    problems = Problems()
    text = read_text(root / name, name, problems)
    if text is None:
        fault = next(iter(problems))
        raise SourceFaultError(f"{fault.mark}: {fault.message}; {fault.hint}")
    return text


def _engine(system: SourceSystem, root: Path, environment: Mapping[str, str]) -> Engine:
    # Imported here: a driver need not be there for who does not use it.
    who = f"source '{system.id}' ({system.kind})"
    if system.kind == "files":
        needs(who, "duckdb", "collect")
        from generator.collect.duck import DuckEngine

        return DuckEngine(system, root)
    if system.kind == "spark":
        from generator.collect.spark import SparkEngine  # asks for its package after its address

        return SparkEngine(system, environment)
    needs(who, "sqlalchemy", "databases")
    from generator.collect.databases import DatabaseEngine

    return DatabaseEngine(system, environment)


def from_environment(system: SourceSystem, key: str, environment: Mapping[str, str]) -> str | None:
    """What `address:`, `user:` or `password:` names in the environment; None where the source names none."""
    name: str | None = getattr(system, key)
    if name is None:
        return None
    value = environment.get(name, "")
    if not value:
        raise SourceFaultError(f"source '{system.id}': the environment has no {name}, its {key}; set it")
    if not value.isprintable():
        message = f"what {name} holds, its {key}, has a line break or another invisible letter"
        hint = "it may come from the end of a file"
        raise SourceFaultError(f"source '{system.id}': {message}; {hint}")
    return value
