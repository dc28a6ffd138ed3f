"""Broken handbooks by the hundred thousand: `python -m bench.fuzz [FIRST] [COUNT]`; the tests run 2,000.

Tells every kind of fault of ours once, with its seed, and the slowest case.
"""

from __future__ import annotations

import sys
import tempfile
import time
import traceback
from pathlib import Path

from tests.built import SITES
from tests.fuzzed import project, tried


def main(first: int = 0, count: int = 100_000) -> int:
    """Run the cases; 1 where there was a fault."""
    kinds: set[str] = set()
    slowest, accepted = 0.0, 0
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(first, first + count):
            started = time.perf_counter()
            try:
                problems = tried(project(SITES / "every-text", Path(folder) / "project", seed))
                accepted += not any(problem.level == "error" for problem in problems)
            except Exception as fault:  # noqa: BLE001  # that is what is looked for
                last = traceback.extract_tb(fault.__traceback__)[-1]
                kind = f"{type(fault).__name__} at {last.filename}:{last.lineno}"
                if kind not in kinds:
                    print(f"seed {seed}: {kind}: {fault}", flush=True)
                kinds.add(kind)
            slowest = max(slowest, time.perf_counter() - started)
    print(f"{count} cases, {accepted} accepted, {len(kinds)} kinds of fault, slowest {slowest:.1f} s")
    return 1 if kinds else 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
