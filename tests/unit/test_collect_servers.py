"""The same queries on a company's database: the same files byte for byte, and no secret told.

PostgreSQL and MariaDB are Debian's, started on loopback. Spark is too heavy for `make test`: `make spark`
holds the same of it, and the build server runs it.
"""

from __future__ import annotations

import csv
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pg8000.dbapi
import pytest
from click.testing import CliRunner, Result

from generator.cli import main
from generator.collect import databases
from generator.collect.connection import Connection, opened
from generator.collect.fault import SourceFaultError
from generator.collect.joins import multiplied
from generator.collect.numbers import number_text
from generator.model.source_system import SourceSystem
from tests import made_log as made
from tests.built import LONGEST
from tests.measured_elsewhere import measured_from
from tests.servers import PASSWORD, mariadb, mysql_link, postgres

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="the server is Debian's; CI demands it on every supported Python there"
)
ROOT = Path(__file__).parents[2]
FILES = ("on-time-delivery.csv", "order-cycle-time.csv", "rework-rate.csv")


@pytest.fixture(scope="module")
def server() -> Iterator[int]:
    """The port of a PostgreSQL server."""
    with postgres() as port:
        yield port


@pytest.fixture(scope="module")
def mysql() -> Iterator[int]:
    """The port of a MariaDB server."""
    with mariadb() as port:
        yield port


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The sample whose source is a database, with nothing collected yet."""
    for folder in ("data", "content"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    shutil.rmtree(tmp_path / "data/results/collected")
    shutil.rmtree(tmp_path / "data/raw")
    return tmp_path


def moved(project: Path, kind: str) -> None:
    file = project / "data/handbook.yml"
    text = file.read_text(encoding="utf-8")
    new = f"kind: {kind}, address: HB_ADDRESS, password: HB_PASSWORD}}"
    assert "kind: files, path: data/raw}" in text
    file.write_text(text.replace("kind: files, path: data/raw}", new), encoding="utf-8")


def collected(project: Path, **environment: str) -> Result:
    words = ["collect", str(project), "--today", "2026-10-09"]
    return CliRunner(env=environment).invoke(main, words)


@pytest.fixture(params=["postgres", "mysql"])
def database(request: pytest.FixtureRequest) -> tuple[str, str]:
    """A kind of source and its address, without the password."""
    return request.param, address_of(request.param, request)


def address_of(kind: str, request: pytest.FixtureRequest) -> str:
    """Where a server is, without the password."""
    if kind == "postgres":
        return f"postgresql://reader@127.0.0.1:{request.getfixturevalue('server')}/postgres"
    return f"mysql://reader@127.0.0.1:{request.getfixturevalue('mysql')}/shop"


def test_a_database_gives_the_same_files_byte_for_byte(project: Path, database: tuple[str, str]) -> None:
    kind, address = database
    moved(project, kind)
    done = collected(project, HB_ADDRESS=address, HB_PASSWORD=PASSWORD)
    assert done.exit_code == 0, done.output
    for name in FILES:
        made = project / "data/results/collected" / name
        assert made.read_bytes() == (ROOT / "data/results/collected" / name).read_bytes(), name


def test_a_join_that_repeats_rows_is_found_by_asking(database: tuple[str, str]) -> None:
    kind, address = database
    system = SourceSystem(id="w", kind=kind, address="AT", password="SECRET")
    lines = "order_lines as a join order_lines as b on b.order_no = a.order_no"
    with opened(system, ROOT, {"AT": address, "SECRET": PASSWORD}) as link:
        for query, number in (
            (f"select sum(a.pieces) as n from {lines} where a.line = 1", 1),
            (f"select sum(a.pieces) as n from {lines} and b.line = a.line", 0),
        ):
            assert len(multiplied(link.read(query, "p"), link.ask)) == number


TO_BE = """  to_be:
    since: 2024-06
    steps:
      - {id: start, event: start, lane: desk, next: [check]}
      - {id: check, lane: desk, name: Check, next: [repair]}
      - {id: repair, lane: shop, name: Repair, next: [bill]}
      - {id: bill, lane: desk, name: Bill, next: [end]}
      - {id: end, event: end, lane: desk}
