"""What collecting 5 million order lines takes, against reading the same file: `python bench/collect.py`.

Seconds and memory of one query with a model, a join's check and grouping sets, as ratios to a query that only
reads every column of the Parquet file once. Each runs in a process of its own.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

import duckdb

from generator.collect.connection import opened
from generator.model.source_system import SourceSystem

ROWS = 5_000_000
MAKE = f"""
copy (
  select range // 4 as order_no, range % 4 as line, hash(range) % 1000 / 10.0 as amount,
    ['east', 'south', 'north'][1 + (range // 4) % 3] as region,
    date '2024-01-01' + cast((range // 4) * 900 // {ROWS // 4} as integer) as promised_on,
    promised_on + cast(hash(range) % 9 as integer) - 5 as delivered_on
  from range({ROWS})
) to '{{path}}' (format parquet)
"""
READ = (
    "select count(*), sum(order_no), sum(line), max(region), max(promised_on), max(delivered_on), sum(amount)"
)
COUNT = """
with orders as (
  select order_no, min(region) as region, min(promised_on) as promised_on, max(delivered_on) as delivered_on
  from lines group by order_no
)
select date_trunc('month', promised_on) as period, region, count(*) filter (where delivered_on <= promised_on)
  as numerator, count(*) as denominator
from orders where promised_on >= :from and promised_on < :to group by grouping sets ((1), (1, 2))
"""


def measured(root: Path, query: str) -> None:
    """Asks once and prints seconds and the most memory of this process, in MB."""
    with opened(SourceSystem(id="bench", memory="1 GB"), root, {}) as link:
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        started = time.monotonic()
        rows = link.run(query, "bench", {"from": date(2024, 1, 1), "to": date(2027, 1, 1)}).rows
        seconds = time.monotonic() - started
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"{seconds:.3f} {most / 1024:.0f} {(most - before) / 1024:.0f} {len(rows)}")


def main() -> None:
    """Makes the file, measures both and prints the ratios."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "data/raw/lines.parquet"
        file.parent.mkdir(parents=True)
        duckdb.connect().execute(MAKE.format(path=file))
        print(f"{ROWS:,} rows, {file.stat().st_size / 2**20:.0f} MB of Parquet")
        found = {}
        for name, query in (("read", f"{READ} from lines"), ("collect", COUNT)):
            command = [sys.executable, __file__, folder, query]
            run = subprocess.run(command, check=True, capture_output=True, text=True)
            seconds, most, grown, rows = run.stdout.split()
            found[name] = float(seconds), float(grown)
            print(f"{name}: {seconds} s, {most} MB ({grown} MB of them for the query), {rows} rows")
        print(f"ratio: {found['collect'][0] / found['read'][0]:.1f} in time")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        measured(Path(sys.argv[1]), sys.argv[2])
    else:
        main()
