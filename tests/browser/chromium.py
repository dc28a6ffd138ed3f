"""A browser without a window, a server for a site, and which pages of a site are worth a visit."""

from __future__ import annotations

import gzip
import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from tests.built import Site

ARGUMENTS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
TABLET = {"width": 768, "height": 1024}


def executable() -> str | None:
    """The Chromium of this machine; where HANDBOOK_CHROMIUM is set, that one and no other."""
    named = os.environ.get("HANDBOOK_CHROMIUM")
    names = (named,) if named else ("chromium", "chromium-browser", "google-chrome")
    return next((found for name in names if (found := shutil.which(name))), None)


class _Handler(SimpleHTTPRequestHandler):
    """Says nothing: a browser that leaves a page while it is being sent is no fault."""

    def log_message(self, format: str, *args: object) -> None:
        pass

    def handle(self) -> None:
        try:
            super().handle()
        except ConnectionError:
            self.close_connection = True


class _Packing(_Handler):
    """Sends texts compressed, as servers of sites do."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        kind = self.guess_type(str(path))
        if not path.is_file():
            self.send_error(404)
            return
        body, text = (
            path.read_bytes(),
            kind.startswith("text/") or kind.endswith(("json", "javascript", "xml")),
        )
        packed = text and "gzip" in self.headers.get("Accept-Encoding", "")
        body = gzip.compress(body, 6, mtime=0) if packed else body
        self.send_response(200)
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if text else kind)
        if packed:
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def served(folder: Path, packed: bool = False) -> Iterator[str]:
    """Serve a folder, its texts compressed where they are `packed`; gives its address. The folder's parent is
    the server's root, so it is a sub-path."""
    handler = partial(_Packing if packed else _Handler, directory=str(folder.parent))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/{folder.name}/"
        finally:
            server.shutdown()
            thread.join()


def page_kinds(site: Site) -> tuple[str, ...]:
    """One page of each kind by its path inside a language: of every folder its index and its largest page."""
    kinds: dict[str, str] = {}
    for page in site.own_pages(site.first):
        folder, _, name = page.rpartition("/")
        kind = page if not folder or name == "index.html" else folder
        if kind not in kinds or weight(site, page) > weight(site, kinds[kind]):
            kinds[kind] = page
    return tuple(sorted(kinds.values()))


def weight(site: Site, page: str) -> int:
    return (site.folder / page).stat().st_size
