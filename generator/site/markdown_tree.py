"""`handbook export markdown`: the pages as Markdown on disk, with a complete mkdocs.yml for each language.

Any builder that reads mkdocs.yml and knows Material's theme can build the tree; it needs none of our code.
The first language is `mkdocs.yml` with `docs/`, every other one `mkdocs.<language>.yml` with
`docs.<language>/`, to be built in that order: the others go into a folder of the first one's site.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Any

import yaml

from generator.present.page import INSERT, LanguageSite, Page, opening, with_inserts
from generator.present.text.prose import spelled
from generator.present.text.words import Words
from generator.present.theme_files import theme_dir
from generator.site.material_parts import SHIM
from generator.site.settings import (
    BRAND,
    FEATURES,
    SCRIPTS,
    SEPARATOR,
    STYLES,
    foot,
    is_spoken_by_material,
    palette,
)


def write_tree(sites: Sequence[LanguageSite], content: Path, target: Path) -> int:
    """Write the tree into an empty or new folder; returns the number of pages."""
    written = 0
    for position, site in enumerate(sites):
        docs = target / ("docs" if position == 0 else f"docs.{site.language}")
        _write_assets(site, content, docs)
        for page in site.pages:
            file = docs / page.path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(_markdown(page), encoding="utf-8")
            written += 1
        for path, data in site.files.items():
            (docs / path).parent.mkdir(parents=True, exist_ok=True)
            (docs / path).write_bytes(data)
        name = "mkdocs.yml" if position == 0 else f"mkdocs.{site.language}.yml"
        settings = _settings(site, sites, docs.name)
        (target / name).write_text(
            yaml.safe_dump(settings, allow_unicode=True, sort_keys=False), encoding="utf-8"
        )
    return written


def _write_assets(site: LanguageSite, content: Path, docs: Path) -> None:
    """The theme's files and what goes beside the hand-written pages."""
    own = theme_dir()
    for asset in sorted(file for file in (own / "assets").rglob("*") if file.is_file()):
        place = docs / asset.relative_to(own)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(asset, place)
    if site.brand and site.brand.css:
        (docs / BRAND).write_text(site.brand.css, encoding="utf-8", newline="\n")
    for name in sorted(site.attachments):
        place = docs / name
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(content / name, place)


def _markdown(page: Page) -> str:
    """A page as Markdown: headings in Markdown, the rest as HTML blocks.

    Other builders write the head of a page as it is into HTML, so its texts are escaped.
    """
    told = {"title": page.title, **page.meta}
    escaped = {name: escape(value) if isinstance(value, str) else value for name, value in told.items()}
    head = yaml.safe_dump(escaped, allow_unicode=True, sort_keys=False)
    parts = [f"---\n{head}---"]
    if page.markdown:
        parts.append(_with_opening(page))
    for section in page.sections:
        if section.level == INSERT or (page.lead_on_top and section.level == 1):
            continue
        if section.title:
            parts.append(f"{'#' * section.level} {spelled(section.title)} {{#{section.id}}}")
        parts.append(_block(section.html))
    return "\n\n".join(parts) + "\n"


def _block(html: str) -> str:
    """HTML as a block that Markdown leaves alone: a blank line would end it."""
    lines = "\n".join(line for line in html.splitlines() if line.strip())
    return f"<div>\n{lines}\n</div>"


def _put(html: str) -> str:
    """What a shortcode stands for: words within a line, or a block of its own."""
    return html if html.startswith("<span") else f"\n\n{_block(html)}\n\n"


def _with_opening(page: Page) -> str:
    """The hand-written text, with what stands right under its heading."""
    text, top = with_inserts(page, page.markdown.strip(), _put), opening(page)
    if not top:
        return text
    head, _, rest = text.partition("\n")
    return f"{head}\n\n{_block(top)}\n{rest}"


def _settings(site: LanguageSite, sites: Sequence[LanguageSite], docs: str) -> dict[str, Any]:
    """A mkdocs.yml that names every setting, because no plugin of ours will be there."""
    words, brand = Words(site.language, site.own), site.brand
    first = sites[0].language
    here = "" if site.language == first else "../"
    return {
        "site_name": escape(site.title),
        "docs_dir": docs,
        "site_dir": "site" if site.language == first else f"site/{site.language}",
        "use_directory_urls": False,
        "nav": [_entry(chapter.title, [page.path for page in chapter.pages]) for chapter in site.chapters],
        "theme": {
            "name": "material",
            "language": site.language if is_spoken_by_material(site.language) else "en",
            "font": False,
            "features": list(FEATURES),
            "palette": palette(words),
            "icon": {"logo": "material/book-open-variant"},
            **({"logo": brand.logo} if brand and brand.logo else {}),
        },
        "copyright": str(foot(site, brand.footer if brand else None)),
        "extra": {
            "generator": False,
            "polyfills": [SHIM],
            "alternate": [
                {
                    "name": Words(other.language, other.own)("language"),
                    "link": f"{here}{'' if other.language == first else other.language + '/'}index.html"
                    if other.language != site.language
                    else "index.html",
                    "lang": other.language,
                }
                for other in sites
            ],
        },
        "extra_css": [*STYLES, *([BRAND] if brand and brand.css else [])],
        "extra_javascript": list(SCRIPTS),
        "plugins": [{"search": {"lang": ["zh", "en"], "pipeline": [], "separator": SEPARATOR}}],
        "markdown_extensions": [
            "admonition",
            "attr_list",
            "md_in_html",
            "tables",
            "footnotes",
            "def_list",
            "pymdownx.details",
            "pymdownx.superfences",
            {"pymdownx.tabbed": {"alternate_style": True}},
            {"toc": {"permalink": "¶"}},
        ],
    }


def _entry(title: str, paths: list[str]) -> dict[str, Any]:
    return {escape(title): paths[0] if len(paths) == 1 else paths}
