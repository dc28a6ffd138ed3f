"""How fast, how large, against what: handbooks of several sizes by stage, beside the same pages made plainly.

    python bench/run.py [250 1000] [S M L] [--check] [--plain 1000 S M] [--keep FOLDER]

A number is that many indicators with next to nothing else; a letter is a shape of `shapes`. Every row runs in
a process of its own: `check`; `build` with a cold cache, which draws every chart; with a warm one and nothing
changed (`warm`); with a warm one and one result changed (`edited`), which computes all figures, takes over
the pages of indicators that asked for nothing of it and draws little; a plain Material site of the same
pages, which is given ready drawings; and the floor, which only writes the bytes of the finished site. A
second table says what the stages of a warm build take, a third what a page, a chart and a row of results cost
at each size and how that grew. `--check` holds the budgets (`BUDGETS`).
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import plain
import shapes
import synthetic
from measure import Cost, run, with_site

HANDBOOK = (sys.executable, "-m", "generator.cli")
MKDOCS = (sys.executable, "-m", "mkdocs", "build", "--quiet", "--config-file")
LANGUAGES = 2
FLOOR = """
import sys
from pathlib import Path
site, target = map(Path, sys.argv[1:])
for file in site.rglob("*"):
    if file.is_file():
        place = target / file.relative_to(site)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(file.read_bytes())
"""
ONES = ("page", "chart", "row")
MOST_GROWTH = 1.3
"""Processor time a page, a chart and a row at the largest shape against that at the smallest."""


@dataclass(frozen=True, slots=True)
class Result:
    """The builds of one size, by the name of the row; `plain` only where it was asked for."""

    name: str
    """Number of indicators, or a letter."""
    costs: Mapping[str, Cost]
    stages: str
    """What the stages of a warm build take, as text."""
    charts: int
    rows: int
    """Of results."""

    def of_plain(self, row: str) -> float | None:
        """Processor time of a row as a share of the plain site's; None where that was not made."""
        made = self.costs.get("plain")
        return self.costs[row].cpu / made.cpu if made else None

    def each(self, row: str) -> dict[str, float]:
        """Milliseconds of processor time of a build for each page, chart and row of results."""
        cost = self.costs[row]
        return {
            name: 1000 * cost.cpu / count
            for name, count in zip(ONES, (cost.pages, self.charts, self.rows), strict=True)
            if count
        }


BUDGETS: Mapping[str, Mapping[str, tuple[Callable[[Result], float | None], float]]] = {
    "1000": {
        "cold of plain": (lambda result: result.of_plain("cold"), 1 / 2),
        "warm of plain": (lambda result: result.of_plain("warm"), 1 / 8),
    },
    "M": {
        "warm, s a language": (lambda result: result.costs["warm"].cpu / LANGUAGES, 15),
        "edited, s a language": (lambda result: result.costs["edited"].cpu / LANGUAGES, 15),
        "cold, MB of memory": (lambda result: result.costs["cold"].memory, 700),
        "site, MB a language": (lambda result: result.costs["warm"].size / LANGUAGES, 70),
    },
    "L": {
        "check, s": (lambda result: result.costs["check"].cpu, 10),
        "check, MB of memory": (lambda result: result.costs["check"].memory, 700),
        "warm, s a language": (lambda result: result.costs["warm"].cpu / LANGUAGES, 90),
        "edited, s a language": (lambda result: result.costs["edited"].cpu / LANGUAGES, 90),
        "cold, MB of memory": (lambda result: result.costs["cold"].memory, 2000),
    },
}
"""By size: what is held, how it is found, and the most it may be."""


def measure(name: str, folder: Path, beside_plain: bool) -> Result:
    """Make a handbook of a size and build it in all ways."""
    project, site, export = folder / "project", folder / "site", folder / "export"
    if name in shapes.SHAPES:
        shapes.make(project, shapes.SHAPES[name])
    else:
        synthetic.make(project, int(name))
    build = (*HANDBOOK, "build", project, "--out", site)
    costs = {"check": run((*HANDBOOK, "check", project), folder)}
    costs["cold"] = with_site(run(build, folder), site)
    costs["warm"] = with_site(run(build, folder), site)
    change_a_result(project)
    costs["edited"] = with_site(run(build, folder), site)
    costs["floor"] = with_site(run((sys.executable, "-c", FLOOR, site, folder / "floor"), folder), site)
    if beside_plain:
        run((*HANDBOOK, "export", "markdown", export, "--project", project), folder)
        made = [run((*MKDOCS, config), folder) for config in plain.make(export, folder / "plain")]
        costs["plain"] = with_site(sum(made[1:], start=made[0]), folder / "plain" / "site")
    run((sys.executable, Path(__file__).with_name("stages.py"), "--in", project), folder)
    return Result(
        name,
        costs,
        (folder / "bench.log").read_text(encoding="utf-8"),
        charts=sum(1 for _ in (site / "charts").glob("*.svg")) * LANGUAGES,
        rows=sum(file.read_bytes().count(b"\n") - 1 for file in project.glob("data/results/*.csv")),
    )


