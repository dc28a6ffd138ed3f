"""The command `handbook import workshop`: forms that browsers saved, taken into data/workshops."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from generator.console import say, shown, taking_project_option
from generator.problems import Problems, as_text


@click.command("workshop")
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@taking_project_option
def from_workshop(files: tuple[Path, ...], project: Path) -> None:
    """Take FILES that the form of the three first actions saved into data/workshops.

    Nothing is overwritten: what a file says otherwise than the handbook is named with both places. Exit code
    0: all was taken in; 1: something was not.
    """
    problems = Problems()
    for file in files:
        _take(file, project, problems)
    if problems.has_errors:
        click.echo(as_text(problems), nl=False, err=True)
        sys.exit(1)


def _take(file: Path, project: Path, problems: Problems) -> None:
    from generator.exchange.workshop_in import LARGEST_FORM, merged, read_form
    from generator.load.decode import read_text
    from generator.load.yaml_file import load_yaml_text
    from generator.site.writing import write_whole

    with file.open("rb") as opened:
        form = read_form(opened.read(LARGEST_FORM + 1), shown(file), problems)
    if form is None:
        return
    name = f"data/workshops/{form[0]}.yml"
    target = project / name
    old = None
    if target.exists():
        text = read_text(target, name, problems)
        source = load_yaml_text(text, name, problems) if text is not None else None
        if text is None or source is None:
            return
        old = (text, source)
    done = merged(old, form[1], problems)
    if done.text is None:
        say(f"{shown(target)}: nothing to add")
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    write_whole(target, done.text.encode())
    say(f"{shown(target)}: {'written' if old is None else f'{done.added} added'}")
