"""All about a long review period over all pilots: verdicts in words first, then the figures.

The views are made by `quarter_view` for the period's page, and for a cover and a page to print.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from markupsafe import Markup

from generator.compute.figures import Figures
from generator.compute.insight.actions import ActionState
from generator.compute.insight.named import named, named_quarter
from generator.compute.insight.quarter import Counted, PilotQuarter, Quarter, Tally, quarter_of, quarters_of
from generator.model.comparing import moved
from generator.model.handbook import Scoring
from generator.model.period import Period
from generator.present.links import REVIEWS, Links, Ref, path_of, quarter_path
from generator.present.page_context import PageContext
from generator.present.pages.reviews.turns import TurnRow, turn_row
from generator.present.parts.chart import ChartView
from generator.present.parts.claims import (
    balance_view,
    claim_dated,
    claim_sentence,
    cost_texts,
    indicator_of,
    look_text,
)
from generator.present.parts.control_chart import by_chance, pack_keys
from generator.present.parts.findings import signal_word
from generator.present.parts.meetings import ActionRow, action_row, meeting_ref
from generator.present.parts.overview import heat_pilots
from generator.present.parts.signal import SignalView
from generator.present.parts.verdict import Verdict, verdict
from generator.present.text.format import Format
from generator.present.text.marked_text import capital
from generator.present.text.prose import plain
from generator.present.text.scores import points_text, reading
from generator.present.text.value_text import doubted


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """A pilot's result beside that of the period before."""

    ref: Ref
    score: str
    reading: str
    """What the points mean, and over how much of the weight."""
    before: str
    change: str
    coverage: str
    gate: str
    gate_kind: str
    """passed, not-passed, open, withheld, or empty without a gate."""
    reached: str
    near: str
    missed: str
    reached_before: str
    """Empty where it did not run then."""


@dataclass(frozen=True, slots=True)
class BalanceRow:
    """A change in one indicator: what it did, and whether something else paid for it."""

    heading: Ref
    line: str
    """What it did, and at what cost."""
    sentence: str
    """The same, and when it was looked at."""
    balance: SignalView | None
    new: bool = True
    """Whether the period brought it."""


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """A review in a list of one pilot's."""

    date: str
    ref: Ref
    long: bool


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """A decision with the review that took it."""

    text: Markup
    review: Ref
    pilot: str


@dataclass(frozen=True, slots=True)
class PilotView:
    """All about one pilot in the period."""

    ref: Ref
    changed: str
    """What is new against the period before, in words."""
    tone: str
    rows: tuple[TurnRow, ...]
    balance: tuple[BalanceRow, ...]
    reviews: tuple[ReviewLine, ...]
    decisions: tuple[DecisionRow, ...]


@dataclass(frozen=True, slots=True)
class QuarterView:
    """All that is told of a period."""

    headline: str
    verdicts: tuple[Verdict, ...]
    scores: tuple[ScoreRow, ...]
    heat: tuple[ChartView, ...]
    before: str
    """The period before, by name."""
    pilots: tuple[PilotView, ...]
    by_chance: str
    """How many of their signals are to be expected by chance."""
    opened: tuple[ActionRow, ...]
    closed: tuple[ActionRow, ...]
    overdue: tuple[ActionRow, ...]
    previous: Ref | None
    following: Ref | None
    index: Ref | None
    """None where nobody reviews."""


def quarter_title(form: Format, period: Period) -> str:
    """The heading of a period's page."""
    return form.words("quarter.title", period=form.period(period))


def quarter_ref(figures: Figures, form: Format, period: Period, links: Links) -> Ref:
    """A period's page by the period's name; without a link where there is no such page."""
    known = period in quarters_of(figures)
    return Ref(form.period(period), links.to(quarter_path(period)) if known else "")


