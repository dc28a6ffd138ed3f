"""The maps of a process's page: each drawn, as a value-stream line and as a table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup

from generator.compute.insight.standing import standing_of
from generator.compute.processes.flow import MapFlow, StepFlow
from generator.compute.processes.net import is_work
from generator.compute.processes.process_figures import ProcessFigures
from generator.compute.series.assessed import AssessedSeries
from generator.model.diagram import Diagram
from generator.model.process import Process, ProcessMap, Step, TimeSpan
from generator.present.desk import PageContext
from generator.present.links import Links
from generator.present.maps.cards import Card, CardText, ChipText, card_of
from generator.present.maps.drawing import HEAD, DrawnMap, Timed, draw_map, graph_of, nice_ceiling, place_map
from generator.present.maps.paper import Paper, on_paper
from generator.present.maps.value_stream import StreamStep, value_stream
from generator.present.parts.step_table import StepRow, step_rows, symptom_text
from generator.present.telling import told_status, told_value


@dataclass(frozen=True, slots=True)
class RemovedRow:
    """A step of today's map that the new one drops, and why."""

    name: str
    why: str


@dataclass(frozen=True, slots=True)
class MapView:
    """One map: drawn, and as a table."""

    name: str
    title: str
    since: str
    rows: bool
    """Lanes run as rows: the heads stand at the left."""
    fits: bool
    """It fits a wide screen without scrolling."""
    paper: Paper
    heads: Markup
    drawing: Markup
    ruler: Markup
    slices: tuple[Markup, ...]
    """The drawing once more for paper, in parts where it is too long for a sheet."""
    stream: Markup
    beside: str
    """How the time of branches that run side by side is found; empty without such."""
    steps: tuple[StepRow, ...]
    removed: tuple[RemovedRow, ...]


FITS = 1190.0


def map_views(desk: PageContext, process: Process, links: Links) -> tuple[MapView, ...]:
    """The as-is and the to-be map, where there are such; both time rulers have one scale."""
    figures = desk.figures.processes[process.id]
    totals = [step.total_h for flow in figures.flows.values() for step in flow.steps]
    scale = nice_ceiling(max(totals, default=0)) if any(totals) else 0
    return tuple(
        MapMaker(desk, process, links, figures, name, drawn).view(scale) for name, drawn in process.maps.drawn
    )


def diagrams(desk: PageContext, process: Process, links: Links) -> dict[str, Diagram]:
    """Where everything lies on each map, as its drawing shows it."""
    figures = desk.figures.processes[process.id]
    return {
        name: MapMaker(desk, process, links, figures, name, drawn).placed()
        for name, drawn in process.maps.drawn
    }


def latest(desk: PageContext, process: Process, indicator: str) -> AssessedSeries | None:
    """The series whose newest result a map shows: the whole organisation's, else that of a pilot on the
    process."""
    series = desk.figures.series
    whole = series.get((indicator, None, ()))
    if whole is not None and whole.last is not None:
        return whole
    for pilot in desk.figures.catalogue.pilots.values():
        own = series.get((indicator, pilot.id, ())) if pilot.process == process.id else None
        if own is not None and own.last is not None:
            return own
    return None


