"""Hand-written pages: front matter with its places, translations, cases."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from generator.load.prose import load_content, read_page
from generator.model.catalogue import Catalogue
from generator.problems import Problems
from tests.conftest import Change


def page(text: str, folder: Path) -> tuple[dict[str, object], str, int]:
    path = folder / "page.md"
    path.write_text(text, encoding="utf-8", newline="")
    problems = Problems()
    read = read_page(path, "content/page.md", "zh", problems)
    assert read is not None, [str(problem) for problem in problems]
    return dict(read[0].head), read[0].markdown, read[0].first_line


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# A\n", ({}, "# A\n", 1)),
        ("", ({}, "", 1)),
        ("---\ntitle: x\n---\n# A\n", ({"title": "x"}, "# A\n", 4)),
        ("---\n---\n# A\n", ({}, "# A\n", 3)),
        ("---\r\ntitle: x\r\n...\r\n\r\n# A", ({"title": "x"}, "\n# A", 4)),
        ("---\ntitle: x\n---", ({"title": "x"}, "", 3)),
        ("\ufeff---\ntitle: x\n---\nA", ({"title": "x"}, "A", 4)),
        ("----\n# A\n", ({}, "----\n# A\n", 1)),
        ("A\n---\nb: c\n---\n", ({}, "A\n---\nb: c\n---\n", 1)),
        ("---\ntext: |\n  a\n  ---\n  b\n---\nA", ({"text": "a\n---\nb\n"}, "A", 7)),
    ],
)
def test_front_matter(text: str, expected: tuple[dict[str, object], str, int], tmp_path: Path) -> None:
    assert page(text, tmp_path) == expected


def test_places_are_those_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "page.md"
    path.write_text("---\ntitle: x\ntags: [a, b]\n---\n", encoding="utf-8")
    read = read_page(path, "content/page.md", "zh", Problems())
    assert read is not None
    assert str(read[1].mark(("tags", 1))) == "content/page.md:3:11"


def test_translations_belong_to_their_page(tmp_path: Path) -> None:
    names = ["content/a.md", "content/a.en.md", "content/guide/b.md", "content/v1.2.md"]
    for name in names:
        (tmp_path / Path(name).name).write_text(f"# {name}\n", encoding="utf-8")
    files = [(tmp_path / Path(name).name, name) for name in names]
    problems = Problems()
    pages, sources = load_content(files, ("zh", "en"), problems)
    assert not list(problems)
    assert [(page.path, tuple(page.bodies)) for page in pages] == [
        ("a.md", ("en", "zh")), ("guide/b.md", ("zh",)), ("v1.2.md", ("zh",)),
    ]  # fmt: skip
    assert set(sources) == set(names)
    first, second, _ = pages
    assert first.body("en").markdown == "# content/a.en.md\n"
    assert second.body("en").markdown == second.markdown == "# content/guide/b.md\n"
    assert (first.translated("en"), second.translated("en"), first.language) == (True, False, "zh")
    assert first.head == {}


def test_a_case_has_a_title_in_every_language(make_catalogue: Callable[[Change], Catalogue]) -> None:
    head = make_catalogue({}).cases["fast-quotes"]
    assert head.title.as_json() == {"zh": "快速报价", "en": "Fast quotes"}
    assert (head.pilot, head.steps, head.change) == ("east", (3, 5), "merge")


def test_a_translated_case_may_repeat_its_front_matter(make_catalogue: Callable[[Change], Catalogue]) -> None:
    change: Change = {"content/cases/fast-quotes.en.md": "---\ntitle: Q\npilot: east\nsteps: [3, 5]\n---\n"}
    assert make_catalogue(change).cases["fast-quotes"].title.say("en", "zh") == "Q"


def test_the_index_of_the_cases_is_a_page(make_catalogue: Callable[[Change], Catalogue]) -> None:
    catalogue = make_catalogue(
        {"content/cases/index.md": "# 案例\n", "content/cases/index.en.md": "# Cases\n"}
    )
    assert list(catalogue.cases) == ["fast-quotes"]
    assert [page.path for page in catalogue.content] == ["cases/fast-quotes.md", "cases/index.md", "index.md"]
