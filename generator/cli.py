"""The `handbook` command: init, new, add, check, build, serve, review, export, import and what helps them.

Exit codes: 0 done, 1 the project has errors or the machine refused, 2 wrong use, 3 a fault of ours. Figures
and files go to standard output, progress and problems of a build to standard error. A traceback is a fault of
ours, never of the author's.
"""

from __future__ import annotations

import json
import logging
import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from generator import __version__
from generator.bpmn_command import from_bpmn
from generator.collect_command import collect
from generator.console import (
    Commands,
    PeriodType,
    as_of_option,
    building,
    edition_option,
    lang_option,
    only_option,
    place_in_repository,
    printed,
    problems_reported,
    progress_told,
    project_argument,
    project_option,
    say,
    shown,
    tell_later,
    uncollected,
    wrong_place,
)
from generator.datapackage_command import to_datapackage
from generator.digest_command import digest, post
from generator.documents_command import docs
from generator.excel_command import from_excel, to_excel
from generator.explain_command import explain
from generator.labels_command import to_labels
from generator.measure_command import measure
from generator.open_sdg_command import from_open_sdg
from generator.problems import Problem, WrongUseError, as_github, as_gitlab, as_json, as_text, below
from generator.results_command import from_results
from generator.simulate_command import simulate
from generator.starter_commands import add, clear, init, new, upgrade
from generator.texts_command import from_texts, to_texts
from generator.verify_command import verify
from generator.workshop_command import from_workshop

if TYPE_CHECKING:
    from generator.model.period import Period

PRINTERS: dict[str, Callable[[Iterable[Problem]], str]] = {
    "text": as_text,
    "json": as_json,
    "github": as_github,
    "gitlab": as_gitlab,
}
ANNOTATIONS = ("github", "gitlab")
"""Forms whose reader looks for files from the top of the repository."""


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="handbook")
@lang_option
def main() -> None:
    """Indicator handbook: YAML definitions, CSV results and Markdown become a bilingual site."""
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    logging.captureWarnings(True)


@main.command()
@project_argument
@click.option(
    "--format", "form", type=click.Choice(list(PRINTERS)), default="text", help="How problems are printed."
)
@click.option("--strict", is_flag=True, help="Exit 1 on warnings too.")
@as_of_option
def check(project: Path, form: str, strict: bool, as_of: Period | None) -> None:
    """Hold the data of PROJECT against the formats and the method's rules."""
    from generator.pipeline import Request, Run

    with progress_told() as told, problems_reported(), uncollected():
        run = Run(project.resolve(), Request(as_of=as_of), told)
        checked = run.checked
        run.try_settings()
    place = place_in_repository(run.project) if form in ANNOTATIONS else ""
    click.echo(PRINTERS[form](below(place, checked.problems)))
    failed = checked.problems.has_errors or (strict and checked.problems.count("warning") > 0)
    sys.exit(1 if failed else 0)


@main.command()
@project_argument
@click.option("--out", type=click.Path(path_type=Path), help="Where the site goes; default: PROJECT/site.")
@click.option("--language", "languages", multiple=True, help="Build only this language; may be repeated.")
@edition_option
@as_of_option
@only_option
def build(
    project: Path,
    out: Path | None,
    languages: tuple[str, ...],
    edition: str | None,
    as_of: Period | None,
    only: Literal["cases"] | None,
) -> None:
    """Build the site of PROJECT. The old site stays as it was until the new one is complete."""
    click.get_current_context().with_resource(uncollected())
    from generator.build_command import BuildOptions, built

    root = project.resolve()
    target = (out or root / "site").resolve()
    with building(target, root) as staging:
        made = built(root, target, staging, BuildOptions(edition, as_of, languages, only))
    if made.hidden:
        found = "1 warning or note" if made.hidden == 1 else f"{made.hidden} warnings and notes"
        say(f"{found}; `handbook check` lists them", err=True)
    say(f"{made.pages} pages; open {shown(target / 'index.html')}")


