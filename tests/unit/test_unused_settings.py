"""What mkdocs.yml sets is done or told (name, theme, plugins, colours); empty chapters are not shown."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.pipeline import Request, Run, SettingsError, check_project
from generator.site import settings
from generator.site.blame import loaded, one_page
from generator.site.staged import SiteError, write_site
from tests.conftest import Change

Make = Callable[[Change], Path]
MINIMAL = Path(__file__).parents[2] / "examples" / "minimal"
HEAD = "site_name: 最小的指标手册\ndocs_dir: content\n"
CALLED = "the site is called '最小的指标手册' (title in data/handbook.yml)"
MATERIAL = "theme: material\nplugins: [handbook]\n"


def told(root: Path) -> list[tuple[int, int, str]]:
    return [
        (problem.mark.line, problem.mark.column, problem.message)
        for problem in check_project(root).problems
        if problem.rule == "unused-setting"
    ]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return shutil.copytree(MINIMAL, tmp_path / "book")


@pytest.mark.parametrize("name", ["最小的指标手册", "The smallest indicator handbook"])
def test_the_name_of_any_language_is_the_site_s(name: str, project: Path) -> None:
    (project / "mkdocs.yml").write_text(f"site_name: {name}\n{MATERIAL}", encoding="utf-8")
    assert told(project) == []


def test_what_is_passed_over_is_told_with_its_place(project: Path) -> None:
    text = (
        "site_name: Another name\ntheme:\n  name: material\n  font: {text: Roboto}\n  language: de\n"
        "  palette: {primary: red}\nuse_directory_urls: true\nextra: {a: !ENV A}\nplugins: [handbook]\n"
    )
    (project / "mkdocs.yml").write_text(text, encoding="utf-8")
    assert told(project) == [
        (1, 12, f"site_name is 'Another name', but {CALLED}"),
        (4, 9, "theme.font is passed over: pages load nothing from other hosts and use the reader's fonts"),
        (5, 13, "theme.language is passed over: languages of data/handbook.yml begins with 'zh'"),
        (7, 21, "use_directory_urls is passed over: the site opens from a folder too"),
    ]
    fine = "use_directory_urls: false\ntheme: {name: material, font: false, language: zh}\n"
    (project / "mkdocs.yml").write_text(f"{HEAD}{fine}plugins: [handbook]\n", encoding="utf-8")
    assert told(project) == []
    (project / "mkdocs.yml").write_text("a: [\n", encoding="utf-8")
    assert told(project) == []


@pytest.mark.parametrize(
    ("rest", "said"),
    [
        ("theme: readthedocs\nplugins: [handbook]\n", "needs 'theme: material' in mkdocs.yml, found 'readth"),
        ("theme: material\nplugins: [search]\n", "does not list the plugin 'handbook' under 'plugins:'"),
    ],
)
def test_what_no_handbook_is_built_with_is_refused_by_a_check_too(
    rest: str, said: str, make_project: Make
) -> None:
    root = make_project({"mkdocs.yml": HEAD + rest})
    with pytest.raises(SettingsError, match=said):
        Run(root, Request()).try_settings()


def test_a_build_says_what_a_plugin_refuses(project: Path, tmp_path: Path) -> None:
    (project / "mkdocs.yml").write_text(f"{HEAD}theme: mkdocs\nplugins: [handbook]\n", encoding="utf-8")
    with pytest.raises(SiteError, match=r"needs 'theme: material' in mkdocs.yml, found 'mkdocs'"):
        write_site(project, (one_page(),), tmp_path)


PALETTES = {
    "{primary: red, accent: lime}": [("red", "lime")],
    "{scheme: slate}": [("custom", "custom")],
    "[{scheme: default, primary: teal}, {scheme: slate, accent: amber}]": [
        ("teal", "custom"),
        ("custom", "amber"),
    ],
    "": [("custom", "custom"), ("custom", "custom")],
}


@pytest.mark.parametrize("given", PALETTES)
def test_colours_of_the_palette_stay_and_others_are_the_handbook_s(given: str, make_project: Make) -> None:
    palette = f"  palette: {given}\n" if given else ""
    root = make_project({"mkdocs.yml": f"{HEAD}theme:\n  name: material\n{palette}plugins: [search, tags]\n"})
    config = loaded(root / "mkdocs.yml", root / "site")
    settings.apply(config, one_page())
    made = config.theme["palette"]
    listed = made if isinstance(made, list) else [made]
    assert [(one["primary"], one["accent"]) for one in listed] == PALETTES[given]
    assert set(config.plugins) == {"material/search", "material/tags"}


def test_our_colours_give_way_to_those_of_the_palette() -> None:
    """Of equal weight the later rule wins, and ours come after Material's: so ours ask for `custom`."""
    css = (Path(__file__).parents[2] / "theme/assets/handbook.css").read_text("utf-8")
    rules = [
        line
        for line in css.splitlines()
        if "--md-primary-fg-color:" in line or "--md-accent-fg-color:" in line
    ]
    root, *others = css[css.index(":root") : css.index("}")], *rules[2:]
    assert all(rule in root for rule in rules[:2])
    assert [":where([data-md-color-" in rule for rule in others] == [True, True]


def test_chapters_without_data_are_not_shown_and_nothing_leads_to_them(project: Path) -> None:
    (site, _) = Run(project, Request()).sites
    names = [chapter.id for chapter in site.chapters]
    assert not {"processes", "pilots", "reviews", "cases", "strategy", "diagnosis"} & set(names)
    assert "indicators" in names
    html = "".join(section.html for page in site.pages for section in page.sections)
    assert 'href="pilots/' not in html
    assert '"../processes/' not in html
    (project / "content/pilots").mkdir()
    (project / "content/pilots/index.md").write_text("# Pilots\n\nTwo are planned.\n", encoding="utf-8")
    (site, _) = Run(project, Request()).sites
    assert "pilots" in [chapter.id for chapter in site.chapters]
