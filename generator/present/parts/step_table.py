"""The steps of a process map as a table: the text equivalent of the drawing."""

from __future__ import annotations

from dataclasses import dataclass

from generator.compute.processes.flow import MapFlow
from generator.model.process import Process, ProcessMap, Step
from generator.present.links import Links, Ref
from generator.present.maps.wording import symptoms_text
from generator.present.text.format import Format


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step in the step table."""

    anchor: str
    number: str
    name: str
    lane: str
    stage: str
    kind: str
    touch: str
    wait: str
    visits: str
    total: str
    estimated: bool
    tool: str
    key: bool
    passed: str
    """What goes in and what comes out."""
    blockage: str
    symptoms: str
    next: tuple[str, ...]
    indicators: tuple[Ref, ...]


def step_rows(
    form: Format, process: Process, map_: str, drawn: ProcessMap, flow: MapFlow, links: Links
) -> tuple[StepRow, ...]:
    """The rows of a map in written order; `map_` begins their anchors."""
    names = {step.id: form.step(step) for step in drawn.steps}
    lanes = {lane.id: form.text(lane.name) for lane in process.lanes}
    stages = {stage.id: form.text(stage.name) for stage in process.stages}
    hours = process.time.hours_per_day

    def row(step: Step, number: int) -> StepRow:
        kind = step.gateway or step.event or step.kind
        figures = flow.step(step.id)
        timed = figures is not None and figures.total_h > 0
        return StepRow(
            anchor=f"{map_}-{step.id}",
            number=str(number),
            name=names[step.id],
            lane=lanes.get(step.lane or "", ""),
            stage=stages.get(step.stage or "", ""),
            kind=form.words(f"map.kind.{kind}") if kind else "",
            touch=form.duration(step.touch.mean) if step.touch else "",
            wait=form.duration(step.wait.mean) if step.wait else "",
            visits=form.number(figures.visits, 2) if figures is not None else "",
            total=form.hours(figures.total_h, hours) if figures is not None and timed else "",
            estimated=not step.measured and bool(step.touch or step.wait),
            tool=_tool(form, step),
            key=step.key,
            passed=_passed(form, step),
            blockage=_blockage(form, step, flow),
            symptoms=symptoms_text(form, step),
            next=tuple(
                _next(form, link.share, form.text(link.label), names.get(link.to, link.to), link.rework)
                for link in step.next
            ),
            indicators=tuple(links.indicator(name) for name in step.indicators),
        )

    return tuple(row(step, number) for number, step in enumerate(drawn.steps, 1))


def _blockage(form: Format, step: Step, flow: MapFlow) -> str:
    """Its rank among the worst, as people see it and as it is computed."""
    ranks = []
    if step.blockage is not None:
        ranks.append(form.words("map.rank.people", n=step.blockage))
    if step.id in flow.blockages:
        by = "measured" if flow.blockages_measured else "computed"
        ranks.append(form.words(f"map.rank.{by}", n=flow.blockages.index(step.id) + 1))
    return form.join(ranks)


def _passed(form: Format, step: Step) -> str:
    """What a step takes and gives, as in → out."""
    ends = [form.join([form.text(text) for text in some]) for some in (step.inputs, step.outputs)]
    return form.words("punctuation.arrow").join(ends).strip() if any(ends) else ""


def _tool(form: Format, step: Step) -> str:
    parts = [form.text(step.tool.name)] if step.tool else []
    if step.automation != "none":
        parts.append(form.words(f"map.automation.{step.automation}"))
    return form.words("punctuation.dot").join(parts)


def _next(form: Format, share: float | None, label: str, target: str, rework: bool) -> str:
    words = form.words
    percent = form.share(share) if share is not None else ""
    condition = " ".join(part for part in (label, percent) if part)
    text = words("map.next", condition=condition, target=target) if condition else target
    return words("map.rework", target=text) if rework else text
