"""The page of a long review period on one look, and the same on one sheet of paper for those who decide.

Both tell first what has to be decided or is late, then how the pilots stand, then what is new. What stood on
earlier pages of the same kind is folded.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from markupsafe import Markup

from generator.compute.insight.named import named_quarter
from generator.compute.insight.quarter import Counted, IndicatorTurn, Quarter, Tally, quarter_of, quarters_of
from generator.model.period import Period
from generator.present.links import Links, Ref, quarter_path
from generator.present.page import Page, SearchEntry
from generator.present.page_context import PageContext
from generator.present.pages.reviews.quarter import (
    BalanceRow,
    DecisionRow,
    PilotView,
    QuarterView,
    counted_as,
    quarter_title,
    quarter_view,
)
from generator.present.pages.reviews.turns import TurnRow
from generator.present.parts.findings import variation_view
from generator.present.parts.meetings import ActionRow
from generator.present.parts.signal import SignalView
from generator.present.parts.tile import spark
from generator.present.parts.verdict import Verdict

COUNTS: tuple[Counted, ...] = ("opened", "closed", "overdue")
MOST_PILOTS, MOST_LINES = 8, 5
"""Rows of a list on the sheet; what is left out stands on the page."""


@dataclass(frozen=True, slots=True)
class NumberView:
    """One of the five numbers, with that of the period before."""

    label: str
    value: str
    before: str
    """Empty where the period before has none."""


@dataclass(frozen=True, slots=True)
class CellView:
    """An indicator of a pilot's pack; only what changed has a word."""

    row: TurnRow
    spark: Markup
    news: SignalView | None
    """A signal that was not there a period before."""


@dataclass(frozen=True, slots=True)
class PilotPack:
    """A pilot with its pack, and what is new about it."""

    verdict: Verdict
    view: PilotView
    cells: tuple[CellView, ...]
    evidence: tuple[BalanceRow, ...]
    """Verdicts on changes that this period brought."""
    earlier: tuple[BalanceRow, ...]


@dataclass(frozen=True, slots=True)
class QuarterContext:
    """What the template of a period's page is given."""

    view: QuarterView
    numbers: tuple[NumberView, ...]
    decisions: tuple[DecisionRow, ...]
    rows: tuple[PilotPack, ...]
    actions: tuple[ActionRow, ...]
    """What the period's reviews agreed on and is still open; what is late stands above."""
    done: tuple[ActionRow, ...]
    sheet: Ref


@dataclass(frozen=True, slots=True)
class SheetContext:
    """What the template of the sheet is given."""

    headline: str
    facts: str
    numbers: tuple[NumberView, ...]
    decisions: tuple[DecisionRow, ...]
    overdue: tuple[ActionRow, ...]
    rows: tuple[PilotPack, ...]
    evidence: tuple[BalanceRow, ...]
    actions: tuple[ActionRow, ...]
    more: Mapping[str, int]
    """How many rows of a list the sheet has no room for, by the list's name; 0: none."""
    page: Ref


def sheet_path(period: Period) -> str:
    """The path of a period's sheet."""
    return quarter_path(period).removesuffix(".md") + "-a4.md"


def pages(ctx: PageContext) -> Iterator[Page]:
    """Two pages for every period from the first pilot's first results on, in the chapter of the reviews."""
    for place, period in enumerate(reversed(quarters_of(ctx.figures))):
        if not ctx.wants(quarter_path(period)) and not ctx.wants(sheet_path(period)):
            continue
        yield ctx.page_or_kept(quarter_path(period), partial(_page, period=period, place=place))
        yield ctx.page_or_kept(sheet_path(period), partial(_sheet, period=period, place=place))


def _page(ctx: PageContext, period: Period, place: int) -> Page:
    title, context = quarter_title(ctx.format, period), quarter_context(ctx, period, quarter_path(period))
    page = ctx.page(
        "reviews/quarter",
        quarter_path(period),
        title,
        context,
        search=SearchEntry(title, context.view.headline),
        description=context.view.headline,
        # Newest first, and before the single reviews.
        order=place / 1000 - 0.5,
        hide=("navigation", "toc"),
    )
    return ctx.in_chapter(page, "reviews")


