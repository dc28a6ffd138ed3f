"""data/results.map.yml: how tables of other shapes become results."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from generator.model.common import Id, Items, OneLine, Part
from generator.model.period import Period


def _one_or_more(value: object) -> object:
    return [value] if isinstance(value, int) and not isinstance(value, bool) else value


def _plain(value: object) -> object:
    """A row's number is a name like any other, so that `skip: [合计, 2026]` is read."""
    return [str(one) if isinstance(one, int) else one for one in value] if isinstance(value, list) else value


HeadRows = Annotated[Items[Annotated[int, Field(ge=1)]], BeforeValidator(_one_or_more)]
"""One row's number, or a list of them."""


class TableMap(Part):
    """How the tables of some files are read."""

    files: OneLine
    """Which files below data/results/, e.g. finance-*.xlsx."""

    sheets: Items[OneLine] = ()
    """Of workbooks: only these sheets. Default: all that are not hidden."""

    head: HeadRows = Field(default=(1,), min_length=1, max_length=4)
    """The row of the heads, counted from 1; of heads in two levels both, e.g. [3, 4]. Default 1."""

    last: int | None = Field(default=None, ge=1)
    """The last row that is read; below it may be remarks."""

    periods: Literal["across", "down"] = "down"
    """across: each period has a column; down: each row has its period. Default down."""

    columns: dict[OneLine, OneLine] = Field(default_factory=dict)
    """What heads mean, e.g. {KPI Name: indicator, Date: period, 合计: skip}: a column of results, a
    dimension, `unit` (what the row's values are counted in) or `skip`."""

    indicators: dict[OneLine, Id] = Field(default_factory=dict)
    """Which indicators other names mean, e.g. {首次答复时间: reply-time}; their own names, aliases and codes
    are known."""

    pilots: dict[OneLine, Id] = Field(default_factory=dict)
    """Which pilots other names mean; their own names are known."""

    indicator: Id | None = None
    """The indicator of a table of only one."""

    pilot: Id | None = None
    """The pilot of a table of only one."""

    period: Period | None = None
    """The period of a table of only one."""

    year: int | None = Field(default=None, ge=1900, le=2199)
    """The year of periods that name none, such as 9月 or Q3."""

    units: dict[OneLine, float] = Field(default_factory=dict)
    """What values in another unit are multiplied by, e.g. {小时: 0.125} for days of eight hours; 万, 亿 and
    the indicator's own unit are known."""

    factor: float = 1.0
    """What every value is multiplied by. Default 1."""

    factors: dict[Id, float] = Field(default_factory=dict)
    """What the values of an indicator are multiplied by, e.g. {revenue: 10000}."""

    skip: Annotated[Items[OneLine], BeforeValidator(_plain)] = ()
    """Rows that begin with one of these words are left out, e.g. [合计, 注, 数据来源]."""

    skip_rows: Items[Annotated[int, Field(ge=1)]] = ()
    """Rows that are left out by their number."""

    marks: dict[OneLine, OneLine] = Field(default_factory=dict)
    """What marks behind numbers mean: a status, or words for the note, e.g. {'*': 含税, (p): provisional}."""

    fill: bool = False
    """Blank cells of period, indicator and pilot have what stands above them, as cells that were merged."""


class ResultsMap(Part):
    """data/results.map.yml: the tables of data/results/ that are not in the long form."""

    tables: Items[TableMap] = Field(min_length=1)
    """One entry for each kind of table; the first whose `files` fits is taken."""
