"""Where a site may be written: what a build wrote is replaced, what others put there stays, failures undo."""

from __future__ import annotations

import json
import shutil
from hashlib import sha256
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli import main
from generator.site.owned import MARKER, SUMS, mark, owned, strangers
from generator.site.target import (
    EXPORT,
    TargetError,
    refuse_file,
    refuse_new,
    refuse_source,
    refuse_target,
    refuse_zip,
    swap,
)
from tests.built import files

PAGE = '<link rel="stylesheet" href="assets/handbook.css">'
NEW = {"index.html": f"{PAGE} new", "assets/handbook.css": "c", "indicators/b.html": f"{PAGE} b"}
OLD = {"index.html": f"{PAGE} old", "assets/handbook.css": "c", "indicators/a.html": f"{PAGE} a"}
THEIRS = {"CNAME": "kpi.example.org", ".git/HEAD": "ref", ".nojekyll": "", "report/index.html": "mine",
          "indicators/mine.html": "mine"}  # fmt: skip


def written(folder: Path, content: dict[str, str]) -> Path:
    for name, text in content.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def target(tmp_path: Path) -> Path:
    """A site of ours, written by a build."""
    mark(written(tmp_path / "project/site", OLD))
    return tmp_path / "project/site"


@pytest.fixture
def root(target: Path) -> Path:
    return target.parent


@pytest.fixture
def new(tmp_path: Path) -> Path:
    """A finished site that is to take its place."""
    mark(written(tmp_path / "project/.site-x/site", NEW))
    return tmp_path / "project/.site-x/site"


def texts(folder: Path) -> dict[str, str]:
    """What a folder holds, without the marker and the fingerprints."""
    lists = (MARKER, SUMS)
    return {name: data.decode() for name, data in files(folder).items() if name not in lists}


def test_the_marker_lists_the_files_of_a_site_and_is_the_same_each_time(target: Path) -> None:
    first = (target / MARKER).read_bytes()
    assert first.decode().splitlines()[1:] == sorted([*OLD, MARKER, SUMS])
    mark(target)
    assert (target / MARKER).read_bytes() == first


def test_only_what_a_build_wrote_goes(target: Path, new: Path, root: Path) -> None:
    written(target, THEIRS)
    refuse_target(target, root)
    swap(new, target, root)
    assert texts(target) == NEW | THEIRS
    assert sorted(path.name for path in root.iterdir()) == [".site-x", "site"]


def test_a_link_that_somebody_put_there_is_moved_and_not_followed(
    target: Path, new: Path, root: Path, tmp_path: Path
) -> None:
    written(tmp_path / "elsewhere", {"a.txt": "theirs"})
    (target / "linked").symlink_to(tmp_path / "elsewhere")
    (target / "broken").symlink_to("nowhere")
    swap(new, target, root)
    assert (target / "linked/a.txt").read_text(encoding="utf-8") == "theirs"
    assert (target / "broken").is_symlink()


def test_a_name_that_both_have_stops_before_anything_is_changed(target: Path, new: Path, root: Path) -> None:
    written(target, {"indicators/b.html": "mine"})
    before = files(root)
    with pytest.raises(
        TargetError, match=r"b\.html was not written by a build, and the new site has a file of"
    ):
        swap(new, target, root)
    assert files(root) == before
    written(target, {"indicators/b.html": NEW["indicators/b.html"]})
    swap(new, target, root)
    assert texts(target) == NEW


def test_a_file_where_the_new_site_has_a_folder_stops_too(target: Path, new: Path, root: Path) -> None:
    shutil.rmtree(target / "indicators")
    written(target, {"indicators": "mine"})
    with pytest.raises(TargetError, match="indicators was not written by a build"):
        swap(new, target, root)
    assert (target / "indicators").read_text(encoding="utf-8") == "mine"


