"""Puts the pages of one language together: generated, hand-written, or both in one.

A hand-written page at the path of a generated one opens it; content/index.md opens the home page this way.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from generator.compute.figures import Figures
from generator.model.attachments import belonging
from generator.model.page_source import ContentPage
from generator.present.brand import brand_of
from generator.present.charts.draw import Drawings, DrawProgress
from generator.present.feeds import calendar_file, changes_feed
from generator.present.inner_links import with_inner_links
from generator.present.kept import CACHE
from generator.present.kept_pages import KeptPages
from generator.present.left_out import chapters_left_out, without_chapters
from generator.present.legends import with_legends
from generator.present.links import CALENDAR, FEED, HOME, embed_of
from generator.present.page import Chapter, LanguageSite, Page, stored
from generator.present.page_context import PageContext
from generator.present.pages import PAGE_KINDS, SHOWCASE_KINDS
from generator.present.pages.cases.showcase import site_title
from generator.present.pages.reviews.cover import frozen_pages
from generator.present.parts.footer import footer
from generator.present.parts.shortcode_values import telling
from generator.present.parts.shortcodes import inserted
from generator.present.parts.told_texts import with_told_texts
from generator.present.short_marks import with_short_marks
from generator.present.showcase import every_page, unlinked
from generator.present.store import Store, Stored, StoredFiles
from generator.present.templates import Templates
from generator.present.text.format import Format
from generator.present.text.own_words import own_words
from generator.present.text.prose import plain, spelled, with_plain_headings
from generator.present.trace_words import trace_scripts
from generator.problems import Problem

GENERATED = (
    "index",
    "strategy",
    "indicators",
    "processes",
    "pilots",
    "roadmap",
    "reviews",
    "diagnosis",
    "cases",
)
"""Chapters of generated pages, in order; hand-written ones follow, downloads come last."""
LAST = ("signals", "downloads")
_first_heading = re.compile(r"^#\s+(.+?)\s*#*\s*$", re.MULTILINE)
_attributes = re.compile(r"\s+\{[^{}\n]*\}$")
_fence = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which pages are made, of a site that was made before."""

    paths: frozenset[str]
    known: frozenset[str]
    """The paths of all pages of the site."""
    made_by: Mapping[str, str]
    """As `LanguageSite.made_by` says it."""

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds that make them."""
        return frozenset(self.made_by[path] for path in self.paths if path in self.made_by)


@dataclass(frozen=True, slots=True)
class SiteVariant:
    """What sort of book is made; by itself the whole handbook as it is."""

    frozen: bool = False
    """The review of its period, to be kept as it is."""
    shown: frozenset[str] | None = None
    """The collection of cases: only the pages at these paths, below a cover of its own."""
    wanted: Wanted | None = None
    """Only some pages of the handbook, as they stand in it."""


HANDBOOK = SiteVariant()


def language_site_of(
    figures: Figures,
    problems: Sequence[Problem],
    language: str,
    drawings: Drawings,
    files: StoredFiles,
    progress: DrawProgress | None = None,
    *,
    sort: SiteVariant = HANDBOOK,
    kept: KeptPages | None = None,
) -> LanguageSite:
    """All pages of a language, charts drawn, sorted into chapters; their texts are put away, one by one."""
    frozen, shown, wanted = sort.frozen, sort.shown, sort.wanted
    own = own_words(figures.catalogue)
    form = telling(Format(language, figures.catalogue.handbook.languages[0], own), figures)
    ctx = PageContext(
        figures=figures,
        format=form,
        templates=Templates(form.words, figures.catalogue.root / CACHE),
        drawings=drawings,
        problems=problems,
        frozen=frozen,
        shown=shown,
        wanted=wanted.paths if wanted else None,
        pages=kept,
    )
    between, done = Store(), Store()
    chosen = figures.catalogue.handbook.pages
    made_by: dict[str, str] = {}
    made = _pages(ctx, between, made_by, wanted)
    pages = without_chapters(made, chapters_left_out(figures.catalogue) if shown is None else ())
    if frozen:
        pages = frozen_pages(ctx, pages)
    pages = with_told_texts(ctx, pages, between)
    catalogue = figures.catalogue
    attachments = frozenset(catalogue.attachments) if shown is None else belonging(catalogue, shown)
    linked = with_inner_links(pages, attachments, wanted.known if wanted else ())
    explained = with_legends(linked, form.words, traced=shown is None)
    shortened = with_short_marks(explained)
    embeds: dict[str, Stored] = {}
    drawn = [_put_away(page, done, embeds) for page in drawings.fill(shortened, progress)]
    return LanguageSite(
        language,
        form.text(figures.catalogue.handbook.title) if shown is None else site_title(ctx.figures, ctx.format),
        tuple(_chapters(ctx.format, drawn, chosen.order)),
        files
        | drawings.files
        | StoredFiles(embeds)
        | (_traces(ctx, done) if wanted is None else StoredFiles())
        | (_feeds(ctx, drawn, done) if shown is None and wanted is None else StoredFiles()),
        footer(figures, form, traced=shown is None),
        attachments,
        own=own,
        brand=brand_of(form, figures.catalogue.handbook),
        made_by=made_by,
    )


def _put_away(page: Page, store: Store, embeds: dict[str, Stored]) -> Page:
    """The finished page, put away; its small page for frames becomes a file of its own."""
    if page.embed:
        embeds[embed_of(PurePosixPath(page.path).stem)] = store.put(page.embed.encode())
    return stored(replace(page, embed=""), store)


def _feeds(ctx: PageContext, pages: Sequence[Page], store: Store) -> StoredFiles:
    """What programs beside a browser read, in the language's words; they name no page that is not there."""
    feed = changes_feed(ctx, frozenset(page.path for page in pages))
    return StoredFiles({FEED: store.put(feed), CALENDAR: store.put(calendar_file(ctx))})


