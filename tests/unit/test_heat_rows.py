"""A heat map of very many indicators draws the first of them, and its table tells of all."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from generator.compute.insight.named import named_figures
from generator.pipeline import check_project, figures_for
from generator.present.charts import heat
from generator.present.page_context import PageContext
from generator.present.parts import overview
from generator.present.templates import Templates
from generator.present.text.format import Format
from tests.published import Undrawn

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("made", ["heat_periods", "heat_pilots"])
def test_of_very_many_rows_the_first_are_drawn_and_all_stand_in_the_table(
    made: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    figures = named_figures(figures_for(check_project(ROOT)))
    form, drawings = Format("en", "zh"), Undrawn()
    ctx = PageContext(figures, form, Templates(form.words), drawings, ())
    chart = getattr(overview, made)
    (whole,) = chart(ctx)
    monkeypatch.setattr(overview, "MOST_DRAWN", 3)
    (few,) = chart(ctx)

    assert "shows the first" not in whole.finding
    assert few.rows == whole.rows
    assert "the first 3 rows, those off target before the others" in few.finding
    assert few.finding.endswith(f"have all {len(whole.rows)}.")
    both = [one for one in drawings._wanted.values() if one.narrow]
    wide = [json.loads(one.spec.text()) for one in both]
    drawn = [list(dict.fromkeys(cell["row"] for cell in spec["datasets"]["cells"])) for spec in wide]
    assert drawn[1] == drawn[0][:3] == [row[0] for row in whole.rows[:3]]
    assert wide[1]["height"] * len(drawn[0]) == wide[0]["height"] * 3
    assert [one.table.content().count(b"\n") for one in both if one.table] == [len(whole.rows) + 1] * 2


def test_on_a_phone_a_long_name_takes_room_from_the_columns() -> None:
    """The columns need no 190 pixels for numbers of two digits; short names leave them these, and words in
    the cells need theirs."""
    long = "Automatic dispatch coverage"
    for name, label, room in ((long, "98", 179), ("Yield", "98", 155), (long, "On target", 155)):
        drawn = heat.Heat(
            (name,), ("Q1", "Q2", "Q3"), (heat.HeatCell(name, "Q1", "met", label),), (("met", "On target"),)
        )
        spec = heat.narrow(drawn, newest=True)
        assert spec is not None
        limit = spec["layer"][0]["encoding"]["y"]["axis"]["labelLimit"]
        assert limit == pytest.approx(room, abs=2)
        assert spec["width"] + limit == 345
