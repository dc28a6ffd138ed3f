"""What of a BPMN file is no part of a process map, and why: for the report of an import."""

from __future__ import annotations

from generator.exchange.bpmn_names import NODES, TOOLS_OWN

TAKEN = NODES | {
    "definitions", "process", "collaboration", "participant", "laneSet", "childLaneSet", "lane",
    "flowNodeRef", "sequenceFlow", "incoming", "outgoing", "extensionElements",
    # Looked up where they are named; whoever is named by nothing is told by its name.
    "message", "signal", "error", "escalation", "resource", "eventDefinition",
    "messageEventDefinition", "signalEventDefinition",
}  # fmt: skip
ATTRIBUTES = {
    "id", "name", "sourceRef", "targetRef", "processRef", "attachedToRef", "errorCode", "escalationCode",
}  # fmt: skip
FRAME = {
    "definitions": {"targetNamespace", "exporter", "exporterVersion", "expressionLanguage", "typeLanguage"},
    "process": {"isExecutable", "isClosed", "processType"},
}
"""Says how the file was made, or what every map is; nothing of the process."""
DEFAULTS = {
    "startQuantity": "1",
    "completionQuantity": "1",
    "isForCompensation": "false",
    "isImmediate": "true",
    "gatewayDirection": "*",
    "isInterrupting": "true",
    "cancelActivity": "true",
    "parallelMultiple": "false",
    "triggeredByEvent": "*",
    "implementation": "##WebService",
    "instantiate": "false",
    "eventGatewayType": "Exclusive",
    "partitionElementRef": "*",
    "structureRef": "*",
    "itemRef": "*",
}
"""Attributes that say nothing when they have this value; * for any."""
KINDS = {
    "messageFlow": "message flow",
    "dataObject": "data object",
    "dataObjectReference": "data object",
    "dataStore": "data store",
    "dataStoreReference": "data store",
    "textAnnotation": "text annotation",
    "association": "association",
    "group": "group",
    "documentation": "documentation",
    "conditionExpression": "condition of a flow",
}
SCHEMA = "http://www.w3.org/2001/XMLSchema-instance"
"""Says how the file was written, nothing of the process."""

MACHINE = "it says how a program runs the process"
DRAWING = "the map is laid out anew"
UNUSED = "no step of the file names it"
REASONS = {
    "message": UNUSED,
    "signal": UNUSED,
    "error": UNUSED,
    "escalation": UNUSED,
    "resource": UNUSED,
    "data object": "it is joined to no step that we draw",
    "data object reference": "it is joined to no step that we draw",
    "lane": "no step lies in it",
    "participant": "it is a second name of the same pool",
    "process": "it has no steps",
    "sequence flow": "it leads to or from nothing",
    "condition expression": "its way leads to or from nothing",
    "message flow": "neither of its ends is in a process of the file",
    "group": "a frame around shapes changes nothing of the process",
    "category": "a frame around shapes changes nothing of the process",
    "category value": "a frame around shapes changes nothing of the process",
    "lane set": "its lanes have their own names",
    "child lane set": "its lanes have their own names",
    "script": MACHINE,
    "property": MACHINE,
    "interface": MACHINE,
    "operation": MACHINE,
    "input set": MACHINE,
    "output set": MACHINE,
    "resource parameter": MACHINE,
    "correlation property": MACHINE,
    "correlation key": MACHINE,
    "global task": "it is a task that no step of the file stands for",
}


def why_lost(kind: str, name: str = "") -> str:
    """Why a name of this kind is in none of our files."""
    if kind.startswith(("attribute ", "extension ")):
        return "another tool noted it; our maps have no place for it"
    if kind.startswith(("bpmn", "bounds", "label", "font")):
        return DRAWING
    if kind.endswith(("gateway", "event")) and TOOLS_OWN.match(name):
        return "the tool calls every one so that has no name"
    return REASONS.get(kind, "our maps have no place for it")
