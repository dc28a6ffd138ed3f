"""What a pilot rewards beside its gate and bonuses: recognition, promotion, ideas, joint work."""

from __future__ import annotations

from typing import Literal

from generator.model.common import Id, Items, Part
from generator.model.text import Prose, Text

RewardKind = Literal["bonus", "recognition", "promotion"]
RewardFor = Literal["result", "innovation", "optimisation", "cross-unit"]


class Reward(Part):
    """One reward."""

    id: Id
    """Its id, unique in the pilot, e.g. joint-delivery."""

    kind: RewardKind
    """bonus (money), recognition or promotion."""

    given_for: RewardFor = "result"
    """result, innovation (something new), optimisation (a step made better) or cross-unit (reached by several
    units together). Default result."""

    text: Prose
    """What is given, and for what."""

    post: Text | None = None
    """The post that it is for, e.g. {zh: 调度主管, en: Scheduling lead}."""

    key_post: bool = False
    """Whether the post is a key one of the process. Default false."""

    units: Items[Id] = ()
    """The units that it is for; a cross-unit reward names at least two."""

    indicators: Items[Id] = ()
    """The indicators that it is judged by."""

    caution: Prose | None = None
    """What could go wrong with it, and how that is watched."""
