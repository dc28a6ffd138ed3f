"""Tokens planted in all that an edition keeps back are in no byte of what it makes: nowhere on the disk.

Every command that writes is run for the widest edition, in the process of the test, so that what it puts into
temporary folders can be kept before it is deleted.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from generator.cli import main
from generator.compute import edition_view
from generator.exchange import manifest
from generator.language_sites import language_sites_of
from generator.model import edition, selection
from generator.model.catalogue import Catalogue
from generator.pipeline import Checked, check_project, figures_for
from generator.present.charts.draw import Drawings
from generator.present.pages.library import quality
from generator.present.pages.pilots import incentives
from generator.site import languages, workplace
from generator.site.markdown_tree import write_tree
from tests.tokens import planted, texts_of_models, tokens_in

RESTRICTED = ("indicator", "process", "pilot", "review", "workshop", "case")
"""Kinds of files whose every text is planted in a hidden twin."""
TO_BE_ALONE = re.compile(r"process\.maps\.as_is\.(removed|pairs)\b")
"""What only a map to be says."""


def run(*words: object) -> None:
    done = CliRunner().invoke(main, [str(word) for word in words])
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    assert done.exit_code == 0, done.output


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """`project` and `out` with everything that the widest edition gives, `kept` with what was deleted."""
    folder = tmp_path_factory.mktemp("tokens")
    project, out, kept = folder / "project", folder / "out", folder / "kept"
    planted(project)
    for place in (out, kept, folder / "tmp"):
        place.mkdir()
    delete = shutil.rmtree

    def keep(path: Any, *words: Any, **named: Any) -> None:
        if Path(path).is_dir():
            shutil.copytree(path, kept / str(len(list(kept.iterdir()))))
        delete(path, *words, **named)

    clear = workplace._clear

    def keep_cleared(place: Path) -> None:
        if any(entry.name != workplace.LOCK for entry in place.iterdir()):
            shutil.copytree(place, kept / str(len(list(kept.iterdir()))))
        clear(place)

    hand_over = languages.hand_over

    def keep_handed(what: object, place: Path, name: str) -> None:
        """A further language's process removes what it is handed as soon as it has read it."""
        hand_over(what, place, name)
        number = len(list(kept.iterdir()))
        for file in place.glob(f"{name}*"):  # the job, and the pages that it has put away
            shutil.copy(file, kept / f"handed-{number}-{file.name}")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(languages, "hand_over", keep_handed)
        patch.setenv("TMPDIR", str(folder / "tmp"))
        patch.setattr(tempfile, "tempdir", None)
        patch.setenv("SOURCE_DATE_EPOCH", "1760000000")
        patch.setattr(shutil, "rmtree", keep)
        patch.setattr(workplace, "_clear", keep_cleared)
        public = ("--edition", "public")
        run("build", project, "--out", out / "site", *public)
        run("build", project, "--out", out / "cases", "--only", "cases", *public)
        run("build", project, "--out", out / "past", "--as-of", "2025-Q2", *public)
        run("review", "2025-Q3", project, "--out", out / "review", *public)
        run("export", "json", project, "--out", out / "all.json", *public)
        run("export", "markdown", out / "tree", "--project", project, *public)
        run("export", "bpmn", out / "maps", "--project", project, *public)
    tempfile.tempdir = None
    return folder


def test_no_byte_of_an_edition_tells_what_is_kept_from_it(made: Path) -> None:
    written = {path.name for path in (made / "out").iterdir()}
    assert written == {"site", "cases", "past", "review", "review.zip", "all.json", "tree", "maps"}
    assert list(tokens_in(made / "out")) == []


def test_neither_the_cache_nor_a_temporary_folder_does(made: Path) -> None:
    handed = list((made / "kept").glob("handed-*"))
    assert any(b"<h2" in file.read_bytes() for file in handed), "the pages of the other language"
    assert any((made / "kept").rglob("mkdocs.yml"))
    assert any((made / "project/.handbook-cache").rglob("*.*"))
    for folder in (made / "kept", made / "tmp", made / "project/.handbook-cache"):
        assert list(tokens_in(folder)) == [], folder


