"""What keeps a site light: one copy of assets and downloads for all languages, no source maps, no indents.

Pages of a further language, which stand in a folder below the first one's, use the assets beside that one.
What is of the same name there is the same: both languages are built from one configuration.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Collection, Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

from mkdocs.structure.files import File

from generator.present.page import LanguageSite
from generator.site.material_parts import SCOPE

ASSETS = "assets"
DOWNLOADS = "downloads"
MAP = ".map"
"""Ending of the files that tell how Material's scripts looked before they were packed."""
_named_map = re.compile(rb"\n?(//[#@]|/\*[#@]) sourceMappingURL=[^\s*]*\s*(\*/)?\s*$")
_indented = re.compile(r"\s*\n\s*")
_kept = ("<pre", "<textarea")


def needless(file: File, docs_dir: str, further: bool) -> bool:
    """Whether a file that MkDocs would copy is of no use: maps, and a further language's own assets."""
    if file.src_uri.endswith(MAP):
        return file.src_dir != docs_dir
    return further and file.src_dir != docs_dir and file.src_uri.startswith(f"{ASSETS}/")


def without_maps(site: Path) -> None:
    """Take the name of its map from every script and style sheet that had one."""
    for file in _packed(site / ASSETS):
        content = file.read_bytes()
        shorter = _named_map.sub(b"\n", content)
        if shorter != content:
            file.write_bytes(shorter)


def _packed(folder: Path) -> Iterator[Path]:
    for pattern in ("javascripts/*.min.js", "javascripts/workers/*.min.js", "stylesheets/*.min.css"):
        yield from sorted(folder.glob(pattern))


def without_downloads(site: LanguageSite) -> LanguageSite:
    """The site of a further language without what is given away, which says the same in every language."""
    same = frozenset(path for path in site.files if path.startswith(f"{DOWNLOADS}/"))
    return replace(site, files=site.files.without(same), elsewhere=same)


def shared(page: str, depth: int, elsewhere: Collection[str] = ()) -> str:
    """A page of a further language, `depth` folders below that language's, with the first one's assets and
    those of its files that stand `elsewhere`: beside the pages of the first one.

    What a reader chose (light or dark) is kept for the whole site, not for each language.
    """
    up = "../" * depth
    own = f"{up}{ASSETS}/"
    page = page.replace(f'="{own}', f'="../{own}').replace(f'"search": "{own}', f'"search": "../{own}')
    page = SCOPE.sub(rf'\1="{up}.."', page, count=1)
    return re.sub(
        f'="{re.escape(up)}({DOWNLOADS}/[^"#?]*)',
        lambda match: f'="../{up}{match[1]}' if unquote(match[1]) in elsewhere else match[0],
        page,
    )


def shared_from_root(page: str, language: str) -> str:
    """The same for a page whose addresses begin at the root."""
    return page.replace(f"/{language}/{ASSETS}/", f"/{ASSETS}/")


def one_copy(site: Path, language: str) -> None:
    """Move what a further language alone brought to the assets of the first one; the rest is there."""
    own = site / language / ASSETS
    for file in sorted(path for path in own.rglob("*") if path.is_file()):
        place = site / ASSETS / file.relative_to(own)
        if not place.exists():
            place.parent.mkdir(parents=True, exist_ok=True)
            file.replace(place)
    shutil.rmtree(own, ignore_errors=True)


def without_indentation(page: str) -> str:
    """A page whose frame, all but the article, is not indented."""
    before, start, rest = page.partition("<article")
    article, end, after = rest.rpartition("</article>")
    if not start or not end:
        return page
    return f"{_dense(before)}{start}{article}{end}{_dense(after)}"


def _dense(html: str) -> str:
    """A part of the frame without indents, its icons without the name of their kind, which HTML knows."""
    html = html.replace('<svg xmlns="http://www.w3.org/2000/svg" ', "<svg ")
    return html if any(tag in html for tag in _kept) else _indented.sub("\n", html)
