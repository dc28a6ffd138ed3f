"""A second wall behind the escaping: pages have no script of their own, and a policy that runs none.

The browser is told to load scripts from the site's files alone and nothing from other hosts, so what slips
through as markup can neither run nor report. It holds from a folder too: `file:` stands in it as browsers
differ in what `'self'` means there. Styles may stand in a page: bars have their widths there. Material's
templates hold a few scripts; they are moved to files while the templates are loaded, word for word.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

from jinja2 import BaseLoader, Environment
from mkdocs.exceptions import PluginError

from generator.site.material_parts import INLINE, PUT_IN, is_own, with_own_search

FOLDER = "assets/javascripts/inline"
"""Where scripts that Material holds inline go."""
HOST = re.compile(r"https?://[A-Za-z0-9*][A-Za-z0-9.*-]*(:\d+)?(/[A-Za-z0-9._~/-]*)?")
_opening = re.compile(r"<head>\s*(<meta charset=[^>]*>)?")


def policy(outside: Iterable[str] = ()) -> str:
    """What a page may load: `outside` are hosts that the author allows besides its own."""
    own = " ".join(["'self'", "file:", *outside])
    rules = {
        "default-src": own,
        "script-src": own,
        "style-src": f"{own} 'unsafe-inline'",
        "img-src": f"{own} data:",
        "font-src": f"{own} data:",
        "object-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'self' file:",
    }
    return "; ".join(f"{name} {sources}" for name, sources in rules.items())


def hosts(allowed: Iterable[str], loaded: Iterable[str]) -> tuple[str, ...]:
    """Hosts that an author allows, and those of files that mkdocs.yml loads from elsewhere; each once."""
    for host in allowed:
        if not HOST.fullmatch(host):
            raise PluginError(f"handbook: outside: {host!r} is no host such as https://pictures.example.org")
    addresses = [urlsplit(address) for address in loaded]
    own = [f"{found.scheme or 'https'}://{found.netloc}" for found in addresses if found.netloc]
    return tuple(dict.fromkeys([*allowed, *(host for host in own if HOST.fullmatch(host))]))


def with_policy(page: str, told: str) -> str:
    """A page with its policy before anything that it could forbid."""
    meta = f'<meta http-equiv="Content-Security-Policy" content="{told}">'
    return _opening.sub(lambda found: f"{found[0]}{meta}", page, count=1)


class Scripts:
    """Scripts that Material's templates hold, moved to files: those of the templates loaded so far."""

    def __init__(self, environment: Environment) -> None:
        self.files: dict[str, str] = {}
        if environment.loader is not None:
            environment.loader = _Moving(environment.loader, self._moved)

    def write(self, site: Path) -> None:
        """Put the files into the site."""
        for name, text in self.files.items():
            (site / name).parent.mkdir(parents=True, exist_ok=True)
            (site / name).write_text(text, encoding="utf-8", newline="\n")

    def _moved(self, source: str, filename: str | None) -> str:
        """A template's source without its scripts; those of an author's templates stay."""
        if filename is None or not is_own(filename):
            return source
        moved = INLINE.sub(lambda found: self._one(found[1], Path(filename).stem), source)
        return with_own_search(moved)

    def _one(self, code: str, stem: str) -> str:
        """The tag that loads a script from its file; what the template puts into it becomes an attribute."""
        values: list[str] = []

        def put(found: re.Match[str]) -> str:
            values.append(found[1])
            return f"document.currentScript.dataset.v{len(values) - 1}"

        text = PUT_IN.sub(put, code)
        if "{{" in text or "{%" in text:
            return f"<script>{code}</script>"  # the policy will not run it
        name = f"{FOLDER}/{stem}.{sha256(text.encode()).hexdigest()[:8]}.js"
        self.files[name] = f"{text}\n"
        told = "".join(f' data-v{place}="{value}"' for place, value in enumerate(values))
        return f"<script src=\"{{{{ '{name}' | url }}}}\"{told}></script>"


class _Moving(BaseLoader):
    """A loader that changes the source of what another one finds."""

    def __init__(self, inner: BaseLoader, change: Callable[[str, str | None], str]) -> None:
        self._inner = inner
        self._change = change

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str | None, Callable[[], bool] | None]:
        source, filename, fresh = self._inner.get_source(environment, template)
        return self._change(source, filename), filename, fresh

    def list_templates(self) -> list[str]:
        return self._inner.list_templates()
