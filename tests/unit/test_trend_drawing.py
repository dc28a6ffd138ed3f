"""Trends that are drawn without the library are, letter for letter, what the library draws."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest

from generator.compute.series.possible import UNBOUNDED, Possible
from generator.model.written import settled_tree
from generator.present.charts import draw
from generator.present.charts.measured import measured
from generator.present.charts.number_axis import labels_of, nice, ticks, with_room
from generator.present.charts.style import still
from generator.present.charts.trend import Trend, TrendMark, TrendPoint, specification
from generator.present.charts.trend_drawing import trend_drawing

SEEDS = range(24)
NAMES = ("换了系统", "New <system> & co", "定义改了", "A rather long name of a change that was made")


def drawn_from(trend: Trend) -> dict[str, Any]:
    """The specification as it is handed to be drawn."""
    spec = {key: value for key, value in specification(trend).items() if key != "$schema"}
    made: dict[str, Any] = json.loads(draw._compact(measured(still(settled_tree(spec)))))
    return made


def points(chance: random.Random, scale: float, base: float) -> tuple[TrendPoint, ...]:
    """Values with gaps, segments, targets that move or are missing, and ranges that vary."""
    made, segment, target = [], 1, chance.choice([None, base + scale * chance.random()])
    low, high = base - scale * chance.random(), base + scale * (1 + chance.random())
    limits = chance.choice(["none", "even", "varied"])
    for place in range(chance.choice([1, 2, 3, 7, 12, 13, 24, 36, 60])):
        if place and chance.random() < 0.06:
            segment, low, high = segment + 1, low + scale * 0.1, high + scale * 0.05
        if target is not None and chance.random() < 0.06:
            target += scale * 0.2
        known, more = limits != "none" and chance.random() > 0.03, chance.random() * (limits == "varied")
        made.append(
            TrendPoint(
                f"{2020 + place // 12}-{place % 12 + 1:02}",
                f"{place % 12 + 1}月",
                None if chance.random() < 0.1 else round(base + scale * chance.gauss(0.5, 0.4), 3),
                target if chance.random() > 0.03 else None,
                firm=chance.random() > 0.1,
                segment=segment,
                centre=(low + high) / 2 if known else None,
                lower=low - scale * 0.05 * more if known else None,
                upper=high + scale * 0.05 * more if known else None,
                signal=chance.choice(["normal"] * 6 + ["improvement", "concern", "high", "low"]),  # type: ignore[list-item]
                sure=chance.random() > 0.2,
            )
        )
    return tuple(made)


def random_trend(seed: int) -> Trend:
    """A trend of any shape: sizes from a thousandth to a million, none or several changes."""
    chance = random.Random(seed)
    scale = chance.choice([0.001, 0.5, 1, 10, 100, 1e4, 1e6])
    base = chance.choice([0, 0, 1, 5, 20, -3]) * scale
    shown = points(chance, scale, base)
    changed = chance.sample(range(len(shown)), min(len(shown), chance.choice([0, 0, 1, 2, 3])))
    last = next((point.value for point in reversed(shown) if point.value is not None), None)
    return Trend(
        shown,
        tuple(
            TrendMark(shown[place].period, chance.choice(NAMES), definition=chance.random() < 0.3)
            for place in sorted(changed)
        ),
        chance.choice(["小时", "hours", "%", "people per 1,000 & more"]),
        chance.choice(["目标 8", "Target 12.5 %"]),
        f"{last:,.2f}" if last is not None else "",
        bounds=chance.choice([UNBOUNDED, Possible(0, None), Possible(0, 100), Possible(None, scale)]),
        width=chance.choice([600, 600, 440, 200]),
    )


def test_no_letter_differs_from_what_the_library_draws() -> None:
    own = {seed: draw.own_drawing(json.dumps(drawn_from(random_trend(seed)))) for seed in SEEDS}
    ours = {seed: drawing for seed, drawing in own.items() if drawing is not None}
    assert len(ours) > len(SEEDS) * 0.7, "what is not certain is left to the library, and is seldom"
    for seed, drawing in ours.items():
        assert drawing == draw.draw(json.dumps(drawn_from(random_trend(seed)))), seed


def crowded(count: int, label: str, width: int) -> Trend:
    """A trend whose time axis has no room for all of its words."""
    shown = tuple(
        TrendPoint(
            f"{2024 + n // 12}-{n % 12 + 1:02}", label.format(year=2024 + n // 12, n=n % 12 + 1), n, 5.0
        )
        for n in range(count)
    )
    return Trend(shown, (), "小时", "目标 5", "12.0", width=width)


@pytest.mark.parametrize(
    ("count", "label", "width"),
    [
        (24, "{year}年{n}月", 420),
        (36, "{year}年{n}月", 420),
        (9, "a long month", 200),
        (5, "a very long month {n}", 90),
    ],
)
def test_of_words_without_room_the_same_are_left_out(count: int, label: str, width: int) -> None:
    spec = json.dumps(drawn_from(crowded(count, label, width)))
    drawing = draw.own_drawing(spec)
    assert drawing is not None
    assert 'opacity="0"' in drawing
    assert drawing == draw.draw(spec)


@pytest.mark.parametrize(
    ("words", "seen"),
    [
        ([(0, 5), (20, 5)], [True, True]),
        ([(0, 5), (12, 5)], [True, True]),  # two are never looked at
        ([(0, 5), (12, 5), (24, 5)], [True, False, True]),
        ([(0, 5), (12, 5), (14, 5)], [True, False, True]),  # the last one, rather than none but the first
        ([(0, 5), (40, 5), (45, 5), (52, 5)], [True, False, False, True]),
    ],
)
def test_words_have_room_as_vega_finds_it(words: list[tuple[float, float]], seen: list[bool]) -> None:
    assert with_room(words, 8) == seen


def usual(**changes: Any) -> dict[str, Any]:
    """The specification of a year, with parts of it otherwise."""
    year = tuple(TrendPoint(f"2025-{month:02}", f"{month}月", float(month), 5.0) for month in range(1, 13))
    return {**drawn_from(Trend(year, (), "小时", "目标 5", "12.0")), **changes}


def otherwise() -> dict[str, dict[str, Any]]:
    """Specifications that are no trend as we know them, or in which something is not certain."""
    layers = usual()["layer"]
    even = tuple(TrendPoint(f"2025-{month:02}", "", 5.0, 5.0) for month in range(1, 13))
    return {
        "another height": usual(height=221),
        "a layer less": usual(layer=layers[1:]),
        "another colour": usual(
            layer=[{**layers[0], "mark": {**layers[0]["mark"], "color": "#FF0000"}}, *layers[1:]]
        ),
        "another look": usual(config={}),
        "one value only": drawn_from(Trend(even, (), "小时", "目标", "5")),
        "words just as far from each other as they must be": drawn_from(
            Trend(
                tuple(TrendPoint(f"2025-{month:02}", "月" * 4, 1.0 * month, None) for month in (1, 2, 3)),
                (),
                "小时",
                "",
                "9",
                width=3 * (4 * 12 + 8),
            )
        ),
        "no unit": drawn_from(Trend(even[:1], (), "", "", "5")),
        "no trend at all": {"mark": "bar"},
    }


@pytest.mark.parametrize("what", otherwise())
def test_what_is_not_certain_is_left_to_the_library(what: str) -> None:
    assert trend_drawing(usual()) is not None
    assert trend_drawing(otherwise()[what]) is None


def test_axes_end_and_count_as_d3_does() -> None:
    """Ends and ticks as d3 gives them: `scaleLinear([0.93, 19.77]).nice()`, `ticks(5)`, `tickFormat(5)`."""
    assert nice(0.93, 19.77) == (0, 20)
    assert ticks(0, 20, 5) == [0, 5, 10, 15, 20]
    assert ticks(-0.1, 0.34, 5) == [-0.1, 0, 0.1, 0.2, 0.3]
    assert labels_of([-0.1, 0, 0.1], -0.1, 0.34, 5) == ["\u22120.1", "0.0", "0.1"]
    assert labels_of([0, 20000, 40000], 0, 45000, 4) == ["0", "20,000", "40,000"]
