"""The handbook's calendar: when its periods start and end, and which lies in which.

One object that knows where fiscal years begin, given by the handbook (`Handbook.calendar`), so that no caller
has to hand a month on, or can forget it. The arithmetic is that of `model.period`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from generator.model.period import Frequency, Period


@dataclass(frozen=True, slots=True)
class Calendar:
    """Years start in the month `fiscal_year_starts`, 1–12; there is no default."""

    fiscal_year_starts: int

    def start(self, period: Period) -> date:
        """The first day of a period."""
        return period.start(self.fiscal_year_starts)

    def end(self, period: Period) -> date:
        """The last day of a period."""
        return period.end(self.fiscal_year_starts)

    def opens_on(self, period: Period) -> date:
        """The day from which a period counts among longer ones: its first, of a week its Thursday."""
        return period.opens_on(self.fiscal_year_starts)

    def closes_on(self, period: Period) -> date:
        """The day on which a period counts as over among longer ones: its last, of a week its Thursday."""
        return period.closes_on(self.fiscal_year_starts)

    def of(self, day: date, frequency: Frequency) -> Period:
        """The period of a frequency in which a day lies."""
        return Period.of(day, frequency, self.fiscal_year_starts)

    def containing(self, period: Period, frequency: Frequency) -> Period:
        """The longer period that a period lies in. ValueError for a shorter one."""
        return period.containing(frequency, self.fiscal_year_starts)

    def parts(self, period: Period, frequency: Frequency) -> tuple[Period, ...]:
        """The shorter periods that lie in a period, in order."""
        return period.parts(frequency, self.fiscal_year_starts)
