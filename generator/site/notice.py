"""What is wrong with the files, on top of every page that `serve` shows, until it is mended."""

from __future__ import annotations

import re

from markupsafe import Markup

from generator.present.page import Chapter, LanguageSite, Page, Section

_BODY = re.compile(r"<body[^>]*>")
_NOTICE = Markup(
    '<div class="hb-broken" role="alert" style="background:#7a1f1f;color:#fff;font:14px/1.5 monospace;'
    "max-height:45vh;overflow:auto;padding:12px 18px;position:sticky;top:0;white-space:pre-wrap;"
    'z-index:99">{}</div>'
)


_PARTLY = Markup(
    '<div class="hb-partly" role="status" style="background:#1f3a5f;color:#fff;font:13px/1.5 sans-serif;'
    'padding:6px 14px;position:fixed;right:12px;bottom:12px;border-radius:4px;z-index:98">{}</div>'
)
_EMPTY = Markup(
    '<!doctype html><html lang="{}"><head><meta charset="utf-8"><title>{}</title></head>'
    '<body style="font:16px/1.6 sans-serif;margin:3em"><p>{}</p></body></html>'
)


def with_partly(output: str, told: str) -> str:
    """A page that is newer than the site around it says so."""
    return _BODY.sub(lambda found: f"{found[0]}{_PARTLY.format(told)}", output, count=1)


def empty_page(language: str, told: str) -> str:
    """What is shown while there is no page yet."""
    return _EMPTY.format(language, told, told)


def with_notice(output: str, told: str) -> str:
    """A page with the problems above all else."""
    notice = _NOTICE.format(told)
    return _BODY.sub(lambda found: f"{found[0]}{notice}", output, count=1)


def empty_site(language: str, title: str) -> LanguageSite:
    """The pages of a handbook that cannot be read yet: one, to say so on."""
    page = Page("index.md", title, language, "index", (Section("top", 1, title, ""),), is_index=True)
    return LanguageSite(language, title, (Chapter("index", title, (page,)),))
