"""tool-purpose: a tool names its steps, whether it replaces or augments, and the indicators that show it."""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.rule import Finding, Rule, RuleContext, listed

WHY = """A tool serves a step of the process, takes work over or helps people do it, and shows in a figure;
a tool of which nobody can say that is furniture. Before a new one is bought, the pilot says why none of the
tools that are there can serve."""

NEEDED = {"steps": "its steps", "role": "its role", "indicators": "the indicators that show it"}


def check(context: RuleContext) -> Iterator[Finding]:
    catalogue = context.catalogue
    for id_, pilot in catalogue.pilots.items():
        for position, tool in enumerate(pilot.tools):
            mark = catalogue.mark(f"pilots/{id_}", ("tools", position, "name"))
            lacking = [key for key in NEEDED if not getattr(tool, key)]
            if lacking:
                what = listed([NEEDED[key] for key in lacking])
                yield Finding(
                    mark, f"the tool '{context.say(tool.name)}' does not say {what}", _hint(lacking)
                )
            if not tool.existing and tool.why is None:
                message = (
                    f"the new tool '{context.say(tool.name)}' does not say why no existing one can serve"
                )
                yield Finding(mark, message, "add why: …; or write existing: true, if it was there already")
    # On a map a tool stands at its step, with the step's indicators; its role is all that is left to say.
    for id_, process in catalogue.processes.items():
        for key, map_ in process.maps.drawn:
            for position, step in enumerate(map_.steps):
                if step.tool and step.tool.role is None:
                    loc = ("maps", key, "steps", position, "tool")
                    name = context.say(step.tool.name)
                    message = f"the tool '{name}' of the step '{step.id}' does not say its role"
                    yield Finding(catalogue.mark(f"processes/{id_}", loc), message, _hint(["role"]))


def _hint(lacking: list[str]) -> str:
    forms = {
        "steps": "steps: [...]",
        "role": "role: replace or role: augment",
        "indicators": "indicators: [...]",
    }
    return f"add {listed([forms[key] for key in lacking])}"


RULE = Rule("tool-purpose", "warning", WHY, check)
