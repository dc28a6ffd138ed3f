"""Links in authors' texts lead to the page they name, from wherever the text stands."""

from __future__ import annotations

from generator.model.text import Text
from generator.present.inner_links import with_inner_links
from generator.present.page import Page, Section
from generator.present.text.format import Format


def page(path: str, markdown: str = "") -> Page:
    html = str(Format("en", "en").prose(Text(plain=markdown)))
    return Page(path, path, "en", "x", (Section("top", 1, "", html),))


def told(path: str, markdown: str) -> str:
    pages = [page(path, markdown), page("pilots/east.md"), page("strategy.md")]
    linked = {one.path: one for one in with_inner_links({one.path: one for one in pages})}
    return linked[path].sections[0].html


def test_a_link_is_told_from_the_page_it_stands_on() -> None:
    text = "See [East](pilots/east.md#charts)."
    assert told("index.md", text) == '<p>See <a href="pilots/east.html#charts">East</a>.</p>'
    assert told("reviews/a.md", text) == '<p>See <a href="../pilots/east.html#charts">East</a>.</p>'
    assert told("pilots/south.md", text) == '<p>See <a href="east.html#charts">East</a>.</p>'
    assert told("reviews/a.md", "[Map](strategy.md)") == '<p><a href="../strategy.html">Map</a></p>'


def test_a_page_that_the_edition_has_not_is_named_without_a_link() -> None:
    assert told("reviews/a.md", "See [**West**](pilots/west.md).") == "<p>See <strong>West</strong>.</p>"


def test_other_links_stay_as_they_are() -> None:
    text = "[Out](https://example.org/readme.md) and [up](#charts)"
    assert told("reviews/a.md", text).count('href="https://example.org/readme.md"') == 1
    assert 'href="#charts"' in told("reviews/a.md", text)
