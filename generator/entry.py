"""The MkDocs plugin as MkDocs finds it: the adapter of `site`, joined to the pipeline."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from mkdocs.exceptions import PluginError
from mkdocs.plugins import get_plugin_logger

from generator.present.page import LanguageSite
from generator.site.plugin import SitePlugin

log = get_plugin_logger("handbook")


class HandbookPlugin(SitePlugin):  # type: ignore[no-untyped-call]
    """`plugins: [handbook, search]` in mkdocs.yml."""

    def sites(self, project: Path) -> tuple[Sequence[LanguageSite], int | None]:
        """Run the pipeline; errors of the data stop the build before anything is written."""
        # Imported here: the process of a further language is given its book and needs none of this.
        from generator.model.period import Period
        from generator.pipeline import ProjectError, check_project, figures_for, language_sites_of, moment_of
        from generator.problems import WrongUseError, as_text

        try:
            as_of = Period.parse(self.config.as_of) if self.config.as_of else None
        except ValueError as error:
            raise PluginError(f"handbook: as_of: {error}") from None
        try:
            checked = check_project(project, as_of)
            figures = figures_for(checked, self.config.edition)
        except ProjectError as error:
            raise PluginError(f"{as_text(error.problems)}\nthe handbook was not built") from None
        except WrongUseError as error:
            raise PluginError(f"handbook: {error}") from None
        for level in ("warning", "note"):
            number = checked.problems.count(level)
            if number:
                log.info(f"{number} {level}s; `handbook check` lists them")
        return language_sites_of(figures, checked.problems), moment_of(figures)
