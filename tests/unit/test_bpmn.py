"""BPMN out and in: reference models import and lay out, our maps come back as they were, losses are told."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections import Counter
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
from generator.model.process import Process
from generator.pipeline import check_project, figures_for
from generator.present.maps.graph import Edge, Graph, LayoutNode
from generator.present.maps.layout import layout
from generator.problems import Problems, as_text
from tests.evidence import evidence
from tests.unit.bpmn_names import assert_accounted
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
    root = ET.fromstring(data)
    bodies = [body for body in root.findall(f"{MODEL}process") if any(map(work, body.iter()))]
    assert len(found.processes) == len(bodies)
    names = [
        " ".join(one.get("name", "").split())
        for body in bodies
        for one in body.iter()
        if work(one) and not (one.tag.endswith("subProcess") and any(map(work, list(one))))
    ]
    steps = []
    for raw in found.processes:
        drawn = loaded(as_yaml(raw)).maps.as_is
        order = {step.id: number for number, step in enumerate(drawn.steps)}
        for step in drawn.steps:
            for link in step.next:
                assert link.rework == (order[link.to] <= order[step.id])
        steps += [step.name.plain for step in drawn.steps if step.name]
        shape = graph(loaded(as_yaml(raw)))
        diagram = layout(shape)
        assert {kind: n for kind, n in faults(diagram, shape).items() if n and kind in FORBIDDEN} == {}
    assert not Counter(filter(None, names)) - Counter(steps)


def work(one: ET.Element) -> bool:
    kinds = re.compile(r"(task|event|gateway|subprocess|callactivity)$", re.IGNORECASE)
    return one.tag.startswith(MODEL) and kinds.search(one.tag) is not None and "global" not in one.tag


def test_what_a_reference_model_loses_is_told():
    found = read_bpmn(reference("B.2.0"), "imported")
    report = "\n".join(found.report)
    for kind in (
        "boundary event became a step (11 times)",
        "inclusive gateway became a gateway of our kinds (2 times): Inclusive Gateway 1, Inclusive Gateway 6",
        "attribute default of a exclusive gateway: Exclusive Gateway 4",
        "drawing: the map is laid out anew",
    ):
        assert kind in report
    plain = read_bpmn(reference("A.1.0"), "imported").report
    assert plain == ("drawing: the map is laid out anew",)


def test_what_stands_beside_the_steps_of_a_reference_model_comes_over():
    """Held against the file by reading it: pools, messages, data, annotations, loops, what is called."""
    found = read_bpmn(reference("B.2.0"), "imported")
    processes = [loaded(as_yaml(process)) for process in found.processes]
    assert [process.name.plain for process in processes] == [
        "Pool", "Participant", "Expanded Call Activity", "Collapsed Call Activity"
    ]  # fmt: skip
    steps = {step.name.plain: step for one in processes for step in one.maps.as_is.steps if step.name}
    said = {
        name: [text.plain for text in (*step.inputs, *step.outputs, *step.notes)]
        for name, step in steps.items()
    }
    assert said["Send Task 2"] == ["Message Flow 1 → Pool / Start Event 2 Message"]
    assert said["Start Event 2 Message"] == ["Message Flow 1 ← Participant / Send Task 2"]
    assert said["Task 10"] == ["Message Flow 2 ← Pool / End Event 6 Message"]
    assert "Data Object" in said["User Task 3"]
    assert said["User Task 7 Standard Loop"] == ["Part of: Expanded Sub-Process 1", "Done again and again"]
    assert said["Collapsed Call Activity"] == ["Calls: Collapsed Call Activity"]
    assert [link.to for link in steps["Task 31"].next] == ["exclusive-gateway-7"]


@pytest.mark.parametrize("name", MODELS)
def test_every_name_of_a_reference_model_is_kept_or_told(name):
    data = reference(name)
    found = read_bpmn(data, "imported")
    assert_accounted(data, found)


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
        assert after == before
        assert again.model_copy(update={"maps": process.maps, "log": process.log}) == process


def test_both_maps_come_back_as_the_process_that_went_out(sample, tmp_path):
    """Every field and both languages: purpose, owner, volume, chain indicators, stages, what was removed."""
    for id_, process in sample.catalogue.processes.items():
        out = tmp_path / id_
        out.mkdir()
        for name, text in bpmn_files(sample).items():
            (out / name).write_text(text, encoding="utf-8")
        files = [str(out / f"{id_}.{which}.bpmn") for which in ("to-be", "as-is")]
        target = out / "in.yml"
        done = CliRunner().invoke(
            main, ["import", "bpmn", *files, "--out", str(target), "--report", str(out / "told.txt")]
        )
        assert done.exit_code == 0, done.output
        again = loaded(target.read_text(encoding="utf-8"))
        assert again.model_copy(update={"log": process.log}) == process
        mixed = [files[0], str(out / "lead-to-cash.as-is.bpmn")]
        if id_ != "lead-to-cash":
            wrong = CliRunner().invoke(main, ["import", "bpmn", *mixed])
            assert "is of the process lead-to-cash, not of requirement-to-release" in wrong.output


def test_what_another_tool_changed_goes_before_what_we_noted(sample):
    text = bpmn_files(sample, "en")["lead-to-cash.as-is.bpmn"]
    assert "编制报价" in text
    renamed = text.replace(' name="Prepare the quote"', ' name="Price it"')
    again = loaded(as_yaml(read_bpmn(renamed.encode(), "x").process))
    names = {step.id: step.name for step in again.maps.as_is.steps}
    assert names["quote"].as_json() == "Price it"
    assert names["price-approval"].as_json() == {"zh": "报价审批", "en": "Price approval"}


@pytest.mark.parametrize(
    "bad", ["{", "[1]", '{"a":NaN}', "[" * 50_000, '{"a":' * 30 + "1" + "}" * 30, '{"a":null}']
)
def test_a_damaged_note_of_ours_says_what_to_do(sample, bad):
    text = bpmn_files(sample)["lead-to-cash.as-is.bpmn"]
    broken = re.sub(r"(<handbook:data>)[^<]*", lambda found: found[1] + bad, text, count=1)
    with pytest.raises(BpmnError, match="a note of ours in the file was damaged"):
        read_bpmn(broken.encode(), "x")


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


def test_commands(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
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
    told = Path("lead-to-cash-import.txt").read_text(encoding="utf-8")
    assert told.startswith("Import of lead-to-cash.as-is.bpmn: ")
    assert "kept\tuser task\tPrepare the quote\tstep quote\n" in told
    assert loaded(target.read_text(encoding="utf-8")).id == "lead-to-cash"
    again = run(main, ["import", "bpmn", str(out / files[0]), "--out", str(target)])
    assert again.exit_code == 2
    assert "is there already" in again.output
    (tmp_path / "x.bpmn").write_text("<x/>")
    wrong = run(main, ["import", "bpmn", str(tmp_path / "x.bpmn")])
    assert wrong.exit_code == 1
    assert "x.bpmn: this is not BPMN 2.0" in wrong.output
