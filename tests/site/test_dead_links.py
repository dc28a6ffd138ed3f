"""No edition, frozen review or collection of cases leads to a page that it has not."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.language_sites import Only, language_sites_of
from generator.model.period import Period
from generator.pipeline import check_project, figures_for
from generator.present.charts.draw import Drawings
from generator.present.page import LanguageSite
from generator.site.link_check import broken_links
from tests.built import ROOT, SITES, copied

EDITIONS = ("public", "staff", "managers")
_target = re.compile(r"\]\(<?([^)\s>]+)>?\)")


def dead(site: LanguageSite) -> Iterator[str]:
    """Of generated pages and of hand-written ones."""
    yield from broken_links(site)
    known = {page.path for page in site.pages} | set(site.files)
    for page in site.pages:
        for href in _target.findall(page.markdown):
            if re.match(r"[a-z][a-z0-9+.-]*:|#|/", href):
                continue
            place = posixpath.normpath(posixpath.join(posixpath.dirname(page.path), href.partition("#")[0]))
            if place not in known:
                yield f"{page.path}: {href}"


def sites(
    monkeypatch: pytest.MonkeyPatch,
    project: Path,
    edition: str,
    period: str = "",
    frozen: bool = False,
    only: Only | None = None,
) -> list[str]:
    """The dead links of a site in all its languages; charts are left out, for they hold no link."""
    monkeypatch.setattr(Drawings, "fill", lambda _self, pages, _progress=None: tuple(pages))
    checked = check_project(project, Period.parse(period) if period else None)
    figures = figures_for(checked, edition)
    made = language_sites_of(figures, checked.problems, frozen={} if frozen else None, only=only)
    assert all(len(site.pages) > 3 for site in made)
    return [line for site in made for line in dead(site)]


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_edition(monkeypatch: pytest.MonkeyPatch, edition: str) -> None:
    assert sites(monkeypatch, ROOT, edition) == []


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_edition_of_a_frozen_review(monkeypatch: pytest.MonkeyPatch, edition: str) -> None:
    assert sites(monkeypatch, ROOT, edition, "2025-Q4", frozen=True) == []


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_cases(monkeypatch: pytest.MonkeyPatch, edition: str) -> None:
    assert sites(monkeypatch, ROOT, edition, only="cases") == []


@pytest.mark.parametrize(
    "period", ["2024-06", "2024-12", "2025-02", "2025-08", "2026-W33", "2026", "2027-06"]
)
@pytest.mark.parametrize("edition", ["public", "managers"])
def test_every_edition_as_of_any_period(monkeypatch: pytest.MonkeyPatch, edition: str, period: str) -> None:
    """Hand-written pages name what was not there yet; a period may end within a review period."""
    assert sites(monkeypatch, ROOT, edition, period) == []


def test_a_review_without_pilots(monkeypatch: pytest.MonkeyPatch) -> None:
    project = ROOT / "examples/minimal"
    assert sites(monkeypatch, project, "public", "2025-Q4", frozen=True) == []


def test_hand_written_pages_name_what_is_not_for_the_edition(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Such a link is words alone; one to a page that nobody has is the author's mistake, and stays one."""
    project = copied(SITES / "audiences", tmp_path / "project")
    page = project / "content/guide/index.md"
    text = page.read_text(encoding="utf-8")
    more = "\n\n[利润](../indicators/margin-zq.md)、[没有这一页](../indicators/nowhere.md)\n"
    page.write_text(text + more, encoding="utf-8")
    found = sites(monkeypatch, project, "public")
    assert [line for line in found if "guide/index.md" in line] == [
        "guide/index.md: ../indicators/nowhere.md"
    ]
    assert sites(monkeypatch, project, "managers", "2025-Q1", frozen=True) == []
