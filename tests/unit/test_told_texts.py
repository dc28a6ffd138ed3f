"""Shortcodes in Markdown fields of the data: checked where they stand, shown, said in words, hidden."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from generator.compute.insight.named import named_figures
from generator.exchange.export_json import export_json
from generator.model.edition import for_audience
from generator.pipeline import check_project, figures_for
from generator.present.page import Page, Section, with_inserts
from generator.present.page_context import PageContext
from generator.present.pages.library import indicator as indicator_pages
from generator.present.parts.shortcode_values import telling
from generator.present.parts.told_texts import with_told_texts
from generator.present.store import Store
from generator.present.templates import Templates
from generator.present.text.asked import put_in
from generator.present.text.format import Format
from tests.conftest import Change
from tests.published import Undrawn

Make = Callable[[Change], Path]
INDICATOR = "data/indicators/cycle-time.yml"
DEFINITION = "definition: {zh: 从下单到交付的天数, en: Days from order to delivery}\n"


def context(root: Path, edition: str = "staff") -> PageContext:
    figures = named_figures(figures_for(check_project(root), edition))
    form = telling(Format("en", figures.catalogue.handbook.languages[0]), figures)
    return PageContext(figures, form, Templates(form.words), Undrawn())


def defined(make: Make, text: str) -> Path:
    return make({INDICATOR: (DEFINITION, text)})


def page_of(ctx: PageContext) -> Page:
    made = {page.path: page for page in indicator_pages.pages(ctx)}
    return with_told_texts(ctx, made, Store())["indicators/cycle-time.md"]


def html_of(page: Page) -> str:
    return "".join(section.html for section in page.sections)


WRITTEN = {
    "definition: Days {{ value cycle-tme pilot=east }}\n": "4:27",
    "definition: 'Days: {{ value cycle-tme }}'\n": "4:29",
    'definition: {zh: 天, en: "Days \\u2014 {{ value cycle-tme }}"}\n': "4:47",
    "definition: |\n  Days.\n\n  Now {{ value cycle-tme }}.\n": "7:16",
    "definition: >-\n  Days, now {{ value\n  cycle-tme }}.\n": "6:3",
    "definition: Days {{ value cycle-time }} {{ value cycle-tme }} {{ value cycle-tme }}\n": "4:50",
}


@pytest.mark.parametrize(("text", "place"), WRITTEN.items())
def test_what_there_is_not_is_an_error_where_it_stands(make_project: Make, text: str, place: str) -> None:
    told = [one for one in check_project(defined(make_project, text)).problems if one.level == "error"]
    first = f"{INDICATOR}:{place}: error[unknown-indicator] unknown indicator 'cycle-tme'"
    assert [str(one).partition("\n")[0] for one in told][:1] == [first]


def test_a_field_that_is_no_markdown_says_that_it_shows_none(make_project: Make) -> None:
    root = make_project({INDICATOR: ("en: Sales manager", "en: 'Sales {{ value cycle-time }}'")})
    told = [str(one).partition("\n")[0] for one in check_project(root).problems if one.rule == "shortcode"]
    said = "this field is no Markdown: the shortcode is shown as it is written"
    assert told == [f"{INDICATOR}:14:50: warning[shortcode] {said}"]


def test_a_field_shows_figures_and_charts(make_project: Make) -> None:
    value, chart = "{{ value cycle-time pilot=east period=2025-01 }}", "{{ chart cycle-time pilot=east }}"
    text = f"definition: |\n  Days, {value}.\n\n  {chart}\n"
    ctx = context(defined(make_project, text))
    page = page_of(ctx)
    html = html_of(page)
    assert ">24.1</data>\u00a0days</span>.</p>" in html
    assert ":chart-text-cycle-time-east-->" in html
    assert "{{" not in html
    assert "\ue010" not in html
    assert page.search is not None
    assert "Days, 24.1 days. Order cycle" in page.search.text
    assert page.meta["description"] == "Days, 24.1 days. Order cycle"


def test_letters_of_a_mark_in_a_text_are_no_fault_of_ours(make_project: Make) -> None:
    """Of the private use area, as icons that were copied from other pages."""
    letters = "\ue010987\ue011"
    html = html_of(
        page_of(context(defined(make_project, f"definition: Days {letters}, {{{{ value cycle-time }}}}\n")))
    )
    assert "987" not in html
    assert "\ue010" not in html


def test_within_a_line_a_chart_is_a_link_to_what_it_shows(make_project: Make) -> None:
    root = make_project(
        {INDICATOR: ("dimension: time\n", "dimension: time\naction_when_red: '{{ chart first-pass }}'\n")}
    )
    assert '<a href="first-pass.html">First-pass yield</a>' in html_of(page_of(context(root)))


HIDING = {
    "data/indicators/satisfaction.yml": ("id: satisfaction\n", "id: satisfaction\naudience: staff\n"),
    INDICATOR: (
        DEFINITION,
        (
            "definition: |\n  Days, {{ value satisfaction pilot=east }} `{{ value satisfaction }}`.\n\n"
            "  {{ table satisfaction pilot=east }}\n"
        ),
    ),
}  # fmt: skip


def test_an_edition_names_nothing_that_it_may_not_see(make_project: Make) -> None:
    """Neither its pages nor its export hold the id; the widest edition has the text as it is written."""
    root = make_project(HIDING)
    ctx = context(root, "public")
    html = html_of(page_of(ctx))
    assert 'Days, <span class="hb-told">– (not for this edition)</span>' in html
    assert "What stands here is not for this edition." in html
    assert "satisfaction" not in html
    export = export_json(figures_for(check_project(root), "public"))
    assert "satisfaction" not in export
    assert "{{ value (hidden) }} `{{ value (hidden) }}`" in export
    assert "{{ value satisfaction pilot=east }}" in export_json(figures_for(check_project(root), "staff"))


def test_a_hidden_dimension_is_not_named(make_project: Make) -> None:
    change = {
        "data/handbook.yml": ("  - id: region\n", "  - id: region\n    audience: staff\n"),
        INDICATOR: (DEFINITION, "definition: Days, {{ value cycle-time region=NA }}\n"),
    }
    catalogue = check_project(make_project(change)).catalogue
    assert catalogue is not None
    told = for_audience(catalogue, "public").indicators["cycle-time"].definition
    assert told is not None
    assert told.plain == "Days, {{ value (hidden) }}"


def test_a_mark_in_a_tag_is_left_out() -> None:
    """A piece would end the attribute, and what follows in it would become attributes of its own."""
    one, two = "\ue0101\ue011", "\ue0102\ue011"
    written = f'<p><a href="x" title="a > {one}">{one}</a></p><p>{two}</p><p>{one}</p>'
    made = put_in(written, lambda number, _: "<b>1</b>" if number == 1 else "<div>2</div>")
    assert made == '<p><a href="x" title="a > "><b>1</b></a></p><div>2</div><b>1</b>'
    page = Page("x.md", "x", "en", "x", (Section("insert-0", 0, "", '<i title="y">x</i>'),))
    assert (
        with_inserts(page, '<a title="\ue0000\ue001">\ue0000\ue001</a>')
        == '<a title=""><i title="y">x</i></a>'
    )


def test_pages_without_any_are_left_as_they_are(make_project: Make) -> None:
    ctx = context(make_project({}))
    pages = {page.path: page for page in indicator_pages.pages(ctx)}
    assert with_told_texts(ctx, pages, Store()) is pages
