"""Pages that are taken over from a build before are what a build from nothing makes, to the last byte."""

from __future__ import annotations

import importlib
import json
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from generator.compute.figures import Figures
from generator.compute.followed import CHANGE, KNOWN, STANDS, Hashes, followed
from generator.compute.insight.named import named_figures
from generator.compute.once import once
from generator.model.period import Period
from generator.model.result import Observation
from generator.model.results import Results
from generator.model.watched import EVERYTHING, Watched, WatchedResults, noted
from generator.pipeline import Request, Run, check_project, figures_for
from generator.present.charts.draw import Drawings
from generator.present.kept_asked import KeptAsked
from generator.present.kept_pages import KeptPages, MadeFrom
from generator.present.page import Page, Section
from generator.site.made_from import made_from
from tests.built import ROOT

MOST = 18
"""Indicators: more than stand beside one another."""
PAGES = {(language, f"indicators/stage-{n:04}.md") for language in ("zh", "en") for n in range(1, MOST + 1)}


@dataclass
class Book:
    """A handbook, and which pages were made anew the last time."""

    root: Path
    made: set[tuple[str, str]]
    written: set[str] = field(default_factory=set)
    """Which files beside the pages were made anew."""

    def built(self, kept: bool = True, **asked: Any) -> dict[object, object]:
        """Everything that is handed to MkDocs."""
        self.made.clear()
        self.written.clear()
        hashed = partial(made_from, self.root, {name: str(value) for name, value in asked.items()}, False)
        first = hashed()
        assert first is not None
        run = Run(self.root, Request(**asked), pages=MadeFrom(first, hashed) if kept else None)
        told: dict[object, object] = {}
        for site in run.sites:
            told |= {(site.language, page.path): _all(page) for page in site.pages}
            told |= {(site.language, "file", path): content for path, content in site.files.items()}
        return told

    def edit(self, name: str, old: str, new: str) -> None:
        """Change a file, in one place."""
        text = (self.root / name).read_text(encoding="utf-8")
        assert old in text
        (self.root / name).write_text(text.replace(old, new, 1), encoding="utf-8")

    def value(self, start: str, value: str) -> None:
        """Another value in the row that begins so."""
        text = (self.root / "data/results/2021.csv").read_text(encoding="utf-8")
        row = next(row for row in text.splitlines() if row.startswith(start))
        self.edit("data/results/2021.csv", f"{row}\n", f"{row.rpartition(',')[0]},{value}\n")


