"""Pages that are taken over from a build before are what a build from nothing makes, to the last byte."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field, fields
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from generator.compute.once import once
from generator.model.period import Period
from generator.model.result import Observation
from generator.model.results import Results
from generator.model.watched import EVERYTHING, Watched, WatchedResults, noted
from generator.pipeline import Request, Run
from generator.present.charts.draw import Drawings
from generator.present.kept_asked import KeptAsked
from generator.present.kept_pages import KeptPages, MadeFrom
from generator.present.page import Page, Section
from generator.site.made_from import made_from
from tests.pilots_book import MOST, pilots_book

PAGES = {(language, f"indicators/stage-{n:04}.md") for language in ("zh", "en") for n in range(1, MOST + 1)}


@dataclass
class Book:
    """A handbook, and which pages were made anew the last time."""

    root: Path
    made: set[tuple[str, str]]
    written: set[str] = field(default_factory=set)
    """Which files beside the pages were made anew."""

    @property
    def indicators(self) -> set[tuple[str, str]]:
        """The pages of indicators among those that were made."""
        return {page for page in self.made if page[1].startswith("indicators/")}

    @property
    def others(self) -> set[str]:
        """The paths of the other pages among them, in both languages."""
        paths = {path for _, path in self.made - self.indicators}
        assert self.made - self.indicators == {(one, path) for one in ("zh", "en") for path in paths}
        return paths

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
    pilots_book(root)
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
    taken, made, others = book.built(), book.indicators, book.others
    assert made == PAGES  # every page asks what each change did
    assert others >= {"pilots/pilot-001.md", "pilots/pilot-002.md"}  # each says how it stands among all
    assert taken == book.built(kept=False)


OLD = {"reviews/2021-q3-pilot-002.md", "quarters/2021-q3.md", "quarters/2021-q3-a4.md"}
NEW = {"reviews/2021-q4-pilot-002.md", "quarters/2021-q4.md", "quarters/2021-q4-a4.md", "pilots/pilot-002.md"}
OF_PILOTS: dict[str, tuple[str, set[str]]] = {
    "the newest of its pack": ("2021-12,stage-0008,pilot-002,,", NEW),
    "an old one of its pack": ("2021-08,stage-0008,pilot-002,,", NEW | OLD),
    "the organisation's beside its pack": ("2021-12,stage-0008,,,", NEW),
    "of no pack and no process": ("2021-12,stage-0018,,,", set()),
    "of a process": ("2021-12,stage-0002,,,", {"processes/chain-01.md", "pilots/pilot-001.md"}),
}
"""The start of a row, and pages that are made of it."""


@pytest.mark.parametrize("what", OF_PILOTS)
def test_what_is_told_of_pilots_and_processes_is_made_anew_where_it_follows_from_a_result(
    book: Book, what: str
) -> None:
    """Whatever is not, of other pilots and as of earlier periods, is taken over."""
    start, anew = OF_PILOTS[what]
    book.value(start, "77")
    taken, made = book.built(), book.others
    assert taken == book.built(kept=False)
    assert anew <= made
    pilot = start.split(",")[2]
    kept = {"reviews/2021-q3-pilot-001.md", "quarters/2021-q1.md"}
    kept |= OLD - anew if pilot or not anew else set()
    if "pilots/pilot-001.md" not in anew:
        kept |= {"pilots/pilot-001.md", "reviews/2021-q4-pilot-001.md"}
    assert not made & (kept if anew else kept | NEW | {"processes/chain-01.md"})


OTHERS: dict[str, tuple[str, str, str]] = {
    "a definition": ("data/indicators/stage-0003.yml", "Working hours", "Hours of work"),
    "words": ("labels/en.yml", "Trials", "Tests"),
    "a page": ("content/index.en.md", "invented", "made up"),
}


@pytest.mark.parametrize("what", OTHERS)
def test_after_another_change_all_is_made_anew(book: Book, what: str) -> None:
    book.edit(*OTHERS[what])
    book.built()
    assert book.indicators == PAGES
    assert book.others >= OLD | NEW | {"processes/chain-01.md"}


def test_each_edition_has_its_own_pages(book: Book) -> None:
    name = "data/indicators/stage-0002.yml"
    text = (book.root / name).read_text(encoding="utf-8")
    (book.root / name).write_text(
        f"{text}\naudience: staff\n".replace("环节 0002 时长", "TOKEN"), encoding="utf-8"
    )
    wide = book.built(edition="staff")
    narrow, made = book.built(edition="public"), book.indicators
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
