"""Editions never change a verdict, on pages: what a narrow edition says in figures the widest says too.

Every page of both editions is made with its texts and without drawing its charts, whose data stand in their
tables. A clause with a figure in it must stand on the same page of the widest edition, or its sentence says
that something is not for this edition. Filters and categories say how many of a list they leave: those are
counts of what is listed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest
from markupsafe import Markup

from generator.compute.figures import Figures
from generator.compute.seen import hides_reviews
from generator.model.catalogue import Catalogue
from generator.present.charts.draw import Drawings
from generator.present.page_context import PageContext
from generator.present.pages import PAGE_KINDS
from generator.present.templates import Templates
from generator.present.text.format import Format
from tests.unit.test_edition_figures import drawn, editions, marked, sample

WITHHELD = re.compile(r"本版|不公开|不给出|这里的\s\d+\s张控制图")
"""Words that say that something is not for the edition, or that a figure is about the charts of a list."""
AGENDA = re.compile(r'<dl class="hb-agenda".*?</dl>', re.DOTALL)
"""What changed since the last review: since another one where the edition hides the last."""
WAYS = ("上一", "下一")
"""What leads to the page before or after: an edition has fewer of them."""
_block = re.compile(r"</?(?:p|td|th|li|div|h[1-6]|figure|dd|dt|tr|title|text|span|a|nav)\b[^>]*>")
_tag = re.compile(r"<[^>]*>")
_sentence = re.compile(r"[。\n|]+")
_clause = re.compile(r"[，；：（）、·]+| ; ")
_listed = re.compile(
    r"<option.*?</option>|<desc.*?</desc>|<li><a href=\"[^\"]*category=.*?</li>"
    # The axis of small pictures reaches as far as what is drawn, as that of every chart does.
    r"|<svg class=\"hb-panel__ends\".*?</svg>"
    # How many filters stand folded: fewer where a list has less to tell apart.
    r"|<details class=\"hb-filter__more\"><summary>.*?</summary>",
    re.DOTALL,
)


class Told(Drawings):
    """Puts the words and the data of a chart where its drawing would stand."""

    def __init__(self) -> None:
        super().__init__(None)

    def place(
        self, spec: dict[str, Any], name: str, title: str, description: str, table: Any = ()
    ) -> tuple[Markup, Markup]:
        rows = [" ; ".join(map(str, row)) for row in table]
        return Markup("|".join([title, description, *rows]).replace("<", "&lt;")), Markup("")


def pages_of(figures: Figures, language: str = "zh") -> dict[str, str]:
    """All pages of an edition by path, as HTML."""
    form = Format(language, "zh")
    ctx = PageContext(figures, form, Templates(form.words), Told())
    return {
        page.path: "\n".join(section.html for section in page.sections)
        for kind in PAGE_KINDS
        for page in kind.pages(ctx)
    }


def clauses(html: str) -> set[str]:
    """The clauses of a page that hold a figure, without sentences that say that something is withheld."""
    text = _tag.sub("", _block.sub("\n", _listed.sub("", html)))
    return {
        part
        for sentence in _sentence.split(text)
        if not WITHHELD.search(sentence)
        for clause in _clause.split(sentence)
        if re.search(r"\d", part := unescape(clause).strip()) and not part.startswith(WAYS)
    }


def without_agendas(figures: Figures, path: str, html: str) -> str:
    """A page without what changed for pilots that have hidden reviews (`test_edition_days` is about it)."""
    name, catalogue = path.rpartition("/")[2].removesuffix(".md"), figures.catalogue
    pilot = catalogue.reviews[name].pilot if name in catalogue.reviews else name
    hides = [other for other in catalogue.pilots if hides_reviews(figures, other)]
    return AGENDA.sub("", html) if pilot in hides or (name == "agenda" and hides) else html


def news(narrow: Figures, wide: Figures) -> Iterator[str]:
    """What a narrow edition says in figures that the wide one does not."""
    ours, theirs = pages_of(narrow), pages_of(wide)
    for path, html in ours.items():
        known = clauses(theirs.get(path, ""))
        if path == "roadmap/index.md":  # with one pilot seen, its own time line stands for that of all
            known = known.union(*(clauses(page) for name, page in theirs.items() if "pilots/" in name))
        if path.endswith("-a4.md"):  # its lists end where the sheet does; what is on it stands on the page
            known = known.union(clauses(theirs.get(path.replace("-a4.md", ".md"), "")))
        if path == "agenda.md":  # it names the last review that it is told from
            known = known.union(clauses(theirs.get("reviews/index.md", "")))
        for clause in sorted(clauses(without_agendas(narrow, path, html)) - known):
            yield f"{path}: {clause}"


@pytest.mark.parametrize("edition", ["public", "staff"])
def test_pages_of_the_sample_tell_the_figures_of_the_widest_edition(edition: str) -> None:
    assert list(news(*editions(sample(), edition))) == []


@pytest.mark.parametrize("seed", range(2))
def test_whatever_is_hidden_pages_tell_no_other_figure(seed: int) -> None:
    catalogue: Catalogue = drawn(seed)
    assert list(news(*editions(catalogue))) == []


def test_the_comparison_of_pages_sees_a_count_of_the_rest() -> None:
    narrow, wide = editions(marked(indicators=("collection-on-time",)))
    assert [line for line in news(wide, narrow) if line.startswith("pilots/lead-to-cash-east.md")]
