"""How often charts speak of noise: invented series through `handbook export json`, and rates of the rules.

    python bench/noise.py                table: what charts say of series in which nothing changed, or little
    python bench/noise.py --check        fails above 2 % of signals at the newest of 27 independent values
    python bench/noise.py --rates        the rates of `compute/series/false_signals.py`, measured anew

The table goes the way of a user: files in a folder, the command line, the JSON that comes out; fixed seeds.
With `HANDBOOK` naming another `handbook` command, its pages are measured instead.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from generator.compute.series.false_signals import LENGTHS
from generator.compute.series.spc import SegmentValues, charts_of

SEED = 20250101
SERIES, PERIODS = 400, 27
BATCHES = 5
"""Of independent series: 400 with a true rate of .017 have between .005 and .030 in 19 of 20 batches."""
MOST = 0.02
"""Bound of --check."""
Floats = NDArray[np.float64]
Dice = np.random.Generator

INDICATOR = """\
id: {id}
name: {{zh: 指标{id}, en: Measure {id}}}
definition: {{zh: 说明, en: text}}
formula: {{zh: 公式{id}, en: formula {id}}}
unit: {{zh: 天, en: days}}
decimals: 3
direction: lower
frequency: month
rollup: mean
source: {{system: ERP}}
owner: {{role: {{zh: 主管, en: Lead}}}}
targets: [{{from: 2020-01, target: 11}}]
"""


def independent(dice: Dice) -> Floats:
    """Nothing changes, every month for itself."""
    return dice.normal(size=PERIODS)


def following(share: float) -> Callable[[Dice], Floats]:
    """Every month keeps a share of the deviation of the one before."""

    def made(dice: Dice) -> Floats:
        steps = dice.normal(size=PERIODS + 50) * np.sqrt(1 - share**2)
        values = np.zeros(PERIODS + 50)
        for at in range(1, PERIODS + 50):
            values[at] = share * values[at - 1] + steps[at]
        return values[50:]

    return made


def drifting(dice: Dice) -> Floats:
    """A tenth of a standard deviation more every month."""
    return dice.normal(size=PERIODS) + 0.1 * np.arange(PERIODS)


def seasonal(dice: Dice) -> Floats:
    """A wave a year of 1.5 standard deviations, from any month on."""
    return dice.normal(size=PERIODS) + 1.5 * np.sin(2 * np.pi * (np.arange(PERIODS) / 12 + dice.uniform()))


KINDS: dict[str, Callable[[Dice], Floats]] = {
    "iid": independent,
    "AR .3": following(0.3),
    "AR .6": following(0.6),
    "drift .1": drifting,
    "season 1.5": seasonal,
}


def project(folder: Path, kind: str, seed: int) -> None:
    """A handbook of 400 monthly series around 10 with a standard deviation of 1."""
    dice = np.random.default_rng(seed)
    (folder / "data/indicators").mkdir(parents=True)
    (folder / "data/results").mkdir()
    (folder / "data/handbook.yml").write_text(
        "title: {zh: 手册, en: Handbook}\nlanguages: [zh, en]\n", encoding="utf-8"
    )
    rows = ["period,indicator,pilot,value"]
    for number in range(SERIES):
        name = f"n{number:03}"
        (folder / f"data/indicators/{name}.yml").write_text(INDICATOR.format(id=name), encoding="utf-8")
        for at, value in enumerate(KINDS[kind](dice)):
            rows.append(f"{2024 + at // 12}-{at % 12 + 1:02},{name},,{10 + value:.3f}")
    (folder / "data/results/r.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")


def told(kind: str, seed: int = SEED) -> list[dict[str, Any]]:
    """The series of the kind as the command line exports them."""
    command = os.environ.get("HANDBOOK", str(Path(sys.executable).parent / "handbook"))
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made) / "project"
        project(folder, kind, seed)
        out = Path(made) / "told.json"
        done = subprocess.run(
            [*command.split(), "export", "json", "--out", str(out)],
            cwd=folder,
            capture_output=True,
            check=False,
            text=True,
        )
        if done.returncode:
            raise SystemExit(done.stdout + done.stderr)
        series: list[dict[str, Any]] = json.loads(out.read_text(encoding="utf-8"))["series"]
    return series


def share(rows: list[dict[str, Any]], holds: Callable[[dict[str, Any]], bool]) -> float:
    """How many of the series something holds for."""
    return sum(holds(row) for row in rows) / len(rows)


def signal(row: dict[str, Any]) -> bool:
    """The newest value is called a signal."""
    return row["variation"] not in (None, "normal")


def less_sure(row: dict[str, Any]) -> bool:
    """The chart says that its signals are less sure."""
    return bool({"together", "season"} & set(row.get("cautions", [])))


def table() -> float:
    """Print the table; the share of signals among independent series."""
    print(
        f"{SERIES} series of {PERIODS} months (iid: {BATCHES} times), seeds from {SEED} on: share of series"
    )
    heads = (
        "newest a signal",
        "with caution",
        "signal, no caution",
        "some signal",
        "told met",
        "told missed",
    )
    print(f"{'':12}" + "".join(f"{head:>20}" for head in heads))
    first = 0.0
    for kind in KINDS:
        batches = [told(kind, SEED + number) for number in range(BATCHES if kind == "iid" else 1)]
        rows = [row for batch in batches for row in batch]
        cells = (
            share(rows, signal),
            share(rows, less_sure),
            share(rows, lambda row: signal(row) and not less_sure(row)),
            share(rows, lambda row: any(one["mark"] not in (None, "none") for one in row["points"])),
            share(rows, lambda row: row["assurance"] == "met"),
            share(rows, lambda row: row["assurance"] == "missed"),
        )
        first = first if kind != "iid" else cells[0]
        print(f"{kind:12}" + "".join(f"{cell:>20.3f}" for cell in cells), flush=True)
        if kind == "iid":
            print(f"{'':12}newest a signal, by batch: {[share(batch, signal) for batch in batches]}")
    return first


def rates(count: int = 200_000) -> None:
    """Print how often the newest value of noise is marked, by length; limits of all values, or frozen."""

    def marked(length: int, fixed: int | None, series: int) -> float:
        found = 0
        for _ in range(10):
            noise = dice.normal(size=(series // 10, length))
            charts = charts_of([SegmentValues(row, fixed=fixed) for row in noise.tolist()])
            found += int((charts.kinds[length - 1] > 0).sum())
        return found / series

    dice = np.random.default_rng(SEED)
    for length in LENGTHS:
        print(
            f"{length:4} {marked(length, None, count):.4f} {marked(length + 12, length, count // 2):.4f}",
            flush=True,
        )


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--check", action="store_true", help="fail above the bound")
    parser.add_argument("--rates", action="store_true", help="measure the rates beside lists of signals")
    given = parser.parse_args()
    if given.rates:
        rates()
        return
    found = table()
    if given.check and found > MOST:
        raise SystemExit(f"{found:.1%} of independent series end with a signal; at most {MOST:.0%} may")


if __name__ == "__main__":
    main()
