"""Builds as such: the same input gives the same bytes, a failed one changes nothing, others can do it too."""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.cli import main
from tests.built import ROOT, SITES, Site, built, copied, files, handbook, readable, run
from tests.problems.assemble import BASE

MINIMAL = ROOT / "examples/minimal"
INDICATOR = "data/indicators/reply-time.yml"
RESULTS = "data/results/2025.csv"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small handbook without mkdocs.yml and the site that a plain `handbook build` made in it."""
    project = copied(MINIMAL, tmp_path_factory.mktemp("small") / "project")
    done = handbook("build", cwd=project)
    assert done.returncode == 0, done.stderr
    return project


@pytest.fixture
def project(small: Path, tmp_path: Path) -> Path:
    """The small handbook with its site, for a test to spoil."""
    return shutil.copytree(small, tmp_path / "project")


def put(path: Path, old: str, new: str) -> None:
    """Replace what must be there."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8", newline="\n")


def differences(one: Path, other: Path) -> list[str]:
    """Files that are not the same in two folders."""
    a, b = files(one), files(other)
    return sorted(path for path in a.keys() | b.keys() if a.get(path) != b.get(path))


# The same input gives the same bytes


def test_mkdocs_alone_makes_the_same_site_to_the_byte(sample_site: Site, tmp_path: Path) -> None:
    """With other seeds of Python's hashes, in another time zone and locale."""
    done = run(
        sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", tmp_path / "site",
        PYTHONHASHSEED="4711", TZ="Pacific/Auckland", LC_ALL="C",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert len(sample_site.paths) > 100
    assert differences(tmp_path / "site", sample_site.folder) == []


def test_charts_drawn_anew_in_another_folder_change_nothing(
    editions: dict[str, Site], tmp_path: Path
) -> None:
    project = shutil.copytree(SITES / "audiences", tmp_path / "other name")
    again = built(project, tmp_path / "site", "--edition", "managers", PYTHONHASHSEED="2")
    assert differences(editions["managers"].folder, again.folder) == []


def test_no_page_names_a_folder_of_this_machine(sample_site: Site) -> None:
    here = re.compile(rb"(?:%s|/tmp/|/home/|\bhandbook-[a-z0-9_]{8}\b)" % re.escape(str(ROOT)).encode())
    assert [path for path, data in files(sample_site.folder).items() if here.search(data)] == []


# A build that fails

FAULTS = {
    "broken YAML": (INDICATOR, "definition: {", "definition: {{", r":4:\d+: error\[yaml-syntax\]"),
    "an unknown key": (INDICATOR, "direction:", "directoin:", r":8:1: error\[unknown-key\]"),
    "a word for a number": (RESULTS, "11.2", "many", r":2:\d+: error\["),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_errors_in_the_data_leave_the_old_site(
    project: Path, fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = files(project / "site")
    assert "index.html" in before
    name, old, new, message = FAULTS[fault]
    put(project / name, old, new)
    done = here(project, monkeypatch, "build")
    assert done.exit_code == 1
    assert re.search(f"^{re.escape(name)}{message}", done.stderr, re.MULTILINE), done.stderr
    assert files(project / "site") == before
    assert nothing_left_behind(project)


def test_a_failing_command_prints_no_traceback(project: Path) -> None:
    """As a user meets it, in a process of its own."""
    put(project / INDICATOR, "definition: {", "definition: {{")
    done = handbook("build", cwd=project)
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.startswith(f"{INDICATOR}:4:")
    assert "Traceback" not in done.stderr


CONFIGURATIONS = {
    "not YAML": "site_name: [x\n",
    "not a mapping": "- site_name\n",
    "another theme": "site_name: x\ndocs_dir: content\nplugins: [handbook, search]\n",
    "without the handbook plugin": "site_name: x\ndocs_dir: content\ntheme: material\nplugins: [search]\n",
    "an unknown plugin": "site_name: x\ndocs_dir: content\ntheme: material\nplugins: [handbook, nonesuch]\n",
    "no such folder": "site_name: x\ndocs_dir: nowhere\ntheme: material\nplugins: [handbook, search]\n",
}


@pytest.mark.parametrize("fault", CONFIGURATIONS)
def test_errors_in_mkdocs_yml_leave_the_old_site(
    project: Path, fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = files(project / "site")
    (project / "mkdocs.yml").write_text(CONFIGURATIONS[fault], encoding="utf-8")
    done = here(project, monkeypatch, "build")
    assert done.exit_code == 1, done.output
    assert "Error" in done.output
    assert files(project / "site") == before
    assert nothing_left_behind(project)


def here(project: Path, monkeypatch: pytest.MonkeyPatch, *words: str) -> Result:
    """Run the command in this process, which saves seconds; a traceback is an error of the test."""
    monkeypatch.chdir(project)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    done = CliRunner().invoke(main, words)
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done


def nothing_left_behind(project: Path) -> bool:
    return {path.name for path in project.iterdir()} <= {
        "data", "content", "site", "mkdocs.yml", ".handbook-cache"
    }  # fmt: skip


WRONG_USE = {
    "an unknown option": ("--nonsense",),
    "an unknown edition": ("--edition", "nobody"),
    "an unknown language": ("--language", "fr"),
    "no period": ("--as-of", "soon"),
    "the project itself as target": ("--out", "."),
    "a folder above it as target": ("--out", ".."),
    "a folder with other things as target": ("--out", "data"),
    "a file as target": ("--out", INDICATOR),
    "a folder in a file as target": ("--out", f"{INDICATOR}/site"),
    "a new folder among the data": ("--out", "data/site"),
    "a new folder among the pages": ("--out", "content/site"),
}


@pytest.mark.parametrize("case", WRONG_USE)
def test_wrong_use_exits_2_and_changes_nothing(
    project: Path, case: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = files(project)
    done = here(project, monkeypatch, "build", *WRONG_USE[case])
    assert done.exit_code == 2, done.output
    assert "Error: " in done.output
    assert files(project) == before


# What others put into the folder of a site


def test_a_checkout_with_somebodys_page_is_not_replaced(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs = {"index.html": "<p>mine", "CNAME": "kpi.example.org", ".git/HEAD": "ref", "notes.md": "mine"}
    for name, text in theirs.items():
        (project / "pages" / name).parent.mkdir(parents=True, exist_ok=True)
        (project / "pages" / name).write_text(text, encoding="utf-8")
    before = files(project)
    done = here(project, monkeypatch, "build", "--out", "pages")
    assert done.exit_code == 2
    message = (
        "was not written by `handbook` (it holds .git, CNAME, index.html and 1 more); name another folder"
    )
    assert message in done.stderr
    assert files(project) == before


def test_what_others_put_beside_a_site_survives_a_rebuild(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = project / "site"
    assert here(project, monkeypatch, "build").exit_code == 0
    clean = files(site)
    theirs = {"CNAME": b"kpi.example.org", ".git/HEAD": b"ref", ".nojekyll": b"", "indicators/own.html": b"x"}
    for name, content in theirs.items():
        (site / name).parent.mkdir(exist_ok=True)
        (site / name).write_bytes(content)
    (site / "index.html").write_text("spoiled", encoding="utf-8")
    done = here(project, monkeypatch, "build")
    assert done.exit_code == 0, done.output
    assert files(site) == clean | theirs
    assert nothing_left_behind(project)


def test_a_link_to_a_folder_stays_a_link(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (project.parent / "www").mkdir()
    (project / "linked").symlink_to(project.parent / "www")
    for _ in range(2):
        assert here(project, monkeypatch, "build", "--out", "linked").exit_code == 0
        assert (project / "linked").is_symlink()
        assert (project.parent / "www/index.html").is_file()


MAP = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process id="p">
<startEvent id="a"/><task id="b" name="B"/><endEvent id="c"/>
<sequenceFlow id="x" sourceRef="a" targetRef="b"/><sequenceFlow id="y" sourceRef="b" targetRef="c"/>
</process></definitions>"""
SOURCES = {
    "a source": ("export", "json", "--out", "data/strategy.yml"),
    "a source by way of a link": ("export", "json", "--out", "link.json"),
    "a new file among the data": ("export", "json", "--out", "data/new.json"),
    "somebody's file": ("export", "json", "--out", "theirs.json"),
    "a file in a file": ("export", "json", "--out", "theirs.json/x.json"),
    "a tree among the pages": ("export", "markdown", "content/tree"),
    "a tree over somebody's files": ("export", "markdown", "maps"),
    "a tree in the place of a file": ("export", "markdown", "theirs.json"),
    "maps among the data": ("export", "bpmn", "data/processes"),
    "somebody's map": ("export", "bpmn", "maps"),
    "somebody's process": ("import", "bpmn", "some.bpmn", "--out", "theirs.json"),
    "a review over somebody's files": ("review", "2025-Q1", "--out", "maps"),
    "a review beside somebody's zip": ("review", "2025-Q1", "--out", "theirs"),
    "somebody's schema": ("schema", "--out", "schemas"),
}


@pytest.mark.parametrize("case", SOURCES)
def test_no_command_replaces_what_it_did_not_write(
    tmp_path: Path, case: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = shutil.copytree(SITES / "audiences", tmp_path / "project")
    (project / "link.json").symlink_to("data/strategy.yml")
    (project / "some.bpmn").write_text(MAP, encoding="utf-8")
    for name in ("theirs.json", "theirs.zip", "maps/order.as-is.bpmn", "schemas/pilot.json"):
        (project / name).parent.mkdir(exist_ok=True)
        (project / name).write_text('{"theirs": true}', encoding="utf-8")
    before = files(project)
    done = here(project, monkeypatch, *SOURCES[case])
    assert done.exit_code == 2, done.output
    assert re.search(
        r"Error: .*(lies in|is there already|is not empty|was not written|is no earlier)", done.stderr
    )
    assert files(project) == before


def test_what_a_command_wrote_it_writes_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = shutil.copytree(SITES / "audiences", tmp_path / "project")
    for words in (
        ("export", "json", "--out", "all.json"),
        ("export", "bpmn", "maps"),
        ("schema", "--out", "schemas"),
    ):
        for _ in range(2):
            assert here(project, monkeypatch, *words).exit_code == 0, words
    names = {"all.json", "maps/order.as-is.bpmn", "schemas/export.json", "schemas/pilot.json"}
    assert names <= set(files(project))


# Check


def test_check_tells_errors_from_warnings(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    warned = handbook("check", project)
    assert (warned.returncode, "warning[" in warned.stdout, "error[" in warned.stdout) == (0, True, False)
    assert here(project, monkeypatch, "check", "--strict").exit_code == 1
    assert here(BASE, monkeypatch, "check", "--strict").exit_code == 0
    assert here(project, monkeypatch, "check", "nowhere").exit_code == 2
    put(project / INDICATOR, "id: reply-time", "id: reply time")
    failed = handbook("check", project)
    assert failed.returncode == 1
    assert re.search(rf"^{INDICATOR}:1:\d+: error\[", failed.stdout, re.MULTILINE), failed.stdout


# Other ways to build


def test_a_handbook_without_mkdocs_yml_builds_into_its_own_folder(small: Path) -> None:
    site = Site(small / "site")
    assert site.own_pages("zh") == site.own_pages("en")
    assert "indicators/reply-time.html" in site.own_pages("zh")
    assert not (small / "mkdocs.yml").exists()
    assert nothing_left_behind(small)


def test_a_handbook_in_one_language_without_content_builds(tmp_path: Path) -> None:
    site = built(copied(SITES / "one-language", tmp_path / "project"), tmp_path / "site")
    assert not (site.folder / "en").exists()
    assert "indicators/reply-time.html" in site.pages
    only_in(site, "en")


def test_one_language_of_two(small: Path, tmp_path: Path) -> None:
    site = built(small, tmp_path / "site", "--language", "en")
    assert site.pages == tuple(sorted((*Site(small / "site").own_pages("en"), "404.html")))
    only_in(site, "en")


def only_in(site: Site, language: str) -> None:
    for page in site.pages:
        document = site.document(page)
        assert document.all("html")[0].get("lang") == language
        assert not document.all("a", "md-select__link"), f"{page} has a switch to no other language"
        assert not [
            link for link in document.all("link") if (link.get("rel") or "").split() == ["alternate"]
        ], page


# Editions. In the project `audiences`, what is for managers only has a word with `zq` or a figure of its
# own; every person's name, and what measures or tells of one person, has `xv` in it or a figure of its own.

MANAGERS_ONLY = r"(?i)\w*zq\w*|414\d\.41|515\d\.51|711\d\.77"
PERSONS = r"(?i)\w*xv\w*|616\d\.61"


@pytest.fixture(scope="module")
def editions(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Site]:
    folder = tmp_path_factory.mktemp("editions")
    project = shutil.copytree(SITES / "audiences", folder / "project")
    return {name: built(project, folder / name, "--edition", name) for name in ("public", "managers")}


def told(site: Site, pattern: str) -> Iterator[tuple[str, str]]:
    """Where a site says something that a pattern finds; Material's own files have nothing of ours."""
    for path, data in files(site.folder).items():
        text = readable(path, data).decode("utf-8", "replace")
        if not re.search(r"(^|/)assets/(javascripts|stylesheets)/", path):
            for match in re.finditer(pattern, text):
                yield path, match[0]


def test_an_edition_has_nothing_for_narrower_audiences(editions: dict[str, Site]) -> None:
    public = editions["public"]
    assert list(told(public, MANAGERS_ONLY)) == []
    assert [path for path in public.paths if "zq" in path] == []
    assert "indicators/reply-time.html" in editions["managers"].paths - public.paths


def test_the_widest_edition_names_nobody(editions: dict[str, Site]) -> None:
    assert list(told(editions["public"], PERSONS)) == []
    assert [path for path in editions["public"].paths if "xv" in path] == []


def test_the_narrowest_edition_has_it_all(editions: dict[str, Site]) -> None:
    """What the tests above look for can be found."""
    hidden = {word.lower() for _, word in told(editions["managers"], MANAGERS_ONLY)}
    assert {"zq", "zqeast", "毛利zq", "毛利率zq", "西部zq", "后台zq", "裁员zq", "预算zq"} <= hidden
    assert {"5151.51", "7113.77", "4142.41"} <= hidden
    named = {word.lower() for _, word in told(editions["managers"], PERSONS)}
    assert {"王晓xv", "xvli", "xvma", "xvlead", "xvsponsor", "xvproc"} <= named
    assert {"xvcoached", "个人单量xv", "谈工作量xv", "6161.61"} <= named
    kinds = {Path(path).suffix for path, _ in told(editions["managers"], MANAGERS_ONLY)}
    assert {".html", ".json", ".js", ".csv"} <= kinds


def test_every_edition_is_whole(editions: dict[str, Site]) -> None:
    for site in editions.values():
        assert site.own_pages("zh") == site.own_pages("en")
        assert "pilots/east.html" in site.paths


def test_an_edition_set_in_mkdocs_yml_holds_for_every_build(
    editions: dict[str, Site], tmp_path: Path
) -> None:
    """What is published with `handbook build` must not tell more than what `mkdocs build` makes."""
    project = shutil.copytree(editions["public"].folder.parent / "project", tmp_path / "project")
    settings = (
        "site_name: x\ndocs_dir: content\ntheme: material\nplugins: [{handbook: {edition: public}}, search]\n"
    )
    (project / "mkdocs.yml").write_text(settings, encoding="utf-8")
    site = built(project, tmp_path / "site")
    assert [path for path in site.paths ^ editions["public"].paths if path.endswith(".html")] == []
    assert list(told(site, PERSONS)) == []


def test_the_markdown_tree_keeps_the_edition(editions: dict[str, Site], tmp_path: Path) -> None:
    project = editions["public"].folder.parent / "project"
    done = handbook("export", "markdown", tmp_path / "tree", "--project", project, "--edition", "public")
    assert done.returncode == 0, done.stderr
    tree = Site(tmp_path / "tree")
    assert list(told(tree, MANAGERS_ONLY)) + list(told(tree, PERSONS)) == []
