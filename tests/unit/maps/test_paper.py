"""Maps on paper: whole on a sheet where print stays legible, else cut between what is drawn."""

from __future__ import annotations

import pytest

from generator.model.diagram import Box, Diagram, PlacedEdge, PlacedNode
from generator.present.maps.drawing import HEAD
from generator.present.maps.layout import layout
from generator.present.maps.paper import LONG, SHORT, Slice, on_paper, slices
from tests.unit.maps.random_maps import random_graph


def diagram(width: float, height: float, rows: bool = False) -> Diagram:
    return Diagram(width, height, rows, (), (), ())


def test_a_map_that_fits_is_printed_whole_and_as_large_as_it_can_be() -> None:
    """Square, it takes the sheet's width of 190 mm; of a taller one the height of 277 − 50 decides."""
    assert on_paper(diagram(900, 900 - HEAD), HEAD).width == 190
    tall = on_paper(diagram(900, 1300 - HEAD), HEAD)
    assert (tall.width, tall.slices, tall.landscape) == (pytest.approx(227 / 1300 * 900, abs=0.05), (), False)
    assert tall.scale == pytest.approx(157.15 / 25.4 * 96 / 900, abs=0.001)


def test_a_wide_map_lies_across() -> None:
    assert on_paper(diagram(1400, 600), HEAD).landscape
    assert on_paper(diagram(1100, 300, rows=True), HEAD).landscape
    assert not on_paper(diagram(1100, 1200), HEAD).landscape


def test_a_short_row_of_steps_stands_among_its_words() -> None:
    """600 pixels with the lanes' heads are 158.75 mm, which an upright sheet has room for; 720 are 190.5."""
    short = on_paper(diagram(600 - HEAD, 300, rows=True), HEAD)
    assert (short.landscape, short.width, short.scale) == (False, pytest.approx(158.75, abs=0.06), 1.0)
    assert on_paper(diagram(720 - HEAD, 300, rows=True), HEAD).landscape


def test_a_map_whose_print_would_be_too_small_is_cut() -> None:
    """At 0.15 mm a pixel 1513 pixels fit into 227 mm; on a sheet of its own 1620 into 243 mm."""
    assert on_paper(diagram(900, 1513 - HEAD), HEAD).slices == ()
    assert len(on_paper(diagram(900, 1514 - HEAD), HEAD).slices) == 2
    own = on_paper(diagram(900, 1619 - HEAD), HEAD, alone=True)
    assert (own.slices, own.width) == ((), pytest.approx(243 / 1619 * 900, abs=0.05))
    assert len(on_paper(diagram(900, 1621 - HEAD), HEAD, alone=True).slices) == 2


def test_cuts_keep_clear_of_shapes_words_and_lines() -> None:
    """A cut at 100 would go through a box from 90 to 110, one at 90 through its neighbour."""
    assert slices(150, [Box(0, 90, 10, 110)], 100) == [Slice(0, 90), Slice(90, 60)]
    assert slices(150, [Box(0, 90, 10, 110), Box(20, 70, 30, 95)], 100) == [Slice(0, 70), Slice(70, 80)]
    assert slices(150, [Box(0, -5, 10, 160)], 100) == [Slice(0, 100), Slice(100, 50)], "no way round"
    along = PlacedEdge("a", "b", False, ((0, 1135.0), (500, 1135.0)), None)
    event = PlacedNode("e", Box(0, 1085, 34, 1119), 0)
    drawn = Diagram(900, 2000, False, (), (event,), (along,))
    most = (LONG - 30) / SHORT * 900 - HEAD
    assert most == pytest.approx(1132.0, abs=0.1)
    (first, _) = on_paper(drawn, HEAD).slices
    assert first.height == 1080, "above the event, whose words reach down to the line"


@pytest.mark.parametrize("seed", range(12))
def test_long_random_maps_are_cut_nowhere_through_a_shape(seed: int) -> None:
    placed = layout(random_graph(seed, 70))
    paper = on_paper(placed, HEAD)
    assert len(paper.slices) > 1
    assert sum(part.height for part in paper.slices) == pytest.approx(placed.height, abs=0.2)
    top = 0.0
    for part in paper.slices:
        assert part.top == pytest.approx(top, abs=0.2)
        top = part.top + part.height
        height = (part.height + HEAD) / placed.width * paper.width
        assert height <= (SHORT if paper.landscape else LONG) - 25
        if top < placed.height - 1:
            assert [node.id for node in placed.nodes if node.box.top < top < node.box.bottom] == []
