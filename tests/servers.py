"""Debian's database servers with the sample's order lines: on loopback, for one module of tests.

Both run in a time zone far from here, so that a day that slips shows.
"""

from __future__ import annotations

import gzip
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pg8000.dbapi
import pymysql

from tests.built import LONGEST
from tests.needs import missing
from tests.ports import free_port

ROOT = Path(__file__).parents[1]
PASSWORD = "correct-horse-9/@:%"
COLUMNS = (
    "order_no", "line", "region", "segment", "enquiry_on", "promised_on", "inspected_on", "delivered_on",
    "paid_on", "working_days", "pieces", "redone",
)  # fmt: skip
TABLE = (
    "create table order_lines (order_no varchar(40), line int, region varchar(40), segment varchar(40),"
    " enquiry_on date, promised_on date, inspected_on date, delivered_on date, paid_on date,"
    " working_days double precision, pieces int, redone int)"
)


@contextmanager
def postgres() -> Iterator[int]:
    """The port of a PostgreSQL server; user reader, database postgres."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not found:
        missing("PostgreSQL's server (apt install postgresql)")
    with _home() as (home, who):
        (home / "password").write_text(PASSWORD)
        initdb = [found[-1], "-D", home / "data", "-U", "reader", "-E", "UTF8", "--no-locale"]
        _run([*initdb, "-A", "scram-sha-256", f"--pwfile={home / 'password'}"], who)
        settings = [
            "-c",
            f"unix_socket_directories={home}",
            "-c",
            "fsync=off",
            "-c",
            "timezone=Asia/Shanghai",
        ]
        port = free_port()
        command = [found[-1].parent / "postgres", "-D", home / "data", "-h", "127.0.0.1", "-p", str(port)]
        with _serving([*command, *settings], who) as server:
            link = _reached(
                lambda: pg8000.dbapi.connect("reader", "127.0.0.1", "postgres", port, PASSWORD),
                pg8000.dbapi.Error,
                server,
            )
            cursor = link.cursor()
            cursor.execute(TABLE)
            with gzip.open(ROOT / "data/raw/order_lines.csv.gz") as lines:
                cursor.execute("copy order_lines from stdin with (format csv, header)", stream=lines)
            link.commit()
            link.close()
            yield port


@contextmanager
def mariadb() -> Iterator[int]:
    """The port of a MariaDB server; user reader, database shop."""
    install, server = (shutil.which(name) for name in ("mariadb-install-db", "mariadbd"))
    if install is None or server is None:
        missing("MariaDB's server (apt install mariadb-server)")
    with _home() as (home, who):
        data = f"--datadir={home / 'data'}"
        small = ["--innodb-log-file-size=4M", "--innodb-buffer-pool-size=32M", "--innodb-flush-method=nosync"]
        root = ["--auth-root-authentication-method=normal", "--skip-test-db"]
        _run([install, "--no-defaults", data, *root, *small], who)
        port = free_port()
        first = home / "first.sql"
        with gzip.open(ROOT / "data/raw/order_lines.csv.gz") as lines:
            (home / "lines.csv").write_bytes(lines.read())
        names = [f"@{name}" for name in COLUMNS]
        values = ", ".join(f"{name} = nullif(@{name}, '')" for name in COLUMNS)
        first.write_text(
            "create database shop character set utf8mb4;\nuse shop;\n"
            f"{TABLE};\n"
            f"load data infile '{home / 'lines.csv'}' into table order_lines fields terminated by ','"
            f" optionally enclosed by '\"' ignore 1 lines ({', '.join(names)}) set {values};\n"
            "create sequence a_sequence;\n"
            f"create user reader@'127.0.0.1' identified by '{PASSWORD}';\n"
            "grant all on shop.* to reader@'127.0.0.1';\n"
        )
        for file in (first, home / "lines.csv"):
            file.chmod(0o644)
        where = [f"--socket={home / 'socket'}", "--bind-address=127.0.0.1", f"--port={port}"]
        settings = [f"--init-file={first}", "--default-time-zone=+08:00", "--skip-name-resolve", *small]
        with _serving([server, "--no-defaults", data, *where, *settings], who) as process:
            _reached(lambda: mysql_link(port), pymysql.Error, process).close()
            yield port


def mysql_link(port: int) -> Any:
    """The reader's connection to the MariaDB server."""
    return pymysql.connect(host="127.0.0.1", port=port, user="reader", password=PASSWORD, database="shop")


@contextmanager
def _home() -> Iterator[tuple[Path, dict[str, str]]]:
    """A folder of the server's own, and who it runs as: neither starts for the user who may do everything."""
    home = Path(tempfile.mkdtemp(prefix="handbook-server-", dir="/tmp"))
    who: dict[str, str] = {}
    if os.geteuid() == 0:
        who = {"user": "nobody", "group": "nogroup"}
        shutil.chown(home, **who)
    try:
        yield home, who
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _run(command: list[Any], who: dict[str, str]) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/", **who)


@contextmanager
def _serving(command: list[Any], who: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, stdout=quiet, stderr=quiet, cwd="/", **who)
    try:
        yield process
    finally:
        # Asked politely, PostgreSQL waits for whoever is still connected; MariaDB knows no other way.
        process.send_signal(signal.SIGINT if "postgres" in Path(command[0]).name else signal.SIGTERM)
        process.wait(LONGEST)


def _reached(connect: Callable[[], Any], refused: type[Exception], server: subprocess.Popen[bytes]) -> Any:
    """The first connection that is accepted; a server that has ended is not waited for."""
    while server.poll() is None:
        with suppress(refused):
            return connect()
        time.sleep(0.1)
    raise AssertionError(f"the server ended with {server.returncode}")
