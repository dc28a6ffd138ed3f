"""The whole flow on one screen: load → check → compute → present; what is written stands in `site`.

`Run` is the flow of every command and of the MkDocs plugin; it alone says which edition, period and languages
are meant and what is refused. The functions are its stages.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from generator.check import run_rules
from generator.compute.edition_view import edition_view
from generator.compute.figures import Figures, figures_of
from generator.compute.reuse import Earlier
from generator.compute.small_groups import protected
from generator.exchange.manifest import origin
from generator.load.kept_files import KeptFiles
from generator.load.named_things import name_the_ids
from generator.load.project import load_project
from generator.model.as_of import known_at
from generator.model.catalogue import Catalogue, latest_period
from generator.model.edition import for_audience
from generator.model.period import Period
from generator.problems import Problems, WrongUseError
from generator.site.content_links import check_content_links
from generator.site.shortcode_check import check_shortcodes
from generator.site.unused_settings import check_unused_settings

if TYPE_CHECKING:
    from generator.language_sites import Only, StageProgress
    from generator.present.kept_pages import MadeFrom
    from generator.present.page import LanguageSite


@dataclass(frozen=True, slots=True)
class Checked:
    """A project after loading and checking."""

    catalogue: Catalogue | None
    """As of the period; None when the project cannot be read at all."""
    problems: Problems
    as_of: Period | None
    whole: Catalogue | None = None
    """With nothing left out."""

    @property
    def usable(self) -> bool:
        """Whether a site may be built from it."""
        return self.catalogue is not None and not self.problems.has_errors


class ProjectError(Exception):
    """The project has errors; `problems` says which."""

    def __init__(self, problems: Problems) -> None:
        super().__init__("the project has errors")
        self.problems = problems


class SettingsError(Exception):
    """The project's mkdocs.yml asks for what there is not; the message says which setting and why."""


@dataclass(frozen=True, slots=True)
class Request:
    """What a run is asked for; what it leaves open, the project's mkdocs.yml says, and then the handbook."""

    edition: str | None = None
    as_of: Period | None = None
    languages: tuple[str, ...] = ()
    only: Only | None = None
    frozen: bool = False
    """The review of the period, to be kept as it is."""


@dataclass(frozen=True, slots=True)
class KeptRun:
    """What one run leaves for the next one over the same project."""

    files: KeptFiles = field(default_factory=KeptFiles)
    figures: Earlier = field(default_factory=Earlier)


class Run:
    """The flow over one project: load, check, cut to the period, compute, cut to the audience, present.

    Each stage runs once, when it or a later one is first asked for. Raises SettingsError for a mkdocs.yml
    that asks for what there is not, WrongUseError for a request that does.
    """

    def __init__(
        self,
        project: Path,
        request: Request = Request(),
        progress: StageProgress | None = None,
        settings: tuple[str | None, str | None] | None = None,
        earlier: KeptRun | None = None,
        *,
        pages: MadeFrom | None = None,
    ) -> None:
        """`settings` are edition and period of a mkdocs.yml that is read already; `earlier` is what who runs
        again and again keeps; with `pages` those of a build before are taken over where they are the same."""
        self._pages = pages
        self.project, self.request, self._earlier = project, request, earlier
        self._progress = progress or (lambda *_: None)
        self._given = settings

    @cached_property
    def settings(self) -> tuple[str | None, Period | None]:
        """The edition and the period that mkdocs.yml sets; they hold for every command, so that an export
        tells what the site tells. Where the request names both, the file is not looked at."""
        named = self.request.edition is not None and self.request.as_of is not None
        edition, as_of = self._given or (None, None)
        if self._given is None and not named and (self.project / "mkdocs.yml").is_file():
            # Imported here: reading it takes MkDocs, which a project without the file does not need.
            from generator.site.staged import SiteError, edition_and_period

            try:
                edition, as_of = edition_and_period(self.project)
            except SiteError as error:
                raise SettingsError(str(error).removeprefix("mkdocs.yml: ")) from None
        try:
            return edition, Period.parse(as_of) if as_of else None
        except ValueError as error:
            raise SettingsError(f"as_of: {error}") from None

    @cached_property
    def checked(self) -> Checked:
        """The project as of the period, with all problems; what is asked for and is not there is refused."""
        self._progress("reading", 0, 0)
        as_of = self.request.as_of or self.settings[1]
        kept = self._earlier.files if self._earlier else None
        checked = check_project(self.project, as_of, kept)
        if checked.catalogue is not None and checked.usable:
            with self._named(self.request.as_of, "as_of"):
                refuse_period(checked, as_of)
            with self._named(self.request.edition, "edition"):
                audience_of(checked.catalogue, self.request.edition or self.settings[0])
            refuse_languages(checked.catalogue, self.request.languages)
        return checked

    def try_settings(self) -> None:
        """SettingsError where mkdocs.yml sets what no page can be made with; for what builds none itself."""
        if (self.project / "mkdocs.yml").is_file():
            from generator.site.staged import SiteError, try_settings

            try:
                try_settings(self.project)
            except SiteError as error:
                raise SettingsError(str(error).removeprefix("mkdocs.yml: ")) from None

    @cached_property
    def figures(self) -> Figures:
        """All figures that the edition may see; ProjectError when the project has errors."""
        return figures_for(
            self.checked,
            self.request.edition or self.settings[0],
            self._earlier.figures if self._earlier else None,
        )

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """Those asked for, in the handbook's order; all without a request."""
        known, asked = self.figures.catalogue.handbook.languages, self.request.languages
        return tuple(language for language in known if language in asked) or tuple(known)

    @cached_property
    def sites(self) -> tuple[LanguageSite, ...]:
        """All pages and the files beside them, for each language."""
        # Imported here: templates and charts take a second to load, which checks and exports do without.
        from generator.language_sites import language_sites_of

        figures, whole = self.figures, self.checked.whole
        return language_sites_of(
            figures,
            self.checked.problems,
            self.languages,
            lambda language, done, total: self._progress(f"charts ({language})", done, total),
            origin(whole or figures.catalogue, figures) if self.request.frozen else None,
            self.request.only,
            kept=self._pages,
        )

    @cached_property
    def moment(self) -> int:
        """A time that depends on the data alone: the end of the period told about, in seconds since 1970."""
        return moment_of(self.figures)

    @contextmanager
    def _named(self, asked: object, name: str) -> Iterator[None]:
        """A refusal names mkdocs.yml where the value was not asked for but stands there."""
        try:
            yield
        except WrongUseError as error:
            if asked is not None:
                raise
            raise SettingsError(f"{name}: {error}") from None