def _traces(ctx: PageContext, store: Store) -> StoredFiles:
    """What pages say of a number that is asked where it comes from, and of a small line."""
    return StoredFiles({path: store.put(told) for path, told in trace_scripts(ctx)})


def _pages(ctx: PageContext, store: Store, made_by: dict[str, str], wanted: Wanted | None) -> dict[str, Page]:
    """Every page of the site by its path: those of the page kinds, then those with a text of the authors.

    `made_by` is told which kind made a page.
    """
    shown, contents = ctx.shown, ctx.figures.catalogue.content
    generated: dict[str, Page] = {}
    for kind in PAGE_KINDS if shown is None else SHOWCASE_KINDS:
        if wanted and kind.__name__ not in wanted.kinds:
            continue
        for page in kind.pages(ctx):
            if ctx.wanted is None or page.path in ctx.wanted:
                generated[page.path] = stored(page, store)
                made_by[page.path] = kind.__name__
    pages = dict(generated)
    known = wanted.known if wanted else ()
    made = frozenset((*generated, *known, *(content.path for content in contents)))
    for content in contents:
        if wanted and content.path not in wanted.paths:
            continue
        # The text that opens the home page is not about the cases.
        if shown is not None and (content.path == HOME or content.path not in shown):
            continue
        pages[content.path] = _written(ctx, content, generated.get(content.path), made)
    return pages


def _written(ctx: PageContext, content: ContentPage, generated: Page | None, made: frozenset[str]) -> Page:
    """A hand-written page, or a generated one that hand-written text opens.

    `made` are the paths of the edition's pages: a link to what it leaves out, or what was not there yet, is
    words alone.
    """
    form = ctx.format
    body = content.body(form.language)
    heading = _first_heading.search(_fence.sub("", body.markdown))
    own = body.head.get("title")
    title = own if isinstance(own, str) else plain(_attributes.sub("", heading.group(1))) if heading else ""
    text, inserts = inserted(ctx, content.path, body.markdown)
    markdown = with_plain_headings(text)
    if not heading:
        # What opens a page of ours and names it by no word of its own is called what the page is called.
        markdown = f"# {spelled(title or (generated.title if generated else content.path))}\n\n{markdown}"
    if ctx.shown is not None:
        markdown = unlinked(markdown, content.path, ctx.shown)
    elif ctx.frozen:
        markdown = unlinked(markdown, content.path, made)
    elif ctx.figures.everything is not None or ctx.figures.catalogue.later is not None:
        every = ctx.figures.whole.catalogue
        markdown = unlinked(markdown, content.path, made, every_page(every.later or every))
    if not content.translated(form.language):
        markdown = _marked(markdown, form.words("page.untranslated"))
    if generated is not None:
        opened = tuple(
            replace(section, title="") if section.level == 1 else section for section in generated.sections
        )
        sections = (*inserts, *opened)
        return replace(generated, markdown=markdown, sections=sections, title=title or generated.title)
    order = body.head.get("order")
    description = body.head.get("description")
    return Page(
        path=content.path,
        title=title or content.path,
        language=form.language,
        chapter=content.path.partition("/")[0].removesuffix(".md"),
        sections=inserts,
        markdown=markdown,
        meta={"description": description} if isinstance(description, str) else {},
        order=order if isinstance(order, int | float) else 1000,
        is_index=content.path.endswith("index.md"),
    )


def _marked(markdown: str, notice: str) -> str:
    """The page with a notice under its heading that it stands in another language."""
    heading = _first_heading.search(markdown)
    end = heading.end() if heading else 0
    return f'{markdown[:end]}\n\n!!! note ""\n\n    {notice}\n{markdown[end:]}'


def _chapters(form: Format, pages: Iterable[Page], order: Sequence[str] = ()) -> Iterator[Chapter]:
    """Pages by chapter, the index first, then by their order and path; chapters in `order` before others."""
    groups: dict[str, list[Page]] = {}
    for page in pages:
        groups.setdefault(page.chapter, []).append(page)
    for group in groups.values():
        group.sort(key=lambda page: (not page.is_index, page.order, page.path))
    written = sorted(
        (name for name in groups if name not in GENERATED + LAST),
        key=lambda name: (groups[name][0].order if groups[name][0].is_index else 1000, name),
    )
    for name in dict.fromkeys(("index", *order, *GENERATED, *written, *LAST)):
        if name in groups:
            yield Chapter(name, _chapter_title(form, name, groups[name]), tuple(groups[name]))


def _chapter_title(form: Format, name: str, pages: list[Page]) -> str:
    """The product's label for its own chapters, else the title of the chapter's index."""
    words = form.words
    label = f"chapters.{'home' if name == 'index' else name}"
    if words.known(label):
        return words(label)
    return pages[0].title if pages[0].is_index or len(pages) == 1 else name
