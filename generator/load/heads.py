"""The heads of results in the words of those who fill them: 期间, 指标, 数值 as well as period and value.

Only heads that can mean one column are read so; a handbook's dimensions have their own names besides.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence

from generator.model.handbook import Handbook

_HEADS = {
    "period": "期间 统计期间 月份 年月 所属期间 统计月份 季度 年度 年份 周次",
    "indicator": "指标 指标编号 指标id",
    "pilot": "试点 试点编号 试点id",
    "value": "数值 值 实际值 指标值 实际",
    "numerator": "分子",
    "denominator": "分母",
    "n": "样本数 样本量 案例数 件数",
    "target": "目标 目标值",
    "status": "状态",
    "note": "备注 说明",
    "as_of": "取数日 取数日期",
    "version": "口径日期 口径版本",
}
STATUSES = {
    "实际": "actual", "暂定": "provisional", "初步": "provisional", "估计": "estimate", "预计": "estimate",
    "缺失": "missing",
}  # fmt: skip
"""The statuses in Chinese."""


def head_words(handbook: Handbook) -> Mapping[str, str]:
    """Each head that means a column, in small letters; a word of two columns means neither."""
    words: dict[str, str | None] = {}
    for column, said in _HEADS.items():
        for word in (column, *said.split()):
            words[folded(word)] = column
    own: dict[str, str | None] = {}
    for dimension in handbook.dimensions:
        for word in {folded(text) for text in (dimension.id, *dimension.name.all())}:
            own[word] = None if own.get(word, dimension.id) != dimension.id else dimension.id
    words = own | words
    return {word: column for word, column in words.items() if column}


def told_heads(cells: Sequence[str], words: Mapping[str, str]) -> tuple[str, ...]:
    """The heads as columns; a word that would give a column twice stays as it is."""
    stripped = [cell.strip() for cell in cells]
    taken = set(stripped)
    told = []
    for cell in stripped:
        column = words.get(folded(cell), cell)
        column = cell if column != cell and column in taken else column
        taken.add(column)
        told.append(column)
    return tuple(told)


def folded(text: str) -> str:
    """A head without what does not tell it from another: width, case, spaces."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())
