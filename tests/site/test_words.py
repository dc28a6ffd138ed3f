"""What a reader meets on the built sample is in the page's language, and is meant for a reader."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

import pytest
from pydantic import BaseModel

from generator.load.project import load_project
from generator.model.catalogue import Catalogue
from generator.model.text import Text
from generator.model.walk import walk
from generator.present.text.words import Words
from generator.problems import Problems
from tests.built import ROOT, Site
from tests.document import Element

ABBREVIATIONS = ("CSV", "JSON", "ERP", "OA", "OKR", "Excel", "SVG", "X 矩阵")
"""Written the same in Chinese, in the product's words or the sample's: file formats and kinds of systems; the
matrix has its name from its shape."""
ANY_LANGUAGE = ("person", "aliases", "code", "table", "system")
"""Fields of the data that one spelling serves in every language: names, search words, numbers, systems."""
INITIAL = re.compile(r"[A-Z]（\d+）")
"""Heads a list of Chinese names that are ordered by their pronunciation."""
_chinese = re.compile(r"[\u2e80-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]+")
_signs = re.compile(r"[\u4e00-\u9fff]{2,4}")
_english = re.compile(r"[A-Za-z][A-Za-z'’_-]*")
_leftover = re.compile(
    r"\{[{%#]|[}%#]\}|\{\w*\}|<!--|\b(?:None|Undefined|NaN|nan|null|undefined|Traceback)\b"
    r"|\b(?:Text|Period|Duration|Markup)\(|<[\w.]+ object at|&(?:\w+|#\d+);|““|””"
)


@cache
def catalogue() -> Catalogue:
    found = load_project(ROOT, Problems())
    assert found is not None
    return found


def values() -> Iterator[tuple[tuple[str | int, ...], object]]:
    """Every value of the sample's data with the path to it."""
    data = catalogue()
    for part in (data.handbook, data.strategy, data.roadmap, data.questionnaire, data.diagnoses):
        yield from walk(part)
    for parts in (data.indicators, data.processes, data.pilots, data.reviews, data.cases):
        yield from walk(dict(parts))


@cache
def same_in_both() -> tuple[str, ...]:
    """What may stand on a page of either language, longest first: it is taken out before a page is judged."""
    said = {
        text
        for place, value in values()
        if any(name in ANY_LANGUAGE for name in place)
        for text in (value.all() if isinstance(value, Text) else [value] if isinstance(value, str) else [])
    }
    said |= {result.note for result in catalogue().results if result.note}
    said |= {Words(language)("language") for language in ("zh", "en")}
    return tuple(sorted(said, key=len, reverse=True))


def without(text: str, strings: Mapping[str, object] | tuple[str, ...]) -> str:
    for string in strings:
        text = text.replace(string, " ")
    return text


def seen(site: Site, language: str) -> Iterator[tuple[str, Element, str]]:
    """Every text on the pages of a language that is in that language, with its page."""
    for page in site.pages:
        if site.language(page) == language:
            before = ""
            for element, text in site.document(page).seen:
                if element.tag == "h-d" and _signs.fullmatch(text):
                    before = f"{text} "  # of a name: kept on one line by an element of its own
                    continue
                yield page, element, before + text
                before = ""


def place(page: str, element: Element, text: str) -> str:
    return f"{page}:{element.line}: <{element.tag}> {text[:80]}"


def test_english_pages_have_no_chinese(sample_site: Site) -> None:
    strangers = [
        place(page, element, text)
        for page, element, text in seen(sample_site, "en")
        if element.language == "en" and _chinese.search(without(text, same_in_both()))
    ]
    assert strangers == []


def test_chinese_pages_have_no_stray_english(sample_site: Site) -> None:
    names = {path.rpartition("/")[2] for path in sample_site.paths if not path.endswith(".html")}
    names |= {path.relative_to(ROOT).as_posix() for path in (ROOT / "data").rglob("*.*")}
    allowed = tuple(sorted({*same_in_both(), *names, *ABBREVIATIONS}, key=len, reverse=True))
    strangers = [
        place(page, element, text)
        for page, element, text in seen(sample_site, "zh")
        if element.language == "zh"
        and not INITIAL.fullmatch(text)
        # An address to write to is spelt the same in every language.
        and element.get("href") != f"mailto:{text}"
        and _english.search(without(text, allowed))
    ]
    assert strangers == []


def test_nothing_is_allowed_that_no_page_needs(sample_site: Site) -> None:
    """An exception that has lost its reason would hide a fault."""
    words = "\n".join(text for _, _, text in seen(sample_site, "zh"))
    assert [name for name in ABBREVIATIONS if name not in words] == []


def test_chinese_is_set_with_chinese_punctuation(sample_site: Site) -> None:
    half = re.compile(r"[\u4e00-\u9fff][,;:!?()]|[,;:!?(][\u4e00-\u9fff]")
    wrong = [
        place(page, element, text)
        for page, element, text in seen(sample_site, "zh")
        if half.search(without(text, same_in_both()))
    ]
    assert wrong == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_leftovers_of_templates_and_programs(sample_site: Site, language: str) -> None:
    leftovers = [
        place(page, element, text)
        for page, element, text in seen(sample_site, language)
        if _leftover.search(text)
    ]
    leftovers += [
        f"{page}: <!--{comment}-->"
        for page in sample_site.pages
        for comment in sample_site.document(page).comments
        if re.search(r"\w+:|handbook|\{", comment)
    ]
    assert leftovers == []


@cache
def raw_ids() -> tuple[str, ...]:
    """Ids that cannot be taken for words: with a hyphen, and in no English text of the sample."""
    english = "\n".join(value.say("en", "zh") for _, value in values() if isinstance(value, Text))
    english += "\n".join(page.body("en").markdown for page in catalogue().content)
    found = set()
    for _, value in values():
        if isinstance(value, BaseModel):
            found |= {v for n in ("id", "step", "output") if isinstance(v := getattr(value, n, None), str)}
    return tuple(sorted(name for name in found if "-" in name and name not in english))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_names_stand_where_ids_would(sample_site: Site, language: str) -> None:
    ids = raw_ids()
    assert len(ids) > 40
    any_id = re.compile(rf"(?<![\w./-])(?:{'|'.join(map(re.escape, ids))})(?![\w./-])")
    shown = [
        place(page, element, text)
        for page, element, text in seen(sample_site, language)
        if any_id.search(without(text, same_in_both()))
    ]
    assert shown == []
