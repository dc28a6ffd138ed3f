"""Shortcodes of hand-written pages: read, held against the data with line and column, and shown."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from generator.compute.insight.named import named_figures
from generator.model.period import Period
from generator.model.shortcode import shortcodes
from generator.pipeline import check_project, figures_for
from generator.present.page import Page, Section, with_inserts
from generator.present.page_context import PageContext
from generator.present.parts.shortcode_values import in_words
from generator.present.parts.shortcodes import inserted
from generator.present.plain_markdown import page_markdown
from generator.present.templates import Templates
from generator.present.text.format import Format
from tests.conftest import Change
from tests.published import Undrawn

Make = Callable[[Change], Path]

CODE = """\
{{ value a }} and `{{ value b }}` and ``{{ value `c` }}``
<!-- {{ value d }} --> \\{{ value e }} ${{ f }}

```yaml
{{ value g }}
```

    {{ value h }}

!!! note

    {{ status i pilot="north" }}

- item

    {{ chart j }}
  ~~~
  {{ k }}
  ~~~
"""


def test_what_stands_in_code_is_text() -> None:
    found = list(shortcodes(CODE))
    assert [(code.kind, code.thing, code.alone) for code in found] == [
        ("value", "a", False),
        ("status", "i", True),
        ("chart", "j", True),
    ]
    assert found[1].named == {"": "i", "pilot": "north"}
    assert CODE[found[1].start : found[1].end] == '{{ status i pilot="north" }}'


WRONG = """\
---
title: x
---
# 周期 {{ value cycle-time pilot=east }}

好的 {{ value cycle-time pilot=east period=2025-01 }}，`{{ nothing }}`。

坏的 {{ valeu cycle-time }} {{ }} {{ value }} {{ value cycle-tme }} {{ value cycle-time east }}

{{ value cycle-time pilot=esat }} {{ value cycle-time pilot＝east }} {{ value cycle-time pilto=east }}

{{ value cycle-time pilot=east period=2025-08 }} {{ value cycle-time pilot=east period=soon }}

{{ value cycle-time pilot=east region=west }} {{ status cycle-time }} 和 {{ chart cycle-time pilot=east }}

{{ map quote-to-csh }}

{{ map quote-to-cash map=as-was }}

{{ case nobody }}

{{ table cycle-time pilot=east last=many }}

{{ table cycle-time pilot=east pilot=east }}
"""


def test_what_is_wrong_is_told_with_its_line_and_column(make_project: Make) -> None:
    root = make_project({"content/guide/x.md": WRONG})
    told = [one for one in check_project(root).problems if one.mark.file == "content/guide/x.md"]
    assert [
        f"{one.mark.line}:{one.mark.column} {one.level} {one.rule}: {one.message} ({one.hint})"
        for one in told
        if one.rule != "translation"
    ] == [
        "4:6 error shortcode: a heading cannot hold a shortcode (put it into the text below)",
        (
            "8:7 error shortcode: there is no shortcode 'valeu' "
            "(did you mean 'value'? To show it as text, put `…` around it)"
        ),
        (
            "8:27 error shortcode: this shortcode is empty "
            "(known: value, status, table, chart, map, case. To show it as text, put `…` around it)"
        ),
        "8:36 error shortcode: 'value' does not say which indicator (write {{ value ID }})",
        "8:54 error unknown-indicator: unknown indicator 'cycle-tme' (did you mean 'cycle-time'?)",
        "8:87 error shortcode: what is 'east'? (write pilot=east)",
        "10:21 error unknown-pilot: unknown pilot 'esat' (did you mean 'east'?)",
        "10:55 error shortcode: what is 'pilot＝east'? (the sign ＝ is full-width; write =)",
        "10:89 error shortcode: 'value' knows no 'pilto' (did you mean 'pilot'?)",
        (
            "12:32 error shortcode: 'cycle-time' has no result of 2025-08 here "
            "(it has some from 2024-12 to 2025-01)"
        ),
        (
            "12:81 error shortcode: 'soon' is not a period; write 2025, 2025-H1, 2025-Q3, 2025-07, 2025-W27 "
            "or 2025-07-15 (write it as in the results, e.g. 2026-09 or 2026-Q3)"
        ),
        "14:32 error shortcode: 'west' is no value of region (did you mean 'east'?)",
        (
            "14:50 warning shortcode: 'cycle-time' has no results of the whole organisation "
            "(it has some of: east)"
        ),
        "14:73 error shortcode: 'chart' needs a line of its own (give it a line, with empty lines around)",
        "16:8 error unknown-process: unknown process 'quote-to-csh' (did you mean 'quote-to-cash'?)",
        "18:22 error shortcode: there is no map 'as-was' (did you mean 'as-is'?)",
        "20:9 error unknown-case: unknown case 'nobody' (known: fast-quotes)",
        "22:32 error shortcode: last=many is no number of periods (write a whole number from 1 to 60)",
        "24:32 error shortcode: 'pilot' is named twice (leave one of them out)",
    ]


def context(
    root: Path, edition: str = "staff", as_of: Period | None = None, language: str = "en"
) -> PageContext:
    figures = named_figures(figures_for(check_project(root, as_of), edition))
    form = Format(language, figures.catalogue.handbook.languages[0])
    return PageContext(figures, form, Templates(form.words), Undrawn())


def shown(ctx: PageContext, markdown: str) -> str:
    """What a text becomes, without Markdown's own part."""
    text, sections = inserted(ctx, "guide/x.md", markdown)
    return with_inserts(Page("guide/x.md", "x", "en", "guide", sections), text)


