"""Names, titles and texts are text: an attack in each leaves no element, attribute or address behind."""

from __future__ import annotations

import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from generator.model.json_schema import schemas
from tests.attacks import FORMS, MARK, NAMES, attacked_site, fields, write_attacked
from tests.built import Site, files
from tests.document import Document, Element

OF_A_MAP_TO_BE = re.compile(r"process\.maps\.as_is\.(removed|pairs)\b")
"""What a map to be has left out, and what was redesigned together with its indicators."""
ADDRESSES = frozenset(["href", "src", "action", "formaction", "xlink:href", "data", "content", "srcdoc"])


def test_every_text_of_every_file_is_attacked(tmp_path: Path) -> None:
    """Fields of the models that the handbook does not fill would go unseen."""
    attacks = write_attacked(tmp_path / "project", "markup")
    known = {
        kind + place
        for kind, schema in schemas().items()
        for place in fields(schema, schema.get("$defs", {}))
        if kind != "case"
    }
    known = {place for place in known if not OF_A_MAP_TO_BE.match(place)}
    assert sorted(known - set(attacks.places)) == []
    assert len(known) > 80
    assert len(attacks.places) > 280


@pytest.fixture(scope="module", params=[(form, name) for form in FORMS for name in NAMES], ids="-".join)
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Site:
    return attacked_site(tmp_path_factory.getbasetemp(), *request.param)


def test_no_page_has_an_element_an_attribute_or_an_address_of_an_attack(site: Site) -> None:
    assert len(site.pages) > 15
    assert {page: found for page in site.pages if (found := planted(site.document(page)))} == {}


def planted(document: Document) -> list[str]:
    """What on a page came from an attack and is more than text."""
    found = [f"<{element.tag}>" for element in document.elements if element.tag.startswith(MARK)]
    for element in document.elements:
        found.extend(f"<{element.tag} {name}>" for name in element.attributes if wrong(element, name))
        if element.tag == "style" or (element.tag == "script" and not element.get("type")):
            texts = [text for around, text in document.texts if around is element]
            found.extend(f"<{element.tag}>{text}" for text in texts if MARK in text or "pwned" in text)
        if element.tag == "script" and element.get("type") == "application/json":
            json.loads("".join(text for around, text in document.texts if around is element))
    found.extend(f"<!--{comment}" for comment in document.comments if MARK in comment)
    return found


def wrong(element: Element, name: str) -> bool:
    """Whether an attribute is an attack's: by its name, as a handler, as a script's address, as a style."""
    value = re.sub(r"[\x00-\x20]", "", element.get(name)).lower()
    return (
        name.startswith((MARK, "on"))
        or name == "autofocus"
        or (name in ADDRESSES and re.match(r"(javascript|vbscript|data:text)", value) is not None)
        or (name == "style" and MARK in value)
    )


def test_what_search_shows_holds_no_markup(site: Site) -> None:
    """Material's scripts insert titles, texts and tags of the index as HTML."""
    for path in (path for path in site.paths if path.endswith("search_index.json")):
        entries = json.loads((site.folder / path).read_text(encoding="utf-8"))["docs"]
        assert len(entries) > 10
        for entry in entries:
            told = [entry["title"], entry["text"], *entry.get("tags", ())]
            assert [planted(Document(html)) for html in told if planted(Document(html))] == []
            kept = {"p", "li", "ul", "ol", "code", "pre", "sub", "sup"}
            assert {element.tag for html in told for element in Document(html).elements} <= kept


def test_drawings_to_take_away_are_well_formed_and_hold_no_markup(site: Site) -> None:
    for path, content in files(site.folder).items():
        if path.endswith(".svg") and "/.icons/" not in path:
            for element in ElementTree.fromstring(content).iter():
                names = [element.tag, *element.attrib]
                assert not any(name.rpartition("}")[2].startswith((MARK, "on")) for name in names), path


def test_what_an_attack_says_can_be_read(site: Site) -> None:
    """It is shown as it was written: nothing is lost, and nothing escaped twice."""
    form, name = site.folder.parts[-2:] if site.folder.name != "site" else site.folder.parts[-3:-1]
    told = [text for page in site.pages for _, text in site.document(page).seen]
    whole = {FORMS[form].format(n=n) for n in range(400)}
    assert len(whole.intersection(told)) > (5 if name == "cases" else 30)
    titles = {text for page in site.pages for e, text in site.document(page).texts if e.tag == "title"}
    assert {title.rpartition(" - ")[0] for title in titles} & whole
    if name != "tree":  # Material escapes some of its attributes, and there they come escaped
        own = "zqx|img" + ("|z?q?…" if form == "marks" else "")  # a line of a drawing may be cut within it
        twice = rf"&amp;|&quot;|&#3[49];|&lt;(?!{own})|" + ("&lt;" if form == "markup" else "&lt;/")
        assert [text for text in told if re.search(twice, text)] == []
