"""A company's database as a source, by SQLAlchemy: one SELECT.

PostgreSQL, MySQL and SQLite are told besides that nothing may be written. PostgreSQL measures logs itself;
of the others, which have no quantiles or other ones, the events are read into DuckDB and measured there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from typing import Any
from urllib.parse import quote, quote_plus

import sqlalchemy
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError

from generator.collect.connection import Answer, Engine, from_environment
from generator.collect.fault import SourceFaultError, without_secrets
from generator.collect.query import Statement, translated
from generator.model.source_system import SourceSystem
from generator.site.workplace import scratch

DRIVERS = {
    "postgres": ("postgres", "postgresql+pg8000"),
    "mysql": ("mysql", "mysql+pymysql"),
    "doris": ("doris", "mysql+pymysql"),
    "starrocks": ("starrocks", "mysql+pymysql"),
    "sqlite": ("sqlite", "sqlite"),
    "mssql": ("tsql", "mssql+pymssql"),
    "oracle": ("oracle", "oracle+oracledb"),
    "trino": ("trino", "trino"),
}
"""Of each kind, sqlglot's name for its SQL and SQLAlchemy's for its driver."""
_READ_ONLY = {
    "postgres": "SET TRANSACTION READ ONLY",
    "mysql": "START TRANSACTION READ ONLY",
    "sqlite": "PRAGMA query_only = ON",
}
MEASURES = ("postgres",)
"""The dialects in which a log gives the same figures as in DuckDB."""
_AT_ONCE = 50_000
"""Events that are read together."""


class DatabaseEngine(Engine):
    """One database."""

    def __init__(self, system: SourceSystem, environment: Mapping[str, str]) -> None:
        self.dialect, driver = DRIVERS[system.kind]
        self._system = system
        address = from_environment(system, "address", environment)
        if address is None:
            message = "needs address:, the name of the environment variable that holds it"
            raise SourceFaultError(f"source '{system.id}': {message}")
        try:
            url = make_url(address)
        except (ArgumentError, ValueError):
            message = f"what {system.address} holds is no address like postgresql://reader@host/database"
            raise SourceFaultError(f"source '{system.id}': {message}") from None
        user = from_environment(system, "user", environment)
        password = from_environment(system, "password", environment)
        if "plugin" in url.query:
            message = f"what {system.address} holds may load no plugin"
            raise SourceFaultError(f"source '{system.id}': {message}")
        url = url.set(drivername=driver)
        url = url.set(username=user) if user else url
        url = url.set(password=password) if password else url
        self._secrets = _secrets(url, address)
        self._engine = self._made(url)
        self._held = ExitStack()

    def _made(self, url: URL) -> sqlalchemy.Engine:
        try:
            return sqlalchemy.create_engine(url, pool_pre_ping=False, hide_parameters=True)
        except (NoSuchModuleError, ImportError):
            message = f"the driver for {self._system.kind} is not installed ({DRIVERS[self._system.kind][1]})"
            raise SourceFaultError(f"source '{self._system.id}': {message}") from None
        except Exception:  # noqa: BLE001  # what an address asks for after its ? goes anywhere
            message = f"what {self._system.address} holds asks for something that the driver does not know"
            hint = "look at what stands after its ?"
            raise SourceFaultError(f"source '{self._system.id}': {message}; {hint}") from None

    def ask(self, statement: Statement, parameters: Mapping[str, object]) -> Answer:
        """Its rows, in a transaction that is rolled back."""
        with self._found(statement, parameters) as found:
            return Answer(_names(found), [tuple(row) for row in found])

    def measuring(self, name: str, statement: Statement) -> Engine | None:
        """DuckDB with the query's rows, read in batches; None where this database counts like it."""
        if self.dialect in MEASURES:
            return None
        # Imported here: who collects from a database needs no DuckDB.
        from generator.collect.duck import DuckEngine

        folder = self._held.enter_context(scratch())
        inner = DuckEngine(self._system.model_copy(update={"path": str(folder)}), folder)
        self._held.callback(inner.close)
        with self._found(statement, {}, streamed=True) as found:
            inner.take(name, _names(found), found.partitions(_AT_ONCE))
        return inner

    @contextmanager
    def _found(
        self, statement: Statement, parameters: Mapping[str, object], *, streamed: bool = False
    ) -> Iterator[sqlalchemy.CursorResult[Any]]:
        """What a query gives, for as long as it is read."""
        sql = translated(statement, self.dialect, lambda name: f"\ue000{name}\ue001")
        # A colon of the query itself is none of SQLAlchemy's.
        sql = sql.replace(":", "\\:").replace("\ue000", ":p_").replace("\ue001", "")
        given = {f"p_{name}": value for name, value in parameters.items()}
        try:
            link = self._engine.connect()
        except Exception as error:  # noqa: BLE001  # drivers raise what they like, with the address in it
            raise self._unreached(error) from None
        try:
            with link:
                first = _READ_ONLY.get(self._system.kind)
                if first:
                    link.exec_driver_sql(first)
                found = link.execution_options(stream_results=streamed).execute(sqlalchemy.text(sql), given)
                yield found
        except SourceFaultError:
            raise
        except SQLAlchemyError as error:
            said = error.orig if isinstance(error, DBAPIError) and error.orig is not None else error
            words = without_secrets(_said(said), self._secrets)
            raise SourceFaultError(f"{statement.place}: {words}", statement.text) from None
        except Exception as error:  # noqa: BLE001  # some first connect here, and tell the address
            raise self._unreached(error) from None

    def _unreached(self, error: Exception) -> SourceFaultError:
        """Nothing of what a driver says of a log-in is passed on: some repeat the whole address."""
        inner = getattr(error, "orig", None) or error
        message = f"cannot be reached, or refuses the log-in ({type(inner).__name__})"
        variables = ", ".join(filter(None, (self._system.address, self._system.user, self._system.password)))
        return SourceFaultError(f"source '{self._system.id}': {message}; look at {variables}")

    def close(self) -> None:
        """Ends all connections, and DuckDB where it measured."""
        self._held.close()
        self._engine.dispose()


def _names(found: sqlalchemy.CursorResult[Any]) -> tuple[str, ...]:
    return tuple(str(name).lower() for name in found.keys())  # noqa: SIM118  # not a mapping


def _said(error: BaseException) -> str:
    """The words of a driver; pg8000's are one key of many."""
    first = error.args[0] if error.args else ""
    if isinstance(first, dict):
        return str(first.get("M") or "the query was refused")
    return " ".join(str(part) for part in error.args) or type(error).__name__


def _secrets(url: URL, address: str) -> tuple[str, ...]:
    parts = [str(part) for part in (url.password, url.username, url.host) if part]
    return (address, *parts, *(quote(part) for part in parts), *(quote_plus(part) for part in parts))
