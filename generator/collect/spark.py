"""A cluster as a source, by Spark Connect: the query runs there, only its rows come back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from generator.collect.connection import Answer, Engine, from_environment
from generator.collect.fault import SourceFaultError, needs, without_secrets
from generator.collect.query import Statement, translated
from generator.model.source_system import SourceSystem


class SparkEngine(Engine):
    """One cluster."""

    dialect = "spark"

    def __init__(self, system: SourceSystem, environment: Mapping[str, str]) -> None:
        self._system = system
        address = from_environment(system, "address", environment)
        if address is None:
            message = "needs address:, the name of the environment variable that holds it"
            raise SourceFaultError(f"source '{system.id}': {message}")
        if not address.startswith("sc://"):
            message = f"what {system.address} holds is no address like sc://host:15002"
            raise SourceFaultError(f"source '{system.id}': {message}")
        password = from_environment(system, "password", environment)
        if password and ";" in password:
            message = f"what {system.password} holds has a ;, which ends a part of the address"
            raise SourceFaultError(f"source '{system.id}': {message}; ask for another token")
        if password:
            address = f"{address.rstrip('/;')}/;token={password}"
        self._secrets = (address, *filter(None, (password,)), *address.replace("/;", ";").split(";")[1:])
        needs(f"source '{system.id}' ({system.kind})", "pyspark", "spark")
        self._session = self._open(address)

    def _open(self, address: str) -> Any:
        try:
            from pyspark.sql import SparkSession

            return SparkSession.builder.remote(address).getOrCreate()
        except ImportError:
            message = "Spark Connect is not installed: pip install 'indicator-handbook[spark]'"
            raise SourceFaultError(f"source '{self._system.id}': {message}") from None
        except Exception as error:  # noqa: BLE001  # gRPC and Spark raise what they like, with the address in it
            message = f"cannot be reached, or refuses the log-in ({type(error).__name__})"
            raise SourceFaultError(
                f"source '{self._system.id}': {message}; look at {self._system.address}"
            ) from None

    def ask(self, statement: Statement, parameters: Mapping[str, object]) -> Answer:
        """Its rows."""
        sql = translated(statement, self.dialect, lambda name: f":p_{name}")
        given = {f"p_{name}": value for name, value in parameters.items()}
        try:
            found = self._session.sql(sql, args=given) if given else self._session.sql(sql)
            names = tuple(name.lower() for name in found.columns)
            return Answer(names, [tuple(row) for row in found.collect()])
        except Exception as error:  # noqa: BLE001  # as above
            words = without_secrets(str(error).split("\n\nJVM stacktrace")[0], self._secrets)
            raise SourceFaultError(f"{statement.place}: {words}", statement.text) from None

    def close(self) -> None:
        """Ends the session."""
        self._session.stop()
