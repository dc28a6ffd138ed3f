"""The processes of a BPMN file: pools, what lies in them, and what passes between them.

The pool that holds the steps is the process, and each pool that holds some is one of its own. Pools without
steps are outside: external lanes of the processes that they exchange messages with.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET

from generator.exchange.bpmn_beside import Beside
from generator.exchange.bpmn_lanes import give_lanes, lanes_of
from generator.exchange.bpmn_losses import Losses
from generator.exchange.bpmn_model import BpmnModel, M, is_node, own_part, words_of
from generator.exchange.bpmn_names import ALSO
from generator.exchange.bpmn_scope import read_body
from generator.model.exact import counted


def collect(root: ET.Element, losses: Losses, words: int) -> list[BpmnModel]:
    """Every process that has steps, that with most of them first; `words`: 0 for Chinese, 1 for English."""
    bodies = {body.get("id") or "": body for body in root.findall(f"{M}process")}
    size = {key: counted(is_node(item) for item in body.iter()) for key, body in bodies.items()}
    pools = list(root.iter(f"{M}participant"))
    pool_of: dict[str, ET.Element] = {}
    for pool in pools:
        pool_of.setdefault(pool.get("processRef") or "", pool)
    models: dict[str, BpmnModel] = {}
    called = {(item.get("calledElement") or ""): words_of(item) for item in root.iter(f"{M}callActivity")}
    for key, body in bodies.items():
        if size[key]:
            models[key] = _process(body, pool_of.get(key), losses, words)
            models[key].name = models[key].name or called.get(key, "")
    if not models:
        return []
    order = sorted(models, key=lambda key: -size[key])
    beside = Beside(root, [models[key] for key in order], losses, words)
    _outside(pools, bodies, models, beside, losses)
    _other_names(root, models[order[0]], losses, words)
    beside.read()
    return [models[key] for key in order]


def _process(body: ET.Element, pool: ET.Element | None, losses: Losses, words: int) -> BpmnModel:
    model = BpmnModel(body.get("id") or "")
    own = own_part(body, "process")
    if own is not None:
        model.own[""] = own
    for element in (pool, body):
        name = words_of(element) if element is not None else ""
        if element is None or not name:
            continue
        if not model.name:
            model.name = name
        elif name != model.name:
            model.notes.append(f"{ALSO[words]}{name}")
        losses.keep(element, model.process_place)
    read_body(body, model, losses, words)
    give_lanes(body, model, losses)
    return model


def _outside(
    pools: list[ET.Element],
    bodies: dict[str, ET.Element],
    models: dict[str, BpmnModel],
    beside: Beside,
    losses: Losses,
) -> None:
    """Pools without steps become external lanes, before or after our own as they stand in the file."""
    place = {pool.get("processRef") or "": number for number, pool in enumerate(pools)}
    taken: set[str] = set()
    for number, pool in enumerate(pools):
        key, id_ = pool.get("processRef") or "", pool.get("id") or ""
        if key in models and key not in taken:
            taken.add(key)
            beside.pools[id_] = (models[key].name, models[key])
            continue
        body = bodies.get(key) if key not in models else None
        name = words_of(pool) or (words_of(body) if body is not None else "")
        if not name:
            losses.note("an outside pool without a name", id_)
            continue
        beside.pools[id_] = (name, None)
        inner = lanes_of(body, name) if body is not None else []
        for model in beside.partners(id_):
            before = number < place.get(model.key, -1)
            lanes = [(f"outside {lane.get('id') or said}", said, lane) for lane, said in inner]
            lanes = lanes or [(f"outside {id_ or name}", name, pool)]
            found = {lane: said for lane, said, _ in lanes}
            model.lane_names = {**found, **model.lane_names} if before else {**model.lane_names, **found}
            model.outside.update(found)
            for lane, said, element in lanes:
                for named in (pool, element, body):
                    if named is not None and words_of(named) and words_of(named) in said:
                        losses.keep(named, model.lane_place(lane))
    _in_file_order(models, pools)


def _in_file_order(models: dict[str, BpmnModel], pools: list[ET.Element]) -> None:
    """External lanes that stand before the steps were put in one by one: turn them round."""
    order = {f"outside {pool.get('id') or words_of(pool)}": number for number, pool in enumerate(pools)}
    for model in models.values():
        keys = list(model.lane_names)
        head = next((n for n, key in enumerate(keys) if key not in model.outside), len(keys))
        front = sorted(keys[:head], key=lambda key: order.get(key, 0))
        model.lane_names = {key: model.lane_names[key] for key in (*front, *keys[head:])}


def _other_names(root: ET.Element, main: BpmnModel, losses: Losses, words: int) -> None:
    """Names of the whole file stand for a process that has none, else beside it."""
    for element in (root, *root.iter(f"{M}collaboration")):
        name = words_of(element)
        if not name:
            continue
        if not main.name:
            main.name = name
        elif name != main.name:
            main.notes.append(f"{ALSO[words]}{name}")
        losses.keep(element, main.process_place)
