"""What stands on a map's shapes: words wrapped and measured, so that the layout knows every size.

All places inside a shape count from its top left corner. An event and a small diamond have their words below.
Whole numbers are sizes that a template writes down as they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generator.present.maps.coordinates import EVENT_GAP
from generator.present.maps.graph import LayoutNode, NodeShape
from generator.present.maps.wording import StepWords
from generator.present.text.metrics import text_width
from generator.present.text.wrap import fit, wrap

WIDTH, STRIP, INDENT, PAD = 160.0, 20.0, 27, 7.0
ROUND, BORDER = 6, 0.6
"""Of a card's corners, and half of the line around it."""
NAME, GATE, SMALL, TINY = 12.5, 12.0, 11.0, 10.5
"""Sizes of words."""
INSIDE = WIDTH - INDENT - PAD
SWATCH, SWATCH_GAP = 8, 4.0
BADGE, BADGE_STEP, BADGE_PAD = 15, 18.0, 6
CHIP, CHIP_STEP, CHIP_STATUS, CHIP_TEXT, CHIP_LINE = 16, 19.0, 9, 16, 12.0
EVENT, EVENT_LINE = 34, 1.5
MARK, PLUS, CROSS = 38, 8, 5
"""The small diamond, and how far the signs in it reach from its middle."""


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of text."""

    style: str
    x: float
    y: float
    """Of the baseline."""
    text: str


@dataclass(frozen=True, slots=True)
class RoundedBox:
    """A rectangle with round corners."""

    x: float
    y: float
    width: float
    height: float
    radius: float


@dataclass(frozen=True, slots=True)
class BadgePlace:
    """Where a card says what the to-be map did."""

    box: RoundedBox
    line: TextLine


@dataclass(frozen=True, slots=True)
class ChipPlace:
    """Where a card names an indicator."""

    box: RoundedBox
    status_x: float
    status_y: float
    """Middle of the sign of how it stands."""
    lines: tuple[TextLine, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """One shape with everything on it placed."""

    id: str
    shape: NodeShape
    kind: str
    width: float
    height: float
    outline: str = ""
    """Path of a diamond."""
    sign: str = ""
    """Path of the sign in a small diamond."""
    middle: float = 0
    radius: float = 0
    """Of an event's circle; of a card's corners."""
    strip: str = ""
    """Path of the coloured strip."""
    words: tuple[TextLine, ...] = ()
    swatches: tuple[tuple[str, RoundedBox], ...] = ()
    """(touch or wait, the little square before the time)."""
    icons: tuple[tuple[str, float, float], ...] = ()
    """(name, x, y of the middle)."""
    badges: tuple[BadgePlace, ...] = ()
    chips: tuple[ChipPlace, ...] = ()
    words_width: float = 0
    words_height: float = 0
    """Of what stands below the shape."""

    def node(self, lane: int) -> LayoutNode:
        """The shape for the layout."""
        return LayoutNode(
            id=self.id,
            lane=lane,
            shape=self.shape,
            width=self.width,
            height=self.height,
            words_width=self.words_width,
            words_height=self.words_height,
        )

    def around(self, room: float, radius: float) -> RoundedBox:
        """An outline so many pixels outside of the shape."""
        return RoundedBox(-room, -room, self.width + 2 * room, self.height + 2 * room, radius)


def card_of(step: StepWords) -> Card:
    """Put a step's words on its shape."""
    if step.gateway == "and" or step.event or not step.name:
        return _marked(step)
    if step.gateway == "xor":
        return _diamond(step)
    return _box(step)


def _marked(step: StepWords) -> Card:
    size = EVENT if step.event else MARK
    lines = wrap(step.name, 104, SMALL, most=2)
    top = size + EVENT_GAP + 10
    words = tuple(TextLine("sub", size / 2, top + 14 * place, line) for place, line in enumerate(lines))
    kind = step.event or step.gateway or "and"
    return Card(
        step.id,
        "event" if step.event else "mark",
        kind,
        float(size),
        float(size),
        outline="" if step.event else _outline(size, size),
        sign="" if step.event else _sign(kind),
        middle=EVENT // 2,
        radius=EVENT // 2 - EVENT_LINE,
        words=words,
        words_width=max((text_width(line, SMALL) for line in lines), default=0.0),
        words_height=14.0 * len(lines),
    )


def _sign(kind: str) -> str:
    """A plus where all ways are taken, a cross where one of them is."""
    middle = MARK // 2
    if kind == "and":
        low, high = middle - PLUS, middle + PLUS
        return f"M{middle} {low}V{high}M{low} {middle}H{high}"
    low, high = middle - CROSS, middle + CROSS
    return f"M{low} {low} {high} {high}M{low} {high} {high} {low}"


def _diamond(step: StepWords) -> Card:
    lines = wrap(step.name, 92, GATE, bold=True, most=3)
    width = max(104.0, max(text_width(line, GATE, bold=True) for line in lines) + 34 + 12 * len(lines))
    height = 30.0 + 16 * len(lines)
    first = height / 2 - 8 * (len(lines) - 1) + 4
    words = tuple(TextLine("gate", width / 2, first + 16 * place, line) for place, line in enumerate(lines))
    return Card(step.id, "gateway", "xor", width, height, outline=_outline(width, height), words=words)


