"""A value as pages show it: number, period, target, standing, differences, and what to know about it."""

from __future__ import annotations

from dataclasses import dataclass

from generator.compute.insight.standing import Standing, ValueDoubt, shown_as, standing_of
from generator.compute.series.assessed import AssessedPoint
from generator.compute.series.attainment import Status
from generator.compute.series.signals import Signals
from generator.compute.series.tones import Tone, difference_tone
from generator.compute.series.values import Difference
from generator.model.indicator import Indicator
from generator.present.text.format import Format
from generator.present.text.units import SaidUnit
from generator.present.text.value_text import (
    attainment_text,
    doubted,
    newest_signal,
    places,
    status_text,
    target_text,
)


@dataclass(frozen=True, slots=True)
class StatusView:
    """How a value stands, as a word with a tone."""

    kind: str
    label: str


@dataclass(frozen=True, slots=True)
class ChangeView:
    """A difference with its sign, toned by whether it is for the better."""

    text: str
    tone: Tone
    label: str


@dataclass(frozen=True, slots=True)
class ValueView:
    """One figure with all that is said about it in a tile, a table row or a card."""

    period: str
    number: str
    unit: str
    target: str
    floor: str
    stretch: str
    status: StatusView
    attainment: str
    changes: tuple[ChangeView, ...]
    note: str

    @property
    def unit_before(self) -> str:
        """What of the unit stands before the number."""
        return self.unit.before if isinstance(self.unit, SaidUnit) else ""

    @property
    def unit_behind(self) -> str:
        """What of it stands behind."""
        return self.unit.behind if isinstance(self.unit, SaidUnit) else self.unit


def standing_view(form: Format, point: AssessedPoint | None) -> StatusView:
    """How a value stands, no surer than the value is."""
    return StatusView(standing_of(point).shown, status_text(form, point))


def status_view(form: Format, status: Status, doubts: tuple[ValueDoubt, ...]) -> StatusView:
    """The same of a status whose value is not at hand."""
    word = form.words(f"status.{status}")
    return StatusView(shown_as(status, doubts), doubted(form, word, doubts))


def change_view(
    form: Format, change: Difference | None, indicator: Indicator, label: str, standing: Standing
) -> ChangeView | None:
    """A difference in the indicator's unit; nothing where it could not be computed.

    One from a value that is not final, or no signal (`standing`), is neither good nor bad.
    """
    if change is None:
        return None
    text = form.difference(change.absolute, indicator, unit=False)
    tone = difference_tone(
        change.absolute, indicator.direction, indicator.decimals, standing.firm, standing.signal_tone
    )
    return ChangeView(
        text,
        tone,
        form.words(f"change.{label}{'_part' if change.partial else ''}"),
    )


def value_view(
    form: Format, point: AssessedPoint | None, indicator: Indicator, signals: Signals | None = None
) -> ValueView:
    """A point as it is shown; a missing one says so instead of showing 0.

    `signals` is the chart whose newest value it is; without one its changes are neither good nor bad.
    """
    unit = form.unit(indicator)
    if point is None:
        return ValueView(
            period="",
            number=form.number(None),
            unit="",
            target="",
            floor="",
            stretch="",
            status=standing_view(form, None),
            attainment="",
            changes=(),
            note="",
        )
    standing = standing_of(point, signals)
    changes = [
        change_view(form, point.previous, indicator, "previous", standing),
        change_view(form, point.year_before, indicator, "year_before", standing),
    ]
    decimals = places(point, indicator, newest_signal(signals))
    bar = point.bar
    return ValueView(
        period=form.period(point.point.period),
        number=form.value(point.point.value, indicator, decimals),
        unit=unit if point.point.value is not None else "",
        target=target_text(form, point, indicator, decimals),
        floor=form.value(bar.floor, indicator, decimals) if bar.floor is not None else "",
        stretch=form.value(bar.stretch, indicator, decimals) if bar.stretch is not None else "",
        status=standing_view(form, point),
        attainment=attainment_text(form, point),
        changes=tuple(change for change in changes if change is not None),
        note=point_note(form, point),
    )


def point_note(form: Format, point: AssessedPoint) -> str:
    """What a reader must know about a point: not final, incomplete, missing and why, the author's remark."""
    words = form.words
    own = point.point
    parts = [own.note] if own.note else []
    if own.value is None and own.why_not and not own.note:
        parts.append(words(f"why_not.{own.why_not}"))
    if own.value is not None and own.status != "actual":
        parts.append(words(f"firmness.{own.status}"))
    if own.parts and not own.complete and own.value is not None:
        parts.append(words("value.incomplete", n=own.parts[0], of=own.parts[1]))
    if own.part_weighted:
        parts.append(words("value.part_weighted"))
    return form.words("punctuation.clause").join(parts)
