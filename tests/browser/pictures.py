"""Takes full-page pictures of every kind of page of a built sample, for people to look at:

    python tests/browser/pictures.py SITE OUT

Both languages, light and dark, 390, 768 and 1280 pixels wide; OUT gets files like
`pilots.index-zh-dark-390.png`.
"""

from __future__ import annotations

import sys
from itertools import product
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # run as a script from anywhere

from playwright.sync_api import sync_playwright

from tests.browser.chromium import ARGUMENTS, DESK, PHONE, TABLET, executable, page_kinds
from tests.built import Site


def main(site: Site, out: Path) -> None:
    """Take the pictures."""
    program = executable()
    if program is None:
        raise SystemExit("no Chromium: install chromium, or put its path into HANDBOOK_CHROMIUM")
    out.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(ARGUMENTS))
        for scheme, viewport in product(("light", "dark"), (PHONE, TABLET, DESK)):
            page = browser.new_page(viewport=viewport, color_scheme=scheme)
            for path, language in product(page_kinds(site), ("zh", "en")):
                page.goto((site.folder / site.address(language, path)).resolve().as_uri())
                name = path.removesuffix(".html").replace("/", ".")
                file = out / f"{name}-{language}-{scheme}-{viewport['width']}.png"
                page.screenshot(path=file, full_page=True)
                sys.stdout.write(f"{file}\n")
            page.close()
        browser.close()


if __name__ == "__main__":
    if len(sys.argv) != 3:
        raise SystemExit(__doc__)
    main(Site(Path(sys.argv[1])), Path(sys.argv[2]))
