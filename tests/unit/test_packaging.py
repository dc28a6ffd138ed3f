"""The wheel holds all that a build needs: installed alone, far from the checkout, it builds a handbook."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path

import pytest

from docs.released_project import released
from generator import __version__

REPOSITORY = Path(__file__).parents[2]
PIP = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the checkout without any download."""
    folder = tmp_path_factory.mktemp("wheel")
    command = (
        *PIP,
        "wheel",
        "--no-deps",
        "--no-build-isolation",
        "--no-index",
        "--wheel-dir",
        folder,
        REPOSITORY,
    )
    subprocess.run(command, check=True)
    (built,) = folder.glob("*.whl")
    return built


def test_the_wheel_holds_code_labels_theme_and_licences(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    expected = {
        path.relative_to(REPOSITORY).as_posix()
        for pattern in ("*.py", "*.yml", "*.json")
        for path in (REPOSITORY / "generator").rglob(pattern)
    }
    expected |= {
        path.relative_to(REPOSITORY).as_posix()
        for path in (REPOSITORY / "generator" / "starter").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    expected |= {
        f"generator/starter/sample/{path.relative_to(REPOSITORY).as_posix()}"
        for folder in ("data", "content")
        for path in (REPOSITORY / folder).rglob("*")
        if path.is_file()
    }
    expected |= {
        "generator/" + path.relative_to(REPOSITORY).as_posix()
        for path in (REPOSITORY / "theme").rglob("*")
        if path.is_file()
    }
    assert expected <= names, f"missing: {sorted(expected - names)[:10]}"
    assert {f"generator/present/labels/{language}/common.yml" for language in ("zh", "en")} <= names
    assert any(name.startswith("generator/theme/templates/") for name in names)
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in names)
    strangers = {name for name in names if not name.startswith("generator/") and ".dist-info/" not in name}
    assert not strangers


def test_the_wheel_holds_the_documents_and_they_need_no_network(wheel: Path, tmp_path: Path) -> None:
    """Both languages, every link inside leads to a file that is there, and nothing is loaded from outside."""
    with zipfile.ZipFile(wheel) as archive:
        names = [name for name in archive.namelist() if name.startswith("generator/documents/")]
        archive.extractall(tmp_path, names)
        size = sum(archive.getinfo(name).compress_size for name in names)
    assert size < 1_500_000
    documents = tmp_path / "generator/documents"
    pages = sorted(documents.rglob("*.html"))
    assert len(pages) > 60
    assert {
        f"{language}/{page}" for language in ("zh", "en") for page in ("index.html", "authoring.html")
    } <= {page.relative_to(documents).as_posix() for page in pages}
    for page in pages:
        text = page.read_text("utf-8")
        for tag, target in re.findall(r'<(\w+)[^>]*?(?:href|src)="([^"#]+)', text):
            if target.startswith(("http", "mailto:", "data:")):
                assert tag == "a", f"{page.name} loads {target}"
            else:
                assert (page.parent / target.partition("?")[0]).exists(), f"{page}: {target}"
    for language, word in (("zh", "护栏"), ("en", "guardrail")):
        other = "en" if language == "zh" else "zh"
        for page in (documents / language).rglob("*.html"):
            (link,) = re.findall(rf'href="([^"]*)" hreflang="{other}"', page.read_text("utf-8"))
            same = documents / other / page.relative_to(documents / language)
            assert (page.parent / link).resolve() == same.resolve(), "the same page in the other language"
        index = (documents / language / "search/search_index.js").read_text("utf-8")
        asked = (documents / language / "search/search_index.json").read_text("utf-8")
        assert index == f"var __index = {asked}", "a server is asked for the one, a folder for the other"
        assert index.startswith("var __index = {")
        assert word in index.replace("\u200b", "")
    (script,) = (documents / "assets/javascripts").glob("bundle*.js")
    assert set(re.findall(r'new URL\("([^"]*)"', script.read_text("utf-8"))) == {
        "search/search_index.js",
        "search/search_index.json",
        "sitemap.xml",  # of other languages' pages, where a page's head names some: none does
        "../versions.json",  # where versions are set up
    }
    assert not any('rel="alternate"' in page.read_text("utf-8") for page in pages)
    assert "护栏\u200b" in (documents / "zh/search/search_index.js").read_text("utf-8")


def test_make_wheel_installs_what_the_wheel_s_hook_needs() -> None:
    """It downloads nothing to build with: the hook's packages are there by the locks that come first."""
    makefile = (REPOSITORY / "Makefile").read_text("utf-8")
    (stamp,) = re.findall(r"^wheel: \$\(VENV\)/(\S+) ##", makefile, re.MULTILINE)
    installed, steps = set[str](), [stamp]
    while steps:
        (needs,) = re.findall(rf"^\$\(VENV\)/{re.escape(steps.pop())}: (.*)", makefile, re.MULTILINE)
        for lock in re.findall(r"\S+\.lock", needs):
            text = (REPOSITORY / lock).read_text("utf-8")
            installed.update(re.findall(r"^([a-z0-9-]+)==", text, re.MULTILINE))
        steps += re.findall(r"\$\(VENV\)/(\S+)", needs)
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text("utf-8"))
    hook = project["tool"]["hatch"]["build"]["targets"]["wheel"]["hooks"]["custom"]
    needed = {re.split("[<>=]", one)[0] for one in hook["dependencies"]}
    assert len(needed) == 3
    assert needed <= installed


