"""What is wrong with a CSV file whose head DuckDB does not know: nothing in it, or a line of another width.

Its reader looks for a separator that fits all lines; where none does, the whole line is one cell, or columns
get numbers, and a query is then told of columns that are not there and not of the line that is to blame.
"""

from __future__ import annotations

import csv
import gzip
import io
import re
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO

_SEPARATORS = ",;\t|"


def text_fault(files: Sequence[Path], columns: Sequence[str]) -> str | None:
    """The fault in words, with file and line; None where the columns are what the file says."""
    if len(columns) != 1 and not all(re.fullmatch(r"column\d+", name) for name in columns):
        return None
    for file in files:
        with suppress(csv.Error), _opened(file) as lines:
            head = next(lines, "").rstrip("\r\n")
            if not head.strip() and not any(line.strip() for line in lines):
                return f"{file.name} is empty"
            separator = max(_SEPARATORS, key=head.count)
            width = len(next(csv.reader([head], delimiter=separator), []))
            if width <= 1:
                continue
            reader = csv.reader(lines, delimiter=separator)
            for cells in reader:
                if cells and len(cells) != width:
                    message = (
                        f"{'1 cell' if len(cells) == 1 else f'{len(cells)} cells'} where the head has {width}"
                    )
                    return f"{file.name}:{reader.line_num + 1}: {message}"
    return None


def _opened(file: Path) -> IO[str]:
    if file.suffix == ".gz":
        return io.TextIOWrapper(gzip.open(file), encoding="utf-8", errors="replace", newline="")
    return file.open(encoding="utf-8-sig", errors="replace", newline="")
