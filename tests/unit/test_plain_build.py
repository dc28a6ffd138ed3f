"""MkDocs started by itself, not by `handbook build`: it holds the site's place and says what it fails on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError

from generator.present.page import LanguageSite
from generator.site import plugin as site_plugin
from generator.site.blame import loaded, one_page
from generator.site.plugin import SitePlugin
from generator.site.workplace import at_work
from tests.conftest import Change

MKDOCS = "site_name: x\ndocs_dir: content\ntheme: material\nplugins: [search, handbook]\n"


class Plugin(SitePlugin):  # type: ignore[no-untyped-call]
    """As MkDocs has it, over one page."""

    def sites(self, project: Path) -> tuple[Sequence[LanguageSite], int | None]:
        return (one_page(),), None


@pytest.fixture
def config(make_project: Callable[[Change], Path]) -> MkDocsConfig:
    root = make_project({"mkdocs.yml": MKDOCS})
    return loaded(root / "mkdocs.yml", root / "site")


def plugin(config: MkDocsConfig) -> Plugin:
    made = Plugin()
    made.load_config({}, str(config.config_file_path))
    return made


def test_two_at_once_are_kept_apart(config: MkDocsConfig) -> None:
    first, second = plugin(config), plugin(config)
    first.on_config(config)
    with pytest.raises(PluginError, match=r"^process \d+ on \S+, since .+, is building .+/site; wait until"):
        second.on_config(config)
    first.on_build_error(PluginError("x"))
    second.on_config(config)
    second.held.close()
    with at_work(Path(config.site_dir)):
        pass


def test_what_is_served_or_built_by_the_command_takes_no_place_of_its_own(config: MkDocsConfig) -> None:
    with at_work(Path(config.site_dir)):
        serving, given = plugin(config), plugin(config)
        serving.on_startup(command="serve", dirty=False)
        serving.on_config(config)
        given.given = (one_page(),)
        given.on_config(config)


def test_a_setting_at_fault_is_named(config: MkDocsConfig, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    monkeypatch.setattr(site_plugin, "blamed", lambda *given: asked.append(given) or "line 3: theme.x")
    one = plugin(config)
    one.on_config(config)
    fault = TypeError("of Material's")
    with pytest.raises(PluginError, match=r"^mkdocs\.yml: line 3: theme\.x$"):
        one.on_build_error(fault)
    assert asked == [(Path(str(config.config_file_path)), one.site, fault)]
    one.on_build_error(PluginError("says it itself"))
    assert len(asked) == 1
