"""Writes the cases' expected.txt anew: `python -m tests.problems.regenerate [CASE …]`.

For a person who then reads every changed message as an author would; never for CI, where the difference is
the finding.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from generator.problems import as_text
from tests.problems.assemble import CASES, HERE, assemble, problems_of


def main(cases: list[str]) -> None:
    for case in cases or CASES:
        with tempfile.TemporaryDirectory() as folder:
            text = as_text(problems_of(assemble(case, Path(folder) / "project")))
        (HERE / case / "expected.txt").write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(sys.argv[1:])
