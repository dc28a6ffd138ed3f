"""A page as plain Markdown: what it says, with its links, and nothing that a reader of text would run."""

from __future__ import annotations

from generator.present.page import Chapter, LanguageSite, Page, Section
from generator.present.plain_markdown import as_markdown, llms_txt, page_markdown


def test_lists_tables_terms_and_links_are_kept_and_drawings_left_out() -> None:
    html = (
        "<dl><div><dt>Unit</dt><dd>days <b>of work</b></dd></div></dl>"
        '<table><tr><th>x</th><th>y</th></tr>\n  <tr><td>1</td><td><a href="a.html">l|k</a></td></tr></table>'
        "<ul><li>one</li><li>two</li></ul><svg><text>drawn</text></svg><button>sort</button>"
    )
    assert as_markdown(html) == (
        "**Unit**: days **of work**\n\n| x | y |\n| --- | --- |\n| 1 | [l\\|k](a.html) |\n\n- one\n- two"
    )


def test_a_cell_over_several_rows_or_columns_leaves_the_others_under_their_heads() -> None:
    html = (
        "<table><tr><th>Month</th><th>Target</th><th>Status</th></tr>"
        '<tr><td>May</td><td rowspan="3">23.0</td><td>near</td></tr><tr><td>April</td><td>met</td></tr>'
        "<tr><td>March</td><td>met</td></tr>"
        '<tr><td colspan="2">February</td><td>none</td></tr></table>'
    )
    assert as_markdown(html).split("\n") == [
        "| Month | Target | Status |",
        "| --- | --- | --- |",
        "| May | 23.0 | near |",
        "| April | 23.0 | met |",
        "| March | 23.0 | met |",
        "| February | | none |",
    ]


def test_what_looks_like_markup_in_a_text_stays_text() -> None:
    assert as_markdown("<p>&lt;script&gt; [m](javascript:x) *s*</p>") == (
        "\\<script\\> \\[m\\](javascript:x) \\*s\\*"
    )
    assert as_markdown('<a href="javascript:x">m</a><script>x</script>') == "m"


def test_a_page_has_its_title_and_the_list_says_what_it_is_about() -> None:
    page = Page(
        "a/b.md",
        "Title",
        "en",
        "a",
        (Section("s", 2, "Part", "<p>Text</p>"),),
        meta={"description": "About it"},
    )
    assert page_markdown(page) == "# Title\n\n## Part\n\nText\n"
    site = LanguageSite("en", "Book", (Chapter("a", "Chapter", (page,)),))
    assert llms_txt(site) == "# Book\n\n## Chapter\n\n- [Title](a/b.html.md): About it\n"
