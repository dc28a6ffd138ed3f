"""The changes of all pilots side by side on the evidence page: ranked, drawn, and those to copy."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.compute.evidence import GROUPS, Group, Practice, RankedChange, Way
from generator.model.pilot import Change
from generator.present.charts.dumbbell import Dumbbell, DumbbellRow, Outcome, specification
from generator.present.desk import Desk
from generator.present.links import Links, Ref, path_of
from generator.present.pages.effects import KINDS
from generator.present.pages.figure import FigureView, figure, tip
from generator.present.pages.findings import SignalView
from generator.present.prose import plain

WHOLE_WAY = 100.0
"""Per cent of the way at which the target is reached."""
FARTHEST = (-150.0, 350.0)
"""Per cent of the way that the chart shows: a soft target would squeeze all others into a corner."""


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One change in one indicator."""

    ref: Ref
    pilot: Ref
    indicator: Ref
    effect: str
    interval: str
    way: str
    way_note: str
    verdict: SignalView
    periods: str
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GroupView:
    """The changes of which the same can be said."""

    title: str
    text: str
    rows: tuple[ChangeRow, ...]


@dataclass(frozen=True, slots=True)
class PracticeView:
    """One change to copy."""

    heading: Ref
    pilot: Ref
    text: str
    gains: tuple[str, ...]
    open_in: tuple[Ref, ...]
    done_in: tuple[Ref, ...]
    cases: tuple[Ref, ...]


def change_of(desk: Desk, pilot: str, change: str) -> Change:
    """A pilot's change by its id."""
    return next(one for one in desk.figures.catalogue.pilots[pilot].changes if one.id == change)


def change_ref(desk: Desk, pilot: str, change: Change, links: Links) -> Ref:
    """A change by kind and month, leading to what it did on its pilot's page."""
    return Ref(dated(desk, change), links.to(path_of("pilot", pilot), "effects"))


def dated(desk: Desk, change: Change) -> str:
    """The kind of a change with its month, as a table or an axis names it."""
    words = desk.format.words
    month = words("period.month", year=change.date.year, month=words(f"months.{change.date.month}"))
    return words("evidence.dated", kind=words(f"change_kind.{change.kind}"), month=month)


def periods_text(desk: Desk, count: int) -> str:
    """So many whole long review periods, in words."""
    return desk.format.words.count(f"evidence.long.{desk.figures.catalogue.handbook.review.long}", count)


def groups(desk: Desk, ranked: Sequence[RankedChange], links: Links) -> tuple[GroupView, ...]:
    """Every group that has changes, in order."""
    words = desk.format.words
    found: dict[Group, list[RankedChange]] = {group: [] for group in GROUPS}
    for one in ranked:
        found[one.group].append(one)
    return tuple(
        GroupView(
            words(f"evidence.group.{group}.title"),
            words(f"evidence.group.{group}.text"),
            tuple(_row(desk, one, links) for one in own),
        )
        for group, own in found.items()
        if own
    )


def _row(desk: Desk, one: RankedChange, links: Links) -> ChangeRow:
    form, words, effect = desk.format, desk.format.words, one.effect.effect
    indicator = desk.figures.catalogue.indicators[effect.indicator]
    interval, way, note = "", "", ""
    if effect.interval is not None:
        low, high = form.ends(effect.interval, indicator)
        interval = words("effect.interval", low=low, high=high)
    if one.way is not None:
        way = _way_text(desk, one)
        note = "" if one.way.from_baseline else words("evidence.way_mean")
    elif effect.verdict is not None:
        note = words("evidence.no_way")
    verdict = SignalView("unknown", words("effect.untested"))
    if effect.verdict is not None:
        verdict = SignalView(KINDS[effect.verdict], words(f"effect.word.{effect.verdict}"))
    return ChangeRow(
        change_ref(desk, one.pilot, change_of(desk, one.pilot, one.change), links),
        links.pilot(one.pilot),
        links.indicator(effect.indicator),
        form.difference(effect.difference, indicator),
        interval,
        way,
        note,
        verdict,
        periods_text(desk, one.periods),
        tuple(_remarks(desk, one)),
    )


def _way_text(desk: Desk, one: RankedChange) -> str:
    assert one.way is not None
    form = desk.format
    return form.words(
        "evidence.way",
        share=form.share(one.way.share),
        low=form.share(one.way.low),
        high=form.share(one.way.high),
    )


def _remarks(desk: Desk, one: RankedChange) -> Iterator[str]:
    """What a reader must know before believing the figure."""
    form, words, effect = desk.format, desk.format.words, one.effect.effect
    catalogue = desk.figures.catalogue
    indicator = catalogue.indicators[effect.indicator]
    if effect.verdict is None:
        yield words(f"effect.why_not.{effect.why_not or 'no-direction'}")
    if one.effect.cost:
        names = form.join([form.text(catalogue.indicators[guard].name) for guard in one.effect.cost])
        yield words("evidence.cost", names=names)
    if effect.guard == "disagrees":
        yield words("evidence.moving")
    if effect.comparison is not None:
        low, high = effect.comparison.interval
        if one.group == "doubtful" and effect.guard != "disagrees":
            yield words("evidence.alike")
        yield words(
            "evidence.net",
            pilots=form.join([form.text(catalogue.pilots[name].name) for name in effect.comparison.pilots]),
            net=form.difference(effect.comparison.net, indicator, spelled=True),
            low=form.number(low, indicator.decimals, signed=True),
            high=form.number(high, indicator.decimals, signed=True),
        )
    if one.same_day:
        texts = [
            form.words(f"change_kind.{change_of(desk, one.pilot, other).kind}") for other in one.same_day
        ]
        yield words("evidence.same_day", changes=form.join(texts))
    if effect.preliminary and effect.verdict is not None:
        yield words("evidence.preliminary")


