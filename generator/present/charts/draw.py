"""Draws charts: specifications become SVG once, in worker processes, and are kept on disk.

A drawing costs about 150 ms, so pages only leave a mark where a chart belongs; when all pages are known the
missing drawings are made side by side and put in. The name of a kept drawing is the hash of its
specification, the drawing library's version and our style, so a stale one is never used.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import tempfile
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from importlib.metadata import version
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import vl_convert

from generator.present.charts.style import themed
from generator.present.page import Page

VL_VERSION = "6.4"
DRAWN_BY = f"{version('vl-convert-python')} {VL_VERSION}"
_mark = re.compile(r"<!--chart:([0-9a-f]{64}):([a-z0-9-]+)-->")
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart that is still to be drawn."""

    spec: str
    """Vega-Lite as JSON with sorted keys."""
    title: str
    description: str


def draw(spec: str) -> str:
    """One specification as SVG."""
    return str(vl_convert.vegalite_to_svg(json.loads(spec), vl_version=VL_VERSION))


class Drawings:
    """Collects the charts of all pages, then draws what is not on disk yet."""

    def __init__(self, cache: Path | None) -> None:
        self._cache = cache
        self._wanted: dict[str, Drawing] = {}

    def place(self, spec: dict[str, Any], name: str, title: str, description: str) -> str:
        """A mark that stands for the chart until `fill`; `name` is unique on its page."""
        drawing = Drawing(json.dumps(spec, sort_keys=True, ensure_ascii=False), title, description)
        key = hashlib.sha256("\0".join((drawing.spec, title, description, DRAWN_BY)).encode()).hexdigest()
        self._wanted[key] = drawing
        return f"<!--chart:{key}:{name}-->"

    def fill(self, pages: Iterable[Page], progress: Progress | None = None) -> tuple[Page, ...]:
        """The pages with every mark replaced by its drawing."""
        drawn = self._drawn(progress)

        def put(match: re.Match[str]) -> str:
            wanted = self._wanted[match.group(1)]
            return themed(drawn[match.group(1)], match.group(2), wanted.title, wanted.description)

        return tuple(
            replace(
                page,
                sections=tuple(
                    replace(section, html=_mark.sub(put, section.html))
                    if "<!--chart:" in section.html
                    else section
                    for section in page.sections
                ),
            )
            for page in pages
        )

    def _drawn(self, progress: Progress | None) -> dict[str, str]:
        kept = {key: svg for key in self._wanted if (svg := self._kept(key)) is not None}
        missing = [key for key in self._wanted if key not in kept]
        for done, (key, svg) in enumerate(zip(missing, self._make(missing), strict=True), 1):
            kept[key] = svg
            self._keep(key, svg)
            if progress is not None:
                progress(done, len(missing))
        return kept

    def _make(self, keys: list[str]) -> Iterable[str]:
        specs = [self._wanted[key].spec for key in keys]
        workers = min(os.cpu_count() or 1, 8, (len(specs) + 3) // 4)
        if workers < 2:
            yield from map(draw, specs)
            return
        with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
            yield from pool.map(draw, specs, chunksize=2)

    def _file(self, key: str) -> Path | None:
        return self._cache / key[:2] / f"{key}.svg" if self._cache else None

    def _kept(self, key: str) -> str | None:
        file = self._file(key)
        return file.read_text(encoding="utf-8") if file is not None and file.is_file() else None

    def _keep(self, key: str, svg: str) -> None:
        """Written under another name and moved, so that two builds at once never read half a drawing."""
        file = self._file(key)
        if file is None:
            return
        file.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=file.parent, suffix=".part")
        with os.fdopen(handle, "w", encoding="utf-8") as out:
            out.write(svg)
        Path(name).replace(file)