def check_project(root: Path, as_of: Period | None = None, kept: KeptFiles | None = None) -> Checked:
    """Load everything and hold it against the method's rules; all problems of all files.

    With `as_of` the catalogue is the one of that period, and so is what the rules warn of. Errors are those
    of the files as they are: without its later files a past would seem to have faults that it never had.
    """
    problems = Problems()
    catalogue = load_project(root, problems, kept)
    if catalogue is None:
        return Checked(None, problems, None)
    check_content_links(catalogue, problems)
    check_shortcodes(catalogue, problems)
    name_the_ids(problems, catalogue.sources)
    check_unused_settings(root, catalogue, problems)
    if as_of is None:
        latest = latest_period(catalogue)
        problems.extend(run_rules(catalogue, latest))
        _check_words(catalogue, problems)
        return Checked(catalogue, problems, latest, catalogue)
    past = known_at(catalogue, as_of)
    _check_words(catalogue, problems)
    problems.extend(found for found in run_rules(catalogue, as_of) if found.level == "error")
    problems.extend(found for found in run_rules(past, as_of) if found.level != "error")
    return Checked(past, problems, as_of, catalogue)


def _check_words(catalogue: Catalogue, problems: Problems) -> None:
    """The handbook's own labels and terms against the product's labels; asked only where there are any."""
    own = catalogue.labels or catalogue.handbook.terms
    if not own and set(catalogue.handbook.languages) <= {"en", "zh"}:
        return
    from generator.present.text.own_words import check_labels
    from generator.present.text.words import labels, languages

    check_labels(catalogue, {language: labels(language) for language in languages()}, problems)


def audience_of(catalogue: Catalogue, edition: str | None) -> str:
    """The audience of an edition, the usual one without a name; WrongUseError for an unknown one."""
    handbook = catalogue.handbook
    audience = edition or handbook.default_audience
    if audience not in handbook.audiences:
        known = ", ".join(handbook.audiences)
        raise WrongUseError(f"unknown audience '{audience}'; the handbook has: {known}")
    return audience


def figures_for(checked: Checked, edition: str | None = None, earlier: Earlier | None = None) -> Figures:
    """The figures of an edition: computed on everything, cut down to what its audience may see.

    ProjectError when the project has errors, WrongUseError for an unknown edition.
    """
    if checked.catalogue is None or checked.problems.has_errors:
        raise ProjectError(checked.problems)
    audience = audience_of(checked.catalogue, edition)
    told = protected(checked.catalogue, audience, checked.whole)
    whole = figures_of(told, audience, checked.as_of, earlier=earlier)
    return edition_view(whole, for_audience(told, audience), audience)


def refuse_languages(catalogue: Catalogue, asked: Sequence[str]) -> None:
    """WrongUseError for a language that the handbook does not have."""
    known = catalogue.handbook.languages
    for language in asked:
        if language not in known:
            raise WrongUseError(f"unknown language '{language}'; the handbook has: {', '.join(known)}")


def refuse_period(checked: Checked, period: Period | None) -> None:
    """WrongUseError for a period that is not reviewed, or that has no results."""
    if checked.whole is None or period is None:
        return
    handbook = checked.whole.handbook
    latest = latest_period(checked.whole)
    if period.frequency != handbook.review.long:
        kind, example = handbook.review.long, latest or "2026-Q3"
        reviewed = f"this handbook is reviewed by the {kind}"
        raise WrongUseError(f"{period} is no {kind}; {reviewed}, e.g. {example}")
    if latest is None or latest < period:
        newest = f"the newest are of {latest}" if latest else "there are none yet"
        raise WrongUseError(f"{period} has no results; {newest}")
    first = min(map(handbook.calendar.opens_on, checked.whole.results.distinct("period")))
    if handbook.calendar.end(period) < first:
        raise WrongUseError(f"{period} has no results; the oldest begin on {first}")


def frozen_name(figures: Figures) -> str:
    """`review-2026-Q3`, with the edition where it is not the one that is made by default."""
    usual = figures.edition == figures.catalogue.handbook.default_audience
    return f"review-{figures.as_of}" if usual else f"review-{figures.as_of}-{figures.edition}"


def moment_of(figures: Figures) -> int:
    """A time for the build that depends on the data alone: the end of the period it tells about."""
    calendar = figures.catalogue.handbook.calendar
    day = calendar.end(figures.as_of) if figures.as_of else datetime(2000, 1, 1, tzinfo=UTC).date()
    return int(datetime.combine(day, time(), UTC).timestamp())
