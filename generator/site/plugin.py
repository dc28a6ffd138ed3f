"""The MkDocs plugin: a thin adapter that hands finished pages to MkDocs.

The first language is built at the site's root by the MkDocs run itself; every other language is a MkDocs
build of its own in a process beside it, from the same computation, moved under `/<language>/` at the end.
How pages come about is not known here: `sites` is given by the entry point, which sees the whole pipeline.
"""

from __future__ import annotations

import os
import posixpath
import re
from abc import abstractmethod
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Literal

from jinja2 import Environment
from markupsafe import escape
from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException, PluginError
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page as MkDocsPage

from generator.present.kept import CACHE
from generator.present.page import LanguageSite
from generator.present.text.words import Words
from generator.present.theme_files import theme_dir
from generator.site import beside, escaping, frame, policy, search, settings, weight
from generator.site.blame import blamed
from generator.site.kept_frame import kept_frame
from generator.site.languages import LanguageBuild, start_language
from generator.site.link_check import broken_links
from generator.site.navigation import SiteNavigation
from generator.site.notice import with_notice
from generator.site.owned import mark
from generator.site.pages import HandbookPage, StoredFile
from generator.site.text_pages import write_texts
from generator.site.workplace import BusyError, at_work
from generator.site.writing import is_of_the_machine

log = get_plugin_logger("handbook")
SWITCH = "hb-language-"


class HandbookConfig(Config):  # type: ignore[no-untyped-call]
    """What may stand under `handbook:` in mkdocs.yml."""

    project = config_options.Type(str, default=".")
    """The folder with data/ and content/, seen from mkdocs.yml."""
    edition = config_options.Optional(config_options.Type(str))
    """The audience the site is for; the handbook's default_audience without it."""
    as_of = config_options.Optional(config_options.Type(str))
    """The period everything is told for; the newest one with results without it."""
    outside = config_options.ListOfItems(config_options.Type(str), default=[])
    """Hosts that pages may load from besides their own, e.g. [https://pictures.example.org]."""


