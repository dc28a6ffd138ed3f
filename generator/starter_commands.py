"""The commands that begin things: `handbook init`, `new` and `add`. None of them overwrites a file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from generator.console import project_argument, project_option, refuse_without_engine, say, shown, today
from generator.problems import WrongUseError

KIND_WORDS = {
    "指标": "indicator", "试点": "pilot", "流程": "process", "复盘": "review", "案例": "case",
    "诊断": "diagnosis",
}  # fmt: skip


class KindType(click.Choice[str]):
    """A kind of file, in Chinese too."""

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The kind that a word means."""
        return str(super().convert(KIND_WORDS.get(str(value), value), param, ctx))


LANGUAGES = {"zh": ("zh",), "en": ("en",), "both": ("zh", "en")}


@contextmanager
def _refused() -> Iterator[None]:
    try:
        yield
    except WrongUseError as error:
        raise click.UsageError(str(error)) from None


@click.command()
@click.argument("target", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--language",
    type=click.Choice(list(LANGUAGES)),
    default="both",
    show_default=True,
    help="Chinese, English, or Chinese with English beside it.",
)
@click.option(
    "--sample", is_flag=True, help="With the data and pages of the whole sample, to look around in."
)
@click.option(
    "--bare", is_flag=True, help="Without the example: the method, settings, and room for your own."
)
def init(target: Path, language: str, sample: bool, bare: bool) -> None:
    """Begin a handbook in the folder DIR: it passes the check and builds as it is.

    It holds one commented example of every kind of file, the method's roadmap, questions and pages to change,
    settings for editors, a pre-commit hook, workflows that publish it, and notes for servers. A folder that
    holds something is refused.
    """
    from generator.starter.begin import begin
    from generator.starter.project import project_files, raw_files

    if sample and bare:
        raise click.UsageError("--sample and --bare exclude each other")
    with _refused():
        files: dict[str, str | bytes] = {**project_files(LANGUAGES[language], sample, bare)}
        if sample:
            files |= raw_files()
        begin(target.resolve(), files)
    here = target.resolve() == Path.cwd()
    say(f"{len(files)} files written here" if here else f"{len(files)} files written into {shown(target)}")
    place = "" if here else f" {shown(target)}"
    say(f"next: handbook check{place}, handbook serve{place}; README.md there says how to go on")


@click.command()
@project_argument
@click.option("--write", is_flag=True, help="Do it; without this, only say what would go.")
def clear(project: Path, write: bool) -> None:
    """Take the example that `handbook init` wrote out of PROJECT.

    Gone is only what stands as it was written and what nothing of yours names; the rest stays and is told.
    """
    from generator.site.writing import write_whole
    from generator.starter.bench import Bench
    from generator.starter.clear import clear_of

    with _refused():
        root = Bench.of(project.resolve()).root
        done = clear_of(root)
    for name in done.gone:
        say(f"goes: {name}")
    for name in done.changed:
        say(f"changes: {name}")
    for name in done.edited:
        say(f"stays, because it was changed: {name}", err=True)
    for name, user in done.used.items():
        say(f"stays, because {user} names it: {name}", err=True)
    if not done.gone and not done.changed:
        say("nothing of the example is left to take away")
        return
    if not write:
        say("nothing was taken away yet; --write does it")
        return
    for name in done.gone:
        (root / name).unlink()
    for name, text in done.changed.items():
        write_whole(root / name, text.encode())
    files = "1 file" if len(done.gone) == 1 else f"{len(done.gone)} files"
    say(f"{files} taken away; `handbook check` says what still names them")


@click.command()
@click.argument("kind", metavar="KIND", type=KindType(list(KIND_WORDS.values())))
@click.argument("id_", metavar="[ID]", required=False)
@click.option("--name", help="What it is called; without ID, the id is made from it, Chinese by its sound.")
@click.option("--pilot", help="The pilot of a review or a case.")
@click.option("--process", help="The process of a pilot or a case.")
@click.option("--unit", help="The unit of a pilot, a diagnosis or an indicator's owner.")
@click.option(
    "--from-log", "log", type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Of a process: propose steps, lanes and ways from this log (CSV, Parquet, JSON, Excel, XES).",
)  # fmt: skip
@click.option("--lanes", metavar="COLUMN", help="Of --from-log: the column with the role that does a step.")
@project_option
def new(
    kind: str,
    id_: str | None,
    *,
    name: str | None,
    log: Path | None,
    lanes: str | None,
    project: Path,
    **about: str | None,
) -> None:
    """Begin a new file of a KIND: indicator, pilot, process, review, case or diagnosis.

    TODO in it says what to fill in. An id that is taken is refused. A review named 2026-10-15-PILOT is a
    short one, 2026-q3-PILOT a long one; a diagnosis is named DATE-UNIT.
    """
    if log is None and lanes is not None:
        raise click.UsageError("--lanes names a column of a log: say which by --from-log")
    if log is not None:
        if kind != "process":
            raise click.UsageError(f"--from-log proposes a process, not a {kind}")
        _new_from_log(id_, name, project, log, lanes)
        return
    from generator.starter.bench import Bench
    from generator.starter.kinds import KINDS, NewFile, new_file

    (wanted,) = (one for one in KINDS if one == kind)
    with _refused():
        bench = Bench.of(project.resolve())
        made, files = new_file(bench, wanted, NewFile(id_, name, about), today())
        bench.write(files)
    if id_ != made:
        say(f"id: {made}")
    for file in files:
        click.echo(shown(bench.root / file))


