"""Whether Spark Connect gives the sample's collected results, and what is measured of a log, byte for byte.

`python -m bench.spark`.

Not one of the tests: pyspark and its jars are 450 MB to fetch and need Java 17 or newer. `make spark`
installs them and runs this; so does the build server after the tests.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

from tests import made_log
from tests.measured_elsewhere import measured_from
from tests.ports import free_port

ROOT = Path(__file__).parents[1]
CASES = 150
LONGEST = 1200
"""Seconds until a server that does not answer is ended; all of it takes two to five minutes."""
SERVER = """
import sys
from pyspark.sql import SparkSession
settings = {
    "spark.plugins": "org.apache.spark.sql.connect.SparkConnectPlugin",
    "spark.connect.grpc.binding.port": sys.argv[1],
    "spark.connect.grpc.binding.address": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.ui.enabled": "false",
    "spark.sql.shuffle.partitions": "2",
    "spark.sql.session.timeZone": "Asia/Shanghai",
    "spark.sql.warehouse.dir": sys.argv[2],
}
builder = SparkSession.builder.master("local[1]")
for name, value in settings.items():
    builder = builder.config(name, value)
spark = builder.getOrCreate()
lines = spark.read.csv(sys.argv[3], header=True, inferSchema=True)
lines.write.mode("overwrite").saveAsTable("order_lines")
events = spark.read.csv(sys.argv[4], header=True)
events.write.mode("overwrite").saveAsTable("events")
print("ready", flush=True)
sys.stdin.read()
spark.stop()
"""


def main() -> None:
    """Starts a server with the sample's orders, collects from it and compares the files."""
    port = str(free_port())
    work = Path(tempfile.mkdtemp(prefix="handbook-spark-"))
    raw = str(ROOT / "data/raw/order_lines.csv.gz")
    (work / "log/data/raw").mkdir(parents=True)
    events = work / "log/data/raw/events.csv"
    made_log.written(made_log.simulated(CASES), events)
    command = [sys.executable, "-c", SERVER, port, str(work / "warehouse"), raw, str(events)]
    said = work / "server.log"
    with said.open("wb") as log:
        server = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, cwd=work, text=True
        )
    late = threading.Timer(LONGEST, server.kill)
    late.start()
    try:
        if server.stdout is None or server.stdout.readline().strip() != "ready":
            print(said.read_text(encoding="utf-8", errors="replace")[-4000:])
            sys.exit("Spark did not start; is Java 17 there?")
        different = collected(work / "project", f"sc://127.0.0.1:{port}")
        different += measured(work / "log", f"sc://127.0.0.1:{port}")
    finally:
        late.cancel()
        ended(server)
        shutil.rmtree(work, ignore_errors=True)
    print(f"different: {', '.join(different)}" if different else "the same files, byte for byte")
    sys.exit(1 if different else 0)


def ended(server: subprocess.Popen[str]) -> None:
    """The server stops as its input ends; one that takes its time says nothing of what was compared."""
    try:
        server.communicate(timeout=60)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def measured(root: Path, address: str) -> list[str]:
    """What Spark measures otherwise than DuckDB of the same log."""
    os.environ["AT"] = address
    told = []
    for source in ("files", "spark, address: AT"):
        found, results = measured_from(source, root)
        print(f"measured by {source.split(',')[0]}: {found.events} events")
        told.append((found.model_dump_json(), results))
    return [name for name, a, b in zip(("measured", "its results"), *told, strict=True) if a != b]


def collected(project: Path, address: str) -> list[str]:
    """The files that Spark's results differ in; all of them where it gave none."""
    for folder in ("data", "content"):
        shutil.copytree(ROOT / folder, project / folder)
    own = project / "data/results/collected"
    expected = {file.name: file.read_bytes() for file in own.iterdir()}
    shutil.rmtree(own)
    shutil.rmtree(project / "data/raw")
    file = project / "data/handbook.yml"
    text = file.read_text(encoding="utf-8").replace(
        "kind: files, path: data/raw}", "kind: spark, address: AT}"
    )
    file.write_text(text, encoding="utf-8")
    command = "from generator.cli import main; main()"
    run = [sys.executable, "-c", command, "collect", str(project), "--today", "2026-10-09"]
    environment = {**os.environ, "AT": address, "PYTHONPATH": str(ROOT)}
    subprocess.run(run, env=environment, check=False)
    return [
        name
        for name, data in expected.items()
        if not (own / name).is_file() or (own / name).read_bytes() != data
    ]


if __name__ == "__main__":
    main()
