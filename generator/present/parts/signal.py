"""A word that tells signal from noise, as templates show it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SignalView:
    """A word that tells signal from noise, with its icon's kind and where it is explained."""

    kind: str
    label: str
    href: str = ""
