"""The commands `handbook export texts` and `handbook import texts`: a table for translators, and back."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import click

from generator.console import catalogue_at, project_option, say, shown, wrong_place
from generator.problems import Problems, as_text


@click.command("texts")
@click.argument("target", type=click.Path(dir_okay=False, path_type=Path))
@project_option
@click.option("--missing", is_flag=True, help="Only texts whose state says something.")
@click.option("--record", is_flag=True, help="Write down too that today's translations hold.")
def to_texts(target: Path, project: Path, missing: bool, record: bool) -> None:
    """Every text of the files below data/ as the new table TARGET (.csv or .xlsx), a column a language.

    The last column says its state: missing (a language lacks), stale (the first language's words changed
    since the translation was made) or plain (one string serves all languages). What translations were made
    from stands in data/translated.csv: `import texts` keeps it, and --record writes all of them down as they
    are. The table holds everything, whatever an edition hides: give it to those only who may see the files
    themselves.
    """
    from generator.exchange.texts_table import record_bytes, table_of, text_rows, texts_book
    from generator.model.spreadsheet import csv_bytes
    from generator.model.translated import TRANSLATED, translations
    from generator.site.target import TargetError, refuse_source
    from generator.site.writing import write_whole

    with wrong_place():
        refuse_source(target, project.resolve(), str(target))
        if target.exists():
            raise TargetError(f"{shown(target)} is there already; name a new file")
    catalogue = catalogue_at(project.resolve())
    rows = [row for row in text_rows(catalogue) if row.state or not missing]
    table = table_of(rows, catalogue.handbook.languages)
    write_whole(target, texts_book(table) if target.suffix.lower() == ".xlsx" else csv_bytes(table))
    states = Counter(row.state for row in rows if row.state)
    told = ", ".join(f"{number} {state}" for state, number in sorted(states.items())) or "nothing to do"
    one, place = len(rows) == 1, shown(target)
    say(f"1 text, {told}: {place}" if one else f"{len(rows)} texts, {told}: {place}")
    if record:
        made = {one.key: one.marks for one in translations(catalogue)}
        write_whole(project.resolve() / TRANSLATED, record_bytes(made))
        count = "1 translation" if len(made) == 1 else f"{len(made)} translations"
        say(f"{count} written down in {TRANSLATED}")


@click.command("texts")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@project_option
@click.option("--write", is_flag=True, help="Change the files; without it only what would change is told.")
def from_texts(file: Path, project: Path, write: bool) -> None:
    """Take the translations in FILE (.csv or .xlsx), a table of `handbook export texts`, into the files.

    Only the translated texts change, and data/translated.csv, which keeps what each was made from. A
    translation of words that changed since is refused, and nothing is written then.
    """
    from generator.exchange.texts_table import record_bytes, take_texts
    from generator.load.other_tables import grids_of
    from generator.model.translated import TRANSLATED, recorded, translations
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
    if write and texts:
        before = {one.key: one.marks for one in translations(catalogue)}
        now = tuple(translations(catalogue_at(root)))
        made = {one.key for one in now if before.get(one.key) != one.marks}
        write_whole(root / TRANSLATED, record_bytes(recorded(catalogue.translated, now, made)))
    say("nothing to change" if not texts else "written" if write else "--write changes these files")
