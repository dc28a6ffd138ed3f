"""A BPMN file's bytes as XML: in whatever encoding it says, without what our own files may not hold.

The XML library knows no multi-byte encodings, and some tools write control characters; both are common where
the names are Chinese.
"""

from __future__ import annotations

import codecs
import re
import xml.etree.ElementTree as ET

from generator.load.decode import as_gb18030
from generator.model.bounds import UNPRINTABLE

DECLARED = re.compile(rb"\A\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._-]+)[\"']")
CHINESE = {"gbk", "gb2312", "gb_2312-80", "cp936", "x-gbk", "gb18030"}
BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
REFERENCE = re.compile(r"&#(?:x([0-9A-Fa-f]{1,6})|([0-9]{1,7}));")
AROUND = 12


class _NoDoctype(ET.TreeBuilder):
    """BPMN has no document type; one could only smuggle entities in."""

    def doctype(self, *_: str | None) -> None:
        raise ValueError("a BPMN file has no document type declaration; delete the DOCTYPE")


def parsed(data: bytes) -> tuple[ET.Element, tuple[str, ...]]:
    """The outermost element, and where a control character was taken out. ValueError with an author's
    message."""
    text, taken_out = _clean(_decoded(data))
    parser = ET.XMLParser(target=_NoDoctype(), encoding="utf-8")  # what the file declares is done with
    try:
        return ET.fromstring(text.encode(), parser=parser), taken_out
    except ET.ParseError as fault:
        raise ValueError(f"this is not XML: {fault}") from None


def _decoded(data: bytes) -> str:
    for mark, name in BOMS:
        if data.startswith(mark):
            return _by(data, name)
    declared = DECLARED.match(data)
    name = declared[1].decode().lower() if declared else "utf-8"
    if name in CHINESE:
        return _by(data, "gb18030", name)
    if name in ("utf-8", "utf8"):
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError:
            chinese = as_gb18030(data)
            if chinese is not None:
                return chinese
    return _by(data, name)


def _by(data: bytes, codec: str, name: str = "") -> str:
    try:
        return data.decode(codec)
    except (LookupError, UnicodeError):
        said = name or codec
        raise ValueError(f"the file cannot be read as {said}: save it as UTF-8") from None


def _clean(text: str) -> tuple[str, tuple[str, ...]]:
    """Without characters that no text of ours may hold; each with its name and what stood around it."""
    found: list[str] = []

    def drop(match: re.Match[str], code: int) -> str:
        before = re.split(r"[\"'<>\n]", text[max(match.start() - AROUND, 0) : match.start()])[-1]
        after = re.split(r"[\"'<>\n]", text[match.end() : match.end() + AROUND])[0]
        found.append(f"U+{code:04X} in {UNPRINTABLE.sub('', before + after)}")
        return ""

    def referred(match: re.Match[str]) -> str:
        code = int(match[1], 16) if match[1] else int(match[2])
        good = code < 0x110000 and not UNPRINTABLE.match(chr(code))
        return match[0] if good else drop(match, code)

    text = REFERENCE.sub(referred, text)
    text = UNPRINTABLE.sub(lambda match: drop(match, ord(match[0])), text)
    return text, tuple(found)
