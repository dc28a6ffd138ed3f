"""How long a log of millions of events takes to measure, and how much memory, against reading the same file.

    python -m bench.event_log [--events 10000000] [--memory "1 GB"]

The log is made by the engine itself: cases of five events with resources. Prints the
seconds of each, their ratio, and the largest memory of the process.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from pathlib import Path

import duckdb

from generator.load.validate import validate
from generator.load.yaml_file import load_yaml_text
from generator.measure.measure import measured_of
from generator.model.handbook import Handbook
from generator.model.process import Process
from generator.problems import Problems

ROOT = Path(__file__).parents[1]
PROCESS = """
id: big
name: Big
lanes: [{id: desk, name: Desk}, {id: shop, name: Shop}]
log: {source: big, table: events, machines: [r0], calendar: {country: CN}}
maps:
  as_is:
    steps:
      - {id: a, lane: desk, name: A, next: [b]}
      - {id: b, lane: shop, name: B, next: [c]}
      - {id: c, lane: shop, name: C, next: [{to: b, share: 0.1, rework: true}, {to: d, share: 0.9}]}
      - {id: d, lane: desk, name: D, next: [e]}
      - {id: e, lane: desk, name: E}
"""
MADE = """
copy (select 'c' || (i // 5) as "case", ['A', 'B', 'C', 'D', 'E'][1 + i % 5] as activity,
 timestamp '2023-01-02 09:00:00' + to_seconds(cast((i // 5) * 4 + (i % 5) * 90000 + hash(i) % 3000 as bigint))
 as "start",
 timestamp '2023-01-02 09:00:00' + to_seconds(cast((i // 5) * 4 + (i % 5) * 90000 + 3000 + hash(i) % 30000
 as bigint)) as "end", 'r' || (hash(i) % 40) as resource from range({events}) as t(i))
to '{file}' (format parquet)
"""


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--events", type=int, default=10_000_000)
    options.add_argument("--memory", default="1 GB")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "events.parquet"
        duckdb.execute(MADE.format(events=given.events, file=file))
        begun = time.perf_counter()
        columns = 'count(distinct "case"), count(distinct activity), max("start"), max("end"), max(resource)'
        duckdb.execute(f"select {columns} from '{file}'").fetchall()
        reading = time.perf_counter() - begun
        handbook = (ROOT / "examples/minimal/data/handbook.yml").read_text(encoding="utf-8")
        sources = f"sources: [{{id: big, path: {folder}, memory: {given.memory}}}]\n"
        problems = Problems()
        source = load_yaml_text(f"{handbook}\n{sources}", "data/handbook.yml", problems)
        process_source = load_yaml_text(PROCESS, "data/processes/big.yml", problems)
        made = validate(source, Handbook, problems) if source else None
        process = validate(process_source, Process, problems) if process_source else None
        if made is None or process is None or process.log is None:
            raise SystemExit([str(problem) for problem in problems])
        begun = time.perf_counter()
        found = measured_of(process, process.log, made, Path(folder))
        measuring = time.perf_counter() - begun
        size = file.stat().st_size / 1e6
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{found.events:,} events, {size:,.0f} MB of Parquet, {found.maps[0].cases:,} cases")
    print(f"reading {reading:.1f} s, measuring {measuring:.1f} s: {measuring / reading:.1f} times")
    print(f"largest memory {most:,.0f} MB, limit of the engine {given.memory}")


if __name__ == "__main__":
    main()
