"""Builds as such: the same input gives the same bytes, a failed one changes nothing, others can do it too."""

from __future__ import annotations

import gzip
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.built import ROOT, SITES, Site, built, copied, files, handbook, run

MINIMAL = ROOT / "examples/minimal"
INDICATOR = "data/indicators/reply-time.yml"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A small handbook of its own for a test to change."""
    return copied(MINIMAL, tmp_path / "project")


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


def test_two_builds_of_the_sample_are_the_same(sample_site: Site, tmp_path: Path) -> None:
    again = built(ROOT, tmp_path / "again", PYTHONHASHSEED="4711", TZ="Pacific/Auckland", LC_ALL="C")
    assert len(again.paths) > 100
    assert differences(sample_site.folder, again.folder) == []


def test_charts_drawn_anew_and_other_folders_change_nothing(tmp_path: Path) -> None:
    """Without a chart cache, in another folder, with other seeds of Python's hashes."""
    sites = []
    for name, seed in (("first", "1"), ("the second", "2")):
        project = shutil.copytree(SITES / "audiences", tmp_path / name / "project")
        sites.append(built(project, tmp_path / name / "site", PYTHONHASHSEED=seed))
    assert differences(sites[0].folder, sites[1].folder) == []


def test_no_page_names_a_folder_of_this_machine(sample_site: Site) -> None:
    here = re.compile(rb"(?:%s|/tmp/|/home/|\bhandbook-[a-z0-9_]{8}\b)" % re.escape(str(ROOT)).encode())
    assert [path for path, data in files(sample_site.folder).items() if here.search(data)] == []


# A build that fails


@pytest.fixture
def site(project: Path, tmp_path: Path) -> Site:
    """The site of the small handbook before something went wrong."""
    return built(project, tmp_path / "out/site")


