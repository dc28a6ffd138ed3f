"""What a change did, guardrails held against it: a sentence, a chart of before and after, a table.

The same view stands on the pilot's page, change by change, and on the page of an indicator that changes name.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from generator.compute.effect import Effect
from generator.compute.guardrail import ChangeEffect, GuardEffect
from generator.compute.lead_lag import Clue
from generator.model.pilot import Change, Pilot
from generator.present.charts.dumbbell import Dumbbell, DumbbellRow, Outcome, specification
from generator.present.desk import Desk
from generator.present.links import SIGNALS, Links, Ref
from generator.present.pages.figure import tip
from generator.present.pages.findings import SignalView, change_name, effect_sentence
from generator.present.told import capital

KINDS = {
    "improved": "improvement", "worse": "concern", "higher": "high", "lower": "low", "unclear": "normal",
    "no-harm": "normal",
}  # fmt: skip
"""Verdict -> the signal word whose icon it carries."""
OUTCOMES: dict[str, Outcome] = {"improved": "improved", "worse": "worse"}


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
    finding: str
    balance: SignalView | None
    drawing: Markup
    take: Markup
    rows: tuple[EffectRow, ...]


def effects_of(desk: Desk, pilot: Pilot, links: Links, only: str | None = None) -> tuple[EffectView, ...]:
    """Every change of a pilot (or only one) in every indicator it names, newest change last."""
    return tuple(
        _view(desk, change, one, links, f"effect-{change.id}-{one.effect.indicator}", None)
        for change in sorted(pilot.changes, key=lambda one: one.date)
        if only in (None, change.id)
        for one in desk.figures.effects[(pilot.id, change.id)]
    )


def effects_on(desk: Desk, indicator: str, links: Links) -> tuple[EffectView, ...]:
    """Every change of every pilot that names an indicator and could be tested."""
    return tuple(
        _view(desk, change, one, links, f"effect-{pilot.id}-{change.id}", pilot)
        for pilot in desk.figures.catalogue.pilots.values()
        for change in sorted(pilot.changes, key=lambda one: one.date)
        for one in desk.figures.effects[(pilot.id, change.id)]
        if one.effect.indicator == indicator and one.effect.verdict is not None
    )


def clue_sentences(desk: Desk, pilot: str) -> tuple[str, ...]:
    """Which indicators of a pilot's pack move before which."""
    return tuple(clue_sentence(desk, clue) for clue in desk.figures.clues.get(pilot, ()))


def clue_sentence(desk: Desk, clue: Clue) -> str:
    """What moves before what, with what it rests on."""
    form, words = desk.format, desk.format.words
    indicators = desk.figures.catalogue.indicators
    names = {
        "leader": form.text(indicators[clue.leader].name),
        "follower": form.text(indicators[clue.follower].name),
        "correlation": form.number(clue.correlation, 2, signed=True),
        "periods": clue.periods,
    }
    told = words.count("clue.ahead", clue.lag, **names) if clue.lag else words("clue.together", **names)
    return told + words("clue.firm" if clue.firm else "clue.slight")


def balance_sentence(desk: Desk, one: ChangeEffect) -> str:
    """The verdict over indicator and guardrails: names what got worse, and what no harm cannot rule out."""
    words, form = desk.format.words, desk.format
    indicators = desk.figures.catalogue.indicators
    if one.balance is None:
        return ""
    parts = []
    if one.cost:
        names = form.join([form.text(indicators[guard].name) for guard in one.cost])
        parts.append(words("effect.cost", names=names))
    better = [guard.effect.indicator for guard in one.guardrails if guard.verdict == "improved"]
    if better:
        parts.append(
            words("effect.better", names=form.join([form.text(indicators[name].name) for name in better]))
        )
    for guard in one.guardrails:
        if guard.verdict == "no-harm" and guard.rules_out is not None:
            indicator = indicators[guard.effect.indicator]
            parts.append(
                words(
                    "effect.no_harm",
                    name=form.text(indicator.name),
                    amount=form.difference(
                        guard.rules_out,
                        indicator,
                        decimals=max(indicator.decimals, _decimals(guard)),
                        signed=False,
                        spelled=True,
                    ),
                )
            )
    told = words("punctuation.clause").join(parts)
    return capital(told)


def _decimals(guard: GuardEffect) -> int:
    """Enough places that a small bound is not shown as 0."""
    bound = guard.rules_out or 0.0
    return next((places for places in range(4) if round(bound, places) > 0), 0)


