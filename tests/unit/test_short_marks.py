"""The place that a table's figures share is said once, and the whole names are found again."""

from __future__ import annotations

from generator.present.page import Page, Section
from generator.present.short_marks import with_short_marks
from tests.recount.marks import marks_of


def read(html: str) -> str:
    page = Page("x.md", "x", "en", "x", (Section("s", 2, "s", html),))
    (made,) = with_short_marks([page])
    return made.sections[0].html


def cell(name: str) -> str:
    return f'<td><data value="1" data-figure="{name}">1</data></td>'


def test_the_shared_place_is_said_once() -> None:
    names = [f"series/a@b/points/2026-0{month}/value" for month in (1, 2, 3)]
    html = f'{cell("x/y")}<table class="t"><tr>{"".join(map(cell, names))}</tr></table>{cell("x/z")}'
    made = read(html)
    assert made.count("series/a@b/points/") == 1
    assert '<table data-at="series/a@b/points/" class="t">' in made
    assert 'data-figure="~2026-02/value"' in made
    assert [mark.name for mark in marks_of(made)] == ["x/y", *names, "x/z"]


def test_one_name_of_another_place_does_not_keep_the_others_long() -> None:
    """A board's row tells the weight, which stands in the pack, before what the review says."""
    names = ["pilots/a/pack/b/weight", *(f"longer/b@a/points/2026-Q3/{key}" for key in ("floor", "score"))]
    made = read(f"<details><dl>{''.join(map(cell, names))}</dl></details>")
    assert '<dl data-at="longer/b@a/points/2026-Q3/">' in made
    assert made.count("~") == 2
    assert [mark.name for mark in marks_of(made)] == names


def test_the_nearest_place_is_meant() -> None:
    """A list around a paragraph that says its place has whole names of its own."""
    inner = [f"pilots/north/changes/one/effects/time/interval/{end}" for end in (0, 1)]
    outer = [f"series/time@north/points/2026-09/{key}" for key in ("value", "target")]
    made = read(f'<li class="l">{"".join(map(cell, outer))}<p>{"".join(map(cell, inner))}</p></li>')
    assert '<p data-at="pilots/north/changes/one/effects/time/interval/">' in made
    assert "<li class" in made
    assert [mark.name for mark in marks_of(made)] == [*outer, *inner]


def test_what_shares_nothing_or_hardly_anything_stays() -> None:
    for names in (("a/b", "c/d", "e/f"), ("a/b/c", "a/b/d")):
        html = f'<table class="t">{"".join(map(cell, names))}</table>'
        assert read(html) == html
