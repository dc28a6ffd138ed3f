"""todo-left: nothing that `handbook new` asked to be filled in is still TODO."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from generator.check.definition_complete import NEEDED
from generator.check.rule import Finding, Rule, RuleContext
from generator.model.catalogue import Catalogue
from generator.model.shortcode import without_code
from generator.problems import FilePosition, Loc

WHY = """A new file says TODO where its author has to write something. Left there it is published like any
other text, and whoever reads the page learns that nobody has looked at it since."""

_LEFT = re.compile(r"^[\s>*_#+\-]*(?:\d+[.)]\s+)?[*_]*(?P<todo>TODO)(?![A-Za-z0-9_])", re.MULTILINE)
"""TODO at the head of a line, behind what Markdown may put there."""
_SHOWN = 8


def check(context: RuleContext) -> Iterator[Finding]:
    places: dict[str, set[FilePosition]] = {}
    for mark in (*_in_data(context.catalogue), *_in_pages(context.catalogue)):
        places.setdefault(mark.file, set()).add(mark)
    for file in sorted(places):
        first = min(places[file])
        lines = [str(line) for line in sorted({mark.line for mark in places[file]})]
        message = "TODO is left here"
        if len(lines) > 1:
            shown = ", ".join([*lines[:_SHOWN], *(["…"] if len(lines) > _SHOWN else [])])
            message = f"TODO is left in {len(lines)} lines: {shown}"
        yield Finding(first, message, "write what is asked for there, or delete it")


def _in_data(catalogue: Catalogue) -> Iterator[FilePosition]:
    """Places in files of data, front matter and labels; a file that is no sound one is looked at too."""
    for name, source in catalogue.sources.items():
        kind, _, id_ = name.partition("/")
        indicator = catalogue.indicators.get(id_) if kind == "indicators" else None
        # What definition-complete tells of an active indicator stops the build already.
        told = NEEDED if indicator is not None and indicator.status == "active" else ()
        yield from (
            source.mark(loc) for loc in _left(source.value) if loc[:1] not in {(key,) for key in told}
        )


def _left(value: object) -> Iterator[Loc]:
    waiting: list[tuple[Loc, object]] = [((), value)]
    while waiting:
        loc, here = waiting.pop()
        if isinstance(here, Mapping):
            waiting += [((*loc, key), inner) for key, inner in here.items() if isinstance(key, str)]
        elif isinstance(here, list | tuple):
            waiting += [((*loc, position), inner) for position, inner in enumerate(here)]
        elif isinstance(here, str) and is_left(here):
            yield loc


def is_left(text: str) -> bool:
    """Whether a text waits for its author's words."""
    return "TODO" in text and _LEFT.search(text) is not None


def _in_pages(catalogue: Catalogue) -> Iterator[FilePosition]:
    """Places in hand-written pages; what stands in code or in a comment is no text."""
    for page in catalogue.content:
        for body in page.bodies.values():
            if "TODO" not in body.markdown:
                continue
            text = without_code(body.markdown)
            for found in _LEFT.finditer(text):
                at = found.start("todo")
                line, column = text.count("\n", 0, at), at - text.rfind("\n", 0, at)
                yield FilePosition(body.file, body.first_line + line, column)


RULE = Rule("todo-left", "warning", WHY, check)
