"""`handbook build`: the site as it was kept, or one from nothing that is kept for the next time.

What a kept site needs is imported before what a build needs: reading it takes less time than those imports.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from generator.console import problems_reported, progress_told
from generator.present.kept import CACHE
from generator.site.kept_site import FinishedSite, KeptSites, warnings_seen
from generator.site.made_from import MOMENT, made_from
from generator.site.target import TargetError, swap

if TYPE_CHECKING:
    from generator.model.period import Period


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """What the command was asked for; the rest stands in mkdocs.yml and the handbook."""

    edition: str | None
    as_of: Period | None
    languages: tuple[str, ...]
    only: Literal["cases"] | None


def built(root: Path, target: Path, staging: Path, options: BuildOptions) -> FinishedSite:
    """Put the site of a project at a target; `staging` is the build's folder beside it."""
    asked = {
        "edition": options.edition,
        "as_of": str(options.as_of) if options.as_of else None,
        "languages": list(options.languages),
        "only": options.only,
        MOMENT: os.environ.get(MOMENT),
    }
    kept, made, site = KeptSites(root / CACHE), made_from(root, asked), staging / "site"
    finished = kept.restore(made, site) if made else None
    if finished is not None:
        _swapped(site, target, root)
        return finished

    def keep(told: FinishedSite) -> None:
        # A file that was changed meanwhile may have been read before or after.
        if made and made == made_from(root, asked):
            kept.keep(made, site, told)

    return _from_nothing(root, target, staging, options, keep, asked)


def _from_nothing(
    root: Path,
    target: Path,
    staging: Path,
    options: BuildOptions,
    keep: Callable[[FinishedSite], None],
    asked: Mapping[str, object],
) -> FinishedSite:
    """Compute and write it all; a site that is built without a warning of MkDocs is handed to `keep`."""
    from generator.pipeline import Request, Run
    from generator.present.kept_pages import MadeFrom
    from generator.site.staged import SiteError, write_site

    with progress_told() as told, problems_reported():
        request = Request(options.edition, options.as_of, options.languages, options.only)
        hashed = partial(made_from, root, asked, results=False)
        first = hashed()
        run = Run(root, request, told, pages=MadeFrom(first, hashed) if first else None)
        os.environ.setdefault(MOMENT, str(run.moment))
        sites = run.sites
        told("writing", 0, 0)
        hidden = run.checked.problems.count("warning") + run.checked.problems.count("note")
        finished = FinishedSite(sum(len(site.pages) for site in sites), hidden)
        try:
            with warnings_seen() as seen:
                write_site(root, sites, staging)
        except SiteError as error:
            raise click.ClickException(str(error)) from None
        if not seen:
            keep(finished)
        _swapped(staging / "site", target, root)
    return finished


def _swapped(site: Path, target: Path, root: Path) -> None:
    try:
        swap(site, target, root)
    except TargetError as error:
        raise click.ClickException(str(error)) from None
