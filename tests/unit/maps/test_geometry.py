"""A map is laid out once for its page, the reviews and BPMN; only what takes room in it lays it out anew."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from generator.compute.figures import Figures
from generator.map_files import bpmn_files
from generator.model.process import ProcessMap
from generator.model.text import Text
from generator.pipeline import check_project, figures_for
from generator.present.charts.draw import Drawings
from generator.present.maps import drawing
from generator.present.maps.geometry import geometry_of, map_laid_out, maps_laid_out
from generator.present.maps.labels_on_map import NODE_ROOM
from generator.present.page_context import PageContext
from generator.present.pages.processes import process as process_page
from generator.present.pages.reviews import problem_map
from generator.present.pages.reviews import review as review_page
from generator.present.pages.reviews.problem_map import cut_out
from generator.present.templates import Templates
from generator.present.text.format import Format

ROOT = Path(__file__).parents[3]
LTC = "lead-to-cash"


@pytest.fixture(scope="module")
def figures() -> Figures:
    return figures_for(check_project(ROOT))


@pytest.fixture(autouse=True)
def _nothing_kept() -> Iterator[None]:
    geometry_of.cache_clear()
    yield
    geometry_of.cache_clear()


def made(figures: Figures, language: str) -> str:
    """All pages of processes and of reviews in a language."""
    form = Format(language, "zh")
    ctx = PageContext(figures, form, Templates(form.words), Drawings(None))
    pages = [*process_page.pages(ctx), *review_page.pages(ctx)]
    return "".join(section.html for page in pages for section in page.sections)


def test_a_build_lays_each_map_out_once_in_a_language(
    figures: Figures, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A process's maps, and of reviews each part that some of them show: never a part twice."""
    parts = set()

    def noted(drawn: ProcessMap, steps: Sequence[str]) -> ProcessMap:
        part = cut_out(drawn, steps)
        parts.add(part.model_dump_json())
        return part

    monkeypatch.setattr(problem_map, "cut_out", noted)
    maps = [drawn for process in figures.catalogue.processes.values() for _, drawn in process.maps.drawn]
    drawn = 0
    for count, language in enumerate(("zh", "en"), 1):
        drawn += made(figures, language).count('role="list"')
        bpmn_files(figures, language)
        assert geometry_of.cache_info().misses == count * (len(maps) + len(parts))
    assert drawn > geometry_of.cache_info().misses, "what is laid out once is drawn more than once"
    made(figures, "zh")
    assert geometry_of.cache_info().misses == 2 * (len(maps) + len(parts))


def test_a_map_that_says_the_same_is_the_same_object(figures: Figures) -> None:
    process, indicators = figures.catalogue.processes[LTC], figures.catalogue.indicators
    form = Format("en", "zh")
    page = maps_laid_out(process, figures.processes[LTC], indicators, form)
    assert map_laid_out(process, process.maps.as_is, indicators, form) is page["as_is"]
    review = map_laid_out(process, process.maps.to_be, indicators, form)
    assert review is not page["to_be"]
    assert review.diagram.height < page["to_be"].diagram.height
    assert all(not step.badges for step in review.words.steps)


def test_what_takes_room_lays_a_map_out_anew(figures: Figures) -> None:
    process, indicators = figures.catalogue.processes[LTC], figures.catalogue.indicators
    form, steps = Format("en", "zh"), process.maps.as_is.steps
    before = map_laid_out(process, process.maps.as_is, indicators, form)

    def after(**changes: object) -> object:
        changed = (steps[0], steps[1].model_copy(update=changes), *steps[2:])
        drawn = process.maps.as_is.model_copy(update={"steps": changed})
        return map_laid_out(process, drawn, indicators, form)

    assert after() is before
    assert after(blockage=1, key=True) is before  # ranks stand on the corner and take no room
    assert after(name=Text.of("A longer name for it")) is not before
    assert map_laid_out(process, process.maps.as_is, indicators, Format("zh", "zh")) is not before


def test_outlines_keep_to_the_room_that_the_layout_leaves() -> None:
    assert max(drawing.FOCUS, drawing.HOT) <= NODE_ROOM
