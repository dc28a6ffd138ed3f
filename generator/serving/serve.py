"""Follows the files of a handbook and serves its pages until it is interrupted."""

from __future__ import annotations

import errno
import gc
import logging
import os
import shutil
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

from generator.messages import said
from generator.pipeline import Request
from generator.present.theme_files import theme_dir
from generator.serving.handbook import FaultyError, ServedHandbook
from generator.serving.server import Server
from generator.serving.state import ServedState
from generator.serving.watched import FileTimes, look, settings_files
from generator.serving.whole import WholeBuild, WholeJob
from generator.site.staged import SiteError, configuration
from generator.site.workplace import scratch

log = logging.getLogger("handbook.serve")
BETWEEN = 0.15
"""Seconds between two looks at the files."""
AFTER = 1.5
"""Seconds after which all pages are built anew: what is looked at comes first, and a next change may come."""
SETTLED = 0.03
"""Seconds that files are left alone before they are read: editors write in several steps."""


def serve(project: Path, address: str, asked: Request) -> None:
    """Serve until interrupted; SiteError where nothing can be served at the address."""
    host, port = _address(address)
    with scratch() as folder:
        made = folder / "pages"
        made.mkdir()
        handbook = ServedHandbook(project, asked, made)
        state = ServedState(handbook)
        with _listening(host, port, state) as server:
            log.info(said(f"serving on http://{host}:{server.server_address[1]}{server.below}"))
            following = _Following(project, asked, folder, state, server)
            try:
                following.forever()
            except KeyboardInterrupt:
                log.info(said("ended"))
            finally:
                following.stop()
                state.end()


class _Following:
    """The one that looks at the files, reads them and has them built."""

    def __init__(
        self, project: Path, asked: Request, folder: Path, state: ServedState, server: Server
    ) -> None:
        self._project, self._asked, self._folder = project, asked, folder
        self._state, self._server = state, server
        self._environment = dict(os.environ)
        self._build: WholeBuild | None = None
        self._number = 0
        self._due: float | None = None
        """When the next build begins."""
        self._shown: FileTimes | None = None
        """The files that the served pages are of."""
        self._others: tuple[Path, ...] = ()
        """What mkdocs.yml names of files that lie elsewhere."""
        self._places = _places(project, ())

    def forever(self) -> None:
        """Look at the files again and again."""
        gc.disable()  # a look for cycles goes over all figures; it is done when nobody waits
        seen: FileTimes | None = None
        while True:
            now = look(self._places)
            if now != seen:
                now = self._settled(now)
                self._follow(now, seen)
                seen = now
            if self._due is not None and time.monotonic() >= self._due:
                self._start()
            self._built()
            time.sleep(BETWEEN)

    def _settled(self, now: FileTimes) -> FileTimes:
        """The files once nobody writes them any more."""
        while True:
            time.sleep(SETTLED)
            again = look(self._places)
            if again == now:
                return now
            now = again

    def _follow(self, now: FileTimes, before: FileTimes | None) -> None:
        """Show what the files say now."""
        if now == self._shown:  # mended by taking back what was wrong
            self._state.faulty("")
            if not self._state.whole and self._build is None:
                self._due = time.monotonic()
            return
        settings = before is None or self._touches_settings(now, before)
        self.stop()
        begun = time.perf_counter()
        try:
            if settings:
                self._set_up()
            self._state.handbook.renew(settings)
        except FaultyError as fault:
            log.error(str(fault))
            log.error(said("the pages stay as they were"))
            self._state.faulty(str(fault))
            return
        log.info(said(f"the files were read in {time.perf_counter() - begun:.1f} s"))
        self._shown = now
        self._state.root = self._state.handbook.languages[0]
        self._state.renewed()
        self._due = time.monotonic() + (AFTER if self._state.site else 0)

    def _touches_settings(self, now: FileTimes, before: FileTimes) -> bool:
        """Whether anything but data and texts changed."""
        own = tuple(f"{self._project / name}{os.sep}" for name in ("data", "content", "labels"))
        return any(now.get(path) != before.get(path) and not path.startswith(own) for path in {*now, *before})

    def _set_up(self) -> None:
        """What mkdocs.yml says of where things lie; FaultyError where it cannot be read."""
        folder = self._folder / "settings"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        self._places = _places(self._project, self._others)  # those that it goes on from, faulty or not
        try:
            config: Any = configuration(self._project, folder)
        except SiteError as error:
            raise FaultyError(str(error)) from None
        hooks = (Path(hook) for hook in config.get("hooks") or ())
        own = (Path(place) for place in config.theme.dirs[:1] if config.theme.custom_dir)
        self._others = (Path(config.docs_dir), *map(Path, config.watch), *hooks, *own)
        self._places = _places(self._project, self._others)
        self._server.below = urlsplit(config.site_url or "/").path.rstrip("/") + "/"

    def _start(self) -> None:
        self._due = None
        self._number += 1
        job = WholeJob(self._project, self._asked.edition, self._asked.as_of, self._asked.languages)
        self._build = WholeBuild(job, self._folder / f"build-{self._number}", self._environment)

    def _built(self) -> None:
        """Take a build that is done."""
        build = self._build
        if build is None or build.running:
            return
        self._build = None
        if build.failed:
            build.stop()
            why = build.told or said("the site could not be built")
            log.error(why)
            log.error(said("the pages stay as they were"))
            self._state.faulty(why)
            return
        for line in build.told.splitlines():
            log.info(line)
        before = self._state.site
        self._state.handbook.outlined(build.outlines())
        self._state.built(build.site)
        if before is not None:
            shutil.rmtree(before.parent, ignore_errors=True)
        log.info(said("all pages are built"))
        self._state.handbook.warm()
        gc.collect()

    def stop(self) -> None:
        """End a build that is under way, or due."""
        self._due = None
        if self._build is not None:
            self._build.stop()
            shutil.rmtree(self._build.folder, ignore_errors=True)
            self._build = None


def _places(project: Path, others: Iterable[Path]) -> tuple[Path, ...]:
    own = (project / name for name in ("data", "content", "labels"))
    return tuple(dict.fromkeys((*own, *settings_files(project / "mkdocs.yml"), theme_dir(), *others)))


def _address(address: str) -> tuple[str, int]:
    host, _, port = address.rpartition(":")
    if not host or not port.isdecimal():
        raise SiteError(f"{address} is no address; write host and port, e.g. 127.0.0.1:8000")
    if int(port) > 65535:
        raise SiteError(f"{address} is no address: a port is at most 65535")
    return host.strip("[]"), int(port)


@contextmanager
def _listening(host: str, port: int, state: ServedState) -> Iterator[Server]:
    """The server, answering; SiteError where the address cannot be had."""
    try:
        server = Server(host, port, state)
    except OSError as error:
        if error.errno not in (errno.EADDRINUSE, errno.EACCES, errno.EADDRNOTAVAIL):
            raise
        reason = "is in use" if error.errno == errno.EADDRINUSE else "cannot be used"
        raise SiteError(f"{host}:{port} {reason}; choose another one with --address") from None
    thread = Thread(target=server.serve_forever, args=(0.1,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
