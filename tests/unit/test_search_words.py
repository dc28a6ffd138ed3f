"""How Chinese is cut into words for the search: Material's plugin is given our library in jieba's place."""

from __future__ import annotations

import pytest
from material.plugins.search import plugin as material_search
from mkdocs.exceptions import PluginError

from generator.site.search import Cutter


def test_the_plugin_cuts_with_our_library() -> None:
    assert material_search.jieba is Cutter
    index = material_search.SearchIndex(lang=["zh"], separator=" ", pipeline=[], fields={})
    # The words that jieba 0.42.1 finds.
    assert index._segment_chinese("订单交付周期自试点以来缩短五天，OK").split("\u200b") == [
        "订单", "交付", "周期", "自", "试点", "以来", "缩短", "五天", "，OK",
    ]  # fmt: skip


def test_a_dictionary_in_mkdocs_yml_is_refused_and_not_left_unread() -> None:
    with pytest.raises(PluginError, match=r"jieba_dict \(words\.txt\) is not supported here"):
        Cutter.set_dictionary("words.txt")
    with pytest.raises(PluginError, match="leave it out"):
        Cutter.load_userdict("words.txt")
