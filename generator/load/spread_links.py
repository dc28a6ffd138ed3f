"""Transfers name conditions of their change, and changes of the pilot whose data show what came of them."""

from __future__ import annotations

from collections.abc import Mapping

from generator.load.references import Names, check_name
from generator.model.pilot import Pilot
from generator.problems import Problems, Source


def check_spread(pilot: Pilot, pilots: Mapping[str, Pilot], source: Source, problems: Problems) -> None:
    """Within a pilot's changes."""
    for number, change in enumerate(pilot.changes):
        conditions = Names({"condition": [each.id for each in change.conditions]})
        for place, transfer in enumerate(change.spread):
            loc = ("changes", number, "spread", place)
            for key in ("met", "lacking"):
                for position, name in enumerate(getattr(transfer, key)):
                    check_name("condition", name, source, (*loc, key, position), conditions, problems)
            if transfer.change is not None and transfer.pilot is None:
                message, hint = "change: needs the key 'pilot'", "name the pilot that made it"
                problems.error(source.mark((*loc, "change")), "missing-key", message, hint)
            elif transfer.change is not None and transfer.pilot is not None and transfer.pilot in pilots:
                own = Names({"change": [each.id for each in pilots[transfer.pilot].changes]})
                check_name("change", transfer.change, source, (*loc, "change"), own, problems)
