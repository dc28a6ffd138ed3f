"""Make the fonts that charts are measured with: letters that are only as wide as `present/metrics.py` says.

    python docs/make_metrics_font.py            write them
    python docs/make_metrics_font.py --check    say whether they are as they should be

The drawing library measures texts by the fonts of the machine, so that a chart would come out otherwise on
a server without Chinese fonts. It is given these fonts instead: a box of the right width for every character,
so that it never looks for another font. Readers never see them: drawings name the fonts of the site.
"""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib.tables._c_m_a_p import CmapSubtable

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))  # so that the script finds this project's code, and not an installed one

from generator.present.charts.measured import FAMILY, FONTS  # noqa: E402
from generator.present.text.metrics import BOLD, em_width  # noqa: E402

UNIT = 1000
ASCENT, DESCENT = 880, 120
PLANES = 0x30000
"""Characters up to here have a width of their own: all of the first three planes."""
WEIGHTS = {"Regular": (400, 1.0), "Bold": (600, BOLD)}


def font(style: str) -> bytes:
    """One of the two fonts as TrueType: the same bytes at every call."""
    weight, factor = WEIGHTS[style]
    named = {
        code: round(em_width(chr(code)) * factor * UNIT)
        for code in range(0x20, PLANES)
        if not 0xD800 <= code < 0xE000
    }
    widths = sorted({*named.values()})
    builder = FontBuilder(UNIT, isTTF=True)
    builder.setupGlyphOrder([".notdef", *(_name(width) for width in widths)])
    builder.setupCharacterMap({code: _name(width) for code, width in named.items() if code < 0x80})
    # Of all the kinds of table only this one keeps a run of characters of one glyph as one entry.
    table = CmapSubtable.newSubtable(13)
    table.platformID, table.platEncID, table.language = 3, 10, 0
    table.cmap = {code: _name(width) for code, width in named.items()}
    builder.font["cmap"].tables.append(table)
    builder.setupGlyf({".notdef": _box(UNIT), **{_name(width): _box(width) for width in widths}})
    builder.setupHorizontalMetrics({".notdef": (UNIT, 0), **{_name(width): (width, 0) for width in widths}})
    builder.setupHorizontalHeader(ascent=ASCENT, descent=-DESCENT)
    name = f"{FAMILY} {style}"
    builder.setupNameTable(
        {
            "familyName": FAMILY,
            "styleName": style,
            "uniqueFontIdentifier": name,
            "fullName": name,
            "version": "1.0",
            "psName": name.replace(" ", ""),
        }
    )
    builder.setupOS2(sTypoAscender=ASCENT, usWinAscent=ASCENT, usWinDescent=DESCENT, usWeightClass=weight)
    builder.setupPost(keepGlyphNames=False)
    builder.font["head"].created = builder.font["head"].modified = 0
    builder.font.recalcTimestamp = False
    out = BytesIO()
    builder.save(out)
    return out.getvalue()


def _name(width: int) -> str:
    return f"w{width}"


def _box(width: int) -> object:
    pen = TTGlyphPen(None)
    if width:
        pen.moveTo((0, 0))
        for corner in ((width, 0), (width, ASCENT), (0, ASCENT)):
            pen.lineTo(corner)
        pen.closePath()
    return pen.glyph()


def stale(folder: Path = FONTS) -> list[Path]:
    """The files that are not what they should be."""
    files = {folder / f"{style.lower()}.ttf": font(style) for style in WEIGHTS}
    return [file for file, made in files.items() if not file.is_file() or file.read_bytes() != made]


def main() -> int:
    """Write the fonts, or with --check say which are stale."""
    if "--check" in sys.argv[1:]:
        old = stale()
        for file in old:
            sys.stderr.write(f"{file} is not fresh; run python docs/make_metrics_font.py\n")
        return 1 if old else 0
    FONTS.mkdir(exist_ok=True)
    for style in WEIGHTS:
        (FONTS / f"{style.lower()}.ttf").write_bytes(font(style))
    return 0


if __name__ == "__main__":
    sys.exit(main())