def quarter_view(ctx: PageContext, period: Period, path: str) -> tuple[QuarterView, Quarter]:
    """Everything about a period for the page at a path, and what it is told from, as of its end."""
    then, links = ctx.at(period), ctx.links(path)
    quarter = named_quarter(quarter_of(then.figures, ctx.at(period.shift(-1)).figures, period))
    periods, late = quarters_of(ctx.figures), f"quarters/{period}/late"
    pilots = then.figures.catalogue.pilots
    view = QuarterView(
        headline=headline(ctx.figures, ctx.format, quarter),
        verdicts=tuple(verdict(then, pilots[pilot.pilot], pilot.now, links) for pilot in quarter.pilots),
        scores=tuple(_score_row(ctx.figures, ctx.format, pilot, period, links) for pilot in quarter.pilots),
        heat=tuple(heat_pilots(_only(then, quarter))),
        before=ctx.format.period(quarter.before),
        pilots=tuple(_pilot(then, pilot, quarter, links) for pilot in quarter.pilots),
        by_chance=by_chance(
            then,
            (key for pilot in quarter.pilots for key in pack_keys(then.figures, pilot.pilot)),
            "standings/by_chance",
        ),
        opened=tuple(action_row(ctx.figures, ctx.format, task, links, late) for task in quarter.opened),
        closed=tuple(action_row(ctx.figures, ctx.format, task, links, late) for task in quarter.closed),
        overdue=tuple(action_row(ctx.figures, ctx.format, task, links, late) for task in quarter.overdue),
        previous=quarter_ref(ctx.figures, ctx.format, quarter.before, links)
        if quarter.before in periods
        else None,
        following=quarter_ref(ctx.figures, ctx.format, period.shift(1), links)
        if period.shift(1) in periods
        else None,
        index=Ref(ctx.format.words("chapters.reviews"), links.to(REVIEWS))
        if ctx.figures.catalogue.reviews
        else None,
    )
    return view, quarter


def _only(ctx: PageContext, quarter: Quarter) -> PageContext:
    """No other pilots than the period's: one that had not begun has no place in its chart."""
    figures, pilots = ctx.figures, [pilot.pilot for pilot in quarter.pilots]
    if figures.everything is not None and "pilots" not in quarter.shown_in_part:
        every = {name: figures.everything.pilots[name] for name in pilots}
        figures = replace(figures, everything=replace(figures.everything, pilots=every))
    catalogue = replace(figures.catalogue, pilots={name: figures.catalogue.pilots[name] for name in pilots})
    scores = {name: figures.pilots[name] for name in pilots}
    return replace(ctx, figures=replace(figures, catalogue=catalogue, pilots=scores))


def headline(figures: Figures, form: Format, quarter: Quarter) -> str:
    """The period in a few sentences: what is reached against the period before, gates, reviews, actions."""
    words = form.words
    parts = [_reached(form, quarter)]
    shut = [standing.pilot for standing in quarter.pilots if standing.now.score.gate == "not-passed"]
    if shut:
        names = [form.text(figures.catalogue.pilots[pilot].name) for pilot in shut]
        parts.append(words("quarter.headline.gate", names=form.listed(names)))
    agreed = []
    if "reviews" not in quarter.shown_in_part:
        held = counted_as(quarter, "reviews")
        text = words.count("quarter.headline.reviews", held) if held else words("quarter.headline.no_review")
        agreed.append(text)
    lists: tuple[tuple[Counted, tuple[ActionState, ...]], ...] = (
        ("opened", quarter.opened),
        ("closed", quarter.closed),
        ("overdue", quarter.overdue),
    )
    for name, tasks in lists:
        if tasks and name not in quarter.shown_in_part:
            agreed.append(words.count(f"quarter.headline.{name}", counted_as(quarter, name)))
    if agreed:
        text = words("punctuation.clause").join(agreed)
        parts.append(capital(text))
    return words("punctuation.sentence").join(parts) + words("punctuation.stop")


