"""tool-trial: a new tool is tried before it goes live, and hours expected are held against hours saved."""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.rule import Finding, Rule, RuleContext

WHY = """A new tool that goes live at once cannot be given back. A light trial in the pilot, with the figures
that would show whether it helps, costs two weeks and saves a year. And where somebody expected hours to be
saved, somebody says afterwards whether they were."""


def check(context: RuleContext) -> Iterator[Finding]:
    for id_, pilot in context.catalogue.pilots.items():
        for place, tool in enumerate(pilot.tools):
            mark = context.catalogue.mark(f"pilots/{id_}", ("tools", place, "name"))
            name = context.say(tool.name)
            live = tool.live is not None and (context.today is None or tool.live <= context.today)
            if not tool.existing and live and tool.trial is None:
                yield Finding(mark, f"the new tool '{name}' went live without a trial", "add trial: …")
            if live and tool.hours is not None and tool.hours_saved is None:
                message = f"the tool '{name}' was to save {tool.hours:g} hours a month; nobody says what came"
                yield Finding(mark, message, "add hours_saved: …")


RULE = Rule("tool-trial", "note", WHY, check)
