"""What BPMN 2.0 and our process maps call the same thing, for the way out and the way in."""

from __future__ import annotations

MODEL = "http://www.omg.org/spec/BPMN/20100524/MODEL"
DI = "http://www.omg.org/spec/BPMN/20100524/DI"
DC = "http://www.omg.org/spec/DD/20100524/DC"
DD = "http://www.omg.org/spec/DD/20100524/DI"
OWN = "urn:indicator-handbook:bpmn:1"
"""Our extension: what BPMN has no word for (times, kinds, shares), so that it comes back as it was."""

TASKS = {
    "task", "userTask", "serviceTask", "manualTask", "scriptTask", "sendTask", "receiveTask",
    "businessRuleTask", "callActivity",
}  # fmt: skip
BODIES = {"subProcess", "transaction", "adHocSubProcess"}
"""Become one step; what is inside is told in the report."""
GATEWAYS = {
    "exclusiveGateway": "xor", "parallelGateway": "and", "eventBasedGateway": "xor",
    "inclusiveGateway": "xor", "complexGateway": "xor",
}  # fmt: skip
EVENTS = {"startEvent": "start", "endEvent": "end"}
PASSED = {"intermediateCatchEvent", "intermediateThrowEvent", "boundaryEvent"}
"""Events on the way become steps."""
NODES = TASKS | BODIES | set(GATEWAYS) | set(EVENTS) | PASSED
EXACT = {"task", "userTask", "exclusiveGateway", "parallelGateway", "startEvent", "endEvent"}
"""What has a counterpart of its own; of others the report says what they were."""
WORDS = {
    "boundaryEvent": ("边界事件", "boundary event"),
    "intermediateCatchEvent": ("等待事件", "intermediate event"),
    "intermediateThrowEvent": ("中间事件", "intermediate event"),
    "subProcess": ("子流程", "sub-process"),
    "callActivity": ("调用流程", "call activity"),
}
TASK = ("任务", "task")
"""What an unnamed step is called, in a file with Chinese names and in others: the author's to change."""
PLAIN_ID = {"startEvent": "start", "endEvent": "end"}
"""Ids of what has no name; gateways are `gateway`, other events `event`, the rest `step`."""