MONTH = '<data value="24.1" data-figure="series/cycle-time@east/points/2025-01/value">24.1</data>\u00a0days'


def test_a_value_is_written_as_everywhere_with_its_mark(make_project: Make) -> None:
    """The results say 24.1 of 2025-01, the only month of the quarter with a value of all regions."""
    ctx = context(make_project({}))
    asked = "It was {{ value cycle-time pilot=east period=2025-01 }}."
    assert shown(ctx, asked) == (
        f'It was <span class="hb-told" title="Order cycle; East pilot; Jan 2025">{MONTH}</span>.'
    )
    assert MONTH in shown(ctx, "{{ value cycle-time pilot=east }}")
    assert shown(ctx, "{{ value cycle-time pilot=east period=2025-Q1 }}") == (
        '<span class="hb-told" title="Order cycle; East pilot; Q1 2025"><data value="24.1" '
        'data-figure="longer/cycle-time@east/points/2025-Q1/value">24.1</data>\u00a0days'
        " (part of the period)</span>"
    )
    assert ">23.4</data>" in shown(ctx, "{{ value cycle-time pilot=east region=east period=2025-02 }}")


def test_a_status_is_no_surer_than_its_value(make_project: Make) -> None:
    """The pack asks for 22 days, 25 at most: 24.1 is near."""
    ctx = context(make_project({}))
    assert shown(ctx, "{{ status cycle-time pilot=east period=2025-01 }}") == (
        '<span class="hb-status hb-status--near">Near target</span>'
    )
    assert shown(ctx, "{{ status cycle-time pilot=east period=2025-Q1 }}") == (
        '<span class="hb-status hb-status--not-final">Near target (part of the period)</span>'
    )


def test_what_has_no_value_is_a_dash(make_project: Make) -> None:
    ctx = context(make_project({}))
    assert shown(ctx, "{{ value cycle-time }}") == '<span class="hb-told">–</span>'
    assert "–</span>" in shown(ctx, "{{ value first-pass pilot=east period=2025-02 }}")


def test_an_edition_shows_nothing_of_what_it_may_not_see(make_project: Make) -> None:
    ctx = context(make_project({}), "public")
    hidden = "What stands here is not for this edition."
    assert shown(ctx, "{{ value cycle-time pilot=east }}") == (
        '<span class="hb-told">– (not for this edition)</span>'
    )
    assert shown(ctx, "{{ status cycle-time pilot=east }}") == (
        '<span class="hb-status hb-status--no-data">No data (not for this edition)</span>'
    )
    for asked in (
        "table cycle-time",
        "table pilot=east",
        "table cycle-time pilot=east",
        "chart cycle-time pilot=east",
        "case fast-quotes",
    ):
        assert shown(ctx, f"{{{{ {asked} }}}}") == f'<p class="hb-notice">{hidden}</p>', asked


def test_a_past_tells_what_was_known_then(make_project: Make) -> None:
    ctx = context(make_project({}), as_of=Period.parse("2024-Q4"))
    assert shown(ctx, "{{ value cycle-time pilot=east }}") == '<span class="hb-told">–</span>'
    assert "nothing to show here yet" in shown(ctx, "{{ chart cycle-time pilot=east }}")
    whole = context(make_project({}), as_of=Period.parse("2025-Q1"))
    assert MONTH in shown(whole, "{{ value cycle-time pilot=east }}")


