"""What stays on one line, said as plainly as it is meant, and found as fast as pages need it."""

from __future__ import annotations

import random
import re

import pytest

from generator.present.page import Section, heading
from generator.present.text import unbroken as module
from generator.present.text.unbroken import unbroken

PLAIN = re.compile(
    r"(?P<date>\d{4}年(?:\d{1,2}月(?:\d{1,2}日)?|[一二三四]季度|[上下]半年|第\d{1,2}周)?|\d{1,2}月(?:\d{1,2}日)?)"
    rf"|(?P<day>\b\d{{1,2}} (?:{module._MONTHS})(?: \d{{4}})?\b"
    rf"|\b(?:{module._MONTHS}|[QH][1-4]) \d{{4}}\b)"
    r"|(?P<joined>(?<![\d.,A-Za-z])\d[\d.,]*[\u4e00-\u9fff])"
    r"|(?P<count>\d(?:</data>)? (?=(?:<[a-z][^<>]*>)?[A-Za-z\u4e00-\u9fff]))"
    rf"|(?P<before>第 (?=\d|<data)|\b(?:{module._CODES}) (?=\d|<data))"
)
"""The same, one kind after the other."""
PARTS = (
    *(
        "2026",
        "3",
        "12",
        "112",
        "\uff12\uff10\uff12\uff16",
        "年",
        "月",
        "日",
        "第",
        "第 ",
        "周",
        "季度",
        "一",
        "上半年",
        " ",
    ),
    *(
        "Jan",
        "Sep",
        "May ",
        "Q3",
        "H1 ",
        "Q5",
        "QH",
        "CNY",
        "EUR ",
        "XCNY",
        "_",
        "\n",
        "个",
        " 个",
        " days",
        " orders",
    ),
    *("</data>", "<data ", "a", "，", ".", "-"),
)


@pytest.mark.parametrize(
    ("html", "kept"),
    [
        ("<p>2026年9月</p>", "<p><h-d>2026年9月</h-d></p>"),
        ("12 Mar 2026", "12\u00a0Mar\u00a02026"),
        ("Q3 2026, XQ3 2026", "Q3\u00a02026, XQ3 2026"),
        ("共 <data>5</data> 个", "共 <data>5</data>\u00a0个"),
        ("3 pilots, <data>3</data> <b>pilots</b>", "3\u00a0pilots, <data>3</data>\u00a0<b>pilots</b>"),
        ("共5个", "共<h-d>5个</h-d>"),
        ("（11.99～12.81）", "（<h-d>11.99～12.81</h-d>）"),
        (
            "<data value=1>\u22121.2</data>–<data>3.4</data>",
            "<h-d><data value=1>\u22121.2</data>–<data>3.4</data></h-d>",
        ),
        ("3～5个", "<h-d>3～<h-d>5个</h-d></h-d>"),
        ("正常范围11.99～12.81，", "正常范围<h-d>11.99～12.81</h-d>，"),
        ("约<data>3</data>～5", "约<h-d><data>3</data>～5</h-d>"),
        ("<data>3～5</data>", "<data><h-d>3～5</h-d></data>"),
        ("<data>¥3</data>～5", "<data>¥3</data>～5"),  # never across the end of an element
        ("A4–5, 1.5.2–3", "A4–5, <h-d>1.5.2–3</h-d>"),
        ('<p title="1～2">a–b</p>', '<p title="1～2">a–b</p>'),
        ("CNY 5, ACNY 5", "CNY\u00a05, ACNY 5"),
        ('<a title="5 days">5 days</a>', '<a title="5 days">5\u00a0days</a>'),
        ('<th scope="row">2026年9月</th>', '<th scope="row">2026年9月</th>'),
        ("负责人 · 何琳\u00a0He\u00a0Lin", "负责人\u00a0· <h-d>何琳</h-d>\u00a0He\u00a0Lin"),
        ('<a title="何琳\u00a0He">何琳\u00a0He</a>', '<a title="何琳\u00a0He"><h-d>何琳</h-d>\u00a0He</a>'),
        ("共\u00a0He、何琳\u00a05", "共\u00a0He、何琳\u00a05"),
        ("<svg><text>2026年9月</text></svg>", "<svg><text>2026年9月</text></svg>"),
        ("交付部 · 王敏\u00a0Wang\u00a0Min", "交付部\u00a0· <h-d>王敏</h-d>\u00a0Wang\u00a0Min"),
        (
            '<p title="王敏\u00a0Wang">流程负责人员\u00a0Wang</p>',
            '<p title="王敏\u00a0Wang">流程负责人员\u00a0Wang</p>',
        ),
    ],
)
def test_dates_and_counts_stay_together(html: str, kept: str) -> None:
    assert unbroken(html) == kept


def test_the_fast_expression_finds_what_the_plain_one_finds() -> None:
    chance = random.Random(5)
    for _ in range(4000):
        text = "".join(chance.choices(PARTS, k=12))
        plain = [(found[0], found.start(), found.lastgroup) for found in PLAIN.finditer(text)]
        fast = [(found[0], found.start(), found.lastgroup) for found in module._part.finditer(text)]
        assert fast == [(*rest, kind if kind in ("date", "joined") else None) for *rest, kind in plain], text


def test_a_heading_keeps_its_dates_whole() -> None:
    """As everything else on a page; the words stay the same for who searches them."""
    section = Section("s", 2, "公司 2026年7月8日 & 3 个试点", "")
    html = heading(section, "link")
    assert "<h-d>2026年7月8日</h-d> &amp; 3\u00a0个试点<a" in html


@pytest.mark.parametrize(
    ("written", "set_as"),
    [
        ("98% of all", "98\u202f% of all"),
        ("<data>98</data>\u202f% of all", "<data>98</data>\u202f% of all"),
        ("到 92 % 以上", "到 92\u202f% 以上"),
        ('<a href="x%20y" title="5% more">5%</a>', '<a href="x%20y" title="5% more">5\u202f%</a>'),
        ("<svg><text>5%</text></svg><pre>5%</pre>", "<svg><text>5%</text></svg><pre>5%</pre>"),
        ("LIKE 'a%'", "LIKE 'a%'"),
    ],
)
def test_a_number_stands_thin_apart_from_its_percent_sign(written: str, set_as: str) -> None:
    assert unbroken(written).replace("\u00a0", " ") == set_as


@pytest.mark.parametrize(
    ("written", "set_as"),
    [
        ("<data>48.2</data>\u202f小时（", "<data>48.2</data>\u202f<h-d>小时</h-d>（"),
        ("提高了 1.3\u202f个百分点变为", "提高了 1.3\u202f<h-d>个百分点</h-d>变为"),
        ("12.51\u202f万元/人，", "12.51\u202f<h-d>万元/人</h-d>，"),
        ("要 6.5 小时左右", "要 6.5\u00a0<h-d>小时</h-d>左右"),
        ('<i title="2\u202f小时">2\u202f天，</i>', '<i title="2\u202f小时">2\u202f天，</i>'),
    ],
)
def test_a_unit_of_several_signs_stays_whole_behind_its_number(written: str, set_as: str) -> None:
    assert unbroken(written) == set_as
