"""The sample as it stood when 2025-Q4 was told, cut by hand: what came later is blanked in the files' text.

Written without the product's own way of looking back, to hold it against. Lines keep their numbers, so that
warnings, and what is said of a number, name the same places.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import yaml

LATER = re.compile(r"(202[6-9]|20[3-9]\d)")
"""What a date or a period of after 2025-Q4 begins with. The first week of 2026 begins on 29 December, and by
its Thursday, 1 January, belongs to 2026."""
ENDED_LATER = ("2026", "2027", "2028", "2029")
"""What the period of a later result begins with."""
TOLD = "2026-01-14"
"""The quarter's last long review; until then its actions are told."""
PILOTS = ("lead-to-cash-south",)
"""Begun in 2026."""
Path_ = tuple[str | int, ...]


class Text:
    """A YAML file whose parts are replaced where they stand."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._lines = file.read_text(encoding="utf-8").split("\n")
        self._root = yaml.compose("\n".join(self._lines))

    def value(self, *path: str | int) -> str | None:
        node = self._node(path)
        return node.value if isinstance(node, yaml.ScalarNode) else None

    def many(self, *path: str | int) -> Iterator[Path_]:
        node = self._node(path)
        for index in range(len(node.value) if isinstance(node, yaml.SequenceNode) else 0):
            yield (*path, index)

    def put(self, text: str, *path: str | int) -> None:
        """Write another scalar in the place of one, or of a whole value in flow style on one line."""
        node = self._node(path)
        assert node is not None, (self._file, path)
        assert node.start_mark.line == node.end_mark.line, (self._file, path)
        row = self._lines[node.start_mark.line]
        # What follows on the line is kept; the file is read anew, since its columns have moved.
        self._lines[node.start_mark.line] = row[: node.start_mark.column] + text + row[node.end_mark.column :]
        self._root = yaml.compose("\n".join(self._lines))

    def blank(self, *path: str | int) -> None:
        """Take out an entry of a list in block style, or a key with its value; its lines stay as comments."""
        start, end = self._span(path)
        for row in range(start, end):
            self._lines[row] = "#"
        self._root = yaml.compose("\n".join(self._lines))

    def save(self) -> None:
        self._file.write_text("\n".join(self._lines), encoding="utf-8", newline="\n")

    def _node(self, path: Path_) -> yaml.Node | None:
        node: yaml.Node | None = self._root
        for part in path:
            if isinstance(node, yaml.SequenceNode) and isinstance(part, int):
                node = node.value[part]
            elif isinstance(node, yaml.MappingNode):
                node = next((value for key, value in node.value if key.value == part), None)
            else:
                return None
        return node

    def _span(self, path: Path_) -> tuple[int, int]:
        parent, last = self._node(path[:-1]), path[-1]
        if isinstance(parent, yaml.SequenceNode):
            starts = [child.start_mark.line for child in parent.value]
            at = int(last)
        else:
            assert isinstance(parent, yaml.MappingNode)
            starts = [key.start_mark.line for key, _ in parent.value]
            at = next(i for i, (key, _) in enumerate(parent.value) if key.value == last)
        end = starts[at + 1] if at + 1 < len(starts) else self._end_of(starts[at])
        assert end > starts[at], (self._file, path, "shares its line with another")
        return starts[at], end

    def _end_of(self, start: int) -> int:
        """The first line after `start` that is no deeper than it."""
        depth = len(self._lines[start]) - len(self._lines[start].lstrip())
        for row in range(start + 1, len(self._lines)):
            text = self._lines[row]
            if text.strip() and not text.strip().startswith("#") and len(text) - len(text.lstrip()) <= depth:
                return row
        return len(self._lines)


def cut(project: Path) -> None:
    """Take everything later than 2025-Q4 out of a copy of the sample."""
    data = project / "data"
    for file in sorted((data / "reviews").glob("*.yml")):
        review(file)
    for pilot in PILOTS:
        (data / "pilots" / f"{pilot}.yml").unlink()
    held = (data / "diagnosis").glob("*.yml"), (data / "diagnosis/responses").glob("*.csv")
    for file in sorted((*held[0], *held[1], *(data / "workshops").glob("*.yml"))):
        if LATER.match(file.name):
            file.unlink()
    gone = {file.stem for file in sorted((data / "indicators").glob("*.yml")) if not indicator(file)}
    for file in sorted((data / "pilots").glob("*.yml")):
        pilot_file(file)
    for file in sorted((data / "results").rglob("*.csv")):
        results(file, gone)
    (data / "collect/runs.csv").unlink()
    strategy(data / "strategy.yml")
    cases(project / "content/cases")
    for file in sorted((data / "processes").glob("*.yml")) + sorted((data / "indicators").glob("*.yml")):
        unnamed(file, gone)


def later(text: str | None) -> bool:
    return text is not None and LATER.match(text) is not None


def review(file: Path) -> None:
    text = Text(file)
    own = text.value("period") or "", text.value("date") or "", text.value("pilot")
    long = text.value("kind") == "long"
    if own[2] in PILOTS or later(own[0] if long else own[1]):
        file.unlink()
        return
    for action in text.many("actions"):
        closed = text.value(*action, "closed")
        on = text.value(*action, "result", "on")
        if closed is not None and closed > TOLD:
            text.put("open", *action, "status")
            text.blank(*action, "closed")
        if on is not None and on > TOLD:
            text.blank(*action, "result")
    text.save()


def indicator(file: Path) -> bool:
    """False where it did not exist yet; its file is gone then."""
    text = Text(file)
    for entry in reversed(list(text.many("history"))):
        if later(text.value(*entry, "date")):
            if text.value(*entry, "change") == "created":
                file.unlink()
                return False
            definition = before(text, entry)
            text.blank(*entry)
            if definition is not None:
                replace_definition(text, *definition)
    for entry in reversed(list(text.many("targets"))):
        if later(text.value(*entry, "from")):
            text.blank(*entry)
    if later(text.value("verified", "on")):
        text.blank("verified")
    assert not later(text.value("retired_on"))
    text.save()
    return True


def before(text: Text, entry: Path_) -> tuple[str, str] | None:
    words = [text.value(*entry, "before", language) for language in ("zh", "en")]
    if None in words:
        return None
    assert text.value(*entry, "change") == "definition"
    return str(words[0]), str(words[1])


def replace_definition(text: Text, chinese: str, english: str) -> None:
    """The first of a definition's lines says the old wording, the others are blanked."""
    start, end = text._span(("definition",))
    quoted = [words.replace('"', '\\"') for words in (chinese, english)]
    text._lines[start] = f'definition: {{zh: "{quoted[0]}", en: "{quoted[1]}"}}'
    for row in range(start + 1, end):
        text._lines[row] = "#"
    text._root = yaml.compose("\n".join(text._lines))


