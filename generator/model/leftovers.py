"""What editors, spreadsheets and systems leave behind among an author's files: it is never published.

A copy that an editor made of a page is as secret as the page, and nobody thinks of it.
"""

from __future__ import annotations

_BEGINNINGS = (".", "~$", "#")
_ENDINGS = (
    "~",
    "#",
    ".bak",
    ".backup",
    ".old",
    ".orig",
    ".rej",
    ".save",
    ".swp",
    ".swo",
    ".swn",
    ".tmp",
    ".temp",
    ".part",
    ".crdownload",
    ".autosave",
    ".lock",
)
_SYSTEM_FILES = ("thumbs.db", "desktop.ini")


def is_leftover(path: str) -> bool:
    """Whether nobody wrote the file at `path` (with slashes) on purpose, or a folder that it lies in."""
    return any(
        part.startswith(_BEGINNINGS) or part.lower().endswith(_ENDINGS) or part.lower() in _SYSTEM_FILES
        for part in path.split("/")
    )
