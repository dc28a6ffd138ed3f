"""review-complete: a long review names every missed indicator, with place and cause, and what was tried."""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.missed import missed, rows_of
from generator.check.rule import Finding, Rule, RuleContext, listed
from generator.model.review import Review

WHY = """A review that passes over what was missed is a celebration. For every indicator of the pack that is
worse than its floor in the period (or than its target, where it has no floor) a long review says at which
step it sits, whether the cause is the process, the people or a system, and what was tried or is to be
tried."""


def check(context: RuleContext) -> Iterator[Finding]:
    rows = rows_of(context.catalogue)
    for id_, review in context.catalogue.reviews.items():
        pilot = context.catalogue.pilots.get(review.pilot)
        if review.kind != "long" or pilot is None:
            continue
        for indicator, figures in missed(context.catalogue, rows, pilot, review.period):
            yield from _incomplete(context, id_, review, indicator, figures, bool(pilot.process))


def _incomplete(
    context: RuleContext, id_: str, review: Review, indicator: str, figures: str, has_steps: bool
) -> Iterator[Finding]:
    catalogue, place = context.catalogue, f"reviews/{id_}"
    found = {i: problem for i, problem in enumerate(review.problems) if problem.indicator == indicator}
    if not found:
        message = (
            f"'{indicator}' was missed in {review.period} ({figures}), and the review names no problem of it"
        )
        hint = f"add a problem with indicator: {indicator}, step and cause, and an action that answers it"
        yield Finding(catalogue.mark(place, ("period",)), message, hint)
        return
    for position, problem in found.items():
        wanted = ("step", "cause") if has_steps else ("cause",)  # without a process there is no step to name
        lacking = [key for key in wanted if getattr(problem, key) is None]
        if lacking:
            mark = catalogue.mark(place, ("problems", position, "id"))
            message = f"the problem '{problem.id}' of the missed '{indicator}' has no {listed(lacking, 'or')}"
            yield Finding(mark, message, f"add {listed([f'{key}: …' for key in lacking])}")
    ids = {problem.id for problem in found.values()}
    for action in review.actions:
        if action.problem in ids or (action.result and action.result.indicator == indicator):
            return
    mark = catalogue.mark(place, ("problems", min(found), "id"))
    message = f"no action of the review answers the missed '{indicator}' ({figures})"
    yield Finding(
        mark, message, f"add an action with problem: {found[min(found)].id}; with its result, if it was tried"
    )


RULE = Rule("review-complete", "warning", WHY, check)
