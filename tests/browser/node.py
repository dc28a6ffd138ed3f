"""Files of the npm packages that browser tests load into a page: put here by `npm ci`, shipped by nothing."""

from __future__ import annotations

from pathlib import Path

from tests.needs import missing

PACKAGES = Path(__file__).with_name("node_modules")


def node_file(name: str) -> Path:
    """A file of an installed package, as `axe-core/axe.min.js`."""
    file = PACKAGES / name
    if not file.is_file():
        missing(f"{name.partition('/')[0]} is not installed: npm ci --prefix tests/browser")
    return file
