"""Numbers on pages carry what they are: names lead into the export, values are those, texts say them."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from generator.load.project import load_project
from generator.model.text import Text
from generator.present.text.words import labels
from generator.problems import Problems
from tests.built import ROOT, Site
from tests.figure_names import figure_at
from tests.recount.marks import export_of, found, pages_of, says

KINDS = ("index.html", "pilots/", "indicators/", "quarters/", "evidence.html")
"""The pages on which every number is accounted for."""


def test_every_figure_of_every_page_is_that_of_the_export(sample_site: Site) -> None:
    told, count = export_of(sample_site.folder), 0
    for page, marks in pages_of(sample_site.folder):
        for mark in marks:
            count += 1
            value = figure_at(told, mark.name)
            assert value == found(told, mark.name)
            assert isinstance(value, int | float), (page, mark)
            assert float(mark.value) == float(value), (page, mark)
    assert count > 20_000


def test_every_figure_is_shown_as_its_value_rounded_to_the_digits_shown(sample_site: Site) -> None:
    wrong = [(page, mark) for page, marks in pages_of(sample_site.folder) for mark in marks if not says(mark)]
    assert wrong == []


def test_a_figure_is_told_with_the_same_digits_wherever_a_page_tells_it(sample_site: Site) -> None:
    """No value is 12.5 in one place of a page and 12.51 in another; a verb may take the place of a sign."""
    wrong = []
    for page, marks in pages_of(sample_site.folder):
        told: dict[str, set[str]] = {}
        for mark in marks:
            told.setdefault(mark.name, set()).add(mark.text.lstrip("+\u2212"))
        wrong += [(page, name, sorted(texts)) for name, texts in told.items() if len(texts) > 1]
    assert wrong == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_number_stands_unmarked_but_of_the_kinds_that_are_no_figures(
    sample_site: Site, language: str
) -> None:
    left = {}
    known = _not_figures(language)
    for own in sample_site.own_pages(language):
        if not own.startswith(KINDS):
            continue
        text = (sample_site.folder / sample_site.address(language, own)).read_text(encoding="utf-8")
        for line in _unmarked(text):
            rest = known.sub(" ", _close(line))
            if re.search(r"\d", rest):
                left.setdefault(rest.strip(), (own, line))
    assert left == {}


def _not_figures(language: str) -> re.Pattern[str]:
    """What may hold digits without being a figure: what authors wrote, the product's own wordings, periods,
    days, ids and codes, the number of a step of the roadmap, "of 100", how many rows a sheet of paper or
    how many filters a form has no room for."""
    problems = Problems()
    catalogue = load_project(ROOT, problems)
    assert catalogue is not None
    first = catalogue.handbook.languages[0]
    written = {one for one in _texts(catalogue, language, first) if _tells(one)}
    pieces = set()
    for key, label in labels(language).items():
        if not key.startswith(("months.", "period.", "numerals.", "halves.")):
            pieces |= {piece.strip() for piece in re.split(r"\{[^}]*\}", label) if _tells(piece)}
    months = "|".join(labels(language)[f"months.{number}"] for number in range(1, 13))
    periods = (
        rf"\d{{1,2}} (?:{months}) \d{{4}}|(?:{months}) \d{{4}}|Q\d \d{{4}}|H\d \d{{4}}|FY ?\d{{4}}"
        r"|Week \d+, \d{4}|\d{4}-\d\d-\d\d"
        r"|\d{4}年(?:\d+月(?:\d+日)?|第\d+周|[一二三四]季度|[上下]半年)?|\b20\d\d\b|\d{4}"
    )
    names = "|".join(re.escape(step.name.say(language, first)) for step in catalogue.roadmap.steps)
    steps = (
        rf"\d (?:{names})|"
        r"Step \d+|第 ?\d+ ?步|of 100|另有 \d+ 条|\d+ more on the page|更多条件（\d+）|More filters \(\d+\)"
        r"|100 (?:个月|周|天|个季度|个半年|年)里?"
        r"(?:有 99 个?[月周天季半年度]+以上|不到 1 个?[月周天季半年度]+)?"
    )
    # What was told before a result was restated is in no export of today.
    told = {f"{one.row.value:.1f}" for one in catalogue.restated if one.row.value is not None}
    before = rf"(?:restated from|由) (?:{'|'.join(re.escape(one) for one in sorted(told))})%"
    plain = sorted((re.escape(_close(one)) for one in written | pieces), key=len, reverse=True)
    return re.compile("|".join((*plain, steps, before, periods)))


def _close(text: str) -> str:
    """Numbers close to their %, as pages do not write them but labels and authors may."""
    return re.sub(r"(?<=\d)\s+%", "%", text)


def _tells(text: str) -> bool:
    """Whether a text has digits and enough words around them to be known again."""
    return bool(re.search(r"\d", text) and re.search(r"[^\W\d]|%", text))


def _texts(value: object, language: str, first: str) -> list[str]:
    """Every text in the model, as lines without Markdown's signs."""
    made: list[str] = []
    seen: set[int] = set()

    def walk(one: object) -> None:
        if isinstance(one, Text):
            made.extend(_plain(one.say(language, first)))
        elif isinstance(one, str):
            made.extend(_plain(one))
        elif isinstance(one, dict) or hasattr(one, "items"):
            for inner in one.values():  # type: ignore[attr-defined]
                walk(inner)
        elif isinstance(one, list | tuple):
            for inner in one:
                walk(inner)
        elif id(one) not in seen and hasattr(one, "__dict__"):
            seen.add(id(one))
            for inner in vars(one).values():
                walk(inner)

    walk(value)
    return made


def _plain(text: str) -> list[str]:
    """The lines of a Markdown text as a page shows them."""
    lines = []
    for line in text.splitlines():
        bare = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", line.strip().lstrip("#-*> "))
        lines.append(re.sub(r"[*_`]", "", re.sub(r"^\d+[.)] ", "", bare)))
    return lines


class _Text(HTMLParser):
    """The text of a page's article by blocks; without marks, drawings, scripts, controls and addresses."""

    BLOCKS = frozenset(("p", "li", "td", "th", "h1", "h2", "h3", "h4", "dt", "dd", "figcaption", "div"))
    SKIPPED = frozenset(["svg", "script", "style", "select", "template", "nav"])

    def __init__(self) -> None:
        super().__init__()
        self.lines = [""]
        self._skipped = self._inside = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._skipped += tag in self.SKIPPED or tag == "data"
        self._inside += tag == "article"
        if tag in self.BLOCKS:
            self.lines.append("")

    def handle_endtag(self, tag: str) -> None:
        self._skipped -= tag in self.SKIPPED or tag == "data"
        self._inside -= tag == "article"

    def handle_data(self, data: str) -> None:
        if self._inside and not self._skipped:
            self.lines[-1] += data


def _unmarked(html: str) -> list[str]:
    reader = _Text()
    reader.feed(html)
    return [re.sub(r"\s+", " ", line).strip() for line in reader.lines if re.search(r"\d", line)]
