"""The pages of every language, with the files beside them, from one computation."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Literal

from generator.compute.figures import Figures
from generator.compute.followed import followed
from generator.compute.hashes import Hashes
from generator.compute.insight.named import named_figures
from generator.exchange.content import Content, made_now
from generator.exchange.export_json import export_parts
from generator.exchange.one_indicator import files_of
from generator.exchange.packed import packed, part
from generator.exchange.tables import indicators_csv, results_csv
from generator.exchange.trace_rows import trace_files
from generator.present.charts.draw import Drawings
from generator.present.kept import CACHE
from generator.present.kept_asked import KeptAsked
from generator.present.kept_pages import KeptPages, MadeFrom
from generator.present.language_site import SiteVariant, language_site_of
from generator.present.links import MANIFEST, path_of
from generator.present.page import LanguageSite
from generator.present.showcase import showcase
from generator.present.store import Store, Stored, StoredFiles
from generator.problems import Problems

StageProgress = Callable[[str, int, int], None]
"""Told the name of a stage, how much of it is done, and how much there is."""
Only = Literal["cases"]
"""A part of the pages that can be a site of its own."""


def language_sites_of(
    figures: Figures,
    problems: Problems,
    languages: Sequence[str] | None = None,
    progress: StageProgress | None = None,
    frozen: Mapping[str, object] | None = None,
    only: Only | None = None,
    *,
    kept: MadeFrom | None = None,
) -> tuple[LanguageSite, ...]:
    """The books of every language, from one computation; the quality page lists the problems.

    With a manifest, `frozen`, they are the review of the period: a cover opens them, and one page is there
    to be printed. `only` makes a site of a part of the pages, with the files that these offer. With `kept`
    pages are taken over that a build before made of the same, and kept for the next one; a collection of
    cases, a frozen review and what is told as of the past, which knows what came later, are made anew.
    """
    if frozen is not None or only is not None or figures.whole.catalogue.later is not None:
        kept = None
    if kept is not None:
        figures = followed(figures)
    shown = showcase(figures.catalogue) if only == "cases" else None
    cache, hashes, made = figures.catalogue.root / CACHE, Hashes(figures), list[KeptAsked]()
    told_for = f"{kept.hash} {figures.as_of}" if kept is not None else ""
    content: Content = made_now
    if kept is not None:
        made.append(KeptAsked(cache, told_for, figures.edition, hashes))
        content = made[0].content
    files = _files(figures, shown, frozen, content)
    sites = []
    shown_figures = named_figures(figures) if kept is None else followed(named_figures(figures))
    sort = SiteVariant(frozen is not None, shown)
    for language in languages or figures.catalogue.handbook.languages:
        drawings = Drawings(cache / "charts", Store())
        pages = None
        if kept is not None:
            pages = KeptPages(cache, told_for, figures.edition, language, hashes)
            made.append(pages)

        def told(done: int, total: int, language: str = language) -> None:
            if progress is not None:
                progress(language, done, total)

        sites.append(
            language_site_of(
                shown_figures,
                tuple(problems),
                language,
                drawings,
                files=files,
                progress=told,
                sort=sort,
                kept=pages,
            )
        )
    if kept is not None and kept.again() == kept.hash:
        for one in made:
            one.keep()
    return tuple(sites)


def _export(figures: Figures, content: Content) -> Iterator[bytes]:
    """The parts of the export, packed; those of one indicator may be kept."""
    for name, make in export_parts(figures):

        def made(make: Callable[[], str] = make) -> bytes:
            return part(make())

        yield content(f"export/{name}", made) if name else made()


def _files(
    figures: Figures,
    shown: frozenset[str] | None,
    frozen: Mapping[str, object] | None,
    content: Content,
) -> StoredFiles:
    """What goes beside the pages of every language; each is put away as soon as it is made."""
    store = Store()
    made: dict[str, Stored] = {}
    if shown is None:
        made["downloads/handbook.zip"] = store.put(packed(_export(figures, content)))
        made["downloads/results.csv"] = store.put(results_csv(figures.catalogue))
        made["downloads/indicators.csv"] = store.put(indicators_csv(figures.catalogue))
        traced = trace_files(figures, frozen is None, content)
        made |= {path: store.put(told) for path, told in traced}
    for path, told in files_of(figures, content):
        if shown is None or path_of("indicator", PurePosixPath(path).stem) in shown:
            made[path] = store.put(told)
    if frozen is not None:
        made[MANIFEST] = store.put(f"{json.dumps(frozen, ensure_ascii=False, indent=1)}\n".encode())
    return StoredFiles(made)
