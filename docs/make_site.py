"""Builds the documents for authors as a site in Chinese and in English: `python docs/make_site.py FOLDER`.

Two plain Material sites with one set of assets: `zh/`, `en/`, and `assets/` beside them. Nothing in it needs
a network or a server. The wheel's build puts it into the package (`docs/build_hook.py`), where
`handbook docs` opens it.
"""

from __future__ import annotations

import json
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
BREAK = "\u200b"
"""Stands between Chinese words in the search index; no reader sees it."""

_LINK = re.compile(r"(?<!!)\[([^\]\n]*)\]\(([^)\s#]*)(#[^)\s]*)?\)")
_CHINESE = re.compile(r"[\u4e00-\u9fff]{2,}")

SHIM = "assets/vendor/iframe-worker/shim.js"


@dataclass(frozen=True)
class Language:
    """One of the two sites."""

    code: str
    name: str
    title: str
    pages: Mapping[str, str]
    """Title → page in docs/."""
    rules: str
    """The folder of the rules' own pages."""


ENGLISH = Language(
    "en",
    "English",
    "Indicator handbook: for authors",
    {
        "Start": "start.md",
        "A first handbook": "getting-started.md",
        "Writing a handbook": "authoring.md",
        "Fields": "reference/fields.md",
        "Rules": "reference/rules.md",
        "Commands": "reference/commands.md",
        "How figures are computed": "computations.md",
        "The JSON export": "reference/export.md",
        "Builders and hosts": "hosts.md",
        "Releasing": "releasing.md",
    },
    "rules",
)
CHINESE = Language(
    "zh",
    "中文",
    "指标手册：写给作者",
    {
        "先看这里": "start.zh.md",
        "从零开始": "getting-started.zh.md",
        "怎么写手册": "authoring.zh.md",
        "全部字段": "reference/fields.zh.md",
        "全部规则": "reference/rules.zh.md",
        "全部命令": "reference/commands.zh.md",
        "数字怎么算": "computations.zh.md",
        "JSON 导出": "reference/export.zh.md",
        "建在哪些生成器上": "hosts.zh.md",
        "发布": "releasing.zh.md",
    },
    "rules",
)
LANGUAGES = (CHINESE, ENGLISH)


def make(target: Path) -> None:
    """Write the site to `target`, which must not be there yet."""
    target.mkdir(parents=True)
    for language in LANGUAGES:
        with tempfile.TemporaryDirectory() as folder:
            _sources(language, Path(folder) / "docs")
            _built(language, Path(folder), target / language.code)
    for language in LANGUAGES:
        _shared(target, target / language.code)


def _sources(language: Language, folder: Path) -> None:
    """The pages of a language under the names that both languages have."""
    for page in [*language.pages.values(), *_rule_pages(language)]:
        place = folder / _plain(page)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text("".join(_relinked(language, page, (DOCS / page).read_text("utf-8"))), "utf-8")
    shim = DOCS.parent / "theme" / SHIM
    shutil.copytree(shim.parent, folder / Path(SHIM).parent)


def _rule_pages(language: Language) -> Iterator[str]:
    if language.rules:
        for page in sorted((DOCS / "reference" / language.rules).glob("*.md")):
            if page.name.endswith(".zh.md") == (language.code == "zh"):
                yield page.relative_to(DOCS).as_posix()


def _plain(page: str) -> str:
    name = page.replace(".zh.md", ".md")
    return "index.md" if name == "start.md" else name


def _relinked(language: Language, page: str, text: str) -> Iterator[str]:
    """A page with its links to what this site holds; others lead to the English page, or are words."""
    held = {*language.pages.values(), *_rule_pages(language)}
    here = Path(page).parent

    def link(found: re.Match[str]) -> str:
        words, address, anchor = found[1], found[2], found[3] or ""
        if address.startswith(("http", "mailto:")) or not address:
            return found[0]
        there = (DOCS / here / address).resolve()
        if not there.is_relative_to(DOCS):
            return words
        name = there.relative_to(DOCS).as_posix()
        translated = name.replace(".md", f".{language.code}.md")
        if name in held or translated in held:
            return f"[{words}]({_relative(here, _plain(name))}{anchor})"
        if name in ENGLISH.pages.values() or name.startswith("reference/rules/"):
            up = "../" * (len(Path(_plain(page)).parts) - 1)
            return f"[{words}]({up}../en/{name.removesuffix('.md')}.html{anchor})"
        return words

    body = re.sub(r"^\[(中文|English)\]\(\S+\)\n+", "", text, flags=re.MULTILINE)
    for place, piece in enumerate(re.split(r"(```.*?```|`[^`\n]*`)", body, flags=re.DOTALL)):
        yield piece if place % 2 else _LINK.sub(link, piece)


