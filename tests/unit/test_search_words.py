"""What the index says of each page: Chinese whole, what kind of page it is, how its title sounds."""

from __future__ import annotations

import pytest
from material.plugins.search import plugin as material_search
from mkdocs.exceptions import PluginError

from generator.present.page import Chapter, LanguageSite, Page, SearchEntry
from generator.present.text.sound import sounds
from generator.site import search
from generator.site.search import NoCutter, is_unasked


def test_the_plugin_leaves_chinese_as_it_is() -> None:
    assert material_search.jieba is NoCutter
    index = material_search.SearchIndex(lang=["zh"], separator=" ", pipeline=[], fields={})
    assert index._segment_chinese("订单交付周期，OK").replace("\u200b", "") == "订单交付周期，OK"


def test_a_dictionary_in_mkdocs_yml_is_refused_and_not_left_unread() -> None:
    with pytest.raises(PluginError, match=r"jieba_dict \(words\.txt\) is not supported here"):
        NoCutter.set_dictionary("words.txt")
    with pytest.raises(PluginError, match="leave it out"):
        NoCutter.load_userdict("words.txt")


@pytest.mark.parametrize(
    ("name", "heard"),
    [
        ("订单交付周期", ("dingdanjiaofuzhouqi", "ddjfzq")),
        ("NPS 净推荐值", ("npsjingtuijianzhi", "npsjtjz")),
        ("会签等待", ("huiqiandengdai", "hqdd")),
        ("单", ("dan",)),
        ("Order cycle time", ()),
        ("", ()),
    ],
)
def test_a_chinese_name_is_heard_whole_and_by_its_initials(name: str, heard: tuple[str, ...]) -> None:
    assert sounds(name) == heard


def test_entries_tell_kind_value_and_sound(monkeypatch: pytest.MonkeyPatch) -> None:
    told = SearchEntry(
        "周期<1>",
        "问",
        also=("cycle",),
        codes=("T-1",),
        people=("交付",),
        value="5 天",
        status=("met", "达标"),
    )
    page = Page("indicators/cycle.md", "周期", "zh", "indicators", search=told)
    index = Page("indicators/index.md", "指标", "zh", "indicators", is_index=True)
    written = Page("guide/x.md", "方法", "zh", "guide")
    site = LanguageSite(
        "zh", "手册", (Chapter("indicators", "指标库", (index, page)), Chapter("guide", "方法", (written,)))
    )

    class Index:
        entries: list[search.Entry] = [  # noqa: RUF012 - what the plugin has
            {"location": "guide/x.html", "title": "\u200b方法\u200b", "text": "a &amp;lt; b"},
            {"location": "guide/x.html#h", "title": "\u200b头\u200b", "text": ""},
            {"location": "indicators/index.html", "title": "x", "text": ""},
        ]

    monkeypatch.setattr(search, "search_index", lambda _: Index)
    search.add_entries(None, search.entries_of(None, [page, index]), site)  # type: ignore[arg-type]
    assert Index.entries == [
        {"location": "guide/x.html", "title": "方法", "text": "a &amp;lt; b", "kind": "方法", "rank": 2,
         "sound": ["fangfa", "ff"]},
        {"location": "guide/x.html#h", "title": "头", "text": "", "rank": 2},
        {"location": "indicators/index.html", "title": "x", "text": "", "kind": "指标库", "rank": 2},
        {"location": "indicators/cycle.html", "title": "周期&lt;1&gt;", "text": "问", "also": ["cycle"],
         "codes": ["T-1"], "people": ["交付"], "value": "5 天", "status": ["met", "达标"], "kind": "指标",
         "rank": 0, "sound": ["zhouqi1", "zq1"], "people_sound": ["jiaofu", "jf"]},
    ]  # fmt: skip


def test_what_only_the_worker_of_material_needs_is_left_out() -> None:
    assert is_unasked("assets/javascripts/lunr/min/lunr.zh.min.js")
    assert is_unasked("assets/javascripts/workers/search.a7633da7.min.js")
    assert not is_unasked("assets/javascripts/bundle.a5f9d56c.min.js")
    assert not is_unasked("assets/search.js")
