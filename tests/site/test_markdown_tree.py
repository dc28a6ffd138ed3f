"""`handbook export markdown`: builders without our plugin make the same pages from the tree."""

from __future__ import annotations

import importlib.util
import re
import shutil
import sys
from pathlib import Path

import pytest

from tests.built import SITES, Site, files, handbook, run
from tests.document import Document
from tests.needs import missing
from tests.site.addresses import broken_links, inside, loaded_by

CONFIGURATIONS = ("mkdocs.yml", "mkdocs.en.yml")
"""In the order in which they are to be built: each further language goes into the first one's site."""


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample as a tree of Markdown."""
    folder = tmp_path_factory.mktemp("tree") / "tree"
    done = handbook("export", "markdown", folder)
    assert done.returncode == 0, done.stderr
    return folder


def zensical() -> tuple[str, ...]:
    """How to call Zensical here: as a module beside this Python, else as a program."""
    if importlib.util.find_spec("zensical") is not None:
        return sys.executable, "-m", "zensical"
    program = shutil.which("zensical")
    if program is None:
        missing("zensical is not installed: pip install zensical==0.0.73")
    return (program,)


@pytest.mark.parametrize("builder", ["mkdocs", "zensical"])
def test_the_tree_becomes_the_same_pages(tree: Path, sample_site: Site, tmp_path: Path, builder: str) -> None:
    command = (sys.executable, "-m", "mkdocs") if builder == "mkdocs" else zensical()
    folder = shutil.copytree(tree, tmp_path / "tree")
    for configuration in CONFIGURATIONS:
        done = run(*command, "build", "--strict", "--config-file", configuration, cwd=folder, PYTHONPATH="")
        assert done.returncode == 0, done.stdout + done.stderr
    made = Site(folder / "site")
    for language in ("zh", "en"):
        assert made.own_pages(language) == sample_site.own_pages(language)
    unlike = [
        page for page in own(sample_site) if told(made.document(page)) != told(sample_site.document(page))
    ]
    assert unlike == []
    assert [line for page in own(made) for line in broken_links(made, page)] == []
    strangers = [address for page in own(made) for _, address in loaded_by(made.document(page))]
    assert [address for address in strangers if not inside(address)] == []


def own(site: Site) -> list[str]:
    """Every page but the error pages."""
    return [page for page in site.pages if not page.endswith("404.html")]


def told(document: Document) -> tuple[list[str], dict[str, int], str]:
    """A page's headings, how many drawings, tables and rows it has, and its text without white space.

    Marks that link to a heading are left out: where they stand is the builder's choice.
    """
    (article, *_) = document.all("article")
    within = {id(element) for element in document.elements if article in element.around}
    texts = [
        (element, text)
        for element, text in document.texts
        if id(element) in within and "headerlink" not in element.classes
    ]
    headings = [
        f"{heading.tag} {' '.join(text for element, text in texts if heading in element.around)}"
        for heading in document.elements
        if id(heading) in within and re.fullmatch("h[1-6]", heading.tag)
    ]
    counts = {
        tag: sum(id(element) in within for element in document.all(tag))
        for tag in ("svg", "table", "tr", "figure", "details")
    }
    return headings, counts, re.sub(r"\s", "", "".join(text for _, text in texts))


def test_an_export_into_a_folder_that_holds_something_is_refused(tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("mine", encoding="utf-8")
    done = handbook("export", "markdown", tmp_path, "--project", SITES / "one-language")
    assert done.returncode == 2
    assert "not empty" in done.stderr
    assert files(tmp_path) == {"mine": b"mine"}