def change_a_result(project: Path) -> None:
    """Write another value into the last row of the results."""
    file = max(project.glob("data/results/*.csv"))
    text = file.read_text(encoding="utf-8")
    file.write_text(f"{text.rstrip()}1\n", encoding="utf-8")


def table(results: Sequence[Result]) -> str:
    """The costs as aligned text."""
    heads = ("wall s", "CPU s", "peak MB", "site MB", "files", "pages", "of plain")
    lines = [f"{'':>6} {'':<6}" + "".join(f"{head:>9}" for head in heads)]
    for result in results:
        for row, cost in result.costs.items():
            share = result.of_plain(row)
            lines.append(
                f"{result.name if row == 'check' else '':>6} {row:<6}{cost.wall:>9.1f}{cost.cpu:>9.1f}"
                f"{cost.memory:>9.0f}{cost.size:>9.1f}{cost.files:>9}{cost.pages:>9}"
                + (f"{share:>9.3f}" if share is not None else "")
            )
    return "\n".join(lines)


def stages(results: Sequence[Result]) -> str:
    """What the stages of the warm builds take, one process and one language."""
    return "\n\n".join(f"{result.name}, by stage\n{result.stages.rstrip()}" for result in results)


def growth(results: Sequence[Result], row: str = "edited") -> dict[str, float]:
    """How many times more a page, a chart and a row cost at the largest size than at the smallest."""
    small, large = results[0].each(row), results[-1].each(row)
    return {name: large[name] / small[name] for name in large if name in small}


def costs_of_one(results: Sequence[Result]) -> str:
    """What a page, a chart and a row cost at each size as aligned text, and how that grew from the smallest;
    beside them how many rows a page has, since a page of a larger handbook tells of more."""
    lines = [f"{'':>6} {'':<8}{'rows a page':>12}" + "".join(f"{f'ms a {name}':>14}{'':>7}" for name in ONES)]
    for row in ("cold", "edited"):
        for result in results:
            each, grown = result.each(row), growth((results[0], result), row)
            each_page = result.rows / result.costs[row].pages
            told = "".join(
                f"{each[name]:>14.3g}{f'x{grown[name]:.2f}':>7}" if name in grown else f"{'':>21}"
                for name in ONES
            )
            lines.append(f"{result.name:>6} {row:<8}{each_page:>12.1f}{told}")
    return "\n".join(lines)


def held(results: Sequence[Result]) -> list[tuple[str, float, float]]:
    """What was measured of the budgets: its name, the figure, and the most it may be."""
    found = []
    for result in results:
        for what, (figure, most) in BUDGETS.get(result.name, {}).items():
            value = figure(result)
            if value is not None:
                found.append((f"{result.name}: {what}", value, most))
    if len(results) > 1:
        found += [(f"growth of a {name}", value, MOST_GROWTH) for name, value in growth(results).items()]
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
    parser.add_argument(
        "--plain",
        nargs="*",
        metavar="SIZE",
        help="sizes that are held against plain Material; without it all but L, whose navigation on every "
        "page takes hours",
    )
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="a new folder for what is made")
    parser.add_argument("--check", action="store_true", help="exit with 1 when a budget is missed")
    arguments = parser.parse_args()
    results = []
    for size in sorted(arguments.sizes, key=_order):
        beside = size != "L" if arguments.plain is None else size in arguments.plain
        with tempfile.TemporaryDirectory(prefix="handbook-bench-") as folder:
            place = arguments.keep / size if arguments.keep else Path(folder)
            place.mkdir(parents=True, exist_ok=True)
            results.append(measure(size, place, beside))
        print(f"{table(results[-1:])}\n", flush=True)
    print(f"{table(results)}\n\n{stages(results)}\n\n{costs_of_one(results)}\n")
    for what, value, most in held(results):
        print(f"{what:<28}{value:>9.3g} of {most:g}{'' if value <= most else '  missed'}")
    if arguments.check and any(value > most for _, value, most in held(results)):
        sys.exit(1)


if __name__ == "__main__":
    main()
