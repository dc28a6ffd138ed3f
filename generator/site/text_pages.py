"""Each page as plain Markdown beside it, and llms.txt, which lists them: for programs that read no HTML."""

from __future__ import annotations

from pathlib import Path

from generator.present.page import LanguageSite
from generator.present.plain_markdown import llms_txt, page_markdown


def write_texts(site: LanguageSite, folder: Path) -> None:
    """Write them into the folder of a language's site."""
    (folder / "llms.txt").write_text(llms_txt(site), encoding="utf-8", newline="\n")
    for page in site.pages:
        file = folder / f"{page.url}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(page_markdown(page), encoding="utf-8", newline="\n")
