"""The commands `handbook export excel` and `handbook import excel`: a handbook as a workbook, and back."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.console import (
    PeriodType,
    as_of_option,
    catalogue_at,
    edition_option,
    problems_reported,
    progress_told,
    project_option,
    say,
    shown,
    taking_project_option,
    today,
    uncollected,
    wrong_place,
)
from generator.messages import said
from generator.problems import Problems, as_text

if TYPE_CHECKING:
    from generator.exchange.book_in import BookEdits
    from generator.exchange.book_out import BookPage
    from generator.model.catalogue import Catalogue
    from generator.model.period import Period

_BEFORE = ".handbook-before"
"""The folder of a project in which the files stand as they were before an import."""
_MOST_ROWS = 200_000
"""Results that go into a sheet; of more only the newest."""


@click.command("excel")
@click.argument("target", type=click.Path(dir_okay=False, path_type=Path))
@project_option
@click.option("--language", help="Language of heads and sheets; default: the handbook's first.")
@click.option("--results-only", is_flag=True, help="A workbook to fill: the results that are due next.")
@click.option(
    "--since",
    type=PeriodType(),
    help="Of --results-only: a row for every period from this one on that has no result, e.g. 2025-01.",
)
@edition_option
@as_of_option
def to_excel(
    target: Path,
    project: Path,
    *,
    language: str | None,
    results_only: bool,
    since: Period | None,
    edition: str | None,
    as_of: Period | None,
) -> None:
    """The library, packs, actions, key results, results as the workbook TARGET (.xlsx), to be edited.

    `handbook import excel` takes what was changed in it back into the files. With --results-only it holds
    only rows to fill, one for the next period of each series, to be mailed to those who know the figures;
    with --since one for every period from there on.
    """
    from generator.excel_words import shown_words, words_of
    from generator.exchange.book_out import workbook_bytes
    from generator.exchange.book_pages import all_pages, due_pages, lists_of
    from generator.pipeline import Request, Run
    from generator.site.writing import write_whole

    if target.suffix.lower() != ".xlsx":
        raise click.UsageError("name a file that ends in .xlsx")
    if since is not None and not results_only:
        raise click.UsageError("--since belongs to --results-only")
    root = project.resolve()
    with wrong_place():
        _refuse_other(target, root)
    with progress_told() as told, problems_reported(), uncollected():
        run = Run(root, Request(edition, as_of, (language,) if language else ()), told)
        catalogue = run.figures.catalogue
        pages = due_pages(catalogue, since, today()) if results_only else all_pages(catalogue, _MOST_ROWS)
        language = run.languages[0]
        about = (run.figures.edition, str(run.figures.as_of or ""), language)
        data = workbook_bytes(
            pages, lists_of(catalogue), about, words_of(catalogue, language), shown_words(catalogue, language)
        )
    write_whole(target, data)
    if results_only and not pages[0].rows:
        say("there is nothing to fill: no indicator is on trial or active, or no period is over", err=True)
    left = len(catalogue.results) - sum(len(page.rows) for page in pages if page.sheet.key == "results")
    if left > 0 and not results_only:
        say(f"the newest {_MOST_ROWS} results are in it, {left} are not", err=True)
    click.echo(shown(target))


def _refuse_other(target: Path, root: Path) -> None:
    """Refuses to write among the handbook's own files, and over a file that is no workbook of ours."""
    from generator.exchange.book_pages import is_ours
    from generator.site.target import TargetError, refuse_source

    refuse_source(target, root, str(target))
    if target.is_dir() or (target.exists() and not is_ours(target.read_bytes())):
        raise TargetError(
            f"{shown(target)} is there already and is no workbook of a handbook: name another file"
        )


