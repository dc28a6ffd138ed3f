"""Charts are measured with fonts that come with the product, and never with those of the machine.

The drawing library asks the machine's fonts how wide a text is, so that the same chart would come out
otherwise on a server without Chinese fonts. It is given a font of our own (`fonts/`, made by
`docs/make_metrics_font.py` from the tables of `present/metrics.py`), under a name that no other font has; in
the finished drawing the fonts of the site take its place.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

import vl_convert

FAMILY = "Handbook Metrics"
FONTS = Path(__file__).parent / "fonts"


@cache
def registered() -> str:
    """Give the fonts to the drawing library, once a process; returns what tells their version."""
    vl_convert.register_font_directory(str(FONTS))
    return fingerprint()


@cache
def fingerprint() -> str:
    """Changes with the widths: a drawing that was kept with others is not used."""
    files = sorted(FONTS.glob("*.ttf"))
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:16]


def measured(spec: dict[str, Any]) -> dict[str, Any]:
    """The specification to draw: its texts are measured by the product's font."""
    return {**spec, "config": {**spec.get("config", {}), "font": FAMILY}}


def readable(svg: str, fonts: str) -> str:
    """The drawing with the readers' fonts in place of the one that it was measured with."""
    return svg.replace(f'font-family="{FAMILY}"', f'font-family="{fonts}"')
