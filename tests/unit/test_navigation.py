"""The navigation that mkdocs.yml says itself: pages, chapters, sections, addresses, and what there is not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from mkdocs.exceptions import PluginError

from generator.present.page import Chapter, LanguageSite, Page
from generator.site.navigation import SiteNavigation


def page(path: str, order: float = 0) -> Page:
    chapter = path.partition("/")[0].removesuffix(".md")
    return Page(path, path, "en", chapter, order=order, is_index=path.endswith("index.md"))


SITE = LanguageSite(
    "en",
    "x",
    (
        Chapter("index", "Home", (page("index.md"),)),
        Chapter("pilots", "Pilots", (page("pilots/index.md"), page("pilots/east.md"))),
        Chapter("signals", "Signals", (page("signals.md"),)),
        Chapter("many", "Many", (*(page(f"many/{n}.md") for n in range(50)), page("many/first.md", -1))),
    ),
)


def navigation(own: Any, content: Path = Path("/nowhere"), titled: bool = True) -> SiteNavigation:
    return SiteNavigation(SITE, own, content, titled)


def test_without_one_every_chapter_is_an_entry() -> None:
    made = navigation(None)
    assert made.entries == [
        {"Home": "index.md"},
        {"Pilots": ["pilots/index.md", "pilots/east.md"]},
        {"Signals": "signals.md"},
        {"Many": ["many/first.md"]},
    ]
    assert not made.lists("many/7.md")


def test_one_s_own_is_taken_as_it_is_written() -> None:
    own = ["index.md", {"Work": ["pilots", {"Charts": "signals.md"}]}, {"Wiki": "https://wiki.example.org"}]
    made = navigation(own)
    assert made.entries == [
        "index.md",
        {"Work": [{"Pilots": ["pilots/index.md", "pilots/east.md"]}, {"Charts": "signals.md"}]},
        {"Wiki": "https://wiki.example.org"},
    ]
    assert made.lists("pilots/east.md")
    assert not made.lists("many/first.md")
    assert made.strange == []
    assert made.titles == {"signals.md": "Charts"}


def test_titles_of_the_file_are_not_those_of_another_language() -> None:
    made = navigation([{"Diagramme": "signals.md"}, {"Piloten": "pilots/"}], titled=False)
    assert made.entries == ["signals.md", {"Pilots": ["pilots/index.md", "pilots/east.md"]}]
    assert made.titles == {}


def test_what_there_is_not_is_told_and_what_an_edition_hides_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text("# Secret\n")
    made = navigation(["signal.md", "secret.md", {"Empty": ["secret.md"]}], tmp_path)
    assert made.entries == []
    assert made.strange == [
        "nav in mkdocs.yml names 'signal.md', which this site has not; did you mean 'signals.md'?"
    ]
    with pytest.raises(PluginError, match="is no list"):
        navigation("pilots")