class SitePlugin(BasePlugin[HandbookConfig]):  # type: ignore[no-untyped-call]
    """Books in, site out."""

    given: Sequence[LanguageSite] = ()
    """Books that were made before MkDocs started; empty when MkDocs was started by itself."""
    all_languages: Sequence[str] = ()
    """The languages of the whole site, the first at its root."""
    alone: bool = False
    """True in the process that builds one of the further languages."""
    entries: Sequence[search.Entry] = ()
    """The search entries of the book, where the process that started this one made them."""

    broken: str = ""
    """While serving: what is wrong with the files as they are now; it stands on top of every page."""
    serving: bool = False
    """Whether `serve` shows the site, which writes a script of its own into every page."""

    @abstractmethod
    def sites(self, project: Path) -> tuple[Sequence[LanguageSite], int | None]:
        """The books of every language, and a time for the build that depends on the data alone."""

    file: Path | None = None
    """The mkdocs.yml that is built by."""

    def __init__(self) -> None:
        super().__init__()
        self.held = ExitStack()
        """The lock of the site's place."""

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Its presence tells MkDocs to keep this object between the builds of `serve`."""
        self.serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Make every page before anything is written, and start the other languages."""
        os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
        self.file = Path(config.config_file_path) if config.config_file_path else None
        project = self._project(config)
        sites = self.given
        if not sites:
            self._take(Path(config.site_dir))
            sites, moment = self.sites(project)
            if moment is not None:
                os.environ.setdefault("SOURCE_DATE_EPOCH", str(moment))
        self.site = sites[0]
        if not self.alone:
            self.all_languages = [site.language for site in sites]
        for message in broken_links(self.site):
            log.warning(message)
        settings.apply(config, self.site)
        titled = self.site.language == self.all_languages[0]
        self.navigation = SiteNavigation(self.site, config.nav, Path(config.docs_dir), titled)
        for message in self.navigation.strange if titled else ():
            log.warning(message)
        config.nav = self.navigation.entries
        config.watch.extend(
            str(path)
            for path in (project / "data", project / "labels", theme_dir())
            if path.is_dir() and str(path) not in config.watch
        )
        self.others: list[LanguageBuild] = []
        self._waiting = [] if self.alone else list(sites[1:])
        return config

    def _take(self, target: Path) -> None:
        """Hold the site's place for as long as MkDocs, started by itself, builds there; PluginError while
        another build has it."""
        self.held.close()
        if self.serving:
            return
        try:
            self.held.enter_context(at_work(target))
        except BusyError as error:
            raise PluginError(str(error)) from None

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Start the other languages, now that the search plugin is set up too."""
        while self._waiting:  # what is handed over is no longer needed here
            self.others.append(start_language(self._waiting.pop(0), self.all_languages, config, self.broken))

    def _project(self, config: MkDocsConfig) -> Path:
        base = Path(config.config_file_path).parent if config.config_file_path else Path.cwd()
        return (base / self.config.project).resolve()

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Our pages instead of the Markdown files of content/, and what goes beside them."""
        unasked = [file for file in files if search.is_unasked(file.src_uri)]
        for file in (*beside.unpublished(files, config, self.site, self._project(config)), *unasked):
            files.remove(file)
        permalink = Words(self.site.language, self.site.own)("page.permalink")
        for chapter in self.site.chapters:
            for page in chapter.pages:
                listed = self.navigation.lists(page.path)
                level = InclusionLevel.INCLUDED if listed else InclusionLevel.NOT_IN_NAV
                file = File.generated(config, page.path, content="", inclusion=level)
                title = chapter.title if len(chapter.pages) == 1 else page.title
                # MkDocs takes no title of its `nav` for a page that there is already.
                title = self.navigation.titles.get(page.path, title)
                HandbookPage(page, title, file, config, permalink)
                files.append(file)
        for path in self.site.files:
            files.append(StoredFile.of(config, path, self.site.files))
        for file in [file for file in files if weight.needless(file, config.docs_dir, self.alone)]:
            files.remove(file)
        if self.alone:
            return files
        if self.site.brand is not None and self.site.brand.css:
            files.append(File.generated(config, settings.BRAND, content=self.site.brand.css))
        for asset in sorted((theme_dir() / "assets").rglob("*")):
            if asset.is_file():
                name = f"assets/{asset.relative_to(theme_dir() / 'assets').as_posix()}"
                files.append(File.generated(config, name, abs_src_path=str(asset)))
        return files

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Pages outside the navigation still know their chapter: breadcrumbs and the active tab."""
        sections = {section.title: section for section in nav.items if isinstance(section, Section)}
        for chapter in self.site.chapters:
            for page in chapter.pages:
                file = files.get_file_from_path(page.path)
                if not self.navigation.lists(page.path) and file and file.page and chapter.title in sections:
                    file.page.parent = sections[chapter.title]
        return nav

    @event_priority(100)
    def _before_templates(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Text is escaped where Material's templates write it, and their scripts go to files."""
        escaping.escape_by_default(env)
        self.scripts = policy.Scripts(env)
        env.bytecode_cache = kept_frame(self._project(config) / CACHE)
        loaded = (*config.extra_css, *map(str, config.extra_javascript))
        self.policy = policy.policy(policy.hosts(self.config.outside, loaded))
        return env

    @event_priority(0)
    def _with_templates(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Parts of the frame that many pages share are rendered once."""
        frame.remember(env)
        return env

    on_env = CombinedEvent(_before_templates, _with_templates)

    @event_priority(100)
    def _before_context(
        self, context: Any, *, page: MkDocsPage, config: MkDocsConfig, nav: Navigation
    ) -> Any:
        """Take the HTML of a page with its own search entry away from the search plugin.

        It goes over every letter even of pages that it leaves out, which takes longer than making them.
        """
        if isinstance(page, HandbookPage) and page.handbook.search is not None:
            page.aside, page.content = page.content, ""
        return context

    @event_priority(-100)
    def _after_context(self, context: Any, *, page: MkDocsPage, config: MkDocsConfig, nav: Navigation) -> Any:
        """Put the HTML back; the language switch leads to the same page in the other language."""
        if isinstance(page, HandbookPage) and page.aside is not None:
            page.content, page.aside = page.aside, None
        escaping.mark_page(page)
        if len(self.all_languages) < 2:
            return context
        config.extra["alternate"] = [
            # Material's `url` filter drops a leading `..`, so a mark stands for the address until the end.
            {
                "name": Words(language, self.site.own)("language"),
                "lang": language,
                "link": f"#{SWITCH}{language}",
            }
            for language in self.all_languages
        ]
        return context

    on_page_context = CombinedEvent(_before_context, _after_context)

    def on_post_page(self, output: str, *, page: MkDocsPage, config: MkDocsConfig) -> str:
        """Put the addresses of the language switch in, and let go of the page's own HTML."""
        if isinstance(page, HandbookPage):
            page.content = None
        here = posixpath.dirname(self._in_site(self.site.language, page.url))
        for language in self.all_languages:
            address = posixpath.relpath(self._in_site(language, page.url), here or ".")
            output = output.replace(f'"#{SWITCH}{language}"', f'"{address}"')
        # Material asks for a site map beside every `[rel=alternate]`, and folders of pages have none; with
        # the blank it means the same and its selector does not see it.
        output = output.replace('<link rel="alternate" href=', '<link rel="alternate " href=')
        if self.broken:
            output = with_notice(output, self.broken)
        if self.alone:
            output = weight.shared(output, page.url.count("/"), self.site.elsewhere)
        return self._guarded(weight.without_indentation(output))

    def on_post_template(self, output: str, *, template_name: str, config: MkDocsConfig) -> str:
        """The error page in the reader's language, with links that stay in it.

        It may be shown at any depth, so Material writes its addresses from the root; where the site's own
        address is not known, neither is it that a further language lies below its name.
        """
        if template_name != "404.html":
            return output
        words, language = Words(self.site.language, self.site.own), self.site.language
        if language != self.all_languages[0] and not config.site_url:
            output = re.sub(r'((?:href|src)=")/(?!/)', rf"\1/{language}/", output)
        if self.alone:
            output = weight.shared_from_root(output, language)
        title, text = escape(words("not_found.title")), escape(words("not_found.text"))
        return self._guarded(output.replace("<h1>404 - Not found</h1>", f"<h1>{title}</h1>\n<p>{text}</p>"))

    def _guarded(self, output: str) -> str:
        """A page with the policy of what it may load and run."""
        return output if self.serving else policy.with_policy(output, self.policy)

    def _in_site(self, language: str, url: str) -> str:
        """The address of a page from the root of the whole site; the first language stands there."""
        return url if language == self.all_languages[0] else f"{language}/{url}"

    @event_priority(50)
    def _before_search(self, *, config: MkDocsConfig) -> None:
        """Our search entries go in before the search plugin writes its index."""
        search.add_entries(config, self.entries or search.entries_of(config, self.site.pages), self.site)

    @event_priority(-100)
    def _after_everything(self, *, config: MkDocsConfig) -> None:
        """Write the index as a script, then wait for the other languages and move them in."""
        search.write_offline_index(config)
        self.scripts.write(Path(config.site_dir))
        write_texts(self.site, Path(config.site_dir), self._project(config) / CACHE)
        for build in self.others:
            for message in build.finish(Path(config.site_dir)):
                log.warning(message)
            weight.one_copy(Path(config.site_dir), build.language)
        if not self.alone:
            weight.without_maps(Path(config.site_dir))
        if not self.given:  # else who started MkDocs does, when every other plugin has written
            mark(Path(config.site_dir))
        self.held.close()

    on_post_build = CombinedEvent(_before_search, _after_everything)

    def on_build_error(self, error: Exception) -> None:
        """Stop the other languages when this one fails; where MkDocs was started by itself, say which setting
        it fails on."""
        for build in getattr(self, "others", ()):
            build.stop()
        self.held.close()
        if self.file is None or self.given or not hasattr(self, "site"):
            return
        if isinstance(error, MkDocsException) or is_of_the_machine(error):
            return
        said = blamed(self.file, self.site, error)
        if said is not None:
            raise PluginError(f"mkdocs.yml: {said}")
