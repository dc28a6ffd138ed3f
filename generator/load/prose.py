"""Hand-written Markdown pages: front matter, translations, and which page belongs to which."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from generator.load.decode import read_text
from generator.load.yaml_file import load_yaml_text
from generator.model.costly_text import too_costly
from generator.model.page_source import Body, ContentPage
from generator.problems import FilePosition, Problems, Source, nearest

_LANGUAGE_SUFFIX = re.compile(r"(?P<stem>.+)\.(?P<language>[a-z]{2,3}(-[A-Za-z0-9]{2,8})?)")


def load_content(
    files: Iterable[tuple[Path, str]], languages: Sequence[str], problems: Problems
) -> tuple[tuple[ContentPage, ...], dict[str, Source]]:
    """Every page with its translations, by path, and the front matter's places by "content/<path>".

    `files`: each Markdown file and its name from the project's root, "content/guide/why.en.md".
    """
    bodies: dict[str, dict[str, Body]] = {}
    sources: dict[str, Source] = {}
    files = tuple(files)
    names = {name for _, name in files}
    for path, name in files:
        page, language = _page_and_language(name, languages, names, problems)
        if page is None:
            continue
        read = read_page(path, name, language, problems)
        if read is not None:
            body, source = read
            bodies.setdefault(page, {})[language] = body
            sources[name] = source
    pages = [
        ContentPage(path, dict(sorted(texts.items())), languages[0])
        for path, texts in sorted(bodies.items())
        if languages[0] in texts
    ]
    return tuple(pages), sources


def read_page(path: Path, name: str, language: str, problems: Problems) -> tuple[Body, Source] | None:
    """A page's text and the places of its front matter; None when it cannot be read."""
    text = read_text(path, name, problems)
    if text is None:
        return None
    opening = re.match(r"---[ \t]*\n", text)
    if not opening and _costly(text, name, 1, problems):
        return None
    if not opening:
        return Body(language, name, {}, text, 1), Source(name, {})
    closing = re.compile(r"^(---|\.\.\.)[ \t]*$", re.MULTILINE).search(text, opening.end())
    if not closing:
        message, hint = "the front matter is opened here but never closed", "end it with a line ---"
        problems.error(FilePosition(name, 1, 1), "front-matter", message, hint)
        return None
    head = text[opening.end() : closing.start()]
    source = Source(name, {}, {(): (2, 1)})
    if head.strip():
        found = load_yaml_text(head, name, problems, first_line=2)
        if found is None:
            return None
        if not isinstance(found.value, dict):
            hint = "write one 'key: value' a line"
            problems.error(found.mark(), "front-matter", "the front matter is not a mapping", hint)
            return None
        source = found
    rest = text[closing.end() :].removeprefix("\n")
    value = source.value
    first_line = text.count("\n", 0, len(text) - len(rest)) + 1
    if _costly(rest, name, first_line, problems):
        return None
    return Body(language, name, value if isinstance(value, Mapping) else {}, rest, first_line), source


def _costly(text: str, name: str, first_line: int, problems: Problems) -> bool:
    """Tell of a page that it would take minutes to make."""
    costly = too_costly(text, page=True)
    if costly is not None:
        line, message = costly
        hint = "close them or put a backslash before each; part long lists by empty lines"
        problems.error(FilePosition(name, first_line + line, 1), "too-costly", message, hint)
    return costly is not None


def _page_and_language(
    name: str, languages: Sequence[str], names: set[str], problems: Problems
) -> tuple[str | None, str]:
    """The page's path without a language, and its language; (None, "") for a file that fits no page."""
    below = name.partition("/")[2]
    folder = below.partition("/")[0]
    if folder in languages[1:]:
        message = f"the pages of the site in '{folder}' lie in {folder}/, where this one would be lost"
        hint = "name the folder otherwise; a translation stands beside its page, as index.en.md"
        problems.error(FilePosition(name, 1, 1), "bad-path", message, hint)
        return None, ""
    found = _LANGUAGE_SUFFIX.fullmatch(posixpath.basename(below).removesuffix(".md"))
    if not found:
        return below, languages[0]
    stem, language = found["stem"], found["language"]
    page = posixpath.join(posixpath.dirname(below), f"{stem}.md")
    mark = FilePosition(name, 1, 1)
    if language == languages[0]:
        message = f"'{language}' is the handbook's first language, whose pages have no language in their name"
        problems.error(mark, "unknown-language", message, f"rename it to {stem}.md")
    elif language not in languages:
        message = f"unknown language '{language}' in the file's name"
        problems.error(mark, "unknown-language", message, nearest(language, languages[1:]))
    elif f"content/{page}" not in names:
        message = f"a translation without its page in the first language, {stem}.md"
        problems.error(mark, "missing-file", message, f"write {stem}.md, or rename this file to it")
    else:
        return page, language
    return None, ""
