"""What stands on a map's shapes: words wrapped and measured, so that the layout knows every size.

All places inside a shape count from its top left corner. An event and a small diamond have their words below.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from generator.model.process import Step
from generator.present.maps.coordinates import EVENT_GAP
from generator.present.maps.graph import LayoutNode, NodeShape
from generator.present.maps.wrap import fit, wrap
from generator.present.metrics import text_width

WIDTH, STRIP, INDENT, PAD = 160.0, 20.0, 27.0, 7.0
NAME, SMALL, TINY = 12.5, 11.0, 10.5
INSIDE = WIDTH - INDENT - PAD


@dataclass(frozen=True, slots=True)
class ChipText:
    """An indicator on a card: its name, how it stands, where it leads."""

    name: str
    status: str
    href: str
    label: str
    """What a screen reader says: name, value, status."""


@dataclass(frozen=True, slots=True)
class CardText:
    """The words of one step, gateway or event."""

    name: str
    role: str
    touch: str
    wait: str
    estimated: bool
    symptoms: str
    badge: tuple[str, ...]
    """What the to-be map did to it, one word each."""
    chips: tuple[ChipText, ...]
    label: str
    """Everything in one sentence, for a screen reader and as a hint."""
    href: str


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of text."""

    style: str
    x: float
    y: float
    """Of the baseline."""
    text: str


@dataclass(frozen=True, slots=True)
class Chip:
    """An indicator's place on a card."""

    y: float
    text: str
    status: str
    href: str
    label: str


@dataclass(frozen=True, slots=True)
class BlockageMark:
    """A blockage's number on a card's corner."""

    x: float
    source: str
    """`people` or `computed`."""
    rank: int


@dataclass(frozen=True, slots=True)
class Card:
    """One shape with everything on it placed."""

    id: str
    shape: NodeShape
    kind: str
    width: float
    height: float
    strip: str
    """Path of the coloured strip."""
    words: tuple[TextLine, ...]
    swatches: tuple[tuple[str, float, float], ...]
    """(touch or wait, x, y) of the little squares before the times."""
    icons: tuple[tuple[str, float, float], ...]
    """(name, x, y of the middle)."""
    badges: tuple[tuple[float, float, str], ...]
    """(y, width, text) of what the to-be map did to it."""
    chips: tuple[Chip, ...]
    marks: tuple[BlockageMark, ...]
    label: str
    href: str
    words_width: float
    words_height: float

    def node(self, lane: int) -> LayoutNode:
        """The shape for the layout."""
        return LayoutNode(
            self.id, lane, self.shape, self.width, self.height, self.words_width, self.words_height
        )


def card_of(step: Step, text: CardText, ranks: Mapping[str, int]) -> Card:
    """Put a step's words on its shape; `ranks` are its ranks as a blockage, by who says so."""
    if step.gateway == "and" or step.event or not text.name:
        return _marked(step, text)
    if step.gateway == "xor":
        return _diamond(step, text)
    return _box(step, text, ranks)


def _marked(step: Step, text: CardText) -> Card:
    size = 34.0 if step.event else 38.0
    lines = wrap(text.name, 104, SMALL, most=2)
    top = size + EVENT_GAP + 10
    words = tuple(TextLine("sub", size / 2, top + 14 * place, line) for place, line in enumerate(lines))
    return Card(
        step.id, "event" if step.event else "mark", step.event or step.gateway or "and",
        size, size, "", words, (), (), (), (), (), text.label, "",
        max((text_width(line, SMALL) for line in lines), default=0.0), 14.0 * len(lines),
    )  # fmt: skip


def _diamond(step: Step, text: CardText) -> Card:
    lines = wrap(text.name, 92, 12, bold=True, most=3)
    width = max(104.0, max(text_width(line, 12, bold=True) for line in lines) + 34 + 12 * len(lines))
    height = 30.0 + 16 * len(lines)
    first = height / 2 - 8 * (len(lines) - 1) + 4
    words = tuple(TextLine("gate", width / 2, first + 16 * place, line) for place, line in enumerate(lines))
    return Card(step.id, "gateway", "xor", width, height, "", words, (), (), (), (), (), text.label, "", 0, 0)


def _box(step: Step, text: CardText, ranks: Mapping[str, int]) -> Card:
    kind = step.kind or "none"
    words: list[TextLine] = []
    swatches: list[tuple[str, float, float]] = []
    icons: list[tuple[str, float, float]] = [(kind, 10.0, 15.0)] if step.kind else []
    if step.automation != "none":
        icons.append(("full" if step.automation == "full" else "part", 10.0, 35.0))
    y = 18.0
    for line in wrap(text.name, INSIDE, NAME, bold=True, most=3):
        words.append(TextLine("name", INDENT, y, line))
        y += 16
    if text.role:
        words.append(TextLine("sub", INDENT, y - 1, fit(text.role, INSIDE, SMALL)))
        y += 15
    x = INDENT
    for name, time in (("touch", text.touch), ("wait", text.wait)):
        if time:
            if x > INDENT and x + 12 + text_width(time, SMALL) > WIDTH - PAD:
                x, y = INDENT, y + 15
            swatches.append((name, x, y - 7))
            words.append(TextLine("time", x + 12, y + 1, time))
            x += 12 + text_width(time, SMALL) + 10
    if x > INDENT:
        y += 17
    if text.symptoms:
        icons.append(("symptom", INDENT + 5, y - 3))
        words.append(TextLine("symptom", INDENT + 14, y + 1, fit(text.symptoms, INSIDE - 14, TINY)))
        y += 16
    chips = []
    for chip in text.chips:
        chips.append(Chip(y - 9, fit(chip.name, INSIDE - 20, TINY), chip.status, chip.href, chip.label))
        y += 19
    badges = []
    for line in _pills(text.badge):
        badges.append((y - 8, text_width(line, TINY, bold=True) + 12, line))
        y += 18
    height = max(y - 4, 46.0)
    return Card(
        step.id, "step", kind, WIDTH, height, _strip(height), tuple(words), tuple(swatches), tuple(icons),
        tuple(badges), tuple(chips), _marks(ranks), text.label, text.href, 0, 0,
    )  # fmt: skip


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
    return f"M{STRIP:g} .6H6a5.4 5.4 0 0 0-5.4 5.4V{height - 6:g}a5.4 5.4 0 0 0 5.4 5.4H{STRIP:g}z"


def _marks(ranks: Mapping[str, int]) -> tuple[BlockageMark, ...]:
    """People's rank on the corner, the computed one beside it."""
    said: Sequence[str] = [source for source in ("people", "computed") if source in ranks]
    return tuple(
        BlockageMark(WIDTH - 4 - 21 * place, source, ranks[source]) for place, source in enumerate(said)
    )
