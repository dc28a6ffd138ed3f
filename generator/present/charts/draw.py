"""Draws charts: specifications become SVG once, in worker processes, and are kept on disk.

Drawing costs much, so pages only leave a mark where a chart belongs; when all pages are known the missing
drawings are made, many of them side by side, and put in. The name of a kept drawing is the hash of its
specification, the drawing library's version and the widths of letters, so a stale one is never used; one that
was altered is drawn anew (`present/kept.py`).

Every drawn chart can be taken away: `fill` writes it beside the page as SVG with literal colours and its data
as CSV. Its specification for the interactive view is a script of its own, named by what it holds, so that the
same chart on several pages is one file; the page loads it when a reader asks for it, from a folder as well.
"""

from __future__ import annotations

import errno
import hashlib
import os
import posixpath
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from html import escape
from importlib.metadata import version
from multiprocessing import get_context, parent_process
from pathlib import Path
from threading import Thread
from typing import Any

import vl_convert
from markupsafe import Markup
from pydantic_core import from_json, to_json

from generator.model.written import settled_tree
from generator.present.charts.hover import apart, tips, told, with_places
from generator.present.charts.measured import fingerprint, measured, readable, registered
from generator.present.charts.slim import slim
from generator.present.charts.style import FONT, still, themed
from generator.present.charts.take_away import EMBED, VEGA, as_csv, bundle, look, script_of, standalone
from generator.present.charts.trend_drawing import TREND, trend_drawing
from generator.present.kept import Kept
from generator.present.page import Page
from generator.present.store import Store, Stored, StoredFiles

VL_VERSION = "6.4"
WORTH_A_PROCESS = 30
"""Drawings for which a further process is started: it takes as long to start as these take to draw."""
DRAWN_BY = f"{version('vl-convert-python')} {VL_VERSION} {fingerprint()} slim 7"
_mark = re.compile(r"<!--(chart|narrow|take):([0-9a-f]{64}):([a-z0-9-]+)-->")
DrawProgress = Callable[[int, int], None]
ChartData = Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart that is still to be drawn."""

    spec: Stored
    """Vega-Lite as compact JSON, without what only hovering needs."""
    live: Stored
    """The whole specification but for the look that all charts share, for the interactive view."""
    title: str
    description: str
    table: Stored | None = None
    """Its data as CSV; of a drawing that nobody takes away none."""
    narrow: str = ""
    """The key of the same chart's drawing for a phone, whose `live` is what its marks say."""


@dataclass(frozen=True, slots=True)
class TwoWidths:
    """A chart's specification, and the same chart's for a phone; the page shows what there is room for."""

    wide: dict[str, Any]
    narrow: dict[str, Any] | None


def _compact(spec: dict[str, Any]) -> bytes:
    # Four times as fast as the standard library; keys stay in the order they were put in, always the same.
    return to_json(spec)


def own_drawing(spec: str) -> str | None:
    """The drawing of a chart that is drawn without the library; None for all others."""
    drawn = trend_drawing(from_json(spec)) if TREND in spec else None
    return None if drawn is None else with_places(slim(drawn), drawn)


def draw(spec: str) -> str:
    """One specification as SVG, drawn by the library, with the places of its marks behind it."""
    registered()
    raw = readable(str(vl_convert.vegalite_to_svg(from_json(spec), vl_version=VL_VERSION)), FONT)
    return with_places(slim(raw), raw)


@cache
def vega() -> bytes:
    """Vega for the interactive view, which takes seconds to make and is the same for every handbook."""
    return bundle(vl_convert.javascript_bundle(EMBED, vl_version=VL_VERSION)).encode()


