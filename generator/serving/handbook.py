"""The handbook that is served, in memory: as its files are now, with every page at hand when asked for."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from threading import Lock

from generator.compute.figures import Figures
from generator.compute.insight.named import named_figures
from generator.pipeline import KeptRun, ProjectError, Request, Run, SettingsError
from generator.present.charts.draw import Drawings
from generator.present.kept import CACHE
from generator.present.language_site import SiteVariant, Wanted, language_site_of
from generator.present.page import LanguageSite, Page
from generator.present.store import Store, StoredFiles
from generator.problems import Problem, WrongUseError, as_text
from generator.site.frames import Frame
from generator.site.settings import words_around
from generator.site.staged import SiteError, edition_and_period


class FaultyError(Exception):
    """The files cannot be shown as they are; the message is for who edits them."""


class ServedHandbook:
    """What the files say, and the pages made of it one by one."""

    def __init__(self, project: Path, asked: Request, folder: Path) -> None:
        """`folder` is for what making pages leaves behind."""
        self._project, self._asked, self._folder = project, asked, folder
        self._kept = KeptRun()
        self._settings: tuple[str | None, str | None] | None = None
        self._figures: Figures | None = None
        self._problems: Sequence[Problem] = ()
        self._moment = 0
        self._frames: dict[str, Frame] = {}
        self._outlines: Mapping[str, LanguageSite] = {}
        self._number = 0
        self._making = Lock()
        self._dated = "SOURCE_DATE_EPOCH" in os.environ

    def renew(self, settings: bool) -> None:
        """Read the files again; FaultyError where they cannot be shown, and all stays as it was.

        `settings`: mkdocs.yml, or what else the pages' frame is made of, may have changed.
        """
        with _in_words(first=self._figures is None):
            if settings or self._settings is None:
                self._settings = edition_and_period(self._project)
            run = Run(self._project, self._asked, settings=self._settings, earlier=self._kept)
            figures, languages, moment = named_figures(run.figures), run.languages, run.moment
        with self._making:
            self._figures, self._problems = figures, tuple(run.checked.problems)
            self.languages, self._moment = languages, moment
            if settings:
                self._frames = {}

    def outlined(self, outlines: Sequence[LanguageSite]) -> None:
        """A build has told where pages are."""
        with self._making:
            self._outlines = {site.language: site for site in outlines}
            self._frames = {}

    def warm(self) -> None:
        """Set up what the first page of each language would have to wait for."""
        for language, site in self._outlines.items():
            with suppress(Exception):  # whoever asks for a page is told
                self.page(language, site.pages[0].path)

    def has(self, language: str, path: str) -> bool:
        """Whether a page can be made by itself: it was there when all pages were last made."""
        site = self._outlines.get(language)
        return site is not None and any(page.path == path for page in site.pages)

    def page(self, language: str, path: str) -> tuple[str, StoredFiles]:
        """A page of now as a build writes it, with the files beside it that are its own.

        FrameError and others where it cannot be made by itself.
        """
        with self._making:
            if self._figures is None:
                raise LookupError(path)
            if not self._dated:
                os.environ["SOURCE_DATE_EPOCH"] = str(self._moment)
            outline = self._outlines[language]
            made = self._made(self._figures, outline, path)
            frame = self._frame(_with_surroundings(outline, made))
            return frame.written(_only(made, path)), made.files

    def _made(self, figures: Figures, outline: LanguageSite, path: str) -> LanguageSite:
        known = frozenset(page.path for page in outline.pages)
        return language_site_of(
            figures,
            self._problems,
            outline.language,
            Drawings(self._project / CACHE / "charts", Store()),
            StoredFiles(),
            sort=SiteVariant(wanted=Wanted(frozenset((path,)), known, outline.made_by)),
        )

    def _frame(self, site: LanguageSite) -> Frame:
        """The language's frame; a new one where what stands around all pages is not what it was."""
        before, languages = self._frames.get(site.language), tuple(self._outlines)
        if before is not None and _stands_around(before.site, site, languages):
            return before
        self._number += 1
        folder = self._folder / f"frame-{self._number}"
        folder.mkdir()
        self._frames[site.language] = Frame(self._project, site, languages, folder)
        return self._frames[site.language]


def _with_surroundings(outline: LanguageSite, now: LanguageSite) -> LanguageSite:
    """The outline, with what every page shows of the site as it is now."""
    return replace(
        outline,
        title=now.title,
        footer=now.footer,
        own=now.own,
        brand=now.brand,
        attachments=now.attachments,
    )


def _stands_around(before: LanguageSite, now: LanguageSite, languages: Sequence[str]) -> bool:
    """Whether what every page shows of the site is as before; what only pages say is no part of it."""
    if words_around(before, languages) != words_around(now, languages):
        return False
    return before == replace(_with_surroundings(before, now), own=before.own)


def _only(site: LanguageSite, path: str) -> Page:
    for page in site.pages:
        if page.path == path:
            return page
    raise LookupError(path)


@contextmanager
def _in_words(first: bool) -> Iterator[None]:
    """Faults of the files as one that is shown; at first what the command asks for wrongly ends it."""
    try:
        yield
    except ProjectError as error:
        # Warnings are on the quality page; here they would hide what keeps the pages from following.
        raise FaultyError(as_text(found for found in error.problems if found.level == "error")) from None
    except SettingsError as error:
        raise FaultyError(f"mkdocs.yml: {error}") from None
    except WrongUseError as error:
        if first:
            raise
        raise FaultyError(str(error)) from None
    except SiteError as error:
        raise FaultyError(str(error)) from None
