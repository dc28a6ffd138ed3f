"""How fast, how large, against what: the handbook's build beside the same pages as plain Markdown.

    python bench/run.py [250 1000] [S M L] [--check]

A number is that many indicators with next to nothing else; a letter is a shape of `shapes`.

Every build runs in a process of its own. "cold" draws every chart, "warm" finds the drawings in the cache, as
every build after the first does. The plain pages hold ready drawings, so the warm build is held against them.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import plain
import shapes
import synthetic
from measure import Cost, run, with_site

HANDBOOK = (sys.executable, "-m", "generator.cli")
MKDOCS = (sys.executable, "-m", "mkdocs", "build", "--quiet", "--config-file")

MOST_OF_PLAIN = 1 / 5
"""Bound of --check: processor time of the largest warm build against that of the same pages made plainly.

What a start costs (imports, the Chinese dictionary) rules small handbooks, and is no use to bound."""
MOST_GROWTH = 1.3
"""Bound of --check: processor time a page at the largest size against that at the smallest."""


@dataclass(frozen=True, slots=True)
class Result:
    """The builds of one size."""

    name: str
    """Number of indicators, or a letter."""
    cold: Cost
    warm: Cost
    plain: Cost

    @property
    def ratio(self) -> float:
        """Processor time of a warm build as a share of the plain one's."""
        return self.warm.cpu / self.plain.cpu

    @property
    def cpu_per_page(self) -> float:
        """Seconds of processor time a page of a warm build."""
        return self.warm.cpu / self.warm.pages


def measure(name: str, folder: Path) -> Result:
    """Make a handbook of a size and build it in all three ways."""
    project, site, export = folder / "project", folder / "site", folder / "export"
    if name in shapes.SHAPES:
        shapes.make(project, shapes.SHAPES[name])
    else:
        synthetic.make(project, int(name))
    build = (*HANDBOOK, "build", project, "--out", site)
    cold = with_site(run(build, folder), site)
    warm = with_site(run(build, folder), site)
    run((*HANDBOOK, "export", "markdown", export, "--project", project), folder)
    costs = [run((*MKDOCS, config), folder) for config in plain.make(export, folder / "plain")]
    whole = with_site(sum(costs[1:], start=costs[0]), folder / "plain" / "site")
    return Result(name, cold, warm, whole)


def table(results: list[Result]) -> str:
    """The costs as aligned text."""
    lines = [
        f"{'':>11} {'':<6}{'wall s':>9}{'CPU s':>9}{'peak MB':>9}{'size MB':>9}{'pages':>8}{'CPU/plain':>11}"
    ]
    for result in results:
        for name, cost in (("cold", result.cold), ("warm", result.warm), ("plain", result.plain)):
            size = result.name if name == "cold" else ""
            lines.append(
                f"{size:>11} {name:<6}{cost.wall:>9.1f}{cost.cpu:>9.1f}{cost.memory:>9.0f}{cost.size:>9.1f}"
                f"{cost.pages:>8}{cost.cpu / result.plain.cpu:>11.2f}"
            )
    return "\n".join(lines)


def missed(results: list[Result]) -> list[str]:
    """The bounds that do not hold."""
    found = []
    if results[-1].ratio > MOST_OF_PLAIN:
        found.append(f"a build takes {results[-1].ratio:.2f} of the plain one's processor time")
    growth = results[-1].cpu_per_page / results[0].cpu_per_page
    if growth > MOST_GROWTH:
        found.append(f"processor time a page grows {growth:.2f} times")
    return found


def _order(size: str) -> int:
    """By the number of indicators."""
    return shapes.SHAPES[size].indicators if size in shapes.SHAPES else int(size)


def main() -> None:
    """Measure the sizes asked for and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument(
        "sizes", nargs="*", default=["250", "1000"], help="numbers of indicators, or the shapes S, M, L"
    )
    parser.add_argument("--check", action="store_true", help="exit with 1 when a bound is missed")
    arguments = parser.parse_args()
    results = []
    for size in sorted(arguments.sizes, key=_order):
        with tempfile.TemporaryDirectory(prefix="handbook-bench-") as folder:
            results.append(measure(size, Path(folder)))
    print(table(results))
    growth = results[-1].cpu_per_page / results[0].cpu_per_page
    print(f"\nCPU a page, {results[0].name} to {results[-1].name}: {growth:.2f} times")
    if arguments.check and (found := missed(results)):
        sys.exit("Missed: " + "; ".join(found))


if __name__ == "__main__":
    main()
