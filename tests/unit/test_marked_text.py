"""Figures keep their names on the way into words, and words are plain wherever HTML has no place."""

import csv
import io
import json
import pickle
import re
from pathlib import Path

import pytest
from markupsafe import Markup, escape

from generator.compute.insight.named import Count, Figure, named
from generator.compute.insight.quarter import Tally
from generator.present.charts.sparkline import SparkPoint, geometry
from generator.present.templates import Templates
from generator.present.text.format import Format
from generator.present.text.marked_text import MarkedText, capital, concat, filled
from generator.present.text.words import Words

SCORE = Figure(98.17092411166499, "pilots/north", "score")
MARK = '<data value="98.1709241117" data-figure="pilots/north/score">98</data>'

PRESENT = Path(__file__).parents[2] / "generator" / "present"


@pytest.fixture
def form() -> Format:
    return Format("en", "en")


def test_a_named_number_is_marked_and_a_plain_one_is_not(form: Format) -> None:
    assert escape(form.number(SCORE)) == MARK
    assert escape(form.number(98.17)) == "98"
    assert form.number(SCORE) == "98"
    assert escape(form.number(None)) == "–"


def test_the_mark_goes_around_the_number_and_not_its_unit(form: Format) -> None:
    assert escape(form.with_unit(SCORE, "<b>points</b>")) == MARK + "\u202f&lt;b&gt;points&lt;/b&gt;"
    assert escape(form.percent(SCORE)) == MARK + "\u202f%"


def test_a_share_is_marked_with_its_sign(form: Format) -> None:
    share = Figure(0.825, "pilots/north", "coverage")
    assert escape(form.share(share, 1)) == (
        '<data value="0.825" data-figure="pilots/north/coverage">82.5\u202f%</data>'
    )
    assert escape(form.of_hundred(share)) == (
        '<data value="0.825" data-figure="pilots/north/coverage" data-of="100">82</data>'
    )


def test_sentences_keep_the_marks_of_what_is_put_into_them(form: Format) -> None:
    said = filled("{n} <of> {of}: {name}", {"n": Count(3, "a", "n"), "of": form.number(SCORE), "name": "A&B"})
    assert said == "3 <of> 98: A&B"
    assert escape(said) == f'<data value="3" data-figure="a/n">3</data> &lt;of&gt; {MARK}: A&amp;B'
    words = Words("en")
    joined = words("punctuation.clause").join(["so", said, "on"]) + words("punctuation.stop")
    assert escape(joined).count("<data") == 2
    assert escape("before " + joined).startswith("before so")
    assert escape(Markup("<i>{}</i>").format(said)).count("<data") == 2


def test_a_part_of_a_text_keeps_the_marks_that_lie_wholly_in_it(form: Format) -> None:
    said = concat(["a ", form.number(SCORE), " b"])
    assert escape(said[2:]) == MARK + " b"
    assert escape(said[3:]) == "8 b"
    assert escape(capital(said)) == f"A {MARK} b"


def test_a_sentence_that_begins_with_a_figure_keeps_its_mark(form: Format) -> None:
    assert escape(capital(concat([form.number(SCORE), " points"]))) == f"{MARK} points"
    assert capital("ça va") == "Ça va"
    assert capital("") == ""


def test_first_letters_are_raised_in_one_place() -> None:
    """What cuts the first letter off cuts a figure that begins there, and its mark is lost."""
    raised = re.compile(r"\[(?:0|:1)\]\.upper\(\) \+|\.capitalize\(\) \+")
    found = [path.name for path in PRESENT.rglob("*.py") if raised.search(path.read_text(encoding="utf-8"))]
    assert found == []


def test_a_text_is_plain_where_there_is_no_html(form: Format) -> None:
    said = form.number(SCORE)
    assert type(str(said)) is str
    assert f"{said}" == "98"
    assert ", ".join([said]) == "98"
    assert json.dumps([said, SCORE]) == '["98", 98.17092411166499]'
    out = io.StringIO()
    csv.writer(out).writerow([said])
    assert out.getvalue() == "98\r\n"
    spark = geometry([SparkPoint(1.0, None, None, None, 1), SparkPoint(2.0, None, None, None, 1)])
    drawing = Templates(Words("en")).piece(
        "drawings/sparkline.svg.jinja", spark=spark, tone="", label=said, told=""
    )
    assert "<data" not in drawing
    assert 'aria-label="98"' in drawing


def test_reckoning_with_a_figure_gives_a_number_without_a_name() -> None:
    assert type(SCORE * 2) is float
    assert SCORE == 98.17092411166499
    assert hash(SCORE) == hash(98.17092411166499)
    assert pickle.loads(pickle.dumps(SCORE)).name == SCORE.name


def test_dataclasses_are_named_by_their_fields() -> None:
    tally = named(Tally(5, 3, 2, 0, 0), "quarters/2026-Q2/tally")
    assert tally == Tally(5, 3, 2, 0, 0)
    assert isinstance(tally.near, Count)
    assert tally.near.name == "quarters/2026-Q2/tally/near"


def test_told_is_a_text_like_any_other() -> None:
    assert MarkedText("a") == "a"
    assert {MarkedText("a"): 1}["a"] == 1


def test_brackets_inside_brackets_are_the_inner_ones() -> None:
    """A change is named with its month in brackets; a sentence that puts it into brackets closes once."""
    anew, dated = "made anew ({changes}): the {name}", "Fast lane (Sep 2025)"
    assert filled(anew, {"changes": dated, "name": dated}) == (
        "made anew (Fast lane [Sep 2025]): the Fast lane (Sep 2025)"
    )
    zh = filled(
        "重新计算（{changes}）：{name}",
        {"changes": "快速通道（2025年9月）", "name": "甲（乙）"},
        chinese=True,
    )
    assert zh == "重新计算（快速通道〔2025年9月〕）：甲（乙）"
    assert filled("{word} (", {"word": "a (b)"}) == "a (b) ("
    assert filled("(see above) {word} (here)", {"word": "a (b)"}) == "(see above) a (b) (here)"


def test_brackets_inside_brackets_keep_figures_and_finished_html() -> None:
    text = filled("({value})", {"value": concat((Format("en", "en").number(SCORE), " (rest)"))})
    assert escape(text) == f"({MARK} [rest])"
    assert filled("({value})", {"value": Markup("<b>a (b)</b>")}) == "(<b>a (b)</b>)"
