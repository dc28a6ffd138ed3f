"""Every name of a BPMN file, found without our reader, and held against the account of an import."""

from __future__ import annotations

import html
import re
import xml.etree.ElementTree as ET
from collections import Counter

import yaml

from generator.exchange.bpmn_in import Imported
from generator.exchange.plain_yaml import as_yaml

MODEL = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
TAGS = re.compile(
    r"</?(b|i|u|br|p|div|span|font|strong|em|sub|sup|h\d|ul|ol|li|html|head|body)\b[^<>]*>", re.IGNORECASE
)
"""Of HTML; `<agent.calls>` is a name."""
REFERENCE = re.compile(r"(Ref|Refs|incoming|outgoing)\Z")


def flat(text: str) -> str:
    """On one line, without what drawing programs write into names."""
    return " ".join(html.unescape(TAGS.sub(" ", text)).split())


def names_in(root: ET.Element) -> Counter[str]:
    """Names and texts of BPMN's own elements, each as often as it stands there."""
    found: Counter[str] = Counter()
    for element in root.iter():
        if not element.tag.startswith(MODEL):
            continue
        tag = element.tag.removeprefix(MODEL)
        found[flat(element.get("value" if tag == "categoryValue" else "name") or "")] += 1
        if (element.text or "").strip() and not REFERENCE.search(tag):
            found[flat("".join(element.itertext()))] += 1
    del found[""]
    return found


def noted_by_others(root: ET.Element) -> set[str]:
    """Values and texts within the notes of other tools, in attributes or extensions."""
    found = set()
    for element in root.iter():
        for name, value in element.attrib.items():
            if name.startswith("{") and "XMLSchema-instance" not in name and value.strip():
                found.add(" ".join(value.split()))
        if element.tag == f"{MODEL}extensionElements":
            for inner in element.iter():
                if inner is not element and not inner.tag.startswith("{urn:indicator-handbook"):
                    found.update(" ".join(value.split()) for value in inner.attrib.values() if value.strip())
                    found.add(" ".join((inner.text or "").split()))
    return found - {""}


def texts(value: object) -> list[str]:
    """Every text in a file of ours as YAML reads it."""
    if isinstance(value, dict):
        return [text for part in value.values() for text in texts(part)]
    if isinstance(value, list | tuple):
        return [text for part in value for text in texts(part)]
    return [str(value)]


def assert_accounted(data: bytes, found: Imported) -> None:
    """Names in = names kept + names told; what is called kept stands in our files."""
    root = ET.fromstring(data)
    told = Counter(one.name for one in found.names if not one.kind.startswith(("attribute", "extension")))
    assert not names_in(root) - told, names_in(root) - told
    everything = "\n".join(one.name for one in found.names)
    missing = {value for value in noted_by_others(root) if value not in everything}
    assert not missing
    assert all(bool(one.where) != bool(one.why) for one in found.names)
    files = (yaml.load(as_yaml(process), yaml.CSafeLoader) for process in found.processes)
    written = flat("\n".join(text for file in files for text in texts(file)))
    for one in found.names:
        if one.where and not one.kind.startswith(("attribute", "extension")):
            parts = (
                [one.name, *re.findall(r"[\w.]+", one.name)]
                if one.kind.endswith("expression")
                else [one.name]
            )
            assert any(part in written for part in parts), one
