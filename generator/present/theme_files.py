"""Finds the theme: beside the package in a checkout, inside it in an installed wheel."""

from __future__ import annotations

from functools import cache
from pathlib import Path


@cache
def theme_dir() -> Path:
    """The folder with templates, overrides and assets."""
    package = Path(__file__).parent.parent
    installed = package / "theme"
    return installed if installed.is_dir() else package.parent / "theme"
