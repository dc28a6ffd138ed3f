"""Where the pages of one language are made: figures, words, templates and drawings at hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from generator.compute.figures import Figures
from generator.compute.insight.named import named, named_past
from generator.compute.insight.quarter import quarters_of
from generator.compute.past import figures_at
from generator.model.period import Period
from generator.present.charts.draw import Drawings
from generator.present.kept_pages import KeptPages
from generator.present.links import Links
from generator.present.page import Page, SearchEntry, Section
from generator.present.templates import Templates
from generator.present.text.format import Format
from generator.problems import Problem

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class PageContext:
    """What a page module is given; it returns pages and writes nothing."""

    figures: Figures
    format: Format
    templates: Templates
    drawings: Drawings
    problems: Sequence[Problem] = ()
    """What checking found, for the quality page; errors never get this far."""
    frozen: bool = False
    """Whether the pages are the review of `figures.as_of`, to be kept as they are."""
    shown: frozenset[str] | None = None
    """Paths of the only pages that are made; None: all of them."""
    wanted: frozenset[str] | None = None
    """Paths of the pages that are asked for now, of a site that has all others too; None: all of them."""

    pages: KeptPages | None = None
    """The pages that a build before made, where some may be taken over."""

    place: str = ""
    """Where the figures of an earlier period stand in the export: `quarters/2026-Q2/`."""

    def shows(self, path: str) -> bool:
        """Whether the page at a path is made."""
        return self.shown is None or path in self.shown

    def wants(self, path: str) -> bool:
        """Whether the page at a path is to be made now; a kind of many pages asks before it makes one."""
        return self.shows(path) and (self.wanted is None or path in self.wanted)

    def page_or_kept(self, path: str, make: Callable[[PageContext], Page]) -> Page:
        """The page at a path as a build before made it, where all is the same that it was made of.

        `make` is given a page context that knows no problems: they are not among what is held to be the same.
        """
        bare = replace(self, problems=())
        if self.pages is None:
            return make(bare)
        return self.pages.page(path, self.drawings, lambda: make(bare))

    def at(self, period: Period) -> PageContext:
        """The page context with the pilots' figures as of an earlier period."""
        then, place = figures_at(self.figures, period), f"quarters/{period}"
        if period not in quarters_of(self.figures):
            return replace(self, figures=then, place="")
        return replace(self, figures=named_past(then, place), place=f"{place}/")

    def named(self, value: T, at: str) -> T:
        """Figures that a page got from computing, with their name in the export."""
        return named(value, self.place + at)

    def links(self, path: str) -> Links:
        """The links of the page at a path."""
        return Links(path, self.figures.catalogue, self.format, self.shown)

    def sections(self, kind: str, context: object, title: str = "") -> tuple[Section, ...]:
        """The sections a template makes of a context.

        The block `lead` opens the page under `title`, without a heading where the title is empty; every other
        block is headed by its label.
        """
        words, titles = self.format.words, f"sections.{kind.replace('/', '.')}"
        return tuple(
            Section("top", 1, title, html)
            if block == "lead"
            else Section(block.replace("_", "-"), 2, words(f"{titles}.{block}"), html)
            for block, html in self.templates.sections(kind, context)
        )

    def page(
        self,
        kind: str,
        path: str,
        title: str,
        context: object,
        search: SearchEntry,
        description: str = "",
        *,
        order: float = 0,
        hide: tuple[str, ...] = (),
    ) -> Page:
        """A page made from the template of its kind; its folder is its chapter.

        `hide` names Material's side columns (`navigation`, `toc`) that would only take room here.
        """
        chapter = path.partition("/")[0].removesuffix(".md")
        return Page(
            path=path,
            title=str(title),
            language=self.format.language,
            chapter=chapter,
            sections=self.sections(kind, context, title),
            meta={
                **({"description": str(description)} if description else {}),
                **({"hide": list(hide)} if hide else {}),
            },
            search=replace(search, title=str(search.title), text=str(search.text), value=str(search.value)),
            order=order,
            is_index=path.endswith("index.md") or path == f"{chapter}.md",
        )

    def in_chapter(self, page: Page, chapter: str) -> Page:
        """A page outside its chapter's folder, whose name could be an id there."""
        return replace(page, chapter=chapter, is_index=False)