def test_a_swap_that_fails_leaves_the_old_site(
    target: Path, new: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(target, THEIRS)
    before = texts(target)
    moved = Path.rename

    def refused(self: Path, place: Path) -> Path:
        if self == new:
            raise PermissionError("no")
        return moved(self, place)

    monkeypatch.setattr(Path, "rename", refused)
    with pytest.raises(TargetError, match="cannot be replaced: no"):
        swap(new, target, root)
    assert texts(target) == before
    assert not (root / ".site-old").exists()


def test_a_swap_that_was_cut_off_is_taken_up(target: Path, new: Path, root: Path) -> None:
    """Cut off before the new site stood: the old one waits. Cut off after it: theirs wait."""
    written(target, THEIRS)
    target.rename(root / ".site-old")
    refuse_target(target, root)
    swap(new, target, root)
    assert texts(target) == NEW | THEIRS
    mark(written(root / ".site-old", OLD | {"late.txt": "theirs", ".env": "theirs"}))
    (root / ".site-old" / MARKER).unlink()
    mark(written(root / "listed", OLD))
    shutil.copy(root / "listed" / MARKER, root / ".site-old")
    mark(written(root / ".site-y/site", NEW))
    refuse_target(target, root)
    swap(root / ".site-y/site", target, root)
    assert texts(target) == NEW | THEIRS | {"late.txt": "theirs", ".env": "theirs"}
    assert not (root / ".site-old").exists()


def test_a_leftover_that_is_not_ours_is_told(target: Path, root: Path) -> None:
    written(root / ".site-old", {"thesis.txt": "mine"})
    with pytest.raises(
        TargetError, match=r"\.site-old is in the way and was not written by a build; move it"
    ):
        refuse_target(target, root)
    assert texts(root / ".site-old") == {"thesis.txt": "mine"}


REFUSED: dict[str, dict[str, str]] = {
    "somebody's site": {"index.html": "<p>mine", ".git/HEAD": "ref", "CNAME": "kpi.example.org"},
    "somebody's site that uses our style": {"index.html": PAGE},
    "a site of an earlier version with somebody's pages": OLD | {"report/index.html": "mine"},
    "a site of an earlier version with somebody's file": OLD | {"thesis.docx": "mine"},
    "another program's marker": {MARKER: "my notes\nindex.html\n", "index.html": "mine"},
    "a text": {"thesis.txt": "mine"},
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_folder_that_no_build_wrote_is_refused(case: str, tmp_path: Path) -> None:
    folder = written(tmp_path / "out", REFUSED[case])
    with pytest.raises(TargetError, match="was not written by `handbook`"):
        refuse_target(folder, tmp_path / "project")
    assert texts(folder) == {name: text for name, text in REFUSED[case].items() if name != MARKER}


TAKEN: dict[str, dict[str, str]] = {
    "empty": {},
    "a fresh checkout": {".git/HEAD": "ref", "CNAME": "kpi.example.org", ".nojekyll": ""},
    "a site of an earlier version": OLD
    | {"CNAME": "x", ".git/HEAD": "ref", "404.html": "", "en/index.html": PAGE},
}


@pytest.mark.parametrize("case", TAKEN)
def test_a_folder_that_may_be_replaced(case: str, new: Path, tmp_path: Path) -> None:
    folder, root = written(tmp_path / "out", TAKEN[case]), tmp_path / "project"
    folder.mkdir(exist_ok=True)
    refuse_target(folder, root)
    swap(new, folder, root)
    stays = {name: text for name, text in TAKEN[case].items() if name.startswith(".") or name == "CNAME"}
    assert texts(folder) == NEW | stays


def test_what_came_from_the_content_is_known_in_a_site_of_an_earlier_version(tmp_path: Path) -> None:
    written(tmp_path / "project/content", {"pictures/a.png": "a"})
    folder = written(tmp_path / "out", OLD | {"pictures/a.png": "a"})
    assert owned(folder) is None
    refuse_target(folder, tmp_path / "project")


def test_a_frozen_review_of_an_earlier_version_is_known_by_its_sums(tmp_path: Path) -> None:
    manifest = json.dumps({"format": "indicator-handbook-review/1"})
    folder = written(tmp_path / "review-2025-Q4", OLD | {"manifest.json": manifest})
    sums = "".join(f"{sha256(data).hexdigest()}  {name}\n" for name, data in files(folder).items())
    written(folder, {"SHA256SUMS": sums, "minutes.docx": "theirs"})
    own = owned(folder)
    assert own == {*OLD, "manifest.json", "SHA256SUMS"}
    assert strangers(folder, own) == ["minutes.docx"]
    refuse_target(folder, tmp_path / "project", again=True)


@pytest.mark.parametrize("waits", [False, True])
def test_a_build_leaves_a_frozen_review_as_it_is(waits: bool, tmp_path: Path) -> None:
    """Also one that waits beside its place, where replacing it was cut off."""
    place = tmp_path / "review-2025-Q4"
    folder = written(tmp_path / ".review-2025-Q4-old" if waits else place, OLD)
    written(folder, {"manifest.json": json.dumps({"format": "indicator-handbook-review/1"})})
    mark(folder)
    written(tmp_path / "project", {"data/handbook.yml": ""})
    before = files(tmp_path)
    done = CliRunner().invoke(main, ["build", str(tmp_path / "project"), "--out", str(place)])
    assert (done.exit_code, files(tmp_path)) == (2, before)
    assert f"{folder} is a review that was frozen; keep it and name another folder" in done.output
    assert "or replace it by `handbook review` with --again" in done.output
    refuse_target(place, tmp_path / "project", again=True)


@pytest.mark.parametrize(
    "name",
    [
        "mkdocs.yml", "pyproject.toml", "README.md", "data/new.json", "content/new.md", "theme/new.json",
        "theme/templates/page.html.jinja", "mkdocs.yml/new.json",
    ],
)  # fmt: skip
@pytest.mark.parametrize("there", [False, True])
def test_no_place_that_a_handbook_is_read_from_is_written_to(name: str, there: bool, tmp_path: Path) -> None:
    root = tmp_path / "project"
    if there and "mkdocs.yml/" not in name:
        written(root, {name: '{"format": "indicator-handbook/1"'})
    for refuse in (
        lambda: refuse_file(root / name, root, EXPORT, "earlier export"),
        lambda: refuse_target(root / name, root),
        lambda: refuse_new(root / name, root),
    ):
        with pytest.raises(TargetError, match="name another place"):
            refuse()


def test_a_zip_that_is_a_link_or_no_review_is_refused(tmp_path: Path) -> None:
    refuse_zip(tmp_path / "none.zip")
    (tmp_path / "theirs.zip").write_bytes(b"theirs")
    (tmp_path / "link.zip").symlink_to("none.zip")
    for name in ("theirs.zip", "link.zip"):
        with pytest.raises(TargetError, match="is no earlier review's zip"):
            refuse_zip(tmp_path / name)


@pytest.mark.parametrize("place", ["data", "data/schemas/pilot.json", "content/all.json"])
def test_the_sources_of_another_project_are_refused_too(tmp_path: Path, place: str) -> None:
    """A command run from outside knows another root, or none."""
    handbook = tmp_path / "theirs" / "data" / "handbook.yml"
    handbook.parent.mkdir(parents=True)
    handbook.touch()
    (tmp_path / "elsewhere").mkdir()
    with pytest.raises(TargetError, match="lies in"):
        refuse_source(tmp_path / "theirs" / place, tmp_path / "elsewhere", place)
    refuse_source(tmp_path / "theirs" / "out" / "all.json", tmp_path / "elsewhere", place)
