"""What a change did, guardrails held against it: a sentence, a chart of before and after, a table.

The same view stands on the pilot's page, change by change, and on the page of an indicator that changes name.
"""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from generator.compute.effects.claim import Claim
from generator.compute.effects.guardrail import GuardEffect
from generator.compute.effects.sample import Half
from generator.compute.figures import Figures
from generator.compute.insight.claims import pilot_claims
from generator.compute.series.lead_lag import Clue
from generator.model.indicator import Indicator
from generator.model.pilot import Pilot
from generator.present.charts.draw import TwoWidths
from generator.present.charts.dumbbell import Dumbbell, DumbbellRow, EffectColour, specification
from generator.present.charts.rows import stacked
from generator.present.links import SIGNALS, Links, Ref
from generator.present.page_context import PageContext
from generator.present.parts.chart import tip
from generator.present.parts.claims import (
    balance_view,
    claim_dated,
    claim_sentence,
    guard_texts,
    guard_word,
    half_text,
    indicator_of,
    look_text,
    margin_text,
    note_texts,
    ruled_text,
    verdict_view,
    why_text,
)
from generator.present.parts.signal import SignalView
from generator.present.text.format import Format
from generator.present.text.marked_text import capital
from generator.present.text.moved import moved


@dataclass(frozen=True, slots=True)
class EffectRow:
    """An indicator or a guardrail before and after."""

    ref: Ref
    role: str
    before: str
    after: str
    difference: str
    interval: str
    verdict: SignalView
    note: str


@dataclass(frozen=True, slots=True)
class EffectView:
    """One change in one indicator."""

    heading: Ref
    indicator: str
    finding: str
    balance: SignalView | None
    drawing: Markup
    take: Markup
    rows: tuple[EffectRow, ...]


@dataclass(frozen=True, slots=True)
class EffectLine:
    """The same in a line, with the rest of what is told to look up."""

    heading: Ref
    line: str
    finding: str
    balance: SignalView | None
    rows: tuple[EffectRow, ...]


def effects_of(
    ctx: PageContext, pilot: Pilot, links: Links, only: str | None = None
) -> tuple[EffectView, ...]:
    """Every claim of a pilot (or only those about one change), newest change last."""
    return tuple(
        _view(ctx, claim, links, f"effect-{'-'.join(claim.changes)}-{claim.indicator}")
        for claim in reversed(pilot_claims(ctx.figures, pilot.id))
        if only is None or only in claim.changes
    )


def effects_on(ctx: PageContext, indicator: str, links: Links) -> tuple[EffectLine, ...]:
    """Every claim of every pilot about an indicator that has a verdict, in a line each."""
    return tuple(
        _line(ctx, claim, links)
        for pilot in ctx.figures.catalogue.pilots
        for claim in reversed(pilot_claims(ctx.figures, pilot))
        if claim.indicator == indicator and claim.outcome is not None
    )


def clue_sentences(figures: Figures, form: Format, pilot: str) -> tuple[str, ...]:
    """Which indicators of a pilot's pack move before which."""
    return tuple(clue_sentence(figures, form, clue) for clue in figures.clues.get(pilot, ()))


def clue_sentence(figures: Figures, form: Format, clue: Clue) -> str:
    """What moves before what, with what it rests on."""
    words = form.words
    indicators = figures.catalogue.indicators
    names = {
        "leader": form.text(indicators[clue.leader].name),
        "follower": form.inside(indicators[clue.follower].name),
        "correlation": form.number(clue.correlation, 2, signed=True),
        "periods": clue.periods,
    }
    text = words.count("clue.ahead", clue.lag, **names) if clue.lag else words("clue.together", **names)
    return text + words("clue.firm" if clue.firm else "clue.slight")


def _view(ctx: PageContext, claim: Claim, links: Links, name: str) -> EffectView:
    """One claim with its drawing."""
    own = links.indicator(claim.indicator)
    heading = _heading(ctx, claim, own)
    finding, rows = effect_sentence(ctx, claim), effect_rows(ctx, claim, links)
    drawing, take = _drawing(ctx, claim, name, heading.title, finding, rows)
    balance = balance_view(ctx.format, claim, links)
    return EffectView(heading, own.title, finding, balance, drawing=drawing, take=take, rows=rows)


