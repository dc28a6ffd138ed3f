"""The rhythm of the reviews: those held against those expected, drawn over time and as a table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from generator.compute.figures import Figures
from generator.compute.insight.agenda import last_review
from generator.compute.insight.rhythm import Gap, PeriodRhythm, PilotRhythm, Rhythm, next_meeting, rhythm_of
from generator.model.exact import counted
from generator.model.period import Period
from generator.present.charts.rhythm import RhythmWords, geometry
from generator.present.links import REVIEWS, RHYTHM, Links, Ref
from generator.present.page import Page, SearchEntry
from generator.present.page_context import PageContext
from generator.present.parts.meetings import meeting_ref
from generator.present.text.format import Format


@dataclass(frozen=True, slots=True)
class RhythmRow:
    """One long period of a pilot."""

    period: str
    short: str
    """Reviews held and expected."""
    gaps: tuple[str, ...]
    long: Ref | None
    long_date: str
    long_state: str
    """Where no long review was held: missing, not due yet, or none asked for."""
    kept: bool
    verdict: str


@dataclass(frozen=True, slots=True)
class PilotRows:
    """A pilot with its periods, newest first."""

    ref: Ref
    told: str
    rows: tuple[RhythmRow, ...]


@dataclass(frozen=True, slots=True)
class RhythmContext:
    """What the template is given."""

    summary: str
    rule: str
    drawing: Markup
    """Empty where no pilot's rhythm may be told."""
    pilots: tuple[PilotRows, ...]
    index: Ref


def pages(ctx: PageContext) -> Iterator[Page]:
    """The one page, in the chapter of the reviews; nothing where no pilot runs, or nobody reviews."""
    rhythm, words = rhythm_of(ctx.figures), ctx.format.words
    if rhythm is None or not ctx.figures.catalogue.reviews:
        return
    links = ctx.links(RHYTHM)
    text = summary(ctx.figures, ctx.format, rhythm)
    context = RhythmContext(
        text,
        words(
            "rhythm.rule",
            days=rhythm.every_days,
            long=words(f"rhythm.long.{ctx.figures.catalogue.handbook.review.long}"),
        ),
        _drawing(ctx, rhythm, text) if rhythm.pilots else Markup(""),
        tuple(_pilot(ctx.figures, ctx.format, pilot, rhythm.periods[-1], links) for pilot in rhythm.pilots),
        Ref(words("chapters.reviews"), links.to(REVIEWS)),
    )
    title = words("rhythm.title")
    page = ctx.page(
        "reviews/rhythm",
        RHYTHM,
        title,
        context,
        search=SearchEntry(title, text),
        description=text,
        order=-0.7,
        hide=("navigation", "toc"),
    )
    yield ctx.in_chapter(page, "reviews")


def summary(figures: Figures, form: Format, rhythm: Rhythm) -> str:
    """The running period in a sentence: who kept the rhythm, and where it was missed."""
    words = form.words
    newest = rhythm.periods[-1]
    running = [
        (pilot, period) for pilot in rhythm.pilots for period in pilot.periods if period.period == newest
    ]
    kept = counted(held.kept for _, held in running)
    parts = [words.count("rhythm.kept", kept, of=len(running), period=form.period(newest))]
    if rhythm.in_part:
        parts = [words("edition.in_part")]
    if rhythm.withheld:
        names = [form.text(figures.catalogue.pilots[name].name) for name in rhythm.withheld]
        parts.append(words("rhythm.withheld", names=form.join(names)))
    for pilot, held in running:
        name = form.text(figures.catalogue.pilots[pilot.pilot].name)
        parts += [words("rhythm.missed", name=name, gap=_gap(form, gap)) for gap in held.gaps]
        if held.long_due and held.long_review is None:
            parts.append(words("rhythm.no_long", name=name))
    return words("punctuation.clause").join(parts) + words("punctuation.stop")


def _gap(form: Format, gap: Gap) -> str:
    return form.words(
        "rhythm.gap", start=form.date(gap.start), end=form.date(gap.end), days=form.number(gap.days)
    )


def _drawing(ctx: PageContext, rhythm: Rhythm, told: str) -> Markup:
    form, words = ctx.format, ctx.format.words
    pilots = ctx.figures.catalogue.pilots
    links = ctx.links(RHYTHM)
    calendar = ctx.figures.catalogue.handbook.calendar
    said = RhythmWords(
        tuple(form.text(pilots[pilot.pilot].name) for pilot in rhythm.pilots),
        tuple(
            tuple(
                (words("rhythm.days", n=form.number(gap.days)), _gap(form, gap))
                for period in pilot.periods
                for gap in period.gaps
            )
            for pilot in rhythm.pilots
        ),
        tuple(
            tuple(
                words(
                    "rhythm.held", date=form.date(review.date), meeting=meeting_ref(form, review, links).title
                )
                for review in pilot.reviews
            )
            for pilot in rhythm.pilots
        ),
        tuple(
            tuple(
                words("rhythm.not_held", period=form.period(period.period))
                for period in pilot.periods
                if period.long_due and period.long_review is None
            )
            for pilot in rhythm.pilots
        ),
        tuple(
            form.axis_period(period, place == 0 or period.number == 1)
            for place, period in enumerate(rhythm.periods)
        ),
    )
    title = words("rhythm.title")
    return Markup("").join(
        Markup(ctx.templates.piece("drawings/rhythm.svg.jinja", drawing=drawn, title=title, description=told))
        for drawn in (geometry(rhythm, said, calendar, narrow=narrow) for narrow in (False, True))
    )


def _pilot(
    figures: Figures, form: Format, pilot_rhythm: PilotRhythm, newest: Period, links: Links
) -> PilotRows:
    words = form.words
    last = last_review(figures, pilot_rhythm.pilot)
    due = next_meeting(figures, figures.catalogue.pilots[pilot_rhythm.pilot], last)
    parts = []
    if last is not None:
        parts.append(words("rhythm.last", date=form.date(last.date)))
    if due is not None:
        parts.append(words("rhythm.next", date=form.date(due)))
    text = words("punctuation.clause").join(parts)
    return PilotRows(
        links.pilot(pilot_rhythm.pilot),
        text + words("punctuation.stop") if text else "",
        tuple(_row(form, period, newest, links) for period in reversed(pilot_rhythm.periods)),
    )


def _row(form: Format, period_rhythm: PeriodRhythm, newest: Period, links: Links) -> RhythmRow:
    words = form.words
    review = period_rhythm.long_review
    running = period_rhythm.period == newest
    state = "missing" if period_rhythm.long_due else "later" if running else "none"
    return RhythmRow(
        period=form.period(period_rhythm.period),
        short=words("rhythm.counted", held=len(period_rhythm.held), expected=period_rhythm.expected),
        gaps=tuple(_gap(form, gap) for gap in period_rhythm.gaps),
        long=meeting_ref(form, review, links) if review else None,
        long_date=form.date(review.date) if review else "",
        long_state="" if review else words(f"rhythm.long_state.{state}"),
        kept=period_rhythm.kept,
        verdict=words("rhythm.verdict.kept" if period_rhythm.kept else "rhythm.verdict.missed"),
    )
