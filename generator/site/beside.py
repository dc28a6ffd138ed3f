"""Which files of content/ go beside the pages: those that the book names, and those that mkdocs.yml loads.

MkDocs would copy whatever lies there into every edition, whoever may see the page that it belongs to.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from generator.load.attachments import named_in
from generator.model.leftovers import is_leftover
from generator.present.page import LanguageSite


def unpublished(files: Files, config: MkDocsConfig, site: LanguageSite, project: Path) -> Iterator[File]:
    """What MkDocs found below its `docs_dir` and is not to be published.

    In another folder than the handbook's content/ nothing is known of who may see a file: only what editors
    leave behind stays out.
    """
    own = Path(config.docs_dir).resolve() == (project / "content").resolve()
    found = [file for file in files if file.src_dir == config.docs_dir]
    loaded = _with_named(_loaded(config), {file.src_uri: Path(file.abs_src_path or "") for file in found})
    for file in found:
        shown = file.src_uri in site.attachments or file.src_uri in loaded or not own
        if file.is_documentation_page() or is_leftover(file.src_uri) or not shown:
            yield file


def _loaded(config: MkDocsConfig) -> Iterator[str]:
    """What mkdocs.yml itself says that pages load."""
    named: list[Any] = [
        *config.extra_css,
        *config.extra_javascript,
        *config.extra_templates,
        config.theme.get("logo"),
        config.theme.get("favicon"),
    ]
    yield from (str(item) for item in named if item)


def _with_named(names: Iterator[str], files: dict[str, Path]) -> frozenset[str]:
    """Files with those that a style sheet or a template among them names."""
    waiting, found = list(names), set()
    while waiting:
        name = waiting.pop()
        if name in files and name not in found:
            found.add(name)
            waiting.extend(named_in(files[name], name))
    return frozenset(found)
