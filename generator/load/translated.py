"""What each translation was made from: data/translated.csv, which `import texts` and `export texts` keep."""

from __future__ import annotations

import csv
from pathlib import Path

from generator.load.decode import read_text
from generator.model.catalogue import TextKey, TextRecord
from generator.model.translated import HEAD, TRANSLATED
from generator.problems import FilePosition, Problems


def load_translated(file: Path | None, problems: Problems) -> TextRecord:
    """The record by file, place and language; a line that cannot be read is told and left out."""
    text = read_text(file, TRANSLATED, problems) if file is not None else None
    made: dict[TextKey, tuple[str, str]] = {}
    for number, line in enumerate((text or "").splitlines(), 1):
        row = _cells(line)
        if number == 1 and tuple(row) == HEAD:
            continue
        if len(row) != len(HEAD) or not all(row):
            hint = (
                "delete the line; the file is written by `handbook import texts` and `export texts --record`"
            )
            problems.warning(
                FilePosition(TRANSLATED, number, 1), "bad-value", "this line cannot be read", hint
            )
            continue
        file_, place, language, source, words = row
        made[file_, place, language] = (source, words)
    return made


def _cells(line: str) -> list[str]:
    """Each line by itself: a quote that nothing ends spoils no other; none of one that is no row."""
    try:
        return next(csv.reader([line]))
    except csv.Error:
        return []
