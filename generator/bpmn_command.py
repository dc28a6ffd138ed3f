"""The command `handbook import bpmn`: process models of other tools, or maps of ours, as process files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from generator.console import printed, say, shown
from generator.messages import said

if TYPE_CHECKING:
    from generator.exchange.bpmn_in import Imported


@click.command("bpmn")
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write to this file, further processes of FILE beside it; default: standard output.",
)
@click.option("--id", "id_", help="Id of the process; default: made from the file's name.")
@click.option(
    "--report",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Tell of every name of FILE in this file; default with --out: NAME-import.txt here.",
)
def from_bpmn(files: tuple[Path, ...], out: Path | None, id_: str | None, report: Path | None) -> None:
    """BPMN 2.0 FILES as process files; what has no counterpart is told on standard error.

    One file with several pools that hold steps becomes several processes. Several files are the maps of one
    process that `handbook export bpmn` wrote.
    """
    from generator.exchange.bpmn_report import report_text, to_do, totals
    from generator.exchange.bpmn_words import colon, loss_words

    read = [_read(file, id_, out) for file in files]
    processes = list(read[0].processes) if len(read) == 1 else [_together(files, read)]
    if report is None and out is not None:
        report = Path(f"{files[0].name.partition('.')[0] or 'bpmn'}-import.txt")
    texts = {file.name: report_text(one, file.name) for file, one in zip(files, read, strict=True)}
    _write(processes, out)
    if report is not None:
        _write_report(report, "\n".join(texts.values()))
    for file, one in zip(files, read, strict=True):
        click.echo(f"{file.name}{colon()}{said(totals(one))}", err=True)
        for loss in one.losses:
            plain = to_do(loss) or loss.kind.startswith("taken ")
            click.echo(f"{'' if plain else said('not taken over: ')}{loss_words(loss)}", err=True)
    if report is not None:
        say(f"every name is in {shown(report)}", err=True)


def _read(file: Path, id_: str | None, out: Path | None) -> Imported:
    from generator.exchange.bpmn_bytes import BpmnError
    from generator.exchange.bpmn_in import read_bpmn
    from generator.exchange.readable_id import slug

    named = id_ or slug(out.stem if out else file.name.partition(".")[0]) or "process"
    try:
        return read_bpmn(file.read_bytes(), named)
    except BpmnError as fault:
        raise click.ClickException(f"{file.name}: {fault}") from None


def _together(files: tuple[Path, ...], read: list[Imported]) -> dict[str, Any]:
    """The maps of one process as one."""
    whole: dict[str, Any] = {}
    maps: dict[str, Any] = {}
    for file, one in zip(files, read, strict=True):
        process: dict[str, Any] = one.process
        if whole and process["id"] != whole["id"]:
            message = f"{file.name} is of the process {process['id']}, not of {whole['id']}: name one of them"
            raise click.UsageError(message)
        for name, drawn in process["maps"].items():
            if name in maps:
                raise click.UsageError(f"{file.name} is a second map {name} of {process['id']}: name one")
            maps[name] = drawn
        known = {lane["id"] for lane in whole.get("lanes", ())}
        lanes = [*whole.get("lanes", ()), *(lane for lane in process["lanes"] if lane["id"] not in known)]
        whole = {**process, **whole, "lanes": lanes}
    order = [name for name in ("as_is", "to_be") if name in maps]
    return {**whole, "maps": {name: maps[name] for name in order}}


def _write(processes: list[dict[str, Any]], out: Path | None) -> None:
    """Every process into a file of its own, or all to standard output; nothing is overwritten."""
    from generator.exchange.plain_yaml import as_yaml
    from generator.site.writing import write_whole

    if out is None:
        printed("---\n".join(map(as_yaml, processes)).encode())
        if len(processes) > 1:
            say(f"{len(processes)} processes: with --out each gets a file of its own", err=True)
        return
    targets = [out, *(out.parent / f"{process['id']}.yml" for process in processes[1:])]
    try:
        for target in targets:
            if target.exists() or target.is_symlink():
                raise click.UsageError(f"{target} is there already; name another file with --out")
        out.parent.mkdir(parents=True, exist_ok=True)
    except (NotADirectoryError, FileExistsError):
        raise click.UsageError(f"{out} lies in a file, not in a folder") from None
    for target, process in zip(targets, processes, strict=True):
        write_whole(target, as_yaml(process).encode())
        click.echo(shown(target))


def _write_report(report: Path, text: str) -> None:
    from generator.exchange.bpmn_report import BEGINS
    from generator.site.writing import write_whole

    known = tuple(begin.encode() for begin in BEGINS)
    try:
        if report.exists() and not report.read_bytes().startswith(known):
            raise click.UsageError(f"{report} is there already and no report; name another with --report")
        report.parent.mkdir(parents=True, exist_ok=True)
    except (NotADirectoryError, FileExistsError):
        raise click.UsageError(f"{report} lies in a file, not in a folder") from None
    write_whole(report, text.encode())
