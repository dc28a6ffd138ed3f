"""Drawings without what a reader never sees: a third of what the drawing library writes.

Its SVG says font, size and colour of every tick again and rounds nothing; a page with a dozen charts would be
mostly that. What all marks of a group have in common is said once on the group, which SVG hands down.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from itertools import pairwise
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

SVG = "http://www.w3.org/2000/svg"
HANDED_DOWN = (
    "fill",
    "font-family",
    "font-size",
    "font-style",
    "font-weight",
    "stroke",
    "stroke-dasharray",
    "stroke-linecap",
    "stroke-linejoin",
    "stroke-width",
    "text-anchor",
)
"""Attributes that a group's marks inherit."""
INITIAL = {"font-weight": "normal", "text-anchor": "start"}
NEEDLESS = {
    "stroke-miterlimit": None,
    "pointer-events": None,
    "role": None,
    "opacity": "1",
    "stroke-width": "1",
    "class": None,
}
"""Attributes without a meaning for a picture, by the value that they say it with; None: any."""
LINE, CIRCLE = f"{{{SVG}}}line", f"{{{SVG}}}circle"
PLACED = frozenset(("transform", "x2", "y2", "cx", "cy", "r"))
"""What alone tells straight lines, and circles, of a group from each other."""
PLACES = ("d", "transform", "x", "x1", "x2", "y", "y1", "y2", "cx", "cy", "r", "width", "height")
_long = re.compile(r"(-?\d+\.\d{2,}(?:e-?\d+)?|-?\d+e-\d+)")
_circle = re.compile(r"M([\d.]+),0A\1,\1,0,1,1,-\1,0A\1,\1,0,1,1,\1,0Z?")
_moved = re.compile(r"translate\((-?[\d.]+),(-?[\d.]+)\)")
_lines = re.compile(r"(M-?[\d.]+,-?[\d.]+(L-?[\d.]+,-?[\d.]+)*Z?)+")
_piece = re.compile(r"M[^M]*")

ElementTree.register_namespace("", SVG)


def slim(svg: str) -> str:
    """The same picture in fewer words: places to a tenth of a pixel, nothing said twice."""
    root = ElementTree.fromstring(svg)
    _trim(root)
    _redraw(root)
    for part in root:  # not on the root itself: a file has a ground of its own beside the marks
        _gather(part)
    _join(root, {"stroke-width": "1"})
    texts = list(root.iter(f"{{{SVG}}}text"))
    for name in ("font-family", "font-size"):
        said = Counter(value for element in root.iter() if (value := element.get(name)))
        if texts and said:
            root.set(name, said.most_common(1)[0][0])
    _shorten(root, INITIAL)
    _unwrap(root)
    return ElementTree.tostring(root, encoding="unicode").replace(" />", "/>")


def _trim(element: Element) -> None:
    """Take away needless attributes and marks that nobody sees."""
    for name, value in tuple(element.attrib.items()):
        needless = name in NEEDLESS and NEEDLESS[name] in (None, value)
        if needless or name.startswith("aria-") or (name, value) == ("transform", "translate(0,0)"):
            del element.attrib[name]
        elif name in PLACES and name not in ("width", "height"):
            element.set(name, _rounded(value))
    if not len(element):
        return
    for child in element:
        _trim(child)
    if any(map(_unseen, element)):
        element[:] = [child for child in element if not _unseen(child)]


def _unseen(element: Element) -> bool:
    kind = element.tag.rpartition("}")[2]
    if kind == "g":
        return len(element) == 0
    painted = element.get("fill", "none") != "none" or element.get("stroke", "none") != "none"
    return kind == "path" and (not painted or element.get("display") == "none")


def _rounded(places: str) -> str:
    """Places with every number to a tenth; parted once, which is faster than to be asked for each number."""
    parts = _long.split(places)
    parts[1::2] = map(_shorter, parts[1::2])
    return "".join(parts)


@lru_cache(maxsize=4096)
def _shorter(number: str) -> str:
    """Most places stand in several marks."""
    value = float(number)
    return f"{round(value, 1):g}" if abs(value) < 10_000 else number


