"""data/handbook.yml: the handbook's languages, audiences, organisation, dimensions and settings."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import (
    BeforeValidator,
    Field,
    GetJsonSchemaHandler,
    StringConstraints,
    TypeAdapter,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue as Json
from pydantic_core import CoreSchema, PydanticCustomError

from generator.model.calendar import Calendar
from generator.model.colour import PATTERN
from generator.model.common import AudienceName, Code, Href, Id, Items, LanguageCode, OneLine, Part
from generator.model.source_system import SourceSystem
from generator.model.text import Text

FORMAT = 1
"""The version of the data format that is read and written."""

EVIDENCE_RULE = "evidence-before-rollout"
EVIDENCE_PERIODS = 2
"""Whole long review periods that must stand behind a rollout, where the rule's setting `periods` says no
other; the evidence page waits for as many."""

RESULT_COLUMNS = (
    "period",
    "indicator",
    "pilot",
    "value",
    "numerator",
    "denominator",
    "n",
    "target",
    "status",
    "note",
    "as_of",
    "version",
)
"""The fixed columns of a results file; a dimension may not take one of these names."""

ORIGIN_COLUMNS = ("collected_from", "query_hash")
"""Columns of results that were collected: their source and the hash of its query. Pages do not tell them."""


Colour = Annotated[str, StringConstraints(pattern=PATTERN)]
"""A colour like '#1f3a5f', in quotes: without them # begins a comment."""


class Unit(Part):
    """A unit of the organisation tree."""

    id: Id
    """Its id, e.g. delivery."""

    name: Text
    """Its name, e.g. {zh: 交付中心, en: Delivery}."""

    kind: Literal["front", "middle", "back"] | None = None
    """front (faces the customer), middle (co-ordinates and supports) or back office."""

    parent: Id | None = None
    """The unit it belongs to; none for the top."""

    serves: Items[Id] = ()
    """The units that it works for, e.g. [sales]; a front office serves customers."""


class Dimension(Part):
    """A break-down column of the results, e.g. region; a blank cell there means all of it."""

    id: Id
    """The column's name in the results files."""

    name: Text
    """Its name for readers, e.g. {zh: 区域, en: Region}."""

    values: dict[Code, Text] = Field(min_length=1)
    """Each value as it stands in the cells, with its name, e.g. {east: {zh: 华东, en: East}}."""

    audience: AudienceName | None = None
    """Who may see results broken down by it; where left out, the widest audience."""


class Scoring(Part):
    """Points at floor, target and stretch: linear between them, capped at stretch."""

    floor: float = 60.0
    """Points at the floor. Default 60."""

    target: float = 100.0
    """Points at the target. Default 100."""

    stretch: float = 120.0
    """Points at the stretch target and beyond. Default 120."""

    below_floor: float = 0.0
    """Points for anything worse than the floor. Default 0."""


class ReviewRhythm(Part):
    """How often a running pilot is reviewed."""

    short_every_days: int = Field(default=14, ge=1, le=366)
    """Days between two short reviews, 1–366. Default 14."""

    long: Literal["year", "half", "quarter", "month"] = "quarter"
    """The period of the long review. Default quarter."""


class Brand(Part):
    """What makes the pages the organisation's own."""

    logo: Href | None = None
    """A picture in content/, e.g. images/logo.svg."""

    primary: Colour | None = None
    """The colour of the header, e.g. '#1f3a5f'; white text has to be readable on it."""

    accent: Colour | None = None
    """The colour of links, e.g. '#00609a'; it has to be readable on white. At night it is made lighter."""

    footer: Text | None = None
    """What stands at the foot of every page, e.g. {zh: 仅供内部使用, en: For internal use}."""

    contact: Href | None = None
    """Whom to ask: an address for mail or on the web, e.g. mailto:handbook@example.com."""


