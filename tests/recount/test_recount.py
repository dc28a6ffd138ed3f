"""The sample and two random handbooks, reckoned a second time from their files, against pages and export."""

from __future__ import annotations

import ast
import re
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.built import ROOT, built, whole_sample
from tests.recount.files import read
from tests.recount.marks import export_of, found, pages_of
from tests.recount.random_handbook import write
from tests.recount.reckon import recount
from tests.recount.sizes import wrongly_sized
from tests.recount.told import Value

SEEDS = (1, 2)
EXERCISED = {
    "a declared margin of a guardrail": r"/guardrails/watched/margin/value$",
    "a margin from what varied or from the floor": r"/guardrails/(guarded|weighed)/margin/value$",
    "a worsening that is ruled out": r"/guardrails/.*/rules_out$",
    "pilots to compare with": r"/comparison/net$",
    "a bundle of changes": r"/changes/near-step/effects/spread/interval/0$",
    "the way of a key result": r"^key_states/.*/share$",
    "what a key result needs": r"^key_states/.*/need/value$",
    "a ratio rolled up": r"^longer/guarded.*/numerator$",
    "cases of a mean rolled up": r"^longer/.*/n$",
    "week 53": r"^series/.*/2026-W53/value$",
    "pauses between rare events": r"^series/accidents.*/pause$",
    "limits of rare events": r"^series/accidents.*/upper$",
    "a break of the definition": r"^series/.*/segment$",
    "growth of a sum": r"^longer/grown.*/growth/observed$",
    "what was said at a review": r"^series/.*/told/.*/variation$",
    "the chance to meet a target": r"^series/.*/chance/low$",
    "changes ranked": r"^evidence/changes/.*/adjusted_p$",
    "a way told in shares": r"^evidence/changes/.*/way/low$",
    "reviews against the rhythm": r"^rhythm/.*/expected$",
    "steps of the roadmap": r"^pilots/.*/roadmap/steps/.*/days$",
    "days late at a period's end": r"^quarters/.*/late/.*/days_late$",
    "what came with a period": r"^quarters/.*/(turn|new_signal)$",
}
"""What every random handbook must hold, by the names of its figures."""
PARTS_OF_GROUPS = re.compile(r"^processes/[^/]+/measured/\w+/groups/[^/]+/(steps|periods)/")
"""Withheld where others would follow, which `test_measured_groups` holds: not told, or told as this."""
NOT_TOLD = "not in the export"
CLOSE = 1e-9
RandomHandbook = Callable[[int], tuple[Path, Path]]
"""A random handbook by its seed and its site, each made once; who changes it takes a copy."""


@dataclass(frozen=True)
class Outcome:
    """What a recount found."""

    compared: int
    marks: int
    recounted: int
    pages: int
    wrong: tuple[str, ...]
    values: Mapping[str, Value]

    def __str__(self) -> str:
        return (
            f"{self.compared} figures of the export and {self.recounted} of {self.marks} numbers on "
            f"{self.pages} pages recounted; {len(self.wrong)} differ"
        )


def held(project: Path, site: Path) -> Outcome:
    """Every figure that is reckoned again, against the export and the pages of a built site."""
    told = export_of(site)
    files = read(project)
    mine = recount(files, told["as_of"]).values
    wrong = [f"{name}: {theirs}, not {value}" for name, value in mine.items()
             if not same(value, theirs := told_under(told, name))
             and not (theirs == NOT_TOLD and PARTS_OF_GROUPS.match(name))]  # fmt: skip
    parts = [name for name in mine if PARTS_OF_GROUPS.match(name)]
    withheld = sum(told_under(told, name) == NOT_TOLD for name in parts)
    assert 2 * withheld <= len(parts), "most of what groups tell is there to be compared"
    marks = recounted = 0
    pages = set()
    for page, figures in pages_of(site):
        language = page.split("/")[0]
        language = language if language in files.handbook["languages"][1:] else files.handbook["languages"][0]
        for mark in figures:
            marks += 1
            if sized := wrongly_sized(files.indicators, language, mark):
                wrong.append(f"{page}: {sized}")
            if mark.name in mine:
                recounted += 1
                pages.add(page)
                if not same(mine[mark.name], float(mark.value)):
                    wrong.append(f"{page}: {mark} is not {mine[mark.name]}")
    return Outcome(len(mine), marks, recounted, len(pages), tuple(wrong), mine)


