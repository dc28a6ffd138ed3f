"""What BPMN 2.0 and our process maps call the same thing, for the way out and the way in."""

from __future__ import annotations

import re

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
"""Are taken apart into what is inside; without anything they are a step."""
GATEWAYS = {
    "exclusiveGateway": "xor", "parallelGateway": "and", "eventBasedGateway": "xor",
    "inclusiveGateway": "xor", "complexGateway": "xor",
}  # fmt: skip
EVENTS = {"startEvent": "start", "endEvent": "end"}
PASSED = {"intermediateCatchEvent", "intermediateThrowEvent", "boundaryEvent"}
"""Events on the way become steps."""
NODES = TASKS | BODIES | set(GATEWAYS) | set(EVENTS) | PASSED
MACHINES = {"serviceTask", "scriptTask", "businessRuleTask"}
"""Tasks that a machine does."""
EXACT = {
    "task", "userTask", "manualTask", "exclusiveGateway", "parallelGateway", "startEvent", "endEvent",
    "subProcess",
}  # fmt: skip
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
TOOLS_OWN = re.compile(
    r"(?:(?:(?:exclusive|parallel|inclusive|complex|event(?:[ -]?based)?)\s*)?gateway"
    r"|(?:start|end)(?:\s*(?:event|process))?)\s*\d*\Z",
    re.IGNORECASE,
)
"""What a tool calls a gateway, a start or an end that nobody named."""
PLAIN_ID = {"startEvent": "start", "endEvent": "end"}
"""Ids of what has no name; gateways are `gateway`, other events `event`, the rest `step`."""

# What stands in notes, in a file with Chinese names and in others.
PART_OF = ("所属：", "Part of: ")
ALSO = ("文件中又称：", "Also called in the file: ")
OTHERWISE = ("其他", "otherwise")
CALLS = ("调用：", "Calls: ")
EVENT_WORDS = {
    "messageEventDefinition": ("消息：", "Message: "),
    "signalEventDefinition": ("信号：", "Signal: "),
    "errorEventDefinition": ("错误：", "Error: "),
    "escalationEventDefinition": ("升级：", "Escalation: "),
    "timerEventDefinition": ("定时：", "Timer: "),
    "conditionalEventDefinition": ("条件：", "Condition: "),
    "linkEventDefinition": ("转到：", "Link: "),
    "compensateEventDefinition": ("补偿：", "Compensates: "),
}
ENDS_ALL = ("到此整个流程终止", "Ends the whole process")
CANCELS = ("到此整个流程取消", "Cancels the whole process")
LOOPS = {
    "standardLoopCharacteristics": ("重复进行", "Done again and again"),
    "multiInstanceLoopCharacteristics": ("对每一项分别进行", "Done once for each item"),
}
