"""What is remembered of Material's frame: only what is the same, and never an author's partial."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, InclusionLevel

from generator.present.page import Page
from generator.site import frame, material_parts
from generator.site.pages import HandbookPage

LEAF, LISTED = InclusionLevel.NOT_IN_NAV, InclusionLevel.INCLUDED


@pytest.fixture
def config(tmp_path: Path) -> MkDocsConfig:
    (tmp_path / "docs").mkdir()
    (tmp_path / "mkdocs.yml").write_text("site_name: x\nuse_directory_urls: false\n", encoding="utf-8")
    return load_config(config_file=str(tmp_path / "mkdocs.yml"))


@pytest.fixture
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Environment:
    """A frame whose remembered partial gives itself away by the page's name; the footer is an author's."""
    for theme, names in (("author", ["footer"]), ("material", ["nav", "footer"])):
        folder = tmp_path / theme / "partials"
        folder.mkdir(parents=True)
        for name in names:
            (folder / f"{name}.html").write_text(f"{name} of {{{{ page.title }}}}", encoding="utf-8")
    (tmp_path / "material/main.html").write_text(
        '{% include "partials/nav.html" %}, {% include "partials/footer.html" %}', encoding="utf-8"
    )
    monkeypatch.setattr(material_parts, "OWN", tmp_path / "material")
    made = Environment(loader=FileSystemLoader([tmp_path / "author", tmp_path / "material"]))
    frame.remember(made)
    return made


def shown(
    environment: Environment,
    config: MkDocsConfig,
    path: str,
    level: InclusionLevel = LEAF,
    chapter: str = "indicators",
    hide: list[str] | None = None,
) -> str:
    """What the frame says of a page; its title is its path."""
    ours = Page(path, path, "zh", chapter, meta={"hide": hide} if hide else {})
    file = File(path, None, config.site_dir, False, inclusion=level)
    page = HandbookPage(ours, path, file, config, "¶")
    page.read_source(config)
    return environment.get_template("main.html").render(page=page)


def test_a_leaf_page_shares_the_frame_of_its_folder(environment: Environment, config: MkDocsConfig) -> None:
    assert shown(environment, config, "i/a.md") == "nav of i/a.md, footer of i/a.md"
    assert shown(environment, config, "i/b.md") == "nav of i/a.md, footer of i/b.md"


@pytest.mark.parametrize(
    "other",
    [
        {"path": "j/b.md"},
        {"path": "i/j/b.md"},
        {"path": "i/b.md", "chapter": "pilots"},
        {"path": "i/b.md", "hide": ["path"]},
        {"path": "i/b.md", "level": LISTED},
    ],
    ids=[
        "another folder",
        "a deeper folder",
        "another chapter",
        "another choice to hide",
        "in the navigation",
    ],
)
def test_a_page_that_may_differ_has_its_own(
    environment: Environment, config: MkDocsConfig, other: dict[str, object]
) -> None:
    shown(environment, config, "i/a.md")
    path = other["path"]
    assert shown(environment, config, **other) == f"nav of {path}, footer of {path}"  # type: ignore[arg-type]


def test_a_page_without_a_source_is_rendered_each_time(environment: Environment) -> None:
    """As the error page, which has no page in its context."""
    template = environment.get_template("main.html")
    assert template.render(page={"title": "a"}) == "nav of a, footer of a"
    assert template.render(page={"title": "b"}) == "nav of b, footer of b"