@click.command("excel")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@taking_project_option
@click.option("--write", is_flag=True, help="Change the files; without it only what would change is told.")
@click.option(
    "--annotate",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write a copy of the workbook with each fault at its cell.",
)
def from_excel(file: Path, project: Path, write: bool, annotate: Path | None) -> None:
    """Take what was changed in FILE, a workbook of `handbook export excel`, into the files of the handbook.

    Only the changed fields of a file change; comments, order and quoting stay. What was changed in the files
    too is refused with both values. Exit code 0: all can be taken in; 1: something cannot, and nothing is.
    """
    from generator.excel_words import choice_words
    from generator.exchange.book_applied import apply_edits, check_whole
    from generator.exchange.book_in import read_book
    from generator.load.known import known_of, tables_of

    root = project.resolve()
    if annotate is not None:
        if annotate.resolve() == file.resolve():
            raise click.UsageError(f"{shown(annotate)} is the workbook itself: name another file")
        with wrong_place():
            _refuse_other(annotate, root)
    problems = Problems()
    catalogue = catalogue_at(root)
    edits = read_book(file.read_bytes(), file.name, catalogue, problems, choice_words(catalogue))
    if edits is None:
        click.echo(as_text(problems), nl=False, err=True)
        sys.exit(1)
    done = apply_edits(catalogue, edits, known_of(catalogue, tables_of(root, Problems())), problems)
    if not problems.has_errors:
        check_whole(catalogue, done, problems)
    for edit in edits.changed:
        before = edit.row.values.get(edit.column.key, "") if edit.row else ""
        before, now = edits.word(edit, before), edits.word(edit, edit.value)
        say(f"{edit.mark.cell}: {_short(before)} → {_short(now)}")
    for (key, identity), cells in edits.added.items():
        named, value = (
            edits.names.get(key, key),
            next((one for one in cells if one.column.key == "value"), None),
        )
        figure = f" = {edits.word(value, value.value)}" if value and value.value else ""
        say(f"new in {named}: {' '.join(filter(None, identity))}{figure}")
    if edits.gone:
        rows = "1 row is" if edits.gone == 1 else f"{edits.gone} rows are"
        say(f"{rows} gone from the workbook; nothing is deleted", err=True)
    if len(problems):
        click.echo(as_text(problems), nl=False, err=True)
    if annotate is not None and len(problems):
        _annotate(annotate, edits, problems, catalogue)
    if problems.has_errors:
        say("nothing was written", err=True)
        sys.exit(1)
    if not done.changes:
        say("nothing to change")
    elif write:
        _write(root, done.files())
    else:
        files = "1 file" if len(done.texts) == 1 else f"{len(done.texts)} files"
        changes = "1 change" if done.changes == 1 else f"{done.changes} changes"
        say(f"{changes} in {files}; --write {'makes it' if done.changes == 1 else 'makes them'}")


def _short(text: str) -> str:
    one = " ".join(text.split()) or said("a blank cell")
    return one if len(one) <= 60 else one[:59] + "…"


def _write(root: Path, files: dict[str, bytes]) -> None:
    """Writes the files; how they were before stays in a folder of its own."""
    from generator.site.writing import write_whole

    number = 1
    while (root / _BEFORE / f"{number:03}").exists():
        number += 1
    kept = root / _BEFORE / f"{number:03}"
    for name, data in files.items():
        target = root / name
        if target.exists():
            copy = kept / name
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(target.read_bytes())
        target.parent.mkdir(parents=True, exist_ok=True)
        write_whole(target, data)
        click.echo(shown(target))
    if kept.exists():
        say(f"as they were before: {shown(kept)}")


def _annotate(target: Path, edits: BookEdits, problems: Problems, catalogue: Catalogue) -> None:
    from generator.excel_words import words_of
    from generator.exchange.book_out import workbook_bytes
    from generator.exchange.book_pages import annotated_pages, lists_of
    from generator.site.writing import write_whole

    pages: list[BookPage] = annotated_pages(edits, problems, catalogue)
    language = catalogue.handbook.languages[0]
    words = words_of(catalogue, language)
    data = workbook_bytes(pages, lists_of(catalogue), ("", "", language), words, edits.shown)
    write_whole(target, data)
    say(f"with each fault at its cell: {shown(target)}", err=True)