class MapMaker:
    """Makes the view of one map."""

    ranked = True
    """Whether blockages carry their ranks."""

    def __init__(
        self,
        desk: PageContext,
        process: Process,
        links: Links,
        figures: ProcessFigures,
        name: str,
        drawn: ProcessMap,
    ) -> None:
        self.desk, self.process, self.links, self.drawn = desk, process, links, drawn
        self.form, self.words = desk.format, desk.format.words
        self.flow: MapFlow = figures.flows[name]
        self.change = figures.change if name == "to_be" else None
        self.name = name.replace("_", "-")
        self.title = self.words(
            "map.title",
            process=self.form.text(process.name),
            map=self.words(f"sections.processes.process.{name}"),
        )
        self.lanes = {lane.id: self.form.text(lane.name) for lane in process.lanes}
        self.names = {step.id: self.form.step(step) for step in drawn.steps}

    def view(self, scale: float) -> MapView:
        """The whole view; `scale` hours fill the time ruler."""
        diagram = self.placed()
        drawn = self.drawn_map(diagram, self._times(), scale)
        paper = on_paper(diagram, HEAD)
        piece = self.desk.templates.piece
        since = self.drawn.since
        before = self.process.maps.as_is
        earlier = {step.id: self.form.step(step) for step in before.steps} if before else {}
        return MapView(
            self.name,
            self.title,
            self.words("map.since", period=self.form.period(since)) if since else "",
            drawn.rows,
            drawn.width + drawn.ruler_width <= FITS,
            paper,
            Markup(piece("drawings/map_heads.svg.jinja", map=drawn)),
            Markup(
                piece(
                    "drawings/process_map.svg.jinja", map=drawn, name=f"map-{self.name}", title=self.title,
                    description=self._description(),
                )
            ),
            self._ruler(drawn),
            tuple(
                Markup(piece("drawings/map_slice.svg.jinja", map=drawn, part=part, name=f"map-{self.name}"))
                for part in paper.slices
            ),
            self._stream(),
            self._beside(),
            step_rows(self.desk, self.process, self.name, self.drawn, self.flow, self.links),
            tuple(
                RemovedRow(earlier.get(step, step), self.form.text(why))
                for step, why in self.drawn.removed.items()
            ),
        )  # fmt: skip

    def drawn_map(
        self,
        diagram: Diagram,
        times: Mapping[str, Timed],
        scale: float,
        pins: Mapping[str, tuple[int, ...]] | None = None,
    ) -> DrawnMap:
        """The map drawn; without times it has no ruler."""
        heads = [(self._lane_head(lane.id, lane.external), lane.external) for lane in self.process.lanes]
        return draw_map(diagram, self._cards(), self._link_labels(), heads, times, scale, pins)

    def placed(self) -> Diagram:
        """The map laid out."""
        return self._placed

    @cached_property
    def _placed(self) -> Diagram:
        heads = [self._lane_head(lane.id, lane.external) for lane in self.process.lanes]
        graph = graph_of(self.process, self.drawn, self._cards(), self._link_labels(), heads)
        return place_map(graph)

    def _cards(self) -> list[Card]:
        return [self._card(step) for step in self.drawn.steps]

    def _link_labels(self) -> dict[tuple[str, str], str]:
        return {
            (step.id, link.to): self._link_label(step, link.share, self.form.text(link.label))
            for step in self.drawn.steps
            for link in step.next
        }

    def _description(self) -> str:
        said = self.words("map.description", lanes=len(self.process.lanes), steps=len(self.drawn.steps))
        if self.flow.lead_time_h is None:
            return said
        return said + self.words("map.description_time", time=self._hours(self.flow.lead_time_h))

    def _lane_head(self, lane: str, external: bool) -> str:
        return self.words("map.external", name=self.lanes[lane]) if external else self.lanes[lane]

    # -- cards

    def _card(self, step: Step) -> Card:
        ranks = self.ranks(step)
        chips = tuple(self._chip(indicator) for indicator in step.indicators)
        mark = "" if step.measured else self.words("map.about")
        role = [
            self.form.text(step.owner.role) if step.owner else "",
            self.form.text(step.tool.name) if step.tool else "",
        ]
        text = CardText(
            name=self.form.text(step.name),
            role=self.words("punctuation.dot").join(part for part in role if part),
            touch=mark + self._span(step.touch) if step.touch else "",
            wait=mark + self._span(step.wait) if step.wait else "",
            estimated=not step.measured,
            symptoms=self.form.join([symptom_text(self.desk, symptom) for symptom in step.symptoms]),
            badge=self._badge(step),
            chips=chips,
            label=self.label(step, ranks),
            href=self.address(step),
        )
        return card_of(step, text, ranks)

    def ranks(self, step: Step) -> dict[str, int]:
        """Its ranks as a blockage, by who says so."""
        ranks: dict[str, int] = {}
        if step.blockage is not None and self.ranked:
            ranks["people"] = step.blockage
        if step.id in self.flow.blockages and self.ranked:
            ranks["computed"] = self.flow.blockages.index(step.id) + 1
        return ranks

    def address(self, step: Step) -> str:
        """Where the shape leads: to its line in the table of the page."""
        return f"#{self.name}-{step.id}"

    def series(self, indicator: str) -> AssessedSeries | None:
        """The series whose newest value the shape's indicator shows."""
        return latest(self.desk, self.process, indicator)

    def _chip(self, indicator: str) -> ChipText:
        ref = self.links.indicator(indicator)
        found = self.desk.figures.catalogue.indicators[indicator]
        series = self.series(indicator)
        point = series.last if series else None
        if point is None:
            return ChipText(ref.title, "no-data", ref.href, self.words("map.chip_none", name=ref.title))
        label = self.words(
            "map.chip",
            name=ref.title,
            value=told_value(self.form, point, found),
            status=told_status(self.form, point),
            period=self.form.period(point.point.period),
        )
        return ChipText(ref.title, standing_of(point).shown, ref.href, label)

    def _badge(self, step: Step) -> tuple[str, ...]:
        if self.change is None or not is_work(step):
            return ()
        group = next((group for group in self.change.groups if step.id in group.after), None)
        if group is None:
            return ()
        tags = [self.words(f"map.tag.{tag}") for tag in group.tags]
        if "merged" in group.tags:
            tags[0] = self.words("map.merged", n=len(group.before), of=len(group.after))
        return tuple(tags)

    def label(self, step: Step, ranks: Mapping[str, int]) -> str:
        """Name, who, kind, times, trouble: everything the picture says about a step."""
        kind = step.gateway or step.event or step.kind
        parts = [self.names[step.id], self.lanes.get(step.lane or "", "")]
        if step.owner:
            parts.append(self.form.text(step.owner.role))
        parts.append(self.words(f"map.kind.{kind}") if kind and step.name else "")
        for name, span in (("touch", step.touch), ("wait", step.wait)):
            parts.append(self.words(f"map.say.{name}", time=self._span(span)) if span else "")
        if not step.measured and (step.touch or step.wait):
            parts.append(self.words("map.estimated"))
        if step.tool:
            parts.append(self.form.text(step.tool.name))
        if step.automation != "none":
            parts.append(self.words(f"map.automation.{step.automation}"))
        parts += [symptom_text(self.desk, symptom) for symptom in step.symptoms]
        parts += [self.words(f"map.rank.{source}", n=rank) for source, rank in ranks.items()]
        parts += self._badge(step)
        return self.words("punctuation.clause").join(part for part in parts if part)

    def _link_label(self, step: Step, share: float | None, label: str) -> str:
        percent = self.form.share(share) if share is not None and step.gateway == "xor" else ""
        return " ".join(part for part in (label, percent) if part)

    # -- times

    def _hours(self, hours: float) -> str:
        return self.form.hours(hours, self.process.time.hours_per_day)

    def _span(self, span: TimeSpan) -> str:
        return self.form.duration(span.mean)

    def _times(self) -> dict[str, Timed]:
        """What the ruler shows: expected times of all passes of the steps of work."""
        if self.flow.lead_time_h is None:
            return {}
        return {
            flow.id: Timed(
                flow.touch_h * flow.visits, flow.wait_h * flow.visits,
                self.words("map.ruler_step", time=self._hours(flow.total_h), name=self.names[flow.id]),
            )
            for flow in self.flow.steps
            if flow.total_h > 0
        }  # fmt: skip

    def _beside(self) -> str:
        flow = self.flow
        if not flow.cases:
            return ""
        said = self.words("map.beside", cases=self.form.number(flow.cases))
        if flow.constants:
            names = self.form.join([self.names[step] for step in flow.constants])
            said += self.words("map.beside_constant", steps=names)
        return said

    def _ruler(self, drawn: DrawnMap) -> Markup:
        if not drawn.ruler_width:
            return Markup("")
        name = f"map-{self.name}"
        return Markup(self.desk.templates.piece("drawings/map_ruler.svg.jinja", map=drawn, name=name))

    def _stream(self) -> Markup:
        if self.flow.lead_time_h is None or self.flow.theoretical_h is None:
            return Markup("")
        steps = [
            StreamStep(
                self.names[flow.id], wait, touch, self._hours(wait), self._hours(touch),
            )
            for flow in self.flow.steps
            if flow.in_lead_h > 0
            for wait, touch in [_in_lead(flow)]
        ]  # fmt: skip
        drawn = value_stream(steps)
        if drawn is None:
            return Markup("")
        title = self.words(
            "map.stream_title",
            lead=self._hours(self.flow.lead_time_h),
            touch=self._hours(self.flow.theoretical_h),
            share=self.form.share(self.flow.touch_share, 1),
        )
        name = f"map-{self.name}"
        return Markup(
            self.desk.templates.piece("drawings/value_stream.svg.jinja", stream=drawn, name=name, title=title)
        )


def _in_lead(flow: StepFlow) -> tuple[float, float]:
    """(wait, touch) hours of all passes that are in the lead time."""
    passes = flow.visits * flow.waited_for
    return flow.wait_h * passes, flow.touch_h * passes
