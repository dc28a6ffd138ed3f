"""Chromium with one set of fonts and no other: what readers of other systems see.

A set is a few files of Debian packages. They are shown to a browser by a fontconfig file of its own, so that
nothing of the machine's fonts is seen, whatever else there is.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from tests.browser.chromium import ARGUMENTS, executable
from tests.needs import missing

if TYPE_CHECKING:
    from playwright.sync_api import Browser

FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts")
SETTINGS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
<dir>{fonts}</dir><cachedir>{cache}</cachedir>
<alias><family>sans-serif</family><prefer><family>{family}</family></prefer></alias>
</fontconfig>
"""


@dataclass(frozen=True)
class FontSet:
    """Fonts that a reader has, the family of Latin letters first."""

    name: str
    families: tuple[str, ...]
    files: tuple[str, ...]
    packages: tuple[str, ...]


SETS = (
    FontSet(
        "noto", ("Noto Sans CJK SC",),
        ("NotoSansCJK-Regular.ttc", "NotoSansCJK-Bold.ttc"),
        ("fonts-noto-cjk",),
    ),
    FontSet(
        "dejavu", ("DejaVu Sans", "Droid Sans Fallback"),
        ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf", "DroidSansFallbackFull.ttf"),
        ("fonts-dejavu-core", "fonts-droid-fallback"),
    ),
    FontSet(
        "wide", ("Veranda", "WenQuanYi Zen Hei"), ("Veranda.ttf", "VerandaBd.ttf", "wqy-zenhei.ttc"),
        ("fonts-arkpandora", "fonts-wqy-zenhei"),
    ),
)  # fmt: skip
"""Noto, as most Linux machines have it; DejaVu with a fallback for Chinese, as a bare one has; as wide as
Verdana, the widest that readers have, with high lines."""


def files_of(fonts: FontSet) -> list[Path]:
    """Where the files of a set are; says which packages have what is not there."""
    wanted = dict.fromkeys(fonts.files)
    found = {}
    for folder in FOLDERS:
        for file in Path(os.path.expanduser(folder)).rglob("*.tt?"):  # noqa: PTH111 - where there is no home
            if file.name in wanted:
                found.setdefault(file.name, file)
    if lacking := wanted.keys() - found:
        missing(f"fonts {', '.join(sorted(lacking))}: install {' '.join(fonts.packages)}")
    return list(found.values())


def launched(browser: Browser, fonts: FontSet, folder: Path) -> Browser:
    """A second browser, which sees these fonts alone."""
    (folder / "fonts").mkdir(parents=True)
    for file in files_of(fonts):
        (folder / "fonts" / file.name).symlink_to(file)
    named = {"fonts": folder / "fonts", "cache": folder / "cache", "family": fonts.families[0]}
    settings = folder / "fonts.conf"
    settings.write_text(SETTINGS.format(**{key: escape(str(value)) for key, value in named.items()}))
    seen = {**os.environ, "FONTCONFIG_FILE": str(settings)}
    return browser.browser_type.launch(executable_path=executable(), args=list(ARGUMENTS), env=seen)
