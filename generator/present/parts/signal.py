"""A word that tells signal from noise, as templates show it."""

from __future__ import annotations

from dataclasses import dataclass

LESS_SURE = "less-sure"
"""Kind of a word whose signal is in doubt: its icon has neither a direction nor a colour."""


@dataclass(frozen=True, slots=True)
class SignalView:
    """A word that tells signal from noise, with its icon's kind and where it is explained."""

    kind: str
    label: str
    href: str = ""
