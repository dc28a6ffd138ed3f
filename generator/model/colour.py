"""Colours of a brand: read, held against paper and ink, made darker or lighter until they can be read.

Contrast is WCAG 2.2's ratio of relative luminances, 1 to 21; 4.5 is asked of text (criterion 1.4.3).
"""

from __future__ import annotations

READABLE = 4.5
PATTERN = r"^#[0-9a-fA-F]{6}$"
WHITE, NIGHT = "#ffffff", "#1e2129"
"""What text stands on by day, and by night."""


def contrast(one: str, other: str) -> float:
    """The ratio of two colours like #1f3a5f."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def readable(colour: str, ground: str) -> str:
    """The colour, moved towards black (white on dark ground) in steps until it can be read on the ground."""
    end = 0.0 if _luminance(ground) > 0.5 else 255.0
    for step in range(21):
        made = _mixed(colour, end, step / 20)
        if contrast(made, ground) >= READABLE:
            return made
    return "#000000" if end == 0.0 else "#ffffff"


def shade(colour: str, towards: float, share: float) -> str:
    """A colour on the way to black (0) or white (255)."""
    return _mixed(colour, towards, share)


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _mixed(colour: str, towards: float, share: float) -> str:
    return "#" + "".join(f"{round(part + (towards - part) * share):02x}" for part in _parts(colour))


def _luminance(colour: str) -> float:
    """Relative luminance: sRGB made linear, weighed by what the eye sees of each."""
    linear = []
    for part in _parts(colour):
        share = part / 255
        linear.append(share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4)
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
