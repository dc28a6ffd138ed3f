"""What the evidence page says, of the sample in both languages, and where there is too little to go by."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.compute.figures import Figures
from generator.compute.insight.claims import pilot_claims
from generator.pipeline import check_project, figures_for
from generator.present.charts.draw import Drawings
from generator.present.page_context import PageContext
from generator.present.pages.cases import evidence
from generator.present.pages.home import pages as home_pages
from generator.present.parts.claims import guard_texts
from generator.present.templates import Templates
from generator.present.text.format import Format
from tests.document import Document
from tests.unit.cycles import PILOT, Make, maker, year

ROOT = Path(__file__).parents[2]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Writes a project and computes its figures."""
    return maker(tmp_path)


@pytest.fixture(scope="module")
def sample() -> Figures:
    return figures_for(check_project(ROOT))


def sections(figures: Figures, language: str, folder: Path) -> dict[str, str]:
    """The words of every section of the page, without their marks."""
    form = Format(language, "zh")
    ctx = PageContext(figures, form, Templates(form.words), Drawings(folder))
    (page,) = evidence.pages(ctx)
    found = {}
    for section in page.sections:
        words = " ".join(text for _, text in Document(re.sub(r"</?data[^>]*>", "", section.html)).texts)
        found[section.id] = " ".join(words.replace("\u202f", " ").replace("\u00a0", " ").split())
    return found


def test_the_sample_shows_every_kind(sample: Figures, tmp_path: Path) -> None:
    told = sections(sample, "en", tmp_path)
    assert (
        "Results of 7 whole quarters since it began (at least 2 are needed): enough to conclude."
        in told["basis"]
    )
    for group in (
        "Improvements that hold",
        "Improvements at a cost",
        "Indistinguishable from normal variation",
        "Got worse",
        "Could not be tested",
    ):
        assert group in told["changes"]
    assert "−5.0 days 98 % interval −5.9 to −4.1" in told["changes"]
    assert "shortened by 4.8 days beyond the change in Lead to cash in South (3.4 to 6.2)" in told["changes"]
    assert "the cost: release defect rate got worse" in told["changes"]
    assert "No case yet: write one." in told["practices"]
    assert "Three approvals become one" in told["practices"]
    assert (
        "Answered in time moves one period before customer satisfaction (correlation +0.89, 27 periods)."
        in told["leads"]
    )
    assert "it moves earlier, which is not proof of cause" in told["leads"]
    assert "seed 20250101" in told["leads"]
    assert "Hours in meetings : no results and used by nobody" in told["unused"]
    assert (
        "of 8 supporting indicators with a target, 5 reached it in none of the last 4 whole quarters "
        "First-pass yield Whole organisation, Requirement to release" in told["goals"]
    )
    assert "Customer satisfaction" not in told["goals"]  # short of it in one pilot alone
    for verdict in ("Retire", "Change", "Keep"):
        assert f" {verdict} " in told["proposals"]
    assert (
        "target reached in none of the last 4 whole quarters (Requirement to release and Whole "
        "organisation): question the target or the assumption behind it" in told["proposals"]
    )


def test_the_same_is_said_in_chinese(sample: Figures, tmp_path: Path) -> None:
    told = sections(sample, "zh", tmp_path)
    assert "开始以来已有 7 个整季度的结果（至少要 2 个），可以下结论。" in told["basis"]
    assert "响应及时率的变动比客户满意度早 1 期（相关 +0.89，27 期数据）。" in told["leads"]
    assert "不证明谁是原因" in told["leads"]
    assert "还没有案例：写一篇。" in told["practices"]


def test_too_little_is_told_with_how_much_there_is(make: Make, tmp_path: Path) -> None:
    pilot = {"period": {"from": "2024-10"}, "changes": [{**PILOT["changes"][0], "date": "2024-07-01"}]}
    told = sections(make({("cycle", "east"): year(10)}, pilots={"east": pilot}), "en", tmp_path)
    assert (
        "Results of only one whole quarter since it began, where at least 2 are needed: wait."
        in told["basis"]
    )
    assert told["top"].endswith(
        "No pilot has enough evidence yet: results of at least 2 whole quarters are needed."
    )
    assert "None for now" in told["practices"]
    assert "Nothing to compare" in told["leads"]


def test_too_few_periods_to_say_what_leads(make: Make, tmp_path: Path) -> None:
    indicators = {"cycle": {}, "result": {"kind": "lagging"}}
    results = {("cycle", ""): year(10)[:11], ("result", ""): year(5)[:11]}
    told = sections(make(results, indicators), "en", tmp_path)
    assert "Only 11 periods in a row, where at least 12 are needed: nothing can be said yet." in told["leads"]


def test_without_pilots_there_is_no_page_and_no_link_to_it(
    sample: Figures, make: Make, tmp_path: Path
) -> None:
    def home(figures: Figures) -> str:
        form = Format("en", "zh")
        (page,) = home_pages(PageContext(figures, form, Templates(form.words), Drawings(tmp_path)))
        return "".join(section.html for section in page.sections)

    assert 'href="evidence.html"' in home(sample)
    empty = make({}, pilots={"east": {"pack": [], "changes": []}})
    form = Format("en", "zh")
    assert list(evidence.pages(PageContext(empty, form, Templates(form.words), Drawings(tmp_path)))) == []
    assert 'href="evidence.html"' not in home(empty)


def test_a_guardrail_that_did_not_get_worse_is_not_said_to_have_by_nothing(sample: Figures) -> None:
    form = Format("en", "zh")
    told = [
        text
        for pilot in sample.catalogue.pilots
        for claim in pilot_claims(sample, pilot)
        for text in guard_texts(sample, form, claim)
    ]
    assert "on-time delivery rate held and did not get worse" in told
    assert "first-pass yield held, or got worse by no more than 1.0\u00a0percentage points" in told
    assert not [text for text in told if re.search(r"no more than 0(\.0+)?[^\d.]", text)]
