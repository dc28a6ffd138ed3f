"""Every text of the data can be read on some page, in each language: nothing an author writes is lost."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import BaseModel

from generator.load.project import load_project
from generator.model.edition import for_audience
from generator.model.text import Text
from generator.problems import Problems
from tests.built import Site

ROOT = Path(__file__).parents[2]


def texts(value: object, path: str = "") -> Iterator[tuple[str, Text]]:
    """Every text below a part of the model, with the part and the field it stands in."""
    if isinstance(value, Text):
        yield path, value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from texts(getattr(value, name), f"{type(value).__name__}.{name}")
    elif isinstance(value, dict):
        for inner in value.values():
            yield from texts(inner, path)
    elif isinstance(value, tuple):
        for inner in value:
            yield from texts(inner, path)


def bare(text: str) -> str:
    """A text without Markdown's marks and white space, as it can be found between tags."""
    return re.sub(r"\s+", "", re.sub(r"[*`]|\[|\]\([^)]*\)", "", text))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_text_of_the_sample_is_on_some_page(sample_site: Site, language: str) -> None:
    loaded = load_project(ROOT, Problems())
    assert loaded is not None
    sample = for_audience(loaded, loaded.handbook.default_audience)
    pages = sorted(sample_site.folder.rglob("*.html"))
    english = {page for page in pages if page.relative_to(sample_site.folder).parts[0] == "en"}
    wanted = [page for page in pages if (page in english) == (language == "en")]
    read = "".join(
        bare(html.unescape(re.sub(r"<[^>]+>", "", page.read_text(encoding="utf-8")))) for page in wanted
    )
    parts = (
        sample.handbook, sample.strategy, sample.roadmap, sample.questionnaire, *sample.diagnoses,
        *sample.indicators.values(), *sample.processes.values(), *sample.pilots.values(),
        *sample.reviews.values(), *sample.cases.values(),
    )  # fmt: skip
    found = [(path, text.say(language, "zh")) for part in parts for path, text in texts(part)]
    assert len(found) > 1500
    assert [(path, text) for path, text in found if bare(text) not in read] == []
