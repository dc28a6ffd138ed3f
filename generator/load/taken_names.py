"""Names below content/ under which a file would be lost in the site, because it has one of its own there.

Without this a build writes over the one or the other in silence.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Sequence

from generator.problems import FilePosition, Problems

REVIEW_PAGES = ("handbook.md", "print.md")
"""Pages that a frozen review has at its top: the handbook's own home, and the review laid out for paper."""
OWN_ASSETS = (
    "charts.js", "handbook.css", "handbook.js", "licences.txt", "maps.css", "narrow.js", "search.js",
    "trace.js", "vendor", "work.css",
)  # fmt: skip
"""What every site has of ours below assets/."""
SITE_FILES = ("SHA256SUMS", "SHA256SUMS.sig", "verify.py", "sitemap.xml", "sitemap.xml.gz", "404.html")
"""What every site or review has at its top, written after all else."""


def refuse_taken(names: Iterable[str], languages: Sequence[str], problems: Problems) -> None:
    """Tell of every file of content/ that could not be where its name says; `names` begin with "content/"."""
    known = sorted(names)
    pages = {name.removesuffix(".md") for name in known if name.endswith(".md")}
    folded: dict[str, str] = {}
    for name in known:
        path = name.partition("/")[2]
        reason = _taken(path, languages)
        other = folded.setdefault(name.casefold(), name)
        if reason is None and other != name:
            reason = (
                f"{other} differs only in small and capital letters, which many machines do not tell apart"
            )
        if reason is None and name.endswith(".html") and name.removesuffix(".html") in pages:
            reason = f"the page made of {posixpath.basename(name).removesuffix('.html')}.md has this name"
        if reason is not None:
            problems.error(FilePosition(name, 1, 1), "bad-path", reason, "name it otherwise")


def _taken(path: str, languages: Sequence[str]) -> str | None:
    """What has a path's place already; of the pages of a further language `prose` tells."""
    folder, _, below = path.partition("/")
    base = posixpath.basename(path)
    if base.lower() == "readme.md":
        return "the site would show it as its folder's index.md; a folder has one of them, called index.md"
    if path in REVIEW_PAGES:
        return "a frozen review has a page of this name"
    if path == "404.md" or path in SITE_FILES:
        return "the site has a file of this name"
    if folder == "embed" and below.endswith((".md", ".html")):
        return "the site has the small pages of indicators there, which others frame"
    if path.endswith(".md"):
        return None
    if folder in languages[1:] and below:
        return f"the site in '{folder}' lies in {folder}/, where this file would be lost"
    if (folder == "search" and below) or (folder == "assets" and below.partition("/")[0] in OWN_ASSETS):
        return "the site has a file of its own there"
    return None
