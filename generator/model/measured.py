"""data/measured/<id>.yml: what `handbook measure` found in a process's log. Written by it, read by a build.

Hours are of the process's time basis. Groups of fewer cases than `small_group` are left out before it is
written; no person and no resource is named.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from generator.model.common import Date, Id, Items, Part
from generator.model.period import Period

DetourKind = Literal["skips", "back", "not-linked", "unknown", "starts", "ends"]


class MeasuredTime(Part):
    """A time and its spread, in hours."""

    n: int
    """How many were measured."""
    mean: float
    """Their mean."""
    sd: float
    """Their standard deviation, of a sample; 0 for one."""
    median: float
    """Half took at most this long."""
    p90: float
    """Nine in ten took at most this long."""


class MeasuredStep(Part):
    """A step of a map as the log has it."""

    id: Id
    """The step."""
    visits: int
    """How often it was done."""
    cases: int
    """In how many cases."""
    touch: MeasuredTime | None = None
    """Work on it, where start and end are known."""
    wait: MeasuredTime | None = None
    """Wait before it, where start and end are known."""
    total: MeasuredTime | None = None
    """Wait and work together, where only one of the two moments is known."""
    repeats: float
    """Share of the visits that were not the first of their case."""
    machines: float | None = None
    """Share of the visits that a machine did; left out where the log names no resources."""


class MeasuredWay(Part):
    """A way out of a gateway."""

    gateway: Id
    """The gateway."""
    to: Id
    """Where it leads."""
    n: int
    """How many passages took it."""
    share: float
    """Of the passages of this gateway."""


class MeasuredVariant(Part):
    """A way through the process, step by step."""

    steps: Items[str]
    """The ids of the steps; what the map lacks as the log calls it, after an =."""
    cases: int
    """How many cases took it."""
    share: float
    """Of the cases that are done."""
    median: float
    """Throughput time in hours."""
    follows: bool
    """It is a way that the map has."""


class Detour(Part):
    """Something that cases do and the map does not have."""

    kind: DetourKind
    """skips (leaves steps out), back (returns where the map has no way back), not-linked (another order),
    unknown (to or from what is no step), starts or ends (where the map does not)."""
    before: str | None = None
    """The step it comes from; left out at the start."""
    after: str | None = None
    """The step it leads to; left out at the end."""
    cases: int
    """How many cases do so."""
    share: float
    """Of all cases."""


class HandOver(Part):
    """From one lane to another."""

    before: Id
    """The lane that hands over."""
    after: Id
    """The lane that takes over."""
    n: int
    """How often."""
    per_case: float
    """On average in a case."""


class MeasuredShare(Part):
    """A share of the work of a period, and what it is of."""

    cases: int
    """In how many cases the work was."""
    share: float
    """The share."""
    whole: float
    """Of how much: hours, or visits."""


class MeasuredPeriod(Part):
    """What came and went in a period."""

    period: Period
    """The period."""
    arrivals: int
    """Cases that began."""
    ended: int
    """Cases that were done."""
    in_progress: int
    """Cases under way at its end."""
    queues: dict[Id, int] = Field(default_factory=dict)
    """Cases that waited before a step at its end."""
    waiting: MeasuredShare | None = None
    """Wait over wait and work, in hours, of the visits in it; left out where too few cases tell it."""
    machines: MeasuredShare | None = None
    """Visits in it that a machine did; left out where too few cases tell it."""


class MeasuredGroupMonth(Part):
    """What came and went of a group in a month; left out where too few cases did, or none."""

    period: Period
    """The month."""
    arrivals: int
    """Cases that began."""
    ended: int
    """Cases that were done."""
    queues: dict[Id, int] = Field(default_factory=dict)
    """Cases that waited before a step at its end."""


class MeasuredGroup(Part):
    """Cases of a pilot, of a period or of a value of a dimension."""

    by: str
    """pilot, period or the dimension."""
    value: str
    """Which of them."""
    throughput: MeasuredTime
    """From the first start to the last end."""
    first_pass: float
    """Share without any step done twice."""
    waiting_share: float | None = None
    """Wait over wait and work of the steps, where start and end are known."""
    automation: float | None = None
    """Share of the work that machines did, by visits."""
    follows: float | None = None
    """Share of the cases that follow the map as far as they have come."""
    hand_overs: float | None = None
    """How often a case goes from one lane to another, on average."""
    steps: Items[MeasuredStep] = ()
    """The steps of these cases, in the map's order; of a pilot or a dimension the open ones too."""
    ways: Items[MeasuredWay] = ()
    """Their shares at gateways; of a pilot or a dimension of the open cases too."""
    variants: Items[MeasuredVariant] = ()
    """The commonest of those that are done."""
    periods: Items[MeasuredGroupMonth] = ()
    """Arrivals and queues over time; of a pilot or a dimension."""


class Unmapped(Part):
    """An activity of the log that no step of the map is."""

    activity: str
    """As the log calls it."""
    n: int
    """How often."""


class MeasuredMap(Part):
    """A map as the log has it: the cases that began while it was in force."""

    map: Literal["as_is", "to_be"]
    """The map."""
    since: Date
    """The day when the first of its cases began."""
    until: Date
    """The last day that the log tells of."""
    cases: int
    """Cases that began."""
    ended: int
    """Of these, those that are done."""
    open: int
    """Of these, those under way: not done when the log ends."""
    open_h: float | None = None
    """How long half of the open ones have been under way at most."""
    throughput: MeasuredTime | None = None
    """From the first start to the last end of the cases that are done."""
    deciles: Items[float] = ()
    """10 % to 90 % of them took at most so long."""
    with_open: float | None = None
    """The median with the open cases counted (Kaplan and Meier); left out where it is not reached."""
    first_pass: float | None = None
    """Share of the done cases in which no step was done twice."""
    waiting_share: float | None = None
    """Wait over wait and work of the steps, where start and end are known."""
    automation: float | None = None
    """Share of the work that machines did, by visits."""
    follows: float
    """Share of all cases that follow the map as far as they have come."""
    steps: Items[MeasuredStep] = ()
    """The steps, in the map's order."""
    unseen: Items[Id] = ()
    """Steps of the map that the log does not have."""
    unmapped: Items[Unmapped] = ()
    """Activities that the map does not have."""
    ways: Items[MeasuredWay] = ()
    """Shares at gateways."""
    untold: Items[Id] = ()
    """Gateways whose ways cannot be told apart by the steps that follow."""
    variants: Items[MeasuredVariant] = ()
    """The commonest."""
    variant_count: int = 0
    """How many different ones there are."""
    detours: Items[Detour] = ()
    """The commonest first."""
    hand_overs: Items[HandOver] = ()
    """Between lanes, the commonest first."""
    periods: Items[MeasuredPeriod] = ()
    """Arrivals and queues over time."""
    groups: Items[MeasuredGroup] = ()
    """By pilot, period and dimension."""
    withheld: int = 0
    """Groups, variants and steps of fewer cases than may be told."""


class Measured(Part):
    """The whole file."""

    id: Id
    """The process."""
    source: str
    """The source it comes from."""
    query: str
    """SHA-256 of the query, its first 16 letters."""
    log: str
    """A sum over the events that were read: another one, another log."""
    events: int
    """How many."""
    hours_per_day: float
    """Hours of a day of the basis."""
    maps: Items[MeasuredMap]
    """Each map in force while cases began."""
