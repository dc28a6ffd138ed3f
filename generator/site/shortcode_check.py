"""Shortcodes that name what there is not, told by `check` with file, line and column.

They stand in hand-written pages and in texts of the data. A page would else show a dash, or nothing, and
nobody would know why.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import partial
from typing import Literal

from generator.compute.series.values import is_longer
from generator.load.capped import MOST_TOLD, Capped
from generator.load.decode import place
from generator.model.catalogue import Catalogue
from generator.model.indicator import Indicator
from generator.model.page_source import Body
from generator.model.period import Period
from generator.model.shortcode import (
    BLOCKS,
    KINDS,
    MAPS,
    NAMES,
    OF_INDICATORS,
    Shortcode,
    ShortcodeWord,
    shortcodes,
)
from generator.problems import FilePosition, Problems, nearest
from generator.site.shortcode_places import DataPlaces, texts_with_shortcodes

MOST_ROWS = 60
"""Periods that a table may be asked for."""
Fault = tuple[int, Literal["error", "warning"], str, str, str]
"""Where in the text, how grave, rule, message, hint."""


def check_shortcodes(catalogue: Catalogue, problems: Problems) -> None:
    """Tell of every shortcode that cannot be shown as it is written."""
    for page in catalogue.content:
        for body in page.bodies.values():
            _check_page(catalogue, body, problems)
    _check_data(catalogue, problems)


def _check_page(catalogue: Catalogue, body: Body, problems: Problems) -> None:
    """Errors and warnings are counted apart: an error is told however many warnings stand before it."""
    capped = {level: Capped(problems, "shortcodes", MOST_TOLD) for level in ("error", "warning")}
    for code in shortcodes(body.markdown):
        for at, level, rule, message, hint in _faults(catalogue, code):
            tell = capped[level].error if level == "error" else capped[level].warning
            tell(partial(_mark, body, at), rule, message, hint)
    for each in capped.values():
        each.close()


def _check_data(catalogue: Catalogue, problems: Problems) -> None:
    places = DataPlaces(catalogue)
    for text in texts_with_shortcodes(catalogue):
        for code in shortcodes(text.words):
            if text.markdown:
                faults = list(_faults(catalogue, code))
            elif code.kind in KINDS:
                said = "this field is no Markdown: the shortcode is shown as it is written"
                faults = [
                    (code.start, "warning", "shortcode", said, "write it into a field that is Markdown")
                ]
            else:
                faults = []
            for fault in faults:
                _tell(problems, places.of(text, code, fault[0]), fault)


def _tell(problems: Problems, mark: FilePosition, fault: Fault) -> None:
    _, level, rule, message, hint = fault
    (problems.error if level == "error" else problems.warning)(mark, rule, message, hint)


def _mark(body: Body, at: int) -> FilePosition:
    found = place(body.file, body.markdown, at)
    return FilePosition(body.file, found.line + body.first_line - 1, found.column)


def _faults(catalogue: Catalogue, code: Shortcode) -> Iterator[Fault]:
    if code.kind not in KINDS:
        hint = nearest(code.kind, KINDS) if code.kind else f"known: {', '.join(KINDS)}"
        hint += "" if hint.endswith("?") else "."
        said = f"there is no shortcode '{code.kind}'" if code.kind else "this shortcode is empty"
        yield code.at, "error", "shortcode", said, f"{hint} To show it as text, put `…` around it"
        return
    if code.in_heading:
        hint = "put it into the text below"
        yield code.start, "error", "shortcode", "a heading cannot hold a shortcode", hint
    elif code.kind in BLOCKS and not code.alone:
        hint = "give it a line, with empty lines around"
        yield code.start, "error", "shortcode", f"'{code.kind}' needs a line of its own", hint
    faults = (*_words(catalogue, code), *_thing(catalogue, code))
    yield from faults
    if not faults and code.kind in OF_INDICATORS and code.thing:
        yield from _results(catalogue, code)


def _words(catalogue: Catalogue, code: Shortcode) -> Iterator[Fault]:
    """What is wrong with the parameters, each by itself."""
    dimensions = {one.id: one for one in catalogue.handbook.dimensions}
    known = (*NAMES[code.kind], *(dimensions if code.kind in OF_INDICATORS else ()))
    seen: set[str] = set()
    for word in code.words:
        if word.name in seen:
            said = f"'{word.name}' is named twice" if word.name else f"what is '{word.value}'?"
            yield word.at, "error", "shortcode", said, _second(catalogue, word)
        elif word.name and word.name not in known:
            said = f"'{code.kind}' knows no '{word.name}'"
            yield word.at, "error", "shortcode", said, nearest(word.name, known)
        elif word.name in dimensions and word.value not in dimensions[word.name].values:
            values = dimensions[word.name].values
            said = f"'{word.value}' is no value of {word.name}"
            yield word.at, "error", "shortcode", said, nearest(word.value, values)
        elif word.name == "pilot" and word.value not in catalogue.pilots:
            hint = nearest(word.value, catalogue.pilots)
            yield word.at, "error", "unknown-pilot", f"unknown pilot '{word.value}'", hint
        elif word.name == "last" and not (word.value.isdecimal() and 0 < int(word.value) <= MOST_ROWS):
            said = f"last={word.value} is no number of periods"
            yield word.at, "error", "shortcode", said, f"write a whole number from 1 to {MOST_ROWS}"
        elif word.name == "map" and word.value not in MAPS:
            said = f"there is no map '{word.value}'"
            yield word.at, "error", "shortcode", said, nearest(word.value, MAPS)
        elif word.name == "period" and (fault := _unreadable(word)):
            yield word.at, "error", "shortcode", fault, "write it as in the results, e.g. 2026-09 or 2026-Q3"
        seen.add(word.name)


def _second(catalogue: Catalogue, word: ShortcodeWord) -> str:
    """The hint for a word that is too many."""
    if "＝" in word.value:
        return "the sign ＝ is full-width; write ="
    if not word.name and word.value in catalogue.pilots:
        return f"write pilot={word.value}"
    if not word.name:
        return "one thing stands by itself; what else is asked for is written name=value"
    return "leave one of them out"


def _unreadable(word: ShortcodeWord) -> str:
    try:
        Period.parse(word.value)
    except ValueError as error:
        return str(error)
    return ""


def _thing(catalogue: Catalogue, code: Shortcode) -> Iterator[Fault]:
    """What is wrong with the thing that is asked for."""
    kind, known = _known(catalogue, code)
    at = next((word.at for word in code.words if not word.name), code.at)
    if not code.thing:
        if code.kind != "table" or "pilot" not in code.named:
            said = f"'{code.kind}' does not say which {kind}"
            yield code.at, "error", "shortcode", said, f"write {{{{ {code.kind} ID }}}}"
    elif code.thing not in known:
        hint = nearest(code.thing, known)
        if "＝" in code.thing:
            hint = "the sign ＝ is full-width; write ="
        yield at, "error", f"unknown-{kind}", f"unknown {kind} '{code.thing}'", hint
    elif code.kind == "map":
        maps = catalogue.processes[code.thing].maps
        drawn = {name.replace("_", "-") for name, _ in maps.drawn}
        asked = code.named.get("map")
        if not drawn or (asked in MAPS and asked not in drawn):
            said = f"'{code.thing}' has no {asked or ''} map".replace("  ", " ")
            yield at, "error", "shortcode", said, f"it has: {', '.join(sorted(drawn)) or 'none'}"


def _known(catalogue: Catalogue, code: Shortcode) -> tuple[str, Collection[str]]:
    if code.kind == "map":
        return "process", catalogue.processes
    if code.kind == "case":
        return "case", catalogue.cases
    return "indicator", catalogue.indicators


def _results(catalogue: Catalogue, code: Shortcode) -> Iterator[Fault]:
    """Whether there is any result of what is asked for, and one of the period."""
    results, pilot = catalogue.results, code.named.get("pilot")
    of_indicator = results.having("indicator", code.thing)
    if code.kind == "table" and pilot is None and not code.cell:
        if not results.distinct("period", of_indicator):
            said = f"'{code.thing}' has no results yet"
            yield code.at, "warning", "shortcode", said, "the page says so until there are some"
        return
    cell = code.cell
    rows = of_indicator & results.having("pilot", pilot)
    rows &= results.where("cell", lambda own: dict(own or ()) == cell)
    periods = results.distinct("period", rows)
    if not periods:
        whose = f"pilot '{pilot}'" if pilot else "the whole organisation"
        part = f", {', '.join(f'{name}={value}' for name, value in cell.items())}" if cell else ""
        pilots = sorted(filter(None, results.distinct("pilot", of_indicator)))
        hint = f"it has some of: {', '.join(pilots)}" if pilots else "the page says so until there are some"
        said = f"'{code.thing}' has no results of {whose}{part}"
        yield code.at, "warning", "shortcode", said, hint
        return
    word = next((word for word in code.words if word.name == "period"), None)
    if word is not None and not _has(catalogue, catalogue.indicators[code.thing], periods, word.value):
        said = f"'{code.thing}' has no result of {word.value} here"
        yield word.at, "error", "shortcode", said, f"it has some from {min(periods)} to {max(periods)}"


def _has(catalogue: Catalogue, indicator: Indicator, periods: Collection[Period], asked: str) -> bool:
    """Whether a figure of the period can be told: a result, or a long review period with some in it."""
    period, handbook = Period.parse(asked), catalogue.handbook
    own = next(iter(periods)).frequency
    if period.frequency == own:
        return min(periods) <= period <= max(periods)
    if period.frequency != handbook.review.long or not is_longer(period.frequency, own):
        return False
    calendar = handbook.calendar
    start, end = calendar.start(period), calendar.end(period)
    return indicator.rollup != "none" and any(start <= calendar.start(one) <= end for one in periods)
