"""A claim in words: the names of its changes, its sentence, its reservations, its badge.

Every page that tells what a change did takes its words from here, and this page decides nothing: which of the
words apply stands in the claim.
"""

from __future__ import annotations

from collections.abc import Sequence

from generator.compute.effects.claim import Claim, Reservation
from generator.compute.effects.effect import NoVerdict
from generator.compute.effects.guardrail import GuardEffect
from generator.compute.effects.sample import Half
from generator.compute.figures import Figures
from generator.model.exact import rounded
from generator.model.indicator import Indicator
from generator.model.pilot import Change
from generator.present.links import SIGNALS, Links
from generator.present.page_context import PageContext
from generator.present.parts.signal import SignalView
from generator.present.text.format import Format
from generator.present.text.moved import moved

STEPS = 2
"""So many steps of a change without a name are named."""


def change_title(figures: Figures, form: Format, pilot: str, change: Change) -> str:
    """A change's own name; without one its kind and the steps it touches."""
    words = form.words
    if change.name is not None:
        return form.text(change.name)
    kind = words(f"change_kind.{change.kind}")
    process = figures.catalogue.processes.get(figures.catalogue.pilots[pilot].process or "")
    names = (
        {step.id: form.text(step.name) for _, drawn in process.maps.drawn for step in drawn.steps}
        if process is not None
        else {}
    )
    steps = [names[step] for step in change.steps if step in names]
    if not steps:
        return kind
    key = "changed.steps" if len(steps) <= STEPS else "changed.steps_more"
    return words(key, kind=kind, steps=form.join(steps[:STEPS]), n=len(steps))


def dated(figures: Figures, form: Format, pilot: str, change: Change) -> str:
    """A change with its month, as a heading, a table or an axis names it."""
    return form.words(
        "changed.dated", title=change_title(figures, form, pilot, change), month=_month(form, change)
    )


def change_name(figures: Figures, form: Format, pilot: str, change: Change) -> str:
    """A change with its month, as a sentence names it."""
    return form.words(
        "changed.named", title=change_title(figures, form, pilot, change), month=_month(form, change)
    )


def _month(form: Format, change: Change) -> str:
    words = form.words
    return words("period.month", year=change.date.year, month=words(f"months.{change.date.month}"))


def changes_of(figures: Figures, claim: Claim) -> tuple[Change, ...]:
    """The changes of a claim, by date."""
    own = {change.id: change for change in figures.catalogue.pilots[claim.pilot].changes}
    return tuple(own[name] for name in claim.changes)


def claim_name(figures: Figures, form: Format, claim: Claim) -> str:
    """All changes that a claim is about, as a sentence names them."""
    return form.listed(
        [change_name(figures, form, claim.pilot, change) for change in changes_of(figures, claim)]
    )


def claim_dated(figures: Figures, form: Format, claim: Claim) -> str:
    """All changes that a claim is about, as a heading names them."""
    return form.listed([dated(figures, form, claim.pilot, change) for change in changes_of(figures, claim)])


def indicator_of(figures: Figures, claim: Claim) -> Indicator:
    """The indicator that a claim is about."""
    return figures.catalogue.indicators[claim.indicator]


def names_of(figures: Figures, form: Format, indicators: Sequence[str]) -> str:
    """Names of indicators in a row, as they stand inside a sentence."""
    catalogue = figures.catalogue
    return form.listed([form.inside(catalogue.indicators[name].name) for name in indicators])


def balance_view(form: Format, claim: Claim, links: Links | None = None) -> SignalView | None:
    """The badge over indicator and guardrails; None where there is no verdict."""
    if claim.balance is None:
        return None
    return SignalView(
        f"balance-{claim.balance}",
        form.words(f"effect.balance.{claim.balance}"),
        links.to(SIGNALS, "effects") if links else "",
    )


def balance_added(form: Format, claim: Claim) -> SignalView | None:
    """The badge over the guardrails beside the verdict; None where it would only say the verdict again."""
    view = balance_view(form, claim)
    return None if view is None or view.label == verdict_word(form, claim) else view


def verdict_word(form: Format, claim: Claim) -> str:
    """What may be said of the indicator alone, in a word or two; that there will be no verdict, where so."""
    why = claim.effect.why_not
    none = "never" if why is not None and why.due is None else "open"
    return form.words(f"effect.word.{claim.strength}.{claim.outcome or none}")


