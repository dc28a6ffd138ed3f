"""One vocabulary: what the labels and the prose never say, what they say, and where a method is named."""

from __future__ import annotations

import re

import pytest

from generator.pipeline import check_project
from generator.present.text.own_words import OwnWords, own_words
from generator.present.text.words import Words, labels
from tests.built import ROOT
from tests.unit.test_own_words import begun

PROSE = ("content", "data", "generator/starter", "generator/model")
NEVER = {
    "zh": (
        "分不清}|与正常波动分不清|不能与正常波动区分",
        "可以排除变差|排除任何变差|只能排除",
        "走完目标|走了几成",
        "算成功”|怎样算成功",
        "激励用法",
        "影响者|影响它的指标",
        "超挑战",
        "两条腿",
        "带走",
        "达标不稳定",
        "堵点|最堵",
        "短会|长会|小复盘|大复盘|长周期复盘",
        "领先区|领跑区",
        "增效",
        "看不出变化",
        "关键成果",
    ),
    "en": (
        r"told from (normal variation|noise)",
        "evidence enough",
        r"\breckon(ed|s)?\b",
        "tied to pay|hooked to|hangs on it",
        r"\bblockages?\b",
        "take away",
        "two legs",
        "rules out a worsening",
        "no clear change",
    ),
}
SAID = {
    "zh": {
        "effect.verdict.none.unclear": "看不出差别，仍在正常波动之内",
        "effect.ruled.some": "即使变差，也不超过",
        "since_change.way": "完成目标距离的",
        "roadmap.kind.sign": "成功标志",
        "roadmap.kind.now": "当前要做",
        "roadmap.kind.later": "下一步",
        "record.incentive": "挂钩方式",
        "evidence.uses.guards": "个指标的护栏",
        "used.drivers": "上游指标",
        "status.exceeded": "超过挑战值",
        "sections.diagnosis.diagnosis.parts": "两个维度",
        "control_chart.take": "下载",
        "signal.assurance.hit-and-miss": "达标不稳",
        "workshops.blockage": "瓶颈",
        "effect.balance.balanced-gain": "平衡的改善",
        "quadrant.leading": "引领区",
        "reviews.kind.short": "双周复盘",
        "reviews.kind.long": "季度复盘",
    },
    "en": {
        "effect.verdict.none.unclear": "Indistinguishable from normal variation",
        "evidence.pilots.other": "enough evidence",
        "chart.legend.trend": "recalculated",
        "record.incentive": "Linked",
        "effect.balance.balanced-gain": "Balanced gain",
    },
}
METHODS = re.compile(
    r"Welch|Holm|Anhøj|Olesen|Benjamini|Hochberg|Spearman|Shewhart|Laney"
    "|韦尔奇|霍尔姆|安霍伊|奥勒森|本杰明尼|霍赫贝格|斯皮尔曼|休哈特"
)
FIELDS = re.compile(r"^\s*[a-z_]+:|#.*$", re.MULTILINE)
METHOD_NOTES = {"signals.limits.sources"}


def prose(language: str) -> dict[str, str]:
    """The texts that come with the product and its sample, by their file; names of data fields taken out."""
    found = {}
    for folder in PROSE:
        for path in sorted((ROOT / folder).rglob("*")):
            english = path.name.endswith(".en.md")
            if path.suffix == ".yml" or (path.suffix == ".md" and english == (language == "en")):
                text = path.read_text(encoding="utf-8")
                found[str(path.relative_to(ROOT))] = FIELDS.sub("", text)
    return found


@pytest.mark.parametrize("language", ["zh", "en"])
def test_words_that_nobody_says(language: str) -> None:
    never = re.compile("|".join(NEVER[language]), re.IGNORECASE)
    said = {key: text for key, text in labels(language).items() if never.search(text)}
    assert said == {}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_prose_and_labels_speak_alike(language: str) -> None:
    never = re.compile("|".join(NEVER[language]), re.IGNORECASE)
    found = {name: told[0] for name, text in prose(language).items() if (told := never.search(text))}
    assert found == {}


@pytest.mark.parametrize(
    ("language", "key", "part"),
    [(language, key, part) for language, own in SAID.items() for key, part in own.items()],
)
def test_the_word_for_it(language: str, key: str, part: str) -> None:
    assert part in labels(language)[key]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_methods_are_named_in_the_method_notes_alone(language: str) -> None:
    assert {key for key, text in labels(language).items() if METHODS.search(text)} == METHOD_NOTES


@pytest.mark.parametrize("language", ["zh", "en"])
def test_triangles_in_words_are_better_and_worse(language: str) -> None:
    better, worse = {"zh": ("▲ 改善", "▼ 变差"), "en": ("▲ better", "▼ worse")}[language]
    for key, text in labels(language).items():
        assert text.count("▲") == text.count(better), key
        assert text.count("▼") == text.count(worse), key


def test_every_change_of_the_sample_has_a_name() -> None:
    pilots = check_project(ROOT).catalogue.pilots.values()
    assert [change.id for pilot in pilots for change in pilot.changes if change.name is None] == []


def test_an_english_label_inside_a_sentence_begins_small() -> None:
    words = Words("en")
    assert words.inside("Normal variation") == "normal variation"
    assert words.inside("NPS of customers") == "NPS of customers"
    assert Words("de", OwnWords(labels={"de": {}})).inside("Verbesserung") == "Verbesserung"


@pytest.mark.parametrize(
    ("review", "short", "long"),
    [
        ("", "双周复盘", "季度复盘"),
        ("{short_every_days: 7, long: month}", "每周复盘", "月度复盘"),
        ("{short_every_days: 10, long: half}", "短复盘", "半年复盘"),
        ("{long: year}", "双周复盘", "年度复盘"),
    ],
)
def test_reviews_are_called_after_their_rhythm(tmp_path, review: str, short: str, long: str) -> None:
    folder = begun(tmp_path, **({"review": review} if review else {}))
    words = Words("zh", own_words(check_project(folder).catalogue))
    assert (words("reviews.kind.short"), words("reviews.kind.long")) == (short, long)
    assert words("rhythm.no_long", name="东区") == f"东区缺{long}"
    assert words("calendar.short", name="东区") == f"{short}：东区"
