"""What is served while files change in the middle of an answer, and how a build behind it is started."""

from __future__ import annotations

import os
import re
import subprocess
import threading
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from generator.pipeline import Request
from generator.present.page import LanguageSite
from generator.present.text.own_words import OwnWords
from generator.serving.handbook import _stands_around
from generator.serving.serve import _Following
from generator.serving.state import ServedState
from generator.serving.watched import look, settings_files
from generator.site import blame, frames, navigation, notice, pages, plugin, settings


class Handbook:
    """Makes pages; in the middle of one, something happens."""

    languages = ("en",)

    def __init__(self) -> None:
        self.meanwhile: Callable[[], None] = lambda: None

    def has(self, language: str, path: str) -> bool:
        return path == "made.md"

    def page(self, language: str, path: str) -> tuple[str, dict[str, bytes]]:
        text = f"{language} {path}"
        self.meanwhile()
        return text, {}


def served(folder: Path) -> tuple[ServedState, Handbook]:
    """A whole site of two pages, in its first state."""
    folder.mkdir()
    for name in ("made", "other"):
        (folder / f"{name}.html").write_text("of the build")
    handbook: Any = Handbook()
    state = ServedState(handbook, root="en")
    state.renewed()
    state.built(folder)
    return state, handbook


def test_a_page_made_while_the_files_changed_is_loaded_again(tmp_path: Path) -> None:
    """It is of the state before, so it may not bear the name of the newer one."""
    state, handbook = served(tmp_path / "site")
    state.renewed()
    before = state.name
    handbook.meanwhile = state.renewed
    answer = state.answer("made.html")
    assert answer is not None
    assert answer.state == f"{before}+"
    assert state.news(answer.state, "made.html") == (state.name, True)


def test_a_page_of_the_site_before_is_loaded_again_when_all_pages_are_built(tmp_path: Path) -> None:
    """A page that cannot be made by itself, perhaps because there is none any more."""
    state, _ = served(tmp_path / "site")
    whole = state.answer("other.html")
    state.renewed()
    answer = state.answer("other.html")
    assert whole is not None
    assert answer is not None
    assert (whole.state, answer.state) == ("1.0", "2.0+")
    (tmp_path / "next").mkdir()
    state.built(tmp_path / "next")
    assert state.news(answer.state, "other.html") == ("2.0", True)


def test_a_build_is_started_as_serving_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page made since has put the day of its figures into the environment: a later build has its own."""
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    state: Any = None
    following = _Following(tmp_path, Request(), tmp_path, state, state)
    given: list[dict[str, str]] = []

    def started(*_: object, env: dict[str, str], **__: object) -> object:
        given.append(env)
        return SimpleNamespace(poll=lambda: 0, wait=lambda: 0, stdin=None)

    monkeypatch.setattr(subprocess, "Popen", started)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "946684800")
    following._start()
    assert [("SOURCE_DATE_EPOCH" in env, env["PATH"]) for env in given] == [(False, os.environ["PATH"])]


def test_a_theme_beside_the_content_is_no_content(tmp_path: Path) -> None:
    """Its folder may begin with the same letters; what the frame is made of is then set up anew."""
    (tmp_path / "content").mkdir()
    (tmp_path / "content-theme").mkdir()
    page, template = tmp_path / "content/index.md", tmp_path / "content-theme/main.html"
    state: Any = None
    following = _Following(tmp_path, Request(), tmp_path, state, state)
    files = look((tmp_path / "content", tmp_path / "content-theme"))
    touched = []
    for file in (page, template):
        file.write_text("text")
        now = look((tmp_path / "content", tmp_path / "content-theme"))
        touched.append(following._touches_settings(now, files))
        files = now
    assert touched == [False, True]


def test_settings_are_read_by_one_thread_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """MkDocs keeps plugins for the process: who reads settings meanwhile would be given another's."""
    second, first = threading.Event(), threading.Event()
    alone = []

    def read(*_: object, **__: object) -> None:
        if first.is_set():
            second.set()
            return
        first.set()
        alone.append(not second.wait(0.3))

    monkeypatch.setattr(blame, "load_config", read)
    threads = [
        threading.Thread(target=blame.loaded, args=(tmp_path / "mkdocs.yml", tmp_path)) for _ in range(2)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert alone == [True]
    assert second.is_set()


def test_what_mkdocs_yml_goes_on_from_is_watched_faulty_or_not(tmp_path: Path) -> None:
    """A parent that changes would else be seen only after something else changed."""
    project, shared = tmp_path / "book", tmp_path / "shared"
    project.mkdir()
    shared.mkdir()
    own, parent, top = project / "mkdocs.yml", shared / "base.yml", shared / "top.yml"
    own.write_text("INHERIT: ../shared/base.yml\nsite_name: x\n")
    assert settings_files(own) == (own, parent), "one that is not there yet may come"
    parent.write_text("INHERIT: top.yml\ntheme: {name: material\n")
    assert settings_files(own) == (own, parent, top), "nor does a fault in it end the watching"
    parent.write_text("INHERIT: top.yml\n")
    top.write_text("INHERIT: base.yml\n")
    assert settings_files(own) == (own, parent, top), "and a circle has an end"
    following: Any = _Following(project, Request(), tmp_path, ServedState(Handbook(), "en"), None)  # type: ignore[arg-type]
    before = look(following._places)
    assert str(parent) in before
    top.write_text("site_author: y\n")
    now = look(following._places)
    assert following._touches_settings(now, before)


def site(title: str = "手册", **own: Any) -> LanguageSite:
    return LanguageSite("zh", title, (), own=OwnWords(**own))


@pytest.mark.parametrize(
    ("now", "stands"),
    [
        (site(), True),
        (site(labels={"zh": {"table.indicator": "考核项"}}), True),
        (site(labels={"zh": {"page.permalink": "链接"}}), False),
        (site(labels={"en": {"language": "Inglese"}}), False),
        (site(terms={"深色": "黑色"}), False),
        (site("另一本"), False),
    ],
)
def test_a_frame_stays_while_what_is_said_around_pages_stays(now: LanguageSite, stands: bool) -> None:
    assert _stands_around(site(), now, ("zh", "en")) is stands


def test_every_label_that_is_said_around_pages_is_looked_at() -> None:
    """A frame that stayed while one of them changed would say the old one."""
    asked: set[str] = set()
    for module in (frames, navigation, notice, pages, plugin, settings):
        text = Path(str(module.__file__)).read_text(encoding="utf-8")
        asked |= set(re.findall(r'(?:\bwords|Words\([^()]*\))\("([a-z_.]+)"', text))
    assert {"page.permalink", "language", "theme.dark", "not_found.title"} <= asked
    assert not [key for key in asked if not key.startswith(settings.AROUND)]