ChapterName = Literal[
    "strategy", "indicators", "processes", "pilots", "roadmap", "reviews", "diagnosis", "cases", "signals",
    "downloads",
]  # fmt: skip
"""A chapter that the product makes."""


class UnitSystem(Part):
    """Units that are counted in one another: {id: time, units: {hours: 1, 小时: 1, days: 8, 天: 8}}."""

    id: Id
    """Its id, e.g. money."""

    units: dict[OneLine, Annotated[float, Field(gt=0)]] = Field(min_length=2)
    """How much each is of a common measure, e.g. {元: 1, CNY: 1, USD: 7.1}: a result `120 USD` of an
    indicator in 元 is read as 852. One rate holds for all periods."""


class FiscalYear(Part):
    """When years start, and what they are called: {starts: 4, named_by: end} is FY2026 from April 2025 on."""

    starts: int = Field(default=1, ge=1, le=12)
    """The month in which years, halves and quarters start, 1–12. Default 1."""

    named_by: Literal["start", "end"] = "start"
    """Where a year lies in two calendar years: named after the one it starts in, or ends in. All files call
    it so: with `end`, 2026-Q1 is April to June 2025. Default start."""


class Pages(Part):
    """Which chapters the site has."""

    off: Items[ChapterName] = ()
    """Chapters that are left out, with every link to them, e.g. [diagnosis]."""

    order: Items[Id] = ()
    """Chapters in the order of the navigation, e.g. [pilots, guide, indicators]: those of the product, and
    folders of content/. The rest follow in the usual order; the home page is always first."""


class RuleSetting(Part):
    """What `rules:` says of one rule: switched off (with a reason), or its settings."""

    off: bool = False
    """The rule does not run."""

    reason: Text | None = None
    """Why it is switched off."""

    settings: dict[str, object] = Field(default_factory=dict)
    """The rule's own settings, e.g. {min: 3, max: 5}; the rule knows which it takes."""


class _RuleSettingForm:
    @staticmethod
    def read(value: object) -> object:
        if value == "off" or value is False:
            return {"off": True}
        if isinstance(value, dict) and "off" in value:
            if len(value) > 1:
                raise PydanticCustomError(
                    "bad-value",
                    "'off' stands alone: a rule is off or has settings",
                    {"hint": "write {off: the reason}"},
                )
            return {"off": True, "reason": value["off"]}
        if isinstance(value, dict):
            return {"settings": value}
        if isinstance(value, RuleSetting):
            return value
        raise PydanticCustomError(
            "wrong-type", "needs settings or 'off'", {"hint": "write {min: 3}, or {off: the reason}"}
        )

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> Json:
        reason = TypeAdapter(Text | None).json_schema()
        return {
            "anyOf": [
                {"enum": ["off", False]},
                {"type": "object", "properties": {"off": reason}, "required": ["off"], "maxProperties": 1},
                {"type": "object", "not": {"required": ["off"]}},
            ]
        }


RuleForm = Annotated[RuleSetting, BeforeValidator(_RuleSettingForm.read), _RuleSettingForm()]
"""`off`, `{off: reason}` or the rule's settings."""


def _widest(data: dict[str, Any]) -> str:
    audiences = data.get("audiences") or ("public",)
    return str(audiences[0])


def _second(data: dict[str, Any]) -> str:
    audiences = list(data.get("audiences") or ("public",))
    return str(audiences[:2][-1])