def _view(
    desk: Desk, change: Change, one: ChangeEffect, links: Links, name: str, pilot: Pilot | None
) -> EffectView:
    words = desk.format.words
    indicator = desk.figures.catalogue.indicators[one.effect.indicator]
    own = links.indicator(indicator.id)
    head = words("effect.heading", change=change_name(desk, change), indicator=own.title)
    heading = Ref(head, own.href)
    if pilot is not None:
        where = links.pilot(pilot.id)
        heading = Ref(
            words("effect.heading", change=change_name(desk, change), indicator=where.title), where.href
        )
    told = [
        effect_sentence(desk, change, one, indicator)
        if one.effect.verdict
        else words(f"effect.why_not.{one.effect.why_not}"),
        balance_sentence(desk, one),
        _compared(desk, one),
        words("effect.guards_withheld") if one.guards_withheld else "",
    ]
    finding = words("punctuation.sentence").join(part for part in told if part) + words("punctuation.stop")
    rows = (
        _row(desk, one.effect, own, words("effect.role.indicator"), one.effect.verdict, "", links),
        *(_guard_row(desk, guard, links) for guard in one.guardrails),
    )
    drawing, take = _drawing(desk, one, name, heading.title, finding, rows)
    return EffectView(
        heading,
        finding,
        SignalView(
            f"balance-{one.balance}", words(f"effect.balance.{one.balance}"), links.to(SIGNALS, "effects")
        )
        if one.balance
        else None,
        drawing,
        take,
        rows,
    )


def _compared(desk: Desk, one: ChangeEffect) -> str:
    """What is left when the change of pilots without a change is taken off."""
    compared, form = one.effect.comparison, desk.format
    if compared is None:
        return form.words("effect.comparison_withheld") if one.comparison_withheld else ""
    indicator = desk.figures.catalogue.indicators[one.effect.indicator]
    pilots = desk.figures.catalogue.pilots
    return form.words(
        "effect.compared",
        pilots=form.join([form.text(pilots[pilot].name) for pilot in compared.pilots]),
        net=form.difference(compared.net, indicator, spelled=True),
        low=form.number(compared.interval[0], indicator.decimals, signed=True),
        high=form.number(compared.interval[1], indicator.decimals, signed=True),
    )


def _guard_row(desk: Desk, guard: GuardEffect, links: Links) -> EffectRow:
    form = desk.format
    indicator = desk.figures.catalogue.indicators[guard.effect.indicator]
    note = ""
    if guard.verdict == "no-harm" and guard.rules_out is not None:
        decimals = max(indicator.decimals, _decimals(guard))
        amount = form.difference(guard.rules_out, indicator, decimals=decimals, signed=False)
        note = form.words("effect.rules_out", amount=amount)
    role = form.words("effect.role.guardrail")
    return _row(desk, guard.effect, links.indicator(indicator.id), role, guard.verdict, note, links)


def _row(
    desk: Desk, effect: Effect, ref: Ref, role: str, verdict: str | None, note: str, links: Links
) -> EffectRow:
    form, words = desk.format, desk.format.words
    indicator = desk.figures.catalogue.indicators[effect.indicator]
    decimals = indicator.decimals
    interval = ""
    if effect.interval is not None:
        low, high = form.ends(effect.interval, indicator)
        interval = words("effect.interval", low=low, high=high)
    if verdict is None:
        shown = SignalView("unknown", words("effect.untested"))
        note = words(f"effect.why_not.{effect.why_not or 'no-direction'}")
    else:
        shown = SignalView(KINDS[verdict], words(f"effect.word.{verdict}"), links.to(SIGNALS, "effects"))
    return EffectRow(
        ref,
        role,
        form.with_unit(effect.before.mean, form.text(indicator.unit), decimals),
        form.with_unit(effect.after.mean, form.text(indicator.unit), decimals),
        form.difference(effect.difference, indicator, unit=False),
        interval,
        shown,
        note,
    )


def _drawing(
    desk: Desk, one: ChangeEffect, name: str, title: str, description: str, table: tuple[EffectRow, ...]
) -> tuple[Markup, Markup]:
    """The dumbbell of what could be tested in per cent; nothing where no row could."""
    judged: Iterable[tuple[Effect, str | None]] = (
        (one.effect, one.effect.verdict),
        *((guard.effect, guard.verdict) for guard in one.guardrails),
    )
    rows = tuple(
        row
        for (effect, verdict), told in zip(judged, table, strict=True)
        if (row := _dumbbell_row(desk, effect, verdict, told))
    )
    if not rows or one.effect.verdict is None:
        return Markup(""), Markup("")
    words = desk.format.words
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
    return desk.drawings.place(specification(chart), name, title, description, [head, *data])


def _dumbbell_row(desk: Desk, effect: Effect, verdict: str | None, told: EffectRow) -> DumbbellRow | None:
    """One row of the dumbbell; `told` is the same in the table."""
    base = effect.before.mean
    if effect.interval is None or effect.percent is None or base is None or verdict is None:
        return None
    low, high = (end / base * 100 for end in effect.interval)
    form, indicator = desk.format, desk.figures.catalogue.indicators[effect.indicator]
    moved = form.percent(effect.percent, 1, signed=True)
    label = form.words(
        "effect.label",
        change=form.difference(effect.difference, indicator) if indicator.percent else moved,
        verdict=form.words(f"effect.word.{verdict}"),
    )
    outcome = OUTCOMES.get(verdict, "unclear")
    name = form.text(indicator.name)
    said = tip(
        desk,
        name,
        [
            ("before", told.before),
            ("after", told.after),
            ("difference", form.words("figure.tip_more", value=told.difference, more=told.interval)),
            ("conclusion", told.verdict.label),
        ],
    )
    return DumbbellRow(name, effect.percent, low, high, outcome, label, said)
