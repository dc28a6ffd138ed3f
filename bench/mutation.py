"""How much of the arithmetic the tests hold: mutants of generator/compute that some unit test kills.

mutmut changes the code in one place at a time (`<` to `<=`, 1 to 2, `and` to `or`, a word to another) and
runs the tests that reach the changed function. A mutant that no test notices is a fault that nobody would
have noticed either. All that mutmut writes lies in a folder of its own; the project's files are not touched.

    python -m pip install mutmut==3.8.1                       # into the environment of the tests
    python bench/mutation.py                                  # every module below, a sample of each
    python bench/mutation.py spc effect --sample 0            # two modules, every mutant
    python bench/mutation.py spc --survivors                  # with the change of each that survived
    python bench/mutation.py score --tests test_score test_arithmetic    # with two files of tests only
    python bench/mutation.py --check                          # fails under 85 % killed

A mutant runs in a process that has run the tests once, so a cache that is filled hides it: a test of a cached
function clears the cache. The sample is drawn by a fixed seed: while the code is the same, a second run looks
at the same mutants.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
VERSION = "3.8.1"
LEAST = 0.85
SEED = 20260101

MODULES = (
    "assessed", "assurance", "attainment", "attempts", "before_after", "capacity", "chronic", "claim",
    "dependence", "effect", "false_signals", "flow", "growth", "growth_progress", "guardrail", "key_results",
    "lead_lag", "map_change", "net", "parallel", "promise", "rare", "rhythm", "run_chart", "sample", "score",
    "spc", "standings", "values", "yields",
)  # fmt: skip
"""Where arithmetic and judgement lie; what only carries figures from one place to another is left out."""

TESTS = (
    "test_attainment", "test_attempts", "test_bars", "test_bundles", "test_calendar", "test_capacity",
    "test_chart_cases", "test_chronic", "test_claim", "test_effect", "test_flow", "test_flow_properties",
    "test_key_results", "test_one_status", "test_parallel", "test_promise", "test_proposals", "test_quarter",
    "test_rhythm", "test_score", "test_series", "test_signals", "test_spc", "test_told_figures",
    "test_false_signals", "test_arithmetic",
)  # fmt: skip
"""Tests of figures; those of pages and files would only make every mutant slower."""

COPIED = ("theme", "data", "content", "docs", "examples", "bench", "mkdocs.yml", "README.md")

KILLED, SURVIVED, UNREACHED = "killed", "survived", "no test reaches it"
# As mutmut 3 tells how the tests ended: 1 and 3 failed, 0 passed, -24, 24, 36, 152 and 255 ran out of time.
ENDS = {
    0: SURVIVED,
    1: KILLED,
    3: KILLED,
    33: UNREACHED,
    -24: KILLED,
    24: KILLED,
    36: KILLED,
    152: KILLED,
    255: KILLED,
}


@dataclass(frozen=True, slots=True)
class Module:
    """One module's mutants."""

    name: str
    mutants: int
    """How many there are."""
    ends: Counter[str]
    """How those of the sample ended."""
    survivors: tuple[str, ...]

    @property
    def tried(self) -> int:
        """How many were looked at."""
        return self.ends.total()

    @property
    def score(self) -> float:
        """The share that was killed; a mutant that no test reaches counts as one that survived."""
        return self.ends[KILLED] / self.tried if self.tried else 1.0


def place(module: str) -> str:
    """Where a module of generator/compute lies, in whichever of its rooms."""
    found = sorted((ROOT / "generator/compute").rglob(f"{module}.py"))
    if len(found) != 1:
        sys.exit(f"generator/compute has {len(found)} modules named {module}")
    return found[0].relative_to(ROOT).as_posix()


def prepare(folder: Path, modules: Sequence[str], chosen: Sequence[str]) -> None:
    """The project's files in a folder, with mutmut's settings at the end of its pyproject.toml."""
    names = subprocess.run(
        ("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"),
        cwd=ROOT, check=True, capture_output=True, text=True, encoding="utf-8",
    ).stdout.split("\0")  # fmt: skip
    for name in names:
        if name and (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, folder / name)
    tests = [f"tests/unit/{name}.py" for name in chosen if (folder / f"tests/unit/{name}.py").is_file()]
    settings = {
        "source_paths": ["generator"],
        "only_mutate": [place(name) for name in modules],
        "also_copy": list(COPIED),
        "pytest_add_cli_args_test_selection": tests,
        "pytest_add_cli_args": ["-q", "-x", "-p", "no:cacheprovider"],
    }
    lines = [f"{key} = {json.dumps(value)}" for key, value in settings.items()]
    with (folder / "pyproject.toml").open("a", encoding="utf-8") as file:
        file.write("\n[tool.mutmut]\nuse_git_change_detection = false\n" + "\n".join(lines) + "\n")


