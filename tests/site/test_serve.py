"""`handbook serve`: both languages over HTTP, and a change to the data is on the page soon after."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.pipeline import Request
from generator.serving.handbook import ServedHandbook
from generator.serving.whole import WholeBuild, WholeJob
from generator.site.notice import empty_site, with_notice
from tests.built import HANDBOOK, ROOT, SITES, copied, environment, handbook
from tests.ports import free_port

PATIENCE = 90
"""Seconds to wait for what takes two to five; only a server that never does it gets there."""


def fetched(address: str) -> str:
    """A page's source, or "" while the server does not answer with one."""
    try:
        with urllib.request.urlopen(address, timeout=PATIENCE) as answer:
            return str(answer.read().decode("utf-8"))
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return ""


def until(met: Callable[[], bool], process: subprocess.Popen[str]) -> bool:
    """Ask again and again until it is so, the process has ended, or patience has."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        if met():
            return True
        time.sleep(0.2)
    return False


@pytest.mark.usefixtures("interruptible")
@pytest.mark.skipif(sys.platform == "win32", reason="stops the server with SIGINT, as Ctrl-C does")
def test_serve_answers_in_both_languages_and_follows_changes(tmp_path: Path) -> None:
    project = copied(ROOT / "examples/minimal", tmp_path / "project")
    own, log = tmp_path / "temporary", tmp_path / "log"
    own.mkdir()
    address = f"127.0.0.1:{free_port()}"
    zh, en = (f"http://{address}/{place}indicators/reply-time.html" for place in ("", "en/"))
    with log.open("w", encoding="utf-8") as output, subprocess.Popen(
        (*HANDBOOK, "serve", project, "--address", address), cwd=ROOT, env=environment(TMPDIR=str(own)),
        stdout=output, stderr=subprocess.STDOUT, text=True,
    ) as process:  # fmt: skip
        try:
            assert until(lambda: "首次答复时间" in fetched(zh), process), log.read_text(encoding="utf-8")
            assert "Time to first reply" in fetched(en)
            assert "首次答复时间" not in fetched(en)
            indicator = project / "data/indicators/reply-time.yml"
            text = indicator.read_text(encoding="utf-8").replace("Time to first reply", "Hours to an answer")
            indicator.write_text(text, encoding="utf-8")
            assert until(lambda: "Hours to an answer" in fetched(en), process), log.read_text(
                encoding="utf-8"
            )
            assert "Time to first reply" not in fetched(en)
            process.send_signal(signal.SIGINT)
            process.wait(PATIENCE)
        finally:
            process.kill()
    assert "Traceback" not in log.read_text(encoding="utf-8")
    assert [path.name for path in own.iterdir() if path.name.startswith(("handbook", "mkdocs"))] == []


@pytest.mark.usefixtures("interruptible")
@pytest.mark.skipif(sys.platform == "win32", reason="stops the server with SIGINT, as Ctrl-C does")
def test_a_fault_stands_on_the_pages_until_it_is_mended(tmp_path: Path) -> None:
    project = copied(ROOT / "examples/minimal", tmp_path / "project")
    log = tmp_path / "log"
    address = f"127.0.0.1:{free_port()}"
    page = f"http://{address}/indicators/reply-time.html"
    indicator = project / "data/indicators/reply-time.yml"
    sound = indicator.read_text(encoding="utf-8")
    broken = sound.replace("frequency: month", "frequency: <monthly>")
    with log.open("w", encoding="utf-8") as output, subprocess.Popen(
        (*HANDBOOK, "serve", project, "--address", address, "--language", "en"), cwd=ROOT,
        env=environment(), stdout=output, stderr=subprocess.STDOUT, text=True,
    ) as process:  # fmt: skip
        try:
            said = log.read_text
            assert until(lambda: "Time to first reply" in fetched(page), process), said(encoding="utf-8")
            assert fetched(f"http://{address}/en/indicators/reply-time.html") == ""
            indicator.write_text(broken, encoding="utf-8")
            assert until(lambda: 'class="hb-broken"' in fetched(page), process), said(encoding="utf-8")
            shown = fetched(page)
            line = broken[: broken.index("<monthly>")].count("\n") + 1
            assert f"data/indicators/reply-time.yml:{line}:12: error[" in shown
            assert "&#39;&lt;monthly&gt;&#39;" in shown
            assert "Time to first reply" in shown, "the page as it was"
            indicator.write_text(sound, encoding="utf-8")
            assert until(lambda: "hb-broken" not in (fetched(page) or "hb-broken"), process)
        finally:
            process.kill()
    assert "Traceback" not in log.read_text(encoding="utf-8")


def test_a_page_made_by_itself_is_the_page_of_a_build(tmp_path: Path) -> None:
    """One page of every kind, in both languages, to the byte; a whole build says where pages are."""
    project = copied(SITES / "every-text", tmp_path / "project")
    handbook = ServedHandbook(project, Request(), tmp_path / "pages")
    (tmp_path / "pages").mkdir()
    handbook.renew(settings=True)
    build = WholeBuild(WholeJob(project, None, None, ()), tmp_path / "build", os.environ)
    assert build.process.wait(PATIENCE) == 0, build.told
    outlines = build.outlines()
    handbook.outlined(outlines)
    other = []
    for outline in outlines:
        folder = build.site if outline is outlines[0] else build.site / outline.language
        first = {kind: path for path, kind in reversed(outline.made_by.items())}
        for path in (
            *first.values(),
            *(page.path for page in outline.pages if page.path not in outline.made_by),
        ):
            page = path.removesuffix(".md") + ".html"
            made, files = handbook.page(outline.language, path)
            if made.encode() != (folder / page).read_bytes():
                other.append(f"{outline.language}/{page}")
            other += [
                name
                for name in files
                if not name.startswith("assets/") and files[name] != (folder / name).read_bytes()
            ]
    assert len(outlines[0].made_by) > 40
    assert other == []


def test_a_handbook_that_cannot_be_read_yet_has_a_page_to_say_so_on() -> None:
    site = empty_site("en", "Handbook")
    (page,) = site.pages
    assert (page.path, page.sections[0].html) == ("index.md", "")
    assert "<body class='x'><div" in with_notice("<body class='x'>rest", "a.yml:1:1: error")
    assert "&lt;script&gt;" in with_notice("<body>", "<script>")


def test_an_address_in_use_is_told_in_a_sentence(tmp_path: Path) -> None:
    project = copied(SITES / "one-language", tmp_path / "project")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = handbook("serve", project, "--address", f"127.0.0.1:{taken.getsockname()[1]}")
    assert "Traceback" not in done.stderr, done.stderr
    assert done.returncode in {1, 2}
    assert "in use" in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="devices of Unix")
def test_it_serves_where_nothing_can_be_told(tmp_path: Path) -> None:
    """Its log goes to a full device: pages are what it is there for."""
    project = copied(SITES / "one-language", tmp_path / "project")
    address = f"127.0.0.1:{free_port()}"
    with Path("/dev/full").open("w") as full, subprocess.Popen(
        (*HANDBOOK, "serve", project, "--address", address), cwd=ROOT, env=environment(),
        stdout=full, stderr=full, text=True,
    ) as process:  # fmt: skip
        try:
            assert until(lambda: "<html" in fetched(f"http://{address}/"), process)
            assert process.poll() is None
        finally:
            process.kill()
