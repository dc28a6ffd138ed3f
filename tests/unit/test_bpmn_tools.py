"""Import of models written here in the manner of other tools: what comes over, and what is told.

Each file of tests/bpmn has the habits of one tool: prefixes, ids, extensions, what it leaves out. What is
expected was held against the files by reading them.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli import main
from generator.exchange.bpmn_bytes import parsed
from generator.exchange.bpmn_in import Imported, read_bpmn
from generator.exchange.bpmn_report import report_text
from generator.exchange.bpmn_words import fate_words, kind_words, loss_words, name_words
from generator.exchange.plain_yaml import as_yaml
from generator.language_sites import language_sites_of
from generator.map_files import bpmn_files
from generator.messages import speak
from generator.model.process import Process, Step
from generator.model.text import Text
from generator.pipeline import check_project, figures_for
from generator.present.maps.layout import layout
from generator.problems import Problems, as_text
from tests.unit.bpmn_names import assert_accounted
from tests.unit.maps.checker import FORBIDDEN, faults
from tests.unit.test_bpmn import graph, loaded
from tests.unit.test_bpmn_dirty import project

HERE = Path(__file__).parents[1] / "bpmn"
FILES = sorted(HERE.glob("*.bpmn"))

Line = tuple[str, str, str, list[str]]
"""Name, kind, lane, and where it leads: `name`, `name (label)`, with `*` for a way back."""

STEPS: dict[str, list[Line]] = {
    "bizagi": [
        ("Call", "start", "Dispatch", ["Plan the visit"]),
        ("Plan the visit", "step", "Dispatch", ["Repair on site"]),
        ("Repair on site", "step", "Technician", ["Billed"]),
        ("Billed", "end", "Technician", []),
    ],
    "bpmn-io": [
        ("start", "start", "bpmn-io", ["Write the text"]),
        ("Write the text", "step", "bpmn-io", ["Read it over"]),
        ("Read it over", "step", "bpmn-io", ["gateway"]),
        ("gateway", "xor", "bpmn-io", ["Write the text (faults found)*", "gateway-fork (clean)"]),
        ("gateway-fork", "and", "bpmn-io", ["Print", "Put online"]),
        ("Print", "step", "bpmn-io", ["gateway-join"]),
        ("Put online", "step", "bpmn-io", ["gateway-join"]),
        ("gateway-join", "and", "bpmn-io", ["end"]),
        ("end", "end", "bpmn-io", []),
    ],
    "camunda": [
        ("Request received", "start", "credit-desk", ["Check the customer"]),
        ("Check the customer", "step", "credit-desk", ["Good enough?", "Two days over"]),
        ("Good enough?", "xor", "credit-desk", ["Set the limit (yes)", "Answered (no)"]),
        ("Set the limit", "step", "Credit check", ["Answered"]),
        ("Two days over", "step", "credit-desk", ["Remind the desk"]),
        ("Remind the desk", "step", "Credit check", ["Answered"]),
        ("Answered", "end", "credit-desk", []),
    ],
    "signavio": [
        ("缺料", "start", "申请人", ["写请购单"]),
        ("写请购单", "step", "申请人", ["询价"]),
        ("询价", "step", "采购员", ["下订单"]),
        ("下订单", "step", "采购员", ["已下单"]),
        ("已下单", "end", "采购员", []),
    ],
    "visio": [
        ("签合同", "step", "入职", ["领电脑"]),
        ("领电脑", "step", "入职", ["gateway"]),
        ("gateway", "xor", "入职", ["安全培训 (进车间)", "配门禁 (进办公楼)"]),
        ("安全培训", "step", "入职", []),
        ("配门禁", "step", "入职", []),
    ],
}

CAMUNDA = "of another tool (http://camunda.org/schema/1.0/bpmn)"
SIGNAVIO = "of another tool (http://www.signavio.com)"
TOLD: dict[str, set[str]] = {
    "bizagi": {"extension BizagiExtensions of another tool (http://www.bizagi.com/bpmn20): Repair"},
    "bpmn-io": {"to fill in: the shares of the ways out: gateway"},
    "camunda": {
        "attribute cancelActivity of a boundary event: Two days over = false",
        "attribute default of a exclusive gateway: Good enough? = no",
        f"attribute historyTimeToLive {CAMUNDA}: Credit check = P180D",
        f"attribute topic {CAMUNDA}: Set the limit = limits",
        f"attribute type {CAMUNDA}: Set the limit = external",
        "boundary event became a step: Two days over",
        "drawing: the map is laid out anew",
        f"extension formData {CAMUNDA}: Check the customer",
        "send task became a step: Remind the desk",
        "taken over as lanes: the groups that do a task: credit-desk",
        "to fill in: the shares of the ways out (2 times): Check the customer, Good enough?",
    },
    "signavio": {
        f"extension signavioDiagramMetaData {SIGNAVIO}: definitions sid-d1: metaKey=revisionid metaValue=8f3",
        f"extension signavioMetaData {SIGNAVIO}: 采购部: metaKey=bgcolor metaValue=#ffffff",
    },
    "visio": {
        "attribute color of another tool (http://www.trisotech.com/2015/triso/bpmn): 签合同 = red",
        "inclusive gateway became a gateway of our kinds: inclusive gateway 步骤_3",
        "to fill in: the shares of the ways out: gateway",
    },
}


def imported(path: Path) -> Imported:
    return read_bpmn(path.read_bytes(), path.stem)


def lines(process: Process) -> list[Line]:
    (drawn,) = [shape for _, shape in process.maps.drawn]
    lanes = {lane.id: lane.name.say("zh", "zh") for lane in process.lanes}
    names = {step.id: step.name.say("zh", "zh") if step.name else step.id for step in drawn.steps}

    def kind(step: Step) -> str:
        return step.event or step.gateway or "step"

    return [
        (
            names[step.id],
            kind(step),
            lanes[step.lane or process.lanes[0].id],
            [
                names[link.to]
                + (f" ({link.label.say('zh', 'zh')})" if link.label else "")
                + "*" * bool(link.rework)
                for link in step.next
            ],
        )
        for step in drawn.steps
    ]


def test_every_model_has_its_expectations() -> None:
    assert set(STEPS) == set(TOLD) <= {path.stem for path in FILES}
    assert len(FILES) == 40


@pytest.mark.parametrize("path", [HERE / f"{name}.bpmn" for name in STEPS], ids=lambda path: path.stem)
def test_what_comes_over_and_what_is_told(path: Path) -> None:
    found = imported(path)
    assert lines(loaded(as_yaml(found.process))) == STEPS[path.stem]
    assert set(found.report) == TOLD[path.stem]
    assert len(found.report) == len(TOLD[path.stem])


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_model_is_laid_out_without_faults(path: Path) -> None:
    for process in imported(path).processes:
        shape = graph(loaded(as_yaml(process)))
        diagram = layout(shape)
        assert {kind: n for kind, n in faults(diagram, shape).items() if n and kind in FORBIDDEN} == {}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_name_of_a_model_is_kept_or_told(path: Path) -> None:
    data = path.read_bytes()
    found = read_bpmn(data, path.stem)
    plain, _ = parsed(data)
    assert_accounted(ET.tostring(plain), found)


HAN = re.compile("[\u4e00-\u9fff]")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_report_of_a_model_is_chinese_where_chinese_is_spoken(path: Path) -> None:
    """Every kind, place and reason; names, addresses and what other tools noted stay as they are."""
    found = read_bpmn(path.read_bytes(), path.stem)
    kinds = {"attribute", "extension", "process", "step", "lane", "way", "kept", "dropped"}
    english = {*(one.kind for one in found.names), *(loss.kind for loss in found.losses)}
    speak("zh")
    for kind in english:
        plain = re.sub(r"(?<=attribute )\S+|(?<=extension )\S+|\(.*\)", "", kind)
        words = {word for word in re.findall("[a-z]+", plain) if len(word) > 3} | kinds
        told = re.sub(r"\S*[A-Z:]\S*", "", kind_words(kind))
        assert HAN.search(told), kind
        given = re.search(r"(?:attribute|extension) (\S+)", kind)
        assert not words & set(re.findall("[a-z]+", told)) - {given[1] if given else ""}, told
    for one in found.names:
        assert all(HAN.search(words) for words in fate_words(one)), one
    for loss in found.losses:
        assert loss_words(loss).startswith(kind_words(loss.kind))
    told = report_text(found, path.name)
    assert told.startswith(f"收进：{path.name}：共 ")
    assert not re.search(r"\b(kept|dropped|times|more)\b", "".join(told.splitlines()[:1]))


def test_a_line_of_the_report_in_chinese(tmp_path: Path) -> None:
    command = ["import", "bpmn", str(HERE / "camunda-events.bpmn"), "--lang", "zh", "--out"]
    target, report = tmp_path / "x.yml", tmp_path / "x.txt"
    done = CliRunner().invoke(main, [*command, str(target), "--report", str(report)])
    assert "camunda-events.bpmn：共 19 个名字和文字，留下 18 个，没有收 1 个\n" in done.output
    assert "没有收进：中间捕获事件改成了环节（2 次）：Wait for payment、中间捕获事件 C\n" in done.output
    assert "没有收进：没有名字：按种类起了名（2 次）：中间捕获事件 C、边界事件 B\n" in done.output
    text = report.read_text("utf-8")
    assert "  留下\t周期\t0 0 8 ? * MON\t环节 every-monday\n" in text
    assert "  没有收\t属性 class\torg.example.Book\t别的工具记的；我们的图里没有它的位置\n" in text
    assert (
        name_words("exclusive gateway g → end event e: ${hours <= 8}")
        == "排他网关 g → 结束事件 e: ${hours <= 8}"
    )
    assert name_words("U+009F in 财务付款") == "U+009F（财务付款）"
    again = ["--out", str(tmp_path / "y.yml"), "--report", str(report), "--lang", "en"]
    done = CliRunner().invoke(main, [*command[:3], *again])
    assert done.exit_code == 0, "a report of ours gives way to one in another language"
    assert report.read_text("utf-8").startswith("Import of camunda-events.bpmn: 19 names")


def test_pools_that_only_get_messages_stay_outside() -> None:
    process = loaded(as_yaml(imported(HERE / "bizagi.bpmn").process))
    assert [(lane.name.say("en", "en"), bool(lane.external)) for lane in process.lanes] == [
        ("Main process", True), ("Dispatch", False), ("Technician", False), ("Customer", True)
    ]  # fmt: skip
    assert process.sipoc.suppliers == process.sipoc.customers == (Text("Customer"),)


def test_the_models_are_built_exported_and_come_back(tmp_path: Path) -> None:
    processes = {}
    for path in FILES:
        for number, process in enumerate(imported(path).processes):
            processes[f"{path.stem}-{number}"] = process
    checked = check_project(project(tmp_path, processes))
    assert not checked.problems.has_errors, as_text(checked.problems)
    figures = figures_for(checked)
    (site,) = language_sites_of(figures, Problems(), ["zh"])
    assert {f"processes/{name}.md" for name in processes} <= {page.path for page in site.pages}
    for name, text in bpmn_files(figures).items():
        id_ = name.split(".")[0]
        assert loaded(as_yaml(read_bpmn(text.encode(), "x").process)) == figures.catalogue.processes[id_]
