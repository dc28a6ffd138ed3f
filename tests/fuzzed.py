"""Broken handbooks by the thousand: what stands in the files is told with file and line, or becomes pages.

A case is a seed: the same seed gives the same files on every machine. Most are handbooks with their bytes,
words and lines changed, loaded, checked and computed; of some every page is made too, a few are built as a
whole. Others are process maps of other tools, hand-written pages and mkdocs.yml. Any error but a refusal is a
fault of ours, and so is a case that takes longer than `LONGEST`. `python -m bench.fuzz` tries as
many as asked.
"""

from __future__ import annotations

import random
import re
import shutil
import signal
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path

import yaml
from click.testing import CliRunner
from markdown import Markdown
from mkdocs.config.defaults import MkDocsConfig

from generator.cli import main
from generator.console import OUR_FAULT
from generator.exchange.bpmn_bytes import BpmnError
from generator.exchange.bpmn_in import read_bpmn
from generator.exchange.plain_yaml import as_yaml
from generator.load.prose import read_page
from generator.map_files import bpmn_files
from generator.pipeline import check_project, figures_for
from generator.present.charts.draw import Drawings
from generator.present.page_context import PageContext
from generator.present.pages import PAGE_KINDS
from generator.present.templates import Templates
from generator.present.text.format import Format
from generator.problems import Problem, Problems
from generator.site import settings
from generator.site.blame import SettingsFileError, loaded, one_page
from tests.built import SITES
from tests.problems.assemble import BASE

LONGEST = 5
"""Seconds of processor time for one case; a whole build may take longer."""
SALT = (
    b"\x00", b"\xff", b"\xef\xbb\xbf", b"\r", b"\t", b'"', b"'", b"[", b"{",
    b"}", b"- ", b": ", b"&a ", b"*a", b"!x ",
    b"|", b">", b"#", b"%", b",", b"\n", b"---\n", b"1e999", b"-1e15",
    b"1e-12", b".inf", b".nan", b"0", b"-1",
    b"99999999999999999999", b"2062-07", b"1900", b"2199-12-31", b"null",
    b"true", b"~", b"\\b", b'"\\ud800"', b"<<",
    "长".encode() * 300, "\u202e".encode(), b"a" * 5000, b"[" * 60, b"index", b"zh", b"x.md",
    b"![", b"](", b"`", b"**", b"> ", b"1. ", b"|-|-|\n", b"<!--", b"{: .x }", b"[^1]",
    b"!!! note\n", b"$", b"&#0;",
)  # fmt: skip
"""What a slip, a broken disk or an odd tool puts into a file."""
MKDOCS = b"""\
site_name: Handbook
docs_dir: content
theme:
  name: material
  palette: {scheme: slate, primary: custom}
  features: [toc.follow]
plugins:
  - handbook: {edition: staff}
  - search
markdown_extensions:
  - toc: {permalink: true, toc_depth: 3}
  - abbr
extra: {social: [{icon: material/home, link: https://example.org}]}
"""
_word = re.compile(rb"[\w.-]+")


def mutated(data: bytes, chance: random.Random) -> bytes:
    """The bytes with one to three changes."""
    for _ in range(chance.randint(1, 3)):
        at, kind = chance.randrange(len(data) + 1), chance.randrange(7)
        words, lines = list(_word.finditer(data)), data.split(b"\n")
        if kind == 0:
            data = data[:at] + chance.choice(SALT) + data[at:]
        elif kind == 1:
            data = data[:at] + data[at + chance.randint(1, 40) :]
        elif kind == 2 and words:
            word = chance.choice(words)
            data = data[: word.start()] + chance.choice(SALT) + data[word.end() :]
        elif kind == 3 and len(words) > 1:
            one, other = sorted(chance.sample(words, 2), key=lambda word: word.start())
            data = b"".join(
                (data[: one.start()], other[0], data[one.end() : other.start()], one[0], data[other.end() :])
            )
        elif kind == 4:
            data = b"\n".join(line for line in lines if chance.random() > 2 / (len(lines) + 1))
        elif kind == 5:
            first, place = chance.randrange(len(lines)), chance.randrange(len(lines) + 1)
            copied = lines[first : first + chance.randint(1, 5)]
            data = b"\n".join((*lines[:place], *copied, *lines[place:]))
        else:
            data = data[:at] + chance.randbytes(chance.randint(1, 8)) + data[at + 1 :]
    return data


def project(base: Path, root: Path, chance: random.Random) -> Path:
    """The handbook at `base` with one or two files changed, written to `root`."""
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(base, root)
    files = sorted(path for path in root.rglob("*") if path.suffix in (".yml", ".csv", ".md"))
    for path in chance.sample(files, chance.randint(1, 2)):
        path.write_bytes(mutated(path.read_bytes(), chance))
    return root


def figures(root: Path, chance: random.Random, base: Path = BASE) -> None:
    """Check, and the figures where nothing is refused."""
    checked = check_project(project(base, root, chance))
    if checked.usable:
        figures_for(checked)
    told(checked.problems)


def every_text(root: Path, chance: random.Random) -> None:
    """The same of the handbook that has every field."""
    figures(root, chance, SITES / "every-text")