def _outline(width: float, height: float) -> str:
    places = (height / 2, width / 2, height, width)
    middle, across, foot, right = (round(float(place), 2) for place in places)
    return f"M0 {middle} {across} 0 {right} {middle} {across} {foot}z"


def _box(step: StepWords) -> Card:
    kind, left = step.kind or "none", float(INDENT)
    words: list[TextLine] = []
    swatches: list[tuple[str, RoundedBox]] = []
    icons: list[tuple[str, float, float]] = [(kind, 10.0, 15.0)] if step.kind else []
    if step.automation != "none":
        icons.append(("full" if step.automation == "full" else "part", 10.0, 35.0))
    y = 18.0
    for line in wrap(step.name, INSIDE, NAME, bold=True, most=3):
        words.append(TextLine("name", left, y, line))
        y += 16
    if step.role:
        for line in wrap(step.role, INSIDE, SMALL, most=3):
            words.append(TextLine("sub", left, y - 1, line))
            y += 14
        y += 1
    x = left
    before = SWATCH + SWATCH_GAP
    for name, time in (("touch", step.touch), ("wait", step.wait)):
        if time:
            if x > left and x + before + text_width(time, SMALL) > WIDTH - PAD:
                x, y = left, y + 15
            swatches.append((name, RoundedBox(x, y - 7, SWATCH, SWATCH, 1.5)))
            words.append(TextLine("time", x + before, y + 1, time))
            x += before + text_width(time, SMALL) + 10
    if x > left:
        y += 17
    if step.log:
        y = _log(step, y, words, swatches)
    if step.symptoms:
        icons.append(("symptom", left + 5, y - 3))
        for line in wrap(step.symptoms, INSIDE - 14, TINY, most=4):
            words.append(TextLine("symptom", left + 14, y + 1, line))
            y += CHIP_LINE
        y += 16 - CHIP_LINE
    chips = []
    for indicator in step.indicators:
        chip = _chip(indicator, y - 9)
        chips.append(chip)
        y += CHIP_STEP + chip.box.height - CHIP
    badges = []
    for line in _pills(step.badges):
        badges.append(_badge(line, y - 8))
        y += BADGE_STEP
    height = max(y - 4, 46.0)
    return Card(
        step.id,
        "step",
        kind,
        WIDTH,
        height,
        radius=ROUND,
        strip=_strip(height),
        words=tuple(words),
        swatches=tuple(swatches),
        icons=tuple(icons),
        badges=tuple(badges),
        chips=tuple(chips),
    )


def _log(step: StepWords, y: float, words: list[TextLine], swatches: list[tuple[str, RoundedBox]]) -> float:
    """What the log says, on lines of its own below the written times; where the next line stands."""
    words.append(TextLine("log", INDENT, y + 1, step.log_word))
    first = x = INDENT + text_width(step.log_word, SMALL, bold=True) + 7
    for name, time in step.log:
        before = SWATCH + SWATCH_GAP if name != "both" else 0
        if x > first and x + before + text_width(time, SMALL) > WIDTH - PAD:
            x, y = first, y + 15
        if before:
            swatches.append((name, RoundedBox(x, y - 7, SWATCH, SWATCH, 1.5)))
        words.append(TextLine("time", x + before, y + 1, time))
        x += before + text_width(time, SMALL) + 8
    return y + 17


def _chip(name: str, y: float) -> ChipPlace:
    """As high as its name takes lines: up to three."""
    names = wrap(name, INSIDE - CHIP_TEXT - 4, TINY, most=3)
    height = CHIP + CHIP_LINE * (len(names) - 1)
    return ChipPlace(
        RoundedBox(INDENT, y, INSIDE, height, CHIP // 2),
        INDENT + CHIP_STATUS,
        y + height / 2,
        tuple(
            TextLine("chiptext", INDENT + CHIP_TEXT, y + 11.5 + CHIP_LINE * place, line)
            for place, line in enumerate(names)
        ),
    )


def _badge(text: str, y: float) -> BadgePlace:
    width = text_width(text, TINY, bold=True) + 2 * BADGE_PAD
    return BadgePlace(
        RoundedBox(INDENT, y, width, BADGE, BADGE / 2),
        TextLine("badgetext", INDENT + BADGE_PAD, y + 11, text),
    )


def _pills(tags: Sequence[str]) -> list[str]:
    """Tags on as few lines as hold them."""
    lines: list[str] = []
    for tag in tags:
        joined = f"{lines[-1]} · {tag}" if lines else tag
        if lines and text_width(joined, TINY, bold=True) <= INSIDE - 10:
            lines[-1] = joined
        else:
            lines.append(fit(tag, INSIDE - 10, TINY, bold=True))
    return lines


def _strip(height: float) -> str:
    """Inside the line around the card, round at the left."""
    inner = ROUND - BORDER
    edge = f"{BORDER:g}".lstrip("0")
    return (
        f"M{STRIP:g} {edge}H{ROUND}a{inner:g} {inner:g} 0 0 0-{inner:g} {inner:g}"
        f"V{height - ROUND:g}a{inner:g} {inner:g} 0 0 0 {inner:g} {inner:g}H{STRIP:g}z"
    )
