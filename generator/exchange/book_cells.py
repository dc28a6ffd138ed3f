"""What people write into the cells of a workbook: names for ids, words for choices, figures with their units.

Read is what a table of results in data/results/ may say too; it comes back in the one spelling of the files.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from generator.exchange.book_columns import BookColumn, BookSheet, number_text
from generator.load.grid import CellGrid
from generator.load.heads import STATUSES, folded
from generator.load.number import Number
from generator.load.result_names import ResultNames, by_name
from generator.load.written_number import MULTIPLES, factor_of, read_number, scaled
from generator.load.written_period import DateCell, read_period, settled
from generator.model.catalogue import Catalogue
from generator.model.indicator import Indicator

ChoiceWords = Mapping[str, Mapping[str, str]]
"""By sheet and key of a column of choices, e.g. indicators.status, and `unit`: what words mean, folded."""
ShownWords = Mapping[str, Mapping[str, str]]
"""By the same keys: the word that a cell says in place of a choice or an id."""
NO_WORDS: Mapping[str, Mapping[str, str]] = {}
_ALSO = {
    "在用": "active", "试用": "trial", "停用": "retired", "合计": "sum", "平均": "mean", "取最后": "last",
    "比率": "ratio", "不合并": "none", "每月": "month", "月度": "month", "每季": "quarter", "季度": "quarter",
    "每周": "week", "每日": "day", "每天": "day", "每年": "year", "年度": "year", "自动": "automatic",
    "人工": "manual", "手工": "manual", "团队": "team", "组织": "organisation", "公司": "organisation",
    "个人": "individual", "门槛": "gate", "加分": "bonus", "不挂钩": "none", "无": "none",
}  # fmt: skip
"""What people say besides the pages' own words; held against the column's choices."""
_HEAD_WITHIN = 20
"""Rows in which the columns' keys stand: above them somebody may have put a remark."""


@dataclass(frozen=True)
class BookCells:
    """How cells are read."""

    catalogue: Catalogue
    words: ChoiceWords
    names: ResultNames
    units: Mapping[str, str]

    @classmethod
    def of(cls, catalogue: Catalogue, words: ChoiceWords) -> BookCells:
        """Of a handbook; `words`: what its pages call the choices."""
        pilots = {id_: pilot.name.all() for id_, pilot in catalogue.pilots.items()}
        names = ResultNames(catalogue.handbook, catalogue.indicators, pilots)
        units = by_name({unit.id: (unit.name.all(),) for unit in catalogue.handbook.units})
        return cls(catalogue, words, names, units)

    def meant(self, sheet: BookSheet, column: BookColumn, text: str) -> str:
        """The id or the choice that a cell means by a name or a word; else the text as it is."""
        own = folded(text)
        if column.kind == "indicator":
            return text if text in self.catalogue.indicators else self.names.indicators.get(own, text)
        if column.kind == "pilot":
            return text if text in self.catalogue.pilots else self.names.pilots.get(own, text)
        said = self.words.get(words_key(sheet, column), {}).get(own)
        if column.kind == "unit":
            known = {unit.id for unit in self.catalogue.handbook.units}
            return text if text in known else said or self.units.get(own, text)
        if not column.choices or text in column.choices:
            return text
        if sheet.key == "results" and said is None:
            cell = STATUSES.get(text) if column.key == "status" else self.names.cell(column.key, text)
            return cell or text
        told = said or _ALSO.get(own)
        return told if told in column.choices else text

    def is_called(self, name: str) -> bool:
        """Whether an indicator of the handbook, or several, are called so."""
        own = folded(name)
        return any(own in map(folded, one.name.all()) for one in self.catalogue.indicators.values())

    def period(self, text: str, indicator: str) -> str:
        """A result's period: a date stands for the period of the indicator that it begins or ends."""
        calendar = self.catalogue.handbook.calendar
        made = read_period(text, calendar) if text else None
        one = self.catalogue.indicators.get(indicator)
        if isinstance(made, DateCell) and one is not None and one.frequency:
            return str(settled(made.day, one.frequency, calendar))
        return text

    def figure(self, column: BookColumn, text: str, indicator: str) -> str:
        """A result's number in its indicator's unit; nothing where the cell says that there is none."""
        made = read_number(text) if text and column.kind == "number" else None
        one = self.catalogue.indicators.get(indicator)
        if not isinstance(made, Number) or one is None:
            return text
        if made.value != made.value:
            return ""
        if made.percent:
            return number_text(made.value) if one.percent and column.key in ("value", "target") else text
        factor = self._factor(column, made.unit, one) if made.unit else None
        return number_text(scaled(made.value, factor)) if factor else text

    def _factor(self, column: BookColumn, unit: str, indicator: Indicator) -> float | None:
        if column.key not in ("value", "target"):
            return MULTIPLES.get(unit)
        systems = [system.units for system in self.catalogue.handbook.unit_systems]
        return factor_of(unit, indicator.unit, systems, indicator.unit_factor)

    def is_remark(self, sheet: BookSheet, texts: tuple[str, ...]) -> bool:
        """Whether a row of results is none: a note or a sum, which names no indicator and no period."""
        if sheet.key != "results" or texts[1] or not texts[0]:
            return False
        made = read_period(texts[0], self.catalogue.handbook.calendar)
        return not hasattr(made, "frequency") and not isinstance(made, DateCell)


def words_key(sheet: BookSheet, column: BookColumn) -> str:
    """Under what the words of a column stand."""
    return "unit" if column.kind == "unit" else f"{sheet.key}.{column.key}"


def tellable(words: Mapping[str, str]) -> dict[str, str]:
    """Of what choices are called, the words that can be read back: of one choice, and no other one's id."""
    told = Counter(map(folded, words.values()))
    ids = Counter(map(folded, words))
    return {
        id_: word
        for id_, word in words.items()
        if told[folded(word)] == 1 and (not ids[folded(word)] or folded(word) == folded(id_)) and word.strip()
    }


def head_of(sheet: BookSheet, grid: CellGrid) -> int:
    """The row with the columns' keys, from 0; the first one where none has them all."""
    # A dimension that the workbook's edition hides is blank in it.
    needed = {column.key for column in sheet.identity[: 3 if sheet.key == "results" else None]}
    rows = enumerate(grid.rows[:_HEAD_WITHIN])
    return next((number for number, row in rows if needed <= set(row)), 0)
