"""Random BPMN files with what real tools write: nesting, loose ends, extensions of nine tools, odd names.

Valid by the schema's structure; the ways are whatever the dice say, as in files that people really have.
"""

from __future__ import annotations

import random
from xml.sax.saxutils import escape, quoteattr

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<bpmn:definitions'
    ' xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    ' xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:camunda="http://camunda.org/schema/1.0/bpmn"'
    ' xmlns:flowable="http://flowable.org/bpmn" xmlns:activiti="http://activiti.org/bpmn"'
    ' xmlns:bizagi="http://www.bizagi.com/bpmn20" xmlns:signavio="http://www.signavio.com"'
    ' xmlns:adonis="http://www.boc-eu.com/adonis" xmlns:drawio="http://draw.io" xmlns:tns="urn:x" id="d"'
    ' targetNamespace="urn:x">\n'
)
NAMES = (
    "Check the order", "核对订单", "Prüfen & senden", "A < B?", "", "  spaced\n out ", "第一步：录入", "Ä/Ö",
    "100 %", "- dash", "yes", "null", "#1", "Send [x](y)", "'quoted'", "很长的名字" * 9, "a\u200bb", "*",
    "<p>html <b>name</b></p>", "审批（部门经理）", "Ready? 好了吗", "&amp; twice", "2024-01-01", "key: value",
    "😀 done",
)  # fmt: skip
TASKS = (
    "task", "userTask", "serviceTask", "scriptTask", "manualTask", "businessRuleTask", "sendTask",
    "receiveTask", "callActivity",
)  # fmt: skip
GATES = (
    "exclusiveGateway", "parallelGateway", "inclusiveGateway", "eventBasedGateway", "complexGateway",
)  # fmt: skip
EVENTS = (
    "timerEventDefinition", "messageEventDefinition", "signalEventDefinition", "errorEventDefinition",
    "conditionalEventDefinition", "linkEventDefinition", "compensateEventDefinition",
    "escalationEventDefinition",
)  # fmt: skip
EXTENSIONS = """\
<zeebe:taskDefinition type="pay"/><zeebe:assignmentDefinition assignee="= owner" candidateGroups="sales"/>
<zeebe:taskHeaders><zeebe:header key="role" value="clerk"/></zeebe:taskHeaders>
<bizagi:BizagiExtensions><bizagi:BizagiProperty name="textColor" value="Black"/></bizagi:BizagiExtensions>
<signavio:signavioMetaData metaKey="bgcolor" metaValue="#ffffcc"/>
<signavio:signavioMetaData metaKey="meta-responsible" metaValue="销售部"/>
<adonis:attributes><adonis:attribute name="Responsible role">Purchasing</adonis:attribute></adonis:attributes>
<camunda:properties><camunda:property name="sla" value="2h"/></camunda:properties>
<flowable:formProperty id="f" name="表单"/>
<drawio:style>rounded=1</drawio:style>""".splitlines()
CONDITION = (
    '<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">${ok &gt; 1}</bpmn:conditionExpression>'
)
ATTRIBUTES = (
    ' camunda:assignee="demo"', ' flowable:candidateGroups="a,b"', ' activiti:candidateUsers="zhang"',
    ' camunda:asyncBefore="true"', "",
)  # fmt: skip


