"""Links in authors' Markdown: where they lead, and the same text without some of them.

Everything that Markdown and HTML know is looked for: inline links, references with their definitions,
addresses in angle brackets, attributes of raw HTML. A link that is not found would tell the name of a page
that an edition leaves out. Nothing here goes over a text more than a few times, whatever stands in it.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from urllib.parse import unquote

FENCE = re.compile(r"(^(?:```|~~~).*?^(?:```|~~~)[^\n]*$|`[^`\n]+`)", re.MULTILINE | re.DOTALL)
"""Code, as a group of its own: splitting by it gives text and code in turn."""
_inline = re.compile(
    r"\]\(\s*(?:<([^<>\n]*)>|([^\s()<>]*(?:\([^\s()]*\)[^\s()<>]*)*))"
    r"(?:(?:\s+(?:\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'|\([^()]*\)))?\s*\)|[^)]{0,2000}\))"
)
_definition = re.compile(
    r"^[ \t>]*\[([^\[\]\n]+)\]:[ \t]*\n?[ \t]*<?([^\s<>]+)>?[ \t]*"
    r"(?:\n?[ \t]*(?:\"[^\"\n]*\"|'[^'\n]*'|\([^()\n]*\)))?[ \t]*$",
    re.MULTILINE,
)
_either = re.compile(r"[\[\]]")
_label = re.compile(r"\[([^\[\]]+)\](?!\()")
_attribute = re.compile(
    r"(?<![\w-])(?:href|src|data|poster|srcset)\s*=\s*(?:\"([^\"<>]*)\"|'([^'<>]*)'|([^\s\"'<>]+))",
    re.IGNORECASE,
)
_address = re.compile(r"<(https?:[^\s<>]+)>")
_scheme = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
_page_ending = re.compile(r"(?:\.md|\.html?|/index)$", re.IGNORECASE)


def targets(markdown: str) -> Iterator[str]:
    """Every address that a text leads to or shows, as it is written; what stands in code is none."""
    return (address for _, address in placed_targets(markdown))


def placed_targets(markdown: str) -> Iterator[tuple[int, str]]:
    """The same with where each stands in the text."""
    text = FENCE.sub(lambda code: re.sub(r"[^\n]", " ", code[0]), markdown)
    for found in _inline.finditer(text):
        yield found.start(1 if found[1] else 2), found[1] or found[2] or ""
    for found in _definition.finditer(text):
        yield found.start(2), found[2]
    for found in _attribute.finditer(text):
        value = found[1] or found[2] or found[3] or ""
        parts = [part.split()[0] for part in value.split(",") if part.split()] if "," in value else [value]
        yield from ((found.start(), part) for part in parts)


def place_of(target: str, folder: str) -> str | None:
    """The path from the top that an address on a page of `folder` means; None for another site's."""
    if _scheme.match(target):
        return None
    path = unquote(re.split(r"[?#]", target, maxsplit=1)[0]).replace("\\", "/")
    return (
        posixpath.normpath(posixpath.join("" if path.startswith("/") else folder, path.lstrip("/")))
        if path
        else None
    )


def page_of(target: str, folder: str, pages: Collection[str]) -> str | None:
    """Which of `pages` (paths such as pilots/east.md) an address leads to.

    It may name the source, the built page or a whole URL; below the name of a language, or at another place
    of a server, it is the same page.
    """
    path = unquote(re.split(r"[?#]", target, maxsplit=1)[0]).replace("\\", "/")
    if not path:
        return None  # a place on the same page
    here = "" if _scheme.match(path) or path.startswith("/") else folder
    parts = [
        item
        for item in posixpath.normpath(posixpath.join(here, path)).split("/")
        if item not in ("", ".", "..")
    ]
    for start in range(len(parts)):
        stem = _page_ending.sub("", "/".join(parts[start:]))
        for name in (f"{stem}.md", f"{stem}/index.md"):
            if name in pages:
                return name
    return None


def without_links(markdown: str, gone: Callable[[str], bool], within_code: bool = True) -> str:
    """The text with the words alone of every link whose address is `gone`; `within_code`, in code too."""
    if "](" not in markdown and "]:" not in markdown and "<" not in markdown:
        return markdown
    # Every second part is code, which the pattern keeps as a group of its own.
    parts = [markdown] if within_code else FENCE.split(markdown)
    left = {_named(found[1]) for part in parts[::2] for found in _definition.finditer(part) if gone(found[2])}
    parts[::2] = [_bare(part, left, gone) for part in parts[::2]]
    return "".join(parts)


def _bare(text: str, left: Collection[str], gone: Callable[[str], bool]) -> str:
    """One part of a text without these links; `left` are the references whose definitions go."""
    if left:
        text = _definition.sub(lambda found: "" if _named(found[1]) in left else found[0], text)
        text = _cut(text, _references(text, left))
    text = _cut(text, _inline_links(text, gone))
    if "<" in text:
        text = _attribute.sub(
            lambda found: "" if gone(found[1] or found[2] or found[3] or "") else found[0], text
        )
        text = _address.sub(lambda found: "" if gone(found[1]) else found[0], text)
    return text


def _named(label: str) -> str:
    """A reference's name as Markdown compares them."""
    return " ".join(label.split()).lower()


def _inline_links(text: str, gone: Callable[[str], bool]) -> Iterator[tuple[int, int]]:
    """The pieces that make words a link, where it is gone: the bracket before them and all after them."""
    leaving = [found for found in _inline.finditer(text) if gone(found[1] or found[2] or "")]
    opened = _opened(text) if leaving else {}
    for found in leaving:
        yield from _brackets(text, opened, found.start(), found.end())


def _references(text: str, left: Collection[str]) -> Iterator[tuple[int, int]]:
    opened = _opened(text)
    for found in _label.finditer(text):
        if _named(found[1]) not in left:
            continue
        before = found.start() - 1
        while before > 0 and text[before] in " \n":
            before -= 1
        if before > 0 and text[before] == "]":
            yield from _brackets(text, opened, before, found.end())
        else:
            end = found.end() + 2 if text.startswith("[]", found.end()) else found.end()
            yield from ((found.start(), found.start() + 1), (found.end() - 1, end))


def _opened(text: str) -> dict[int, int]:
    """Where the bracket is opened that each `]` closes; in one pass, however many nothing opens."""
    opened, waiting = {}, []
    for found in _either.finditer(text):
        if found[0] == "[":
            waiting.append(found.start())
        elif waiting:
            opened[found.start()] = waiting.pop()
    return opened


def _brackets(text: str, opened: Mapping[int, int], close: int, end: int) -> Iterator[tuple[int, int]]:
    """What to cut so that only the words before the bracket at `close` stay."""
    at = opened.get(close)
    if at is not None:
        image = at > 0 and text[at - 1] == "!"
        yield from ((at - image, at + 1), (close, end))


def _cut(text: str, pieces: Iterator[tuple[int, int]]) -> str:
    """The text without some pieces."""
    made, at = [], 0
    for start, end in sorted(pieces):
        if start >= at:
            made.append(text[at:start])
        at = max(at, end)
    return "".join((*made, text[at:]))
