"""`sources:` of data/handbook.yml: the systems that `handbook collect` asks.

Where a system is and who may ask it stands in the environment of whoever runs the command, never in a file:
a handbook is handed on, and so is the place it lies in.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import StringConstraints

from generator.model.common import Id, OneLine, Part
from generator.model.text import Text

SourceKind = Literal[
    "files", "postgres", "mysql", "sqlite", "mssql", "oracle", "doris", "starrocks", "trino", "spark"
]
"""What answers: files by DuckDB inside the command; spark by Spark Connect; the others by SQLAlchemy."""

EnvironmentName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z_][A-Za-z0-9_]*$", max_length=80)]
"""The name of an environment variable, e.g. HANDBOOK_WAREHOUSE."""

MemoryText = Annotated[str, StringConstraints(pattern=r"^[1-9][0-9]{0,5} ?(MB|GB)$")]
"""An amount of memory, e.g. 500 MB or 2GB."""

RAW_FOLDER = "data/raw"
"""Where the files of a source lie that names no path."""


class SourceSystem(Part):
    """A system that results, or the log of a process, are taken from."""

    id: Id
    """Its id, e.g. warehouse; an indicator names it by `source: {connection: warehouse}`."""

    name: Text | None = None
    """Its name for readers, e.g. {zh: 数据仓库, en: Data warehouse}. Default: the id."""

    kind: SourceKind = "files"
    """files (CSV, Parquet, JSON, Excel), a database, or spark. Default files."""

    path: OneLine | None = None
    """Of files: their folder, or one file, from the project's root. Default data/raw. Only a path that stands
    here may lie outside the project; links in the folder that lead out of it are not followed."""

    address: EnvironmentName | None = None
    """The environment variable that holds the address, e.g. HANDBOOK_WAREHOUSE; its value is like
    postgresql://reader@host/database or sc://host:15002."""

    user: EnvironmentName | None = None
    """The environment variable that holds the user, where the address does not."""

    password: EnvironmentName | None = None
    """The environment variable that holds the password, where the address does not."""

    memory: MemoryText = "1 GB"
    """Of files, and of a log that is measured inside the command: the most memory a query takes; what needs
    more uses a temporary folder. Default 1 GB."""