def test_every_text_that_can_be_hidden_was_planted(tmp_path: Path) -> None:
    tokens = planted(tmp_path / "project")
    for kind in RESTRICTED:
        known = {name for name in texts_of_models(kind) if not TO_BE_ALONE.match(name)}
        assert sorted(known - set(tokens.places)) == [], kind


def test_the_narrowest_edition_holds_nearly_all_of_them(made: Path) -> None:
    """What the tests above look for can be found."""
    run("export", "markdown", made / "managers", "--project", made / "project", "--edition", "managers")
    found = {token for _, token in tokens_in(made / "managers")}
    assert len(found) > 700
    assert {"VERYHIDDEN", "hq-cycle-time", "hq-east"} <= found


# Each filter is needed: with one taken out, tokens are found.

_without_emptied = edition._without_emptied


def _with_objectives(whole: Catalogue, part: Catalogue) -> Catalogue:
    return replace(_without_emptied(whole, part), strategy=part.strategy)


FILTERS: dict[str, tuple[Any, str, Any]] = {
    "nothing": (edition, "_without_persons", edition._without_persons),
    "marks": (edition, "_sees", lambda _marks, _mark: True),
    "names of persons": (edition, "_without_persons", lambda catalogue: catalogue),
    "cells of the results": (edition, "_results", lambda catalogue, _marks: catalogue.results),
    "columns of figures": (edition_view, "hidden_columns", lambda _handbook, _audience: frozenset()),
    "links in texts": (edition, "without_hidden_links", lambda part, _whole: part),
    "emptied frames": (edition, "_without_emptied", _with_objectives),
    "attachments": (edition, "only", lambda known, _kept: known),
    "hand-written pages": (selection._Chosen, "shows_page", lambda _self, _page: True),
    "names of files on a page": (quality, "_seen", lambda _ctx: lambda _place: True),
    "names of files in a manifest": (manifest, "_shown", lambda _whole, _part, _edition: lambda _name: True),
}


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> Checked:
    project = tmp_path_factory.mktemp("filters") / "project"
    planted(project)
    return check_project(project)


@pytest.mark.parametrize("name", FILTERS)
def test_with_a_filter_out_tokens_are_found(
    checked: Checked, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Pages of one language with their exports, and a manifest; charts are left undrawn."""
    monkeypatch.setattr(Drawings, "fill", lambda _self, pages, _progress=None: tuple(pages))
    monkeypatch.setattr(*FILTERS[name])
    assert checked.whole is not None
    figures = figures_for(checked, "public")
    frozen = manifest.origin(checked.whole, figures)
    sites = [
        language_sites_of(figures, checked.problems, languages=("zh",), frozen=kept)
        for kept in (None, frozen)
    ]
    for number, one in enumerate(sites):
        write_tree(one, checked.whole.root / "content", tmp_path / str(number))
    found = list(tokens_in(tmp_path))
    assert bool(found) == (name != "nothing"), found[:5]


@pytest.mark.parametrize("kept", [True, False])
def test_the_edition_keeps_rewards_back_and_not_their_page_alone(
    checked: Checked, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kept: bool
) -> None:
    """Were the page of incentives in every edition, a wider one would still say nothing of them."""
    monkeypatch.setattr(Drawings, "fill", lambda _self, pages, _progress=None: tuple(pages))
    monkeypatch.setattr(incentives, "sees_pay", lambda _figures: True)
    if not kept:
        monkeypatch.setattr(edition, "_without_rewards", lambda catalogue: catalogue)
    assert checked.whole is not None
    site = language_sites_of(figures_for(checked, "public"), checked.problems, languages=("zh",))
    write_tree(site, checked.whole.root / "content", tmp_path)
    assert (tmp_path / "docs/incentives.md").is_file()
    assert bool(list(tokens_in(tmp_path))) == (not kept)