def _line(ctx: PageContext, claim: Claim, links: Links) -> EffectLine:
    """One claim on the page of its indicator; the heading leads to its pilot, where its drawing stands."""
    first, *others = _sentences(ctx, claim)
    return EffectLine(
        heading=_heading(ctx, claim, links.pilot(claim.pilot)),
        line=_told(ctx, [first]),
        finding=_told(ctx, others),
        balance=balance_view(ctx.format, claim, links),
        rows=effect_rows(ctx, claim, links),
    )


def _heading(ctx: PageContext, claim: Claim, where: Ref) -> Ref:
    change = claim_dated(ctx.figures, ctx.format, claim)
    return Ref(ctx.format.words("effect.heading", change=change, indicator=where.title), where.href)


def effect_sentence(ctx: PageContext, claim: Claim) -> str:
    """All that is told of a claim: what it is, what it cost, what is left beside others, what to know."""
    return _told(ctx, _sentences(ctx, claim))


def _told(ctx: PageContext, sentences: list[str]) -> str:
    words = ctx.format.words
    told = words("punctuation.sentence").join(map(capital, sentences))
    return told + words("punctuation.stop") if told else ""


def _sentences(ctx: PageContext, claim: Claim) -> list[str]:
    sentences = [
        claim_sentence(ctx, claim),
        _guards(ctx.figures, ctx.format, claim),
        _compared(ctx.figures, ctx.format, claim),
        look_text(ctx.figures, ctx.format, claim),
        ctx.format.words("effect.guards_withheld") if claim.guards_withheld else "",
        *note_texts(ctx.figures, ctx.format, claim),
    ]
    return [part for part in sentences if part]


def effect_rows(ctx: PageContext, claim: Claim, links: Links) -> tuple[EffectRow, ...]:
    """The indicator and its guardrails, before and after."""
    figures, form = ctx.figures, ctx.format
    return (
        _own_row(figures, form, claim, links.indicator(claim.indicator), links),
        *(_guard_row(figures, form, guardrail, links) for guardrail in claim.guardrails),
    )


def _guards(figures: Figures, form: Format, claim: Claim) -> str:
    return form.words("punctuation.clause").join(guard_texts(figures, form, claim))


def _compared(figures: Figures, form: Format, claim: Claim) -> str:
    """What is left when the change of pilots without a change is taken off."""
    compared, indicator = claim.effect.comparison, indicator_of(figures, claim)
    if compared is None:
        return form.words("effect.comparison_withheld") if claim.comparison_withheld else ""
    pilots = figures.catalogue.pilots
    return form.words(
        "effect.compared",
        pilots=form.listed([form.text(pilots[pilot].name) for pilot in compared.pilots]),
        **moved(form, compared.net, compared.interval, indicator),
    )


def _own_row(figures: Figures, form: Format, claim: Claim, ref: Ref, links: Links) -> EffectRow:
    effect, indicator = claim.effect, indicator_of(figures, claim)
    return EffectRow(
        ref=ref,
        role=form.words("effect.role.indicator"),
        before=_mean(form, effect.before, indicator),
        after=_mean(form, effect.after, indicator),
        difference=form.difference(effect.difference, indicator),
        interval=_interval(form, effect.interval, indicator, "effect.interval"),
        verdict=verdict_view(form, claim, links),
        note=why_text(figures, form, claim) if claim.outcome is None else "",
    )