class Handbook(Part):
    """data/handbook.yml: what holds for the whole handbook."""

    format: int = Field(default=FORMAT, ge=1)
    """The version of the data format that its files are written in; `handbook upgrade` brings older files to
    today's, which is 1. Default 1."""

    title: Text
    """The site's title, e.g. {zh: 执行效率指标手册, en: Execution-efficiency indicator handbook}."""

    organisation: Text | None = None
    """Whose handbook it is, e.g. {zh: 示例科技有限公司, en: Sample Technology Ltd}."""

    owner: Text | None = None
    """Who keeps the handbook, e.g. {zh: 人力资源部, en: Human resources}; stands under every page."""

    contact: Text | None = None
    """Where questions about it go: an address for mail or a sentence; stands under every page."""

    languages: Items[LanguageCode] = Field(min_length=1)
    """The site's languages, e.g. [zh, en]. The first is built at the root and stands in for missing texts."""

    audiences: Items[AudienceName] = Field(default=("public",), min_length=1)
    """Who reads it, widest first, e.g. [public, staff, managers]. Default [public]."""

    default_audience: AudienceName = Field(default_factory=_widest)
    """The edition that `handbook build` makes; one of `audiences`. Default: the widest."""

    people_audience: AudienceName = Field(default_factory=_second)
    """From which audience on persons are seen: their names, coaching notes on a person, and indicators of
    `level: individual` without an `audience` of their own. Default: the second, or the only one."""

    fiscal_year_starts: int = Field(default=1, ge=1, le=12)
    """The month in which years, halves and quarters start, 1–12. Default 1."""

    fiscal_year: FiscalYear | None = None
    """When years start and what they are called, e.g. {starts: 4, named_by: end}; in the place of
    `fiscal_year_starts`."""

    two_years_from: int = Field(default=2024, ge=1900, le=2199)
    """A year in which a period of two years begins, for the frequency two-year. Default 2024: even years."""

    brand: Brand | None = None
    """Logo, colours, footer and contact of the pages."""

    pages: Pages = Pages()
    """Chapters that are left out, and the order of the others."""

    terms: dict[OneLine, OneLine] = Field(default_factory=dict)
    """Words of the site that this organisation calls otherwise, e.g. {pilot: site, 试点: 示范点}: they change
    in every label, English ones whole and with their plural. Single labels: labels/<language>.yml."""

    proper_nouns: Items[OneLine] = ()
    """Words that keep their capital where an English indicator's name begins with them inside a sentence,
    e.g. [Berlin, Gini]. Days, months and names with another capital keep theirs anyway."""

    units: Items[Unit] = ()
    """The organisation tree, e.g. [{id: sales, name: Sales, kind: front}]."""

    dimensions: Items[Dimension] = ()
    """Optional break-down columns of the results."""

    unit_systems: Items[UnitSystem] = ()
    """Units that results may also be written in: each is turned into the indicator's own."""

    sources: Items[SourceSystem] = ()
    """The systems that results are taken from, e.g. [{id: erp, kind: files}]."""

    columns: dict[
        Literal["numerator", "denominator", "n", "target", "status", "note", "as_of", "version"], AudienceName
    ] = Field(default_factory=dict)
    """Result columns that only a narrower audience may see, e.g. {note: managers}."""

    small_group: int = Field(default=5, ge=0)
    """Results of fewer people than this are told in no edition, where an indicator's `group_size` says which
    column counts them; 0 tells all. Default 5."""

    scoring: Scoring = Scoring()
    """Points at floor, target and stretch."""

    review: ReviewRhythm = ReviewRhythm()
    """The rhythm of the reviews."""

    rules: dict[str, RuleForm] = Field(default_factory=dict)
    """Settings of the rules, e.g. {pack-size: {min: 3, max: 5}, change-freeze: {off: the reason}}."""

    @property
    def calendar(self) -> Calendar:
        """When its periods start and end."""
        year = self.fiscal_year
        if year is None:
            return Calendar(self.fiscal_year_starts, None, self.two_years_from)
        return Calendar(year.starts, year.named_by, self.two_years_from)

    @model_validator(mode="after")
    def _has_one_year(self) -> Handbook:
        if self.fiscal_year is not None and "fiscal_year_starts" in self.model_fields_set:
            hint = "delete fiscal_year_starts: fiscal_year says it too"
            raise PydanticCustomError("bad-value", "says twice when years start", {"hint": hint})
        return self
