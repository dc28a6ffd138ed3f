"""BPMN files as other tools write them: outside pools, groups in extensions, GBK, control characters.

What is read goes through check and becomes pages; nothing that the file says of roles or ways vanishes.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.exchange.bpmn_bytes import BpmnError
from generator.exchange.bpmn_in import read_bpmn
from generator.exchange.export_json import export_frame
from generator.exchange.plain_yaml import as_yaml
from generator.exchange.readable_id import slug
from generator.language_sites import language_sites_of
from generator.load.validate import validate
from generator.load.yaml_file import load_yaml_text
from generator.map_files import bpmn_files
from generator.model.process import Process
from generator.model.text import Text
from generator.pipeline import check_project, figures_for
from generator.problems import Problems, as_text
from tests.evidence import evidence

ROOT = Path(__file__).parents[2]
HEAD = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="t" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:flowable="http://flowable.org/bpmn">'
)
EXPENSES = """<process id="p" name="报销">
  <startEvent id="s" name="提交单据"/><userTask id="a" name="主管审核"/><exclusiveGateway id="g"/>
  <userTask id="b" name="财务付款"/><endEvent id="e" name="到账"/>
  <sequenceFlow id="f1" sourceRef="s" targetRef="a"/><sequenceFlow id="f2" sourceRef="a" targetRef="g"/>
  <sequenceFlow id="f3" name="同意" sourceRef="g" targetRef="b"/>
  <sequenceFlow id="f4" name="退回" sourceRef="g" targetRef="a"/>
  <sequenceFlow id="f5" sourceRef="b" targetRef="e"/></process></definitions>"""
REPAIR = """<collaboration id="c"><participant id="p1" name="客户"/>
  <participant id="p2" name="维修中心" processRef="w"/><participant id="p3" name="配件供应商"/>
  <messageFlow id="m1" sourceRef="p1" targetRef="s"/><messageFlow id="m2" sourceRef="t" targetRef="p3"/>
 </collaboration><process id="w"><documentation>把送来的机器修好。</documentation><laneSet id="l">
  <lane id="l1" name="前台"><flowNodeRef>s</flowNodeRef></lane>
  <lane id="l2" name="技师"><flowNodeRef>t</flowNodeRef><flowNodeRef>e</flowNodeRef></lane>
  <lane id="l3" name="质检员"/></laneSet>
  <startEvent id="s" name="送修"/><task id="t" name="更换零件">
  <documentation>先拍照，再拆机。</documentation></task>
  <endEvent id="e" name="取机"/><sequenceFlow id="f1" sourceRef="s" targetRef="t"/>
  <sequenceFlow id="f2" sourceRef="t" targetRef="e"/></process></definitions>"""
LEAVE = """<process id="leave" name="调休申请"><startEvent id="s"/>
  <userTask id="sid-1A2B3C4D-0000-1111-2222-333344445555" name="本人填单" flowable:assignee="${owner}"/>
  <userTask id="sid-2A2B" name="组长核实" flowable:candidateGroups="team-lead"/><exclusiveGateway id="g"/>
  <userTask id="sid-3A2B" name="人事备案" flowable:candidateGroups="hr, payroll"/><endEvent id="e"/>
  <sequenceFlow id="f1" sourceRef="s" targetRef="sid-1A2B3C4D-0000-1111-2222-333344445555"/>
  <sequenceFlow id="f2" sourceRef="sid-1A2B3C4D-0000-1111-2222-333344445555" targetRef="sid-2A2B"/>
  <sequenceFlow id="f3" sourceRef="sid-2A2B" targetRef="g"/>
  <sequenceFlow id="f4" sourceRef="g" targetRef="sid-3A2B">
    <conditionExpression xsi:type="tFormalExpression">${hours &gt; 8}</conditionExpression></sequenceFlow>
  <sequenceFlow id="f5" name="短" sourceRef="g" targetRef="e">
    <conditionExpression>${hours &lt;= 8}</conditionExpression></sequenceFlow>
  <sequenceFlow id="f6" sourceRef="sid-3A2B" targetRef="e"/></process></definitions>"""


def read(text: str):
    return read_bpmn((HEAD + text).encode(), "imported")


def loaded(process: dict[str, object]) -> Process:
    problems = Problems()
    source = load_yaml_text(as_yaml(process), "data/processes/imported.yml", problems)
    made = validate(source, Process, problems) if source else None
    assert made is not None, as_text(problems)
    return made


def project(folder: Path, processes: dict[str, dict[str, object]]) -> Path:
    """The minimal handbook with some processes."""
    shutil.copytree(ROOT / "examples/minimal", folder, dirs_exist_ok=True)
    (folder / "data/processes").mkdir(exist_ok=True)
    for id_, process in processes.items():
        text = as_yaml({**process, "id": id_})
        (folder / f"data/processes/{id_}.yml").write_text(text, encoding="utf-8")
    return folder


def test_a_map_without_shares_is_checked_built_and_says_what_is_missing(tmp_path):
    checked = check_project(project(tmp_path, {"expenses": read(EXPENSES).process}))
    assert not checked.problems.has_errors, as_text(checked.problems)
    told = [one for one in checked.problems if one.rule == "process-shares"]
    assert [one.message for one in told] == [
        "not every way out of 'gateway' has a share: no figures of this map"
    ]
    figures = figures_for(checked)
    assert figures.processes["expenses"].flows["as_is"].lead_time_h is None
    languages = figures.catalogue.handbook.languages
    for site in language_sites_of(figures, Problems(), list(languages)):
        page = next(page for page in site.pages if page.path == "processes/expenses.md")
        html = "".join(section.html for section in page.sections)
        assert 'class="hb-map"' in html
        said = {
            "zh": "图上没有写分岔之后各走多少，算不出周期、返工和一次通过率：“主管审核”之后的判断。",
            "en": "no lead time, rework or yield, because the map does not say how many cases take which way "
            "after: Decision after 主管审核.",
        }[site.language]
        assert said in html
        assert page.title == "报销"


def test_a_map_without_shares_and_names_goes_out_and_comes_back_and_is_compared(tmp_path):
    process = read(EXPENSES).process
    steps = process["maps"]["as_is"]["steps"]
    to_be = [{**step, "next": step.get("next", [])} for step in steps if step["id"] != "zhu-guan-shen-he"]
    to_be[0]["next"] = ["gateway"]
    to_be[1]["next"] = [{"to": "cai-wu-fu-kuan", "share": 0.5}, "dao-zhang"]
    maps = {"as_is": {"steps": steps}, "to_be": {"steps": to_be, "removed": {"zhu-guan-shen-he": "省去"}}}
    checked = check_project(project(tmp_path, {"expenses": {**process, "maps": maps}}))
    assert not checked.problems.has_errors, as_text(checked.problems)
    figures = figures_for(checked)
    change = figures.processes["expenses"].change
    assert change is not None
    assert {group.tags for group in change.groups} == {("removed",), ()}
    (site,) = language_sites_of(figures, Problems(), ["zh"])
    page = next(page for page in site.pages if page.path == "processes/expenses.md")
    html = "".join(section.html for section in page.sections)
    assert "有流程图算不出周期（现状、目标），所以也算不出节省" in html
    for name, text in bpmn_files(figures).items():
        which = name.split(".")[1].replace("-", "_")
        found = read_bpmn(text.encode(), "x")
        assert [line for line in found.report if not line.startswith(("drawing", "to fill in"))] == []
        again = getattr(loaded(found.process).maps, which)
        assert again == getattr(figures.catalogue.processes["expenses"].maps, which)
    exported = next(one for one in export_frame(figures).processes if one.id == "expenses").maps["as_is"]
    assert (exported.lead_time_h, exported.first_pass_yield, exported.steps) == (None, None, [])
    reason = "no shares given for the ways out of: gateway"
    assert {exported.why_not[name] for name in ("lead_time_h", "first_pass_yield", "steps")} == {reason}


def test_outside_pools_stay_outside():
    found = read(REPAIR)
    process = found.process
    assert (process["name"], process["purpose"]) == ("维修中心", "把送来的机器修好。")
    assert [(lane["name"], lane.get("external", False)) for lane in process["lanes"]] == [
        ("客户", True), ("前台", False), ("技师", False), ("质检员", False), ("配件供应商", True)
    ]  # fmt: skip
    assert found.report == ()
    made = loaded(process)
    assert made.sipoc.suppliers == (Text("客户"),)
    assert made.sipoc.customers == (Text("配件供应商"),)
    steps = {step.id: step for step in made.maps.as_is.steps}
    assert steps["song-xiu"].inputs == (Text("← 客户"),)
    assert steps["geng-huan-ling-jian"].outputs == (Text("→ 配件供应商"),)
    assert steps["geng-huan-ling-jian"].notes == (Text("先拍照，再拆机。"),)


def test_groups_become_lanes_conditions_labels_and_names_ids():
    found = read(LEAVE)
    assert as_yaml(found.process) == (
        "id: imported\nname: 调休申请\nlanes:\n"
        "  - {id: diao-xiu-shen-qing, name: 调休申请}\n  - {id: team-lead, name: team-lead}\n"
        "  - {id: hr-payroll, name: hr / payroll}\n"
        "maps:\n  as_is:\n    steps:\n"
        "      - {id: start, event: start, lane: diao-xiu-shen-qing, next: [ben-ren-tian-dan]}\n"
        "      - id: ben-ren-tian-dan\n        lane: diao-xiu-shen-qing\n        name: 本人填单\n"
        "        owner: {role: owner}\n        next: [zu-zhang-he-shi]\n"
        "      - {id: zu-zhang-he-shi, lane: team-lead, name: 组长核实, next: [gateway]}\n"
        "      - id: gateway\n        gateway: xor\n        lane: team-lead\n"
        '        notes: ["短: hours <= 8"]\n'
        '        next: [{to: ren-shi-bei-an, label: "hours > 8"}, {to: end, label: 短}]\n'
        "      - {id: ren-shi-bei-an, lane: hr-payroll, name: 人事备案, next: [end]}\n"
        "      - {id: end, event: end, lane: hr-payroll}\n"
    )
    assert found.report == (
        "taken over as labels: conditions of flows: exclusive gateway g → 人事备案: ${hours > 8}",
        "taken over as lanes: the groups that do a task: team-lead, hr / payroll",
        "taken over as roles: the people and roles noted at a task: owner",
        "to fill in: the shares of the ways out: gateway",
    )


def test_beside_lanes_a_group_is_a_role():
    lanes = '<laneSet id="l"><lane id="x" name="人事部"><flowNodeRef>sid-3A2B</flowNodeRef></lane></laneSet>'
    found = read(LEAVE.replace('<startEvent id="s"/>', f'{lanes}<startEvent id="s"/>'))
    (drawn,) = loaded(found.process).maps.drawn
    roles = {step.id: step.owner.role.say("zh", "zh") for step in drawn[1].steps if step.owner}
    assert roles == {
        "ben-ren-tian-dan": "owner",
        "zu-zhang-he-shi": "team-lead",
        "ren-shi-bei-an": "hr / payroll",
    }


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [("gb18030", "GBK"), ("gb18030", "gb2312"), ("gb18030", "UTF-8"), ("utf-16", "UTF-16"), ("big5", "Big5"),
     ("utf-8-sig", "UTF-8"), ("utf-16-le", "UTF-16"), ("utf-16-be", "UTF-8"), ("utf-32", "UTF-32"),
     ("utf-32-le", "UTF-32"), ("utf-32-be", "UTF-8")],
)  # fmt: skip
def test_encodings(encoding, declared):
    text = EXPENSES if encoding != "big5" else re.sub(r'name="[^"]*"', 'name="費用"', EXPENSES)
    plain = read_bpmn((HEAD + text).encode(), "x").process
    data = f'<?xml version="1.0" encoding="{declared}"?>{HEAD}{text}'.encode(encoding)
    assert read_bpmn(data, "x").process == plain


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b'<?xml version="1.0" encoding="klingon"?><a/>', "cannot be read as klingon: save it as UTF-8"),
        (b'<?xml version="1.0" encoding="GBK"?><a>\xff\xff</a>', "cannot be read as gbk: save it as UTF-8"),
        (b'<?xml version="1.0" encoding="rot13"?><a/>', "cannot be read as rot13: save it as UTF-8"),
        (b'<?xml version="1.0" encoding="punycode"?><a/>', "cannot be read as punycode: save it as UTF-8"),
        (b"<a>" * 100_000, "elements lie more than 200 deep"),
        (HEAD.encode() + b'<process id="p">' + b"<subProcess>" * 300, "elements lie more than 200 deep"),
    ],
)
def test_what_cannot_be_read_says_what_to_do(data, message):
    with pytest.raises(BpmnError, match=message):
        read_bpmn(data, "x")


def test_only_what_an_author_can_mend_is_told_as_that(monkeypatch):
    """A fault of ours in reading must not look like one of the file."""
    monkeypatch.setattr("generator.exchange.bpmn_in.collect", lambda *_: int("ours"))
    with pytest.raises(ValueError, match="ours"):
        read(EXPENSES)


@pytest.mark.parametrize("bad", ["\x9f", "\x08", "&#31;", "&#x7F;"])
def test_control_characters_are_taken_out_and_told(bad):
    found = read(EXPENSES.replace("财务付款", f"财务{bad}付款"))
    assert "财务付款" in as_yaml(found.process)
    (line,) = [line for line in found.report if line.startswith("taken out")]
    assert line.endswith(" in 财务付款")
    loaded(found.process)


def test_open_ends_are_drawn_and_pass_the_check(tmp_path):
    """A task that nothing leads to, one that leads nowhere, and a link event that goes on elsewhere."""
    found = read(
        """<process id="p" name="P"><startEvent id="s" name="Begin"/><task id="a" name="Work"/>
        <intermediateThrowEvent id="t" name="go"><linkEventDefinition name="L"/></intermediateThrowEvent>
        <intermediateCatchEvent id="c" name="come"><linkEventDefinition name="L"/></intermediateCatchEvent>
        <endEvent id="e" name="Done"/><task id="b" name="Alone"/>
        <sequenceFlow id="1" sourceRef="s" targetRef="a"/><sequenceFlow id="2" sourceRef="a" targetRef="t"/>
        <sequenceFlow id="3" sourceRef="c" targetRef="e"/></process></definitions>"""
    )
    steps = {step.id: step for step in loaded(found.process).maps.as_is.steps}
    assert [link.to for link in steps["go"].next] == ["come"]
    assert [step.event for step in steps.values() if step.name is None] == ["start", "end"]
    assert "to look at: nothing leads to it, so a start was drawn: Alone" in found.report
    assert "to look at: it leads nowhere, so an end was drawn: Alone" in found.report
    checked = check_project(project(tmp_path, {"p": found.process}))
    assert not checked.problems.has_errors, as_text(checked.problems)


SUB = """<process id="p" name="P"><startEvent id="s"/><{tag} id="x" name="Body">{inner}</{tag}>
  <endEvent id="e"/><sequenceFlow id="1" sourceRef="s" targetRef="x"/>
  <sequenceFlow id="2" sourceRef="x" targetRef="e"/>{more}</process></definitions>"""


def ways(text):
    """Where each step leads, by id."""
    steps = loaded(read(text).process).maps.as_is.steps
    return {step.id: [link.to for link in step.next] for step in steps}


@pytest.mark.parametrize(
    ("tag", "inner", "more", "expected"),
    [
        ("subProcess", "", "", {"start": ["body"], "body": ["end"], "end": []}),
        ("subProcess", """<startEvent id="a"/><task id="b" name="Do"/><endEvent id="c"/>
         <sequenceFlow id="3" sourceRef="a" targetRef="b"/>
         <sequenceFlow id="4" sourceRef="b" targetRef="c"/>""",
         "", {"start": ["do"], "do": ["end"], "end": []}),
        ("adHocSubProcess", '<task id="a" name="One"/><task id="b" name="Two"/>', "",
         {"start": ["gateway"], "gateway": ["one", "two"], "one": ["gateway-2"], "two": ["gateway-2"],
          "gateway-2": ["end"], "end": []}),
        ("subProcess", '<task id="a" name="Do"/>',
         """<boundaryEvent id="t" name="Late" attachedToRef="x"/>
         <sequenceFlow id="5" sourceRef="t" targetRef="e"/>""",
         {"start": ["do"], "do": ["end", "late"], "late": ["end"], "end": []}),
        ("subProcess", """<startEvent id="a" name="In"/><endEvent id="c" name="Out"/>
         <sequenceFlow id="3" sourceRef="a" targetRef="c"/>""", "",
         {"start": ["in"], "in": ["out"], "out": ["end"], "end": []}),
    ],
)  # fmt: skip
def test_sub_processes_are_taken_apart(tag, inner, more, expected):
    assert ways(SUB.format(tag=tag, inner=inner, more=more)) == expected


def test_a_loop_that_nothing_leaves_gets_an_end():
    text = """<process id="p" name="P"><startEvent id="s"/>
      <task id="a" name="Turn"/><task id="b" name="Again"/>
      <sequenceFlow id="1" sourceRef="s" targetRef="a"/><sequenceFlow id="2" sourceRef="a" targetRef="b"/>
      <sequenceFlow id="3" sourceRef="b" targetRef="a"/></process></definitions>"""
    assert ways(text) == {"start": ["turn"], "turn": ["again"], "again": ["turn", "end"], "end": []}


def test_deep_and_wide_files_stay_bounded():
    deep = '<subProcess id="x{0}" name="n{0}"><task id="t{0}" name="T"/>'
    text = '<process id="p">' + "".join(deep.format(n) for n in range(150)) + "</subProcess>" * 150
    assert len(read(text + "</process></definitions>").process["maps"]["as_is"]["steps"]) > 150
    wide = "".join(f'<task id="t{n}"/>' for n in range(2_001))
    with pytest.raises(BpmnError, match="a map of more than 2000"):
        read(f'<process id="p"><subProcess id="x">{wide}</subProcess></process></definitions>')
    costly = "[" * 30_000
    task = f'<task id="a" name="A"><documentation>{costly}</documentation></task>'
    found = read(f'<process id="p">{task}</process></definitions>')
    loaded(found.process)
    assert found.report[-1].startswith("to look at: a text was cut: [[[")


def test_all_reference_models_are_checked_and_built(tmp_path):
    files = sorted(evidence("bpmn-miwg").glob("*.bpmn"))
    processes = {
        f"{slug(file.stem)}-{number}": process
        for file in files
        for number, process in enumerate(read_bpmn(file.read_bytes(), "x").processes)
    }
    assert len(processes) == 16
    checked = check_project(project(tmp_path, processes))
    assert not checked.problems.has_errors, as_text(checked.problems)
    figures = figures_for(checked)
    for site in language_sites_of(figures, Problems(), list(figures.catalogue.handbook.languages)):
        paths = {page.path for page in site.pages}
        assert {f"processes/{id_}.md" for id_ in processes} <= paths


@pytest.mark.parametrize(
    ("name", "id_"),
    [
        ("本人填单", "ben-ren-tian-dan"),
        ("审批 Approval 2", "shen-pi-approval-2"),
        ("Café à la carte", "cafe-a-la-carte"),
        ("", ""),
        ("？！", ""),
    ],
)
def test_ids_are_readable(name, id_):
    assert slug(name) == id_


@settings(max_examples=60, deadline=None)
@example(["index", "COM1", "con"])
@given(st.lists(st.text(max_size=30), min_size=3, max_size=3))
def test_whatever_the_names_the_file_is_read_by_our_own_loader(names):
    escaped = ["".join(f"&#{ord(c)};" for c in name if not 0xD800 <= ord(c) < 0xE000) for name in names]
    found = read(
        f"""<process id="p" name="{escaped[0]}"><task id="a" name="{escaped[1]}"/>
        <exclusiveGateway id="g"/><sequenceFlow id="1" sourceRef="a" targetRef="g" name="{escaped[2]}"/>
        </process></definitions>"""
    )
    loaded(found.process)
