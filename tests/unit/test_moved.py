"""In a sentence a verb says the direction of a difference; a mark keeps the figure with its sign."""

from __future__ import annotations

import pytest
from markupsafe import escape

from generator.compute.insight.named import Figure
from generator.model.indicator import Indicator
from generator.present.text.format import Format
from generator.present.text.moved import moved
from tests.unit.made import indicator

CASES = [
    ("天", -5.55, (-6.0, -5.0), 2, "zh", "缩短了 5.55\u202f天", ("5.00", "6.00")),
    ("days", -5.55, (-6.0, -5.0), 2, "en", "shortened by 5.55\u00a0days", ("5.00", "6.00")),
    ("小时", 2.0, (1.0, 3.0), 0, "zh", "延长了 2\u202f小时", ("1", "3")),
    ("%", 4.7, (3.5, 5.9), 1, "zh", "提高了 4.7\u202f个百分点", ("3.5", "5.9")),
    ("%", -0.3, (-4.9, 4.3), 1, "en", "down by 0.3\u00a0percentage points", ("−4.9", "+4.3")),
    ("元/单", -4.0, (-10.0, 2.0), 0, "zh", "降低了 4\u202f元/单", ("−10", "+2")),
    ("单/人", 0.001, (-1.0, 1.0), 1, "zh", "相差 0.0\u202f单/人", ("−1.0", "+1.0")),
]  # fmt: skip


def measured(unit: str, decimals: int) -> Indicator:
    return indicator(unit=unit, decimals=decimals)


@pytest.mark.parametrize(("unit", "by", "interval", "decimals", "language", "said", "ends"), CASES)
def test_a_sentence_says_which_way_and_how_much(
    unit: str,
    by: float,
    interval: tuple[float, float],
    decimals: int,
    language: str,
    said: str,
    ends: tuple[str, str],
) -> None:
    told = moved(Format(language, "zh"), by, interval, measured(unit, decimals))
    assert (told["moved"], (told["low"], told["high"])) == (said, ends)


def test_the_mark_holds_the_figure_with_its_sign() -> None:
    told = moved(Format("zh", "zh"), Figure(-5.55, "a", "difference"), None, measured("天", 2))
    assert list(told) == ["moved"]
    assert escape(told["moved"]) == (
        '缩短了 <data value="-5.55" data-figure="a/difference" data-of="-1">5.55</data>\u202f天'
    )
