"""The maps of the sample, exported as BPMN 2.0, open in bpmn-js: no warning, every shape where we drew it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.node import node_file
from tests.built import handbook

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

VIEWER = "bpmn-js/dist/bpmn-viewer.production.min.js"
OPEN = """async (xml) => {
  document.body.innerHTML = '<div id="canvas" style="width: 900px; height: 700px"></div>';
  const viewer = new BpmnJS({ container: "#canvas" });
  const { warnings } = await viewer.importXML(xml);
  const shown = viewer.get("elementRegistry").filter((element) => element.type !== "label");
  return {
    warnings: warnings.map(({ message }) => message),
    shapes: Object.fromEntries(shown.filter(({ waypoints }) => !waypoints)
      .map((one) => [one.id, { type: one.type.replace("bpmn:", ""), x: one.x, y: one.y,
        holds: (one.businessObject.flowNodeRef || []).map(({ id }) => id) }])),
    links: shown.filter(({ waypoints }) => waypoints)
      .map(({ source, target, waypoints }) => [source.id, target.id, waypoints.length]),
  };
}"""
BOUNDS = re.compile(r'bpmnElement="(\w[\w-]*)"[^>]*>\s*<dc:Bounds x="([-\d.]+)" y="([-\d.]+)"')


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The sample's maps by the names of their files, as `handbook export bpmn` writes them."""
    out = tmp_path_factory.mktemp("bpmn")
    done = handbook("export", "bpmn", out)
    assert done.returncode == 0, done.stderr
    return {file.name: file.read_text(encoding="utf-8") for file in sorted(out.glob("*.bpmn"))}


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    script: Path = node_file(VIEWER)
    with browser.new_page() as page:
        page.add_script_tag(path=script)
        yield page


def opened(page: Page, xml: str) -> Any:
    return page.evaluate(OPEN, xml)


def test_every_map_opens_without_a_warning(page: Page, exported: dict[str, str]) -> None:
    assert sorted(exported) == [
        "lead-to-cash.as-is.bpmn", "lead-to-cash.to-be.bpmn",
        "requirement-to-release.as-is.bpmn", "requirement-to-release.to-be.bpmn",
    ]  # fmt: skip
    for name, xml in exported.items():
        found = opened(page, xml)
        assert found["warnings"] == [], name
        drawn = {id_: (float(x), float(y)) for id_, x, y in BOUNDS.findall(xml)}
        shapes = {id_: (one["x"], one["y"]) for id_, one in found["shapes"].items() if id_ in drawn}
        # bpmn-js rounds to whole pixels.
        assert shapes == {id_: pytest.approx(place, abs=0.51) for id_, place in drawn.items()}, name
        flows = re.findall(r'<bpmn:sequenceFlow [^>]*sourceRef="([^"]+)" targetRef="([^"]+)"', xml)
        assert sorted((source, target) for source, target, _ in found["links"]) == sorted(flows), name
        assert all(points >= 2 for _, _, points in found["links"])
        around = ("Collaboration", "Participant", "Lane")
        steps = {id_ for id_, one in found["shapes"].items() if one["type"] not in around}
        held = [id_ for one in found["shapes"].values() if one["type"] == "Lane" for id_ in one["holds"]]
        assert len(steps) > 10
        assert sorted(held) == sorted(steps), name


def test_a_broken_file_is_told(page: Page, exported: dict[str, str]) -> None:
    """The check sees faults: a link to nowhere, and a shape of nothing."""
    xml = exported["lead-to-cash.as-is.bpmn"]
    for pattern, instead in (
        (r'targetRef="[^"]+"', 'targetRef="nowhere"'),
        (r'(<bpmndi:BPMNShape [^>]*bpmnElement=)"[^"]+"', r'\1"nothing"'),
    ):
        broken = re.sub(pattern, instead, xml, count=1)
        assert broken != xml
        assert opened(page, broken)["warnings"]