"""


def in_postgres(port: int, file: Path) -> None:
    """The events of a file as a table of PostgreSQL's."""
    link = pg8000.dbapi.connect("reader", "127.0.0.1", "postgres", port, PASSWORD)
    cursor = link.cursor()
    cursor.execute(
        'create table events ("case" text, activity text, "start" timestamp, "end" timestamp,'
        " resource text, region text)"
    )
    with file.open("rb") as lines:
        cursor.execute("copy events from stdin with (format csv, header)", stream=lines)
    link.commit()
    link.close()


def in_mysql(port: int, file: Path) -> None:
    """The same in MariaDB, with cases in a column that its driver makes bytes of."""
    with file.open(encoding="utf-8", newline="") as lines:
        rows = [[cell or None for cell in row] for row in csv.reader(lines)][1:]
    link = mysql_link(port)
    cursor = link.cursor()
    cursor.execute(
        "create table events (`case` varbinary(40), activity varchar(40), `start` datetime(6),"
        " `end` datetime(6), resource varchar(40), region varchar(40))"
    )
    cursor.executemany("insert into events values (%s, %s, %s, %s, %s, %s)", rows)
    link.commit()
    link.close()


def in_sqlite(file: Path, events: Path) -> None:
    """The same as a file of SQLite's, where a moment is a text."""
    with events.open(encoding="utf-8", newline="") as lines:
        rows = [[cell or None for cell in row] for row in csv.reader(lines)][1:]
    link = sqlite3.connect(file)
    link.execute('create table events ("case" text, activity, "start", "end", resource, region)')
    link.executemany("insert into events values (?, ?, ?, ?, ?, ?)", rows)
    link.commit()
    link.close()


