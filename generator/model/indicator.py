"""data/indicators/<id>.yml: what an indicator means, how it is counted, whose it is, what is aimed at."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from generator.model.common import (
    AudienceName,
    Date,
    Id,
    Items,
    LanguageCode,
    OneLine,
    Owner,
    Pair,
    Part,
    PowerOfTen,
    ShortForm,
)
from generator.model.period import Frequency, Period
from generator.model.text import Prose, Text
from generator.model.unit import is_percent

Incentive = Literal["gate", "bonus", "none"]
"""gate: while it is missed, nothing of the pack is paid; bonus: paid on target, provided the gate is passed
and none of its own guardrails is missed; none."""

MeasureKind = Literal["time", "quantity", "quality", "cost"]
"""The four ways to measure work."""

Aspect = Literal["effectiveness", "efficiency", "benefit"]
"""The three questions: does it serve the goal, does it use resources well, does it help profit and health."""

Category = Literal["output", "time-efficiency", "cost-efficiency", "quality-experience", "digitalisation"]
"""The parts of the library, in the order in which they are listed."""

Level = Literal["individual", "team", "organisation"]
"""Whose performance is told."""

Generation = Literal["traditional", "composite"]
"""One figure, often per head, or several held together."""

GoalType = Literal["efficiency", "quality", "experience"]
"""The kinds of target that a pilot sets."""


class Scope(Part):
    """口径: what is counted and what is not."""

    include: Items[Text] = ()
    """What is counted."""

    exclude: Items[Text] = ()
    """What is left out."""


class Limits(Part):
    """The physically possible values, in the indicator's unit; a result outside is an error."""

    min: float | None = None
    """The least possible value, e.g. 0."""

    max: float | None = None
    """The greatest possible value, e.g. 100."""


class GoalSupport(Part):
    """How the indicator supports a goal."""

    goal: Id
    """A goal of data/strategy.yml."""

    how: Text | None = None
    """How a better value helps to reach it."""


class Guardrail(Part):
    """An indicator that must not get worse, and by how much at most."""

    indicator: Id
    """The indicator that guards."""

    margin: float | None = Field(default=None, gt=0)
    """The worsening that would be too much, > 0, in that indicator's unit. Left out, half the way from its
    target to its floor, else one standard deviation of its values before the change."""


GuardrailForm = Annotated[Guardrail, ShortForm("indicator", Id)]


class Contribution(Part):
    """How the indicator contributes to one of a higher level."""

    indicator: Id
    """The indicator it contributes to."""

    how: Text | None = None
    """How a better value here makes that one better."""


Restates = Annotated[str, StringConstraints(pattern=r"^[0-9]{1,3} (day|week|month|quarter|year)s?$")]
"""How long results may change: a number and day, week, month, quarter or year, e.g. 3 months."""


class DataSource(Part):
    """Where the results come from."""

    system: Text
    """The system, e.g. ERP."""

    table: OneLine | None = None
    """The table or report, e.g. so_header."""

    collection: Literal["automatic", "manual"] | None = None
    """How they are collected."""

    refresh: Frequency | None = None
    """How often the source is renewed: two-year, year, half, quarter, month, week or day."""

    connection: Id | None = None
    """One of the handbook's `sources`: `handbook collect` asks it by `query` and writes the results."""

    query: OneLine | None = None
    """The query behind them, for whoever has to collect them again. With `connection`: one SELECT in DuckDB's
    SQL, or the name of a file beside the indicator's that ends in .sql. It gives `period` and `value`, or
    `numerator` and `denominator`, and may give `n`, `pilot` and dimensions; `:from` is the first day asked
    for, `:to` the day after the last."""

    since: Period | None = None
    """With `connection`: the first period that is asked for, e.g. 2024-07. Left out: whatever there is."""

    restates: Restates = "3 months"
    """With `connection`: how long results of the past may still change, e.g. 3 months, 6 weeks, 1 year; older
    periods are not asked for again. Default 3 months."""

    joins_multiply: bool = False
    """With `connection`: the query's joins are meant to repeat rows, so none of them is refused for it.
    Default false."""


