"""What a mkdocs.yml may set that no page can be made with: each is told with its line, and by `check` too."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from generator.pipeline import Request, Run, SettingsError
from generator.site.blame import SettingsFileError, loaded, one_page, setting_at_fault, tried, usual
from tests.conftest import Change

Make = Callable[[Change], Path]
HEAD = "site_name: x\ndocs_dir: content\n"
THEME, PLUGINS = "theme: material\n", "plugins: [handbook, search]\n"

UNUSABLE = {
    "theme:\n  name: material\n  palette: 5\n  features: 5\n"
    + PLUGINS: "line 5: theme.palette cannot be used: TypeError: 'int' object is not iterable (in jinja2/",
    THEME + PLUGINS + "markdown_extensions:\n  - toc: {slugify: nothing}\n": (
        "line 6: markdown_extensions.toc.slugify cannot be used: TypeError: 'str' object is not callable"
    ),
    THEME + PLUGINS + "extra:\n  social: 5\n": "line 6: extra.social cannot be used: TypeError",
    THEME + PLUGINS + "extra: {polyfills: x}\n": "line 5: extra.polyfills",
}  # fmt: skip


@pytest.mark.parametrize(("rest", "said"), list(UNUSABLE.items()))
def test_what_no_page_can_be_made_with_is_told_with_its_line(
    rest: str, said: str, make_project: Make
) -> None:
    root = make_project({"mkdocs.yml": HEAD + rest})
    with pytest.raises(SettingsError) as fault:
        Run(root, Request()).try_settings()
    assert said in str(fault.value)
    assert "Traceback" not in str(fault.value)


@pytest.mark.parametrize(
    ("rest", "said"),
    [
        (THEME + "plugins: [handbook, nothing]\n", "line 4: plugins: The \"nothing\" plugin is not"),
        (THEME + "plugins: [{handbook: {edition: 5}}]\n", "line 4: plugins: Plugin 'handbook' option "),
        (THEME + PLUGINS + "hooks: [nothing.py]\n", "line 5: hooks: "),
        (
            THEME + PLUGINS + "markdown_extensions: [{toc: {nothing: 5}}]\n",
            "line 5: markdown_extensions: Failed to load extension 'toc'. KeyError: 'nothing'",
        ),
        (THEME + PLUGINS + "extra: {a: " + "[" * 3000 + "]" * 3000 + "}\n", "the file is nested too deeply"),
    ],
)  # fmt: skip
def test_what_mkdocs_refuses_is_told_in_one_line(rest: str, said: str, make_project: Make) -> None:
    root = make_project({"mkdocs.yml": HEAD + rest})
    with pytest.raises(SettingsFileError) as fault:
        loaded(root / "mkdocs.yml", root / "site")
    assert str(fault.value).startswith(said)
    assert "\n" not in str(fault.value)


def test_what_can_be_used_is_not_told_and_what_says_little_is_not_tried(make_project: Make) -> None:
    plain = HEAD + THEME + PLUGINS
    rich = (
        HEAD
        + "theme: {name: material, palette: {scheme: slate}, features: [toc.follow]}\nplugins: [handbook]\n"
        + "markdown_extensions: [abbr, {toc: {permalink: true}}]\nextra: {a: !ENV NOTHING}\nhooks: [no.py]\n"
    )
    root = make_project({"mkdocs.yml": plain})
    assert usual(root / "mkdocs.yml")
    (root / "mkdocs.yml").write_text(rich, encoding="utf-8")
    assert not usual(root / "mkdocs.yml")
    tried(root / "mkdocs.yml", one_page(), foreign=False)


def test_what_is_no_setting_s_fault_is_not_laid_on_one(make_project: Make) -> None:
    root = make_project({"mkdocs.yml": HEAD + THEME + PLUGINS + "extra: {a: 1}\n"})
    always = KeyError("ours")
    assert setting_at_fault(root / "mkdocs.yml", always, lambda _: always) is None


def test_each_configuration_has_plugins_of_its_own(make_project: Make, tmp_path: Path) -> None:
    """MkDocs keeps ours for the process: what a trial had set on it held for the build after it."""
    file = (
        make_project(
            {"mkdocs.yml": "site_name: x\ndocs_dir: content\ntheme: material\nplugins: [handbook]\n"}
        )
        / "mkdocs.yml"
    )
    first, second = (loaded(file, tmp_path / "site").plugins["handbook"] for _ in range(2))
    first.alone = True  # type: ignore[attr-defined]
    assert not second.alone  # type: ignore[attr-defined]