@main.command()
@click.argument("period", type=PeriodType())
@project_argument
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    help="The folder; the zip stands beside it. Default: PROJECT/review-PERIOD.",
)
@edition_option
@click.option("--sign", type=click.Path(exists=True, path_type=Path), help="Sign it with this SSH key.")
@click.option("--again", is_flag=True, help="Replace the review that stands there: it is frozen otherwise.")
def review(
    period: Period,
    project: Path,
    *,
    out: Path | None,
    edition: str | None,
    sign: Path | None,
    again: bool,
) -> None:
    """Freeze the review of PERIOD, e.g. 2026-Q3: a site as of its end, as a folder and as a zip.

    Nothing later is in it: results, changes, reviews, definitions. It opens with a cover, holds a page to
    print, and carries a manifest with the hashes of its inputs. The zip opens from a folder, with no network.
    """
    from generator.pipeline import Request, Run, frozen_name
    from generator.site.frozen import freeze_site
    from generator.site.staged import SiteError
    from generator.site.target import TargetError, refuse_frozen, refuse_zip

    root = project.resolve()
    with progress_told() as told, problems_reported(), uncollected():
        run = Run(root, Request(edition, period, frozen=True), told)
        target = (out or root / frozen_name(run.figures)).resolve()
        with wrong_place():
            refuse_zip(target.with_name(f"{target.name}.zip"))
            if not again:
                refuse_frozen(target)
        os.environ.setdefault("SOURCE_DATE_EPOCH", str(run.moment))
        with building(target, root, again=again) as staging:
            sites = run.sites
            told("writing", 0, 0)
            try:
                packed = freeze_site(root, sites, target, staging, moment=run.moment, key=sign)
            except (SiteError, TargetError) as error:
                raise click.ClickException(str(error)) from None
    say(f"{sum(len(site.pages) for site in sites)} pages; open {shown(target / 'index.html')}")
    tell_later(run)
    say(f"to hand on: {shown(packed)}")


_COMMANDS = (init, new, add, clear, collect, digest, docs, explain, measure, post, simulate, upgrade, verify)
for _command in _COMMANDS:
    main.add_command(_command)


@main.command()
@project_argument
@click.option("--address", default="127.0.0.1:8000", show_default=True, help="Where to serve.")
@click.option("--language", "languages", multiple=True, help="Only this language; may be repeated.")
@edition_option
@as_of_option
def serve(
    project: Path, address: str, languages: tuple[str, ...], edition: str | None, as_of: Period | None
) -> None:
    """Serve PROJECT; pages follow whenever data, content, labels, mkdocs.yml or theme change.

    What is wrong with the files stands on top of the pages, with file, line and message, until it is mended.
    """
    from generator.pipeline import Request
    from generator.serving.serve import serve as served
    from generator.site.staged import SiteError

    logging.basicConfig(level=logging.INFO, format="%(message)s")
    try:
        with problems_reported():
            served(project.resolve(), address, Request(edition, as_of, languages))
    except SiteError as error:
        raise click.ClickException(str(error)) from None


@main.command()
@click.option("--out", type=click.Path(path_type=Path), help="Write one file a kind into this folder.")
@click.option(
    "--project",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    is_flag=False,
    flag_value=".",
    help="Write them for this handbook (default: here), with its ids, into .vscode/schemas.",
)
@click.argument("kind", required=False)
def schema(out: Path | None, project: Path | None, kind: str | None) -> None:
    """Print the JSON Schema of KIND of file, or write all of them for editors to complete and check.

    With --project the schemas know the ids of the handbook's indicators, goals, units, pilots and processes;
    write them again when there are new ones.
    """
    from generator.schema_files import all_schemas, write_schemas
    from generator.site.target import SCHEMA, refuse_file

    known = all_schemas()
    if project is not None:
        from generator.starter.bench import Bench
        from generator.starter.editor import project_schemas
        from generator.starter.project import SCHEMAS

        try:
            known = project_schemas(Bench.of(project.resolve()))
        except WrongUseError as error:
            raise click.UsageError(str(error)) from None
        out = out or (project / SCHEMAS if kind is None else None)
    if out is not None:
        with wrong_place():
            for name in known:
                refuse_file(out / f"{name}.json", Path.cwd(), SCHEMA, "schema of ours")
        for path in write_schemas(out, known):
            click.echo(path)
    elif kind is None:
        click.echo("\n".join(known))
    elif kind not in known:
        raise click.UsageError(f"unknown kind '{kind}'; there are: {', '.join(known)}")
    else:
        click.echo(json.dumps(known[kind], ensure_ascii=False, indent=2))


