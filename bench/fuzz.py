"""Broken files by the hundred thousand: `python -m bench.fuzz [FIRST] [COUNT]`; the tests run 2,000.

Tells every kind of fault of ours once, with its seed, the slowest case and the memory.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import traceback
from collections import Counter
from pathlib import Path

from tests.fuzzed import case_of, run


def main(first: int = 0, count: int = 100_000) -> int:
    """Run the cases; 1 where there was a fault."""
    kinds: set[str] = set()
    slowest, tried = (0.0, 0), Counter[str]()
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(first, first + count):
            tried[case_of(seed).__name__] += 1
            try:
                slowest = max(slowest, (run(seed, Path(folder) / "case" / "project"), seed))
            except AssertionError as failed:
                fault = failed.__cause__ or failed
                last = traceback.extract_tb(fault.__traceback__)[-1]
                kind = f"{type(fault).__name__} at {last.filename}:{last.lineno}"
                if kind not in kinds:
                    print(f"{failed}: {kind}: {fault}", flush=True)
                kinds.add(kind)
    told = ", ".join(f"{number} {name}" for name, number in tried.items())
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{count} cases ({told}), {len(kinds)} kinds of fault")
    print(f"slowest {slowest[0]:.1f} s (seed {slowest[1]}), {most} MB")
    return 1 if kinds else 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
