"""Key results in words: how each stands, how much of the way is gone, what the time left has to bring."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import get_args

from generator.compute.figures import Figures
from generator.compute.insight.key_results import KeyResultState, KeyState, Need, key_results
from generator.compute.insight.standing import NOT_FINAL
from generator.model.indicator import Indicator
from generator.present.links import Links, Ref
from generator.present.parts.value import StatusView, ValueView, value_view
from generator.present.text.format import Format
from generator.present.text.value_text import doubted

STATES: tuple[KeyState, ...] = get_args(KeyState)
KINDS = {"reached": "met", "not-measured": "no-data"}
"""State -> the status whose looks it has; the others have their own."""


@dataclass(frozen=True, slots=True)
class KeyResultView:
    """One key result and how far it is."""

    name: str
    ref: Ref | None
    target: str
    by: str
    value: ValueView | None
    status: StatusView
    remarks: tuple[str, ...]


def key_result_view(form: Format, state: KeyResultState, links: Links) -> KeyResultView:
    """One row."""
    indicator, result = state.indicator, state.result
    return KeyResultView(
        name=form.text(result.name),
        ref=links.indicator(indicator.id) if indicator else None,
        target=_target(form, state, indicator) if indicator else "",
        by=form.period(result.by) if result.by else "",
        value=value_view(form, state.point, indicator) if indicator and state.point else None,
        status=StatusView(
            NOT_FINAL if state.doubts else KINDS.get(state.state, state.state),
            doubted(form, form.words(f"key_result.state.{state.state}"), state.doubts),
        ),
        remarks=tuple(_remarks(form, state, indicator)) if indicator else (),
    )


def _target(form: Format, state: KeyResultState, indicator: Indicator) -> str:
    """What it is held against, with the unit: the indicator's range where it has one, else its own target."""
    if indicator.direction == "range":
        interval = state.point.bar.interval if state.point else None
        if interval is None:
            return ""
        low, high = interval
        return form.words("value.interval", low=form.value(low, indicator), high=form.valued(high, indicator))
    return form.valued(state.result.target, indicator) if state.result.target is not None else ""


def key_results_text(figures: Figures, form: Format, found: Sequence[KeyResultState]) -> str:
    """How many stand how; nothing without any."""
    if len(found) < len(key_results(figures.whole)):
        return form.words("edition.in_part") + form.words("punctuation.stop")
    return counts_text(form, found)


def counts_text(form: Format, found: Sequence[KeyResultState]) -> str:
    """How many of those that are listed stand how; nothing without any."""
    words = form.words
    counts = Counter(result.state for result in found)
    parts = [words(f"key_result.count.{state}", n=counts[state]) for state in STATES if counts[state]]
    if not parts:
        return ""
    return words.count("key_result.summary", len(found), parts=form.listed(parts))


def _remarks(form: Format, state: KeyResultState, indicator: Indicator) -> Iterator[str]:
    """The way gone, of one that is under way or was not reached, and what is needed."""
    words = form.words
    if state.share is not None and state.state in ("under-way", "missed") and not _there(state.need):
        if state.start is None:
            yield words("key_result.of_sum", share=form.share(state.share))
        else:
            value = form.valued(state.start.value, indicator)
            start = (
                words("key_result.first", period=form.period(state.start.period), value=value)
                if state.start.period
                else words("key_result.baseline", value=value)
            )
            key = "key_result.back" if state.share < 0 else "key_result.way"
            yield words(key, start=start, share=form.share(state.share))
    if state.need is not None:
        yield _need(form, state.need, indicator)


def _there(need: Need | None) -> bool:
    return need is not None and need.kind == "there"


def _need(form: Format, need: Need, indicator: Indicator) -> str:
    words = form.words
    kind: str = "rest-limit" if need.kind == "rest-sum" and indicator.direction == "lower" else need.kind
    value = form.valued(need.value, indicator) if need.value is not None else ""
    if kind == "step" and need.value is not None:
        kind = "step-lower" if need.value < 0 else "step-higher"
        unit = form.words("points.short") if indicator.percent else form.unit(indicator)
        value = form.magnitude(need.value, unit, indicator)
    per = words.count(f"key_result.per.{need.per}", need.left)
    return words.count(f"key_result.need.{kind}", need.left, value=value, per=per)
