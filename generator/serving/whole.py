"""The whole site, built in a process of its own while pages are served from memory.

It is an ordinary build of the same files, so what is served at rest is what a build writes. It says where
every page lies and what it is called (`outline`), by which the serving process makes single pages. Of a
change meanwhile it knows nothing: it is ended and another one started.
"""

from __future__ import annotations

import gc
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import Any, cast

from generator.model.period import Period
from generator.pipeline import ProjectError, Request, Run, SettingsError
from generator.present.page import LanguageSite
from generator.present.store import hand_over, taken_over
from generator.problems import WrongUseError, as_text
from generator.site.frames import outline
from generator.site.staged import SiteError, build_site
from generator.site.weight import without_downloads
from generator.site.workplace import at_work

JOB, MADE, TOLD = "job", "outline", "told"
"""Files in a build's folder: what it is asked, the outline of what it made, what it says."""
_BEHIND = 5
"""How far a build stands back behind what readers wait for, as `nice` counts."""


@dataclass(frozen=True, slots=True)
class WholeJob:
    """What the other process needs to know."""

    project: Path
    edition: str | None
    as_of: Period | None
    languages: tuple[str, ...]


class WholeBuild:
    """A running build of all pages into a folder."""

    def __init__(self, job: WholeJob, folder: Path, environment: Mapping[str, str]) -> None:
        """`environment` is the one that serving began in: a page made since has put its own day into it."""
        self.folder = folder
        folder.mkdir(mode=0o700)
        hand_over(job, folder, JOB)
        with (folder / TOLD).open("wb") as told:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "generator.serving.whole", str(folder)],
                stdout=subprocess.DEVNULL,
                stderr=told,
                stdin=subprocess.PIPE,
                env={**environment, "PYTHONIOENCODING": "utf-8"},
            )

    @property
    def site(self) -> Path:
        """Where the site stands when it is done."""
        return self.folder / "site"

    @property
    def running(self) -> bool:
        """Whether it is not done yet."""
        return self.process.poll() is None

    @property
    def failed(self) -> bool:
        """Whether it ended without a site."""
        return self.process.poll() not in (None, 0)

    @property
    def told(self) -> str:
        """What it said."""
        return (self.folder / TOLD).read_text(encoding="utf-8", errors="replace").strip()

    def outlines(self) -> Sequence[LanguageSite]:
        """After it ended well: the outline of each language's site."""
        self.stop()
        return cast("Sequence[LanguageSite]", taken_over(self.folder, MADE))

    def stop(self) -> None:
        """End it where it has not ended; its folder stays."""
        if self.running:
            self.process.kill()
        self.process.wait()
        if self.process.stdin is not None:
            self.process.stdin.close()


def run(job: WholeJob, folder: Path) -> None:
    """Build the site; runs in the other process."""
    asked = Run(job.project, Request(job.edition, job.as_of, job.languages))
    sites = asked.sites
    os.environ.setdefault("SOURCE_DATE_EPOCH", str(asked.moment))
    outlines = tuple(outline(without_downloads(site) if place else site) for place, site in enumerate(sites))
    with at_work(folder / "site") as staging:
        build_site(job.project, sites, folder / "site", staging)
    hand_over(outlines, folder, MADE)


def _end_with_the_server() -> None:
    """Nothing is ever written to standard input: that it ends means that the other process is gone."""
    os.read(0, 1)
    os._exit(1)


def main(folder: Path) -> None:
    """Build what the folder asks for; what stands against it goes to standard error, in words."""
    job: Any = taken_over(folder, JOB)  # written by our own process in a folder only its user can enter
    try:
        run(job, folder)
    except ProjectError as error:
        sys.exit(as_text(error.problems))
    except SettingsError as error:
        sys.exit(f"mkdocs.yml: {error}")
    except (SiteError, WrongUseError) as error:
        sys.exit(str(error))


if __name__ == "__main__":
    gc.disable()  # as in every build: nothing goes before the end
    if hasattr(os, "nice"):
        os.nice(_BEHIND)
    Thread(target=_end_with_the_server, daemon=True).start()
    main(Path(sys.argv[1]))
