"""The metric tree's layout: properties that hold for any library."""

from hypothesis import given
from hypothesis import strategies as st

from generator.present.maps.tree import TreeEntry, tree

NAMES = [f"i{n}" for n in range(12)]


@st.composite
def libraries(draw):
    """Entries with links that only lead from a smaller to a larger number: no circles."""
    count = draw(st.integers(1, len(NAMES)))
    pairs = st.tuples(st.integers(0, count - 1), st.integers(0, count - 1))
    links = [(NAMES[a], NAMES[b]) for a, b in draw(st.lists(pairs, max_size=20)) if a < b]
    return [TreeEntry(name, f"指标 {name}", "", "met", "") for name in NAMES[:count]], links


@given(libraries())
def test_boxes_stand_apart_inside_the_drawing_and_what_drives_stands_left(library):
    entries, links = library
    drawn = tree(entries, links)
    assert {box.entry.id for box in drawn.boxes} == {entry.id for entry in entries}
    for box in drawn.boxes:
        assert 0 <= box.x <= drawn.width - drawn.box_width
        assert -0.01 <= box.y <= drawn.height - drawn.box_height + 0.01
        for other in drawn.boxes:
            apart = abs(box.x - other.x) >= drawn.box_width or abs(box.y - other.y) >= drawn.box_height
            assert apart or box is other
    left = {box.entry.id: box.x for box in drawn.boxes}
    assert all(left[a] < left[b] for a, b in links)
    assert len(drawn.curves) == len(set(links))


@given(libraries())
def test_the_order_of_the_input_changes_nothing_but_names_do(library):
    entries, links = library
    assert tree(entries, links) == tree(entries, list(reversed(links)))


def test_links_to_unknown_entries_and_circles_do_no_harm():
    entries = [TreeEntry(name, name, "", "met", "") for name in ("a", "b")]
    assert len(tree(entries, [("a", "b"), ("b", "a"), ("a", "gone")]).boxes) == 2
