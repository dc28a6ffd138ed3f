"""Answers browsers: the site's files, each page with a line that lets it follow the files it is made of."""

from __future__ import annotations

import json
import mimetypes
import posixpath
import socket
from functools import lru_cache
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from urllib.parse import parse_qs, unquote, urlsplit

from markupsafe import Markup

from generator.present.text.words import Words
from generator.serving.state import Served, ServedState
from generator.site.notice import empty_page, with_notice, with_partly

OWN = "/.handbook/"
"""Addresses of what serving adds; nothing of a site begins with a dot."""
_LIVE = Markup('<script src="{}live.js" data-state="{}"></script>')
_TYPES = {".js": "text/javascript", ".md": "text/markdown", ".yml": "text/yaml", ".csv": "text/csv"}


class Server(ThreadingHTTPServer):
    """Listens at an address; OSError where it cannot."""

    daemon_threads = True

    def __init__(self, host: str, port: int, state: ServedState, below: str = "/") -> None:
        """`below`: where the site begins, as its own address in mkdocs.yml says."""
        self.state, self.below = state, below
        if ":" in host:
            self.address_family = socket.AF_INET6
        super().__init__((host, port), _Answers)

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that went away is nobody's fault."""


class _Answers(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Server

    def do_GET(self) -> None:
        """A file, a page, or news."""
        asked = urlsplit(self.path)
        if asked.path.startswith(OWN):
            self._own(
                asked.path.removeprefix(OWN), {name: last[-1] for name, last in parse_qs(asked.query).items()}
            )
            return
        path = self._place(unquote(asked.path))
        found = self.server.state.answer(path)
        if found is None and not posixpath.splitext(path)[1]:
            found = self.server.state.answer(posixpath.join(path, "index.html"))
            if found is not None:
                self._moved(f"{asked.path}/")
                return
        if found is None:
            self._missing(path)
        else:
            self._sent(HTTPStatus.OK, path, self._shown(found))

    do_HEAD = do_GET  # noqa: N815  # the library calls it so

    def _place(self, path: str) -> str:
        """The address as a path below the site."""
        below = self.server.below
        inside = path.removeprefix(below) if path.startswith(below) else path.lstrip("/")
        inside = posixpath.normpath(f"/{inside}").lstrip("/") + ("/" if inside.endswith("/") else "")
        return f"{inside}index.html" if not inside or inside.endswith("/") else inside

    def _shown(self, found: Served) -> bytes:
        """A page with what serving says on it; other files as they are."""
        if not found.path.endswith(".html"):
            return found.content
        text = found.content.decode("utf-8")
        if found.partly:
            text = with_partly(text, _words(found.language)("serve.partly"))
        if found.broken:
            text = with_notice(text, found.broken)
        return _followed(text, found.state).encode()

    def _missing(self, path: str) -> None:
        """The site's own page for what is not there; before there is a site, one that says why."""
        state = self.server.state
        page = state.answer("404.html")
        if page is not None:
            self._sent(HTTPStatus.NOT_FOUND, "404.html", self._shown(page))
        elif not path.endswith(".html"):
            self._sent(HTTPStatus.NOT_FOUND, "404.txt", b"")
        else:
            language = state.root or "en"
            text = empty_page(language, _words(language)("serve.waiting"))
            text = with_notice(text, state.broken) if state.broken else text
            self._sent(HTTPStatus.OK, path, _followed(text, f"{state.name}+").encode())

    def _own(self, name: str, asked: dict[str, str]) -> None:
        if name == "live.js":
            self._sent(HTTPStatus.OK, name, files("generator.serving").joinpath(name).read_bytes())
        elif name == "state":
            path = self._place(asked.get("page", ""))
            state, load = self.server.state.news(asked.get("shown", ""), path)
            self._sent(HTTPStatus.OK, "state.json", json.dumps({"state": state, "load": load}).encode())
        else:
            self._sent(HTTPStatus.NOT_FOUND, "404.txt", b"")

    def _moved(self, address: str) -> None:
        self.send_response(HTTPStatus.FOUND)
        self.send_header("Location", address)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _sent(self, status: HTTPStatus, path: str, content: bytes) -> None:
        end = posixpath.splitext(path)[1]
        kind = _TYPES.get(end) or mimetypes.guess_type(path)[0] or "application/octet-stream"
        self.send_response(status)
        text = kind.startswith("text/") or kind.endswith(("json", "xml"))
        self.send_header("Content-Type", kind + ("; charset=utf-8" if text else ""))
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:
        """Which files a browser asks for is of no interest."""


@lru_cache
def _words(language: str) -> Words:
    return Words(language)


def _followed(page: str, state: str) -> str:
    """A page that asks for news of itself."""
    line = _LIVE.format(OWN, state)
    head, end, tail = page.rpartition("</body>")
    return f"{head}{line}{end}{tail}" if end else f"{page}{line}"
