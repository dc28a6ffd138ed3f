"""The sample and two random handbooks, reckoned a second time from their files, against pages and export."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.built import ROOT, built
from tests.recount.files import read
from tests.recount.marks import export_of, found, pages_of
from tests.recount.random_handbook import write
from tests.recount.reckon import recount
from tests.recount.told import Value

SEEDS = (1, 2)
CLOSE = 1e-9


@dataclass(frozen=True)
class Outcome:
    """What a recount found."""

    compared: int
    marks: int
    recounted: int
    pages: int
    wrong: tuple[str, ...]

    def __str__(self) -> str:
        return (
            f"{self.compared} figures of the export and {self.recounted} of {self.marks} numbers on "
            f"{self.pages} pages recounted; {len(self.wrong)} differ"
        )


def held(project: Path, site: Path) -> Outcome:
    """Every figure that is reckoned again, against the export and the pages of a built site."""
    told = export_of(site)
    mine = recount(read(project), told["as_of"]).values
    wrong = [f"{name}: {theirs}, not {value}" for name, value in mine.items()
             if not same(value, theirs := told_under(told, name))]  # fmt: skip
    marks = recounted = 0
    pages = set()
    for page, figures in pages_of(site):
        for mark in figures:
            marks += 1
            if mark.name in mine:
                recounted += 1
                pages.add(page)
                if not same(mine[mark.name], float(mark.value)):
                    wrong.append(f"{page}: {mark} is not {mine[mark.name]}")
    return Outcome(len(mine), marks, recounted, len(pages), tuple(wrong))


def told_under(export: Any, name: str) -> Any:
    """What the export says; a name that is not there differs from everything."""
    try:
        return found(export, name)
    except (KeyError, ValueError, IndexError):
        return "not in the export"


def same(mine: Value, theirs: Any) -> bool:
    """Equal words; numbers within a billionth, which is what machine numbers may lose on the way."""
    if isinstance(mine, float) and isinstance(theirs, int | float):
        return abs(mine - theirs) <= CLOSE * max(abs(mine), abs(theirs)) + 1e-12
    return bool(mine == theirs)


def test_the_sample_recounted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In the edition that sees everything."""
    site = built(ROOT, tmp_path / "site", "--edition", "managers")
    outcome = held(ROOT, site.folder)
    with capsys.disabled():
        print(f"\n  the sample: {outcome}")  # noqa: T201
    assert outcome.wrong == ()
    assert outcome.compared > 50_000
    assert outcome.recounted == outcome.marks


@pytest.mark.parametrize("seed", SEEDS)
def test_a_random_handbook_recounted(seed: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = write(tmp_path / "project", seed)
    site = built(project, tmp_path / "site")
    outcome = held(project, site.folder)
    with capsys.disabled():
        print(f"\n  random handbook {seed}: {outcome}")  # noqa: T201
    assert outcome.wrong == ()
    assert outcome.compared > 20_000
    assert outcome.recounted == outcome.marks


def test_a_wrong_number_is_seen(tmp_path: Path) -> None:
    """The recount is no echo: a value changed in the data after the build differs."""
    project = write(tmp_path / "project", SEEDS[0])
    site = built(project, tmp_path / "site")
    results = project / "data/results/all.csv"
    lines = results.read_text(encoding="utf-8").splitlines(keepends=True)
    place = next(n for n, line in enumerate(lines) if ",figure-0,first," in line or ",figure-1," in line)
    cells = lines[place].split(",")
    cells[3] = "41.25" if cells[3] != "41.25" else "42.25"
    lines[place] = ",".join(cells)
    results.write_text("".join(lines), encoding="utf-8")
    assert held(project, site.folder).wrong


def test_the_recount_imports_nothing_of_the_product() -> None:
    for file in sorted(Path(__file__).parent.glob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            names = [one.name for one in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not any(name.split(".")[0] in ("generator", "docs", "theme") for name in names), file.name
