"""The labels: every language says the same things, and everything that is said is used."""

import re
import string
from pathlib import Path

import pytest
from markupsafe import Markup, escape

from generator.check import RULES
from generator.compute.insight.named import Figure
from generator.present.parts.edition import counted
from generator.present.text.format import Format
from generator.present.text.own_words import OwnWords
from generator.present.text.words import Words, labels, languages
from generator.present.theme_files import theme_dir

ROOT = Path(__file__).parents[2]
CODE = "\n".join(
    path.read_text(encoding="utf-8")
    for folder, pattern in ((ROOT / "generator", "*.py"), (theme_dir() / "templates", "*.jinja"))
    for path in sorted(folder.rglob(pattern))
)


def names(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_all_languages_have_the_same_labels_with_the_same_names():
    zh, en = labels("zh"), labels("en")
    plural = {key for key in en if key.endswith(".one")}
    assert set(zh) == set(en) - plural
    for key, text in zh.items():
        assert names(text) == names(en[key]) or key.startswith(("period.", "axis.")), key


def test_chinese_labels_have_no_latin_words_and_english_ones_no_chinese():
    allowed = {"JSON", "CSV", "PDF"}
    for key, text in labels("zh").items():
        words = set(re.findall(r"[A-Za-z]{2,}", re.sub(r"\{\w*\}", "", text)))
        assert words <= allowed, key
    for key, text in labels("en").items():
        assert not re.search(r"[\u3000-\u9fff\uff00-\uffef]", text), key


def counting(key: str) -> str:
    """The counting label that a form belongs to; any other key as it is."""
    forms = key.removesuffix(".none") if f"{key.removesuffix('.none')}.other" in labels("zh") else key
    return forms.removesuffix(".other")


def test_every_label_is_used():
    """A key, or a prefix of it that code completes, stands in the code or a template."""
    completed = set(re.findall(r'"([a-z_-]+\.[a-z_.-]*)\{', CODE))
    unused = [
        key
        for key in labels("zh")
        if f'"{key}"' not in CODE
        and f'"{counting(key)}"' not in CODE
        and not any(key.startswith(prefix) for prefix in completed)
    ]
    assert unused == []


def test_unknown_keys_and_languages_are_refused():
    with pytest.raises(KeyError):
        Words("zh")("no.such.label")
    with pytest.raises(KeyError, match="no labels for the language 'xx'; there are: en, zh"):
        labels("xx")
    assert languages() == ("en", "zh")


def test_counting_labels_choose_their_form():
    words = Words("en")
    assert words.count("home.pilots", 1) == "one pilot"
    assert words.count("home.pilots", 3) == "3 pilots"
    assert Words("zh").count("home.pilots", 1) == "1 个试点"
    assert words.count("verdict.unjudged", 0, of=0) == "its pack has no indicators yet"
    assert words.count("changes.summary", 0) == "Nothing has been changed in the library yet."
    assert Words("zh").count("tree.summary", 0) == "还没有写明指标之间的带动关系。"


def test_nothing_for_an_edition_is_not_said_to_be_nothing_at_all():
    form = Format("en", "en")
    assert counted(form, "changes.summary", (), ()) == "Nothing has been changed in the library yet."
    assert counted(form, "changes.summary", (), range(7)) == (
        "0 changes in the library, newest first (7 in all; the others are not for this edition)."
    )


def test_every_rule_and_nothing_else_has_a_name_and_a_reason_for_managers():
    wanted = {f"rules.{rule.id}.{part}" for rule in RULES for part in ("name", "why")}
    for language in languages():
        assert {key for key in labels(language) if key.startswith("rules.")} == wanted


def test_an_opening_phrase_ends_with_a_comma():
    """After “Fast lane” (Sep 2025), lead time went: what opens a sentence is parted from what follows."""
    opening = re.compile(r"(?:^|[.;:] )(?:After|Since|Against|Until|Within) \{\w+\}(?! ?[,:;.]|$| to\b)")
    for key, text in labels("en").items():
        assert not opening.search(text), key


@pytest.mark.parametrize(
    ("name", "inside"),
    [
        ("Order cycle time", "order cycle time"),
        ("On-time delivery rate", "on-time delivery rate"),
        ("NPS", "NPS"),
        ("IT cost per head", "IT cost per head"),
        ("Order Cycle Time", "Order Cycle Time"),
        ("Answers by the CEO", "Answers by the CEO"),
        ("Monday backlog", "Monday backlog"),
        ("订单周期", "订单周期"),
    ],
)
def test_an_indicator_begins_small_inside_an_english_sentence(name, inside):
    assert Words("en").name_inside(name) == inside
    assert Words("zh").name_inside(name) == name


@pytest.mark.parametrize(
    ("name", "inside"),
    [
        ("Berlin lead time", "Berlin lead time"),
        ("Saint-Denis lead time", "Saint-Denis lead time"),
        ("Berliner lead time", "berliner lead time"),
        ("Lead time in berlin", "lead time in berlin"),
        ("Monday backlog", "Monday backlog"),
    ],
)
def test_a_proper_noun_of_the_handbook_keeps_its_capital(name, inside):
    assert Words("en", OwnWords(proper_nouns=("Berlin", "Saint-Denis"))).name_inside(name) == inside


@pytest.mark.parametrize(
    ("parts", "english", "chinese"),
    [
        ([], "", ""),
        (["a"], "a", "a"),
        (["a", "b"], "a and b", "a、b"),
        (["a", "b", "c"], "a, b and c", "a、b、c"),
        ([Markup("<b>a</b>"), "b<", "c"], "<b>a</b>, b&lt; and c", "<b>a</b>、b&lt;、c"),
    ],
)
def test_a_list_inside_a_sentence_ends_with_and(parts, english, chinese):
    assert Format("en", "zh").listed(parts) == english
    assert Format("zh", "zh").listed(parts) == chinese


def test_a_figure_in_a_list_inside_a_sentence_keeps_its_name():
    form = Format("en", "zh")
    said = form.listed(["one", form.number(Figure(2.4, "pilots/north", "score"))])
    assert escape(said) == 'one and <data value="2.4" data-figure="pilots/north/score">2</data>'


def test_one_cause_of_several_is_outside_and_two_are():
    words = Words("en")
    told = [words.count("levels.reach", n, outside=n, of=4, share="25 %") for n in (1, 2)]
    assert told[0].startswith("One of 4 causes (25 %) is outside")
    assert told[1].startswith("2 of 4 causes (25 %) are outside")
