"""Each page as plain Markdown beside it, and llms.txt, which lists them: for programs that read no HTML.

A page that says the same as at the build before is not read again: its Markdown is kept by what it is made
of.
"""

from __future__ import annotations

import json
import zlib
from functools import cache
from hashlib import sha256
from pathlib import Path

from pydantic_core import from_json

from generator.present import page as pages
from generator.present import plain_markdown
from generator.present.kept import Kept
from generator.present.page import LanguageSite, Page
from generator.present.plain_markdown import llms_txt, page_markdown

FOLDER = "texts"
"""In the cache, by language."""
NAME = "markdown.kept"


def write_texts(site: LanguageSite, folder: Path, cache: Path) -> None:
    """Write them into the folder of a language's site; `cache` is the project's."""
    (folder / "llms.txt").write_text(llms_txt(site), encoding="utf-8", newline="\n")
    kept = Kept(cache / FOLDER / site.language)
    found = kept.get(NAME)
    before: dict[str, str] = from_json(zlib.decompress(found)) if found else {}
    now: dict[str, str] = {}
    for page in site.pages:
        key = _key(page)
        text = now[key] = before[key] if key in before else page_markdown(page)
        file = folder / f"{page.url}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="\n")
    if now.keys() != before.keys():
        kept.tidy()
        kept.put(NAME, zlib.compress(json.dumps(now, ensure_ascii=False).encode(), 1))


def _key(page: Page) -> str:
    """The hash of all that a page's Markdown is made of."""
    said = [page.title, page.markdown]
    for section in page.sections:
        said += [section.id, str(section.level), section.title, section.html]
    return sha256("\0".join((_made_by(), *said)).encode()).hexdigest()


@cache
def _made_by() -> str:
    """Changes with how Markdown is made."""
    files = (str(plain_markdown.__file__), str(pages.__file__))
    return sha256(b"".join(Path(file).read_bytes() for file in files)).hexdigest()