def forest(desk: Desk, ranked: Sequence[RankedChange]) -> Iterator[FigureView]:
    """All tested changes with a target ahead, as shares of the way with their intervals."""
    form, words = desk.format, desk.format.words
    drawn = [one for one in ranked if one.way is not None and one.group not in ("early", "untested")]
    if not drawn:
        return
    labels = [_label(desk, one) for one in drawn]
    rows = tuple(
        _drawn(desk, label, one, one.way) for label, one in zip(labels, drawn, strict=True) if one.way
    )
    yield figure(
        desk,
        "forest",
        "changes",
        Ref(words("evidence.chart")),
        _finding(desk, drawn),
        specification(Dumbbell(rows, words("evidence.axis"), WHOLE_WAY)),
        (("change", False), ("pilot", False), ("way", True), ("conclusion", False)),
        [
            [label, form.text(desk.figures.catalogue.pilots[one.pilot].name), _way_text(desk, one),
             _word(desk, one)]
            for label, one in zip(labels, drawn, strict=True)
        ],
    )  # fmt: skip


def _drawn(desk: Desk, name: str, one: RankedChange, way: Way) -> DumbbellRow:
    """A row of the chart; what lies beyond its ends stands at the end, and its label says so."""
    words = desk.format.words
    share, low, high = (
        min(max(figure * WHOLE_WAY, FARTHEST[0]), FARTHEST[1]) for figure in (way.share, way.low, way.high)
    )
    label = words("evidence.row_label", share=desk.format.share(way.share), word=_word(desk, one))
    if share != way.share * WHOLE_WAY:
        label = words("evidence.beyond", label=label)
    pilot = desk.format.text(desk.figures.catalogue.pilots[one.pilot].name)
    said = tip(
        desk, name, [("pilot", pilot), ("way", _way_text(desk, one)), ("conclusion", _word(desk, one))]
    )
    return DumbbellRow(name, share, low, high, _outcome(one), label, said)


def _label(desk: Desk, one: RankedChange) -> str:
    """A change and its indicator, short enough for an axis; kind and indicator tell most apart."""
    words, form = desk.format.words, desk.format
    change = dated(desk, change_of(desk, one.pilot, one.change))
    name = form.text(desk.figures.catalogue.indicators[one.effect.effect.indicator].name)
    return words("evidence.row", change=change, indicator=name)


def _outcome(one: RankedChange) -> Outcome:
    if one.group in ("gained", "worse") and one.effect.effect.verdict in ("improved", "worse"):
        return "improved" if one.group == "gained" else "worse"
    return "unclear"


def _word(desk: Desk, one: RankedChange) -> str:
    return desk.format.words(f"evidence.short.{one.group}")


def _finding(desk: Desk, drawn: Sequence[RankedChange]) -> str:
    form, words = desk.format, desk.format.words
    best = drawn[0]
    if best.group != "gained" or best.way is None:
        return words("evidence.chart_finding_none")
    catalogue = desk.figures.catalogue
    change = change_of(desk, best.pilot, best.change)
    return words(
        "evidence.chart_finding",
        pilot=form.text(catalogue.pilots[best.pilot].name),
        change=dated(desk, change),
        indicator=form.text(catalogue.indicators[best.effect.effect.indicator].name),
        share=form.share(best.way.share),
        low=form.share(best.way.low),
    )


def practice_view(desk: Desk, one: Practice, links: Links) -> PracticeView:
    """A change to copy, with what it brought and who has not made it."""
    change = change_of(desk, one.pilot, one.change)
    return PracticeView(
        change_ref(desk, one.pilot, change, links),
        links.pilot(one.pilot),
        plain(desk.format.text(change.text)),
        tuple(_gain(desk, gain) for gain in one.gains),
        tuple(links.pilot(pilot) for pilot in one.open_in),
        tuple(links.pilot(pilot) for pilot in one.done_in),
        tuple(links.case(case) for case in one.cases),
    )


def _gain(desk: Desk, one: RankedChange) -> str:
    form, effect = desk.format, one.effect.effect
    indicator = desk.figures.catalogue.indicators[effect.indicator]
    low, high = effect.interval or (None, None)
    return form.words(
        "evidence.gain",
        indicator=form.text(indicator.name),
        difference=form.difference(effect.difference, indicator, spelled=True),
        low=form.number(low, indicator.decimals, signed=True),
        high=form.number(high, indicator.decimals, signed=True),
    )
