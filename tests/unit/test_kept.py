"""What is kept between builds is believed only where this user wrote it, under its own name."""

from __future__ import annotations

import hashlib
import stat
import sys
from pathlib import Path

import pytest

from generator.present import kept
from generator.present.charts.draw import Drawings
from generator.present.kept import Kept, secret_file
from generator.present.page import Page, Section

SPEC = {
    "data": {"values": [{"x": 1, "y": 2}]},
    "mark": "bar",
    "encoding": {"x": {"field": "x", "type": "ordinal"}, "y": {"field": "y", "type": "quantitative"}},
}


@pytest.fixture(autouse=True)
def another_user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A user without a secret yet, far from the one who runs the tests."""
    for name in ("XDG_CACHE_HOME", "LOCALAPPDATA", "HOME"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    kept._secret.cache_clear()


@pytest.fixture(autouse=True)
def forgotten() -> object:
    """No secret of a test is left to the next one."""
    yield
    kept._secret.cache_clear()


def test_what_was_kept_is_found_again_by_another_process(tmp_path: Path) -> None:
    Kept(tmp_path / "c").put("a/b", b"drawing")
    kept._secret.cache_clear()  # as another process: the secret is read from its file
    assert Kept(tmp_path / "c").get("a/b") == b"drawing"
    assert Kept(tmp_path / "c").get("a/c") is None
    assert Kept(None).get("a/b") is None


ALTERED = {
    "a letter of the content": lambda data: data[:-1] + b"G",
    "the whole content, with a hash made anew": lambda data: (
        hashlib.sha256(b"<script>").hexdigest().encode() + b"\n<script>"
    ),
    "cut short": lambda data: data[:-3],
    "empty": lambda data: b"",
    "without its code": lambda data: data[65:],
    "another letter in the code": lambda data: bytes([data[0] ^ 1]) + data[1:],
}


@pytest.mark.parametrize("how", ALTERED)
def test_an_altered_entry_is_none(tmp_path: Path, how: str) -> None:
    Kept(tmp_path / "c").put("name", b"drawing")
    file = tmp_path / "c/name"
    file.write_bytes(ALTERED[how](file.read_bytes()))
    assert Kept(tmp_path / "c").get("name") is None


def test_an_entry_under_another_name_is_none(tmp_path: Path) -> None:
    Kept(tmp_path / "c").put("good", b"drawing")
    (tmp_path / "c/good").rename(tmp_path / "c/bad")
    assert Kept(tmp_path / "c").get("bad") is None


def test_an_entry_of_another_user_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Kept(tmp_path / "c").put("name", b"drawing")
    for name in ("XDG_CACHE_HOME", "LOCALAPPDATA", "HOME"):
        monkeypatch.setenv(name, str(tmp_path / "theirs"))
    kept._secret.cache_clear()
    assert Kept(tmp_path / "c").get("name") is None


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps a user's folders from others by itself")
def test_the_secret_is_its_users_alone(tmp_path: Path) -> None:
    Kept(tmp_path / "c").put("name", b"drawing")
    file = secret_file()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert not file.is_relative_to(tmp_path / "c")
    file.chmod(0o644)  # others could have read it: a new one, and what was kept with the old one is none
    kept._secret.cache_clear()
    assert Kept(tmp_path / "c").get("name") is None
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_where_nothing_can_be_written_the_work_goes_on(tmp_path: Path) -> None:
    (tmp_path / "c").write_text("a file where the folder would be", encoding="utf-8")
    (tmp_path / "home").write_text("no home either", encoding="utf-8")
    entries = Kept(tmp_path / "c")
    entries.put("name", b"drawing")
    assert entries.get("name") is None
    entries.tidy()


def test_half_written_entries_of_the_killed_are_removed(tmp_path: Path) -> None:
    entries = Kept(tmp_path / "c")
    entries.put("a/name", b"drawing")
    (tmp_path / "c/a/x.part").write_bytes(b"half")
    entries.tidy()
    assert [path.name for path in (tmp_path / "c/a").iterdir()] == ["name"]


def drawn(cache: Path) -> tuple[str, bytes]:
    """A page with one chart, and the script for the interactive view."""
    drawings = Drawings(cache)
    mark, _ = drawings.place(SPEC, "chart", "Title", "Description")
    (page,) = drawings.fill([Page("x.md", "x", "en", "home", sections=(Section("s", 2, "s", mark),))])
    return str(page.sections[0].html), drawings.files["assets/vega.js"]


def test_a_drawing_that_was_altered_with_script_reaches_no_page(tmp_path: Path) -> None:
    """Somebody's project came with drawings: <script> in a picture, and in the script that moves pictures."""
    fresh = drawn(tmp_path / "c")
    entries = [path for path in (tmp_path / "c").rglob("*") if path.is_file()]
    assert len(entries) == 2
    for entry in entries:
        evil = b'<svg width="1" height="1"><script>alert(1)</script></svg>'
        entry.write_bytes(hashlib.sha256(evil).hexdigest().encode() + b"\n" + evil)
    assert drawn(tmp_path / "c") == fresh
    for entry in entries:
        entry.write_bytes(evil)
    assert drawn(tmp_path / "c") == fresh
    assert b"alert(1)" not in b"".join(entry.read_bytes() for entry in entries), "made anew and kept"
