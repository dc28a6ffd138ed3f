"""Import of models in the manner of workflow engines and the platforms built on them: who does a task is an
element, a list or an expression there, and what nobody named has the tool's own English name.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest

from generator.exchange.bpmn_bytes import parsed
from generator.exchange.bpmn_in import Imported, read_bpmn
from generator.exchange.bpmn_report import report_text
from tests.unit.bpmn_names import assert_accounted

FILE = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:e="http://engine.example">
<process id="p" name="{name}">{inside}</process></definitions>"""
REFUND = """<startEvent id="s" name="Start"/><userTask id="a" name="{a}">{by_a}</userTask>
<exclusiveGateway id="g" name="Exclusive Gateway"/><userTask id="b" name="{b}">{by_b}</userTask>
<endEvent id="e" name="EndEvent 2"/>
<sequenceFlow id="1" sourceRef="s" targetRef="a"/><sequenceFlow id="2" sourceRef="a" targetRef="g"/>
<sequenceFlow id="3" sourceRef="g" targetRef="b"/><sequenceFlow id="4" sourceRef="g" targetRef="e"/>
<sequenceFlow id="5" sourceRef="b" targetRef="e"/>"""
NOTED = "<extensionElements>{}</extensionElements>"


def refund(by_a: str, by_b: str, *, chinese: bool = True) -> Imported:
    """A small process, in Chinese or English; every name of it accounted for."""
    names = ("退款", "受理", "复核") if chinese else ("Refund", "Take in", "Check")
    inside = REFUND.format(a=names[1], b=names[2], by_a=NOTED.format(by_a), by_b=NOTED.format(by_b))
    data = FILE.format(name=names[0], inside=inside).encode()
    found = read_bpmn(data, "refund")
    assert_accounted(ET.tostring(parsed(data)[0]), found)
    return found


def lanes(found: Imported) -> list[str]:
    return [lane["name"] for lane in found.process["lanes"]]


def steps(found: Imported) -> dict[str, dict[str, object]]:
    return {step["id"]: step for step in found.process["maps"]["as_is"]["steps"]}


@pytest.mark.parametrize(
    ("by_a", "by_b"),
    [
        (
            '<e:assignee type="role" value="11235" text="客服"/>',
            '<e:assignee type="dept" value="7" text="财务"/>',
        ),
        ("<e:candidateGroups>客服</e:candidateGroups>", "<e:candidateGroups>财务</e:candidateGroups>"),
        ("<e:assignment candidateGroups='=[\"客服\"]'/>", "<e:assignment candidateGroups='=\"财务\"'/>"),
    ],
)
def test_roles_in_elements_and_lists_are_lanes(by_a: str, by_b: str) -> None:
    assert lanes(refund(by_a, by_b)) == ["客服", "财务"]


def test_a_person_in_an_element_is_a_role_and_several_of_a_list_stand_together() -> None:
    found = refund('<e:assignee type="custom" value="applyUser" text="发起人"/>',
                   "<e:assignment candidateGroups='=[\"财务\", \"审计\"]'/>")  # fmt: skip
    assert "财务 / 审计" in lanes(found)
    (a,) = [step for step in steps(found).values() if step.get("name") == "受理"]
    assert "发起人" in str(a)


def test_what_an_engine_works_out_names_nobody() -> None:
    found = refund("<e:assignee>${bean.find(order)}</e:assignee>", "<e:assignment assignee='=if a then b'/>")
    assert lanes(found) == ["退款"]
    assert "bean" not in str(found.process)


def test_names_that_the_tool_gave_are_none_on_a_chinese_map() -> None:
    """Gateways, starts and ends that nobody named; what a person wrote in English stays."""
    found = refund("", "")
    assert "Exclusive Gateway" not in str(found.process)
    assert "Start" not in str(found.process)
    dropped = {one.name: one.why for one in found.names if not one.where}
    why = "the tool calls every one so that has no name"
    assert dropped == {"Exclusive Gateway": why, "Start": why, "EndEvent 2": why}
    english = refund("", "", chinese=False)
    assert {"Exclusive Gateway", "Start", "EndEvent 2"} <= {
        str(step.get("name")) for step in steps(english).values()
    }


def test_a_value_of_many_lines_is_one_line_of_the_report() -> None:
    """And what stands in angle brackets is no markup unless a drawing program writes it."""
    found = refund('<e:input source="={&#10;  order: 7&#10;}"/>', "")
    text = report_text(found, "refund.bpmn")
    assert "source=={ order: 7 }" in text
    assert all(
        line.startswith("  ")
        for line in text.split("Every name and text of the file, in its order\n")[1].splitlines()
    )
    data = FILE.format(name="Call &lt;b&gt;the&lt;/b&gt; &lt;agent.tool&gt;", inside=REFUND.format(
        a="A", b="B", by_a="", by_b="")).encode()  # fmt: skip
    named = read_bpmn(data, "x")
    assert named.process["name"] == "Call the <agent.tool>"
    assert_accounted(ET.tostring(parsed(data)[0]), named)