def pilot_file(file: Path) -> None:
    text = Text(file)
    for item in text.many("pack"):
        for entry in reversed(list(text.many(*item, "targets"))):
            if later(text.value(*entry, "from")):
                text.blank(*entry)
    for step in text.many("steps"):
        undone = later(text.value(*step, "started"))
        if undone:
            text.put("planned", *step, "status")
            text.blank(*step, "started")
        elif later(text.value(*step, "finished")):
            undone = True
            text.put("started", *step, "status")
        if not undone:
            continue
        for key in ("finished", "note"):
            if text._node((*step, key)) is not None:
                text.blank(*step, key)
        for output in text.many(*step, "outputs"):
            text.put(f"{{output: {text.value(*output, 'output')}, done: false}}", *output)
    for key in ("changes", "tools", "training"):
        for entry in reversed(list(text.many(key))):
            if later(text.value(*entry, "live" if key == "tools" else "date")):
                text.blank(*entry)
    for change in text.many("changes"):
        for entry in reversed(list(text.many(*change, "spread"))):
            transfer(text, entry)
    text.save()


def transfer(text: Text, entry: Path_) -> None:
    """One to a pilot that was not there goes; one that began later was planned."""
    if text.value(*entry, "pilot") in PILOTS:
        text.blank(*entry)
    elif later(text.value(*entry, "date")):
        for key in ("date", "change", "reason", "document"):
            if text._node((*entry, key)) is not None:
                text.blank(*entry, key)


def results(file: Path, gone: set[str]) -> None:
    head, *rows = file.read_text(encoding="utf-8").split("\n")
    columns = head.split(",")
    assert columns[:3] == ["period", "indicator", "pilot"]
    drawn = columns.index("as_of") if "as_of" in columns else None
    kept = []
    for row in rows:
        cells = row.split(",")
        stays = not row or (
            not cells[0].startswith(ENDED_LATER)
            and cells[1] not in gone
            and cells[2] not in PILOTS
            and (drawn is None or cells[drawn] <= TOLD)
        )
        kept.append(row if stays else "")
    if any(kept):
        file.write_text("\n".join([head, *kept]), encoding="utf-8", newline="\n")
    else:
        file.unlink()


def strategy(file: Path) -> None:
    text = Text(file)
    for objective in text.many("objectives"):
        for result in reversed(list(text.many(*objective, "key_results"))):
            if text.value(*result, "pilot") in PILOTS:
                text.blank(*result)
    text.save()


def cases(folder: Path) -> None:
    for file in sorted(folder.glob("*.md")):
        dated = re.search(r"^date: (\S+)$", file.read_text(encoding="utf-8"), re.MULTILINE)
        if dated and later(dated[1]):
            for part in folder.glob(f"{file.stem}*.md"):
                part.unlink()


def unnamed(file: Path, gone: set[str]) -> None:
    """Take the ids of what did not exist yet out of lists in flow style and of entries that name one."""
    kept = []
    for line in file.read_text(encoding="utf-8").split("\n"):
        names = "|".join(gone)
        named = rf"(?<=[\[ ])(?:{names}), |, (?:{names})(?=[\],])|(?<=\[)(?:{names})(?=\])"
        kept.append(re.sub(named, "", line))
    file.write_text("\n".join(kept), encoding="utf-8", newline="\n")