def pages(root: Path, chance: random.Random) -> None:
    """Every page of a handbook whose changed words nobody refuses, without drawing its charts."""
    checked = check_project(project(BASE, root, chance))
    for _ in range(8):
        if checked.usable:
            break
        told(checked.problems)
        checked = check_project(project(BASE, root, chance))
    if not checked.usable:
        return
    found = figures_for(checked, chance.choice(("public", "staff")))
    form = Format(chance.choice(("zh", "en")), found.catalogue.handbook.languages[0])
    ctx = PageContext(found, form, Templates(form.words), Drawings(None), tuple(checked.problems))
    for kind in PAGE_KINDS:
        for page in kind.pages(ctx):
            assert page.sections or page.markdown, page.path


def other_tools_map(root: Path, chance: random.Random) -> None:
    """A BPMN file of ours or of an engine, changed; what is read must be one that our own loader can read."""
    del root
    data = mutated(chance.choice(_maps()), chance)
    if chance.random() < 0.2:
        data = data.decode("utf-8", "replace").encode(chance.choice(("utf-8", "utf-16", "utf-16-le")))
    with suppress(BpmnError):
        yaml.safe_load(as_yaml(read_bpmn(data, "x").process))


def hand_written(root: Path, chance: random.Random) -> None:
    """A page of an author, changed, as Markdown makes HTML of it in a build."""
    root.mkdir(parents=True, exist_ok=True)
    file = root / "x.md"
    file.write_bytes(mutated(mutated(chance.choice(_texts()), chance), chance))
    problems = Problems()
    read = read_page(file, "content/x.md", "zh", problems)
    told(problems)
    if read is not None:
        config = _usual()
        maker = Markdown(extensions=config.markdown_extensions, extension_configs=config.mdx_configs)
        maker.convert(read[0].markdown)


def host_settings(root: Path, chance: random.Random) -> None:
    """A changed mkdocs.yml, as far as MkDocs and ours look at it before a page is made."""
    (root / "content").mkdir(parents=True, exist_ok=True)
    file = root / "mkdocs.yml"
    file.write_bytes(mutated(MKDOCS, chance))
    with suppress(SettingsFileError):
        loaded(file, root / "site")


def whole_build(root: Path, chance: random.Random) -> None:
    """A changed handbook with its own mkdocs.yml, through the command to the written site."""
    project(BASE, root, chance)
    (root / "mkdocs.yml").write_bytes(mutated(MKDOCS, chance) if chance.random() < 0.5 else MKDOCS)
    words = ["build", str(root), "--out", str(root.with_name("site")), "--language", "en"]
    done = CliRunner().invoke(main, words)
    assert done.exit_code in (0, 1, 2), done.output
    assert done.exit_code != OUR_FAULT
    assert "Traceback" not in done.output, done.output


Case = Callable[[Path, random.Random], None]
SHARES: tuple[tuple[Case, int], ...] = (
    (figures, 480),
    (every_text, 160),
    (other_tools_map, 200),
    (hand_written, 120),
    (host_settings, 20),
    (pages, 19),
    (whole_build, 1),
)
"""Of a thousand cases."""


def case_of(seed: int) -> Case:
    """Which case a seed is; the kinds follow each other, so that each part of the seeds has all."""
    place = seed * 619 % 1000
    for case, share in SHARES:
        if place < share:
            return case
        place -= share
    raise AssertionError("the shares are a thousand")


def run(seed: int, root: Path) -> float:
    """Run a case; the processor time it took. AssertionError for whatever is a fault of ours."""
    case, start = case_of(seed), time.process_time()
    try:
        with limited(LONGEST if case is not whole_build else 20 * LONGEST):
            case(root, random.Random(seed))
    except Exception as fault:
        raise AssertionError(f"seed {seed}, {case.__name__}") from fault
    return time.process_time() - start


@contextmanager
def limited(seconds: int) -> Iterator[None]:
    """TimeoutError after so much processor time, where the system can tell."""
    if not hasattr(signal, "setitimer"):
        yield
        return

    def late(*_: object) -> None:
        raise TimeoutError(f"longer than {seconds} seconds")

    before = signal.signal(signal.SIGPROF, late)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def told(problems: Problems) -> tuple[Problem, ...]:
    """Every problem, each with its place."""
    for problem in problems:
        assert problem.mark.file, problem
        assert problem.mark.line >= 1, problem
    return tuple(problems)


@cache
def _maps() -> tuple[bytes, ...]:
    return tuple(data.encode() for _, data in sorted(bpmn_files(figures_for(check_project(BASE))).items()))


@cache
def _texts() -> tuple[bytes, ...]:
    folders = (BASE, SITES / "every-text", SITES.parents[1] / "docs")
    files = sorted(path for folder in folders for path in folder.rglob("*.md"))
    return tuple(path.read_bytes() for path in files)


@cache
def _usual() -> MkDocsConfig:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "mkdocs.yml"
        (Path(folder) / "content").mkdir()
        file.write_bytes(b"site_name: x\ndocs_dir: content\ntheme: material\nplugins: [handbook, search]\n")
        config = loaded(file, Path(folder) / "site")
        settings.apply(config, one_page())
    return config
