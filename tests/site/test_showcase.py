"""The cases as a site of their own, held to what holds for the whole site."""

from __future__ import annotations

import inspect
import re

import pytest

from tests.built import ROOT, Site, built, handbook
from tests.site import test_built_site, test_words

SAME = (
    test_built_site.test_no_page_loads_anything_from_outside,
    test_built_site.test_every_link_and_anchor_leads_somewhere,
    test_built_site.test_ids_are_unique_and_every_reference_to_one_is_met,
    test_built_site.test_both_languages_have_the_same_pages,
    test_built_site.test_the_language_switch_stays_on_the_page,
    test_built_site.test_every_page_has_one_first_heading_and_bears_its_name,
    test_built_site.test_headings_do_not_skip_a_level,
    test_words.test_english_pages_have_no_chinese,
    test_words.test_chinese_pages_have_no_stray_english,
    test_words.test_chinese_is_set_with_chinese_punctuation,
    test_words.test_no_leftovers_of_templates_and_programs,
    test_words.test_names_stand_where_ids_would,
    test_built_site.test_search_knows_every_page_and_no_other,
)


@pytest.fixture(scope="module")
def cases_site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The sample's cases, built once for these tests."""
    return built(ROOT, tmp_path_factory.mktemp("cases") / "site", "--only", "cases")


@pytest.mark.parametrize("test", SAME, ids=lambda test: test.__name__)
def test_what_holds_for_the_whole_site_holds_here(cases_site: Site, test) -> None:
    if "language" in inspect.signature(test).parameters:
        for language in ("zh", "en"):
            test(cases_site, language)
    else:
        test(cases_site)


def test_it_has_the_cases_and_what_they_lead_to_and_nothing_else(cases_site: Site) -> None:
    pages = cases_site.own_pages("zh")
    written = {path.stem for path in (ROOT / "content/cases").glob("*.md") if "." not in path.stem}
    assert {f"cases/{name}.html" for name in written} | {"cases/index.html", "index.html"} <= set(pages)
    assert {page.partition("/")[0] for page in pages} == {
        "index.html", "find-case.html", "cases", "indicators", "pilots", "processes",
    }  # fmt: skip
    # Every page but the cases is named by one of them.
    cases = [page for page in pages if page.startswith(("cases/", "index", "find-case"))]
    named = {
        link.get("href").removeprefix("../").partition("#")[0]
        for page in cases
        for link in cases_site.document(page).all("a")
        if link.get("href")
    }
    assert set(pages) - set(cases) <= named


def test_no_file_of_what_is_left_out_is_given_away(cases_site: Site) -> None:
    files = {path for path in cases_site.paths if path.startswith("downloads/")}
    assert files
    indicators = {page for page in cases_site.own_pages("zh") if page.startswith("indicators/")}
    assert {re.sub(r"^downloads/|\.\w+$", "", path) for path in files} == {
        page.removesuffix(".html") for page in indicators
    }


def test_a_measured_case_says_so_on_the_cover(cases_site: Site) -> None:
    text = re.sub(r"<[^>]+>|\s+", " ", (cases_site.folder / "en/index.html").read_text(encoding="utf-8"))
    text = re.sub(r"[\s\u202f]+", " ", text)
    assert (
        "Measured : After “Three approvals became one” (May 2025), order cycle time went from 25.1 to 20.1 "
        "days: an improvement; no harm to first-pass yield and customer satisfaction." in text
    )
    reminder = "After “Reminders before the due date” (Mar 2026), on-time collection rate went from"
    assert f"Measured : {reminder}" in text


def test_figures_are_those_of_the_whole_handbook(cases_site: Site, sample_site: Site) -> None:
    """A pilot's score would be another one if the indicators that no case names were gone."""

    def score(site: Site) -> list[str]:
        text = (site.folder / "pilots/lead-to-cash-east.html").read_text(encoding="utf-8")
        return re.findall(r'class="hb-num">([^<]*)</td>', text)

    assert score(cases_site) == score(sample_site)


def test_another_part_is_refused(tmp_path) -> None:
    done = handbook("build", ROOT, "--only", "pilots", "--out", tmp_path / "site")
    assert done.returncode == 2
    assert "'pilots' is not 'cases'" in done.stderr