def test_no_archive_holds_what_only_tests_install(tmp_path: Path) -> None:
    """Node packages lie inside the tests' folder; no archive takes them along."""
    project, out = tmp_path / "project", tmp_path / "out"
    files = ("pyproject.toml", ".gitignore", "README.md", "LICENSE", "docs/build_hook.py")
    for name in (*files, "tests/browser/package.json"):
        (project / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(REPOSITORY / name, project / name)
    for name in (
        "generator/__init__.py",
        "theme/assets/charts.js",
        "theme/assets/narrow.js",
        "data/handbook.yml",
        "content/index.md",
        "tests/browser/node_modules/axe-core/axe.js",
    ):
        (project / name).parent.mkdir(parents=True, exist_ok=True)
        text = '__version__ = "1.0"\n' if name.endswith("__init__.py") else ""  # the one place of the version
        (project / name).write_text(text, encoding="utf-8")
    command = (sys.executable, "-m", "hatchling", "build", "--directory", out)
    subprocess.run(command, cwd=project, check=True, capture_output=True)
    (archive,), (wheel,) = out.glob("*.tar.gz"), out.glob("*.whl")
    with tarfile.open(archive) as sources, zipfile.ZipFile(wheel) as packed:
        held = sources.getnames(), packed.namelist()
    assert any(name.endswith("tests/browser/package.json") for name in held[0])
    assert any(name == "generator/__init__.py" for name in held[1])
    assert not [name for names in held for name in names if "node_modules" in name]


def test_an_installed_wheel_begins_a_handbook_and_builds_it(wheel: Path, tmp_path: Path) -> None:
    installed, project, site = tmp_path / "installed", tmp_path / "project", tmp_path / "out"
    subprocess.run((*PIP, "install", "--no-deps", "--no-index", "--target", installed, wheel), check=True)
    # Before every other place, the checkout's own editable install among them.
    environment = os.environ | {"PYTHONPATH": str(installed), "PYTHONSAFEPATH": "1"}

    def run(*arguments: str | Path) -> str:
        return subprocess.run(
            (sys.executable, *arguments),
            cwd=tmp_path, env=environment, check=True, text=True, encoding="utf-8", stdout=subprocess.PIPE,
        ).stdout  # fmt: skip

    where = run("-c", "import generator; print(generator.__file__)")
    assert Path(where.strip()).is_relative_to(installed)
    handbook = ("-c", "from generator.cli import main; main()")
    run(*handbook, "init", project)
    run(*handbook, "add", "recruiting", "--project", project, "--unit", "company")
    run(*handbook, "check", "--strict", project)
    run(
        "-m",
        "mkdocs",
        "build",
        "--strict",
        "--quiet",
        "--config-file",
        project / "mkdocs.yml",
        "--site-dir",
        site,
    )
    for page in (
        "index.html",
        "en/index.html",
        "indicators/time-to-fill.html",
        "en/indicators/time-to-fill.html",
        "pilots/service-desk-pilot.html",
        "cases/ask-once.html",
        "guide/reading-charts.html",
    ):
        assert (site / page).is_file(), f"{page} was not built"


def test_the_list_of_parts_begins_with_our_name_and_version() -> None:
    """Its maker reads both from a pyproject.toml; ours looks the version up in the code."""
    made = tomllib.loads(released())["project"]
    assert (made["name"], made["version"]) == ("indicator-handbook", __version__)
    assert "dynamic" not in made
    (recipe,) = re.findall(r"^sbom:.*\n((?:\t.*\n)+)", (REPOSITORY / "Makefile").read_text(), re.MULTILINE)
    assert "docs/released_project.py > dist/pyproject.toml" in recipe
    assert "--pyproject dist/pyproject.toml" in recipe
