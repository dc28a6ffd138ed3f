"""The MkDocs plugin as MkDocs finds it: the adapter of `site`, joined to the pipeline."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from mkdocs.exceptions import PluginError
from mkdocs.plugins import get_plugin_logger

from generator.messages import said
from generator.present.page import LanguageSite
from generator.site.plugin import SitePlugin

log = get_plugin_logger("handbook")


class HandbookPlugin(SitePlugin):  # type: ignore[no-untyped-call]
    """`plugins: [handbook, search]` in mkdocs.yml."""

    last: Sequence[LanguageSite] = ()
    """What was built last, while serving."""

    def sites(self, project: Path) -> tuple[Sequence[LanguageSite], int | None]:
        """Run the pipeline; errors of the data stop the build before anything is written."""
        # Imported here: the process of a further language is given its book and needs none of this.
        from generator.pipeline import ProjectError, Request, Run, SettingsError
        from generator.problems import WrongUseError, as_text

        asked = Request(self.asked.edition, self.asked.as_of, self.asked.languages)
        run = Run(project, asked, settings=(self.config.edition, self.config.as_of))
        try:
            sites, moment = run.sites, run.moment
        except ProjectError as error:
            if self.serving:
                return self._as_before(as_text(error.problems)), None
            raise PluginError(f"{as_text(error.problems)}\n{said('the handbook was not built')}") from None
        except (SettingsError, WrongUseError) as error:
            raise PluginError(said(f"handbook: {error}")) from None
        for level in ("warning", "note"):
            number = run.checked.problems.count(level)
            if number:
                log.info(said(f"{number} {level}s; `handbook check` lists them"))
        self.broken, self.last = "", sites
        return sites, moment

    def _as_before(self, told: str) -> Sequence[LanguageSite]:
        """While serving: the pages as they last were, with what is wrong on top until it is mended."""
        from generator.site.notice import empty_site

        log.error(f"{told}\n{said('the pages stay as they were')}")
        self.broken = told
        return self.last or (empty_site("en", "Handbook"),)
