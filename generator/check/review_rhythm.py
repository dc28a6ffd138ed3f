"""review-rhythm: a running pilot has its short reviews in time, and a long one for every long period."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from generator.check.rule import Finding, Rule, RuleContext
from generator.model.pilot import Pilot
from generator.model.review import Review
from generator.model.rhythm import gaps, long_due, short_span

WHY = """A pilot that is looked at once in a while drifts, and what went wrong in the first week is found in
the last. The handbook's `review:` sets the rhythm; without it, a short review every 14 days and a long one
every quarter. Short reviews are looked at within the long period that is running, and a long review counts
as one of them; the long review is asked of the period before, since it is held when all its results are
there. What was missed earlier cannot be made up for and is not told. The
rhythm counts from the day a pilot begins the roadmap's step of running and reviewing (`rhythm: true`, or the
id run-review) to the last day of its `period`; a pilot that writes of no steps is reviewed from its first."""


def check(context: RuleContext) -> Iterator[Finding]:
    catalogue, today = context.catalogue, context.today
    if today is None or not context.whole("reviews"):
        return
    for id_, pilot in catalogue.pilots.items():
        reviews = [review for review in catalogue.reviews.values() if review.pilot == id_]
        mark = catalogue.mark(f"pilots/{id_}", ("period",), key=True)
        for message, hint in (
            *_short(context, pilot, reviews, today),
            *_long(context, pilot, reviews, today),
        ):
            yield Finding(mark, message, hint)


def _short(
    context: RuleContext, pilot: Pilot, reviews: list[Review], today: date
) -> Iterator[tuple[str, str]]:
    rhythm, calendar = context.catalogue.handbook.review, context.catalogue.handbook.calendar
    span = short_span(pilot, calendar.of(today, rhythm.long), today, context.catalogue)
    if span is None:
        return
    first, last = span
    for before, after in gaps(first, last, (review.date for review in reviews), rhythm.short_every_days):
        message = f"no short review of '{pilot.id}' from {before} to {after}"
        days = (after - before).days
        yield (
            message,
            f"{days} days; one is due every {rhythm.short_every_days}: hold it, and write it down",
        )


def _long(
    context: RuleContext, pilot: Pilot, reviews: list[Review], today: date
) -> Iterator[tuple[str, str]]:
    rhythm, calendar = context.catalogue.handbook.review, context.catalogue.handbook.calendar
    due = calendar.of(today, rhythm.long).shift(-1)
    if not long_due(pilot, due, today, context.catalogue):
        return
    held = [review.period for review in reviews if review.kind == "long"]
    newest = max(held, key=calendar.end, default=None)
    if newest is None or calendar.end(newest) < calendar.end(due):
        so_far = f"the last one is of {newest}" if newest else "there is none so far"
        message = f"no long review of '{pilot.id}' for {due}; {so_far}"
        yield message, f"add a file to data/reviews with kind: long and period: {due}"


RULE = Rule("review-rhythm", "warning", WHY, check)