@pytest.mark.parametrize("kind", ["postgres", "mysql", "sqlite"])
def test_a_database_measures_a_log_byte_for_byte(
    kind: str, request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two maps, queues, rework, open cases, working days, pilots, results: nothing differs from DuckDB's.

    MariaDB and SQLite have no quantiles: their events are read in batches, of which there are several here.
    """
    monkeypatch.setattr(databases, "_AT_ONCE", 1_000)
    (tmp_path / "data/raw").mkdir(parents=True)
    file = tmp_path / "data/raw/events.csv"
    made.written(made.simulated(1_500), file)
    if kind == "sqlite":
        address = f"sqlite:///{tmp_path / 'events.db'}"
        in_sqlite(tmp_path / "events.db", file)
    else:
        address = address_of(kind, request)
        port = int(address.rpartition(":")[2].partition("/")[0])
        (in_postgres if kind == "postgres" else in_mysql)(port, file)
    monkeypatch.setenv("HB_ADDRESS", address)
    monkeypatch.setenv("HB_PASSWORD", PASSWORD)
    told = []
    secret = "" if kind == "sqlite" else ", password: HB_PASSWORD"
    for source in ("files", f"{kind}, address: HB_ADDRESS{secret}"):
        found, results = measured_from(source, tmp_path, TO_BE)
        told.append((found.model_dump_json(), results))
    assert told[0] == told[1]
    assert len(told[0][1].splitlines()) == 1 + 4 * 7 * 3, "four indicators, seven months, all and two pilots"
    assert [(one.map, one.open > 0, len(one.groups) >= 6) for one in found.maps] == [
        ("as_is", False, True), ("to_be", True, True)
    ]  # fmt: skip


SAID_OF_A_COLUMN = {
    "postgres": 'column "promissed_on" does not exist',
    "mysql": "1054 Unknown column 'promissed_on' in 'SELECT'",
}


def test_a_wrong_password_and_a_wrong_query_tell_nothing(project: Path, database: tuple[str, str]) -> None:
    kind, address = database
    moved(project, kind)
    wrong = collected(project, HB_ADDRESS=address, HB_PASSWORD="hunter2-wrong")
    assert wrong.exit_code == 1
    assert "on-time-delivery: source 'erp-export': cannot be reached, or refuses the log-in" in wrong.output
    query = project / "data/indicators/on-time-delivery.sql"
    query.write_text(
        query.read_text(encoding="utf-8").replace("promised_on", "promissed_on"), encoding="utf-8"
    )
    bad = collected(project, HB_ADDRESS=address, HB_PASSWORD=PASSWORD)
    assert bad.exit_code == 1
    place = "on-time-delivery: data/indicators/on-time-delivery.sql: "
    assert f"{place}{SAID_OF_A_COLUMN[kind]}".lower() in bad.output.lower()
    assert "order-cycle-time: written" in bad.output
    said = wrong.output + bad.output
    kept = "".join(file.read_text(encoding="utf-8") for file in project.rglob("*") if file.is_file())
    for secret in ("hunter2", "correct-horse", address.split("@")[1], "reader@"):
        assert secret not in said, secret
        assert secret not in kept, secret


def small(root: Path) -> None:
    """A handbook of two indicators that a MySQL server is asked for."""
    (root / "data/indicators").mkdir(parents=True)
    source = "{id: erp, kind: mysql, address: HB_ADDRESS, password: HB_PASSWORD}"
    (root / "data/handbook.yml").write_text(
        f"title: Handbook\nlanguages: [en]\nsources: [{source}]\n", encoding="utf-8"
    )
    for id_ in ("lines", "pieces"):
        query = f"select promised_on as period, count({id_[:-1]}) as value from order_lines group by 1"
        query = query.replace("count(piece)", "sum(pieces)").replace(
            "promised_on as", "date_trunc('month', promised_on) as"
        )
        (root / f"data/indicators/{id_}.yml").write_text(
            f"id: {id_}\nname: {id_.title()}\nunit: count\ndirection: higher\nfrequency: month\nrollup: sum\n"
            f"source: {{system: ERP, connection: erp, query: {id_}.sql}}\n",
            encoding="utf-8",
        )
        (root / f"data/indicators/{id_}.sql").write_text(query, encoding="utf-8")


def test_a_command_killed_while_a_database_counts_loses_nothing(tmp_path: Path, mysql: int) -> None:
    """Killed itself, then its query on the server: what was collected stands, and the second is told."""
    environment = {"HB_ADDRESS": f"mysql://reader@127.0.0.1:{mysql}/shop", "HB_PASSWORD": PASSWORD}
    small(tmp_path)
    done = collected(tmp_path, **environment)
    assert done.exit_code == 0, done.output
    before = results_of(tmp_path)
    assert [len(data.splitlines()) for data in before.values()] == [1 + 27, 1 + 27], before.keys()
    (tmp_path / "data/indicators/lines.sql").write_text("select now() as period, sleep(60) as value")
    command = "from generator.cli import main; main()"
    words = [sys.executable, "-c", command, "collect", str(tmp_path)]
    process = subprocess.Popen(words, cwd=ROOT, env={**environment, "PATH": ""}, stderr=subprocess.DEVNULL)
    sleeping = query_of_another(mysql)
    process.send_signal(signal.SIGKILL)
    assert process.wait(LONGEST) == -signal.SIGKILL
    end(mysql, sleeping)
    assert results_of(tmp_path) == before

    killer = threading.Thread(target=lambda: end(mysql, query_of_another(mysql)))
    killer.start()
    done = collected(tmp_path, **environment)
    killer.join()
    assert done.exit_code == 1
    assert "lines: data/indicators/lines.sql: " in done.output
    assert "select now() as period, sleep(60) as value" in done.output
    assert "pieces: unchanged" in done.output
    assert "not collected: lines; their results are as they were" in done.output
    assert results_of(tmp_path) == before


def results_of(project: Path) -> dict[str, bytes]:
    files = sorted((project / "data/results").rglob("*"))
    return {file.name: file.read_bytes() for file in files if file.is_file()}


def query_of_another(port: int) -> int:
    """The number of the connection that sleeps in a query, once there is one."""
    link = mysql_link(port)
    link.autocommit(True)
    with link, link.cursor() as cursor:
        for _ in range(20 * LONGEST):
            cursor.execute("select id from information_schema.processlist where state = 'User sleep'")
            found = cursor.fetchall()
            if found:
                return int(found[0][0])
            time.sleep(0.05)
    pytest.fail("no query sleeps")


def end(port: int, number: int) -> None:
    with mysql_link(port) as link, link.cursor() as cursor:
        cursor.execute(f"kill {number}")


ROWS = """
with t as (
  select * from (values
    (1, 3, 'a', date '2024-02-29', timestamp '2024-02-29 23:59:59.250'),
    (2, 7, 'b', date '2024-12-30', timestamp '2024-12-30 00:00:00'),
    (5, 9, 'b', date '2025-01-01', timestamp '2025-11-09 12:34:56'),
    (4, 0, null, date '1899-12-31', timestamp '1969-12-31 23:00:00')
  ) as v(x, y, name, day, moment)
)
"""


DIALECT = (
    "select sum(x) / sum(y) as a, avg(x) as b, avg(x / y) as c, sum(x) / 7 as d from t where y > 0",
    """select x, date_trunc('week', day) as w, date_trunc('month', day) as m, date_trunc('year', moment) as y,
    date_trunc('quarter', moment) as q, date_trunc('day', moment) as d from t order by x""",
    """select x, epoch(moment) as e, date_diff('day', day, date '2025-01-01') as n,
    cast(moment as date) - date '2024-02-01' as s, cast(y as decimal) / 8 as c from t order by x""",
    """select count_if(x > 1) as a, count(*) filter (where y > 3) as b, sum(x) filter (where name = 'b') as c
    from t""",
    r"""select 'a\b' as a, 'x:y' as b, '100%' as c, 'it''s :from' as d, x from t where name like '%b'""",
    """select name, date_trunc('year', day) as year, grouping(name) as g, sum(x) as n from t where x < 5
    group by cube (name, year) having sum(x) > 0""",
    "select coalesce(name, '-') as name, sum(x) as n from t group by rollup (1)",
    "select name from t group by rollup (name)",
    """select name, y > 5 as much, count(*) as n, max(case when name is null then 1 end) as blank from t
    group by grouping sets ((name, 2), (2), ())""",
)


@pytest.mark.parametrize("query", DIALECT)
def test_mysql_answers_as_the_dialect_that_queries_are_written_in(query: str, mysql: int) -> None:
    """Without care it gives four digits of a quotient, days as text, and groups one way at a time."""
    system = SourceSystem(id="w", kind="mysql", address="AT", password="SECRET")
    environment = {"AT": f"mysql://reader@127.0.0.1:{mysql}/shop", "SECRET": PASSWORD}
    with opened(SourceSystem(id="raw"), ROOT, {}) as here, opened(system, ROOT, environment) as there:
        assert answered(there, query) == answered(here, query)


def answered(link: Connection, query: str) -> list[tuple[str, ...]]:
    return sorted(tuple(as_told(cell) for cell in row) for row in link.run(ROWS + query, "p").rows)


def as_told(cell: object) -> str:
    """A cell as it comes to a results file, where a day is the same with and without midnight."""
    if isinstance(cell, datetime) and cell.time() == datetime.min.time():
        return str(cell.date())
    number = None if isinstance(cell, str) else number_text(cell)
    return str(cell) if number is None else number


def test_mysql_may_not_write_and_says_what_it_cannot(mysql: int) -> None:
    system = SourceSystem(id="w", kind="mysql", address="AT", password="SECRET")
    environment = {"AT": f"mysql://reader@127.0.0.1:{mysql}/shop", "SECRET": PASSWORD}
    with opened(system, ROOT, environment) as link:
        for query, said in (
            ("select nextval(a_sequence)", "p: 1792 Cannot execute statement in a READ ONLY transaction"),
            (
                "select x, count(*) from t group by rollup (x) limit 3",
                "GROUPING SETS with LIMIT: group in a WITH",
            ),
            ("select cast(paid_on as date) - enquiry_on from order_lines", "write date_diff"),
            ("select median(working_days) from order_lines", "there are no quantiles"),
        ):
            with pytest.raises(SourceFaultError, match=said):
                link.run(query, "p")
