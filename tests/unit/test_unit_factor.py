"""12.51 万元 is CNY 125,100: a language may count values in another size than the data."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from generator.compute.series.possible import Possible
from generator.load.written_number import factor_of
from generator.model.text import Text
from generator.model.unit import data_unit
from generator.present.text.format import Format
from generator.present.text.moved import moved
from generator.present.text.units import around
from tests.recount.marks import Mark, says
from tests.recount.sizes import wrongly_sized
from tests.unit.made import indicator
from tests.unit.small_book import put, read, small_book, sound

ROOT = Path(__file__).parents[2]
PRESENT = ROOT / "generator/present"
SPACES = ("\u00a0", "\u202f")


def per_head(**also: object):
    unit = {"zh": "万元/人", "en": "CNY per head"}
    return indicator(unit=unit, unit_before=["en"], unit_factor={"en": 10000}, decimals=2, **also)


def changed(book: Path, keys: str) -> Path:
    """The book with other words about the unit of one of its indicators."""
    file = book / "data/indicators/revenue.yml"
    old = "unit: {zh: 元, en: yuan}\n"
    file.write_text(file.read_text(encoding="utf-8").replace(old, keys), encoding="utf-8")
    return book


def said(text: str) -> str:
    for space in SPACES:
        text = text.replace(space, " ")
    return text


def test_a_value_is_told_in_the_size_of_the_language():
    """By hand: 12.514 is 12.51 万元, which is 125,100 yuan; no language tells more digits than another."""
    zh, en = Format("zh", "zh"), Format("en", "zh")
    assert said(zh.valued(12.514, per_head())) == "12.51 万元/人"
    assert said(en.valued(12.514, per_head())) == "CNY 125,100 per head"
    assert en.value(12.514, per_head()) == "125,100"
    assert en.value(12.514, per_head(), 3) == "125,140"
    assert en.value(None, per_head()) == "–"


def test_differences_and_ranges_of_them_too():
    en = Format("en", "zh")
    assert said(en.difference(-0.5, per_head(), signed=True)) == "CNY −5,000 per head"
    assert en.difference(0.5, per_head(), unit=False) == "+5,000"
    assert en.ends((-0.56, -0.43), per_head()) == ("−5,600", "−4,300")
    told = moved(en, -0.5, (-0.56, -0.43), per_head())
    assert said(told["moved"]) == "down by CNY 5,000 per head"
    assert (told["low"], told["high"]) == ("4,300", "5,600")


@pytest.mark.parametrize(
    ("factor", "decimals", "value", "shown"),
    [(1000, 1, 2.25, "2,200"), (0.001, 0, 1240, "1.240"), (10, 3, 1.2345, "12.34"), (100, 2, 0.005, "0")],
)
def test_digits_are_those_of_the_data(factor: float, decimals: int, value: float, shown: str):
    """A half goes to the even digit of the data's unit: 2.25 is 2.2, so 2,200."""
    one = indicator(unit={"zh": "甲", "en": "units"}, unit_factor={"en": factor}, decimals=decimals)
    assert Format("en", "zh").value(value, one) == shown


def test_what_can_be_is_counted_in_the_same_size():
    assert Possible(0.0, 12.5).times(10000) == Possible(0.0, 125000.0)
    assert Possible(None, 0.1).times(1) == Possible(None, 0.1)


def test_a_unit_on_both_sides_of_its_number():
    en = Format("en", "zh")

    def unit(text: str) -> str:
        return said("".join(around("7", en.unit(indicator(unit={"en": text}, unit_before=["en"])))))

    assert unit("CNY per head") == "CNY 7 per head"
    assert unit("CNY/head") == "CNY 7/head"
    assert unit("$") == "$7"


def test_a_unit_said_in_the_words_of_another_language_is_in_their_size():
    """Without a unit in Chinese the English one stands in, which counts in CNY: 12.5 is 125,000 of them."""
    one = indicator(unit={"en": "CNY"}, unit_factor={"en": 10000})
    assert said(Format("zh", "zh").valued(12.5, one)) == "125,000 CNY"
    assert data_unit(one.unit, one.unit_factor, "zh", "zh") == "10,000 CNY"
    both = indicator(unit={"zh": "元", "en": "CNY"}, unit_factor={"zh": 10000, "en": 10000})
    assert said(Format("ja", "zh").valued(12.5, both)) == "125,000 元"


