"""Pages of the method as work lead to one another, say who is to do what, and tell each thing once."""

from __future__ import annotations

import posixpath
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from generator.compute.figures import Figures
from generator.compute.insight.node_tools import bare_steps, tools_of
from generator.pipeline import check_project, figures_for
from generator.present.charts.draw import Drawings
from generator.present.links import LOOP
from generator.present.page import Page
from generator.present.page_context import PageContext
from generator.present.pages.cases import find
from generator.present.pages.library import cascade, loop, measures, strategy, x_matrix
from generator.present.pages.library.decoding_links import decoding_refs
from generator.present.pages.pilots import incentives, people, pilot
from generator.present.pages.processes import node_tools
from generator.present.templates import Templates
from generator.present.text.format import Format

WAYS = {
    "strategy.md": strategy, "strategy/cascade.md": cascade,
    "strategy/x-matrix.md": x_matrix, "strategy/loop.md": loop,
}  # fmt: skip
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def sample() -> Figures:
    return figures_for(check_project(ROOT), "managers")


@pytest.fixture(scope="module")
def hospital() -> Figures:
    return figures_for(check_project(ROOT / "examples/hospital"), "board")


def context(figures: Figures, language: str, folder: Path) -> PageContext:
    form = Format(language, "zh")
    return PageContext(figures, form, Templates(form.words), Drawings(folder))


def html(pages: Iterator[Page]) -> str:
    """What the pages say; what keeps a date or a count on one line is left out."""
    said = "\n".join(section.html for page in pages for section in page.sections)
    return re.sub("</?h-d>", "", said).replace("\u202f", " ").replace("\xa0", " ")


def test_a_pilots_page_leads_to_the_grid_of_its_pack(sample: Figures, tmp_path: Path) -> None:
    """What is missing is named there; the grid is on the page of questions and measures."""
    ctx = context(sample, "en", tmp_path)
    east = next(page for page in pilot.pages(ctx) if page.path.endswith("lead-to-cash-east.md"))
    told = re.search(r'<a href="\.\./measures\.html#(pack-[a-z-]+)">([^<]*)</a>', html(iter([east])))
    assert told is not None
    assert told[2] == "The pack does not measure cost: what gets worse there does not show in its score."
    assert f'id="{told[1]}"' in html(measures.pages(ctx))


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh", "流程短而顺（运营中心 · 流程负责人，2026年10月30日前回答）"),
        ("en", "A short chain without loops (Operations · Process owner, by 30 Oct 2026)"),
    ],
)
def test_the_loop_says_who_is_to_answer_by_when(
    sample: Figures, tmp_path: Path, language: str, words: str
) -> None:
    assert words in html(loop.pages(context(sample, language, tmp_path)))


def test_every_way_to_lay_the_strategy_out_leads_to_the_others_and_not_to_itself(
    sample: Figures, tmp_path: Path
) -> None:
    ctx = context(sample, "en", tmp_path)
    for path, module in WAYS.items():
        lead = re.search(r"The same in another way:.*", html(module.pages(ctx)))
        assert lead is not None, path
        found = {
            posixpath.normpath(posixpath.join(posixpath.dirname(path), f"{name}.md"))
            for name in re.findall(r'href="([a-z./-]+)\.html"', lead[0])
        }
        assert found == set(WAYS) - {path}


def test_without_objectives_nothing_leads_to_an_x_matrix(sample: Figures, tmp_path: Path) -> None:
    known = sample.catalogue.strategy
    assert known is not None
    bare = known.model_copy(update={"objectives": ()})
    ctx = context(replace(sample, catalogue=replace(sample.catalogue, strategy=bare)), "en", tmp_path)
    told = [ref.title for ref in decoding_refs(ctx, ctx.links(LOOP), LOOP)]
    assert told == ["Strategy", "Cascade"]


def test_tools_and_coaching_are_told_once(sample: Figures, tmp_path: Path) -> None:
    (page,) = people.pages(context(sample, "en", tmp_path))
    assert [section.id for section in page.sections] == ["top", "pay", "cover", "training", "persons"]
    top = page.sections[0].html
    assert 'href="tools.html"' in top
    assert 'href="coaching.html"' in top


def test_a_case_is_found_by_its_tool(sample: Figures, tmp_path: Path) -> None:
    told = html(find.pages(context(sample, "en", tmp_path)))
    value = re.search(r'<option value="(tool-\d+)">Electronic signature', told)
    assert value is not None
    assert len(re.findall(rf'data-tool="[^"]*{value[1]}\b', told)) == 2


def test_a_gate_that_never_closed_is_said_in_words(sample: Figures, tmp_path: Path) -> None:
    told = html(incentives.pages(context(sample, "zh", tmp_path)))
    assert "8 期里会发 5 次（真改善 5 次）；门槛没有拦住过。" in told
    assert "门槛有 5 期没有通过" in told


def test_a_step_with_a_pilots_tool_is_not_without_a_tool(hospital: Figures) -> None:
    """The map gives the bedside no tool, the pilot of ward A a tablet."""
    process = hospital.catalogue.processes["discharge"]
    tools = tools_of(hospital, process)
    assert bare_steps(process, ()) == ("one-desk",)
    assert bare_steps(process, tools) == ()


def test_a_step_with_a_hidden_pilots_tool_is_not_without_a_tool(tmp_path: Path) -> None:
    """The widest edition sees ward B's tool and not ward A's tablet, which serves the bedside."""
    folder = tmp_path / "hospital"
    shutil.copytree(ROOT / "examples/hospital", folder)
    tool = "tools:\n  - {name: List, existing: true, steps: [letter-draft], live: 2024-07-08}\n"
    hidden = "audience: board\n"
    for name, more in (("ward-a", hidden), ("ward-b", tool)):
        file = folder / f"data/pilots/{name}.yml"
        file.write_text(file.read_text(encoding="utf-8") + more, encoding="utf-8")
    figures = figures_for(check_project(folder), "everyone")
    assert list(figures.catalogue.pilots) == ["ward-b", "ward-c"]
    words = Format("en", "zh").words("node_tools.bare")
    told = html(node_tools.pages(context(figures, "en", tmp_path)))
    assert "List" in told
    assert words not in told


def test_no_class_is_given_its_looks_in_two_sheets() -> None:
    """One sheet's marks turned up before the other's figures."""
    heads = []
    for sheet in ("handbook.css", "work.css", "maps.css"):
        text = re.sub(
            r"/\*.*?\*/", "", (ROOT / "theme/assets" / sheet).read_text(encoding="utf-8"), flags=re.DOTALL
        )
        heads.append(set(re.findall(r"(?:^|[},])\s*\.(hb-[a-z]+)(?=\s*[{,:])", text)))
    handbook, work, maps = heads
    assert handbook & work == handbook & maps == work & maps == set()
