"""The command `handbook import open-sdg`: an Open SDG site's metadata and data as a new handbook."""

from __future__ import annotations

from pathlib import Path

import click

from generator.console import say, shown

_TOLD = 30
"""Lines about what was not taken over that are printed; all stand in a file of the handbook."""


@click.command("open-sdg")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--out",
    required=True,
    type=click.Path(path_type=Path),
    help="The new handbook; a folder that is not there yet.",
)
@click.option("--title", default="Indicators", show_default=True, help="The handbook's title.")
def from_open_sdg(folder: Path, out: Path, title: str) -> None:
    """The metadata and data of an Open SDG site in FOLDER (its meta/ and data/) as a new handbook.

    Series and units become dimensions where an indicator has several; a range of years is told by its last,
    with the range in the note. What has no place is listed, and stands in import.txt of the new handbook.
    """
    from generator.exchange.open_sdg import listed, read_open_sdg

    if not (folder / "meta").is_dir():
        raise click.UsageError(f"{shown(folder)} has no folder meta: name the folder of the site's data")
    if out.exists() and any(out.iterdir() if out.is_dir() else [out]):
        raise click.UsageError(f"{shown(out)} is there already; name a new folder")
    made = read_open_sdg(folder, title)
    notes = "".join(f"{line}\n" for line in listed(made, len(made.told)))
    for name, data in {**made.files, "import.txt": notes.encode()}.items():
        target = out / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    say(f"{made.indicators} indicators, {made.rows} results in {shown(out)}")
    for line in listed(made, _TOLD):
        say(line, err=True)
