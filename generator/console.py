"""What every command shares: arguments, progress, and how problems and refusals are told.

Figures and files go to standard output, progress and problems of a build to standard error.
"""

from __future__ import annotations

import errno
import gc
import os
import re
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

from generator.messages import LANGUAGES, from_environment, said, speak, spoken
from generator.messages.help_text import Listing, SpokenFormatter
from generator.problems import WrongUseError, as_text

if TYPE_CHECKING:
    from generator.model.catalogue import Catalogue
    from generator.model.period import Period
    from generator.pipeline import Run

# Every context of click, in whatever command, writes its help by the class that this names.
click.Context.formatter_class = SpokenFormatter

project_argument = click.argument(
    "project", default=".", type=click.Path(exists=True, file_okay=False, path_type=Path)
)


def _project_option(told: str) -> Callable[[Any], Any]:
    place = click.Path(exists=True, file_okay=False, path_type=Path)
    return click.option("--project", default=".", type=place, help=f"{told}; default: here.")


project_option = _project_option("The handbook")
taking_project_option = _project_option("The handbook that takes them in")


class PeriodType(click.ParamType["Period"]):
    """A period in any spelling of the data format."""

    name = "period"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Period:
        """The period, or a message that says which spellings are read."""
        from generator.model.period import Period

        if isinstance(value, Period):
            return value
        try:
            return Period.parse(str(value))
        except ValueError as error:
            self.fail(str(error), param, ctx)


as_of_option = click.option(
    "--as-of", type=PeriodType(), help="Tell everything as of this period, e.g. 2026-Q3."
)
edition_option = click.option("--edition", help="The audience to build for; default: default_audience.")
only_option = click.option(
    "--only",
    type=click.Choice(["cases"]),
    help="Make a site of the best-practice cases alone, with the pilots, processes and indicators they name.",
)


def catalogue_at(root: Path) -> Catalogue:
    """The handbook as its files say it; refused where they cannot be read at all."""
    from generator.load.project import load_project
    from generator.problems import Problems

    catalogue = load_project(root, Problems())
    if catalogue is None:
        raise click.ClickException(
            f"{shown(root)} is no handbook that can be read; `handbook check` says why"
        )
    return catalogue


@contextmanager
def problems_reported() -> Iterator[None]:
    """Errors of the data are printed and end with 1, wrong words of the command with 2."""
    from generator.pipeline import ProjectError, SettingsError

    try:
        yield
    except ProjectError as error:
        click.echo(as_text(error.problems), err=True)
        say("nothing was written", err=True)
        sys.exit(1)
    except SettingsError as error:
        raise click.ClickException(f"mkdocs.yml: {error}") from None
    except WrongUseError as error:
        raise click.UsageError(str(error)) from None


def refuse_without_engine(command: str) -> None:
    """Ends with 1 and words where the packages that read sources and logs are not installed."""
    from generator.collect.fault import SourceFaultError, needs

    try:
        for package in ("duckdb", "holidays", "sqlglot"):
            needs(f"`handbook {command}`", package, "collect")
    except SourceFaultError as fault:
        raise click.ClickException(str(fault)) from None


