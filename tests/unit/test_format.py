"""Numbers, periods and authors' texts as each language writes them: exact texts."""

import pytest

from generator.model.duration import Duration
from generator.model.period import Period
from generator.model.text import Text
from generator.present.text.format import Format
from generator.present.text.own_words import OwnWords
from tests.unit.made import indicator

ZH, EN = Format("zh", "zh"), Format("en", "zh")


@pytest.mark.parametrize(
    ("value", "decimals", "signed", "expected"),
    [
        (1234567.891, 1, False, "1,234,567.9"),
        (-0.5, 1, True, "−0.5"),
        (0.5, 1, True, "+0.5"),
        (0, 1, True, "0.0"),
        (-0.04, 1, True, "0.0"),
        (2.5, 0, False, "2"),
        (3.5, 0, False, "4"),
        (0.125, 2, False, "0.12"),
        (20.15, 1, False, "20.2"),
        (None, 1, False, "–"),
    ],
)
def test_numbers(value, decimals, signed, expected):
    assert ZH.number(value, decimals, signed) == expected


@pytest.mark.parametrize(
    ("period", "zh", "en"),
    [
        ("2025", "2025年", "2025"),
        ("2025-H1", "2025年上半年", "H1 2025"),
        ("2025-Q3", "2025年三季度", "Q3 2025"),
        ("2025-07", "2025年7月", "Jul 2025"),
        ("2025-W27", "2025年第27周", "Week 27, 2025"),
        ("2025-07-15", "2025年7月15日", "15 Jul 2025"),
    ],
)
def test_periods(period, zh, en):
    assert ZH.period(Period.parse(period)) == zh
    assert EN.period(Period.parse(period)) == en


def test_under_an_axis_the_year_stands_only_where_it_begins():
    months = [Period.parse(text) for text in ("2024-11", "2024-12", "2025-01", "2025-02")]
    assert [ZH.axis_period(month, index == 0) for index, month in enumerate(months)] == [
        "2024年11月", "12月", "2025年", "2月",
    ]  # fmt: skip
    assert [EN.axis_period(month, index == 0) for index, month in enumerate(months)] == [
        "Nov 2024", "Dec", "2025", "Feb",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("periods", "zh", "en"),
    [
        (["2024-Q4", "2025-Q1", "2025-Q2"], ["2024年四季度", "2025年", "二季度"], ["Q4 2024", "2025", "Q2"]),
        (["2024-H2", "2025-H1", "2025-H2"], ["2024年下半年", "2025年", "下半年"], ["H2 2024", "2025", "H2"]),
        (
            ["2024-W52", "2025-W01", "2025-W02"],
            ["2024年第52周", "2025年", "第2周"],
            ["Week 52, 2024", "2025", "w2"],
        ),
    ],
)
def test_a_year_is_told_by_itself_under_every_axis_of_its_parts(periods, zh, en):
    shown = [Period.parse(text) for text in periods]
    assert [ZH.axis_period(one, place == 0) for place, one in enumerate(shown)] == zh
    assert [EN.axis_period(one, place == 0) for place, one in enumerate(shown)] == en


def test_a_fiscal_year_is_told_as_such_under_its_quarters():
    quarters = [Period.parse(text) for text in ("2024-Q4", "2025-Q1", "2025-Q2")]
    for language, told in (("zh", "2025财年"), ("en", "FY2025")):
        form = Format(language, "zh", OwnWords(fiscal=True))
        assert form.axis_period(quarters[1], False) == told
        assert form.axis_period(Period.parse("2025-01"), False) == told.strip("FY").replace("财年", "年")


def test_times_and_shares():
    assert (ZH.duration(Duration.parse("1.5d")), EN.duration(Duration.parse("30m"))) == ("1.5 天", "30 min")
    assert (ZH.hours(0.5), ZH.hours(4), ZH.hours(20)) == ("30 分钟", "4.0 小时", "2.5 天")
    assert (EN.share(0.485, 1), EN.share(None)) == ("48.5\u202f%", "–")
    assert EN.with_unit(20.14, "days", 1) == "20.1\u00a0days"
    assert EN.with_unit(3, "Übergaben", 0) == "3\u00a0Übergaben"
    assert (EN.with_unit(3, "°C", 0), ZH.with_unit(3, "天", 0)) == ("3\u202f°C", "3\u202f天")


