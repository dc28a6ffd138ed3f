"""The command `handbook export datapackage`: results and indicators for catalogues and statistics."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.console import (
    as_of_option,
    edition_option,
    problems_reported,
    progress_told,
    project_option,
    say,
    shown,
    uncollected,
    wrong_place,
)

if TYPE_CHECKING:
    from generator.model.period import Period


@click.command("datapackage")
@click.argument("target", type=click.Path(path_type=Path))
@project_option
@edition_option
@as_of_option
def to_datapackage(target: Path, project: Path, edition: str | None, as_of: Period | None) -> None:
    """Results, indicators, pilots as a data package (Frictionless, CSVW) in the new folder TARGET."""
    from generator.exchange.datapackage import data_package
    from generator.pipeline import Request, Run
    from generator.site.target import put_new, refuse_new
    from generator.site.workplace import at_work

    root = project.resolve()
    with wrong_place():
        refuse_new(target, root)
    with progress_told() as told, problems_reported(), uncollected():
        files = data_package(Run(root, Request(edition, as_of), told).figures)
        with at_work(target) as folder, wrong_place():
            (folder / "package").mkdir()
            for name, content in files.items():
                (folder / "package" / name).write_bytes(content)
            put_new(folder / "package", target)
    say(f"{len(files)} files in {shown(target)}")
