"""An indicator as a small page that others frame: what it says, who has none, and that it needs nothing."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest

from generator.compute.figures import Figures
from generator.compute.insight.named import named_figures
from generator.language_sites import language_sites_of
from generator.load.taken_names import refuse_taken
from generator.pipeline import Request, Run, check_project, figures_for
from generator.present.charts.draw import Drawings
from generator.present.page import Page
from generator.present.page_context import PageContext
from generator.present.pages.library import indicator
from generator.present.templates import Templates
from generator.present.text.format import Format
from generator.present.theme_files import theme_dir
from generator.problems import Problems

ROOT = Path(__file__).parents[2]
AUDIENCES = "audiences: [public, managers]\n"
FIGURE = re.compile(r'<data value="([^"]*)" data-figure="([^"]*)"')


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """The smallest handbook with markup in its texts, an indicator for managers and one without results."""
    project = tmp_path / "book"
    shutil.copytree(ROOT / "examples/minimal", project)
    file = project / "data/indicators/reply-time.yml"
    text = file.read_text(encoding="utf-8").replace("en: Time to first reply", "en: '<b>Reply</b> & time'")
    file.write_text(text, encoding="utf-8")
    for name, audience in (("hidden", "managers"), ("empty", "public")):
        other = text.replace("id: reply-time", f"id: {name}\naudience: {audience}")
        file.with_name(f"{name}.yml").write_text(other, encoding="utf-8")
    with (project / "data/handbook.yml").open("a", encoding="utf-8") as handbook:
        handbook.write(AUDIENCES)
    (project / "data/results/2025.csv").write_text(
        "period,indicator,pilot,value,note\n2025-08,reply-time,,8.9,\n"
        "2025-09,reply-time,,7.8,<i>late</i>\n2025-09,hidden,,7,\n",
        encoding="utf-8",
    )
    return project


def embeds(project: Path, edition: str, monkeypatch: pytest.MonkeyPatch) -> Mapping[str, bytes]:
    monkeypatch.setattr(Drawings, "fill", lambda _self, pages, _progress=None: tuple(pages))
    checked = check_project(project, None)
    sites = language_sites_of(figures_for(checked, edition), checked.problems)
    return {
        f"{site.language}/{path}": data
        for site in sites
        for path, data in site.files.items()
        if path.startswith("embed/")
    }


def body(html: str) -> str:
    """What is between the head and the end without its line breaks, drawings as their first words."""
    told = html.partition("<body>")[2]
    return re.sub(r"<svg.*?</svg>", "<svg>", told, flags=re.DOTALL).replace("\n", "")


def test_it_says_value_target_standing_and_date_and_nothing_raw(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = embeds(book, "managers", monkeypatch)
    html = made["en/embed/reply-time.html"].decode()
    value, target = (
        f'<data value="{said}" data-figure="series/reply-time/points/2025-09/{name}">'
        for said, name in (("7.8", "value"), ("8", "target"))
    )
    assert body(html) == "".join(
        [
            "<main>",
            (
                '<h1 id="chart-reply-time-all-t">'
                '<a href="../indicators/reply-time.html" target="_blank" rel="noopener">'
                "&lt;b&gt;Reply&lt;/b&gt; &amp; time</a></h1>"
            ),
            "<p><small>Whole organisation\u00a0· Sep\u00a02025</small></p>",
            f'<p class="now"><b>{value}7.8</data><small>hours</small></b>',
            '<span class="status met">On target</span>',
            f"<span>Target {target}8.0</data></span></p>",
            "<p><small>&lt;i&gt;late&lt;/i&gt;</small></p>",
            "<svg>",
            (
                f'<p id="chart-reply-time-all-d">Sep\u00a02025: {value}7.8</data>\u00a0hours, on target;'
                " fewer than 6\u00a0comparable periods, so signal and noise cannot be told apart yet.</p>"
            ),
            "<footer><small>As of Q3\u00a02025\u00a0· The smallest indicator handbook</small></footer>",
            "</main>",
            "</body>",
            "</html>",
        ]
    )
    assert '<html lang="en">' in html
    assert "<title>&lt;b&gt;Reply&lt;/b&gt; &amp; time</title>" in html
    assert body(made["zh/embed/empty.html"].decode()).partition("</h1>")[2] == "".join(
        [
            "<p>还没有结果数据。</p>",
            "<footer><small>截至 <h-d>2025年三季度</h-d>\u00a0· 最小的指标手册</small></footer>",
            "</main>",
            "</body>",
            "</html>",
        ]
    )
    assert made == embeds(book, "managers", monkeypatch), "the same bytes again"


def test_an_edition_that_hides_an_indicator_has_no_embed_of_it(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wide, narrow = (set(embeds(book, edition, monkeypatch)) for edition in ("managers", "public"))
    assert wide - narrow == {"zh/embed/hidden.html", "en/embed/hidden.html"}
    assert "en/embed/reply-time.html" in narrow


@cache
def figures_of(edition: str) -> Figures:
    return named_figures(Run(ROOT, Request(edition=edition)).figures)


def sample_pages(edition: str, language: str = "en", **kind: object) -> tuple[Page, ...]:
    form = Format(language, "zh")
    made = PageContext(figures_of(edition), form, Templates(form.words), Drawings(None), **kind)  # type: ignore[arg-type]
    return tuple(indicator.pages(made))


@pytest.mark.parametrize("edition", ["public", "managers"])
def test_every_figure_of_an_embed_is_one_of_the_indicators_page(edition: str) -> None:
    pages = sample_pages(edition)
    told = 0
    for page in pages:
        figures = set(FIGURE.findall(page.embed))
        told += len(figures)
        assert figures <= set(FIGURE.findall("".join(one.html for one in page.sections))), page.path
        assert page.embed.count('href="') == 1
        assert "<script" not in page.embed
        assert "http" not in page.embed.replace('http-equiv="', "")
        assert len(page.embed) < 10_000
        loose = re.sub(r"<h-d>.*?</h-d>|<svg.*?</svg>|<head>.*?</head>", "", page.embed, flags=re.DOTALL)
        assert not re.search(r"\d(?:</data>)?[–～](?:<data[^<>]*>)?\d", loose), "a range stays on one line"
        assert set(re.findall(r"var\((--[a-z-]+)\)", page.embed)) <= set(
            re.findall(r"(--[a-z-]+):", page.embed)
        ), "every colour it uses is one that it names"
        stem = page.path.removesuffix(".md").partition("/")[2]
        assert f'href="../embed/{stem}.html"' in "".join(one.html for one in page.sections)
    assert told > len(pages)


def test_what_is_kept_or_handed_on_has_none() -> None:
    (frozen, cases) = (
        sample_pages("managers", frozen=True),
        sample_pages("managers", shown=frozenset({"indicators/order-cycle-time.md"})),
    )
    assert len(cases) == 1
    for page in (*frozen, *cases):
        assert page.embed == ""
        assert "embed/" not in "".join(one.html for one in page.sections)


def test_its_colours_and_drawings_are_those_of_the_handbook() -> None:
    own = (theme_dir() / "templates/embed.css").read_text(encoding="utf-8")
    site = (theme_dir() / "assets/handbook.css").read_text(encoding="utf-8")
    for part, shared in zip(own.split("@media", 1), site.split("@media screen {", 1), strict=True):
        said = re.findall(r"(--hb-chart-[a-z-]+): (#[0-9a-f]+);", part)
        assert len(said) == 11
        known = re.findall(r"(--hb-chart-[a-z-]+): (#[0-9a-f]+);", shared)
        assert set(said) <= set(known)
    rules = [line for line in site.splitlines() if re.match(r"\.hb-(trend|dots)", line)]
    assert len(rules) > 15
    assert [line for line in rules if line not in own.splitlines()] == []


def test_no_text_of_content_lies_where_they_are() -> None:
    problems = Problems()
    names = ("embed/a.md", "embed/b.html", "embed/c.png", "guide/embed/d.md", "embed.md")
    refuse_taken([f"content/{name}" for name in names], ("zh", "en"), problems)
    assert [problem.mark.file for problem in problems] == ["content/embed/a.md", "content/embed/b.html"]
