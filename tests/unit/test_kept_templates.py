"""Compiled templates and Markdown that a build before made are what they would be made anew."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment

from generator.present import kept_templates
from generator.present.kept_templates import KeptTemplates
from generator.present.page import Chapter, LanguageSite, Page, Section
from generator.present.plain_markdown import page_markdown
from generator.present.store import StoredFiles
from generator.site import text_pages
from generator.site.material_parts import OWN, is_own
from generator.site.text_pages import write_texts


class Compiling(Environment):
    """Writes down what it compiles."""

    compiled: list[str]

    def _compile(self, source: str, filename: str):  # type: ignore[no-untyped-def]
        self.compiled.append(filename)
        return super()._compile(source, filename)


@pytest.fixture(autouse=True)
def _another_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_templates, "_read", {})


def _said(cache: Path | None, source: str = "{{ 1 + x }}", made_by: str = "1") -> tuple[str, int]:
    """What a template says in a process of its own, and how many were compiled for it."""
    kept_templates._read.clear()
    found = Compiling(loader=DictLoader({"a": source}), bytecode_cache=KeptTemplates("k", made_by, cache))
    found.compiled = []
    return found.get_template("a").render(x=1), len(found.compiled)


def test_a_template_is_compiled_once_for_all_builds(tmp_path: Path) -> None:
    assert _said(tmp_path) == ("2", 1)
    assert _said(tmp_path) == ("2", 0)
    assert _said(None) == ("2", 1)


def test_another_source_or_maker_is_compiled_anew(tmp_path: Path) -> None:
    _said(tmp_path)
    assert _said(tmp_path, "{{ 2 + x }}") == ("3", 1)
    assert _said(tmp_path, "{{ 2 + x }}", made_by="2") == ("3", 1)
    assert _said(tmp_path, "{{ 2 + x }}", made_by="2") == ("3", 0)
    assert len([*tmp_path.rglob("*.kept")]) == 1


def test_code_that_others_wrote_is_never_run(tmp_path: Path) -> None:
    _said(tmp_path)
    (entry,) = tmp_path.rglob("*.kept")
    entry.write_bytes(entry.read_bytes()[:-1] + b"!")
    assert _said(tmp_path) == ("2", 1)


def test_only_templates_of_the_frame_itself_are_kept(tmp_path: Path) -> None:
    kept = KeptTemplates("frame", "1", tmp_path, is_own)
    for filename, entries in (("/elsewhere/main.html", 0), (str(OWN / "templates/main.html"), 1)):
        bucket = kept.get_bucket(Environment(autoescape=True), "main.html", filename, "a")
        bucket.code = compile("1", filename, "exec")
        kept.dump_bytecode(bucket)
        assert len([*tmp_path.rglob("*.kept")]) == entries


def _site(*texts: str) -> LanguageSite:
    pages = tuple(
        Page(f"c/{n}.md", "One", "en", "c", (Section("top", 1, "", f"<p>{text}</p>"),))
        for n, text in enumerate(texts)
    )
    return LanguageSite("en", "Book", (Chapter("c", "C", pages),), StoredFiles(), "", frozenset())


def test_markdown_is_made_anew_where_its_page_says_something_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []

    def told(page: Page) -> str:
        made.append(page.sections[0].html)
        return page_markdown(page)

    monkeypatch.setattr(text_pages, "page_markdown", told)
    for site, anew in (
        (_site("a", "b"), ["<p>a</p>", "<p>b</p>"]),
        (_site("a", "c"), ["<p>c</p>"]),
        (_site("c"), []),
        (_site("a"), ["<p>a</p>"]),
    ):
        made.clear()
        write_texts(site, tmp_path, tmp_path / "cache")
        assert made == anew
        for page in site.pages:
            assert (tmp_path / f"{page.url}.md").read_text(encoding="utf-8") == page_markdown(page)