def test_texts_fall_back_to_the_first_language():
    assert EN.text(Text.of({"zh": "指标"})) == "指标"
    assert EN.text(Text.of({"zh": "指标", "en": "indicator"})) == "indicator"
    assert EN.text(Text.of("ERP")) == "ERP"
    assert EN.text(None) == ""


def test_a_difference_of_percentages_is_in_percentage_points():
    """95 % after 90 % is 5 percentage points, not 5 % more; other units keep their own word."""
    share, days = indicator(unit="%"), indicator()
    said = [
        (
            form.difference(5, share),
            form.difference(5, share, unit=False),
            form.difference(5, share, spelled=True),
        )
        for form in (ZH, EN)
    ]
    assert said == [
        ("+5.0\u202f个百分点",) * 3,
        ("+5.0\u00a0pp", "+5.0\u00a0pp", "+5.0\u00a0percentage points"),
    ]
    assert (EN.difference(-5, days), EN.difference(-5, days, unit=False)) == ("−5.0\u00a0days", "−5.0")
    assert EN.difference(2, share, signed=False, decimals=0) == "2\u00a0pp"
    assert EN.difference(None, share) == "–"
    assert ZH.ends((-1, 2), share) == ("−1.0", "+2.0\u202f个百分点")
    assert ZH.ends((-1, 2), days) == ("−1.0", "+2.0")


def test_years_in_two_calendar_years_are_marked() -> None:
    """Of a handbook whose years start in April; months and weeks are the calendar's."""
    said = {"FY2026": "2026", "FY2026 H1": "2026-H1", "FY2026 Q3": "2026-Q3", "FY2024–2025": "2024-2Y"}
    own = OwnWords(fiscal=True)
    assert {Format("en", "en", own).period(Period.parse(text)): text for text in said.values()} == said
    assert Format("zh", "zh", own).period(Period.parse("2026-Q3")) == "2026财年三季度"
    assert Format("zh", "zh", own).period(Period.parse("2026-09")) == "2026年9月"
    assert Format("zh", "zh").period(Period.parse("2026-Q3")) == "2026年三季度"


@pytest.mark.parametrize(
    ("unit", "language", "said"),
    [
        ({"zh": "元", "en": "CNY"}, "en", "CNY\u00a01,240"),
        ({"zh": "元", "en": "CNY"}, "zh", "1,240\u202f元"),
        ({"zh": "元", "en": "$"}, "en", "$1,240"),
    ],
)
def test_a_unit_stands_where_the_language_puts_it(unit: dict[str, str], language: str, said: str) -> None:
    one = indicator(unit=unit, unit_before=["en"], decimals=0)
    form = Format(language, "zh")
    assert form.with_unit(1240, form.unit(one)) == said
    assert form.difference(-5, one, signed=True) == said.replace("1,240", "−5")


@pytest.mark.parametrize(
    ("unit", "said"),
    [
        ("days", "1\u00a0day"),
        ("percentage points", "1\u00a0percentage point"),
        ("tickets per head", "1\u00a0ticket per head"),
        ("batches / h", "1\u00a0batch / h"),
        ("queries", "1\u00a0query"),
        ("boxes", "1\u00a0box"),
        ("gas", "1\u00a0gas"),
        ("CNY per head", "1\u00a0CNY per head"),
        ("%", "1\u202f%"),
    ],
)
def test_english_says_one_of_a_unit_and_so_does_a_difference(unit, said):
    assert EN.with_unit(1, unit) == said
    assert EN.with_unit(-1, unit, signed=True) == "−" + said
    assert EN.magnitude(-1, unit, indicator(unit=unit, decimals=0)) == said
    assert EN.with_unit(1, "days", 1) == "1.0\u00a0days"
    assert EN.with_unit(11, "days") == "11\u00a0days"
    assert ZH.with_unit(1, "days") == "1\u00a0days"


def test_names_with_dots_or_commas_of_their_own_stand_between_semicolons():
    assert EN.join(["Sales", "Delivery"]) == "Sales, Delivery"
    assert EN.join(["Sales · Manager", "Delivery"]) == "Sales · Manager; Delivery"
    assert ZH.join(["派单交给规则，人管例外", "会签一条"]) == "派单交给规则，人管例外；会签一条"
    assert ZH.join(["合同会签", "会签一条"]) == "合同会签、会签一条"
