"""Key results in the export: how each stands, as the strategy page tells it."""

from __future__ import annotations

from generator.compute.figures import Figures
from generator.compute.insight.key_results import KeyResultState, key_results
from generator.exchange.export_part import ExportPart, PeriodText


class KeyStartOut(ExportPart):
    """Where the way of a key result starts."""

    value: float
    period: PeriodText | None
    """null: the pack's baseline."""


class KeyNeedOut(ExportPart):
    """What the time that is left has to bring."""

    kind: str
    """step (so much more a period), rest-mean, rest-sum or there."""
    value: float | None
    """In the indicator's unit; null where it is there."""
    left: int
    per: str
    """Length of the periods that are left."""


class KeyStateOut(ExportPart):
    """How one key result stands."""

    id: str
    """objective~place, the place from 1."""
    objective: str
    indicator: str | None
    pilot: str | None
    """Whose results count; null is the organisation."""
    target: float | None
    by: PeriodText | None
    state: str
    """reached, missed, under-way, no-data or not-measured."""
    at: PeriodText | None
    """The period it is judged or told by."""
    value: float | None
    start: KeyStartOut | None
    share: float | None
    """Of the way from start to target, 1 is the whole way; null where there is no way to go."""
    need: KeyNeedOut | None
    """null for one that is over, or has no day."""


def key_results_out(figures: Figures) -> list[KeyStateOut]:
    """Every key result, in order of objectives."""
    return [_out(key_result) for key_result in key_results(figures)]


def _out(state: KeyResultState) -> KeyStateOut:
    start, need, point = state.start, state.need, state.point.point if state.point else None
    return KeyStateOut(
        id=state.id,
        objective=state.objective,
        indicator=state.indicator.id if state.indicator else None,
        pilot=state.result.pilot,
        target=state.result.target,
        by=str(state.result.by) if state.result.by else None,
        state=state.state,
        at=str(point.period) if point else None,
        value=point.value if point else None,
        start=KeyStartOut(value=start.value, period=str(start.period) if start.period else None)
        if start
        else None,
        share=state.share,
        need=KeyNeedOut(kind=need.kind, value=need.value, left=need.left, per=need.per) if need else None,
    )
