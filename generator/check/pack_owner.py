"""pack-owner: every indicator of a pack names the unit and the role that answer for it in the pilot."""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.rule import Finding, Rule, RuleContext, listed

WHY = """An indicator nobody answers for stays red. The owner in the library answers for the definition and
the figures; who answers for the result in this pilot is somebody close to the work, and the pack says who.
It takes both a unit and a role: a unit alone leaves it to everyone, a role alone may sit anywhere."""


def check(context: RuleContext) -> Iterator[Finding]:
    for id_, pilot in context.catalogue.pilots.items():
        for position, item in enumerate(pilot.pack):
            lacking = [key for key in ("unit", "role") if getattr(item.owner, key, None) is None]
            if not lacking:
                continue
            loc: tuple[str | int, ...] = ("pack", position)
            loc = (*loc, "owner") if item.owner else loc
            message = f"the pack does not say which {listed(lacking, 'or')} answers for '{item.indicator}'"
            given = [f"{key}: …" for key in lacking]
            hint = f"add {listed(given)} to its owner" if item.owner else "add owner: {unit: …, role: …}"
            yield Finding(context.catalogue.mark(f"pilots/{id_}", loc), message, hint)


RULE = Rule("pack-owner", "warning", WHY, check)
