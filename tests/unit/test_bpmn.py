"""BPMN out and in: reference models import and lay out, our maps come back as they were, losses are told."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli import main
from generator.exchange.bpmn_bytes import BpmnError
from generator.exchange.bpmn_in import read_bpmn
from generator.exchange.plain_yaml import as_yaml
from generator.language_sites import language_sites_of
from generator.load.validate import validate
from generator.load.yaml_file import load_yaml_text
from generator.map_files import bpmn_files
from generator.model.process import Process, ProcessMap
from generator.pipeline import check_project, figures_for
from generator.present.maps.graph import Edge, Graph, LayoutNode
from generator.present.maps.layout import layout
from generator.problems import Problems, as_text
from tests.evidence import evidence
from tests.unit.maps.checker import FORBIDDEN, faults

ROOT = Path(__file__).parents[2]
MODELS = ("A.1.0", "A.2.0", "A.2.1", "A.3.0", "A.4.0", "A.4.1", "B.1.0", "B.2.0")
MODEL = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"


def loaded(text: str) -> Process:
    """What our loader makes of a process file; it must be valid."""
    problems = Problems()
    source = load_yaml_text(text, "data/processes/imported.yml", problems)
    process = validate(source, Process, problems) if source else None
    assert process is not None, as_text(problems)
    return process


def reference(name: str) -> bytes:
    """A reference model of the BPMN interchange working group."""
    return evidence(f"bpmn-miwg/{name}.bpmn").read_bytes()


def graph(process: Process) -> Graph:
    drawn = process.maps.as_is or process.maps.to_be
    assert drawn is not None
    lanes = [lane.id for lane in process.lanes]
    place = {step.id: number for number, step in enumerate(drawn.steps)}
    shape = lambda step: "gateway" if step.gateway else "event" if step.event else "step"  # noqa: E731
    nodes = tuple(
        LayoutNode(
            step.id,
            lanes.index(step.lane or lanes[0]),
            shape(step),
            36 if step.event else 150,
            36 if step.event else 60,
        )
        for step in drawn.steps
    )
    return Graph(
        (120.0,) * len(lanes),
        nodes,
        tuple(Edge(place[s.id], place[n.to]) for s in drawn.steps for n in s.next),
    )


@pytest.mark.parametrize("name", MODELS)
def test_reference_models_import_and_lay_out(name):
    data = reference(name)
    found = read_bpmn(data, "imported")
    process = loaded(as_yaml(found.process))
    drawn = process.maps.as_is
    root = ET.fromstring(data)
    inside = {
        one
        for body in root.iter()
        if body.tag == f"{MODEL}subProcess"
        for one in body.iter()
        if one is not body
    }
    kinds = re.compile(r"(task|event|gateway|subprocess|callactivity)$", re.IGNORECASE)
    nodes = [
        one for body in root.findall(f"{MODEL}process") for one in body.iter()
        if one.tag.startswith(MODEL) and one not in inside and kinds.search(one.tag)
    ]  # fmt: skip
    assert len(drawn.steps) == len(nodes)
    order = {step.id: number for number, step in enumerate(drawn.steps)}
    for step in drawn.steps:
        for link in step.next:
            assert link.rework == (order[link.to] <= order[step.id])
    shape = graph(process)
    diagram = layout(shape)
    assert {kind: n for kind, n in faults(diagram, shape).items() if n and kind in FORBIDDEN} == {}


def test_what_a_reference_model_loses_is_told():
    report = "\n".join(read_bpmn(reference("B.2.0"), "imported").report)
    for kind in (
        "message flow (2 times): Message Flow 2 (End Event 6 Message → Task 10), Message Flow 1 (Send Task ",
        "data object (2 times): Data Object",
        "data store (2 times): Data Store Reference",
        "text annotation: Annotation",
        "association: ",
        "multi instance loop characteristics",
        "timer event definition (4 times)",
        "boundary event became a step (11 times)",
        "inclusive gateway became a gateway of our kinds (2 times): Inclusive Gateway 1, Inclusive Gateway 6",
        "Expanded Sub-Process 3 (2 end event, 1 exclusive gateway, 1 intermediate catch event, 1 start event",
        "attribute default of a exclusive gateway: Exclusive Gateway 4",
        "drawing: the map is laid out anew",
    ):
        assert kind in report
    plain = read_bpmn(reference("A.1.0"), "imported").report
    assert plain == ("drawing: the map is laid out anew",)


@pytest.mark.parametrize("name", MODELS)
def test_every_element_is_taken_over_or_told(name):
    """Each tag of the file is one of ours, or its kind stands in the report; nothing vanishes."""
    data = reference(name)
    told = "\n".join(read_bpmn(data, "imported").report).replace(" ", "").lower()
    taken = {
        "definitions", "process", "collaboration", "participant", "laneSet", "lane", "flowNodeRef",
        "sequenceFlow", "incoming", "outgoing", "extensionElements", "task", "userTask", "startEvent",
        "endEvent", "exclusiveGateway", "parallelGateway",
    }  # fmt: skip
    words = {
        "subProcess": "sub-process", "dataObjectReference": "dataobject", "dataStoreReference": "datastore",
        "conditionExpression": "conditionofaflow",
    }  # fmt: skip

    def walk(parent):
        for one in parent:
            tag = one.tag.removeprefix(MODEL)
            if not one.tag.startswith(MODEL) or tag in taken:
                yield from walk(one) if one.tag.startswith(MODEL) else ()
                continue
            yield words.get(tag, tag).lower()

    untold = {tag for tag in walk(ET.fromstring(data)) if tag not in told}
    assert untold == set()


@pytest.fixture(scope="module")
def sample():
    return figures_for(check_project(ROOT))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_sample_maps_come_back_with_everything(sample, language):
    """Every field of every step survives the way out and in; texts in the language that was written."""
    files = bpmn_files(sample, language)
    assert len(files) == 4
    for name, text in files.items():
        id_, which, _ = name.split(".")
        process = sample.catalogue.processes[id_]
        before = dict(process.maps.drawn)[which.replace("-", "_")]
        found = read_bpmn(text.encode(), "imported")
        assert [line for line in found.report if not line.startswith("drawing")] == []
        again = loaded(as_yaml(found.process))
        assert again.id == id_
        after = dict(again.maps.drawn)[which.replace("-", "_")]
        assert said(after, language) == said(before.model_copy(update={"removed": {}}), language)
        used = {step.lane for step in before.steps}
        lanes = [
            (lane.id, lane.unit, lane.external, lane.capacity) for lane in process.lanes if lane.id in used
        ]
        assert [(lane.id, lane.unit, lane.external, lane.capacity) for lane in again.lanes] == lanes


def said(drawn: ProcessMap, language: str):
    """A map as plain values, every text in one language."""

    def plain(value):
        if isinstance(value, dict):
            if set(value) & {"zh", "en"}:
                return value[language]
            return {key: plain(inner) for key, inner in value.items() if key != "person"}
        return [plain(inner) for inner in value] if isinstance(value, list | tuple) else value

    return plain(drawn.model_dump(mode="json"))


def test_shapes_have_the_coordinates_of_the_drawing(sample):
    text = bpmn_files(sample)["lead-to-cash.as-is.bpmn"]
    shapes = dict(re.findall(r'bpmnElement="step_([a-z-]+)"[^>]*>\s*<dc:Bounds x="([-\d.]+)"', text))
    assert len(shapes) == len(sample.catalogue.processes["lead-to-cash"].maps.as_is.steps)
    (site,) = language_sites_of(sample, Problems(), ["zh"])
    page = next(page for page in site.pages if page.path == "processes/lead-to-cash.md")
    html = "".join(section.html for section in page.sections)
    drawn = re.search(r'id="map-as-is-title".*?</svg>', html, re.DOTALL)[0]
    places = [float(x) for x in re.findall(r'role="listitem"\s+transform="translate\(([\d.]+) ', drawn)]
    assert places == pytest.approx([float(x) for x in shapes.values()], abs=0.06)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"no xml", "this is not XML: syntax error: line 1, column 0"),
        (b"<html/>", "this is not BPMN 2.0: the outermost element is html, not definitions"),
        (
            b'<!DOCTYPE x [<!ENTITY a "b">]><definitions/>',
            "a BPMN file has no document type declaration; delete the DOCTYPE",
        ),
        (
            b'<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"/>',
            "the file has no task, gateway or event",
        ),
    ],
)
def test_what_is_not_bpmn_is_refused(data, message):
    with pytest.raises(BpmnError, match=re.escape(message)):
        read_bpmn(data, "x")


def test_loops_dangling_and_double_flows():
    data = b"""<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process id="p" name="P">
      <task id="a" name="Write"/><task id="b" name="Check"/><task id="c" name="Check"/>
      <sequenceFlow id="1" sourceRef="a" targetRef="b"/>
      <sequenceFlow id="2" sourceRef="b" targetRef="a" name="no"/>
      <sequenceFlow id="3" sourceRef="b" targetRef="c"/><sequenceFlow id="4" sourceRef="b" targetRef="c"/>
      <sequenceFlow id="5" sourceRef="c" targetRef="gone"/></process></definitions>"""
    found = read_bpmn(data, "p")
    assert as_yaml(found.process) == (
        "id: p\nname: P\nlanes: [{id: p, name: P}]\nmaps:\n  as_is:\n    steps:\n"
        "      - {id: write, lane: p, name: Write, next: [check]}\n"
        '      - {id: check, lane: p, name: Check, next: [{to: write, label: "no", rework: true}, check-2]}\n'
        "      - {id: check-2, lane: p, name: Check}\n"
    )
    assert found.report == (
        "a second flow between the same two: b → c",
        "a sequence flow that leads to or from nothing: c → gone",
        "to fill in: the shares of the ways out: Check",
    )


def test_commands(tmp_path):
    run = CliRunner().invoke
    out = tmp_path / "bpmn"
    done = run(main, ["export", "bpmn", str(out), "--project", str(ROOT), "--language", "en"])
    assert done.exit_code == 0, done.output
    files = sorted(file.name for file in out.glob("*.bpmn"))
    assert files == [
        "lead-to-cash.as-is.bpmn", "lead-to-cash.to-be.bpmn", "requirement-to-release.as-is.bpmn",
        "requirement-to-release.to-be.bpmn",
    ]  # fmt: skip
    target = tmp_path / "in.yml"
    done = run(main, ["import", "bpmn", str(out / files[0]), "--out", str(target)])
    assert done.exit_code == 0, done.output
    assert "not taken over: drawing: the map is laid out anew" in done.output
    assert loaded(target.read_text(encoding="utf-8")).id == "lead-to-cash"
    again = run(main, ["import", "bpmn", str(out / files[0]), "--out", str(target)])
    assert again.exit_code == 2
    assert "is there already" in again.output
    (tmp_path / "x.bpmn").write_text("<x/>")
    wrong = run(main, ["import", "bpmn", str(tmp_path / "x.bpmn")])
    assert wrong.exit_code == 1
    assert "x.bpmn: this is not BPMN 2.0" in wrong.output