def _redraw(element: Element) -> None:
    """Circles as circles, words at their place, and lines without points that lie on the way."""
    for child in element:
        _redraw(child)
        path, put = child.get("d"), _moved.fullmatch(child.get("transform", ""))
        if put is not None and child.tag == f"{{{SVG}}}text" and len(child) == 0:
            del child.attrib["transform"]
            child.attrib.update({"x": put[1], "y": put[2]})
        if path is None:
            continue
        round_ = _circle.fullmatch(path)
        at = _moved.fullmatch(child.get("transform", ""))
        if round_ is not None and at is not None:
            child.tag = f"{{{SVG}}}circle"
            rest = {name: value for name, value in child.attrib.items() if name not in ("d", "transform")}
            child.attrib.clear()
            child.attrib.update({"cx": at[1], "cy": at[2], "r": round_[1], **rest})
        elif _lines.fullmatch(path):
            child.set("d", _piece.sub(lambda piece: _direct(piece[0]), path))


def _direct(piece: str) -> str:
    """A line from M on, without the points between two others at one height, or one above the other."""
    points = [tuple(point.split(",")) for point in piece[1:].rstrip("Z").split("L")]
    kept = points[:1]
    for before, point, after in zip(points, points[1:], points[2:], strict=False):
        if not any(before[side] == point[side] == after[side] for side in (0, 1)):
            kept.append(point)
    kept += points[1:][-1:]
    drawn = f"M{','.join(kept[0])}"
    for before, (x, y) in pairwise(kept):
        drawn += f"V{y}" if x == before[0] else f"H{x}" if y == before[1] else f"L{x},{y}"
    return drawn + ("Z" if piece.endswith("Z") else "")


def _join(element: Element, above: Mapping[str, str]) -> None:
    """Straight lines of a group as one path, and its filled circles: round ends of lines without length."""
    if not len(element):
        return
    own = {**above, **{name: value for name, value in element.attrib.items() if name in HANDED_DOWN}}
    for child in element:
        _join(child, own)
    kind = element[0].tag
    if len(element) < 2 or kind not in (LINE, CIRCLE):
        return
    if any(child.tag != kind or not PLACED.issuperset(child.attrib) for child in element):
        return
    if kind == LINE:
        drawn = "".join(map(_stroke, element))
        element[:] = [Element(f"{{{SVG}}}path", {"d": drawn})]
    elif own.get("fill") == own.get("stroke") and "stroke-dasharray" not in own:
        sizes: dict[float, str] = {}
        for child in element:
            across = 2 * float(child.get("r", "0")) + float(own["stroke-width"])
            sizes[across] = f"{sizes.get(across, '')}M{child.get('cx')},{child.get('cy')}h0"
        element[:] = [
            Element(f"{{{SVG}}}path", {"d": d, "stroke-linecap": "round", "stroke-width": f"{across:g}"})
            for across, d in sizes.items()
        ]


def _stroke(line: Element) -> str:
    """A straight line as path data."""
    at = _moved.fullmatch(line.get("transform", "")) or ("", "0", "0")
    across, down = line.get("x2", "0"), line.get("y2", "0")
    drawn = f"h{across}" if down == "0" else f"v{down}" if across == "0" else f"l{across},{down}"
    return f"M{at[1]},{at[2]}{drawn}"


def _gather(element: Element) -> None:
    """Say on a group what all of its marks say alike."""
    if not len(element):
        return
    for child in element:
        _gather(child)
    first = element[0]
    for name in HANDED_DOWN:
        if name not in first.attrib:
            continue
        told = {child.get(name) for child in element}
        if len(told) == 1 and (value := told.pop()) is not None and element.get(name, value) == value:
            element.set(name, value)
            for child in element:
                del child.attrib[name]


def _shorten(element: Element, above: Mapping[str, str]) -> None:
    """Leave unsaid what an element is handed down anyway."""
    if not len(element):
        return
    own = {name: element.get(name, value) for name, value in above.items()}
    own |= {name: value for name, value in element.attrib.items() if name in HANDED_DOWN}
    for child in element:
        for name, value in tuple(child.attrib.items()):
            if own.get(name) == value and name in HANDED_DOWN:
                del child.attrib[name]
        _shorten(child, own)


def _unwrap(element: Element) -> None:
    """Groups that say nothing give up their place to what they hold."""
    kept: list[Element] = []
    for child in element:
        _unwrap(child)
        kept.extend(child if child.tag == f"{{{SVG}}}g" and not child.attrib else [child])
    element[:] = kept
