"""Files of content/ that a site would lose: each is refused with the reason."""

from __future__ import annotations

import pytest

from generator.load.taken_names import OWN_ASSETS, refuse_taken
from generator.present.pages.reviews.cover import BEHIND
from generator.present.pages.reviews.printed import PRINTED
from generator.present.theme_files import theme_dir
from generator.problems import Problems


def told(*names: str) -> dict[str, str]:
    problems = Problems()
    refuse_taken([f"content/{name}" for name in names], ("zh", "en"), problems)
    assert all(problem.level == "error" and problem.rule == "bad-path" for problem in problems)
    return {problem.mark.file.removeprefix("content/"): problem.message for problem in problems}


@pytest.mark.parametrize("name", [BEHIND, PRINTED])
def test_pages_of_a_frozen_review_have_their_names_for_themselves(name: str) -> None:
    assert told(name, f"guide/{name}") == {name: "a frozen review has a page of this name"}


def test_our_assets_are_the_ones_that_there_are() -> None:
    assert sorted(path.name for path in (theme_dir() / "assets").iterdir()) == sorted(OWN_ASSETS)
    lost = [f"assets/{name}" for name in OWN_ASSETS if name != "vendor"]
    assert set(told(*lost, "assets/plan.png", "assets/vendor/x.js")) == {*lost, "assets/vendor/x.js"}


def test_what_a_further_language_would_cover_is_told() -> None:
    assert told("en/plan.pdf", "guide/en/plan.pdf", "en-gb/a.png", "zh/a.png") == {
        "en/plan.pdf": "the site in 'en' lies in en/, where this file would be lost"
    }


def test_names_that_become_the_same_page_are_told() -> None:
    found = told("guide/a.md", "guide/A.md", "guide/README.md", "guide/a.html", "404.md", "SHA256SUMS")
    assert found == {
        "guide/a.md": "content/guide/A.md differs only in small and capital letters, which many machines do"
        " not tell apart",
        "guide/README.md": "the site would show it as its folder's index.md; a folder has one of them, called"
        " index.md",
        "guide/a.html": "the page made of a.md has this name",
        "404.md": "the site has a file of this name",
        "SHA256SUMS": "the site has a file of this name",
    }