def _sheet(ctx: PageContext, period: Period, place: int) -> Page:
    """The same on one sheet: its lists end where the sheet does, and links lead from the folder of both."""
    words, context = ctx.format.words, quarter_context(ctx, period, quarter_path(period))
    title = words("quarter.sheet_title", period=quarter_title(ctx.format, period))
    end = ctx.figures.catalogue.handbook.calendar.end(period)
    facts = [
        ctx.format.text(ctx.figures.catalogue.handbook.organisation),
        words("cover.until", date=ctx.format.date(end)),
    ]
    evidence = tuple(line for row in context.rows for line in row.evidence)
    lists: dict[str, tuple[Sequence[object], int]] = {
        "decisions": (context.decisions, MOST_LINES),
        "overdue": (context.view.overdue, MOST_LINES),
        "pilots": (context.rows, MOST_PILOTS),
        "evidence": (evidence, MOST_LINES),
        "actions": (context.actions, MOST_LINES),
    }
    sheet = SheetContext(
        headline=context.view.headline,
        facts=words("punctuation.dot").join(fact for fact in facts if fact),
        numbers=context.numbers,
        decisions=context.decisions[:MOST_LINES],
        overdue=context.view.overdue[:MOST_LINES],
        rows=context.rows[:MOST_PILOTS],
        evidence=evidence[:MOST_LINES],
        actions=context.actions[:MOST_LINES],
        more={name: max(len(rows) - most, 0) for name, (rows, most) in lists.items()},
        page=Ref(quarter_title(ctx.format, period), ctx.links(sheet_path(period)).to(quarter_path(period))),
    )
    page = ctx.page(
        "reviews/sheet",
        sheet_path(period),
        title,
        sheet,
        SearchEntry(title, ""),
        order=place / 1000 - 0.4995,
        hide=("navigation", "toc"),
    )
    return ctx.in_chapter(page, "reviews")


def quarter_context(ctx: PageContext, period: Period, path: str) -> QuarterContext:
    """Everything about a period for its page; figures are as they stood at its end."""
    view, quarter = quarter_view(ctx, period, path)
    then, links = ctx.at(period), ctx.links(path)
    late = set(view.overdue)
    agreed = dict.fromkeys((*view.opened, *view.closed))
    return QuarterContext(
        view=view,
        numbers=tuple(_numbers(ctx, quarter)),
        decisions=tuple(row for pilot in view.pilots for row in pilot.decisions),
        rows=tuple(
            PilotPack(
                verdict=verdict,
                view=pilot,
                cells=tuple(_cells(then, own.indicators, pilot.rows, links)),
                evidence=tuple(line for line in pilot.balance if line.new),
                earlier=tuple(line for line in pilot.balance if not line.new),
            )
            for verdict, pilot, own in zip(view.verdicts, view.pilots, quarter.pilots, strict=True)
        ),
        actions=tuple(row for row in agreed if not row.closed and row not in late),
        done=tuple(row for row in agreed if row.closed),
        sheet=Ref(ctx.format.words("quarter.sheet"), links.to(sheet_path(period))),
    )


def _numbers(ctx: PageContext, quarter: Quarter) -> Iterator[NumberView]:
    """How many are reached and missed, and what became of what was agreed, now and a period before."""
    words = ctx.format.words
    old = None
    if quarter.before in quarters_of(ctx.figures):
        earlier = ctx.at(quarter.before.shift(-1)).figures
        old = named_quarter(quarter_of(ctx.at(quarter.before).figures, earlier, quarter.before))

    def reached(tally: Tally | None) -> str:
        if tally is None:
            return words("verdict.withheld_word")
        return words("value.of", n=tally.reached, of=tally.total)

    def missed(tally: Tally | None) -> str:
        return words("verdict.withheld_word") if tally is None else ctx.format.number(tally.missed)

    def count(of: Quarter, name: Counted) -> str:
        if name in of.shown_in_part:
            return words("verdict.withheld_word")
        return ctx.format.number(counted_as(of, name))

    yield NumberView(words("quarter.reached"), reached(quarter.tally), reached(old.tally) if old else "")
    yield NumberView(words("status.missed"), missed(quarter.tally), missed(old.tally) if old else "")
    for name in COUNTS:
        label = words(f"quarter.numbers.{name}")
        yield NumberView(label, count(quarter, name), count(old, name) if old else "")


def _cells(
    then: PageContext, items: Iterable[IndicatorTurn], rows: Iterable[TurnRow], links: Links
) -> Iterator[CellView]:
    for item, row in zip(items, rows, strict=True):
        indicator = then.figures.catalogue.indicators[item.indicator]
        news = None
        if item.new_signal is not None:
            news = variation_view(then.format, item.now.series, item.signals, links)
        yield CellView(row, spark(then, item.now.series, indicator), news)
