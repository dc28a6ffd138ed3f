"""The same queries on a company's database: the same files byte for byte, and no secret told.

PostgreSQL is Debian's, started here on loopback for a user without rights. Spark is too heavy for every run:
`python -m bench.spark` holds the same of it.
"""

from __future__ import annotations

import gzip
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pg8000.dbapi
import pytest
from click.testing import CliRunner, Result

from generator.cli import main
from tests import made_log as made
from tests.built import LONGEST
from tests.measured_elsewhere import measured_from
from tests.needs import missing
from tests.ports import free_port

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="the server is Debian's; CI demands it on every supported Python there"
)
ROOT = Path(__file__).parents[2]
PASSWORD = "correct-horse-9/@:%"
FILES = ("on-time-delivery.csv", "order-cycle-time.csv", "rework-rate.csv")
TABLE = (
    "create table order_lines (order_no text, line int, region text, segment text, enquiry_on date,"
    " promised_on date, inspected_on date, delivered_on date, paid_on date, working_days double precision,"
    " pieces int, redone int)"
)


def programs() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return found[-1].parent if found else None


@pytest.fixture(scope="module")
def server() -> Iterator[int]:
    """The port of a PostgreSQL server with the sample's order lines, in a time zone far from here."""
    folder_of = programs()
    if folder_of is None:
        missing("PostgreSQL's server (apt install postgresql)")
    home = Path(tempfile.mkdtemp(prefix="handbook-postgres-", dir="/tmp"))
    who: dict[str, str] = {}
    if os.geteuid() == 0:  # PostgreSQL refuses the user who may do everything
        who = {"user": "nobody", "group": "nogroup"}
        shutil.chown(home, **who)
    (home / "password").write_text(PASSWORD)
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    initdb = [folder_of / "initdb", "-D", home / "data", "-U", "reader", "-E", "UTF8", "--no-locale"]
    subprocess.run(
        [*initdb, "-A", "scram-sha-256", f"--pwfile={home / 'password'}"], check=True, **quiet, **who
    )
    port = free_port()
    settings = ["-c", f"unix_socket_directories={home}", "-c", "fsync=off", "-c", "timezone=Asia/Shanghai"]
    command = [folder_of / "postgres", "-D", home / "data", "-h", "127.0.0.1", "-p", str(port), *settings]
    process = subprocess.Popen(command, **quiet, **who)
    try:
        filled(port, process)
        yield port
    finally:
        process.send_signal(signal.SIGINT)  # waits for nobody who is still connected
        process.wait(LONGEST)
        shutil.rmtree(home, ignore_errors=True)


def filled(port: int, server: subprocess.Popen[bytes]) -> None:
    while server.poll() is None:
        with suppress(pg8000.dbapi.Error):
            link = pg8000.dbapi.connect("reader", "127.0.0.1", "postgres", port, PASSWORD)
            break
        time.sleep(0.1)
    cursor = link.cursor()
    cursor.execute(TABLE)
    with gzip.open(ROOT / "data/raw/order_lines.csv.gz") as lines:
        cursor.execute("copy order_lines from stdin with (format csv, header)", stream=lines)
    link.commit()
    link.close()


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


def test_postgres_gives_the_same_files_byte_for_byte(project: Path, server: int) -> None:
    moved(project, "postgres")
    address = f"postgresql://reader@127.0.0.1:{server}/postgres"
    done = collected(project, HB_ADDRESS=address, HB_PASSWORD=PASSWORD)
    assert done.exit_code == 0, done.output
    for name in FILES:
        made = project / "data/results/collected" / name
        assert made.read_bytes() == (ROOT / "data/results/collected" / name).read_bytes(), name


TO_BE = """  to_be:
    since: 2024-06
    steps:
      - {id: start, event: start, lane: desk, next: [check]}
      - {id: check, lane: desk, name: Check, next: [repair]}
      - {id: repair, lane: shop, name: Repair, next: [bill]}
      - {id: bill, lane: desk, name: Bill, next: [end]}
      - {id: end, event: end, lane: desk}
"""


def test_postgres_measures_a_log_byte_for_byte(
    server: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two maps, queues, rework, open cases, working days, pilots, results: nothing differs from DuckDB's."""
    (tmp_path / "data/raw").mkdir(parents=True)
    file = tmp_path / "data/raw/events.csv"
    made.written(made.simulated(1_500), file)
    link = pg8000.dbapi.connect("reader", "127.0.0.1", "postgres", server, PASSWORD)
    cursor = link.cursor()
    cursor.execute(
        'create table events ("case" text, activity text, "start" timestamp, "end" timestamp,'
        " resource text, region text)"
    )
    with file.open("rb") as lines:
        cursor.execute("copy events from stdin with (format csv, header)", stream=lines)
    link.commit()
    link.close()
    monkeypatch.setenv("HB_ADDRESS", f"postgresql://reader@127.0.0.1:{server}/postgres")
    monkeypatch.setenv("HB_PASSWORD", PASSWORD)
    told = []
    for source in ("files", "postgres, address: HB_ADDRESS, password: HB_PASSWORD"):
        found, results = measured_from(source, tmp_path, TO_BE)
        told.append((found.model_dump_json(), results))
    assert told[0] == told[1]
    assert len(told[0][1].splitlines()) == 1 + 4 * 7 * 3, "four indicators, seven months, all and two pilots"
    assert [(one.map, one.open > 0, len(one.groups) >= 6) for one in found.maps] == [
        ("as_is", False, True), ("to_be", True, True)
    ]  # fmt: skip


def test_a_wrong_password_and_a_wrong_query_tell_nothing(project: Path, server: int) -> None:
    moved(project, "postgres")
    address = f"postgresql://reader@127.0.0.1:{server}/postgres"
    wrong = collected(project, HB_ADDRESS=address, HB_PASSWORD="hunter2-wrong")
    assert wrong.exit_code == 1
    assert "on-time-delivery: source 'erp-export': cannot be reached, or refuses the log-in" in wrong.output
    query = project / "data/indicators/on-time-delivery.sql"
    query.write_text(
        query.read_text(encoding="utf-8").replace("promised_on", "promissed_on"), encoding="utf-8"
    )
    bad = collected(project, HB_ADDRESS=address, HB_PASSWORD=PASSWORD)
    assert bad.exit_code == 1
    assert (
        'on-time-delivery: data/indicators/on-time-delivery.sql: column "promissed_on" does not exist'
        in bad.output
    )
    assert "order-cycle-time: written" in bad.output
    said = wrong.output + bad.output
    kept = "".join(file.read_text(encoding="utf-8") for file in project.rglob("*") if file.is_file())
    for secret in ("hunter2", "correct-horse", f"127.0.0.1:{server}", "reader@"):
        assert secret not in said, secret
        assert secret not in kept, secret
