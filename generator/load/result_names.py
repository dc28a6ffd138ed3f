"""The names under which indicators, pilots and values of dimensions are known in results, and what they mean.

Names stand for ids where only one thing has them: an indicator's name, alias or code, a pilot's name, a name
of a dimension's value.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from generator.load.heads import folded
from generator.model.handbook import Handbook
from generator.model.indicator import Indicator


class ResultNames:
    """The names; looked up without regard to width, case and spaces."""

    def __init__(
        self,
        handbook: Handbook,
        indicators: Mapping[str, Indicator],
        pilots: Mapping[str, tuple[str, ...]],
    ) -> None:
        """`pilots`: the names of each."""
        self.indicators = by_name(
            {
                id_: (one.name.all(), *(alias.all() for alias in one.aliases), (one.code or "",))
                for id_, one in indicators.items()
            }
        )
        self.pilots = by_name({id_: (names,) for id_, names in pilots.items()})
        parts = {
            one.id: {value: (text.all(), (value,)) for value, text in one.values.items()}
            for one in handbook.dimensions
        }
        self._values = {dimension: by_name(values) for dimension, values in parts.items()}
        self.cells = by_name(
            {
                f"{dimension}\0{value}": texts
                for dimension, values in parts.items()
                for value, texts in values.items()
            }
        )
        """Names that stand where nothing says of which dimension they are."""

    def cell(self, dimension: str, text: str) -> str | None:
        """The value of a dimension that a name means; another one's value may be called the same."""
        return self._values[dimension].get(folded(text))


def by_name(things: Mapping[str, Sequence[Sequence[str]]]) -> dict[str, str]:
    """Each name with the only thing that has it."""
    names: dict[str, set[str]] = {}
    for id_, texts in things.items():
        for name in {folded(text) for own in texts for text in own if text}:
            names.setdefault(name, set()).add(id_)
    return {name: next(iter(ids)) for name, ids in names.items() if len(ids) == 1}


def is_name(text: str) -> bool:
    """Whether a text can be no id: then it is meant as a name."""
    return not re.fullmatch("[a-z0-9-]+", text)
