"""What no author means: links in circles, places that are taken, masses of one fault, a fault of ours."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError

from generator.console import OUR_FAULT, Commands
from generator.load import table, yaml_file
from generator.load.capped import SHOWN
from generator.load.validate import MOST_TOLD
from generator.map_files import bpmn_files
from generator.pipeline import check_project, figures_for
from generator.present.page import LanguageSite
from generator.site import settings
from tests.conftest import Change
from tests.problems.assemble import BASE, problems_of

Make = Callable[[Change], Path]


def told(root: Path) -> list[str]:
    return [str(problem).partition("\n")[0] for problem in problems_of(root)]


def test_links_in_circles_are_told_and_not_followed(make_project: Make) -> None:
    root = make_project({})
    (root / "content/again").symlink_to(".")
    (root / "content/loop").symlink_to("loop")
    (root / "data/results/loop.csv").symlink_to("loop.csv")
    assert told(root) == [
        "content/again:1:1: error[path-outside] a link to a folder that is read already: not followed",
        "content/loop:1:1: error[unreadable-file] a link that leads nowhere but to itself",
        "data/results/loop.csv:1:1: error[unreadable-file] a link that leads nowhere but to itself",
    ]


def test_no_page_lies_where_another_language_will(make_project: Make) -> None:
    lines = told(make_project({"content/en/index.md": "# Lost\n"}))
    place = "content/en/index.md:1:1: error[bad-path]"
    assert lines == [f"{place} the pages of the site in 'en' lie in en/, where this one would be lost"]


def test_a_process_without_lanes_is_exported(make_project: Make) -> None:
    text = (BASE / "data/processes/quote-to-cash.yml").read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("lanes:"))
    bare = "\n".join(lines).replace(" lane: sales,", "").replace("        lane: sales\n", "")
    root = make_project({"data/processes/quote-to-cash.yml": bare})
    files = bpmn_files(figures_for(check_project(root)))
    assert sorted(files) == ["quote-to-cash.as-is.bpmn", "quote-to-cash.to-be.bpmn"]


@pytest.mark.parametrize("given", ["x", None, 5, [1]])
def test_settings_of_no_use_are_told_by_name(given: object, monkeypatch: pytest.MonkeyPatch) -> None:
    config = MkDocsConfig()
    config.load_dict({"site_name": "x", "theme": {"name": "material"}, "extra": {"polyfills": given}})
    config.validate()
    with pytest.raises(PluginError, match=r"extra\.polyfills in mkdocs\.yml is a list"):
        settings.apply(config, LanguageSite("en", "Title", ()))


def test_a_mass_of_keys_is_counted(make_project: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work that grows with the file for every key would never end here: the text is counted through once."""
    counted: list[int] = []
    lines = yaml_file._Composer.__dict__["_lines"].func
    monkeypatch.setattr(
        yaml_file._Composer.__dict__["_lines"], "func", lambda one: counted.append(1) or lines(one)
    )
    text = (BASE / "data/indicators/satisfaction.yml").read_text(encoding="utf-8")
    many = text + "".join(f"key{number}: 1\n" for number in range(2000)) + "again: 1\n" * 2000
    found = told(make_project({"data/indicators/satisfaction.yml": many}))
    assert sum("duplicate-key" in one for one in found) == yaml_file.MOST_TOLD
    assert sum("unknown-key" in one for one in found) == MOST_TOLD
    assert any("and 1901 more problems of these kinds" in one for one in found)
    assert len(counted) < 30


def test_a_mass_of_columns_is_counted(make_project: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    placed: list[int] = []
    cell_mark = table._cell_mark
    monkeypatch.setattr(table, "_cell_mark", lambda *place: placed.append(1) or cell_mark(*place))
    head = "period,indicator,pilot,value," + ",".join(f"column{number}" for number in range(5000))
    found = told(make_project({"data/results/2025.csv": f"{head}\n2025-01,cycle-time,east,1{',' * 5000}\n"}))
    assert sum("unknown-column" in one for one in found) == SHOWN
    assert any(f"(and {5000 - SHOWN} more columns of this kind)" in one for one in found)
    assert len(placed) == SHOWN


def test_a_fault_of_ours_is_told_as_one() -> None:
    @click.group(cls=Commands)
    def group() -> None: ...

    @group.command()
    def broken() -> None:
        raise ValueError("bottom of it")

    done = CliRunner().invoke(group, ["broken"])
    assert done.exit_code == OUR_FAULT
    assert "This is a fault of `handbook`, not of your files." in done.output
    assert "ValueError: bottom of it" in done.output
    assert CliRunner().invoke(group, ["nothing"]).exit_code == 2