class Application(Part):
    """A post and situation in which the indicator is used."""

    unit: Id | None = None
    """The unit."""

    role: Text | None = None
    """The post."""

    when: Text | None = None
    """The situation."""


class Target(Part):
    """Targets that hold from a period on, in the indicator's unit."""

    from_: Period = Field(alias="from")
    """The first period for which they hold, e.g. 2025-01."""

    floor: float | None = None
    """Worse than this is missed; between floor and target is near."""

    target: float | None = None
    """What is aimed at; with direction `range` left out, the range is the target."""

    stretch: float | None = None
    """At or beyond this is exceeded."""


class HistoryEntry(Part):
    """An entry of 历史使用记录和调整日志, the record of use and change."""

    date: Date
    """The day, e.g. 2025-03-01."""

    change: Literal[
        "created", "definition", "formula", "target", "owner", "source", "used", "reviewed", "retired"
    ]
    """What was changed, or that it was used, reviewed or retired."""

    text: Prose | None = None
    """What was done."""

    why: Prose | None = None
    """Why."""

    by: Text | None = None
    """Who decided; left out of the widest audience's edition, since it may be a name."""

    before: Prose | None = None
    """The wording that went, shown beside the one that came; for definitions and formulas."""

    after: Prose | None = None
    """The wording that came."""

    breaks_series: bool = False
    """Results from here on cannot be compared with earlier ones: a new segment. Default false."""


class Verified(Part):
    """A check of the definition; shown as void once the definition changed after that day."""

    by: Text | None = None
    """Who checked; left out of the widest audience's edition, since it may be a name."""

    on: Date
    """The day of the check."""


def _factor(data: dict[str, Any]) -> float:
    unit = data.get("unit")
    return 100.0 if isinstance(unit, Text) and is_percent(unit) else 1.0