def test_tables_name_places_periods_or_a_pack(make_project: Make) -> None:
    ctx = context(make_project({}))
    places = shown(ctx, "{{ table cycle-time }}")
    assert places.count("<tr>") == 2
    assert '<a href="../pilots/east.html">East pilot</a>' in places
    course = shown(ctx, "{{ table cycle-time pilot=east }}")
    assert course.index("Jan 2025") < course.index("Dec 2024")
    assert course.count("<tr>") == 3
    assert shown(ctx, "{{ table cycle-time pilot=east last=1 }}").count("<tr>") == 2
    pack = shown(ctx, "{{ table pilot=east }}")
    assert [pack.index(name) for name in ("cycle-time", "first-pass", "satisfaction")] == sorted(
        pack.index(name) for name in ("cycle-time", "first-pass", "satisfaction")
    )


def test_a_pack_of_which_a_part_is_hidden_says_so(make_project: Make) -> None:
    root = make_project(
        {
            "data/pilots/east.yml": ("\naudience: staff\n", "\n"),
            "data/indicators/satisfaction.yml": ("id: satisfaction\n", "id: satisfaction\naudience: staff\n"),
        }
    )
    whole, part = (shown(context(root, edition), "{{ table pilot=east }}") for edition in ("staff", "public"))
    assert whole.count("<tr>") == part.count("<tr>") + 1
    assert "Only what is for this edition" in part
    assert "Only what is for this edition" not in whole


def test_charts_are_called_by_ids_and_maps_lead_to_their_process(make_project: Make) -> None:
    ctx = context(make_project({}))
    twice = shown(ctx, "{{ chart cycle-time pilot=east }}\n\n{{ chart cycle-time pilot=east }}")
    for name in ("chart-cycle-time-east", "chart-cycle-time-east-2"):
        assert f":{name}-->" in twice
    drawn = shown(ctx, "{{ map quote-to-cash map=to-be }}")
    assert 'href="../processes/quote-to-cash.html#to-be' in drawn


def test_search_and_the_index_of_cases_see_words(make_project: Make) -> None:
    ctx = context(make_project({}))
    text = "Now {{ value cycle-time pilot=east }}, {{ status cycle-time pilot=east }}.{{ case fast-quotes }}"
    assert in_words(ctx.figures, ctx.format, text) == "Now 24.1\u00a0days, Near target."


@pytest.mark.parametrize(
    ("written", "made"),
    [
        ("<p>\ue0000\ue001</p>", "<div>x</div>"),
        ("<p>\ue0001\ue001</p>", "<p><span>1</span></p>"),
        ("<p>a \ue0001\ue001</p><p>\ue0007\ue001</p>", "<p>a <span>1</span></p><p>\ue0007\ue001</p>"),
    ],
)
def test_a_block_takes_the_place_of_its_paragraph(written: str, made: str) -> None:
    sections = (Section("insert-0", 0, "", "<div>x</div>"), Section("insert-1", 0, "", "<span>1</span>"))
    assert with_inserts(Page("x.md", "x", "en", "x", sections), written) == made


def test_a_page_for_programs_says_the_values(make_project: Make) -> None:
    ctx = context(make_project({}))
    text, sections = inserted(ctx, "guide/x.md", "# x\n\nIt was {{ value cycle-time pilot=east }}.")
    page = Page("guide/x.md", "x", "en", "guide", sections, markdown=text)
    assert page_markdown(page) == "# x\n\nIt was 24.1 days.\n"


@pytest.mark.parametrize("text", ["{{7*7}}", "{{ 1 }}", "{{ * }}", "{{_}}", "{{ (a) }}"])
def test_what_begins_with_no_letter_is_text(text: str) -> None:
    assert list(shortcodes(text)) == []


def test_many_of_a_page_are_counted_and_an_error_behind_many_warnings_is_told(make_project: Make) -> None:
    root = make_project({})
    page = root / "content/index.md"
    unknown, warned = "{{ nothing }}\n\n" * 3000, "{{ value cycle-time period=1999-01 }}\n\n" * 300
    page.write_text(page.read_text(encoding="utf-8") + warned + unknown, encoding="utf-8")
    told = [one for one in check_project(root).problems if one.rule == "shortcode"]
    errors = [one for one in told if one.level == "error"]
    assert len(errors) == 100
    assert errors[-1].message == "there is no shortcode 'nothing' (and 2900 more shortcodes of this kind)"
    assert len(told) - len(errors) in (0, 100)
