"""The words that stand on a process map in one language: all that its geometry depends on.

Two pages, two reviews or two languages whose maps say the same words have the same geometry. What a map shows
besides (how its indicators stand, ranks, numbers of problems, addresses) takes no room and is not here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from generator.compute.processes.map_change import MapChange
from generator.compute.processes.measured_steps import MapMeasured, StepMeasured
from generator.compute.processes.net import is_work
from generator.model.indicator import Indicator
from generator.model.process import Lane, Process, ProcessMap, Step, Symptom
from generator.present.text.format import Format


@dataclass(frozen=True, slots=True)
class LaneWords:
    """The head of a lane."""

    name: str
    external: bool


@dataclass(frozen=True, slots=True)
class StepWords:
    """What stands on the shape of a step, gateway or event."""

    id: str
    lane: int
    """Its place among the process's lanes."""
    gateway: str | None
    event: str | None
    kind: str | None
    automation: str
    name: str
    role: str
    """Who does it, and the tool."""
    touch: str
    wait: str
    symptoms: str
    badges: tuple[str, ...]
    """What the to-be map did to it, one word each."""
    indicators: tuple[str, ...]
    """Names of what is measured here."""
    log_word: str = ""
    """What stands before what the log says."""
    log: tuple[tuple[str, str], ...] = ()
    """What the log says beside the written times, (touch, wait or both, time): the middle one."""


@dataclass(frozen=True, slots=True)
class LinkWords:
    """What stands at a link between two steps."""

    source: str
    target: str
    label: str


@dataclass(frozen=True, slots=True)
class MapWords:
    """All words of one map, in the order of the data."""

    lanes: tuple[LaneWords, ...]
    steps: tuple[StepWords, ...]
    links: tuple[LinkWords, ...]


def map_words(
    process: Process,
    drawn: ProcessMap,
    change: MapChange | None,
    indicators: Mapping[str, Indicator],
    form: Format,
    *,
    measured: MapMeasured | None = None,
) -> MapWords:
    """The words of one map of a process; `change` is what the map did to the steps that it shows."""
    lanes = {lane.id: place for place, lane in enumerate(process.lanes)}
    known = {step.id for step in drawn.steps}
    steps = [_step(step, lanes.get(step.lane or "", 0), change, indicators, form) for step in drawn.steps]
    if measured is not None:
        day = process.time.hours_per_day
        said = {id_: _log(one, form, day) for id_, one in measured.steps.items()}
        steps = [
            replace(step, log=said[step.id], log_word=form.words("map.log")) if said.get(step.id) else step
            for step in steps
        ]
    return MapWords(
        tuple(LaneWords(_lane(lane, form), lane.external) for lane in process.lanes),
        tuple(steps),
        tuple(
            LinkWords(step.id, link.to, _label(step, link.share, form.text(link.label), form))
            for step in drawn.steps
            for link in step.next
            if link.to in known
        ),
    )


def symptom_text(form: Format, symptom: Symptom) -> str:
    """A symptom in the author's words where there are any, else by its label."""
    return form.text(symptom.text) or form.words(f"map.symptom.{symptom.kind}")


def symptoms_text(form: Format, step: Step) -> str:
    """All symptoms of a step."""
    return form.join([symptom_text(form, symptom) for symptom in step.symptoms])


def _lane(lane: Lane, form: Format) -> str:
    name = form.text(lane.name)
    return form.words("map.external", name=name) if lane.external else name


def _step(
    step: Step, lane: int, change: MapChange | None, indicators: Mapping[str, Indicator], form: Format
) -> StepWords:
    about = "" if step.measured else form.words("map.about")
    who = [form.text(step.owner.role) if step.owner else "", form.text(step.tool.name) if step.tool else ""]
    return StepWords(
        id=step.id,
        lane=lane,
        gateway=step.gateway,
        event=step.event,
        kind=step.kind,
        automation=step.automation,
        name=form.text(step.name),
        role=form.words("punctuation.dot").join(part for part in who if part),
        touch=about + form.duration(step.touch.mean) if step.touch else "",
        wait=about + form.duration(step.wait.mean) if step.wait else "",
        symptoms=symptoms_text(form, step),
        badges=_badges(step, change, form),
        indicators=tuple(form.text(indicators[indicator].name) for indicator in step.indicators),
    )


def _log(step: StepMeasured, form: Format, hours_per_day: float) -> tuple[tuple[str, str], ...]:
    times = (("touch", step.found.touch), ("wait", step.found.wait), ("both", step.found.total))
    said = [(name, form.hours(time.median, hours_per_day)) for name, time in times if time is not None]
    return tuple(
        (name, form.words("map.log_both", time=time) if name == "both" else time) for name, time in said
    )


def _badges(step: Step, change: MapChange | None, form: Format) -> tuple[str, ...]:
    if change is None or not is_work(step):
        return ()
    group = next((group for group in change.groups if step.id in group.after), None)
    if group is None:
        return ()
    tags = [form.words(f"map.tag.{tag}") for tag in group.tags]
    if "merged" in group.tags:
        tags[0] = form.words("map.merged", n=len(group.before), of=len(group.after))
    return tuple(tags)


def _label(step: Step, share: float | None, label: str, form: Format) -> str:
    percent = form.share(share) if share is not None and step.gateway == "xor" else ""
    return " ".join(part for part in (label, percent) if part)
