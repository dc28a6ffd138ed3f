"""Bytes to text, saying which byte of which line is wrong; what spreadsheets and editors save is read."""

from __future__ import annotations

import codecs
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from generator.model.bounds import UNPRINTABLE, named
from generator.problems import FilePosition, Problems

_WIDE = (
    (b"\xff\xfe\0\0", "UTF-32"),
    (b"\0\0\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)
"""How a file in letters of two or four bytes begins."""
_LOOKED_AT = 400
"""Bytes in which a wide file without such a beginning shows what it is."""
_BLOCK = 1 << 22
"""Bytes of a large file that are looked at together."""
_PLAIN = b"\t\n" + bytes(range(0x20, 0x7F))


def read_text(path: Path, name: str, problems: Problems, *, gb18030: bool = False) -> str | None:
    """The file's text with `\\n` line ends, NFC, without a BOM; None (and a problem) when it cannot be read.

    gb18030: read that encoding too, as spreadsheets save it in China.
    """
    try:
        data = path.read_bytes()
    except OSError as fault:
        message, hint = f"cannot be read: {fault.strerror}", "check that it is there and may be read"
        problems.error(FilePosition(name, 1, 1), "unreadable-file", message, hint)
        return None
    return decode(data, name, problems, gb18030=gb18030)


def read_utf8(path: Path, name: str, problems: Problems) -> bytes | None:
    """As `read_text`, GB18030 too, but as UTF-8: of a large file a second copy is much."""
    try:
        return b"".join(map(_sound, _blocks(path.read_bytes().removeprefix(codecs.BOM_UTF8))))
    except (OSError, ValueError):
        text = read_text(path, name, problems, gb18030=True)
        return None if text is None else text.encode()


def _blocks(data: bytes) -> Iterator[bytes]:
    """Whole lines, some megabytes at a time."""
    start = 0
    while start < len(data):
        end = data.find(b"\n", start + _BLOCK) + 1 or len(data)
        yield data[start:end]
        start = end


def _sound(block: bytes) -> bytes:
    """With `\n` line ends, NFC. ValueError where something is wrong, which who reads all of it can tell."""
    if b"\r" in block:
        block = block.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    bad: object
    if block.isascii():
        bad = block.translate(None, _PLAIN)
    else:
        text = block.decode("utf-8")
        bad = UNPRINTABLE.search(text)
        block = unicodedata.normalize("NFC", text).encode()
    if bad:
        raise ValueError("a character that may not be")
    return block


def decode(data: bytes, name: str, problems: Problems, *, gb18030: bool = False) -> str | None:
    """As `read_text`, from bytes."""
    wide = _wide(data)
    if wide is not None:
        problems.error(FilePosition(name, 1, 1), "bad-encoding", f"the file is {wide}", "save it as UTF-8")
        return None
    text = _decoded(data, name, problems, gb18030)
    if text is None:
        return None
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    bad = UNPRINTABLE.search(text)
    if bad:
        mark = place(name, text, bad.start())
        problems.error(mark, "bad-character", f"found {named(bad[0])}", "delete it; the file may be damaged")
        return None
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def place(name: str, text: str, offset: int) -> FilePosition:
    """The line and column of a character of the text."""
    start = text.rfind("\n", 0, offset) + 1
    return FilePosition(name, text.count("\n", 0, offset) + 1, offset - start + 1)


def _wide(data: bytes) -> str | None:
    """The encoding of a file whose letters have two or four bytes each; with no mark, the zeros tell."""
    for mark, name in _WIDE:
        if data.startswith(mark):
            return name
    head = data[:_LOOKED_AT]
    for width, name in ((4, "UTF-32"), (2, "UTF-16")):
        places = [head[first::width] for first in range(width)]
        zeros = [part for part in places if len(part) > 1 and part.count(0) * 10 >= len(part) * 9]
        if len(zeros) == width - 1:
            return name
    return None


def _decoded(data: bytes, name: str, problems: Problems, gb18030: bool) -> str | None:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as fault:
        chinese = as_gb18030(data)
        if gb18030 and chinese is not None:
            return chinese
        before = data[: fault.start].decode("utf-8").removeprefix("\ufeff")
        mark = place(name, before.replace("\r\n", "\n").replace("\r", "\n"), len(before))
        found = f"the byte 0x{data[fault.start]:02X} is not UTF-8"
        hint = "the file looks like GB18030: save it as UTF-8" if chinese is not None else "save it as UTF-8"
        problems.error(mark, "bad-encoding", found, hint)
        return None


def as_gb18030(data: bytes) -> str | None:
    """The text, unless the file is plainly UTF-8 with a few damaged bytes (which GB18030 would garble)."""
    text = data.decode("utf-8", errors="replace")
    damaged = text.count("\ufffd")
    sound = sum(character > "\x7f" for character in text) - damaged
    if sound > damaged:
        return None
    try:
        return data.decode("gb18030")
    except UnicodeDecodeError:
        return None