class Drawings:
    """Collects the charts of all pages, then draws what is not on disk yet."""

    def __init__(self, cache: Path | None, store: Store | None = None) -> None:
        """`store`: where the files are put away; what is needed until then is put away elsewhere."""
        self._kept = Kept(cache)
        self._wanted: dict[str, Drawing] = {}
        self._between = Store()
        self._store = store or Store()
        self._files: dict[str, Stored] = {}
        self._noted: list[str] = []

    @property
    def files(self) -> StoredFiles:
        """After `fill`: what can be taken away, by its address in the language's tree."""
        return StoredFiles(self._files)

    def place(
        self,
        spec: dict[str, Any] | TwoWidths,
        name: str,
        title: str,
        description: str,
        table: ChartData = (),
    ) -> tuple[Markup, Markup]:
        """Marks that stand for the chart, and for what can be taken away of it, until `fill`.

        `name` is unique on its page; `table` is the chart's data with its head.
        """
        wide, narrow = (spec.wide, spec.narrow) if isinstance(spec, TwoWidths) else (spec, None)
        title, description = str(title), str(description)
        # The address of the grammar is of no use in a page that asks nobody.
        wide = settled_tree({name: value for name, value in wide.items() if name != "$schema"})
        live = {name: value for name, value in wide.items() if name != "config"}
        other = ""
        if narrow is not None:
            few = settled_tree({name: value for name, value in narrow.items() if name != "$schema"})
            other = self._want(few, _compact(tips(few.get("datasets", {}))), title, description)
        key = self._want(wide, _compact(live), title, description, as_csv(table), narrow=other)
        marks = f"<!--chart:{key}:{name}-->" + (f"<!--narrow:{other}:{name}-->" if other else "")
        return Markup(marks), Markup(f"<!--take:{key}:{name}-->")

    def _want(
        self,
        bare: dict[str, Any],
        live: bytes,
        title: str,
        description: str,
        table: bytes | None = None,
        *,
        narrow: str = "",
    ) -> str:
        """Remember a chart that is to be drawn; gives its key."""
        drawn_from = _compact(measured(still(bare)))
        said = "\0".join(("", title, description, DRAWN_BY)).encode()
        key = hashlib.sha256(drawn_from + said).hexdigest()
        put = self._between.put
        taken = put(table) if table is not None else None
        self._wanted[key] = Drawing(put(drawn_from), put(live), title, description, taken, narrow)
        self._noted.append(key)
        return key

    @contextmanager
    def noting(self) -> Iterator[list[str]]:
        """The keys of the charts that are placed within, in their order."""
        before, self._noted = self._noted, []
        try:
            yield self._noted
        finally:
            self._noted = before

    def told(self, keys: Iterable[str]) -> list[dict[str, str | None]]:
        """Charts that were placed, in words of JSON."""
        return [
            {
                "key": key,
                "spec": wanted.spec.text(),
                "live": wanted.live.text(),
                "title": wanted.title,
                "description": wanted.description,
                "table": wanted.table.text() if wanted.table is not None else None,
                "narrow": wanted.narrow,
            }
            for key, wanted in ((key, self._wanted[key]) for key in keys)
        ]

    def placed_again(self, charts: Iterable[Mapping[str, Any]]) -> None:
        """Place charts that `told` wrote down."""
        put = self._between.put
        for chart in charts:
            table = chart["table"]
            self._wanted[chart["key"]] = Drawing(
                put(chart["spec"].encode()),
                put(chart["live"].encode()),
                chart["title"],
                chart["description"],
                put(table.encode()) if table is not None else None,
                chart["narrow"],
            )

    def fill(self, pages: Iterable[Page], progress: DrawProgress | None = None) -> Iterator[Page]:
        """The pages with every mark replaced by its drawing."""
        drawn = self._drawn(progress)
        if drawn:
            self._files[VEGA] = self._store.put(self._bundle())
        for page in pages:
            sections = (
                replace(section, html=self._filled(page, html, drawn)) if "<!--chart:" in html else section
                for section, html in ((section, section.html) for section in page.sections)
            )
            yield replace(page, sections=tuple(sections))

    def _filled(self, page: Page, html: str, drawn: dict[str, Stored]) -> str:
        def put(match: re.Match[str]) -> str:
            kind, key, name = match.groups()
            wanted, (svg, places) = self._wanted[key], apart(drawn[key].text())
            if kind != "take":
                return themed(svg, name, wanted.title, wanted.description, narrow=kind == "narrow")
            hovered: dict[str, Any] = {"wide": places}
            if wanted.narrow:
                _, few = apart(drawn[wanted.narrow].text())
                hovered["narrow"] = told(few, from_json(self._wanted[wanted.narrow].live.text()))
            return self._take(page, name, wanted, svg, hovered)

        return _mark.sub(put, html)

    def _take(self, page: Page, name: str, wanted: Drawing, svg: str, hovered: dict[str, Any]) -> str:
        """The links to the chart's files, which are put aside, and the address of its specification."""
        stem = f"charts/{page.path.removesuffix('.md').replace('/', '-')}-{name}"
        put = self._store.put
        self._files[f"{stem}.svg"] = put(standalone(svg, wanted.title, wanted.description).encode())
        self._files[f"{stem}.csv"] = put(wanted.table.content() if wanted.table else b"")
        script, content = script_of(wanted.live.text(), _compact(hovered).decode())
        self._files[script] = put(content)
        here = posixpath.dirname(page.path) or "."
        address = posixpath.relpath(stem, here)
        links = []
        for kind in ("svg", "csv"):
            label = escape(f"{kind.upper()} · {wanted.title}")
            links.append(f'<a href="{address}.{kind}" download aria-label="{label}">{kind.upper()}</a>')
        source = posixpath.relpath(script, here)
        return f'{" ".join(links)}<span class="hb-spec" data-src="{source}" hidden></span>'

    def _bundle(self) -> bytes:
        """The script of the interactive view, from disk where it is kept."""
        name = f"vega-{version('vl-convert-python')}-{VL_VERSION}-{look()}.kept"
        kept = self._kept.get(name)
        if kept is not None:
            return kept
        self._kept.put(name, vega())
        return vega()

    def _drawn(self, progress: DrawProgress | None) -> dict[str, Stored]:
        found = ((key, self._kept.get(_entry(key))) for key in self._wanted)
        drawn = {key: self._between.put(svg) for key, svg in found if svg is not None}
        missing = [key for key in self._wanted if key not in drawn]
        if missing:
            self._kept.tidy()
        for done, (key, svg) in enumerate(self._made(missing), 1):
            drawn[key] = self._between.put(svg.encode())
            self._kept.put(_entry(key), svg.encode())
            if progress is not None:
                progress(done, len(missing))
        return drawn

    def _made(self, keys: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Drawings by their keys: our own one by one, then what is left to the library."""
        left = []
        for key in keys:
            svg = own_drawing(self._wanted[key].spec.text())
            if svg is None:
                left.append(key)
            else:
                yield key, svg
        yield from zip(left, self._make(left), strict=True)

    def _make(self, keys: list[str]) -> Iterable[str]:
        specs = (self._wanted[key].spec.text() for key in keys)
        workers = min(os.cpu_count() or 1, 8, len(keys) // WORTH_A_PROCESS)
        if workers < 2:
            yield from map(draw, specs)
            return
        context = get_context("spawn")
        try:
            with ProcessPoolExecutor(workers, mp_context=context, initializer=_end_with_the_build) as pool:
                yield from pool.map(draw, specs, chunksize=2)
        except BrokenProcessPool:  # nothing ends a process that draws but a system without memory
            raise OSError(errno.ENOMEM, os.strerror(errno.ENOMEM), "drawing charts") from None


def _entry(key: str) -> str:
    return f"{key[:2]}/{key}.kept"


def _end_with_the_build() -> None:
    """In a worker: a build that is killed cannot end its workers, which would wait for work for ever."""
    build = parent_process()

    def watch() -> None:
        if build is not None:
            build.join()
            os._exit(1)

    Thread(target=watch, daemon=True).start()
