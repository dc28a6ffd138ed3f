"""Authors' Markdown becomes safe HTML: what is written is shown, nothing is executed."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.present.text.prose import plain, render_inline, render_prose


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("**工作日**数", "<p><strong>工作日</strong>数</p>"),
        ("[试点](pilots/east.md)", '<p><a href="pilots/east.md" rel="noopener">试点</a></p>'),
        ("<b>x</b>", "<p>&lt;b&gt;x&lt;/b&gt;</p>"),
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
        ("[x](javascript:alert(1))", '<p><a rel="noopener">x</a></p>'),
        ("![x](https://example.org/x.png)", "<p></p>"),
        ("a < b & c", "<p>a &lt; b &amp; c</p>"),
        ("`<i>`", "<p><code>&lt;i&gt;</code></p>"),
        ("", ""),
    ],
)
def test_prose(text, html):
    assert render_prose(text) == html


def test_lists_and_tables_are_kept():
    html = render_prose("- a\n- b\n\n| x | y |\n| - | -: |\n| 1 | 2 |")
    assert "<li>a</li>" in html
    assert '<td align="right">2</td>' in html


def test_inline_prose_has_no_paragraph():
    assert render_inline("从 *签约* 算起") == "从 <em>签约</em> 算起"
    assert render_inline("从签约算起，5 天") == "从签约算起，5 天"
    assert render_inline("a\n\nb") == "<p>a</p>\n<p>b</p>"


def test_plain_words_for_search():
    assert plain("**Σ** (到账日 − 签约日)\n\n- a & b") == "Σ (到账日 − 签约日) a & b"


@given(st.text(alphabet="<>/\"'&;:=()[]!`*_ \nabscriptonljvue中", max_size=80))
def test_no_text_ever_yields_an_element_that_acts(text):
    html = str(render_prose(text))
    assert not re.search(r"<(script|img|iframe|style|svg|object|form|input)\b", html, re.IGNORECASE)
    assert not re.search(r"<[^>]*\son\w+\s*=", html, re.IGNORECASE)
    assert not re.search(r"href=[\"']?\s*(javascript|data|vbscript):", html, re.IGNORECASE)