def _relative(here: Path, name: str) -> str:
    return "../" * len(here.parts) + name


def _built(language: Language, folder: Path, target: Path) -> None:
    from mkdocs.commands.build import build  # noqa: PLC0415  # make_site is imported to be looked at, too
    from mkdocs.config import load_config  # noqa: PLC0415

    from generator.site.material_parts import cut_by  # noqa: PLC0415

    cut_by(None)  # whether jieba happens to be there or not: `_searched` cuts
    settings: dict[str, Any] = {
        "site_name": language.title,
        "docs_dir": str(folder / "docs"),
        "site_dir": str(target),
        "theme": {
            "name": "material",
            "language": language.code,
            "font": False,
            "features": ["navigation.sections", "toc.follow", "content.code.copy"],
        },
        "plugins": [
            {"search": {"lang": "en", "separator": r"[\s\u200b\-，。；：、！？（）“”`]+"}},
            "offline",
        ],
        "markdown_extensions": ["admonition", "tables", {"toc": {"permalink": True, "slugify": _slug}}],
        "extra": {
            "polyfills": [SHIM],
            "generator": False,
            "alternate": [
                {"name": one.name, "lang": one.code, "link": f"../{one.code}/index.html"} for one in LANGUAGES
            ],
        },
        "nav": [{title: _plain(page)} for title, page in language.pages.items()],
        # Links from Chinese pages to English ones lead out of what one build knows; a test follows them all.
        "validation": {"omitted_files": "ignore", "links": {"not_found": "ignore"}},
    }
    config_file = folder / "mkdocs.yml"
    config_file.write_text("{}", "utf-8")
    config = load_config(str(config_file), **settings)
    config.plugins.on_startup(command="build", dirty=False)
    build(config)
    _searched(target / "search")


def _slug(text: str, separator: str) -> str:
    """An anchor as it stands in links: GitHub's, Chinese kept."""
    return re.sub(r"[^\w\- ]", "", text.lower()).strip().replace(" ", separator)


def _searched(folder: Path) -> None:
    """The search index with Chinese cut into words: asked for from a server, and a script for a folder."""
    import rjieba  # noqa: PLC0415

    index = json.loads((folder / "search_index.json").read_text("utf-8"))
    for page in index["docs"]:
        for key in ("title", "text"):
            page[key] = _CHINESE.sub(lambda found: BREAK.join(rjieba.cut(found[0], True)), page[key])
    text = json.dumps(index, ensure_ascii=False, separators=(",", ":"))
    (folder / "search_index.json").write_text(text, "utf-8")
    (folder / "search_index.js").write_text(f"var __index = {text}", "utf-8")


def _shared(target: Path, site: Path) -> None:
    """One set of assets for both sites, and only what they use."""
    if not (target / "assets").exists():
        shutil.copytree(site / "assets", target / "assets")
        for file in sorted((target / "assets").rglob("*")):
            if file.suffix == ".map" or "lunr" in file.parts:
                file.unlink() if file.is_file() else None
    shutil.rmtree(site / "assets")
    for name in ("sitemap.xml", "sitemap.xml.gz", "404.html"):
        (site / name).unlink(missing_ok=True)
    for file in site.rglob("*.html"):
        text = re.sub(r'(["(])((?:\.\./)*)assets/', r"\1../\2assets/", file.read_text("utf-8"))
        # Both languages have the same pages. Material would ask a sitemap for them, which a folder has not.
        text = re.sub(r'[ \t]*<link rel="alternate" [^>]*hreflang="[^>]*>\n?', "", text)
        own = rf"\g<1>{file.relative_to(site).as_posix()}\g<2>"
        text = re.sub(r'(href="[./]*(?:zh|en)/)index\.html(" hreflang=)', own, text)
        file.write_text(text, "utf-8")


if __name__ == "__main__":
    make(Path(sys.argv[1]))
