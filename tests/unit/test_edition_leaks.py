"""What an edition leaves out is named nowhere: not by a link, a file's name, an emptied frame around it."""

from __future__ import annotations

import json
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli import main
from generator.exchange.manifest import origin
from generator.model.catalogue import Catalogue
from generator.model.edition import for_audience
from generator.pipeline import check_project, figures_for
from generator.present.page_context import PageContext
from generator.present.pages.library import quality
from generator.present.templates import Templates
from generator.present.text.format import Format
from tests.conftest import Change
from tests.unit.test_edition import everything
from tests.unit.test_edition_pages import Told

HIDDEN: Change = {
    "data/indicators/cycle-time.yml": ("code: T-001\n", "code: T-001\naudience: staff\n"),
    "content/inside-zq.md": "---\naudience: staff\n---\n# 内部\n",
    "content/indicators/cycle-time.md": "# 周期的故事 zq\n",
    "content/pilots/east.md": "# 东部的故事 zq\n",
}
"""In the base the pilot `east` and its reviews are for staff as well."""
LINK = "[词](indicators/cycle-time.md), [b](pilots/east.html#x) [c](inside-zq.md) [d][r]"


def public(catalogue: Catalogue) -> str:
    told = everything(for_audience(catalogue, "public"))
    return told + repr(for_audience(catalogue, "public").handbook)


def test_links_in_every_text_are_words_alone(make_catalogue: Callable[[Change], Catalogue]) -> None:
    """Texts of the data are seen from the top, hand-written pages from where they lie, notes as well."""
    catalogue = make_catalogue(
        {
            **HIDDEN,
            "data/indicators/satisfaction.yml": ("zh: 客户评分的平均值", f"zh: '{LINK}'"),
            "content/index.md": f"---\ntitle: '[e](inside-zq.md)'\n---\n\n{LINK}\n\n[r]: inside-zq.md\n",
            "content/guide/a.md": "[f](../indicators/cycle-time.md) <a href='../pilots/east.html'>g</a>\n",
            "data/results/more.csv": (
                "period,indicator,pilot,value,note\n2024-Q1,satisfaction,,,[h](pilots/east.md)\n"
            ),
        }
    )
    told = public(catalogue)
    assert "cycle-time.md" in everything(catalogue)
    for name in ("cycle-time.md", "east.html", "inside-zq", "zq"):
        assert name not in told, name
    edition = for_audience(catalogue, "public")
    definition = edition.indicators["satisfaction"].definition
    assert definition is not None
    assert definition.say("zh", "zh") == "词, b c [d][r]"
    pages = {page.path: page.markdown for page in edition.content}
    assert pages["guide/a.md"].splitlines()[-1] == "f <a >g</a>"
    assert pages["index.md"].splitlines()[1] == "词, b c d"
    assert [row.note for row in edition.results if row.file.endswith("more.csv")] == ["h"]


def test_text_that_opens_the_page_of_a_hidden_thing_goes_with_it(
    make_catalogue: Callable[[Change], Catalogue],
) -> None:
    edition = for_audience(make_catalogue(HIDDEN), "public")
    assert [page.path for page in edition.content] == ["index.md"]
    assert "zq" not in public(make_catalogue(HIDDEN))


@pytest.mark.parametrize(
    "link", ["inside-zq.md#a", "indicators/cycle-time.md", "en/indicators/cycle-time.html"]
)
def test_an_output_leads_to_nothing_hidden(make_catalogue: Callable[[Change], Catalogue], link: str) -> None:
    change = {**HIDDEN, "data/pilots/east.yml": [("audience: staff\n", ""), ("guide.md", link)]}
    catalogue = make_catalogue(change)
    (output,) = for_audience(catalogue, "public").pilots["east"].steps[0].outputs
    assert (output.done, output.link) == (True, None)
    assert for_audience(catalogue, "staff").pilots["east"].steps[0].outputs[0].link == link


def test_what_was_about_hidden_things_alone_is_hidden(make_catalogue: Callable[[Change], Catalogue]) -> None:
    stuck = "bottlenecks:\n  - {text: 只讲 zq, indicators: [cycle-time]}\n  - 人人可见\n"
    unit = ("unit: company\n", f"unit: company\n{stuck}")
    catalogue = make_catalogue({**HIDDEN, "data/diagnosis/2025-01-10-company.yml": unit})
    assert catalogue.strategy is not None
    name = catalogue.strategy.objectives[0].name.say("zh", "zh")
    assert name in everything(catalogue)
    told = public(catalogue)
    assert name not in told
    assert "只讲 zq" not in told
    assert "人人可见" in told


# Names of files


FILES: Change = {
    **HIDDEN,
    "content/cases/secret-zq.md": "---\ntitle: 秘 zq\naudience: staff\n---\n# 秘\n",
    "data/results/secret-zq.csv": "period,indicator,pilot,value\n2024-06,cycle-time,,3\n",
    "data/results/mixed.csv": "period,indicator,pilot,value\n2024-Q1,satisfaction,,3\n",
    "data/notes-zq.txt": "x",
    "data/README.md": "x",
    "content/plan-zq.xlsx": "x",
}


def test_the_quality_page_names_no_hidden_file(make_project: Callable[[Change], Path]) -> None:
    checked = check_project(make_project(FILES))
    assert any("zq" in problem.mark.file for problem in checked.problems)
    told = {}
    for name in ("public", "staff"):
        form = Format("zh", "zh")
        figures, problems = figures_for(checked, name), tuple(checked.problems)
        ctx = PageContext(figures, form, Templates(form.words), Told(), problems)
        told[name] = "".join(part.html for page in quality.pages(ctx) for part in page.sections)
    assert "zq" not in told["public"]
    assert "notes-zq.txt" in told["staff"]


def test_a_manifest_names_no_hidden_file(make_project: Callable[[Change], Path]) -> None:
    checked = check_project(make_project(FILES))
    assert checked.whole is not None
    public, staff = (origin(checked.whole, figures_for(checked, name)) for name in ("public", "staff"))
    assert "zq" not in json.dumps(public)
    assert {"data/handbook.yml", "data/results/mixed.csv", "content/index.md"} <= set(public["inputs"])  # type: ignore[call-overload]
    assert {one for one in FILES if "zq" in one} <= set(staff["inputs"])  # type: ignore[call-overload]
    inputs = [len(one["inputs"]) + one["inputs_of_other_editions"] for one in (public, staff)]  # type: ignore[arg-type,operator]
    assert inputs[0] == inputs[1]


def test_a_manifest_lets_no_hidden_number_be_tried(make_project: Callable[[Change], Path]) -> None:
    """Who knows all of a file but one number could else hash it with every number that it may be."""
    checked = check_project(make_project(FILES))
    assert checked.whole is not None
    for name in ("public", "staff"):
        told = json.dumps(origin(checked.whole, figures_for(checked, name)))
        digests = {
            sha256(path.read_bytes()).hexdigest() for path in checked.whole.root.rglob("*") if path.is_file()
        }
        found = {digest for digest in digests if digest in told}
        assert bool(found) == (name == checked.whole.handbook.audiences[-1]), name


def test_exports_by_command_name_nothing_hidden(make_project: Callable[[Change], Path]) -> None:
    project = make_project(
        {**FILES, "data/indicators/satisfaction.yml": ("zh: 客户评分的平均值", f"zh: '{LINK}'")}
    )
    done = CliRunner().invoke(main, ["export", "json", str(project), "--edition", "public"])
    assert done.exit_code == 0, done.output
    assert "cycle-time" not in done.stdout
    assert "zq" not in done.stdout