def _reached(form: Format, quarter: Quarter) -> str:
    """What is reached now and in the period before; no total where a part of it is not for the edition."""
    words, now, before = form.words, quarter.tally, quarter.tally_before
    count = counted_as(quarter, "pilots")
    if now is None:
        return words.count("quarter.headline.withheld", count)
    core = words.count("quarter.headline.core", now.total)
    text = words.count("quarter.headline.pilots", count, indicators=core, reached=now.reached)
    if before is not None and before.total > before.unjudged:
        period = form.period(quarter.before)
        asked = any(item.asked_otherwise for pilot in quarter.pilots for item in pilot.indicators)
        key = "quarter.headline.before_asked" if asked else "quarter.headline.before"
        text += words(key, period=period, of=before.total, n=before.reached)
    return words("punctuation.clause").join((text, *_rest(form, now)))


def counted_as(quarter: Quarter, name: Counted) -> int:
    """How many of a period's pilots, reviews or actions there are, with the name of that in the export."""
    lengths = {
        "pilots": len(quarter.pilots),
        "reviews": sum(len(standing.reviews) for standing in quarter.pilots),
        "opened": len(quarter.opened),
        "closed": len(quarter.closed),
        "overdue": len(quarter.overdue),
    }
    return named(lengths[name], f"quarters/{quarter.period}/counts/{name}")


def _rest(form: Format, tally: Tally) -> Iterator[str]:
    """What is not reached."""
    for name, number in (("near", tally.near), ("missed", tally.missed), ("unjudged", tally.unjudged)):
        if number:
            yield form.words.count(f"quarter.headline.{name}", number)


def _score_row(
    figures: Figures, form: Format, pilot_quarter: PilotQuarter, period: Period, links: Links
) -> ScoreRow:
    words = form.words
    score, old, then = pilot_quarter.now.score, pilot_quarter.before, pilot_quarter.tally_before
    now, scoring = pilot_quarter.tally, figures.catalogue.handbook.scoring
    return ScoreRow(
        ref=links.pilot(pilot_quarter.pilot),
        score=points_text(form, score.value, scoring)
        if score.withheld is None
        else words("verdict.withheld_word"),
        reading=reading(form, score, scoring, gate=False),
        before=points_text(form, old.score.value, scoring) if old and old.score.withheld is None else "",
        change=form.number(_change(pilot_quarter, period), signed=True),
        coverage=form.share(score.coverage),
        gate=words(f"quarter.gate.{score.gate}") if score.gate else "",
        gate_kind=score.gate or "",
        reached=words("value.of", n=now.reached, of=now.total) if now else words("verdict.withheld_word"),
        near=form.number(now.near if now else None),
        missed=form.number(now.missed if now else None),
        reached_before=words("value.of", n=then.reached, of=then.total) if then else "",
    )


def _change(pilot_quarter: PilotQuarter, period: Period) -> float | None:
    return named(pilot_quarter.score_change, f"quarters/{period}/pilots/{pilot_quarter.pilot}/score_change")


def _pilot(ctx: PageContext, pilot_quarter: PilotQuarter, quarter: Quarter, links: Links) -> PilotView:
    """A pilot's part of the page; the page context is that of the period."""
    name = links.pilot(pilot_quarter.pilot).title
    return PilotView(
        links.pilot(pilot_quarter.pilot),
        *changed_words(ctx.figures, ctx.format, pilot_quarter, quarter),
        tuple(turn_row(ctx.figures, ctx.format, item, links) for item in pilot_quarter.indicators),
        tuple(_balance_rows(ctx, pilot_quarter, links)),
        tuple(
            ReviewLine(
                ctx.format.date(review.date), meeting_ref(ctx.format, review, links), review.kind == "long"
            )
            for review in pilot_quarter.reviews
        ),
        tuple(
            DecisionRow(ctx.format.inline(text), meeting_ref(ctx.format, review, links), name)
            for review in pilot_quarter.reviews
            for text in review.decisions
        ),
    )


