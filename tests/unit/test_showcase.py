"""The cases as a site of their own: which pages it holds, and what becomes of links to the others."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.load.project import load_project
from generator.present.showcase import showcase, unlinked
from generator.problems import Problems

ROOT = Path(__file__).parents[2]
HERE = "cases/one.md"
SHOWN = frozenset({HERE, "cases/two.md", "pilots/east.md"})


@pytest.mark.parametrize(
    ("written", "left"),
    [
        ("see [the pilot](../pilots/east.md) and [two](two.md#how)", None),
        ("see [the guide](../guide/index.md) here", "see the guide here"),
        ("[**bold** words](../reviews/r.md#p1)", "**bold** words"),
        ('[titled](../guide/x.md "Title") and [angled](<../guide/y.md>)', "titled and angled"),
        ("[outside](https://example.org/a.md) and [mail](mailto:a@example.org)", None),
        ("[here](#part), [file](../downloads/x.csv)", None),
        ("![drawing](../guide/picture.png)", None),
        ("![drawing](../guide/picture.md)", "drawing"),
        ("`[code](../guide/x.md)` stays", None),
        (
            "```\n[code](../guide/x.md)\n```\n[gone](../guide/x.md)\n",
            "```\n[code](../guide/x.md)\n```\ngone\n",
        ),
        ("[by name][g] and [g][]\n\n[g]: ../guide/x.md\n", "by name and g\n\n\n"),
        ("[by name][p]\n\n[p]: ../pilots/east.md\n", None),
        ("1. [a](../guide/a.md), [b](two.md), [c](../guide/c.md)", "1. a, [b](two.md), c"),
    ],
)
def test_links_to_pages_that_are_left_out_become_words(written: str, left: str | None) -> None:
    assert unlinked(written, HERE, SHOWN) == (written if left is None else left)


def test_it_holds_the_cases_and_what_they_lead_to_and_nothing_else() -> None:
    catalogue = load_project(ROOT, Problems())
    assert catalogue is not None
    pages = showcase(catalogue)
    texts = {path: path.read_text(encoding="utf-8") for path in (ROOT / "content/cases").glob("*.md")}
    named = {
        f"{folder}/{name}.md"
        for text in texts.values()
        for folder, name in re.findall(r"\.\./(indicators|pilots|processes)/([a-z0-9-]+)\.md", text)
    }
    assert {"index.md", "cases/index.md"} | {f"cases/{name}.md" for name in catalogue.cases} | named <= pages
    assert {path.partition("/")[0] for path in pages} == {
        "index.md", "find-case.md", "cases", "indicators", "pilots", "processes",
    }  # fmt: skip
    # An indicator that no case names, whose change no case tells of, and which guards none of theirs.
    assert "indicators/nps.md" not in pages
    # The guardrail of on-time delivery is shown beside a change that no case tells of.
    assert "indicators/takt-stability.md" not in pages
    # A guardrail beside a case's measured change, linked from there and from no text.
    assert "indicators/on-time-delivery.md" in pages - named