def _guard_row(figures: Figures, form: Format, guard: GuardEffect, links: Links) -> EffectRow:
    words = form.words
    indicator = figures.catalogue.indicators[guard.indicator]
    notes = []
    if guard.why is not None:
        notes.append(words(f"effect.guard_why.{guard.why}"))
    if guard.rules_out is not None and guard.margin_withheld:
        notes.append(words("effect.margin.withheld", ruled=ruled_text(figures, form, guard)))
    if guard.rules_out is not None and guard.margin is not None:
        notes.append(
            words(
                f"effect.margin.{guard.margin.source}",
                amount=margin_text(figures, form, guard),
                ruled=ruled_text(figures, form, guard),
            )
        )
    if guard.result == "held" and guard.worse:
        notes.append(words("effect.within"))
    return EffectRow(
        ref=links.indicator(indicator.id),
        role=words("effect.role.guardrail"),
        before=_mean(form, guard.before, indicator),
        after=_mean(form, guard.after, indicator),
        difference=form.difference(guard.difference, indicator),
        interval=_interval(form, guard.interval, indicator, "effect.interval_guardrail"),
        verdict=SignalView(GUARDS[guard.result], guard_word(form, guard), links.to(SIGNALS, "effects")),
        note=words("punctuation.clause").join(notes),
    )


GUARDS = {"held": "target-met", "harmed": "concern", "unknown": "unknown"}
"""What became of a guardrail -> the word whose icon it carries."""


def _mean(form: Format, half: Half, indicator: Indicator) -> str:
    """The mean of a side; says how many of its values are not final."""
    text = half_text(form, half, indicator)
    return form.words("effect.not_final", mean=text, n=half.uncertain, of=half.n) if half.uncertain else text


def _interval(form: Format, interval: tuple[float, float] | None, indicator: Indicator, key: str) -> str:
    if interval is None:
        return ""
    low, high = form.ends(interval, indicator)
    return form.words(key, low=low, high=high)


def _drawing(
    ctx: PageContext, claim: Claim, name: str, title: str, description: str, table: tuple[EffectRow, ...]
) -> tuple[Markup, Markup]:
    """The dumbbell of what could be tested in per cent; nothing before the first look."""
    if claim.outcome is None:
        return Markup(""), Markup("")
    judged: tuple[tuple[str, MeasuredEffect], ...] = (
        (claim.shown, (claim.indicator, claim.effect.percent, claim.effect.interval, claim.effect.before)),
        *(
            (guard.shown, (guard.indicator, guard.percent, guard.interval, guard.before))
            for guard in claim.guardrails
        ),
    )
    rows = tuple(
        row
        for (shown, measured), told in zip(judged, table, strict=True)
        if (row := _dumbbell_row(ctx.figures, ctx.format, measured, shown, told))
    )
    if not rows:
        return Markup(""), Markup("")
    words = ctx.format.words
    keys = ("indicator", "kind", "before", "after", "difference", "interval", "conclusion", "note")
    head = [words(f"table.{key}") for key in keys]
    data = [
        (
            row.ref.title,
            row.role,
            row.before,
            row.after,
            row.difference,
            row.interval,
            row.verdict.label,
            row.note,
        )
        for row in table
    ]
    chart = Dumbbell(rows, words("effect.axis"))
    spec = specification(chart)
    return ctx.drawings.place(TwoWidths(spec, stacked(spec)), name, title, description, [head, *data])


MeasuredEffect = tuple[str, float | None, tuple[float, float] | None, Half]
"""Indicator, difference in per cent, interval, side before."""


def _dumbbell_row(
    figures: Figures, form: Format, measured: MeasuredEffect, shown: str, told: EffectRow
) -> DumbbellRow | None:
    """One row of the dumbbell; `told` is the same in the table."""
    name, percent, interval, before = measured
    if interval is None or percent is None or before.mean is None:
        return None
    low, high = (end / before.mean * 100 for end in interval)
    indicator = figures.catalogue.indicators[name]
    label = form.words(
        "effect.label",
        change=told.difference if indicator.percent else form.percent(percent, 1, signed=True),
        verdict=told.verdict.label,
    )
    title = form.text(indicator.name)
    said = tip(
        form,
        title,
        [
            ("before", told.before),
            ("after", told.after),
            ("difference", form.words("chart.tip_more", value=told.difference, more=told.interval)),
            ("conclusion", told.verdict.label),
        ],
    )
    outcome: EffectColour = "improved" if shown == "improved" else "worse" if shown == "worse" else "unclear"
    return DumbbellRow(
        name=title, difference=percent, low=low, high=high, outcome=outcome, label=label, tip=said
    )
