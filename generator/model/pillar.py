"""The three pillars of the method; none carries without the other two."""

from __future__ import annotations

from typing import Literal, get_args

Pillar = Literal["direction", "drive", "support"]
"""direction: goals and indicators made scientific, doing the right things · drive: processes and tools made
digital, doing things fast and steadily · support: people and organisation made agile, the right people doing
it the right way."""

PILLARS: tuple[Pillar, ...] = get_args(Pillar)