def _all(page: Page) -> tuple[object, ...]:
    told = ((one.id, one.level, one.title, one.html) for one in page.sections)
    return (*told, *(getattr(page, field.name) for field in fields(page) if field.name != "sections"))


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A handbook of pilots, processes and regions with a page and words of its own, after a build."""
    root = tmp_path_factory.mktemp("pages") / "project"
    with pytest.MonkeyPatch.context() as patched:
        patched.syspath_prepend(str(ROOT / "bench"))
        shapes = importlib.import_module("shapes")
        shapes.make(root, shapes.Shape(MOST, 2, months=12, processes=1, steps=6, reviews=2, regions=1))
    handbook = root / "data/handbook.yml"
    said = json.loads(handbook.read_text(encoding="utf-8")) | {"audiences": ["public", "staff"]}
    handbook.write_text(json.dumps(said, ensure_ascii=False), encoding="utf-8")
    (root / "labels").mkdir()
    (root / "labels/en.yml").write_text("chapters:\n  pilots: Trials\n", encoding="utf-8")
    Book(root, set()).built()
    return root


@pytest.fixture
def book(first: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Book:
    """The handbook with what is kept of it, for a test to change."""
    book = Book(tmp_path / first.name, set())
    shutil.copytree(first, book.root)
    real = KeptPages.page

    def page(self: KeptPages, path: str, drawings: Drawings, make: Callable[[], Page]) -> Page:
        def told() -> Page:
            book.made.add((self.language, path))
            return make()

        return real(self, path, drawings, told)

    def content(self: KeptAsked, name: str, make: Callable[[], bytes]) -> bytes:
        def told() -> bytes:
            book.written.add(name)
            return make()

        return contents(self, name, told)

    contents = KeptAsked.content
    monkeypatch.setattr(KeptPages, "page", page)
    monkeypatch.setattr(KeptAsked, "content", content)
    return book


def test_what_is_unchanged_is_taken_over(book: Book) -> None:
    taken = book.built()
    assert not book.made
    assert not book.written
    assert taken == book.built(kept=False)


RESULTS: dict[str, Callable[[Book], None]] = {
    "a value of the organisation": lambda book: book.value("2021-12,stage-0018,,,", "900"),
    "a row more": lambda book: book.edit(
        "data/results/2021.csv",
        "2021-01,stage-0001,,,",
        "2021-01,stage-0018,pilot-001,,3\n2021-01,stage-0001,,,",
    ),
}


@pytest.mark.parametrize("what", RESULTS)
def test_after_a_change_of_results_all_is_as_from_nothing(book: Book, what: str) -> None:
    RESULTS[what](book)
    taken, made, written = book.built(), set(book.made), set(book.written)
    assert taken == book.built(kept=False)
    assert {("zh", "indicators/stage-0018.md"), ("en", "indicators/stage-0018.md")} <= made
    assert not made & {("zh", "indicators/stage-0001.md")}
    # A row above others moves their lines, which only the scripts of their figures name.
    assert "downloads/indicators/stage-0001.csv" not in written
    assert ("downloads/trace/stage-0001.js" in written) == (what == "a row more")
    assert "downloads/indicators/stage-0018.csv" in written


def test_what_a_pilot_changed_is_told_anew(book: Book) -> None:
    for month in range(8, 13):
        book.value(f"2021-{month:02},stage-0005,pilot-002,,", str(month / 7))
    taken, made = book.built(), set(book.made)
    assert made == PAGES  # every page asks what each change did
    assert taken == book.built(kept=False)


OTHERS: dict[str, tuple[str, str, str]] = {
    "a definition": ("data/indicators/stage-0003.yml", "Working hours", "Hours of work"),
    "words": ("labels/en.yml", "Trials", "Tests"),
    "a page": ("content/index.en.md", "invented", "made up"),
}


@pytest.mark.parametrize("what", OTHERS)
def test_after_another_change_all_is_made_anew(book: Book, what: str) -> None:
    book.edit(*OTHERS[what])
    book.built()
    assert book.made == PAGES


def test_each_edition_has_its_own_pages(book: Book) -> None:
    name = "data/indicators/stage-0002.yml"
    text = (book.root / name).read_text(encoding="utf-8")
    (book.root / name).write_text(
        f"{text}\naudience: staff\n".replace("环节 0002 时长", "TOKEN"), encoding="utf-8"
    )
    wide = book.built(edition="staff")
    narrow, made = book.built(edition="public"), set(book.made)
    assert made == {page for page in PAGES if "0002" not in page[1]}
    assert "TOKEN" in repr(wide)
    assert "TOKEN" not in repr(narrow)
    assert narrow == book.built(kept=False, edition="public")
    assert wide == book.built(edition="staff")


def test_a_past_and_a_part_are_not_kept(book: Book) -> None:
    before = sorted((book.root / ".handbook-cache/pages").rglob("*"))
    book.built(as_of=Period.parse("2021-Q2"))
    book.built(only="cases")
    assert not book.made
    assert sorted((book.root / ".handbook-cache/pages").rglob("*")) == before


def test_a_page_that_others_wrote_or_altered_is_made_anew(book: Book) -> None:
    sound = book.built(kept=False)
    entries = sorted((book.root / ".handbook-cache/pages").rglob("*.kept"))
    entries[0].write_bytes(entries[0].read_bytes()[:-1] + b"!")
    other = entries[1].with_name(entries[2].name)  # another page's entry, its code right
    other.write_bytes(entries[1].read_bytes())
    assert book.built() == sound
    assert len(book.made) + len(book.written) == 2  # a file or a page: whichever come first


def test_nothing_is_kept_of_files_that_changed_meanwhile(book: Book) -> None:
    shutil.rmtree(book.root / ".handbook-cache/pages")
    run = Run(book.root, Request(), pages=MadeFrom("before", lambda: "after"))
    assert run.sites
    assert not (book.root / ".handbook-cache/pages").exists()


def test_a_page_that_goes_is_let_go(tmp_path: Path) -> None:
    def pages() -> KeptPages:
        return KeptPages(tmp_path, "", "", "en", {})

    def page(path: str) -> Page:
        return Page(path, "One", "en", "c", (Section("top", 1, "", "<p>1</p>"),))

    one = pages()
    for path in ("a.md", "b.md"):
        one.page(path, Drawings(None), partial(page, path))
    one.keep()
    assert len([*tmp_path.rglob("*.kept")]) == 2
    two = pages()
    assert two.page("a.md", Drawings(None), pytest.fail) == page("a.md")
    two.keep()
    assert len([*tmp_path.rglob("*.kept")]) == 1


def test_what_waits_for_other_pages_is_not_kept(tmp_path: Path) -> None:
    one = KeptPages(tmp_path, "", "", "en", {})
    shown = Page("a.md", "One", "en", "c", (Section("top", 1, "", "<p>\ue0100\ue011</p>"),))
    one.page("a.md", Drawings(None), lambda: shown)
    one.keep()
    assert not [*tmp_path.rglob("*.kept")]


def test_looking_is_written_down_and_what_was_computed_once_tells_it_again() -> None:
    class Kept:
        def __init__(self) -> None:
            self.kept: dict[object, Any] = {}
            self.held = Watched({"a": 1, "b": 2}, lambda key: (key,))

    @once
    def first_of(kept: Kept) -> int:
        return kept.held["a"]

    kept = Kept()
    for _ in range(2):
        with noted() as asked:
            assert first_of(kept) == 1
        assert asked == {"a"}
    for look in (list, len, dict):
        with noted() as asked:
            look(kept.held)
        assert EVERYTHING in asked
    with noted() as outer:
        with noted() as asked:
            assert "c" not in kept.held
            assert kept.held.get("d") is None
        assert asked == outer == {"c", "d"}


def _row(indicator: str, value: float) -> Observation:
    return Observation(
        period=Period.parse("2025-01"),
        indicator=indicator,
        pilot=None,
        cell=(),
        value=value,
        numerator=None,
        denominator=None,
        target=None,
        status="actual",
        note="",
        as_of=None,
        version=None,
        file="a.csv",
        line=2,
    )


LOOKS: dict[str, Callable[[Results], object]] = {
    "counted": len,
    "one by one": list,
    "a row": lambda rows: rows[0],
    "a column": lambda rows: rows.numbers("value"),
    "things": lambda rows: rows.things("pilot"),
    "a choice": lambda rows: rows.having("indicator", "a"),
    "groups": lambda rows: [*rows.groups("indicator")],
    "taken": lambda rows: rows.taken(rows.valued),
    "compared": lambda rows: rows == Results.of([]),
}


@pytest.mark.parametrize("how", LOOKS)
def test_every_look_at_results_is_written_down(how: str) -> None:
    rows = WatchedResults(Results.of([_row("a", 1.0), _row("b", 2.0)]))
    with noted() as asked:
        LOOKS[how](rows)
    assert asked == {EVERYTHING}
    assert rows.of([]) == ()
    assert len(rows.joined([rows, rows])) == 4


@pytest.fixture(scope="module")
def figures(first: Path) -> Figures:
    """The figures of the handbook."""
    return figures_for(check_project(first))


def test_all_that_figures_hold_by_name_is_watched(figures: Figures) -> None:
    """Of a new mapping nobody would know who asked it, and pages that did would be taken over."""
    told = followed(named_figures(followed(figures)))
    for one in (told, told.whole, told.unnamed):
        held = {field.name: getattr(one, field.name) for field in fields(Figures) if field.name != "kept"}
        mappings = {name: value for name, value in held.items() if isinstance(value, Mapping)}
        assert len(mappings) >= 8
        assert [name for name, value in mappings.items() if not isinstance(value, Watched)] == []
        assert isinstance(held["catalogue"].results, WatchedResults)


def test_what_was_computed_over_everything_is_not_computed_again_for_pages(figures: Figures) -> None:
    told = followed(figures)
    pages = followed(named_figures(told))
    assert pages.everything is told.everything is not None
    assert followed(pages) is pages


def test_a_hash_is_of_what_its_name_follows_from(figures: Figures) -> None:
    before = Hashes(followed(figures))
    rows = [*figures.whole.catalogue.results]
    place = next(n for n, row in enumerate(rows) if row.indicator == "stage-0003")
    rows[place] = replace(rows[place], value=-1.0)
    whole = replace(figures.whole, catalogue=replace(figures.catalogue, results=Results.of(rows)))
    after = Hashes(replace(figures, everything=whole))
    differ = {name for name in {*before, *after} if before[name] != after[name]}
    assert differ == {"stage-0003", EVERYTHING}
    rows[place] = replace(rows[place], value=[*figures.whole.catalogue.results][place].value, line=9999)
    moved = replace(figures.whole, catalogue=replace(figures.catalogue, results=Results.of(rows)))
    after = Hashes(replace(figures, everything=moved))
    assert {name for name in {*before, *after} if before[name] != after[name]} == {
        f"{STANDS}stage-0003",
        EVERYTHING,
    }
    name = f"{CHANGE}pilot-001 faster"
    assert before[name] == after[name] != before[f"{CHANGE}pilot-001 slower"]
    assert before["no-indicator"] == ""
    assert before[KNOWN] == after[KNOWN] == "2021-12-31 2021-12-31"
