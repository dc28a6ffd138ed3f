"""An unchanged handbook is not computed again, and what is given out instead is what a build would make."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator import build_command
from generator.cli import main
from generator.present import kept
from generator.site.made_from import _inputs
from tests.built import ROOT, copied, files, run

RECORDED = """
import sys
opened = set()
def told(event, args):
    if event in ("open", "os.scandir", "os.listdir") and isinstance(args[0], str):
        opened.add((event, args[0]))
sys.addaudithook(told)
from generator.cli import main
main(["build", sys.argv[1], "--out", sys.argv[2]], standalone_mode=False)
print(*sorted(path for event, path in opened if event == "open"), sep="\\n")
"""


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, str]:
    """A small handbook, the site that was built from nothing, and the files that were opened for it."""
    folder = tmp_path_factory.mktemp("kept")
    project = copied(ROOT / "examples/minimal", folder / "project")
    (project / "content").mkdir(exist_ok=True)
    (project / "content/note.md").write_text("# Note\n\n![plan](plan.svg)\n", encoding="utf-8")
    (project / "content/plan.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>", encoding="utf-8")
    (project / "labels").mkdir()
    (project / "labels/en.yml").write_text("chapters:\n  pilots: Trials\n", encoding="utf-8")
    done = run(sys.executable, "-c", RECORDED, project, folder / "site")
    assert done.returncode == 0, done.stderr
    return project, folder / "site", done.stdout


@pytest.fixture
def project(first: tuple[Path, Path, str], tmp_path: Path) -> Path:
    """The handbook with what is kept of it, for a test to spoil."""
    return shutil.copytree(first[0], tmp_path / first[0].name)


class _BuiltError(Exception):
    """The build was not spared."""


@pytest.fixture(autouse=True)
def never_from_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A build from nothing takes seconds: here it is only told that there would be one."""

    def told(*_: object) -> None:
        raise _BuiltError

    monkeypatch.setattr(build_command, "_from_nothing", told)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)


def build(project: Path, *options: str) -> Result:
    return CliRunner().invoke(main, ["build", str(project), "--out", str(project.parent / "again"), *options])


def spared(project: Path, *options: str) -> bool:
    done = build(project, *options)
    assert done.exit_code == 0 or "_BuiltError" in done.stderr, done.output
    return done.exit_code == 0


def test_an_unchanged_handbook_gives_the_same_bytes(first: tuple[Path, Path, str], project: Path) -> None:
    done = build(project)
    assert done.exit_code == 0, done.output
    assert "pages; open" in done.output
    assert "handbook check` lists" in done.output
    assert files(project.parent / "again") == files(first[1])


def test_every_file_that_a_build_opens_is_one_that_it_is_made_from(first: tuple[Path, Path, str]) -> None:
    project, _, opened = first
    inside = {
        Path(path).relative_to(project).as_posix()
        for path in opened.splitlines()
        if path.startswith(f"{project}/") and ".handbook-cache" not in path
    }
    read = {path for path in inside if (project / path).is_file()}
    assert read >= {"data/handbook.yml", "content/plan.svg", "labels/en.yml"}
    assert read <= {path for path, _ in _inputs(project)}


CHANGES = {
    "an indicator": ("data/indicators/reply-time.yml", "decimals: 1", "decimals: 2"),
    "a result": ("data/results/2025.csv", "2025-03", "2025-12"),
    "the handbook": ("data/handbook.yml", "smallest", "least"),
    "a page": ("content/note.md", "Note", "Word"),
    "a picture": ("content/plan.svg", "<svg", "<svg width='1'"),
    "words": ("labels/en.yml", "Trials", "Tests"),
}


@pytest.mark.parametrize("what", CHANGES)
def test_a_changed_file_is_built_from_nothing(project: Path, what: str) -> None:
    name, old, new = CHANGES[what]
    text = (project / name).read_text(encoding="utf-8")
    assert old in text
    (project / name).write_text(text.replace(old, new), encoding="utf-8")
    assert not spared(project)
    (project / name).write_text(text, encoding="utf-8")
    assert spared(project)


def test_what_is_asked_for_otherwise_is_built_from_nothing(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not spared(project, "--edition", "board")
    assert not spared(project, "--language", "zh")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    assert not spared(project)


def test_an_altered_page_of_the_cache_reaches_no_site(project: Path) -> None:
    """Somebody's project came with finished pages, one of them with a script."""
    for file in (project / ".handbook-cache/files").rglob("*"):
        if file.is_file() and b"</html>" in file.read_bytes():
            file.write_bytes(file.read_bytes().replace(b"</body>", b"<script>alert(1)</script></body>"))
    assert not spared(project)
    assert not (project.parent / "again").exists()


def test_a_project_that_came_from_another_user_is_built_from_nothing(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("XDG_CACHE_HOME", "LOCALAPPDATA", "HOME"):
        monkeypatch.setenv(name, str(tmp_path / "theirs"))
    kept._secret.cache_clear()
    try:
        assert not spared(project)
    finally:
        kept._secret.cache_clear()
