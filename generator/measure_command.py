"""The command `handbook measure`: the times, ways and queues of processes from their event logs."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.console import printed, project_argument, refuse_without_engine, say, shown

if TYPE_CHECKING:
    from generator.measure.log_tables import OddEvents
    from generator.model.catalogue import Catalogue
    from generator.model.process import Process


@click.command("measure")
@project_argument
@click.option("--only", multiple=True, help="Measure this process; may be given several times.")
@click.option("--dry-run", is_flag=True, help="Say what was measured, write nothing.")
@click.option(
    "--propose",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Propose a process file from this log (CSV, Parquet, JSON, XES) on standard output.",
)
def measure(project: Path, only: tuple[str, ...], dry_run: bool, propose: Path | None) -> None:
    """Read the event logs that processes name, and write what they tell to data/measured.

    Exit code 0: all were measured; 1: one was not, it is named, and its earlier figures stand.
    """
    refuse_without_engine("measure")
    if propose is not None:
        _propose(propose)
        return
    from generator.load.project import load_project
    from generator.problems import Problems, as_text

    problems = Problems()
    catalogue = load_project(project, problems)
    if catalogue is None or problems.has_errors:
        click.echo(as_text(problems), nl=False, err=True)
        sys.exit(1)
    named = [process for process in catalogue.processes.values() if process.log is not None]
    unknown = [id_ for id_ in only if id_ not in {process.id for process in named}]
    if unknown:
        raise click.UsageError(f"no process with a log: {', '.join(unknown)}")
    chosen = [process for process in named if not only or process.id in only]
    if not chosen:
        say("no process names a log; write log: into data/processes/<id>.yml", err=True)
    failed = [process.id for process in chosen if not _one(process, catalogue, project, dry_run)]
    if failed:
        sys.exit(1)


def _one(process: Process, catalogue: Catalogue, project: Path, dry_run: bool) -> bool:
    from generator.collect.fault import SourceFaultError
    from generator.exchange.plain_yaml import as_yaml
    from generator.measure.measure import measured_and_results
    from generator.site.writing import write_whole

    if process.log is None:
        return True
    try:
        found, results = measured_and_results(
            process,
            process.log,
            catalogue.handbook,
            tuple(catalogue.pilots),
            project.resolve(),
            starts={
                pilot.id: catalogue.handbook.calendar.start(pilot.to_be_since)
                for pilot in catalogue.pilots.values()
                if pilot.process == process.id and pilot.to_be_since is not None
            },
            odd=lambda found: _tell_odd(process.id, found),
        )
    except SourceFaultError as fault:
        say(f"{process.id}: {fault}", err=True)
        return False
    said = ", ".join(
        f"{one.map}: {'1 case' if one.cases == 1 else f'{one.cases} cases'}, {one.open} open"
        for one in found.maps
    )
    say(f"{process.id}: {found.events} events; {said or 'too few cases to tell anything'}")
    if dry_run:
        return True
    text = as_yaml(found.model_dump(mode="json", exclude_defaults=True))
    targets = [(project / f"data/measured/{process.id}.yml", text)]
    if results:
        file = project / f"data/results/measured-{process.id}.csv"
        targets.append((file, _as_known(file, results, catalogue, project)))
    for target, content in targets:
        if target.exists() and target.read_bytes() == content.encode():
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        write_whole(target, content.encode())
        click.echo(shown(target))
    return True


def _tell_odd(id_: str, found: OddEvents) -> None:
    """What a log holds that no figure can use, or that its author has to look at."""
    useless, backwards, doubled = found.useless, found.backwards, found.doubled
    if useless:
        left = "1 event" if useless == 1 else f"{useless} events"
        say(f"{id_}: left out for want of case, activity or moment: {left}", err=True)
    if backwards:
        odd = "1 event ends" if backwards == 1 else f"{backwards} events end"
        say(f"{id_}: {odd} before the start: that time is not counted", err=True)
    if doubled:
        again = "1 event stands" if doubled == 1 else f"{doubled} events stand"
        say(f"{id_}: {again} in the log again: each counts as a visit", err=True)
    if found.days_only:
        say(f"{id_}: the log holds days without hours; what begins and ends on one day lasts 0 h", err=True)


def _as_known(file: Path, results: str, catalogue: Catalogue, project: Path) -> str:
    """Results with the days on which they were first told; what they replace goes to the restated ones.

    What the first run finds was in the system before: it counts as known since its period ended.
    """
    from generator.collect.kept_rows import KeptRow, RestatedRow, add_restated
    from generator.collect.rows import NUMBERS, Told
    from generator.load.decode import read_text
    from generator.measure.results import HEAD, with_days, without_days
    from generator.problems import Problems

    before = (read_text(file, file.name, Problems(), gb18030=True) if file.exists() else "") or ""
    if not before.startswith(",".join(HEAD)):
        return without_days(results)
    today = results.rstrip().rpartition(",")[2]
    text, changed = with_days(results, before)
    dimensions = [dimension.id for dimension in catalogue.handbook.dimensions]
    blank = [""] * len(dimensions)
    rows = [
        RestatedRow(
            row["indicator"],
            (row["period"], row["pilot"], *blank),
            KeptRow(Told(*(row[name] for name in NUMBERS)), row["as_of"]),
            "",
            "",
            today,
        )
        for row in changed
        if row["as_of"] != today
    ]
    add_restated(project, rows, dimensions)
    return text


def _propose(file: Path) -> None:
    from generator.collect.fault import SourceFaultError
    from generator.exchange.plain_yaml import as_yaml
    from generator.measure.measure import proposal_of

    try:
        printed(as_yaml(proposal_of(file).proposal.process).encode())
    except SourceFaultError as fault:
        raise click.ClickException(str(fault)) from None
