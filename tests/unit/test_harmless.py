"""Attribute lists of hand-written pages: what would run is taken away, whatever else stands in them."""

from __future__ import annotations

import pytest
from markdown import Markdown

from generator.site.escaping import Harmless


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("`x`{basis: calendar}", "<p><code basis: calendar>x</code></p>"),
        ("[b](x.md){hidden onclick}", '<p><a hidden href="x.md">b</a></p>'),
        ("[b](javascript:x){onclick=y}", "<p><a>b</a></p>"),
        ("[b](&#106;ava\tscript:x)", "<p><a>b</a></p>"),
    ],
)
def test_an_attribute_without_a_value_is_one_too(text: str, html: str) -> None:
    made = Markdown(extensions=["attr_list", Harmless()]).convert(text)
    assert made == html
