"""Writes theme/assets/licences.txt: the licences of everything of others that a built site holds.

What there is stands in `docs/licences/parts.toml`, with the versions in which it was looked for; the texts
lie beside it as their authors wrote them. A test holds that the file is fresh and the versions those locked.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "docs" / "licences"
TARGET = ROOT / "theme" / "assets" / "licences.txt"
HEAD = """\
Licences of what this site holds and others wrote

The pages and their own style sheets and scripts are made by indicator-handbook (MIT, see the end). The other
parts came with the libraries that it builds sites with. Texts and figures of pages are their authors' own.
"""


def licences() -> str:
    """The whole file."""
    parts = tomllib.loads((FOLDER / "parts.toml").read_text(encoding="utf-8"))["part"]
    parts.append({
        "names": ["indicator-handbook"],
        "licence": "MIT",
        "where": "pages, assets/*.css, assets/handbook.js, assets/narrow.js, assets/charts.js",
        "text": "../../LICENSE",
    })  # fmt: skip
    blocks = [HEAD]
    for part in parts:
        told = [", ".join(part["names"]), f"{part['licence']}; {part['where']}"]
        told += [part["note"]] if "note" in part else []
        text = (FOLDER / part["text"]).read_text(encoding="utf-8")
        blocks.append("\n".join(("=" * 78, *told, "=" * 78, "", text)))
    return "\n".join(blocks)


def main() -> None:
    """Write the file."""
    TARGET.write_text(licences(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