def mutmut(folder: Path, *arguments: str) -> int:
    """Runs mutmut in the folder; its words go to a log there."""
    # With CI set, tests that draw examples draw the same ones each time.
    with (folder / "mutmut.log").open("a", encoding="utf-8") as log:
        command = (sys.executable, "-m", "mutmut", *arguments)
        return subprocess.run(
            command, cwd=folder, env={**os.environ, "CI": "true"}, stdout=log, stderr=log, check=False
        ).returncode


def ends_of(folder: Path, module: str) -> dict[str, int | None]:
    """Each mutant of a module with how its tests ended; None where it was not tried."""
    file = folder / f"mutants/{place(module)}.meta"
    ends: dict[str, int | None] = json.loads(file.read_text(encoding="utf-8"))["exit_code_by_key"]
    return ends


def drawn(names: Sequence[str], most: int, module: str) -> list[str]:
    """At most so many of a module's mutants (0: all), always the same."""
    if not most or len(names) <= most:
        return sorted(names)
    return sorted(random.Random(f"{SEED}/{module}").sample(sorted(names), most))


def measure(folder: Path, modules: Sequence[str], tests: Sequence[str], most: int, jobs: int) -> list[Module]:
    """Makes all mutants, tries the sample."""
    prepare(folder, modules, tests)
    # A name that no mutant has: mutmut makes them all, looks which tests reach which function, and stops.
    mutmut(folder, "run", "--max-children", str(jobs), "none")
    stats = json.loads((folder / "mutants/mutmut-stats.json").read_text(encoding="utf-8"))
    reached = {name for name, tests in stats["tests_by_mangled_function_name"].items() if tests}
    sample = {name: drawn(list(ends_of(folder, name)), most, name) for name in modules}
    tried = [m for names in sample.values() for m in names if m.rpartition("__mutmut_")[0] in reached]
    if mutmut(folder, "run", "--max-children", str(jobs), *tried):
        sys.exit(f"mutmut failed; the end of {folder}/mutmut.log says why")
    found = []
    for name, mutants in sample.items():
        codes = ends_of(folder, name)
        ends = {one: _end(codes[one], one.rpartition("__mutmut_")[0] in reached) for one in mutants}
        survivors = tuple(one for one, end in ends.items() if end != KILLED)
        found.append(Module(name, len(codes), Counter(ends.values()), survivors))
    return found


def _end(code: int | None, reached: bool) -> str:
    if not reached:
        return UNREACHED
    return "not tried" if code is None else ENDS.get(code, f"ended with {code}")


def main() -> int:
    """Tells the score of each module and of all."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("modules", nargs="*", default=MODULES, metavar="MODULE", help="default: all")
    parser.add_argument("--sample", type=int, default=40, help="mutants a module; 0: all (default 40)")
    parser.add_argument("--tests", nargs="+", default=TESTS, metavar="TEST", help="default: all of figures")
    parser.add_argument("--jobs", type=int, default=1, help="processes (default 1)")
    parser.add_argument("--survivors", action="store_true", help="show what survived")
    parser.add_argument("--check", action="store_true", help=f"fail under {LEAST:.0%}")
    parser.add_argument("--keep", type=Path, help="work in this empty folder and leave it there")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = given.keep or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        found = measure(folder, tuple(given.modules), given.tests, given.sample, given.jobs)
        for one in found:
            rest = ", ".join(f"{count} {end}" for end, count in sorted(one.ends.items()) if end != KILLED)
            print(f"{one.name:<16} {one.score:4.0%} of {one.tried:3} tried ({one.mutants} in all)  {rest}")
        for name in (name for one in found for name in one.survivors) if given.survivors else ():
            shown = (sys.executable, "-m", "mutmut", "show", name)
            print(subprocess.run(shown, cwd=folder, check=False, capture_output=True, text=True).stdout)
    tried, killed = sum(one.tried for one in found), sum(one.ends[KILLED] for one in found)
    print(f"{'all':<16} {killed / tried:4.1%} of {tried} tried killed, by mutmut {VERSION}")
    return int(given.check and killed / tried < LEAST)


if __name__ == "__main__":
    sys.exit(main())
