"""evidence-before-rollout: two long review periods of results stand behind a policy or institutional case."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from generator.check.rule import Finding, Rule, RuleContext, listed
from generator.model.case import CaseHead
from generator.model.handbook import EVIDENCE_PERIODS, EVIDENCE_RULE

WHY = """A rule for all is hard to take back, and one good quarter may be luck. Before a policy is adopted, or
a case made an institution, each indicator that it names has results in at least two whole long review
periods (the setting `periods`): after the change that it tells of, or else since the pilot began. Results of
its pilot or of the whole organisation count. A candidate may still wait for them."""


def check(context: RuleContext) -> Iterator[Finding]:
    catalogue = context.catalogue
    for id_, case in catalogue.cases.items():
        key = "kind" if case.kind == "policy" else "spread"
        if case.status != "adopted" or not (case.kind == "policy" or case.spread == "institutional"):
            continue
        if case.pilot is not None and case.pilot not in catalogue.pilots:
            continue
        what = "policy" if case.kind == "policy" else "institutional case"
        mark = catalogue.mark(f"cases/{id_}", (key,))
        if not case.indicators:
            message = f"the {what} '{id_}' is adopted and names no indicator that speaks for it"
            yield Finding(mark, message, "add indicators: [...], or write status: candidate")
            continue
        wanted = context.number("periods")
        counts = {named: _periods(context, case, named) for named in case.indicators}
        short = [f"'{named}' in {count or 'none'}" for named, count in counts.items() if count < wanted]
        if short:
            periods = "long review period" if wanted == 1 else "long review periods"
            message = f"the {what} '{id_}' is adopted before {wanted} whole {periods} of results"
            hint = f"results so far: {listed(short)}; write status: candidate until there are enough"
            yield Finding(mark, message, hint)


def _periods(context: RuleContext, case: CaseHead, indicator: str) -> int:
    """Whole long periods with a result of the indicator, since what the case tells of began."""
    if context.today is None:
        return 0
    handbook, since = context.catalogue.handbook, _since(context, case)
    calendar = handbook.calendar
    results = context.catalogue.results
    rows = results.valued & results.having("indicator", indicator)
    if case.pilot is not None:
        rows &= results.where("pilot", (case.pilot, None).__contains__)
    found = {
        calendar.of(calendar.closes_on(period), handbook.review.long)
        for period in results.distinct("period", rows)
    }
    whole = [
        period
        for period in found
        if since <= calendar.start(period) and calendar.end(period) <= context.today
    ]
    return len(whole)


def _since(context: RuleContext, case: CaseHead) -> date:
    pilot = context.catalogue.pilots.get(case.pilot or "")
    if pilot is None:
        return date.min
    days = [change.date for change in pilot.changes if change.id == case.change]
    return days[0] if days else context.catalogue.handbook.calendar.start(pilot.period.from_)


RULE = Rule(EVIDENCE_RULE, "warning", WHY, check, {"periods": EVIDENCE_PERIODS})
