"""Numbers, periods, times and authors' texts as one language writes them.

A missing figure is a dash, never 0. The minus is the typographic one. Numbers are rounded here and nowhere
else; what is exported has twelve digits (`model/written.py`). Figures with a name keep it in their words.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from functools import lru_cache

from markupsafe import Markup, escape

from generator.model.duration import Duration
from generator.model.exact import rounded, times
from generator.model.indicator import Indicator
from generator.model.period import CALENDAR, Period
from generator.model.process import Step
from generator.model.text import Prose, Text
from generator.model.unit import data_unit, size_said
from generator.present.text.asked import AskedShortcodes
from generator.present.text.marked_text import concat, marked
from generator.present.text.own_words import NONE, OwnWords
from generator.present.text.prose import render_inline, render_prose
from generator.present.text.units import THIN, SaidUnit, around, as_times, of_one, opening, shift
from generator.present.text.words import Words

DASH = "–"
MINUS = "−"
PARTS_OF_YEARS = ("half", "quarter", "month", "week")
"""Under their axis a year is told where it begins."""


class Format:
    """Writes values for readers of one language; `first` is the handbook's first language."""

    def __init__(self, language: str, first: str, own: OwnWords = NONE) -> None:
        self.language = language
        self.first = first
        self.words = Words(language, own)
        self.asked = AskedShortcodes()
        """What the texts that were written ask for by shortcodes."""
        self._fiscal = own.fiscal
        self._periods: dict[Period, str] = {}

    # -- authors' texts

    def text(self, text: Text | None) -> str:
        """An author's plain text in this language; shortcodes of Markdown are said in words."""
        if text is None:
            return ""
        said = text.say(self.language, self.first)
        return self.asked.say(said) if "{{" in said and isinstance(text, Prose) else said

    def inside(self, name: Text) -> str:
        """An indicator's name inside a sentence."""
        return self.words.name_inside(self.text(name))

    def step(self, step: Step) -> str:
        """A step by its name; a gateway or an event without one by its kind."""
        kind = step.gateway or step.event
        return self.text(step.name) or (self.words(f"map.kind.{kind}") if kind else "")

    def prose(self, text: Text | None) -> Markup:
        """An author's Markdown as safe HTML in paragraphs."""
        return render_prose(self._markdown(text))

    def inline(self, text: Text | None) -> Markup:
        """An author's Markdown as safe HTML for the middle of a line."""
        return render_inline(self._markdown(text, within_line=True))

    def _markdown(self, text: Text | None, within_line: bool = False) -> str:
        """An author's Markdown with a mark for each shortcode."""
        if not isinstance(text, Prose):
            return self.text(text)
        return self.asked.marked(text.say(self.language, self.first), within_line)

    def join(self, parts: list[str]) -> str:
        """Names in a row, as a cell or a line of facts has them."""
        return self.words.between(parts).join(parts)

    def listed(self, parts: Sequence[str]) -> str:
        """Names in a row within a sentence: the last one behind an "and"."""
        comma, last = self.words("punctuation.list"), self.words("punctuation.and")
        if any(isinstance(part, Markup) for part in parts):
            comma, last = escape(comma), escape(last)
        return last.join([comma.join(some) for some in (parts[:-1], parts[-1:]) if some])

    # -- numbers

    def number(self, value: float | None, decimals: int = 0, signed: bool = False) -> str:
        """A number with its decimals; halves go to the even digit so that rounding has no drift."""
        return DASH if value is None else marked(_number(value, decimals, signed), value)

    def percent(self, value: float | None, decimals: int = 0, signed: bool = False) -> str:
        """A figure that is already in per cent."""
        return DASH if value is None else self.number(value, decimals, signed) + f"{THIN}%"

    def share(self, value: float | None, decimals: int = 0, signed: bool = False) -> str:
        """A share of 0–1 as per cent; the sign belongs to the figure, which is the share."""
        return DASH if value is None else marked(self.percent(times(value, 100), decimals, signed), value)

    def of_hundred(self, value: float) -> str:
        """A share of 0–1 as so many of a hundred."""
        return marked(self.number(times(value, 100)), value, of=100)

    def with_unit(self, value: float | None, unit: str, decimals: int = 0, signed: bool = False) -> str:
        """A number with its unit behind it, or before it where the unit says so, in the unit's size."""
        number = self._sized(value, unit.size if isinstance(unit, SaidUnit) else 1.0, decimals, signed)
        return number if value is None else self._around(number, unit)

    def _around(self, number: str, unit: str) -> str:
        """A number with its unit; English counts one of it in words of its own, where it is not 1.0."""
        if self.language == "en" and number.lstrip(f"+{MINUS}") == "1":
            unit = of_one(unit, self.words("unit.per"))
        return concat(around(number, unit))

    def unit(self, indicator: Indicator) -> SaidUnit:
        """An indicator's unit in this language."""
        said, size = self.text(indicator.unit), self.size(indicator)
        before = opening(said, self.words("unit.per")) if self.language in indicator.unit_before else ""
        return SaidUnit(said, before, size)

    def size(self, indicator: Indicator) -> float:
        """What an indicator's values are multiplied by in the words of this language."""
        return size_said(indicator.unit, indicator.unit_factor, self.language, self.first)

    def data_unit(self, indicator: Indicator) -> str:
        """The unit of an indicator's data, which the words of a language may count in another size."""
        return data_unit(indicator.unit, indicator.unit_factor, self.language, self.first)

    def value(
        self, value: float | None, indicator: Indicator, decimals: int | None = None, signed: bool = False
    ) -> str:
        """A value of an indicator, or a difference of two, without its unit, which a neighbour says; with the
        indicator's decimals, or more (`decimals`, in the unit of the data)."""
        places = indicator.decimals if decimals is None else decimals
        return self._sized(value, self.size(indicator), places, signed)

    def valued(self, value: float | None, indicator: Indicator, decimals: int | None = None) -> str:
        """A value of an indicator with its unit."""
        return self.with_unit(
            value, self.unit(indicator), indicator.decimals if decimals is None else decimals
        )

    def _sized(self, value: float | None, size: float, decimals: int, signed: bool) -> str:
        if value is None or size == 1:
            return self.number(value, decimals, signed)
        text = _number(times(value, size), decimals - shift(size), signed)
        return marked(text, value, of=as_times(size))

    def magnitude(self, value: float, unit: str, indicator: Indicator) -> str:
        """How much a difference is, without its sign, which a verb says beside it; `unit` may be empty."""
        size = self.size(indicator)
        number = _number(times(abs(value), size), indicator.decimals - shift(size), False)
        of = as_times(size) * (-1 if value < 0 else 1)
        return self._around(marked(number, value, of=of if of != 1 else 0), unit)

    def difference(
        self,
        value: float | None,
        indicator: Indicator,
        *,
        decimals: int | None = None,
        unit: bool = True,
        signed: bool = True,
        spelled: bool = False,
    ) -> str:
        """A difference between two values of an indicator; between percentages it is percentage points.

        `unit` False leaves out the unit where a column or a neighbour already says it, but never the points:
        +2 beside values in % would be read as 2 %. `spelled` writes them out, for the middle of a sentence.
        """
        places = indicator.decimals if decimals is None else decimals
        if indicator.percent:
            points = self.words("points.spelled" if spelled else "points.short")
            return self.with_unit(value, points, places, signed)
        if unit:
            return self.with_unit(value, self.unit(indicator), places, signed)
        return self.value(value, indicator, places, signed)

    def ends(self, interval: tuple[float, float], indicator: Indicator) -> tuple[str, str]:
        """Both ends of the interval of a difference; the last one carries the percentage points."""
        low, high = interval
        first = self.value(low, indicator, signed=True)
        return first, self.difference(high, indicator, unit=False)

    # -- times

    def period(self, period: Period | None) -> str:
        """A period in words: 2026年9月, Sep 2026; 2026年三季度, Q3 2026."""
        if period is None:
            return DASH
        if period not in self._periods:
            self._periods[period] = self._said(period)
        return self._periods[period]

    def _said(self, period: Period) -> str:
        start = period.calendar_start() if period.frequency in CALENDAR else date.min
        fiscal = "fiscal." if self._fiscal and period.frequency not in CALENDAR else ""
        return self.words(
            f"period.{fiscal}{period.frequency}",
            year=period.year,
            next=period.year + 1,
            number=period.number,
            numeral=self._numeral(period),
            month=self.words(f"months.{start.month}"),
            day=start.day,
        )

    def axis_period(self, period: Period, first: bool) -> str:
        """A period under an axis: the year only where it begins, or at the first label.

        A year that begins among months, quarters or the like is told by itself: with its month it would
        find no room between its neighbours, and an axis of three years would name none of them.
        """
        if period.number == 1 and not first and period.frequency in PARTS_OF_YEARS:
            fiscal = self._fiscal and period.frequency not in CALENDAR
            return self.words("period.fiscal.year" if fiscal else "axis.year", year=period.year)
        whole_years = period.frequency in ("two-year", "year")
        if first or whole_years or not self.words.known(f"axis.{period.frequency}"):
            return self.period(period)
        return self.words(
            f"axis.{period.frequency}",
            number=period.number,
            numeral=self._numeral(period),
            month=self.words(f"months.{period.number}") if period.frequency == "month" else "",
        )

    def _numeral(self, period: Period) -> str:
        """The number of a quarter, or which half."""
        if period.frequency == "quarter":
            return self.words(f"numerals.{period.number}")
        return self.words(f"halves.{period.number}") if period.frequency == "half" else ""

    def date(self, day: date | None) -> str:
        """A calendar day."""
        if day is None:
            return DASH
        return self.words("period.day", year=day.year, month=self.words(f"months.{day.month}"), day=day.day)

    def duration(self, value: Duration | None) -> str:
        """A duration as its author gave it."""
        if value is None:
            return DASH
        amount = self.number(value.amount, 0 if value.amount == int(value.amount) else 1)
        return self.words(f"duration.{value.unit}", n=amount)

    def hours(self, hours: float, hours_per_day: float = 8) -> str:
        """Hours in the unit that reads best: minutes below one hour, days from one working day on."""
        if hours < 1:
            return self.words("duration.m", n=marked(self.number(hours * 60), hours, of=60))
        if hours < hours_per_day:
            return self.words("duration.h", n=self.number(hours, 1))
        of_day = 1 / Fraction(repr(float(hours_per_day)))
        return self.words("duration.d", n=marked(self.number(hours / hours_per_day, 1), hours, of=of_day))


@lru_cache(maxsize=1 << 16)
def _number(value: float, decimals: int, signed: bool) -> str:
    """Every figure stands in several places of every language."""
    figure = rounded(value, decimals)
    text = f"{abs(figure):,.{max(decimals, 0)}f}"
    if figure < 0:
        return MINUS + text
    return f"+{text}" if signed and figure > 0 else text
