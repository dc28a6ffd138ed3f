"""What changed, for who does not open the site: signals, turned standings, gates, late data, due actions.

It tells what the agendas of the next reviews tell, so nothing is in a message that the site does not say;
never that a value merely crossed a threshold.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from email.message import EmailMessage

from markupsafe import Markup

from generator.compute.figures import Figures
from generator.compute.insight.agenda import agenda_of
from generator.compute.insight.rhythm import reviews_of
from generator.model.pilot import Pilot
from generator.model.review import Review
from generator.present.charts.draw import Drawings
from generator.present.links import AGENDA
from generator.present.page_context import PageContext
from generator.present.parts.agenda import running_pilots
from generator.present.parts.agenda_items import AgendaWriter
from generator.present.parts.shortcode_values import telling
from generator.present.templates import Templates
from generator.present.text.format import Format
from generator.present.text.own_words import own_words

WECOM_BYTES = 4096
"""The longest Markdown message that WeCom takes."""
CARD_BYTES = 18_000
"""DingTalk and Feishu take 20,000 bytes: of text, less what the message has besides."""


@dataclass(frozen=True, slots=True)
class DigestPart:
    """One pilot and what is to be said of it, as (kind, sentence)."""

    title: str
    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Digest:
    """A message, in one language and for one audience."""

    title: str
    parts: tuple[DigestPart, ...]
    nothing: str
    """Said where no part has anything."""
    more: str
    """Said where a tool takes no more; names {n}."""
    colon: str = ": "
    """Stands behind the kind of a line."""


def digest_for(figures: Figures, language: str, since: Review | date | None = None) -> Digest:
    """The digest of an edition in a language."""
    form = telling(
        Format(language, figures.catalogue.handbook.languages[0], own_words(figures.catalogue)), figures
    )
    ctx = PageContext(figures, form, Templates(form.words), Drawings(None))
    return digest_of(ctx, since)


def digest_of(ctx: PageContext, since: Review | date | None = None) -> Digest:
    """What changed since each pilot's last review, since one review, or since the last one held by a day."""
    form, words = ctx.format, ctx.format.words
    parts = []
    for pilot in running_pilots(ctx.figures):
        if isinstance(since, Review) and since.pilot != pilot.id:
            continue
        lines = tuple(_lines(ctx, pilot, _last(ctx, pilot, since)))
        if lines:
            parts.append(DigestPart(form.text(pilot.name), lines))
    period = form.period(ctx.figures.as_of)
    title = words("digest.title", name=form.text(ctx.figures.catalogue.handbook.title), period=period)
    nothing, more = words("digest.nothing"), words("digest.more")
    return Digest(title, tuple(parts), nothing, more, words("punctuation.colon"))


def _last(ctx: PageContext, pilot: Pilot, since: Review | date | None) -> Review | None:
    if isinstance(since, Review):
        return since
    held = [one for one in reviews_of(ctx.figures, pilot.id) if since is None or one.date <= since]
    return held[-1] if held else None


def _lines(ctx: PageContext, pilot: Pilot, last: Review | None) -> Iterator[tuple[str, str]]:
    then = ctx.at(last.period).figures if last is not None else None
    agenda = agenda_of(ctx.figures, then, pilot, last)
    for group in AgendaWriter(ctx, ctx.links(AGENDA)).groups(agenda):
        for line in group.lines:
            yield line.kind, Markup(line.text).striptags()


def as_lines(digest: Digest, bold: str = "", bullet: str = "- ") -> list[str]:
    """The message line by line; `bold` stands around what is emphasised."""
    made = []
    for part in digest.parts:
        made += ["", f"{bold}{_safe(part.title, bold)}{bold}"]
        made += [f"{bullet}{_safe(f'{kind}{digest.colon}{text}', bold)}" for kind, text in part.lines]
    return made[1:] or [digest.nothing]


def as_text(digest: Digest) -> str:
    """Plain text."""
    return "\n".join((digest.title, "", *as_lines(digest))) + "\n"


def as_mail(digest: Digest) -> EmailMessage:
    """A mail without addresses, which whoever sends it puts in."""
    message = EmailMessage()
    message["Subject"] = " ".join(digest.title.split())
    message.set_content("\n".join(as_lines(digest)) + "\n")
    return message


def as_card(digest: Digest, tool: str) -> dict[str, object]:
    """The JSON that a bot of feishu, wecom or dingtalk is sent."""
    title = _safe(digest.title, "**")
    if tool == "feishu":
        text = _fitting(digest, CARD_BYTES, [])
        header = {"title": {"tag": "plain_text", "content": digest.title}, "template": "blue"}
        elements = [{"tag": "div", "text": {"tag": "lark_md", "content": text}}]
        card = {"config": {"wide_screen_mode": True}, "header": header, "elements": elements}
        return {"msg_type": "interactive", "card": card}
    if tool == "wecom":
        text = _fitting(digest, WECOM_BYTES, [f"**{title}**", ""])
        return {"msgtype": "markdown", "markdown": {"content": text}}
    text = _fitting(digest, CARD_BYTES, [f"### {title}", ""])
    return {"msgtype": "markdown", "markdown": {"title": digest.title, "text": text}}


def _fitting(digest: Digest, most: int, head: list[str]) -> str:
    """As many lines as a tool takes, and how many more there are."""
    lines = as_lines(digest, "**")
    kept = list(lines)
    while len("\n".join((*head, *kept, digest.more.format(n=999))).encode()) > most and kept:
        kept.pop()
    left = len(lines) - len(kept)
    return "\n".join((*head, *kept, *([digest.more.format(n=left)] if left else ())))


_PLAIN = {ord(sign): other for sign, other in zip("<>*`[]", "＜＞＊'［］", strict=True)}


def _safe(text: str, marked: str) -> str:
    """Names of the data start no mention and no markup in a tool that reads some."""
    return text.translate(_PLAIN) if marked else text
