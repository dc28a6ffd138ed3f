"""The command `handbook collect`: results from the systems that hold them."""

from __future__ import annotations

import sys
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.console import (
    problems_reported,
    progress_told,
    project_argument,
    refuse_without_engine,
    say,
    uncollected,
)

if TYPE_CHECKING:
    from generator.collect.run import AskedIndicator


class DayType(click.ParamType[date]):
    """A day in any spelling of the data format."""

    name = "day"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day, or a message that says how one is written."""
        from generator.model.common import parse_date

        try:
            return parse_date(value)
        except ValueError as error:
            self.fail(str(error), param, ctx)


@click.command()
@project_argument
@click.option("--only", multiple=True, metavar="INDICATOR", help="Collect this one only; may be repeated.")
@click.option(
    "--accept",
    multiple=True,
    metavar="INDICATOR",
    help="Write this one though a check stops it; may be repeated.",
)
@click.option("--dry-run", is_flag=True, help="Ask and tell, and write nothing.")
@click.option("--today", type=DayType(), help="Collect as on this day; default: today.")
@click.option(
    "--known-from",
    type=DayType(),
    help="Results of a first run count as known since this day; default: since their period ended.",
)
def collect(
    project: Path,
    only: tuple[str, ...],
    accept: tuple[str, ...],
    *,
    dry_run: bool,
    today: date | None,
    known_from: date | None,
) -> None:
    """Ask the sources of PROJECT for results and write those that pass the checks.

    Each indicator stands for itself: what fails, or is stopped by a check, leaves its results as they were,
    and the others go on. Exit code 0: all went well; 1: something did not.
    """
    refuse_without_engine("collect")
    from generator.collect.run import Wish, collect, collectable
    from generator.load.project import load_project
    from generator.pipeline import ProjectError
    from generator.problems import Problems, WrongUseError, nearest

    root = project.resolve()
    with problems_reported(), uncollected(), progress_told() as told:
        problems = Problems()
        catalogue = load_project(root, problems)
        if catalogue is None or problems.has_errors:
            raise ProjectError(problems)
        known = collectable(catalogue)
        for name in (*only, *accept):
            if name not in known:
                hint = nearest(name, known) if known else "no indicator names a connection"
                raise WrongUseError(f"'{name}' is not collected; {hint}")
        wanted = len(only) or len(known)
        done = 0

        def heard(outcome: AskedIndicator) -> None:
            nonlocal done
            done += 1
            told("collecting", done, wanted)
            _tell(outcome)

        told("collecting", 0, wanted)
        day = today or datetime.now().astimezone().date()
        made = collect(
            root, catalogue, Wish(day, only, accept, dry_run, known_from, today is not None), heard
        )
    if not made:
        say("no indicator in use names a connection", err=True)
    bad = [outcome.indicator for outcome in made if not outcome.well]
    if dry_run:
        say("nothing was written: a dry run", err=True)
    if bad:
        say(f"not collected: {', '.join(bad)}; their results are as they were", err=True)
        sys.exit(1)


def _tell(outcome: AskedIndicator) -> None:
    """One line an indicator, then what was restated and what the checks found."""
    from generator.collect.run import SHOWN

    if outcome.outcome == "failed":
        say(f"{outcome.indicator}: {outcome.message}", err=True)
        for line in outcome.statement.strip().splitlines():
            say(f"    {line}", err=True)
        return
    cases = "" if outcome.n is None else f", n {outcome.n:.0f}"
    span = outcome.periods.replace("/", " to ")
    rows = f"1 row of {span}{cases}" if outcome.rows == 1 else f"{outcome.rows} rows of {span}{cases}"
    restated = len(outcome.restated) - outcome.gone
    changes = [f"{outcome.new} new", f"{restated} restated", f"{outcome.gone} gone"]
    say(
        f"{outcome.indicator}: {outcome.outcome}; {outcome.source}: {rows}, {outcome.seconds:.2f} s;"
        f" {', '.join(changes)}"
    )
    for key, old, new in outcome.restated[:SHOWN]:
        where = ", ".join(part for part in key if part)
        say(f"    {where}: {f'restated from {old} to {new}' if new else f'{old} is there no more'}")
    if len(outcome.restated) > SHOWN:
        say(f"    and {len(outcome.restated) - SHOWN} more")
    for one in outcome.findings:
        word = "stopped" if one.stops and outcome.outcome == "refused" else "note"
        say(f"    {word} ({one.kind}): {one.message}", err=one.stops)