def told_under(export: Any, name: str) -> Any:
    """What the export says; a name that is not there differs from everything."""
    try:
        return found(export, name)
    except (KeyError, ValueError, IndexError):
        return NOT_TOLD


def same(mine: Value, theirs: Any) -> bool:
    """Equal words; numbers within a billionth, which is what machine numbers may lose on the way."""
    if isinstance(mine, float) and isinstance(theirs, int | float):
        return abs(mine - theirs) <= CLOSE * max(abs(mine), abs(theirs)) + 1e-12
    return bool(mine == theirs)


@pytest.fixture(scope="module")
def random_handbook(tmp_path_factory: pytest.TempPathFactory) -> RandomHandbook:
    @cache
    def made(seed: int) -> tuple[Path, Path]:
        project = write(tmp_path_factory.mktemp("random") / "project", seed)
        return project, built(project, project.with_name("site")).folder

    return made


def test_the_sample_recounted(
    tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    """In the edition that sees everything."""
    outcome = held(ROOT, whole_sample(tmp_path_factory.getbasetemp()).folder)
    with capsys.disabled():
        print(f"\n  the sample: {outcome}")  # noqa: T201
    assert outcome.wrong == ()
    assert outcome.compared > 50_000
    assert outcome.recounted == outcome.marks


def test_the_hospital_recounted(tmp_path: Path) -> None:
    """The second handbook, whose practices were taken over by other wards."""
    project = ROOT / "examples/hospital"
    outcome = held(project, built(project, tmp_path / "site", "--edition", "board").folder)
    assert outcome.wrong == ()
    assert "spread/ward-a~discharge-round/pools/discharge-time/expected/0" in outcome.values
    assert "processes/discharge/measured/to_be/steps/letter-draft/wait/p90" in outcome.values
    assert outcome.recounted == outcome.marks


@pytest.mark.parametrize("seed", SEEDS)
def test_a_random_handbook_recounted(
    seed: int, random_handbook: RandomHandbook, capsys: pytest.CaptureFixture[str]
) -> None:
    project, site = random_handbook(seed)
    outcome = held(project, site)
    with capsys.disabled():
        print(f"\n  random handbook {seed}: {outcome}")  # noqa: T201
    assert outcome.wrong == ()
    assert outcome.compared > 40_000
    for what, pattern in EXERCISED.items():
        found = (value is not None for name, value in outcome.values.items() if re.search(pattern, name))
        assert any(found), f"the random handbook has no {what}"
    own = read(project)
    assert own.starts.month != 1
    assert own.starts.ahead == seed % 2
    assert any(re.match("series/biennial/points/20..-2Y/value", name) for name in outcome.values)
    assert {value for name, value in outcome.values.items() if name.endswith("/segment")} >= {1.0, 2.0}
    # No definition of this one breaks: the whole is a new phase where its pilot's way of working was changed.
    phases = {value for name, value in outcome.values.items() if re.match("series/watched/.*/segment$", name)}
    assert phases == {1.0, 2.0}
    fixed = [value for name, value in outcome.values.items() if re.search(r"weighed.*/limit_values$", name)]
    assert 14.0 in fixed
    assert outcome.recounted == outcome.marks


def test_a_wrong_number_is_seen(random_handbook: RandomHandbook, tmp_path: Path) -> None:
    """The recount is no echo: a value changed in the data after the build differs."""
    whole, site = random_handbook(SEEDS[0])
    project = shutil.copytree(whole, tmp_path / "project")
    results = project / "data/results/all.csv"
    lines = results.read_text(encoding="utf-8").splitlines(keepends=True)
    place = next(n for n, line in enumerate(lines) if ",figure-0,first," in line or ",figure-1," in line)
    cells = lines[place].split(",")
    cells[3] = "41.25" if cells[3] != "41.25" else "42.25"
    lines[place] = ",".join(cells)
    results.write_text("".join(lines), encoding="utf-8")
    assert held(project, site).wrong


def test_the_recount_imports_nothing_of_the_product() -> None:
    for file in sorted(Path(__file__).parent.glob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            names = [one.name for one in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not any(name.split(".")[0] in ("generator", "docs", "theme") for name in names), file.name
