"""Every way to write a link in Markdown is found, and only its words are left where its page is not shown."""

from __future__ import annotations

import pytest

from generator.model.page_links import page_of, place_of, targets, without_links

HIDDEN = frozenset({"pilots/west.md", "secret.md", "guide/index.md"})


def bare(written: str, folder: str = "guide") -> str:
    return without_links(written, lambda target: page_of(target, folder, HIDDEN) is not None)


@pytest.mark.parametrize(
    ("written", "left"),
    [
        ("see [the **pilot**](../pilots/west.md) here", "see the **pilot** here"),
        ("[a](../pilots/west.md#part), [b](../pilots/west.md?x=1)", "a, b"),
        ("[a](../pilots/west.html) and [b](<../pilots/west.html#x>)", "a and b"),
        ("[a](../pilots/./west.md), [b](../pilots/%77est.md), [c](/pilots/west.html)", "a, b, c"),
        ("[a](../en/pilots/west.html) and [b](https://h.example.org/en/pilots/west.html)", "a and b"),
        ("[a](../pilots/west.md 'it''s \"here\"') x", "a x"),
        ('[a](../pilots/west.md "he said \\"no\\" (twice)") x', "a x"),
        ("[a [b] c](../secret.md)", "a [b] c"),
        ("[![drawn](d.png)](../pilots/west.md)", "![drawn](d.png)"),
        ("[a\nb](../pilots/west.md)", "a\nb"),
        ("[a](../guide/)", "a"),
        ("[a][w], [a b] [w], [w][], ![p][w]\n\n[w]: ../pilots/west.md 'T'\n", "a, a b, w, p\n\n\n"),
        ("[w]\n\n[W]:\n   <../pilots/west.md>\n   (title)\n", "w\n\n\n"),
        ('<a class="x" href="../pilots/west.html">words</a>', '<a class="x" >words</a>'),
        ("<a href=../pilots/west.html>words</a>", "<a >words</a>"),
        ("<https://h.example.org/pilots/west.html> x", " x"),
        ("`[a](../pilots/west.md)` and \\`[b](../pilots/west.md)\\`", "`a` and \\`b\\`"),
        ("[kept](../pilots/east.md), ![kept](west.png), [w](west.txt)", None),
        ("[kept](https://example.org/pilots/east.html) [x] (y) [z](#part)", None),
    ],
)
def test_links_to_what_is_hidden(written: str, left: str | None) -> None:
    assert bare(written) == (written if left is None else left)


def test_a_page_below_another_folder_is_another_page() -> None:
    assert page_of("pilots/west.md", "guide", {"guide/pilots/west.md"}) == "guide/pilots/west.md"
    assert page_of("west.md", "guide", HIDDEN) is None


def test_every_target_is_found_and_none_in_code() -> None:
    text = (
        '![p](a.png "t") [x](<b c.xlsx>) [y][z] <img src="d.svg"> <a href=e.pdf> `[c](no.png)`\n'
        "~~~\n[c](no.png)\n~~~\n\n[z]: f(1).csv\n"
    )
    assert sorted(targets(text)) == ["a.png", "b c.xlsx", "d.svg", "e.pdf", "f(1).csv"]
    assert place_of("../x/a%20b.png?v=1#top", "guide") == "x/a b.png"
    assert place_of("https://example.org/a.png", "guide") is None
