"""Charts of named rows on a phone: a name stands over its row, on as many lines as it takes."""

from __future__ import annotations

from generator.present.charts import dumbbell
from generator.present.charts.rows import LINE, NARROW, stacked
from generator.present.text.metrics import text_width


def test_a_phone_shows_the_whole_name_of_a_row_on_lines_of_its_own() -> None:
    short, long = "Cycle", "Urgent orders dispatched by rule (Mar 2026): Automatic dispatch coverage"
    rows = [dumbbell.DumbbellRow(name, 1.0, 0.0, 2.0, "improved", "+1 %") for name in (short, long)]
    one, two = (
        stacked(dumbbell.specification(dumbbell.Dumbbell(tuple(own), "%"))) for own in (rows[:1], rows)
    )
    assert [row["label"] for row in one["datasets"]["stacked-names"]] == [short]
    lines = [row["label"] for row in two["datasets"]["stacked-names"]]
    assert lines[0] == [short]
    assert " ".join(lines[1]) == long
    assert len(lines[1]) == 2
    assert all(text_width(line, 13, bold=True) <= NARROW for line in lines[1])
    assert two["height"] == 2 * (one["height"] + LINE)