class Indicator(Part):
    """data/indicators/<id>.yml: one indicator."""

    id: Id
    """Equal to the file's stem, e.g. order-cycle-time; never reused."""

    code: OneLine | None = None
    """The organisation's own number, unique, e.g. LTC-T-001."""

    name: Text
    """Its name, e.g. {zh: 订单交付周期, en: Order delivery cycle}."""

    aliases: Items[Text] = ()
    """Other names that search finds, e.g. [交付周期]."""

    status: Literal["draft", "trial", "active", "retired"] = "active"
    """draft, trial, active or retired. Default active."""

    replaced_by: Id | None = None
    """Of a retired one: the indicator that took its place."""

    retired_on: Date | None = None
    """Of a retired one: since when."""

    question: Text | None = None
    """The question that it answers."""

    definition: Prose | None = None
    """What it means."""

    scope: Scope = Scope()
    """口径: what is counted and what is not."""

    formula: Prose | None = None
    """How it is calculated, in words or maths."""

    unit: Text | None = None
    """The unit of its values, e.g. {zh: 天, en: days} or '%'."""

    unit_before: Items[LanguageCode] = ()
    """The languages in which the unit stands before the number, e.g. [en] for {zh: 元, en: CNY}."""

    unit_factor: dict[LanguageCode, PowerOfTen] = Field(default_factory=dict)
    """What a language multiplies values by, a power of ten: {en: 10000} makes 12.51 万元 CNY 125,100."""

    decimals: int = Field(default=1, ge=0, le=9)
    """Decimal places shown, 0–9. Default 1."""

    direction: Literal["higher", "lower", "range"] | None = None
    """What is better: higher, lower, or inside `range`."""

    range: Pair | None = None
    """With direction `range`: the good interval [least, most], in the indicator's unit."""

    limits: Limits = Limits()
    """Physically possible values; a result outside is an error."""

    frequency: Frequency | None = None
    """How often it is measured, two-year to day. Its results have this frequency."""

    rollup: Literal["mean", "sum", "last", "ratio", "none"] = "none"
    """How a longer period is made; ratio: Σnumerator / Σdenominator × factor. Default none."""

    group_size: Literal["n", "numerator", "denominator", "value"] | None = None
    """The column of the results that counts the people (or cases) a figure is of: a result of fewer than the
    handbook's `small_group` is told in no edition, nor what would tell it by subtraction."""

    factor: float = Field(default_factory=_factor, gt=0)
    """What a ratio is multiplied by, > 0. Default 100 where the unit is %, else 1."""

    chart: Literal["rare"] | None = None
    """rare: it counts events that most periods have none of (the median is 0); its chart shows the periods
    between one event and the next. Left out: the ordinary control chart."""

    limits_fixed_after: int | None = Field(default=None, ge=6, le=1000)
    """The normal range is that of the first so many values, at least 6, and of as many after each change that
    starts it anew; later values are held against it. Left out: all values count."""

    progress_method: Literal["linear", "growth"] = "linear"
    """How progress from the baseline is judged; growth: by compound yearly growth. Default linear."""

    dimension: MeasureKind | None = None
    """Which of the four ways to measure work: time, quantity, quality, cost."""

    aspect: Aspect | None = None
    """What it tells: effectiveness (goals), efficiency (use of resources), benefit (profit and health)."""

    goal_type: GoalType | None = None
    """The kind of pilot target it can serve as."""

    generation: Generation | None = None
    """traditional (one figure, often per head) or composite."""

    replaces: Items[Id] = ()
    """The indicators that it takes the place of, e.g. [orders-per-head]."""

    level: Level | None = None
    """Whose performance it tells."""

    office: Literal["front", "middle", "back"] | None = None
    """front, middle or back office."""

    category: Category | None = None
    """Where it stands in the library."""

    kind: Literal["leading", "lagging"] | None = None
    """leading (moves first) or lagging (shows the outcome)."""

    supports: Items[GoalSupport] = ()
    """The goals it supports, and how."""

    contributes_to: Items[Contribution] = ()
    """The indicators above it that it contributes to, and how."""

    guardrails: Items[GuardrailForm] = ()
    """Indicators that must not get worse while this one gets better, e.g. [rework-share], or with a margin
    [{indicator: rework-share, margin: 2}]."""

    source: DataSource | None = None
    """Where its results come from."""

    owner: Owner | None = None
    """Who answers for it."""

    applies_to: Items[Application] = ()
    """Posts and situations in which it is used."""

    incentive: Incentive = "none"
    """gate (while it is missed, nothing of the pack is paid), bonus (paid on target, provided the gate is
    passed and none of its guardrails is missed) or none. Default none."""

    unintended_effects: Prose | None = None
    """How it could be gamed."""

    action_when_red: Prose | None = None
    """What to do when it is missed."""

    targets: Items[Target] = ()
    """Targets for the whole organisation; a pilot's pack may set its own."""

    targets_for: Literal["organisation", "everyone"] | None = None
    """Whom its own targets are held against: organisation, or everyone (pilots and parts of the results too).
    Left out, organisation where `rollup` is sum or last and the unit not %: a part's total is less."""

    history: Items[HistoryEntry] = ()
    """历史使用记录和调整日志, newest last."""

    review_by: Period | None = None
    """When the definition is to be looked at again, e.g. 2026-03."""

    verified: Verified | None = None
    """Who checked the definition, and when."""

    audience: AudienceName | None = None
    """Who may see it; where left out, the widest audience."""

    tags: Items[OneLine] = ()
    """Free words for search and filters."""

    @property
    def asks_parts(self) -> bool:
        """Whether targets of a whole hold for its parts too: a mean, a share, but no total."""
        total = self.rollup in ("sum", "last") and not self.percent
        return not total if self.targets_for is None else self.targets_for == "everyone"

    @property
    def guarded_by(self) -> tuple[Id, ...]:
        """The ids of its guardrails."""
        return tuple(guardrail.indicator for guardrail in self.guardrails)

    @property
    def in_use(self) -> bool:
        """Whether somebody measures it: on trial or active; a draft not yet, a retired one no more."""
        return self.status in ("trial", "active")

    @property
    def watches_steps(self) -> bool:
        """Whether somebody measures time or quality by it: what a key step of a process needs."""
        return self.in_use and self.dimension in ("time", "quality")

    @property
    def percent(self) -> bool:
        """Whether its unit is %."""
        return self.unit is not None and is_percent(self.unit)