@main.group()
def export() -> None:
    """Write a handbook in another form."""


@export.command("json")
@project_argument
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write to this file; default: standard output.",
)
@edition_option
@as_of_option
def to_json(project: Path, out: Path | None, edition: str | None, as_of: Period | None) -> None:
    """Everything as one JSON object: definitions, results, attainment, scores."""
    from generator.exchange.export_json import export_json
    from generator.pipeline import Request, Run
    from generator.site.target import EXPORT, refuse_file
    from generator.site.writing import write_whole

    root = project.resolve()
    if out is not None:
        with wrong_place():
            refuse_file(out, root, EXPORT, "earlier export")
    with progress_told() as told, problems_reported(), uncollected():
        text = export_json(Run(root, Request(edition, as_of), told).figures)
    if out is None:
        printed(text.encode())
    else:
        write_whole(out, text.encode())
        click.echo(shown(out))


export.add_command(to_datapackage)


@export.command("markdown")
@click.argument("target", type=click.Path(path_type=Path))
@project_option
@edition_option
@as_of_option
@only_option
def to_markdown(
    target: Path,
    project: Path,
    edition: str | None,
    as_of: Period | None,
    only: Literal["cases"] | None,
) -> None:
    """The site's pages as plain Markdown in the new folder TARGET, for any Material-compatible builder."""
    from generator.pipeline import Request, Run
    from generator.site.markdown_tree import write_tree
    from generator.site.target import put_new, refuse_new
    from generator.site.workplace import at_work

    root = project.resolve()
    with wrong_place():
        refuse_new(target, root)
    with progress_told() as told, problems_reported(), uncollected():
        sites = Run(root, Request(edition, as_of, only=only), told).sites
        with at_work(target) as folder, wrong_place():
            count = write_tree(sites, root / "content", folder / "tree")
            put_new(folder / "tree", target)
    say(f"{count} pages in {shown(target)}")


@export.command("bpmn")
@click.argument("target", type=click.Path(file_okay=False, path_type=Path))
@project_option
@click.option("--language", help="Language of the texts; default: the handbook's first.")
@edition_option
@as_of_option
def to_bpmn(
    target: Path, project: Path, language: str | None, edition: str | None, as_of: Period | None
) -> None:
    """Every process map as a BPMN 2.0 file in the folder TARGET, drawn as on the site."""
    from generator.map_files import bpmn_files
    from generator.pipeline import Request, Run
    from generator.site.target import BPMN, refuse_file, refuse_source
    from generator.site.written import write_files

    root = project.resolve()
    with wrong_place():
        refuse_source(target, root, str(target))
    with progress_told() as told, problems_reported(), uncollected():
        run = Run(root, Request(edition, as_of, (language,) if language else ()), told)
        files = bpmn_files(run.figures, run.languages[0])
    with wrong_place():
        for name in files:
            refuse_file(target / name, root, BPMN, "earlier export")
        done = write_files(target, files, BPMN)
    for name in done.written:
        click.echo(shown(target / name))
    for name in done.removed:
        say(f"removed {shown(target / name)}: of the export before, and not of this one", err=True)
    for name in done.left:
        say(f"{shown(target / name)} is not of this export; it stays, remove it yourself", err=True)


export.add_command(to_labels)


@main.group("import")
def import_() -> None:
    """Read other people's files into a handbook's own."""


import_.add_command(from_bpmn)
import_.add_command(from_workshop)
import_.add_command(from_results)
import_.add_command(from_texts)
export.add_command(to_texts)
import_.add_command(from_open_sdg)
import_.add_command(from_excel)
export.add_command(to_excel)


if __name__ == "__main__":
    main()
