"""A page that a handbook has no data for is linked from nowhere: small handbooks and narrow editions."""

from __future__ import annotations

import posixpath
import re
from pathlib import Path

import pytest

from generator.pipeline import check_project, figures_for
from tests.problems.assemble import BASE
from tests.published import pages

SITES = Path(__file__).parents[1] / "sites"
EXAMPLES = Path(__file__).parents[2] / "examples"
PROJECTS = {
    "base": BASE, "minimal": EXAMPLES / "minimal",
    **{name: SITES / name for name in ("audiences", "every-text", "one-language")},
}  # fmt: skip
_page = re.compile(r'href="([^":#?]+\.html)(?:[#?][^"]*)?"')


@pytest.mark.parametrize("project", PROJECTS.values(), ids=PROJECTS)
def test_every_link_leads_to_a_page_that_is_there(project: Path) -> None:
    checked = check_project(project)
    assert checked.catalogue is not None
    for edition in checked.catalogue.handbook.audiences:
        made = pages(figures_for(checked, edition), checked.catalogue.handbook.languages[0])
        paths = {f"{name.removesuffix('.md')}.html" for name in made if name.endswith(".md")}
        paths |= {name for name in made if name.endswith(".html")}
        assert len(paths) > 3
        dead = {
            (name, address)
            for name, text in made.items()
            if name.endswith(".md")
            for address in _page.findall(text)
            if posixpath.normpath(posixpath.join(posixpath.dirname(name), address)) not in paths
        }
        assert dead == set(), edition
