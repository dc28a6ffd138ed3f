"""What programs beside a browser read: changes as an Atom feed, reviews and due actions as a calendar.

Both are dated by the data alone, so the same handbook gives the same bytes, and keep the id of every entry.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date, timedelta
from xml.sax.saxutils import escape, quoteattr

from generator.compute.insight.actions import tasks_of, today_of
from generator.compute.insight.agenda import last_review
from generator.compute.insight.rhythm import hides_newest, next_meeting
from generator.model.catalogue import Catalogue
from generator.present.links import path_of
from generator.present.page_context import PageContext
from generator.present.parts.agenda import running_pilots
from generator.present.text.prose import plain

NEWEST = 100
"""Entries of the feed."""


def changes_feed(ctx: PageContext, pages: frozenset[str]) -> bytes:
    """The newest changes of definitions, and of the work in pilots, as Atom (RFC 4287).

    `pages`: the paths of the pages that there are; what has none is left out.
    """
    form, catalogue = ctx.format, ctx.figures.catalogue
    entries = sorted((one for one in _entries(ctx) if one[4] in pages), reverse=True)[:NEWEST]
    newest = entries[0][0] if entries else date(2000, 1, 1)
    author = catalogue.handbook.organisation or catalogue.handbook.title
    title = f"{form.text(catalogue.handbook.title)} · {form.words('chapters.changes')}"
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang={quoteattr(form.language)}>',
        f"<title>{escape(title)}</title>",
        f"<id>urn:indicator-handbook:{_key(catalogue)}:{form.language}</id>",
        f"<updated>{newest}T00:00:00Z</updated>",
        f"<author><name>{escape(form.text(author))}</name></author>",
        '<link rel="alternate" href="../changes.html"/>',
    ]
    for day, id_, heading, text, path in entries:
        lines += [
            "<entry>",
            f"<title>{escape(heading)}</title>",
            f"<id>urn:indicator-handbook:{_key(catalogue)}:{escape(id_)}:{form.language}</id>",
            f"<updated>{day}T00:00:00Z</updated>",
            f"<link href={quoteattr('../' + path.removesuffix('.md') + '.html')}/>",
            f"<summary>{escape(text)}</summary>",
            "</entry>",
        ]
    return ("\n".join((*lines, "</feed>")) + "\n").encode()


def _entries(ctx: PageContext) -> Iterator[tuple[date, str, str, str, str]]:
    """Day, id, heading, text and page of each change."""
    form, catalogue = ctx.format, ctx.figures.catalogue
    for indicator in catalogue.indicators.values():
        for number, entry in enumerate(indicator.history):
            kind = form.words(f"history.{entry.change}")
            heading = f"{form.text(indicator.name)}{form.words('punctuation.colon')}{kind}"
            path = path_of("indicator", indicator.id)
            yield (
                entry.date,
                f"indicator:{indicator.id}:{number}",
                heading,
                plain(form.text(entry.text)),
                path,
            )
    for pilot in catalogue.pilots.values():
        for change in pilot.changes:
            heading = (
                f"{form.text(pilot.name)}{form.words('punctuation.colon')}{plain(form.text(change.text))}"
            )
            path = path_of("pilot", pilot.id)
            yield change.date, f"pilot:{pilot.id}:{change.id}", heading, "", path


def calendar_file(ctx: PageContext) -> bytes:
    """Reviews held, reviews that come next, and actions that are due, as iCalendar (RFC 5545), all-day."""
    catalogue = ctx.figures.catalogue
    stamp = today_of(ctx.figures.as_of, catalogue.handbook.calendar) or date(2000, 1, 1)
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//indicator-handbook//EN",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{_text(ctx.format.text(catalogue.handbook.title))}",
    ]
    for day, id_, heading, text in sorted(_days(ctx)):
        lines += [
            "BEGIN:VEVENT",
            f"UID:{id_}@{_key(catalogue)}.indicator-handbook",
            f"DTSTAMP:{stamp:%Y%m%d}T000000Z",
            f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
            f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{_text(heading)}",
            *([f"DESCRIPTION:{_text(text)}"] if text else []),
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    folded = (part for line in (*lines, "END:VCALENDAR") for part in _folded(line))
    return ("\r\n".join(folded) + "\r\n").encode()


def _days(ctx: PageContext) -> Iterator[tuple[date, str, str, str]]:
    """Day, id, heading and text of each entry."""
    form, words, figures = ctx.format, ctx.format.words, ctx.figures
    catalogue = figures.catalogue
    today = today_of(figures.as_of, catalogue.handbook.calendar)
    for review in catalogue.reviews.values():
        pilot = catalogue.pilots.get(review.pilot)
        name = form.text(pilot.name) if pilot else ""
        yield review.date, f"review-{review.id}", words(f"calendar.{review.kind}", name=name), ""
    for pilot in running_pilots(figures):
        due = next_meeting(figures, pilot, last_review(figures, pilot.id))
        if due is not None and not hides_newest(figures, pilot.id):
            yield due, f"next-{pilot.id}", words("calendar.next", name=form.text(pilot.name)), ""
    for task in tasks_of(catalogue, today):
        if not task.open or task.action.due is None:
            continue
        pilot = catalogue.pilots.get(task.review.pilot)
        heading = words("calendar.due", text=plain(form.text(task.action.text)))
        yield (
            task.action.due,
            f"action-{task.review.id}-{task.action.id}",
            heading,
            (form.text(pilot.name) if pilot else ""),
        )


def _key(catalogue: Catalogue) -> str:
    """Tells one handbook's entries from another's: by its title, whatever else changes."""
    return hashlib.sha256("\0".join(catalogue.handbook.title.all()).encode()).hexdigest()[:12]


def _text(text: str) -> str:
    for mark, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r", ""), ("\n", "\\n")):
        text = text.replace(mark, written)
    return text


def _folded(line: str) -> Iterator[str]:
    """Lines of at most 75 bytes; what goes on begins with a blank. No character is cut."""
    part, size, room = "", 0, 75
    for letter in line:
        width = len(letter.encode())
        if size + width > room:
            yield part
            part, size = " ", 1
        part, size = part + letter, size + width
    yield part
