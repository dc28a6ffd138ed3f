"""One page at a time in the frame that a whole build would put around it, for who waits for a single page.

MkDocs knows only whole builds. Here its settings, files, navigation and templates of one language are set up
as a build does it, from pages without their content, and kept; each page is then written as the build would
write it. What is used of MkDocs beside its plugins' events stands in this module.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from mkdocs.commands import build
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException
from mkdocs.structure.files import get_files, set_exclusions
from mkdocs.structure.nav import get_navigation

from generator.present.page import Chapter, LanguageSite, Page, Section
from generator.present.store import StoredFiles
from generator.site.blame import SettingsFileError, loaded
from generator.site.pages import HandbookPage
from generator.site.plugin import SitePlugin
from generator.site.staged import SiteError, configuration


class FrameError(Exception):
    """A page cannot be made by itself; a whole build says why, or can."""


def outline(site: LanguageSite) -> LanguageSite:
    """A site without what its pages say: their places, titles and headings, which the frame shows."""
    return replace(
        site,
        chapters=tuple(
            Chapter(chapter.id, chapter.title, tuple(_bare(page) for page in chapter.pages))
            for chapter in site.chapters
        ),
        files=StoredFiles(),
    )


def _bare(page: Page) -> Page:
    sections = tuple(Section(section.id, section.level, section.title, "") for section in page.sections)
    return replace(page, sections=sections, markdown="", search=None, embed="")


class Frame:
    """MkDocs, set up for the pages of one language."""

    def __init__(self, project: Path, site: LanguageSite, languages: Sequence[str], folder: Path) -> None:
        """`site` is an outline, `languages` are those of the whole site, the first at its root, and `folder`
        is empty and stays as long as the frame; SiteError where mkdocs.yml cannot be used."""
        self.site = site
        self._folder = folder / "site"
        alone = site.language != languages[0]
        config = configuration(project, folder)
        if alone:
            config = self._further(config, site.language)
        plugin: Any = config.plugins.get("handbook")
        if not isinstance(plugin, SitePlugin):
            raise SiteError("mkdocs.yml does not list the plugin 'handbook' under 'plugins:'")
        plugin.given, plugin.all_languages, plugin.alone = (site,), tuple(languages), alone
        config.plugins.on_startup(command="build", dirty=False)
        self._config = config.plugins.on_config(config)
        plugin.all_languages = tuple(languages)
        self._set_up()

    def _further(self, first: MkDocsConfig, language: str) -> MkDocsConfig:
        """The settings of another language than the one at the root, as its own process has them."""
        options: dict[str, Any] = {"docs_dir": str(first.docs_dir), "strict": bool(first.strict)}
        if first.site_url:
            options["site_url"] = f"{first.site_url.rstrip('/')}/{language}/"
        try:
            return loaded(Path(str(first.config_file_path)), self._folder, **options)
        except SettingsFileError as fault:
            raise SiteError(f"mkdocs.yml: {fault}") from None

    def _set_up(self) -> None:
        """As `mkdocs.commands.build.build` until it reads pages."""
        config = self._config
        config.plugins.on_pre_build(config=config)
        files = get_files(config)
        env = config.theme.get_env()
        files.add_files_from_theme(env, config)
        self._files = config.plugins.on_files(files, config=config)
        set_exclusions(self._files, config)
        nav = get_navigation(self._files, config)
        self._nav = config.plugins.on_nav(nav, config=config, files=self._files)
        self._env = config.plugins.on_env(env, config=config, files=self._files)
        self._pages = self._files.documentation_pages()

    def has(self, path: str) -> bool:
        """Whether there is a page at a path."""
        return self._files.get_file_from_path(path) is not None

    def written(self, page: Page) -> str:
        """The page as a build writes it; FrameError where that cannot be done for one alone."""
        file = self._files.get_file_from_path(page.path)
        if file is None or not isinstance(file.page, HandbookPage):
            raise FrameError(f"{page.path} was not there when the frame was made")
        file.page.renew(page)
        config: Any = self._config
        try:
            build._populate_page(file.page, config, self._files)
            build._build_page(file.page, config, self._pages, self._nav, self._env)
        except MkDocsException as error:
            raise FrameError(str(error)) from None
        return Path(file.abs_dest_path).read_text(encoding="utf-8")
