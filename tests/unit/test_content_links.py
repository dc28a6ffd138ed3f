"""Links of hand-written pages that lead nowhere are told by `check`; what a site makes itself is known."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from generator.model.page_links import placed_targets, targets
from generator.model.page_paths import own_pages
from generator.pipeline import check_project, figures_for
from generator.site.content_links import MADE
from tests.conftest import Change
from tests.problems.assemble import BASE
from tests.published import pages

ROOT = Path(__file__).parents[2]


PAGE = """\
---
title: x
---
# 办法

好的：[首页](../index.md)，[指标](../indicators/cycle-time.md#top)，[本页](#怎么做)，[信号](../signals.md)，[外](https://example.org/a.md)，`[code](nowhere.md)`。

坏的：[没有](nowhere.md)，[指标](../indicators/cycle-tme.md)，![图](plan.png)，[锚](#怎么作)，[首页](../index.md#nope)。

## 怎么做

```
[code](nowhere.md)
```

<a href="../gone.html">gone</a> [again]

[again]: ../gone.md
"""


def test_what_leads_nowhere_is_told_with_its_line(make_project: Callable[[Change], Path]) -> None:
    root = make_project({"content/guide/x.md": PAGE})
    told = [one for one in check_project(root).problems if one.rule == "dead-link"]
    assert [f"{one.mark} {one.level}: {one.message}" for one in told] == [
        "content/guide/x.md:8:9 warning: the link to 'nowhere.md' leads to no page",
        "content/guide/x.md:8:26 warning: the link to '../indicators/cycle-tme.md' leads to no page",
        "content/guide/x.md:8:59 warning: 'plan.png' is no file of content/",
        "content/guide/x.md:8:73 warning: 'guide/x.md' has no place called '#怎么作'",
        "content/guide/x.md:8:84 warning: 'index.md' has no place called '#nope'",
        "content/guide/x.md:16:4 warning: the link to '../gone.html' leads to no page",
        "content/guide/x.md:18:10 warning: the link to '../gone.md' leads to no page",
    ]


@pytest.mark.parametrize("project", [ROOT, BASE, ROOT / "tests/sites/every-text"], ids=str)
def test_every_page_that_is_made_may_be_linked_to(project: Path) -> None:
    """A new kind of page belongs into `MADE`, or a link to it would be called dead."""
    checked = check_project(project)
    assert checked.catalogue is not None
    made = pages(figures_for(checked, checked.catalogue.handbook.audiences[-1]))
    steps = {f"roadmap/{step.id}.md" for step in checked.catalogue.roadmap.steps}
    unknown = {
        name
        for name in made
        if name.endswith(".md") and not name.startswith("quarters/")
        and name not in own_pages(checked.catalogue) | MADE | steps
    }  # fmt: skip
    assert unknown == set()


def test_an_address_is_told_with_its_place_and_never_in_code() -> None:
    text = "a [b](c.md) `[d](e.md)`\n```\n[f](g.md)\n```\n<img src='h.png'>\n\n[i]: j.md\n"
    assert [(text[at : at + 4], address) for at, address in placed_targets(text)] == [
        ("c.md", "c.md"), ("j.md", "j.md"), ("src=", "h.png"),
    ]  # fmt: skip
    assert list(targets(text)) == ["c.md", "j.md", "h.png"]


def test_the_sample_has_none() -> None:
    assert [problem for problem in check_project(ROOT).problems if problem.rule == "dead-link"] == []
