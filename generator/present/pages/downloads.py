"""What readers can take away: the whole handbook as JSON, results and indicators as CSV."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.present.links import CALENDAR, DOWNLOADS, FEED, Ref
from generator.present.page import Page, SearchEntry
from generator.present.page_context import PageContext

FILES = (
    ("handbook", "downloads/handbook.zip"),
    ("results", "downloads/results.csv"),
    ("indicators", "downloads/indicators.csv"),
    ("changes", FEED),
    ("calendar", CALENDAR),
)
"""Label and address, inside the language's tree, of every file that is published beside the pages."""


@dataclass(frozen=True, slots=True)
class FileRow:
    """One file."""

    ref: Ref
    content: str


@dataclass(frozen=True, slots=True)
class DownloadsContext:
    """What the page's template is given."""

    summary: str
    files: tuple[FileRow, ...]


def pages(ctx: PageContext) -> Iterator[Page]:
    """The one page of downloads."""
    words, links = ctx.format.words, ctx.links(DOWNLOADS)
    rows = tuple(
        FileRow(Ref(path.rpartition("/")[2], links.to(path)), words(f"downloads.{name}"))
        for name, path in FILES
    )
    title, summary = words("chapters.downloads"), words("downloads.summary")
    yield ctx.page(
        "downloads", DOWNLOADS, title, DownloadsContext(summary, rows), SearchEntry(title, summary)
    )
