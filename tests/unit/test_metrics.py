"""Charts and maps are laid out by the product's own widths: the same bytes whatever fonts the machine has."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys

import pytest
import vl_convert

from docs.make_metrics_font import stale
from generator.present.charts.draw import draw
from generator.present.charts.measured import FAMILY, registered
from generator.present.charts.style import FONT
from generator.present.text.metrics import em_width, text_width
from tests.needs import missing

TEXTS = (
    "订单交付周期",
    "On-time delivery",
    "Straße, café, Ærø",
    "2026-09 · 93.5 %",
    "平均 12.5 天（试行）",
    "“引号”…—",
)


def measured(text: str, weight: int) -> float:
    """Width that the drawing library finds for a text of 100 px."""
    registered()
    mark = {
        "type": "text",
        "encode": {
            "enter": {
                "text": {"value": text},
                "font": {"value": FAMILY},
                "fontSize": {"value": 100},
                "fontWeight": {"value": weight},
            }
        },
    }
    spec = {"width": 1, "height": 1, "padding": 0, "autosize": "pad", "marks": [mark]}
    svg = vl_convert.vega_to_svg({"$schema": "https://vega.github.io/schema/vega/v6.json", **spec})
    found = re.search(r'width="([\d.]+)"', svg)
    assert found is not None
    return float(found.group(1))


@pytest.mark.parametrize("text", TEXTS)
def test_the_drawing_library_measures_by_our_widths(text: str) -> None:
    # The library rounds up to whole pixels, and each width to a thousandth of the size.
    assert measured(text, 400) == pytest.approx(text_width(text, 100), abs=1 + 0.05 * len(text))
    assert measured(text, 600) == pytest.approx(text_width(text, 100, bold=True), abs=1 + 0.05 * len(text))


def test_widths_of_letters() -> None:
    # Adobe's metrics of Helvetica, 15 % wider; an accent adds nothing; a Chinese character is one em.
    assert em_width("A") == pytest.approx(0.667 * 1.15)
    assert em_width("é") == em_width("e") == pytest.approx(0.556 * 1.15)
    assert em_width("订") == em_width("，") == 1.0
    assert em_width("\u0301") == 0.0


@pytest.mark.parametrize(
    ("letter", "width"),
    [
        ("\U0001fae9", 1.0),  # a face of Unicode 16, which Python 3.14 knows and 3.13 not
        ("\U0001f6dc", 1.0),  # a sign of Unicode 15, new to Python 3.12
        ("\u2630", 0.6 * 1.15),  # a trigram, which became wide with Unicode 16
        ("\u9fff", 1.0),  # a Chinese character of Unicode 14
        ("\U0002ebf0", 1.0),  # one of Unicode 15.1
        ("\u0378", 0.6 * 1.15),  # nothing yet: Python 3.11 calls it wide, later ones do not
    ],
)
def test_what_one_python_knows_and_another_not_is_as_wide_in_all(letter: str, width: float) -> None:
    assert em_width(letter) == pytest.approx(width)


def test_the_fonts_are_fresh() -> None:
    assert stale() == []


DRAW = """
import hashlib, json, sys
from generator.present.charts.draw import draw
words = ["订单交付周期", "Wait until approved", "平均处理时长（小时）", "未排班"]
spec = {
    "config": {"font": "Handbook Metrics"}, "width": 300, "height": 80,
    "data": {"values": [{"name": name, "value": place} for place, name in enumerate(words)]},
    "mark": "bar",
    "encoding": {
        "y": {"field": "name", "type": "nominal", "title": "指标 Indicator"},
        "x": {"field": "value", "type": "quantitative"}, "color": {"field": "name", "type": "nominal"},
    },
}
sys.stdout.write(hashlib.sha256(draw(json.dumps(spec)).encode()).hexdigest())
"""


def test_a_machine_without_fonts_draws_the_same() -> None:
    """The folders of fonts are hidden in a mount namespace of their own."""
    if sys.platform != "linux" or shutil.which("unshare") is None:
        missing("unshare, to hide the machine's fonts")
    folders = "/usr/share/fonts /usr/local/share/fonts /etc/fonts"
    hide = f'for d in {folders}; do [ ! -d "$d" ] || mount -t tmpfs none "$d"; done'
    own = [] if os.geteuid() == 0 else ["--map-root-user"]
    if subprocess.run(
        ["unshare", "--mount", *own, "sh", "-c", hide], capture_output=True, check=False
    ).returncode:
        missing("leave to hide the machine's fonts in a mount namespace")
    with_fonts = subprocess.run([sys.executable, "-c", DRAW], capture_output=True, check=True, text=True)
    script = f'{hide}; [ -z "$(find /usr/share/fonts -name \'*.tt*\' 2>/dev/null)" ] || exit 9; exec "$@"'
    without = subprocess.run(
        ["unshare", "--mount", *own, "sh", "-c", script, "sh", sys.executable, "-c", DRAW],
        capture_output=True,
        check=True,
        text=True,
        env={**os.environ, "HOME": "/nonexistent"},
    )
    assert with_fonts.stdout == without.stdout


def test_a_drawing_names_the_readers_fonts() -> None:
    svg = draw(
        '{"config":{"font":"Handbook Metrics"},"data":{"values":[{"a":"交付"}]},'
        '"mark":"bar","encoding":{"y":{"field":"a"}}}'
    )
    assert FAMILY not in svg
    assert f'font-family="{FONT}"' in svg
