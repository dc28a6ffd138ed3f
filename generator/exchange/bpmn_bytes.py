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
BEGINNINGS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"<\0\0\0", "utf-32-le"),
    (b"\0\0\0<", "utf-32-be"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)
"""How a file begins that is not in the encoding it may declare: marks, and the first letter of XML in wide
ones. Source: Extensible Markup Language 1.0, appendix F."""
NO_TEXTS = {"idna", "punycode", "unicode_escape", "raw_unicode_escape"}
"""Codecs that files of text are not written in, and that take very long for a large one."""
DEEPEST = 200
"""How deep elements may lie in one another; real files stay below thirty."""
REFERENCE = re.compile(r"&#(?:x([0-9A-Fa-f]{1,6})|([0-9]{1,7}));")
AROUND = 12


class BpmnError(Exception):
    """A file that cannot be read as BPMN; the message says why and what to do."""


class _Builder(ET.TreeBuilder):
    """BPMN has no document type, which could only smuggle entities in, and is not nested without end."""

    def __init__(self) -> None:
        super().__init__()
        self._depth = 0

    def doctype(self, *_: str | None) -> None:
        raise BpmnError("a BPMN file has no document type declaration; delete the DOCTYPE")

    def start(self, tag: str, attrs: dict[str, str]) -> ET.Element:
        self._depth += 1
        if self._depth > DEEPEST:
            raise BpmnError(f"elements lie more than {DEEPEST} deep in one another; take them apart")
        return super().start(tag, attrs)

    def end(self, tag: str) -> ET.Element:
        self._depth -= 1
        return super().end(tag)


def parsed(data: bytes) -> tuple[ET.Element, tuple[str, ...]]:
    """The outermost element, and where a control character was taken out; BpmnError for what is no BPMN."""
    text, taken_out = _clean(_decoded(data))
    parser = ET.XMLParser(target=_Builder(), encoding="utf-8")  # what the file declares is done with
    try:
        return ET.fromstring(text.encode(), parser=parser), taken_out
    except UnicodeEncodeError:
        raise BpmnError("the file holds halves of characters: save it as UTF-8") from None
    except ET.ParseError as fault:
        raise BpmnError(f"this is not XML: {fault}") from None


def _decoded(data: bytes) -> str:
    for mark, name in BEGINNINGS:
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
        if codecs.lookup(codec).name.replace("-", "_") in NO_TEXTS:
            raise LookupError
        return data.decode(codec)
    except (LookupError, UnicodeError):
        said = name or codec
        raise BpmnError(f"the file cannot be read as {said}: save it as UTF-8") from None


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
