"""Builds one further language of a site in a process of its own, beside the first one.

The process is given finished pages, never data: one computation serves all languages. It builds into a
temporary folder, because MkDocs empties its target when it starts, and is moved into place at the end. It
ends with the process that started it, also where that one is killed.
"""

from __future__ import annotations

import gc
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import Any

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import BuildError

from generator.present.page import LanguageSite
from generator.present.store import hand_over, taken_over
from generator.site.search import Entry, entries_of
from generator.site.weight import without_downloads
from generator.site.workplace import scratch
from generator.site.writing import in_words

JOB, TOLD = "job", "told"
"""Files in the build's folder: what it is given, and what it says."""


@dataclass(frozen=True, slots=True)
class LanguageJob:
    """What the other process needs to know."""

    language_site: LanguageSite
    entries: tuple[Entry, ...]
    languages: tuple[str, ...]
    config_file: str
    docs_dir: str
    site_dir: str
    site_url: str | None
    strict: bool
    broken: str


@dataclass(slots=True)
class LanguageBuild:
    """A running build of one language."""

    language: str
    folder: Path
    process: subprocess.Popen[bytes]
    held: ExitStack
    """The folder, and the pipe whose end tells the process that ours has ended."""

    def finish(self, site: Path) -> list[str]:
        """Wait, move the result under the site, return the warnings it gave; BuildError when it failed."""
        with self.held:
            failed = self.process.wait()
            told = (self.folder / TOLD).read_text(encoding="utf-8", errors="replace")
            if failed:
                raise BuildError(f"the pages in '{self.language}' could not be built:\n{told.strip()}")
            target = site / self.language
            if target.exists():
                shutil.rmtree(target)
            shutil.move(self.folder / "site", target)
        return [line for line in told.splitlines() if line.strip()]

    def stop(self) -> None:
        """End it and leave nothing behind."""
        with self.held:
            self.process.kill()
            self.process.wait()


def start_language(
    language_site: LanguageSite, languages: Sequence[str], config: MkDocsConfig, broken: str = ""
) -> LanguageBuild:
    """Start the build of one language; its warnings come on standard error.

    Its search entries go with it: the Chinese in them, names of the other language, is cut into words here,
    where the dictionary is read already.
    """
    held = ExitStack()
    folder = held.enter_context(scratch())
    site_url = f"{config.site_url.rstrip('/')}/{language_site.language}/" if config.site_url else None
    job = LanguageJob(
        language_site=without_downloads(language_site),
        entries=entries_of(config, language_site.pages),
        languages=tuple(languages),
        config_file=str(config.config_file_path),
        docs_dir=str(config.docs_dir),
        site_dir=str(folder / "site"),
        site_url=site_url,
        strict=bool(config.strict),
        broken=broken,
    )
    try:
        hand_over(job, folder, JOB)
    except OSError as error:
        held.close()
        raise OSError(error.errno, error.strerror, str(folder)) from None
    with (folder / TOLD).open("wb") as told:
        process = subprocess.Popen(
            [sys.executable, "-m", "generator.site.languages", str(folder / JOB)],
            stdout=subprocess.DEVNULL,
            stderr=told,
            stdin=subprocess.PIPE,
            env={**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONIOENCODING": "utf-8"},
        )
    assert process.stdin is not None
    held.enter_context(process.stdin)
    return LanguageBuild(language_site.language, folder, process, held)


def run(job: LanguageJob) -> None:
    """Build one language; runs in the other process."""
    options: dict[str, Any] = {"site_dir": job.site_dir, "docs_dir": job.docs_dir, "strict": job.strict}
    if job.site_url:
        options["site_url"] = job.site_url
    config = load_config(config_file=job.config_file, **options)
    plugin: Any = config.plugins["handbook"]
    plugin.given, plugin.all_languages, plugin.alone = (job.language_site,), job.languages, True
    plugin.entries, plugin.broken = job.entries, job.broken
    config.plugins.on_startup(command="build", dirty=False)
    build(config)


def _end_with_the_build() -> None:
    """Nothing is ever written to standard input: that it ends means that the other process is gone."""
    os.read(0, 1)
    os._exit(1)


if __name__ == "__main__":
    gc.disable()  # as in the first language's process: nothing goes before the end
    Thread(target=_end_with_the_build, daemon=True).start()
    # The file was written by our own process in a folder only its user can enter, and goes once it is read.
    given = taken_over(Path(sys.argv[1]).parent, Path(sys.argv[1]).name)
    try:
        run(given)
    except OSError as fault:
        words = in_words(fault, str(Path(sys.argv[1]).parent))
        if words is None:
            raise
        sys.exit(words)