def test_data_say_the_size_that_they_are_in():
    unit = Text.of({"zh": "万元/人", "en": "CNY per head"})
    assert data_unit(unit, {"en": 10000}, "zh", "zh") == "万元/人"
    assert data_unit(unit, {"en": 10000}, "en", "zh") == "10,000 CNY per head"
    assert data_unit(unit, {"en": 0.001}, "en", "zh") == "0.001 CNY per head"


@pytest.mark.parametrize(
    ("written", "factor"),
    [("万元/人", 1), ("CNY per head", 1e-4), ("万 CNY per head", None), ("万", 1), ("元/人", None)],
)
def test_results_may_be_written_in_the_unit_of_either_language(written: str, factor: float | None):
    unit = Text.of({"en": "CNY per head", "zh": "万元/人"})
    assert factor_of(written, unit, (), {"en": 10000}) == factor


def test_a_system_of_units_reckons_from_the_size_of_the_name_it_knows():
    """The system knows CNY, of which the data count ten thousand: USD 2 are 14.2 CNY, 0.00142 of them."""
    unit = Text.of({"en": "CNY", "zh": "万元"})
    assert factor_of("USD", unit, ({"CNY": 1, "USD": 7.1},), {"en": 10000}) == pytest.approx(7.1e-4)


def test_a_cell_in_the_english_unit_is_read(tmp_path: Path):
    book = changed(small_book(tmp_path), "unit: {zh: 万元, en: CNY}\nunit_factor: {en: 10000}\n")
    put(book, "a.csv", "period,indicator,pilot,value\n2026-01,revenue,,125100 CNY\n2026-02,revenue,,12.6\n")
    assert sound(book) == [("2026-01", "revenue", 12.51), ("2026-02", "revenue", 12.6)]


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        ("unit: {zh: 万元}\nunit_factor: {en: 10000}\n", "the unit says nothing of its own in 'en'"),
        ("unit: 万元\nunit_factor: {en: 10000}\n", "the unit says nothing of its own in 'en'"),
        ("unit: {zh: CNY, en: CNY}\nunit_factor: {en: 10000}\n", "'CNY' is the unit of values in two sizes"),
        ("unit: {zh: 万元, en: CNY}\nunit_factor: {en: 12}\n", "12 is no power of ten"),
        ("unit: {zh: 万元, en: CNY}\nunit_factor: {en: -10}\n", "-10 is no power of ten"),
    ],
)
def test_a_factor_that_would_mislead_is_refused(tmp_path: Path, keys: str, message: str):
    _, problems = read(changed(small_book(tmp_path), keys))
    assert [one for one in problems if one.level == "error" and message in one.message]


def test_no_page_formats_an_indicators_value_past_its_size():
    """Values of an indicator go through `value`, `valued` or `difference`, never through `number`."""
    wrong = []
    for file in PRESENT.rglob("*.py"):
        if file.name in ("format.py", "units.py"):
            continue
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                continue
            if node.func.attr not in ("number", "with_unit"):
                continue
            words = ast.unparse(node)
            if re.search(r"\b(indicator|found|own)\.decimals|places\(|\bunit\(", words):
                wrong.append(f"{file.relative_to(ROOT)}:{node.lineno}: {words}")
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "shown", "sized"),
    [
        ("125,100", True, True),
        ("125,140", True, True),  # with a digit more
        ("125,000", True, False),  # 12.5, where the indicator has two decimals
        ("100,000", False, False),
        ("12.51", False, False),
        ("126,000", False, False),
    ],
)
def test_the_recount_takes_no_other_figure_for_a_value_in_another_size(text: str, shown: bool, sized: bool):
    """12.514 in the data, times 10,000: noughts at the end are no digits, but not at any length."""
    known = {"per-head": {"unit_factor": {"en": 10000}, "decimals": 2}}
    mark = Mark("series/per-head/points/2026-09/value", "12.514", "10000", text)
    assert (says(mark), not wrongly_sized(known, "en", mark)) == (shown, sized)
    assert wrongly_sized(known, "en", mark._replace(of=""))
    assert wrongly_sized(known, "zh", mark)