def verdict_view(form: Format, claim: Claim, links: Links | None = None) -> SignalView:
    """That word with its icon."""
    return SignalView(claim.signal, verdict_word(form, claim), links.to(SIGNALS, "effects") if links else "")


def guard_word(form: Format, guard: GuardEffect) -> str:
    """Held, harmed or not known."""
    return form.words(f"effect.guardrail.{guard.result}")


def half_text(form: Format, half: Half, indicator: Indicator) -> str:
    """The mean of one side with its unit; says how many of its values are not final."""
    return form.valued(half.mean, indicator)


def figures_text(figures: Figures, form: Format, claim: Claim) -> str:
    """From what to what, the difference and its interval; empty where there is nothing to compare."""
    words, effect, indicator = form.words, claim.effect, indicator_of(figures, claim)
    if effect.difference is None:
        return ""
    parts = {
        "before": form.value(effect.before.mean, indicator),
        "after": half_text(form, effect.after, indicator),
        **moved(form, effect.difference, effect.interval, indicator),
    }
    return words("effect.figures_bare" if effect.interval is None else "effect.figures", **parts)


def claim_sentence(ctx: PageContext, claim: Claim) -> str:
    """Verdict first, then the figures and what speaks against it; without a look, why there is none."""
    words = ctx.format.words
    figures, why = figures_text(ctx.figures, ctx.format, claim), claim.effect.why_not
    if why is not None:
        text = words(
            f"effect.open.{'never' if why.due is None else 'later'}",
            why=why_text(ctx.figures, ctx.format, claim),
        )
        so_far = (words("effect.open.figures", figures=figures),) if figures else ()
        return words("punctuation.sentence").join((text, *so_far))
    text = words(
        "effect.sentence",
        verdict=words(f"effect.verdict.{claim.strength}.{claim.outcome}"),
        changes=claim_name(ctx.figures, ctx.format, claim),
        figures=figures,
    )
    return words("punctuation.clause").join((text, *doubt_texts(ctx.figures, ctx.format, claim)))


def look_text(figures: Figures, form: Format, claim: Claim) -> str:
    """Which of the fixed looks the verdict is of, when the next is, and how it runs since."""
    words, effect = form.words, claim.effect
    if effect.look is None:
        return ""
    parts = [
        words("effect.look", n=effect.look.periods, until=form.period(effect.look.until)),
    ]
    if effect.look.next is not None:
        parts.append(words("effect.next_look", n=effect.look.next, due=form.period(effect.look.due)))
    if effect.so_far is not None:
        so_far = half_text(form, effect.so_far, indicator_of(figures, claim))
        parts.append(words("effect.so_far", n=effect.so_far.n, mean=so_far))
    return words("punctuation.clause").join(parts)


def doubt_texts(figures: Figures, form: Format, claim: Claim) -> tuple[str, ...]:
    """What makes a claim doubtful."""
    return tuple(reservation_text(figures, form, doubt) for doubt in claim.doubts)


def note_texts(figures: Figures, form: Format, claim: Claim) -> tuple[str, ...]:
    """What a reader should know besides."""
    return tuple(
        reservation_text(figures, form, reservation)
        for reservation in claim.reservations
        if not reservation.doubt
    )


def reservation_text(figures: Figures, form: Format, reservation: Reservation) -> str:
    """One reservation; the names in it are pilots, changes or guardrails."""
    catalogue = figures.catalogue
    names = ""
    if reservation.kind == "alike":
        if not reservation.names:
            return form.words("effect.doubt.alike")
        names = form.listed([form.text(catalogue.pilots[name].name) for name in reservation.names])
    elif reservation.kind == "unheld":
        names = names_of(figures, form, reservation.names)
    return form.words(
        f"effect.reservation.{reservation.kind}", n=reservation.count, of=reservation.of, names=names
    )


def why_text(figures: Figures, form: Format, claim: Claim) -> str:
    """What stands in the way of a verdict; empty where nothing does."""
    why = claim.effect.why_not
    if why is None:
        return ""
    key = f"effect.why.{why.why}"
    if why.barrier is not None and form.words.known(f"{key}_by"):
        key = f"{key}_by"
    return form.words(
        key,
        have=why.have,
        needed=why.needed,
        barrier=_barrier(figures, form, claim, why),
        due=form.period(why.due),
    )