FAULTS = {
    "broken YAML": (
        INDICATOR,
        "definition: {",
        "definition: {{",
        rf"{INDICATOR}:4:\d+: error\[yaml-syntax\]",
    ),
    "an unknown key": (INDICATOR, "direction:", "directoin:", rf"{INDICATOR}:8:1: error\[unknown-key\]"),
    "a word for a number": (
        "data/results/2025.csv",
        "11.2",
        "many",
        r"data/results/2025\.csv:2:\d+: error\[",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_errors_in_the_data_leave_the_old_site(project: Path, site: Site, fault: str) -> None:
    name, old, new, message = FAULTS[fault]
    before = files(site.folder)
    put(project / name, old, new)
    done = handbook("build", project, "--out", site.folder)
    assert done.returncode == 1
    assert re.search(rf"^{message}", done.stderr, re.MULTILINE), done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert files(site.folder) == before
    assert [path.name for path in site.folder.parent.iterdir()] == ["site"]
    put(project / name, new, old)
    assert handbook("build", project, "--out", site.folder).returncode == 0
    assert files(site.folder) == before


CONFIGURATIONS = {
    "not YAML": "site_name: [x\n",
    "not a mapping": "- site_name\n",
    "another theme": "site_name: x\ndocs_dir: content\nplugins: [handbook, search]\n",
    "without the handbook plugin": "site_name: x\ndocs_dir: content\ntheme: material\nplugins: [search]\n",
    "an unknown plugin": "site_name: x\ndocs_dir: content\ntheme: material\nplugins: [handbook, nonesuch]\n",
    "no such folder": "site_name: x\ndocs_dir: nowhere\ntheme: material\nplugins: [handbook, search]\n",
}


@pytest.mark.parametrize("fault", CONFIGURATIONS)
def test_errors_in_mkdocs_yml_leave_the_old_site(project: Path, tmp_path: Path, fault: str) -> None:
    out = tmp_path / "out/site"
    out.mkdir(parents=True)
    (out / "index.html").write_text("the old site", encoding="utf-8")
    (project / "mkdocs.yml").write_text(CONFIGURATIONS[fault], encoding="utf-8")
    done = handbook("build", project, "--out", out)
    assert done.returncode == 1, done.stderr
    assert "Error" in done.stderr
    assert "Traceback" not in done.stderr, done.stderr
    assert files(out) == {"index.html": b"the old site"}
    assert [path.name for path in out.parent.iterdir()] == ["site"]


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
}


@pytest.mark.parametrize("case", WRONG_USE)
def test_wrong_use_exits_2_and_changes_nothing(project: Path, case: str) -> None:
    before = files(project)
    done = handbook("build", ".", *WRONG_USE[case], cwd=project)
    assert "Traceback" not in done.stderr, done.stderr
    assert done.returncode == 2, done.stderr
    assert "Error: " in done.stderr
    assert files(project).keys() - before.keys() <= {
        n for n in files(project) if n.startswith(".handbook-cache")
    }
    assert {name: data for name, data in files(project).items() if name in before} == before


# Check


def test_check_tells_errors_from_warnings(project: Path) -> None:
    warned = handbook("check", project)
    assert (warned.returncode, "warning[" in warned.stdout, "error[" in warned.stdout) == (0, True, False)
    assert handbook("check", project, "--strict").returncode == 1
    assert handbook("check", ROOT, "--strict").returncode == 0
    put(project / INDICATOR, "id: reply-time", "id: reply time")
    failed = handbook("check", project)
    assert failed.returncode == 1
    assert re.search(rf"^{INDICATOR}:1:\d+: error\[", failed.stdout, re.MULTILINE), failed.stdout
    assert handbook("check", project / "nowhere").returncode == 2


# Other ways to build


def test_mkdocs_alone_makes_the_same_site(sample_site: Site, tmp_path: Path) -> None:
    done = run(sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", tmp_path / "site")
    assert done.returncode == 0, done.stderr
    assert differences(tmp_path / "site", sample_site.folder) == []


def test_a_handbook_without_mkdocs_yml_builds_into_its_own_folder(project: Path) -> None:
    done = handbook("build", cwd=project)
    assert done.returncode == 0, done.stderr
    site = Site(project / "site")
    assert site.own_pages("zh") == site.own_pages("en")
    assert "indicators/reply-time.html" in site.own_pages("zh")
    assert not (project / "mkdocs.yml").exists()


def test_a_handbook_without_content_builds(project: Path, tmp_path: Path) -> None:
    shutil.rmtree(project / "content")
    site = built(project, tmp_path / "site")
    assert "最小的指标手册" in (site.folder / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_handbook_in_one_language_builds(project: Path, tmp_path: Path, language: str) -> None:
    put(project / "data/handbook.yml", "languages: [zh, en]", f"languages: [{language}]")
    if language == "en":
        shutil.move(project / "content/index.en.md", project / "content/index.md")
    else:
        (project / "content/index.en.md").unlink()
    site = built(project, tmp_path / "site", first_language=language)
    assert not (site.folder / "en").exists()
    assert not (site.folder / "zh").exists()
    for page in site.pages:
        document = site.document(page)
        assert document.all("html")[0].get("lang") == language
        assert not document.all("a", "md-select__link"), f"{page} has a switch to no other language"


def test_one_language_of_two(project: Path, tmp_path: Path) -> None:
    site = built(project, tmp_path / "site", "--language", "en")
    assert {site.document(page).all("html")[0].get("lang") for page in site.pages} == {"en"}
    assert not any(site.document(page).all("a", "md-select__link") for page in site.pages)


# Editions. In the project `audiences`, what is for managers only has a word with `zq`, or a figure of its own;
# every person's name has `xv`.

MANAGERS_ONLY = rb"(?i)\w*zq\w*|414\d\.41|515\d\.51|711\d\.77"
PERSONS = rb"(?i)\w*xv\w*"


@pytest.fixture(scope="module")
def editions(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Site]:
    folder = tmp_path_factory.mktemp("editions")
    project = copied(SITES / "audiences", folder / "project")
    return {
        name: built(project, folder / name, "--edition", name) for name in ("public", "staff", "managers")
    }


def told(site: Site, pattern: bytes) -> Iterator[tuple[str, str]]:
    """Where a site says something that a pattern finds; Material's own files have nothing of ours."""
    for path, data in files(site.folder).items():
        text = gzip.decompress(data) if path.endswith(".gz") else data
        if not re.search(r"(^|/)assets/(javascripts|stylesheets)/", path):
            for match in re.finditer(pattern, text):
                yield path, match[0].decode(errors="replace")


def test_an_edition_has_nothing_for_narrower_audiences(editions: dict[str, Site]) -> None:
    for name in ("public", "staff"):
        assert list(told(editions[name], MANAGERS_ONLY)) == []
        assert not [path for path in editions[name].paths if "zq" in path]
    assert "indicators/reply-time.html" not in editions["public"].paths
    assert "indicators/reply-time.html" in editions["staff"].paths


def test_the_widest_edition_names_nobody(editions: dict[str, Site]) -> None:
    assert list(told(editions["public"], PERSONS)) == []


def test_the_narrowest_edition_has_it_all(editions: dict[str, Site]) -> None:
    """What the tests above look for can be found."""
    hidden = {word.lower() for _, word in told(editions["managers"], MANAGERS_ONLY)}
    assert {"zq", "zqeast", "毛利zq", "毛利率zq", "西部zq", "后台zq", "裁员zq", "预算zq"} <= hidden
    assert {"5151.51", "7113.77", "4142.41"} <= hidden
    named = {word.lower() for _, word in told(editions["managers"], PERSONS)}
    assert {"王晓xv", "xvli", "xvma", "xvlead", "xvsponsor", "xvproc"} <= named
    kinds = {Path(path).suffix for path, _ in told(editions["managers"], MANAGERS_ONLY)}
    assert {".html", ".json", ".js", ".csv"} <= kinds


def test_every_edition_is_whole(editions: dict[str, Site]) -> None:
    for site in editions.values():
        assert site.own_pages("zh") == site.own_pages("en")
        assert "pilots/east.html" in site.paths


def test_the_markdown_tree_keeps_the_edition(editions: dict[str, Site], tmp_path: Path) -> None:
    project = copied(SITES / "audiences", tmp_path / "project")
    done = handbook("export", "markdown", tmp_path / "tree", "--project", project, "--edition", "public")
    assert done.returncode == 0, done.stderr
    tree = Site(tmp_path / "tree")
    assert list(told(tree, MANAGERS_ONLY)) + list(told(tree, PERSONS)) == []