def changed_words(
    figures: Figures, form: Format, pilot_quarter: PilotQuarter, quarter: Quarter
) -> tuple[str, str]:
    """(what is new in words, good, bad or normal): score, gate, what turned, new signals, process changes."""
    words = form.words
    parts = [
        *_score_changed(form, pilot_quarter, quarter.period, figures.catalogue.handbook.scoring),
        *_indicators_changed(figures, form, pilot_quarter),
        *(
            words("quarter.changed.process", change=plain(form.text(change.text)).rstrip("。."))
            for change in pilot_quarter.changes
        ),
    ]
    if len(parts) == 1 and pilot_quarter.score_change and not pilot_quarter.changes:
        parts.append(words("quarter.changed.rest"))
    in_part = pilot_quarter.now.score.withheld is not None
    if not parts:
        key = "quarter.changed.nothing_shown" if in_part else "quarter.changed.nothing"
        return words(key, period=form.period(quarter.before)), "normal"
    text = words("punctuation.clause").join(parts) + words("punctuation.stop")
    return capital(text), pilot_quarter.tone


def _score_changed(
    form: Format, pilot_quarter: PilotQuarter, period: Period, scoring: Scoring
) -> Iterator[str]:
    """That the pilot began, or how its score moved, and a gate that turned."""
    gates = (pilot_quarter.before.score.gate if pilot_quarter.before else None, pilot_quarter.now.score.gate)
    turned = gates in (("passed", "not-passed"), ("not-passed", "passed"))
    if pilot_quarter.before is None:
        yield form.words("quarter.changed.begun")
    elif moved(pilot_quarter.score_change, 0):
        yield form.words(
            "quarter.changed.score",
            score=points_text(form, pilot_quarter.now.score.value, scoring),
            before=points_text(form, pilot_quarter.before.score.value, scoring),
            reading=reading(form, pilot_quarter.now.score, scoring, gate=not turned),
            change=form.number(_change(pilot_quarter, period), signed=True),
        )
    if turned:
        yield form.words(f"quarter.changed.gate.{gates[1]}")


def _indicators_changed(figures: Figures, form: Format, pilot_quarter: PilotQuarter) -> Iterator[str]:
    """Standings that turned, what is asked otherwise now, new signals."""
    words = form.words
    names = {item.indicator: _name(figures, form, item.indicator) for item in pilot_quarter.indicators}
    for turn in ("newly-met", "no-longer-missed", "no-longer-met", "newly-missed"):
        own = [item for item in pilot_quarter.indicators if item.turn == turn]
        who = [doubted(form, names[item.indicator], item.doubts) for item in own]
        if who:
            yield words(f"quarter.changed.{turn}", names=form.listed(who))
    asked = [names[item.indicator] for item in pilot_quarter.indicators if item.asked_otherwise]
    if asked:
        yield words("quarter.changed.asked", names=form.listed(asked))
    for item in pilot_quarter.indicators:
        if item.new_signal is not None:
            word = signal_word(form, item.standing)
            yield words("quarter.changed.signal", name=names[item.indicator], word=word)


def _name(figures: Figures, form: Format, indicator: str) -> str:
    return form.inside(figures.catalogue.indicators[indicator].name)


def _balance_rows(ctx: PageContext, pilot_quarter: PilotQuarter, links: Links) -> Iterator[BalanceRow]:
    """Every change that could be tested by then; those that could not are told with the reason."""
    words = ctx.format.words
    href = links.to(path_of("pilot", pilot_quarter.pilot), "effects")
    for claim in pilot_quarter.effects:
        heading = words(
            "effect.heading",
            change=claim_dated(ctx.figures, ctx.format, claim),
            indicator=ctx.format.text(indicator_of(ctx.figures, claim).name),
        )
        told = [claim_sentence(ctx, claim), *cost_texts(ctx.figures, ctx.format, claim)]
        line, sentence = (
            words("punctuation.clause").join(filter(None, texts)) + words("punctuation.stop")
            for texts in (told, [*told, look_text(ctx.figures, ctx.format, claim)])
        )
        yield BalanceRow(
            Ref(heading, href),
            line,
            sentence,
            balance_view(ctx.format, claim),
            (claim.indicator, claim.changes) in pilot_quarter.new_evidence,
        )
