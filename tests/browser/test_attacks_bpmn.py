"""A map from outside is text as well: its names run nothing and are shown as they were written."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

import pytest

from tests.attacks import FORMS
from tests.browser.chromium import DESK
from tests.browser.test_attacks import NOTED, unharmed
from tests.browser.test_pages import READY, Watch
from tests.built import SITES, Site, built, copied, handbook

if TYPE_CHECKING:
    from playwright.sync_api import Browser

NAMES = (
    FORMS["markup"].format(n=1),
    FORMS["marks"].format(n=2),
    "zqx3 ]]><zqx-3> <![CDATA[ & &amp; \"'",
    "- zqx4: {a: *b, !c 'd' | > # e}",
    "zqx5\u0085six\u2028seven\u2029eight",
    "zqx6 " + "long " * 600,
)
"""Markup, Markdown, ends of XML, what YAML reads, line ends of YAML, 3,000 characters."""


def bpmn() -> str:
    """A map with a name of each kind on its process, steps, ways and events."""
    ids = [f"s{n}" for n in range(len(NAMES))]
    tasks = "".join(
        f"<task id={quoteattr(i)} name={quoteattr(name)}/>" for i, name in zip(ids, NAMES, strict=True)
    )
    ways = "".join(
        f'<sequenceFlow id="f{n}" sourceRef="{a}" targetRef="{b}" name={quoteattr(NAMES[0])}/>'
        for n, (a, b) in enumerate(zip(["a", *ids], [*ids, "z"], strict=True))
    )
    return (
        '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">'
        f'<process id="p" name={quoteattr(NAMES[0])}><documentation>{escape(NAMES[1])}</documentation>'
        f'<startEvent id="a" name={quoteattr(NAMES[2])}/>{tasks}<endEvent id="z"/>{ways}'
        "</process></definitions>"
    )


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    folder = tmp_path_factory.mktemp("imported")
    project = copied(SITES / "audiences", folder / "project")
    (folder / "theirs.bpmn").write_text(bpmn(), encoding="utf-8")
    out, report = project / "data/processes/theirs.yml", folder / "report.txt"
    done = handbook("import", "bpmn", folder / "theirs.bpmn", "--out", out, "--report", report)
    assert done.returncode == 0, done.stdout + done.stderr
    return built(project, folder / "site")


def test_names_of_an_imported_map_run_nothing_and_are_read_as_written(browser: Browser, site: Site) -> None:
    with browser.new_page(viewport=DESK) as page:
        page.add_init_script(NOTED)
        watch = Watch(page)
        told = ""
        for path in ("processes/theirs.html", "processes/index.html"):
            watch.visit.address = f"{site.folder.as_uri()}/{site.address('zh', path)}"
            page.goto(watch.visit.address)
            page.wait_for_function(READY)
            unharmed(page, watch)
            told += str(page.evaluate("document.body.textContent"))
        plain = re.sub(r"\s+", " ", told)
        for name in NAMES:
            # As its tool shows it: an entity is the sign that it stands for.
            assert re.sub(r"\s+", " ", html.unescape(name)).strip() in plain, name[:40]
