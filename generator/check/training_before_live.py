"""training-before-live: before a tool or a to-be map goes live, front line and managers had training."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import get_args

from generator.check.rule import Finding, Rule, RuleContext, listed
from generator.model.pilot import Pilot, Trainee

WHY = """Where the front line has not practised the new way, old habits pull it back within weeks; where the
managers have not, they go on asking for the old figures. Both are trained on or before the day it goes live.
Which training was for which tool is not asked: any earlier one of the pilot counts, and for a to-be map one
of any pilot on the process. What goes live later than the results reach still has time."""

AUDIENCES: tuple[str, ...] = get_args(Trainee)
NAMES = {"frontline": "the front line", "managers": "the managers"}


def check(context: RuleContext) -> Iterator[Finding]:
    catalogue, calendar = context.catalogue, context.catalogue.handbook.calendar
    for id_, pilot in catalogue.pilots.items():
        for position, tool in enumerate(pilot.tools):
            if tool.live is not None:
                mark = catalogue.mark(f"pilots/{id_}", ("tools", position, "live"))
                what = f"the tool '{context.say(tool.name)}' went live on {tool.live}"
                for message, hint in _untrained(context, [pilot], tool.live):
                    yield Finding(mark, f"{what} {message}", hint)
    for id_, process in catalogue.processes.items():
        pilots = [pilot for pilot in catalogue.pilots.values() if pilot.process == id_]
        map_ = process.maps.to_be
        if map_ is None or map_.since is None or not pilots or not context.whole("pilots"):
            continue  # training is written down in a pilot; without one there is no place for it
        mark = catalogue.mark(f"processes/{id_}", ("maps", "to_be", "since"))
        # Of a month or a quarter the day is not known; what lies inside it may have come before.
        for message, hint in _untrained(context, pilots, calendar.end(map_.since)):
            yield Finding(mark, f"the to-be map of '{id_}' has been live since {map_.since} {message}", hint)


def _untrained(context: RuleContext, pilots: list[Pilot], live: date) -> Iterator[tuple[str, str]]:
    if context.today is not None and live > context.today:
        return
    trained = {session.audience for pilot in pilots for session in pilot.training if session.date <= live}
    lacking = [audience for audience in AUDIENCES if audience not in trained]
    if lacking:
        message = f"without training for {listed([NAMES[audience] for audience in lacking], 'or')} before"
        names = [f"'{pilot.id}'" for pilot in pilots]
        where = f"under training: of the pilot {listed(names, 'or')}"
        yield message, f"add {listed([f'audience: {name}' for name in lacking])} {where}"


RULE = Rule("training-before-live", "note", WHY, check)
