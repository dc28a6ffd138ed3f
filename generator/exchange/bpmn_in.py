"""`handbook import bpmn`: a BPMN 2.0 file as process files of ours, with a report of what became of it all.

Every name of the file is in one of our files or told in the report, with the reason: nothing is dropped
silently. Written order is made from the flow: a depth-first walk from the starts, so that links lead onwards
wherever they can; those that cannot are marked as rework.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from generator.exchange.bpmn_bytes import BpmnError, parsed
from generator.exchange.bpmn_found import collect
from generator.exchange.bpmn_lanes import boxes_of
from generator.exchange.bpmn_losses import Fate, Loss, Losses
from generator.exchange.bpmn_model import BpmnModel, Flow, M, is_node
from generator.exchange.bpmn_names import EVENTS, GATEWAYS, MACHINES, PASSED, PLAIN_ID, TASK, WORDS
from generator.exchange.bpmn_notes import own_lane, own_values, sound_texts
from generator.exchange.bpmn_own import OF_A_WAY, beside_steps, name_now, noted, text_now
from generator.exchange.readable_id import slug, spoken, unique
from generator.model.exact import counted

MOST_NODES = 2_000
"""Steps of one map; real ones have some dozens."""
FROM_THE_MAP = {"id", "name", "lane", "event", "gateway", "next"}
"""What of a step of ours is read from the map itself, where another tool may have changed it."""
CHINESE = re.compile("[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class Imported:
    """The processes of a file as plain values in the order of our format, and what became of the rest."""

    processes: tuple[dict[str, object], ...]
    """The one with most steps first."""
    losses: tuple[Loss, ...]
    """What is to do, and what has no counterpart."""
    names: tuple[Fate, ...]
    """Every name and text of the file, with where it went or why it was dropped."""

    @property
    def report(self) -> tuple[str, ...]:
        """What is to do, and what has no counterpart: a line a kind."""
        return tuple(map(str, self.losses))

    @property
    def process(self) -> dict[str, object]:
        """The process with most steps."""
        return self.processes[0]


def read_bpmn(data: bytes, id_: str) -> Imported:
    """Read a file; `id_` names its first process unless the file is one of ours. BpmnError for what is
    no BPMN, or not whole."""
    root, taken_out = parsed(data)
    if root.tag != f"{M}definitions":
        tag = root.tag.rpartition("}")[2]
        draw = ": in draw.io, export it as BPMN first" if tag in ("mxfile", "mxGraphModel") else ""
        raise BpmnError(f"this is not BPMN 2.0: the outermost element is {tag}, not definitions{draw}")
    number = counted(is_node(item) for item in root.iter())
    if number > MOST_NODES:
        raise BpmnError(
            f"the file has {number} tasks, gateways and events; a map of more than {MOST_NODES} is"
            " nothing to look at: split it"
        )
    losses = Losses(root)
    losses.boxes = boxes_of(root)
    for item in taken_out:
        losses.note("taken out: control characters", item)
    words = 0 if any(CHINESE.search(item.get("name") or "") for item in root.iter()) else 1
    models = collect(root, losses, words)
    if not models:
        raise BpmnError("the file has no task, gateway or event")
    ids: list[str] = []
    processes = []
    for model in models:
        wished = id_ if not ids else slug(model.name) or f"{id_}-{len(ids) + 1}"
        maker = _Maker(model, losses, unique(wished, ids), words, len(models) > 1)
        ids.append(maker.id)
        processes.append(sound_texts(maker.process(), losses))
    losses.walk(root)
    return Imported(tuple(processes), losses.told(), losses.account(root))


class _Maker:
    """Turns what was read into our process, as plain values."""

    def __init__(self, found: BpmnModel, losses: Losses, id_: str, words: int, several: bool) -> None:
        self.found, self.losses, self.words = found, losses, words
        head = found.own.get("")
        self.id = head.get("id", id_) if head is not None else id_
        self.map = head.get("map", "as_is") if head is not None else "as_is"
        self.since = head.get("since") if head is not None else None
        self.language = head.get("language", "") if head is not None else ""
        self.noted = noted(head)
        self.name = found.name or id_
        self.of = f" of {self.id}" if several else ""
        self.ids: dict[str, str] = {}
        self.lane_ids: dict[str, str] = {}

    def process(self) -> dict[str, object]:
        self._link()
        if "" not in self.found.own:
            self._open_ends()
        for key in self._order():
            self.ids[key] = self._new_id(key)
        lanes = [self._lane(key, name) for key, name in self.found.lane_names.items()]
        drawn: dict[str, object] = {"since": self.since} if self.since else {}
        drawn["steps"] = steps = [self._step(key) for key in self.ids]
        self._say_places()
        if self.noted:
            return self._ours(lanes, steps, drawn)
        values: dict[str, object] = {"id": self.id, "name": self.name}
        if self.found.purpose:
            values["purpose"] = self.found.purpose
        if self.found.notes:
            values["notes"] = list(dict.fromkeys(self.found.notes))
        sipoc = {
            side: names
            for side, names in (("suppliers", self.found.suppliers), ("customers", self.found.customers))
            if names
        }
        if sipoc:
            values["sipoc"] = sipoc
        return {**values, "lanes": lanes, "maps": {self.map: drawn}}

    def _ours(
        self, lanes: list[dict[str, object]], steps: list[dict[str, object]], drawn: dict[str, object]
    ) -> dict[str, object]:
        """Everything that we wrote of the process, with the map as it is now."""
        values = dict(self.noted)
        drawn |= beside_steps(values)
        used = {step.get("lane") for step in steps}
        shown = {lane["id"]: lane for lane in lanes if lane["id"] in used}
        before = values.pop("lanes", [])
        all_lanes = [
            shown.pop(lane["id"], lane) for lane in before if isinstance(lane, dict) and "id" in lane
        ]
        name = text_now(values.pop("name", None), self.found.name, self.language) or self.id
        values.pop("id", None)
        return {"id": self.id, "name": name, **values, "lanes": [*all_lanes, *shown.values()],
                "maps": {self.map: drawn}}  # fmt: skip

    def _say_places(self) -> None:
        """Where everything went, now that the ids are made."""
        found = self.found
        found.process_place.said = f"process {self.id}"
        for key, place in found.node_places.items():
            node = found.node(key)
            if node in self.ids:
                place.said = f"step {self.ids[node]}{self.of}"
        for key, place in found.lane_places.items():
            if key in self.lane_ids:
                place.said = f"lane {self.lane_ids[key]}{self.of}"
        for flow in found.flows:
            for place in flow.places:
                place.said = f"way {self.ids[flow.source]} → {self.ids[flow.target]}{self.of}"

    def _link(self) -> None:
        """Keep the flows that lead from one known node to another, each pair once."""
        kept: dict[tuple[str, str], Flow] = {}
        for flow in self.found.flows:
            pair = flow.source, flow.target
            if flow.source not in self.found.names or flow.target not in self.found.names:
                self.losses.note("a sequence flow that leads to or from nothing", " → ".join(pair))
            elif pair in kept:
                self.losses.note("a second flow between the same two", f"{flow.label or ' → '.join(pair)}")
                first = kept[pair]
                first.label = " / ".join(dict.fromkeys(part for part in (first.label, flow.label) if part))
                first.places += flow.places
            else:
                kept[pair] = flow
        self.found.flows = list(kept.values())

    def _open_ends(self) -> None:
        """Draw the start or end that a file leaves out, as BPMN allows it to."""
        found = self.found
        for key, tag in list(found.tags.items()):
            if EVENTS.get(tag) == "end" and any(flow.source == key for flow in found.flows):
                found.tags[key] = "intermediateThrowEvent"
                self.losses.note("to look at: an end that leads on became a step", found.names[key] or key)
        starts = [key for key, tag in found.tags.items() if EVENTS.get(tag) == "start"]
        reached = self._reach(starts, ahead=True)
        entered = {flow.target for flow in found.flows}
        if reached or sum(key not in entered for key in found.names) > 1:
            for key in sorted(found.names, key=lambda key: key in entered):
                if key not in reached:
                    what = "to look at: nothing leads to it, so a start was drawn"
                    start = self._end_of(key, "startEvent", what)
                    reached |= self._reach([start], ahead=True)
        self._draw_ends()

    def _draw_ends(self) -> None:
        """Give every step a way to an end: what leads nowhere ends, and a loop that nothing leaves."""
        found = self.found
        left = {flow.source for flow in found.flows}
        while True:
            ends = [key for key, tag in found.tags.items() if EVENTS.get(tag) == "end"]
            ends = ends or [key for key in found.names if key not in left]
            ending = self._reach(ends, ahead=False)
            stuck = [key for key in found.names if key not in ending]
            if not stuck:
                return
            last = [key for key in stuck if key not in left]
            for key in last:
                self._end_of(key, "endEvent", "to look at: it leads nowhere, so an end was drawn")
            if not last:
                self._end_of(
                    stuck[-1], "endEvent", "to look at: nothing leads out of it, so an end was drawn"
                )

    def _end_of(self, key: str, tag: str, what: str) -> str:
        """A start before or an end after a step; an event on the way becomes it itself."""
        found = self.found
        self.losses.note(what, found.names[key] or key)
        leads_on = tag == "endEvent" and any(flow.source == key for flow in found.flows)
        if found.tags[key] in PASSED and not found.names[key] and not leads_on:
            found.tags[key] = tag
            return key
        drawn = f"{tag} {key}"
        found.names[drawn], found.tags[drawn], found.lanes[drawn] = "", tag, found.lanes[key]
        ends = (drawn, key) if tag == "startEvent" else (key, drawn)
        found.flows.append(Flow(*ends, ""))
        return drawn

    def _reach(self, starts: list[str], ahead: bool) -> set[str]:
        ways: dict[str, list[str]] = {}
        for flow in self.found.flows:
            source, target = (flow.source, flow.target) if ahead else (flow.target, flow.source)
            ways.setdefault(source, []).append(target)
        seen, waiting = set(starts), list(starts)
        while waiting:
            fresh = [way for way in ways.get(waiting.pop(), ()) if way not in seen]
            seen.update(fresh)
            waiting += fresh
        return seen

    def _order(self) -> list[str]:
        """Reverse postorder of a depth-first walk from the starts; links to earlier ones are back links."""
        ahead: dict[str, list[str]] = {key: [] for key in self.found.names}
        entered: Counter[str] = Counter()
        for flow in self.found.flows:
            ahead[flow.source].append(flow.target)
            entered[flow.target] += 1
        order: list[str] = []
        seen: set[str] = set()
        for start in sorted(self.found.names, key=lambda key: entered[key] > 0):
            if start in seen:
                continue
            seen.add(start)
            stack = [(start, iter(reversed(ahead[start])))]
            while stack:
                key, ways = stack[-1]
                fresh = next((way for way in ways if way not in seen), None)
                if fresh is None:
                    order.append(key)
                    stack.pop()
                else:
                    seen.add(fresh)
                    stack.append((fresh, iter(reversed(ahead[fresh]))))
        order.reverse()
        if "" in self.found.own:
            order = list(self.found.names)  # one of ours: the file has the written order
        place = {key: number for number, key in enumerate(order)}
        for flow in self.found.flows:
            flow.back = place[flow.target] <= place[flow.source]
        return order

    def _new_id(self, key: str) -> str:
        own = self.found.own.get(key)
        if own is not None and own.get("id"):
            return own.get("id") or ""
        tag = self.found.tags[key]
        kind = "gateway" if tag in GATEWAYS else "event" if tag in PASSED else "step"
        wished = slug(self.found.names[key]) or spoken(key) or PLAIN_ID.get(tag, kind)
        return unique(wished, self.ids.values())

    def _lane(self, key: str, name: str) -> dict[str, object]:
        own, name = self.found.own.get(key), name or self.name
        if own is None:
            self.lane_ids[key] = unique(slug(name) or spoken(key) or "lane", self.lane_ids.values())
            external = {"external": True} if key in self.found.outside else {}
            return {"id": self.lane_ids[key], "name": name, **external}
        self.lane_ids[key] = own.get("id") or key
        values = noted(own)
        if values:
            said = text_now(values.pop("name", None), name, self.language)
            return {"id": self.lane_ids[key], "name": said or name or key, **values}
        return own_lane(own, self.lane_ids[key], name)

    def _step(self, key: str) -> dict[str, object]:
        tag, own = self.found.tags[key], self.found.own.get(key)
        name = self.found.names[key]
        if not name and tag not in EVENTS and tag not in GATEWAYS:
            self.losses.note("no name: named after its kind", f"{tag} {key}")
            name = WORDS.get(tag, TASK)[self.words]
        values = noted(own)
        said = name_now(values, self.found.elements.get(key), self.language) if values else name
        step: dict[str, object] = {"id": self.ids[key]}
        if tag in EVENTS:
            step["event"] = EVENTS[tag]
        if tag in GATEWAYS:
            step["gateway"] = GATEWAYS[tag]
        if not values or self.found.lanes[key] in self.found.own:
            step["lane"] = self.lane_ids[self.found.lanes[key]]
        if said or name:
            step["name"] = said or name
        if values:
            step |= {field: value for field, value in values.items() if field not in FROM_THE_MAP}
        elif own is not None:
            step |= own_values(own)
        else:
            step |= self._beside(key, tag)
        ways = [flow for flow in self.found.flows if flow.source == key]
        if len(ways) > 1 and tag != "parallelGateway" and any(flow.share is None for flow in ways):
            self.losses.note("to fill in: the shares of the ways out", name or self.ids[key])
        if ways:
            step["next"] = [self._next(flow) for flow in ways]
        return step

    def _beside(self, key: str, tag: str) -> dict[str, object]:
        """What stands beside a step in another tool's file."""
        found = self.found
        values: dict[str, object] = {}
        if key in found.roles:
            values["owner"] = {"role": " / ".join(dict.fromkeys(found.roles[key]))}
        if key in found.waits:
            values |= {"kind": "wait", "wait": found.waits[key], "measured": False}
        if tag in MACHINES:
            values["automation"] = "full"
        for field, texts in (("inputs", found.inputs), ("outputs", found.outputs), ("notes", found.remarks)):
            if texts.get(key):
                values[field] = list(dict.fromkeys(texts[key]))
        return values

    def _next(self, flow: Flow) -> object:
        link: dict[str, object] = {"to": self.ids[flow.target]}
        if flow.share is not None:
            link["share"] = flow.share
        before = noted(flow.own)
        link |= {field: value for field, value in before.items() if field not in (*OF_A_WAY, "label")}
        if flow.label:
            link["label"] = text_now(before.get("label"), " ".join(flow.label.split()), self.language)
        if flow.back:
            link["rework"] = True
        return link if len(link) > 1 else link["to"]
