"""Changes one cell of a CSV file and leaves every other byte."""

from __future__ import annotations

from generator.model.spreadsheet import defused


def with_cell(text: str, line: int, column: str, value: str, heads: tuple[str, ...]) -> str:
    """The text with another value in the record that starts on a line; a column that is missing is put last.

    `heads`: the columns' names as they are understood, in the file's order.
    """
    starts = _records(text)
    if column not in heads:
        ends = sorted((end for _, _, end in starts), reverse=True)
        first = starts[0][2]
        for end in ends:
            text = text[:end] + (f",{column}" if end == first else ",") + text[end:]
        heads = (*heads, column)
        starts = _records(text)
    start, end = next((begin, end) for number, begin, end in starts if number == line)
    cells = _cells(text[start:end])
    place = heads.index(column)
    left, right = cells[place]
    return text[: start + left] + written_cell(value) + text[start + right :]


def written_cell(value: str) -> str:
    """A cell as it is written: no spreadsheet runs it, and in quotes where it needs them."""
    said = str(defused(value))
    return '"' + said.replace('"', '""') + '"' if any(letter in said for letter in ',"\r\n') else said


def _records(text: str) -> list[tuple[int, int, int]]:
    """Line, start and end of each record that is not blank."""
    made, line, start, quoted, first = [], 1, 0, False, 1
    for place, letter in enumerate(text):
        if letter == '"':
            quoted = not quoted
        elif letter == "\n":
            if not quoted:
                if text[start:place].strip(" ,") and not text.startswith(("#", "sep="), start):
                    made.append((first, start, place))
                start, first = place + 1, line + 1
            line += 1
    if text[start:].strip(" ,\n"):
        made.append((first, start, len(text)))
    return made


def _cells(record: str) -> list[tuple[int, int]]:
    """Start and end of each cell of a record."""
    made, start, quoted = [], 0, False
    for place, letter in enumerate(record):
        if letter == '"':
            quoted = not quoted
        elif letter == "," and not quoted:
            made.append((start, place))
            start = place + 1
    return [*made, (start, len(record))]
