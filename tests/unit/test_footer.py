"""The line under every page: as-of, owner and contact of the handbook, an address for mail as a link."""

from __future__ import annotations

import pytest

from generator.present.parts.footer import _with_mail


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Ask the team", "Ask the team"),
        ("a.b@example.com", '<a href="mailto:a.b@example.com">a.b@example.com</a>'),
        ("Team <x> a@b.cn, room 3", 'Team &lt;x&gt; <a href="mailto:a@b.cn">a@b.cn</a>, room 3'),
        ('"onclick=x"@b.cn', "&#34;onclick=x&#34;@b.cn"),
    ],
)
def test_an_address_for_mail_becomes_a_link_and_nothing_else_does(text: str, html: str) -> None:
    assert str(_with_mail(text)) == html
