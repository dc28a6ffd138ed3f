"""Sorting by sound, and two wordings side by side: exact results."""

from generator.present.text.alphabet import letter, sort_key
from generator.present.text.difference import side_by_side


def test_chinese_is_sorted_by_its_sound_and_english_by_its_letters():
    names = ["自动派单覆盖率", "订单交付周期", "Order cycle", "一次通过率", "99 线"]
    assert sorted(names, key=sort_key) == [
        "99 线",
        "订单交付周期",
        "Order cycle",
        "一次通过率",
        "自动派单覆盖率",
    ]
    assert [letter(name) for name in names] == ["Z", "D", "O", "Y", "#"]


def test_wordings_are_compared_by_characters_in_chinese_and_by_words_in_english():
    assert side_by_side("从签约日起算", "从询价登记日起算") == (
        "从<del>签约</del>日起算",
        "从<ins>询价登记</ins>日起算",
    )
    assert side_by_side("from signing to payment", "from enquiry to payment") == (
        "from <del>signing</del> to payment",
        "from <ins>enquiry</ins> to payment",
    )


def test_markup_in_a_wording_is_shown_and_not_executed():
    left, right = side_by_side("<b>", "<i>")
    assert left == "<del>&lt;b&gt;</del>"
    assert right == "<ins>&lt;i&gt;</ins>"