class RandomFile:
    """One file by its seed."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        self.number = 0

    def text(self) -> str:
        dice = self.dice
        pools = dice.choice((0, 0, 1, 2, 3))
        processes = [self._process() for _ in range(max(pools, 1))]
        parts = [part for part, _ in processes]
        if pools:
            people = [
                f"<bpmn:participant id={quoteattr(self._id())}{self._named()} processRef={quoteattr(id_)}/>"
                for _, (id_, _) in processes
            ]
            outside = [self._id() for _ in range(dice.randint(0, 2))]
            people += [f"<bpmn:participant id={quoteattr(one)}{self._named()}/>" for one in outside]
            ends = [node for _, (_, nodes) in processes for node in nodes] + outside
            flows = [
                f"<bpmn:messageFlow id={quoteattr(self._id())}{self._named()} sourceRef={quoteattr(a)}"
                f" targetRef={quoteattr(b)}/>"
                for a, b in (dice.sample(ends, 2) for _ in range(dice.randint(0, 3)) if len(ends) > 1)
            ]
            parts.insert(
                0,
                f'<bpmn:collaboration id="co">{"".join(people + flows)}{self._note([])}</bpmn:collaboration>',
            )
        if dice.random() < 0.2:
            parts.append('<bpmn:dataStore id="ds1" name="ERP"/><bpmn:message id="m1" name="订单到了"/>')
        if dice.random() < 0.1:
            parts.append(self._choreography())
        return f"{HEAD}{''.join(parts)}</bpmn:definitions>"

    def _id(self) -> str:
        self.number += 1
        return self.dice.choice(("sid-{}", "_{}", "Activity_{}x", "步骤{}", "id.{}-a")).format(self.number)

    def _named(self) -> str:
        name = self.dice.choice(NAMES)
        return f" name={quoteattr(name)}" if name or self.dice.random() < 0.5 else ""

    def _process(self) -> tuple[str, tuple[str, list[str]]]:
        own = self._id()
        inner, nodes = self._flow(0)
        lanes = ""
        if self.dice.random() < 0.5:
            lanes = self._lanes(nodes)
        executable = self.dice.choice(("", ' isExecutable="true"', ' processType="Private"'))
        text = f"<bpmn:process id={quoteattr(own)}{self._named()}{executable}>{lanes}{inner}</bpmn:process>"
        return text, (own, nodes)

    def _lanes(self, nodes: list[str], depth: int = 0) -> str:
        made = []
        shuffled = self.dice.sample(nodes, len(nodes))
        cut = self.dice.randint(0, len(shuffled))
        for own in (shuffled[:cut], shuffled[cut:]):
            refs = "".join(f"<bpmn:flowNodeRef>{escape(one)}</bpmn:flowNodeRef>" for one in own)
            child = ""
            if depth < 2 and self.dice.random() < 0.25 and own:
                child = self._lanes(own, depth + 1).replace("bpmn:laneSet", "bpmn:childLaneSet")
            made.append(f"<bpmn:lane id={quoteattr(self._id())}{self._named()}>{refs}{child}</bpmn:lane>")
        return f"<bpmn:laneSet id={quoteattr(self._id())}>{''.join(made)}</bpmn:laneSet>"

    def _flow(self, depth: int) -> tuple[str, list[str]]:
        """The elements of a process or sub-process, and the nodes of it."""
        dice, parts, nodes = self.dice, [], []
        for _ in range(dice.randint(0, 1) + (depth == 0)):
            nodes.append(id_ := self._id())
            parts.append(self._event("startEvent", id_, dice.choice(("", "timerEventDefinition"))))
        for _ in range(dice.randint(1, 7)):
            nodes.append(id_ := self._id())
            parts.append(self._node(id_, depth, nodes))
        for _ in range(dice.randint(0, 2)):
            nodes.append(id_ := self._id())
            parts.append(
                self._event("endEvent", id_, dice.choice(("", "terminateEventDefinition", *EVENTS[:3])))
            )
        if len(nodes) > 1:
            for _ in range(dice.randint(1, 2 * len(nodes))):
                a, b = dice.choice(nodes), dice.choice(nodes)
                if "start" in parts[nodes.index(b)][:14] or "endE" in parts[nodes.index(a)][:14]:
                    continue
                condition = dice.choice(("", "", CONDITION))
                parts.append(
                    f"<bpmn:sequenceFlow id={quoteattr(self._id())}{self._named()} sourceRef={quoteattr(a)}"
                    f" targetRef={quoteattr(b)}>{condition}</bpmn:sequenceFlow>"
                )
        parts.append(self._note(nodes))
        if dice.random() < 0.3:
            data, own = self._id(), self._id()
            parts.append(f"<bpmn:dataObject id={quoteattr(own)}/>")
            parts.append(
                f"<bpmn:dataObjectReference id={quoteattr(data)}{self._named()}"
                f" dataObjectRef={quoteattr(own)}/>"
            )
        dice.shuffle(parts)
        return "".join(parts), nodes

    def _node(self, id_: str, depth: int, nodes: list[str]) -> str:
        dice = self.dice
        kind = dice.random()
        if kind < 0.2:
            gate = dice.choice(GATES)
            return f"<bpmn:{gate} id={quoteattr(id_)}{self._named()}>{self._more()}</bpmn:{gate}>"
        if kind < 0.32:
            which = dice.choice(("intermediateCatchEvent", "intermediateThrowEvent"))
            return self._event(which, id_, dice.choice(("", *EVENTS)))
        if kind < 0.42 and len(nodes) > 1:
            inner = f'attachedToRef={quoteattr(nodes[0])} cancelActivity="false"'
            return self._event("boundaryEvent", id_, dice.choice(EVENTS[:4]), f" {inner}")
        if kind < 0.54 and depth < 3:
            which = dice.choice(("subProcess", "subProcess", "transaction", "adHocSubProcess"))
            event = ' triggeredByEvent="true"' if which == "subProcess" and dice.random() < 0.2 else ""
            flow, _ = self._flow(depth + 1)
            return (
                f"<bpmn:{which} id={quoteattr(id_)}{self._named()}{event}>{self._more()}{flow}</bpmn:{which}>"
            )
        task = dice.choice(TASKS)
        loop = dice.choice(("", "", '<bpmn:multiInstanceLoopCharacteristics isSequential="true"/>'))
        head = f"<bpmn:{task} id={quoteattr(id_)}{self._named()}{dice.choice(ATTRIBUTES)}>"
        return f"{head}{self._more()}{loop}</bpmn:{task}>"

    def _event(self, tag: str, id_: str, definition: str, more: str = "") -> str:
        inner = {
            "": "",
            "timerEventDefinition": "<bpmn:timerEventDefinition><bpmn:timeDuration>PT2H</bpmn:timeDuration>"
            "</bpmn:timerEventDefinition>",
            "linkEventDefinition": '<bpmn:linkEventDefinition name="L1"/>',
        }.get(definition, f"<bpmn:{definition}/>")
        return f"<bpmn:{tag} id={quoteattr(id_)}{self._named()}{more}>{self._more()}{inner}</bpmn:{tag}>"

    def _more(self) -> str:
        dice, made = self.dice, ""
        if dice.random() < 0.2:
            made += f"<bpmn:documentation>{escape(dice.choice(NAMES))}</bpmn:documentation>"
        if dice.random() < 0.3:
            made += f"<bpmn:extensionElements>{dice.choice(EXTENSIONS)}</bpmn:extensionElements>"
        return made

    def _note(self, nodes: list[str]) -> str:
        if self.dice.random() < 0.6:
            return ""
        id_ = self._id()
        made = (
            f"<bpmn:textAnnotation id={quoteattr(id_)}><bpmn:text>{escape(self.dice.choice(NAMES))}"
            "</bpmn:text></bpmn:textAnnotation>"
        )
        if nodes:
            made += (
                f"<bpmn:association id={quoteattr(self._id())} sourceRef={quoteattr(self.dice.choice(nodes))}"
                f" targetRef={quoteattr(id_)}/>"
            )
        return made

    def _choreography(self) -> str:
        a, b = quoteattr(self._id()), quoteattr(self._id())
        return (
            f'<bpmn:choreography id="ch" name="谈判"><bpmn:participant id={a} name="Buyer"/><bpmn:participant'
            f' id={b} name="Seller"/><bpmn:choreographyTask id={quoteattr(self._id())} name="Offer"'
            f" initiatingParticipantRef={a}/></bpmn:choreography>"
        )
