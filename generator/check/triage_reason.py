"""triage-reason: a workshop says why it sorted an indicator so, and who decides about a useless one."""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.rule import Finding, Rule, RuleContext

WHY = """An indicator that only looks good costs work every month and moves nobody to do anything. A workshop
may say so; what stops it is somebody who decides. Without a reason the next workshop sorts it the other way,
and without a name nobody feels asked."""


def check(context: RuleContext) -> Iterator[Finding]:
    catalogue = context.catalogue
    for workshop in catalogue.workshops.values():
        for place, item in enumerate(workshop.indicators):
            mark = catalogue.mark(f"workshops/{workshop.id}", ("indicators", place))
            name = item.indicator or (context.say(item.name) if item.name else "")
            if item.reason is None:
                yield Finding(mark, f"'{name}' is sorted without a reason", "add reason: …")
            if item.serves == "looks-good" and item.decides is None:
                message = f"'{name}' only looks good, and nobody is named who decides about it"
                yield Finding(mark, message, "add decides: the role that may stop it")


RULE = Rule("triage-reason", "note", WHY, check)
