"""pack-size: a pilot's pack has 3–5 core indicators."""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.rule import Finding, Rule, RuleContext

WHY = """A pilot that watches fewer than three indicators sees one side only, so a gain in speed can hide a
loss in quality. With more than five nobody remembers them, and the few that matter get lost among the
rest."""


def check(context: RuleContext) -> Iterator[Finding]:
    least, most = context.number("min"), context.number("max")
    for id_, pilot in context.catalogue.pilots.items():
        count = len(pilot.pack)
        if not least <= count <= most:
            mark = context.catalogue.mark(f"pilots/{id_}", ("pack",), key=True)
            size = "1 indicator" if count == 1 else f"{count} indicators"
            too_few = "add one that shows another side"
            hint = too_few if count < least else "keep those that decide, drop the rest"
            yield Finding(mark, f"the pack has {size}, not {least}–{most}", hint)


RULE = Rule("pack-size", "warning", WHY, check, {"min": 3, "max": 5})