def _barrier(figures: Figures, form: Format, claim: Claim, why: NoVerdict) -> str:
    """What ends the side that is short."""
    mark = why.barrier
    if mark is None:
        return ""
    if mark.change is not None:
        return change_name(figures, form, claim.pilot, mark.change)
    return form.words("effect.break", date=form.date(mark.date))


def guard_texts(figures: Figures, form: Format, claim: Claim) -> tuple[str, ...]:
    """What became of the guardrails: harmed ones, held ones with what they rule out, those not known."""
    words = form.words
    texts: list[str] = []
    if claim.balance is None:
        return ()
    texts += cost_texts(figures, form, claim)
    better = tuple(guard.indicator for guard in claim.guardrails if guard.better)
    if better:
        texts.append(words("effect.better", names=names_of(figures, form, better)))
    for guard in claim.guardrails:
        if guard.result == "held" and not guard.better:
            texts.append(
                words(
                    "effect.held" if guard.rules_out else "effect.held_whole",
                    name=names_of(figures, form, (guard.indicator,)),
                    amount=bound_text(figures, form, guard, spelled=True),
                )
            )
    return tuple(texts)


def cost_texts(figures: Figures, form: Format, claim: Claim) -> tuple[str, ...]:
    """The guardrails that were harmed, where there is a verdict."""
    if claim.balance is None or not claim.cost:
        return ()
    return (form.words("effect.cost", names=names_of(figures, form, claim.cost)),)


def bound_text(figures: Figures, form: Format, guard: GuardEffect, spelled: bool = False) -> str:
    """The worsening that a guardrail rules out, with enough places that a small one is not shown as 0."""
    indicator = figures.catalogue.indicators[guard.indicator]
    return _amount(form, 0.0 if guard.rules_out is None else guard.rules_out, indicator, spelled)


def ruled_text(figures: Figures, form: Format, guard: GuardEffect) -> str:
    """What the guardrail's interval says of a worsening: how much it is at least, or what is ruled out."""
    words, indicator = form.words, figures.catalogue.indicators[guard.indicator]
    if guard.at_least is not None:
        return words("effect.ruled.harm", bound=_amount(form, guard.at_least, indicator, False))
    if not guard.rules_out:
        return words("effect.ruled.any")
    return words("effect.ruled.some", bound=bound_text(figures, form, guard))


def margin_text(figures: Figures, form: Format, guard: GuardEffect) -> str:
    """The worsening that would be too much."""
    indicator = figures.catalogue.indicators[guard.indicator]
    return _amount(form, guard.margin.value, indicator, False) if guard.margin else ""


def _amount(form: Format, value: float, indicator: Indicator, spelled: bool) -> str:
    places = next((n for n in range(4) if rounded(value, n) > 0), 0)
    return form.difference(
        value, indicator, decimals=max(indicator.decimals, places), signed=False, spelled=spelled
    )


def home_text(ctx: PageContext, claim: Claim) -> str:
    """A claim in one line: from what to what, what may be said of it, and what it cost or may have cost."""
    words, form, indicator = ctx.format.words, ctx.format, indicator_of(ctx.figures, claim)
    clauses = [words(f"effect.home_word.{claim.strength}.{claim.outcome}")]
    clauses += [words(f"effect.doubt.{doubt.kind}") for doubt in claim.doubts]
    if claim.cost:
        clauses.append(words("effect.cost_home", names=names_of(ctx.figures, form, claim.cost)))
    elif claim.guards_withheld:
        clauses.append(words("effect.guards_withheld_home"))
    elif claim.balance == "balanced-gain":
        clauses.append(words("effect.held_home", names=names_of(ctx.figures, form, claim.held)))
    else:
        clauses += [
            reservation_text(ctx.figures, form, reservation)
            for reservation in claim.reservations
            if reservation.kind in ("unheld", "unguarded")
        ]
    return words(
        "effect.home",
        changes=claim_name(ctx.figures, form, claim),
        indicator=form.inside(indicator.name),
        before=form.value(claim.effect.before.mean, indicator),
        after=half_text(form, claim.effect.after, indicator),
        told=words("punctuation.clause").join(clauses),
    )
