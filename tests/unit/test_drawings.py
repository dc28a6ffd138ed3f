"""A number of a drawing stands in one place: a template writes down the places that it is given.

What is drawn around a point of its own (an icon, an arrow's head, a hatching) is a shape, and stands in the
template alone.
"""

from __future__ import annotations

import re

import pytest

from generator.present.charts import rhythm
from generator.present.maps import boxes, cards, drawing, geometry, strategy_map, tree, value_stream, x_matrix
from generator.present.theme_files import theme_dir

FOLDER = theme_dir() / "templates" / "drawings"
DRAWINGS = sorted(FOLDER.glob("*.jinja"))
ALONE = {
    "map_parts.svg.jinja",  # icons and signs, each around 0, 0
    "blank_matrix.svg.jinja",  # a form to be filled in by hand: no figure, no module places anything on it
}
PLACES = ("x", "y", "cx", "cy", "r", "rx", "ry", "width", "height", "viewBox", "d", "transform", "points")
_own = re.compile(r"<defs>.*?</defs>", re.DOTALL)
_expression = re.compile(r"\{\{.*?\}\}|\{%.*?%\}")
_computed = re.compile(r"\{[{%][^}]*?(?:[-+*/] *\d|\d *[-+*/])[^}]*[%}]\}")
_attribute = re.compile(r"(?<![\w-])(" + "|".join(PLACES) + r')="([^"]*)"')


def placed(template: str) -> list[str]:
    """The attributes of a template that hold a number of their own, and what it reckons."""
    shown = _own.sub("", template)
    found = [match[0] for match in _computed.finditer(shown)]
    given = _attribute.finditer(_expression.sub("", shown))
    return found + [match[0] for match in given if re.search(r"[1-9]", match[2])]


@pytest.mark.parametrize(
    "text",
    ['<rect x="27" y="{{ y }}"/>', '<text y="{{ y + 11 }}"/>', '<path d="M{{ x }} 20V{{ y }}"/>',
     '<g transform="translate(36 {{ y }})"/>', "{% set top = y + 4 %}", '<rect height="{{ h - 2 * gap }}"/>'],
)  # fmt: skip
def test_a_number_in_a_template_is_found(text: str) -> None:
    assert placed(text)


@pytest.mark.parametrize(
    "text",
    ['<rect x="{{ it.x }}" height="0"/>', '<svg viewBox="0 0 {{ w }} {{ h }}"/>', '<g class="h2 col-3"/>',
     '<defs><marker refX="9" viewBox="0 0 10 10"/></defs>', '<path marker-end="url(#{{ name }}-back)"/>'],
)  # fmt: skip
def test_what_is_given_is_not(text: str) -> None:
    assert not placed(text)


@pytest.mark.parametrize("name", [path.name for path in DRAWINGS if path.name not in ALONE])
def test_no_template_of_a_drawing_holds_a_place(name: str) -> None:
    assert placed((FOLDER / name).read_text(encoding="utf-8")) == []


SIZES = [
    ("maps.css", "hb-map__head", geometry.HEAD_SIZE),
    ("maps.css", "hb-map__label", geometry.LABEL_SIZE),
    ("maps.css", "hb-map__rulertext", drawing.RULER_SIZE),
    ("maps.css", "hb-map__name", cards.NAME),
    ("maps.css", "hb-map__gate", cards.GATE),
    ("maps.css", "hb-map__sub", cards.SMALL),
    ("maps.css", "hb-map__time", cards.SMALL),
    ("maps.css", "hb-map__symptom", cards.TINY),
    ("maps.css", "hb-map__chiptext", cards.TINY),
    ("maps.css", "hb-map__badgetext", cards.TINY),
    ("maps.css", "hb-map__stream-small", value_stream.SMALL),
    ("handbook.css", "hb-tree text", tree.WORDS_SIZE),
    ("handbook.css", "hb-tree--small text", tree.SMALL_SIZE),
    ("handbook.css", "hb-boxes__head", strategy_map.HEAD_SIZE),
    ("handbook.css", "hb-boxes__small", boxes.SMALL),
    ("handbook.css", "hb-x__name", x_matrix.SIZE),
    ("handbook.css", "hb-rhythm__axis", rhythm.SMALL),
    ("handbook.css", "hb-rhythm__days", rhythm.SMALL),
]


@pytest.mark.parametrize(("sheet", "style", "size"), SIZES)
def test_words_are_written_as_large_as_they_were_measured(sheet: str, style: str, size: float) -> None:
    css = (theme_dir() / "assets" / sheet).read_text(encoding="utf-8")
    found = [
        float(match[2])
        for match in re.finditer(r"([^{}]*)\{[^{}]*font-size: ([\d.]+)px", css)
        if re.search(rf"\.{style}(?![\w-])", match[1])
    ]
    assert found[-1] == size


def test_a_deep_tree_fits_a_page() -> None:
    """Nine columns were 1,874 pixels wide, of which a page shows two thirds."""
    entries = [tree.TreeEntry(f"n{n}", "跨部门协作满意度", "", "met", "") for n in range(9)]
    made = tree.tree(entries, [(f"n{n}", f"n{n + 1}") for n in range(8)])
    assert made.small
    assert made.width <= tree.PAGE
    for box in made.boxes:
        assert box.x + made.box_width <= made.width
        assert box.y < box.lines[0][0] <= box.lines[-1][0] < box.y + made.box_height
    assert not tree.tree(entries[:5], [("n0", "n1")]).small
