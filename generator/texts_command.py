"""The commands `handbook export texts` and `handbook import texts`: a table for translators, and back."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from generator.console import catalogue_at, project_option, say, shown, wrong_place
from generator.problems import Problems, as_text


@click.command("texts")
@click.argument("target", type=click.Path(dir_okay=False, path_type=Path))
@project_option
@click.option("--missing", is_flag=True, help="Only texts that lack a language.")
def to_texts(target: Path, project: Path, missing: bool) -> None:
    """Every text of the files below data/ as the new table TARGET (.csv): a row a text, a column a language.

    The last column says its state: missing (a language lacks) or plain (one string serves all languages).
    It holds everything, whatever an edition hides: give it to those only who may see the files themselves.
    """
    from generator.exchange.texts_table import table_of, text_rows
    from generator.model.spreadsheet import csv_bytes
    from generator.site.target import TargetError, refuse_source
    from generator.site.writing import write_whole

    with wrong_place():
        refuse_source(target, project.resolve(), str(target))
        if target.exists():
            raise TargetError(f"{shown(target)} is there already; name a new file")
    catalogue = catalogue_at(project.resolve())
    rows = [row for row in text_rows(catalogue) if row.state or not missing]
    write_whole(target, csv_bytes(table_of(rows, catalogue.handbook.languages)))
    say(f"{len(rows)} texts, {sum(bool(row.state) for row in rows)} lack a language: {shown(target)}")


@click.command("texts")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@project_option
@click.option("--write", is_flag=True, help="Change the files; without it only what would change is told.")
def from_texts(file: Path, project: Path, write: bool) -> None:
    """Take the translations in FILE (.csv or .xlsx), a table of `handbook export texts`, into the files.

    Only the translated texts change. A translation of words that changed since is refused, and nothing is
    written then.
    """
    from generator.exchange.texts_table import take_texts
    from generator.load.other_tables import grids_of
    from generator.site.writing import write_whole

    problems = Problems()
    root = project.resolve()
    catalogue = catalogue_at(root)
    grids = grids_of(file, file.name, problems)
    texts = take_texts(grids[0], catalogue, problems) if grids else {}
    if len(problems):
        click.echo(as_text(problems), nl=False, err=True)
    if problems.has_errors:
        say("nothing was written", err=True)
        sys.exit(1)
    for name, data in texts.items():
        if write:
            write_whole(root / name, data)
        click.echo(name)
    say("nothing to change" if not texts else "written" if write else "--write changes these files")
