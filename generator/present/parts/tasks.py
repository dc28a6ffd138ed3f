"""What is to be done for a pilot and spoken of at its next review, as one list.

What the method expects comes with what changed since the last review: first what is late, then what is in
hand, then what to look at, last what comes after.
"""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from generator.present.parts.agenda import AgendaView
from generator.present.parts.progress import NextView


@dataclass(frozen=True, slots=True)
class NextRow:
    """One thing to be done or spoken of; the kind gives it its mark."""

    kind: str
    label: str
    text: Markup


def tasks(following: NextView, agenda: AgendaView | None) -> tuple[NextRow, ...]:
    """What the method expects, and the points of the next review."""
    own = [NextRow(item.kind, item.label, item.text) for item in following.items]
    spoken = [
        NextRow(line.tone, line.kind, line.text)
        for group in (agenda.groups if agenda else ())
        for line in group.lines
    ]
    return (
        *(row for row in own if row.kind == "overdue"),
        *(row for row in own if row.kind not in ("overdue", "later")),
        *spoken,
        *(row for row in own if row.kind == "later"),
    )