@contextmanager
def progress_told() -> Iterator[Callable[[str, int, int], None]]:
    """Progress on standard error, on a terminal only; told a stage, how much is done and of how much."""
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        SpinnerColumn,
        TextColumn,
        TimeElapsedColumn,
    )

    console = Console(stderr=True)
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        tasks: dict[str, int] = {}

        def told(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = progress.add_task(said(stage), total=total or None)
            progress.update(tasks[stage], completed=done, total=total or None)  # type: ignore[arg-type]

        yield told


OUR_FAULT = 3
"""The exit code of a fault of ours; 1 is the data's or the machine's, 2 wrong use."""


def today() -> date:
    """The day that goes into what is written; SOURCE_DATE_EPOCH stands in for the clock."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    return datetime.fromtimestamp(int(epoch), UTC).date() if epoch else datetime.now(UTC).astimezone().date()


def say(text: str, err: bool = False) -> None:
    """Print a sentence in the language of whoever runs the command."""
    click.echo(said(text), err=err)


def _speak(_ctx: click.Context, _param: click.Parameter, language: str | None) -> None:
    if language:
        speak(language)


lang_option = click.option(
    "--lang",
    type=click.Choice(LANGUAGES),
    is_eager=True,
    expose_value=False,
    callback=_speak,
    help="Language of messages and help, anywhere in the command; default: that of the environment (LANG).",
)


def lang_first(args: list[str]) -> list[str]:
    """The words of a command with `--lang` at their head, where it is read before anything is said."""
    end = args.index("--") if "--" in args else len(args)
    for place, word in enumerate(args[:end]):
        if word.startswith("--lang=") or word == "--lang":
            taken = args[place : place + (1 if "=" in word else 2)]
            return [*taken, *args[:place], *args[place + len(taken) :]]
    return args


class Commands(Listing):
    """The commands; what the machine refuses (a full disk, a closed device, no right) is put in words."""

    def make_context(self, info_name: str | None, args: list[str], *more: Any, **extra: Any) -> click.Context:
        """Read the words of the command; what is told of the handbook itself (`--help`) is printed here."""
        if extra.get("parent") is None:
            from_environment()
        with faults_told():
            return super().make_context(info_name, lang_first(args), *more, **extra)

    def main(self, *args: Any, **extra: Any) -> Any:
        """The whole of a command; its exit code stays although standard error takes nothing."""
        try:
            return super().main(*args, **extra)
        finally:
            _let_go(sys.stderr)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command to its last letter on standard output."""
        with faults_told():
            done = super().invoke(ctx)
            if sys.stdout is not None:
                sys.stdout.flush()
        return done


@contextmanager
def faults_told() -> Iterator[None]:
    """What the machine refuses ends with 1 and words, a reader that has gone without a word, ours with 3."""
    from generator.site.workplace import BusyError
    from generator.site.writing import FAULTS, in_words

    try:
        yield
    except BusyError as error:
        raise _spoken(click.ClickException(str(error))) from None
    except BrokenPipeError:
        raise  # click ends it with 1, and keeps Python from complaining at the end
    except OSError as error:
        words = in_words(error, "standard output")
        if words is None:
            own_fault(error)
            raise click.exceptions.Exit(OUR_FAULT) from None
        if error.filename is None:
            _let_go(sys.stdout)
        raise _spoken(click.ClickException(words)) from None
    except MemoryError:
        raise _spoken(click.ClickException(FAULTS[errno.ENOMEM])) from None
    except click.ClickException as error:
        raise _spoken(error) from None
    except (click.exceptions.Exit, click.Abort):
        raise
    except Exception as error:  # noqa: BLE001  # told as what it is, with a code of its own
        own_fault(error)
        raise click.exceptions.Exit(OUR_FAULT) from None


def _let_go(stream: IO[str] | None) -> None:
    """What a stream still holds and cannot give is not tried once more when the interpreter ends."""
    if stream is None:
        return
    try:
        stream.flush()
    except (OSError, ValueError):
        with suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


class _Refused(click.ClickException):
    """A refusal in another language than click's own."""

    def __init__(self, refused: click.ClickException) -> None:
        # click writes '[PROJECT]' for what may be left out.
        super().__init__(said(re.sub(r"'\[(\w+)\]'", r"'\1'", refused.format_message())))
        setattr(self, "exit_code", refused.exit_code)  # noqa: B010  # click's stubs call it the class's own
        ctx = refused.ctx if isinstance(refused, click.UsageError) else None
        self.before = ""
        if ctx is not None:
            hint = said(f"Try '{ctx.command_path} --help' for help.")
            self.before = f"{ctx.get_usage()}\n{hint}\n\n"

    def show(self, file: IO[Any] | None = None) -> None:
        """How it is used, and what is wrong."""
        click.echo(f"{self.before}{said('Error:')}{self.message}", file=file, err=file is None)


def _spoken(refused: click.ClickException) -> click.ClickException:
    """A refusal of click's, or one of ours in its form, in the language that is spoken."""
    own = spoken() == "en" or isinstance(refused, _Refused | click.exceptions.NoArgsIsHelpError)
    return refused if own else _Refused(refused)


def own_fault(error: Exception) -> None:
    """A fault of ours is told as one, with what a report of it needs; it is never the author's."""
    from generator import __version__

    trace = "".join(traceback.format_exception(error))
    say(
        f"{trace}\nThis is a fault of `handbook`, not of your files. Nothing was written.\nPlease report it:"
        f" the lines above, the command, version {__version__}, Python {sys.version.split()[0]},"
        " and the smallest files that show it.",
        err=True,
    )


def printed(content: bytes) -> None:
    """Write to standard output as it is."""
    if sys.stdout is None:
        raise click.ClickException("standard output is closed; name a file with --out")
    sys.stdout.buffer.write(content)


@contextmanager
def building(target: Path, root: Path, *, again: bool = False) -> Iterator[Path]:
    """The folder in which one build makes the site for `target`; what fails leaves the old site.

    `again`: it may take the place of a frozen review.
    """
    from generator.site.target import refuse_target, restore
    from generator.site.workplace import at_work
    from generator.site.writing import in_words

    with wrong_place():
        refuse_target(target, root, again=again)
    try:
        with at_work(target) as folder:
            restore(target)
            yield folder
    except OSError as error:
        words = in_words(error, str(target))
        if words is None:
            raise
        stays = "; the site that was there is as it was" if target.exists() else ""
        raise click.ClickException(f"{words}{stays}") from None


@contextmanager
def wrong_place() -> Iterator[None]:
    """A place that may not be written to is a wrong use of the command."""
    from generator.site.target import TargetError

    try:
        yield
    except TargetError as error:
        raise click.UsageError(str(error)) from None


def place_in_repository(project: Path) -> str:
    """Where a project lies in the repository that it is part of, as a posix path; empty at its top.

    A copy without `.git`, as some build servers have it, is taken to begin where the server says.
    """
    told = (os.environ.get(name) for name in ("GITHUB_WORKSPACE", "CI_PROJECT_DIR"))
    tops = [folder for folder in (project, *project.parents) if (folder / ".git").exists()]
    tops += [Path(place).resolve() for place in told if place]
    top = next((top for top in tops if project.is_relative_to(top)), project)
    return "" if top == project else project.relative_to(top).as_posix()


def shown(path: Path) -> str:
    """A path as short as it can be said from here."""
    resolved = path.resolve()
    return str(resolved.relative_to(Path.cwd())) if resolved.is_relative_to(Path.cwd()) else str(resolved)


@contextmanager
def uncollected() -> Iterator[None]:
    """Without looking for cycles: what a build makes lives to its end, and each look goes through it all."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def tell_later(run: Run) -> None:
    """What is worked with today and is not in a frozen review, because the files date it later."""
    from generator.model.as_of import begun_later

    whole, past = run.checked.whole, run.checked.catalogue
    for kind, id_, day in begun_later(whole, past) if whole and past else ():
        if kind == "pilot":
            say(f"pilot {id_} is not in it: its `period` begins {day}", err=True)
        else:
            say(f"indicator {id_} is not in it: its `history` says created {day}", err=True)
            say("where it was used before, write the day from which it was", err=True)
