"""How wide words are, without a browser and without the machine's fonts: own tables, the same everywhere.

Full width for Chinese, the advance widths of Helvetica for Latin, all counted wider by what the widest fonts
of the readers have over it, so that a text outgrows its box in none of them. Maps ask `text_width`; charts
are laid out with a font made from the same tables (`docs/make_metrics_font.py`): the drawing library measures
by nothing else.
"""

from __future__ import annotations

import math
import unicodedata
from functools import lru_cache

BOLD = 1.06
"""Bold letters over regular ones."""
WIDEST = 1.15
"""Over Helvetica: Noto Sans and the Latin letters of Microsoft YaHei are up to 9 % wider, DejaVu Sans, which
a Linux machine without other fonts shows, by 14 % in the median of the sample's labels."""
_ADVANCES = {
    0.191: "'",
    0.222: "ijl",
    0.26: "|",
    0.278: " !,./:;I[]\\ft",
    0.333: "()-r`",
    0.355: '"',
    0.389: "*",
    0.334: "{}",
    0.469: "^",
    0.5: "Jckqsvxyz",
    0.556: "#$0123456789?L_abdeghnopu",
    0.611: "FTZ",
    0.667: "&ABEKPSVXY",
    0.722: "CDHNRUw",
    0.778: "GOQ",
    0.833: "Mm",
    0.889: "%",
    0.944: "W",
    1.015: "@",
}
"""Advance widths in em (Adobe's font metrics of Helvetica)."""
_WIDTHS = {letter: width for width, letters in _ADVANCES.items() for letter in letters}
_OTHER = 0.6
"""Letters of other scripts, and signs."""
_SIGN = 0.73
"""Signs of arithmetic, the minus among them, which DejaVu Sans draws much wider than letters."""
_UNICODE = unicodedata.ucd_3_2_0
"""Letters and signs in one version of Unicode, which every Python has beside its own: with that one, a new
Python would lay out charts and maps otherwise."""
_WIDE_SINCE = (
    (0x1100, 0x115F), (0x2300, 0x2BFF), (0x2E80, 0xA4CF), (0xA960, 0xA97F), (0xF900, 0xFAFF),
    (0xFE10, 0xFE6F), (0x16FE0, 0x1B2FF), (0x1F000, 0x1FBFF), (0x20000, 0x3FFFF),
)  # fmt: skip
"""Blocks in which what that version does not know is as wide as a Chinese character: Korean, signs and
pictures, Chinese, Yi, Tangut, Japanese, emoji."""


@lru_cache(maxsize=4096)
def text_width(text: str, size: float, bold: bool = False) -> float:
    """Pixels that a text takes in a font size."""
    em = math.fsum(em_width(letter) for letter in text)
    return round(em * size * (BOLD if bold else 1), 2)


def elided(text: str, size: float, width: float) -> str:
    """A text no wider than so many pixels: whole, or its beginning with an ellipsis."""
    if text_width(text, size) <= width:
        return text
    kept = next(
        (end for end in range(len(text) - 1, 1, -1) if text_width(text[:end].rstrip() + "…", size) <= width),
        1,
    )
    return text[:kept].rstrip() + "…"


def em_width(letter: str) -> float:
    """Width of one character in em: its own, or that of the letter under its accents."""
    kind = _UNICODE.category(letter)
    if kind == "Cn":
        wide = any(first <= ord(letter) <= last for first, last in _WIDE_SINCE)
        return 1.0 if wide else _OTHER * WIDEST
    if _UNICODE.combining(letter):
        return 0.0
    base = _UNICODE.normalize("NFD", letter)[0] if kind.startswith("L") else letter
    if base in _WIDTHS:
        return _WIDTHS[base] * WIDEST
    if _UNICODE.east_asian_width(letter) in "WFA":
        return 1.0
    return (_SIGN if kind == "Sm" else _OTHER) * WIDEST
