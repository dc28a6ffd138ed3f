"""Reads an HTML page into flat lists of elements and texts, to ask what a reader or a browser meets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)
WHOLE = "h-d"
"""Keeps what it holds on one line, and is nothing else: its text is part of what is around it."""
UNSEEN = frozenset({"script", "style", "template", "noscript"})
SAID = ("title", "aria-label", "alt", "placeholder")
"""Attributes whose words reach a reader, as a tooltip or by a screen reader."""


@dataclass(eq=False)
class Element:
    """A tag with its attributes, and the elements around it."""

    tag: str
    attributes: dict[str, str]
    parent: Element | None
    line: int
    children: list[Element] = field(default_factory=list, repr=False)

    def get(self, name: str) -> str:
        """An attribute's value, "" without it."""
        return self.attributes.get(name, "")

    @property
    def classes(self) -> list[str]:
        return self.get("class").split()

    @property
    def around(self) -> Iterator[Element]:
        """The element itself and everything it stands in, inner first."""
        element: Element | None = self
        while element is not None:
            yield element
            element = element.parent

    @property
    def language(self) -> str:
        """The language it is in: its own `lang` or that of the nearest element around it; "" is an unknown
        one, that of words somebody wrote down."""
        return next((element.get("lang") for element in self.around if "lang" in element.attributes), "")

    def inside(self, tag: str = "", cls: str = "") -> bool:
        """Whether it is or stands in such an element."""
        return any((not tag or e.tag == tag) and (not cls or cls in e.classes) for e in self.around)


class Document(HTMLParser):
    """A page; `elements` in the order of the source, `texts` as pairs of an element and its text."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.source = source
        self.elements: list[Element] = []
        self.texts: list[tuple[Element, str]] = []
        self.comments: list[str] = []
        self._open: list[Element] = []
        self._said = ""
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == WHOLE:
            return
        self._said = ""
        parent = self._open[-1] if self._open else None
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"line {self.getpos()[0]}: <{tag}> has an attribute twice"
        element = Element(tag, {name: value or "" for name, value in attrs}, parent, self.getpos()[0])
        self.elements.append(element)
        if parent is not None:
            parent.children.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        if tag == WHOLE:
            return
        self._said = ""
        for place in range(len(self._open) - 1, -1, -1):
            if self._open[place].tag == tag:
                del self._open[place:]
                return

    def handle_data(self, data: str) -> None:
        if not self._open:
            return
        if self._said.strip():
            self.texts.pop()
        self._said += data
        if self._said.strip():
            self.texts.append((self._open[-1], " ".join(self._said.split())))

    def handle_comment(self, data: str) -> None:
        self._said = ""
        self.comments.append(data)

    def all(self, tag: str = "", cls: str = "") -> list[Element]:
        """Elements of a tag and class."""
        return [e for e in self.elements if (not tag or e.tag == tag) and (not cls or cls in e.classes)]

    @property
    def seen(self) -> Iterator[tuple[Element, str]]:
        """Every text that a reader meets: on the page, in a tooltip, said by a screen reader, in the tab."""
        for element, text in self.texts:
            if element.tag not in UNSEEN:
                yield element, text
        for element in self.elements:
            for name in SAID:
                if element.get(name).strip():
                    yield element, " ".join(element.get(name).split())
            if element.tag == "meta" and element.get("name") == "description":
                yield element, element.get("content")

    @property
    def ids(self) -> list[str]:
        return [element.get("id") for element in self.elements if element.get("id")]
