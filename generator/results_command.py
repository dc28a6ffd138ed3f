"""The command `handbook import results`: a table of another shape, and how it can be read."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.console import catalogue_at, say, shown, taking_project_option, wrong_place
from generator.messages import said
from generator.problems import Problems, as_text

if TYPE_CHECKING:
    from generator.load.sheet import Known
    from generator.model.results_map import TableMap

_SHOWN = 8
"""Results that are shown as read."""


@click.command("results")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@taking_project_option
@click.option("--write", is_flag=True, help="Write the entry, and copy FILE into data/results.")
def from_results(file: Path, project: Path, write: bool) -> None:
    """Propose how FILE (.csv or .xlsx) of any shape is read as results, and show the first ones as read.

    The proposal is an entry of data/results.map.yml. Exit code 0: all was read; 1: something was not, or the
    file has no shape that is known.
    """
    from generator.exchange.proposed_map import proposed_map
    from generator.load.known import known_of, tables_of
    from generator.load.other_tables import FOLDER, grids_of, table_for

    root = project.resolve()
    if file.suffix not in (".csv", ".xlsx"):
        from generator.load.files import hint_for_results

        raise click.UsageError(f"results come as .csv or .xlsx: {hint_for_results(file.suffix)}")
    catalogue = catalogue_at(root)
    own = file.resolve()
    inside = own.is_relative_to(root / FOLDER)
    name = own.relative_to(root).as_posix() if inside else f"{FOLDER}{file.name}"
    problems = Problems()
    tables = tables_of(root, problems)
    known = known_of(catalogue, tables)
    if table_for(name, tables) is not None:
        say(f"{name}: data/results.map.yml says how it is read")
        sys.exit(0 if _preview(own, name, known, None) else 1)
    made = [
        proposal
        for grid in grids_of(own, name, problems)
        if (proposal := proposed_map(grid, name.removeprefix(FOLDER), known)) is not None
    ]
    if not made:
        told = as_text(problems) if len(problems) else said(f"{name}: no shape that is known\n")
        click.echo(told, nl=False, err=True)
        sys.exit(1)
    first = made[0]
    say("for data/results.map.yml:")
    click.echo(f"\ntables:\n{_indented(first.text)}")
    if len(made) > 1:
        more = len(made) - 1
        sheets = "1 more sheet has" if more == 1 else f"{more} more sheets have"
        say(f"{sheets} a shape that is known; this is the first one")
    sound = _preview(own, name, known, first.table)
    if write:
        with wrong_place():
            _write(root, own, name, first.text)
    elif not sound:
        say("correct the proposal where it is wrong; --write writes it", err=True)
    sys.exit(0 if sound else 1)


def _indented(text: str) -> str:
    """The entry below `tables`: what is of the format stays as it is, remarks are said."""
    lines = (line.partition("# ") for line in text.splitlines())
    return "".join(
        f"  {before}{mark}{said(words) if mark and not before.strip() else words}\n"
        for before, mark, words in lines
    )


def _preview(path: Path, name: str, known: Known, table: TableMap | None) -> bool:
    """Shows the first results as read, and what could not be; whether there was nothing such."""
    from dataclasses import replace

    from generator.load.results import load_results

    problems = Problems()
    asked = replace(known, table_of=lambda _: table) if table else known
    results = load_results([(path, name)], asked, problems)
    count = f"{len(results)} results are read" + (f"; the first {_SHOWN}:" if len(results) > _SHOWN else ":")
    say("1 result is read:" if len(results) == 1 else count)
    for row in results[:_SHOWN]:
        where = "".join(f" {value}" for _, value in row.cell)
        value = said("no value") if row.value is None else f"{row.value:.12g}"
        pilot = row.pilot or said("the whole organisation")
        if row.sheet_cell:
            say(f"  {row.sheet_cell}: {row.period} {row.indicator} {pilot}{where} = {value}")
        else:
            say(f"  line {row.line}: {row.period} {row.indicator} {pilot}{where} = {value}")
    if len(problems):
        click.echo(as_text(problems), nl=False, err=True)
    return not problems.has_errors and len(results) > 0


def _write(root: Path, own: Path, name: str, text: str) -> None:
    from generator.exchange.proposed_map import with_entry
    from generator.load.decode import read_text
    from generator.load.yaml_file import load_yaml_text
    from generator.site.writing import write_whole

    target, problems = root / "data/results.map.yml", Problems()
    old = read_text(target, "data/results.map.yml", problems) if target.exists() else None
    source = load_yaml_text(old, "data/results.map.yml", problems) if old is not None else None
    if target.exists() and source is None:
        click.echo(as_text(problems), nl=False, err=True)
        sys.exit(1)
    column = source.marks.get(("tables", 0), (1, 5))[1] if source else 5
    made = with_entry(old, text, column - 3)
    if load_yaml_text(made, "data/results.map.yml", problems) is None:
        say(f"{shown(target)} does not take the entry as it is written: add it by hand", err=True)
        sys.exit(1)
    copied = root / name
    if own != copied:
        if copied.exists():
            raise click.UsageError(f"{shown(copied)} is there already; rename {own.name}")
        copied.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(own, copied)
        click.echo(shown(copied))
    write_whole(target, made.encode())
    click.echo(shown(target))