def _new_from_log(id_: str | None, name: str | None, project: Path, log: Path, lanes: str | None) -> None:
    """A process whose steps are proposed from a log, and what its author has to look at."""
    refuse_without_engine("new process --from-log")
    from generator.collect.fault import SourceFaultError
    from generator.exchange.readable_id import slug
    from generator.measure.measure import proposal_of
    from generator.starter.bench import Bench
    from generator.starter.from_log import process_from_log, reads_log, told
    from generator.starter.kinds import NewFile, new_file

    with _refused():
        bench = Bench.of(project.resolve())
        wished = id_ or (None if name else slug(log.name.partition(".")[0]))
        made, files = new_file(bench, "process", NewFile(wished, name, {}), today())
        try:
            found = proposal_of(log, lanes)
        except SourceFaultError as fault:
            raise click.ClickException(str(fault)) from None
        text = process_from_log(bench, made, name, log, found)
        bench.write(dict.fromkeys(files, text))
    for line in told(found):
        say(line, err=True)
    if not reads_log(bench.root, log):
        say("put the log under data/raw and name it in log: before `handbook measure`", err=True)
    for file in files:
        click.echo(shown(bench.root / file))


@click.command()
@click.argument("set_", metavar="[SET]", required=False)
@click.option(
    "--only", "only", multiple=True, metavar="ID", help="Only this one of the set; may be repeated."
)
@project_option
@click.option("--unit", help="The unit of this handbook that answers for what is added.")
def add(set_: str | None, only: tuple[str, ...], project: Path, unit: str | None) -> None:
    """Add a SET of definitions, or a pack for a usual chain; without SET, list what there is.

    A pack has a process with steps and lanes, its indicators and the bones of a pilot. An id that is taken
    already stays what it is.
    """
    from generator.starter.bench import Bench
    from generator.starter.sets import planned, set_named

    if set_ is None:
        _list_sets(project.resolve())
        return
    with _refused():
        wanted = set_named(set_)
        bench = Bench.of(project.resolve())
        plan = planned(bench, wanted, only, month=f"{today():%Y-%m}", unit=unit)
        bench.write(plan.files)
    for file in plan.files:
        click.echo(shown(bench.root / file))
    for id_ in plan.skipped:
        say(f"{id_} is there already and stays as it is", err=True)
    for told in plan.left_out:
        say(f"{told} is not in this handbook; it waits in a comment there", err=True)
    if plan.files and unit is None and bench.units:
        say("owners name a role and no unit yet: write it, or use --unit next time", err=True)
    if not plan.files:
        say("nothing to add", err=True)


def _list_sets(root: Path) -> None:
    """The sets in the handbook's language, in that of the command where there is no handbook."""
    from generator.messages import spoken
    from generator.starter.bench import Bench
    from generator.starter.sets import indicator_name, library

    try:
        language = Bench.of(root).spoken
    except WrongUseError:
        language = spoken()
    for one in library().values():
        click.echo(f"{one.id}  {one.name.say(language, 'en')} – {one.about.say(language, 'en')}")
        for id_ in one.indicators:
            click.echo(f"    {id_}  {indicator_name(id_, language)}")
        if one.process and one.pilot:
            say(f"    with the process {one.process} and the pilot {one.pilot}")
    say("to add one: handbook add recruiting --unit UNIT; a single one of a set: --only ID")


@click.command()
@project_argument
@click.option("--write", is_flag=True, help="Write it; without this, only say what would change.")
def upgrade(project: Path, write: bool) -> None:
    """Bring the files of PROJECT to today's data format; says what would change, and changes it with --write.

    What only an author can decide is named with file and line.
    """
    from generator.site.writing import write_whole
    from generator.starter.upgrade import upgrade_of

    root = project.resolve()
    with _refused():
        done = upgrade_of(root)
    for line in (*done.told, *(f"look at {one}" for one in done.look)):
        say(line)
    if not done.files:
        say("nothing to change: the files are of today's format")
        return
    if not write:
        say("nothing was written; --write does it")
        return
    for name, text in done.files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        write_whole(root / name, text.encode())
    say("1 file written" if len(done.files) == 1 else f"{len(done.files)} files written")
